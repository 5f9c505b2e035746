-- channel: statements that run later than they are analysed
-- case: prepare a refused statement [refused]
PREPARE evil AS SELECT housing.phone_of(1)
-- case: prepare and change the search path before execute [attack]
PREPARE l AS SELECT count(*) FROM app.settings
-- then
SET search_path = public
-- then
EXECUTE l
-- case: declare a cursor over a refused statement [refused]
DECLARE evil CURSOR FOR SELECT housing.phone_of(1)
-- case: where current of over a masked cursor [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH 1 FROM c
-- then
DELETE FROM housing.buyers WHERE CURRENT OF c
