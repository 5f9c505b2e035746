-- channel: functions, operators and types of extensions
-- case: a function of an extension that runs text [refused]
SELECT * FROM ext.crosstab('SELECT id, name, phone FROM housing.buyers') AS t(id int, phone text)
-- case: a function of an extension that reads a table by name [refused]
SELECT * FROM ext.connectby('housing.buyers', 'phone', 'id', '1', 0) AS t(phone text, id text, level int)
-- case: crosstab by the search path [refused]
SET search_path = ext
-- then
SELECT crosstab('SELECT 1, 2, phone FROM housing.buyers')
-- case: a row of a protected table made of pairs [refused]
SELECT (ext.populate_record(NULL::housing.buyers, ext.hstore('id', '1'))).phone
-- case: whole rows as pairs [attack]
SELECT ext.hstore(b)::text FROM housing.buyers b ORDER BY id LIMIT 9
-- case: likeness to a value that is guessed [attack]
SELECT id, ext.similarity(phone, '13800000001'), ext.levenshtein(coalesce(id_no, ''), '110101') FROM housing.buyers ORDER BY id LIMIT 40
-- case: likeness as a condition [attack]
SELECT count(*) FROM housing.buyers WHERE phone OPERATOR(ext.%) '13800000001'
-- case: digests of values [attack]
SELECT id, ext.digest(phone, 'sha256'), ext.hmac(email, 'k', 'md5') FROM housing.buyers ORDER BY id LIMIT 40
-- case: a type without case over a value [attack]
SELECT id FROM housing.buyers WHERE phone::ext.citext OPERATOR(ext.=) '13800000001'
-- case: somebody's operator of other types inside of a function without case [attack]
SET search_path = operators, pg_catalog, ext
-- then
SELECT regexp_replace('a'::ext.citext, 'a', 'b', 'c')
-- case: somebody's operator of other types inside of a function that is written with its schema [attack]
SET search_path = operators, pg_catalog, ext
-- then
SELECT ext.regexp_match('a'::ext.citext, 'a', 'c')
-- case: somebody's operator inside of a function, prepared under another path [attack]
SET search_path = ext
-- then
PREPARE p AS SELECT ext.regexp_match('a'::ext.citext, 'a', 'c')
-- then
SET search_path = operators, pg_catalog, ext
-- then
EXECUTE p
-- case: somebody's function of the same name before the extension's [refused]
SET search_path = app, ext
-- then
SELECT similarity('a', 'b')
-- case: somebody's function of the same name behind the extension's [refused]
SET search_path = ext, app
-- then
SELECT soundex(1)
-- case: somebody's function of the same name comes into the path of a prepared statement [attack]
SET search_path = ext
-- then
PREPARE p AS SELECT max('a'::citext), min(1)
-- then
SET search_path = app, ext
-- then
EXECUTE p
-- case: somebody's function of the same name in the same query string [attack simple]
SET search_path = app, ext; SELECT max(1)
-- case: an aggregate of somebody's beside the extension's [refused]
SET search_path = app, ext
-- then
SELECT max(level) FROM housing.buyers
-- case: a setting by a function that is not pinned [refused]
SET search_path = app, ext
-- then
SELECT set_config('role', 'registrar', false)
-- case: a function of an extension that is not called where it stands, but at each FETCH, under another path [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT ext.regexp_match('a'::ext.citext, (b.id || 'a')::text::ext.citext, substr('c', 1, b.level)) FROM housing.buyers b ORDER BY b.id
-- then
SET LOCAL search_path = operators, pg_catalog, ext
-- then
FETCH 3 FROM c
-- then
ROLLBACK
-- case: a function of an extension in a default, which runs under another path [attack]
CREATE TEMP TABLE t (id int, x text[] DEFAULT ext.regexp_match('a'::ext.citext, 'a', 'c'), CHECK (ext.strpos('a'::ext.citext, 'a') > 0))
-- then
SET search_path = operators, pg_catalog, ext
-- then
INSERT INTO t (id) VALUES (1)
-- then
SELECT x FROM t
-- case: somebody's operator over an extension's type [refused]
SELECT 'a'::ext.citext OPERATOR(app.=?) 'b'::ext.citext
-- case: somebody's operator over an extension's type by the search path [refused]
SET search_path = app, ext
-- then
SELECT 'a'::citext =? 'b'
-- case: a row's function of an extension, written like a column [attack]
SET search_path = ext
-- then
SELECT b.hstore, (b).hstore FROM housing.buyers b ORDER BY b.id LIMIT 5
-- case: a value's function of an extension, written like a field [attack]
SET search_path = ext
-- then
SELECT (b.phone).citext, (b.phone).show_trgm, (b.name).soundex FROM housing.buyers b ORDER BY b.id LIMIT 5
-- case: a row in pieces [attack]
SELECT b.id, e.key, e.value FROM housing.buyers b, LATERAL ext.each(ext.hstore(b)) e ORDER BY 1, 2 LIMIT 60
-- case: a row in pieces, of an alias that has other names [attack interference]
SELECT ext.avals(ext.hstore(x)) FROM housing.buyers AS x(a, b, c, d) ORDER BY x.a LIMIT 5
-- case: a row that a statement writes, as pairs [attack]
BEGIN
-- then
UPDATE housing.buyers b SET level = level WHERE id < 4 RETURNING ext.hstore(b), ext.hstore(b.*)
-- then
ROLLBACK
-- case: pairs put into a row of a protected table [attack interference]
SELECT (b OPERATOR(ext.#=) 'id=>1'::ext.hstore).phone, OPERATOR(ext.%%) ext.hstore(b), OPERATOR(ext.%#) ext.hstore(b) FROM housing.buyers b ORDER BY b.id LIMIT 5
-- case: pairs by a subscript [attack]
SELECT (ext.hstore(b))['phone'] FROM housing.buyers b ORDER BY b.id LIMIT 5
-- case: many rows as one set of pairs [attack]
SELECT ext.hstore(array_agg(id::text ORDER BY id), array_agg(phone ORDER BY id)) FROM housing.buyers
-- case: rows as JSON through pairs [attack]
SELECT ext.hstore_to_json_loose(ext.hstore(b)), ext.hstore(b)::jsonb FROM housing.buyers b ORDER BY b.id LIMIT 5
-- case: labels that a value cannot be [attack]
SELECT phone::ext.ltree FROM housing.buyers WHERE id = 3
-- case: labels that a value cannot be, in a condition [attack]
SELECT count(*) FROM housing.buyers WHERE phone::ext.ltree OPERATOR(ext.<@) '138'::ext.ltree
-- case: labels that a value cannot be, by a function [attack]
SELECT ext.text2ltree(phone || '..' || name) FROM housing.buyers WHERE id = 3
-- case: pairs that a value cannot be, and what the error quotes [attack]
SELECT phone::ext.hstore FROM housing.buyers WHERE id = 3
-- case: pairs that a value cannot be beside others [attack]
SELECT ('a=>' || phone || ' ' || coalesce(id_no, ''))::ext.hstore FROM housing.buyers WHERE id = 3
-- case: a question that a value cannot be [attack]
SELECT phone::ext.query_int, ('*{' || phone || '}')::ext.lquery FROM housing.buyers WHERE id = 3
-- case: words of a tree that a value cannot be [attack]
SELECT ('a & ' || coalesce(email, '!'))::ext.ltxtquery FROM housing.buyers WHERE id = 3
-- case: neighbours of a value that is guessed [attack]
SELECT id FROM housing.buyers ORDER BY phone OPERATOR(ext.<->) '13800000001', id LIMIT 9
-- case: words that are like a guess [attack]
SELECT id, ext.word_similarity('13800', phone), ext.strict_word_similarity('13800', phone) FROM housing.buyers WHERE '13800000001' OPERATOR(ext.<%) phone ORDER BY id
-- case: likeness with a low threshold [attack]
SELECT ext.set_limit(0.01)
-- then
SELECT id FROM housing.buyers WHERE phone OPERATOR(ext.%) '13800000001' ORDER BY id
-- case: a value without case beside one of another table [attack]
SELECT a.id, l.id FROM housing.buyers a JOIN housing.leads l ON a.phone::ext.citext OPERATOR(ext.=) l.phone::ext.citext ORDER BY 1, 2 LIMIT 20
-- case: equality that is another type's on the path [attack]
SET search_path = ext, pg_catalog
-- then
SELECT id FROM housing.buyers WHERE phone = '13800000001'::citext OR name IN ('x'::citext) ORDER BY id
-- case: the greatest value without case [attack]
SELECT ext.max(phone::ext.citext), ext.min(email::ext.citext) FROM housing.buyers
-- case: there and back by a key [attack]
SELECT ext.pgp_sym_decrypt(ext.pgp_sym_encrypt(phone, 'k'), 'k'), ext.decrypt(ext.encrypt(phone::bytea, 'k', 'aes'), 'k', 'aes') FROM housing.buyers ORDER BY id LIMIT 5
-- case: what cannot be deciphered, and its error [attack]
SELECT ext.pgp_sym_decrypt(phone::bytea, 'k') FROM housing.buyers WHERE id = 3
-- case: an armour of a value [attack]
SELECT ext.armor(phone::bytea), ext.crypt(phone, '$1$abcdefgh$') FROM housing.buyers ORDER BY id LIMIT 3
-- case: a temporary index of an extension over masks [attack]
CREATE TEMP TABLE t AS SELECT id, phone FROM housing.buyers
-- then
CREATE INDEX ON t USING gin (phone ext.gin_trgm_ops)
-- then
SELECT id, phone FROM t WHERE phone LIKE '%0001%' ORDER BY id
