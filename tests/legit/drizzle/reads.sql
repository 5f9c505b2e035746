-- case: select
-- bind: 5
select "id", "name", "phone", "born", "income", "extra", "agent_id", "level", "active" from "housing"."buyers" order by "housing"."buyers"."id" limit $1
-- case: conditions
-- bind: 王%, 1, 2, 1, 99
select "id" from "housing"."buyers" where (("housing"."buyers"."name" like $1 or "housing"."buyers"."phone" is null) and "housing"."buyers"."level" in ($2, $3) and "housing"."buyers"."id" between $4 and $5) order by "housing"."buyers"."id" asc
-- case: joins
-- bind: 5
select "housing"."contracts"."id", "housing"."contracts"."buyer_id", "housing"."contracts"."price", "housing"."contracts"."status", "housing"."contracts"."signed", "housing"."buyers"."id", "housing"."buyers"."name", "housing"."buyers"."phone", "housing"."buyers"."born", "housing"."buyers"."income", "housing"."buyers"."extra", "housing"."buyers"."agent_id", "housing"."buyers"."level", "housing"."buyers"."active", "housing"."agents"."id", "housing"."agents"."name", "housing"."agents"."manager_id" from "housing"."contracts" inner join "housing"."buyers" on "housing"."contracts"."buyer_id" = "housing"."buyers"."id" left join "housing"."agents" on "housing"."buyers"."agent_id" = "housing"."agents"."id" order by "housing"."contracts"."id" limit $1
-- case: self join
select "housing"."agents"."id", "housing"."agents"."name", "housing"."agents"."manager_id", "boss"."id", "boss"."name", "boss"."manager_id" from "housing"."agents" left join "housing"."agents" "boss" on "housing"."agents"."manager_id" = "boss"."id" order by "housing"."agents"."id"
-- case: grouped
-- bind: 3
select "level", count(*), avg("income") from "housing"."buyers" group by "housing"."buyers"."level" having count(*) > $1 order by "housing"."buyers"."level"
-- case: common table
-- bind: 5
with "top" as (select "buyer_id", sum("price") as "total" from "housing"."contracts" group by "housing"."contracts"."buyer_id") select "housing"."buyers"."name", "total" from "top" inner join "housing"."buyers" on "housing"."buyers"."id" = "top"."buyer_id" order by "total" desc, "housing"."buyers"."id" limit $1
-- case: exists
select "id" from "housing"."buyers" where exists (select "id", "buyer_id", "price", "status", "signed" from "housing"."contracts" where "housing"."contracts"."buyer_id" = "housing"."buyers"."id") order by "housing"."buyers"."id"
-- case: relational
-- bind: 1, 4
select "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."agent_id", "buyers"."level", "buyers"."active", "buyers_agent"."data" as "agent", "buyers_contracts"."data" as "contracts" from "housing"."buyers" left join lateral (select json_build_array("buyers_agent"."id", "buyers_agent"."name", "buyers_agent"."manager_id") as "data" from (select * from "housing"."agents" "buyers_agent" where "buyers_agent"."id" = "buyers"."agent_id" limit $1) "buyers_agent") "buyers_agent" on true left join lateral (select coalesce(json_agg(json_build_array("buyers_contracts"."id", "buyers_contracts"."buyer_id", "buyers_contracts"."price", "buyers_contracts"."status", "buyers_contracts"."signed") order by "buyers_contracts"."id"), '[]'::json) as "data" from (select * from "housing"."contracts" "buyers_contracts" where "buyers_contracts"."buyer_id" = "buyers"."id" order by "buyers_contracts"."id") "buyers_contracts") "buyers_contracts" on true order by "buyers"."id" limit $2
-- case: relational, first
-- bind: 1, 1, 5, 1
select "contracts"."id", "contracts"."buyer_id", "contracts"."price", "contracts"."status", "contracts"."signed", "contracts_buyer"."data" as "buyer" from "housing"."contracts" left join lateral (select json_build_array("contracts_buyer"."name", "contracts_buyer"."phone", "contracts_buyer_agent"."data") as "data" from (select * from "housing"."buyers" "contracts_buyer" where "contracts_buyer"."id" = "contracts"."buyer_id" limit $1) "contracts_buyer" left join lateral (select json_build_array("contracts_buyer_agent"."id", "contracts_buyer_agent"."name", "contracts_buyer_agent"."manager_id") as "data" from (select * from "housing"."agents" "contracts_buyer_agent" where "contracts_buyer_agent"."id" = "contracts_buyer"."agent_id" limit $2) "contracts_buyer_agent") "contracts_buyer_agent" on true) "contracts_buyer" on true where "contracts"."id" = $3 limit $4
-- case: union
(select "name" from "housing"."buyers") union all (select "name" from "housing"."agents") order by 1
-- case: count
-- bind: 2
select count(*) as count from "housing"."buyers" where "housing"."buyers"."level" = $1
-- case: prepared
-- bind: 4
select "id", "name", "phone", "born", "income", "extra", "agent_id", "level", "active" from "housing"."buyers" where "housing"."buyers"."id" = $1
-- case: distinct on
select distinct on ("housing"."contracts"."buyer_id") "buyer_id", "signed" from "housing"."contracts" order by "housing"."contracts"."buyer_id", "housing"."contracts"."signed" desc
-- case: locked
begin isolation level read committed read write
-- then
select "id", "name", "phone", "born", "income", "extra", "agent_id", "level", "active" from "housing"."buyers" where "housing"."buyers"."id" = '1' for update skip locked
-- then
commit
