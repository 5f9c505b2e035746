-- channel: masks that stand in the select list while the relation stands as it is: what else could mean the column, or see that no subquery is there
-- search_path: housing
-- case: an output by each of its spellings [attack]
SELECT phone FROM buyers ORDER BY id LIMIT 3
-- then
SELECT buyers.phone FROM buyers ORDER BY id LIMIT 3
-- then
SELECT housing.buyers.phone FROM housing.buyers ORDER BY id LIMIT 3
-- then
SELECT (phone) FROM buyers ORDER BY id LIMIT 3
-- then
SELECT ALL"phone"FROM buyers ORDER BY id LIMIT 3
-- then
SELECT/*a*/phone/*b*/AS/*c*/"Phone, ""x"""/*d*/FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone "as", name AS from, id_no AS "AS" FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone U&"\0061s" FROM buyers ORDER BY id LIMIT 3
-- then
SELECT "PHONE", PHONE FROM buyers ORDER BY id LIMIT 3
-- then
SELECT PHONE, U&"n\0061me" FROM buyers ORDER BY id LIMIT 3
-- case: an output beside another reference to its column [attack]
SELECT phone FROM buyers WHERE phone LIKE '138%' ORDER BY id LIMIT 3
-- then
SELECT phone, phone FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone, length(phone) FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone, buyers FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone, b FROM buyers b ORDER BY id LIMIT 3
-- then
SELECT phone, * FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone, (SELECT b.phone) FROM buyers b ORDER BY id LIMIT 3
-- then
SELECT phone FROM buyers b WHERE EXISTS (SELECT 1 WHERE b.phone > '15') ORDER BY id LIMIT 3
-- then
SELECT phone FROM buyers WHERE (SELECT phone) IS NOT NULL ORDER BY id LIMIT 3
-- case: an order by an output, by a column behind its name, or by both [attack]
SELECT phone FROM buyers ORDER BY phone, id LIMIT 5
-- then
SELECT phone AS id FROM buyers ORDER BY id LIMIT 5
-- then
SELECT phone AS name FROM buyers ORDER BY name LIMIT 5
-- then
SELECT phone, name AS phone FROM buyers ORDER BY phone LIMIT 5
-- then
SELECT id AS phone FROM buyers ORDER BY phone LIMIT 5
-- then
SELECT phone FROM buyers ORDER BY 1 LIMIT 5
-- then
SELECT phone AS p FROM buyers ORDER BY p USING < LIMIT 5
-- then
SELECT phone AS p FROM buyers ORDER BY p || 'x' LIMIT 5
-- then
SELECT phone AS p, id FROM buyers ORDER BY buyers.phone, id LIMIT 5
-- then
SELECT phone FROM buyers LIMIT 3
-- case: groups, where a mask may stand and a column may not [attack]
SELECT phone, count(*) FROM buyers GROUP BY phone ORDER BY 2 DESC, 1 LIMIT 5
-- then
SELECT phone, count(*) FROM buyers GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5
-- then
SELECT phone, count(*) FROM buyers
-- then
SELECT phone, name, id_no, email, bank_card, note FROM buyers HAVING true
-- then
SELECT email, bank_card FROM buyers HAVING count(*) > 0
-- then
SELECT bank_card, count(*) OVER () FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone FROM buyers GROUP BY id ORDER BY id LIMIT 3
-- then
SELECT phone FROM buyers GROUP BY () ORDER BY 1
-- then
SELECT 1 AS phone, count(*) FROM buyers GROUP BY phone ORDER BY 2 DESC LIMIT 5
-- then
SELECT phone AS id, count(*) FROM buyers GROUP BY id, phone ORDER BY 2 DESC, 1 LIMIT 5
-- case: rows told apart by an output [attack]
SELECT DISTINCT phone FROM buyers ORDER BY 1 LIMIT 5
-- then
SELECT DISTINCT phone FROM buyers ORDER BY phone LIMIT 5
-- then
SELECT DISTINCT ON (phone) phone FROM buyers ORDER BY phone LIMIT 5
-- then
SELECT DISTINCT ON (id) phone FROM buyers ORDER BY id LIMIT 5
-- then
SELECT DISTINCT ON (p) phone AS p, id FROM buyers ORDER BY p, id LIMIT 5
-- then
SELECT DISTINCT phone, bank_card FROM buyers ORDER BY 1, 2 LIMIT 5
-- case: a relation under other names [attack]
SELECT phone FROM buyers AS b (id, phone) ORDER BY 1 LIMIT 3
-- then
SELECT phone FROM buyers AS phone ORDER BY id LIMIT 3
-- then
SELECT phone.phone FROM buyers AS phone ORDER BY id LIMIT 3
-- then
SELECT "left".phone FROM buyers AS "left" ORDER BY "left".id LIMIT 3
-- then
SELECT c.phone FROM calls c ORDER BY c.id LIMIT 3
-- then
SELECT leads.phone FROM leads AS leads ORDER BY id LIMIT 3
-- then
SELECT phone FROM ONLY (buyers) ORDER BY id LIMIT 3
-- then
SELECT phone FROM buyers * ORDER BY id LIMIT 3
-- case: outputs that somebody else takes [attack]
SELECT phone FROM buyers UNION SELECT name FROM buyers ORDER BY 1 LIMIT 5
-- then
SELECT p FROM (SELECT phone FROM buyers) AS x (p) ORDER BY p LIMIT 5
-- then
WITH x AS (SELECT phone FROM buyers) SELECT count(DISTINCT phone) FROM x
-- then
SELECT ARRAY(SELECT phone FROM buyers ORDER BY id LIMIT 3)
-- then
SELECT (SELECT phone FROM buyers WHERE id = 3) LIKE '138%'
-- then
CREATE TEMP TABLE kept AS SELECT phone, name FROM buyers WHERE id < 4
-- then
SELECT * FROM kept ORDER BY 1
-- then
SELECT phone, id INTO TEMP also FROM buyers WHERE id < 4
-- then
SELECT * FROM also ORDER BY id
-- then
COPY (SELECT id, phone FROM buyers WHERE id < 4) TO STDOUT
-- then
PREPARE one AS SELECT phone FROM buyers WHERE id = $1
-- then
EXECUTE one (3)
-- then
INSERT INTO kept SELECT phone, name FROM buyers WHERE id = 5
-- then
SELECT * FROM kept ORDER BY 1, 2
-- case: masks that the client writes itself [attack]
SELECT (NULL)::pg_catalog.text AS "bank_card" FROM buyers ORDER BY id LIMIT 3
-- then
SELECT (NULL)::pg_catalog.text AS "bank_card", bank_card FROM buyers ORDER BY id LIMIT 3
-- then
SELECT (NULL)::pg_catalog.text AS "bank_card" FROM buyers WHERE bank_card IS NULL ORDER BY id LIMIT 3
-- then
SELECT phone AS "phone" || phone FROM buyers
-- then
SELECT pg_catalog.left("phone", 3) AS "phone" FROM buyers ORDER BY id LIMIT 3
-- case: rows that are locked, and places of rows, beside masks [attack]
SELECT phone FROM buyers WHERE id = 3 FOR SHARE
-- then
SELECT tableoid::regclass, phone FROM buyers ORDER BY id LIMIT 3
-- then
SELECT phone, xmax FROM buyers WHERE id = 3
-- case: errors in the order of true values [attack]
SELECT phone, 1 / (id - 3) FROM buyers WHERE id = 3
-- then
SELECT phone::int FROM buyers ORDER BY id LIMIT 3
-- then
SELECT nosuch, phone FROM buyers
-- then
SELECT phone FROM buyers WHERE buyers.phon = 1
-- then
SELECT phone.x FROM buyers
-- case: all columns, by a star in each of its spellings [attack]
SELECT * FROM buyers ORDER BY id LIMIT 3
-- then
SELECT buyers.* FROM buyers ORDER BY id LIMIT 3
-- then
SELECT b . * FROM buyers AS b ORDER BY b.id LIMIT 3
-- then
SELECT housing.buyers.* FROM housing.buyers ORDER BY id LIMIT 3
-- then
SELECT (b).* FROM buyers b ORDER BY id LIMIT 3
-- then
SELECT (b.*) FROM buyers b ORDER BY id LIMIT 3
-- then
SELECT/**/ALL/**/*/**/FROM buyers ORDER BY id LIMIT 3
-- then
SELECT DISTINCT ON (id) * FROM buyers ORDER BY id LIMIT 3
-- then
SELECT 住住住住住住住住住住住住住住住住住住住住住住.* FROM buyers AS 住住住住住住住住住住住住住住住住住住住住住 ORDER BY id LIMIT 2
-- then
SELECT id.* FROM buyers AS id ORDER BY id.id LIMIT 2
-- then
TABLE buyers ORDER BY id LIMIT 3
-- then
SELECT * FROM calls ORDER BY id LIMIT 3
-- then
SELECT * FROM leads ORDER BY id LIMIT 3
-- then
SELECT l.* FROM leads l ORDER BY l.id LIMIT 3
-- case: a star beside something else that speaks of its columns [attack]
SELECT *, phone FROM buyers ORDER BY id LIMIT 3
-- then
SELECT *, id FROM buyers ORDER BY buyers.id LIMIT 3
-- then
SELECT *, b FROM buyers b ORDER BY b.id LIMIT 3
-- then
SELECT *, * FROM buyers LIMIT 0
-- then
SELECT ctid IS NULL, * FROM buyers ORDER BY id LIMIT 3
-- then
SELECT * FROM buyers ORDER BY phone, id LIMIT 3
-- then
SELECT * FROM buyers WHERE phone LIKE '13%' ORDER BY id LIMIT 3
-- then
SELECT * FROM buyers b WHERE b IS NOT NULL ORDER BY id LIMIT 3
-- then
SELECT * FROM buyers b (x, y) ORDER BY x LIMIT 3
-- then
SELECT * FROM buyers ORDER BY 2, 1 LIMIT 3
-- then
SELECT * FROM buyers LIMIT 1
-- then
SELECT *, count(*) OVER () FROM buyers ORDER BY id LIMIT 3
-- then
SELECT * FROM buyers WHERE id IN (SELECT c.buyer_id FROM contracts c) ORDER BY id LIMIT 3
-- case: rows of a star that somebody else takes [attack]
SELECT * FROM (SELECT * FROM buyers) b ORDER BY b.id LIMIT 3
-- then
SELECT row_to_json(b) FROM (SELECT * FROM buyers WHERE id = 3) b
-- then
SELECT (SELECT b FROM (SELECT * FROM buyers) b WHERE id = 3)
-- then
CREATE TEMP TABLE starred AS SELECT * FROM buyers WHERE id < 4
-- then
SELECT * FROM starred ORDER BY id
-- then
COPY (SELECT * FROM buyers WHERE id < 4) TO STDOUT
-- then
BEGIN
-- then
DECLARE c CURSOR FOR SELECT * FROM buyers WHERE id < 4
-- then
FETCH ALL FROM c
-- then
ROLLBACK
