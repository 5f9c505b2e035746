-- case: monthly sales with running total and change
SELECT date_trunc('month', c.signed) AS month, count(*) AS contracts, sum(c.price) AS revenue, sum(sum(c.price)) OVER (ORDER BY date_trunc('month', c.signed)) AS to_date, round(100.0 * sum(c.price) / NULLIF(lag(sum(c.price)) OVER (ORDER BY date_trunc('month', c.signed)), 0) - 100, 1) AS change FROM housing.contracts c WHERE c.status <> 'cancelled' GROUP BY 1 ORDER BY 1
-- case: sales by project and quarter, pivoted
SELECT p.name, count(*) FILTER (WHERE extract(quarter FROM c.signed) = 1) AS q1, count(*) FILTER (WHERE extract(quarter FROM c.signed) = 2) AS q2, count(*) FILTER (WHERE extract(quarter FROM c.signed) = 3) AS q3, count(*) FILTER (WHERE extract(quarter FROM c.signed) = 4) AS q4, count(*) AS total FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id WHERE extract(year FROM c.signed) = 2023 GROUP BY p.id, p.name ORDER BY p.id
-- case: calendar without gaps
SELECT d::date AS day, count(c.id) AS signed, coalesce(sum(c.price), 0) AS revenue FROM generate_series(date '2023-01-01', date '2023-02-15', interval '1 day') AS d LEFT JOIN housing.contracts c ON c.signed = d::date GROUP BY d ORDER BY d
-- case: weekly calendar with names of days
SELECT to_char(d, 'IYYY-"W"IW') AS week, to_char(d, 'Dy') AS day, count(v.id) FROM generate_series(timestamp '2023-02-01', timestamp '2023-03-01', '1 day') d LEFT JOIN housing.visits v ON v.at >= d AND v.at < d + interval '1 day' GROUP BY d ORDER BY d
-- case: inventory by building and status
SELECT g.label, u.status, count(*), min(u.list_price), max(u.list_price), avg(u.area)::numeric(8, 2) FROM housing.units u JOIN housing.buildings g ON g.id = u.building_id GROUP BY g.id, g.label, u.status ORDER BY g.id, u.status
-- case: inventory as a cube
SELECT coalesce(p.district, 'all') AS district, coalesce(u.status::text, 'all') AS status, grouping(p.district, u.status) AS level, count(*), sum(u.list_price) FROM housing.units u JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id GROUP BY CUBE (p.district, u.status) ORDER BY 3, 1, 2
-- case: commission by agent
SELECT a.id, a.name, count(c.id) AS contracts, sum(c.price * a.commission)::numeric(14, 2) AS commission, rank() OVER (ORDER BY sum(c.price * a.commission) DESC NULLS LAST) AS place FROM housing.agents a LEFT JOIN housing.contracts c ON c.agent_id = a.id AND c.status <> 'cancelled' GROUP BY a.id ORDER BY place, a.id
-- case: commission with tiers
SELECT a.name, s.total, CASE WHEN s.total > 20000000 THEN s.total * 0.012 WHEN s.total > 10000000 THEN s.total * 0.01 ELSE s.total * 0.008 END AS bonus FROM housing.agents a CROSS JOIN LATERAL (SELECT coalesce(sum(price), 0) AS total FROM housing.contracts c WHERE c.agent_id = a.id) AS s ORDER BY a.id
-- case: share of revenue and cumulative share
SELECT a.name, sum(c.price) AS revenue, round(sum(c.price) * 100 / sum(sum(c.price)) OVER (), 2) AS share, round(sum(sum(c.price)) OVER (ORDER BY sum(c.price) DESC, a.name) * 100 / sum(sum(c.price)) OVER (), 2) AS cumulative FROM housing.contracts c JOIN housing.agents a ON a.id = c.agent_id GROUP BY a.name ORDER BY 2 DESC, 1
-- case: receivables by age
WITH paid AS (SELECT contract_id, sum(amount) AS amount, max(paid_on) AS last FROM housing.payments GROUP BY contract_id) SELECT CASE WHEN date '2025-06-01' - p.last <= 30 THEN '0-30' WHEN date '2025-06-01' - p.last <= 90 THEN '31-90' WHEN date '2025-06-01' - p.last <= 365 THEN '91-365' ELSE 'over a year' END AS age, count(*), sum(c.price - p.amount) AS due FROM housing.contracts c JOIN paid p ON p.contract_id = c.id GROUP BY 1 ORDER BY 1
-- case: receivables of each buyer
SELECT b.id, b.name, b.phone, c.id AS contract, c.price - coalesce(p.paid, 0) AS due FROM housing.contracts c JOIN housing.buyers b ON b.id = c.buyer_id LEFT JOIN (SELECT contract_id, sum(amount) AS paid FROM housing.payments GROUP BY 1) p ON p.contract_id = c.id WHERE c.status = 'filed' ORDER BY due DESC, c.id LIMIT 25
-- case: payments by method of several years side by side
SELECT to_char(paid_on, 'MM') AS month, sum(amount) FILTER (WHERE paid_on < '2024-01-01') AS y2023, sum(amount) FILTER (WHERE paid_on >= '2024-01-01' AND paid_on < '2025-01-01') AS y2024 FROM housing.payments GROUP BY 1 ORDER BY 1
-- case: funnel
WITH steps AS (SELECT b.id, min(k.at) AS called, min(v.at) AS visited, min(c.signed) AS signed FROM housing.buyers b LEFT JOIN housing.calls k ON k.buyer_id = b.id LEFT JOIN housing.visits v ON v.buyer_id = b.id LEFT JOIN housing.contracts c ON c.buyer_id = b.id GROUP BY b.id) SELECT count(*) AS buyers, count(called) AS called, count(visited) AS visited, count(signed) AS signed, round(100.0 * count(signed) / count(*), 1) AS rate FROM steps
-- case: funnel by source of the lead
SELECT l.source, count(*) AS leads, count(b.id) AS buyers FROM housing.leads l LEFT JOIN housing.buyers b ON b.id = l.id GROUP BY ROLLUP (l.source) ORDER BY l.source NULLS LAST
-- case: days between the first visit and the contract
SELECT percentile_disc(0.25) WITHIN GROUP (ORDER BY d) AS p25, percentile_cont(0.5) WITHIN GROUP (ORDER BY d) AS median, percentile_cont(ARRAY[0.75, 0.9, 0.99]) WITHIN GROUP (ORDER BY d) AS upper FROM (SELECT c.signed - min(v.at)::date AS d FROM housing.contracts c JOIN housing.visits v ON v.buyer_id = c.buyer_id GROUP BY c.id) s
-- case: cohorts by month of the first call
WITH first AS (SELECT buyer_id, date_trunc('month', min(at)) AS cohort FROM housing.calls WHERE buyer_id IS NOT NULL GROUP BY buyer_id) SELECT f.cohort, count(DISTINCT f.buyer_id) AS buyers, count(DISTINCT c.buyer_id) AS bought FROM first f LEFT JOIN housing.contracts c ON c.buyer_id = f.buyer_id GROUP BY f.cohort ORDER BY f.cohort
-- case: moving average
SELECT day, n, avg(n) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)::numeric(8, 2) AS week, avg(n) OVER (ORDER BY day RANGE BETWEEN interval '3 days' PRECEDING AND interval '3 days' FOLLOWING)::numeric(8, 2) AS around FROM (SELECT at::date AS day, count(*) AS n FROM housing.calls GROUP BY 1) d ORDER BY day LIMIT 20
-- case: gaps in numbers of contracts
SELECT id + 1 AS gap_from, next - 1 AS gap_to FROM (SELECT id, lead(id) OVER (ORDER BY id) AS next FROM housing.contracts WHERE id % 7 <> 0) s WHERE next > id + 1 ORDER BY 1 LIMIT 10
-- case: islands of busy days
SELECT min(day) AS first, max(day) AS last, count(*) AS days FROM (SELECT day, day - (row_number() OVER (ORDER BY day))::int AS island FROM (SELECT DISTINCT at::date AS day FROM housing.visits WHERE agent_id IN (1, 3, 5)) d) s GROUP BY island HAVING count(*) > 1 ORDER BY 1
-- case: sessions of calls of one agent
SELECT *, sum(starts) OVER (ORDER BY at) AS session FROM (SELECT at, seconds, CASE WHEN at - lag(at) OVER (ORDER BY at) > interval '4 hours' THEN 1 ELSE 0 END AS starts FROM housing.calls WHERE buyer_id < 40) s ORDER BY at
-- case: org chart with path and depth
WITH RECURSIVE tree AS (SELECT id, name, manager_id, 0 AS depth, ARRAY[id] AS path, name::text AS title FROM housing.agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.name, a.manager_id, t.depth + 1, t.path || a.id, repeat('  ', t.depth + 1) || a.name FROM housing.agents a JOIN tree t ON a.manager_id = t.id WHERE NOT a.id = ANY (t.path)) SELECT id, title, depth, array_to_string(path, ' > ') AS path FROM tree ORDER BY path
-- case: org chart, depth first
WITH RECURSIVE t(id, name, manager_id) AS (SELECT id, name, manager_id FROM housing.agents WHERE manager_id IS NULL UNION ALL SELECT a.id, a.name, a.manager_id FROM housing.agents a, t WHERE a.manager_id = t.id) SEARCH DEPTH FIRST BY id SET seq CYCLE id SET looped USING trail SELECT id, name, looped FROM t ORDER BY seq
-- case: revenue of a whole team
WITH RECURSIVE team AS (SELECT id AS boss, id AS member FROM housing.agents UNION ALL SELECT t.boss, a.id FROM team t JOIN housing.agents a ON a.manager_id = t.member) SELECT t.boss, sum(c.price) FROM team t JOIN housing.contracts c ON c.agent_id = t.member GROUP BY t.boss ORDER BY t.boss
-- case: buyers of one family by masked name and district
SELECT left(name, 1) AS family, count(*), array_agg(id ORDER BY id) AS ids FROM housing.buyers WHERE name <> '' GROUP BY 1 HAVING count(*) > 5 ORDER BY 2 DESC, 1
-- case: statistics of prices
SELECT count(*), round(avg(price), 2), round(stddev_samp(price), 2), round(variance(price)), min(price), max(price), mode() WITHIN GROUP (ORDER BY status), corr(price::float8, extract(doy FROM signed)::float8)::numeric(6, 4), regr_slope(price::float8, id::float8)::numeric(12, 4) FROM housing.contracts
-- case: histogram
SELECT width_bucket(price, 1000000, 1900000, 9) AS bucket, numrange(min(price), max(price), '[]') AS span, repeat('■', count(*)::int / 3) AS bar FROM housing.contracts GROUP BY 1 ORDER BY 1
-- case: ranks and tiles
SELECT id, ntile(4) OVER w AS quarter, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, first_value(id) OVER w, nth_value(id, 2) OVER w FROM housing.contracts WHERE id < 20 WINDOW w AS (ORDER BY price DESC) ORDER BY price DESC
-- case: excluding frames
SELECT id, sum(price) OVER (PARTITION BY status ORDER BY id GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM housing.contracts WHERE id < 15 ORDER BY id
-- case: best three of each project
SELECT p.name, t.* FROM housing.projects p CROSS JOIN LATERAL (SELECT c.id, c.price, b.name AS buyer FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id JOIN housing.buyers b ON b.id = c.buyer_id WHERE g.project_id = p.id ORDER BY c.price DESC, c.id LIMIT 3) t ORDER BY p.id, t.price DESC
-- case: year over year
SELECT extract(month FROM signed)::int AS month, sum(price) FILTER (WHERE extract(year FROM signed) = 2023) AS this, sum(price) FILTER (WHERE extract(year FROM signed) = 2024) AS next FROM housing.contracts GROUP BY 1 HAVING count(*) > 1 ORDER BY 1
-- case: unsold for long
SELECT u.id, u.number, u.list_price FROM housing.units u WHERE u.status IN ('free', 'reserved') AND NOT EXISTS (SELECT 1 FROM housing.contracts c WHERE c.unit_id = u.id) AND u.list_price BETWEEN 1000000 AND 1100000 ORDER BY u.list_price, u.id
-- case: contracts signed twice for one unit
SELECT unit_id, count(*), string_agg(id::text, ',' ORDER BY id) FROM housing.contracts GROUP BY unit_id HAVING count(*) > 1 ORDER BY 1
-- case: values changed into rows
SELECT u.id, x.what, x.value FROM housing.units u CROSS JOIN LATERAL (VALUES ('area', u.area), ('price', u.list_price)) AS x(what, value) WHERE u.id < 4 ORDER BY 1, 2
-- case: several sets at once
(SELECT 'buyers' AS what, count(*) FROM housing.buyers) UNION ALL (SELECT 'contracts', count(*) FROM housing.contracts) UNION ALL (SELECT 'units', count(*) FROM housing.units) ORDER BY 1
-- case: differences between two lists
(SELECT buyer_id FROM housing.contracts EXCEPT ALL SELECT buyer_id FROM housing.visits) INTERSECT SELECT id FROM housing.buyers WHERE active ORDER BY 1 LIMIT 20
-- case: handover plan by hour
SELECT date_bin('2 hours', h.at, timestamptz '2024-06-01 00:00+00') AS slot, count(*), array_agg(u.number ORDER BY u.id) AS units FROM housing.handover_appointments h JOIN housing.units u ON u.id = h.unit_id GROUP BY 1 ORDER BY 1
-- case: overlapping appointments
SELECT a.id, b.id FROM housing.handover_appointments a JOIN housing.handover_appointments b ON a.id < b.id AND tstzrange(a.at, a.at + interval '90 minutes') && tstzrange(b.at, b.at + interval '90 minutes') WHERE a.id < 10 ORDER BY 1, 2
-- case: calls by hour of the day and outcome
SELECT extract(hour FROM at AT TIME ZONE 'Asia/Shanghai')::int AS hour, count(*) FILTER (WHERE outcome = 'answered') AS answered, count(*) FILTER (WHERE outcome <> 'answered') AS missed, avg(seconds)::int AS seconds, max(seconds) FROM housing.calls GROUP BY 1 ORDER BY 1
-- case: calls without a known buyer
SELECT c.id, c.phone, c.at, justify_interval(make_interval(secs => c.seconds)) AS lasted FROM housing.calls c WHERE c.buyer_id IS NULL ORDER BY c.id LIMIT 20
-- case: birthdays as a calendar of years
SELECT extract(decade FROM born)::int * 10 AS decade, count(*), min(born), max(born) FROM housing.buyers GROUP BY 1 ORDER BY 1
-- case: ages
SELECT age_group, count(*) FROM (SELECT CASE WHEN extract(year FROM age(date '2024-01-01', born)) < 30 THEN 'under 30' WHEN extract(year FROM age(date '2024-01-01', born)) < 50 THEN '30 to 49' ELSE '50 and over' END AS age_group FROM housing.buyers WHERE born IS NOT NULL) s GROUP BY age_group ORDER BY age_group
-- case: regions by the first six digits of the identity number
SELECT substr(id_no, 1, 2) AS province, substr(id_no, 1, 6) AS county, count(*) FROM housing.buyers WHERE id_no IS NOT NULL GROUP BY GROUPING SETS ((1), (1, 2)) ORDER BY 1, 2 NULLS FIRST
