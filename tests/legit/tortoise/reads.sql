-- case: list
-- bind: 5
SELECT "buyers"."level","buyers"."extra","buyers"."name","buyers"."id","buyers"."born","buyers"."email","buyers"."agent_id","buyers"."income","buyers"."phone","buyers__agent"."name" "buyers__agent.name","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."id" "buyers__agent.id" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" ORDER BY "buyers"."id" ASC LIMIT $1
-- case: list, 2 [simple]
SELECT pg_advisory_unlock_all();
CLOSE ALL;
UNLISTEN *;
RESET ALL
-- case: get
-- bind: 3, 2
SELECT "level","extra","name","id","born","email","agent_id","income","phone" FROM "housing"."buyers" WHERE "id"=$1 LIMIT $2
-- case: prefetch
-- bind: 1, 2, 3, 4, 5
SELECT "id","signed","buyer_id","status","price" FROM "housing"."contracts" WHERE "buyer_id" IN ($1,$2,$3,$4,$5)
-- case: prefetch
-- bind: 2, 3, 4, 5, 6
SELECT "name","desk","id" FROM "housing"."agents" WHERE "id" IN ($1,$2,$3,$4,$5)
-- case: conditions
-- bind: 王%, %38%, 1, 2, %.cn
SELECT "buyers"."level","buyers"."extra","buyers"."name","buyers"."id","buyers"."born","buyers"."email","buyers"."agent_id","buyers"."income","buyers"."phone","buyers__agent"."name" "buyers__agent.name","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."id" "buyers__agent.id" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE (CAST("buyers"."name" AS VARCHAR) LIKE $1 ESCAPE '\' OR CAST("buyers"."phone" AS VARCHAR) LIKE $2 ESCAPE '\') AND "buyers"."level" IN ($3,$4) AND NOT UPPER(CAST("buyers"."email" AS VARCHAR)) LIKE UPPER($5) ESCAPE '\' ORDER BY "buyers"."id" ASC
-- case: dates
-- bind: 1980
SELECT "buyers"."level","buyers"."extra","buyers"."name","buyers"."id","buyers"."born","buyers"."email","buyers"."agent_id","buyers"."income","buyers"."phone","buyers__agent"."name" "buyers__agent.name","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."id" "buyers__agent.id" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE EXTRACT(YEAR FROM "buyers"."born")=$1 ORDER BY "buyers"."id" ASC
-- case: json
-- bind: {"rank": 3}
SELECT "buyers"."level","buyers"."extra","buyers"."name","buyers"."id","buyers"."born","buyers"."email","buyers"."agent_id","buyers"."income","buyers"."phone","buyers__agent"."name" "buyers__agent.name","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."id" "buyers__agent.id" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE "buyers"."extra"@>$1 ORDER BY "buyers"."id" ASC
-- case: across
-- bind: 1800000
SELECT DISTINCT "buyers"."level","buyers"."extra","buyers"."name","buyers"."id","buyers"."born","buyers"."email","buyers"."agent_id","buyers"."income","buyers"."phone","buyers__agent"."name" "buyers__agent.name","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."id" "buyers__agent.id" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."contracts" ON "buyers"."id"="contracts"."buyer_id" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE "contracts"."price">$1 ORDER BY "buyers"."id" ASC
-- case: list
-- bind: 5
SELECT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" ORDER BY "buyers"."id" ASC LIMIT $1
-- case: get
-- bind: 3, 2
SELECT "level","phone","agent_id","income","born","name","email","id","extra" FROM "housing"."buyers" WHERE "id"=$1 LIMIT $2
-- case: prefetch
-- bind: 1, 2, 3, 4, 5
SELECT "signed","buyer_id","price","id","status" FROM "housing"."contracts" WHERE "buyer_id" IN ($1,$2,$3,$4,$5)
-- case: prefetch
-- bind: 2, 3, 4, 5, 6
SELECT "id","desk","name" FROM "housing"."agents" WHERE "id" IN ($1,$2,$3,$4,$5)
-- case: conditions
-- bind: 王%, %38%, 1, 2, %.cn
SELECT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE (CAST("buyers"."name" AS VARCHAR) LIKE $1 ESCAPE '\' OR CAST("buyers"."phone" AS VARCHAR) LIKE $2 ESCAPE '\') AND "buyers"."level" IN ($3,$4) AND NOT UPPER(CAST("buyers"."email" AS VARCHAR)) LIKE UPPER($5) ESCAPE '\' ORDER BY "buyers"."id" ASC
-- case: dates
-- bind: 1980
SELECT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE EXTRACT(YEAR FROM "buyers"."born")=$1 ORDER BY "buyers"."id" ASC
-- case: json
-- bind: {"rank": 3}
SELECT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE "buyers"."extra"@>$1 ORDER BY "buyers"."id" ASC
-- case: across
-- bind: 1800000
SELECT DISTINCT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."contracts" ON "buyers"."id"="contracts"."buyer_id" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE "contracts"."price">$1 ORDER BY "buyers"."id" ASC
-- case: grouped
SELECT "level" "level",COUNT("id") "n",AVG("income") "m",MAX("born") "o" FROM "housing"."buyers" GROUP BY "level"
-- case: functions
-- bind: none, 5
SELECT "id" "id",COALESCE("phone",$1) "c",LOWER("email") "l" FROM "housing"."buyers" ORDER BY "id" ASC LIMIT $2
-- case: in a subquery
-- bind: filed
SELECT "buyers"."level","buyers"."phone","buyers"."agent_id","buyers"."income","buyers"."born","buyers"."name","buyers"."email","buyers"."id","buyers"."extra","buyers__agent"."id" "buyers__agent.id","buyers__agent"."desk" "buyers__agent.desk","buyers__agent"."name" "buyers__agent.name" FROM "housing"."buyers" LEFT OUTER JOIN "housing"."agents" "buyers__agent" ON "buyers__agent"."id"="buyers"."agent_id" WHERE "buyers"."id" IN (SELECT "buyer_id" "buyer_id" FROM "housing"."contracts" WHERE "status"=$1) ORDER BY "buyers"."id" ASC
-- case: total
-- bind: 1
SELECT SUM("price") "t" FROM "housing"."contracts" WHERE "price">"price"-$1
-- case: count
SELECT COUNT(*) FROM "housing"."buyers"
-- case: exists
-- bind: 9, 1
SELECT 1 FROM "housing"."buyers" WHERE "level"=$1 LIMIT $2
-- case: flat
-- bind: 5
SELECT "phone" "0" FROM "housing"."buyers" ORDER BY "id" ASC LIMIT $1
