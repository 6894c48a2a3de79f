"""Every fault of the exchange in an hourly run with a running grid: how the run ends, what it leaves, what the operator
is told; and that the next run heals.

Each fault has a repository and a stand-in for KuCoin of its own, so that the waiting is done side by side.
"""

import concurrent.futures
import dataclasses
import shutil
import subprocess
import tempfile
import time
import unittest

import harness

yaml = harness.needs_yaml()
TIMEFRAMES = ("1h", "4h", "15m", "1m")
SIDE_BY_SIDE = 8
KEYS = {"KUCOIN_API_KEY": "test_api_key", "KUCOIN_API_SECRET": "test_api_secret",
        "KUCOIN_API_PASSPHRASE": "test_passphrase"}
IMPATIENT = {"MARKET_MAKER_EXCHANGE_TIMEOUT_SECONDS": "1"}
WEB_PAGE = {"raw": "<html>error 1015</html>", "type": "text/html"}
HOURLY = "type=1hour"
# Preloaded before the C library, so that the program sees another time of day.
CLOCK_SHIFT = """#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t clock, struct timespec *now) {
  int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
  int code = real(clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec += atol(getenv("CLOCK_SHIFT"));
  return code;
}
"""


@dataclasses.dataclass(frozen=True)
class Fault:
    """What goes wrong, and what must come of it."""

    name: str
    code: str  # in the failed hour
    says: str  # a pattern, in the failed hour and in the alert
    always: dict = dataclasses.field(default_factory=dict)  # as stand_in.py says
    env: dict = dataclasses.field(default_factory=dict)
    certificate: dict = None  # how it is spoilt
    attempts: int = None  # requests until the call was given up


def everywhere(name, code, says, plan, **more):
    return Fault(name, code, says, {"": plan}, **more)


UNREACHABLE, UNAVAILABLE = "exchange.unreachable", "exchange.unavailable"
REFUSED, LIMITED, MALFORMED = "exchange.refused", "exchange.rate_limited", "exchange.malformed"
FAULTS = [
    Fault("connection refused", UNREACHABLE, "refused or unreachable",
          env={"MARKET_MAKER_EXCHANGE_BASE_URL": "http://127.0.0.1:9"}),
    Fault("name that does not resolve", UNREACHABLE, "host name does not resolve",
          env={"MARKET_MAKER_EXCHANGE_BASE_URL": "http://exchange.invalid"}),
    Fault("certificate of an unknown authority", UNREACHABLE, "(?i)certificate", certificate={"trust": False}),
    Fault("expired certificate", UNREACHABLE, "(?i)certificate has expired", certificate={"days": -1}),
    Fault("certificate for another host", UNREACHABLE, "(?i)(host|subject|name).*127.0.0.1",
          certificate={"names": "DNS:elsewhere.example"}),
    everywhere("timeout before the body", UNREACHABLE, "no complete answer in time", {"stall": True}, env=IMPATIENT),
    everywhere("timeout within the body", UNREACHABLE, "no complete answer in time", {"stall_body": True},
               env=IMPATIENT),
    everywhere("cut off before the answer", UNREACHABLE, "ended inside the answer", {"cut_headers": True}),
    everywhere("cut off within the body", UNREACHABLE, "ended inside the answer", {"cut_body": True}),
    everywhere("500", UNAVAILABLE, "HTTP 500", {"status": 500}),
    everywhere("503", UNAVAILABLE, "HTTP 503", {"status": 503}),
    everywhere("code 500000", UNAVAILABLE, "code 500000", {"code": "500000"}),
    everywhere("401", REFUSED, "HTTP 401", {"status": 401}, attempts=1),
    everywhere("403", REFUSED, "HTTP 403", {"status": 403}, attempts=1),
    everywhere("404", REFUSED, "HTTP 404", {"status": 404}, attempts=1),
    everywhere("redirect", REFUSED, "HTTP 302", {"status": 302, "headers": {"Location": "/elsewhere"}}, attempts=1),
    everywhere("429", LIMITED, "HTTP 429", {"status": 429}),
    everywhere("429 with a short countdown", LIMITED, "HTTP 429",
               {"status": 429, "headers": {"gw-ratelimit-reset": 50}}),
    everywhere("429 with a countdown longer than the run", LIMITED, "HTTP 429",
               {"status": 429, "headers": {"gw-ratelimit-reset": 600_000}}, attempts=1),
    everywhere("429 until a date", LIMITED, "HTTP 429",
               {"status": 429, "headers": {"Retry-After": "Fri, 31 Dec 2100 00:00:00 GMT"}}, attempts=1),
    everywhere("503 for ten minutes", UNAVAILABLE, "HTTP 503", {"status": 503, "headers": {"Retry-After": 600}},
               attempts=1),
    everywhere("code 429000", LIMITED, "code 429000", {"code": "429000", "status": 429}),
    *(everywhere(f"code {code}", REFUSED, f"code {code}", {"code": str(code), "status": 400}, attempts=1)
      for code in range(400001, 400008)),
    Fault("a refused parameter", "data.unavailable", "code 400100.*check the symbol",
          {HOURLY: {"code": "400100", "status": 400}}, attempts=1),
    everywhere("invalid JSON", MALFORMED, "no JSON object", {"raw": '{"code": "200000", '}, attempts=1),
    everywhere("a web page", MALFORMED, "a web page", WEB_PAGE, attempts=1),
    Fault("candles of another type", MALFORMED, "candles are not a list",
          {HOURLY: {"raw": '{"code": "200000", "data": {"list": []}}'}}, attempts=1),
    Fault("numbers in place of text", MALFORMED, "candle row 1",
          {HOURLY: {"raw": '{"code": "200000", "data": [[1, 2, 3, 4, 5, 6, 7]]}'}}, attempts=1),
    Fault("columns in another order", MALFORMED, "close outside high and low", {HOURLY: {"rows": "mixed_columns"}},
          attempts=1),
    everywhere("an oversized body", MALFORMED, "larger than allowed", {"oversize": 9 * 2**20}, attempts=1),
]
# What one more attempt mends: nothing is left of it, and nobody is told.
PASSING = {
    "500": {"status": 500}, "503": {"status": 503}, "code 500000": {"code": "500000"},
    "429": {"status": 429}, "code 429000": {"code": "429000", "status": 429},
    "429 with a countdown": {"status": 429, "headers": {"gw-ratelimit-reset": 50}},
    "503 for a second": {"status": 503, "headers": {"Retry-After": 1}},
    "cut off before the answer": {"cut_headers": True}, "cut off within the body": {"cut_body": True},
    "timeout before the body": {"stall": True}, "timeout within the body": {"stall_body": True},
}


