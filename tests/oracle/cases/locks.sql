-- search_path: housing
-- Rows that are locked, and times and lists that they are chosen by.
-- case: of a time before now
BEGIN
-- then
SELECT id, level FROM buyers WHERE created_at < now() - interval '90 days' AND active ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED
-- then
ROLLBACK
-- case: of a day
BEGIN
-- then
SELECT id, status FROM contracts WHERE signed < CURRENT_DATE - 30 AND status = ANY (ARRAY['signed', 'filed']) ORDER BY signed, id LIMIT 5 FOR UPDATE
-- then
ROLLBACK
-- case: of a month
SELECT count(*) FROM contracts WHERE signed < date_trunc('month', now())::date AND id <> ALL ('{4,5}'::int[])
-- case: of a time that is moved by text
SELECT count(*) FROM buyers WHERE created_at < CURRENT_TIMESTAMP + '1 week'::interval
-- case: of a list of numbers
BEGIN
-- then
SELECT id, level FROM buyers WHERE id = ANY (ARRAY[3, 5, 8, 17]) ORDER BY id FOR UPDATE
-- then
ROLLBACK
-- case: beside a table that need not have a row
BEGIN
-- then
SELECT b.id, b.level, a.id FROM buyers b LEFT JOIN agents a ON a.id = b.agent_id WHERE b.id IN (4, 8, 17) ORDER BY b.id FOR UPDATE OF b
-- then
ROLLBACK
-- case: a time that is before all time, if there is a row [attack]
SELECT id FROM buyers WHERE id = 17 AND created_at > now() - interval '9000 years'
-- case: a time that fails by its unit [attack]
SELECT id FROM contracts WHERE id = 30 AND signed > date_trunc('nonsense', now())::date
-- case: a time that fails by a parameter [attack]
-- bind: 9000 years
SELECT id FROM contracts WHERE id = 30 AND signed > (now() - $1::interval)::date
-- case: a day that fails by its number [attack]
SELECT id FROM contracts WHERE id = 30 AND signed > CURRENT_DATE - 9999999
-- case: dates beside times, of which some fail [attack]
SELECT id FROM contracts WHERE id = 30 AND signed > CURRENT_DATE - interval '30 days'
-- case: a list that fails by what it is made of [attack]
SELECT id FROM contracts WHERE id = 30 AND id = ANY (ARRAY[1, 1 / (id - 30)])
-- case: a list that fails by its text [attack]
SELECT id FROM contracts WHERE id = 30 AND id = ANY ('{1,x}'::int[])
-- case: a table that need not have a row, and fails [attack]
SELECT c.id FROM buyers c LEFT JOIN agents a ON a.id = c.agent_id AND 1 / (c.id - 17) > 0 WHERE c.id = 17
-- case: what is computed of a table that need not have a row [attack]
SELECT c.id, 1 / (a.id - 9) FROM buyers c LEFT JOIN agents a ON a.id = c.agent_id WHERE c.id < 40 ORDER BY 1
-- case: values that are words
SELECT * FROM CURRENT_DATE AS d, current_user AS u WHERE u <> ''
-- case: by parameters that say what they are
-- bind: 17, cancelled
BEGIN
-- then
SELECT contracts.id, contracts.status FROM contracts WHERE contracts.id = $1::INTEGER AND contracts.status != $2::VARCHAR FOR UPDATE
-- then
ROLLBACK
-- case: by one of several
-- bind: 3, 5
SELECT id, level FROM buyers WHERE id = ANY (ARRAY[$1::INTEGER, $2::INTEGER]) ORDER BY id FOR SHARE
-- case: by a list that says what it is
-- bind: {3,5,17}, 1000
SELECT id FROM buyers WHERE id = ANY ($1::INTEGER[]) AND id < $2::BIGINT ORDER BY id FOR NO KEY UPDATE
-- case: written by parameters that say what they are
-- bind: 17, signed
BEGIN
-- then
UPDATE contracts SET status = $2::VARCHAR WHERE contracts.id = $1::INTEGER AND contracts.status <> 'draft'
-- then
ROLLBACK
-- case: a job is claimed
BEGIN
-- then
UPDATE contracts SET status = 'filed' WHERE id = (SELECT c.id FROM contracts c WHERE c.status = 'signed' ORDER BY c.id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, status
-- then
ROLLBACK
-- case: some jobs are claimed
BEGIN
-- then
WITH claimed AS (SELECT c.id FROM contracts c WHERE c.status = 'signed' AND c.id < 60 ORDER BY c.id LIMIT 3 FOR UPDATE SKIP LOCKED) SELECT id, upper('x') FROM claimed WHERE id % 2 >= 0 ORDER BY id
-- then
ROLLBACK
-- case: rows with what they count
SELECT b.id, b.level, (SELECT count(*) FROM contracts c WHERE c.buyer_id = b.id AND lower(c.status) = 'signed') FROM buyers b WHERE b.id IN (4, 8, 17) ORDER BY b.id FOR UPDATE OF b
-- case: of a price
BEGIN
-- then
SELECT id, price FROM contracts WHERE price > 1000000 AND price BETWEEN 0 AND 99999999.5 AND id < 60 ORDER BY id LIMIT 5 FOR UPDATE
-- then
ROLLBACK
-- case: of a price that is a parameter
-- bind: 1234567.5, 17
SELECT id FROM contracts WHERE price <> $1 AND price <> $2::numeric AND 0.5 < id AND id < 60 ORDER BY id LIMIT 5 FOR UPDATE
-- case: of a time before a day, and a day before a time
BEGIN
-- then
SELECT b.id, c.id FROM buyers b JOIN contracts c ON c.buyer_id = b.id WHERE b.created_at < CURRENT_DATE AND c.signed < now() AND c.signed > b.created_at ORDER BY 1, 2 LIMIT 5 FOR UPDATE
-- then
ROLLBACK
-- case: of a state
BEGIN
-- then
SELECT b.id, b.level FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status IN ('sold', 'reserved') AND u.status <> 'free' ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- then
ROLLBACK
-- case: of a state under a cast
-- bind: sold
SELECT b.id, b.level FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status = $1::housing.unit_status AND u.status <> 'free'::unit_status ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- case: of states under casts
-- bind: sold, reserved
SELECT b.id, b.level FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status IN ($1::unit_status, $2::unit_status) AND u.status = ANY ('{sold,reserved}'::housing.unit_status[]) ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- case: of a list of states under a cast
-- bind: {sold;free}
SELECT b.id, b.level FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status::text <> 'x' IS NOT NULL AND u.status = ANY (replace($1, ';', ',')::unit_status[]) ORDER BY b.id LIMIT 3
-- case: of a state under a cast to a list
BEGIN
-- then
SELECT b.id, b.level FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status = ANY ('{sold,reserved}'::unit_status[]) ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- then
ROLLBACK
-- case: of a state that is none under a cast, if there is a row [attack]
-- bind: none
SELECT c.id FROM contracts c JOIN units u ON u.id = c.unit_id WHERE c.id = 30 AND u.status = $1::unit_status
-- case: of a state by its order under a cast [attack]
-- bind: free
SELECT b.id FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status > $1::unit_status ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- case: of a column that is cast to a state [attack]
SELECT c.id FROM contracts c JOIN units u ON u.id = c.unit_id WHERE c.id = 30 AND u.status = c.status::text::unit_status
-- case: of a state by its order [attack]
SELECT b.id FROM buyers b JOIN contracts c ON c.buyer_id = b.id JOIN units u ON u.id = c.unit_id WHERE u.status > 'free' ORDER BY b.id LIMIT 3 FOR UPDATE OF b
-- case: of a state that is none [attack]
SELECT c.id FROM contracts c JOIN units u ON u.id = c.unit_id WHERE c.id = 30 AND u.status = 'none'
-- case: a price that is no number, if there is a row [attack]
-- bind: x
SELECT id FROM contracts WHERE id = 30 AND price > $1
-- case: a price that does not fit, if there is a row [attack]
-- bind: 123456
SELECT id FROM contracts WHERE id = 30 AND price > $1::numeric(5, 2)
-- case: a price that is computed, if there is a row [attack]
SELECT id FROM contracts WHERE id = 30 AND price > 1 / (id - 30)
-- case: a price beside a number that does not fit, if there is a row [attack]
SELECT id FROM contracts WHERE id = 30 AND price = '1e400'::float8::numeric
-- case: a day beyond all times [attack]
SELECT id FROM contracts WHERE id = 30 AND '5874897-12-31'::date > signed AND signed < '294276-12-31'::timestamp
-- case: a time beside a day beyond all times [attack]
SELECT id FROM buyers WHERE id = 17 AND created_at < '5874897-12-31'::date AND created_at > '4714-11-24 BC'::date
-- case: a day moved beyond all times, if there is a row [attack]
SELECT id FROM buyers WHERE id = 17 AND created_at < '5874897-12-31'::date + 1
-- case: a price beside a float [attack]
-- bind: 1e300
SELECT id FROM contracts WHERE id = 30 AND price < $1::float8
