"""A repository that began under version 1.0, in its flat layout: what was recorded there is read wherever the past is
read, goes on in the present layout, and is never rewritten."""

import harness

TEN = harness.utc("2025-05-01T10")
NINE = TEN - harness.HOUR
ID = "dec-ETH-USDT-20250501T090000Z"
FLAT_DECISION = "decisions/2025-05-01/dec-ETH-USDT-090000.yaml"
FLAT_DAY = "exit_states/ETH-USDT/2025-05-01.yaml"
FLAT_RECORD = "metrics/ETH-USDT/2025-05-01-09.yaml"
DOCUMENTS = {
    FLAT_RECORD: f'symbol: ETH-USDT\ntimestamp: "{harness.iso(NINE)}"\nregime: RANGE_OK\nconfidence: 0.72\n',
    FLAT_DAY: f"""\
symbol: ETH-USDT
grid_id: eth-grid-1
date: 2025-05-01
transitions:
  - timestamp: "{harness.iso(NINE)}"
    from_state: NORMAL
    to_state: WARNING
    reasons:
      - "ADX 28.5"
    metrics:
      adx: 28.5
      efficiency_ratio: 0.62
last_notification:
  WARNING: "{harness.iso(NINE)}"
  LATEST_ACCEPTABLE_EXIT: null
""",
    FLAT_DECISION: f"""\
schema_version: "1.0"
decision_id: {ID}
symbol: ETH-USDT
grid_id: eth-grid-1
created_at: "{harness.iso(NINE)}"
recommendation: {{type: GRID_MANAGE, action: PREPARE_EXIT, confidence: 0.7, rationale: ["ADX 28.5"]}}
regime_at_that_time: RANGE_OK
""",
    "grids/eth-grid-1.yaml": f"""\
grid_id: eth-grid-1
symbol: ETH-USDT
versions:
  - {{from: "{harness.iso(TEN - 24 * harness.HOUR)}", lower: 1800, upper: 2200, cells: 10, spacing: geometric,
     capital_quote: 1000, stop_loss: 1700}}
history:
  - {{enabled: "{harness.iso(TEN - 24 * harness.HOUR)}", reason: first, by: operator}}
""",
}


class EarlierLayout(harness.Case):
    def setUp(self):
        super().setUp()
        harness.Market(TEN + 48 * harness.HOUR, 1200).write(self.folder / "candles")
        self.init("archive:candles")
        for path, text in DOCUMENTS.items():
            self.put(path, text, "What the old system left")

    def run_hour(self, hours_after_ten):
        return self.gridexit("run", "--repo", "data", "--at", harness.iso(TEN + hours_after_ten * harness.HOUR), "-o",
                             "json").json()

    def test_it_is_read_and_goes_on(self):
        explained = self.gridexit("explain", "--repo", "data", "--at", harness.iso(NINE), "-o", "json").json()
        self.assertEqual(explained["exit_state"]["state"], "WARNING")
        self.assertIn(ID, self.gridexit("decision", "list", "--repo", "data").stdout)
        self.assertIn("ADX 28.5", self.gridexit("decision", "show", ID, "--repo", "data").stdout)
        self.assertEqual(self.run_hour(0)["symbols"][0]["state"], "WARNING", "one calm hour does not end it")
        record = self.shown("metrics/ETH-USDT/2025/05/01/2025-05-01-10.yaml")
        blob = self.git("rev-parse", f"main:{FLAT_RECORD}").strip()
        self.assertIn(f'previous: {{path: {FLAT_RECORD}, blob: "{blob}"}}', record)
        for hours in (1, 2, 30):
            self.run_hour(hours)
        self.gridexit("dashboard", "--repo", "data", "--at", harness.iso(NINE), "--standalone", "page.html")
        self.assertIn(harness.iso(NINE), self.gridexit("backtest", "--repo", "data", "-o", "json").stdout)
        self.check_proof()

    def test_an_answer_goes_on_from_the_flat_document(self):
        self.gridexit("decision", "act", ID, "accepted", "--repo", "data", "--at", harness.iso(NINE + 600))
        shown = self.gridexit("decision", "show", ID, "--repo", "data", "-o", "json").json()
        self.assertEqual([answer["action"] for answer in shown["action_records"]], ["accepted"])
        self.run_hour(0)
        self.run_hour(30)
        shown = self.gridexit("decision", "show", ID, "--repo", "data", "-o", "json").json()
        self.assertEqual(len(shown["action_records"]), 1)
        self.assertEqual([later["horizon"] for later in shown["evaluation_records"]], ["24h"])
        listed = self.gridexit("decision", "list", "--repo", "data").stdout
        self.assertEqual(listed.count(ID), 1)
        self.check_proof()

    def check_proof(self):
        """Nothing of 1.0 was rewritten, and nothing but that it cannot be proven is said."""
        for path in (FLAT_RECORD, FLAT_DAY, FLAT_DECISION):
            self.assertEqual(self.shown(path), DOCUMENTS[path])
        report = self.gridexit("verify", "--repo", "data", "-o", "json", code=9).json()
        self.assertEqual([finding["kind"] for finding in report["findings"]], ["not_proven"], report["findings"])
        self.assertEqual(report["records_derived"], report["records"] - 1)


if __name__ == "__main__":
    harness.main()