class Scene:
    """A copy of the prepared repository, with a stand-in for KuCoin."""

    def __init__(self, case, name, prepared="prepared"):
        self.case, self.name = case, str(name).replace(" ", "-")
        shutil.copytree(case.folder / prepared, case.folder / self.name)
        self.data = f"{self.name}/data"
        case.git("config", "remote.origin.url", case.folder / self.name / "remote.git", repository=self.data)
        self.serve_kucoin()

    def serve_kucoin(self, certificate=None):
        self.kucoin = self.case.serve("fake_kucoin.py", "--candles", self.case.folder / "candles",
                                      certificate=certificate)

    def run(self, env=None):
        env = {"MARKET_MAKER_EXCHANGE_BASE_URL": self.kucoin.url,
               "WEBHOOK_URL": f"{self.case.webhook.url}/{self.name}/hook", **(env or {})}
        return self.case.gridexit("run", "--repo", self.data, "-o", "json", "--log-format", "json", code=None, env=env)

    def messages(self):
        return self.case.webhook.messages(f"/{self.name}/hook")

    def document(self, ending):
        """Path and content of the newest file with that ending."""
        paths = self.case.git("ls-tree", "-r", "--name-only", "main", "metrics", repository=self.data).split()
        path = [path for path in paths if path.endswith(ending)][-1]
        text = self.case.git("show", f"main:{path}", repository=self.data)
        return path, yaml.load(text, Loader=yaml.SafeLoader)

    def head(self, repository="data"):
        return self.case.head(f"{self.name}/{repository}")


