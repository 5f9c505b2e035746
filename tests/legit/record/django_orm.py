"""Django's ORM over the housing schema: querysets, aggregates, introspection, transactions."""

import datetime
import decimal
import os

import django
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Avg, Case, Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, Subquery, Sum, Value, When, Window
from django.db.models import functions as f

from session import DJANGO, mark

settings.configure(DATABASES={"default": DJANGO}, DEFAULT_AUTO_FIELD="django.db.models.AutoField", USE_TZ=True,
                   INSTALLED_APPS=["django.contrib.postgres"])
django.setup()

from django.contrib.postgres.aggregates import ArrayAgg, BoolOr, JSONBAgg, StringAgg  # noqa: E402
from django.contrib.postgres.fields import ArrayField  # noqa: E402
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector  # noqa: E402


def table(name):
    return type("Meta", (), {"db_table": name, "managed": False, "app_label": "postgres"})


class Project(models.Model):
    code, name, district = models.TextField(unique=True), models.TextField(), models.TextField()
    launched = models.DateField(null=True)
    tags = ArrayField(models.TextField())
    settings = models.JSONField()
    Meta = table("projects")


class Building(models.Model):
    project = models.ForeignKey(Project, models.CASCADE)
    label, floors = models.TextField(), models.IntegerField()
    Meta = table("buildings")


class Unit(models.Model):
    building = models.ForeignKey(Building, models.CASCADE)
    number = models.TextField()
    area = models.DecimalField(max_digits=8, decimal_places=2)
    list_price = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    status = models.CharField(max_length=20)
    Meta = table("units")


class Agent(models.Model):
    name, desk = models.TextField(), models.TextField(null=True)
    commission = models.DecimalField(max_digits=5, decimal_places=4)
    manager = models.ForeignKey("self", models.SET_NULL, null=True)
    Meta = table("agents")


class Buyer(models.Model):
    name, id_no = models.TextField(null=True), models.CharField(max_length=18, null=True)
    phone, email = models.CharField(max_length=20, null=True), models.TextField(null=True)
    address, born = models.TextField(null=True), models.DateField(null=True)
    income = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    extra, phones = models.JSONField(null=True), ArrayField(models.TextField(), null=True)
    note = models.TextField(null=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, related_name="buyers")
    level, created_at, active = models.IntegerField(), models.DateTimeField(), models.BooleanField()
    Meta = table("buyers")


class Contract(models.Model):
    unit = models.ForeignKey(Unit, models.CASCADE)
    buyer = models.ForeignKey(Buyer, models.CASCADE, related_name="contracts")
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True)
    signed, status = models.DateField(), models.TextField()
    price = models.DecimalField(max_digits=14, decimal_places=2)
    bank_card = models.CharField(max_length=24, null=True)
    Meta = table("contracts")


class Visit(models.Model):
    buyer = models.ForeignKey(Buyer, models.CASCADE, related_name="visits", null=True)
    agent = models.ForeignKey(Agent, models.CASCADE, null=True)
    at, remark = models.DateTimeField(), models.TextField(null=True)
    Meta = table("visits")


