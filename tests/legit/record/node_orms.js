// Sequelize, TypeORM, Knex, Objection, Drizzle, Kysely, pg-promise, node-postgres and Postgres.js over the housing
// schema. NODE_PATH names where they are installed.
'use strict';
require('reflect-metadata');
const { Client } = require('pg');
const place = {
  host: process.env.PGHOST, port: Number(process.env.PGPORT), user: process.env.LEGIT_USER || 'clerk',
  database: process.env.PGDATABASE, password: '',
};
const marker = new Client(place);
const mark = (source, title) => marker.query(`SELECT 'mark: ${source}: ${title}'`);

async function each(source, queries) {
  for (const [title, query] of Object.entries(queries)) {
    await mark(source, title);
    try { await query(); } catch (error) { console.log(`${source}, ${title}: ${error.message}`); }
  }
}

async function sequelize() {
  const { Sequelize, DataTypes: T, Op, QueryTypes } = require('sequelize');
  const db = new Sequelize({ ...place, username: place.user, dialect: 'postgres', logging: false, schema: 'housing',
    define: { timestamps: false, freezeTableName: true, schema: 'housing' } });
  const Agent = db.define('agents', { name: T.TEXT, desk: T.TEXT });
  const Buyer = db.define('buyers', { name: T.TEXT, phone: T.STRING, email: T.TEXT, born: T.DATEONLY, income: T.DECIMAL,
    extra: T.JSONB, phones: T.ARRAY(T.TEXT), level: T.INTEGER, active: T.BOOLEAN, created_at: T.DATE });
  const Contract = db.define('contracts', { signed: T.DATEONLY, price: T.DECIMAL, status: T.TEXT, bank_card: T.STRING });
  Buyer.belongsTo(Agent, { foreignKey: 'agent_id' }); Agent.hasMany(Buyer, { foreignKey: 'agent_id' });
  Contract.belongsTo(Buyer, { foreignKey: 'buyer_id' }); Buyer.hasMany(Contract, { foreignKey: 'buyer_id' });
  const by = { order: [['id', 'ASC']] };
  await each('sequelize', {
    'authenticate': () => db.authenticate(),
    'find all': () => Buyer.findAll({ ...by, limit: 5 }),
    'find by key': () => Buyer.findByPk(3),
    'find one': () => Buyer.findOne({ where: { phone: { [Op.like]: '138%' } }, ...by }),
    'find and count': () => Buyer.findAndCountAll({ where: { level: 2 }, ...by, limit: 5, offset: 5 }),
    'operators': () => Buyer.findAll({ where: { [Op.or]: [{ name: { [Op.startsWith]: '王' } }, { email: { [Op.iLike]: '%.cn' } }], level: { [Op.between]: [0, 2] }, id: { [Op.notIn]: [4, 5] }, agent_id: { [Op.ne]: null } }, ...by }),
    'json and arrays': () => Buyer.findAll({ where: { 'extra.rank': { [Op.gt]: 3 }, phones: { [Op.contains]: ['1'] } }, ...by }),
    'regular expression': () => Buyer.findAll({ where: { email: { [Op.regexp]: '^a' }, phone: { [Op.not]: null } }, ...by }),
    'included': () => Buyer.findAll({ include: [Agent, Contract], ...by, limit: 5 }),
    'included and required': () => Contract.findAll({ include: { model: Buyer, required: true, where: { level: 2 }, include: Agent }, ...by }),
    'included separately': () => Agent.findAll({ include: { model: Buyer, separate: true, ...by }, ...by, limit: 3 }),
    'some attributes': () => Buyer.findAll({ attributes: ['id', ['name', 'n'], [db.fn('upper', db.col('email')), 'mail']], ...by, limit: 5 }),
    'grouped': () => Buyer.findAll({ attributes: ['level', [db.fn('COUNT', db.col('id')), 'n']], group: ['level'], having: db.where(db.fn('COUNT', db.col('id')), '>', 10), order: ['level'], raw: true }),
    'aggregates': async () => { await Contract.sum('price'); await Contract.max('signed'); await Buyer.count({ distinct: true, col: 'phone' }); await Contract.min('price', { where: { status: 'filed' } }); },
    'literal subquery': () => Buyer.findAll({ attributes: { include: [[db.literal('(SELECT COUNT(*) FROM housing.contracts c WHERE c.buyer_id = "buyers".id)'), 'n']] }, ...by, limit: 5 }),
    'raw with replacements': () => db.query('SELECT id, phone FROM housing.buyers WHERE level = :level ORDER BY id', { replacements: { level: 2 }, type: QueryTypes.SELECT }),
    'raw with bound values': () => db.query('SELECT id, phone FROM housing.buyers WHERE level = $1 ORDER BY id', { bind: [2], type: QueryTypes.SELECT }),
    'transaction and lock': () => db.transaction((transaction) => Buyer.findAll({ where: { id: [1, 2] }, lock: transaction.LOCK.UPDATE, skipLocked: true, transaction, ...by })),
    'introspection': async () => { const look = db.getQueryInterface(); await look.showAllTables(); await look.describeTable({ tableName: 'buyers', schema: 'housing' }); await look.showIndex({ tableName: 'buyers', schema: 'housing' }); await look.getForeignKeyReferencesForTable({ tableName: 'contracts', schema: 'housing' }); await look.showAllSchemas(); await look.tableExists({ tableName: 'buyers', schema: 'housing' }); await look.showConstraint({ tableName: 'contracts', schema: 'housing' }); },
    'version': () => db.databaseVersion(),
  });
  await db.close();
}

