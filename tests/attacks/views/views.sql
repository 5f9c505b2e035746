-- channel: views, whose definitions read true values
-- case: copy a view [attack interference]
COPY (SELECT * FROM housing.call_names) TO STDOUT
-- case: view that is an expression over the phone [attack interference]
SELECT * FROM housing.call_names ORDER BY id LIMIT 5
-- case: view whose condition reads a protected column [attack interference]
SELECT count(*) FROM housing.rich
-- case: view joined back [attack interference]
SELECT n.title FROM housing.call_names n JOIN housing.buyers b ON b.id = n.id ORDER BY n.id LIMIT 3
