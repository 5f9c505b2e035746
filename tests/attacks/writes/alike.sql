-- channel: masks that look alike in one list, in another order
-- case: one of two contacts is left [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"contacts":[{"name":"王**","kin":false}]}' WHERE id = 1
-- then
SELECT extra FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: two elements change places [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = jsonb_set(extra, '{contacts}', jsonb_build_array(extra #> '{contacts,2}', extra #> '{contacts,1}', extra #> '{contacts,0}')) WHERE id = 2
-- then
SELECT extra FROM housing.profiles WHERE id = 2
-- then
ROLLBACK
-- case: the first of a list is left out [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = phones[2:] WHERE id = 4
-- then
SELECT phones FROM housing.profiles WHERE id = 4
-- then
ROLLBACK
-- case: a list in another order [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = ARRAY[phones[3], phones[2], phones[1]] WHERE id = 4
-- then
SELECT phones FROM housing.profiles WHERE id = 4
-- then
ROLLBACK
-- case: a list and one behind it [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET phones = phones || '15000000000'::varchar WHERE id = 4
-- then
SELECT phones FROM housing.profiles WHERE id = 4
-- then
ROLLBACK