async function typeorm() {
  const { DataSource, EntitySchema, In, Like, ILike, Between, IsNull, Not, MoreThan, Brackets, Raw } = require('typeorm');
  const column = (type, more) => ({ type, nullable: true, ...more });
  const Agent = new EntitySchema({ name: 'Agent', tableName: 'agents', schema: 'housing', columns: { id: { type: 'int', primary: true }, name: column('text'), desk: column('text') }, relations: { buyers: { type: 'one-to-many', target: 'Buyer', inverseSide: 'agent' } } });
  const Buyer = new EntitySchema({ name: 'Buyer', tableName: 'buyers', schema: 'housing',
    columns: { id: { type: 'int', primary: true }, name: column('text'), phone: column('varchar', { length: 20 }), email: column('text'), born: column('date'), income: column('numeric'), extra: column('jsonb'), level: column('int') },
    relations: { agent: { type: 'many-to-one', target: 'Agent', joinColumn: { name: 'agent_id' }, inverseSide: 'buyers' }, contracts: { type: 'one-to-many', target: 'Contract', inverseSide: 'buyer' } } });
  const Contract = new EntitySchema({ name: 'Contract', tableName: 'contracts', schema: 'housing', columns: { id: { type: 'int', primary: true }, signed: column('date'), price: column('numeric'), status: column('text') }, relations: { buyer: { type: 'many-to-one', target: 'Buyer', joinColumn: { name: 'buyer_id' }, inverseSide: 'contracts' } } });
  await mark('typeorm', 'connecting');
  const source = await new DataSource({ type: 'postgres', ...place, username: place.user, entities: [Agent, Buyer, Contract], installExtensions: false }).initialize();
  const [buyers, contracts] = [source.getRepository('Buyer'), source.getRepository('Contract')];
  const order = { id: 'ASC' };
  const build = () => buyers.createQueryBuilder('b').orderBy('b.id');
  await each('typeorm', {
    'find': () => buyers.find({ order, take: 5, skip: 2 }),
    'find one': () => buyers.findOne({ where: { id: 3 }, relations: { agent: true } }),
    'find by': () => buyers.findBy({ level: In([1, 2]), name: Like('王%'), email: ILike('%.cn'), agent: Not(IsNull()) }),
    'between': () => buyers.find({ where: [{ id: Between(1, 9) }, { level: MoreThan(2) }], order }),
    'raw condition': () => buyers.find({ where: { born: Raw((alias) => `EXTRACT(YEAR FROM ${alias}) = 1980`) }, order }),
    'relations': () => buyers.find({ relations: { agent: true, contracts: true }, order, take: 4 }),
    'relations by query': () => buyers.find({ relations: { contracts: true }, relationLoadStrategy: 'query', order, take: 4 }),
    'selected': () => buyers.find({ select: { id: true, phone: true }, order, take: 5 }),
    'find and count': () => buyers.findAndCount({ where: { level: 1 }, order, take: 5 }),
    'count, exists, sum': async () => { await buyers.countBy({ level: 1 }); await buyers.existsBy({ level: 9 }); await contracts.sum('price', { status: 'filed' }); },
    'builder with joins': () => build().leftJoinAndSelect('b.agent', 'a').innerJoinAndSelect('b.contracts', 'c', 'c.price > :least', { least: 1500000 }).getMany(),
    'builder with brackets': () => build().where('b.level = :level', { level: 2 }).andWhere(new Brackets((q) => q.where('b.name LIKE :n', { n: '李%' }).orWhere('b.phone IS NULL'))).getMany(),
    'builder grouped': () => buyers.createQueryBuilder('b').select('b.level', 'level').addSelect('COUNT(*)', 'n').groupBy('b.level').having('COUNT(*) > 3').orderBy('b.level').getRawMany(),
    'builder with a subquery': () => build().where((q) => 'b.id IN ' + q.subQuery().select('c.buyer').from('Contract', 'c').where("c.status = 'filed'").getQuery()).getMany(),
    'builder, distinct on': () => contracts.createQueryBuilder('c').distinctOn(['c.buyer']).orderBy('c.buyer').addOrderBy('c.signed', 'DESC').getMany(),
    'relation counted': () => build().loadRelationCountAndMap('b.n', 'b.contracts').take(4).getMany(),
    'transaction and lock': () => source.transaction((m) => m.createQueryBuilder('Buyer', 'b').setLock('pessimistic_write').where('b.id < 3').orderBy('b.id').getMany()),
    'introspection': async () => { const runner = source.createQueryRunner(); await runner.getTable('housing.buyers'); await runner.getTable('housing.contracts'); await runner.hasTable('housing.buyers'); await runner.hasColumn('housing.buyers', 'phone'); await runner.getSchemas(); await runner.getCurrentSchema(); await runner.getCurrentDatabase(); await runner.getView('housing.buyer_cards').catch(() => 0); await runner.release(); },
    'synchronising, asked only': () => source.driver.createSchemaBuilder().log(),
  });
  await source.destroy();
}

