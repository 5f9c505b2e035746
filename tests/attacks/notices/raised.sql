-- channel: messages and notifications that are not rows
-- case: notify with a value [attack interference]
SELECT pg_notify('c', phone) FROM housing.buyers WHERE id = 1
