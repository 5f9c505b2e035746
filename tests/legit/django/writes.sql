-- case: create
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") VALUES (1001, '王芳', '13900001111', 'web') RETURNING "housing"."leads"."id"
-- then
ROLLBACK
-- case: save of a loaded form
BEGIN
-- then
SELECT "housing"."buyers"."id", "housing"."buyers"."phone", "housing"."buyers"."email", "housing"."buyers"."address", "housing"."buyers"."born" FROM "housing"."buyers" WHERE "housing"."buyers"."id" = 1 LIMIT 21
-- then
UPDATE "housing"."buyers" SET "phone" = '138****0024', "email" = 'z****@example.cn', "address" = '山东省青岛市黄岛区****', "born" = '1996-01-01'::date, "level" = 3 WHERE "housing"."buyers"."id" = 1
-- then
SELECT "housing"."buyers"."phone", "housing"."buyers"."email", "housing"."buyers"."address", "housing"."buyers"."born", "housing"."buyers"."level" FROM "housing"."buyers" WHERE "housing"."buyers"."id" = 1
-- then
ROLLBACK
-- case: save inside of a savepoint
BEGIN
-- then
SAVEPOINT "s139872"
-- then
UPDATE "housing"."buyers" SET "agent_id" = 4 WHERE "housing"."buyers"."id" = 2
-- then
RELEASE SAVEPOINT "s139872"
-- then
ROLLBACK
-- case: bulk_create
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") VALUES (1001, '王芳', '13900001111', 'web'), (1002, '李强', NULL, 'fair'), (1003, '', '', NULL) RETURNING "housing"."leads"."id"
-- then
ROLLBACK
-- case: bulk_create that ignores conflicts
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") VALUES (1, '王芳', '13900001111', 'web') ON CONFLICT DO NOTHING
-- then
ROLLBACK
-- case: bulk_create that updates conflicts
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") VALUES (1, '王芳', '13900001111', 'web'), (1009, '李强', '13900002222', 'web') ON CONFLICT("id") DO UPDATE SET "phone" = EXCLUDED."phone", "source" = EXCLUDED."source" RETURNING "housing"."leads"."id"
-- then
ROLLBACK
-- case: bulk_update
BEGIN
-- then
UPDATE "housing"."contracts" SET "status" = (CASE WHEN ("housing"."contracts"."id" = 3) THEN 'filed' WHEN ("housing"."contracts"."id" = 4) THEN 'signed' ELSE NULL END)::text WHERE "housing"."contracts"."id" IN (3, 4)
-- then
ROLLBACK
-- case: F expression
BEGIN
-- then
UPDATE "housing"."buyers" SET "level" = ("housing"."buyers"."level" + 1) WHERE "housing"."buyers"."agent_id" = 3
-- then
ROLLBACK
-- case: update_or_create
BEGIN
-- then
SELECT "housing"."contacts"."id", "housing"."contacts"."phone" FROM "housing"."contacts" WHERE "housing"."contacts"."id" = 2 LIMIT 21 FOR UPDATE
-- then
UPDATE "housing"."contacts" SET "phone" = '138****0034' WHERE "housing"."contacts"."id" = 2
-- then
SELECT "housing"."contacts"."id", "housing"."contacts"."phone" FROM "housing"."contacts" WHERE "housing"."contacts"."id" = 2
-- then
ROLLBACK
-- case: delete of a collection
BEGIN
-- then
DELETE FROM "housing"."contacts" WHERE "housing"."contacts"."id" IN (3, 4, 5)
-- then
ROLLBACK
-- case: JSON of a settings row
BEGIN
-- then
UPDATE "housing"."projects" SET "settings" = '{"grade": 9, "open": true}'::jsonb, "tags" = ARRAY['a', 'b']::text[] WHERE "housing"."projects"."id" = 2
-- then
ROLLBACK
-- case: bulk_create of two rows and more
-- bind: {7001,7002}, {王芳,李强}, {13912345678,13712345678}, {web,fair}
BEGIN
-- then
INSERT INTO "housing"."leads" ("id", "name", "phone", "source") SELECT * FROM UNNEST(($1)::integer[], ($2)::text[], ($3)::varchar[], ($4)::text[]) RETURNING "housing"."leads"."id"
-- then
ROLLBACK
