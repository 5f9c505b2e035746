"""What pgcli asks to complete names."""

import re

from pgcli.pgexecute import PGExecute

from session import DATABASE, HOST, PORT, USER, mark


def main():
    mark("pgcli", "connecting")
    looking = PGExecute(DATABASE, USER, None, HOST, PORT, None)
    for ask in ("search_path", "schemata", "tables", "views", "table_columns", "view_columns", "databases", "full_databases",
                "is_protocol_error", "foreignkeys", "functions", "datatypes", "casing", "get_timezone", "get_socket_directory"):
        mark("pgcli", re.sub("_", " ", ask))
        try:
            found = getattr(looking, ask)()
            list(found) if hasattr(found, "__iter__") else found
        except Exception as error:
            print(f"{ask}: {error}")


if __name__ == "__main__":
    main()
