-- case: Hibernate: persist
-- bind: 2024-07-01 10:00:00+08, 3, 13900001111, 4, 5001
BEGIN
-- then
insert into housing.handover_appointments (at,buyer_id,contact_phone,unit_id,id) values ($1,$2,$3,$4,$5)
-- then
ROLLBACK
-- case: Hibernate: all columns of a merged entity
-- bind: true, 山东省青岛市市南区****, 5, 1980-01-01, c****@example.cn, 1, 150****0011, 4
BEGIN
-- then
update housing.buyers set active=$1,address=$2,agent_id=$3,born=$4,email=$5,level=$6,phone=$7 where id=$8
-- then
select b1_0.id,b1_0.active,b1_0.address,b1_0.born,b1_0.email,b1_0.level,b1_0.phone from housing.buyers b1_0 where b1_0.id=4
-- then
ROLLBACK
-- case: Hibernate: optimistic lock
-- bind: filed, 3, signed
BEGIN
-- then
update housing.contracts set status=$1 where id=$2 and status=$3
-- then
ROLLBACK
-- case: Hibernate: remove
-- bind: 5
BEGIN
-- then
delete from housing.contacts where id=$1
-- then
ROLLBACK
-- case: Hibernate: pessimistic lock and save
-- bind: 2024-06-02 10:00:00+08, 3, 139****0011, 4, 1
BEGIN
-- then
select h1_0.id,h1_0.contact_phone from housing.handover_appointments h1_0 where h1_0.id=1 for no key update
-- then
update housing.handover_appointments set at=$1,buyer_id=$2,contact_phone=$3,unit_id=$4 where id=$5
-- then
ROLLBACK
-- case: rewritten batch
-- bind: 1001, visit, 2024-01-01, {}, 1002, call, 2024-01-02, NULL
BEGIN
-- then
INSERT INTO app.events (id, kind, at, payload) VALUES ($1,$2,$3,$4),($5,$6,$7,$8)
-- then
ROLLBACK
-- case: generated keys
-- bind: 1001, 13900001111
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES ($1, $2) RETURNING "id"
-- then
ROLLBACK
-- case: MyBatis: upsert
-- bind: 2, 13900001111
BEGIN
-- then
INSERT INTO housing.contacts (id, phone) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET phone = EXCLUDED.phone
-- then
ROLLBACK
