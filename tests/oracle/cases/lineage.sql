-- case: generated columns read beside the column they are computed from
SELECT id, phone, last4, double FROM housing.contacts ORDER BY id LIMIT 5
-- case: star over generated columns
SELECT * FROM housing.contacts ORDER BY id LIMIT 5
-- case: a generated column over what is clear
SELECT sum(double) FROM housing.contacts
-- case: rows kept in a column
SELECT id, who, many, nested FROM housing.keepsakes ORDER BY id LIMIT 3
-- case: fields of rows kept in a column
SELECT id, (who).phone, (nested).since, ((nested).who).name, cardinality(many) FROM housing.keepsakes ORDER BY id LIMIT 3
-- case: union all of one kind of column keeps its mask
SELECT id, name, phone FROM housing.everyone ORDER BY id, phone, name LIMIT 20
-- case: union all, counted by mask
SELECT phone, count(*) FROM housing.everyone GROUP BY phone ORDER BY 2 DESC, 1 LIMIT 5
-- case: recursion keeps masks
SELECT * FROM housing.repeated ORDER BY id, depth
-- case: a join with an alias
SELECT name, at FROM housing.visitors ORDER BY at LIMIT 5
-- case: a full join's merged column
SELECT id, phone, source FROM housing.merged ORDER BY id, source LIMIT 10
-- case: a view over a view
SELECT * FROM housing.card_names ORDER BY id LIMIT 5
-- case: distinct over what is clear
SELECT * FROM housing.agent_pairs ORDER BY agent_id, level LIMIT 10
-- case: lateral in a view
SELECT id, phone, at FROM housing.last_visit ORDER BY id LIMIT 10
-- case: a barrier view, filtered by a mask
SELECT id, name FROM housing.guarded WHERE phone LIKE '138%' ORDER BY id
-- case: a materialized view holds masks by its definition
SELECT id, name, phone FROM housing.buyer_directory ORDER BY id LIMIT 5
-- case: a temp table like a protected one is empty
BEGIN
-- then
CREATE TEMP TABLE mine (LIKE housing.buyers INCLUDING DEFAULTS)
-- then
SELECT count(*) FROM mine
-- then
ROLLBACK
-- case: a temp table that shadows a protected one is itself
BEGIN
-- then
SET LOCAL search_path = housing, public
-- then
CREATE TEMP TABLE leads AS SELECT id, phone FROM housing.leads
-- then
SELECT id, phone FROM leads ORDER BY id LIMIT 3
-- then
SELECT id, phone FROM housing.leads ORDER BY id LIMIT 3
-- then
ROLLBACK
-- case: a partition by its own name
SELECT id, payer_name FROM housing.payments_2024 ORDER BY id LIMIT 5
-- case: a child by its own name, and its parent alone
SELECT a.id, a.name, b.name FROM housing.leads_archive a LEFT JOIN ONLY housing.leads b ON b.id = a.id - 60 ORDER BY a.id LIMIT 5
