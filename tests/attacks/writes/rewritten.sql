-- channel: masks as forms write them, saved over true values
-- case: phone as 138****0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = ' 138****0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138 **** 0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138 **** 0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138-****-0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138-****-0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138＊＊＊＊0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138＊＊＊＊0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138****002 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138****002' WHERE id = 1
-- then
ROLLBACK
-- case: phone as (138)****0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '(138)****0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 0086138****0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '0086138****0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as ****0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '****0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138****0024;139 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138****0024;139' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138••••0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138••••0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 1380024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '1380024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as +86 138 0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '+86 138 0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138xxxx0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138xxxx0024' WHERE id = 1
-- then
ROLLBACK
-- case: phone as 138%2A%2A%2A%2A0024 [attack]
BEGIN
-- then
UPDATE housing.buyers SET phone = '138%2A%2A%2A%2A0024' WHERE id = 1
-- then
ROLLBACK
-- case: email as mailto:z****@example.cn [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 'mailto:z****@example.cn' WHERE id = 1
-- then
ROLLBACK
-- case: email as z@example.cn [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 'z@example.cn' WHERE id = 1
-- then
ROLLBACK
-- case: email as Z****@EXAMPLE.CN [attack]
BEGIN
-- then
UPDATE housing.buyers SET email = 'Z****@EXAMPLE.CN' WHERE id = 1
-- then
ROLLBACK
-- case: address as 山东省青岛市黄岛区＊＊＊＊ [attack]
BEGIN
-- then
UPDATE housing.buyers SET address = '山东省青岛市黄岛区＊＊＊＊' WHERE id = 1
-- then
ROLLBACK
-- case: address as 青岛市黄岛区**** [attack]
BEGIN
-- then
UPDATE housing.buyers SET address = '青岛市黄岛区****' WHERE id = 1
-- then
ROLLBACK
-- case: an empty field over what is hidden [attack interference]
BEGIN
-- then
UPDATE housing.buyers SET note = '', extra = '{}', phones = '{}' WHERE id = 1 RETURNING id, note, extra, phones
-- case: a mask in COPY [attack]
BEGIN
-- then
COPY housing.leads (id, phone) FROM STDIN
-- case: an element without its fill [attack]
BEGIN
-- then
UPDATE housing.profiles SET phones = '{{1500025,NULL},{1500025,""}}' WHERE id = 8
-- then
SELECT phones FROM housing.profiles WHERE id = 8
-- then
ROLLBACK
-- case: a path without its fill [attack]
BEGIN
-- then
UPDATE housing.profiles SET extra = '{"phone": "1380024"}' WHERE id = 1
-- then
SELECT extra FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: a path of json without its fill [attack]
BEGIN
-- then
UPDATE housing.profiles SET raw = '{"phone": "1380024", "level": 1}' WHERE id = 1
-- then
SELECT raw FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
-- case: a name without its fill, beside what is not shown [attack]
BEGIN
-- then
UPDATE housing.profiles SET partly = '{"level": 5, "name": "陈"}' WHERE id = 1
-- then
SELECT partly FROM housing.profiles WHERE id = 1
-- then
ROLLBACK
