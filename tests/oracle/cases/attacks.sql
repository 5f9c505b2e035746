-- case: true value in where [attack]
SELECT count(*) FROM housing.buyers WHERE phone LIKE '1388650%'
-- case: range search on the true value [attack]
SELECT count(*) FROM housing.buyers WHERE phone BETWEEN '13800000000' AND '13850000000'
-- case: order by the true value [attack]
SELECT id FROM housing.buyers ORDER BY substr(phone, 4, 4), id
-- case: concat with an empty text [attack]
SELECT concat(phone, '') FROM housing.buyers ORDER BY id LIMIT 5
-- case: lower [attack]
SELECT lower(phone) FROM housing.buyers ORDER BY id LIMIT 5
-- case: lower, qualified to a hostile schema [refused]
SELECT public.lower(phone) FROM housing.buyers ORDER BY id LIMIT 5
-- case: lower hijacked through the search path [attack]
SET search_path = public, pg_catalog
-- then
SELECT lower('x')
-- case: lower hijacked through the search path, argument from a table [attack]
SET search_path = public, pg_catalog, housing
-- then
SELECT lower(phone) FROM buyers ORDER BY id LIMIT 3
-- case: union with constants [attack]
SELECT 'x' UNION ALL SELECT phone FROM housing.buyers ORDER BY 1 LIMIT 10
-- case: derived table renames the column [attack]
SELECT t.harmless FROM (SELECT phone AS harmless FROM housing.buyers) t ORDER BY 1 NULLS LAST LIMIT 10
-- case: derived column list renames the column [attack]
SELECT t.x4 FROM housing.buyers AS t(x1, x2, x3, x4) ORDER BY t.x1 LIMIT 10
-- case: unnest of an array aggregate [attack]
SELECT unnest(array_agg(phone ORDER BY id)) FROM housing.buyers LIMIT 10
-- case: scalar subquery [attack]
SELECT (SELECT phone FROM housing.buyers WHERE id = 1)
-- case: whole row as text [attack]
SELECT b::text FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: whole row through a function [attack]
SELECT to_json(b.*) FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: whole row in a comparison [attack]
SELECT count(*) FROM housing.buyers a, housing.buyers b WHERE a = b
-- case: whole row in an aggregate [attack]
SELECT string_agg(b::text, '' ORDER BY b.id) FROM housing.buyers b WHERE b.id < 4
-- case: record expanded [attack]
SELECT (r).phone FROM (SELECT b AS r FROM housing.buyers b ORDER BY b.id LIMIT 3) x
-- case: row type cast [attack]
SELECT (ROW(b.*)::housing.buyers).phone FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: json populate with the row type [attack]
SELECT (jsonb_populate_record(NULL::housing.buyers, to_jsonb(b))).phone FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: attribute notation calls a function [attack]
SELECT b.loud FROM housing.buyers b LIMIT 1
-- case: functional notation reads a column [attack]
SELECT phone(b) FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: functional notation of a whole row by name [attack interference]
SELECT name(b) FROM housing.buyers b ORDER BY b.id LIMIT 3
-- case: system columns with a name in sight [attack]
SELECT ctid, xmin, cmin, xmax, cmax FROM housing.buyers WHERE phone IS NOT NULL ORDER BY id LIMIT 0
-- case: error text carries the value by cast [attack]
SELECT CAST(phone AS integer) FROM housing.buyers WHERE id = 1
-- case: error text carries the value by date [attack]
SELECT to_date(id_no, 'YYYYMMDD') FROM housing.buyers WHERE id = 1
-- case: error text carries the value by json [attack]
SELECT address::json FROM housing.buyers WHERE id = 1
-- case: error text carries the value by xml [attack]
SELECT xmlparse(document address) FROM housing.buyers WHERE id = 1
-- case: error text carries the value by enumeration [attack]
SELECT phone::text::housing.unit_status FROM housing.buyers WHERE id = 1
-- case: error text carries the value by regclass [attack]
SELECT phone::text::regclass FROM housing.buyers WHERE id = 1
-- case: error text carries the value by a regular expression [attack]
SELECT 'x' ~ ('[' || note) FROM housing.buyers WHERE id = 1
-- case: error as an oracle bit [attack]
SELECT 1 / (CASE WHEN phone LIKE '13886%' THEN 0 ELSE 1 END) FROM housing.buyers WHERE id = 1
-- case: hidden json key [attack]
SELECT id, extra ->> 'wechat', extra #>> '{kin}', jsonb_typeof(extra) FROM housing.buyers ORDER BY id LIMIT 5
-- case: hidden json in where [attack]
SELECT count(*) FROM housing.buyers WHERE extra @> '{"rank": 4}'
-- case: hidden array element [attack]
SELECT phones[1], array_length(phones, 1), phones <> '{}' FROM housing.buyers ORDER BY id LIMIT 5
-- case: hidden text length [attack]
SELECT length(note), octet_length(note), pg_column_size(note) FROM housing.buyers ORDER BY id LIMIT 5
-- case: is a hidden column null [attack]
SELECT count(*) FROM housing.buyers WHERE note IS NOT NULL
-- case: size of a masked value [attack interference]
SELECT pg_column_size(b.*) FROM housing.buyers b ORDER BY id LIMIT 5
-- case: join on the true value [attack]
SELECT count(*) FROM housing.calls c JOIN housing.buyers b ON c.phone = b.phone AND c.buyer_id = b.id
-- case: natural join on protected columns [attack]
SELECT count(*) FROM housing.co_buyers NATURAL JOIN housing.leads
-- case: using a protected column [attack]
SELECT count(*) FROM housing.leads JOIN housing.co_buyers USING (phone)
-- case: values guess the true value [attack]
SELECT count(*) FROM housing.buyers JOIN (VALUES ('13886500024'), ('18697630026')) v(p) ON v.p = phone
-- case: generated guesses [attack]
SELECT count(*) FROM generate_series(0, 9999) g JOIN housing.buyers b ON b.phone = '138' || lpad(g::text, 4, '0') || '0024'
-- case: window over the true order [attack]
SELECT id, ntile(4) OVER (ORDER BY income, id) FROM housing.buyers ORDER BY id LIMIT 20
-- case: exact sum [attack]
SELECT sum(income), sum(income) FILTER (WHERE id = 1) FROM housing.buyers
-- case: digest of the value [attack]
SELECT md5(phone), sha256(phone::bytea), hashtext(phone) FROM housing.buyers ORDER BY id LIMIT 3
-- case: security definer function [refused]
SELECT housing.phone_of(1)
-- case: security definer function in where [refused]
SELECT id FROM housing.buyers WHERE housing.phone_of(id) LIKE '138%'
-- case: security definer function in from [refused]
SELECT * FROM housing.phone_of(1) AS t(p)
-- case: set-returning function of the row type [refused]
SELECT * FROM housing.buyers_of(3)
-- case: function that raises notices [refused]
SELECT housing.loud(phone) FROM housing.buyers
-- case: user operator [refused]
SELECT 'x' OPERATOR(app.===) '13886500024'
-- case: user operator through the search path [attack]
SET search_path = app, housing
-- then
SELECT '13886500024'::text === 'x'::text
-- case: user aggregate [refused]
SELECT app.gather(phone) FROM housing.buyers
-- case: cast by a user function [refused]
SELECT 'x'::text::app.secret
-- case: domain whose constraint calls a user function [refused]
SELECT '13886500024'::app.checked
-- case: query_to_xml [refused]
SELECT query_to_xml('SELECT phone FROM housing.buyers', true, false, '')
-- case: table_to_xml [refused]
SELECT table_to_xml('housing.buyers', true, false, '')
-- case: schema_to_xml [refused]
SELECT schema_to_xml('housing', true, false, '')
-- case: cursor_to_xml [refused]
SELECT cursor_to_xml('c', 1, true, false, '')
-- case: database_to_xml [refused]
SELECT database_to_xml(true, false, '')
-- case: ts_stat [refused]
SELECT * FROM ts_stat('SELECT to_tsvector(phone) FROM housing.buyers')
-- case: ts_rewrite with a query [refused]
SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, to_tsquery(phone) FROM housing.buyers')
-- case: read a file [refused]
SELECT pg_read_file('PG_VERSION')
-- case: list a folder [refused]
SELECT pg_ls_dir('.')
-- case: large objects [refused]
SELECT lo_import('/etc/hostname')
-- case: large object from bytes [refused]
SELECT lo_from_bytea(0, convert_to(phone, 'UTF8')) FROM housing.buyers
-- case: set_config [attack]
SELECT set_config('search_path', 'public', false)
-- case: set_config as a stage for a value [refused]
SELECT set_config('my.value', phone, false) FROM housing.buyers
-- case: currtid2 [refused]
SELECT currtid2('housing.buyers', '(0,1)')
-- case: activity of others [refused]
SELECT query FROM pg_stat_get_activity(NULL)
-- case: pg_terminate_backend [refused]
SELECT pg_terminate_backend(1)
-- case: pg_sleep by a hidden bit is still refused or equal [attack]
SELECT CASE WHEN phone LIKE '13886%' THEN pg_sleep(0)::text END FROM housing.buyers WHERE id = 1
-- case: nextval [attack]
SELECT nextval('pg_catalog.pg_class')
-- case: advisory locks [attack]
SELECT pg_try_advisory_lock(1)
-- case: notify with a value [attack interference]
SELECT pg_notify('c', phone) FROM housing.buyers WHERE id = 1
-- case: raise by DO [refused]
DO $$ BEGIN RAISE NOTICE '%', (SELECT phone FROM housing.buyers LIMIT 1); END $$
-- case: call [refused]
CALL housing.nothing()
-- case: create function [refused]
CREATE FUNCTION pg_temp.f() RETURNS text LANGUAGE sql AS 'SELECT phone FROM housing.buyers LIMIT 1'
-- case: create function in a temp schema, then call it [refused]
CREATE OR REPLACE FUNCTION pg_temp.g(text) RETURNS text LANGUAGE sql AS 'SELECT $1'
-- case: create view [refused]
CREATE VIEW app.v AS SELECT phone FROM housing.buyers
-- case: create temp view [refused]
CREATE TEMP VIEW v AS SELECT phone FROM housing.buyers
-- case: create table as [refused]
CREATE TABLE app.copy AS SELECT * FROM housing.buyers
-- case: select into a permanent table [refused]
SELECT * INTO app.copy FROM housing.buyers
-- case: insert into a permanent table [refused]
INSERT INTO app.settings SELECT id::text, phone FROM housing.buyers
-- case: update from a protected table [refused]
UPDATE app.settings SET value = b.phone FROM housing.buyers b WHERE b.id = 1
-- case: insert into a protected table [refused]
INSERT INTO housing.leads (id, name, phone) VALUES (1000, 'x', '13800000000')
-- case: insert that fails on a protected table, with the row in its detail [refused]
INSERT INTO housing.leads (id, name, phone) VALUES (1, 'x', '13800000000')
-- case: update of a protected table [refused]
UPDATE housing.buyers SET phone = '13800000000' WHERE id = 1
-- case: update with a probe [refused]
UPDATE housing.buyers SET level = level WHERE phone = '13886500024'
-- case: delete with a probe [refused]
DELETE FROM housing.buyers WHERE phone = '13886500024'
-- case: delete returning [refused]
DELETE FROM housing.leads RETURNING *
-- case: returning from a common table expression [refused]
WITH d AS (UPDATE housing.leads SET source = source RETURNING *) SELECT * FROM d
-- case: merge [refused]
MERGE INTO housing.leads l USING housing.buyers b ON l.id = b.id WHEN MATCHED THEN UPDATE SET source = b.phone
-- case: temp table by merge of masks keeps masks [attack]
CREATE TEMP TABLE t AS TABLE housing.buyers
-- then
SELECT phone FROM t ORDER BY id LIMIT 5
-- case: temp table named as a protected table [attack]
CREATE TEMP TABLE buyers AS SELECT 1 AS id
-- then
SELECT * FROM buyers
-- then
SELECT phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: temp table shadows in the search path [attack]
SET search_path = housing
-- then
CREATE TEMP TABLE buyers (id int, phone text)
-- then
SELECT * FROM buyers
-- case: temp table that inherits [refused]
CREATE TEMP TABLE child () INHERITS (housing.buyers)
-- case: temp table like a protected one [attack]
CREATE TEMP TABLE twin (LIKE housing.buyers INCLUDING ALL)
-- then
SELECT count(*) FROM twin
-- case: temp table with a default from a function [refused]
CREATE TEMP TABLE t (x text DEFAULT housing.phone_of(1))
-- case: temp table with a check that calls a function [refused]
CREATE TEMP TABLE t (x text CHECK (housing.phone_of(1) = x))
-- case: temp index by a function [refused]
CREATE TEMP TABLE t (x text)
-- then
CREATE INDEX ON t (housing.loud(x))
-- case: permanent table [refused]
CREATE TABLE app.mine (x text)
-- case: alter table [refused]
ALTER TABLE app.settings ADD COLUMN z text
-- case: create rule [refused]
CREATE RULE r AS ON SELECT TO app.settings DO INSTEAD SELECT * FROM housing.buyers
-- case: create trigger [refused]
CREATE TRIGGER t BEFORE INSERT ON app.settings FOR EACH ROW EXECUTE FUNCTION housing.loud()
-- case: comment on a table [refused]
COMMENT ON TABLE housing.buyers IS 'x'
-- case: grant [refused]
GRANT SELECT ON housing.buyers TO PUBLIC
-- case: copy to a program [refused]
COPY housing.buyers TO PROGRAM 'cat'
-- case: copy to a file [refused]
COPY housing.buyers TO '/tmp/menshen-oracle.out'
-- case: copy from a file [refused]
COPY app.settings FROM '/etc/passwd'
-- case: copy into a protected table [refused]
COPY housing.leads FROM STDIN
-- case: copy with a where [refused]
COPY housing.leads FROM STDIN WHERE id > 0
-- case: copy a view [attack interference]
COPY (SELECT * FROM housing.call_names) TO STDOUT
-- case: copy of an update [refused]
COPY (UPDATE housing.leads SET source = source RETURNING *) TO STDOUT
-- case: import foreign schema [refused]
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO app
-- case: load [refused]
LOAD 'auto_explain'
-- case: security label [refused]
SECURITY LABEL ON TABLE housing.buyers IS 'x'
-- case: set role [refused]
SET ROLE registrar
-- case: set session authorization [refused]
SET SESSION AUTHORIZATION 'registrar'
-- case: reset role is harmless or refused [attack]
RESET ROLE
-- case: loud settings [refused]
SET client_min_messages = debug5
-- case: log settings [refused]
SET log_statement = 'all'
-- case: debug settings [refused]
SET debug_print_plan = on
-- case: backslash settings [refused]
SET standard_conforming_strings = off
-- case: session_replication_role [refused]
SET session_replication_role = replica
-- case: row security off [refused]
SET row_security = off
-- case: local preload [refused]
SET local_preload_libraries = 'x'
-- case: a setting of one's own [attack]
SET my.value = 'x'
-- case: set to default [attack]
SET search_path TO DEFAULT
-- case: set with a list [attack]
SET search_path = "$user", public
-- case: alter system [refused]
ALTER SYSTEM SET log_statement = 'all'
-- case: alter role [refused]
ALTER ROLE clerk SET search_path = public
-- case: view that is an expression over the phone [attack interference]
SELECT * FROM housing.call_names ORDER BY id LIMIT 5
-- case: view whose condition reads a protected column [attack interference]
SELECT count(*) FROM housing.rich
-- case: view joined back [attack interference]
SELECT n.title FROM housing.call_names n JOIN housing.buyers b ON b.id = n.id ORDER BY n.id LIMIT 3
-- case: view definition [attack]
SELECT pg_get_viewdef('housing.rich'::regclass)
-- case: statistics [attack interference]
SELECT most_common_vals, histogram_bounds FROM pg_stats WHERE schemaname = 'housing' AND tablename = 'buyers' ORDER BY attname
-- case: raw statistics [attack interference]
SELECT stavalues1::text FROM pg_statistic
-- case: statistics by another name [attack interference]
SELECT s.* FROM pg_catalog.pg_stats AS s WHERE s.tablename = 'buyers' ORDER BY attname
-- case: extended statistics [attack interference]
SELECT * FROM pg_stats_ext
-- case: activity [attack interference]
SELECT count(query) FROM pg_stat_activity WHERE usename <> current_user
-- case: prepared statements [attack interference]
SELECT statement FROM pg_prepared_statements
-- case: cursors [attack interference]
SELECT statement FROM pg_cursors
-- case: user mappings and passwords [attack interference]
SELECT rolname, rolpassword FROM pg_authid
-- case: shadow [attack interference]
SELECT * FROM pg_shadow
-- case: settings with paths [attack interference]
SELECT count(*) FROM pg_settings WHERE name = 'data_directory'
-- case: toast table [attack interference]
SELECT count(*) FROM pg_toast.pg_toast_1255
-- case: sequences and ctid scans [attack]
SELECT id, phone FROM housing.buyers WHERE ctid = '(0,1)' ORDER BY id LIMIT 0
-- case: planner estimate of a hidden value [attack interference]
EXPLAIN SELECT * FROM housing.buyers WHERE phone > '13900000000'
-- case: explain shows filters [attack interference]
EXPLAIN (COSTS OFF, VERBOSE) SELECT id FROM housing.buyers WHERE note LIKE '%1388%'
-- case: explain analyze counts rows [attack interference]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM housing.buyers WHERE phone LIKE '1388650%'
-- case: explain of a refused statement [refused]
EXPLAIN SELECT housing.phone_of(1)
-- case: explain analyze of a write [refused]
EXPLAIN ANALYZE DELETE FROM housing.leads
-- case: explain of execute [attack interference]
PREPARE p AS SELECT phone FROM housing.buyers
-- then
EXPLAIN (COSTS OFF) EXECUTE p
-- case: prepare a refused statement [refused]
PREPARE evil AS SELECT housing.phone_of(1)
-- case: prepare and change the search path before execute [attack]
PREPARE l AS SELECT count(*) FROM app.settings
-- then
SET search_path = public
-- then
EXECUTE l
-- case: declare a cursor over a refused statement [refused]
DECLARE evil CURSOR FOR SELECT housing.phone_of(1)
-- case: where current of over a masked cursor [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH 1 FROM c
-- then
DELETE FROM housing.buyers WHERE CURRENT OF c
-- case: second statement smuggled after a literal [attack simple]
SELECT 'ab\''; SELECT phone FROM housing.buyers; --'
-- case: second statement after a copy [attack simple]
COPY app.settings TO STDOUT; SELECT phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: nested comments [attack]
SELECT /* /* */ phone */ id FROM housing.buyers ORDER BY id LIMIT 2
-- case: dollar quotes with a tag [attack]
SELECT $a$ $b$; SELECT phone FROM housing.buyers; $b$ $a$
-- case: unicode escaped table name [attack]
SELECT U&"\0070hone" FROM housing.U&"\0062uyers" ORDER BY id LIMIT 2
-- case: table called only [attack]
SELECT phone FROM ONLY housing.buyers ORDER BY id LIMIT 2
-- case: table star [attack]
SELECT phone FROM housing.buyers * ORDER BY id LIMIT 2
-- case: long name truncated to a known one [attack interference]
SELECT phone FROM housing.buyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyers
-- case: database qualified [attack]
SELECT phone FROM nowhere.housing.buyers
-- case: table sample of a protected table [attack]
SELECT count(*) FROM housing.buyers TABLESAMPLE BERNOULLI (100) REPEATABLE (1)
-- case: table sample size reveals nothing [attack]
SELECT count(phone) FROM housing.buyers TABLESAMPLE SYSTEM (100)
-- case: rows from a function of the row [attack]
SELECT t.* FROM housing.buyers b, LATERAL jsonb_each_text(to_jsonb(b)) t WHERE b.id = 1 ORDER BY 1
-- case: lateral values [attack]
SELECT v.x FROM housing.buyers b, LATERAL (VALUES (b.phone), (b.id_no)) v(x) WHERE b.id < 4 ORDER BY 1 NULLS LAST
-- case: xmltable [attack]
SELECT x.* FROM housing.buyers b, XMLTABLE('/r' PASSING xmlelement(name r, b.phone) COLUMNS p text PATH '.') x WHERE b.id = 1
-- case: grouping by the key lets hidden columns through [attack]
SELECT b.id, b.note, b.extra FROM housing.buyers b GROUP BY b.id ORDER BY b.id LIMIT 3
-- case: group by the key with a whole row [attack interference]
SELECT b FROM housing.buyers b GROUP BY b.id ORDER BY b.id LIMIT 3
-- case: partitions one by one [attack]
SELECT payer_name FROM housing.payments_2024 ORDER BY id LIMIT 4
-- case: partition key in tableoid [attack]
SELECT tableoid::regclass::text, count(payer_name) FROM housing.payments GROUP BY 1 ORDER BY 1
-- case: child through its parent [attack]
SELECT name FROM housing.leads WHERE archived_on IS NULL
-- case: index-only count [attack]
SELECT count(phone) FROM housing.buyers WHERE phone >= '138' AND phone < '139'
-- case: expression index [attack]
SELECT id FROM housing.buyers WHERE pg_catalog.lower(email) = 'zqq7073@example.cn'
-- case: collation tricks [attack]
SELECT id FROM housing.buyers ORDER BY phone COLLATE "und-x-icu", id LIMIT 3
-- case: security barrier by cast to domain [attack]
SELECT c.phone::housing.phone_number FROM housing.calls c ORDER BY c.id LIMIT 3
-- case: current of a function in limit [refused]
SELECT id FROM housing.buyers LIMIT length(housing.phone_of(1))
-- case: function in order by [refused]
SELECT id FROM housing.buyers ORDER BY housing.loud(phone)
-- case: function in a window frame [refused]
SELECT sum(id) OVER (ORDER BY id ROWS length(housing.phone_of(1)) PRECEDING) FROM housing.buyers
-- case: function in a join condition [refused]
SELECT 1 FROM housing.buyers a JOIN housing.buyers b ON housing.loud(a.phone) = b.phone
-- case: function in values [refused]
VALUES (housing.phone_of(1))
-- case: function in a default argument by name [refused]
SELECT housing.phone_of("$1" => 1)
-- case: function by variadic [refused]
SELECT app.append(VARIADIC ARRAY['a', 'b'])
-- case: type input that runs code [attack]
SELECT 'housing.buyers'::regclass::oid::regclass::text
-- case: nested transaction control [attack]
BEGIN
-- then
SELECT housing.phone_of(1)
-- case: two-phase commit [attack]
PREPARE TRANSACTION 'x'
-- case: export a snapshot [attack interference]
SELECT pg_export_snapshot() IS NOT NULL
-- case: vacuum [refused]
VACUUM housing.buyers
-- case: analyze with verbose counts [refused]
ANALYZE VERBOSE housing.buyers
-- case: reindex [refused]
REINDEX TABLE housing.buyers
-- case: cluster [refused]
CLUSTER housing.buyers USING buyers_phone
-- case: refresh a materialized view [refused]
REFRESH MATERIALIZED VIEW housing.buyer_directory
-- case: lock a protected table [attack]
BEGIN
-- then
LOCK TABLE housing.buyers IN ACCESS SHARE MODE
-- then
ROLLBACK
-- case: truncate a protected table [refused]
TRUNCATE housing.leads
-- case: drop a table [refused]
DROP TABLE app.events
-- case: create a subscription [refused]
CREATE SUBSCRIPTION s CONNECTION 'host=localhost' PUBLICATION p
-- case: create a publication [refused]
CREATE PUBLICATION p FOR TABLE housing.buyers
-- case: replication slot [refused]
SELECT pg_create_logical_replication_slot('s', 'test_decoding')
-- case: logical changes [refused]
SELECT * FROM pg_logical_slot_get_changes('s', NULL, NULL)
-- case: event trigger [refused]
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION housing.loud()
-- case: create an extension [refused]
CREATE EXTENSION dblink
-- case: create a type [refused]
CREATE TYPE pg_temp.t AS (x text)
-- case: create an operator [refused]
CREATE OPERATOR pg_temp.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = app.peek)
-- case: create a cast [refused]
CREATE CAST (text AS app.secret) WITH FUNCTION app.to_secret(text)
