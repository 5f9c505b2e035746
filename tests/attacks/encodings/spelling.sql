-- channel: spellings of names and literals that two readers may read in two ways
-- case: escape of an escape [attack]
SELECT U&"ph!006fne" UESCAPE '!' FROM housing.buyers ORDER BY id LIMIT 2
-- case: escape with six digits [attack]
SELECT U&"\+000070hone" FROM housing.buyers ORDER BY id LIMIT 2
-- case: escaped quote in a name [attack]
SELECT U&"\0022phone" FROM housing.buyers
-- case: surrogate pair in a literal [attack]
SELECT U&'\D83D\DE00' || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: lone surrogate [attack]
SELECT U&'\D83D' FROM housing.buyers
-- case: escape string with hex bytes of a character [attack]
SELECT E'\xe5\xbc\xa0' || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: escape string with half a character [attack interference]
SELECT E'\xe5' FROM housing.buyers LIMIT 1
-- case: escape string with a zero byte [attack interference]
SELECT E'a\x00b' FROM housing.buyers LIMIT 1
-- case: escaped quote in an escape string hides a column [attack]
SELECT E'\' , phone FROM housing.buyers --', 1
-- case: doubled quote in a plain string [attack]
SELECT '\'' , id FROM housing.buyers --' ORDER BY id LIMIT 1
-- case: string continued over a line [attack]
SELECT 'a'
  'b' || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: string continued with a comment between [attack interference]
SELECT 'a' -- x
  'b' || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: comment that begins in an operator [attack]
SELECT 1 */* x */ 2, phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: comment that ends a line in an operator [attack]
SELECT 5 -- phone
  - 3 FROM housing.buyers LIMIT 1
-- case: dollar quote with characters in its tag [attack]
SELECT $标签$ phone FROM housing.buyers $标签$ || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: dollar in a name [attack]
SELECT a$b$c.phone FROM housing.buyers a$b$c ORDER BY id LIMIT 2
-- case: dollar quote that is not closed [attack]
SELECT $x$ phone FROM housing.buyers $y$
-- case: parameter beside a word [attack interference]
SELECT phone FROM housing.buyers WHERE id = 1and name IS NOT NULL
-- case: full-width space is not white space [attack]
SELECT　phone FROM housing.buyers
-- case: no-break space in a name [attack]
SELECT phone FROM housing.buyers
-- case: full-width quotes [attack]
SELECT ＇phone＇ FROM housing.buyers
-- case: Kelvin sign folds to nothing [attack]
SELECT "phone" FROM housing.buyers AS K ORDER BY K.id LIMIT 2
-- case: capital I with a dot [attack]
SELECT İd FROM housing.buyers
-- case: alias of sixty-three bytes and more, cut inside a character [attack]
SELECT 住住住住住住住住住住住住住住住住住住住住住住.phone FROM housing.buyers AS 住住住住住住住住住住住住住住住住住住住住住 ORDER BY id LIMIT 2
-- case: two aliases that are one after the cut [attack]
SELECT 1 FROM housing.buyers aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab, housing.leads aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac
-- case: column name longer than it may be [attack]
SELECT phoneaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa FROM housing.buyers
-- case: byte order mark in front [attack]
﻿SELECT phone FROM housing.buyers
-- case: zero-width space in a key word [attack]
SEL​ECT phone FROM housing.buyers
-- case: vertical tab as white space [attack]
SELECTphone FROM housing.buyers
-- case: carriage return ends a comment [attack interference]
SELECT 1 -- 
,phone FROM housing.buyers
-- case: nested comment that is not closed [attack]
SELECT 1 /* /* */ , phone FROM housing.buyers
-- case: bit string as a name [attack]
SELECT B'101', X'1F', phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: national string [attack]
SELECT N'x' || phone FROM housing.buyers ORDER BY id LIMIT 2
-- case: quoted key words as names [attack]
SELECT "select".phone FROM housing.buyers AS "select" ORDER BY id LIMIT 2
-- case: empty name [attack interference]
SELECT "" FROM housing.buyers
-- case: numbers of a newer grammar [attack]
SELECT 0x1F, 1_000 FROM housing.buyers LIMIT 1
