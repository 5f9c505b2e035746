-- channel: newer constructs, windows, grouping sets, ranges, documents, plans, settings, what a write returns
-- search_path: housing
-- case: SELECT json_scalar phone FROM buyers [refused]
SELECT json_scalar(phone) FROM buyers
-- case: SELECT JSON_VALUE extra, .phone RETURNING text FROM profiles [refused]
SELECT JSON_VALUE(extra, '$.phone' RETURNING text) FROM profiles
-- case: SELECT JSON phone FROM buyers WHERE id 1 [refused]
SELECT JSON(phone) FROM buyers WHERE id=1
-- case: SELECT system_user FROM buyers LIMIT 1 [refused]
SELECT system_user FROM buyers LIMIT 1
-- case: SELECT extra phone , partly name , raw phone FROM profiles ORDER BY i [attack]
SELECT extra['phone'], partly['name'], raw->'phone' FROM profiles ORDER BY id LIMIT 5
-- case: SELECT id, count * OVER w, string_agg phone, , OVER w GROUPS BETWE [attack interference]
SELECT id, count(*) OVER w, string_agg(phone, ',') OVER (w GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES), first_value(phone) OVER w FROM buyers WINDOW w AS (PARTITION BY level ORDER BY left(phone,7)) ORDER BY id LIMIT 10
-- case: SELECT id, phone FROM buyers ORDER BY phone FETCH FIRST 3 ROWS WITH TI [attack interference]
SELECT id, phone FROM buyers ORDER BY phone FETCH FIRST 3 ROWS WITH TIES
-- case: SELECT id, phone FROM buyers TABLESAMPLE SYSTEM 60 REPEATABLE 7 OR [refused]
SELECT id, phone FROM buyers TABLESAMPLE SYSTEM (60) REPEATABLE (7) ORDER BY id LIMIT 5
-- case: SELECT * FROM ROWS FROM unnest ARRAY 1,2 , jsonb_to_recordset phone 1 [attack]
SELECT * FROM ROWS FROM (unnest(ARRAY[1,2]), jsonb_to_recordset('[{"phone":"1"}]') AS (phone text)) WITH ORDINALITY AS t(a, b, o)
-- case: SELECT xmlpi name x, phone , xmlroot xmlelement name p, phone , versio [attack]
SELECT xmlpi(name x, phone), xmlroot(xmlelement(name p, phone), version '1.0') FROM buyers ORDER BY id LIMIT 2
-- case: SELECT range_intersect_agg numrange income, 10000000 FROM buyers [attack]
SELECT range_intersect_agg(numrange(income, 10000000)) FROM buyers
-- case: SELECT last4, double FROM contacts ORDER BY id LIMIT 3 [attack]
SELECT last4, double FROM contacts ORDER BY id LIMIT 3
-- case: SELECT ts_rewrite a b tsquery, a tsquery, plainto_tsquery simple , [refused]
SELECT ts_rewrite('a & b'::tsquery, 'a'::tsquery, plainto_tsquery('simple', phone)) FROM buyers ORDER BY id LIMIT 2
-- case: SELECT pg_get_partition_constraintdef tied.births_1 regclass , pg_get_ [attack]
SELECT pg_get_partition_constraintdef('tied.births_1'::regclass), pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'affordable'
-- case: SELECT b.phone FROM agents a, LATERAL buyers_of a.id b ORDER BY b.id [refused]
SELECT b.phone FROM agents a, LATERAL buyers_of(a.id) b ORDER BY b.id LIMIT 3
-- case: SELECT * FROM buyers_of 1 WITH ORDINALITY b ORDER BY ordinality LIMIT [refused]
SELECT * FROM buyers_of(1) WITH ORDINALITY b ORDER BY ordinality LIMIT 3
-- case: SELECT stats_reset FROM pg_stat_wal [attack]
SELECT stats_reset FROM pg_stat_wal
-- case: SELECT backend_xmin IS NOT NULL FROM pg_stat_activity WHERE pid pg_b [attack]
SELECT backend_xmin IS NOT NULL FROM pg_stat_activity WHERE pid = pg_backend_pid()
-- case: SELECT last_archived_wal FROM pg_stat_archiver [attack]
SELECT last_archived_wal FROM pg_stat_archiver
-- case: DECLARE B c INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR TABLE lead [refused]
BEGIN
-- then
DECLARE "B""c" INSENSITIVE NO SCROLL CURSOR WITHOUT HOLD FOR TABLE leads
-- then
FETCH FORWARD 2 IN "B""c"
-- then
SELECT cursor_to_xml('B"c', 5, true, true, '')
-- case: EXPLAIN GENERIC_PLAN SELECT id FROM buyers WHERE phone 1 [attack]
EXPLAIN (GENERIC_PLAN) SELECT id FROM buyers WHERE phone = $1
-- case: EXPLAIN COSTS OFF, VERBOSE UPDATE leads SET phone 13911112222 WH [attack interference]
EXPLAIN (COSTS OFF, VERBOSE) UPDATE leads SET phone = '13911112222' WHERE phone = '13911112223' RETURNING phone
-- case: EXPLAIN COSTS OFF SELECT DISTINCT income, born FROM buyers [attack interference]
EXPLAIN (COSTS OFF) SELECT DISTINCT income, born FROM buyers
-- case: SELECT b IS DISTINCT FROM c, b * c, b c FROM buyers b, buyers c WHE [attack]
SELECT b IS DISTINCT FROM c, b *= c, b = c FROM buyers b, buyers c WHERE b.id < 3 AND c.id < 3 ORDER BY b.id, c.id
-- case: SELECT array_agg b ORDER BY b.phone FROM leads b WHERE id 4 [attack interference]
SELECT array_agg(b ORDER BY b.phone) FROM leads b WHERE id < 4
-- case: SELECT leads_archive leads .phone FROM leads_archive ORDER BY 1 LIMIT [refused]
SELECT (leads_archive::leads).phone FROM leads_archive ORDER BY 1 LIMIT 3
-- case: SELECT housing.buyers regclass oid buyers regclass, buyers_of int [attack]
SELECT 'housing.buyers'::regclass::oid = 'buyers'::regclass, 'buyers_of(int)'::regprocedure, 'buyers'::regtype
-- case: SELECT name FROM buyers ORDER BY id LIMIT 3 [attack]
SET client_encoding = 'LATIN1'
-- then
SELECT name FROM buyers ORDER BY id LIMIT 3
-- case: SELECT name FROM buyers ORDER BY id LIMIT 3 (2) [attack]
SET client_encoding = 'EUC_CN'
-- then
SELECT name FROM buyers ORDER BY id LIMIT 3
-- case: SELECT income money FROM buyers ORDER BY id LIMIT 3 [attack]
SET lc_monetary = 'C'
-- then
SELECT income::money FROM buyers ORDER BY id LIMIT 3
-- case: SELECT born FROM housing.buyers ORDER BY id LIMIT 2 [attack interference]
CREATE TEMP TABLE date (x int)
-- then
SELECT born FROM housing.buyers ORDER BY id LIMIT 2
-- then
SELECT pg_typeof(born) FROM housing.buyers LIMIT 1
-- case: CREATE TEMP TABLE t INHERITS housing.leads [refused]
CREATE TEMP TABLE t () INHERITS (housing.leads)
-- case: CREATE TEMP TABLE t p text DEFAULT housing.phone_of 1 [refused]
CREATE TEMP TABLE t (p text DEFAULT housing.phone_of(1))
-- case: CREATE STATISTICS s ON p, lower p FROM t [refused]
CREATE TEMP TABLE t (p text)
-- then
CREATE STATISTICS s ON p, lower(p) FROM t
-- case: SELECT * INTO TEMP t FROM leads [attack]
SELECT * INTO TEMP t FROM leads
-- then
SELECT phone FROM t ORDER BY id LIMIT 2
-- case: CLUSTER VERBOSE housing.buyers [refused]
CLUSTER VERBOSE housing.buyers
-- case: COPY SELECT name FROM buyers TO STDOUT ENCODING LATIN1 [attack]
COPY (SELECT name FROM buyers) TO STDOUT (ENCODING 'LATIN1')
-- case: SELECT lag price, 1000 price 107 OVER ORDER BY id , nth_value id, gr [attack]
SELECT lag(price, 1000/(price-107)) OVER (ORDER BY id), nth_value(id, greatest(1, 1000/(price-107))) OVER (ORDER BY id) FROM field.offers ORDER BY 1 LIMIT 3
-- case: SELECT id FROM field.offers ORDER BY 1000 price 107 , id FETCH FIRST 2 [attack]
SELECT id FROM field.offers ORDER BY 1000/(price-107), id FETCH FIRST 2 ROWS WITH TIES
-- case: SELECT o.id, generate_series 1, 1000 o.price 107 FROM field.offers o [attack]
SELECT o.id, generate_series(1, 1000/(o.price-107)) FROM field.offers o ORDER BY 1 LIMIT 3
-- case: SELECT p.id FROM field.plots p LEFT JOIN housing.agents a ON a.id p. [attack]
SELECT p.id FROM field.plots p LEFT JOIN housing.agents a ON a.id = p.agent_id AND sqrt(p.big) < 10 ORDER BY 1 LIMIT 3
-- case: SELECT jsonb_path_exists , .a x 1 , jsonb_build_object x , p [attack]
SELECT jsonb_path_exists('{}', '$ ? (@.a / $x > 1)', jsonb_build_object('x', price - 107)) FROM field.offers ORDER BY id LIMIT 2
-- case: SELECT o.id FROM field.offers o WHERE o.price ANY SELECT p.price FR [attack]
SELECT o.id FROM field.offers o WHERE o.price = ANY (SELECT p.price FROM field.plots p WHERE 10/(p.big+5) IS NOT NULL) ORDER BY 1 LIMIT 3
-- case: MERGE INTO field.claims c USING SELECT 1 s ON 1000 c.price 107 1 [attack]
BEGIN
-- then
MERGE INTO field.claims c USING (SELECT 1) s ON 1000/(c.price-107) > -100000 AND c.owner = 'agent' WHEN MATCHED THEN UPDATE SET price = c.price
-- then
ROLLBACK
-- case: EXPLAIN COSTS OFF, VERBOSE SELECT count * FROM field.plots p JOIN f [attack interference]
EXPLAIN (COSTS OFF, VERBOSE) SELECT count(*) FROM field.plots p JOIN field.offers o USING (price) GROUP BY p.agent_id
-- case: SELECT count * FROM SELECT * FROM buyers TABLESAMPLE SYSTEM 100 b [refused]
SELECT count(*) FROM (SELECT * FROM buyers TABLESAMPLE SYSTEM (100)) b
-- case: TABLE field.tenths [attack]
TABLE field.tenths
-- case: SELECT o.id FROM field.offers o WHERE o.price BETWEEN SYMMETRIC 1000 o [attack]
SELECT o.id FROM field.offers o WHERE o.price BETWEEN SYMMETRIC 1000/(o.price-107) AND 5 ORDER BY 1 LIMIT 2
-- case: SELECT o.id FROM field.offers o WHERE factorial 107 o.price 1 [attack]
SELECT o.id FROM field.offers o WHERE factorial(107 - o.price) > 1
-- case: SELECT o.id FROM field.offers o WHERE pg_try_advisory_lock o.price [attack]
SELECT o.id FROM field.offers o WHERE pg_try_advisory_lock(o.price)
-- then
SELECT pg_advisory_unlock(107)
-- case: SELECT count * FROM field.plots WHERE price 3 0 AND random 0 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots WHERE price % 3 = 0 AND random() >= 0
-- then
SELECT random()
-- case: SELECT set_config application_name , x , false [attack]
SELECT set_config('application_name', 'x', false)
-- then
SELECT id FROM field.offers WHERE set_config('application_name', price::text, false) = ''
-- then
SHOW application_name
-- case: SELECT count * FROM field.offers WHERE clock_timestamp now AND pr [attack]
SELECT count(*) FROM field.offers WHERE clock_timestamp() > now() AND price < 0
-- case: SELECT count * FROM buyers b WHERE EXISTS SELECT FROM leads l WHERE [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM buyers b WHERE EXISTS (SELECT FROM leads l WHERE l.phone = b.phone AND random() >= 0)
-- then
SELECT random()
-- case: INSERT INTO leads id, phone VALUES 1, 13900000000 ON CONFLICT id [attack]
BEGIN
-- then
SELECT setseed(0.5)
-- then
INSERT INTO leads (id, phone) VALUES (1, '13900000000') ON CONFLICT (id) DO UPDATE SET source = random()::text WHERE leads.phone > '1385'
-- then
SELECT random()
-- then
ROLLBACK
-- case: INSERT INTO leads id, phone SELECT 100000 i, 138 lpad i text, [attack interference]
BEGIN
-- then
INSERT INTO leads (id, phone) SELECT 100000 + i, '138' || lpad(i::text, 4, '0') || '0024' FROM generate_series(0, 99) i
-- then
SELECT count(*) FROM leads WHERE phone LIKE '138****0024'
-- then
ROLLBACK
-- case: SELECT b name x hstore text FROM leads b WHERE id 2 [attack]
SET search_path = housing, ext, public
-- then
SELECT (b #= 'name=>x'::hstore)::text FROM leads b WHERE id = 2
-- case: SELECT id FROM buyers ORDER BY lower email , id LIMIT 3 [attack]
SET enable_sort = off
-- then
SELECT id FROM buyers ORDER BY lower(email), id LIMIT 3
-- case: SELECT id, ctid FROM tied.births ORDER BY id LIMIT 3 [refused]
SELECT id, ctid FROM tied.births ORDER BY id LIMIT 3
-- case: SELECT xpath b phone text , xmlelement name b, xmlforest b.phone, b.i [attack]
SELECT (xpath('/b/phone/text()', xmlelement(name b, xmlforest(b.phone, b.id))))[1] FROM buyers b WHERE id = 2
-- case: SELECT setweight to_tsvector simple , phone , A , ts_rank to_tsvector [attack]
SELECT setweight(to_tsvector('simple', phone), 'A'), ts_rank(to_tsvector('simple', phone), '138:*') FROM buyers ORDER BY id LIMIT 2
-- case: SELECT jsonb_path_query_array extra, .contacts * .phone like_rege [attack]
SELECT jsonb_path_query_array(extra, '$.contacts[*].phone ? (@ like_regex "5")') FROM profiles ORDER BY id LIMIT 5
-- case: SELECT mobile housing.phone_number, id_no housing.id_number FROM profi [attack]
SELECT mobile::housing.phone_number, id_no::housing.id_number FROM profiles ORDER BY id LIMIT 2
-- case: EXECUTE d1p 13886500024 [refused]
PREPARE d1p (text) AS SELECT id FROM buyers WHERE phone = $1
-- then
SET search_path = operators, housing, pg_catalog
-- then
EXECUTE d1p('13886500024')
-- then
RESET search_path
-- then
EXECUTE d1p('13886500024')
-- case: EXECUTE q 1388 [attack interference]
SET plan_cache_mode = force_generic_plan
-- then
PREPARE q (text) AS SELECT count(*) FROM buyers WHERE phone LIKE $1
-- then
EXECUTE q('1388%')
-- then
EXPLAIN (COSTS OFF) EXECUTE q('1388%')
-- case: SELECT pg_stat_get_xact_numscans buyers regclass [refused]
SET stats_fetch_consistency = none
-- then
SELECT pg_stat_get_xact_numscans('buyers'::regclass)
-- case: SELECT pg_get_indexdef indexrelid, 0, true , pg_get_expr indpred, indr [attack]
SELECT pg_get_indexdef(indexrelid, 0, true), pg_get_expr(indpred, indrelid) FROM pg_index WHERE indrelid = 'tied.loans'::regclass ORDER BY 1
-- case: DELETE FROM leads WHERE leads.record_out text LIKE 5 RETURNING id [refused]
BEGIN
-- then
DELETE FROM leads WHERE leads.record_out::text LIKE '%5%' RETURNING id
-- then
ROLLBACK
-- case: SELECT b.row_to_json FROM buyers b WHERE id 3 [attack interference]
BEGIN
-- then
SELECT b.row_to_json FROM buyers b WHERE id < 3
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING ARRAY SELECT phone , VALUES [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING ARRAY(SELECT phone), (VALUES (phone)), (TABLE leads LIMIT 1)
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING SELECT string_agg leads.phon [attack interference]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT string_agg(leads.phone, ',' ORDER BY b.phone) FROM buyers b WHERE b.id < 3 GROUP BY leads.phone)
-- then
ROLLBACK
-- case: UPDATE leads SET phone DEFAULT WHERE id 3 RETURNING phone [attack]
BEGIN
-- then
UPDATE leads SET phone = DEFAULT WHERE id < 3 RETURNING phone
-- then
ROLLBACK
-- case: UPDATE profiles SET extra note x WHERE id 1 RETURNING extra [refused]
BEGIN
-- then
UPDATE profiles SET extra['note'] = '"x"' WHERE id = 1 RETURNING extra
-- then
ROLLBACK
-- case: UPDATE keepsakes SET who.phone 13900000000 WHERE id 1 RETURNING [refused]
BEGIN
-- then
UPDATE keepsakes SET who.phone = '13900000000' WHERE id = 1 RETURNING who
-- then
ROLLBACK
-- case: INSERT INTO contacts id, phone VALUES 901, 13900001111 RETURNING [attack interference]
BEGIN
-- then
INSERT INTO contacts (id, phone) VALUES (901, '13900001111') RETURNING last4, contacts
-- then
ROLLBACK
-- case: WITH d AS DELETE FROM leads WHERE id 4 RETURNING * , u AS UPDATE c [attack]
BEGIN
-- then
WITH d AS (DELETE FROM leads WHERE id < 4 RETURNING *), u AS (UPDATE contacts SET double = DEFAULT FROM d WHERE contacts.id = d.id RETURNING d.phone p, contacts.*) SELECT * FROM u ORDER BY id
-- then
ROLLBACK
-- case: MERGE INTO leads l USING VALUES 1, a v id, s ON l.id v.id WHEN (3) [refused]
BEGIN
-- then
MERGE INTO leads l USING (VALUES (1, 'a')) v(id, s) ON l.id = v.id WHEN MATCHED THEN UPDATE SET source = (SELECT x.phone FROM leads x WHERE x.id = l.id AND x.phone = l.phone)
-- then
ROLLBACK
-- case: WITH d AS NOT MATERIALIZED UPDATE leads SET source x WHERE id 9 [attack interference]
BEGIN
-- then
WITH d AS NOT MATERIALIZED (UPDATE leads SET source = 'x' WHERE id < 9 RETURNING phone) SELECT phone FROM d
-- then
ROLLBACK
-- case: UPDATE leads SET source x WHERE id 3 RETURNING SELECT jsonb_agg [attack interference]
BEGIN
-- then
UPDATE leads SET source = 'x' WHERE id < 3 RETURNING (SELECT jsonb_agg(x) FROM (SELECT leads.phone AS p, b.phone FROM buyers b WHERE b.id < 3) x)
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE EXISTS SELECT 1 FROM SELECT leads.phone x N [refused]
BEGIN
-- then
DELETE FROM leads WHERE EXISTS (SELECT 1 FROM (SELECT leads.phone) x NATURAL JOIN (SELECT leads.phone) y WHERE phone LIKE '____5%') RETURNING id
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING SELECT phone FROM SELECT le (6) [refused]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT phone FROM (SELECT leads.phone, 1 AS id) x NATURAL JOIN (SELECT leads.phone, 1 AS id) y)
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING SELECT level FROM SELECT ph [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT level FROM (SELECT phone FROM agents LIMIT 1) x NATURAL JOIN (SELECT phone FROM agents LIMIT 1) y)
-- then
ROLLBACK
-- case: WITH d AS DELETE FROM leads WHERE id 9 RETURNING id, phone SELECT (3) [attack]
BEGIN
-- then
WITH d AS (DELETE FROM leads WHERE id < 9 RETURNING id, phone) SELECT DISTINCT ON (phone) phone, id FROM d ORDER BY phone, id
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING SELECT count * FROM buyers [attack]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT count(*) FROM buyers b GROUP BY ROLLUP (b.level) LIMIT 1)
-- then
ROLLBACK
-- case: DELETE FROM leads WHERE id 4 RETURNING SELECT max phone FROM buyer [attack interference]
BEGIN
-- then
DELETE FROM leads WHERE id < 4 RETURNING (SELECT max(phone) FROM buyers b WHERE b.id = leads.id GROUP BY level ORDER BY level LIMIT 1)
-- then
ROLLBACK
-- case: UPDATE leads SET source v.s FROM ROWS FROM json_to_recordset id 1, [attack]
BEGIN
-- then
UPDATE leads SET source = v.s FROM ROWS FROM (json_to_recordset('[{"id":1,"s":"q"}]') AS (id int, s text)) WITH ORDINALITY AS v(id, s, o) WHERE v.id = leads.id RETURNING leads.*, o
-- then
ROLLBACK
-- case: INSERT INTO leads id, phone, source VALUES 1, 13900001111 , s ON (2) [attack]
BEGIN
-- then
INSERT INTO leads (id, phone, source) VALUES (1, '13900001111', 's') ON CONFLICT (id) DO UPDATE SET phone = coalesce(EXCLUDED.phone, leads.phone), source = EXCLUDED.source RETURNING id
-- then
ROLLBACK
-- case: UPDATE leads SET phone coalesce NULL, phone , source q WHERE id [attack]
BEGIN
-- then
UPDATE leads SET phone = coalesce(NULL, phone), source = 'q' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE leads SET phone v.p FROM VALUES 1, 13900001111 v id, p WH [attack]
BEGIN
-- then
UPDATE leads SET phone = v.p FROM (VALUES (1,'13900001111')) v(id, p) WHERE v.id = leads.id
-- then
ROLLBACK
-- case: SELECT r .phone FROM SELECT b AS r FROM buyers b WHERE id 3 OFFSET [attack]
BEGIN
-- then
SELECT (r).phone FROM (SELECT b AS r FROM buyers b WHERE id < 3 OFFSET 0) x ORDER BY 1
-- then
ROLLBACK
