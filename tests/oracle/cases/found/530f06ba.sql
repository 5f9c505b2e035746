-- case: seed 1795636212, statement 16979, marketer
SELECT t1.phone FROM housing.co_buyers t1
