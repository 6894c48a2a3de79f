"""An evaluation follows from its candles alone: the same bytes every time, whatever is appended to the archive later
and whatever is not there yet.

Tried at every 7th hour of March 2025 (7 and 24 have no common divisor, so each hour of the day has its turn);
GRIDEXIT_E2E_STRIDE=1 tries every hour.
"""

import bisect
import os

import harness

STRIDE = int(os.environ.get("GRIDEXIT_E2E_STRIDE", "7"))
BEGIN, END = harness.utc("2025-03-01T00"), harness.utc("2025-04-01T00")
LENGTHS = {"1h": 3600, "4h": 14400, "15m": 900}
GRID = """schema_version: "2.0"
grid_id: eth-grid-1
symbol: ETH-USDT
exchange: archive
versions:
  - {from: "2025-02-28T00:00:00Z", lower: 1900, upper: 2300, cells: 12, spacing: geometric, capital_quote: 800,
     fee: 0.001, stop_loss: 1800}
history:
  - {enabled: "2025-02-28T00:00:00Z", reason: started, by: operator}
"""


class SameBytes(harness.Case):
    def setUp(self):
        super().setUp()
        candles = harness.needs_real_candles()
        # What windows and replay reach from the first hour on, and two weeks of future.
        first, last = BEGIN - 62 * 24 * harness.HOUR, END + 14 * 24 * harness.HOUR
        self.candles = {}
        for timeframe in LENGTHS:
            self.header, rows = harness.read_candles(candles / f"ETH-USDT_{timeframe}.csv.gz")
            timed = [(int(row.split(",", 1)[0]), row) for row in rows]
            self.candles[timeframe] = [each for each in timed if first <= each[0] < last]
        self.write("whole", last)
        (self.folder / "grid.yaml").write_text(GRID)

    def write(self, name, end, future=()):
        """An archive of the bars that are closed at `end`, and of invented ones after it."""
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        for timeframe, length in LENGTHS.items():
            rows = self.candles[timeframe]
            count = bisect.bisect_right(rows, end - length, key=lambda row: row[0])
            lines = [self.header, *(row for _, row in rows[:count])]
            lines += [f"{end - end % length + i * length},{price},{price + 1},{price - 1},{price},1,"
                      for i, price in enumerate(future, 1 if end % length else 0)]
            (folder / f"ETH-USDT_{timeframe}.csv").write_text("\n".join(lines) + "\n")

    def evaluate(self, archive, at, *options):
        return self.gridexit("evaluate", "--symbol", "ETH-USDT", "--exchange", f"archive:{archive}", "--at",
                             harness.iso(at), "-o", "json", *options).stdout

    def test_twice_the_same(self):
        at = harness.utc("2025-03-10T12")
        for options in ((), ("--grid", "grid.yaml")):
            first = self.evaluate("whole", at, *options)
            self.assertIn('"timestamp": "2025-03-10T12:00:00Z"', first)
            self.assertEqual(self.evaluate("whole", at, *options), first)

    def test_no_hour_depends_on_what_comes_after_it(self):
        hours = range(BEGIN, END, STRIDE * harness.HOUR)
        for at in hours:
            self.write("until", at)
            self.assertEqual(self.evaluate("until", at), self.evaluate("whole", at), harness.iso(at))
        print(f"\n{len(hours)} hours compared")

    def test_another_future_changes_nothing(self):
        for at in (harness.utc("2025-03-09T23"), harness.utc("2025-03-20T05")):
            for share in (0.4, 3.0):
                self.write("other", at, future=[round(2000 * share + i, 2) for i in range(48)])
                for options in ((), ("--grid", "grid.yaml")):
                    self.assertEqual(self.evaluate("other", at, *options), self.evaluate("whole", at, *options))
                # That the invented bars count once their time has come proves that they were there.
                later = at + 12 * harness.HOUR
                self.assertNotEqual(self.evaluate("other", later), self.evaluate("whole", later))


if __name__ == "__main__":
    harness.main()
