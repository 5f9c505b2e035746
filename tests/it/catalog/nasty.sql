-- Everything that makes a catalog hard to read.
CREATE SCHEMA housing;
CREATE SCHEMA "we""ird 住房";
CREATE SCHEMA later;
CREATE EXTENSION IF NOT EXISTS postgres_fdw;

CREATE TYPE "we""ird 住房"."状态" AS ENUM ('新', '旧');
CREATE TYPE "we""ird 住房"."char" AS ENUM ('c');
CREATE DOMAIN housing."Phone" AS varchar(20) CHECK (VALUE ~ '^[0-9]*$');
CREATE DOMAIN housing.phone2 AS housing."Phone" NOT NULL;
CREATE DOMAIN housing.phones AS varchar(20)[];
CREATE TYPE housing.address AS (street text, door int, extra json);
CREATE TYPE housing.span AS RANGE (subtype = numeric);
-- names of built-in types, in another schema
CREATE TYPE later.text AS ENUM ('not text');
CREATE DOMAIN later."varchar" AS int;

CREATE TABLE housing.buyers (
    id int PRIMARY KEY, gone text, name varchar(20) NOT NULL, phone char(11), "Mixed Case" text, "引号""号" text,
    born date, created timestamp(3) with time zone DEFAULT now(), notes json, extra jsonb, tags text[], vc varchar(5)[][],
    price numeric(10,2), rate numeric, neg numeric(3,-2), code bit(3), flags varbit(9), flags2 varbit, code2 bit, c "char",
    ch char, bp bpchar, i1 interval, i2 interval(2), i3 interval year to month, i4 interval day to second(4), t1 time(1),
    t2 timetz(0), ts timestamp, ip inet, mac macaddr, x xml, p point, u uuid, b bytea, oidv oidvector, i2v int2vector,
    n name, reg regclass, state "we""ird 住房"."状态", states "we""ird 住房"."状态"[], odd "we""ird 住房"."char",
    tel housing."Phone", tel2 housing.phone2, tels housing.phones, home housing.address, homes housing.address[],
    sp housing.span, sps housing.span[], mr int4multirange, lt later.text, lv later."varchar", q tsquery, v tsvector,
    m money, ba bit(4)[], na numeric(6,1)[], tsa timestamptz(2)[], f4 float4, f8 float8, i8 int8, i2x int2, bo bool);
ALTER TABLE housing.buyers DROP COLUMN gone;
ALTER TABLE housing.buyers ADD COLUMN afterwards text;
CREATE TABLE housing.a23456789012345678901234567890123456789012345678901234567890123 (
    b23456789012345678901234567890123456789012345678901234567890123 int);
CREATE TABLE housing."一二三四五六七八九十一二三四五六七八九十一" (x int);
CREATE TABLE housing.contracts (
    id int, buyer int REFERENCES housing.buyers, day date NOT NULL, amount numeric(12,2), PRIMARY KEY (day, id))
    PARTITION BY RANGE (day);
CREATE TABLE housing.contracts_2024 PARTITION OF housing.contracts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE housing.contracts_rest PARTITION OF housing.contracts DEFAULT;
CREATE TABLE housing.vip (discount int) INHERITS (housing.buyers);
CREATE TABLE housing.deferred_key (id int PRIMARY KEY DEFERRABLE);
CREATE TABLE later.buyers (id int, secret text);
CREATE TABLE public.pg_class (relname text);
CREATE TABLE "we""ird 住房"."Таблица" ("столбец" text, "select" int, "a.b" int);
CREATE TABLE housing.no_columns ();
CREATE SEQUENCE housing.numbers;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER postgres_fdw;
CREATE FOREIGN TABLE housing.remote (id int, phone varchar(20)) SERVER elsewhere;

CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION housing.peek() RETURNS SETOF housing.buyers LANGUAGE sql STABLE AS 'SELECT * FROM housing.buyers';
CREATE FUNCTION housing.many(b text DEFAULT '', VARIADIC a int[] DEFAULT '{}') RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION housing.same(text, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = housing.same);
CREATE OPERATOR housing.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = housing.same);
CREATE AGGREGATE housing.mine(text) (SFUNC = textcat, STYPE = text);
CREATE PROCEDURE housing.act() LANGUAGE sql AS 'SELECT 1';