async function knexAndObjection() {
  const knex = require('knex')({ client: 'pg', connection: place, searchPath: undefined });
  const b = () => knex('housing.buyers as b').orderBy('b.id');
  await each('knex', {
    'select': () => b().select('b.id', 'b.phone').limit(5).offset(2),
    'first': () => b().where('b.id', 3).first(),
    'conditions': () => b().where({ level: 2 }).whereIn('agent_id', [1, 2, 3]).orWhere((q) => q.whereNull('phone').andWhere('id', '<', 99)).whereNot('b.active', false),
    'like and between': () => b().whereILike('email', '%.cn').whereBetween('id', [1, 99]).whereRaw('left(phone, 3) = ?', ['138']),
    'join': () => b().join('housing.contracts as c', 'c.buyer_id', 'b.id').leftJoin('housing.agents as a', 'a.id', 'b.agent_id').select('b.name', 'c.price', 'a.name as agent').orderBy('c.id').limit(9),
    'grouped': () => knex('housing.buyers').select('level').count('* as n').avg('income as mean').groupBy('level').havingRaw('count(*) > ?', [3]).orderBy('level'),
    'common table': () => knex.with('top', (q) => q.from('housing.contracts').select('buyer_id').sum('price as total').groupBy('buyer_id')).from('top').join('housing.buyers as b', 'b.id', 'top.buyer_id').select('b.name', 'total').orderBy('total', 'desc').orderBy('b.id').limit(5),
    'recursive': () => knex.withRecursive('chain', (q) => q.select('id', 'name').from('housing.agents').whereNull('manager_id').union((u) => u.select('a.id', 'a.name').from('housing.agents as a').join('chain', 'a.manager_id', 'chain.id'))).select('*').from('chain').orderBy('id'),
    'window': () => knex('housing.contracts').select('id').rank('r', (q) => q.partitionBy('status').orderBy('price', 'desc')).orderBy('id').limit(9),
    'union': () => knex('housing.buyers').select('name').where('level', 1).union([knex('housing.agents').select('name')]).orderBy('name'),
    'json': () => b().jsonExtract('extra', '$.kin', 'kin').select('b.id').whereJsonPath('extra', '$.rank', '>', 3),
    'subquery': () => b().whereExists(knex.select(knex.raw(1)).from('housing.contracts as c').whereRaw('c.buyer_id = b.id').where('c.price', '>', 1800000)).select('b.id'),
    'pluck and distinct': () => knex('housing.buyers').distinct('phone').whereNotNull('phone').orderBy('phone').pluck('phone'),
    'count distinct': () => knex('housing.buyers').countDistinct('agent_id as n').first(),
    'for update, skip locked': () => knex.transaction((t) => t('housing.buyers').where('id', '<', 3).orderBy('id').forUpdate().skipLocked().select('id')),
    'stream': async () => { for await (const _ of knex('housing.buyers').select('id', 'name').orderBy('id').stream()) { /* all of them */ } },
    'schema': async () => { await knex.schema.withSchema('housing').hasTable('buyers'); await knex.schema.withSchema('housing').hasColumn('buyers', 'phone'); await knex('buyers').withSchema('housing').columnInfo(); await knex.migrate.list().catch(() => 0); },
  });
  const { Model } = require('objection');
  Model.knex(knex);
  class Contract extends Model { static tableName = 'housing.contracts'; }
  class Agent extends Model { static tableName = 'housing.agents'; }
  class Buyer extends Model {
    static tableName = 'housing.buyers';
    static relationMappings = {
      contracts: { relation: Model.HasManyRelation, modelClass: Contract, join: { from: 'housing.buyers.id', to: 'housing.contracts.buyer_id' } },
      agent: { relation: Model.BelongsToOneRelation, modelClass: Agent, join: { from: 'housing.buyers.agent_id', to: 'housing.agents.id' } },
    };
  }
  await each('objection', {
    'fetched graph': () => Buyer.query().withGraphFetched('[agent, contracts]').orderBy('id').limit(4),
    'joined graph': () => Buyer.query().withGraphJoined('agent').where('agent.id', 2).orderBy('housing.buyers.id'),
    'page': () => Buyer.query().where('level', 2).orderBy('id').page(1, 5),
    'subquery': () => Buyer.query().whereExists(Buyer.relatedQuery('contracts').where('price', '>', 1800000)).orderBy('id').select('id'),
    'related': async () => (await Buyer.query().findById(3)).$relatedQuery('contracts').orderBy('id'),
  });
  await knex.destroy();
}

