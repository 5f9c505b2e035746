"""psycopg 3 in its own idioms: binding, prepared statements, binary results, named cursors, pipelines, COPY."""

import datetime
import decimal
import threading
import time
import uuid

import psycopg
from psycopg.rows import dict_row, namedtuple_row
from psycopg.types.json import Jsonb
from psycopg.types.range import Range

from transcript import DATABASE, HOST, PASSWORD, PORT, SCOPE, USER, step

FIELDS = (
    "severity sqlstate message_primary message_detail message_hint statement_position internal_position "
    "internal_query context schema_name table_name column_name datatype_name constraint_name "
    "source_file source_line source_function"
).split()


def connect(**more):
    return psycopg.connect(
        host=HOST, port=PORT, user=USER, password=PASSWORD, dbname=DATABASE, connect_timeout=20, **more
    )


def error_of(error):
    return {field: getattr(error.diag, field) for field in FIELDS if getattr(error.diag, field) is not None}


def describe(cursor):
    return [
        [c.name, c.type_code, c.display_size, c.internal_size, c.precision, c.scale] for c in cursor.description or []
    ]


def show(name, cursor):
    rows = cursor.fetchall() if cursor.description else None
    step(name, columns=describe(cursor), rows=rows, count=cursor.rowcount, status=cursor.statusmessage)


def fails(connection, name, action):
    try:
        action()
        step(name, error=None)
    except psycopg.Error as error:
        step(name, kind=type(error).__name__, error=error_of(error), state=connection.info.transaction_status.name)
        if not connection.closed:
            connection.rollback()


def parameters(connection):
    status = connection.info
    names = "server_version server_encoding client_encoding is_superuser session_authorization DateStyle IntervalStyle \
TimeZone integer_datetimes standard_conforming_strings application_name in_hot_standby default_transaction_read_only"
    step("parameters", **{name: status.parameter_status(name) for name in names.split()})


VALUES = [
    None, True, 42, -1, 2**40, 2**70, 1.5, float("nan"), decimal.Decimal("12345.6789"), "plain", "中文 ' \" \\ 🏠", "",
    b"\x00\xff", datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc), datetime.time(1, 2, 3),
    datetime.timedelta(days=3, seconds=4), uuid.UUID(int=7), [1, 2, None], ["a", "b,c", '"', None], [[1, 2], [3, 4]],
    Jsonb({"a": [1, None, "中"]}), Range(1, 5),
]


def values(connection):
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            for value in VALUES:
                cursor.execute("SELECT v, pg_typeof(v)::text FROM (SELECT %s AS v) s", (value,))
                show(f"value {'binary' if binary else 'text'}", cursor)
    connection.rollback()


def prepared(connection):
    with connection.cursor() as cursor:
        for number in range(8):
            cursor.execute("SELECT %s::int * 2 AS twice, %s::text", (number, None), prepare=number > 1)
            show("prepared", cursor)
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        show("prepared statements", cursor)
        cursor.execute("DEALLOCATE ALL")
        show("deallocated", cursor)
    connection.commit()


def writes(connection):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO drivers.item (label, quantity, price, made, changed, tags, extra, raw, flag, ratio, code, span, "
            "address, mood, place) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s) RETURNING *",
            ("first", 1, decimal.Decimal("9.90"), datetime.date(2024, 1, 1),
             datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), ["x", "y"], Jsonb({"k": 1}), b"raw", True, 0.1,
             uuid.UUID(int=1), Range(1, 10), "10.0.0.1", "calm", "(1,2,here)"),
        )
        show("insert returning", cursor)
        cursor.executemany("INSERT INTO drivers.item (label, quantity) VALUES (%s, %s)", [(f"many {n}", n) for n in range(5)])
        show("executemany", cursor)
        cursor.executemany(
            "INSERT INTO drivers.item (label, quantity) VALUES (%s, %s) RETURNING id, label",
            [(f"more {n}", n) for n in range(3)], returning=True,
        )
        while True:
            show("executemany returning", cursor)
            if not cursor.nextset():
                break
        cursor.execute("UPDATE drivers.item SET quantity = quantity + 1 WHERE label LIKE 'many%'")
        show("update", cursor)
        cursor.execute("DELETE FROM drivers.item WHERE label = 'many 0'")
        show("delete", cursor)
    connection.commit()
    with connection.cursor(row_factory=dict_row) as cursor:
        cursor.execute("SELECT * FROM drivers.item ORDER BY id")
        show("as dictionaries", cursor)


