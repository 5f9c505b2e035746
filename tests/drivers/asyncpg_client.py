"""asyncpg in its own idioms: binary prepared statements, cursors in transactions, COPY, introspection, pools."""

import asyncio
import datetime
import decimal
import io
import json
import uuid

import asyncpg

from transcript import DATABASE, HOST, PASSWORD, PORT, SCOPE, USER, step

FIELDS = (
    "severity sqlstate message detail hint position context schema_name table_name column_name data_type_name "
    "constraint_name"
).split()


async def connect(**more):
    return await asyncpg.connect(
        host=HOST, port=PORT, user=USER, password=PASSWORD, database=DATABASE, timeout=20, **more
    )


async def fails(name, action):
    try:
        await action
        step(name, error=None)
    except asyncpg.PostgresError as error:
        facts = {field: getattr(error, field, None) for field in FIELDS}
        step(name, kind=type(error).__name__, error={key: value for key, value in facts.items() if value is not None})


def rows_of(records):
    return [list(record.items()) for record in records]


VALUES = [
    ("bool", True), ("int2", -5), ("int4", 42), ("int8", 2**40), ("float8", 1.25), ("numeric", decimal.Decimal("12345.678900")),
    ("text", "中文 🏠"), ("bytea", b"\x00\xff"), ("date", datetime.date(2024, 2, 29)), ("time", datetime.time(1, 2, 3, 4)),
    ("timestamp", datetime.datetime(2024, 2, 29, 1, 2, 3)),
    ("timestamptz", datetime.datetime(2024, 2, 29, 1, 2, 3, tzinfo=datetime.timezone.utc)),
    ("interval", datetime.timedelta(days=2, seconds=3)), ("uuid", uuid.UUID(int=9)), ("int4[]", [1, None, 3]),
    ("text[]", ["a", None, "b,\"c"]), ("int4[]", [[1, 2], [3, 4]]), ("json", '{"a": 1}'), ("jsonb", '{"a": [1, "中"]}'),
    ("int4range", asyncpg.Range(1, 5)), ("inet", "10.1.2.3"), ("bit(4)", asyncpg.BitString("1010")),
    ("point", asyncpg.Point(1.5, 2.5)), ("varchar(3)", "abc"), ("\"char\"", b"x"), ("oid", 7),
]


async def values(connection):
    for name, value in VALUES:
        step("value", type=name, back=await connection.fetchval(f"SELECT $1::{name}", value))
        step("null", type=name, back=await connection.fetchval(f"SELECT $1::{name}", None))


async def statements(connection, query):
    statement = await connection.prepare(query)
    step("prepared", parameters=[p.name for p in statement.get_parameters()],
         columns=[[a.name, a.type.name, a.type.kind] for a in statement.get_attributes()])
    step("fetch", rows=rows_of(await statement.fetch(3)), status=statement.get_statusmsg())
    step("fetchrow", rows=rows_of([await statement.fetchrow(1)]), none=await statement.fetchrow(-1))
    step("fetchval", value=await statement.fetchval(1, column=1))


async def cursors(connection, query):
    async with connection.transaction():
        rows = [record async for record in connection.cursor(query, prefetch=5)]
        step("cursor iterated", rows=rows_of(rows))
        cursor = await connection.cursor(query)
        first = await cursor.fetch(2)
        skipped = await cursor.forward(2)
        step("cursor moved", first=rows_of(first), skipped=skipped, row=rows_of([await cursor.fetchrow()]))


async def out(connection, name, **arguments):
    target = io.BytesIO()
    query = arguments.pop("query", None)
    parameters = arguments.pop("parameters", ())
    if query:
        status = await connection.copy_from_query(query, *parameters, output=target, **arguments)
    else:
        status = await connection.copy_from_table(output=target, **arguments)
    step(name, status=status, data=target.getvalue())


async def writes(connection):
    step("execute", status=await connection.execute(
        "INSERT INTO drivers.item (label, quantity, tags) VALUES ($1, $2, $3)", "first", 3, ["x"]))
    await connection.executemany(
        "INSERT INTO drivers.item (label, price, made) VALUES ($1, $2, $3)",
        [(f"many {n}", decimal.Decimal(n), datetime.date(2024, 1, n + 1)) for n in range(6)])
    step("fetchmany", rows=rows_of(await connection.fetch("SELECT * FROM drivers.item ORDER BY id")))
    step("update", status=await connection.execute("UPDATE drivers.item SET mood = 'cross' WHERE id < $1", 3))
    step("returning", rows=rows_of(await connection.fetch("DELETE FROM drivers.item WHERE id = $1 RETURNING *", 4)))
    step("composite", row=rows_of(await connection.fetch("SELECT ROW(1, 2, 'z')::drivers.point3 AS p, 'calm'::drivers.mood AS m")))


