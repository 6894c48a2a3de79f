"""One hourly run against a stand-in for KuCoin over HTTPS, with a CA of its own, that verifies every signature."""

import time

import harness

KEYS = {"KUCOIN_API_KEY": "test_api_key", "KUCOIN_API_SECRET": "test_api_secret",
        "KUCOIN_API_PASSPHRASE": "test_passphrase"}
TIMEFRAMES = ("1h", "4h", "15m", "1m")


class KucoinRun(harness.Case):
    """No --at here: account calls are made for the present hour only."""

    def setUp(self):
        super().setUp()
        # Two bars more than there are yet, should the hour end meanwhile: the stand-in delivers up to its clock.
        self.hour = int(time.time()) // harness.HOUR * harness.HOUR
        self.market = harness.Market(self.hour + 2 * harness.HOUR, 1200)

    def connect(self, base_url=None, trust=True):
        self.market.write(self.folder / "candles", timeframes=TIMEFRAMES)
        served, trusted = self.certificate()
        self.kucoin = self.serve("fake_kucoin.py", "--candles", self.folder / "candles", certificate=served)
        self.webhook = self.serve("fake_webhook.py")
        self.init("kucoin")
        environment = self.shown("config/environment.yaml")
        environment = environment.replace('base_url: "https://api.kucoin.com"', f'base_url: "{self.kucoin.url}"')
        if trust:
            environment = environment.replace('ca_file: ""', f'ca_file: "{trusted}"')
        self.assertIn(self.kucoin.url, environment)
        self.put("config/environment.yaml", environment)

    def run_now(self, code=0, keys=KEYS):
        return self.gridexit("run", "--repo", "data", "-o", "json", "--log-format", "json", code=code,
                             env={**keys, "WEBHOOK_URL": self.webhook.url + "/hook"}, timeout=330)

    def start_grid(self):
        price = self.market.close_at(self.hour - 5 * harness.HOUR)
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", round(price * 0.95, 2),
                      "--upper", round(price * 1.05, 2), "--cells", "10", "--capital", "800", "--stop-loss",
                      round(price * 0.92, 2), "--at", harness.iso(self.hour - 5 * harness.HOUR))

    def calls(self):
        return [request["path"].split("?")[0] for request in self.kucoin.log()]

    def record(self):
        path = self.git("ls-tree", "-r", "--name-only", "main", "metrics").split()[-1]
        return self.gridexit("explain", "--repo", "data", "--symbol", "ETH-USDT", "-o", "json").json(), self.shown(path)

    def test_candles_balances_fills_and_key_check(self):
        self.connect()
        self.start_grid()
        self.kucoin.control(fills=[
            {"id": number, "symbol": "ETH-USDT", "side": side, "size": "0.25", "funds": "500.5", "fee": "0.5",
             "feeCurrency": "USDT", "createdAt": (self.hour - hours * harness.HOUR) * 1000 + 1}
            for number, side, hours in ((1, "buy", 6), (2, "buy", 3), (3, "buy", 2), (4, "sell", 1))])
        report = self.run_now().json()
        self.assertEqual(report["problems"], [])
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertTrue(report["pushed"])
        calls = self.calls()
        for path in ("/api/v1/timestamp", "/api/v1/market/candles", "/api/v1/user/api-key", "/api/v1/accounts",
                     "/api/v1/hf/fills"):
            self.assertIn(path, calls)
        self.assertLess(calls.index("/api/v1/user/api-key"), calls.index("/api/v1/accounts"))
        _, text = self.record()
        self.assertIn("origin: live", text)
        self.assertIn("source: kucoin", text)
        # Conditions use the estimated position always; the account's figures stand beside it.
        self.assertRegex(text, r"position:[\s\S]*source: estimated")
        # ETH 1.5 + 0.5 and USDT 1000, as the stand-in has them in main and trade.
        self.assertRegex(text, r"account[\s\S]*\b2\b[\s\S]*\b1000\b")
        # Since the grid's start five hours ago.
        self.assertRegex(text, r"fills: \{from: .*, count: 3, base_bought: 0.5, quote_paid: 1001, base_sold: 0.25, "
                               r"quote_received: 500.5, fees: 1.5, other_fees: 0\}")
        self.assertIn("the chain is unbroken", self.gridexit("verify", "--repo", "data").stdout)
        self.assert_no_secret_anywhere(text)

    def test_fills_that_are_not_to_be_had_are_a_note(self):
        self.connect()
        self.start_grid()
        self.kucoin.control(always={"/api/v1/hf/fills": {"status": 403}})
        report = self.run_now().json()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "^the account's fills not available.*403")
        _, text = self.record()
        self.assertRegex(text, r"account: \{base: 2, ")
        self.assertNotIn("fills: {", text)

    def assert_no_secret_anywhere(self, *texts):
        everything = "".join(texts) + self.git("log", "-p", "main", "--", "metrics", "decisions", "config", "grids")
        for secret in KEYS.values():
            self.assertNotIn(secret, everything)

    def test_a_key_that_can_withdraw_is_refused(self):
        # A grid in danger, too: the refused key must not keep its message from going out.
        self.market.bars = self.market.bars[:-2]
        self.market.fall(3, 0.11)
        last = self.market.bars[-1]
        for ahead in (1, 2):
            self.market.add(last[0] + ahead * harness.HOUR, last[4], last[4])
        self.connect()
        self.start_grid()
        self.kucoin.control(permission="General,Withdrawal")
        done = self.run_now()
        report = done.json()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "key refused.*Withdrawal")
        self.assertNotIn("/api/v1/accounts", self.calls())
        explained, text = self.record()
        self.assertRegex(text, r"position:[\s\S]*source: estimated")
        self.assertIn(explained["exit_state"]["state"], ("LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"))
        exits = [message for message in self.webhook.messages() if message["event"] == "exit_state"]
        self.assertEqual(len(exits), 1)
        self.assertRegex(exits[0]["text"], "Withdrawal")
        self.assertEqual(exits[0]["action"], "STOP_GRID")
        alerts = [message for message in self.webhook.messages() if message["event"] == "key.refused"]
        self.assertEqual(len(alerts), 1)
        self.assert_no_secret_anywhere(text, done.stdout, done.stderr, str(self.webhook.log()))

    def test_a_wrong_secret_is_refused(self):
        self.connect()
        report = self.run_now(keys={**KEYS, "KUCOIN_API_SECRET": "another"}).json()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "positions are estimated")
        self.assertNotIn("/api/v1/accounts", self.calls())

    def test_without_keys_nothing_private_is_asked(self):
        self.connect()
        self.assertEqual(self.run_now(keys={}).json()["problems"], [])
        self.assertFalse([path for path in self.calls() if "account" in path or "user" in path])

    def test_a_certificate_of_an_unknown_authority_is_not_trusted(self):
        self.connect(trust=False)
        report = self.run_now(code=4).json()
        self.assertFalse(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "(?i)certificate")
        self.assertEqual(self.calls(), [])


if __name__ == "__main__":
    harness.main()
