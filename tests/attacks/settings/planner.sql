-- channel: the planner made to find rows again by their true values, or to deliver them in that order
-- case: memoize again [refused]
SET enable_memoize = on
-- case: memoize by a function [refused]
SELECT set_config('enable_memoize', 'on', false)
-- case: memoize by a local setting [refused]
BEGIN
-- then
SET LOCAL enable_memoize TO DEFAULT
-- case: merge joins again [refused]
SET enable_mergejoin = on
-- case: nothing but indexes [refused]
SET enable_seqscan = off
-- case: costs that make an index free [refused]
SET random_page_cost = 0
-- case: small tables of hashes [refused]
SET hash_mem_multiplier = 1
