-- channel: values by settings, types, session state and side effects of statements in combination
-- search_path: housing
-- case: update buyers set born select born where id 2 returning id [attack]
SET datestyle='SQL, DMY'
-- then
BEGIN
-- then
UPDATE buyers SET born='01/02/1975' WHERE id=1 RETURNING id, born
-- then
UPDATE buyers SET born=(SELECT born) WHERE id=2 RETURNING id, born
-- then
UPDATE buyers SET born='01/01/1996' WHERE id<20 RETURNING id, born
-- then
ROLLBACK
-- case: select born text years text from buyers join profiles usin [attack]
BEGIN
-- then
SET LOCAL datestyle='ISO, YMD'
-- then
SAVEPOINT a
-- then
SET LOCAL datestyle='SQL, DMY'
-- then
SELECT born::text, years::text FROM buyers JOIN profiles USING (id) WHERE id<4 ORDER BY id
-- then
ROLLBACK TO a
-- then
SELECT born::text, years::text FROM buyers JOIN profiles USING (id) WHERE id<4 ORDER BY id
-- then
ROLLBACK
-- case: select income money from buyers where id 4 order by id [attack]
SET lc_monetary='zh_CN.UTF-8'
-- then
SELECT income::money FROM buyers WHERE id<4 ORDER BY id
-- case: select name xml from buyers where id 4 order by id [attack]
SELECT name::xml FROM buyers WHERE id<4 ORDER BY id
-- case: select to_tsvector phone to_tsvector extra from buyers whe [attack]
SET default_text_search_config='pg_catalog.english'
-- then
SELECT to_tsvector(phone), to_tsvector(extra) FROM buyers WHERE id<4 ORDER BY id
-- case: select born timestamptz text extract epoch from born times [attack]
SET timezone='Asia/Tokyo'
-- then
SELECT born::timestamptz::text, extract(epoch from born::timestamptz) FROM buyers WHERE id<4 ORDER BY id
-- case: select count * from calls where phone is null [attack]
SET timezone='EST5EDT'
-- then
SELECT count(*) FROM calls WHERE phone IS NULL
-- case: set array_nulls off [refused]
SET array_nulls=off
-- case: select phone regclass from buyers where id 1 [attack]
SELECT phone::regclass FROM buyers WHERE id=1
-- case: update buyers set income 560000 float8 where id 1 returnin [attack interference]
SET extra_float_digits=-15
-- then
BEGIN
-- then
UPDATE buyers SET income='560000'::float8 WHERE id=1 RETURNING income
-- then
ROLLBACK
-- case: select count * count phone min at filter where phone is no [attack]
SET timezone='Europe/Dublin'
-- then
SELECT count(*), count(phone), min(at) FILTER (WHERE phone IS NOT NULL), max(at) FILTER (WHERE phone IS NULL) FROM calls
-- case: select phone count * from buyers group by phone order by p [attack]
SET timezone='Antarctica/Troll'
-- then
SELECT phone, count(*) FROM buyers GROUP BY phone ORDER BY phone LIMIT 4
-- case: select id jsonb_path_query_array extra contacts * phone li [attack]
SELECT id, jsonb_path_query_array(extra,'$.contacts[*] ? (@.phone like_regex $p)','{"p":"139"}') FROM profiles WHERE id<9 ORDER BY id
-- case: select id jsonb_path_query extra ** from profiles where id [attack]
SELECT id, jsonb_path_query(extra,'$.**') FROM profiles WHERE id<5 ORDER BY id, 2
-- case: select id jsonb_path_exists extra phone v jsonb_build_obje [attack]
SELECT id, jsonb_path_exists(extra,'$.phone ? (@ == $v)', jsonb_build_object('v', mobile)) FROM profiles WHERE id<9 ORDER BY id
-- case: select id jsonb_path_query extra contacts last phone doubl [attack]
SELECT id, jsonb_path_query(extra,'$.contacts[last].phone.double()',silent=>true) FROM profiles WHERE id<9 ORDER BY id
-- case: select id extra contacts 0 phone extra contacts 1 from pro [attack]
SELECT id, extra['contacts'][0]['phone'], extra['contacts'][-1] FROM profiles WHERE id<9 ORDER BY id
-- case: select id jsonb_object_keys extra from profiles where id 4 [attack]
SELECT id, jsonb_object_keys(extra) FROM profiles WHERE id<4 ORDER BY id,2
-- case: select id r * from profiles jsonb_to_record extra as r pho [attack]
SELECT id, r.* FROM profiles, jsonb_to_record(extra) AS r(phone varchar(4), card numeric, contacts jsonb[]) WHERE id=2
-- case: select id jsonb_populate_record null housing leads extra f [attack]
SELECT id, jsonb_populate_record(NULL::housing.leads, extra) FROM profiles WHERE id<4 ORDER BY id
-- case: select id json_populate_record l p raw * from profiles p j [attack interference]
SELECT id, (json_populate_record(l, p.raw)).* FROM profiles p JOIN leads l USING (id) WHERE id<4 ORDER BY id
-- case: select id from profiles order by extra id limit 9 [attack]
SELECT id FROM profiles ORDER BY extra, id LIMIT 9
-- case: select jsonb_hash extra id from profiles where id 4 order [attack]
SELECT jsonb_hash(extra), id FROM profiles WHERE id<4 ORDER BY id
-- case: select jsonb_agg extra order by id jsonb_object_agg id par [attack]
SELECT jsonb_agg(extra ORDER BY id), jsonb_object_agg(id,partly) FROM profiles WHERE id<4
-- case: select id jsonb_pretty extra jsonb_strip_nulls partly json [attack]
SELECT id, jsonb_pretty(extra), jsonb_strip_nulls(partly), jsonb_array_length(extra->'contacts') FROM profiles WHERE id=2
-- case: select id phones 1 1 phones 2 phones 2 1 1 array_dims phon [attack]
SELECT id, phones[1:1], phones[2:], phones[:2][1:1], array_dims(phones), array_lower(phones,1) FROM profiles WHERE id<12 ORDER BY id
-- case: select id 13975790011 any phones 139****0011 all phones ph [attack]
SELECT id, '13975790011' = ANY(phones), '139****0011' = ALL(phones), phones && ARRAY['139****0011']::varchar[] FROM profiles WHERE id<9 ORDER BY id
-- case: select id u * from profiles unnest phones years with ordin [attack]
SELECT id, u.* FROM profiles, unnest(phones, years) WITH ORDINALITY u(p,y,n) WHERE id<9 ORDER BY id,n
-- case: select array_agg phones order by id from profiles where id [attack]
SELECT array_agg(phones ORDER BY id) FROM profiles WHERE id IN (3,9)
-- case: select id cardinality years years 1 years 3 select max y f [attack]
SELECT id, cardinality(years), years[1]-years[3], (SELECT max(y) FROM unnest(years) y) FROM profiles WHERE id<9 ORDER BY id
-- case: select id home home street home door home is null home is [attack]
SELECT id, home, (home).street, (home).door, home IS NULL, home IS NOT NULL, (home).* FROM profiles WHERE id<9 ORDER BY id
-- case: select id from profiles where home door 1 order by id [attack]
SELECT id FROM profiles WHERE (home).door = 1 ORDER BY id
-- case: select id id_no id_no id_no varchar 6 value from profiles [attack]
SELECT id, id_no, id_no || '', id_no::varchar(6), VALUE FROM profiles, LATERAL (SELECT id_no::housing.id_number AS value) x WHERE id<4 ORDER BY id
-- case: select array_agg id_no from profiles where id 4 [attack]
SELECT array_agg(id_no) FROM profiles WHERE id<4
-- case: select range_agg daterange born born+1 from buyers where i [attack]
SELECT range_agg(daterange(born,born+1)) FROM buyers WHERE id<9
-- case: select unnest range_agg numrange income income from buyers [attack]
SELECT unnest(range_agg(numrange(income,income,'[]'))) FROM buyers WHERE id<9
-- case: select int4range id income int id from buyers where id 9 o [attack]
SELECT int4range(id, income::int), id FROM buyers WHERE id<9 ORDER BY id
-- case: select id who who phone who income many 1 many 1 phone n [attack]
SELECT id, who, (who).phone, (who).income, many[1], (many[1]).phone, nested, ((nested).who).phone FROM keepsakes ORDER BY id
-- case: select k id to_jsonb k from keepsakes k order by id [attack]
SELECT k.id, to_jsonb(k) FROM keepsakes k ORDER BY id
-- case: select id u from keepsakes unnest many u order by id [attack]
SELECT id, u FROM keepsakes, unnest(many) u ORDER BY id
-- case: select count * from keepsakes k where k who select b from [attack]
SELECT count(*) FROM keepsakes k WHERE k.who = (SELECT b FROM buyers b WHERE b.id = k.id)
-- case: select payer_name tableoid regclass from payments where id [attack]
SELECT payer_name, tableoid::regclass FROM payments WHERE id<9 ORDER BY id
-- case: select x * from json_table 1 * columns a int path x [refused]
SELECT x.* FROM JSON_TABLE('[1]','$[*]' COLUMNS (a int PATH '$')) x
-- case: select extra is json object from profiles where id 1 [refused]
SELECT extra IS JSON OBJECT FROM profiles WHERE id=1
-- case: select xmlforest phone born income from buyers where id 4 [attack]
SELECT xmlforest(phone, born, income) FROM buyers WHERE id<4 ORDER BY id
-- case: select xpath p text xmlelement name p phone id from buyers [attack]
SELECT xpath('//p/text()', xmlelement(name p, phone)), id FROM buyers WHERE id<4 ORDER BY id
-- case: select id phone char phone name phone bpchar 5 phone bytea [attack]
SELECT id, phone::"char", phone::name, phone::bpchar(5), phone::bytea, phone::varchar(3)::text FROM buyers WHERE id<4 ORDER BY id
-- case: select phone collate c 138* id from buyers where id 9 orde [attack]
SELECT phone COLLATE "C" < '138*', id FROM buyers WHERE id<9 ORDER BY id
-- case: select convert_to phone gbk encode sha256 name bytea hex m [attack]
SELECT convert_to(phone,'GBK'), encode(sha256(name::bytea),'hex'), md5(phone), id FROM buyers WHERE id<4 ORDER BY id
-- case: select to_number phone 999999999999 id from buyers where i [attack]
SELECT to_number(phone,'999999999999'), id FROM buyers WHERE id<4 ORDER BY id
-- case: select width_bucket income 0 1000000 100 trunc income 3 sc [attack]
SELECT width_bucket(income,0,1000000,100), trunc(income,-3), scale(income), min_scale(income), trim_scale(income), id FROM buyers WHERE id<4 ORDER BY id
-- case: select ts_headline name to_tsquery to_tsvector simple phon [attack]
SELECT ts_headline(name,to_tsquery('陈')), to_tsvector('simple',phone) @@ '13886500024'::tsquery, id FROM buyers WHERE id<4 ORDER BY id
-- case: select greatest phone name nullif phone 138****0024 coales [attack]
SELECT GREATEST(phone,name), NULLIF(phone,'138****0024'), COALESCE(note,'-'), id FROM buyers WHERE id<4 ORDER BY id
-- case: select percentile_disc 0 5 within group order by phone mod [attack]
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY phone), mode() WITHIN GROUP (ORDER BY born) FROM buyers
-- case: select lag phone over w ntile 3 over w cume_dist over orde [attack]
SELECT lag(phone) OVER w, ntile(3) OVER w, cume_dist() OVER (ORDER BY income), id FROM buyers WHERE id<9 WINDOW w AS (ORDER BY id) ORDER BY id
-- case: select count * from buyers a join buyers b using phone nam [attack]
SELECT count(*) FROM buyers a JOIN buyers b USING (phone,name)
-- case: select born grouping born level count * from buyers group [attack]
SELECT born, GROUPING(born,level), count(*) FROM buyers GROUP BY CUBE(born,level) ORDER BY 1,2,3 LIMIT 9
-- case: select u 0031 phone e x31 phone a x a phone b 1 x 1f fro [attack]
SELECT U&'\0031' || phone, E'\x31' || phone, $a$x$a$ || phone, B'1', X'1F' FROM buyers WHERE id=1
-- case: select b phone from buyers as bbbbbbbbbbbbbbbbbbbbbbbbbbbb [attack]
SELECT b.phone FROM buyers AS bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbxx, buyers b WHERE b.id=1 AND bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbyy.id=1
-- case: select x from buyers b lateral values b phone b name v x w [attack]
SELECT x FROM buyers b, LATERAL (VALUES (b.phone),(b.name)) v(x) WHERE id<3 ORDER BY 1
-- case: select count distinct phone name count distinct b from buy [attack]
SELECT count(DISTINCT (phone,name)), count(DISTINCT b) FROM buyers b
-- case: select b phone b text b b hash_record b record_image_eq b [attack]
SELECT (b).phone, b::text, b = b, hash_record(b), record_image_eq(b,b), id FROM buyers b WHERE id<3 ORDER BY id
-- case: select id from buyers b order by b phone using id limit 5 [attack]
SELECT id FROM buyers b ORDER BY b.phone USING ~<~, id LIMIT 5
-- case: select id from buyers where born born overlaps date 1996 0 [attack]
SELECT id FROM buyers WHERE (born, born) OVERLAPS (date '1996-01-01', date '1996-01-02') ORDER BY id
-- case: select id from calls where phone housing phone_number like [attack]
SELECT id FROM calls WHERE phone::housing.phone_number LIKE '139%' ORDER BY id LIMIT 4
-- case: select * from last_visit order by id limit 3 [attack]
SELECT * FROM last_visit ORDER BY id LIMIT 3
-- case: select * from numbers where id 4 order by 1 2 [refused]
SELECT * FROM numbers WHERE id<4 ORDER BY 1,2
-- channel: temporary tables: what they may be made of, shadow and be changed to
-- case: insert into housing leads id phone values 1 13911112222 on [attack]
BEGIN
-- then
SET search_path=pg_temp,housing,public
-- then
CREATE TEMP TABLE t1 AS SELECT id, phone, income, born FROM housing.buyers WHERE id<4
-- then
CREATE TEMP TABLE excluded (id int, phone text)
-- then
INSERT INTO housing.leads(id,phone) VALUES (1,'13911112222') ON CONFLICT (id) DO UPDATE SET source=excluded.phone
-- then
ROLLBACK
-- case: create temp table z a text collate c default current_user [attack]
BEGIN
-- then
SET search_path=pg_temp,housing,public
-- then
CREATE TEMP TABLE t1 AS SELECT id, phone, income, born FROM housing.buyers WHERE id<4
-- then
CREATE TEMP TABLE z (a text COLLATE "C" DEFAULT current_user, b text DEFAULT current_setting('role'))
-- then
ROLLBACK
-- case: create temp table z as select ctid as c xmin text as x tab [attack]
BEGIN
-- then
SET search_path=pg_temp,housing,public
-- then
CREATE TEMP TABLE t1 AS SELECT id, phone, income, born FROM housing.buyers WHERE id<4
-- then
CREATE TEMP TABLE z AS SELECT ctid AS c, xmin::text AS x, tableoid::regclass AS r, * FROM housing.leads WHERE id<4
-- then
SELECT c, r, phone FROM z ORDER BY id
-- then
ROLLBACK
-- case: update t1 set phone b phone income b income from housing b [attack]
BEGIN
-- then
SET search_path=pg_temp,housing,public
-- then
CREATE TEMP TABLE t1 AS SELECT id, phone, income, born FROM housing.buyers WHERE id<4
-- then
UPDATE t1 SET phone=b.phone, income=b.income FROM housing.buyers b WHERE b.id=t1.id RETURNING t1.*
-- then
ROLLBACK
-- case: select count * from field offers where price 500 and rando [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.offers WHERE price > 500 AND random() < 2
-- then
SELECT random()
-- case: select count * from field offers where case when price 500 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.offers WHERE CASE WHEN price > 500 THEN random() < 2 ELSE true END
-- then
SELECT random()
-- case: select count * from field plots where random 2 and price 5 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots WHERE random() < 2 AND price > 500
-- then
SELECT random()
-- case: select count * from field plots p join agents a on p price [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p JOIN agents a ON p.price > a.id AND random() < 2
-- then
SELECT random()
-- case: select count * from agents a left join field plots p on a [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM agents a LEFT JOIN field.plots p ON a.id = p.agent_id AND random() < 2
-- then
SELECT random()
-- case: select count * from agents a where a id in select p price [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM agents a WHERE a.id IN (SELECT p.price FROM field.plots p WHERE random() < 2)
-- then
SELECT random()
-- case: select count * from select random from field plots x [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM (SELECT random() FROM field.plots) x
-- then
SELECT random()
-- case: select distinct random 2 from field plots [attack]
SELECT setseed(0.5)
-- then
SELECT DISTINCT random() < 2 FROM field.plots
-- then
SELECT random()
-- case: select id random 2 from field plots order by id limit 2 [attack]
SELECT setseed(0.5)
-- then
SELECT id, random() < 2 FROM field.plots ORDER BY id LIMIT 2
-- then
SELECT random()
-- case: select count * from field plots group by random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots GROUP BY random() < 2
-- then
SELECT random()
-- case: select sum price filter where random 2 0 from field plots [attack]
SELECT setseed(0.5)
-- then
SELECT sum(price) FILTER (WHERE random() < 2) > 0 FROM field.plots
-- then
SELECT random()
-- case: select count * from field plots p lateral select random of [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p, LATERAL (SELECT random() OFFSET 0) r
-- then
SELECT random()
-- case: select count * from field plots p where select random + p [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots p WHERE (SELECT random() + p.price) > 0
-- then
SELECT random()
-- case: select count * from field plots tablesample bernoulli 100 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM field.plots TABLESAMPLE bernoulli (100) WHERE random() < 2
-- then
SELECT random()
-- case: select count * from payments where random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM payments WHERE random() < 2
-- then
SELECT random()
-- case: select count * from buyers where level 0 and random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM buyers WHERE level > 0 AND random() < 2
-- then
SELECT random()
-- case: select count * from buyers where phone 138 and random 2 [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM buyers WHERE phone > '138' AND random() < 2
-- then
SELECT random()
-- case: select count * from housing rich where random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM housing.rich WHERE random() < 2
-- then
SELECT random()
-- case: select count * from tied signed_by where random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM tied.signed_by WHERE random() < 2
-- then
SELECT random()
-- case: select count * from tied loans where phone in select phone [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM tied.loans WHERE phone IN (SELECT phone FROM tied.signed WHERE random() < 2)
-- then
SELECT random()
-- case: select count * from tied births where phone 1 and random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM tied.births WHERE phone > '1' AND random() < 2
-- then
SELECT random()
-- case: select count * from buyers b full join leads l on l phone [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM buyers b FULL JOIN leads l ON l.phone = b.phone WHERE random() < 2
-- then
SELECT random()
-- case: select phone random 2 from buyers order by phone limit 3 [attack]
SELECT setseed(0.5)
-- then
SELECT phone, random() < 2 FROM buyers ORDER BY phone LIMIT 3
-- then
SELECT random()
-- case: select phone max random 2 from buyers group by phone order [attack interference]
SELECT setseed(0.5)
-- then
SELECT phone, max(random()) < 2 FROM buyers GROUP BY phone ORDER BY phone LIMIT 1
-- then
SELECT random()
-- case: select count * from select phone from buyers where random [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM (SELECT phone FROM buyers WHERE random() < 2 LIMIT 3) x
-- then
SELECT random()
-- case: select count * from calls where phone like 139 or random 2 [attack]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM calls WHERE phone LIKE '139%' OR random() < 2
-- then
SELECT random()
-- case: select count pg_try_advisory_xact_lock price from field of [attack]
SELECT setseed(0.5)
-- then
SELECT count(pg_try_advisory_xact_lock(price)) FROM field.offers
-- then
SELECT random()
-- case: select pg_notify items price text from field offers [attack]
SELECT setseed(0.5)
-- then
SELECT pg_notify('items', price::text) FROM field.offers
-- then
SELECT random()
-- case: delete from field claims where price 100 and random 2 retu [attack]
BEGIN
-- then
SELECT setseed(0.5)
-- then
DELETE FROM field.claims WHERE price > 100 AND random() < 2 RETURNING id
-- then
SELECT random(), txid_current_if_assigned() IS NULL
-- then
ROLLBACK
-- case: merge into field claims c using field offers o on o price [attack]
BEGIN
-- then
SELECT setseed(0.5)
-- then
MERGE INTO field.claims c USING field.offers o ON o.price > c.price AND random() < 2 AND false WHEN MATCHED THEN DO NOTHING
-- then
SELECT random(), txid_current_if_assigned() IS NULL
-- then
ROLLBACK
-- case: update field claims set price price where price 5000 [attack]
BEGIN
-- then
SELECT setseed(0.5)
-- then
UPDATE field.claims SET price=price WHERE price > 5000
-- then
SELECT random(), txid_current_if_assigned() IS NULL
-- then
ROLLBACK
-- case: update buyers set born timestamp 1996 01 01 10 00 where id [attack]
BEGIN
-- then
UPDATE buyers SET born=timestamp '1996-01-01 10:00' WHERE id=1 RETURNING born
-- then
ROLLBACK
-- case: update buyers set extra a 1 json where id 1 [attack]
BEGIN
-- then
UPDATE buyers SET extra='{"a":1}'::json WHERE id=1
-- then
ROLLBACK
-- case: insert into buyers id income created_at values 99001 5 tex [attack]
BEGIN
-- then
INSERT INTO buyers(id,income,created_at) VALUES (99001,'5'::text,now())
-- then
ROLLBACK
-- case: update buyers set income true where id 1 [attack interference]
BEGIN
-- then
UPDATE buyers SET income=true WHERE id=1
-- then
ROLLBACK
-- case: select count * from buyers b where select count * from lea [attack interference]
SELECT setseed(0.5)
-- then
SELECT count(*) FROM buyers b WHERE (SELECT count(*) FROM leads l WHERE l.phone = b.phone AND random() < 2) > 0
-- then
SELECT random()
-- case: select json_populate_record l p raw phone from profiles p [attack interference]
SELECT (json_populate_record(l, p.raw)).phone FROM profiles p JOIN leads l USING (id) WHERE l.id<4
-- case: select l phone from select l from leads l order by id limi [attack]
SELECT (l).phone FROM (SELECT l FROM leads l ORDER BY id LIMIT 1) l
-- case: update profiles set years array 1996 01 01 10 00 timestamp [attack]
BEGIN
-- then
UPDATE profiles SET years=ARRAY['1996-01-01 10:00'::timestamp] WHERE id=1
-- then
ROLLBACK
-- case: select 1 from field offers where id 0 and owner x tsquery [attack]
SELECT 1 FROM field.offers WHERE id < 0 AND owner @@ 'x'::tsquery
-- case: update field claims set price 1 price 107 [attack]
BEGIN
-- then
UPDATE field.claims SET price = 1/(price-107)
-- then
ROLLBACK
-- case: delete from field claims where id in select id from field [attack]
BEGIN
-- then
DELETE FROM field.claims WHERE id IN (SELECT id FROM field.claims WHERE 1/(price-107) > 5)
-- then
ROLLBACK
-- case: merge into field claims c using values 1 2 3 v i on c id v [attack]
BEGIN
-- then
MERGE INTO field.claims c USING (VALUES (1),(2),(3)) v(i) ON c.id=v.i WHEN MATCHED AND 1/(c.price-c.price+1) > 0 THEN UPDATE SET price=5 WHEN NOT MATCHED THEN DO NOTHING
-- then
ROLLBACK
-- case: select id from field claims where 1 price 107 5 for update [attack]
BEGIN
-- then
SELECT id FROM field.claims WHERE 1/(price-107) > 5 FOR UPDATE SKIP LOCKED
-- then
ROLLBACK
-- case: select id from field claims where price text date is null [attack]
BEGIN
-- then
SELECT id FROM field.claims WHERE price::text::date IS NULL
-- then
ROLLBACK
-- case: select id from field claims where numrange price 107 is nu [attack]
BEGIN
-- then
SELECT id FROM field.claims WHERE numrange(price,107) IS NULL
-- then
ROLLBACK
-- case: rest select id from field offers where to_char now repeat [attack]
BEGIN
-- then
SELECT id FROM field.offers WHERE to_char(now(), repeat('Y', price)) IS NULL
-- then
ROLLBACK
-- case: rest select id from field offers where make_date 2000 pric [attack]
BEGIN
-- then
SELECT id FROM field.offers WHERE make_date(2000, price-107, 1) IS NULL
-- then
ROLLBACK
-- case: rest select id from field offers where x like repeat price [attack]
BEGIN
-- then
SELECT id FROM field.offers WHERE 'x' LIKE repeat('\', price-107)
-- then
ROLLBACK
-- case: rest select id from field offers where ltrim price text in [attack]
BEGIN
-- then
SELECT id FROM field.offers WHERE ltrim(price::text)::int4 / nullif(price-107,0) > 5 OR ln(price-106) > 100
-- then
ROLLBACK
-- case: rest select id from field offers order by 1 price 107 limi [attack]
BEGIN
-- then
SELECT id FROM field.offers ORDER BY 1/(price-107) LIMIT 1
-- then
ROLLBACK
-- case: rest select id from field offers o where price select p pr [attack]
BEGIN
-- then
SELECT id FROM field.offers o WHERE price = (SELECT p.price FROM field.plots p WHERE p.price >= o.price)
-- then
ROLLBACK
-- case: rest select id from field offers o where row price owner r [attack]
BEGIN
-- then
SELECT id FROM field.offers o WHERE row(price, owner) > row(107, repeat('x',-1)) AND price = 107/(price-107)
-- then
ROLLBACK
-- case: rest select * from field offers o join lateral select 1 o [attack]
BEGIN
-- then
SELECT * FROM field.offers o JOIN LATERAL (SELECT 1/(o.price-107) AS y) z ON true WHERE o.id < 0
-- then
ROLLBACK
-- case: rest select o text int from field offers o where id 0 [attack]
BEGIN
-- then
SELECT o::text::int FROM field.offers o WHERE id < 0
-- then
ROLLBACK
-- case: rest select rank 1 0*count * +1 within group order by pric [attack]
BEGIN
-- then
SELECT rank(1/(0*count(*)+1)) WITHIN GROUP (ORDER BY price) FROM field.offers
-- then
ROLLBACK
-- case: rest with recursive r as select min price p from field off [attack]
BEGIN
-- then
WITH RECURSIVE r AS (SELECT min(price) p FROM field.offers UNION ALL SELECT (SELECT min(price) FROM field.offers WHERE price > r.p AND 1000/(price-107) > -9999) FROM r WHERE p IS NOT NULL) SELECT count(*) FROM r
-- then
ROLLBACK
-- case: rest select grouping price sum 1 price 107 from field offe [attack]
BEGIN
-- then
SELECT GROUPING(price), sum(1/(price-107)) FROM field.offers GROUP BY ROLLUP(price) LIMIT 2
-- then
ROLLBACK
