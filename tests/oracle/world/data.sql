-- Rows by arithmetic. `:hidden` (0 in A, 1 in B) changes every hidden part of every protected value and nothing else:
-- masks, NULLs, lengths and everything unprotected stay the same. `:buyers` is how many buyers there are.
SET search_path = pg_catalog;
CREATE FUNCTION pg_temp.pick(i int, salt text, n int) RETURNS int LANGUAGE sql IMMUTABLE
    AS $$ SELECT ((('x' || substr(md5(salt || '/' || i), 1, 7))::bit(28)::int) % n)::int $$;
-- The same, but another number in B.
CREATE FUNCTION pg_temp.hide(i int, salt text, n int, hidden int) RETURNS int LANGUAGE sql IMMUTABLE
    AS $$ SELECT (pg_temp.pick(i, salt, n) + hidden * (1 + pg_temp.pick(i, salt || '+', n - 1))) % n $$;
CREATE FUNCTION pg_temp.phone(i int, hidden int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['138', '139', '186', '150'])[1 + pg_temp.pick(i, 'net', 4)]
        || lpad(pg_temp.hide(i, 'middle', 10000, hidden)::text, 4, '0') || lpad(pg_temp.pick(i, 'tail', 40)::text, 4, '0') $$;
CREATE FUNCTION pg_temp.given(i int, hidden int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['伟', '芳', '娜', '敏', '静', '磊', '军', '洋', '勇', '艳', '杰', '娟'])[1 + pg_temp.hide(i, 'given', 12, hidden)]
        || CASE WHEN i % 3 = 0 THEN '' ELSE (ARRAY['明', '华', '国', '文', '平', '志', '辉', '玲', '丽'])[1 + pg_temp.hide(i, 'second', 9, hidden)] END $$;
