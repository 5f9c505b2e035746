"""Measures what `run.sh` started and prints tables: ratios within interleaved rounds, and processor time per query.

Wall time on a shared machine says little by itself; ratios of neighbouring runs and processor seconds say more.
"""

import json
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
SECONDS = os.environ.get("SECONDS_EACH", "2")

# name: port, user, process of the proxy
DOORS = {
    "direct": (os.environ["PGPORT"], "bench_clear", None),
    "pgbouncer": (os.environ["BOUNCER_PORT"], "bench_clear", int(os.environ["BOUNCER_PID"])),
    "bare relay": (os.environ["RELAY_PORT"], "bench_clear", int(os.environ["RELAY_PID"])),
    "menshen, unrestricted": (os.environ["MENSHEN_PORT"], "bench_clear", int(os.environ["MENSHEN_PID"])),
    "menshen, recorded": (os.environ["MENSHEN_PORT"], "bench_watched", int(os.environ["MENSHEN_PID"])),
    # speaks of nothing that is protected from it, and reads a mask
    "menshen, restricted": (os.environ["MENSHEN_PORT"], "bench_masked", int(os.environ["MENSHEN_PID"])),
    "menshen, masked": (os.environ["MENSHEN_PORT"], "bench_reads", int(os.environ["MENSHEN_PID"])),
    # the others but the unrestricted have limits, and are metered
    "menshen, restricted, no limits": (os.environ["UNMETERED_PORT"], "bench_masked", int(os.environ["UNMETERED_PID"])),
    "menshen, masked, no limits": (os.environ["UNMETERED_PORT"], "bench_reads", int(os.environ["UNMETERED_PID"])),
}
# through PgBouncer, what the server gets of the masked user's text
BY_HAND = "pgbouncer, masked by hand"
SCAN = "SELECT aid, bid, abalance FROM pgbench_accounts;\n"


def processor_seconds(pid: int | None) -> float:
    if pid is None:
        return 0.0
    # in nanoseconds: ticks are too coarse where a process runs a few microseconds at a time
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat") as file:
                total += int(file.read().split()[0])
        except OSError:
            pass  # it has just ended
    return total / 1e9


def rewritten(user: str, text: str) -> str:
    """What the server gets in place of a user's text."""
    command = [os.environ["MENSHEN"], "policy", "explain", "--config", os.environ["CONFIG"], "--as", user, "--database", "bench",
               "--format", "json", text]
    explained = subprocess.run(command, capture_output=True, text=True)
    if explained.returncode:
        sys.exit(f"{' '.join(command)}\n{explained.stdout}{explained.stderr}")
    return json.loads(explained.stdout)["statement"]["rewritten"]


