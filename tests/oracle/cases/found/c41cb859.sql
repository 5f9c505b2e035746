-- case: seed 1795636212, statement 35, agent
SELECT row_to_json(t1)::text FROM buyers AS t1(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15) WINDOW win2 AS ()
