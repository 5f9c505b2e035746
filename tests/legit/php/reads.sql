-- case: PDO, prepared
-- bind: 2, 王%
SELECT id, name FROM housing.buyers WHERE level = $1 AND name LIKE $2 ORDER BY id
-- case: PDO, prepared, 2
SELECT RELNAME FROM PG_CLASS WHERE OID=<<regclass housing.buyers>>
-- case: PDO, prepared, 3
DEALLOCATE pdo_stmt_00000001
-- case: PDO, emulated
SELECT id, phone FROM housing.buyers WHERE level = '1' AND note IS NOT DISTINCT FROM NULL ORDER BY id
-- case: PDO, scrolled
BEGIN
-- then
DECLARE pdo_crsr_00000002 SCROLL CURSOR WITH HOLD FOR SELECT id, phone FROM housing.buyers ORDER BY id
-- then
FETCH FORWARD 0 FROM pdo_crsr_00000002
-- then
FETCH LAST FROM pdo_crsr_00000002
-- then
FETCH FIRST FROM pdo_crsr_00000002
-- then
ROLLBACK
-- case: pg_meta_data
SELECT a.attname, a.attnum, t.typname, a.attlen, a.attnotNULL, a.atthasdef, a.attndims, t.typtype, d.description FROM pg_class as c  JOIN pg_attribute a ON (a.attrelid = c.oid)  JOIN pg_type t ON (a.atttypid = t.oid)  JOIN pg_namespace n ON (c.relnamespace = n.oid)  LEFT JOIN pg_description d ON (d.objoid=a.attrelid AND d.objsubid=a.attnum AND c.oid=d.objoid) WHERE a.attnum > 0  AND c.relname = 'buyers' AND n.nspname = 'housing' ORDER BY a.attnum
-- case: pg_field_type
SELECT id, name, born, extra FROM housing.buyers ORDER BY id LIMIT 2
-- case: pg_field_type, 2
select oid,typname from pg_type
-- case: pg_field_type, 3
select relname from pg_class where oid=<<regclass housing.buyers>>
-- case: pg_select
SELECT a.attname, a.attnum, t.typname, a.attlen, a.attnotnull, a.atthasdef, a.attndims, t.typtype FROM pg_class as c  JOIN pg_attribute a ON (a.attrelid = c.oid)  JOIN pg_type t ON (a.atttypid = t.oid)  JOIN pg_namespace n ON (c.relnamespace = n.oid) WHERE a.attnum > 0 AND c.relname = 'buyers' AND n.nspname = 'housing' ORDER BY a.attnum
-- case: pg_select, 2
SELECT * FROM "housing"."buyers" WHERE "level"=2
-- case: pg_copy_to
COPY app.settings TO STDOUT DELIMITER E'	' NULL AS E'\\N'
-- case: pg_query_params
-- bind: {1,2,3}
SELECT id, phone FROM housing.buyers WHERE id = ANY ($1::int[]) ORDER BY id
-- case: pg_query_params
BEGIN
-- then
select pg_catalog.version()
-- then
select current_schema()
-- then
show transaction isolation level
-- then
show standard_conforming_strings
-- then
ROLLBACK
-- then
BEGIN
-- then
SELECT housing.buyers.id, housing.buyers.name, housing.buyers.id_no, housing.buyers.phone, housing.buyers.email, housing.buyers.address, housing.buyers.born, housing.buyers.income, housing.buyers.extra, housing.buyers.phones, housing.buyers.note, housing.buyers.agent_id, housing.buyers.level, housing.buyers.created_at, housing.buyers.active 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT '8'::INTEGER
-- then
SELECT housing.buyers.id, housing.buyers.phone 
FROM housing.buyers 
WHERE housing.buyers.phone LIKE '138%'::VARCHAR ORDER BY housing.buyers.id
-- then
SELECT housing.buyers.level, count(*) AS count_1, min(housing.buyers.born) AS min_1 
FROM housing.buyers GROUP BY housing.buyers.level ORDER BY housing.buyers.level
-- then
SELECT housing.buyers.id, housing.buyers.extra ->> 'kin'::TEXT AS anon_1, housing.buyers.phones 
FROM housing.buyers 
WHERE housing.buyers.id IN ('1'::INTEGER, '2'::INTEGER, '3'::INTEGER) ORDER BY housing.buyers.id
-- then
SELECT json_agg(json_build_object('phone'::VARCHAR, housing.buyers.phone)) AS json_agg_1 
FROM housing.buyers 
WHERE housing.buyers.id = '3'::INTEGER
-- then
SELECT housing.buyers.id, row_number() OVER (PARTITION BY housing.buyers.level ORDER BY housing.buyers.id) AS anon_1 
FROM housing.buyers ORDER BY housing.buyers.id 
 LIMIT '9'::INTEGER
