"""Measures what `run.sh` started and prints tables: ratios within interleaved rounds, and processor time per query.

Wall time on a shared machine says little by itself; ratios of neighbouring runs and processor seconds say more.
"""

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

BIN = os.environ["PG_BIN"]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
SECONDS = os.environ.get("SECONDS_EACH", "3")
TICK = os.sysconf("SC_CLK_TCK")

# name: port, user, process of the proxy
DOORS = {
    "direct": (os.environ["PGPORT"], "bench_clear", None),
    "pgbouncer": (os.environ["BOUNCER_PORT"], "bench_clear", int(os.environ["BOUNCER_PID"])),
    "menshen, unrestricted": (os.environ["MENSHEN_PORT"], "bench_clear", int(os.environ["MENSHEN_PID"])),
    "menshen, recorded": (os.environ["MENSHEN_PORT"], "bench_watched", int(os.environ["MENSHEN_PID"])),
    "menshen, restricted": (os.environ["MENSHEN_PORT"], "bench_masked", int(os.environ["MENSHEN_PID"])),
}
SCAN = "SELECT aid, bid, abalance FROM pgbench_accounts;\n"


def processor_seconds(pid: int | None) -> float:
    if pid is None:
        return 0.0
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return sum(map(int, fields[11:13])) / TICK


def pgbench(door: str, *arguments: str) -> dict[str, float]:
    """One run: transactions per second, and processor seconds per 1,000 transactions of proxy and client."""
    port, user, proxy = DOORS[door]
    environment = {**os.environ, "PGPASSWORD": "bench"}
    before = processor_seconds(proxy), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [f"{BIN}/pgbench", "-n", "-h", "127.0.0.1", "-p", port, "-U", user, *arguments, "bench"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    after = processor_seconds(proxy), resource.getrusage(resource.RUSAGE_CHILDREN)
    count = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
    client = sum(getattr(after[1], key) - getattr(before[1], key) for key in ("ru_utime", "ru_stime"))
    thousand = count / 1000
    return {
        "tps": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
        "proxy": (after[0] - before[0]) / thousand,
        "client": client / thousand,
    }


def interleaved(*arguments: str) -> dict[str, list[dict[str, float]]]:
    results: dict[str, list[dict[str, float]]] = {door: [] for door in DOORS}
    for number in range(ROUNDS):
        # Another order each round: a neighbour's noise must not always hit the same door.
        names = list(DOORS)
        for door in names[number % len(names):] + names[:number % len(names)]:
            results[door].append(pgbench(door, *arguments))
    return results


def ratio(results, door: str, to: str) -> str:
    each = sorted(a["tps"] / b["tps"] for a, b in zip(results[door], results[to]))
    return f"{statistics.median(each):.2f} ({each[0]:.2f}–{each[-1]:.2f})"


def report(title: str, results, unit: float = 1.0) -> None:
    print(f"\n{title}\n")
    print("| door | per second | of direct | of PgBouncer | proxy CPU s / 1,000 | client CPU s / 1,000 |")
    print("|---|---|---|---|---|---|")
    for door, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        print(
            f"| {door} | {middle['tps'] * unit:,.1f} | {ratio(results, door, 'direct')} | "
            f"{ratio(results, door, 'pgbouncer')} | {middle['proxy']:.4f} | {middle['client']:.4f} |"
        )
    sys.stdout.flush()


def main() -> None:
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors ({model[1] if model else 'unknown'}), "
          f"load {os.getloadavg()[0]:.1f} before; {ROUNDS} rounds of {SECONDS} s; medians, ratios with their spread")
    for clients in ("1", "8"):
        for mode in ("simple", "extended", "prepared"):
            arguments = ["-S", "-M", mode, "-c", clients, "-j", "2" if clients == "8" else "1", "-T", SECONDS]
            report(f"pgbench -S, {mode}, {clients} client{'s' if clients != '1' else ''}", interleaved(*arguments))
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCAN)
        script.flush()
        report("a million rows in one SELECT (scans per second)", interleaved("-f", script.name, "-t", "3"))


if __name__ == "__main__":
    main()
