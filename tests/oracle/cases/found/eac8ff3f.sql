-- case: seed 1795636212, statement 15287, marketer [bag]
SELECT CASE 'x' WHEN t2.name THEN 'same' ELSE t1.phone END FROM housing.leads_archive AS t1 RIGHT JOIN housing.buyers t2 ON t1.id = t2.agent_id