-- then
ROLLBACK
-- case: pg_query_params
SELECT oid, typarray FROM pg_type WHERE typname = 'hstore'
-- then
SELECT oid, typarray FROM pg_type WHERE typname = 'citext'
-- then
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 8
-- then
SELECT "buyers"."id" AS "id", "buyers"."name" AS "name", "buyers"."phone" AS "phone", "buyers"."born" AS "born" FROM "buyers" WHERE (("buyers"."phone"::text LIKE '138%' OR "buyers"."name"::text LIKE '%王%') AND "buyers"."born" >= '1970-01-01'::date) ORDER BY 1 ASC
-- then
SELECT "contracts"."id" AS "id", "buyers"."name" AS "buyer__name", "buyers"."phone" AS "buyer__phone" FROM "contracts" INNER JOIN "buyers" ON ("contracts"."buyer_id" = "buyers"."id") ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", "buyers"."name" AS "name", COUNT("contracts"."id") AS "n" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY 1, 2, "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" HAVING COUNT("contracts"."id") > 0 ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at", COUNT("contracts"."id") AS "n" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" ORDER BY "buyers"."id" ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", (SELECT U0."signed" AS "signed" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") ORDER BY 1 DESC, U0."id" ASC LIMIT 1) AS "last", EXISTS(SELECT 1 AS "a" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") LIMIT 1) AS "any" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", ROW_NUMBER() OVER (PARTITION BY "buyers"."level" ORDER BY "buyers"."id" ASC) AS "n" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", EXTRACT(YEAR FROM "buyers"."born") AS "y", LOWER("buyers"."email") AS "l", (COALESCE("buyers"."name", '') || COALESCE((COALESCE('/', '') || COALESCE("buyers"."phone", '')), '')) AS "c" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT DATE_TRUNC('month', "contracts"."signed") AS "m", COUNT("contracts"."id") AS "n", SUM("contracts"."price") AS "t" FROM "contracts" GROUP BY 1 ORDER BY 1 ASC
-- then
SELECT "buyers"."level" AS "level", ARRAY_AGG("buyers"."id" ORDER BY "buyers"."id") AS "ids", STRING_AGG("buyers"."name", ',' ORDER BY "buyers"."id") AS "names" FROM "buyers" GROUP BY 1 ORDER BY 1 ASC
-- then
BEGIN
-- then
DECLARE "_django_curs_139704225692544_sync_1" NO SCROLL CURSOR FOR SELECT "buyers"."id" AS "id", "buyers"."phone" AS "phone" FROM "buyers" ORDER BY 1 ASC
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_139704225692544_sync_1"
-- then
CLOSE "_django_curs_139704225692544_sync_1"
-- then
COMMIT
-- then
BEGIN
-- then
ROLLBACK
-- then
SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                obj_description(c.oid, 'pg_class')
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- then
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'buyers'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- then
SELECT * FROM "buyers" LIMIT 1
-- then
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'buyers' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)
-- then
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'buyers' AND pg_catalog.pg_table_is_visible(cl.oid)
-- then
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'buyers' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
-- then
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'buyers' AND pg_catalog.pg_table_is_visible(cl.oid)
-- then
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'buyers' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
-- case: pg_query_params
SELECT oid, typarray FROM pg_type WHERE typname = 'hstore'
-- then
SELECT oid, typarray FROM pg_type WHERE typname = 'citext'
-- then
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" FROM "buyers" ORDER BY "buyers"."id" ASC LIMIT 8
-- then
SELECT "buyers"."id" AS "id", "buyers"."name" AS "name", "buyers"."phone" AS "phone", "buyers"."born" AS "born" FROM "buyers" WHERE (("buyers"."phone"::text LIKE '138%' OR "buyers"."name"::text LIKE '%王%') AND "buyers"."born" >= '1970-01-01'::date) ORDER BY 1 ASC
-- then
SELECT "contracts"."id" AS "id", "buyers"."name" AS "buyer__name", "buyers"."phone" AS "buyer__phone" FROM "contracts" INNER JOIN "buyers" ON ("contracts"."buyer_id" = "buyers"."id") ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", "buyers"."name" AS "name", COUNT("contracts"."id") AS "n" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY 1, 2, "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" HAVING COUNT("contracts"."id") > 0 ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at", COUNT("contracts"."id") AS "n" FROM "buyers" LEFT OUTER JOIN "contracts" ON ("buyers"."id" = "contracts"."buyer_id") GROUP BY "buyers"."id", "buyers"."name", "buyers"."phone", "buyers"."email", "buyers"."born", "buyers"."income", "buyers"."extra", "buyers"."level", "buyers"."created_at" ORDER BY "buyers"."id" ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", (SELECT U0."signed" AS "signed" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") ORDER BY 1 DESC, U0."id" ASC LIMIT 1) AS "last", EXISTS(SELECT 1 AS "a" FROM "contracts" U0 WHERE U0."buyer_id" = ("buyers"."id") LIMIT 1) AS "any" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", ROW_NUMBER() OVER (PARTITION BY "buyers"."level" ORDER BY "buyers"."id" ASC) AS "n" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT "buyers"."id" AS "id", EXTRACT(YEAR FROM "buyers"."born") AS "y", LOWER("buyers"."email") AS "l", (COALESCE("buyers"."name", '') || COALESCE((COALESCE('/', '') || COALESCE("buyers"."phone", '')), '')) AS "c" FROM "buyers" ORDER BY 1 ASC LIMIT 9
-- then
SELECT DATE_TRUNC('month', "contracts"."signed") AS "m", COUNT("contracts"."id") AS "n", SUM("contracts"."price") AS "t" FROM "contracts" GROUP BY 1 ORDER BY 1 ASC
-- then
SELECT "buyers"."level" AS "level", ARRAY_AGG("buyers"."id" ORDER BY "buyers"."id") AS "ids", STRING_AGG("buyers"."name", ',' ORDER BY "buyers"."id") AS "names" FROM "buyers" GROUP BY 1 ORDER BY 1 ASC
-- then
BEGIN
-- then
DECLARE "_django_curs_140439498337152_sync_1" NO SCROLL CURSOR FOR SELECT "buyers"."id" AS "id", "buyers"."phone" AS "phone" FROM "buyers" ORDER BY 1 ASC
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
FETCH FORWARD 70 FROM "_django_curs_140439498337152_sync_1"
-- then
CLOSE "_django_curs_140439498337152_sync_1"
-- then
COMMIT
-- then
BEGIN
-- then
ROLLBACK
-- then
SELECT
                c.relname,
                CASE
                    WHEN c.relispartition THEN 'p'
                    WHEN c.relkind IN ('m', 'v') THEN 'v'
                    ELSE 't'
                END,
                obj_description(c.oid, 'pg_class')
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- then
SELECT
                a.attname AS column_name,
                NOT (a.attnotnull OR (t.typtype = 'd' AND t.typnotnull)) AS is_nullable,
                pg_get_expr(ad.adbin, ad.adrelid) AS column_default,
                CASE WHEN collname = 'default' THEN NULL ELSE collname END AS collation,
                a.attidentity != '' AS is_autofield,
                col_description(a.attrelid, a.attnum) AS column_comment
            FROM pg_attribute a
            LEFT JOIN pg_attrdef ad ON a.attrelid = ad.adrelid AND a.attnum = ad.adnum
            LEFT JOIN pg_collation co ON a.attcollation = co.oid
            JOIN pg_type t ON a.atttypid = t.oid
            JOIN pg_class c ON a.attrelid = c.oid
            JOIN pg_namespace n ON c.relnamespace = n.oid
            WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v')
                AND c.relname = 'buyers'
                AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                AND pg_catalog.pg_table_is_visible(c.oid)
