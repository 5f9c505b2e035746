-- case: named cursor
BEGIN
-- then
DECLARE "named" SCROLL CURSOR FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH FORWARD 3 FROM "named"
-- then
MOVE 4 FROM "named"
-- then
FETCH FORWARD 1 FROM "named"
-- then
CLOSE "named"
-- then
ROLLBACK
-- case: copy
COPY (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 5) TO STDOUT (FORMAT BINARY)
-- case: copy, 2
COPY housing.units (id, number) TO STDOUT
