"""SQLAlchemy 2: Core and ORM by three drivers, and what its inspector asks of the catalogs."""

import asyncio
import datetime
import decimal
import os

from sqlalchemy import (ARRAY, BigInteger, Date, DateTime, ForeignKey, Integer, MetaData, Numeric, String, Text, and_, any_,
                        bindparam, case, cast, column, create_engine, distinct, exists, extract, func, inspect, lateral,
                        literal, literal_column, not_, null, or_, select, text, true, tuple_, union_all, values)
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array, insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, aliased, contains_eager, joinedload, load_only, mapped_column,
                            raiseload, relationship, selectinload, subqueryload, undefer)

from session import DATABASE, HOST, PORT, USER, mark


class Base(DeclarativeBase):
    metadata = MetaData(schema="housing")


class Agent(Base):
    __tablename__ = "agents"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    desk: Mapped[str | None]
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("housing.agents.id"))
    manager: Mapped["Agent"] = relationship(remote_side=[id])
    buyers: Mapped[list["Buyer"]] = relationship(back_populates="agent")


class Buyer(Base):
    __tablename__ = "buyers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    id_no: Mapped[str | None] = mapped_column(String(18))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text, deferred=True)
    born: Mapped[datetime.date | None]
    income: Mapped[decimal.Decimal | None] = mapped_column(Numeric(12, 2))
    extra: Mapped[dict | None] = mapped_column(JSONB)
    phones: Mapped[list[str] | None] = mapped_column(ARRAY(Text))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("housing.agents.id"))
    level: Mapped[int]
    created_at: Mapped[datetime.datetime] = mapped_column(DateTime(timezone=True))
    active: Mapped[bool]
    agent: Mapped[Agent] = relationship(back_populates="buyers")
    contracts: Mapped[list["Contract"]] = relationship(back_populates="buyer", order_by="Contract.id")


class Contract(Base):
    __tablename__ = "contracts"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    buyer_id: Mapped[int] = mapped_column(ForeignKey("housing.buyers.id"))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("housing.agents.id"))
    signed: Mapped[datetime.date]
    price: Mapped[decimal.Decimal] = mapped_column(Numeric(14, 2))
    status: Mapped[str] = mapped_column(Text)
    bank_card: Mapped[str | None] = mapped_column(String(24))
    buyer: Mapped[Buyer] = relationship(back_populates="contracts")