CREATE SCHEMA views;
CREATE VIEW views.plain AS SELECT id, phone, "Mixed Case" FROM housing.buyers;
CREATE VIEW views.star AS SELECT * FROM housing.buyers;
CREATE VIEW views.odd AS SELECT t."select", t."a.b" AS "столбец" FROM "we""ird 住房"."Таблица" t;
CREATE VIEW views.over AS SELECT p.phone, c.amount FROM views.plain p JOIN housing.contracts c ON c.buyer = p.id;
CREATE VIEW views.used AS SELECT id, day FROM housing.buyers JOIN housing.contracts USING (id) WHERE phone <> '';
CREATE VIEW views.full_join AS SELECT id, b.name FROM housing.buyers b FULL JOIN housing.contracts c USING (id);
CREATE VIEW views.three AS SELECT a.id, b.day, v.discount FROM housing.buyers a LEFT JOIN housing.contracts b
    ON b.buyer = a.id RIGHT JOIN housing.vip v ON v.id = a.id AND v.phone LIKE '1%';
CREATE VIEW views.derived AS SELECT lower(name) || coalesce(phone, '-') AS x, CASE WHEN born IS NULL THEN 1 ELSE 2 END AS y,
    tags[1] AS t, (home).street AS street, extra -> 'a' AS e, row_to_json(z) AS r, z AS whole FROM housing.buyers z;
CREATE VIEW views.grouped AS SELECT name, count(*) AS n, max(phone) AS m FROM housing.buyers GROUP BY name
    HAVING min(born) > '1990-01-01' ORDER BY 2 DESC LIMIT 10;
CREATE VIEW views.sets AS SELECT phone FROM housing.buyers UNION SELECT "столбец" FROM "we""ird 住房"."Таблица"
    EXCEPT SELECT secret FROM later.buyers ORDER BY 1;
CREATE VIEW views.windows AS SELECT id, row_number() OVER (PARTITION BY name ORDER BY born) AS r, sum(price) OVER w AS s
    FROM housing.buyers WINDOW w AS (ORDER BY created ROWS BETWEEN 1 PRECEDING AND CURRENT ROW);
CREATE VIEW views.ctes AS WITH x AS (SELECT id, phone FROM housing.buyers WHERE born IS NOT NULL), y AS MATERIALIZED
    (SELECT phone FROM x) SELECT y.phone FROM y;
CREATE VIEW views.tree AS WITH RECURSIVE r AS (SELECT id, buyer FROM housing.contracts UNION ALL SELECT c.id, r.buyer FROM r
    JOIN housing.contracts c ON c.buyer = r.id) SELECT * FROM r;
CREATE VIEW views.lateral AS SELECT b.id, l.amount, u.tag FROM housing.buyers b, LATERAL (SELECT c.amount FROM housing.contracts c
    WHERE c.buyer = b.id ORDER BY c.day LIMIT 1) l, LATERAL unnest(b.tags) u(tag);
CREATE VIEW views.sublinks AS SELECT id, (SELECT max(day) FROM housing.contracts c WHERE c.buyer = b.id) AS last,
    EXISTS (SELECT FROM later.buyers l WHERE l.secret = b.phone) AS known FROM housing.buyers b
    WHERE name IN (SELECT secret FROM later.buyers) AND born = ANY (ARRAY(SELECT day FROM housing.contracts));
CREATE VIEW views.constants AS SELECT 1 AS a, 'x'::text AS b, now() AS c, v.x FROM (VALUES (1, 2), (3, 4)) v(x, y);
CREATE VIEW views.rollup AS SELECT name, born, grouping(name) AS g, count(*) FILTER (WHERE phone IS NULL) AS n
    FROM housing.buyers GROUP BY ROLLUP (name, born);
CREATE VIEW views.distinct_on AS SELECT DISTINCT ON (name) id, name FROM housing.buyers ORDER BY name, born;
CREATE VIEW views.sampled AS SELECT id FROM housing.buyers TABLESAMPLE system (10);
CREATE VIEW views.system AS SELECT relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid;
CREATE VIEW views.information AS SELECT table_name::text FROM information_schema.tables;
CREATE MATERIALIZED VIEW views.stored AS SELECT phone, count(*) AS n FROM housing.buyers GROUP BY phone;
CREATE VIEW views.user_function AS SELECT id, phone FROM housing.peek();
CREATE VIEW views.user_operator AS SELECT name OPERATOR(housing.===) phone AS same FROM housing.buyers;
CREATE VIEW views.by_name AS SELECT query_to_xml('select phone from housing.buyers', true, true, '') AS x;
CREATE VIEW views.joined_alias AS SELECT j.id FROM (housing.buyers b CROSS JOIN housing.no_columns n) j;
CREATE VIEW views.shadow AS WITH pg_class AS (SELECT phone FROM housing.buyers) SELECT * FROM pg_class;
CREATE VIEW views.renamed AS SELECT phone FROM housing.buyers;
ALTER VIEW views.renamed RENAME COLUMN phone TO telephone;
CREATE VIEW views.generated AS SELECT g.n, o.ord, o.tag FROM generate_series(1, 3) g(n),
    unnest(ARRAY['a']) WITH ORDINALITY o(tag, ord);
