-- case: tagged
select b.oid, b.typarray
      from pg_catalog.pg_type a
      left join pg_catalog.pg_type b on b.oid = a.typelem
      where a.typcategory = 'A'
      group by b.oid, b.typarray
      order by b.oid
-- case: tagged, 2
-- bind: 2, 王%
SELECT id, phone FROM housing.buyers WHERE level = $1 AND name LIKE $2 ORDER BY id
-- case: in a list
-- bind: 1, 2, 3
SELECT "id","name" FROM "housing"."buyers" WHERE id IN ($1,$2,$3) ORDER BY id
-- case: cursor
SELECT id, name FROM housing.buyers ORDER BY id
-- case: transaction
begin read only
-- then
SELECT count(*) FROM housing.buyers
-- then
commit
-- case: simple [simple]
SELECT 1 AS one; SELECT max(phone) FROM housing.buyers
-- case: simple
SET extra_float_digits = 3
-- then
SET application_name = 'PostgreSQL JDBC Driver'