-- then
SELECT * FROM "buyers" LIMIT 1
-- then
SELECT a1.attname, c2.relname, a2.attname
            FROM pg_constraint con
            LEFT JOIN pg_class c1 ON con.conrelid = c1.oid
            LEFT JOIN pg_class c2 ON con.confrelid = c2.oid
            LEFT JOIN
                pg_attribute a1 ON c1.oid = a1.attrelid AND a1.attnum = con.conkey[1]
            LEFT JOIN
                pg_attribute a2 ON c2.oid = a2.attrelid AND a2.attnum = con.confkey[1]
            WHERE
                c1.relname = 'buyers' AND
                con.contype = 'f' AND
                c1.relnamespace = c2.relnamespace AND
                pg_catalog.pg_table_is_visible(c1.oid)
-- then
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'buyers' AND pg_catalog.pg_table_is_visible(cl.oid)
-- then
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'buyers' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
-- then
SELECT
                c.conname,
                array(
                    SELECT attname
                    FROM unnest(c.conkey) WITH ORDINALITY cols(colid, arridx)
                    JOIN pg_attribute AS ca ON cols.colid = ca.attnum
                    WHERE ca.attrelid = c.conrelid
                    ORDER BY cols.arridx
                ),
                c.contype,
                (SELECT fkc.relname || '.' || fka.attname
                FROM pg_attribute AS fka
                JOIN pg_class AS fkc ON fka.attrelid = fkc.oid
                WHERE fka.attrelid = c.confrelid AND fka.attnum = c.confkey[1]),
                cl.reloptions
            FROM pg_constraint AS c
            JOIN pg_class AS cl ON c.conrelid = cl.oid
            WHERE cl.relname = 'buyers' AND pg_catalog.pg_table_is_visible(cl.oid)
