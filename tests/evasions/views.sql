-- case: a view of pairs
-- persons: 400
SELECT id, phone, other FROM crm.pairs
-- case: a view of pairs copied out
-- persons: 400
COPY (SELECT phone, other FROM crm.pairs) TO STDOUT
-- case: a view of three by WITH
-- persons: 600
SELECT id, phone, two, three FROM crm.triples
-- case: a view that folds
-- persons: 400
SELECT list FROM crm.lists
-- case: a view of a view that folds
-- persons: 400
SELECT list FROM crm.all_lists
-- case: a view that folds, beside a key of another
-- persons: 400
SELECT c.buyer_id, l.list FROM crm.lists l, crm.contracts c WHERE c.id = 1
-- case: a view that folds by recursion
-- persons: 400
SELECT x FROM crm.chain ORDER BY n DESC LIMIT 1
-- case: a view of neighbours
-- persons: 799
SELECT id, phone, next FROM crm.neighbours
-- case: a view of pairs put aside
-- persons: 400
CREATE TEMP TABLE v1 AS SELECT phone, other FROM crm.pairs
-- then
SELECT phone, other FROM v1
