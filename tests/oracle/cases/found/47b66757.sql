-- case: seed 1795636212, statement 12961, clerk [bag]
SELECT coalesce(t2.id_no, (t1.phones)[2]) AS "c4" FROM buyers AS t1 LEFT JOIN housing.buyers t2 ON t1.email = t2.email