-- then
SELECT
                indexname,
                array_agg(attname ORDER BY arridx),
                indisunique,
                indisprimary,
                array_agg(ordering ORDER BY arridx),
                amname,
                exprdef,
                s2.attoptions
            FROM (
                SELECT
                    c2.relname as indexname, idx.*, attr.attname, am.amname,
                    CASE
                        WHEN idx.indexprs IS NOT NULL THEN
                            pg_get_indexdef(idx.indexrelid)
                    END AS exprdef,
                    CASE am.amname
                        WHEN 'btree' THEN
                            CASE (option & 1)
                                WHEN 1 THEN 'DESC' ELSE 'ASC'
                            END
                    END as ordering,
                    c2.reloptions as attoptions
                FROM (
                    SELECT *
                    FROM
                        pg_index i,
                        unnest(i.indkey, i.indoption)
                            WITH ORDINALITY koi(key, option, arridx)
                ) idx
                LEFT JOIN pg_class c ON idx.indrelid = c.oid
                LEFT JOIN pg_class c2 ON idx.indexrelid = c2.oid
                LEFT JOIN pg_am am ON c2.relam = am.oid
                LEFT JOIN
                    pg_attribute attr ON attr.attrelid = c.oid AND attr.attnum = idx.key
                WHERE c.relname = 'buyers' AND pg_catalog.pg_table_is_visible(c.oid)
            ) s2
            GROUP BY indexname, indisunique, indisprimary, amname, exprdef, attoptions
