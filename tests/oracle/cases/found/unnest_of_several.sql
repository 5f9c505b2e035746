-- case: unnest of several arrays is a word of FROM, not a function [bag]
SELECT z0, z1 FROM unnest('{x,y}'::text[], '{1}'::int4[]) WITH ORDINALITY AS f(z0, z1, place)
-- case: unnest of several arrays of a row
SELECT b.id, f.phone, f.n FROM housing.buyers b, LATERAL unnest(ARRAY[b.phone, b.email], ARRAY[1]) AS f(phone, n) WHERE b.id < 5 ORDER BY 1, 2, 3
-- case: a refusal in a subquery of an aggregate's filter [attack]
SELECT bool_or(true) FILTER (WHERE NOT EXISTS (SELECT 1 FROM housing.leads WHERE query_to_xml('x', true, true, '') IS NULL)) FROM housing.buyers
-- case: a function hidden by a built-in one with the same arguments
SELECT lower(email), id FROM housing.buyers ORDER BY id