class Prepared(harness.Case):
    """A grid that runs and was last looked at two hours ago; made once for all tests."""

    made = None

    def setUp(self):
        super().setUp()
        self.webhook = self.serve("fake_webhook.py")
        if Prepared.made is None:
            self.make()
            Prepared.made = tempfile.TemporaryDirectory(prefix="gridexit-e2e-", dir=harness.roomy_memory())
            unittest.addModuleCleanup(Prepared.made.cleanup)
            shutil.copytree(self.folder, Prepared.made.name, dirs_exist_ok=True)
        else:
            shutil.copytree(Prepared.made.name, self.folder, dirs_exist_ok=True)

    def make(self):
        hour = int(time.time()) // harness.HOUR * harness.HOUR
        market = harness.Market(hour + 3 * harness.HOUR, 1200)
        market.write(self.folder / "candles", timeframes=TIMEFRAMES)
        self.init("kucoin")
        self.keep_as("fresh")
        kucoin = self.serve("fake_kucoin.py", "--candles", self.folder / "candles")
        self.address = {"MARKET_MAKER_EXCHANGE_BASE_URL": kucoin.url}
        begin = hour - 3 * harness.HOUR
        price = market.close_at(begin)
        self.replay(begin)
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", round(price * 0.9, 2),
                      "--upper", round(price * 1.1, 2), "--cells", "10", "--capital", "800", "--stop-loss",
                      round(price * 0.85, 2), "--at", harness.iso(begin), env=self.address)
        self.replay(begin + harness.HOUR)
        self.keep_as("prepared")

    def replay(self, at):
        self.gridexit("run", "--repo", "data", "--at", harness.iso(at), env=self.address)

    def keep_as(self, name):
        (self.folder / name).mkdir()
        for part in ("data", "remote.git", "gridexit-state"):
            if (self.folder / part).exists():
                shutil.copytree(self.folder / part, self.folder / name / part)

    def side_by_side(self, function, what):
        """Calls the function for each of them; what fails is named."""
        with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            outcomes = {str(getattr(each, "name", each)): pool.submit(function, each) for each in what}
        for name, outcome in outcomes.items():
            with self.subTest(name):
                outcome.result()


class Faults(Prepared):
    def test_each_is_told_at_once_and_healed_by_the_next_run(self):
        self.side_by_side(self.live_through, FAULTS)

    def live_through(self, fault):
        scene = Scene(self, fault.name)
        trust = self.encrypt(scene, **fault.certificate) if fault.certificate else {}
        scene.kucoin.control(always=fault.always)
        done = scene.run({**trust, **fault.env})
        self.assertEqual(done.code, 4, done.stderr)
        self.check_failed_hour(fault, scene)
        self.check_alert(fault, scene)
        if fault.attempts:
            self.check_attempts(fault, scene)
        if fault.certificate:
            self.assertEqual(scene.kucoin.log(), [], "something was asked of a server that was not trusted")
            trust = self.encrypt(scene)
        self.check_next_run(scene, trust)

    def encrypt(self, scene, trust=True, **certificate):
        """Serves KuCoin over TLS; what makes a run trust the certificate's authority."""
        folder = self.folder / f"{scene.name}-{len(certificate)}{trust}"
        folder.mkdir()
        served, trusted = self.certificate(folder, **certificate)
        scene.serve_kucoin(served)
        return {"MARKET_MAKER_EXCHANGE_CA_FILE": str(trusted)} if trust else {}

    def check_failed_hour(self, fault, scene):
        _, document = scene.document(".failed.yaml")
        attempt, = document["attempts"]
        self.assertEqual(attempt["code"], fault.code)
        self.assertRegex(f"{attempt['message']} {scene.messages()[0]['text']}", fault.says)
        self.assertNotIn("?", attempt["message"])
        self.assertEqual(scene.head("remote.git"), scene.head(), "the failed hour was not pushed")

    def check_alert(self, fault, scene):
        message, = scene.messages()
        self.assertEqual(message["event"], "data.ETH-USDT")
        self.assertRegex(message["text"], fault.says)
        self.assertRegex(message["text"], "eth-grid-1 is running and was NOT evaluated, last known state NORMAL at ")
        page = message["text"].splitlines()[-1].split(" | ")[0]
        self.assertTrue(self.git("cat-file", "-t", f"main:{page}", repository=scene.data), "the page exists")

    def check_attempts(self, fault, scene):
        part = next(iter(fault.always))
        asked = [request["path"] for request in scene.kucoin.log() if part in request["path"]]
        # The clock's call and the candles': each is given up at once.
        self.assertLessEqual(len(asked), 2, asked)

    def check_next_run(self, scene, env):
        scene.kucoin.control(always={})
        done = scene.run(env)
        self.assertEqual(done.code, 0, done.stderr)
        report = done.json()
        self.assertEqual((report["problems"], report["pushed"]), ([], True))
        self.assertTrue(report["symbols"][0]["recorded"])
        _, record = scene.document(f"{report['at'][11:13]}.yaml")
        self.assertEqual((record["data"]["problems"], record["data"]["staleness_minutes"]), ([], 0))
        self.assertEqual(len(scene.messages()), 1, "a healed hour needs no message")



