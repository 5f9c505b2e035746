-- search_path: public, ext
-- case: text without case
SELECT id, name FROM shops WHERE name = 'KIOSK' ORDER BY name, id
-- case: text without case among others
SELECT id, name::text, upper(name::text) FROM shops WHERE name IN ('kiosk', 'BAZAAR') OR name LIKE 'm%' ORDER BY id
-- case: casts to text without case
SELECT 'Kiosk'::citext = 'kIOSK', CAST('a' AS ext.citext) < 'B', citext 'x' || 'y', ARRAY['A']::citext[] @> ARRAY['a'::citext]
-- case: functions of both kinds of text
SELECT max(name), min(name), max(id), replace(name, 'O', '0'), split_part(name, 'I', 1), strpos(name, 'K') FROM shops GROUP BY name ORDER BY name
-- case: patterns of both kinds of text
SELECT regexp_replace(name, 'K', 'c'), regexp_replace(name, 'k', 'c', 'g'), regexp_match(name, '^(.)'), translate(name, 'K', 'c'), regexp_split_to_array(name, 'A') FROM shops ORDER BY id
-- case: functions that extensions have other ones of
SELECT max(level), min(created_at), replace(name, '*', '-'), split_part(name, '*', 1), strpos(phone, '*'), regexp_match(phone, '(.)') FROM housing.buyers GROUP BY id ORDER BY id LIMIT 20
-- case: functions of extensions over masks
SELECT id, similarity(name, phone), show_trgm(phone), levenshtein(coalesce(name, ''), 'x'), unaccent(name), soundex(email) FROM housing.buyers ORDER BY id LIMIT 20
-- case: likeness
SELECT id, name FROM shops WHERE name::text % 'kiosk' ORDER BY name::text <-> 'kiosk', id
-- case: likeness of masks
SELECT id, name FROM housing.buyers WHERE name % 'Li' ORDER BY name <-> 'Li', id LIMIT 5
-- case: how alike is enough
SET pg_trgm.similarity_threshold = 0.2
-- then
SELECT show_limit(), set_limit(0.4), 'word' % 'words', word_similarity('word', 'two words'), 'word' <% 'two words'
-- case: pairs
SELECT id, attrs -> 'size', attrs ? 'size', attrs @> 'size=>2', akeys(attrs), attrs || 'a=>1'::hstore, attrs - 'size'::text FROM shops ORDER BY id
-- case: pairs as other things
SELECT hstore_to_json(attrs), attrs::jsonb, hstore('a', 'b'), hstore(ARRAY['a', 'b']), delete(attrs, 'size'), slice(attrs, ARRAY['size']) FROM shops ORDER BY id
-- case: pairs one by one
SELECT s.id, e.key, e.value FROM shops s, each(s.attrs) AS e(key, value) ORDER BY 1, 2
-- case: a row as pairs
SELECT hstore(b) -> 'phone', hstore(b) -> 'level' FROM housing.buyers b ORDER BY id LIMIT 5
-- case: labels in a tree
SELECT id, path, nlevel(path), subpath(path, 0, 1), path <@ 'top', path ~ '*.food.*'::lquery, path @ 'food'::ltxtquery FROM shops ORDER BY id
-- case: arrays of numbers
SELECT ARRAY[1, 2] & ARRAY[2, 3], ARRAY[1, 2] && ARRAY[2], ARRAY['a'] && ARRAY['b'], sort(ARRAY[3, 1]), uniq(ARRAY[1, 1]), idx(ARRAY[7, 8], 8), icount(ARRAY[1]), ARRAY[1, 2] @@ '1&2'::query_int
-- case: arrays of keys
SELECT id FROM housing.buyers WHERE ARRAY[id, level] && ARRAY[1, 2, 3] ORDER BY id LIMIT 5
-- case: distances
SELECT point(1, 2) <-> point(4, 6), 3 <-> 5, date '2024-01-02' <-> date '2024-01-05'
-- case: digests and names by chance
SELECT encode(digest('a', 'sha256'), 'hex'), encode(hmac('a', 'k', 'md5'), 'hex'), uuid_nil(), uuid_generate_v5(uuid_ns_dns(), 'x'), uuid_generate_v4() IS NULL, gen_random_uuid() IS NULL
-- case: a domain over text without case
SELECT 'A@X'::mailbox = 'a@x', id FROM shops WHERE mail = 'KIOSK@x.example' ORDER BY id
-- case: temporary tables of extension types
CREATE TEMP TABLE wares (name citext PRIMARY KEY, attrs hstore)
-- then
INSERT INTO wares SELECT name, attrs FROM shops
-- then
SELECT * FROM wares WHERE name = 'KIOSK' AND attrs ? 'size'
-- case: a view over text without case
SELECT * FROM named_shops WHERE name = 'KIOSK'
-- case: with schemas written
SELECT ext.max(s.name), pg_catalog.max(s.id) FROM public.shops s WHERE s.name OPERATOR(ext.=) 'kiosk'::ext.citext
