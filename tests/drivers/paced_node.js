// node-postgres while its account is slowed: it waits for every row, can cancel at once, and goes on.
'use strict';

const { Client, Query } = require('pg');
const Cursor = require('pg-cursor');

const PEOPLE = 'SELECT id, phone FROM crm.buyers WHERE id <= $1 ORDER BY id';

function step(name, began, facts) {
  process.stdout.write(JSON.stringify({ step: name, milliseconds: Date.now() - began, ...facts }) + '\n');
}

async function waited(name, rows) {
  const began = Date.now();
  step(name, began, { rows: (await rows()).map((row) => [row.id, row.phone]) });
}

async function inPieces(client) {
  const cursor = client.query(new Cursor(PEOPLE, [20]));
  const rows = [];
  for (let piece = await cursor.read(7); piece.length > 0; piece = await cursor.read(7)) rows.push(...piece);
  await cursor.close();
  return rows;
}

// Rows as events: gives up where one takes more than two seconds.
function patient(client) {
  return new Promise((resolve, reject) => {
    const rows = [];
    const query = client.query(new Query(PEOPLE, [20]));
    const late = () => reject(new Error('a row took more than two seconds'));
    let timer = setTimeout(late, 2000);
    query.on('row', (row) => { clearTimeout(timer); timer = setTimeout(late, 2000); rows.push(row); });
    query.on('end', () => { clearTimeout(timer); resolve(rows); });
    query.on('error', reject);
  });
}

// What `cancel` of a second client does: a CancelRequest on a connection of its own.
async function cancelled(client, name, query) {
  const outcome = new Promise((resolve) => {
    query.on('end', () => resolve(null));
    query.on('error', (error) => resolve(error.code));
  });
  client.query(query);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const began = Date.now();
  new Client().cancel(client, query);
  const sqlstate = await outcome;
  const took = { sqlstate };
  step(name, began, { ...took, after: Object.values((await client.query("SELECT 1 AS a, pg_typeof(1)::text AS b")).rows[0]) });
}

async function main() {
  const client = new Client();
  await client.connect();
  await waited('whole', async () => (await client.query({ text: PEOPLE, values: [40], query_timeout: 30000 })).rows);
  await waited('simple', async () => (await client.query('SELECT id, phone FROM crm.buyers WHERE id <= 20 ORDER BY id')).rows);
  await waited('window', () => inPieces(client));
  await waited('patient', () => patient(client));
  await cancelled(client, 'cancel', new Query(PEOPLE, [200]));
  await cancelled(client, 'simple cancelled', new Query('SELECT id, phone FROM crm.buyers ORDER BY id'));
  await waited('afterwards', async () => (await client.query(PEOPLE, [3])).rows);
  await client.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
