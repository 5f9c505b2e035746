-- channel: what decides is written through a view that shows nothing of what it hides
-- search_path: housing
-- case: consent through a view of its column [attack]
BEGIN
-- then
UPDATE tied.lead_sources SET source = 'web' WHERE id < 9
-- then
SELECT id, phone FROM leads WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: consent of everybody through a view [attack]
BEGIN
-- then
UPDATE tied.lead_sources SET source = 'web'
-- then
SELECT count(phone) FROM leads
-- then
ROLLBACK
-- case: consent through a view over the view [attack]
BEGIN
-- then
UPDATE tied.over_sources SET place = 'web' WHERE number < 9
-- then
SELECT id, phone FROM leads WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: consent through a view by a join [attack]
BEGIN
-- then
UPDATE tied.lead_sources s SET source = v.x FROM (VALUES (1, 'web'), (2, 'web'), (3, 'web')) v(i, x) WHERE s.id = v.i
-- then
SELECT id, phone FROM leads WHERE id < 4 ORDER BY id
-- then
ROLLBACK
-- case: consent through a view where a row is there [attack]
BEGIN
-- then
INSERT INTO tied.lead_sources VALUES (1, 'x'), (2, 'x') ON CONFLICT (id) DO UPDATE SET source = excluded.source
-- then
SELECT id, phone FROM leads WHERE id < 4 ORDER BY id
-- then
ROLLBACK
-- case: consent through a view by several columns at once [attack]
BEGIN
-- then
UPDATE tied.lead_sources SET (source, id) = ('web', id) WHERE id < 9
-- then
SELECT id, phone FROM leads WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: consent through a view by default [attack]
BEGIN
-- then
UPDATE tied.lead_sources SET source = DEFAULT WHERE id < 9
-- then
SELECT id, phone FROM leads WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- case: age of a call through a view [attack]
BEGIN
-- then
UPDATE tied.call_times SET at = '2026-11-01 00:00+00' WHERE id < 9
-- then
SELECT id, phone FROM calls WHERE id < 9 ORDER BY id
-- then
ROLLBACK
-- channel: a unique index over what a view does not show
-- case: guesses through a view, filled [refused]
BEGIN
-- then
INSERT INTO tied.filled_rooms SELECT 100 + g, g FROM generate_series(1, 10, 2) g
-- then
ROLLBACK
-- case: guesses through a view that conflict, filled [refused]
BEGIN
-- then
INSERT INTO tied.filled_rooms SELECT 100 + r.id, r.room FROM tied.filled_rooms r ON CONFLICT DO NOTHING RETURNING room
-- then
ROLLBACK
-- case: guesses through a view, vacant [refused]
BEGIN
-- then
INSERT INTO tied.vacant_rooms SELECT 100 + g, g FROM generate_series(1, 10, 2) g
-- then
ROLLBACK
-- case: guesses through a view that conflict, vacant [refused]
BEGIN
-- then
INSERT INTO tied.vacant_rooms SELECT 100 + r.id, r.room FROM tied.vacant_rooms r ON CONFLICT DO NOTHING RETURNING room
-- then
ROLLBACK
-- channel: definitions of a table that are copied run owners' functions
-- case: like a table, including defaults [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING DEFAULTS)
-- then
INSERT INTO t (id) VALUES (1) RETURNING first
-- then
ROLLBACK
-- case: like a table, including generated [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING GENERATED)
-- then
INSERT INTO t (id, phone) VALUES (1, '13886500024') RETURNING known
-- then
ROLLBACK
-- case: like a table, including constraints [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING CONSTRAINTS)
-- then
INSERT INTO t (id, phone) VALUES (1, '13886500024')
-- then
ROLLBACK
-- case: like a table, including indexes [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING INDEXES)
-- then
INSERT INTO t (id, phone) VALUES (1, '13886500024'), (1, '13886500025')
-- then
ROLLBACK
-- case: like a table, including statistics [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING STATISTICS)
-- then
ANALYZE t
-- then
ROLLBACK
-- case: like a table, including all excluding comments [refused]
BEGIN
-- then
CREATE TEMP TABLE t (LIKE tied.forms INCLUDING ALL EXCLUDING COMMENTS)
-- then
INSERT INTO t (id) VALUES (1) RETURNING *
-- then
ROLLBACK
