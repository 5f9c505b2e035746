-- channel: types whose input runs code or looks names up, and casts between them
-- case: array of a domain that calls a function [refused]
SELECT '{13886500024}'::app.checked[]
-- case: cast spelled as a call of such a domain [refused]
SELECT app.checked('13886500024')
-- case: typed literal of such a domain [refused]
SELECT app.checked '13886500024'
-- case: CAST of a subquery to such a domain [refused]
SELECT CAST((SELECT phone FROM housing.buyers WHERE id = 1) AS app.checked)
-- case: such a domain in a temporary table [refused]
CREATE TEMP TABLE t (x app.checked)
-- case: such a domain in a prepared statement's parameters [refused]
PREPARE p (app.checked) AS SELECT $1
-- case: such a domain in the search path [attack]
SET search_path = app, pg_catalog
-- then
SELECT '13886500024'::checked
-- case: row type with such a domain inside [refused]
SELECT '(13886500024)'::app.card
-- case: array of such a row type [refused]
SELECT '{"(13886500024)"}'::app.card[]
-- case: populate such a row type from json [refused]
SELECT json_populate_record(NULL::app.card, '{"number": "13886500024"}')
-- case: domain over such a row type [refused]
SELECT '(13886500024)'::app.carded
-- case: user's cast by a function between row types [refused]
SELECT ROW('x')::app.secret::text, 'y'::text::app.secret
-- case: number as a name and back [attack]
SELECT 1259::regclass::text, 'pg_class'::regclass::oid
-- case: masked number as an object's number [attack]
SELECT (income::int)::regclass FROM housing.buyers WHERE id = 1
-- case: masked text as a function [attack]
SELECT phone::text::regproc FROM housing.buyers WHERE id = 1
-- case: masked text as a role [attack]
SELECT name::regrole FROM housing.buyers WHERE id = 1
-- case: internal types have no literals [refused]
SELECT '1'::pg_catalog.pg_node_tree
-- case: statistics by their type [refused]
SELECT '\x00'::pg_catalog.pg_mcv_list
-- case: type of dependencies [refused]
SELECT '{}'::pg_catalog.pg_dependencies
-- case: pseudo-type as a cast [attack]
SELECT '(1,2)'::record
-- case: pseudo-type internal [refused]
SELECT NULL::internal
-- case: trigger type [refused]
SELECT NULL::trigger
-- case: row type of a catalog with hidden columns [attack]
SELECT (NULL::pg_statistic).stavalues1 IS NULL
-- case: row type of a protected table from a literal [attack]
SELECT ('(1,a,b,c,d,e,2000-01-01,1,"{}","{}",n,1,0,2020-01-01 00:00:00+00,t)'::housing.buyers).phone
-- case: interval typmod [attack]
SELECT born::timestamp::text, (born - date '2000-01-01')::text::interval day FROM housing.buyers ORDER BY id LIMIT 3
-- case: bit string of the income [attack]
SELECT income::bigint::bit(64) FROM housing.buyers ORDER BY id LIMIT 3
-- case: narrow character type cuts the value [attack]
SELECT phone::char(5), name::"char", id_no::name FROM housing.buyers ORDER BY id LIMIT 3
-- case: enumeration by a masked text [attack]
SELECT name::housing.unit_status FROM housing.buyers WHERE id = 2
-- case: cast in a type function of the first name of a type [attack]
SELECT varchar(housing.buyers.phone) FROM housing.buyers ORDER BY id LIMIT 2
-- case: SETOF and percent types [attack]
SELECT NULL::housing.buyers.phone%TYPE
-- case: array dimension by a type modifier of a value [attack]
SELECT '1'::numeric(length(phone)) FROM housing.buyers
-- case: json in the type position with precision [attack]
SELECT phone::json FROM housing.buyers WHERE id = 1
-- case: text search type by input [attack]
SELECT note::tsvector, phone::tsquery FROM housing.buyers WHERE id < 4 ORDER BY id
-- case: address types by masked input [attack]
SELECT phone::inet FROM housing.buyers WHERE id = 1
-- case: uuid of a hash [attack]
SELECT md5(id_no)::uuid FROM housing.buyers ORDER BY id LIMIT 3
