-- case: seed 28112026, statement 924706, clerk [bag]
-- bind: 196
SELECT 'x' AS c7 FROM buyers t1 WHERE ($1::int4 = ANY (SELECT array_position(phones, 'x') AS c3 FROM housing.buyers AS t2 GROUP BY DISTINCT t2.id, ROLLUP (('x' IS NOT NULL))))
