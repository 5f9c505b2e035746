-- channel: functions, operators, aggregates, casts and domains of users, which read with their owner's rights
-- case: security definer function [refused]
SELECT housing.phone_of(1)
-- case: security definer function in where [refused]
SELECT id FROM housing.buyers WHERE housing.phone_of(id) LIKE '138%'
-- case: security definer function in from [refused]
SELECT * FROM housing.phone_of(1) AS t(p)
-- case: set-returning function of the row type [refused]
SELECT * FROM housing.buyers_of(3)
-- case: function that raises notices [refused]
SELECT housing.loud(phone) FROM housing.buyers
-- case: user operator [refused]
SELECT 'x' OPERATOR(app.===) '13886500024'
-- case: user operator through the search path [attack]
SET search_path = app, housing
-- then
SELECT '13886500024'::text === 'x'::text
-- case: user aggregate [refused]
SELECT app.gather(phone) FROM housing.buyers
-- case: cast by a user function [refused]
SELECT 'x'::text::app.secret
-- case: domain whose constraint calls a user function [refused]
SELECT '13886500024'::app.checked
-- case: current of a function in limit [refused]
SELECT id FROM housing.buyers LIMIT length(housing.phone_of(1))
-- case: function in order by [refused]
SELECT id FROM housing.buyers ORDER BY housing.loud(phone)
-- case: function in a window frame [refused]
SELECT sum(id) OVER (ORDER BY id ROWS length(housing.phone_of(1)) PRECEDING) FROM housing.buyers
-- case: function in a join condition [refused]
SELECT 1 FROM housing.buyers a JOIN housing.buyers b ON housing.loud(a.phone) = b.phone
-- case: function in values [refused]
VALUES (housing.phone_of(1))
-- case: function in a default argument by name [refused]
SELECT housing.phone_of("$1" => 1)
-- case: function by variadic [refused]
SELECT app.append(VARIADIC ARRAY['a', 'b'])
