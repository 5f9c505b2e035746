-- case: create
-- bind: 5001, 3, 4, 2024-05-01 09:00:00, second visit
BEGIN
-- then
INSERT INTO "housing"."visits" ("id", "buyer_id", "agent_id", "at", "remark") VALUES ($1, $2, $3, $4, $5) RETURNING "id"
-- then
ROLLBACK
-- case: update of changed columns
-- bind: 4, 2024-05-02 09:00:00, 3
BEGIN
-- then
UPDATE "housing"."visits" SET "agent_id" = $1, "at" = $2 WHERE "housing"."visits"."id" = $3
-- then
ROLLBACK
-- case: form with an empty field over a hidden one [interference]
-- bind: 4, , 3
BEGIN
-- then
UPDATE "housing"."visits" SET "agent_id" = $1, "remark" = $2 WHERE "housing"."visits"."id" = $3
-- then
ROLLBACK
-- case: upsert_all
BEGIN
-- then
INSERT INTO "app"."settings" ("key","value") VALUES ('city', '青岛'), ('zone', '8') ON CONFLICT ("key") DO UPDATE SET "value"=excluded."value" RETURNING "key"
-- then
ROLLBACK
-- case: insert_all
BEGIN
-- then
INSERT INTO "housing"."contacts" ("id","phone") VALUES (1001, '13900001111'), (1002, '13900002222') ON CONFLICT DO NOTHING RETURNING "id"
-- then
ROLLBACK
-- case: touch
BEGIN
-- then
UPDATE "app"."events" SET "at" = '2024-05-01 09:00:00' WHERE "app"."events"."id" = 3
-- then
ROLLBACK
-- case: update_all with a subquery
BEGIN
-- then
UPDATE "housing"."units" SET "status" = 'sold' WHERE "housing"."units"."id" IN (SELECT "housing"."contracts"."unit_id" FROM "housing"."contracts" WHERE "housing"."contracts"."buyer_id" = 3)
-- then
ROLLBACK
-- case: destroy
-- bind: 3
BEGIN
-- then
DELETE FROM "housing"."leads" WHERE "housing"."leads"."id" = $1
-- then
ROLLBACK
