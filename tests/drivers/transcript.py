"""What the Python programs share: steps printed as JSON lines, values and errors spelled the same way every time."""

import datetime
import decimal
import json
import os
import sys

HOST = os.environ["PGHOST"]
PORT = int(os.environ["PGPORT"])
USER = os.environ["PGUSER"]
PASSWORD = os.environ["PGPASSWORD"]
DATABASE = os.environ["PGDATABASE"]
SCOPE = os.environ.get("SCOPE", "full")


def plain(value):
    """A value as JSON can hold it, with its type where JSON would lose it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        return {"bytes": data.hex()} if len(data) <= 400 else {"bytes": len(data), "hash": data[:20].hex()}
    if isinstance(value, dict):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, set)):
        return [plain(entry) for entry in value]
    if hasattr(value, "items") and not isinstance(value, tuple):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple) or hasattr(value, "keys"):
        return {"row": [plain(entry) for entry in tuple(value)]}
    if isinstance(value, (decimal.Decimal, datetime.date, datetime.datetime, datetime.time, datetime.timedelta)):
        return {type(value).__name__: str(value)}
    return {type(value).__name__: str(value)}


def step(name, **facts):
    print(json.dumps({"step": name, **{key: plain(value) for key, value in facts.items()}}, ensure_ascii=False))
    sys.stdout.flush()
