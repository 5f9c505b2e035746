"""Where the recorders connect to, and how they say what comes next."""

import os

import psycopg

HOST, PORT = os.environ["PGHOST"], int(os.environ["PGPORT"])
USER, DATABASE = os.environ.get("LEGIT_USER", "clerk"), os.environ["PGDATABASE"]
DJANGO = {"ENGINE": "django.db.backends.postgresql", "HOST": HOST, "PORT": PORT, "USER": USER, "NAME": DATABASE,
          "OPTIONS": {"options": "-c search_path=housing"}}

_marker = psycopg.connect(host=HOST, port=PORT, user=USER, dbname=DATABASE, autocommit=True)


def mark(source, title):
    _marker.execute(f"SELECT 'mark: {source}: {title}'")
