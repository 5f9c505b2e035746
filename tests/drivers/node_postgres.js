// node-postgres in its own idioms: callbacks are old, so promises; named statements, cursors, pools, notifications.
'use strict';

const { Client, Pool } = require('pg');
const Cursor = require('pg-cursor');

const FIELDS = ['severity', 'code', 'message', 'detail', 'hint', 'position', 'where', 'schema', 'table', 'column', 'dataType',
  'constraint', 'file', 'line', 'routine'];

function plain(value) {
  if (value === undefined) return { undefined: true };
  if (value instanceof Date) return { date: value.toISOString() };
  if (Buffer.isBuffer(value)) return { bytes: value.toString('hex') };
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  }
  return value;
}

function step(name, facts) {
  process.stdout.write(JSON.stringify({ step: name, ...plain(facts) }) + '\n');
}

function show(name, result) {
  const fields = result.fields.map((field) => [field.name, field.dataTypeID, field.dataTypeSize, field.dataTypeModifier, field.format]);
  step(name, { command: result.command, count: result.rowCount, fields, rows: result.rows });
}

async function fails(name, action) {
  try {
    await action();
    step(name, { error: null });
  } catch (error) {
    step(name, { error: Object.fromEntries(FIELDS.filter((field) => error[field] !== undefined).map((field) => [field, error[field]])) });
  }
}

// No NULL in the array of numbers: the driver's reader of the binary form loops four thousand million times over it.
const VALUES = [
  ['bool', true], ['int2', 7], ['int4', -42], ['int8', '9007199254740993'], ['float4', 1.5], ['float8', 0.1], ['numeric', '12345.6789'],
  ['text', '中文 🏠'], ['bytea', Buffer.from([0, 255])], ['date', '2024-02-29'], ['timestamp', '2024-02-29 01:02:03.004'],
  ['timestamptz', new Date(Date.UTC(2024, 1, 29, 1, 2, 3))], ['interval', '3 days 04:05:06'], ['json', { a: [1, null, '中'] }],
  ['jsonb', { b: 1, a: 2 }], ['int4[]', [1, 2, 3]], ['text[]', ['a', null, 'b,"c']], ['uuid', '00000000-0000-0000-0000-000000000007'],
  ['point', '(1,2)'], ['int4range', '[1,5)'],
];

async function values(client) {
  for (const [type, value] of VALUES) {
    show(`value ${type}`, await client.query(`SELECT $1::${type} AS v`, [value]));
    show(`null ${type}`, await client.query(`SELECT $1::${type} AS v`, [null]));
    await fails(`binary ${type}`, async () => show('binary', await client.query({ text: `SELECT $1::${type} AS v`, values: [value], binary: true })));
  }
}

async function statements(client, text) {
  for (const number of [1, 2, 3]) {
    show('named', await client.query({ name: 'by-id', text, values: [number] }));
  }
  show('as arrays', await client.query({ text, values: [1], rowMode: 'array' }));
}

async function cursors(client, text) {
  await client.query('BEGIN');
  const cursor = client.query(new Cursor(text));
  step('cursor', { first: await cursor.read(3), second: await cursor.read(2) });
  await cursor.close();
  const rest = client.query(new Cursor(text));
  step('cursor to its end', { rows: await rest.read(10000), none: await rest.read(1) });
  await client.query('COMMIT');
}

async function writes(client) {
  show('insert', await client.query(
    'INSERT INTO drivers.item (label, quantity, price, made, tags, extra, raw, flag) VALUES ($1,$2,$3,$4,$5,$6,$7,$8) RETURNING *',
    ['first', 1, '9.90', '2024-01-01', ['x', 'y'], { k: [1] }, Buffer.from('raw'), true]));
  for (let number = 0; number < 5; number += 1) {
    await client.query('INSERT INTO drivers.item (label, quantity) VALUES ($1, $2)', [`many ${number}`, number]);
  }
  show('update', await client.query('UPDATE drivers.item SET quantity = quantity + 1 WHERE quantity > $1', [1]));
  show('delete', await client.query("DELETE FROM drivers.item WHERE label = 'many 0'"));
  show('select', await client.query('SELECT * FROM drivers.item ORDER BY id'));
}

