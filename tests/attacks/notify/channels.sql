-- channel: notifications as a way for values
-- case: a value sent to oneself [attack interference]
LISTEN secrets
-- then
SELECT pg_notify('secrets', phone) FROM housing.buyers WHERE id = 1
-- case: a literal sent to oneself on a closed channel [attack interference]
LISTEN own
-- then
NOTIFY own, 'x'
-- case: an empty payload rings [attack]
LISTEN bell
-- then
NOTIFY bell
-- case: the channel's name carries the value [attack interference]
SELECT pg_notify(id_no, '') FROM housing.buyers WHERE id = 1
-- case: channels listened to [attack]
LISTEN one
-- then
SELECT pg_listening_channels()
-- case: how full the queue is [attack interference]
SELECT pg_notification_queue_usage() >= 0
-- case: a channel with a name of bytes [attack]
LISTEN "名称"
-- then
NOTIFY "名称"
