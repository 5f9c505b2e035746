-- channel: a document or a list that is changed in part over its masked reading: masks stored elsewhere, true values lost
-- search_path: housing
-- case: a document put into another [refused]
BEGIN
-- then
UPDATE profiles SET extra = jsonb_set('{}', '{copy}', extra)
-- then
ROLLBACK
-- case: a masked path copied to an open one [refused]
BEGIN
-- then
UPDATE profiles SET extra = jsonb_set(extra, '{copy}', extra -> 'phone')
-- then
ROLLBACK
-- case: the same by merging [refused]
BEGIN
-- then
UPDATE profiles SET extra = extra || jsonb_build_object('copy', extra -> 'phone')
-- then
ROLLBACK
-- case: the same of a text [refused]
BEGIN
-- then
UPDATE profiles SET extra = extra || jsonb_build_object('copy', mobile)
-- then
ROLLBACK
-- case: a document behind another [refused]
BEGIN
-- then
UPDATE profiles SET extra = '{"a": 1}' || extra
-- then
ROLLBACK
-- case: another document [refused]
BEGIN
-- then
UPDATE profiles SET extra = partly || '{"a": 1}'
-- then
ROLLBACK
-- case: merged with another document [refused]
BEGIN
-- then
UPDATE profiles SET extra = extra || partly
-- then
ROLLBACK
-- case: merged with itself [refused]
BEGIN
-- then
UPDATE profiles SET extra = extra || extra
-- then
ROLLBACK
-- case: a part of it is the document [refused]
BEGIN
-- then
UPDATE profiles SET extra = (extra -> 'contacts') || '{"a": 1}'
-- then
ROLLBACK
-- case: a masked text is added to [refused]
BEGIN
-- then
UPDATE profiles SET mobile = mobile || '1'
-- then
ROLLBACK
-- case: as a path [refused]
BEGIN
-- then
UPDATE profiles SET extra = jsonb_set(extra, ARRAY[mobile], '1')
-- then
ROLLBACK
-- case: as a key that goes [refused]
BEGIN
-- then
UPDATE profiles SET extra = extra - (extra ->> 'phone')
-- then
ROLLBACK
-- case: an element once more [refused]
BEGIN
-- then
UPDATE profiles SET phones = array_append(phones, phones[1])
-- then
ROLLBACK
-- case: a list behind another [refused]
BEGIN
-- then
UPDATE profiles SET phones = ARRAY['1']::varchar[] || phones
-- then
ROLLBACK
-- case: a list twice [refused]
BEGIN
-- then
UPDATE profiles SET phones = phones || phones
-- then
ROLLBACK
-- case: changed and cast [refused]
BEGIN
-- then
UPDATE profiles SET extra = (extra || '{"a": 1}')::text::jsonb
-- then
ROLLBACK
-- case: changed within a call [refused]
BEGIN
-- then
UPDATE profiles SET extra = jsonb_strip_nulls(jsonb_build_array(extra || '{"a": 1}'))
-- then
ROLLBACK
-- case: changed elsewhere [refused]
BEGIN
-- then
UPDATE profiles SET raw = (extra || '{"a": 1}')::json
-- then
ROLLBACK
-- case: of another table [refused]
BEGIN
-- then
UPDATE profiles p SET extra = q.extra || '{"a": 1}' FROM profiles q WHERE q.id = p.id
-- then
ROLLBACK
-- case: joined to whatever is there [attack bag]
BEGIN
-- then
UPDATE profiles SET extra = extra || '{"a": 1}'
-- then
ROLLBACK
-- case: joined to whatever is there, as a list [attack bag]
BEGIN
-- then
UPDATE profiles SET extra = extra || '[1]' RETURNING id, extra
-- then
ROLLBACK
-- case: pushed along [attack bag]
BEGIN
-- then
UPDATE profiles SET extra = extra #- '{contacts,0}' WHERE id % 10 IN (1, 2, 6) RETURNING id, extra
-- then
ROLLBACK
-- case: inserted before [attack bag]
BEGIN
-- then
UPDATE profiles SET extra = jsonb_insert(extra, '{contacts,0}', '{"phone": 1}') WHERE id % 10 IN (1, 2, 6) RETURNING id, extra
-- then
ROLLBACK
-- case: set at what hides [attack interference]
BEGIN
-- then
UPDATE profiles SET partly = jsonb_set(partly, '{hidden 1}', '7') WHERE id < 30 RETURNING id, partly
-- then
ROLLBACK