def core():
    b, c, a = Buyer.__table__.c, Contract.__table__.c, Agent.__table__.c
    ranked = select(c.id, c.agent_id, func.rank().over(partition_by=c.agent_id, order_by=c.price.desc()).label("r")).subquery()
    top = select(c.buyer_id, func.sum(c.price).label("total")).group_by(c.buyer_id).cte("top")
    chain = select(a.id, a.name, literal(0).label("depth")).where(a.manager_id.is_(None)).cte("chain", recursive=True)
    chain = chain.union_all(select(a.id, a.name, chain.c.depth + 1).join(chain, a.manager_id == chain.c.id))
    last = lateral(select(c.signed).where(c.buyer_id == b.id).order_by(c.signed.desc(), c.id).limit(1)).alias("last")
    pairs = values(column("n", Integer), column("t", String), name="v").data([(1, "a"), (2, "b")])
    yield "columns", select(b.id, b.name, b.phone).where(b.id < 5).order_by(b.id)
    yield "all columns", select(Buyer.__table__).order_by(b.id).limit(3).offset(2)
    yield "boolean operators", select(b.id).where(or_(and_(b.level == 1, b.active), not_(b.phone.like("138%")))).order_by(b.id)
    yield "in a list", select(b.id, b.phone).where(b.id.in_([1, 2, 3])).order_by(b.id)
    yield "in an empty list", select(b.id).where(b.id.in_([]))
    yield "not in a subquery", select(b.id).where(b.id.not_in(select(c.buyer_id))).order_by(b.id)
    yield "pairs in a list", select(c.id).where(tuple_(c.status, c.agent_id).in_([("signed", 1), ("filed", 2)])).order_by(c.id)
    yield "any of an array", select(b.id).where(b.id == any_(array([1, 2]))).order_by(b.id)
    yield "text operators", select(b.id, (b.name + " " + b.phone).label("l")).where(b.name.icontains("王"), b.email.ilike("%.cn")).order_by(b.id)
    yield "regular expression", select(b.id).where(b.email.regexp_match("^a"), b.phone.regexp_replace("[*]", "x") != "").order_by(b.id)
    yield "escape", select(b.id).where(b.address.contains("1%", autoescape=True)).order_by(b.id)
    yield "null ordering", select(b.id).order_by(b.income.desc().nulls_last(), b.id).limit(9)
    yield "is distinct", select(func.count()).select_from(Buyer).where(b.phone.is_distinct_from(b.email))
    yield "joins", select(b.name, c.price, a.name.label("agent")).join(c.buyer_id.table, c.buyer_id == b.id).outerjoin(a.id.table, c.agent_id == a.id).order_by(c.id).limit(9)
    yield "full join", select(func.count()).select_from(Buyer.__table__.join(Contract.__table__, b.id == c.buyer_id, full=True))
    yield "grouped", select(b.level, func.count(), func.min(b.born), func.avg(b.income)).group_by(b.level).having(func.count() > 3).order_by(b.level)
    yield "distinct count", select(func.count(distinct(b.phone)))
    yield "filtered", select(func.count().filter(c.status == "filed"), func.sum(c.price).filter(c.price > 1500000))
    yield "grouping sets", select(b.agent_id, b.level, func.count()).group_by(func.grouping_sets(tuple_(b.agent_id), tuple_(b.level), tuple_())).order_by(b.agent_id, b.level)
    yield "rollup", select(c.status, c.agent_id, func.sum(c.price)).group_by(func.rollup(c.status, c.agent_id)).order_by(c.status, c.agent_id)
    yield "percentile", select(func.percentile_cont(0.5).within_group(c.price.asc()), func.mode().within_group(c.status))
    yield "case", select(b.id, case((b.income > 400000, "high"), (b.income.is_(None), "unknown"), else_="low").label("band")).order_by(b.id).limit(9)
    yield "case by value", select(c.id, case({"signed": 1, "filed": 2}, value=c.status, else_=0)).order_by(c.id).limit(9)
    yield "cast", select(cast(b.born, Text), cast(b.income, BigInteger), b.created_at.cast(Date)).order_by(b.id).limit(5)
    yield "extract", select(extract("year", b.born), func.date_trunc("month", b.created_at), func.to_char(b.created_at, "YYYY-MM")).order_by(b.id).limit(5)
    yield "window", select(c.id, func.sum(c.price).over(partition_by=c.agent_id, order_by=c.id, rows=(None, 0)), func.lag(c.price).over(order_by=c.id)).order_by(c.id).limit(9)
    yield "ranked", select(ranked.c.id).where(ranked.c.r <= 2).order_by(ranked.c.id)
    yield "common table", select(b.name, top.c.total).join(top, top.c.buyer_id == b.id).order_by(top.c.total.desc(), b.id).limit(9)
    yield "recursive", select(chain).order_by(chain.c.depth, chain.c.id)
    yield "lateral", select(b.id, last.c.signed).join(last, true(), isouter=True).order_by(b.id).limit(9)
    yield "values", select(pairs.c.t, b.name).join(Buyer.__table__, b.id == pairs.c.n).order_by(b.id)
    yield "scalar subquery", select(b.id, select(func.count()).where(c.buyer_id == b.id).scalar_subquery().label("n")).order_by(b.id).limit(9)
    yield "exists", select(b.id).where(exists().where(c.buyer_id == b.id, c.price > 1800000)).order_by(b.id)
    yield "union", union_all(select(b.name.label("n"), literal_column("'b'")), select(a.name, null())).order_by("n").limit(9)
    yield "json", select(b.id, b.extra["kin"].astext, b.extra[("a", "b")].astext).where(b.extra.has_key("rank")).order_by(b.id).limit(5)
    yield "json built", select(func.json_agg(func.json_build_object("id", b.id, "phone", b.phone))).where(b.id == 3)
    yield "ordered aggregates", select(func.array_agg(aggregate_order_by(b.phone, b.id)), func.string_agg(b.name, aggregate_order_by(literal_column("','"), b.id))).where(b.id < 9)
    yield "array functions", select(b.id, func.unnest(b.phones)).order_by(b.id).limit(5)
    yield "series", select(func.generate_series(1, 3).label("n"))
    yield "row lock", select(b.id).where(b.id < 3).order_by(b.id).with_for_update(of=Buyer.__table__, skip_locked=True)
    yield "sample", select(func.count()).select_from(Agent.__table__.tablesample(func.system(100), name="s"))
    yield "text with parameters", text("SELECT id, phone FROM housing.buyers WHERE level = :level ORDER BY id").bindparams(level=2)
    yield "typed parameters", select(b.id).where(b.born < bindparam("d", datetime.date(1980, 1, 1)), b.income > bindparam("i", decimal.Decimal("100000.00"))).order_by(b.id)
    yield "column functions", select(func.coalesce(b.phone, b.email, "none"), func.nullif(b.level, 0), func.concat_ws("/", b.name, b.phone), func.md5(b.phone)).order_by(b.id).limit(5)


