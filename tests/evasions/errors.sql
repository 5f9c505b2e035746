-- case: quoted as the name of a table
-- persons: 1
SELECT ('x' || phone)::regclass FROM crm.buyers WHERE id = 7
-- case: quoted as the name of a type
-- persons: 1
SELECT ('x' || phone)::regtype FROM crm.buyers WHERE id = 7
-- case: quoted as the name of a schema
-- persons: 1
SELECT ('x' || phone)::regnamespace FROM crm.buyers WHERE id = 7
-- case: quoted as the name of a function
-- persons: 1
SELECT ('x' || phone)::regproc FROM crm.buyers WHERE id = 7
-- case: five in one name
-- persons: 5
SELECT string_agg('x' || phone, '')::regclass FROM crm.buyers WHERE id <= 5
-- case: whether there is an error
-- persons: 1
SELECT 1 FROM crm.buyers WHERE id = 7 AND CASE WHEN phone LIKE '1%' THEN ('no such ' || left(phone, 0))::regclass IS NULL END
-- case: five of a join in one error
-- persons: 5
SELECT (a.phone || b.phone || c.phone || d.phone || e.phone)::int FROM crm.buyers a, crm.buyers b, crm.buyers c, crm.buyers d, crm.buyers e
  WHERE a.id = 1 AND b.id = 2 AND c.id = 3 AND d.id = 4 AND e.id = 5
-- case: a row that is not complete
-- persons: 1
CREATE TEMP TABLE r1 (n int NOT NULL, p text)
-- then
INSERT INTO r1 SELECT NULL, phone FROM crm.buyers WHERE id = 7
-- case: a row that is not complete, of a table that nobody protects
-- persons: 1
INSERT INTO crm.notes SELECT NULL, id, phone FROM crm.buyers WHERE id = 7