class Unnoticed(Prepared):
    """What must leave no trace: the record is, byte for byte, that of a run without the fault."""

    def setUp(self):
        super().setUp()
        self.expected = None

    def assert_same_record(self, scene, done):
        report = done.json()
        self.assertEqual((done.code, report["problems"], scene.messages()), (0, [], []), done.stderr)
        path, record = scene.document(".yaml")
        if report["at"] != self.expected["at"]:
            return  # the hour ended meanwhile, so there is nothing to compare with
        self.assertEqual((path, record), (self.expected["path"], self.expected["record"]))

    def expect(self, prepared="prepared", env=None):
        scene = Scene(self, f"expected-{prepared}", prepared)
        report = scene.run(env).json()
        path, record = scene.document(".yaml")
        self.expected = {"at": report["at"], "path": path, "record": record}

    def test_a_failure_that_one_more_attempt_mends(self):
        self.expect(env=IMPATIENT)

        def live_through(name):
            scene = Scene(self, name)
            # The clock's call, and then the first of the candles.
            scene.kucoin.control(next=[PASSING[name], {}, PASSING[name]])
            self.assert_same_record(scene, scene.run(IMPATIENT))
            self.assertEqual(scene.kucoin.ask("/_left"), 0)

        self.side_by_side(live_through, PASSING)

    def test_rows_in_disorder(self):
        # Without a record everything is asked for.
        self.expect("fresh")

        def live_through(rows):
            scene = Scene(self, rows, "fresh")
            scene.kucoin.control(always={"/candles": {"rows": rows}})
            self.assert_same_record(scene, scene.run())

        self.side_by_side(live_through, ("reversed", "shuffled", "duplicated", "wider"))

    def test_compressed_answers(self):
        self.expect("fresh")
        scene = Scene(self, "compressed", "fresh")
        scene.kucoin.control(gzip=True)
        self.assert_same_record(scene, scene.run())
        self.assertIn("gzip", scene.kucoin.log()[0]["headers"]["accept-encoding"])


class Incomplete(Prepared):
    """What is judged all the same, with the trouble named in the record."""

    def judge(self, rows):
        scene = Scene(self, rows)
        scene.kucoin.control(always={HOURLY: {"rows": rows}})
        done = scene.run()
        self.assertEqual(done.code, 0, done.stderr)
        _, record = scene.document(".yaml")
        self.assertEqual(record["exit_state"]["state"], "NORMAL")
        self.assertIn("data", [penalty["name"] for penalty in record["confidence"]["penalties"]])
        return {problem["code"]: problem["message"] for problem in record["data"]["problems"]}, record

    def test_no_new_bar(self):
        problems, record = self.judge("empty")
        self.assertRegex(problems["stale"], "(120|180) min before the evaluation")
        self.assertIn(record["data"]["staleness_minutes"], (120, 180), "the hour may end meanwhile")

    def test_the_newest_bar_is_missing(self):
        problems, record = self.judge("no_newest")
        self.assertRegex(problems["stale"], "60 min before the evaluation")
        self.assertEqual(record["data"]["staleness_minutes"], 60)

    def test_a_gap(self):
        scene = Scene(self, "gap", "fresh")
        scene.kucoin.control(always={HOURLY: {"rows": "gap"}})
        self.assertEqual(scene.run().code, 0)
        _, record = scene.document(".yaml")
        self.assertRegex(record["data"]["problems"][0]["message"], "3 bars missing after .*filled")
        self.assertEqual(record["data"]["timeframes"]["1h"]["filled"], 3)


