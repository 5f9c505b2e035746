-- channel: copies of protected values: generated columns, rows in columns, views, materialized views, functions
-- case: group by the generated copy [attack]
SELECT last4, count(*) FROM housing.contacts GROUP BY last4 ORDER BY 1 LIMIT 5
-- case: search by the generated copy [attack]
SELECT id FROM housing.contacts WHERE last4 LIKE '1%' ORDER BY id
-- case: order by the generated copy [attack]
SELECT id FROM housing.contacts ORDER BY last4, id LIMIT 5
-- case: the row kept in a column as text [attack]
SELECT who::text, nested::text, many::text FROM housing.keepsakes ORDER BY id LIMIT 3
-- case: the row kept in a column, expanded [attack]
SELECT (who).* FROM housing.keepsakes ORDER BY id LIMIT 3
-- case: the row kept in a column as json [attack]
SELECT to_jsonb(k) FROM housing.keepsakes k ORDER BY id LIMIT 3
-- case: rows kept in an array, unnested [attack]
SELECT k.id, u.phone FROM housing.keepsakes k, unnest(k.many) u ORDER BY k.id LIMIT 3
-- case: comparing a kept row with a true one [attack]
SELECT count(*) FROM housing.keepsakes k JOIN housing.buyers b ON k.who = b
-- case: a field of a kept row through a view [attack]
SELECT id, name FROM housing.kept_names ORDER BY id LIMIT 3
-- case: a view that groups by a protected column [refused]
SELECT n FROM housing.by_phone ORDER BY n LIMIT 5
-- case: a view in the order of a protected column [refused]
SELECT id FROM housing.ranked LIMIT 5
-- case: a named function that returns rows of a protected table [refused]
SELECT phone FROM housing.buyers_of(3) LIMIT 3
-- case: the same in a select list [refused]
SELECT (housing.buyers_of(3)).phone LIMIT 3
-- case: except between a view and its table [attack]
SELECT phone FROM housing.everyone EXCEPT SELECT phone FROM housing.buyers ORDER BY 1 LIMIT 5
-- case: the copy in a materialized view joined with the table [attack]
SELECT count(*) FROM housing.buyer_directory d JOIN housing.buyers b ON d.phone = b.phone
-- case: null test on a hidden copy [attack]
SELECT count(*) FROM housing.contacts WHERE last4 IS NOT NULL
-- case: size of a hidden copy [attack]
SELECT pg_column_size(who), pg_column_size(nested) FROM housing.keepsakes ORDER BY id LIMIT 3
-- case: a view's row through a whole-row reference [attack]
SELECT e::text FROM housing.everyone e ORDER BY 1 LIMIT 5
-- case: statistics of a generated copy [attack interference]
SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'contacts' AND attname = 'last4'
-- case: the barrier view with an expression that fails on the value [attack interference]
SELECT id FROM housing.guarded WHERE phone::bigint > 0 ORDER BY id LIMIT 3
-- case: how many rows an array makes in a view [refused]
SELECT id, count(*) FROM housing.numbers GROUP BY id ORDER BY id LIMIT 5
