-- case: seed 1795636212, statement 14283, agent
SELECT 'x' AS c4 FROM housing.profiles t1 WHERE ((array_position(t1.phones, 'x'), 1) IN ((1, 2), (3, bit_length(t1.mobile))))
