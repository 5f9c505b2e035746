-- channel: result rows, counts and order of statements that would read the true value of a scan
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
SELECT count(*) FROM housing.buyers a, housing.buyers b WHERE a.id < 40 AND b.id < 40 AND a = b
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
-- case: sequences and ctid scans [attack]
SELECT id, phone FROM housing.buyers WHERE ctid = '(0,1)' ORDER BY id LIMIT 0
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
