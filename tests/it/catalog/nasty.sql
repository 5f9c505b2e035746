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