async function drizzle() {
  const { drizzle: open } = require('drizzle-orm/node-postgres');
  const { pgSchema, integer, text, varchar, date, numeric, jsonb, boolean, alias, unionAll } = require('drizzle-orm/pg-core');
  const { eq, and, or, like, gt, inArray, isNull, sql, count, avg, desc, asc, relations, exists, between } = require('drizzle-orm');
  const housing = pgSchema('housing');
  const agents = housing.table('agents', { id: integer('id').primaryKey(), name: text('name'), managerId: integer('manager_id') });
  const buyers = housing.table('buyers', { id: integer('id').primaryKey(), name: text('name'), phone: varchar('phone', { length: 20 }), born: date('born'), income: numeric('income'), extra: jsonb('extra'), agentId: integer('agent_id'), level: integer('level'), active: boolean('active') });
  const contracts = housing.table('contracts', { id: integer('id').primaryKey(), buyerId: integer('buyer_id'), price: numeric('price'), status: text('status'), signed: date('signed') });
  const schema = { agents, buyers, contracts,
    buyerRelations: relations(buyers, ({ one, many }) => ({ agent: one(agents, { fields: [buyers.agentId], references: [agents.id] }), contracts: many(contracts) })),
    contractRelations: relations(contracts, ({ one }) => ({ buyer: one(buyers, { fields: [contracts.buyerId], references: [buyers.id] }) })) };
  const client = new Client(place);
  await client.connect();
  const db = open(client, { schema });
  const top = db.$with('top').as(db.select({ buyerId: contracts.buyerId, total: sql`sum(${contracts.price})`.as('total') }).from(contracts).groupBy(contracts.buyerId));
  const boss = alias(agents, 'boss');
  await each('drizzle', {
    'select': () => db.select().from(buyers).orderBy(buyers.id).limit(5),
    'conditions': () => db.select({ id: buyers.id }).from(buyers).where(and(or(like(buyers.name, '王%'), isNull(buyers.phone)), inArray(buyers.level, [1, 2]), between(buyers.id, 1, 99))).orderBy(asc(buyers.id)),
    'joins': () => db.select().from(contracts).innerJoin(buyers, eq(contracts.buyerId, buyers.id)).leftJoin(agents, eq(buyers.agentId, agents.id)).orderBy(contracts.id).limit(5),
    'self join': () => db.select().from(agents).leftJoin(boss, eq(agents.managerId, boss.id)).orderBy(agents.id),
    'grouped': () => db.select({ level: buyers.level, n: count(), mean: avg(buyers.income) }).from(buyers).groupBy(buyers.level).having(({ n }) => gt(n, 3)).orderBy(buyers.level),
    'common table': () => db.with(top).select({ name: buyers.name, total: top.total }).from(top).innerJoin(buyers, eq(buyers.id, top.buyerId)).orderBy(desc(top.total), buyers.id).limit(5),
    'exists': () => db.select({ id: buyers.id }).from(buyers).where(exists(db.select().from(contracts).where(eq(contracts.buyerId, buyers.id)))).orderBy(buyers.id),
    'relational': () => db.query.buyers.findMany({ with: { agent: true, contracts: { orderBy: contracts.id } }, orderBy: buyers.id, limit: 4 }),
    'relational, first': () => db.query.contracts.findFirst({ with: { buyer: { columns: { name: true, phone: true }, with: { agent: true } } }, where: eq(contracts.id, 5) }),
    'union': () => unionAll(db.select({ n: buyers.name }).from(buyers), db.select({ n: agents.name }).from(agents)).orderBy(sql`1`),
    'count': () => db.$count(buyers, eq(buyers.level, 2)),
    'prepared': () => db.select().from(buyers).where(eq(buyers.id, sql.placeholder('id'))).prepare('by_id').execute({ id: 4 }),
    'distinct on': () => db.selectDistinctOn([contracts.buyerId], { b: contracts.buyerId, s: contracts.signed }).from(contracts).orderBy(contracts.buyerId, desc(contracts.signed)),
    'locked': () => db.transaction((t) => t.select().from(buyers).where(eq(buyers.id, 1)).for('update', { skipLocked: true }), { isolationLevel: 'read committed', accessMode: 'read write' }),
  });
  await client.end();
}