def pgbench(door: str, *arguments: str) -> dict[str, float]:
    """One run: transactions per second, and processor seconds per 1,000 transactions of proxy and client."""
    port, user, proxy = DOORS["pgbouncer" if door == BY_HAND else door]
    environment = {**os.environ, "PGPASSWORD": "bench"}
    before = processor_seconds(proxy), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [f"{BIN}/pgbench", "-n", "-h", "127.0.0.1", "-p", port, "-U", user, *arguments, "bench"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    after = processor_seconds(proxy), resource.getrusage(resource.RUSAGE_CHILDREN)
    count = int(re.search(r"actually processed: (\d+)", done.stdout)[1])
    if count == 0:
        return pgbench(door, *arguments)  # the machine had no time for a single one
    client = sum(getattr(after[1], key) - getattr(before[1], key) for key in ("ru_utime", "ru_stime"))
    thousand = count / 1000
    return {
        "tps": float(re.search(r"tps = ([\d.]+)", done.stdout)[1]),
        "proxy": (after[0] - before[0]) / thousand,
        "client": client / thousand,
    }


def interleaved(*arguments: str, scripts=None, doors=tuple(DOORS), rounds: int = ROUNDS) -> dict[str, list[dict[str, float]]]:
    """Every door in each round; `scripts`: what each runs."""
    scripts = scripts or {door: [] for door in doors}
    results: dict[str, list[dict[str, float]]] = {door: [] for door in scripts}
    for number in range(rounds):
        # Another order each round: a neighbour's noise must not always hit the same door.
        names = list(scripts)
        for door in names[number % len(names):] + names[:number % len(names)]:
            results[door].append(pgbench(door, *scripts[door], *arguments))
    return results


def ratio(results, door: str, to: str) -> str:
    each = sorted(a["tps"] / b["tps"] for a, b in zip(results[door], results[to]))
    return f"{statistics.median(each):.2f} ({each[0]:.2f}–{each[-1]:.2f})"


def report(title: str, results, unit: float = 1.0) -> None:
    print(f"\n{title}\n")
    print("| door | per second | of direct | of PgBouncer | proxy CPU s / 1,000 (least) | client CPU s / 1,000 |")
    print("|---|---|---|---|---|---|")
    for door, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        # a neighbour can only add to it
        middle["proxy"] = min(run["proxy"] for run in runs)
        print(
            f"| {door} | {middle['tps'] * unit:,.1f} | {ratio(results, door, 'direct')} | "
            f"{ratio(results, door, 'pgbouncer')} | {middle['proxy']:.4f} | {middle['client']:.4f} |"
        )
    sys.stdout.flush()


def psql(door: str, text: str, output=subprocess.DEVNULL) -> str:
    port, user, _ = DOORS[door]
    command = [f"{BIN}/psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", port, "-U", user, "-d", "bench", "-c", text]
    done = subprocess.run(command, env={**os.environ, "PGPASSWORD": "bench"}, stdout=output, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{door}: {text}: {done.stderr}")
    return done.stdout or ""


def resident(pid: int) -> int:
    with open(f"/proc/{pid}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) * 1024


def idle_connections(count: int = 150) -> None:
    """Bytes that a proxy's process grows by for each idle connection: pgbench's clients, once they have asked once."""
    print(f"\nMemory per idle connection ({count} of them; the first {count} have warmed the allocator up)\n")
    print("| door | bytes |")
    print("|---|---|")
    for door, (port, user, proxy) in DOORS.items():
        if proxy is None or door == "pgbouncer":
            continue  # PgBouncer allocates its clients in slabs beforehand
        sizes = []
        for _ in range(2):
            before = resident(proxy)
            with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
                script.write("SELECT 1;\n\\sleep 4 s\n")
                script.flush()
                command = [f"{BIN}/pgbench", "-n", "-h", "127.0.0.1", "-p", port, "-U", user, "-c", str(count), "-t", "1",
                           "-f", script.name, "bench"]
                running = subprocess.Popen(command, env={**os.environ, "PGPASSWORD": "bench"}, stdout=subprocess.DEVNULL,
                                           stderr=subprocess.DEVNULL)
                largest = before
                while running.poll() is None:
                    largest = max(largest, resident(proxy))
                    time.sleep(0.2)
            sizes.append((largest - before) / count)
        print(f"| {door} | {sizes[0]:,.0f}; again {max(0.0, sizes[1]):,.0f} |")


def masked_export() -> None:
    """200,000 rows with four masks: through Menshen, and the text that it sends, by hand."""
    text = "SELECT name, phone, id_no, address FROM people"
    by_hand = rewritten("bench_masked", text)
    ratios, least = [], []
    for _ in range(ROUNDS):
        before = processor_seconds(DOORS["menshen, restricted"][2])
        started = time.monotonic()
        psql("menshen, restricted", f"COPY ({text}) TO STDOUT")
        middle = time.monotonic()
        psql("direct", f"COPY ({by_hand}) TO STDOUT")
        ratios.append((middle - started) / (time.monotonic() - middle))
        least.append(processor_seconds(DOORS["menshen, restricted"][2]) - before)
    ratios.sort()
    print(f"\nMasked export of 200,000 rows × 4 masks: {statistics.median(ratios):.2f} ({ratios[0]:.2f}–{ratios[-1]:.2f}) of the "
          f"time that the same expressions take by hand; proxy CPU {min(least):.3f} s")


def lookups() -> None:
    masked = rewritten("bench_reads", "SELECT abalance FROM pgbench_accounts WHERE aid = 1").removesuffix("1")
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as by_hand:
        by_hand.write(f"\\set aid random(1, 100000 * :scale)\n{masked}:aid;\n")
        by_hand.flush()
        scripts = {door: ["-S"] for door in DOORS} | {BY_HAND: ["-f", by_hand.name, "-s", "10"]}
        for clients in ("1", "8"):
            for mode in ("simple", "extended", "prepared"):
                arguments = ["-M", mode, "-c", clients, "-j", "2" if clients == "8" else "1", "-T", SECONDS]
                results = interleaved(*arguments, scripts=scripts)
                report(f"pgbench -S, {mode}, {clients} client{'s' if clients != '1' else ''}", results)
                ratios = [ratio(results, door, BY_HAND) for door in ("menshen, masked", "menshen, masked, no limits")]
                print(f"\nmasked: {ratios[0]} of the same text by hand, without limits {ratios[1]}")


def metering() -> None:
    """A million persons in clear, counted and not: the same scan, one after the other, many times."""
    metered, other = "menshen, restricted", "menshen, restricted, no limits"
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCAN)
        script.flush()
        results = interleaved("-f", script.name, "-t", "1", doors=(metered, other), rounds=4 * ROUNDS)
    least = {door: min(run["proxy"] for run in runs) / 1000 for door, runs in results.items()}
    print(f"\nMetering a million rows in clear, each of another person: throughput {ratio(results, metered, other)} of the same "
          f"without limits; proxy CPU {least[metered]:.3f} s, without {least[other]:.3f} s")


def main() -> None:
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors ({model[1] if model else 'unknown'}), "
          f"load {os.getloadavg()[0]:.1f} before; {ROUNDS} rounds of {SECONDS} s; medians, ratios with their spread")
    only = os.environ.get("ONLY")
    if only is None:
        lookups()
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCAN)
        script.flush()
        report("a million rows in one SELECT (scans per second)", interleaved("-f", script.name, "-t", "3"))
    metering()
    if only:
        return
    report("a new connection for each pgbench -S", interleaved("-S", "-C", "-c", "4", "-j", "2", "-T", SECONDS))
    idle_connections()
    masked_export()


if __name__ == "__main__":
    main()