def orm(engine):
    with Session(engine) as session:
        run = lambda title, query: (mark("sqlalchemy", "ORM, " + title), session.scalars(query).unique().all(), session.expunge_all())
        run("entities", select(Buyer).order_by(Buyer.id).limit(5))
        run("joined loading", select(Buyer).options(joinedload(Buyer.agent).joinedload(Agent.manager), joinedload(Buyer.contracts)).order_by(Buyer.id).limit(5))
        run("select-in loading", select(Buyer).options(selectinload(Buyer.contracts), selectinload(Buyer.agent)).order_by(Buyer.id).limit(5))
        run("subquery loading", select(Agent).options(subqueryload(Agent.buyers)).order_by(Agent.id).limit(3))
        run("contained loading", select(Contract).join(Contract.buyer).options(contains_eager(Contract.buyer)).where(Buyer.level == 2).order_by(Contract.id))
        run("some columns", select(Buyer).options(load_only(Buyer.name, Buyer.phone), raiseload("*")).order_by(Buyer.id).limit(5))
        run("undeferred", select(Buyer).options(undefer(Buyer.address)).order_by(Buyer.id).limit(5))
        boss = aliased(Agent)
        run("aliased", select(Agent).join(boss, Agent.manager).where(boss.name == "顾问1").order_by(Agent.id))
        run("any and has", select(Buyer).where(Buyer.contracts.any(Contract.price > 1800000), Buyer.agent.has(Agent.desk == "desk 1")).order_by(Buyer.id))
        mark("sqlalchemy", "ORM, get and lazy loads")
        buyer = session.get(Buyer, 7)
        buyer.address, buyer.contracts, buyer.agent
        mark("sqlalchemy", "ORM, refresh after commit")
        session.commit()
        buyer.name
        mark("sqlalchemy", "ORM, savepoint")
        session.commit()
        with session.begin_nested():
            session.get(Contract, 3)
        session.rollback()


def reflection(engine):
    mark("sqlalchemy", "inspector")
    look = inspect(engine)
    for schema in ("housing", "app"):
        look.get_table_names(schema=schema), look.get_view_names(schema=schema), look.get_materialized_view_names(schema=schema)
        look.get_sequence_names(schema=schema), look.get_temp_table_names(), look.get_enums(schema=schema), look.get_domains(schema=schema)
    for ask in (look.get_columns, look.get_pk_constraint, look.get_foreign_keys, look.get_indexes, look.get_unique_constraints,
                look.get_check_constraints, look.get_table_comment, look.get_table_options):
        mark("sqlalchemy", f"inspector, {ask.__name__[4:].replace('_', ' ')}")
        ask("buyers", schema="housing")
    mark("sqlalchemy", "inspector, view definition")
    look.get_view_definition("buyer_cards", schema="housing"), look.has_table("buyers", schema="housing"), look.get_schema_names()
    look.has_sequence("x", schema="housing"), look.default_schema_name
    mark("sqlalchemy", "whole schema reflected")
    MetaData().reflect(engine, schema="housing", views=True)