async function kysely() {
  const { Kysely, PostgresDialect, sql } = require('kysely');
  const { jsonArrayFrom, jsonObjectFrom } = require('kysely/helpers/postgres');
  const { Pool } = require('pg');
  const db = new Kysely({ dialect: new PostgresDialect({ pool: new Pool({ ...place, max: 1 }) }) }).withSchema('housing');
  const b = () => db.selectFrom('buyers as b').orderBy('b.id');
  await each('kysely', {
    'select': () => b().select(['b.id', 'b.phone']).limit(5).execute(),
    'conditions': () => b().selectAll().where((e) => e.or([e('b.name', 'like', '王%'), e('b.phone', 'is', null)])).where('b.level', 'in', [1, 2]).execute(),
    'nested json': () => b().select((e) => ['b.id', jsonArrayFrom(e.selectFrom('contracts as c').select(['c.id', 'c.price']).whereRef('c.buyer_id', '=', 'b.id').orderBy('c.id')).as('contracts'), jsonObjectFrom(e.selectFrom('agents as a').select(['a.name']).whereRef('a.id', '=', 'b.agent_id')).as('agent')]).limit(4).execute(),
    'lateral': () => b().leftJoinLateral((e) => e.selectFrom('contracts as c').select('c.signed').whereRef('c.buyer_id', '=', 'b.id').orderBy('c.signed', 'desc').orderBy('c.id').limit(1).as('l'), (j) => j.onTrue()).select(['b.id', 'l.signed']).limit(9).execute(),
    'filtered aggregate': () => db.selectFrom('contracts').select((e) => [e.fn.countAll().as('n'), e.fn.sum('price').filterWhere('status', '=', 'filed').as('filed')]).execute(),
    'window': () => db.selectFrom('contracts').select((e) => ['id', e.fn.agg('rank').over((o) => o.partitionBy('status').orderBy('price', 'desc')).as('r')]).orderBy('id').limit(9).execute(),
    'case': () => b().select((e) => ['b.id', e.case().when('b.level', '>', 1).then('high').else('low').end().as('band')]).limit(9).execute(),
    'raw': () => sql`SELECT id, phone FROM housing.buyers WHERE level = ${2} ORDER BY id`.execute(db),
    'introspection': async () => { await db.introspection.getSchemas(); await db.introspection.getTables({ withInternalKyselyTables: false }); },
  });
  await db.destroy();
}

