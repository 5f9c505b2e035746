-- case: select
select version()
-- case: select, 2
-- bind: 5, 2
select "b"."id", "b"."phone" from "housing"."buyers" as "b" order by "b"."id" asc limit $1 offset $2
-- case: first
-- bind: 3, 1
select * from "housing"."buyers" as "b" where "b"."id" = $1 order by "b"."id" asc limit $2
-- case: conditions
-- bind: 2, 1, 2, 3, 99, f
select * from "housing"."buyers" as "b" where "level" = $1 and "agent_id" in ($2, $3, $4) or ("phone" is null and "id" < $5) and not "b"."active" = $6 order by "b"."id" asc
-- case: like and between
-- bind: %.cn, 1, 99, 138
select * from "housing"."buyers" as "b" where "email" ilike $1 and "id" between $2 and $3 and left(phone, 3) = $4 order by "b"."id" asc
-- case: join
-- bind: 9
select "b"."name", "c"."price", "a"."name" as "agent" from "housing"."buyers" as "b" inner join "housing"."contracts" as "c" on "c"."buyer_id" = "b"."id" left join "housing"."agents" as "a" on "a"."id" = "b"."agent_id" order by "b"."id" asc, "c"."id" asc limit $1
-- case: grouped
-- bind: 3
select "level", count(*) as "n", avg("income") as "mean" from "housing"."buyers" group by "level" having count(*) > $1 order by "level" asc
-- case: common table
-- bind: 5
with "top" as (select "buyer_id", sum("price") as "total" from "housing"."contracts" group by "buyer_id") select "b"."name", "total" from "top" inner join "housing"."buyers" as "b" on "b"."id" = "top"."buyer_id" order by "total" desc, "b"."id" asc limit $1
-- case: recursive
with recursive "chain" as (select "id", "name" from "housing"."agents" where "manager_id" is null union select "a"."id", "a"."name" from "housing"."agents" as "a" inner join "chain" on "a"."manager_id" = "chain"."id") select * from "chain" order by "id" asc
-- case: window
-- bind: 9
select "id", rank() over (partition by "status" order by "price" desc) as "r" from "housing"."contracts" order by "id" asc limit $1
-- case: union
-- bind: 1
select "name" from "housing"."buyers" where "level" = $1 union select "name" from "housing"."agents" order by "name" asc
-- case: json
-- bind: $."kin", $."rank", 3
select jsonb_path_query("extra", $1) as "kin", "b"."id" from "housing"."buyers" as "b" where jsonb_path_query_first("extra", $2)::int > $3 order by "b"."id" asc
-- case: subquery
-- bind: 1800000
select "b"."id" from "housing"."buyers" as "b" where exists (select 1 from "housing"."contracts" as "c" where c.buyer_id = b.id and "c"."price" > $1) order by "b"."id" asc
-- case: pluck and distinct
select distinct "phone", "phone" from "housing"."buyers" where "phone" is not null order by "phone" asc
-- case: count distinct
-- bind: 1
select count(distinct "agent_id") as "n" from "housing"."buyers" limit $1
-- case: for update, skip locked
BEGIN
-- then
select "id" from "housing"."buyers" where "id" < '3' order by "id" asc for update skip locked
-- then
COMMIT
-- case: stream
select "id", "name" from "housing"."buyers" order by "id" asc
-- case: schema [moving]
-- bind: buyers, housing
select * from information_schema.tables where table_name = $1 and table_schema = $2
-- case: schema, 2 [moving]
-- bind: buyers, phone, housing
select * from information_schema.columns where table_name = $1 and column_name = $2 and table_schema = $3
-- case: schema, 3 [moving]
-- bind: buyers, housing
select * from information_schema.columns where table_name = $1 and table_catalog = current_database() and table_schema = $2
-- case: schema, 4 [moving]
-- bind: knex_migrations
select * from information_schema.tables where table_name = $1 and table_schema = current_schema()
