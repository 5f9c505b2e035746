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
-- case: rows of a list of values, each computed [attack interference]
SELECT id FROM tied.numbered_rows WHERE id = 3
-- case: a cast to a list that fails [attack interference]
SELECT id FROM tied.listed WHERE id = 3
-- case: a view over one that is refused for its condition [attack interference]
SELECT id FROM tied.over_rich
-- case: a view over one that is refused for its order [attack interference]
SELECT id FROM tied.over_ranked
-- case: a view over one that computes what fails [attack interference]
SELECT id FROM tied.over_numbered
-- case: a view over a view over one that is refused [attack interference]
SELECT count(*) FROM tied.twice_over
-- case: a materialized view over one that is refused [attack interference]
SELECT id FROM tied.kept_rich
-- case: a view that keeps what one below it computes [attack interference]
SELECT id FROM tied.numbers_kept WHERE id = 3
-- case: a union over a view that sorts by a hidden column [attack interference]
SELECT id FROM tied.ranks_or_not
-- case: a materialized view over one that sorts by a hidden column [attack interference]
SELECT id FROM tied.ranks_stored
-- case: a rule shows rows instead of deleting them [attack interference]
BEGIN
-- then
DELETE FROM tied.led WHERE id < 4
-- then
ROLLBACK
-- case: a rule copies what an update finds [attack interference]
BEGIN
-- then
UPDATE tied.led SET id = id WHERE id < 4
-- then
SELECT payload FROM app.events WHERE id > 900000
-- then
ROLLBACK
-- case: a rule of the view below [attack interference]
BEGIN
-- then
DELETE FROM tied.over_led WHERE id < 4
-- then
ROLLBACK