class Keys(Prepared):
    """A key in trouble costs the account's figures, and nothing else."""

    def live_through(self, plan):
        scene = Scene(self, plan.get("code", "no whitelist"))
        scene.kucoin.control(ip_whitelist=None if "whitelist" in plan else "203.**.154",
                             always={"/user/api-key": plan} if "code" in plan else {})
        done = scene.run(KEYS)
        self.assertEqual(done.code, 0, done.stderr)
        self.assertTrue(done.json()["symbols"][0]["recorded"])
        _, record = scene.document(".yaml")
        self.assertIsNone(record["position"]["account"])
        self.assertRegex("\n".join(done.json()["problems"]), "positions are estimated")
        asked = [request["path"] for request in scene.kucoin.log()]
        self.assertNotIn("/api/v1/accounts", asked)
        self.assertNotIn("test_api_secret", done.stdout + done.stderr + str(scene.messages()))
        return scene, asked

    def test_refusals(self):
        def live_through(code):
            scene, _ = self.live_through({"code": code, "status": 401})
            alert, = scene.messages()
            self.assertEqual(alert["event"], "key.refused")
            self.assertRegex(alert["text"], f"API key refused, positions are estimated: .*code {code}")

        self.side_by_side(live_through, ("400001", "400003", "400004", "400005", "400006", "400007"))

    def test_a_time_that_is_refused_is_set_again_once(self):
        scene, asked = self.live_through({"code": "400002", "status": 400})
        self.assertEqual(asked.count("/api/v1/user/api-key"), 2)
        self.assertEqual(scene.messages(), [], "one hour without balances wakes nobody")

    def test_a_key_for_every_address(self):
        scene, _ = self.live_through({"whitelist": None})
        self.assertRegex(scene.messages()[0]["text"], "no IP whitelist")


class Clocks(Prepared):
    """The hour is the exchange's, whatever this machine's clock says."""

    def run_ahead(self, scene, seconds, env=None):
        scene.kucoin.control(ahead_s=seconds)
        done = scene.run(env)
        self.assertEqual(done.code, 0, done.stderr)
        return done.json()

    def expected_hour(self, seconds):
        return harness.iso((int(time.time()) + seconds) // harness.HOUR * harness.HOUR)

    def test_ten_seconds_off(self):
        for seconds in (10, -10):
            scene = Scene(self, f"ahead {seconds}")
            report = self.run_ahead(scene, seconds)
            self.assertIn(report["at"], (self.expected_hour(seconds - 60), self.expected_hour(seconds)))
            self.assertEqual((report["problems"], scene.messages()), ([], []))

    def test_an_hour_off(self):
        for seconds in (harness.HOUR, -harness.HOUR):
            scene = Scene(self, f"ahead {seconds}")
            report = self.run_ahead(scene, seconds)
            self.assertIn(report["at"], (self.expected_hour(seconds - 60), self.expected_hour(seconds)))
            self.assertTrue(report["symbols"][0]["recorded"])
            alert, = scene.messages()
            self.assertEqual(alert["event"], "clock.skew")
            self.assertRegex(alert["text"], r"clock is (3599|360\d|36[1-9]\d) s off the exchange's, which is used; set the clock")

    def test_this_machines_clock_goes_back(self):
        scene = Scene(self, "machine")
        self.run_ahead(scene, 0)
        before = scene.head()
        report = self.run_ahead(scene, harness.HOUR, self.clock_shifted(-3 * harness.HOUR))
        self.assertTrue(report["symbols"][0]["fresh"], "the hour is the exchange's")
        self.assertNotEqual(scene.head(), before)
        self.assertIn("clock.skew", [message["event"] for message in scene.messages()])
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling", repository=scene.data), "")
        with self.subTest("and comes right again"):
            self.assertEqual(self.run_ahead(scene, 0)["problems"], [])

    def clock_shifted(self, seconds):
        """A program started with these variables sees another time of day."""
        if "ASAN_OPTIONS" in harness.CLEAN or not shutil.which("cc"):
            raise unittest.SkipTest("needs cc, and a program without a sanitizer")
        (self.folder / "shift.c").write_text(CLOCK_SHIFT)
        subprocess.run(["cc", "-shared", "-fPIC", "-o", "shift.so", "shift.c", "-ldl"], cwd=self.folder, check=True)
        return {"LD_PRELOAD": str(self.folder / "shift.so"), "CLOCK_SHIFT": str(seconds)}

    def test_the_exchanges_clock_goes_back(self):
        scene = Scene(self, "back")
        self.run_ahead(scene, 0)
        head = scene.head()
        report = self.run_ahead(scene, -3 * harness.HOUR)
        self.assertEqual((scene.head(), report["pushed"]), (head, True), "nothing is written before the newest record")
        self.assertFalse(report["symbols"][0]["fresh"])
        with self.subTest("and comes right again"):
            self.assertEqual(self.run_ahead(scene, 0)["problems"], [])


if __name__ == "__main__":
    harness.main()
