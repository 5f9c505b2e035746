-- channel: masks at places of a document that no path names
-- case: in place of a list [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"contacts": "138****0024"}' WHERE id = 1
-- then
SELECT extra FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: in place of the document [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '"138****0024"' WHERE id = 1
-- then
SELECT raw FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: deeper than its path [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"a":{"phone":"138****0024"}}' WHERE id = 1
-- then
SELECT raw FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: under another key [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"tel":"138****0024","level":1}' WHERE id = 1
-- then
SELECT extra FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: in an object at its place [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone":{"x":"138****0024"}}' WHERE id = 1
-- then
SELECT extra FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
