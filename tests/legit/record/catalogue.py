"""Turns a server's log into cases: `catalogue.py LOG FOLDER`, with the libpq variables of that server.

A recorder says `SELECT 'mark: <source>: <title>'` before what belongs together; what it then runs becomes one case for
each statement, or one case of several steps where a transaction, a cursor, a temporary table or a setting ties them
together. A title that ends in `!` is a write. Numbers of objects become `<<regclass housing.buyers>>`, which the test
replaces by the number that the object has there.
"""

import json
import pathlib
import re
import subprocess
import sys

STATEMENT = re.compile(r"^(?:statement|execute [^:]*): (.*)$", re.S)
MARK = re.compile(r"^SELECT 'mark: ([\w-]+): (.*)'")
TIES = re.compile(
    r"^\s*(BEGIN|START|DECLARE|SET\b|CREATE (?:LOCAL )?TEMP|PREPARE|LISTEN|SAVEPOINT|SELECT .* INTO TEMP)", re.I
)
# What only tells how a session was opened, many times over.
NOISE = re.compile(r"^\s*(DISCARD ALL|SELECT 1;?|;|DEALLOCATE (ALL|pdo_\w+))\s*$", re.I)
# `\dconfig` of psql 15 asks for settings by a name from a table, which a restricted principal may not.
LEFT_OUT = re.compile(r"current_setting\(s\.name\)")
OBJECTS = """
SELECT oid, 'regclass ' || oid::regclass FROM pg_class WHERE oid >= 16384 AND relnamespace::regnamespace::text !~ '^pg_'
UNION ALL SELECT oid, 'regtype ' || oid::regtype FROM pg_type WHERE oid >= 16384 AND typnamespace::regnamespace::text !~ '^pg_'
UNION ALL SELECT oid, 'regprocedure ' || oid::regprocedure FROM pg_proc WHERE oid >= 16384
UNION ALL SELECT oid, 'regoperator ' || oid::regoperator FROM pg_operator WHERE oid >= 16384
UNION ALL SELECT oid, 'regnamespace ' || oid::regnamespace FROM pg_namespace WHERE oid >= 16384 AND nspname !~ '^pg_'
UNION ALL SELECT oid, 'regrole ' || oid::regrole FROM pg_authid WHERE oid >= 16384
"""


def objects():
    listed = subprocess.run(["psql", "-XAtqc", OBJECTS], check=True, capture_output=True, text=True).stdout
    return dict(line.split("|", 1) for line in listed.splitlines())


def numbered(text, known):
    return re.sub(r"\b\d{5}\b", lambda m: f"<<{known[m[0]]}>>" if m[0] in known else m[0], text)


def parameters(detail):
    """The list of bound values, `None` where a case cannot spell it."""
    if not detail:
        return []
    found = re.findall(r"\$\d+ = (?:'((?:[^']|'')*)'|(NULL))", detail)
    values = ["NULL" if null else value.replace("''", "'") for value, null in found]
    plain = all(value and ", " not in value and "\n" not in value and value.strip() == value for value in values)
    return values if plain else None


def read(log):
    """(source, title, session, statement, parameters) in the order of the log, without what failed."""
    mark, found, latest = None, [], {}
    for line in pathlib.Path(log).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        session = entry.get("session_id")
        if entry.get("error_severity") == "ERROR" and latest.get(session):
            found.remove(latest.pop(session))
        text = STATEMENT.match(entry.get("message", ""))
        if not text or entry.get("error_severity") != "LOG" or entry.get("user") == "postgres":
            continue
        marked = MARK.match(text[1])
        if marked:
            # Programs open further connections: a mark counts for all of them until the next.
            mark = (marked[1], marked[2])
        elif mark:
            statement = text[1].strip().rstrip(";").strip()
            latest[session] = (*mark, session, statement, parameters(entry.get("detail")))
            found.append(latest[session])
    return found


def inlined(text, values):
    """The statement with its values as literals: a case binds one list of values, whatever its steps."""
    literal = lambda value: "NULL" if value == "NULL" else "'" + value.replace("'", "''") + "'"
    return re.sub(r"\$(\d+)\b", lambda m: literal(values[int(m[1]) - 1]) if int(m[1]) <= len(values) else m[0], text)


def groups(entries):
    """Runs of one mark in one session."""
    found = {}
    for source, title, session, text, values in entries:
        found.setdefault((source, title, session), []).append((text, values))
    return found


# What a program's connections had set when they were opened.
PATHS = {"activerecord": "housing", "django": "housing"}


def write(cases, folder):
    for source, entries in cases.items():
        path = pathlib.Path(folder) / f"{source}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = PATHS.get(source.split("/")[0])
        path.write_text((f"-- search_path: {head}\n" if head else "") + "".join(entries), encoding="utf-8")


def spelled(title, steps, values):
    head = f"-- case: {title}\n" + (f"-- bind: {', '.join(values)}\n" if values else "")
    return head + "\n-- then\n".join(steps) + "\n"


# Answers that depend on what the masked copy holds: costs, sizes on disk, NOT NULL and generation of hidden columns.
MASKED = r"^\s*EXPLAIN|atthasdef AS has_default|pg_(table|relation|total_relation|indexes)_size|array_agg\(a\.attnum\)|relpages|attnotnull[\s\S]*co_buyers|attnotnull(?![\s\S]*'(buyers|contracts)')"
CLOCKS = r"\b(now|clock_timestamp|pg_backend_pid|random|txid_current|current_timestamp)\b|pg_locks|pg_stat_"
# Names of databases, and objects of other sessions.
ELSEWHERE = r"current_database\(\)|table_catalog|\*\s+from\s+\"?information_schema|\"nspname\" from \"pg_catalog\"|pg_namespace\s+ORDER|typinput|t\.typname,t\.oid"


def words(steps):
    text = "\n".join(steps)
    found = ["interference"] * bool(re.search(MASKED, text, re.I | re.M))
    found += ["moving"] * bool(re.search(f"{CLOCKS}|{ELSEWHERE}", text, re.I))
    found += ["simple"] * any(";" in re.sub(r"'[^']*'", "", step) for step in steps)
    return f" [{' '.join(found)}]" if found else ""


def main(log, folder):
    known, seen, cases = objects(), set(), {}
    for (source, title, _), statements in groups(read(log)).items():
        writes = title.endswith("!")
        file = source + ("/writes" if writes else "/reads")
        statements = [(numbered(text, known), values) for text, values in statements if not (NOISE.match(text) or LEFT_OUT.search(text))]
        if any(TIES.match(text) for text, _ in statements):
            fit = all(values is not None for _, values in statements)
            units = [([inlined(text, values) for text, values in statements], [])] if fit else []
        else:
            units = [([text], values) for text, values in statements if values is not None]
        number = 0
        for steps, values in units:
            key = tuple(steps)
            if key in seen:
                continue
            seen.add(key)
            number += 1
            name = title.rstrip("!") + (f", {number}" if number > 1 else "") + words(steps)
            cases.setdefault(file, []).append(spelled(name, steps, values))
    write(cases, folder)
    for file, entries in sorted(cases.items()):
        print(f"{len(entries):5} {file}")


if __name__ == "__main__":
    main(*sys.argv[1:])