def errors(connection):
    run = connection.execute
    fails(connection, "syntax", lambda: run("SELECT 1 FRM x"))
    fails(connection, "no column", lambda: run("SELECT nothing FROM drivers.item"))
    fails(connection, "no table", lambda: run("SELECT * FROM drivers.nowhere"))
    fails(connection, "unique", lambda: run("INSERT INTO drivers.item (label) VALUES ('first')"))
    fails(connection, "check", lambda: run("INSERT INTO drivers.item (label, quantity) VALUES ('bad', -1)"))
    fails(connection, "not null", lambda: run("INSERT INTO drivers.item (quantity) VALUES (1)"))
    fails(connection, "foreign key", lambda: run("INSERT INTO drivers.line VALUES (-1, 1)"))
    fails(connection, "too long", lambda: run("INSERT INTO drivers.line VALUES (1, 1, repeat('x', 41))"))
    fails(connection, "division", lambda: run("SELECT 1 / %s", (0,)))
    fails(connection, "bad cast", lambda: run("SELECT 'x'::int"))
    fails(connection, "raise", lambda: run("DO $$ BEGIN RAISE EXCEPTION 'no %', 1 USING ERRCODE = 'ZZ001', HINT = 'h'; END $$"))


def transactions(connection):
    with connection.transaction():
        connection.execute("INSERT INTO drivers.item (label) VALUES ('outer')")
        try:
            with connection.transaction():
                connection.execute("INSERT INTO drivers.item (label) VALUES ('inner')")
                connection.execute("INSERT INTO drivers.item (label) VALUES ('outer')")
        except psycopg.errors.UniqueViolation as error:
            step("savepoint undone", error=error_of(error))
    with connection.cursor() as cursor:
        cursor.execute("SELECT label FROM drivers.item WHERE label IN ('outer', 'inner')")
        show("after savepoint", cursor)
        try:
            cursor.execute("SELECT 1/0")
        except psycopg.Error:
            step("aborted", state=connection.info.transaction_status.name)
        try:
            cursor.execute("SELECT 1")
        except psycopg.errors.InFailedSqlTransaction as error:
            step("in failed transaction", error=error_of(error))
    connection.rollback()
    connection.isolation_level = psycopg.IsolationLevel.SERIALIZABLE
    connection.read_only = True
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        show("isolation", cursor)
        cursor.execute("SHOW transaction_read_only")
        show("read only", cursor)
    connection.rollback()
    connection.isolation_level = None
    connection.read_only = None


def cursors(connection, query):
    with connection.cursor(name="window") as cursor:
        cursor.itersize = 7
        cursor.execute(query)
        step("named cursor", columns=describe(cursor), three=cursor.fetchmany(3), one=cursor.fetchone())
        step("named cursor rest", rows=list(cursor))
    connection.commit()
    with connection.cursor(name="scrolling", scrollable=True, withhold=True) as cursor:
        cursor.execute(query)
        first = cursor.fetchmany(4)
        connection.commit()
        cursor.scroll(-2)
        again = cursor.fetchmany(2)
        cursor.scroll(0, mode="absolute")
        step("scrolled", first=first, again=again, all=len(cursor.fetchall()))
    with connection.cursor(name="binary", row_factory=namedtuple_row) as cursor:
        cursor.execute(query, binary=True)
        step("binary named cursor", rows=cursor.fetchmany(3))
    connection.rollback()
    with connection.cursor() as cursor:
        step("streamed", rows=list(cursor.stream(query)))
    connection.rollback()


