-- Invented rows for demo/schema.sql: nobody in them exists. The same `seed` and `buyers` give the same rows.
--
--     psql -v buyers=100000 -v seed=42 -f demo/data.sql
\set ON_ERROR_STOP on
\if :{?buyers}
\else
\set buyers 100000
\endif
\if :{?seed}
\else
\set seed 42
\endif
BEGIN;
SET LOCAL client_min_messages = warning;
SET LOCAL TimeZone = 'UTC';
SET LOCAL search_path = housing;

-- Sixty bits that depend on the seed, the row and what they are for.
CREATE FUNCTION pg_temp.h(row_number bigint, purpose integer) RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN hashint8extended(row_number * 1000 + purpose, :seed) & 1152921504606846975;

CREATE FUNCTION pg_temp.pick(choices text[], hash bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN choices[1 + (hash % cardinality(choices))::int];

-- GB 11643: 17 digits and their check character.
CREATE FUNCTION pg_temp.id_card(body text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN body || substr('10X98765432', 1 + (
        substr(body,1,1)::int*7 + substr(body,2,1)::int*9 + substr(body,3,1)::int*10 + substr(body,4,1)::int*5
      + substr(body,5,1)::int*8 + substr(body,6,1)::int*4 + substr(body,7,1)::int*2 + substr(body,8,1)::int
      + substr(body,9,1)::int*6 + substr(body,10,1)::int*3 + substr(body,11,1)::int*7 + substr(body,12,1)::int*9
      + substr(body,13,1)::int*10 + substr(body,14,1)::int*5 + substr(body,15,1)::int*8 + substr(body,16,1)::int*4
      + substr(body,17,1)::int*2) % 11, 1);

-- Luhn: what a doubled digit adds is 0246813579 by digit; of 18 digits those at even places are doubled.
CREATE FUNCTION pg_temp.bank_card(body text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN body || (10 - (
        substr(body,1,1)::int + substr(body,3,1)::int + substr(body,5,1)::int + substr(body,7,1)::int
      + substr(body,9,1)::int + substr(body,11,1)::int + substr(body,13,1)::int + substr(body,15,1)::int
      + substr(body,17,1)::int
      + translate(substr(body,2,1), '123456789', '246813579')::int + translate(substr(body,4,1), '123456789', '246813579')::int
      + translate(substr(body,6,1), '123456789', '246813579')::int + translate(substr(body,8,1), '123456789', '246813579')::int
      + translate(substr(body,10,1), '123456789', '246813579')::int + translate(substr(body,12,1), '123456789', '246813579')::int
      + translate(substr(body,14,1), '123456789', '246813579')::int + translate(substr(body,16,1), '123456789', '246813579')::int
      + translate(substr(body,18,1), '123456789', '246813579')::int) % 10) % 10;

CREATE FUNCTION pg_temp.surname(hash bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN pg_temp.pick(CASE WHEN hash % 40 = 0
        THEN '{欧阳,司马,上官,诸葛,东方,皇甫,尉迟,令狐,慕容,夏侯,司徒,长孙}'::text[]
        ELSE '{王,李,张,刘,陈,杨,赵,黄,周,吴,徐,孙,胡,朱,高,林,何,郭,马,罗,梁,宋,郑,谢,韩,唐,冯,于,董,萧,程,曹,袁,邓,许,傅,沈,曾,彭,吕,苏,卢,蒋,蔡,贾,丁,魏,薛,叶,阎,王,李,张,刘,陈}'::text[]
    END, hash / 64);

CREATE FUNCTION pg_temp.given_name(hash bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN pg_temp.pick('{伟,芳,娜,敏,静,丽,强,磊,军,洋,勇,艳,杰,娟,涛,明,超,秀,霞,平,刚,桂,文,辉,力,玲,建,宇,浩,欣,子,梓,雨,思,一,嘉,晓,海,志,国}'::text[], hash)
        || CASE WHEN hash / 40 % 5 = 0 THEN ''
           ELSE pg_temp.pick('{明,华,英,兰,轩,涵,怡,豪,宁,瑶,博,琳,鹏,航,峰,慧,颖,波,斌,凯,悦,彤,妍,佳,泽,睿,航,然,萱,诺}'::text[], hash / 320)
           END;

CREATE FUNCTION pg_temp.mobile(number bigint, hash bigint) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN pg_temp.pick('{138,139,136,150,158,188,130,186,133,189,177,199}'::text[], hash)
        || lpad((number * 61803399 % 100000000)::text, 8, '0');

CREATE TEMPORARY TABLE regions (n integer PRIMARY KEY, code text, place text, area_code text) ON COMMIT DROP;
INSERT INTO regions
SELECT row_number() OVER () - 1, * FROM (VALUES
    ('330106', '浙江省杭州市西湖区', '0571'), ('330102', '浙江省杭州市上城区', '0571'),
    ('330105', '浙江省杭州市拱墅区', '0571'), ('330108', '浙江省杭州市滨江区', '0571'),
    ('330109', '浙江省杭州市萧山区', '0571'), ('330110', '浙江省杭州市余杭区', '0571'),
    ('330182', '浙江省杭州市建德市', '0571'), ('330122', '浙江省杭州市桐庐县', '0571'),
    ('330203', '浙江省宁波市海曙区', '0574'), ('330782', '浙江省金华市义乌市', '0579'),
    ('110105', '北京市朝阳区', '010'),        ('310115', '上海市浦东新区', '021'),
    ('320106', '江苏省南京市鼓楼区', '025'),  ('440106', '广东省广州市天河区', '020'),
    ('510107', '四川省成都市武侯区', '028'),  ('370811', '山东省济宁市任城区', '0537'),
    ('150525', '内蒙古自治区通辽市奈曼旗', '0475'),
    ('450328', '广西壮族自治区桂林市龙胜各族自治县', '0773'),
    ('532922', '云南省大理白族自治州漾濞彝族自治县', '0872'),
    ('650102', '新疆维吾尔自治区乌鲁木齐市天山区', '0991')) AS r;
ANALYZE regions;

INSERT INTO projects (name, developer, district, postcode, presale_permit, opened_on)
SELECT pg_temp.pick('{滨江,湖畔,望江,钱塘,西溪,云栖,龙湾,锦绣,阳光,翡翠,金色,星河}'::text[], i)
         || pg_temp.pick('{花园,名邸,华府,雅苑,新城,公馆,御园,里}'::text[], i / 12 + i),
       pg_temp.pick('{恒达,金茂源,城投,华信,远景,安居}'::text[], pg_temp.h(i, 2)) || '房地产开发有限公司',
       pg_temp.pick('{西湖区,上城区,拱墅区,滨江区,萧山区,余杭区}'::text[], pg_temp.h(i, 3)),
       '3100' || lpad((pg_temp.h(i, 4) % 90 + 10)::text, 2, '0'),
       '杭售许字(' || 2020 + i % 5 || ')第' || lpad(i::text, 6, '0') || '号',
       date '2020-01-01' + (pg_temp.h(i, 5) % 1800)::int
FROM generate_series(1, 24) AS i ORDER BY i;

INSERT INTO buildings (project_id, number, floors)
SELECT p, b || '幢', 11 + pg_temp.h(p * 100 + b, 10) % 22
FROM generate_series(1, 24) AS p, generate_series(1, 10) AS b ORDER BY p, b;

-- Five in a hundred units stay unsold.
INSERT INTO units (building_id, room, area, unit_price, status)
SELECT 1 + i % 240, (i / 240 / 4 + 1) || lpad((i / 240 % 4 + 1)::text, 2, '0'),
       60 + (pg_temp.h(i, 20) % 12000) / 100.0, 15000 + pg_temp.h(i, 21) % 45000,
       CASE WHEN i < :buyers THEN 'sold' WHEN i % 3 = 0 THEN 'reserved' ELSE 'available' END::unit_status
FROM generate_series(0, :buyers * 105 / 100) AS i ORDER BY i;

INSERT INTO agents (name, phone, agency, hired_on)
SELECT pg_temp.surname(pg_temp.h(i, 30)) || pg_temp.given_name(pg_temp.h(i, 31)),
       pg_temp.mobile(91234567 + i, pg_temp.h(i, 32)),
       pg_temp.pick('{链家置业,我爱我家,城南房产,安心居,万家代理}'::text[], pg_temp.h(i, 33)),
       date '2015-01-01' + (pg_temp.h(i, 34) % 3500)::int
FROM generate_series(1, 200) AS i ORDER BY i;

-- Most numbers are mobile ones, some are written with country code or are landlines.
INSERT INTO buyers (id, name, id_no, phone, email, address, bank_card, birth_date, annual_income, tags, extra, agent_id,
                    consent_marketing, created_at, updated_at)
SELECT i, name,
       pg_temp.id_card(r.code || to_char(born, 'YYYYMMDD') || lpad((pg_temp.h(i, 41) % 1000)::text, 3, '0')),
       CASE WHEN i % 50 = 7 THEN '+86 ' || mobile
            WHEN i % 50 = 21 THEN r.area_code || '-8' || right(mobile, 7)
            ELSE mobile END,
       CASE WHEN i % 5 < 4 THEN pg_temp.pick('{zhao,qian,sun,li,wang,chen,lin,xu,gao,he}'::text[], pg_temp.h(i, 42))
            || pg_temp.h(i, 43) % 10000 || '@'
            || pg_temp.pick('{example.com,example.net,example.org,mail.example.cn}'::text[], pg_temp.h(i, 44)) END,
       CASE WHEN i % 20 > 0 THEN r.place
            || pg_temp.pick('{文三路,解放路,人民大街,中山北路,建设路,长江路,新华街,学院路,体育场路}'::text[], pg_temp.h(i, 45))
            || 1 + pg_temp.h(i, 46) % 800 || '号'
            || pg_temp.pick('{阳光小区,翠苑新村,锦绣花园,和平公寓,金都华府}'::text[], pg_temp.h(i, 47))
            || 1 + pg_temp.h(i, 48) % 40 || '幢' || 1 + pg_temp.h(i, 49) % 4 || '单元'
            || (1 + pg_temp.h(i, 50) % 30) * 100 + 1 + pg_temp.h(i, 51) % 4 || '室' END,
       CASE WHEN i % 10 < 7 THEN pg_temp.bank_card(
            pg_temp.pick('{622202,621700,622848,621661,622588,623058}'::text[], pg_temp.h(i, 52))
            || lpad((pg_temp.h(i, 53) % 1000000000000)::text, 12, '0')) END,
       born, 60000 + (pg_temp.h(i, 54) % 940000 / 100 * 100),
       ARRAY[pg_temp.pick('{首套,改善,投资,学区,养老}'::text[], pg_temp.h(i, 55)),
             pg_temp.pick('{全款,商贷,公积金}'::text[], pg_temp.h(i, 56))],
       jsonb_build_object(
           'source', pg_temp.pick('{自然到访,老带新,中介,网络,展会}'::text[], pg_temp.h(i, 57)),
           'contacts', jsonb_build_array(jsonb_build_object(
               'name', pg_temp.surname(pg_temp.h(i, 58)) || pg_temp.given_name(pg_temp.h(i, 59)),
               'relation', pg_temp.pick('{配偶,父母,子女,朋友}'::text[], pg_temp.h(i, 60)),
               'phone', pg_temp.mobile(i + 41234567, pg_temp.h(i, 61)))),
           'floor_preference', 3 + pg_temp.h(i, 62) % 20),
       1 + pg_temp.h(i, 63) % 200, pg_temp.h(i, 64) % 3 = 0, created, created + interval '1 day' * (pg_temp.h(i, 65) % 90)
FROM generate_series(1, :buyers::bigint) AS i
CROSS JOIN LATERAL (SELECT
    pg_temp.surname(pg_temp.h(i, 66)) || pg_temp.given_name(pg_temp.h(i, 67)) AS name,
    date '1950-01-01' + (pg_temp.h(i, 68) % 19700)::int AS born,
    pg_temp.mobile(i, pg_temp.h(i, 69)) AS mobile,
    timestamptz '2023-01-01 00:00+00' + interval '1 second' * (pg_temp.h(i, 70) % 94000000) AS created OFFSET 0) AS person
JOIN regions r ON r.n = pg_temp.h(i, 71) % 20
ORDER BY i;

INSERT INTO co_buyers (buyer_id, relation, name, id_no, phone)
SELECT i, pg_temp.pick('{配偶,父母,子女}'::text[], pg_temp.h(i, 80)),
       pg_temp.surname(pg_temp.h(i, 81)) || pg_temp.given_name(pg_temp.h(i, 82)),
       pg_temp.id_card(r.code || to_char(date '1950-01-01' + (pg_temp.h(i, 83) % 19700)::int, 'YYYYMMDD')
                       || lpad((pg_temp.h(i, 84) % 1000)::text, 3, '0')),
       CASE WHEN i % 4 > 0 THEN pg_temp.mobile(i + 21234567, pg_temp.h(i, 85)) END
FROM generate_series(1, :buyers::bigint) AS i JOIN regions r ON r.n = pg_temp.h(i, 86) % 20
WHERE pg_temp.h(i, 87) % 5 < 2 ORDER BY i;

INSERT INTO contracts (id, number, buyer_id, unit_id, agent_id, price, status, signed_on, filed_at)
SELECT i, 'HT' || to_char(signed, 'YYYYMM') || lpad(i::text, 8, '0'), i, i, 1 + pg_temp.h(i, 63) % 200,
       round((800000 + pg_temp.h(i, 91) % 7200000)::numeric, -2), status, signed,
       CASE WHEN status = 'filed' THEN signed + interval '3 days' + interval '1 minute' * (pg_temp.h(i, 92) % 600) END
FROM generate_series(1, :buyers::bigint) AS i
CROSS JOIN LATERAL (SELECT date '2023-02-01' + (pg_temp.h(i, 93) % 1080)::int AS signed,
    (ENUM_RANGE(NULL::contract_status))[1 + least(pg_temp.h(i, 94) % 10, 12 - pg_temp.h(i, 94) % 10) / 2] AS status OFFSET 0) AS deal
WHERE i % 10 < 7 ORDER BY i;

INSERT INTO payments (contract_id, paid_on, amount, method, payer_card)
SELECT c.id, c.signed_on + part * 30, round(c.price / 3, 2),
       pg_temp.pick('{转账,刷卡,按揭,公积金}'::text[], pg_temp.h(c.id * 10 + part, 100)), b.bank_card
FROM contracts c JOIN buyers b ON b.id = c.buyer_id, generate_series(0, 1) AS part
WHERE c.status <> 'draft' ORDER BY c.id, part;

INSERT INTO visit_logs (buyer_id, project_id, visitor_phone, visited_at, note)
SELECT b.id, 1 + pg_temp.h(b.id, 110) % 24, b.phone,
       date_trunc('minute', b.created_at AT TIME ZONE 'UTC') + interval '1 hour' * (pg_temp.h(b.id, 111) % 500),
       pg_temp.pick('{首次到访,二次到访,看样板房,询问付款方式}'::text[], pg_temp.h(b.id, 112))
       || CASE WHEN b.id % 10 = 0 THEN ',' || b.name || '电话' || b.phone ELSE '' END
FROM buyers b WHERE pg_temp.h(b.id, 113) % 5 < 3 ORDER BY b.id;

INSERT INTO call_logs (buyer_id, caller_phone, called_at, seconds, summary)
SELECT b.id, b.phone, timestamptz '2024-12-15 00:00+00' + interval '1 second' * (pg_temp.h(b.id, 120) % 34000000),
       5 + pg_temp.h(b.id, 121) % 900,
       pg_temp.pick('{咨询交房时间,投诉噪音,询问按揭进度,预约验房,变更联系方式}'::text[], pg_temp.h(b.id, 122))
FROM buyers b WHERE pg_temp.h(b.id, 123) % 5 < 4 ORDER BY b.id;

INSERT INTO handover_appointments (contract_id, appointed_at, contact_name, contact_phone, done)
SELECT c.id, timestamp '2025-06-01 09:00' + interval '30 minutes' * (pg_temp.h(c.id, 130) % 8000), b.name, b.phone,
       pg_temp.h(c.id, 131) % 2 = 0
FROM contracts c JOIN buyers b ON b.id = c.buyer_id WHERE c.status = 'filed' ORDER BY c.id;

SELECT setval(pg_get_serial_sequence('housing.buyers', 'id'), :buyers),
       setval(pg_get_serial_sequence('housing.contracts', 'id'), :buyers) \g /dev/null
REFRESH MATERIALIZED VIEW handover_contacts;
DROP FUNCTION pg_temp.mobile, pg_temp.given_name, pg_temp.surname, pg_temp.bank_card, pg_temp.id_card, pg_temp.pick, pg_temp.h;
COMMIT;
ANALYZE;
