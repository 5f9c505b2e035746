-- case: documents and lists as they are
SELECT * FROM housing.profiles ORDER BY id
-- case: a path
SELECT id, extra ->> 'phone', extra #>> '{contacts,0,name}', extra -> 'card' FROM housing.profiles ORDER BY id
-- case: a path of json with two equal keys
SELECT id, raw ->> 'phone', raw::text FROM housing.profiles ORDER BY id
-- case: members of a document
SELECT p.id, e.key, e.value FROM housing.profiles p, jsonb_each(CASE jsonb_typeof(p.extra) WHEN 'object' THEN p.extra END) e ORDER BY 1, 2
-- case: keys that are not shown
SELECT id, k FROM housing.profiles, jsonb_object_keys(partly) k ORDER BY 1, 2
-- case: containment by a true value
SELECT id FROM housing.profiles WHERE extra @> '{"phone": "13800000001"}' ORDER BY id
-- case: containment by what is kept
SELECT id, extra ->> 'phone' FROM housing.profiles WHERE extra @> '{"level": 2}' ORDER BY id
-- case: a JSON path that compares
SELECT id FROM housing.profiles WHERE extra @? '$.contacts[*] ? (@.name starts with "王")' ORDER BY id
-- case: a JSON path that reads every string
SELECT id, jsonb_path_query_array(extra, '$.**') FROM housing.profiles ORDER BY id
-- case: documents compared and sorted
SELECT id, partly FROM housing.profiles ORDER BY partly, id LIMIT 20
-- case: documents grouped
SELECT extra, count(*) FROM housing.profiles GROUP BY extra ORDER BY 2 DESC, 1 LIMIT 20
-- case: documents as a hash
SELECT id, md5(extra::text), hashtext(raw::text) FROM housing.profiles ORDER BY id
-- case: sizes of documents
SELECT id, length(extra::text), length(raw::text), pg_column_size(phones::text) FROM housing.profiles ORDER BY id
-- case: a cast that fails shows the masked value only
SELECT id, (extra ->> 'phone')::bigint FROM housing.profiles WHERE id < 3 ORDER BY id
-- case: elements of lists
SELECT p.id, u.n, u.o FROM housing.profiles p, unnest(p.phones) WITH ORDINALITY u(n, o) ORDER BY 1, 3
-- case: a true value in a list
SELECT id FROM housing.profiles WHERE '13800000001' = ANY (phones) OR phones && ARRAY['13800000001'::varchar] ORDER BY id
-- case: shapes of lists
SELECT id, array_dims(phones), array_ndims(phones), cardinality(phones), phones[1], phones[0], phones[2][1], years[3] FROM housing.profiles ORDER BY id
-- case: lists as text
SELECT id, array_to_string(phones, ',', 'none'), phones::text, years FROM housing.profiles ORDER BY id
-- case: lists sorted
SELECT id, phones FROM housing.profiles ORDER BY phones NULLS FIRST, id
-- case: domains
SELECT id, mobile, id_no, pg_typeof(mobile), pg_typeof(id_no) FROM housing.profiles ORDER BY id
-- case: fields of a composite
SELECT id, (home).street, (home).door, home FROM housing.profiles ORDER BY id
-- case: whole rows
SELECT row_to_json(p), p FROM housing.profiles p ORDER BY id LIMIT 10
-- case: documents in an outer join
SELECT b.id, p.extra, p.mobile, p.phones FROM housing.buyers b LEFT JOIN housing.profiles p ON p.id = b.id WHERE b.id > 110 ORDER BY b.id LIMIT 30
-- case: documents under row locks
SELECT id, extra -> 'phone' FROM housing.profiles WHERE id < 5 ORDER BY id FOR SHARE
-- case: a document's key from another row
SELECT a.id, b.id FROM housing.profiles a JOIN housing.profiles b ON a.extra ->> 'phone' = b.mobile ORDER BY 1, 2 LIMIT 50
-- case: aggregates of documents
SELECT jsonb_agg(extra ORDER BY id), json_agg(raw ORDER BY id), array_agg(mobile ORDER BY id) FROM housing.profiles WHERE id < 20
-- case: documents in a window
SELECT id, lag(extra) OVER (ORDER BY id), first_value(phones) OVER (PARTITION BY extra ->> 'level' ORDER BY id) FROM housing.profiles ORDER BY id
