-- case: tables checked
SELECT "agents"."id", "agents"."name", "agents"."desk"
FROM "housing"."agents" "agents"
WHERE 0 = 1
-- case: tables checked, 2
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."agent_id", "buyers"."level"
FROM "housing"."buyers" "buyers"
WHERE 0 = 1
-- case: tables checked, 3
SELECT "contracts"."id", "contracts"."buyer_id", "contracts"."signed", "contracts"."price", "contracts"."status"
FROM "housing"."contracts" "contracts"
WHERE 0 = 1
-- case: queries
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
ORDER BY "b"."id"
LIMIT 5
-- then
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
WHERE "b"."name" LIKE '王%'
  AND "b"."level" IN (1, 2)
ORDER BY "b"."id"
-- then
SELECT "b"."agent_id", COUNT(DISTINCT "b"."id"), AVG("b"."income")
FROM "housing"."buyers" "b"
GROUP BY "b"."agent_id"
-- then
SELECT "b"."id", MAX("contract"."price")
FROM "housing"."buyers" "b"
  LEFT JOIN "housing"."contracts" "contract"
    ON "b"."id" = "contract"."buyer_id"
GROUP BY "b"."id"
ORDER BY "b"."id"
LIMIT 5
-- then
SELECT "c"."id", "c"."buyer_id", "c"."signed", "c"."price", "c"."status"
FROM "housing"."contracts" "c", "housing"."buyers" "buyer"
WHERE "buyer"."level" = 2
  AND EXTRACT(YEAR FROM "c"."signed") = 2023
  AND "c"."buyer_id" = "buyer"."id"
ORDER BY "c"."id"
-- then
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
WHERE EXISTS (
    SELECT 1
    FROM "housing"."contracts" "c"
    WHERE "b"."id" = "c"."buyer_id"
      AND "c"."price" > 1800000
    )
ORDER BY "b"."id"
-- then
SELECT "a"."id"
FROM "housing"."agents" "a"
  LEFT JOIN "housing"."buyers" "buyer"
    ON "a"."id" = "buyer"."agent_id"
GROUP BY "a"."id"
HAVING COUNT(DISTINCT "buyer"."id") > 20
ORDER BY "a"."id"
-- then
SELECT "id", "name", "desk"
FROM "housing"."agents"
WHERE "id" IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
-- then
SELECT "b"."phone"
FROM "housing"."buyers" "b"
WHERE "b"."phone" IS NOT NULL
  AND "b"."phone" LIKE '%38%'
ORDER BY 1
LIMIT 9
-- then
SELECT "c"."id", "c"."buyer_id", "c"."signed", "c"."price", "c"."status"
FROM "housing"."contracts" "c"
WHERE "c"."buyer_id" = 3
ORDER BY "c"."id"
-- then
BEGIN
-- then
SELECT "id", "name", "phone", "email", "born", "income", "agent_id", "level"
FROM "housing"."buyers"
WHERE "id" = 3
FOR UPDATE
-- then
SELECT COUNT(*)
FROM "housing"."buyers" "b"
WHERE "b"."agent_id" IS NULL
-- then
COMMIT
-- case: first page
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
ORDER BY "b"."id"
LIMIT 5
-- case: conditions
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
WHERE "b"."name" LIKE '王%'
  AND "b"."level" IN (1, 2)
ORDER BY "b"."id"
-- case: grouped by an entity
SELECT "b"."agent_id", COUNT(DISTINCT "b"."id"), AVG("b"."income")
FROM "housing"."buyers" "b"
GROUP BY "b"."agent_id"
-- case: aggregate of a set
SELECT "b"."id", MAX("contract"."price")
FROM "housing"."buyers" "b"
  LEFT JOIN "housing"."contracts" "contract"
    ON "b"."id" = "contract"."buyer_id"
GROUP BY "b"."id"
ORDER BY "b"."id"
LIMIT 5
-- case: attribute of another
SELECT "c"."id", "c"."buyer_id", "c"."signed", "c"."price", "c"."status"
FROM "housing"."contracts" "c", "housing"."buyers" "buyer"
WHERE "buyer"."level" = 2
  AND EXTRACT(YEAR FROM "c"."signed") = 2023
  AND "c"."buyer_id" = "buyer"."id"
ORDER BY "c"."id"
-- case: exists
SELECT "b"."id", "b"."name", "b"."phone", "b"."email", "b"."born", "b"."income", "b"."agent_id", "b"."level"
FROM "housing"."buyers" "b"
WHERE EXISTS (
    SELECT 1
    FROM "housing"."contracts" "c"
    WHERE "b"."id" = "c"."buyer_id"
      AND "c"."price" > 1800000
    )
ORDER BY "b"."id"
-- case: length of a set
SELECT "a"."id"
FROM "housing"."agents" "a"
  LEFT JOIN "housing"."buyers" "buyer"
    ON "a"."id" = "buyer"."agent_id"
GROUP BY "a"."id"
HAVING COUNT(DISTINCT "buyer"."id") > 20
ORDER BY "a"."id"
-- case: length of a set, 2
SELECT "id", "name", "desk"
FROM "housing"."agents"
WHERE "id" IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
-- case: values
SELECT "b"."phone"
FROM "housing"."buyers" "b"
WHERE "b"."phone" IS NOT NULL
  AND "b"."phone" LIKE '%38%'
ORDER BY 1
LIMIT 9
-- case: a set of one
SELECT "id", "name", "phone", "email", "born", "income", "agent_id", "level"
FROM "housing"."buyers"
WHERE "id" = 3
-- case: a set of one, 2
SELECT "c"."id", "c"."buyer_id", "c"."signed", "c"."price", "c"."status"
FROM "housing"."contracts" "c"
WHERE "c"."buyer_id" = 3
ORDER BY "c"."id"
-- case: for update
BEGIN
-- then
SELECT "id", "name", "phone", "email", "born", "income", "agent_id", "level"
FROM "housing"."buyers"
WHERE "id" = 3
FOR UPDATE
-- then
COMMIT
-- case: count
SELECT COUNT(*)
FROM "housing"."buyers" "b"
WHERE "b"."agent_id" IS NULL
