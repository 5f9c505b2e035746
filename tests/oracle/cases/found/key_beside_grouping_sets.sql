-- case: the key beside grouping sets
SELECT 'x' FROM buyers AS t1 WHERE NOT EXISTS (SELECT (name ~~ '%\_%') AS "c2" FROM housing.buyers GROUP BY DISTINCT id, ROLLUP (id)) GROUP BY id
-- case: columns that depend on a key beside ROLLUP [bag]
SELECT id, name, phone, level, count(*) FROM housing.buyers GROUP BY id, ROLLUP (level)
-- case: a column in the sets is NULL where it is not in one [bag]
SELECT name, level, phone, count(*) FROM housing.buyers GROUP BY id, CUBE (level, name)
-- case: a column in the sets by its output name [bag]
SELECT name AS level, phone, count(*) FROM housing.buyers GROUP BY id, ROLLUP (level)
-- case: sets in sets [bag]
SELECT level, agent_id, count(phone) FROM housing.buyers GROUP BY GROUPING SETS ((level), ROLLUP (agent_id, level), CUBE (level), ())
-- case: sets in sets beside the key [bag]
SELECT phone, level, count(*) FROM housing.buyers GROUP BY id, GROUPING SETS (level, ROLLUP (agent_id, level), ())
-- case: all columns beside a key and sets [bag]
SELECT id, b.* FROM housing.buyers b GROUP BY id, CUBE (phone)
-- case: keys of two tables and sets [bag]
SELECT b.name, l.name FROM housing.buyers b JOIN housing.leads l ON l.id = b.id GROUP BY b.id, l.id, ROLLUP (b.level)
