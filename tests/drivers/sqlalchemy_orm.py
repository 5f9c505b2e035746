"""SQLAlchemy: Core and ORM by psycopg and asyncpg, bulk inserts, upserts, streaming, reflection."""

import asyncio
import datetime
import decimal
import uuid

from sqlalchemy import (ARRAY, Boolean, Column, Date, ForeignKey, Integer, LargeBinary, MetaData, Numeric, String, Table, Text, Uuid,
                        create_engine, event, exc, func, inspect, select, text, update)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

from transcript import DATABASE, HOST, PASSWORD, PORT, SCOPE, USER, step

ADDRESS = f"{USER}:{PASSWORD}@{HOST}:{PORT}/{DATABASE}"
Base = declarative_base()


class Item(Base):
    __tablename__, __table_args__ = "item", {"schema": "drivers"}
    id, label = Column(Integer, primary_key=True), Column(Text, nullable=False)
    quantity, price, made = Column(Integer), Column(Numeric(12, 2)), Column(Date)
    tags, extra, raw = Column(ARRAY(Text)), Column(JSONB), Column(LargeBinary)
    flag, code = Column(Boolean), Column(Uuid)
    lines = relationship("Line", order_by="Line.number", cascade="all, delete-orphan")


class Line(Base):
    __tablename__, __table_args__ = "line", {"schema": "drivers"}
    item = Column(ForeignKey("drivers.item.id"), primary_key=True)
    number, note = Column(Integer, primary_key=True), Column(String(40), server_default="none")


def show(name, result):
    step(name, keys=list(result.keys()), rows=[tuple(row) for row in result])


def fails(name, action):
    try:
        action()
        step(name, error=None)
    except exc.DBAPIError as error:
        step(name, kind=type(error).__name__, state=getattr(error.orig, "sqlstate", None), text=str(error.orig).splitlines()[0])


def orm(engine):
    with Session(engine) as session:
        session.add(Item(label="one", quantity=1, price=decimal.Decimal("9.90"), made=datetime.date(2024, 2, 29), tags=["a", "b"],
                         extra={"k": [1, None, "中"]}, raw=b"\x00\xff", flag=True, code=uuid.UUID(int=7), lines=[Line(number=1), Line(number=2, note="二")]))
        session.add_all([Item(label=f"many {n}", quantity=n) for n in range(5)])
        session.commit()
        for item in session.scalars(select(Item).options(selectinload(Item.lines)).order_by(Item.id)):
            step("loaded", row=[item.id, item.label, item.quantity, item.price, item.made, item.tags, item.extra, item.raw, item.flag, item.code],
                 lines=[(line.number, line.note) for line in item.lines])
        first = session.get(Item, 1)
        first.quantity, first.tags = 7, ["c"]
        first.lines.pop()
        session.flush()
        with session.begin_nested() as inner:
            session.execute(update(Item).where(Item.quantity < 3).values(quantity=Item.quantity + 10))
            inner.rollback()
        session.commit()
        step("changed", quantity=first.quantity, tags=first.tags, lines=len(first.lines))
        session.add(Item(label="one"))
        fails("unique", session.commit)
        session.rollback()


def core(engine):
    items = Item.__table__
    with engine.begin() as connection:
        show("bulk returning", connection.execute(items.insert().returning(items.c.id, items.c.label), [{"label": f"bulk {n}", "quantity": n} for n in range(30)]))
        upsert = insert(items).values(label="one", quantity=3)
        show("upsert", connection.execute(upsert.on_conflict_do_update(index_elements=["label"], set_={"quantity": upsert.excluded.quantity}).returning(items.c.id, items.c.quantity)))
        show("update returning", connection.execute(update(items).where(items.c.label.like("bulk 1%")).values(flag=False).returning(items.c.id)))
        show("grouped", connection.execute(select(items.c.flag, func.count()).group_by(items.c.flag).order_by(items.c.flag)))
        show("text", connection.execute(text("SELECT :n + 1 AS n, :t AS t").bindparams(n=1, t="x")))
        step("deleted", count=connection.execute(items.delete().where(items.c.quantity > 25)).rowcount)
    with engine.connect() as connection:
        streamed = connection.execution_options(stream_results=True, max_row_buffer=7).execute(select(items.c.id, items.c.label).order_by(items.c.id))
        show("streamed", streamed)
        fails("division", lambda: connection.execute(text("SELECT 1/0")))
        connection.rollback()
        fails("no table", lambda: connection.execute(text("SELECT * FROM drivers.nowhere")))
    for level in ("AUTOCOMMIT", "SERIALIZABLE", "REPEATABLE READ"):
        with engine.connect().execution_options(isolation_level=level) as connection:
            show(level, connection.execute(text("SHOW transaction_isolation")))


