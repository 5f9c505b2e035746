-- case: create
-- bind: 1001, 王芳, 13900001111, web
BEGIN
-- then
INSERT INTO "housing"."leads" ("id","name","phone","source") VALUES ($1,$2,$3,$4) RETURNING "id","source";
-- then
ROLLBACK
-- case: save
-- bind: 王芳芳, web, 3
BEGIN
-- then
UPDATE "housing"."leads" SET "name"=$1,"source"=$2 WHERE "id" = $3
-- then
ROLLBACK
-- case: save that returns all
-- bind: 139****0019, 3
BEGIN
-- then
UPDATE "housing"."contacts" SET "phone"=$1 WHERE "id" = $2 RETURNING *
-- then
ROLLBACK
-- case: upsert
-- bind: 3, 13900001111
BEGIN
-- then
INSERT INTO "housing"."contacts" ("id","phone") VALUES ($1,$2) ON CONFLICT ("id") DO UPDATE SET "phone"=EXCLUDED."phone" RETURNING "id"
-- then
ROLLBACK
-- case: increment
BEGIN
-- then
UPDATE "housing"."buyers" SET "level"="level"+ 1 WHERE "id" = 6 RETURNING "id","level","phone"
-- then
ROLLBACK
-- case: paranoid destroy
-- bind: false, 5
BEGIN
-- then
UPDATE "housing"."buyers" SET "active"=$1 WHERE "id" = $2
-- then
ROLLBACK
-- case: bulkCreate
BEGIN
-- then
INSERT INTO "app"."events" ("id","kind","at","payload") VALUES (1001,'visit','2024-01-01 00:00:00.000 +00:00','{"a":1}'),(1002,'call','2024-01-01 00:00:00.000 +00:00',NULL) RETURNING "id","kind","at","payload";
-- then
ROLLBACK