def reads():
    people = Buyer.objects.order_by("id")
    at = lambda title, query: (mark("django", title), list(query) if hasattr(query, "__iter__") else query())
    at("list page", people[:20])
    at("list page, second", people[20:40])
    at("one by key", lambda: Buyer.objects.get(pk=7))
    at("first and last", lambda: (Buyer.objects.first(), Buyer.objects.last(), Buyer.objects.latest("created_at")))
    at("in bulk", lambda: Buyer.objects.in_bulk([1, 2, 3]))
    at("only some fields", people.only("id", "name")[:5])
    at("deferred fields", people.defer("note", "extra")[:5])
    at("values", people.values("id", "phone", "agent__name")[:5])
    at("flat list", people.values_list("phone", flat=True)[:5])
    at("refresh", lambda: Buyer.objects.first().refresh_from_db())
    at("select related", Contract.objects.select_related("buyer", "unit__building__project", "agent").order_by("id")[:5])
    at("prefetch", people.prefetch_related("contracts__unit", "visits")[:5])
    at("prefetch with a queryset", people.prefetch_related(Prefetch("contracts", Contract.objects.filter(price__gt=1200000).order_by("-price")))[:5])
    at("related manager", lambda: list(Agent.objects.get(pk=3).buyers.all().order_by("id")))
    at("count and exists", lambda: (Buyer.objects.count(), Buyer.objects.filter(level=2).exists()))
    at("text look-ups", people.filter(Q(name__contains="王") | Q(phone__startswith="138") | Q(email__iendswith=".CN"))[:9])
    at("regular expressions", people.filter(email__iregex=r"^a.*@example\.com$").exclude(name__regex="^张"))
    at("date look-ups", people.filter(born__year=1980, created_at__date__gte=datetime.date(2023, 1, 2), created_at__hour__lt=20))
    at("date ranges and parts", people.filter(born__range=("1970-01-01", "1975-12-31"), created_at__week_day=2, born__quarter=1))
    at("json look-ups", people.filter(extra__rank__gt=3, extra__has_key="kin", extra__contains={"rank": 4}))
    at("array look-ups", Project.objects.filter(tags__contains=["精装"], tags__len=2).order_by("id"))
    at("array overlap and index", Project.objects.filter(tags__overlap=["tag1"], tags__0="tag1").order_by("id"))
    at("json path", Project.objects.filter(settings__grade__in=[1, 2]).order_by("settings__grade"))
    at("in a subquery", people.filter(agent__in=Agent.objects.filter(desk="desk 1")))
    at("across relations", people.filter(contracts__price__gt=1800000, contracts__unit__status="sold").distinct())
    at("excluded across relations", people.exclude(contracts__status="cancelled")[:9])
    at("null look-ups", people.filter(agent__isnull=True, phone__isnull=False)[:9])
    at("annotated count", people.annotate(n=Count("contracts")).filter(n__gt=0)[:9])
    at("two annotated counts", people.annotate(c=Count("contracts", distinct=True), v=Count("visits", distinct=True))[:9])
    at("filtered aggregates", lambda: Contract.objects.aggregate(all=Sum("price"), filed=Sum("price", filter=Q(status="filed")), mean=Avg("price"), last=Max("signed")))
    at("grouped by a foreign field", Contract.objects.values("unit__building__project__name").annotate(n=Count("id"), total=Sum("price")).order_by("-total"))
    at("grouped by a month", Contract.objects.annotate(month=f.TruncMonth("signed")).values("month").annotate(n=Count("id")).order_by("month"))
    at("grouped by a week and hour", Visit.objects.annotate(week=f.TruncWeek("at"), hour=f.ExtractHour("at")).values("week", "hour").annotate(n=Count("*")).order_by("week", "hour"))
    at("having", people.values("agent").annotate(n=Count("id")).filter(n__gt=20).order_by("agent"))
    at("case when", people.annotate(band=Case(When(income__gt=400000, then=Value("high")), When(income__isnull=True, then=Value("unknown")), default=Value("low")))[:9])
    at("grouped by a case", Buyer.objects.values(band=Case(When(level__gte=2, then=Value("a")), default=Value("b"))).annotate(n=Count("id")).order_by("band"))
    at("scalar subquery", people.annotate(last=Subquery(Contract.objects.filter(buyer=OuterRef("pk")).order_by("-signed", "id").values("signed")[:1]))[:9])
    at("exists subquery", people.annotate(bought=Exists(Contract.objects.filter(buyer=OuterRef("pk")))).filter(bought=True)[:9])
    at("window functions", people.annotate(nth=Window(f.RowNumber(), partition_by=F("agent"), order_by=F("created_at").asc()), prior=Window(f.Lag("level"), order_by=F("id").asc()))[:9])
    at("ranked within a group", Contract.objects.annotate(r=Window(f.Rank(), partition_by=F("agent"), order_by=F("price").desc())).filter(r__lte=2).order_by("agent", "r", "id"))
    at("functions of text", people.annotate(a=f.Upper("email"), b=f.Length("name"), c=f.Substr("phone", 1, 3), d=f.Concat("name", Value(" "), "phone", output_field=models.TextField()), e=f.Left("id_no", 6), g=f.Replace("phone", Value("*"), Value("x")), h=f.MD5("phone"))[:5])
    at("functions of numbers", Unit.objects.annotate(a=f.Round("area"), b=f.Ceil("area"), c=F("list_price") / F("area") * 2, d=f.Greatest("list_price", Value(decimal.Decimal("1100000.50"))), e=f.Abs(F("id") - 5), g=f.Sqrt("area")).order_by("id")[:5])
    at("coalesce and cast", people.annotate(contact=f.Coalesce("phone", "email", Value("none"), output_field=models.TextField()), year=f.Cast(f.ExtractYear("born"), models.IntegerField()), t=f.Cast("income", models.TextField()))[:5])
    at("nulls last", people.order_by(F("income").desc(nulls_last=True), "id")[:9])
    at("random order of keys", lambda: Buyer.objects.filter(id__lt=3).order_by("?").count())
    at("union", Buyer.objects.filter(level=1).values_list("name").union(Agent.objects.values_list("name")).order_by("name"))
    at("intersection and difference", lambda: (list(Buyer.objects.values_list("agent_id").intersection(Agent.objects.values_list("id"))), list(Agent.objects.values_list("id").difference(Buyer.objects.values_list("agent_id")))))
    at("distinct on", Visit.objects.order_by("buyer", "-at").distinct("buyer").values_list("buyer", "remark")[:9])
    at("array aggregates", Agent.objects.annotate(ids=ArrayAgg("buyers__id", ordering="buyers__id"), names=StringAgg("buyers__name", Value(", "), ordering="buyers__id"), any=BoolOr("buyers__active")).order_by("id")[:5])
    at("json aggregates", Agent.objects.annotate(people=JSONBAgg("buyers__phone", ordering="buyers__id")).order_by("id")[:3])
    at("full text search", people.annotate(v=SearchVector("name", "address", config="simple")).filter(v=SearchQuery("李明", config="simple")))
    at("full text rank and headline", Project.objects.annotate(r=SearchRank(SearchVector("name", config="simple"), SearchQuery("海悦府", config="simple")), h=SearchHeadline("name", SearchQuery("海悦府", config="simple"), config="simple")).order_by("-r", "id"))
    at("dates and datetimes", lambda: (list(Contract.objects.dates("signed", "month")), list(Visit.objects.datetimes("at", "day"))))
    at("self join", Agent.objects.select_related("manager__manager").filter(manager__name__contains="顾问").order_by("id"))
    at("expressions between fields", Contract.objects.filter(price__gt=F("unit__list_price") * 1.2).order_by("id"))
    at("explained", lambda: Buyer.objects.filter(level=1).explain())
    at("raw", Buyer.objects.raw('SELECT id, name FROM housing.buyers WHERE id < %s ORDER BY id', [4]))