def reflected(engine, schema, tables):
    look = inspect(engine)
    step("tables", tables=sorted(look.get_table_names(schema=schema)), views=sorted(look.get_view_names(schema=schema)))
    for table in tables:
        step("columns", table=table, columns=[(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table, schema=schema)])
        step("keys", primary=look.get_pk_constraint(table, schema=schema)["constrained_columns"],
             foreign=[(k["constrained_columns"], k["referred_table"]) for k in look.get_foreign_keys(table, schema=schema)],
             indexes=sorted(i["name"] for i in look.get_indexes(table, schema=schema)), checks=[c["sqltext"] for c in look.get_check_constraints(table, schema=schema)])
    show("reflected", engine.connect().execute(select(Table(tables[0], MetaData(), autoload_with=engine, schema=schema)).order_by(text("id")).limit(3)))


async def by_asyncpg(queries):
    engine = create_async_engine(f"postgresql+asyncpg://{ADDRESS}")
    async with engine.connect() as connection:
        for query in queries:
            result = await connection.execute(query)
            show("asyncpg", result)
    await engine.dispose()


def full():
    engine = create_engine(f"postgresql+psycopg://{ADDRESS}")
    statements = []
    event.listen(engine, "before_cursor_execute", lambda c, k, statement, *rest: statements.append(statement))
    orm(engine)
    core(engine)
    step("pool", statements=len(statements))
    engine.dispose()
    reflected(create_engine(f"postgresql+psycopg://{ADDRESS}"), "drivers", ["item", "line"])
    items = Item.__table__
    asyncio.run(by_asyncpg([select(items).order_by(items.c.id).limit(5), select(items.c.id).where(items.c.label == "one"), select(func.sum(items.c.quantity)).where(items.c.id.in_([1, 2, 3]))]))


def read():
    engine = create_engine(f"postgresql+psycopg://{ADDRESS}")
    # reflection names a setting by a parameter, which restricted users may not
    buyers = Table(
        "buyers", MetaData(), Column("id", Integer, primary_key=True), Column("name", Text), Column("phone", String(20)),
        Column("born", Date), Column("extra", JSONB), Column("phones", ARRAY(Text)), Column("level", Integer), schema="housing",
    )
    b = buyers.c
    queries = [
        select(buyers).order_by(b.id).limit(8), select(b.id, b.phone).where(b.phone.like("138%")).order_by(b.id),
        select(b.level, func.count(), func.min(b.born)).group_by(b.level).order_by(b.level),
        select(b.id, b.extra["kin"].astext, b.phones).where(b.id.in_([1, 2, 3])).order_by(b.id),
        select(func.json_agg(func.json_build_object("phone", b.phone))).where(b.id == 3),
        select(b.id, func.row_number().over(partition_by=b.level, order_by=b.id)).order_by(b.id).limit(9),
    ]
    with engine.connect() as connection:
        for query in queries:
            show("read", connection.execute(query))
        show("streamed", connection.execution_options(stream_results=True).execute(select(b.id, b.name).order_by(b.id)))
    fails("cast fails", lambda: engine.connect().execute(text("SELECT phone::int FROM housing.buyers ORDER BY id LIMIT 1")))
    asyncio.run(by_asyncpg(queries))


if __name__ == "__main__":
    full() if SCOPE == "full" else read()