async def transactions(connection):
    async def broken():
        async with connection.transaction():
            await connection.execute("INSERT INTO drivers.item (label) VALUES ('lost')")
            async with connection.transaction():
                await connection.execute("INSERT INTO drivers.item (label) VALUES ('first')")

    await fails("unique in savepoint", broken())
    step("nothing stays", count=await connection.fetchval("SELECT count(*) FROM drivers.item WHERE label = 'lost'"))
    async with connection.transaction(isolation="repeatable_read", readonly=True, deferrable=False):
        step("isolation", level=await connection.fetchval("SHOW transaction_isolation"))
        try:
            async with connection.transaction():
                await connection.execute("INSERT INTO drivers.item (label) VALUES ('x')")
        except asyncpg.ReadOnlySQLTransactionError as error:
            step("read only", message=str(error))
    await fails("serial", connection.fetch("SELECT 1/$1::int", 0))
    await fails("wrong type", connection.fetch("SELECT nothing FROM drivers.item"))


async def copies(connection):
    await connection.execute("CREATE TEMP TABLE landing (n int, t text, d date)")
    records = [(n, f"行 {n}", datetime.date(2024, 1, 1)) for n in range(1500)]
    step("records", status=await connection.copy_records_to_table("landing", records=records))
    step("text in", status=await connection.copy_to_table("landing", source=io.BytesIO(b"7,seven,2024-01-07\n"), format="csv"))
    await fails("bad in", connection.copy_to_table("landing", source=io.BytesIO(b"x\ty\tz\n")))
    await out(connection, "copy from query", query="SELECT * FROM landing WHERE n < $1 ORDER BY n", parameters=(5,), format="csv", header=True)
    await out(connection, "copy from query binary", query="SELECT n, t FROM landing WHERE n < 3 ORDER BY n", format="binary")


async def news(connection):
    heard = asyncio.Queue()
    other = await connect()
    await other.add_listener("items", lambda con, pid, channel, payload: heard.put_nowait([pid == connection.get_server_pid(), channel, payload]))
    notices = []
    connection.add_log_listener(lambda con, message: notices.append([message.severity, message.sqlstate, message.message]))
    await connection.execute("INSERT INTO drivers.item (label) VALUES ('told')")
    await connection.fetchval("SELECT pg_notify($1, $2)", "items", "二")
    step("notifications", heard=[await asyncio.wait_for(heard.get(), 20) for _ in range(2)])
    await connection.fetchval("SELECT drivers.shout('asyncpg')")
    await connection.fetchval("SELECT 1")
    await asyncio.sleep(0)
    step("notices", notices=notices)
    await other.close()


async def cancelled(connection):
    try:
        await connection.fetchval("SELECT pg_sleep(60)", timeout=0.5)
    except asyncio.TimeoutError:
        step("timed out", alive=await connection.fetchval("SELECT 1"))
    task = asyncio.ensure_future(connection.fetchval("SELECT pg_sleep(60)"))
    other = await connect()
    running = "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND wait_event = 'PgSleep'"
    while not await other.fetchval(running, connection.get_server_pid()):
        await asyncio.sleep(0.02)
    await other.close()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        step("cancelled", alive=await connection.fetchval("SELECT 2"))


async def pooled():
    async with asyncpg.create_pool(
        host=HOST, port=PORT, user=USER, password=PASSWORD, database=DATABASE, min_size=1, max_size=3,
        server_settings={"application_name": "pooled", "search_path": "drivers, public"}, statement_cache_size=2,
    ) as pool:
        step("pool", rows=sorted(await asyncio.gather(*(pool.fetchval("SELECT $1::int * 2", n) for n in range(12)))))
        step("settings", path=await pool.fetchval("SHOW search_path"), application=await pool.fetchval("SHOW application_name"))
        async with pool.acquire() as connection:
            await connection.execute("SET work_mem = '7MB'")
        step("reset", work_mem=await pool.fetchval("SHOW work_mem"))


async def full():
    connection = await connect()
    await values(connection)
    await writes(connection)
    await statements(connection, "SELECT id, label, tags, made, price FROM drivers.item WHERE id = $1")
    await cursors(connection, "SELECT id, label FROM drivers.item ORDER BY id")
    await transactions(connection)
    await copies(connection)
    await news(connection)
    await cancelled(connection)
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
    step("codec", value=await connection.fetchval("SELECT $1::jsonb", {"a": [1, None]}))
    await connection.reload_schema_state()
    await connection.reset()
    await connection.close()
    await pooled()


async def read():
    connection = await connect()
    await statements(connection, "SELECT * FROM housing.buyers WHERE id = $1")
    await statements(connection, "SELECT id, phone, name FROM housing.buyers WHERE id = $1")
    await cursors(connection, "SELECT id, name, phone, id_no FROM housing.buyers WHERE id <= 30 ORDER BY id")
    step("any", rows=rows_of(await connection.fetch("SELECT id, phone FROM housing.buyers WHERE id = ANY($1) ORDER BY id", [5, 2])))
    step("aggregate", rows=rows_of(await connection.fetch("SELECT array_agg(phone ORDER BY id), max(id_no) FROM housing.buyers WHERE id < $1", 6)))
    await out(connection, "copy query", query="SELECT id, name, phone FROM housing.buyers WHERE id < $1 ORDER BY id", parameters=(9,), format="csv")
    await out(connection, "copy table", table_name="buyers", schema_name="housing", columns=["id", "phone"], format="binary")
    await fails("cast fails", connection.fetch("SELECT phone::int FROM housing.buyers ORDER BY id LIMIT 1"))
    await connection.reset()
    await connection.close()


if __name__ == "__main__":
    asyncio.run(full() if SCOPE == "full" else read())
