-- case: a temporary table of a query
-- persons: 400
CREATE TEMP TABLE t1 AS SELECT id, phone FROM crm.buyers
-- case: read from the temporary table
-- persons: 800
CREATE TEMP TABLE t2 AS SELECT id, phone FROM crm.buyers
-- then
SELECT phone FROM t2
-- case: selected into
-- persons: 400
SELECT phone INTO TEMP t3 FROM crm.buyers
-- case: inserted
-- persons: 400
CREATE TEMP TABLE t4 (id int, phone text)
-- then
INSERT INTO t4 SELECT id, phone FROM crm.buyers
-- case: folded into a temporary table
-- persons: 400
CREATE TEMP TABLE t5 AS SELECT string_agg(phone, '') AS all_of_them FROM crm.buyers
-- then
SELECT all_of_them FROM t5
-- case: folded behind a temporary table
-- persons: 400
CREATE TEMP TABLE t6 AS SELECT id, phone FROM crm.buyers
-- then
SELECT string_agg(phone, '') FROM t6
-- case: a temporary table joined to itself
-- persons: 600
CREATE TEMP TABLE t7 AS SELECT id, phone FROM crm.buyers WHERE id <= 200
-- then
SELECT a.phone, b.phone FROM t7 a JOIN t7 b ON b.id = a.id + 100
-- case: copied from a temporary table
-- persons: 800
CREATE TEMP TABLE t8 AS SELECT id, phone FROM crm.buyers
-- then
COPY t8 TO STDOUT
-- case: from one temporary table into another
-- persons: 800
CREATE TEMP TABLE t9 AS SELECT id, phone FROM crm.buyers
-- then
CREATE TEMP TABLE t10 AS SELECT phone AS x FROM t9
-- then
SELECT x FROM t10 WHERE x LIKE '13%'
