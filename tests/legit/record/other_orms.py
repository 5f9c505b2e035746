"""Peewee, Pony, Tortoise, pandas, psycopg and asyncpg looking up types, pgcli completing."""

import asyncio
import datetime
import decimal

import asyncpg
import pandas
import peewee
import psycopg
from pony import orm as pony
from psycopg.types import TypeInfo
from psycopg.types.composite import CompositeInfo
from psycopg.types.enum import EnumInfo
from playhouse.reflection import Introspector
from sqlalchemy import create_engine
from tortoise import Tortoise, fields
from tortoise.expressions import F, Q, Subquery
from tortoise.functions import Avg, Coalesce, Count, Lower, Max, Sum
from tortoise.models import Model

from session import DATABASE, HOST, PORT, USER, mark

ADDRESS = f"postgresql://{USER}@{HOST}:{PORT}/{DATABASE}"


def by_peewee():
    database = peewee.PostgresqlDatabase(DATABASE, host=HOST, port=PORT, user=USER, autoconnect=True)

    class Base(peewee.Model):
        class Meta:
            database, schema = None, "housing"

    Base._meta.set_database(database)

    class Agent(Base):
        name, desk = peewee.TextField(), peewee.TextField()
        manager = peewee.ForeignKeyField("self", null=True)

        class Meta:
            table_name = "agents"

    class Buyer(Base):
        name, phone, email, born = peewee.TextField(), peewee.CharField(), peewee.TextField(), peewee.DateField()
        income = peewee.DecimalField()
        agent, level = peewee.ForeignKeyField(Agent, null=True, backref="buyers"), peewee.IntegerField()

        class Meta:
            table_name = "buyers"

    class Contract(Base):
        buyer = peewee.ForeignKeyField(Buyer, backref="contracts")
        signed, price, status = peewee.DateField(), peewee.DecimalField(), peewee.TextField()

        class Meta:
            table_name = "contracts"

    for model in (Agent, Buyer, Contract):
        model._meta.set_database(database)
    fn, people = peewee.fn, Buyer.select().order_by(Buyer.id)
    latest = Contract.select(fn.MAX(Contract.signed)).where(Contract.buyer == Buyer.id)
    ask = lambda title, query: (mark("peewee", title), list(query) if not callable(query) else query())
    ask("list", people.limit(5))
    ask("get", lambda: Buyer.get_by_id(3))
    ask("get or none", lambda: Buyer.get_or_none(Buyer.phone == "13800000000"))
    ask("tuples", people.select(Buyer.id, Buyer.name.alias("n")).tuples().limit(4))
    ask("join", Contract.select(Contract, Buyer).join(Buyer).where(Buyer.level == 2).order_by(Contract.id))
    ask("left join and count", Buyer.select(Buyer, fn.COUNT(Contract.id).alias("n")).join(Contract, peewee.JOIN.LEFT_OUTER).group_by(Buyer).order_by(Buyer.id).limit(9))
    ask("prefetch", lambda: list(peewee.prefetch(people.limit(4), Contract.select().order_by(Contract.id))))
    ask("conditions", people.where((Buyer.name.startswith("王")) | (Buyer.phone.contains("38")) & ~(Buyer.level << [1, 2])))
    ask("regular expression and between", people.where(Buyer.email.regexp("^a"), Buyer.id.between(1, 99)))
    ask("ilike", people.where(Buyer.email ** "%.CN"))
    ask("null", people.where(Buyer.agent.is_null()).limit(4))
    ask("subquery", people.select(Buyer.id, latest.alias("last")).limit(9))
    ask("exists", people.where(fn.EXISTS(Contract.select().where(Contract.buyer == Buyer.id, Contract.price > 1800000))))
    ask("case", people.select(Buyer.id, peewee.Case(None, [(Buyer.income > 400000, "high")], "low").alias("band")).limit(9))
    ask("window", Contract.select(Contract.id, fn.RANK().over(partition_by=[Contract.status], order_by=[Contract.price.desc()])).order_by(Contract.id).limit(9))
    ask("common table", lambda: list((lambda top: Buyer.select(Buyer.id, top.c.n).join(top, on=(top.c.buyer_id == Buyer.id)).with_cte(top).order_by(Buyer.id))(Contract.select(Contract.buyer, fn.COUNT(Contract.id).alias("n")).group_by(Contract.buyer).cte("top"))))
    ask("compound", (Buyer.select(Buyer.name).where(Buyer.level == 1) | Agent.select(Agent.name)).order_by(peewee.SQL("1")))
    ask("aggregates", lambda: Buyer.select(fn.AVG(Buyer.income), fn.MIN(Buyer.born), fn.COUNT(Buyer.phone.distinct())).scalar(as_tuple=True))
    ask("count and exists", lambda: (people.count(), people.where(Buyer.level == 9).exists()))
    ask("for update", lambda: database.atomic()(lambda: list(people.where(Buyer.id < 3).for_update("FOR UPDATE")))())
    mark("peewee", "introspection")
    database.get_tables("housing"), database.get_views("housing"), database.get_indexes("buyers", "housing")
    database.get_columns("buyers", "housing"), database.get_primary_keys("buyers", "housing")
    database.get_foreign_keys("contracts", "housing"), database.table_exists("buyers", "housing"), database.sequence_exists("x")
    Introspector.from_database(database, schema="housing").introspect(table_names=["buyers", "contracts"])


