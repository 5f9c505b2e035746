-- case: fetched graph
-- bind: 4
select "housing"."buyers".* from "housing"."buyers" order by "id" asc limit $1
-- case: fetched graph, 2
-- bind: 2, 3, 4, 5
select "housing"."agents".* from "housing"."agents" where "housing"."agents"."id" in ($1, $2, $3, $4)
-- case: fetched graph, 3
-- bind: 1, 2, 3, 4
select "housing"."contracts".* from "housing"."contracts" where "housing"."contracts"."buyer_id" in ($1, $2, $3, $4)
-- case: joined graph
-- bind: 2
select "housing"."buyers"."id" as "id", "housing"."buyers"."name" as "name", "housing"."buyers"."id_no" as "id_no", "housing"."buyers"."phone" as "phone", "housing"."buyers"."email" as "email", "housing"."buyers"."address" as "address", "housing"."buyers"."born" as "born", "housing"."buyers"."income" as "income", "housing"."buyers"."extra" as "extra", "housing"."buyers"."phones" as "phones", "housing"."buyers"."note" as "note", "housing"."buyers"."agent_id" as "agent_id", "housing"."buyers"."level" as "level", "housing"."buyers"."created_at" as "created_at", "housing"."buyers"."active" as "active", "agent"."id" as "agent:id", "agent"."name" as "agent:name", "agent"."desk" as "agent:desk", "agent"."commission" as "agent:commission", "agent"."manager_id" as "agent:manager_id" from "housing"."buyers" left join "housing"."agents" as "agent" on "agent"."id" = "housing"."buyers"."agent_id" where "agent"."id" = $1 order by "housing"."buyers"."id" asc
-- case: page
-- bind: 2, 5, 5
select "housing"."buyers".* from "housing"."buyers" where "level" = $1 order by "id" asc limit $2 offset $3
-- case: page, 2
-- bind: 2
select count(*) as "count" from (select "housing"."buyers".* from "housing"."buyers" where "level" = $1) as "temp"
-- case: subquery
-- bind: 1800000
select "id" from "housing"."buyers" where exists (select "contracts".* from "housing"."contracts" as "contracts" where "contracts"."buyer_id" = "housing"."buyers"."id" and "price" > $1) order by "id" asc
-- case: related
-- bind: 3
select "housing"."buyers".* from "housing"."buyers" where "housing"."buyers"."id" = $1
-- case: related, 2
-- bind: 3
select "housing"."contracts".* from "housing"."contracts" where "housing"."contracts"."buyer_id" in ($1) order by "id" asc
