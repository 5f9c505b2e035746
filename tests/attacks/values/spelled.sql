-- channel: spellings, types and places of what is written
-- case: inserted phone as U&'138\002A\002A\002A\002A2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', U&'138\002A\002A\002A\002A2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as U&'138\002A\002A\002A\002A2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = U&'138\002A\002A\002A\002A2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as E'138\x2a\x2a\x2a\x2a2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', E'138\x2a\x2a\x2a\x2a2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as E'138\x2a\x2a\x2a\x2a2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = E'138\x2a\x2a\x2a\x2a2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as E'138\52\52\52\0522222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', E'138\52\52\52\0522222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as E'138\52\52\52\0522222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = E'138\52\52\52\0522222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as $$138****2222$$ [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', $$138****2222$$) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as $$138****2222$$ [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = $$138****2222$$ WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as $a$138****2222$a$ [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', $a$138****2222$a$) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as $a$138****2222$a$ [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = $a$138****2222$a$ WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '138**' '**2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '138**'
'**2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '138**' '**2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138**'
'**2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as varchar '138****2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', varchar '138****2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as varchar '138****2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = varchar '138****2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as CAST('138****2222' AS varchar(20)) [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', CAST('138****2222' AS varchar(20))) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as CAST('138****2222' AS varchar(20)) [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = CAST('138****2222' AS varchar(20)) WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '138****2222'::text [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '138****2222'::text) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '138****2222'::text [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138****2222'::text WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as ('138****2222') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', ('138****2222')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as ('138****2222') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = ('138****2222') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as (('138****2222'::name)) [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', (('138****2222'::name))) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as (('138****2222'::name)) [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (('138****2222'::name)) WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '138****2222' COLLATE "C" [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '138****2222' COLLATE "C") RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '138****2222' COLLATE "C" [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138****2222' COLLATE "C" WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as concat('138','****','2222') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', concat('138','****','2222')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as concat('138','****','2222') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = concat('138','****','2222') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '138' || repeat('*',4) || '2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '138' || repeat('*',4) || '2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '138' || repeat('*',4) || '2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138' || repeat('*',4) || '2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as B'101' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', B'101') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as B'101' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = B'101' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as X'1F' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', X'1F') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as X'1F' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = X'1F' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as N'138****2222' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', N'138****2222') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as N'138****2222' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = N'138****2222' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as (SELECT '138****2222') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', (SELECT '138****2222')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as (SELECT '138****2222') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (SELECT '138****2222') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as (VALUES ('138****2222')) [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', (VALUES ('138****2222'))) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as (VALUES ('138****2222')) [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (VALUES ('138****2222')) WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as CASE WHEN true THEN '138****2222' END [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', CASE WHEN true THEN '138****2222' END) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as CASE WHEN true THEN '138****2222' END [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = CASE WHEN true THEN '138****2222' END WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as (ARRAY [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', (ARRAY['138****2222'])[1]) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as (ARRAY [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (ARRAY['138****2222'])[1] WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as ('{"a":"138****2222"}'::jsonb)->>'a' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', ('{"a":"138****2222"}'::jsonb)->>'a') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as ('{"a":"138****2222"}'::jsonb)->>'a' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = ('{"a":"138****2222"}'::jsonb)->>'a' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as format('138%s2222','****') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', format('138%s2222','****')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as format('138%s2222','****') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = format('138%s2222','****') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as overlay('13811112222' placing '****' from 4) [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', overlay('13811112222' placing '****' from 4)) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as overlay('13811112222' placing '****' from 4) [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = overlay('13811112222' placing '****' from 4) WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as 13811112222 [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', 13811112222) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as 13811112222 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 13811112222 WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as 1.50 [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', 1.50) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as 1.50 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 1.50 WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as true [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', true) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as true [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = true WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as now()::date [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', now()::date) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as now()::date [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = now()::date WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as 'x'::bytea [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', 'x'::bytea) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as 'x'::bytea [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 'x'::bytea WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '{"a":1}'::jsonb [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '{"a":1}'::jsonb) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '{"a":1}'::jsonb [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '{"a":1}'::jsonb WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as ARRAY [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', ARRAY[1,2]) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as ARRAY [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = ARRAY[1,2] WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as ROW(1,2) [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', ROW(1,2)) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as ROW(1,2) [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = ROW(1,2) WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as NULL [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', NULL) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = NULL WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '13811112222          ' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '13811112222          ') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '13811112222          ' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13811112222          ' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '138111122223333444455556' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '138111122223333444455556') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '138111122223333444455556' [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138111122223333444455556' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as '13811112222             ' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '13811112222             ') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as '13811112222             ' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13811112222             ' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as 1e3 [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', 1e3) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as 1e3 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 1e3 WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as -5 [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', -5) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as -5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = -5 WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as 'a'::"char" [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', 'a'::"char") RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as 'a'::"char" [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 'a'::"char" WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as DEFAULT [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', DEFAULT) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as DEFAULT [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = DEFAULT WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as current_user [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', current_user) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as current_user [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = current_user WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as decode('3133382a2a2a2a','hex') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', decode('3133382a2a2a2a','hex')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as decode('3133382a2a2a2a','hex') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = decode('3133382a2a2a2a','hex') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as convert_from('\x3133382a2a2a2a32323232'::bytea,'UTF8') [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', convert_from('\x3133382a2a2a2a32323232'::bytea,'UTF8')) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as convert_from('\x3133382a2a2a2a32323232'::bytea,'UTF8') [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = convert_from('\x3133382a2a2a2a32323232'::bytea,'UTF8') WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as xmlelement(name a)::text [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', xmlelement(name a)::text) RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as xmlelement(name a)::text [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = xmlelement(name a)::text WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: inserted phone as interval '1 day' [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', interval '1 day') RETURNING id, phone
-- then
ROLLBACK
-- case: assigned phone as interval '1 day' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = interval '1 day' WHERE id = 1 RETURNING id, phone
-- then
ROLLBACK
-- case: assigned income as 5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 5 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as now() [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET income = now() WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as true [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET income = true WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 'abc' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 'abc' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as '1e5' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = '1e5' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 'NaN' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 'NaN' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 'Infinity' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 'Infinity' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as ' 5 ' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = ' 5 ' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 12345678901234 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 12345678901234 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 1e400 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 1e400 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as '5'::money [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = '5'::money WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 5::float4 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 5::float4 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = NULL WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as '{5}' [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = '{5}' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as ARRAY [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET income = ARRAY[5] WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 5::"char" [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET income = 5::"char" WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as interval '5 days' [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET income = interval '5 days' WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as B'101'::int [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = B'101'::int WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 0.005 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 0.005 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 559999.999 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 559999.999 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned income as 560000.004 [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 560000.004 WHERE id = 1 RETURNING id, income
-- then
ROLLBACK
-- case: assigned born as 5 [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET born = 5 WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '5'::text [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET born = '5'::text WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as now() [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = now() WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as 'today'::date - 3 [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = 'today'::date - 3 WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as 'infinity' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = 'infinity' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as 'epoch' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = 'epoch' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '1990-2-3' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '1990-2-3' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '2020-02-30' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '2020-02-30' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as 'xx' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = 'xx' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '1990-05-05'::timestamp [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '1990-05-05'::timestamp WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '1990-05-05 23:59:59+00'::timestamptz [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '1990-05-05 23:59:59+00'::timestamptz WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as make_date(1990,13,1) [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = make_date(1990,13,1) WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as current_timestamp [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = current_timestamp WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as time '10:00' [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET born = time '10:00' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '{}' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '{}' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = NULL WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as '20200202' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = '20200202' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as 'J2451187' [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = 'J2451187' WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned born as date '1990-01-01' + 1 [attack]
BEGIN
-- then
UPDATE housing.buyers SET born = date '1990-01-01' + 1 WHERE id = 1 RETURNING id, born
-- then
ROLLBACK
-- case: assigned extra as 5 [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET extra = 5 WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned extra as 'x' [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = 'x' WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned extra as '{bad' [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = '{bad' WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned extra as ' [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = '[1]'::json WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned extra as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = NULL WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned extra as 'null' [attack]
BEGIN
-- then
UPDATE housing.buyers SET extra = 'null' WHERE id = 1 RETURNING id, extra
-- then
ROLLBACK
-- case: assigned phones as 5 [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET phones = 5 WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as '{1,2' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = '{1,2' WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as '{a,b}'::varchar [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = '{a,b}'::varchar[] WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as ARRAY [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = ARRAY['a']::name[] WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as ARRAY [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = ARRAY[1,2] WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as '{}' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = '{}' WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = NULL WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned phones as '{{a},{b}}' [attack]
BEGIN
-- then
UPDATE housing.buyers SET phones = '{{a},{b}}' WHERE id = 1 RETURNING id, phones
-- then
ROLLBACK
-- case: assigned note as 5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET note = 5 WHERE id = 1 RETURNING id, note
-- then
ROLLBACK
-- case: assigned note as 'x'::bytea [attack]
BEGIN
-- then
UPDATE housing.buyers SET note = 'x'::bytea WHERE id = 1 RETURNING id, note
-- then
ROLLBACK
-- case: assigned note as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET note = NULL WHERE id = 1 RETURNING id, note
-- then
ROLLBACK
-- case: assigned name as 5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = 5 WHERE id = 1 RETURNING id, name
-- then
ROLLBACK
-- case: assigned name as '王' || '五' [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = '王' || '五' WHERE id = 1 RETURNING id, name
-- then
ROLLBACK
-- case: assigned name as '王**'::varchar [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = '王**'::varchar WHERE id = 1 RETURNING id, name
-- then
ROLLBACK
-- case: assigned name as U&'\738B**' [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = U&'\738B**' WHERE id = 1 RETURNING id, name
-- then
ROLLBACK
-- case: assigned name as chr(29579)||'**' [attack]
BEGIN
-- then
UPDATE housing.buyers SET name = chr(29579)||'**' WHERE id = 1 RETURNING id, name
-- then
ROLLBACK
-- case: assigned email as 'a****@b.c' [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 'a****@b.c' WHERE id = 1 RETURNING id, email
-- then
ROLLBACK
-- case: assigned email as 'ab@c.d' [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 'ab@c.d' WHERE id = 1 RETURNING id, email
-- then
ROLLBACK
-- case: assigned email as 5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 5 WHERE id = 1 RETURNING id, email
-- then
ROLLBACK
-- case: assigned address as '山东省青岛市市南区****' [attack]
BEGIN
-- then
UPDATE housing.buyers SET address = '山东省青岛市市南区****' WHERE id = 1 RETURNING id, address
-- then
ROLLBACK
-- case: assigned address as 'x' [attack]
BEGIN
-- then
UPDATE housing.buyers SET address = 'x' WHERE id = 1 RETURNING id, address
-- then
ROLLBACK
-- case: assigned id_no as '370202********' [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '370202********' WHERE id = 1 RETURNING id, id_no
-- then
ROLLBACK
-- case: assigned id_no as '37020219900101123X' [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '37020219900101123X' WHERE id = 1 RETURNING id, id_no
-- then
ROLLBACK
-- case: assigned id_no as '370202199001011234567' [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '370202199001011234567' WHERE id = 1 RETURNING id, id_no
-- then
ROLLBACK
-- case: assigned id_no as 370202 [attack]
BEGIN
-- then
UPDATE housing.buyers SET id_no = 370202 WHERE id = 1 RETURNING id, id_no
-- then
ROLLBACK
-- case: assigned level as 'abc' [attack]
BEGIN
-- then
UPDATE housing.buyers SET level = 'abc' WHERE id = 1 RETURNING id, level
-- then
ROLLBACK
-- case: assigned level as '5'::text [attack]
BEGIN
-- then
UPDATE housing.buyers SET level = '5'::text WHERE id = 1 RETURNING id, level
-- then
ROLLBACK
-- case: assigned level as 1.5 [attack]
BEGIN
-- then
UPDATE housing.buyers SET level = 1.5 WHERE id = 1 RETURNING id, level
-- then
ROLLBACK
-- case: assigned level as true [attack]
BEGIN
-- then
UPDATE housing.buyers SET level = true WHERE id = 1 RETURNING id, level
-- then
ROLLBACK
-- case: assigned agent_id as 999 [attack]
BEGIN
-- then
UPDATE housing.buyers SET agent_id = 999 WHERE id = 1 RETURNING id, agent_id
-- then
ROLLBACK
-- case: assigned agent_id as NULL [attack]
BEGIN
-- then
UPDATE housing.buyers SET agent_id = NULL WHERE id = 1 RETURNING id, agent_id
-- then
ROLLBACK
-- case: documents under the alias menshen [attack]
BEGIN
-- then
UPDATE housing.profiles AS menshen SET extra = menshen.extra, raw = menshen.raw, partly = menshen.partly, phones = menshen.phones, years = menshen.years WHERE menshen.id < 9 RETURNING menshen.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias menshen [attack]
BEGIN
-- then
UPDATE housing.profiles AS menshen SET extra = menshen.extra || '{"zz": 1}', phones = array_append(menshen.phones, 'x') WHERE menshen.id IN (1,2) RETURNING menshen.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias m [attack]
BEGIN
-- then
UPDATE housing.profiles AS m SET extra = m.extra, raw = m.raw, partly = m.partly, phones = m.phones, years = m.years WHERE m.id < 9 RETURNING m.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias m [attack]
BEGIN
-- then
UPDATE housing.profiles AS m SET extra = m.extra || '{"zz": 1}', phones = array_append(m.phones, 'x') WHERE m.id IN (1,2) RETURNING m.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias t [attack]
BEGIN
-- then
UPDATE housing.profiles AS t SET extra = t.extra, raw = t.raw, partly = t.partly, phones = t.phones, years = t.years WHERE t.id < 9 RETURNING t.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias t [attack]
BEGIN
-- then
UPDATE housing.profiles AS t SET extra = t.extra || '{"zz": 1}', phones = array_append(t.phones, 'x') WHERE t.id IN (1,2) RETURNING t.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias p [attack]
BEGIN
-- then
UPDATE housing.profiles AS p SET extra = p.extra, raw = p.raw, partly = p.partly, phones = p.phones, years = p.years WHERE p.id < 9 RETURNING p.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias p [attack]
BEGIN
-- then
UPDATE housing.profiles AS p SET extra = p.extra || '{"zz": 1}', phones = array_append(p.phones, 'x') WHERE p.id IN (1,2) RETURNING p.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias e [attack]
BEGIN
-- then
UPDATE housing.profiles AS e SET extra = e.extra, raw = e.raw, partly = e.partly, phones = e.phones, years = e.years WHERE e.id < 9 RETURNING e.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias e [attack]
BEGIN
-- then
UPDATE housing.profiles AS e SET extra = e.extra || '{"zz": 1}', phones = array_append(e.phones, 'x') WHERE e.id IN (1,2) RETURNING e.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias v [attack]
BEGIN
-- then
UPDATE housing.profiles AS v SET extra = v.extra, raw = v.raw, partly = v.partly, phones = v.phones, years = v.years WHERE v.id < 9 RETURNING v.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias v [attack]
BEGIN
-- then
UPDATE housing.profiles AS v SET extra = v.extra || '{"zz": 1}', phones = array_append(v.phones, 'x') WHERE v.id IN (1,2) RETURNING v.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias a [attack]
BEGIN
-- then
UPDATE housing.profiles AS a SET extra = a.extra, raw = a.raw, partly = a.partly, phones = a.phones, years = a.years WHERE a.id < 9 RETURNING a.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias a [attack]
BEGIN
-- then
UPDATE housing.profiles AS a SET extra = a.extra || '{"zz": 1}', phones = array_append(a.phones, 'x') WHERE a.id IN (1,2) RETURNING a.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias k [attack]
BEGIN
-- then
UPDATE housing.profiles AS k SET extra = k.extra, raw = k.raw, partly = k.partly, phones = k.phones, years = k.years WHERE k.id < 9 RETURNING k.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias k [attack]
BEGIN
-- then
UPDATE housing.profiles AS k SET extra = k.extra || '{"zz": 1}', phones = array_append(k.phones, 'x') WHERE k.id IN (1,2) RETURNING k.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias x [attack]
BEGIN
-- then
UPDATE housing.profiles AS x SET extra = x.extra, raw = x.raw, partly = x.partly, phones = x.phones, years = x.years WHERE x.id < 9 RETURNING x.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias x [attack]
BEGIN
-- then
UPDATE housing.profiles AS x SET extra = x.extra || '{"zz": 1}', phones = array_append(x.phones, 'x') WHERE x.id IN (1,2) RETURNING x.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias j [attack]
BEGIN
-- then
UPDATE housing.profiles AS j SET extra = j.extra, raw = j.raw, partly = j.partly, phones = j.phones, years = j.years WHERE j.id < 9 RETURNING j.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias j [attack]
BEGIN
-- then
UPDATE housing.profiles AS j SET extra = j.extra || '{"zz": 1}', phones = array_append(j.phones, 'x') WHERE j.id IN (1,2) RETURNING j.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias q [attack]
BEGIN
-- then
UPDATE housing.profiles AS q SET extra = q.extra, raw = q.raw, partly = q.partly, phones = q.phones, years = q.years WHERE q.id < 9 RETURNING q.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias q [attack]
BEGIN
-- then
UPDATE housing.profiles AS q SET extra = q.extra || '{"zz": 1}', phones = array_append(q.phones, 'x') WHERE q.id IN (1,2) RETURNING q.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias r [attack]
BEGIN
-- then
UPDATE housing.profiles AS r SET extra = r.extra, raw = r.raw, partly = r.partly, phones = r.phones, years = r.years WHERE r.id < 9 RETURNING r.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias r [attack]
BEGIN
-- then
UPDATE housing.profiles AS r SET extra = r.extra || '{"zz": 1}', phones = array_append(r.phones, 'x') WHERE r.id IN (1,2) RETURNING r.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias s [attack]
BEGIN
-- then
UPDATE housing.profiles AS s SET extra = s.extra, raw = s.raw, partly = s.partly, phones = s.phones, years = s.years WHERE s.id < 9 RETURNING s.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias s [attack]
BEGIN
-- then
UPDATE housing.profiles AS s SET extra = s.extra || '{"zz": 1}', phones = array_append(s.phones, 'x') WHERE s.id IN (1,2) RETURNING s.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias n [attack]
BEGIN
-- then
UPDATE housing.profiles AS n SET extra = n.extra, raw = n.raw, partly = n.partly, phones = n.phones, years = n.years WHERE n.id < 9 RETURNING n.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias n [attack]
BEGIN
-- then
UPDATE housing.profiles AS n SET extra = n.extra || '{"zz": 1}', phones = array_append(n.phones, 'x') WHERE n.id IN (1,2) RETURNING n.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias o [attack]
BEGIN
-- then
UPDATE housing.profiles AS o SET extra = o.extra, raw = o.raw, partly = o.partly, phones = o.phones, years = o.years WHERE o.id < 9 RETURNING o.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias o [attack]
BEGIN
-- then
UPDATE housing.profiles AS o SET extra = o.extra || '{"zz": 1}', phones = array_append(o.phones, 'x') WHERE o.id IN (1,2) RETURNING o.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias w [attack]
BEGIN
-- then
UPDATE housing.profiles AS w SET extra = w.extra, raw = w.raw, partly = w.partly, phones = w.phones, years = w.years WHERE w.id < 9 RETURNING w.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias w [attack]
BEGIN
-- then
UPDATE housing.profiles AS w SET extra = w.extra || '{"zz": 1}', phones = array_append(w.phones, 'x') WHERE w.id IN (1,2) RETURNING w.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias l [attack]
BEGIN
-- then
UPDATE housing.profiles AS l SET extra = l.extra, raw = l.raw, partly = l.partly, phones = l.phones, years = l.years WHERE l.id < 9 RETURNING l.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias l [attack]
BEGIN
-- then
UPDATE housing.profiles AS l SET extra = l.extra || '{"zz": 1}', phones = array_append(l.phones, 'x') WHERE l.id IN (1,2) RETURNING l.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias l0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS l0 SET extra = l0.extra, raw = l0.raw, partly = l0.partly, phones = l0.phones, years = l0.years WHERE l0.id < 9 RETURNING l0.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias l0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS l0 SET extra = l0.extra || '{"zz": 1}', phones = array_append(l0.phones, 'x') WHERE l0.id IN (1,2) RETURNING l0.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias o0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS o0 SET extra = o0.extra, raw = o0.raw, partly = o0.partly, phones = o0.phones, years = o0.years WHERE o0.id < 9 RETURNING o0.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias o0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS o0 SET extra = o0.extra || '{"zz": 1}', phones = array_append(o0.phones, 'x') WHERE o0.id IN (1,2) RETURNING o0.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias w0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS w0 SET extra = w0.extra, raw = w0.raw, partly = w0.partly, phones = w0.phones, years = w0.years WHERE w0.id < 9 RETURNING w0.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias w0 [attack]
BEGIN
-- then
UPDATE housing.profiles AS w0 SET extra = w0.extra || '{"zz": 1}', phones = array_append(w0.phones, 'x') WHERE w0.id IN (1,2) RETURNING w0.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias l1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS l1 SET extra = l1.extra, raw = l1.raw, partly = l1.partly, phones = l1.phones, years = l1.years WHERE l1.id < 9 RETURNING l1.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias l1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS l1 SET extra = l1.extra || '{"zz": 1}', phones = array_append(l1.phones, 'x') WHERE l1.id IN (1,2) RETURNING l1.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias o1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS o1 SET extra = o1.extra, raw = o1.raw, partly = o1.partly, phones = o1.phones, years = o1.years WHERE o1.id < 9 RETURNING o1.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias o1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS o1 SET extra = o1.extra || '{"zz": 1}', phones = array_append(o1.phones, 'x') WHERE o1.id IN (1,2) RETURNING o1.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias w1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS w1 SET extra = w1.extra, raw = w1.raw, partly = w1.partly, phones = w1.phones, years = w1.years WHERE w1.id < 9 RETURNING w1.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias w1 [attack]
BEGIN
-- then
UPDATE housing.profiles AS w1 SET extra = w1.extra || '{"zz": 1}', phones = array_append(w1.phones, 'x') WHERE w1.id IN (1,2) RETURNING w1.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias each [attack]
BEGIN
-- then
UPDATE housing.profiles AS each SET extra = each.extra, raw = each.raw, partly = each.partly, phones = each.phones, years = each.years WHERE each.id < 9 RETURNING each.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias each [attack]
BEGIN
-- then
UPDATE housing.profiles AS each SET extra = each.extra || '{"zz": 1}', phones = array_append(each.phones, 'x') WHERE each.id IN (1,2) RETURNING each.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias value [attack]
BEGIN
-- then
UPDATE housing.profiles AS value SET extra = value.extra, raw = value.raw, partly = value.partly, phones = value.phones, years = value.years WHERE value.id < 9 RETURNING value.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias value [attack]
BEGIN
-- then
UPDATE housing.profiles AS value SET extra = value.extra || '{"zz": 1}', phones = array_append(value.phones, 'x') WHERE value.id IN (1,2) RETURNING value.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias item [attack]
BEGIN
-- then
UPDATE housing.profiles AS item SET extra = item.extra, raw = item.raw, partly = item.partly, phones = item.phones, years = item.years WHERE item.id < 9 RETURNING item.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias item [attack]
BEGIN
-- then
UPDATE housing.profiles AS item SET extra = item.extra || '{"zz": 1}', phones = array_append(item.phones, 'x') WHERE item.id IN (1,2) RETURNING item.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias g [attack]
BEGIN
-- then
UPDATE housing.profiles AS g SET extra = g.extra, raw = g.raw, partly = g.partly, phones = g.phones, years = g.years WHERE g.id < 9 RETURNING g.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias g [attack]
BEGIN
-- then
UPDATE housing.profiles AS g SET extra = g.extra || '{"zz": 1}', phones = array_append(g.phones, 'x') WHERE g.id IN (1,2) RETURNING g.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias d [attack]
BEGIN
-- then
UPDATE housing.profiles AS d SET extra = d.extra, raw = d.raw, partly = d.partly, phones = d.phones, years = d.years WHERE d.id < 9 RETURNING d.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias d [attack]
BEGIN
-- then
UPDATE housing.profiles AS d SET extra = d.extra || '{"zz": 1}', phones = array_append(d.phones, 'x') WHERE d.id IN (1,2) RETURNING d.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias c [attack]
BEGIN
-- then
UPDATE housing.profiles AS c SET extra = c.extra, raw = c.raw, partly = c.partly, phones = c.phones, years = c.years WHERE c.id < 9 RETURNING c.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias c [attack]
BEGIN
-- then
UPDATE housing.profiles AS c SET extra = c.extra || '{"zz": 1}', phones = array_append(c.phones, 'x') WHERE c.id IN (1,2) RETURNING c.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias i [attack]
BEGIN
-- then
UPDATE housing.profiles AS i SET extra = i.extra, raw = i.raw, partly = i.partly, phones = i.phones, years = i.years WHERE i.id < 9 RETURNING i.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias i [attack]
BEGIN
-- then
UPDATE housing.profiles AS i SET extra = i.extra || '{"zz": 1}', phones = array_append(i.phones, 'x') WHERE i.id IN (1,2) RETURNING i.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias u [attack]
BEGIN
-- then
UPDATE housing.profiles AS u SET extra = u.extra, raw = u.raw, partly = u.partly, phones = u.phones, years = u.years WHERE u.id < 9 RETURNING u.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias u [attack]
BEGIN
-- then
UPDATE housing.profiles AS u SET extra = u.extra || '{"zz": 1}', phones = array_append(u.phones, 'x') WHERE u.id IN (1,2) RETURNING u.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias f [attack]
BEGIN
-- then
UPDATE housing.profiles AS f SET extra = f.extra, raw = f.raw, partly = f.partly, phones = f.phones, years = f.years WHERE f.id < 9 RETURNING f.id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias f [attack]
BEGIN
-- then
UPDATE housing.profiles AS f SET extra = f.extra || '{"zz": 1}', phones = array_append(f.phones, 'x') WHERE f.id IN (1,2) RETURNING f.id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: documents under the alias "menshen" [attack]
BEGIN
-- then
UPDATE housing.profiles AS "menshen" SET extra = "menshen".extra, raw = "menshen".raw, partly = "menshen".partly, phones = "menshen".phones, years = "menshen".years WHERE "menshen".id < 9 RETURNING "menshen".id
-- then
SELECT id, extra, raw, partly, phones, years FROM housing.profiles WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: a part of documents under the alias "menshen" [attack]
BEGIN
-- then
UPDATE housing.profiles AS "menshen" SET extra = "menshen".extra || '{"zz": 1}', phones = array_append("menshen".phones, 'x') WHERE "menshen".id IN (1,2) RETURNING "menshen".id
-- then
SELECT id, extra, phones FROM housing.profiles WHERE id < 3 ORDER BY id
-- then
ROLLBACK
-- case: raw as escaped stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as escaped stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as escaped stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as escaped stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as escaped stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as escaped stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138\u002a\u002a\u002a\u002a0024","level":1}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as escaped key [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"ph\u006fne":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as escaped key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"ph\u006fne":"138****0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as escaped key [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"ph\u006fne":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as escaped key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"ph\u006fne":"138****0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as escaped key [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"ph\u006fne":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as escaped key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"ph\u006fne":"138****0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as two keys [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138****0024","phone":"13811112222"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as two keys [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138****0024","phone":"13811112222"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as two keys [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138****0024","phone":"13811112222"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as two keys [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138****0024","phone":"13811112222"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as two keys [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138****0024","phone":"13811112222"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as two keys [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138****0024","phone":"13811112222"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as two keys, other order [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"13811112222","phone":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as two keys, other order [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"13811112222","phone":"138****0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as two keys, other order [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"13811112222","phone":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as two keys, other order [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"13811112222","phone":"138****0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as two keys, other order [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"13811112222","phone":"138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as two keys, other order [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"13811112222","phone":"138****0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138＊＊＊＊0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138＊＊＊＊0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138＊＊＊＊0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138＊＊＊＊0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138＊＊＊＊0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138＊＊＊＊0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as escaped wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as escaped wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as escaped wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as escaped wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as escaped wide stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as escaped wide stars [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138\uff0a\uff0a\uff0a\uff0a0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as slash [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138\/****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as slash [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138\/****0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as slash [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138\/****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as slash [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138\/****0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as slash [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138\/****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as slash [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138\/****0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as number [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":13800000024}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as number [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":13800000024}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as number [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":13800000024}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as number [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":13800000024}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as number [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":13800000024}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as number [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":13800000024}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as a mask as a key [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"138****0024":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as a mask as a key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"138****0024":1}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as a mask as a key [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"138****0024":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as a mask as a key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"138****0024":1}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as a mask as a key [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"138****0024":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as a mask as a key [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"138****0024":1}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as a nested mask [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"x":[["138****0024"]]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as a nested mask [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"x":[["138****0024"]]}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as a nested mask [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"x":[["138****0024"]]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as a nested mask [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"x":[["138****0024"]]}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as a nested mask [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"x":[["138****0024"]]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as a nested mask [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"x":[["138****0024"]]}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as a mask within a text [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"note":"call 138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as a mask within a text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"note":"call 138****0024"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as a mask within a text [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"note":"call 138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as a mask within a text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"note":"call 138****0024"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as a mask within a text [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"note":"call 138****0024"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as a mask within a text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"note":"call 138****0024"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as lone surrogate [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"\ud83d","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as lone surrogate [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"\ud83d","level":1}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as lone surrogate [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"\ud83d","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as lone surrogate [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"\ud83d","level":1}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as lone surrogate [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"\ud83d","level":1}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as lone surrogate [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"\ud83d","level":1}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as nul [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":"138\u0000\u002a\u002a"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as nul [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":"138\u0000\u002a\u002a"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as nul [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":"138\u0000\u002a\u002a"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as nul [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":"138\u0000\u002a\u002a"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as nul [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":"138\u0000\u002a\u002a"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as nul [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":"138\u0000\u002a\u002a"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as deep [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as deep [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as deep [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as deep [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as deep [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as deep [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["138****0024"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as blank [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '  { "phone" :  "138****0024" , "level" : 1 }  ' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as blank [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '  { "phone" :  "138****0024" , "level" : 1 }  ') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as blank [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '  { "phone" :  "138****0024" , "level" : 1 }  ' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as blank [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '  { "phone" :  "138****0024" , "level" : 1 }  ') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as blank [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '  { "phone" :  "138****0024" , "level" : 1 }  ' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as blank [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '  { "phone" :  "138****0024" , "level" : 1 }  ') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as null phone [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone":null}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as null phone [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"phone":null}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as null phone [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":null}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as null phone [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"phone":null}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as null phone [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"phone":null}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as null phone [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"phone":null}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as empty [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as empty [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as empty [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as empty [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as empty [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as empty [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as contacts as text [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"contacts":"王**"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as contacts as text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"contacts":"王**"}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as contacts as text [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"contacts":"王**"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as contacts as text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"contacts":"王**"}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as contacts as text [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"contacts":"王**"}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as contacts as text [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"contacts":"王**"}') RETURNING id, partly
-- then
ROLLBACK
-- case: raw as contacts of masks [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: raw inserted as contacts of masks [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, raw) VALUES (1, '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}') RETURNING id, raw
-- then
ROLLBACK
-- case: extra as contacts of masks [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: extra inserted as contacts of masks [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, extra) VALUES (1, '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}') RETURNING id, extra
-- then
ROLLBACK
-- case: partly as contacts of masks [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}' WHERE id = 1 RETURNING id
-- then
SELECT id,extra,raw,partly,phones,years,mobile,id_no,home FROM housing.profiles WHERE id=1
-- then
ROLLBACK
-- case: partly inserted as contacts of masks [attack]
BEGIN
-- then
DELETE FROM housing.profiles WHERE id = 1
-- then
INSERT INTO housing.profiles (id, partly) VALUES (1, '{"contacts":[{"name":"王**","phone":"138****0024"},{"name":"王**","phone":"138****0024"}]}') RETURNING id, partly
-- then
ROLLBACK
-- case: profiles: jsonb_strip_nulls [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_strip_nulls(extra) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: minus a key [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = extra - 'phone' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: minus a path [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = extra #- '{contacts,0,phone}' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: merged null [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = extra || '{"phone": null}' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: jsonb_set_lax [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_set_lax(extra, '{phone}', NULL, true, 'delete_key') WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: minus keys [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = extra - ARRAY['level','card'] WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: minus an index [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = (extra -> 'contacts') - 0 WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: concatenated lists [attack]
BEGIN
-- then
UPDATE housing.profiles SET years = years || years WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a slice [attack]
BEGIN
-- then
UPDATE housing.profiles SET years[1:1] = ARRAY['2000-02-02'::date] WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: trimmed [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = trim_array(phones, 1) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: replaced [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = array_replace(phones, 'x', 'y') WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: filled [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = array_fill('138****0024'::varchar, ARRAY[2]) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: from text [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = string_to_array('138****0024,x', ',') WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: with bounds [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = '[0:1]={138****0024,NULL}' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: two dimensions [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = '{{138****0024,x},{y,z}}' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: years as text [attack]
BEGIN
-- then
UPDATE housing.profiles SET years = '{1990-01-01,NULL}' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: years beside [attack]
BEGIN
-- then
UPDATE housing.profiles SET years = ARRAY['1990-01-01'::date,'1990-01-01'] WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a row [attack]
BEGIN
-- then
UPDATE housing.profiles SET home = ROW('x',1) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a row as text [attack]
BEGIN
-- then
UPDATE housing.profiles SET home = '(x,1)' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a row of stars [attack]
BEGIN
-- then
UPDATE housing.profiles SET home = '(山东省****,1)' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: nothing [attack]
BEGIN
-- then
UPDATE housing.profiles SET home = NULL WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a domain [attack]
BEGIN
-- then
UPDATE housing.profiles SET mobile = '138****0024'::housing.phone_number WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a domain too long [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET mobile = '138111122223333444455556' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a domain with a check [attack]
BEGIN
-- then
UPDATE housing.profiles SET id_no = 'abc' WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: several at once [attack]
BEGIN
-- then
UPDATE housing.profiles SET (mobile, id_no) = (mobile, id_no) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: several from a row [attack]
BEGIN
-- then
UPDATE housing.profiles SET (mobile, phones) = ROW('13811112222', phones) WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: one twice [attack]
BEGIN
-- then
UPDATE housing.profiles SET mobile = mobile, mobile = mobile WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: profiles: a field and all [attack]
BEGIN
-- then
UPDATE housing.profiles SET home = home, home.door = 1 WHERE id IN (1, 2) RETURNING id
-- then
SELECT id,extra,phones,years,mobile,id_no,home FROM housing.profiles WHERE id IN (1,2) ORDER BY id
-- then
ROLLBACK
-- case: view inserted [attack]
BEGIN
-- then
INSERT INTO housing.buyer_cards (id, name, phone) VALUES (90001, '王五', '13811112222')
-- then
ROLLBACK
-- case: view updated [attack]
BEGIN
-- then
UPDATE housing.buyer_cards SET phone = phone, name = name WHERE id < 4 RETURNING *
-- then
ROLLBACK
-- case: view updated by a mask [attack]
BEGIN
-- then
UPDATE housing.buyer_cards SET phone = '138****9999' WHERE id < 4 RETURNING *
-- then
ROLLBACK
-- case: view of a barrier [attack]
BEGIN
-- then
UPDATE housing.guarded SET phone = phone WHERE id < 9 RETURNING id
-- then
ROLLBACK
-- case: view of a barrier, out of it [attack]
BEGIN
-- then
UPDATE housing.guarded SET name = '王五' WHERE id < 9 RETURNING *
-- then
ROLLBACK
-- case: view not simple [attack]
BEGIN
-- then
UPDATE housing.everyone SET phone = '1'
-- then
ROLLBACK
-- case: view deleted [attack]
BEGIN
-- then
DELETE FROM housing.card_names WHERE title LIKE '王%' RETURNING *
-- then
ROLLBACK
-- case: view merged [attack]
BEGIN
-- then
MERGE INTO housing.buyer_cards t USING (VALUES (1)) s(id) ON t.id = s.id WHEN MATCHED THEN UPDATE SET phone = '13811112222'
-- then
ROLLBACK
-- case: view in conflict [attack]
BEGIN
-- then
INSERT INTO housing.buyer_cards AS b (id, name, phone) VALUES (1, '王五', '13811112222') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone RETURNING *
-- then
ROLLBACK
-- case: generated [attack interference]
BEGIN
-- then
UPDATE housing.contacts SET last4 = '1234'
-- then
ROLLBACK
-- case: generated as default [attack]
BEGIN
-- then
UPDATE housing.contacts SET last4 = DEFAULT WHERE id = 1 RETURNING *
-- then
ROLLBACK
-- case: generated inserted [attack interference]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone, last4) VALUES (900, '13811112222', 'x')
-- then
ROLLBACK
-- case: generated by default [attack]
BEGIN
-- then
INSERT INTO housing.contacts VALUES (900, '13811112222', DEFAULT, DEFAULT) RETURNING *
-- then
ROLLBACK
-- case: moved to another partition [attack]
BEGIN
-- then
UPDATE housing.payments SET paid_on = '2024-06-06', payer_name = payer_name WHERE id < 3 RETURNING *
-- then
ROLLBACK
-- case: moved by a conflict [attack]
BEGIN
-- then
INSERT INTO housing.payments SELECT 1, 1, '2023-03-02', 5, '王五' ON CONFLICT (id, paid_on) DO UPDATE SET paid_on = '2024-06-06', payer_name = EXCLUDED.payer_name RETURNING *
-- then
ROLLBACK
-- case: partition itself [attack]
BEGIN
-- then
UPDATE housing.payments_2023 SET payer_name = payer_name WHERE id < 3 RETURNING *
-- then
ROLLBACK
-- case: partition by a mask [attack]
BEGIN
-- then
UPDATE housing.payments_2023 SET payer_name = '张**' WHERE id < 3 RETURNING *
-- then
ROLLBACK
-- case: partition, out of it [attack]
BEGIN
-- then
UPDATE housing.payments_2023 SET paid_on = '2024-06-06' WHERE id < 3
-- then
ROLLBACK
-- case: child [attack]
BEGIN
-- then
UPDATE housing.leads_archive SET phone = phone, name = name RETURNING id, phone
-- then
ROLLBACK
-- case: child by a mask [attack]
BEGIN
-- then
UPDATE housing.leads_archive SET phone = '138****9999'
-- then
ROLLBACK
-- case: parent with children [attack]
BEGIN
-- then
UPDATE housing.leads SET phone = phone RETURNING id, phone
-- then
ROLLBACK
-- case: parent alone [attack]
BEGIN
-- then
UPDATE ONLY housing.leads SET phone = '13811112222' WHERE id < 3 RETURNING *
-- then
ROLLBACK
-- case: parent with star [attack]
BEGIN
-- then
UPDATE housing.leads * SET name = name WHERE id > 58 RETURNING *
-- then
ROLLBACK
-- case: child inserted [attack]
BEGIN
-- then
INSERT INTO housing.leads_archive (id, name, phone, archived_on) VALUES (900, '王五', '138****1111', '2020-01-01')
-- then
ROLLBACK
-- case: two rows for a subquery [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (SELECT x FROM (VALUES ('a'), ('b')) v(x)) WHERE id = 1
-- then
ROLLBACK
-- case: no row for a subquery [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = (SELECT 'x' WHERE false) WHERE id = 1 RETURNING phone
-- then
ROLLBACK
-- case: a column called as its table [attack]
BEGIN
-- then
UPDATE housing.buyers AS phone SET phone = phone.phone WHERE phone.id = 1 RETURNING phone.phone
-- then
ROLLBACK
-- case: a table called as its column [attack]
BEGIN
-- then
UPDATE housing.buyers AS phone SET phone = phone WHERE id = 1
-- then
ROLLBACK
-- case: FROM called menshen [attack]
BEGIN
-- then
UPDATE housing.buyers b SET phone = menshen.p FROM (VALUES (1, '13911112222')) menshen(id, p) WHERE menshen.id = b.id RETURNING b.phone
-- then
ROLLBACK
-- case: FROM called menshen with v [attack]
BEGIN
-- then
UPDATE housing.buyers b SET phone = menshen.v FROM (VALUES (1, '13911112222')) menshen(id, v) WHERE menshen.id = b.id RETURNING b.phone
-- then
ROLLBACK
-- case: FROM called menshen with v, a mask [attack]
BEGIN
-- then
UPDATE housing.buyers b SET phone = menshen.v FROM (VALUES (1, '138****9999')) menshen(id, v) WHERE menshen.id = b.id RETURNING b.phone
-- then
ROLLBACK
-- case: WITH called menshen [attack]
BEGIN
-- then
WITH menshen(v) AS (VALUES ('13911112222')) UPDATE housing.buyers b SET phone = (SELECT v FROM menshen) WHERE id = 1 RETURNING phone
-- then
ROLLBACK
-- case: FROM called restored with v [attack]
BEGIN
-- then
UPDATE housing.profiles b SET extra = restored.v FROM (VALUES (1, '{"phone":"13911112222"}'::jsonb)) restored(id, v) WHERE restored.id = b.id RETURNING b.extra
-- then
ROLLBACK
-- case: inserted twice [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone, phone) VALUES (1, 'a', 'b')
-- then
ROLLBACK
-- case: assigned twice [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = 'a', phone = 'b' WHERE id = 1
-- then
ROLLBACK
-- case: too many values [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) VALUES (90001, 'a', 'b')
-- then
ROLLBACK
-- case: too few values [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone, name) VALUES (90001, 'a')
-- then
ROLLBACK
-- case: rows of other lengths [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) VALUES (90001, 'a'), (90002)
-- then
ROLLBACK
-- case: no columns [attack]
BEGIN
-- then
INSERT INTO housing.leads DEFAULT VALUES
-- then
ROLLBACK
-- case: overriding [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) OVERRIDING SYSTEM VALUE VALUES (90001, '13811112222') RETURNING *
-- then
ROLLBACK
-- case: rows and defaults [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, DEFAULT, '13811112222'), (90002, 'x', DEFAULT) RETURNING *
-- then
ROLLBACK
-- case: rows and one mask [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (90001, 'x', '13811112222'), (90002, 'y', '138****2222')
-- then
ROLLBACK
-- case: selected with an order [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) SELECT i, 'x', '1381111222' || i - 90000 FROM generate_series(90001, 90003) i ORDER BY i DESC LIMIT 2 RETURNING *
-- then
ROLLBACK
-- case: selected a mask [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) SELECT 90001, 'x', '138****2222' WHERE true
-- then
ROLLBACK
-- case: selected from values [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) SELECT a, b, c FROM (VALUES (90001, 'x', '138****2222')) v(a, b, c)
-- then
ROLLBACK
-- case: selected of a union [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, source) SELECT 90001, 'x' UNION SELECT 90002, 'y' RETURNING *
-- then
ROLLBACK
-- case: conflict, nothing [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name, phone) VALUES (1, 'x', '13811112222') ON CONFLICT DO NOTHING RETURNING *
-- then
ROLLBACK
-- case: conflict on a constraint [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) VALUES (1, '13811112222') ON CONFLICT ON CONSTRAINT leads_pkey DO UPDATE SET phone = EXCLUDED.phone, name = leads.name RETURNING *
-- then
ROLLBACK
-- case: conflict on what is no key [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) VALUES (1, '13811112222') ON CONFLICT (phone) DO NOTHING
-- then
ROLLBACK
-- case: conflict twice [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, phone) VALUES (1, '13811112222'), (1, '13811112223') ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone
-- then
ROLLBACK
-- case: conflict with a default [attack]
BEGIN
-- then
INSERT INTO housing.leads (id, name) VALUES (1, '王五') ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone RETURNING *
-- then
ROLLBACK
-- case: conflict as a row [attack]
BEGIN
-- then
INSERT INTO housing.leads AS l (id, name, phone) VALUES (1, '王五', '13811112222') ON CONFLICT (id) DO UPDATE SET (name, phone) = ROW(EXCLUDED.name, l.phone) RETURNING *
-- then
ROLLBACK
-- case: conflict as a subquery [attack]
BEGIN
-- then
INSERT INTO housing.leads AS l (id, name, phone) VALUES (1, '王五', '13811112222') ON CONFLICT (id) DO UPDATE SET (name, source) = (SELECT 'a', 'b') RETURNING *
-- then
ROLLBACK
-- case: merge, all ways [attack]
BEGIN
-- then
MERGE INTO housing.leads t USING (VALUES (1, '13811112222'), (2, NULL), (90001, '13811112223')) s(id, p) ON t.id = s.id WHEN MATCHED AND s.p IS NULL THEN DELETE WHEN MATCHED THEN UPDATE SET phone = s.p, name = t.name WHEN NOT MATCHED THEN INSERT (id, phone) VALUES (s.id, s.p)
-- then
ROLLBACK
-- case: merge, default values [attack]
BEGIN
-- then
MERGE INTO housing.leads t USING (VALUES (1)) s(id) ON t.id = s.id AND false WHEN NOT MATCHED THEN INSERT DEFAULT VALUES
-- then
ROLLBACK
-- case: merge, twice [attack]
BEGIN
-- then
MERGE INTO housing.leads t USING (VALUES (1, 'a'), (1, 'b')) s(id, p) ON t.id = s.id WHEN MATCHED THEN UPDATE SET source = s.p
-- then
ROLLBACK
-- case: merge, condition over masks [attack]
BEGIN
-- then
MERGE INTO housing.leads t USING (VALUES (1), (2), (3)) s(id) ON t.id = s.id WHEN MATCHED AND t.phone LIKE '13%' THEN UPDATE SET source = 'm' WHEN MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: merge, a mask of its own [attack]
BEGIN
-- then
MERGE INTO housing.leads t USING housing.leads s ON t.id = s.id WHEN MATCHED THEN UPDATE SET phone = t.phone
-- then
ROLLBACK
-- case: merge with a WITH [attack]
BEGIN
-- then
WITH n(id, p) AS (VALUES (1, '13811112222')) MERGE INTO housing.leads t USING n ON t.id = n.id WHEN MATCHED THEN UPDATE SET phone = n.p
-- then
ROLLBACK
-- case: a key that is missing [attack]
BEGIN
-- then
INSERT INTO housing.calls (id, phone, buyer_id, at, seconds) VALUES (90001, '13811112222', 999999, now(), 1)
-- then
ROLLBACK
-- case: a null where there may be none [attack]
BEGIN
-- then
INSERT INTO housing.co_buyers (contract_id, ordinal, name, phone) VALUES (1, 9, NULL, '13811112222')
-- then
ROLLBACK
-- case: a null by UPDATE [attack]
BEGIN
-- then
UPDATE housing.co_buyers SET name = NULL WHERE contract_id = 1
-- then
ROLLBACK
-- case: a key that is there [attack]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (1, '13811112222')
-- then
ROLLBACK
-- case: too long [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET id_no = '3702021990010112345' WHERE id = 1
-- then
ROLLBACK
-- case: too long inserted [attack]
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES (900, '138111122223333444455')
-- then
ROLLBACK
-- case: too large [attack]
BEGIN
-- then
UPDATE housing.buyers SET income = 12345678901.5 WHERE id = 1
-- then
ROLLBACK
-- case: returning aliases [attack]
BEGIN
-- then
UPDATE housing.buyers b SET level = 3 WHERE id = 1 RETURNING b.phone AS p, upper(b.name) u, b.income + 1, (SELECT b.phone), b.phone IS NULL, ARRAY[b.phone], ROW(b.phone), b.extra, to_json(b) ->> 'phone'
-- then
ROLLBACK
-- case: returning through WITH [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.buyers SET phone = '13811112222' WHERE id = 1 RETURNING phone, name) SELECT u.*, b.phone FROM u JOIN housing.buyers b ON b.id = 1
-- then
ROLLBACK
-- case: two writes of one row [attack]
BEGIN
-- then
WITH u AS (UPDATE housing.buyers SET level = 5 WHERE id = 1 RETURNING id) UPDATE housing.buyers SET phone = '13811112222' WHERE id = (SELECT id FROM u) RETURNING id, phone, level
-- then
ROLLBACK
-- case: delete of what a write uses [attack]
BEGIN
-- then
WITH d AS (DELETE FROM housing.contacts WHERE id < 4 RETURNING id, phone) SELECT count(*), min(phone) FROM d
-- then
ROLLBACK
-- case: second of three is a stale mask [attack]
BEGIN
-- then
UPDATE housing.contacts SET id = id WHERE id = 1; UPDATE housing.buyers SET phone = '138****9999' WHERE id = 1; SELECT 1
-- then
ROLLBACK
-- case: prepared with a mask [attack]
BEGIN
-- then
PREPARE u(text, int) AS UPDATE housing.buyers SET phone = $1 WHERE id = $2 RETURNING phone
-- then
EXECUTE u('138****9999', 1)
-- then
ROLLBACK
-- case: prepared with a value [attack]
BEGIN
-- then
PREPARE u AS UPDATE housing.buyers SET phone = $1, born = $3 WHERE id = $2 RETURNING phone, born
-- then
EXECUTE u('13811112222', 1, '1990-05-05')
-- then
ROLLBACK
-- case: prepared with an expression [attack]
BEGIN
-- then
PREPARE u AS UPDATE housing.buyers SET phone = $1 WHERE id = $2
-- then
EXECUTE u('138' || repeat('*', 4) || '0000', 1)
-- then
ROLLBACK
-- case: prepared with a subquery [attack]
BEGIN
-- then
PREPARE u AS UPDATE housing.buyers SET phone = $1 WHERE id = $2
-- then
EXECUTE u((SELECT '1'), 1)
-- then
ROLLBACK
-- case: locked, then written [attack]
BEGIN
-- then
SELECT id, phone FROM housing.buyers WHERE id = 1 FOR UPDATE
-- then
UPDATE housing.buyers SET phone = '13811112222' WHERE id = 1
-- then
SELECT phone FROM housing.buyers WHERE id = 1
-- then
ROLLBACK
-- case: savepoints and a guard [attack]
BEGIN
-- then
SAVEPOINT a
-- then
UPDATE housing.buyers SET phone = '138****9999' WHERE id = 1
-- then
ROLLBACK TO a
-- then
UPDATE housing.buyers SET phone = '13811112222' WHERE id = 1 RETURNING phone
-- then
RELEASE a
-- then
SELECT phone FROM housing.buyers WHERE id = 1
-- then
ROLLBACK
-- case: written, then read in other ways [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '13811112222', name = '王五六', born = '1990-05-05', income = 123456 WHERE id = 1
-- then
SELECT name, phone, born, income FROM housing.buyers WHERE id = 1
-- then
SELECT phone FROM housing.buyer_cards WHERE id = 1
-- then
SELECT count(*) FROM housing.buyers WHERE phone = '138****2222'
-- then
ROLLBACK
-- case: cursor over what is written [attack]
BEGIN
-- then
DECLARE c CURSOR FOR SELECT id, phone FROM housing.buyers WHERE id < 4 ORDER BY id FOR UPDATE
-- then
FETCH c
-- then
UPDATE housing.buyers SET phone = '13811112222' WHERE CURRENT OF c RETURNING id, phone
-- then
FETCH c
-- then
DELETE FROM housing.leads WHERE CURRENT OF c
-- then
ROLLBACK
-- case: insensitive cursor [attack]
BEGIN
-- then
DECLARE c INSENSITIVE CURSOR FOR SELECT id, phone FROM housing.buyers WHERE id < 4 ORDER BY id
-- then
UPDATE housing.buyers SET phone = '13811112222' WHERE id = 1
-- then
FETCH ALL FROM c
-- then
ROLLBACK
-- case: temporary table called menshen [attack]
BEGIN
-- then
CREATE TEMP TABLE menshen (v text)
-- then
INSERT INTO menshen VALUES ('13811112222')
-- then
UPDATE housing.buyers SET phone = (SELECT v FROM menshen) WHERE id = 1 RETURNING phone
-- then
UPDATE menshen SET v = '138****9999' RETURNING v
-- then
ROLLBACK
-- case: temporary table called restored [attack]
BEGIN
-- then
CREATE TEMP TABLE restored (v jsonb)
-- then
INSERT INTO restored VALUES ('{"phone":"13811112222"}')
-- then
UPDATE housing.profiles SET extra = (SELECT v FROM restored) WHERE id = 1 RETURNING extra
-- then
ROLLBACK
-- case: temporary table with a trigger name [attack]
BEGIN
-- then
CREATE TEMP TABLE pg_class (relname text)
-- then
SELECT count(*) FROM pg_class
-- then
INSERT INTO pg_class VALUES ('x')
-- then
SELECT count(*) > 0 FROM pg_catalog.pg_class
-- then
ROLLBACK
-- case: the message of the guard by hand [attack]
BEGIN
-- then
SELECT 'menshen:masked:1.1'::int
-- then
ROLLBACK
-- case: the message of the guard for a column [attack]
BEGIN
-- then
SELECT ('menshen:masked:' || 'housing.buyers'::regclass::oid || '.4')::int
-- then
ROLLBACK
-- case: long payload [attack]
LISTEN items
-- then
SELECT length(repeat('x', 7999))
-- then
SELECT pg_notify('items', repeat('x', 8000))
-- case: empty channel [attack]
NOTIFY ""
-- then
SELECT pg_notify('', 'x')
-- then
SELECT pg_notify(NULL, 'x')
-- then
SELECT pg_notify(repeat('c', 64), 'x')
-- then
LISTEN cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
-- case: lock modes [attack]
BEGIN
-- then
LOCK TABLE housing.buyers IN ACCESS SHARE MODE
-- then
LOCK TABLE housing.buyers IN ROW EXCLUSIVE MODE NOWAIT
-- then
LOCK TABLE housing.call_names IN ACCESS SHARE MODE
-- then
LOCK housing.projects
-- then
ROLLBACK
-- case: constraints [attack]
BEGIN
-- then
SET CONSTRAINTS ALL DEFERRED
-- then
SET CONSTRAINTS nope DEFERRED
-- then
ROLLBACK
-- case: chain [attack]
BEGIN ISOLATION LEVEL REPEATABLE READ
-- then
SET LOCAL search_path = app
-- then
COMMIT AND CHAIN
-- then
SHOW transaction_isolation
-- then
SHOW search_path
-- then
ROLLBACK AND CHAIN
-- then
SELECT 1
-- then
ROLLBACK
-- case: savepoints and paths [attack]
SET search_path = app
-- then
BEGIN
-- then
SAVEPOINT a
-- then
SET search_path = housing
-- then
SELECT count(*) FROM projects
-- then
ROLLBACK TO a
-- then
SELECT count(*) FROM projects
-- then
ROLLBACK TO a
-- then
RELEASE a
-- then
SELECT count(*) FROM settings WHERE key = 'city'
-- then
COMMIT
-- case: released and rolled back [attack]
SET search_path = app
-- then
BEGIN
-- then
SAVEPOINT a
-- then
SET LOCAL search_path = housing
-- then
RELEASE a
-- then
SELECT count(*) FROM projects
-- then
COMMIT
-- then
SELECT count(*) FROM projects
-- case: reset [attack]
SET search_path = housing
-- then
BEGIN
-- then
RESET search_path
-- then
SELECT count(*) FROM projects
-- then
ROLLBACK
-- then
SELECT count(*) FROM projects
-- then
SET search_path TO DEFAULT
-- then
SELECT count(*) FROM projects
-- case: reset all [attack]
SET search_path = housing
-- then
SET timezone = 'Asia/Tokyo'
-- then
RESET ALL
-- then
SHOW timezone
-- then
SELECT count(*) FROM projects
-- case: path in quotes [attack]
SET search_path = 'housing, app'
-- then
SELECT count(*) FROM projects
-- then
SET search_path = '"housing",app'
-- then
SELECT count(*) FROM projects
-- then
SELECT set_config('search_path', 'housing,  app', false)
-- then
SELECT count(*) FROM projects
-- then
SELECT set_config('search_path', 'housing app', false)
-- case: path of pg_temp [attack]
SET search_path = pg_temp, housing
-- then
CREATE TEMP TABLE projects (shadow int)
-- then
SELECT * FROM projects
-- then
DROP TABLE projects
-- then
SELECT count(*) FROM projects
-- then
CREATE TABLE pg_temp.buildings AS SELECT 1 AS one
-- then
SELECT * FROM buildings
-- case: prepared across a path [attack]
SET search_path = housing
-- then
PREPARE p AS SELECT count(*) FROM projects
-- then
SET search_path = app
-- then
EXECUTE p
-- then
CREATE TEMP TABLE projects (a int)
-- then
EXECUTE p
-- then
DEALLOCATE p
-- case: prepared across a temporary table [attack interference]
CREATE TEMP TABLE z AS SELECT 1 AS a
-- then
PREPARE p AS SELECT * FROM z
-- then
EXECUTE p
-- then
ALTER TABLE z ADD b int
-- then
EXECUTE p
-- then
DROP TABLE z
-- then
EXECUTE p
-- then
CREATE TEMP TABLE z AS SELECT 2 AS a
-- then
EXECUTE p
-- case: discard temp [attack interference]
CREATE TEMP TABLE z AS SELECT 1 AS a
-- then
PREPARE p AS SELECT * FROM z
-- then
DISCARD TEMP
-- then
EXECUTE p
-- then
SELECT * FROM z
-- then
DISCARD PLANS
-- then
DISCARD SEQUENCES
-- case: enormous numbers [attack]
SELECT 1e1000
-- then
SELECT 1e131071::text::int
-- then
SELECT repeat('9', 200)::numeric
-- then
SELECT 9223372036854775808::bigint
-- then
SELECT -9223372036854775808
-- then
SELECT 2147483648::int
-- case: row limits [attack]
FETCH 0 FROM nope
-- then
SELECT 1 LIMIT -1
-- then
SELECT 1 OFFSET -1
-- then
SELECT 1 FETCH FIRST -1 ROWS ONLY
-- then
SELECT 1 LIMIT 'x'
