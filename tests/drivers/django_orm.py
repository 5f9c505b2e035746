"""Django: models over an existing schema, transactions, aggregates, server-side cursors, introspection."""

import datetime
import decimal
import uuid

import django
from django.conf import settings
from django.db import Error, connection, models, transaction
from django.db.models import Avg, Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When, Window
from django.db.models.functions import Concat, ExtractYear, Lower, RowNumber, TruncMonth

from transcript import DATABASE, HOST, PASSWORD, PORT, SCOPE, USER, step

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": HOST, "PORT": PORT, "USER": USER, "PASSWORD": PASSWORD,
                           "NAME": DATABASE, "OPTIONS": {"options": f"-c search_path={'drivers' if SCOPE == 'full' else 'housing'}"}}},
    INSTALLED_APPS=["django.contrib.postgres"], USE_TZ=True, DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
django.setup()

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg  # noqa: E402
from django.contrib.postgres.fields import ArrayField  # noqa: E402


def table(name):
    # Only models of an installed application know each other.
    return type("Meta", (), {"db_table": name, "managed": False, "app_label": "postgres"})


class Item(models.Model):
    label, quantity = models.TextField(unique=True), models.IntegerField(null=True)
    price, made = models.DecimalField(max_digits=12, decimal_places=2, null=True), models.DateField(null=True)
    changed, tags = models.DateTimeField(null=True), ArrayField(models.TextField(), null=True)
    extra, raw, code = models.JSONField(null=True), models.BinaryField(null=True), models.UUIDField(null=True)
    flag = models.BooleanField(null=True)
    Meta = table("item")


class Buyer(models.Model):
    name, phone, email = models.TextField(null=True), models.CharField(max_length=20, null=True), models.TextField(null=True)
    born, income = models.DateField(null=True), models.DecimalField(max_digits=12, decimal_places=2, null=True)
    extra, level, created_at = models.JSONField(null=True), models.IntegerField(), models.DateTimeField()
    Meta = table("buyers")


class Contract(models.Model):
    buyer = models.ForeignKey(Buyer, models.CASCADE, related_name="contracts")
    signed, price, status = models.DateField(), models.DecimalField(max_digits=14, decimal_places=2), models.TextField()
    Meta = table("contracts")


def show(name, query):
    step(name, rows=[tuple(row.values()) if isinstance(row, dict) else row for row in query])


def fails(name, action):
    try:
        with transaction.atomic():
            action()
        step(name, error=None)
    except Error as error:
        step(name, kind=type(error).__name__, state=error.__cause__.sqlstate, text=str(error).splitlines()[0])


def looked_at(name):
    with connection.cursor() as cursor:
        look = connection.introspection
        step("tables", found=sorted(t.name for t in look.get_table_list(cursor)))
        step("description", found=[(c.name, c.type_code, c.null_ok, c.default) for c in look.get_table_description(cursor, name)])
        step("relations", found=look.get_relations(cursor, name), key=look.get_primary_key_columns(cursor, name))
        step("constraints", found=sorted((k, v["columns"], v["unique"], v.get("type")) for k, v in look.get_constraints(cursor, name).items()))


def full():
    one = Item.objects.create(label="one", quantity=1, price=decimal.Decimal("9.90"), made=datetime.date(2024, 2, 29), tags=["a", "b,c"],
                              changed=datetime.datetime(2024, 2, 29, tzinfo=datetime.timezone.utc), extra={"k": [1, None, "中"]}, raw=b"\x00\xff", code=uuid.UUID(int=7), flag=True)
    step("created", id=one.pk)
    step("bulk", ids=[item.pk for item in Item.objects.bulk_create([Item(label=f"bulk {n}", quantity=n) for n in range(25)], batch_size=10)])
    Item.objects.bulk_create([Item(label="one", quantity=5)], update_conflicts=True, update_fields=["quantity"], unique_fields=["label"])
    show("all", Item.objects.order_by("id").values())
    step("get or create", made=[Item.objects.get_or_create(label="one")[1], Item.objects.get_or_create(label="new")[1]])
    step("update", count=Item.objects.filter(label__startswith="bulk 1").update(quantity=F("quantity") + 100, extra={"a": 1}))
    one.quantity = 8
    one.save(update_fields=["quantity"])
    one.refresh_from_db()
    step("saved", quantity=one.quantity, raw=one.raw, changed=one.changed, code=one.code)
    show("json and arrays", Item.objects.filter(Q(extra__a=1) | Q(tags__contains=["a"])).order_by("id").values("id", "extra__a", "tags__0"))
    show("aggregates", [tuple(Item.objects.aggregate(Count("id"), Sum("quantity"), Avg("price")).values())])
    show("case", Item.objects.annotate(size=Case(When(quantity__gt=50, then=Value("big")), default=Value("small"))).values("size").annotate(n=Count("id")).order_by("size"))
    fails("unique", lambda: Item.objects.create(label="one"))
    fails("check", lambda: Item.objects.create(label="bad", quantity=-1))
    fails("division", lambda: connection.cursor().execute("SELECT 1/0"))
    try:
        with transaction.atomic():
            Item.objects.create(label="undone")
            with transaction.atomic():
                Item.objects.create(label="inner")
            raise ValueError
    except ValueError:
        step("rolled back", found=Item.objects.filter(label__in=["undone", "inner"]).count())
    with transaction.atomic():
        show("locked", Item.objects.select_for_update(skip_locked=True).filter(id=1).values_list("id", "label"))
        show("iterated", Item.objects.order_by("id").values_list("id", "label").iterator(chunk_size=6))
    step("deleted", count=Item.objects.filter(quantity__gt=100).delete())
    looked_at("item")


def read():
    people = Buyer.objects.order_by("id")
    show("values", people.values()[:8])
    show("filters", people.filter(Q(phone__startswith="138") | Q(name__contains="王"), born__year__gte=1970).values("id", "name", "phone", "born"))
    show("related", Contract.objects.select_related("buyer").order_by("id").values_list("id", "buyer__name", "buyer__phone")[:9])
    show("counted, grouped by the key", people.annotate(n=Count("contracts")).filter(n__gt=0).values_list("id", "name", "n")[:9])
    show("entities, grouped by the key", [(b.id, b.name, b.phone, b.extra, b.n) for b in people.annotate(n=Count("contracts"))[:9]])
    show("subqueries", people.annotate(last=Subquery(Contract.objects.filter(buyer=OuterRef("pk")).order_by("-signed", "id").values("signed")[:1]), any=Exists(Contract.objects.filter(buyer=OuterRef("pk")))).values_list("id", "last", "any")[:9])
    show("window", people.annotate(n=Window(RowNumber(), partition_by=F("level"), order_by=F("id").asc())).values_list("id", "n")[:9])
    show("functions", people.annotate(y=ExtractYear("born"), l=Lower("email"), c=Concat("name", Value("/"), "phone", output_field=models.TextField())).values_list("id", "y", "l", "c")[:9])
    show("by month", Contract.objects.annotate(m=TruncMonth("signed")).values("m").annotate(n=Count("id"), t=Sum("price")).order_by("m"))
    show("collected", Buyer.objects.values("level").annotate(ids=ArrayAgg("id", ordering="id"), names=StringAgg("name", ",", ordering="id")).order_by("level"))
    with transaction.atomic():
        show("iterated", people.values_list("id", "phone").iterator(chunk_size=70))
    fails("cast fails", lambda: connection.cursor().execute("SELECT phone::int FROM buyers ORDER BY id LIMIT 1"))
    looked_at("buyers")


if __name__ == "__main__":
    full() if SCOPE == "full" else read()
