"""What the end-to-end tests share: the built binary, data repositories, markets made for a purpose, stand-in servers.

The binary is $GRIDEXIT; nothing of the product is linked or imported here, everything is seen from outside.
"""

import csv
import datetime
import gzip
import json
import math
import os
import pathlib
import random
import shutil
import ssl
import subprocess
import sys
import tempfile
import unittest
import urllib.request

SOURCE = pathlib.Path(os.environ.get("GRIDEXIT_SOURCE_DIR", pathlib.Path(__file__).parents[2]))
SUPPORT = SOURCE / "tests/support"
SHARED = pathlib.Path(os.environ.get("GRIDEXIT_SHARED", SOURCE.parent / "shared"))
SKIPPED = 77  # as CMakeLists.txt tells ctest
HOUR = 3600
# Nothing of the caller's configuration, keys or git settings may reach a test.
CLEAN = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC", "USER": "operator", "HOME": "/nonexistent",
         "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
for kept in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
    if kept in os.environ:
        CLEAN[kept] = os.environ[kept]


def main():
    if not os.access(os.environ.get("GRIDEXIT", ""), os.X_OK):
        print("skipped: GRIDEXIT does not name the built program")
        sys.exit(SKIPPED)
    outcome = unittest.main(module="__main__", exit=False, verbosity=2).result
    if not outcome.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if outcome.testsRun == len(outcome.skipped) else 0)


def needs_yaml():
    """The YAML module, or the end of the program: skipped."""
    try:
        import yaml
        return yaml
    except ImportError:
        print("skipped: python3-yaml is not installed")
        sys.exit(SKIPPED)


def needs_real_candles():
    folder = SHARED / "data"
    if not (folder / "ETH-USDT_1h.csv.gz").exists():
        raise unittest.SkipTest(f"no real candles in {folder} (set GRIDEXIT_SHARED)")
    return folder


def roomy_memory():
    """A folder in memory, where the many syncs of hourly commits cost nothing; None where there is no room for it."""
    folder = pathlib.Path("/dev/shm")
    if os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > 512 * 2**20:
        return folder
    return None


def utc(text):
    """Unix seconds of "2025-04-01T00"."""
    return int(datetime.datetime.fromisoformat(text + ":00:00+00:00").timestamp())


