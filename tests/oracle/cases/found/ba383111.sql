-- case: seed 1795636212, statement 6135, marketer
SELECT t2 FROM profiles t1 LEFT JOIN housing.profiles t2 ON t1.extra = t2.extra ORDER BY 1