def sessions():
    mark("django", "row lock")
    with transaction.atomic():
        list(Buyer.objects.select_for_update(of=("self",), skip_locked=True).filter(id__lt=3).only("id").order_by("id"))
    mark("django", "nested atomic blocks")
    with transaction.atomic():
        Buyer.objects.count()
        with transaction.atomic():
            Contract.objects.filter(price__gt=1).count()
    mark("django", "server side cursor")
    with transaction.atomic():
        list(Buyer.objects.values_list("id", "phone").order_by("id").iterator(chunk_size=50))
    mark("django", "introspection")
    with connection.cursor() as cursor:
        look = connection.introspection
        look.get_table_list(cursor)
        look.get_sequences(cursor, "buyers")
        look.get_table_description(cursor, "buyers")
        look.get_relations(cursor, "buyers")
        look.get_constraints(cursor, "buyers")
        look.get_primary_key_column(cursor, "buyers")
    mark("django", "server version")
    connection.ensure_connection()
    connection.pg_version
    mark("django", "isolation level set")
    connection.cursor().execute("SET default_transaction_isolation TO 'repeatable read'")
    connection.cursor().execute("RESET default_transaction_isolation")


def undone(title):
    """What is written is taken back: a case leaves nothing behind."""
    mark("django", title + "!")
    return transaction.atomic()


def writes():
    def attempt(title, action):
        try:
            with undone(title):
                action()
                raise InterruptedError
        except InterruptedError:
            pass

    buyer = Buyer.objects.get(pk=3)
    new = lambda number, **more: Buyer(pk=number, name="钱多多", phone="13312345678", level=1, created_at="2024-01-01T00:00Z", active=True, **more)

    def changed(**fields):
        one = Buyer.objects.get(pk=3)
        for name, value in fields.items():
            setattr(one, name, value)
        return one

    attempt("saved as it was read", lambda: Buyer.objects.get(pk=3).save(force_update=True))
    attempt("saved with a new level", lambda: changed(level=9).save())
    attempt("saved with a new phone", lambda: changed(phone="13300001111").save())
    attempt("one field saved", lambda: changed(email="new@example.com").save(update_fields=["email"]))
    attempt("created", lambda: new(9001).save(force_insert=True))
    attempt("bulk created", lambda: Buyer.objects.bulk_create([new(9001), new(9002, extra={"k": 1}, phones=["13312345678"])]))
    attempt("bulk created, conflicts updated", lambda: Buyer.objects.bulk_create([new(3)], update_conflicts=True, update_fields=["name", "level"], unique_fields=["id"]))
    attempt("bulk created, conflicts ignored", lambda: Buyer.objects.bulk_create([new(3)], ignore_conflicts=True))
    attempt("bulk updated", lambda: Buyer.objects.bulk_update([changed(level=4), Buyer(pk=4, level=2)], ["level"]))
    attempt("updated by a query", lambda: Buyer.objects.filter(level=2, active=True).update(level=F("level") + 1))
    attempt("updated by a subquery", lambda: Buyer.objects.filter(contracts__price__gt=1800000).update(active=False))
    attempt("updated where a mask is matched", lambda: Buyer.objects.filter(phone__startswith="138").update(level=0))
    attempt("deleted", lambda: Visit.objects.filter(buyer=buyer).delete())
    attempt("deleted with what refers to it", lambda: Contract.objects.filter(pk=5)._raw_delete("default"))
    attempt("got or created", lambda: Agent.objects.get_or_create(pk=99, defaults={"name": "新", "commission": 0}))
    attempt("updated or created", lambda: Unit.objects.update_or_create(pk=3, defaults={"status": "sold"}))


if __name__ == "__main__":
    for part in (reads, sessions, *[writes] * ("WRITES" in os.environ)):
        part()