def pipeline(connection, query):
    with connection.pipeline() as pipe, connection.cursor() as one, connection.cursor() as two:
        one.execute(query)
        two.execute("SELECT %s::text AS t", ("piped",))
        pipe.sync()
        show("pipeline one", one)
        show("pipeline two", two)
    connection.rollback()
    cursors = [connection.cursor() for _ in range(4)]
    outcome = []
    try:
        # Answers are looked at only when all of them are there.
        with connection.pipeline():
            for number, cursor in enumerate(cursors):
                cursor.execute("SELECT 10 / %s", (2 - number,))
    except psycopg.Error as error:
        outcome.append([type(error).__name__, error.sqlstate])
    step("pipeline with error", outcome=outcome)
    connection.rollback()


def copy_out(connection, name, statement):
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            lines = b"".join(bytes(block) for block in copy).decode("utf-8", "backslashreplace").splitlines()
            # A table's rows have no order.
            step(name, data=lines if "ORDER BY" in statement else sorted(lines))
        step(name + " done", count=cursor.rowcount, status=cursor.statusmessage)
    connection.rollback()


def copies(connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE landing (n int, t text, d date)")
        with cursor.copy("COPY landing FROM STDIN") as copy:
            for number in range(2000):
                copy.write_row((number, f"行 {number}\t\\", datetime.date(2024, 1, 1) + datetime.timedelta(days=number)))
        step("copy in", count=cursor.rowcount, status=cursor.statusmessage)
        with cursor.copy("COPY landing FROM STDIN (FORMAT binary)") as copy:
            copy.set_types(["int4", "text", "date"])
            copy.write_row((-1, None, datetime.date(2000, 1, 1)))
        cursor.execute("SELECT count(*), sum(n), max(length(t)) FROM landing")
        show("copied", cursor)
        with cursor.copy("COPY (SELECT * FROM landing ORDER BY n LIMIT 5) TO STDOUT (FORMAT csv, HEADER)") as copy:
            step("copy out rows", data=b"".join(bytes(block) for block in copy).decode())
        with cursor.copy("COPY (SELECT n, t FROM landing ORDER BY n LIMIT 5) TO STDOUT (FORMAT binary)") as copy:
            copy.set_types(["int4", "text"])
            step("copy out binary", rows=list(copy.rows()))
    connection.commit()

    def broken():
        with connection.cursor() as cursor, cursor.copy("COPY landing FROM STDIN") as copy:
            copy.write("not a number\tx\t2024-01-01\n")

    def given_up():
        with connection.cursor() as cursor, cursor.copy("COPY landing FROM STDIN") as copy:
            copy.write_row((1, "x", None))
            raise psycopg.Error("client gives up")

    fails(connection, "copy in fails", broken)
    fails(connection, "copy given up", given_up)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s AS big", ("大" * 700_000,))
        step("big value", length=len(cursor.fetchone()[0]))
    connection.commit()


def asynchronous(connection):
    heard = []
    connection.add_notice_handler(lambda diag: heard.append([diag.severity, diag.sqlstate, diag.message_primary, diag.message_hint]))
    connection.execute("SELECT drivers.shout('psst')")
    connection.execute("SET client_min_messages TO debug1")
    connection.execute("RESET client_min_messages")
    connection.commit()
    step("notices", heard=heard)
    with connect(autocommit=True) as listener:
        listener.execute("LISTEN items")
        connection.execute("INSERT INTO drivers.item (label) VALUES ('announced')")
        connection.execute("NOTIFY items, '消息'")
        connection.commit()
        notes = []
        for note in listener.notifies(timeout=20, stop_after=2):
            notes.append([note.channel, note.payload, note.pid == connection.info.backend_pid])
        step("notifications", notes=notes)


def cancelled(connection):
    pid = connection.info.backend_pid
    done = threading.Event()

    def cancel():
        with connect(autocommit=True) as other:
            while not done.is_set():
                state = other.execute("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%%' "
                                      "AND pid <> pg_backend_pid() AND state = 'active'").fetchone()[0]
                if state:
                    connection.cancel()
                    return
                time.sleep(0.02)

    thread = threading.Thread(target=cancel)
    thread.start()
    fails(connection, "cancelled", lambda: connection.execute("SELECT pg_sleep(60)"))
    done.set()
    thread.join()
    step("same connection", alive=connection.execute("SELECT 1").fetchone(), same=pid == connection.info.backend_pid)
    connection.rollback()


def several(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 AS a; SELECT 'two' AS b, 2 AS c; UPDATE drivers.item SET flag = true WHERE id = 1")
        while True:
            show("several", cursor)
            if not cursor.nextset():
                break
        cursor.execute("")
        step("empty", status=cursor.statusmessage)
    connection.rollback()
    connection.execute("SET client_encoding TO 'GBK'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT '张三' AS name, length('张三')")
        show("gbk", cursor)
        cursor.execute("SELECT %s::text || '先生'", ("李四",))
        show("gbk parameter", cursor)
    fails(connection, "not in gbk", lambda: connection.execute("SELECT U&'\\+01F3E0'"))
    connection.execute("SET client_encoding TO 'UTF8'")
    connection.commit()


def full():
    with connect() as connection:
        parameters(connection)
        values(connection)
        prepared(connection)
        writes(connection)
        errors(connection)
        transactions(connection)
        cursors(connection, "SELECT id, label, price, tags, made FROM drivers.item ORDER BY id")
        pipeline(connection, "SELECT id, label FROM drivers.item ORDER BY id")
        copies(connection)
        copy_out(connection, "copy table", "COPY drivers.item TO STDOUT")
        asynchronous(connection)
        cancelled(connection)
        several(connection)


READS = [
    "SELECT * FROM housing.buyers ORDER BY id LIMIT 20",
    "SELECT b.phone, count(*) FROM housing.buyers b GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5",
    "SELECT b::text FROM housing.buyers b ORDER BY b.id LIMIT 3",
    "SELECT row_to_json(b) FROM housing.buyers b ORDER BY b.id LIMIT 3",
]


def read():
    with connect() as connection:
        for binary in (False, True):
            for query in READS:
                with connection.cursor(binary=binary) as cursor:
                    cursor.execute(query)
                    show("read", cursor)
        with connection.cursor() as cursor:
            for number in range(1, 9):
                cursor.execute("SELECT id, name, phone FROM housing.buyers WHERE id = %s", (number,), prepare=number > 2)
                show("read prepared", cursor)
            cursor.execute("SELECT id, phone FROM housing.buyers WHERE id = ANY(%s) ORDER BY id", ([3, 1, 2],))
            show("read any", cursor)
            cursor.execute("CREATE TEMP TABLE mine AS SELECT id, phone FROM housing.buyers WHERE id <= 10")
            cursor.execute("SELECT * FROM mine ORDER BY id")
            show("read temp", cursor)
        connection.commit()
        fails(connection, "cast fails", lambda: connection.execute("SELECT phone::int FROM housing.buyers ORDER BY id LIMIT 1"))
        cursors(connection, "SELECT id, name, phone, id_no FROM housing.buyers WHERE id <= 30 ORDER BY id")
        pipeline(connection, "SELECT id, phone FROM housing.buyers ORDER BY id LIMIT 4")
        copy_out(connection, "copy query", "COPY (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 9) TO STDOUT (FORMAT csv)")
        copy_out(connection, "copy table", "COPY housing.buyers (id, phone) TO STDOUT")
        several_reads(connection)


def several_reads(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(phone) FROM housing.buyers; SELECT max(name COLLATE \"C\") FROM housing.buyers")
        show("several", cursor)
        cursor.nextset()
        show("several", cursor)
    connection.execute("SET client_encoding TO 'GBK'")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM housing.buyers ORDER BY id LIMIT 3")
        show("gbk", cursor)
    connection.commit()


if __name__ == "__main__":
    full() if SCOPE == "full" else read()
