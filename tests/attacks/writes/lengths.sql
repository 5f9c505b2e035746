-- channel: values that are too long, cut off on their way into a protected column
-- case: over a hidden domain with a constraint [attack interference]
BEGIN
-- then
UPDATE housing.profiles SET id_no = '123456789012345678901' WHERE id = 1
-- then
ROLLBACK
