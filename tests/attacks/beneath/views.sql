-- channel: what a view does below the statement: the order of its rows, and what it computes whether asked for or not
-- case: a view over a table whose index sorts by a hidden column behind a clear one [attack interference]
SELECT id FROM tied.signed_by ORDER BY project LIMIT 20
-- case: the same with the mask [attack interference]
SELECT id, phone FROM tied.signed_masked ORDER BY project LIMIT 20
-- case: the same by a condition [attack interference]
SELECT id FROM tied.signed_by WHERE project = 7 LIMIT 20
-- case: the same under another name [attack interference]
SELECT a FROM tied.signed_by v(a, b) WHERE b = 7 LIMIT 20
-- case: a view over that view [attack interference]
SELECT number FROM tied.signed_above ORDER BY place LIMIT 20
-- case: a view that sorts so itself [attack interference]
SELECT id FROM tied.signed_first
-- case: rows of one's own between them [attack interference]
BEGIN
-- then
INSERT INTO tied.signed (id, project, phone) SELECT 100000 + g, 0, '138' || lpad((g * 1000)::text, 4, '0') || '0005' FROM generate_series(0, 9) g
-- then
SELECT array_agg(id) FROM (SELECT id FROM tied.signed_by ORDER BY project LIMIT 30) x
-- then
ROLLBACK
-- case: one of each [attack interference]
SELECT DISTINCT ON (project) project, id FROM tied.signed_by ORDER BY project LIMIT 9
-- case: joined by it [attack interference]
SELECT s.id FROM housing.projects p JOIN tied.signed_by s ON s.project = p.id WHERE p.id < 4 LIMIT 20
-- case: an expression that fails, in a WITH query of a view [attack interference]
SELECT id FROM tied.numbered WHERE id = 3
-- case: the same, in one side of a union [attack interference]
SELECT id FROM tied.numbered_or_not WHERE id = 3
-- case: rows that a window has sorted by a hidden column [attack interference]
SELECT id FROM tied.ranked_within
