-- search_path: housing
-- case: key beside a rollup of an expression [bag]
SELECT b.id, b.name, b.level % 2, count(*) FROM buyers b WHERE b.id < 4 GROUP BY b.id, ROLLUP (b.level % 2)
-- case: key beside a cube of an expression over a column that is shown [bag]
SELECT b.id, b.phone, b.level, b.level % 2, count(*) FROM buyers b WHERE b.id < 4 GROUP BY b.id, CUBE (b.level % 2)
-- case: key beside a rollup of a call [bag]
SELECT b.id, b.phone, lower(b.email), count(*) FROM buyers b WHERE b.id < 4 GROUP BY b.id, ROLLUP (lower(b.email))
-- case: key beside a rollup of an expression and of a column that are shown [bag]
SELECT b.id, b.phone, b.level, b.agent_id % 2 FROM buyers b WHERE b.id < 4 GROUP BY b.id, ROLLUP (b.agent_id % 2, b.level)
-- case: key beside a rollup of a cast that is none [refused]
SELECT b.id, b.phone, b.level FROM buyers b WHERE b.id < 4 GROUP BY b.id, ROLLUP (b.level::int4)
-- case: key in a row of GROUP BY [bag]
SELECT b.id, b.name, count(*) FROM buyers b WHERE b.id < 6 GROUP BY (b.id, b.level)
-- case: key at the end of a row of GROUP BY [bag]
SELECT b.id, b.name, b.phone, count(*) FROM buyers b WHERE b.id < 6 GROUP BY (b.level, (b.id)), b.agent_id
-- case: key in a row of GROUP BY beside a rollup [bag]
SELECT b.id, b.name, b.level FROM buyers b WHERE b.id < 4 GROUP BY (b.id, b.agent_id), ROLLUP (b.level, (b.level + 1))
