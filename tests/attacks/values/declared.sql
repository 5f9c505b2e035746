-- channel: a parameter's conversion that fails only where a row is tested that a filter leaves out
-- search_path: housing
-- case: of another type by its first cast [attack]
-- bind: x
SELECT id FROM contracts WHERE $1::text IS NOT NULL AND id = 30 AND id = $1::INTEGER
-- case: of another type by its last cast [attack]
-- bind: x
SELECT id, $1::text AS said FROM contracts WHERE id = 30 AND id = $1::INTEGER
-- case: of the other side's type [attack]
-- bind: x
SELECT id FROM contracts WHERE id = 30 AND status <> $1 AND id = $1::INTEGER
-- case: cast twice [attack]
-- bind: 4000000000
SELECT id FROM contracts WHERE id = 30 AND id = ($1::BIGINT)::INTEGER
-- case: of few digits [attack]
-- bind: 4000
SELECT id FROM contracts WHERE id = 30 AND id = $1::NUMERIC(3)
-- case: lists of what does not fit [attack]
-- bind: {x}
SELECT id FROM contracts WHERE id = 30 AND $1::text[] IS NOT NULL AND id = ANY ($1::INTEGER[])
-- case: prepared as something else [attack]
PREPARE looks (text) AS SELECT id FROM contracts WHERE id = 30 AND id = $1::INTEGER
-- then
EXECUTE looks('x')
-- case: prepared, and converted when it is run [attack]
PREPARE looks2 AS SELECT id FROM contracts WHERE id = 30 AND id = $1::INTEGER
-- then
EXECUTE looks2((SELECT max(id)::text FROM contracts WHERE id = 30)::INTEGER)
-- case: in a comment and a literal [attack]
-- bind: x
SELECT id FROM contracts WHERE id = 30 AND id = $1/* $1::INTEGER */::INTEGER AND '$1::INTEGER' <> $1::text
-- case: spelled in two ways [attack]
-- bind: x
SELECT id FROM contracts WHERE id = 30 AND id = $1::INTEGER AND CAST($1 AS text) <> 'y'
-- case: of a domain [attack]
-- bind: 0
SELECT id FROM contracts WHERE id = 30 AND id = $1::information_schema.cardinal_number
-- case: where rows are written [attack]
-- bind: x
UPDATE contracts SET status = $1::text WHERE id = 30 AND id = $1::INTEGER
