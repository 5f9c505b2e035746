-- case: plain [interference]
EXPLAIN (COSTS OFF) SELECT id, phone FROM housing.buyers WHERE id = 3
-- case: join [interference]
EXPLAIN (COSTS OFF) SELECT b.phone, c.price FROM housing.buyers b JOIN housing.contracts c ON c.buyer_id = b.id WHERE c.id < 10
-- case: verbose [interference]
EXPLAIN (COSTS OFF, VERBOSE) SELECT b.name FROM housing.buyers b ORDER BY b.id LIMIT 1
-- case: json [interference]
EXPLAIN (COSTS OFF, FORMAT json) SELECT count(*) FROM housing.buyers
-- case: analyze [refused]
EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) SELECT count(*) FROM housing.buyers WHERE level = 2
-- case: unprotected
EXPLAIN (COSTS OFF) SELECT * FROM app.settings WHERE key = 'city'