def writes(engine):
    new = dict(name="钱多多", phone="13312345678", level=1, created_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), active=True)
    table = Buyer.__table__
    upsert = insert(table).values(id=3, **new)

    def flushed(session, **fields):
        buyer = session.get(Buyer, 3)
        for name, value in fields.items():
            setattr(buyer, name, value)
        session.flush()

    actions = {
        "level changed": lambda s: flushed(s, level=9),
        "phone changed": lambda s: flushed(s, phone="13300001111"),
        "several changed": lambda s: flushed(s, email="n@example.com", born=datetime.date(1990, 1, 1), income=decimal.Decimal("1.00"), extra={"k": 1}, phones=["1"]),
        "added": lambda s: (s.add(Buyer(id=9001, **new)), s.flush()),
        "many added": lambda s: (s.add_all([Buyer(id=9001 + n, **new) for n in range(3)]), s.flush()),
        "inserted, returning": lambda s: s.execute(insert(table).values(id=9001, **new).returning(table.c.id, table.c.phone)).all(),
        "many inserted": lambda s: s.execute(insert(table), [dict(id=9001 + n, **new) for n in range(3)]),
        "upsert": lambda s: s.execute(upsert.on_conflict_do_update(index_elements=["id"], set_={"level": upsert.excluded.level, "name": upsert.excluded.name})),
        "conflict ignored": lambda s: s.execute(upsert.on_conflict_do_nothing()),
        "updated by a query": lambda s: s.execute(table.update().where(table.c.level == 2).values(level=table.c.level + 1).returning(table.c.id)),
        "updated from another": lambda s: s.execute(table.update().where(table.c.id == Contract.buyer_id, Contract.price > 1800000).values(active=False)),
        "deleted": lambda s: s.execute(Contract.__table__.delete().where(Contract.id == 5).returning(Contract.__table__.c.id)),
        "deleted by an entity": lambda s: (s.delete(s.get(Contract, 6)), s.flush()),
        "inserted from a query": lambda s: s.execute(insert(Contract.__table__).from_select(["id", "unit_id", "buyer_id", "signed", "price", "status"], select(Contract.id + 9000, Contract.unit_id, Contract.buyer_id, Contract.signed, Contract.price, Contract.status).where(Contract.id < 3))),
    }
    for title, action in actions.items():
        mark("sqlalchemy", title + "!")
        with Session(engine) as session:
            action(session)
            session.rollback()


async def by_asyncpg():
    engine = create_async_engine(f"postgresql+asyncpg://{USER}@{HOST}:{PORT}/{DATABASE}", isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for title, query in core():
            mark("sqlalchemy", f"asyncpg, {title}")
            await connection.execute(query)
    await engine.dispose()


def main():
    address = f"{USER}@{HOST}:{PORT}/{DATABASE}"
    for driver in ("psycopg2", "psycopg"):
        engine = create_engine(f"postgresql+{driver}://{address}", isolation_level="AUTOCOMMIT")
        mark("sqlalchemy", f"{driver}, first connection")
        with engine.connect() as connection:
            for title, query in core():
                mark("sqlalchemy", f"{driver}, {title}")
                connection.execute(query)
    asyncio.run(by_asyncpg())
    orm(create_engine(f"postgresql+psycopg2://{address}"))
    if "WRITES" in os.environ:
        writes(create_engine(f"postgresql+psycopg2://{address}"))
    reflection(create_engine(f"postgresql+psycopg2://{address}", isolation_level="AUTOCOMMIT"))


if __name__ == "__main__":
    main()
