-- channel: the text of an error that quotes the value an expression failed on
-- case: error text carries the value by cast [attack]
SELECT CAST(phone AS integer) FROM housing.buyers WHERE id = 1
-- case: error text carries the value by date [attack]
SELECT to_date(id_no, 'YYYYMMDD') FROM housing.buyers WHERE id = 1
-- case: error text carries the value by json [attack]
SELECT address::json FROM housing.buyers WHERE id = 1
-- case: error text carries the value by xml [attack]
SELECT xmlparse(document address) FROM housing.buyers WHERE id = 1
-- case: error text carries the value by enumeration [attack]
SELECT phone::text::housing.unit_status FROM housing.buyers WHERE id = 1
-- case: error text carries the value by regclass [attack]
SELECT phone::text::regclass FROM housing.buyers WHERE id = 1
-- case: error text carries the value by a regular expression [attack]
SELECT 'x' ~ ('[' || note) FROM housing.buyers WHERE id = 1
-- case: error as an oracle bit [attack]
SELECT 1 / (CASE WHEN phone LIKE '13886%' THEN 0 ELSE 1 END) FROM housing.buyers WHERE id = 1
