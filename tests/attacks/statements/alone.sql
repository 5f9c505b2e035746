-- channel: what is tested in a subquery that the server plans by itself, on rows that a filter leaves out (contract 30; buyers of agent 7)
-- search_path: housing
-- case: in a value, of the row around it [attack]
SELECT b.id, (SELECT count(*) FROM contracts c WHERE 1 / (b.agent_id - 7) > 0 AND c.id = b.id) FROM buyers b WHERE b.id < 40 ORDER BY b.id
-- case: in a value, of its own rows [attack]
SELECT b.id, (SELECT count(*) FROM contracts c WHERE 1 / (c.id - 30) > 0) FROM buyers b WHERE b.id < 40 ORDER BY b.id
-- case: computed for its own rows [attack]
SELECT (SELECT max(1 / (c.id - 30)) FROM contracts c WHERE c.id BETWEEN 25 AND 45)
-- case: a value that decides [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND (SELECT 1 / (c.id - 30) > 0 FROM units u WHERE u.id = 1)
-- case: a value without a table that decides [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND (SELECT true WHERE 1 / (c.id - 30) > 0)
-- case: a value that joins [attack]
SELECT u.id FROM units u JOIN contracts c ON c.id = u.id AND (SELECT 1 / (c.id - 30) > 0) ORDER BY u.id LIMIT 5
-- case: a value that groups have [attack]
SELECT c.status FROM contracts c WHERE c.id < 45 GROUP BY c.status HAVING (SELECT min(1 / (c.id - 30)) > -1) ORDER BY 1
-- case: sorted by a value [attack]
SELECT b.id FROM buyers b JOIN units u ON u.id = b.id ORDER BY (SELECT 1 / (b.agent_id - 7)), b.id LIMIT 5
-- case: grouped by a value [attack]
SELECT count(*) FROM buyers b JOIN units u ON u.id = b.id GROUP BY (SELECT 1 / (b.agent_id - 7) WHERE b.agent_id < 100) ORDER BY 1
-- case: told apart by a value [attack]
SELECT DISTINCT ON ((SELECT 1 / (b.agent_id - 7))) b.id FROM buyers b JOIN units u ON u.id = b.id ORDER BY (SELECT 1 / (b.agent_id - 7)), b.id
-- case: a value that may be null by a join [attack]
SELECT u.id, q.s FROM units u LEFT JOIN (SELECT b.id, (SELECT 1 / (b.agent_id - 7) WHERE b.id > 0) AS s FROM buyers b) q ON q.id = u.id ORDER BY u.id LIMIT 9
-- case: a value that is tested outside [attack]
SELECT q.id FROM (SELECT b.id, (SELECT 1 / (b.agent_id - 7) FROM units u WHERE u.id = 1) AS s FROM buyers b) q WHERE q.s > -5 ORDER BY q.id LIMIT 5
-- case: so many rows, tested outside [attack]
SELECT * FROM (SELECT c.id FROM contracts c WHERE c.id BETWEEN 25 AND 45 LIMIT 30) q WHERE 1 / (q.id - 30) >= 0 ORDER BY 1
-- case: all rows by LIMIT, tested outside [attack]
SELECT * FROM (SELECT c.id FROM contracts c WHERE c.id BETWEEN 25 AND 45 LIMIT ALL) q WHERE 1 / (q.id - 30) >= 0 ORDER BY 1
-- case: no rows passed over, tested outside [attack]
SELECT * FROM (SELECT c.id FROM contracts c WHERE c.id BETWEEN 25 AND 45 OFFSET 0) q WHERE 1 / (q.id - 30) >= 0 ORDER BY 1
-- case: so many rows beside, of the row before [attack]
SELECT c.id FROM contracts c, LATERAL (SELECT 1 FROM units u WHERE u.id = 1 AND 1 / (c.id - 30) >= 0 LIMIT 1) q WHERE c.id BETWEEN 25 AND 45 ORDER BY c.id
-- case: so many rows beside, of a buyer before [attack]
SELECT b.id FROM buyers b, LATERAL (SELECT 1 FROM units u WHERE u.id = 1 AND 1 / (b.agent_id - 7) > -5 LIMIT 1) q WHERE b.id < 40 ORDER BY b.id
-- case: one of so many, of the row around it [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND c.id IN (SELECT u.id FROM units u WHERE 1 / (c.id - 30) >= 0 LIMIT 5)
-- case: one of so many of EXISTS [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND EXISTS (SELECT 1 FROM units u WHERE 1 / (c.id - 30) >= 0 LIMIT 1)
-- case: so many rows of WITH, tested outside [attack]
WITH q AS (SELECT c.id FROM contracts c WHERE c.id BETWEEN 25 AND 45 LIMIT 30) SELECT id FROM q WHERE 1 / (id - 30) >= 0 ORDER BY 1
-- case: so many rows of WITH, once only [attack]
WITH q AS NOT MATERIALIZED (SELECT c.id, c.status FROM contracts c WHERE c.id BETWEEN 25 AND 45 LIMIT 30) SELECT q.id FROM q JOIN units u ON u.id = q.id AND 1 / (q.id - 30) >= 0 ORDER BY 1
-- case: of two queries, so many [attack]
SELECT * FROM (SELECT c.id FROM contracts c WHERE c.id < 45 UNION ALL SELECT p.id FROM payments p WHERE 1 / (p.id - 3) >= 0 AND p.id < 9 LIMIT 60) q WHERE 1 / (q.id - 30) >= 0 ORDER BY 1
-- case: an array of it [attack]
SELECT ARRAY(SELECT c.id FROM contracts c WHERE c.id BETWEEN 25 AND 45 AND 1 / (c.id - 30) >= 0 ORDER BY 1) FROM contracts d WHERE d.id = 17 AND 1 / (d.id - 30) <= 0
-- case: written by a value of the row [attack]
UPDATE contracts SET status = (SELECT 'x' FROM units u WHERE u.id = 1 AND 1 / (contracts.id - 30) >= 0) WHERE id = 30
-- case: deleted by a value of the row [attack]
DELETE FROM contracts WHERE id = 30 AND (SELECT 1 / (contracts.id - 30) >= 0 FROM units u WHERE u.id = 1)
-- case: a lock that a value takes only if a row is there [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND c.id > (SELECT u.id FROM units u WHERE u.id = 1 FOR UPDATE)
-- case: a row too many only if a row is there [attack]
SELECT c.id FROM contracts c WHERE c.id = 30 AND c.id > (SELECT u.id FROM units u)
-- case: a row too many of what is left out [attack]
SELECT (SELECT c.id FROM contracts c WHERE c.id IN (17, 30))