CREATE FUNCTION pg_temp.name(i int, hidden int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '欧阳', '上官'])[1 + pg_temp.pick(i, 'family', 12)] || pg_temp.given(i, hidden) $$;
CREATE FUNCTION pg_temp.checked(body text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT body || substr('10X98765432', 1 + (SELECT (sum(substr(body, n::int, 1)::int * w) % 11)::int
        FROM unnest(ARRAY[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) WITH ORDINALITY AS t (w, n)), 1) $$;
CREATE FUNCTION pg_temp.born(i int, hidden int) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT make_date(1950 + pg_temp.pick(i, 'year', 50), 1 + pg_temp.hide(i, 'month', 12, hidden), 1 + pg_temp.hide(i, 'day', 28, hidden)) $$;
CREATE FUNCTION pg_temp.card(i int, hidden int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT '622202' || lpad(pg_temp.hide(i, 'card', 1000000, hidden)::text, 9, '0') || lpad(pg_temp.pick(i, 'end', 10000)::text, 4, '0') $$;

INSERT INTO housing.projects SELECT i, 'P' || lpad(i::text, 3, '0'), (ARRAY['海悦府', '翡翠城', '云锦台', '书香里', '山水间'])[i],
    (ARRAY['市南区', '崂山区', '黄岛区'])[1 + i % 3], date '2020-01-01' + i * 100, ARRAY['tag' || i % 2, '精装'],
    jsonb_build_object('grade', i, 'open', i % 2 = 0) FROM generate_series(1, 5) i;
INSERT INTO housing.buildings SELECT i, 1 + i % 5, i || '号楼', 18 + i % 7 FROM generate_series(1, 15) i;
INSERT INTO housing.units SELECT i, 1 + i % 15, (1 + i % 18) || '0' || (1 + i % 4), 80 + i % 60 + 0.5, 1000000 + i * 1000,
    (ARRAY['free', 'reserved', 'sold', 'handed over'])[1 + i % 4]::housing.unit_status FROM generate_series(1, 400) i;
INSERT INTO housing.agents SELECT i, '顾问' || i, 'desk ' || i % 3, i / 1000.0, NULLIF(i / 3, 0) FROM generate_series(1, 12) i;
INSERT INTO housing.buyers (id, name, id_no, phone, email, address, born, income, extra, phones, note, agent_id, level, created_at, active)
SELECT i,
    CASE i % 50 WHEN 7 THEN NULL WHEN 8 THEN '' WHEN 9 THEN CASE :hidden WHEN 0 THEN 'Alice Smith' ELSE 'Agnes Jones' END ELSE pg_temp.name(i, :hidden) END,
    CASE WHEN i % 31 = 0 THEN NULL ELSE pg_temp.checked((ARRAY['370202', '110105', '440305'])[1 + pg_temp.pick(i, 'region', 3)]
        || to_char(pg_temp.born(i, :hidden), 'YYYYMMDD') || lpad(pg_temp.hide(i, 'serial', 1000, :hidden)::text, 3, '0')) END,
    CASE WHEN i % 17 = 0 THEN NULL WHEN i % 61 = 0 THEN '9' || pg_temp.hide(i, 'short', 10, :hidden) || '5' ELSE pg_temp.phone(i, :hidden) END,
    CASE WHEN i % 13 = 0 THEN NULL ELSE chr(97 + pg_temp.pick(i, 'mail', 26)) || lpad(pg_temp.hide(i, 'local', 100000, :hidden)::text, 6, 'q') || '@example.' || (ARRAY['com', 'cn', 'net'])[1 + i % 3] END,
    '山东省青岛市' || (ARRAY['市南区', '崂山区', '黄岛区'])[1 + pg_temp.pick(i, 'district', 3)] || '香港路' || (10 + pg_temp.hide(i, 'street', 90, :hidden)) || '号' || (10 + pg_temp.hide(i, 'door', 90, :hidden)) || '室',
    pg_temp.born(i, :hidden),
    CASE WHEN i % 11 = 0 THEN NULL ELSE 10000 * (5 + pg_temp.pick(i, 'income', 60)) + 100 * pg_temp.hide(i, 'exact', 40, :hidden) END,
    jsonb_build_object('wechat', 'wx' || pg_temp.hide(i, 'wx', 100000, :hidden), 'kin', pg_temp.name(i + 7, :hidden), 'rank', pg_temp.hide(i, 'rank', 9, :hidden)),
    ARRAY[pg_temp.phone(i + 1000, :hidden), pg_temp.phone(i + 2000, :hidden)],
    '电话 ' || pg_temp.phone(i, :hidden),
    NULLIF(1 + i % 13, 13), i % 4, timestamptz '2023-01-01 08:00:00+08' + i * interval '7 hours', i % 9 <> 0
FROM generate_series(1, :buyers) i;
INSERT INTO housing.profiles SELECT i,
    CASE i % 10 WHEN 3 THEN NULL WHEN 4 THEN '[]' WHEN 5 THEN to_jsonb('wx' || pg_temp.hide(i, 'wx', 1000, :hidden)) ELSE jsonb_build_object(
        'phone', pg_temp.phone(i, :hidden), 'level', i % 4, 'card', pg_temp.card(i, :hidden),
        'contacts', CASE i % 7 WHEN 0 THEN '"none"' WHEN 1 THEN to_jsonb(pg_temp.phone(i, :hidden)) ELSE jsonb_build_array(
            jsonb_build_object('name', pg_temp.name(i + 3, :hidden), 'phone', pg_temp.phone(i + 3, :hidden), 'kin', i % 2 = 0),
            pg_temp.phone(i + 4, :hidden), jsonb_build_object('name', pg_temp.hide(i, 'number', 100, :hidden), 'phone', NULL)) END) END,
    (format('{"phone" : "%1$s", "level":%2$s, "phone":"%1$s", "note":"\u0041%3$s"}', pg_temp.phone(i, :hidden), i % 4,
        CASE i % 9 WHEN 2 THEN '\u0000' || pg_temp.hide(i, 'nul', 10, :hidden) ELSE '\ud83d\ude00' END))::json,
    jsonb_build_object('level', i % 4, 'name', pg_temp.name(i, :hidden), 'hidden ' || pg_temp.hide(i, 'key', 10, :hidden), i),
    CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN '{}' WHEN 2 THEN ARRAY[[pg_temp.phone(i, :hidden), NULL], [pg_temp.phone(i + 1, :hidden), '']]
        WHEN 3 THEN format('[0:1]={%s,NULL}', pg_temp.phone(i, :hidden))::varchar[] ELSE ARRAY[pg_temp.phone(i, :hidden), NULL, pg_temp.phone(i + 9, :hidden)] END,
    ARRAY[pg_temp.born(i, :hidden), NULL, pg_temp.born(i + 1, :hidden)], pg_temp.phone(i, :hidden),
    lpad(pg_temp.hide(i, 'own', 1000, :hidden)::text, 18, '0'), ROW('香港路' || pg_temp.hide(i, 'street', 90, :hidden), i)::housing.home
    FROM generate_series(1, 120) i;
INSERT INTO housing.contracts SELECT i, 1 + (i * 7) % 400, 1 + (i * 3) % :buyers, NULLIF(1 + i % 13, 13), date '2023-01-01' + i % 700,
    1000000 + (i * 7919) % 900000, (ARRAY['signed', 'filed', 'cancelled'])[1 + i % 3], CASE WHEN i % 7 = 0 THEN NULL ELSE pg_temp.card(i, :hidden) END
    FROM generate_series(1, 200) i;
INSERT INTO housing.co_buyers SELECT i, n, pg_temp.name(i * 10 + n, :hidden), pg_temp.phone(i * 10 + n, :hidden), (ARRAY['spouse', 'parent'])[n]
    FROM generate_series(1, 200, 3) i, generate_series(1, 2) n;
INSERT INTO housing.payments SELECT i, 1 + i % 200, date '2023-03-01' + i, 10000 + (i * 31) % 5000, pg_temp.name(1 + (i * 3) % 300, :hidden)
    FROM generate_series(1, 800) i;
INSERT INTO housing.visits SELECT i, 1 + (i * 5) % :buyers, 1 + i % 12, timestamptz '2023-02-01 10:00+08' + i * interval '11 hours',
    '带看 ' || pg_temp.name(1 + (i * 5) % :buyers, :hidden) FROM generate_series(1, 250) i;
INSERT INTO housing.calls SELECT i, pg_temp.phone(1 + (i * 2) % 400, :hidden), CASE WHEN i % 4 = 0 THEN NULL ELSE 1 + (i * 2) % :buyers END,
    timestamptz '2022-06-01 09:00+08' + i * interval '36 hours', (i * 37) % 600, (ARRAY['answered', 'busy', 'refused'])[1 + i % 3]
    FROM generate_series(1, 400) i;
INSERT INTO housing.handover_appointments SELECT i, 1 + i * 3, 1 + i * 2, timestamptz '2024-06-01 09:00+08' + i * interval '1 hour', pg_temp.phone(1 + i * 2, :hidden)
    FROM generate_series(1, 100) i;
INSERT INTO housing.leads SELECT i, pg_temp.name(i + 500, :hidden), pg_temp.phone(i + 500, :hidden), (ARRAY['web', 'fair', 'friend'])[1 + i % 3] FROM generate_series(1, 60) i;
INSERT INTO housing.leads_archive SELECT i, pg_temp.name(i + 500, :hidden), pg_temp.phone(i + 500, :hidden), 'old', date '2022-01-01' + i FROM generate_series(61, 90) i;
INSERT INTO housing.contacts SELECT i, pg_temp.phone(i + 2500, :hidden) FROM generate_series(1, 50) i;
INSERT INTO housing.keepsakes SELECT b.id, b, ARRAY(SELECT l FROM ONLY housing.leads l WHERE l.id = b.id), ROW(b, date '2024-01-01')::app.kept
    FROM housing.buyers b WHERE b.id <= 30;
INSERT INTO app.settings VALUES ('city', '青岛'), ('phone', '0532-12345'), ('empty', NULL);
INSERT INTO app.events SELECT i, (ARRAY['login', 'export', 'search'])[1 + i % 3], timestamptz '2024-01-01 00:00+00' + i * interval '5 minutes',
    jsonb_build_object('n', i, 'ok', i % 2 = 0) FROM generate_series(1, 100) i;
INSERT INTO app."Odd Names" VALUES (1, 'x', 'y', '甲'), (2, NULL, 'z', '乙');
INSERT INTO field.offers SELECT i + CASE WHEN i % 3 = 0 THEN 0 ELSE 10000 * :hidden END,
    CASE WHEN i % 3 = 0 THEN 'agent' WHEN i % 3 = 1 AND :hidden = 1 THEN '1' ELSE 'other' END,
    CASE WHEN i % 3 = 0 THEN i * 10 ELSE 100 + i * (7 + 2 * :hidden) END FROM generate_series(1, 300) i;
INSERT INTO field.claims TABLE field.offers;
INSERT INTO field.plots SELECT id, CASE owner WHEN 'agent' THEN 3 ELSE 7 END, price, CASE WHEN price = 107 THEN -5 ELSE 3 END FROM field.offers;
INSERT INTO field.tenths VALUES (1);
INSERT INTO tied.loans (id, phone, income, span, seat, city, note)
    SELECT i, '138' || lpad(pg_temp.hide(i, 'loan', 10000, :hidden)::text, 4, '0') || lpad(i::text, 4, '0'),
    i * 10000 + 100 + pg_temp.hide(i, 'income', 3000, :hidden), int4range(pg_temp.hide(i, 'span', 90, :hidden), 100), int4range(i, i + 1),
    'city ' || i % 3, 'n' FROM generate_series(1, 40) i;
INSERT INTO tied.child SELECT i, 0, 'n', 1 + pg_temp.hide(i, 'child', 900, :hidden) FROM generate_series(1, 10) i;
INSERT INTO tied.ruled SELECT i, 1 + pg_temp.hide(i, 'ruled', 900, :hidden), 0, 'n' FROM generate_series(1, 10) i;
INSERT INTO tied.codes SELECT i FROM generate_series(-3, -1) i;
INSERT INTO tied.uses SELECT i, -1 - i % 3, 1 + pg_temp.hide(i, 'uses', 900, :hidden) FROM generate_series(1, 10) i;
INSERT INTO tied.marks SELECT i, -1 FROM generate_series(0, 10) i;
INSERT INTO tied.marked SELECT i, i, 5 * :hidden * (i % 2) FROM generate_series(6, 10) i;
INSERT INTO tied.unmarked SELECT i, i, 5 * :hidden * (i % 2) FROM generate_series(6, 10) i;
INSERT INTO tied.vacant SELECT i, i, NULLIF(5 * :hidden * (i % 2), 0) FROM generate_series(1, 10) i;
INSERT INTO tied.filled SELECT i, i, 5 * :hidden * (i % 2) FROM generate_series(1, 10) i;
INSERT INTO tied.signed SELECT i, i % 40, pg_temp.phone(i, :hidden), i % 100 <> 0 FROM generate_series(1, 3000) i;
INSERT INTO tied.births SELECT i, make_date(1975, 1 + pg_temp.hide(i, 'month', 12, :hidden), 5), pg_temp.phone(i, :hidden), 'n' FROM generate_series(1, 30) i;
INSERT INTO tied.spans SELECT l.id, tied.leads_between(l, l, '[]'), tied.leads_among(tied.leads_between(l, l, '[]')),
    ARRAY[tied.leads_between(l, l, '[]')] FROM ONLY housing.leads l WHERE id < 6;
INSERT INTO tied.searched SELECT i, i % 40, pg_temp.phone(i, :hidden) FROM generate_series(1, 3000) i;
INSERT INTO tied.unnamed SELECT i, i, NULLIF(5 * :hidden * (i % 2), 0) FROM generate_series(1, 10) i;
INSERT INTO tied.unnoted TABLE tied.unnamed;
REFRESH MATERIALIZED VIEW housing.buyer_directory;
