"""What psql asks when somebody presses TAB."""

import os

import pexpect

from session import DATABASE, USER, mark

# Each: what is typed before TAB TAB.
TYPED = """SELECT * FROM
SELECT * FROM housing.
SELECT * FROM housing.buy
SELECT id FROM housing.buyers WHERE
SELECT id FROM housing.buyers ORDER BY
INSERT INTO app.
INSERT INTO app.settings (
UPDATE app.settings SET
DELETE FROM app.
COPY housing.
TABLE housing.
LOCK TABLE app.
EXPLAIN SELECT * FROM housing.
ANALYZE housing.
SET
SET search_path TO
SET TimeZone TO
SHOW
\\d housing.
\\dt housing.
\\df app.
\\dn h
\\du c
\\dT housing.
\\di housing.
\\dv housing.
\\c w
\\sf app.
\\dp housing.
GRANT SELECT ON
CREATE TEMP TABLE x AS SELECT * FROM
CREATE INDEX ON
ALTER TABLE app.settings ADD COLUMN
ALTER TABLE app.settings RENAME
COMMENT ON TABLE
DROP TABLE
DROP FUNCTION app.
EXECUTE
FETCH 1 FROM
REFRESH MATERIALIZED VIEW
SELECT app.
TRUNCATE
LISTEN
DEALLOCATE
COMMENT ON COLUMN housing.buyers.
VACUUM
SET ROLE"""


def main():
    psql = pexpect.spawn("psql", ["-X", "-q", "-U", USER, DATABASE], encoding="utf-8", timeout=10,
                         env={**os.environ, "PAGER": "", "TERM": "dumb"})
    psql.setecho(False)
    psql.expect("=> $")
    for typed in TYPED.splitlines():
        mark("psql", "tab after " + typed.replace("\\", "").replace("'", ""))
        psql.send(typed + (" " if typed[-1] not in ".(" and not typed.startswith("\\d") else "") + "\t\t")
        try:
            psql.expect("\0", timeout=0.7)
        except pexpect.TIMEOUT:
            pass
        psql.send("\x03")
        psql.sendcontrol("u")
        try:
            psql.expect("=> $", timeout=1)
        except pexpect.TIMEOUT:
            pass
    psql.sendline("\\q")


if __name__ == "__main__":
    main()
