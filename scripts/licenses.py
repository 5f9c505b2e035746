"""Reads `cargo metadata` from standard input; checks [licenses] and [sources] of deny.toml. Exit status 1: a problem."""

import json
import re
import sys

try:
    import tomllib
except ImportError:  # before Python 3.11
    from pip._vendor import tomli as tomllib

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def satisfied(expression: str, allowed: set[str]) -> bool:
    """Evaluates an SPDX expression: OR needs one side, AND needs both, AND binds closer."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def alternative() -> bool:
        result = conjunction()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            result = conjunction() or result
        return result

    def conjunction() -> bool:
        result = term()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            result = term() and result
        return result

    def term() -> bool:
        name = tokens.pop(0)
        if name == "(":
            result = alternative()
            tokens.pop(0)
            return result
        if tokens and tokens[0] == "WITH":
            name = f"{name} WITH {tokens[1]}"
            del tokens[:2]
        return name in allowed

    return alternative()


def problems(packages: list[dict], rules: dict) -> list[str]:
    found = []
    exceptions = {entry["name"]: set(entry["allow"]) for entry in rules.get("exceptions", [])}
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if package["source"] is None:
            continue
        if package["source"] != CRATES_IO:
            found.append(f"{name}: comes from {package['source']}")
        allowed = set(rules["allow"]) | exceptions.get(package["name"], set())
        if not package["license"] or not satisfied(package["license"], allowed):
            found.append(f"{name}: licence {package['license']} is not on the list of deny.toml")
    return found


def main() -> int:
    with open("deny.toml", "rb") as file:
        rules = tomllib.load(file)["licenses"]
    packages = json.load(sys.stdin)["packages"]
    found = problems(packages, rules)
    print("\n".join(found) if found else f"licences: {len(packages) - 1} dependencies, all on the list")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
