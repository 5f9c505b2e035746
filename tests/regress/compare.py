"""Compares what PostgreSQL's regression tests said directly and through each lane of Menshen.

    compare.py FOLDER [--some]

FOLDER holds direct/, relay/ and watch/ with one output per test. Lines that `skip.toml` names are left out on both
sides; a name that is not needed any more is a failure, unless only some tests ran.
"""

import difflib
import pathlib
import re
import sys
import tomllib

HERE = pathlib.Path(__file__).parent


def load_skips() -> list[dict]:
    skips = tomllib.loads((HERE / "skip.toml").read_text())["skip"]
    for skip in skips:
        skip["pattern"] = re.compile(skip["line"])
    return skips


def read(file: pathlib.Path) -> list[str]:
    return file.read_text(errors="backslashreplace").splitlines()


def without(lines: list[str], skips: list[dict]) -> list[str]:
    return [line for line in lines if not any(skip["pattern"].search(line) for skip in skips)]


def main() -> int:
    folder, some = pathlib.Path(sys.argv[1]), "--some" in sys.argv[2:]
    skips, needed = load_skips(), set()
    tests = sorted(file.stem for file in (folder / "direct").glob("*.out"))
    lines, different = 0, []
    for test in tests:
        direct = read(folder / "direct" / f"{test}.out")
        lines += len(direct)
        own = [skip for skip in skips if skip["test"] == test]
        for lane in ("relay", "watch"):
            through = read(folder / lane / f"{test}.out")
            if direct == through:
                continue
            needed.update(
                number for number, skip in enumerate(skips)
                if skip in own and any(line[0] in "+-" and skip["pattern"].search(line[2:])
                                       for line in difflib.ndiff(direct, through))
            )
            diff = list(difflib.unified_diff(without(direct, own), without(through, own), f"{test} direct",
                                             f"{test} {lane}", lineterm=""))
            if diff:
                different.append("\n".join(diff))
    for diff in different:
        print(diff)
    unused = [] if some else [skip for number, skip in enumerate(skips) if number not in needed]
    for skip in unused:
        print(f"skip.toml: not needed: {skip['test']}: {skip['line']}")
    print(f"{len(tests)} tests, {lines} lines of output, through 2 lanes: {len(different)} differences")
    return 1 if different or unused else 0


if __name__ == "__main__":
    sys.exit(main())
