"""Measures every budget of the product and prints one table; infra/dev/bench.sh builds what it needs and calls it.

The year is ETH-USDT from 2024-05-01 on where the real candles are at hand, and a simulated one otherwise. Wall clock
decides; processor time stands beside it, because a busy machine stretches the first.
"""

import argparse
import json
import os
import pathlib
import platform
import random
import re
import shutil
import sys
import tempfile

import measure

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("GRIDEXIT_SHARED", SOURCE.parent / "shared"))
MB, KB = 1e6, 1e3
MIB = 2 ** 20
HOURS_OF_RUNS = 48


class Bench:
    def __init__(self, options):
        self.program = SOURCE / options.build / "gridexit"
        self.benchmarks = SOURCE / options.build / "tests/bench"
        # A folder of its own name, because whatever is in it goes.
        self.folder = (SOURCE / options.into).resolve() / "gridexit-bench"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.real = not options.simulated and (SHARED / "data/ETH-USDT_1h.csv.gz").exists()
        self.exchange = f"archive:{SHARED / 'data'}" if self.real else "simulated"
        self.first, self.last = ("2024-05-01", "2025-05-01") if self.real else ("2024-01-01", "2025-01-01")
        self.repository = self.folder / "data"
        self.rows = []
        self.notes = []

    def gridexit(self, *words, **options):
        return measure.run(self.program, *words, folder=self.folder, **options)

    def row(self, what, figure, budget, command, over=False):
        self.rows.append((what, figure, budget, "OVER" if over else "ok" if budget else "", command))
        print(".", end="", file=sys.stderr, flush=True)

    def timed(self, what, cost, budget, command):
        """A row about wall clock; the budget in seconds, or none."""
        self.row(what, f"{seconds(cost.wall)} ({seconds(cost.processor)} CPU)", seconds(budget) if budget else "",
                 command, budget is not None and cost.wall > budget)

    # The year.

    def backfill(self):
        self.gridexit("init", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", self.exchange, "--capital",
                      "1000")
        cost = self.gridexit("backfill", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", self.exchange,
                             "--evaluate", "--from", self.first, "--to", self.last, "-o", "json")
        report = json.loads(cost.text)
        self.timed(f"backfill --evaluate, {report['recorded']} hours, a commit each, this disk", cost, 30,
                   "gridexit backfill --evaluate")
        self.row("  its peak memory", mib(cost.peak), "", "")
        remote = self.folder / "remote.git"
        measure.run("git", "clone", "-q", "--bare", self.repository, remote)
        measure.run("git", "config", "remote.origin.url", remote, folder=self.repository)
        packs = measure.bytes_in(self.repository / "objects/pack")
        self.row("records of a year, packed", f"{packs / MB:.1f} MB", "25 MB", "objects/pack after the backfill",
                 packs > 25 * MB)

    def hourly_runs(self):
        """Two days of hourly runs on top of the year, pushed to a folder."""
        start = self.hour_after(self.last)
        costs, pushed = [], []
        for hour in range(HOURS_OF_RUNS):
            before = self.received()
            costs.append(self.gridexit("run", "--repo", "data", "--exchange", self.exchange, "--at", start(hour),
                                       "-q"))
            pushed.append(self.received() - before)
            # The first one brings what a year of hours does not: the page's assets.
            if hour == 0:
                before_all = self.size_after_packing()
        cost, usual = measure.median(costs[1:]), sorted(pushed[1:])
        self.timed(f"hourly run on a year's repository, median of {HOURS_OF_RUNS - 1}", cost, 0.150,
                   "gridexit run --at HOUR")
        peak = max(each.peak for each in costs[1:])
        self.row("  its peak memory, the most", mib(peak), "64 MiB", "", peak > 64 * MIB)
        self.row("  that of the first, which pushes the whole year", mib(costs[0].peak), "", "")
        middle = usual[len(usual) // 2]
        self.row("  bytes pushed, median", f"{middle / KB:.1f} KB", "15 KB", "packs that the remote got",
                 middle > 15 * KB)
        self.row("  bytes pushed, the most", f"{usual[-1] / KB:.1f} KB", "100 KB", "", usual[-1] > 100 * KB)
        grown = (self.size_after_packing() - before_all) / (HOURS_OF_RUNS - 1) * 8760
        self.row("  growth in a year, packed, pages included", f"{grown / MB:.0f} MB", "50 MB",
                 "git repack after two days, extrapolated", grown > 50 * MB)

    def received(self):
        return sum(pack.stat().st_size for pack in (self.folder / "remote.git/objects/pack").glob("*.pack"))

    def size_after_packing(self):
        copy = self.folder / "packed"
        shutil.copytree(self.repository, copy)
        measure.run("git", "repack", "-adq", folder=copy)
        size = measure.bytes_in(copy / "objects")
        shutil.rmtree(copy)
        return size

    def hour_after(self, day):
        return lambda hour: f"{day[:8]}{int(day[8:]) + (hour + 1) // 24:02}T{(hour + 1) % 24:02}:00:00Z"

    def start_up(self):
        cost = measure.median([self.gridexit("--version") for _ in range(21)])
        self.timed("start-up: --version", cost, 0.020, "gridexit --version, median of 21")
        cost = measure.median([self.evaluate(self.exchange) for _ in range(11)])
        self.timed("evaluate with 48 replayed hours", cost, None, "gridexit evaluate, median of 11")

    def evaluate(self, exchange):
        return self.gridexit("evaluate", "--symbol", "ETH-USDT", "--exchange", exchange, "--at",
                             f"{self.last}T00:00:00Z")

    def audit(self):
        cost = self.gridexit("verify", "--repo", "data", "-q")
        self.timed("verify of the year", cost, 15, "gridexit verify")
        self.row("  its peak memory", mib(cost.peak), "", "")

    def backtests_of_the_repository(self):
        arguments = ("backtest", "--repo", "data", "--symbol", "ETH-USDT")
        cost = self.gridexit(*arguments)
        self.timed("backtest of the year from git objects", cost, 1, "gridexit backtest --repo")
        self.row("  its peak memory", mib(cost.peak), "256 MiB", "", cost.peak > 256 * MIB)
        answers = {self.answer(*arguments, "--threads", threads, *more)
                   for threads in ("1", "2") for more in ((), ("--recompute",))}
        self.row("  recorded and --recompute, 1 and 2 threads", "equal" if len(answers) == 1 else "DIFFERENT", "equal",
                 "the same with -o json", len(answers) != 1)
        names = measure.run("git", "ls-tree", "-r", "main", "metrics", folder=self.repository).text
        with tempfile.TemporaryFile() as ids:
            ids.write("".join(line.split()[2] + "\n" for line in names.splitlines()).encode())
            ids.seek(0)
            cost = measure.run("git", "cat-file", "--batch", folder=self.repository, given=ids)
        self.timed("  lower limit: git reads the same records", cost, None, "git cat-file --batch")

    def answer(self, *words):
        """All that a backtest says, without the word for where its metrics are from."""
        text = self.gridexit(*words, "-o", "json").text
        return re.sub(r'"metrics": "(recorded|recomputed)"', "", text)

    # Candle files.

    def candle_file(self, years):
        """So many years of hours in a file of their own."""
        target = self.folder / f"years-{years}.csv"
        if not target.exists():
            lines = self.long_market()
            target.write_text("\n".join(lines[:1] + lines[1:][:years * 8760 + 1056]) + "\n")
        return target

    def long_market(self):
        real = SHARED / "data/binance/ETH-USDT_1h_2017-2021.csv.gz"
        if self.real and real.exists():
            return measure.run("gzip", "-dc", real).text.splitlines()
        chance, price, lines = random.Random(7), 2000.0, ["time,open,high,low,close,volume,turnover"]
        for hour in range(5 * 8760):
            close = price * (1 + chance.gauss(0, 0.006))
            wick = 1 + abs(chance.gauss(0, 0.003))
            high, low = max(price, close) * wick, min(price, close) / wick
            lines.append(f"{1577836800 + hour * 3600},{price:.2f},{high:.2f},{low:.2f},{close:.2f},1,")
            price = round(close, 2)
        return lines

    def linearity(self):
        costs = {years: self.gridexit("backtest", "--candles", self.candle_file(years), "--threads", "1")
                 for years in (1, 2, 4)}
        for years, cost in costs.items():
            per_year = cost.processor / years / costs[1].processor
            self.row(f"backtest of {years} year{'s' * (years > 1)} of candles, 1 thread",
                     f"{seconds(cost.wall)} ({seconds(cost.processor)} CPU), {mib(cost.peak)}",
                     "linear" if years > 1 else "", f"{per_year:.2f} of a year's CPU for each year",
                     years > 1 and per_year > 1.25)
        three = [self.folder / f"market-{name}.csv" for name in "abc"]
        for file in three:
            shutil.copy(self.candle_file(5), file)
        cost = self.gridexit("backtest", "--candles", *three)
        self.row("backtest of 5 years of 3 markets: peak memory", f"{mib(cost.peak)}, {seconds(cost.wall)}",
                 "256 MiB", "gridexit backtest --candles", cost.peak > 256 * MIB)

    def sweep(self):
        values = ["exit_rules.latest.break_low=0.50,0.55,0.60,0.65,0.70,0.75,0.80,0.85,0.90,0.95",
                  "exit_rules.latest.trend_break=0.40,0.45,0.50,0.55,0.60,0.65,0.70,0.75,0.80,0.85",
                  "regime.trend_1h=0.15,0.17,0.19,0.21,0.23,0.25,0.27,0.29,0.31,0.33"]
        settings = [word for value in values for word in ("--set", value)]
        cost = self.gridexit("backtest", "--candles", self.candle_file(1), *settings)
        self.timed("sweep: 1,000 rule sets over a year", cost, 10, "gridexit backtest --set (three)")
        cost = self.gridexit("backtest", "--candles", self.candle_file(4), *settings[:4], "--walk-forward", "90d/30d")
        self.timed("walk-forward: 100 rule sets, 4 years", cost, None, "gridexit backtest --walk-forward 90d/30d")
        self.notes.append("what the walk-forward chose, judged on windows that it did not choose on:\n" + cost.text)

    def google(self):
        figures = {}
        for name in ("metrics", "plain", "backtest"):
            text = measure.run(self.benchmarks / f"{name}_bench", "--benchmark_format=json",
                               "--benchmark_min_time=0.2").text
            for each in json.loads(text)["benchmarks"]:
                scale = {"ms": 1e-3, "us": 1e-6, "ns": 1e-9}[each["time_unit"]]
                figures[each["name"]] = measure.Cost(each["real_time"] * scale, each["cpu_time"] * scale, 0)
        for name, what, budget in (
                ("BM_EveryHour", "six metrics, both timeframes, every hour of 4 years", 0.150),
                ("BM_PlainAdx", "  lower limit: a plain rolling ADX alone", None),
                ("BM_PlainBollinger", "  lower limit: plain rolling Bollinger bands alone", None),
                ("BM_ReplayYear", "replay of a year under one rule set", None),
                ("BM_SweepThousand/2/real_time", "sweep of 1,000 rule sets, in memory, 2 threads", 10)):
            self.timed(what, figures[name], budget, name)

    def print_table(self):
        kind = "real candles of ETH-USDT" if self.real else "SIMULATED candles (no real ones at hand)"
        print(f"\r{kind}, {self.first} to {self.last}; {os.cpu_count()} cores, load "
              f"{os.getloadavg()[0]:.1f}, {platform.machine()}; repositories in {self.folder}\n")
        head = ("what", "measured", "budget", "", "by")
        widths = [max(len(row[i]) for row in [head, *self.rows]) for i in range(len(head))]
        for row in [head, *self.rows]:
            print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
        over = sum(row[3] == "OVER" for row in self.rows)
        print(f"\n{over} of {sum(bool(row[2]) for row in self.rows)} budgets exceeded")
        for note in self.notes:
            print("\n" + note)


def seconds(value):
    return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.1f} s"


def mib(value):
    return f"{value / MIB:.0f} MiB"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="build/bench")
    parser.add_argument("--into", default="build/bench/work")
    parser.add_argument("--simulated", action="store_true")
    bench = Bench(parser.parse_args())
    for step in (bench.start_up, bench.google, bench.linearity, bench.sweep, bench.backfill,
                 bench.backtests_of_the_repository, bench.audit, bench.hourly_runs):
        step()
    bench.print_table()
    shutil.rmtree(bench.folder)


if __name__ == "__main__":
    main()
