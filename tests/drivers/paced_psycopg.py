"""psycopg 3 while its account is slowed: it waits for every row, can cancel at once, and goes on."""

import asyncio
import threading
import time

import psycopg

from transcript import DATABASE, HOST, PASSWORD, PORT, USER, step

CONNECTION = dict(host=HOST, port=PORT, user=USER, password=PASSWORD, dbname=DATABASE, connect_timeout=20)
PEOPLE = "SELECT id, phone FROM crm.buyers WHERE id <= %s ORDER BY id"


def waited(name, rows):
    began = time.monotonic()
    found = [list(row) for row in rows()]
    step(name, milliseconds=milliseconds(began), rows=found)


def milliseconds(began):
    return round((time.monotonic() - began) * 1000)


def window(connection):
    with connection.transaction(), connection.cursor(name="window") as cursor:
        cursor.itersize = 7
        yield from cursor.execute(PEOPLE, (20,))


async def patient():
    """Gives up where a row takes more than two seconds."""
    async with await psycopg.AsyncConnection.connect(**CONNECTION) as connection, connection.cursor() as cursor:
        rows, found = cursor.stream(PEOPLE, (20,)), []
        while True:
            try:
                found.append(await asyncio.wait_for(anext(rows), timeout=2))
            except StopAsyncIteration:
                return found


def cancelled(connection, name, cancel, action):
    at = []

    def later():
        at.append(time.monotonic())
        cancel()

    timer = threading.Timer(1, later)
    timer.start()
    try:
        action()
        sqlstate = None
    except psycopg.Error as error:
        sqlstate = error.sqlstate
    took = milliseconds(at[0])
    timer.join()
    connection.rollback()
    after = list(connection.execute("SELECT 1, pg_typeof(1)::text").fetchone())
    step(name, milliseconds=took, sqlstate=sqlstate, after=after)
    connection.rollback()


def main():
    with psycopg.connect(**CONNECTION) as connection:
        waited("whole", lambda: connection.execute(PEOPLE, (40,)).fetchall())
        waited("binary", lambda: connection.cursor(binary=True).execute(PEOPLE, (20,)).fetchall())
        waited("window", lambda: window(connection))
        waited("patient", lambda: asyncio.run(patient()))
        connection.rollback()
        cancelled(connection, "cancel_safe", connection.cancel_safe, lambda: connection.execute(PEOPLE, (200,)))
        cancelled(connection, "cancel", connection.cancel, lambda: connection.execute(PEOPLE, (4000,)))
        cancelled(connection, "window cancelled", connection.cancel_safe, lambda: list(window_of(connection)))
        waited("afterwards", lambda: connection.execute(PEOPLE, (3,)).fetchall())


def window_of(connection):
    with connection.cursor(name="long") as cursor:
        cursor.itersize = 50
        yield from cursor.execute(PEOPLE, (400,))


main()
