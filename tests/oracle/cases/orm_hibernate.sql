-- case: entity by id
-- bind: 12
select b1_0.id,b1_0.active,b1_0.address,b1_0.agent_id,b1_0.born,b1_0.created_at,b1_0.email,b1_0.id_no,b1_0.name,b1_0.phone from housing.buyers b1_0 where b1_0.id=$1
-- case: entity with eager association
-- bind: 12
select b1_0.id,a1_0.id,a1_0.name,b1_0.name,b1_0.phone from housing.buyers b1_0 left join housing.agents a1_0 on a1_0.id=b1_0.agent_id where b1_0.id=$1
-- case: page
-- bind: 10, 20
select b1_0.id,b1_0.name from housing.buyers b1_0 order by b1_0.id offset $1 rows fetch first $2 rows only
-- case: old style page
select buyer0_.id as id1_0_, buyer0_.name as name2_0_, buyer0_.phone as phone3_0_ from housing.buyers buyer0_ order by buyer0_.id limit 10 offset 30
-- case: count query
select count(buyer0_.id) as col_0_0_ from housing.buyers buyer0_ where buyer0_.active=true
-- case: collection
-- bind: 7
select c1_0.buyer_id,c1_0.id,c1_0.bank_card,c1_0.price,c1_0.signed,c1_0.status,c1_0.unit_id from housing.contracts c1_0 where c1_0.buyer_id=$1
-- case: implicit cross join
select b1_0.id, c1_0.id from housing.buyers b1_0, housing.contracts c1_0 where c1_0.buyer_id=b1_0.id and b1_0.level=3 order by 1, 2
-- case: member of
select p1_0.id from housing.projects p1_0 where exists(select 1 from housing.buildings g1_0 where p1_0.id=g1_0.project_id and g1_0.floors>20) order by p1_0.id
-- case: case insensitive order
select b1_0.id, b1_0.email from housing.buyers b1_0 order by pg_catalog.lower(b1_0.email) nulls last, b1_0.id limit 15
-- case: escape in like
select b1_0.id from housing.buyers b1_0 where b1_0.email like '%\_%' escape '\' order by 1
-- case: pessimistic lock
begin
-- then
select b1_0.id,b1_0.name from housing.buyers b1_0 where b1_0.id=5 for no key update
-- then
rollback
-- case: shared lock with a wait option
begin
-- then
select b1_0.id,b1_0.phone from housing.buyers b1_0 where b1_0.id=5 for share nowait
-- then
rollback
-- case: enumeration column
select u1_0.id, u1_0.status from housing.units u1_0 where u1_0.status='sold' order by u1_0.id limit 10
-- case: cast parameter to an enumeration
-- bind: reserved
select count(*) from housing.units u1_0 where u1_0.status=$1::housing.unit_status
-- case: read-only transaction
start transaction read only
-- then
select max(b1_0.phone) from housing.buyers b1_0
-- then
commit
-- case: sum over a join
select a1_0.id, sum(c1_0.price), avg(b1_0.income) from housing.agents a1_0 join housing.contracts c1_0 on c1_0.agent_id=a1_0.id join housing.buyers b1_0 on b1_0.id=c1_0.buyer_id group by a1_0.id order by a1_0.id
-- case: nullif and arithmetic
select b1_0.id, nullif(b1_0.income, 0) / 12, b1_0.income * 1.1 from housing.buyers b1_0 order by b1_0.id limit 12
-- case: between dates
select count(*) from housing.buyers b1_0 where b1_0.created_at between timestamp with time zone '2023-02-01 00:00:00+00' and timestamp with time zone '2023-03-01 00:00:00+00'
-- case: extract from a masked date
select extract(year from b1_0.born), extract(month from b1_0.born) from housing.buyers b1_0 order by b1_0.id limit 10
-- case: tuple comparison for keyset paging
select b1_0.id, b1_0.created_at from housing.buyers b1_0 where (b1_0.created_at, b1_0.id) > (timestamptz '2023-01-10 00:00+00', 30) order by b1_0.created_at, b1_0.id limit 10
