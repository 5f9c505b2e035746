-- channel: text that a proxy reads otherwise than the server
-- case: second statement smuggled after a literal [attack simple]
SELECT 'ab\''; SELECT phone FROM housing.buyers; --'
-- case: second statement after a copy [attack simple]
COPY app.settings TO STDOUT; SELECT phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: nested comments [attack]
SELECT /* /* */ phone */ id FROM housing.buyers ORDER BY id LIMIT 2
-- case: dollar quotes with a tag [attack]
SELECT $a$ $b$; SELECT phone FROM housing.buyers; $b$ $a$
-- case: unicode escaped table name [attack]
SELECT U&"\0070hone" FROM housing.U&"\0062uyers" ORDER BY id LIMIT 2
-- case: table called only [attack]
SELECT phone FROM ONLY housing.buyers ORDER BY id LIMIT 2
-- case: table star [attack]
SELECT phone FROM housing.buyers * ORDER BY id LIMIT 2
-- case: long name truncated to a known one [attack interference]
SELECT phone FROM housing.buyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyersbuyers
-- case: database qualified [attack]
SELECT phone FROM nowhere.housing.buyers
-- case: back from an encoding that cannot be read [attack simple]
SET client_encoding = 'EUC_TW'
-- then
SET client_encoding = 'UTF8'
-- then
SELECT id, phone FROM housing.buyers WHERE id = 1
