-- case: page by key
-- bind: 100, 20
SELECT b.id, b.name, b.phone, b.level FROM housing.buyers b WHERE b.id > $1 ORDER BY b.id LIMIT $2
-- case: page by a pair
-- bind: 2023-03-01 00:00+00, 150
SELECT id, created_at, name FROM housing.buyers WHERE (created_at, id) < ($1::timestamptz, $2::int) ORDER BY created_at DESC, id DESC LIMIT 15
-- case: page with the total
SELECT id, name, phone, count(*) OVER () AS total FROM housing.buyers WHERE active ORDER BY id LIMIT 10 OFFSET 30
-- case: with ties
SELECT id, level FROM housing.buyers ORDER BY level DESC FETCH FIRST 1 ROW WITH TIES
-- case: everything about one buyer as a document
SELECT jsonb_build_object('id', b.id, 'name', b.name, 'phone', b.phone, 'agent', (SELECT to_jsonb(a) - 'commission' FROM housing.agents a WHERE a.id = b.agent_id), 'contracts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'price', c.price) ORDER BY c.id), '[]') FROM housing.contracts c WHERE c.buyer_id = b.id)) FROM housing.buyers b WHERE b.id = 4
-- case: a list as a document
SELECT json_agg(row_to_json(t)) FROM (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 5) t
-- case: a document of documents
SELECT json_object_agg(g.label, g.units ORDER BY g.label) FROM (SELECT b.label, json_agg(json_build_array(u.number, u.status) ORDER BY u.id) AS units FROM housing.buildings b JOIN housing.units u ON u.building_id = b.id WHERE u.id < 60 GROUP BY b.label) g
-- case: a document taken apart
SELECT e.id, k.key, k.value FROM app.events e, jsonb_each_text(e.payload) AS k WHERE e.id < 6 ORDER BY 1, 2
-- case: a document as a table
SELECT r.* FROM jsonb_to_recordset('[{"id": 1, "tag": "a"}, {"id": 2, "tag": "b"}]') AS r(id int, tag text) JOIN housing.buyers b ON b.id = r.id ORDER BY r.id
-- case: paths in documents
SELECT id, payload #>> '{n}', jsonb_path_query_first(payload, '$.n ? (@ > 3)'), payload @> '{"ok": true}', payload ? 'n' FROM app.events WHERE payload @? '$.n ? (@ < 9)' ORDER BY id
-- case: full text search
SELECT id, name, ts_rank(to_tsvector('simple', name || ' ' || district), q) AS rank FROM housing.projects, websearch_to_tsquery('simple', '海悦府 or 翡翠城') AS q WHERE to_tsvector('simple', name || ' ' || district) @@ q ORDER BY rank DESC, id
-- case: text search with headline
SELECT ts_headline('simple', name, plainto_tsquery('simple', '云锦台'), 'StartSel=<, StopSel=>') FROM housing.projects WHERE to_tsvector('simple', name) @@ phraseto_tsquery('simple', '云锦台')
-- case: search over masked addresses
SELECT id, address FROM housing.buyers WHERE to_tsvector('simple', coalesce(address, '')) @@ to_tsquery('simple', '香港路:*') ORDER BY id
-- case: several words of a search box
-- bind: 王, 138
SELECT id, name, phone FROM housing.buyers WHERE name LIKE '%' || $1 || '%' AND phone LIKE $2 || '%' ORDER BY id LIMIT 20
-- case: optional filters
-- bind: NULL, 2, NULL
SELECT id, name FROM housing.buyers WHERE ($1::text IS NULL OR name LIKE $1) AND ($2::int IS NULL OR level = $2) AND ($3::date IS NULL OR created_at >= $3) ORDER BY id LIMIT 20
-- case: a list of keys
-- bind: {5,3,8}
SELECT b.id, b.name FROM unnest($1::int[]) WITH ORDINALITY AS k(id, n) JOIN housing.buyers b USING (id) ORDER BY k.n
-- case: two lists of keys side by side
-- bind: {1,4}, {1,2}
SELECT c.contract_id, c.name FROM unnest($1::int[], $2::int[]) AS k(contract, ordinal) JOIN housing.co_buyers c ON c.contract_id = k.contract AND c.ordinal = k.ordinal ORDER BY 1
-- case: keys from text
SELECT b.id, b.phone FROM housing.buyers b WHERE b.id = ANY (string_to_array('1,2,3', ',')::int[]) ORDER BY b.id
-- case: split into rows
SELECT p.id, t.tag FROM housing.projects p, regexp_split_to_table(array_to_string(p.tags, '|'), '\|') AS t(tag) ORDER BY 1, 2
-- case: formatted for people
SELECT to_char(c.price, 'FM999G999G999D00'), to_char(c.signed, 'YYYY"年"MM"月"DD"日"'), lpad(c.id::text, 6, '0'), format('%s-%s', u.number, upper(c.status)) FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id ORDER BY c.id LIMIT 10
-- case: phone for a label
SELECT id, regexp_replace(phone, '^(...)(.*)(....)$', '\1 \2 \3'), overlay(phone PLACING '----' FROM 4 FOR 4), translate(phone, '*', 'x'), reverse(phone), btrim(phone, '1') FROM housing.buyers WHERE phone IS NOT NULL ORDER BY id LIMIT 10
-- case: duplicates before a merge
SELECT a.id, b.id AS other, a.name FROM housing.buyers a JOIN housing.buyers b ON a.id < b.id AND a.name = b.name AND a.address = b.address ORDER BY 1, 2 LIMIT 20
-- case: latest of each by window
SELECT * FROM (SELECT v.buyer_id, v.at, v.remark, row_number() OVER (PARTITION BY v.buyer_id ORDER BY v.at DESC) AS n FROM housing.visits v) s WHERE n = 1 AND buyer_id < 50 ORDER BY buyer_id
-- case: latest of each by distinct on, joined
SELECT b.id, b.name, l.at FROM housing.buyers b LEFT JOIN (SELECT DISTINCT ON (buyer_id) buyer_id, at FROM housing.calls ORDER BY buyer_id, at DESC) l ON l.buyer_id = b.id WHERE b.id < 20 ORDER BY b.id
-- case: greatest and least
SELECT id, greatest(level, 1), least(income, 300000), coalesce(nullif(name, ''), '—') FROM housing.buyers ORDER BY id LIMIT 12
-- case: any row at all
SELECT EXISTS (SELECT 1 FROM housing.buyers WHERE phone IS NULL) AS some, (SELECT count(*) FROM housing.buyers WHERE email IS NULL) AS without
-- case: a materialized common table
WITH b AS MATERIALIZED (SELECT id, name, agent_id FROM housing.buyers WHERE level > 1), a AS NOT MATERIALIZED (SELECT id, name FROM housing.agents) SELECT b.id, b.name, a.name FROM b JOIN a ON a.id = b.agent_id ORDER BY b.id LIMIT 10
-- case: labels of an enumeration
SELECT unnest(enum_range(NULL::housing.unit_status)) AS status
-- case: enumeration compared
SELECT id, status FROM housing.units WHERE status >= 'sold' AND status = ANY ('{sold,"handed over"}'::housing.unit_status[]) ORDER BY id LIMIT 8
-- case: a choice of tables
TABLE app.settings ORDER BY key
-- case: names with odd letters
SELECT o."Select", o."a""b", o."名称" AS "显示 名" FROM app."Odd Names" o ORDER BY o.id
-- case: a whole row compared
SELECT count(*) FROM housing.agents a WHERE a IS NOT NULL AND ROW (a.id, a.name) = ANY (SELECT id, name FROM housing.agents)
-- case: keys of time zones
SELECT created_at AT TIME ZONE 'Asia/Shanghai', (created_at AT TIME ZONE 'Asia/Shanghai')::date, extract(epoch FROM created_at)::bigint, created_at::timestamptz(0) FROM housing.buyers ORDER BY id LIMIT 5
-- case: the server's own words
SELECT current_database() IS NOT NULL, current_schema(), session_user, current_user, version() LIKE 'PostgreSQL%', pg_encoding_to_char(6), pg_typeof(1)
-- case: the server's clock [moving]
SELECT now(), clock_timestamp(), current_date, localtime, statement_timestamp(), pg_backend_pid(), gen_random_uuid(), txid_current()
-- case: columns of a result without rows
SELECT id, name, phone FROM housing.buyers WHERE false
-- case: no rows wanted
SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 0
-- case: an empty list of columns
SELECT FROM housing.buyers WHERE id < 4
-- case: bits and bytes
SELECT encode(sha256(convert_to(name, 'UTF8')), 'hex'), octet_length(name), char_length(name), ascii(name), md5(phone) FROM housing.buyers ORDER BY id LIMIT 5
-- case: a form with its profile, grouped by the key that both share
SELECT id, b.name, b.phone, count(*) AS profiles FROM housing.buyers b JOIN housing.profiles p USING (id) GROUP BY id ORDER BY id LIMIT 5
-- case: the same, where there may be no profile
SELECT b.id, b.name, count(p.id) AS profiles FROM housing.buyers b LEFT JOIN housing.profiles p USING (id) GROUP BY id ORDER BY 1 LIMIT 5
