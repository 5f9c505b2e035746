-- The database users of the housing information system, with the grants that such systems have: everybody may read the
-- whole schema, which is what Menshen is for. To be run by a superuser, after demo/schema.sql.
--
--     psql -v password=… -v catalog_password=… -f demo/roles.sql
--
-- `password` is that of all users, `catalog_password` (default: the same) that of Menshen's own service account.
\set ON_ERROR_STOP on
\if :{?catalog_password}
\else
\set catalog_password :password
\endif
SET client_min_messages = warning;
SET password_encryption = 'scram-sha-256';

-- Roles belong to the cluster, where another database may have made them already.
SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['registrar_01', 'signing_app', 'clerk_017', 'call_app', 'sales_01', 'crm_app', 'marketing_01',
                  'report_app', 'dba', 'menshen_catalog']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec
SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD %L', name,
              CASE name WHEN 'menshen_catalog' THEN :'catalog_password' ELSE :'password' END)
FROM unnest(ARRAY['registrar_01', 'signing_app', 'clerk_017', 'call_app', 'sales_01', 'crm_app', 'marketing_01',
                  'report_app', 'dba', 'menshen_catalog']) AS name
\gexec

SELECT format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO PUBLIC', current_database())
\gexec
GRANT USAGE ON SCHEMA housing TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA housing TO registrar_01, signing_app, clerk_017, call_app, sales_01, crm_app,
    marketing_01, report_app, dba;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA housing TO dba;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA housing TO registrar_01, signing_app;
GRANT INSERT, UPDATE ON housing.buyers, housing.co_buyers, housing.contracts, housing.payments, housing.visit_logs,
    housing.handover_appointments TO sales_01, crm_app;
GRANT DELETE ON housing.visit_logs, housing.handover_appointments TO crm_app;
GRANT INSERT, UPDATE ON housing.call_logs, housing.handover_appointments TO clerk_017, call_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA housing TO registrar_01, signing_app, clerk_017, call_app, sales_01, crm_app;

-- Menshen's service account reads catalogs, which everybody may, and looks passwords up: as for PgBouncer's
-- auth_query, by a function that runs with its owner's rights and shows one user who may log in.
CREATE SCHEMA IF NOT EXISTS menshen;
COMMENT ON SCHEMA menshen IS 'What Menshen needs of the server';
CREATE OR REPLACE FUNCTION menshen.user_lookup(IN i_username text, OUT uname text, OUT phash text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$
        SELECT rolname::text, rolpassword FROM pg_authid
        WHERE rolname = i_username AND rolcanlogin AND NOT rolsuper
          AND (rolvaliduntil IS NULL OR rolvaliduntil > now())
    $$;
REVOKE ALL ON SCHEMA menshen FROM PUBLIC;
REVOKE ALL ON FUNCTION menshen.user_lookup(text) FROM PUBLIC;
GRANT USAGE ON SCHEMA menshen TO menshen_catalog;
GRANT EXECUTE ON FUNCTION menshen.user_lookup(text) TO menshen_catalog;