def by_pony():
    database = pony.Database()

    class Agent(database.Entity):
        _table_ = ("housing", "agents")
        name, desk = pony.Required(str), pony.Optional(str)
        buyers = pony.Set("Buyer")

    class Buyer(database.Entity):
        _table_ = ("housing", "buyers")
        name, phone, email = pony.Optional(str), pony.Optional(str), pony.Optional(str)
        born, income = pony.Optional(datetime.date), pony.Optional(decimal.Decimal)
        agent, level = pony.Optional(Agent, column="agent_id"), pony.Required(int)
        contracts = pony.Set("Contract")

    class Contract(database.Entity):
        _table_ = ("housing", "contracts")
        buyer = pony.Required(Buyer, column="buyer_id")
        signed, price, status = pony.Required(datetime.date), pony.Required(decimal.Decimal), pony.Required(str)

    database.bind(provider="postgres", host=HOST, port=PORT, user=USER, database=DATABASE)
    mark("pony", "tables checked")
    database.generate_mapping(create_tables=False)
    queries = {
        "first page": lambda: pony.select(b for b in Buyer).order_by(Buyer.id)[:5],
        "conditions": lambda: pony.select(b for b in Buyer if b.name.startswith("王") and b.level in (1, 2)).order_by(Buyer.id)[:],
        "grouped by an entity": lambda: pony.select((b.agent, pony.count(b), pony.avg(b.income)) for b in Buyer)[:],
        "aggregate of a set": lambda: pony.select((b, pony.max(b.contracts.price)) for b in Buyer).order_by(lambda b, m: b.id)[:5],
        "attribute of another": lambda: pony.select(c for c in Contract if c.buyer.level == 2 and c.signed.year == 2023).order_by(Contract.id)[:],
        "exists": lambda: pony.select(b for b in Buyer if pony.exists(c for c in b.contracts if c.price > 1800000)).order_by(Buyer.id)[:],
        "length of a set": lambda: pony.select(a for a in Agent if len(a.buyers) > 20).order_by(Agent.id)[:],
        "values": lambda: pony.select(b.phone for b in Buyer if b.phone is not None and "38" in b.phone).order_by(1)[:9],
        "a set of one": lambda: Buyer[3].contracts.select().order_by(Contract.id)[:],
        "for update": lambda: Buyer.get_for_update(id=3),
        "count": lambda: pony.count(b for b in Buyer if not b.agent),
    }
    for title, query in queries.items():
        mark("pony", title)
        with pony.db_session:
            query()


class Agent(Model):
    id, name, desk = fields.IntField(primary_key=True), fields.TextField(), fields.TextField(null=True)
    buyers: fields.ReverseRelation["Buyer"]

    class Meta:
        table, schema = "agents", "housing"


class Buyer(Model):
    id, name, phone = fields.IntField(primary_key=True), fields.TextField(null=True), fields.CharField(20, null=True)
    email, born, level = fields.TextField(null=True), fields.DateField(null=True), fields.IntField()
    income, extra = fields.DecimalField(12, 2, null=True), fields.JSONField(null=True)
    agent = fields.ForeignKeyField("models.Agent", related_name="buyers", null=True)
    contracts: fields.ReverseRelation["Contract"]

    class Meta:
        table, schema = "buyers", "housing"


class Contract(Model):
    id, signed, status = fields.IntField(primary_key=True), fields.DateField(), fields.TextField()
    price, buyer = fields.DecimalField(14, 2), fields.ForeignKeyField("models.Buyer", related_name="contracts")

    class Meta:
        table, schema = "contracts", "housing"


