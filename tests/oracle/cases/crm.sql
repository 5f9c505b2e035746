-- case: search box by masked phone
SELECT id, name, phone FROM housing.buyers WHERE phone = '138****0024' ORDER BY id
-- case: search box by full phone finds nobody
SELECT id, name, phone FROM housing.buyers WHERE phone = '13886500024' ORDER BY id
-- case: search box by last four digits
SELECT id, name, phone FROM housing.buyers WHERE right(phone, 4) = '0024' ORDER BY id
-- case: search box with or
SELECT id, name, phone FROM housing.buyers WHERE name LIKE '王%' OR phone LIKE '%0011' OR email ILIKE 'a%' ORDER BY id
-- case: list with filters and paging
SELECT b.id, b.name, b.phone, b.level, a.name AS agent FROM housing.buyers b LEFT JOIN housing.agents a ON a.id = b.agent_id WHERE b.active AND b.level IN (1, 2) AND b.created_at >= '2023-01-05' ORDER BY b.created_at DESC, b.id LIMIT 20 OFFSET 20
-- case: detail page
SELECT b.*, date_part('year', age(date '2024-06-01', b.born)) AS age FROM housing.buyers b WHERE b.id = 25
-- case: call list of today
SELECT c.id, c.phone, b.name, c.outcome FROM housing.calls c LEFT JOIN housing.buyers b ON b.id = c.buyer_id WHERE c.at >= timestamptz '2023-05-02' AND c.at < timestamptz '2023-05-04' ORDER BY c.id
-- case: missed calls per person
SELECT c.phone, count(*) FROM housing.calls c WHERE c.outcome = 'busy' GROUP BY c.phone HAVING count(*) > 1 ORDER BY 2 DESC, 1
-- case: visits with remarks
SELECT v.id, v.at, v.remark, b.name FROM housing.visits v JOIN housing.buyers b ON b.id = v.buyer_id ORDER BY v.id LIMIT 25
-- case: handover day sheet
SELECT h.at, u.number, b.name, h.contact_phone FROM housing.handover_appointments h JOIN housing.units u ON u.id = h.unit_id JOIN housing.buyers b ON b.id = h.buyer_id WHERE h.at::date = date '2024-06-02' ORDER BY h.at
-- case: co-buyers of a contract
SELECT cb.name, cb.phone, cb.relation FROM housing.co_buyers cb WHERE cb.contract_id = 4 ORDER BY cb.ordinal
-- case: payment history of a contract
SELECT p.paid_on, p.amount, p.payer_name FROM housing.payments p WHERE p.contract_id = 12 ORDER BY p.paid_on
-- case: payments of one partition
SELECT payer_name, sum(amount) FROM housing.payments_2023 GROUP BY payer_name ORDER BY 2 DESC, 1 LIMIT 10
-- case: partitioned parent only
SELECT count(*) FROM ONLY housing.payments
-- case: leads with their archive
SELECT id, name, phone, tableoid::regclass::text FROM housing.leads ORDER BY id
-- case: leads without their archive
SELECT id, name, phone FROM ONLY housing.leads ORDER BY id
-- case: inheritance spelled out
SELECT count(*) FROM housing.leads *
-- case: the archive itself
SELECT * FROM housing.leads_archive ORDER BY id
-- case: view of plain columns
SELECT * FROM housing.buyer_cards ORDER BY id LIMIT 10
-- case: view over several tables
SELECT contract_id, buyer, phone, unit, project FROM housing.contract_overview ORDER BY contract_id LIMIT 10
-- case: view without anything protected
SELECT * FROM housing.unit_list ORDER BY id LIMIT 10
-- case: aggregate view
SELECT * FROM housing.agent_load ORDER BY agent_id NULLS LAST
-- case: materialized view
SELECT d.id, d.phone FROM housing.buyer_directory d ORDER BY d.id LIMIT 10
-- case: view joined with its table
SELECT v.id, v.phone, b.email FROM housing.buyer_cards v JOIN housing.buyers b USING (id) ORDER BY v.id LIMIT 10
-- case: empty and short values
SELECT id, name, phone, length(name), length(phone) FROM housing.buyers WHERE id IN (7, 8, 9, 17, 61, 122) ORDER BY id
-- case: nulls stay null
SELECT count(*) - count(phone), count(*) - count(id_no), count(*) - count(email), count(*) - count(income), count(*) - count(name) FROM housing.buyers
-- case: duplicates by masked name and birth year
SELECT name, extract(year FROM born), count(*) FROM housing.buyers GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 3 DESC, 1, 2
-- case: free units
SELECT u.number, u.area, u.list_price FROM housing.units u WHERE u.status = 'free' ORDER BY u.list_price, u.id LIMIT 12
-- case: agent's pipeline
SELECT a.name, count(DISTINCT b.id) AS buyers, count(c.id) AS contracts FROM housing.agents a LEFT JOIN housing.buyers b ON b.agent_id = a.id LEFT JOIN housing.contracts c ON c.buyer_id = b.id GROUP BY a.id, a.name ORDER BY a.id
-- case: agent's manager chain
SELECT a.name, m.name AS manager FROM housing.agents a LEFT JOIN housing.agents m ON m.id = a.manager_id ORDER BY a.id
-- case: buyers without contract
SELECT b.id, b.name FROM housing.buyers b WHERE NOT EXISTS (SELECT FROM housing.contracts c WHERE c.buyer_id = b.id) ORDER BY b.id LIMIT 20
-- case: latest call per buyer
SELECT DISTINCT ON (c.buyer_id) c.buyer_id, c.phone, c.at FROM housing.calls c WHERE c.buyer_id IS NOT NULL ORDER BY c.buyer_id, c.at DESC
-- case: label for printing
SELECT format('%s（%s）%s', b.name, b.phone, b.address) FROM housing.buyers b ORDER BY b.id LIMIT 10
-- case: bank card tail
SELECT id, right(bank_card, 4), length(bank_card) FROM housing.contracts ORDER BY id LIMIT 15
-- case: birthday reminder by masked date
SELECT id, name, born FROM housing.buyers WHERE extract(month FROM born) = 1 ORDER BY id LIMIT 15
-- case: age groups
SELECT width_bucket(extract(year FROM born), 1950, 2000, 5) AS bucket, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1
-- case: income bands
SELECT floor(income / 100000) AS band, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1 NULLS LAST
-- case: district by address prefix
SELECT substring(address FROM 7 FOR 3) AS district, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1
-- case: id card region
SELECT left(id_no, 6) AS region, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1 NULLS LAST
-- case: mail providers
SELECT split_part(email, '@', 2) AS provider, count(*) FROM housing.buyers GROUP BY 1 ORDER BY 1 NULLS LAST
-- case: parameters of a search form
-- bind: %, 138%, 1, 10
SELECT id, name, phone FROM housing.buyers WHERE name LIKE $1 AND phone LIKE $2 AND level >= $3 ORDER BY id LIMIT $4
-- case: optional parameters
-- bind: NULL, NULL
SELECT id, phone FROM housing.buyers WHERE ($1::int IS NULL OR level = $1::int) AND ($2::text IS NULL OR phone = $2::text) ORDER BY id LIMIT 10
-- case: array parameter of phones
-- bind: {138****0024,139****0011}
SELECT id, phone FROM housing.buyers WHERE phone = ANY($1::varchar[]) ORDER BY id
-- case: several statements at once [simple]
SELECT count(*) FROM housing.buyers; SELECT max(phone) FROM housing.buyers; SELECT 1 AS one
-- case: several statements with a transaction [simple]
BEGIN; SELECT id, name FROM housing.buyers ORDER BY id LIMIT 2; COMMIT
-- case: several statements, the second fails [simple]
SELECT 1; SELECT 1/0; SELECT 2
-- case: an empty query
;
-- case: a comment alone
/* nothing */ -- at all
-- case: prepared by name
PREPARE by_id (int) AS SELECT id, name, phone FROM housing.buyers WHERE id = $1
-- then
EXECUTE by_id (5)
-- then
EXECUTE by_id (6)
-- then
DEALLOCATE by_id
-- case: prepared by name, then all gone
PREPARE q AS SELECT max(phone) FROM housing.buyers
-- then
EXECUTE q
-- then
DEALLOCATE ALL
-- case: scrolling cursor
BEGIN
-- then
DECLARE c SCROLL CURSOR FOR SELECT id, name, phone FROM housing.buyers ORDER BY id
-- then
FETCH 5 FROM c
-- then
MOVE BACKWARD 3 FROM c
-- then
FETCH NEXT FROM c
-- then
FETCH ABSOLUTE 10 IN c
-- then
FETCH ALL FROM c
-- then
FETCH PRIOR FROM c
-- then
CLOSE ALL
-- then
COMMIT
-- case: cursor that outlives its transaction
BEGIN
-- then
DECLARE h CURSOR WITH HOLD FOR SELECT id, phone FROM housing.buyers WHERE id < 20 ORDER BY id
-- then
COMMIT
-- then
FETCH 4 FROM h
-- then
CLOSE h
-- case: binary cursor
BEGIN
-- then
DECLARE b BINARY CURSOR FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH 3 FROM b
-- then
COMMIT
-- case: temp table of masked values
CREATE TEMP TABLE picked AS SELECT id, name, phone FROM housing.buyers WHERE level = 1
-- then
SELECT * FROM picked ORDER BY id LIMIT 10
-- then
DROP TABLE picked
-- case: temp table filled by hand
CREATE TEMPORARY TABLE basket (n int PRIMARY KEY, t text)
-- then
INSERT INTO basket VALUES (1, 'one'), (2, 'two')
-- then
UPDATE basket SET t = t || '!' WHERE n = 2
-- then
SELECT b.n, b.t, u.phone FROM basket b JOIN housing.buyers u ON u.id = b.n ORDER BY b.n
-- then
DELETE FROM basket
-- then
DROP TABLE basket
-- case: select into a temp table
SELECT id, phone INTO TEMP t1 FROM housing.buyers WHERE id < 5
-- then
SELECT * FROM t1 ORDER BY id
-- case: copy a table out
COPY housing.buyers TO STDOUT
-- case: copy columns out
COPY housing.buyers (id, phone) TO STDOUT WITH (FORMAT csv, HEADER true)
-- case: copy a query out
COPY (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 10) TO STDOUT WITH (FORMAT csv, DELIMITER ';', QUOTE '"')
-- case: copy a query out, binary
COPY (SELECT id, born, income FROM housing.buyers ORDER BY id LIMIT 10) TO STDOUT (FORMAT binary)
-- case: copy an unprotected table out
COPY app.settings TO STDOUT
-- case: old copy syntax
COPY housing.leads (id, name) TO STDOUT CSV HEADER
-- case: transaction commands
BEGIN ISOLATION LEVEL REPEATABLE READ
-- then
SHOW transaction_isolation
-- then
SAVEPOINT s
-- then
SELECT 1/0
-- then
ROLLBACK TO SAVEPOINT s
-- then
SELECT count(*) FROM housing.buyers
-- then
COMMIT AND CHAIN
-- then
ROLLBACK
-- case: aborted transaction stays aborted
BEGIN
-- then
SELECT no_such_column FROM housing.buyers
-- then
SELECT phone FROM housing.buyers
-- then
COMMIT
-- case: settings a program makes
SET application_name = 'crm'
-- then
SET statement_timeout = '30s'
-- then
SET TIME ZONE 'Asia/Shanghai'
-- then
SELECT created_at FROM housing.buyers ORDER BY id LIMIT 2
-- then
SET DateStyle = 'German, DMY'
-- then
SELECT born FROM housing.buyers ORDER BY id LIMIT 2
-- then
RESET ALL
-- case: set local
BEGIN
-- then
SET LOCAL search_path = housing
-- then
SELECT max(phone) FROM buyers
-- then
COMMIT
-- then
SELECT max(phone) FROM buyers
-- case: show
SHOW server_version
-- case: listen and notify
LISTEN housing_news
-- then
NOTIFY housing_news, 'new'
-- then
UNLISTEN *
-- case: discard
DISCARD ALL
-- case: writes to an unprotected table
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload) VALUES (1000, 'login', '2024-05-05 00:00+00', '{"a": 1}') RETURNING id, kind
-- then
UPDATE app.events SET kind = upper(kind) WHERE id = 1000 RETURNING *
-- then
INSERT INTO app.settings (key, value) VALUES ('city', 'x') ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value RETURNING value
-- then
DELETE FROM app.events USING app.settings s WHERE s.key = 'city' AND id = 1000 RETURNING id
-- then
ROLLBACK
-- case: constraint errors of an unprotected table
INSERT INTO app.settings (key, value) VALUES ('city', 'x')
-- case: lock of an unprotected table
BEGIN
-- then
LOCK TABLE app.events IN SHARE MODE
-- then
ROLLBACK