async function drivers() {
  const pgp = require('pg-promise')();
  const db = pgp(place);
  await each('pg-promise', {
    'formatted': () => db.any('SELECT $2:name, phone FROM $3:alias.buyers WHERE level = $1 AND name LIKE $4 ORDER BY id', [2, 'id', 'housing', '王%']),
    'csv': () => db.any('SELECT id FROM housing.buyers WHERE id IN ($1:csv) ORDER BY id', [[1, 2, 3]]),
    'named and raw': () => db.one('SELECT count(*)::int FROM housing.buyers WHERE ${where:raw}', { where: 'level > 1' }),
    'prepared': () => db.any(new pgp.PreparedStatement({ name: 'by-level', text: 'SELECT id, name FROM housing.buyers WHERE level = $1 ORDER BY id', values: [3] })),
    'task': () => db.task((t) => t.batch([t.one('SELECT max(price) FROM housing.contracts'), t.any('SELECT id FROM housing.agents ORDER BY id')])),
    'transaction': () => db.tx({ mode: new pgp.txMode.TransactionMode({ tiLevel: pgp.txMode.isolationLevel.serializable, readOnly: true, deferrable: true }) }, (t) => t.tx((s) => s.one('SELECT min(born) FROM housing.buyers'))),
    'several': () => db.multi('SELECT count(*) FROM housing.buyers; SELECT count(*) FROM housing.units'),
  });
  pgp.end();
  const postgres = require('postgres');
  const sql = postgres({ ...place, max: 1 });
  await each('postgres-js', {
    'tagged': () => sql`SELECT id, phone FROM housing.buyers WHERE level = ${2} AND name LIKE ${'王%'} ORDER BY id`,
    'in a list': () => sql`SELECT ${sql(['id', 'name'])} FROM ${sql('housing.buyers')} WHERE id IN ${sql([1, 2, 3])} ORDER BY id`,
    'cursor': () => sql`SELECT id, name FROM housing.buyers ORDER BY id`.cursor(40, () => 0),
    'copied out': async () => { const out = await sql`COPY housing.units (id, number) TO STDOUT`.readable(); for await (const _ of out) { /* all of it */ } },
    'described': () => sql`SELECT id, phone FROM housing.buyers WHERE id = ${1}`.describe(),
    'transaction': () => sql.begin('read only', (t) => t`SELECT count(*) FROM housing.buyers`),
    'simple': () => sql`SELECT 1 AS one; SELECT max(phone) FROM housing.buyers`.simple(),
  });
  await sql.end();
}

(async () => {
  await marker.connect();
  for (const part of [sequelize, typeorm, knexAndObjection, drizzle, kysely, drivers]) {
    try { await part(); } catch (error) { console.log(`${part.name}: ${error.stack}`); }
  }
  await marker.end();
})();