async def by_tortoise():
    await Tortoise.init(db_url=f"asyncpg://{USER}@{HOST}:{PORT}/{DATABASE}", modules={"models": ["__main__"]})
    people = Buyer.all().order_by("id")
    for title, query in {
        "list": people.limit(5), "get": Buyer.get(id=3), "related": people.select_related("agent").limit(5),
        "prefetch": people.prefetch_related("contracts", "agent").limit(5),
        "conditions": people.filter(Q(name__startswith="王") | Q(phone__contains="38"), level__in=[1, 2]).exclude(email__iendswith=".cn"),
        "dates": people.filter(born__year=1980), "json": people.filter(extra__contains={"rank": 3}),
        "across": people.filter(contracts__price__gt=1800000).distinct(),
        "counted": people.annotate(n=Count("contracts")).filter(n__gt=0).limit(9),
        "grouped": Buyer.annotate(n=Count("id"), m=Avg("income"), o=Max("born")).group_by("level").values("level", "n", "m", "o"),
        "functions": people.annotate(c=Coalesce("phone", "none"), l=Lower("email")).limit(5).values("id", "c", "l"),
        "in a subquery": people.filter(id__in=Subquery(Contract.filter(status="filed").values("buyer_id"))),
        "total": Contract.filter(price__gt=F("price") - 1).annotate(t=Sum("price")).values("t"),
        "count": people.count(), "exists": Buyer.filter(level=9).exists(), "flat": people.limit(5).values_list("phone", flat=True),
    }.items():
        mark("tortoise", title)
        try:
            await query
        except Exception as error:
            print(f"tortoise, {title}: {error}")
    await Tortoise.close_connections()


def by_pandas():
    engine = create_engine(ADDRESS.replace("postgresql", "postgresql+psycopg2"), isolation_level="AUTOCOMMIT")
    for title, query in {
        "read_sql": "SELECT id, name, phone, born, income FROM housing.buyers ORDER BY id LIMIT 20",
        "joined": "SELECT c.id, c.signed, c.price, p.name AS project FROM housing.contracts c JOIN housing.units u ON u.id = c.unit_id JOIN housing.buildings g ON g.id = u.building_id JOIN housing.projects p ON p.id = g.project_id",
    }.items():
        mark("pandas", title)
        pandas.read_sql(query, engine)
    mark("pandas", "read_sql in chunks")
    list(pandas.read_sql("SELECT * FROM housing.calls ORDER BY id", create_engine(ADDRESS.replace("postgresql", "postgresql+psycopg2")).connect().execution_options(stream_results=True), chunksize=150))
    mark("pandas", "read_sql_table")
    pandas.read_sql_table("visits", engine, schema="housing", columns=["id", "at", "remark"])


def types():
    with psycopg.connect(ADDRESS, autocommit=True) as connection:
        mark("psycopg", "types looked up")
        for name in ("housing.unit_status", "hstore"):
            TypeInfo.fetch(connection, name), EnumInfo.fetch(connection, name), CompositeInfo.fetch(connection, name)
        CompositeInfo.fetch(connection, "app.secret")
        mark("psycopg", "named cursor")
    with psycopg.connect(ADDRESS) as connection:
        with connection.cursor("named", scrollable=True) as cursor:
            cursor.execute("SELECT id, phone FROM housing.buyers ORDER BY id")
            cursor.fetchmany(3), cursor.scroll(4), cursor.fetchone()
        connection.rollback()
    with psycopg.connect(ADDRESS, autocommit=True) as connection:
        mark("psycopg", "copy")
        with connection.cursor().copy("COPY (SELECT id, name, phone FROM housing.buyers ORDER BY id LIMIT 5) TO STDOUT (FORMAT BINARY)") as copy:
            list(copy)
        with connection.cursor().copy("COPY housing.units (id, number) TO STDOUT") as copy:
            list(copy)


async def more_types():
    connection = await asyncpg.connect(ADDRESS)
    mark("asyncpg", "introspection of types")
    await connection.fetch("SELECT status FROM housing.units WHERE id < 5 ORDER BY id")
    await connection.fetch("SELECT b FROM housing.buyers b ORDER BY id LIMIT 2")
    await connection.set_type_codec("unit_status", schema="housing", encoder=str, decoder=str, format="text")
    mark("asyncpg", "copy from query")
    await connection.copy_from_query("SELECT id, phone FROM housing.buyers WHERE level = $1 ORDER BY id", 2, output=lambda data: asyncio.sleep(0))
    await connection.copy_from_table("visits", schema_name="housing", columns=["id", "remark"], output=lambda data: asyncio.sleep(0))
    mark("asyncpg", "cursor")
    async with connection.transaction(readonly=True, isolation="repeatable_read"):
        async for _ in connection.cursor("SELECT id, name FROM housing.buyers ORDER BY id", prefetch=50):
            pass
    mark("asyncpg", "reset")
    await connection.reset()
    await connection.close()


def main():
    for part in (by_peewee, by_pony, lambda: asyncio.run(by_tortoise()), by_pandas, types, lambda: asyncio.run(more_types())):
        try:
            part()
        except Exception as error:  # one program that cannot be recorded does not keep the others from it
            print(f"{part}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