def iso(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class Outcome:
    """How one call of the program ended."""

    def __init__(self, code, stdout, stderr):
        self.code, self.stdout, self.stderr = code, stdout, stderr

    def json(self):
        return json.loads(self.stdout)

    def events(self):
        """The log: one JSON object a line."""
        lines = self.stderr.splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def complaints(self):
        """What went wrong, in words: the plain lines on stderr; where there are none, the errors in the log."""
        plain = [line for line in self.stderr.splitlines() if not line.startswith("{")]
        return plain or [event["message"] for event in self.events() if event["level"] == "error"]


class Case(unittest.TestCase):
    """A test with a folder of its own, in which the program is run."""

    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gridexit-e2e-", dir=roomy_memory())
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def gridexit(self, *arguments, code=0, env=None, timeout=120):
        done = subprocess.run([os.environ["GRIDEXIT"], *map(str, arguments)], cwd=self.folder,
                              env={**CLEAN, **(env or {})}, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=timeout)
        outcome = Outcome(done.returncode, done.stdout, done.stderr)
        if code is not None:
            self.assertEqual(done.returncode, code,
                             f"gridexit {' '.join(map(str, arguments))}\n{done.stdout}\n{done.stderr}")
        return outcome

    def git(self, *arguments, repository="data", check=True):
        done = subprocess.run(["git", "-C", self.folder / repository, *map(str, arguments)], env=CLEAN,
                              capture_output=True, check=False)
        if check and done.returncode != 0:
            self.fail(f"git {' '.join(map(str, arguments))}: {done.stderr.decode()}")
        return done.stdout.decode()

    def head(self, repository="data"):
        return self.git("rev-parse", "main", repository=repository).strip()

    def commits(self, repository="data"):
        return int(self.git("rev-list", "--count", "main", repository=repository))

    def init(self, exchange, *options, symbol="ETH-USDT"):
        self.gridexit("init", "--repo", "data", "--remote", "remote.git", "--symbol", symbol, "--exchange", exchange,
                      "--capital", "1000", *options)

    def put(self, path, content, subject="Change the configuration"):
        """Commits a file to the data repository as an operator with a clone would."""
        clone = self.folder / "clone"
        if not clone.exists():
            subprocess.run(["git", "clone", "-q", self.folder / "data", clone], env=CLEAN, check=True)
        else:
            self.git("pull", "-q", repository="clone")
        file = clone / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        self.git("add", path, repository="clone")
        self.git("-c", "user.name=operator", "-c", "user.email=operator@localhost", "commit", "-qm", subject,
                 repository="clone")
        self.git("push", "-q", "origin", "main", repository="clone")

    def shown(self, path):
        """A file of the data repository's main branch."""
        return self.git("show", f"main:{path}")

    def serve(self, program, *options, certificate=None):
        """Starts a stand-in server that lives as long as the test."""
        server = Server(program, *options, certificate=certificate)
        self.addCleanup(server.stop)
        return server

    def certificate(self, folder=None, names="IP:127.0.0.1,DNS:localhost", days=2):
        """A certificate for those names signed by a CA of its own: (PEM to serve with, PEM to trust)."""
        folder = folder or self.folder
        served, trusted = folder / "server.pem", folder / "ca.pem"
        (folder / "ext").write_text(f"[ext]\nsubjectAltName={names}\n")
        commands = [
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca -keyout ca.key "
            "-out ca.pem -addext basicConstraints=critical,CA:TRUE",
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout server.key "
            "-out server.csr",
            f"x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {days} -extfile ext "
            "-extensions ext -out server.crt",
        ]
        for command in commands:
            subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
        served.write_text((folder / "server.crt").read_text() + (folder / "server.key").read_text())
        return served, trusted


class Server:
    """A stand-in of tests/support in a process of its own."""

    def __init__(self, program, *options, certificate=None):
        command = [sys.executable, "-B", SUPPORT / program, *map(str, options)]
        if certificate:
            command += ["--certificate", certificate]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        port = self.process.stdout.readline().split()[-1]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{port}"

    def ask(self, path, data=None):
        # The stand-in's certificate is what the product has to check, not this.
        context = ssl._create_unverified_context()
        body = json.dumps(data).encode() if data is not None else None
        with urllib.request.urlopen(self.url + path, body, timeout=10, context=context) as answer:
            return json.loads(answer.read())

    def control(self, **settings):
        self.ask("/_control", settings)

    def log(self):
        return self.ask("/_log")

    def messages(self, path=""):
        """What a webhook got at an address that begins with this, decoded."""
        return [json.loads(request["body"]) for request in self.log() if request["path"].startswith(path)]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Market:
    """1h bars made for a purpose; every random number comes from a fixed seed."""

    HEADER = ["time", "open", "high", "low", "close", "volume", "turnover"]

    def __init__(self, end, hours, price=2000.0, seed=7):
        """`hours` bars of a calm range around `price`, the last one closing at `end` (unix seconds)."""
        self.random = random.Random(seed)
        self.price = price
        self.bars = []
        opened = end - hours * HOUR
        last = price
        for hour in range(hours):
            # Pulled back to the middle, with a half-life of some five hours, and shaken.
            pull = 0.13 * math.log(price / last)
            last = self.add(opened + hour * HOUR, last, last * math.exp(pull + self.random.gauss(0, 0.004)))

    def add(self, opened, start, close):
        close = round(close * (1 + self.random.uniform(-0.002, 0.002)), 2)
        start = round(start, 2)
        high = round(max(start, close) * (1 + self.random.uniform(0.0005, 0.003)), 2)
        low = round(min(start, close) * (1 - self.random.uniform(0.0005, 0.003)), 2)
        self.bars.append([opened, start, high, low, close, round(self.random.uniform(50, 150), 3)])
        return close

    def fall(self, hours, share):
        """Replaces the newest `hours` bars by a steady fall of `share` in all."""
        del self.bars[-hours:]
        top = last = self.bars[-1][4]
        for step in range(1, hours + 1):
            last = self.add(self.bars[-1][0] + HOUR, last, top * (1 - share * step / hours))
        return self

    def without(self, begin, end):
        """Takes out the bars that open in [begin, end)."""
        self.bars = [bar for bar in self.bars if not begin <= bar[0] < end]
        return self

    def close_at(self, time):
        return next(bar[4] for bar in self.bars if bar[0] + HOUR == time)

    def write(self, folder, symbol="ETH-USDT", timeframes=("1h",)):
        """Candle files as an archive has them; the finer ones are parts of each hour."""
        folder.mkdir(exist_ok=True)
        for timeframe in timeframes:
            with open(folder / f"{symbol}_{timeframe}.csv", "w", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(self.HEADER)
                writer.writerows([*bar, ""] for bar in self.rows(timeframe))
        return folder

    def rows(self, timeframe):
        if timeframe == "1h":
            return self.bars
        if timeframe == "15m":
            return [[opened + part * 900, start, high, low, close, volume / 4]
                    for opened, start, high, low, close, volume in self.bars for part in range(4)]
        if timeframe == "1m":
            return []
        groups = {}
        for bar in self.bars:
            groups.setdefault(bar[0] // (4 * HOUR), []).append(bar)
        return [[bars[0][0], bars[0][1], max(bar[2] for bar in bars), min(bar[3] for bar in bars), bars[-1][4],
                 sum(bar[5] for bar in bars)]
                for group, bars in groups.items() if len(bars) == 4 and bars[0][0] == group * 4 * HOUR]


def read_candles(path):
    """Header and rows of a candle file, as text."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt") as file:
        header, *rows = file.read().splitlines()
    return header, rows
