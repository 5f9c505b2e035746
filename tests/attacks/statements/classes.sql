-- channel: kinds of statements that read or copy rows without SELECT, or leave code behind
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
-- case: import foreign schema [refused]
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO app
-- case: load [refused]
LOAD 'auto_explain'
-- case: security label [refused]
SECURITY LABEL ON TABLE housing.buyers IS 'x'
-- case: alter system [refused]
ALTER SYSTEM SET log_statement = 'all'
-- case: alter role [refused]
ALTER ROLE clerk SET search_path = public
-- case: nested transaction control [attack]
BEGIN
-- then
SELECT housing.phone_of(1)
-- case: two-phase commit [attack]
PREPARE TRANSACTION 'x'
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
