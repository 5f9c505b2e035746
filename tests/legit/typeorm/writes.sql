-- case: insert with defaults
-- bind: 5001, 3, 1203, 88.50
BEGIN
-- then
INSERT INTO "housing"."units"("id", "building_id", "number", "area", "list_price", "status") VALUES ($1, $2, $3, $4, DEFAULT, DEFAULT) RETURNING "status"
-- then
ROLLBACK
-- case: save
-- bind: 139****0022, web, 2
BEGIN
-- then
UPDATE "housing"."leads" SET "phone" = $1, "source" = $2 WHERE "id" IN ($3)
-- then
ROLLBACK
-- case: soft remove
BEGIN
-- then
UPDATE "housing"."buyers" SET "active" = false, "created_at" = CURRENT_TIMESTAMP WHERE "id" IN (7)
-- then
ROLLBACK
-- case: JSON with a masked member
-- bind: {"phone": "138****0024"}, 1
BEGIN
-- then
UPDATE "housing"."profiles" SET "raw" = $1 WHERE "id" IN ($2)
-- then
SELECT "raw" ->> 'phone' AS phone, "raw" ->> 'level' AS level FROM "housing"."profiles" WHERE "id" = 1
-- then
ROLLBACK
-- case: list with masked elements
BEGIN
-- then
UPDATE "housing"."profiles" SET "phones" = '{150****0011,NULL,139****0000}' WHERE "id" = 4
-- then
SELECT "phones" FROM "housing"."profiles" WHERE "id" = 4
-- then
ROLLBACK
