-- channel: operators, by the function behind them and by where they are found
-- case: operator of another schema by its full name [refused]
SELECT phone::text OPERATOR(app.===) '13886500024' FROM housing.buyers
-- case: hostile operator in an array comparison [attack]
SET search_path = app, pg_catalog
-- then
SELECT 'a'::text === ANY (ARRAY['a'::text])
-- case: hostile operator in a sort [refused]
SELECT id FROM housing.agents ORDER BY name USING OPERATOR(app.===)
-- case: hostile operator in a row comparison [refused]
SELECT ROW('a'::text) OPERATOR(app.===) ROW('b'::text)
-- case: hostile operator over a subquery [refused]
SELECT 'x'::text OPERATOR(app.===) ANY (SELECT phone::text FROM housing.buyers)
-- case: operator of a schema that does not exist [attack]
SELECT 1 OPERATOR(nowhere.+) 1
-- case: pattern operators on the mask [attack]
SELECT count(*) FROM housing.buyers WHERE phone ~>~ '13850000000' AND phone OPERATOR(pg_catalog.~) '^138'
-- case: text search operator over plain texts [attack]
SELECT count(*) FROM housing.buyers WHERE note @@ '1388'
-- case: starts-with operator [attack]
SELECT count(*) FROM housing.buyers WHERE phone::text ^@ '13886'
-- case: record image operators compare bytes [attack]
SELECT count(*) FROM housing.buyers b WHERE ROW(b.phone) *= ROW('13886500024'::varchar)
-- case: json operators on the whole row [attack]
SELECT count(*) FROM housing.buyers b WHERE to_jsonb(b) @> '{"phone": "13886500024"}'
-- case: json path operator [attack]
SELECT count(*) FROM housing.buyers b WHERE to_jsonb(b) @? '$.phone ? (@ == "13886500024")'
-- case: delete a key and compare the rest [attack]
SELECT to_jsonb(b) - 'id' - 'created_at' - 'active' - 'level' - 'agent_id' FROM housing.buyers b ORDER BY b.id LIMIT 2
-- case: distance to a date [attack]
SELECT born - date '1970-01-01' FROM housing.buyers ORDER BY id LIMIT 5
-- case: between symmetric [attack]
SELECT count(*) FROM housing.buyers WHERE income BETWEEN SYMMETRIC 400000 AND 300000
-- case: is distinct from a guess [attack]
SELECT count(*) FROM housing.buyers WHERE phone IS NOT DISTINCT FROM '13886500024'
-- case: overlaps of periods from birth dates [attack]
SELECT count(*) FROM housing.buyers WHERE (born, born) OVERLAPS (date '1980-03-01', date '1980-03-31')
-- case: in a long list of guesses [attack]
SELECT count(*) FROM housing.buyers WHERE phone IN ('13800000024', '13811110024', '13886500024')
-- case: quantified comparison over an array of guesses [attack]
SELECT count(*) FROM housing.buyers WHERE phone = ANY ('{13886500024,13886500025}'::text[])
-- case: not all of an array [attack]
SELECT count(*) FROM housing.buyers WHERE NOT (phone <> ALL ('{13886500024}'::text[]))
-- case: escape of a pattern taken from the value [attack]
SELECT count(*) FROM housing.buyers WHERE 'x' LIKE phone ESCAPE '*'
-- case: similar to [attack]
SELECT count(*) FROM housing.buyers WHERE phone SIMILAR TO '138[0-9]{8}'
