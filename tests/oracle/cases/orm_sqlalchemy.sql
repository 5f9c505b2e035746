-- case: labelled columns
SELECT buyers_1.id AS buyers_1_id, buyers_1.name AS buyers_1_name, buyers_1.phone AS buyers_1_phone FROM housing.buyers AS buyers_1 ORDER BY buyers_1.id LIMIT 10 OFFSET 5
-- case: whole entity
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.address, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.note FROM housing.buyers ORDER BY housing.buyers.id
-- case: joined load
SELECT anon_1.id, anon_1.name, contracts_1.id AS id_1, contracts_1.bank_card FROM (SELECT housing.buyers.id AS id, housing.buyers.name AS name FROM housing.buyers ORDER BY housing.buyers.id LIMIT 5) AS anon_1 LEFT OUTER JOIN housing.contracts AS contracts_1 ON anon_1.id = contracts_1.buyer_id ORDER BY anon_1.id, contracts_1.id
-- case: select-in load
SELECT contracts.buyer_id AS contracts_buyer_id, contracts.id AS contracts_id, contracts.bank_card AS contracts_bank_card FROM housing.contracts AS contracts WHERE contracts.buyer_id IN (1, 2, 3, 4, 5, 6, 7) ORDER BY contracts.id
-- case: lateral join
SELECT b.id, b.phone, latest.at FROM housing.buyers AS b LEFT OUTER JOIN LATERAL (SELECT v.at FROM housing.visits AS v WHERE v.buyer_id = b.id ORDER BY v.at DESC LIMIT 1) AS latest ON true ORDER BY b.id LIMIT 20
-- case: common table expression
WITH top AS (SELECT c.buyer_id AS buyer_id, sum(c.price) AS total FROM housing.contracts AS c GROUP BY c.buyer_id) SELECT b.id, b.name, top.total FROM housing.buyers AS b JOIN top ON top.buyer_id = b.id ORDER BY top.total DESC, b.id LIMIT 15
-- case: recursive common table expression
WITH RECURSIVE chain(id, name, depth) AS (SELECT agents.id, agents.name, 0 FROM housing.agents AS agents WHERE agents.manager_id IS NULL UNION ALL SELECT a.id, a.name, chain.depth + 1 FROM housing.agents AS a JOIN chain ON a.manager_id = chain.id) SELECT chain.id, chain.name, chain.depth FROM chain ORDER BY chain.id
-- case: correlated scalar subquery
SELECT b.id, (SELECT count(*) AS count_1 FROM housing.calls AS c WHERE c.buyer_id = b.id) AS calls FROM housing.buyers AS b ORDER BY b.id LIMIT 20
-- case: filter clause
SELECT count(*) FILTER (WHERE b.phone IS NOT NULL) AS with_phone, count(*) AS anon FROM housing.buyers AS b
-- case: grouping sets
SELECT b.agent_id, b.level, count(*) FROM housing.buyers AS b GROUP BY GROUPING SETS ((b.agent_id), (b.level), ()) ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: rollup over a masked column
SELECT left(b.phone, 3) AS net, b.level, count(*) FROM housing.buyers AS b GROUP BY ROLLUP (left(b.phone, 3), b.level) ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: tuple in
SELECT cb.name FROM housing.co_buyers AS cb WHERE (cb.contract_id, cb.ordinal) IN ((1, 1), (4, 2)) ORDER BY cb.contract_id
-- case: bound parameters
-- bind: 2, 5
SELECT b.id, b.name FROM housing.buyers AS b WHERE b.level = $1 ORDER BY b.id LIMIT $2
-- case: typed bound parameters
-- bind: 1980-06-15, 138%
SELECT b.id, b.born FROM housing.buyers AS b WHERE b.born < $1::DATE AND b.phone LIKE $2::VARCHAR ORDER BY b.id
-- case: parameter in the select list
-- bind: tag, 3
SELECT b.id, $1::text AS label FROM housing.buyers AS b WHERE b.id < $2 ORDER BY b.id
-- case: except
SELECT b.agent_id FROM housing.buyers AS b EXCEPT SELECT a.id FROM housing.agents AS a WHERE a.id > 6 ORDER BY 1
-- case: intersect over masked columns
SELECT b.phone FROM housing.buyers AS b INTERSECT SELECT c.phone::varchar FROM housing.calls AS c ORDER BY 1
-- case: full outer join
SELECT b.id, l.id AS lead FROM (SELECT id FROM housing.buyers WHERE id < 5) AS b FULL OUTER JOIN (SELECT id FROM housing.leads WHERE id < 8) AS l ON b.id = l.id ORDER BY 1 NULLS LAST, 2 NULLS LAST
-- case: join using
SELECT id, b.name AS buyer, l.name AS lead FROM housing.buyers AS b JOIN housing.leads AS l USING (id) ORDER BY id LIMIT 10
-- case: join using with an alias
SELECT k.id, b.phone FROM housing.buyers AS b JOIN housing.leads AS l USING (id) AS k ORDER BY k.id LIMIT 10
-- case: natural join
SELECT id FROM (SELECT id, level FROM housing.buyers) AS x NATURAL JOIN (SELECT id FROM housing.contracts) AS y ORDER BY id LIMIT 10
-- case: values
SELECT v.n, b.phone FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) JOIN housing.buyers AS b ON b.id = v.n ORDER BY v.n
-- case: aggregate with order
SELECT array_agg(b.phone ORDER BY b.id) FROM housing.buyers AS b WHERE b.id < 12
-- case: string aggregate
SELECT b.level, string_agg(b.name, ', ' ORDER BY b.id) FROM housing.buyers AS b WHERE b.id < 30 GROUP BY b.level ORDER BY 1
-- case: json aggregate
SELECT json_agg(json_build_object('id', b.id, 'phone', b.phone) ORDER BY b.id) FROM housing.buyers AS b WHERE b.id < 5
-- case: jsonb object aggregate
SELECT jsonb_object_agg(b.id, b.name) FROM housing.buyers AS b WHERE b.id < 5
-- case: whole row
SELECT b FROM housing.buyers AS b ORDER BY b.id LIMIT 3
-- case: star of one
SELECT b.*, a.name AS agent FROM housing.buyers AS b JOIN housing.agents AS a ON a.id = b.agent_id ORDER BY b.id LIMIT 7
-- case: star of all
SELECT * FROM housing.contracts AS c JOIN housing.buyers AS b ON b.id = c.buyer_id ORDER BY c.id LIMIT 4
-- case: fields of a whole row
SELECT (b).phone, (b).name FROM housing.buyers AS b ORDER BY (b).id LIMIT 3
-- case: expanded whole row
SELECT (b).* FROM housing.buyers AS b ORDER BY b.id LIMIT 3
-- case: expanded subquery row
SELECT (s).* FROM (SELECT b FROM housing.buyers AS b ORDER BY b.id LIMIT 2) AS x(s)
-- case: column aliases of a table
SELECT t.a, t.d FROM housing.leads AS t(a, b, c, d) ORDER BY t.a LIMIT 5
-- case: fewer column aliases than columns
SELECT t.key, t.full_name, t.phone FROM housing.buyers AS t(key, full_name) ORDER BY t.key LIMIT 5
-- case: cast of a column
SELECT CAST(b.born AS TEXT), b.income::int, b.phone::char(4) FROM housing.buyers AS b ORDER BY b.id LIMIT 9
-- case: is distinct from
SELECT count(*) FROM housing.buyers AS b WHERE b.phone IS DISTINCT FROM b.email
-- case: any of a subquery
SELECT b.id FROM housing.buyers AS b WHERE b.id = ANY (SELECT c.buyer_id FROM housing.contracts AS c WHERE c.price > 1700000) ORDER BY 1
-- case: all of an array
SELECT b.id FROM housing.buyers AS b WHERE b.level <> ALL (ARRAY[0, 1]) ORDER BY 1 LIMIT 10
-- case: explicit nulls ordering and limit with ties
SELECT b.income, b.id FROM housing.buyers AS b ORDER BY b.income DESC NULLS LAST, b.id FETCH FIRST 10 ROWS ONLY
