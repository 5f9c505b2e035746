-- case: the second witness took SYMMETRIC for a function
SELECT id, phone FROM housing.buyers WHERE level BETWEEN SYMMETRIC (agent_id) AND 1 ORDER BY id
-- case: and DISTINCT of GROUP BY
SELECT agent_id, max(phone) FROM housing.buyers GROUP BY DISTINCT (agent_id), ROLLUP (agent_id) ORDER BY 1, 2
-- case: a hidden column is NULL for certain, which tells the planner a length
SELECT CASE 'x' WHEN t2.name THEN 'same' ELSE CAST(date '2023-05-05' AS varchar(20)) END FROM housing.buyers AS t1 JOIN housing.buyer_directory t2 ON t1.agent_id = t2.agent_id