async function errors(client) {
  await fails('syntax', () => client.query('SELEC 1'));
  await fails('position', () => client.query('SELECT a.nothing FROM drivers.item a'));
  await fails('unique', () => client.query('INSERT INTO drivers.item (label) VALUES ($1)', ['first']));
  await fails('check', () => client.query("INSERT INTO drivers.item (label, quantity) VALUES ('x', -1)"));
  await fails('foreign key', () => client.query('INSERT INTO drivers.line VALUES (-1, 1)'));
  await fails('parameter', () => client.query('SELECT $1::int', ['x']));
  await fails('too few', () => client.query('SELECT $1::int, $2::int', [1]));
  await client.query('BEGIN');
  await fails('in transaction', () => client.query('SELECT 1/0'));
  await fails('aborted', () => client.query('SELECT 1'));
  show('rollback', await client.query('ROLLBACK'));
  await client.query("SET statement_timeout = '200ms'");
  await fails('timed out', () => client.query('SELECT pg_sleep(60)'));
  await client.query('RESET statement_timeout');
}

async function news(client) {
  const heard = [];
  const notices = [];
  client.on('notice', (notice) => notices.push([notice.severity, notice.code, notice.message, notice.hint]));
  const listener = new Client();
  await listener.connect();
  const arrived = new Promise((resolve) => {
    listener.on('notification', (note) => {
      heard.push([note.channel, note.payload, note.processId === client.processID]);
      if (heard.length === 2) resolve();
    });
  });
  await listener.query('LISTEN items');
  await client.query("INSERT INTO drivers.item (label) VALUES ('told')");
  await client.query("SELECT pg_notify('items', $1)", ['二']);
  await arrived;
  await client.query("SELECT drivers.shout('node')");
  step('news', { heard, notices });
  await listener.end();
}

async function cancelled(client) {
  const running = fails('cancelled', () => client.query('SELECT pg_sleep(60)'));
  const other = new Client();
  await other.connect();
  const asleep = "SELECT count(*)::int AS n FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND wait_event = 'PgSleep'";
  while ((await other.query(asleep, [client.processID])).rows[0].n === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await other.query('SELECT pg_cancel_backend($1)', [client.processID]);
  await running;
  await other.end();
}

async function pooled(text) {
  const pool = new Pool({ max: 3, application_name: 'pooled' });
  const answers = await Promise.all([...Array(12).keys()].map((n) => pool.query('SELECT $1::int * 2 AS twice', [n])));
  step('pool', { rows: answers.map((answer) => answer.rows[0].twice) });
  show('pool', await pool.query(text));
  await pool.end();
}

async function full() {
  const client = new Client();
  await client.connect();
  await values(client);
  await writes(client);
  await statements(client, 'SELECT id, label, price, made, tags, extra FROM drivers.item WHERE id = $1');
  await cursors(client, 'SELECT id, label FROM drivers.item ORDER BY id');
  await errors(client);
  const several = await client.query("SELECT 1 AS a; SELECT 'two' AS b; SET application_name = 'x'; SELECT");
  several.forEach((result) => show('several', result));
  step('empty', { result: (await client.query('')).command });
  await news(client);
  await cancelled(client);
  await client.end();
  await pooled('SELECT count(*) FROM drivers.item');
}

async function read() {
  const client = new Client();
  await client.connect();
  show('whole table', await client.query('SELECT * FROM housing.buyers ORDER BY id LIMIT 20'));
  await statements(client, 'SELECT id, name, phone FROM housing.buyers WHERE id = $1');
  await cursors(client, 'SELECT id, name, phone, id_no FROM housing.buyers WHERE id <= 30 ORDER BY id');
  show('json', await client.query('SELECT json_agg(b ORDER BY b.id) FROM (SELECT id, phone FROM housing.buyers WHERE id < 5) b'));
  await fails('cast fails', () => client.query('SELECT phone::int FROM housing.buyers ORDER BY id LIMIT 1'));
  (await client.query('SELECT min(phone) FROM housing.buyers; SELECT count(*) FROM housing.buyers')).forEach((result) => show('several', result));
  await client.end();
  await pooled('SELECT max(phone) FROM housing.buyers');
}

(process.env.SCOPE === 'read' ? read() : full()).catch((error) => {
  console.error(error);
  process.exit(1);
});
