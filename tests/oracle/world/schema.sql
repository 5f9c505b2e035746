-- The world of the two oracles: a small housing information system with everything in it that may carry a value
-- somewhere else. Databases A, B and M are copies of this one, so that object identifiers agree.
CREATE SCHEMA housing;
CREATE SCHEMA app;
CREATE TYPE housing.unit_status AS ENUM ('free', 'reserved', 'sold', 'handed over');
CREATE DOMAIN housing.phone_number AS varchar(20);

CREATE TABLE housing.projects (
    id int PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL, district text NOT NULL, launched date,
    tags text[] NOT NULL DEFAULT '{}', settings jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE housing.buildings (
    id int PRIMARY KEY, project_id int NOT NULL REFERENCES housing.projects, label text NOT NULL, floors int NOT NULL
);
CREATE TABLE housing.units (
    id int PRIMARY KEY, building_id int NOT NULL REFERENCES housing.buildings, number text NOT NULL,
    area numeric(8, 2) NOT NULL, list_price numeric(14, 2), status housing.unit_status NOT NULL DEFAULT 'free'
);
CREATE TABLE housing.agents (
    id int PRIMARY KEY, name text NOT NULL, desk text, commission numeric(5, 4), manager_id int REFERENCES housing.agents
);
CREATE TABLE housing.buyers (
    id int PRIMARY KEY, name text, id_no varchar(18), phone varchar(20), email text, address text, born date,
    income numeric(12, 2), extra jsonb, phones text[], note text, agent_id int REFERENCES housing.agents,
    level int NOT NULL DEFAULT 0, created_at timestamptz NOT NULL, dropped_once int
);
ALTER TABLE housing.buyers DROP COLUMN dropped_once;
ALTER TABLE housing.buyers ADD COLUMN active boolean NOT NULL DEFAULT true;
CREATE INDEX buyers_phone ON housing.buyers (phone);
CREATE INDEX buyers_lower_email ON housing.buyers (lower(email));
CREATE INDEX buyers_agent ON housing.buyers (agent_id);
CREATE TABLE housing.contracts (
    id int PRIMARY KEY, unit_id int NOT NULL REFERENCES housing.units, buyer_id int NOT NULL REFERENCES housing.buyers,
    agent_id int REFERENCES housing.agents, signed date NOT NULL, price numeric(14, 2) NOT NULL, status text NOT NULL,
    bank_card varchar(24)
);
CREATE TABLE housing.co_buyers (
    contract_id int REFERENCES housing.contracts, ordinal int, name text NOT NULL, phone varchar(20), relation text,
    PRIMARY KEY (contract_id, ordinal)
);
CREATE TABLE housing.payments (
    id int NOT NULL, contract_id int NOT NULL, paid_on date NOT NULL, amount numeric(14, 2) NOT NULL, payer_name text,
    PRIMARY KEY (id, paid_on)
) PARTITION BY RANGE (paid_on);
CREATE TABLE housing.payments_2023 PARTITION OF housing.payments FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE housing.payments_2024 PARTITION OF housing.payments FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE housing.payments_other PARTITION OF housing.payments DEFAULT;
CREATE TABLE housing.visits (
    id int PRIMARY KEY, buyer_id int REFERENCES housing.buyers, agent_id int REFERENCES housing.agents,
    at timestamptz NOT NULL, remark text
);
CREATE TABLE housing.calls (
    id int PRIMARY KEY, phone housing.phone_number, buyer_id int REFERENCES housing.buyers, at timestamptz NOT NULL,
    seconds int NOT NULL, outcome text
);
CREATE TABLE housing.handover_appointments (
    id int PRIMARY KEY, unit_id int NOT NULL REFERENCES housing.units, buyer_id int NOT NULL REFERENCES housing.buyers,
    at timestamptz NOT NULL, contact_phone varchar(20)
);
CREATE TABLE housing.leads (id int PRIMARY KEY, name text, phone varchar(20), source text);
CREATE TABLE housing.leads_archive (archived_on date) INHERITS (housing.leads);
-- Masks inside of values.
CREATE TYPE housing.home AS (street text, door int);
CREATE DOMAIN housing.id_number AS varchar(18) CHECK (VALUE ~ '^[0-9X]*$');
CREATE TABLE housing.profiles (
    id int PRIMARY KEY REFERENCES housing.buyers, extra jsonb, raw json, partly jsonb, phones varchar(20)[], years date[],
    mobile housing.phone_number, id_no housing.id_number, home housing.home
);
-- Copies of what is classified elsewhere: computed columns, whole rows inside of a column.
CREATE TABLE housing.contacts (
    id int PRIMARY KEY, phone varchar(20), last4 text GENERATED ALWAYS AS (right(phone, 4)) STORED,
    double int GENERATED ALWAYS AS (id * 2) STORED
);
CREATE TYPE app.kept AS (who housing.buyers, since date);
CREATE TABLE housing.keepsakes (id int PRIMARY KEY, who housing.buyers, many housing.leads[], nested app.kept);
-- Nothing in these is classified.
CREATE TABLE app.settings (key text PRIMARY KEY, value text);
CREATE TABLE app.events (id int PRIMARY KEY, kind text NOT NULL, at timestamptz NOT NULL, payload jsonb);
CREATE TABLE app."Odd Names" ("id" int PRIMARY KEY, "Select" text, "a""b" text, "名称" text);

CREATE VIEW housing.buyer_cards AS SELECT id, name, phone, level, agent_id FROM housing.buyers;
CREATE VIEW housing.contract_overview AS
    SELECT c.id AS contract_id, c.signed, c.price, b.name AS buyer, b.phone, u.number AS unit, p.name AS project, a.name AS agent
    FROM housing.contracts c JOIN housing.buyers b ON b.id = c.buyer_id JOIN housing.units u ON u.id = c.unit_id
    JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id
    LEFT JOIN housing.agents a ON a.id = c.agent_id;
CREATE VIEW housing.call_names AS SELECT b.id, b.name || ' ' || b.phone AS title FROM housing.buyers b;
CREATE VIEW housing.rich AS SELECT id, level FROM housing.buyers WHERE income > 300000;
CREATE VIEW housing.agent_load AS SELECT agent_id, count(*) AS buyers FROM housing.buyers GROUP BY agent_id;
CREATE VIEW housing.unit_list AS
    SELECT u.id, u.number, u.status, p.name AS project FROM housing.units u
    JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id;
CREATE VIEW housing.everyone AS
    SELECT id, name, phone FROM housing.buyers UNION ALL SELECT id, name, phone FROM housing.leads;
CREATE VIEW housing.repeated AS
    WITH RECURSIVE r(id, phone, depth) AS (
        SELECT id, phone, 0 FROM housing.buyers WHERE id < 4
        UNION ALL SELECT r.id, r.phone, depth + 1 FROM r WHERE depth < 2)
    SELECT id, phone, depth FROM r;
CREATE VIEW housing.visitors AS
    SELECT x.name, x.at FROM (housing.buyers b JOIN housing.visits v ON v.buyer_id = b.id) x;
CREATE VIEW housing.merged AS SELECT id, b.phone, l.source FROM housing.buyers b FULL JOIN housing.leads l USING (id);
CREATE VIEW housing.card_names AS SELECT c.id, c.name AS title FROM housing.buyer_cards c;
CREATE VIEW housing.kept_names AS SELECT k.id, (k.who).name AS name FROM housing.keepsakes k;
CREATE VIEW housing.agent_pairs AS SELECT DISTINCT b.agent_id, b.level FROM housing.buyers b;
CREATE VIEW housing.last_visit AS
    SELECT b.id, b.phone, l.at FROM housing.buyers b
    LEFT JOIN LATERAL (SELECT v.at FROM housing.visits v WHERE v.buyer_id = b.id ORDER BY v.at DESC LIMIT 1) l ON true;
CREATE VIEW housing.guarded WITH (security_barrier) AS SELECT id, name, phone FROM housing.buyers WHERE level > 0;
CREATE VIEW housing.by_phone AS SELECT phone, count(*) AS n FROM housing.buyers GROUP BY phone;
CREATE VIEW housing.numbers AS SELECT id, unnest(phones) AS number FROM housing.buyers;
CREATE VIEW housing.ranked AS SELECT id, level FROM housing.buyers ORDER BY income;
CREATE MATERIALIZED VIEW housing.buyer_directory AS SELECT id, name, phone, agent_id FROM housing.buyers WITH NO DATA;

-- What a careless owner may have left lying about: each is a way around a mask if it is called.
CREATE FUNCTION housing.phone_of(int) RETURNS text LANGUAGE sql SECURITY DEFINER STABLE
    AS 'SELECT phone FROM housing.buyers WHERE id = $1';
CREATE FUNCTION housing.buyers_of(int) RETURNS SETOF housing.buyers LANGUAGE sql STABLE
    AS 'SELECT * FROM housing.buyers WHERE agent_id = $1';
CREATE FUNCTION housing.loud(text) RETURNS text LANGUAGE plpgsql
    AS 'BEGIN RAISE NOTICE ''heard %'', $1; RETURN $1; END';
CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql SECURITY DEFINER
    AS 'SELECT string_agg(phone, '','') FROM housing.buyers';
CREATE FUNCTION app.peek(text, text) RETURNS boolean LANGUAGE sql SECURITY DEFINER
    AS 'SELECT EXISTS (SELECT 1 FROM housing.buyers WHERE phone = $1)';
CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = app.peek);
CREATE FUNCTION app.append(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT concat($1, $2)';
CREATE AGGREGATE app.gather(text) (SFUNC = app.append, STYPE = text);
CREATE TYPE app.secret AS (value text);
CREATE FUNCTION app.to_secret(text) RETURNS app.secret LANGUAGE sql AS 'SELECT ROW($1)::app.secret';
CREATE DOMAIN app.checked AS text CHECK (app.peek(VALUE, VALUE));
CREATE CAST (text AS app.secret) WITH FUNCTION app.to_secret(text);
CREATE TYPE app.card AS (number app.checked);
CREATE DOMAIN app.carded AS app.card;

-- Operators that no text names: IN, LIKE, CASE, BETWEEN look them up.
CREATE SCHEMA operators;
CREATE FUNCTION operators.eq(text, text) RETURNS boolean LANGUAGE sql SECURITY DEFINER AS 'SELECT EXISTS (SELECT 1 FROM housing.buyers b WHERE b.phone::text OPERATOR(pg_catalog.=) $1)';
CREATE OPERATOR operators.= (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.<> (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.~~ (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.>= (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.<= (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);
CREATE OPERATOR operators.~* (LEFTARG = text, RIGHTARG = text, FUNCTION = operators.eq);

-- Well-known extensions, and what is made of them.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION ltree SCHEMA ext;
CREATE EXTENSION intarray SCHEMA ext;
CREATE EXTENSION unaccent SCHEMA ext;
CREATE EXTENSION "uuid-ossp" SCHEMA ext;
CREATE EXTENSION pgcrypto SCHEMA ext;
CREATE EXTENSION fuzzystrmatch SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
CREATE EXTENSION tablefunc SCHEMA ext;
CREATE DOMAIN public.mailbox AS ext.citext CHECK (VALUE OPERATOR(ext.~) '@');
CREATE TABLE public.shops (id int PRIMARY KEY, name ext.citext, mail public.mailbox, attrs ext.hstore, path ext.ltree);
INSERT INTO public.shops VALUES (1, 'Kiosk', 'kiosk@x.example', 'size=>2', 'top.food'), (2, 'bazaar', NULL, 'size=>9,roof=>NULL', 'top.food.market'),
    (3, 'Market', 'm@x.example', '', 'top');
CREATE VIEW public.named_shops AS SELECT id, name FROM public.shops WHERE name OPERATOR(ext.<>) 'nobody'::ext.citext;
-- Of a name with what extensions have.
CREATE FUNCTION app.similarity(text, text) RETURNS text LANGUAGE sql SECURITY DEFINER
    AS 'SELECT string_agg(phone, '','') FROM housing.buyers';
CREATE FUNCTION app.soundex(int) RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT phone FROM housing.buyers WHERE id = $1';
CREATE FUNCTION app.later(int, int) RETURNS int LANGUAGE sql SECURITY DEFINER
    AS 'SELECT count(*)::int FROM housing.buyers WHERE phone > $2::text';
CREATE AGGREGATE app.max(int) (SFUNC = app.later, STYPE = int);
CREATE FUNCTION app.guess(ext.citext, ext.citext) RETURNS boolean LANGUAGE sql SECURITY DEFINER
    AS 'SELECT EXISTS (SELECT 1 FROM housing.buyers b WHERE b.phone::text OPERATOR(pg_catalog.=) $1::text)';
CREATE OPERATOR app.=? (LEFTARG = ext.citext, RIGHTARG = ext.citext, FUNCTION = app.guess);
GRANT SELECT ON public.shops, public.named_shops TO PUBLIC;
GRANT USAGE ON SCHEMA ext TO PUBLIC;

GRANT USAGE ON SCHEMA housing, app, operators, public TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA housing TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO PUBLIC;
-- Row locks need the right to update something; no case can harm the world with this.
GRANT UPDATE (active) ON housing.buyers TO PUBLIC;
GRANT UPDATE (status) ON housing.contracts TO PUBLIC;
GRANT UPDATE (id) ON housing.profiles TO PUBLIC;
CREATE SCHEMA series;
CREATE SEQUENCE series.ids;
GRANT USAGE ON SCHEMA series TO PUBLIC;
GRANT USAGE ON SEQUENCE series.ids TO PUBLIC;
-- Of these an agent sees its own alone; what others have is another thing in A and in B.
CREATE SCHEMA field;
CREATE TABLE field.offers (id int PRIMARY KEY, owner text NOT NULL, price int NOT NULL);
CREATE INDEX offers_price ON field.offers (price);
GRANT USAGE ON SCHEMA field TO agent;
GRANT SELECT ON field.offers TO agent;
-- By a filter that reads another table, and beside a policy that fails.
CREATE TABLE field.plots (id int PRIMARY KEY, agent_id int NOT NULL, price int NOT NULL, big bigint);
CREATE TABLE field.tenths (tenant int);
ALTER TABLE field.tenths ENABLE ROW LEVEL SECURITY;
CREATE POLICY fails ON field.tenths USING (1 / (tenant - 1) > 0);
GRANT SELECT ON field.plots, field.tenths TO agent;
-- The same, to be written.
CREATE TABLE field.claims (id int PRIMARY KEY, owner text NOT NULL, price int NOT NULL);
GRANT SELECT, INSERT, UPDATE, DELETE ON field.claims TO agent;
-- What the server looks at together: protected columns with others. A write to the others may fail by what these hold.
CREATE SCHEMA tied;
CREATE TABLE tied.loans (
    id int PRIMARY KEY, phone text UNIQUE, income numeric(12, 2), deposit numeric(12, 2) NOT NULL DEFAULT 0,
    level int NOT NULL DEFAULT 1, rank int NOT NULL DEFAULT 1, project int NOT NULL DEFAULT 1, city text,
    span int4range, seat int4range, note text, active boolean NOT NULL DEFAULT true,
    margin int GENERATED ALWAYS AS (1000 / (income::int - level)) STORED,
    words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, coalesce(phone, '') || ' ' || coalesce(city, ''))) STORED,
    CONSTRAINT affordable CHECK (deposit <= income), CONSTRAINT apart EXCLUDE USING gist (span WITH &&, seat WITH &&)
);
CREATE UNIQUE INDEX loans_project ON tied.loans (project, phone);
CREATE INDEX loans_rank ON tied.loans ((1000 / (income::int - rank)));
CREATE INDEX loans_city ON tied.loans (lower(city), phone) WHERE note IS NOT NULL;
CREATE VIEW tied.lent AS SELECT id, deposit AS paid, income, phone FROM tied.loans;
CREATE TABLE tied.parent (id int PRIMARY KEY, deposit int NOT NULL DEFAULT 0, note text);
CREATE TABLE tied.child (income int, CHECK (deposit <> income)) INHERITS (tied.parent);
CREATE TABLE tied.ruled (id int PRIMARY KEY, income int, deposit int NOT NULL DEFAULT 0, note text);
ALTER TABLE tied.ruled ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON tied.ruled FOR SELECT USING (true);
CREATE POLICY writes ON tied.ruled FOR UPDATE USING (true) WITH CHECK (deposit <> income);
CREATE TABLE tied.codes (code int PRIMARY KEY);
CREATE TABLE tied.uses (
    id int PRIMARY KEY, code int REFERENCES tied.codes ON UPDATE CASCADE, income int, CHECK (code <> income)
);
CREATE TABLE tied.marks (code int PRIMARY KEY, grade int REFERENCES tied.codes ON DELETE CASCADE);
CREATE TABLE tied.marked (
    id int PRIMARY KEY, code int DEFAULT 0 REFERENCES tied.marks ON DELETE SET DEFAULT, income int, CHECK (code <> income)
);
CREATE TABLE tied.unmarked (
    id int PRIMARY KEY, code int REFERENCES tied.marks ON DELETE SET NULL ON UPDATE SET NULL, income int, CHECK (coalesce(code, 0) <> income)
);
CREATE TABLE tied.filled (id int PRIMARY KEY, room int, income int DEFAULT 0, UNIQUE (room, income));
CREATE TABLE tied.vacant (id int PRIMARY KEY, room int, income int, UNIQUE NULLS NOT DISTINCT (room, income));
CREATE TABLE tied.births (
    id int NOT NULL, born date NOT NULL, phone text, note text, part oid GENERATED ALWAYS AS (tableoid) STORED
) PARTITION BY RANGE (born);
CREATE TABLE tied.births_1 PARTITION OF tied.births FOR VALUES FROM (MINVALUE) TO ('1975-04-01');
CREATE TABLE tied.births_2 PARTITION OF tied.births FOR VALUES FROM ('1975-04-01') TO ('1975-08-01');
CREATE TABLE tied.births_3 PARTITION OF tied.births DEFAULT;
CREATE VIEW tied.born AS SELECT id, note FROM tied.births;
CREATE VIEW tied.first_born AS SELECT id, note FROM tied.births_1;
CREATE VIEW tied.born_where AS SELECT id, tableoid::int AS part FROM tied.births;
CREATE VIEW tied.born_early AS SELECT id FROM tied.births b WHERE b.tableoid = 'tied.births_1'::regclass;
-- Read by the index, rows of a project come in the order of their numbers; read by the other, in that of all.
CREATE TABLE tied.signed (id int PRIMARY KEY, project int NOT NULL, phone text, active boolean NOT NULL DEFAULT true);
CREATE INDEX signed_project ON tied.signed (project, phone);
CREATE INDEX signed_phone ON tied.signed (phone) WHERE NOT active;
CREATE VIEW tied.signed_by AS SELECT id, project FROM tied.signed;
CREATE VIEW tied.signed_masked AS SELECT id, project, phone FROM tied.signed;
CREATE VIEW tied.signed_above AS SELECT id AS number, project AS place FROM tied.signed_by;
CREATE VIEW tied.signed_first AS SELECT id FROM tied.signed ORDER BY project LIMIT 30;
-- Computed whether somebody asks for it or not.
CREATE VIEW tied.numbered AS
    WITH x AS MATERIALIZED (SELECT id, (phone || 'x')::bigint AS n FROM tied.loans) SELECT id, n FROM x;
CREATE VIEW tied.numbered_or_not AS
    SELECT id, (phone || 'x')::bigint AS n FROM tied.loans UNION ALL SELECT id, 0 AS n FROM tied.parent;
CREATE VIEW tied.ranked_within AS
    WITH x AS MATERIALIZED (SELECT id, row_number() OVER (ORDER BY phone) AS n FROM tied.loans) SELECT id, n FROM x;
-- Of several rows every value is computed; a list is no text.
CREATE VIEW tied.numbered_rows AS
    SELECT l.id, v.n FROM tied.loans l, LATERAL (VALUES ((l.phone || 'x')::bigint), (0)) v (n);
CREATE VIEW tied.listed AS
    WITH x AS MATERIALIZED (SELECT id, phone::text[] AS n FROM tied.loans) SELECT id, n FROM x;
-- Views over views: what those below decide, sort and compute.
CREATE VIEW tied.over_rich AS SELECT id FROM housing.rich;
CREATE VIEW tied.over_ranked AS SELECT id FROM housing.ranked;
CREATE VIEW tied.over_numbered AS SELECT id FROM tied.numbered;
CREATE VIEW tied.twice_over AS SELECT a.id FROM housing.agents a WHERE EXISTS (SELECT 1 FROM tied.over_rich r WHERE r.id = a.id);
CREATE MATERIALIZED VIEW tied.kept_rich AS SELECT id FROM housing.rich;
CREATE VIEW tied.numbers AS SELECT id, (phone || 'x')::bigint AS n FROM tied.loans;
CREATE VIEW tied.numbers_kept AS
    WITH x AS MATERIALIZED (SELECT id, n FROM tied.numbers) SELECT id, n FROM x;
CREATE VIEW tied.ranks AS SELECT id, row_number() OVER (ORDER BY phone) AS n FROM tied.loans;
CREATE VIEW tied.ranks_or_not AS SELECT id, n FROM tied.ranks UNION ALL SELECT id, 0 FROM tied.parent;
CREATE MATERIALIZED VIEW tied.ranks_stored AS SELECT id, n FROM tied.ranks;
-- Rules lead a write elsewhere.
CREATE VIEW tied.led AS SELECT id, phone FROM tied.loans;
CREATE RULE shows AS ON DELETE TO tied.led DO INSTEAD SELECT id, phone FROM tied.loans WHERE id = OLD.id;
CREATE RULE copies AS ON UPDATE TO tied.led
    DO ALSO INSERT INTO app.events VALUES (OLD.id + 900000, 'audit', now(), to_jsonb(OLD.phone));
CREATE VIEW tied.over_led AS SELECT id, phone FROM tied.led;
-- What is not merged is computed as a whole where rows are locked or written.
CREATE VIEW tied.barred WITH (security_barrier) AS SELECT id, (phone || 'x')::bigint AS n FROM tied.loans WHERE level > 0;
CREATE VIEW tied.limited AS SELECT id, (phone || 'x')::bigint AS n FROM tied.loans LIMIT 1000;
CREATE VIEW tied.grouped AS SELECT level, max((phone || 'x')::bigint) AS n FROM tied.loans GROUP BY level;
CREATE VIEW tied.over_barred AS SELECT id FROM tied.barred;
-- Rows of a function decide.
CREATE VIEW tied.agents_by_rows AS SELECT a.id FROM housing.agents a
    WHERE EXISTS (SELECT 1 FROM housing.buyers_of(a.id) b WHERE b.phone LIKE '1____5%' AND b.id < 60);
CREATE VIEW tied.rows_limit AS
    SELECT a.id FROM housing.agents a LIMIT (SELECT count(*) FROM housing.buyers_of(3) b WHERE b.phone LIKE '1____5%');
CREATE VIEW tied.rows_shown AS SELECT b.id, b.phone, b.level FROM housing.buyers_of(3) b;
-- An index over hidden values decides which rows are stored.
CREATE MATERIALIZED VIEW tied.signed_kept AS SELECT id, project FROM tied.signed ORDER BY project LIMIT 30;
CREATE VIEW tied.over_signed_kept AS SELECT id FROM tied.signed_kept;
-- The seed of a sample; a type that runs somebody's code on what the client enters.
CREATE VIEW tied.seen_samples AS
    SELECT a.id, (SELECT count(*) FROM app.events e TABLESAMPLE bernoulli (50) REPEATABLE (a.income)) AS n FROM tied.loans a;
CREATE VIEW tied.seen_domain AS SELECT id, kind::app.checked AS k FROM app.events;
-- Views of what decides or is filled, without the rest.
CREATE VIEW tied.lead_sources AS SELECT id, source FROM housing.leads;
CREATE VIEW tied.over_sources AS SELECT id AS number, source AS place FROM tied.lead_sources;
CREATE VIEW tied.call_times AS SELECT id, at FROM housing.calls;
CREATE VIEW tied.filled_rooms AS SELECT id, room FROM tied.filled;
CREATE VIEW tied.vacant_rooms AS SELECT id, room FROM tied.vacant;
-- Definitions that call an owner's functions.
CREATE FUNCTION tied.known(text) RETURNS boolean LANGUAGE sql SECURITY DEFINER IMMUTABLE
    AS 'SELECT EXISTS (SELECT 1 FROM housing.buyers b WHERE b.phone::text OPERATOR(pg_catalog.=) $1)';
CREATE TABLE tied.forms (
    id int PRIMARY KEY, phone text CHECK (tied.known(phone) IS NOT NULL), first text DEFAULT housing.phone_of(1),
    known boolean GENERATED ALWAYS AS (tied.known(phone)) STORED
);
CREATE UNIQUE INDEX forms_known ON tied.forms ((tied.known(phone)), id);
CREATE STATISTICS tied.forms_told ON (tied.known(phone)), id FROM tied.forms;
-- Ranges of rows; an index over whole rows; what is computed unasked, and fails.
CREATE TYPE tied.leads_between AS RANGE (subtype = housing.leads, multirange_type_name = tied.leads_among);
CREATE TABLE tied.spans (id int PRIMARY KEY, one tied.leads_between, several tied.leads_among, each_one tied.leads_between[]);
CREATE TABLE tied.searched (id int PRIMARY KEY, level int NOT NULL, phone text);
CREATE FUNCTION tied.words(tied.searched) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.phone';
CREATE INDEX searched_words ON tied.searched (level, tied.words(searched));
CREATE VIEW tied.gathered AS
    WITH x AS MATERIALIZED (SELECT p.id, jsonb_agg(p.raw) AS j FROM housing.profiles p GROUP BY p.id) SELECT id, j FROM x;
CREATE VIEW tied.appended AS
    WITH x AS MATERIALIZED (SELECT id, phones || 'x'::text AS a FROM ONLY housing.buyers WHERE id < 9) SELECT id, a FROM x;
CREATE VIEW tied.gathered_lists AS
    WITH x AS MATERIALIZED (SELECT id, ARRAY[phones, ARRAY['a', 'b']] AS a FROM ONLY housing.buyers WHERE id < 9) SELECT id, a FROM x;
-- What a row gives no value is compared, too.
CREATE TABLE tied.unnamed (id int PRIMARY KEY, room int, income int);
CREATE UNIQUE INDEX unnamed_key ON tied.unnamed (room, COALESCE(income, 0));
CREATE TABLE tied.unnoted (id int PRIMARY KEY, room int, income int);
CREATE UNIQUE INDEX unnoted_key ON tied.unnoted (room) WHERE income IS NULL;
GRANT USAGE ON SCHEMA tied TO PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA tied TO PUBLIC;
