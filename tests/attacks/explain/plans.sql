-- channel: what a plan says: estimates, conditions, output lists, counts
-- case: rows of a guess by estimate [attack interference]
EXPLAIN SELECT 1 FROM housing.buyers WHERE phone = '13886500024'
-- case: rows of a range by estimate in JSON [attack interference]
EXPLAIN (FORMAT json) SELECT 1 FROM housing.buyers WHERE income > 300000
-- case: width of a hidden column by estimate [attack interference]
EXPLAIN (FORMAT yaml, VERBOSE) SELECT note, extra FROM housing.buyers
-- case: groups by estimate [attack interference]
EXPLAIN SELECT phone, count(*) FROM housing.buyers GROUP BY phone
-- case: costs asked for twice [attack interference]
EXPLAIN (COSTS off, COSTS on) SELECT phone FROM housing.buyers
-- case: costs by a number [attack interference]
EXPLAIN (COSTS 1, VERBOSE 1) SELECT phone FROM housing.buyers
-- case: old spelling with one word [attack interference]
EXPLAIN VERBOSE SELECT id_no FROM housing.buyers ORDER BY id_no
-- case: a query in parentheses [attack interference]
EXPLAIN (SELECT phone FROM housing.buyers)
-- case: expression index decides the plan [attack interference]
EXPLAIN SELECT id FROM housing.buyers WHERE lower(email) = 'zqq7073@example.cn'
-- case: estimate of a join on protected columns [attack interference]
EXPLAIN SELECT count(*) FROM housing.buyers b JOIN housing.leads l ON b.phone = l.phone
-- case: distinct values by estimate [attack interference]
EXPLAIN (FORMAT xml) SELECT DISTINCT id_no FROM housing.buyers
-- case: memory of a hash by analysis [attack interference]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT count(*) FROM (SELECT DISTINCT phone FROM housing.buyers) x
-- case: rows removed by a filter on the mask [attack interference]
EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) SELECT id FROM housing.buyers WHERE phone = '138****0024'
-- case: buffers tell what an index touched [attack interference]
EXPLAIN (ANALYZE, BUFFERS OFF, TIMING OFF, SUMMARY OFF) SELECT id FROM housing.buyers WHERE phone > '13850000000'
-- case: constant folding of a guess [attack interference]
EXPLAIN SELECT id FROM housing.buyers WHERE phone = '13886500024' AND phone <> '13886500024'
-- case: statistics of a catalog by estimate [attack interference]
EXPLAIN SELECT * FROM pg_stats WHERE tablename = 'buyers'
-- case: estimate over a view of masks [attack interference]
EXPLAIN SELECT * FROM housing.buyer_cards WHERE phone LIKE '1388%'
-- case: estimate over a materialized view [attack interference]
EXPLAIN SELECT * FROM housing.buyer_directory WHERE phone = '13886500024'
-- case: estimate over one partition [attack interference]
EXPLAIN SELECT * FROM housing.payments_2023 WHERE payer_name = '张三'
-- case: plan of a prepared statement with estimates [attack interference]
PREPARE e (text) AS SELECT id FROM housing.buyers WHERE phone = $1
-- then
EXPLAIN EXECUTE e('13886500024')
-- case: plan of a prepared statement into a table [attack interference]
PREPARE f AS SELECT id FROM housing.buyers WHERE phone = '1'
-- then
EXPLAIN (COSTS ON) CREATE TEMP TABLE t AS EXECUTE f
-- case: plan of a cursor [attack interference]
EXPLAIN DECLARE c CURSOR FOR SELECT phone FROM housing.buyers WHERE phone > '139'
-- case: plan of a table made of masks [attack interference]
EXPLAIN CREATE TEMP TABLE t AS SELECT phone FROM housing.buyers
-- case: settings shown in a plan [attack interference]
EXPLAIN (SETTINGS) SELECT phone FROM housing.buyers
-- case: explain of a closed function [refused]
EXPLAIN SELECT query_to_xml('TABLE housing.buyers', true, true, '')
-- case: explain of DO [attack interference]
EXPLAIN ANALYZE EXECUTE nothing
-- case: unknown option [refused]
EXPLAIN (QUERY_TEXT) SELECT phone FROM housing.buyers
