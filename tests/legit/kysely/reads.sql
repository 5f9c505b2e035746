-- case: select
-- bind: 5
select "b"."id", "b"."phone" from "housing"."buyers" as "b" order by "b"."id" limit $1
-- case: conditions
-- bind: 王%, 1, 2
select * from "housing"."buyers" as "b" where ("b"."name" like $1 or "b"."phone" is null) and "b"."level" in ($2, $3) order by "b"."id"
-- case: nested json
-- bind: 4
select "b"."id", (select coalesce(json_agg(agg), '[]') from (select "c"."id", "c"."price" from "housing"."contracts" as "c" where "c"."buyer_id" = "b"."id" order by "c"."id") as agg) as "contracts", (select to_json(obj) from (select "a"."name" from "housing"."agents" as "a" where "a"."id" = "b"."agent_id") as obj) as "agent" from "housing"."buyers" as "b" order by "b"."id" limit $1
-- case: lateral
-- bind: 1, 9
select "b"."id", "l"."signed" from "housing"."buyers" as "b" left join lateral (select "c"."signed" from "housing"."contracts" as "c" where "c"."buyer_id" = "b"."id" order by "c"."signed" desc, "c"."id" limit $1) as "l" on true order by "b"."id" limit $2
-- case: filtered aggregate
-- bind: filed
select count(*) as "n", sum("price") filter(where "status" = $1) as "filed" from "housing"."contracts"
-- case: window
-- bind: 9
select "id", rank() over(partition by "status" order by "price" desc) as "r" from "housing"."contracts" order by "id" limit $1
-- case: case
-- bind: 1, high, low, 9
select "b"."id", case when "b"."level" > $1 then $2 else $3 end as "band" from "housing"."buyers" as "b" order by "b"."id" limit $4
-- case: introspection [moving]
select "nspname" from "pg_catalog"."pg_namespace"
-- case: introspection, 2 [interference]
-- bind: S, r, v, p, ^pg_, information_schema, 0, t, kysely_migration, kysely_migration_lock
select "a"."attname" as "column", "a"."attnotnull" as "not_null", "a"."atthasdef" as "has_default", "c"."relname" as "table", "c"."relkind" as "table_type", "ns"."nspname" as "schema", "typ"."typname" as "type", "dtns"."nspname" as "type_schema", col_description(a.attrelid, a.attnum) as "column_description", (select true as "auto_incrementing" from "pg_class" where "relnamespace" = "c"."relnamespace" and "relkind" = $1 and "relname" = c.relname || '_' || a.attname || '_seq') as "auto_incrementing" from "pg_catalog"."pg_attribute" as "a" inner join "pg_catalog"."pg_class" as "c" on "a"."attrelid" = "c"."oid" inner join "pg_catalog"."pg_namespace" as "ns" on "c"."relnamespace" = "ns"."oid" inner join "pg_catalog"."pg_type" as "typ" on "a"."atttypid" = "typ"."oid" inner join "pg_catalog"."pg_namespace" as "dtns" on "typ"."typnamespace" = "dtns"."oid" where ("c"."relkind" = $2 or "c"."relkind" = $3 or "c"."relkind" = $4) and "ns"."nspname" !~ $5 and "ns"."nspname" != $6 and "a"."attnum" >= $7 and "a"."attisdropped" != $8 and "c"."relname" != $9 and "c"."relname" != $10 order by "ns"."nspname", "c"."relname", "a"."attnum"
