-- channel: masks over true values: settings, joins with oneself, several columns, INSERT … SELECT *, MERGE, WITH, documents
-- case: UPDATE profiles SET years = ARRAY 01/01/1990 ::date WHERE id [attack interference]
BEGIN
-- then
SET datestyle = 'SQL, DMY'
-- then
UPDATE housing.profiles SET years = years WHERE id < 6
-- then
UPDATE housing.profiles SET years = ARRAY['01/01/1990'::date] WHERE id = 3 RETURNING years
-- then
ROLLBACK
-- case: SELECT years, years::text FROM profiles WHERE id < 5 [attack]
BEGIN
-- then
SET datestyle = 'German'
-- then
SELECT years, years::text FROM housing.profiles WHERE id < 5
-- then
SET datestyle = 'ISO'
-- then
ROLLBACK
-- case: UPDATE buyers SET income = income::float8::numeric WHERE id < [refused]
BEGIN
-- then
SET intervalstyle = 'sql_standard'
-- then
SET extra_float_digits = -15
-- then
SELECT born, income::float8 FROM housing.buyers WHERE id < 5
-- then
UPDATE housing.buyers SET income = income::float8::numeric WHERE id < 5
-- then
ROLLBACK
-- case: SELECT born::timestamptz, income FROM buyers WHERE id < 4 [attack]
BEGIN
-- then
SET timezone = '-167:59'
-- then
SELECT born::timestamptz, income FROM housing.buyers WHERE id < 4
-- then
ROLLBACK
-- case: UPDATE buyers a SET phone = b.phone FROM buyers b WHER [refused]
BEGIN
-- then
UPDATE housing.buyers a SET phone = b.phone FROM housing.buyers b WHERE a.id = b.id AND a.id < 5
-- then
ROLLBACK
-- case: UPDATE buyers a SET phone = b.phone FROM buyers b WHER (2) [refused]
BEGIN
-- then
UPDATE housing.buyers a SET phone = b.phone FROM housing.buyers b WHERE a.id = b.id + 1 AND a.id < 5
-- then
ROLLBACK
-- case: UPDATE buyers a SET (phone, email) = (a.phone, a.email) WHERE [attack]
BEGIN
-- then
UPDATE housing.buyers a SET (phone, email) = (a.phone, a.email) WHERE a.id < 5
-- then
ROLLBACK
-- case: UPDATE buyers a SET (phone, email) = (SELECT b.phone, b.email [refused]
BEGIN
-- then
UPDATE housing.buyers a SET (phone, email) = (SELECT b.phone, b.email FROM housing.buyers b WHERE b.id = a.id) WHERE a.id < 5
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = CASE WHEN phone LIKE 138% THEN pho [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET phone = CASE WHEN phone LIKE '138%' THEN phone ELSE '13900001111' END WHERE id < 5 RETURNING id, phone
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = coalesce(phone, email) WHERE id < 9 [refused]
BEGIN
-- then
UPDATE housing.buyers SET phone = coalesce(phone, email) WHERE id < 9
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = greatest(phone, phone) WHERE id < 9 [refused]
BEGIN
-- then
UPDATE housing.buyers SET phone = greatest(phone, phone) WHERE id < 9
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = (SELECT phone) WHERE id < 9 [refused]
BEGIN
-- then
UPDATE housing.buyers SET phone = (SELECT phone) WHERE id < 9
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = (VALUES (phone)) WHERE id < 9 [refused]
BEGIN
-- then
UPDATE housing.buyers SET phone = (VALUES (phone)) WHERE id < 9
-- then
ROLLBACK
-- case: UPDATE buyers SET phone = phone::varchar(5) WHERE id < 9 [refused]
BEGIN
-- then
UPDATE housing.buyers SET phone = phone::varchar(5) WHERE id < 9
-- then
ROLLBACK
-- case: UPDATE buyers SET born = 1975-01-01 WHERE id < 9 RETURNING i [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET born = '1975-01-01' WHERE id < 9 RETURNING id, born
-- then
SELECT count(*) FROM housing.buyers WHERE born = '1975-01-01'
-- then
ROLLBACK
-- case: UPDATE buyers SET income = 300000 WHERE income = 300000 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 300000 WHERE income = 300000
-- then
ROLLBACK
-- case: UPDATE buyers SET income = round(300000.4, 0) WHERE income = 3 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = round(300000.4, 0) WHERE income = 300000
-- then
ROLLBACK
-- case: UPDATE buyers SET income = DEFAULT, born = DEFAULT WHERE id = [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = DEFAULT, born = DEFAULT WHERE id = 1 RETURNING income, born
-- then
ROLLBACK
-- case: INSERT INTO buyers (id, name, phone, created_at) SELECT id + 1 [refused]
BEGIN
-- then
INSERT INTO housing.buyers (id, name, phone, created_at) SELECT id + 10000, name, phone, created_at FROM housing.buyers WHERE id < 3
-- then
ROLLBACK
-- case: INSERT INTO buyers SELECT * FROM buyers WHERE id < 3 O [refused]
BEGIN
-- then
INSERT INTO housing.buyers SELECT * FROM housing.buyers WHERE id < 3 ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT * FROM leads WHERE id < 3 ON [refused]
BEGIN
-- then
INSERT INTO housing.leads SELECT * FROM housing.leads WHERE id < 3 ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone, name = EXCLUDED.name
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT * FROM unnest(ARRAY 70001,70002 , ARR [attack interference]
BEGIN
-- then
INSERT INTO housing.leads SELECT * FROM unnest(ARRAY[70001,70002], ARRAY['a','b'], ARRAY['13811112222','138****0024'], ARRAY['s','t'])
-- then
ROLLBACK
-- case: INSERT INTO leads TABLE leads ON CONFLICT DO NOTHING [refused]
BEGIN
-- then
INSERT INTO housing.leads TABLE housing.leads ON CONFLICT DO NOTHING
-- then
ROLLBACK
-- case: WITH x AS (SELECT id + 80000, name, phone, source FROM leads W [refused]
BEGIN
-- then
WITH x AS (SELECT id + 80000, name, phone, source FROM housing.leads WHERE id < 3) INSERT INTO housing.leads SELECT * FROM x
-- then
ROLLBACK
-- case: WITH x(a, b, c, d) AS (VALUES (80001, 王五 , 13811112222 , s )) INSER [refused]
BEGIN
-- then
WITH x(a, b, c, d) AS (VALUES (80001, '王五', '13811112222', 's')) INSERT INTO housing.leads SELECT * FROM x RETURNING *
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT x.* FROM (VALUES (80001, 王五 , 138** [refused]
BEGIN
-- then
INSERT INTO housing.leads SELECT x.* FROM (VALUES (80001, '王五', '138****2222', 's')) x
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT * FROM json_to_recordset( {"id":8000 [attack interference]
BEGIN
-- then
INSERT INTO housing.leads SELECT * FROM json_to_recordset('[{"id":80001,"name":"x","phone":"138****0024","source":"s"}]') AS t(id int, name text, phone varchar, source text)
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT (json_populate_record(NULL::l [refused]
BEGIN
-- then
INSERT INTO housing.leads SELECT (json_populate_record(NULL::housing.leads, '{"id":80001,"name":"x","phone":"138****0024","source":"s"}')).*
-- then
ROLLBACK
-- case: INSERT INTO leads SELECT * FROM json_populate_record(NULL::hou [refused]
BEGIN
-- then
INSERT INTO housing.leads SELECT * FROM json_populate_record(NULL::housing.leads, '{"id":80001,"name":"x","phone":"138****0024","source":"s"}')
-- then
ROLLBACK
-- case: MERGE INTO buyers t USING (SELECT id, phone, email FROM housin [refused]
BEGIN
-- then
MERGE INTO housing.buyers t USING (SELECT id, phone, email FROM housing.buyers) s ON t.id = s.id WHEN MATCHED AND t.id < 5 THEN UPDATE SET phone = s.phone, email = s.email
-- then
SELECT id, phone, email FROM housing.buyers WHERE id < 6 ORDER BY id
-- then
ROLLBACK
-- case: MERGE INTO leads t USING (SELECT id + 80000 AS id, phone FROM [refused]
BEGIN
-- then
MERGE INTO housing.leads t USING (SELECT id + 80000 AS id, phone FROM housing.leads WHERE id < 4) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (s.id, s.phone)
-- then
ROLLBACK
-- case: MERGE INTO leads t USING (VALUES (1, 13911112222 ), (80002, [attack interference]
BEGIN
-- then
MERGE INTO housing.leads t USING (VALUES (1, '13911112222'), (80002, '13911112223')) s(id, phone) ON t.id = s.id WHEN MATCHED THEN UPDATE SET phone = s.phone WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (s.id, s.phone)
-- then
SELECT id, phone FROM housing.leads WHERE id IN (1, 80002)
-- then
ROLLBACK
-- case: WITH u AS (UPDATE buyers SET level = level + 1 WHERE id < 4 RE [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.buyers SET level = level + 1 WHERE id < 4 RETURNING *) SELECT id, phone, income FROM u ORDER BY id
-- then
ROLLBACK
-- case: WITH u AS (UPDATE buyers SET level = level + 1 WHERE id < 4 RE (2) [refused]
BEGIN
-- then
WITH u AS (UPDATE housing.buyers SET level = level + 1 WHERE id < 4 RETURNING phone, id) INSERT INTO app.settings SELECT id::text, phone FROM u
-- then
ROLLBACK
-- case: WITH d AS (DELETE FROM leads WHERE id < 4 RETURNING *) INSERT [refused]
BEGIN
-- then
WITH d AS (DELETE FROM housing.leads WHERE id < 4 RETURNING *) INSERT INTO housing.leads SELECT id + 80000, name, phone, source FROM d
-- then
ROLLBACK
-- case: UPDATE profiles SET extra = extra || {"k":1} WHERE id = 3 [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = extra || '{"k":1}' WHERE id = 3
-- then
SELECT extra FROM housing.profiles WHERE id = 3
-- then
ROLLBACK
-- case: UPDATE profiles SET extra = jsonb_set(extra, {phone} , "138* [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_set(extra, '{phone}', '"138****0024"') WHERE id < 5
-- then
ROLLBACK
-- case: UPDATE profiles SET phones = phones || 13811112222 ::varchar [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET phones = phones || '13811112222'::varchar WHERE id = 3
-- then
ROLLBACK
-- case: UPDATE profiles SET phones = array_remove(phones, phones 1 ) W [refused]
BEGIN
-- then
UPDATE housing.profiles SET phones = array_remove(phones, phones[1]) WHERE id = 3
-- then
ROLLBACK
-- case: UPDATE profiles SET phones = phones 1:1 WHERE id = 3 [refused]
BEGIN
-- then
UPDATE housing.profiles SET phones = phones[1:1] WHERE id = 3
-- then
ROLLBACK
-- case: UPDATE profiles SET home = ROW( abc , 3) WHERE id = 3 [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET home = ROW('abc', 3) WHERE id = 3
-- then
UPDATE housing.profiles SET home = home WHERE id = 4
-- then
UPDATE housing.profiles SET home.street = 'x' WHERE id = 5
-- then
ROLLBACK
-- case: UPDATE keepsakes SET many = many, nested = nested [attack]
BEGIN
-- then
UPDATE housing.keepsakes SET who = who WHERE id = 1
-- then
UPDATE housing.keepsakes SET many = many, nested = nested
-- then
ROLLBACK
-- case: UPDATE keepsakes SET who.phone = 13811112222 WHERE id = 1 [refused]
BEGIN
-- then
UPDATE housing.keepsakes SET who.phone = '13811112222' WHERE id = 1
-- then
ROLLBACK
-- case: UPDATE contacts SET phone = phone, double = DEFAULT, last4 = D [attack]
BEGIN
-- then
UPDATE housing.contacts SET phone = phone, double = DEFAULT, last4 = DEFAULT RETURNING *
-- then
ROLLBACK
-- case: UPDATE contacts SET phone = 13811119999 WHERE id = 1 RETURNI [attack interference]
BEGIN
-- then
UPDATE housing.contacts SET phone = '13811119999' WHERE id = 1 RETURNING *
-- then
ROLLBACK
-- case: UPDATE calls SET phone = phone WHERE id < 4 RETURNING id, phon [attack interference]
BEGIN
-- then
UPDATE housing.calls SET phone = phone WHERE id < 4 RETURNING id, phone
-- then
UPDATE housing.calls SET phone = '' WHERE id = 2
-- then
ROLLBACK
