"""A stand-in for KuCoin's REST interface: candles, time, symbols, accounts and the key's own description.

Private endpoints verify the signature as KuCoin does (KC-API-SIGN, -PASSPHRASE of version 2 and 3, 5 s tolerance).
Settings by POST /_control: "now_ms" (the clock) or "ahead_s" (before ours), "permission", "ip_whitelist", "accounts", "fills",
"symbol".
Candles come from a deterministic series, or from the folder named by --candles.
"""

import base64
import csv
import gzip
import hashlib
import hmac
import os
import time
from urllib.parse import parse_qs, urlsplit

from stand_in import Handler, arguments, serve

KEY, SECRET, PASSPHRASE = "test_api_key", "test_api_secret", "test_passphrase"
SECONDS = {"1min": 60, "5min": 300, "15min": 900, "1hour": 3600, "4hour": 14400}
NAMES = {"1min": "1m", "5min": "5m", "15min": "15m", "1hour": "1h", "4hour": "4h"}
SYMBOL = {"symbol": "ETH-USDT", "priceIncrement": "0.01", "baseIncrement": "0.0000001", "baseMinSize": "0.0001",
          "minFunds": "0.1", "enableTrading": True}
ACCOUNTS = [
    {"currency": "ETH", "type": "main", "balance": "1.5", "available": "1.5", "holds": "0"},
    {"currency": "ETH", "type": "trade", "balance": "0.5", "available": "0.25", "holds": "0.25"},
    {"currency": "ETH", "type": "margin", "balance": "9", "available": "9", "holds": "0"},
    {"currency": "USDT", "type": "trade", "balance": "1000", "available": "900", "holds": "100"},
    {"currency": "BTC", "type": "trade", "balance": "7", "available": "7", "holds": "0"},
]


def sign(text):
    return base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).digest()).decode()


def made_up_row(opened, step):
    """Open, close, high and low are all different, so that a mixed-up column shows."""
    base = 2000 + opened // step % 500
    return [str(opened), f"{base}.1", f"{base}.3", f"{base}.5", f"{base - 1}.9", "12.5", "25000"]


class Kucoin(Handler):
    def answer(self, method, headers, body, plan):
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path.startswith(("/api/v1/accounts", "/api/v1/user/", "/api/v1/hf/")):
            refusal = self.refusal(method, headers)
            if refusal:
                return self.send_json({"code": refusal, "msg": "refused"}, 400)
        elif any(name.startswith("kc-") for name in headers):
            return self.send_json({"code": "400001", "msg": "no key on public endpoints"}, 400)
        settings = self.server.settings
        if url.path == "/api/v1/timestamp":
            return self.success(self.now_ms())
        if url.path == "/api/v1/market/candles":
            return self.candles(query, plan.get("rows", ""))
        if url.path.startswith("/api/v2/symbols/"):
            if url.path.endswith("/ETH-USDT"):
                return self.success(settings.get("symbol", SYMBOL))
            return self.send_json({"code": "900001", "msg": "symbol not exists"})
        if url.path == "/api/v1/accounts":
            return self.success(settings.get("accounts", ACCOUNTS))
        if url.path == "/api/v1/hf/fills":
            return self.fills(query)
        if url.path == "/api/v1/user/api-key":
            answer = {"apiVersion": 3, "permission": settings.get("permission", "General")}
            if settings.get("ip_whitelist", "203.**.154") is not None:
                answer["ipWhitelist"] = settings.get("ip_whitelist", "203.**.154")
            return self.success(answer)
        return self.send_json({"code": "404000", "msg": "Url Not Found"}, 404)

    def success(self, data):
        self.send_json({"code": "200000", "data": data})

    def now_ms(self):
        ahead_ms = self.server.settings.get("ahead_s", 0) * 1000
        return self.server.settings.get("now_ms", int(time.time() * 1000) + ahead_ms)

    def refusal(self, method, headers):
        stamp = headers.get("kc-api-timestamp")
        if not stamp or not headers.get("kc-api-sign"):
            return "400001"
        if headers.get("kc-api-key") != KEY:
            return "400003"
        if headers.get("kc-api-key-version") not in ("2", "3"):
            return "400009"
        if headers.get("kc-api-passphrase") != sign(PASSPHRASE):
            return "400004"
        if headers["kc-api-sign"] != sign(stamp + method + self.path):
            return "400005"
        return "400002" if abs(int(stamp) - self.now_ms()) > 5000 else None

    def fills(self, query):
        """Newest first; lastId is the oldest one of the page before. A week at most, in milliseconds."""
        begin, end, limit = int(query["startAt"]), int(query["endAt"]), int(query.get("limit", "20"))
        if "symbol" not in query or not 1 <= limit <= 100 or not 0 <= end - begin <= 7 * 86400 * 1000:
            return self.send_json({"code": "400100", "msg": "Parameter error."}, 400)
        items = [fill for fill in self.server.settings.get("fills", []) if fill["symbol"] == query["symbol"]
                 and begin <= fill["createdAt"] <= end and fill["id"] < int(query.get("lastId", "9" * 15))]
        page = sorted(items, key=lambda fill: -fill["id"])[:limit]
        self.success({"items": page, "lastId": page[-1]["id"] if page else None})

    def candles(self, query, rows_as):
        step = SECONDS.get(query.get("type"))
        if step is None or query.get("symbol") not in ("ETH-USDT", "BTC-USDT"):
            return self.send_json({"code": "400100", "msg": "Unsupported trading pair."}, 400)
        begin, end = int(query["startAt"]), int(query["endAt"])
        if rows_as == "wider":
            begin, end = begin - 3 * step, end + 3 * step
        # Both ends count, and the bar that is still forming is there too.
        end = min(end, self.now_ms() // 1000)
        opened = range(-(-begin // step) * step, end + 1, step)
        if self.server.options.candles:
            rows = [row for row in self.from_file(query) if begin <= int(row[0]) <= end]
        else:
            rows = [made_up_row(each, step) for each in opened]
        rows = sorted(rows, key=lambda row: -int(row[0]))[:1500]
        self.success(self.spoilt(rows, rows_as, step))

    def spoilt(self, rows, rows_as, step):
        if rows_as == "empty":
            return []
        if rows_as == "reversed":
            return rows[::-1]
        if rows_as == "duplicated":
            return [row for row in rows for _ in range(2)]
        if rows_as == "shuffled":
            return sorted(rows, key=lambda row: hashlib.sha256(row[0].encode()).digest())
        if rows_as == "gap":
            return rows[:50] + rows[53:]
        if rows_as == "mixed_columns":
            return [[opened, start, high, low, close, *rest] for opened, start, close, high, low, *rest in rows]
        if rows_as == "no_newest":
            return [row for row in rows if int(row[0]) + step <= self.now_ms() // 1000][1:]
        return rows

    def from_file(self, query):
        name = os.path.join(self.server.options.candles, f"{query['symbol']}_{NAMES[query['type']]}.csv")
        opener = open if os.path.exists(name) else gzip.open
        with opener(name if opener is open else name + ".gz", "rt", newline="") as file:
            return [[row["time"], row["open"], row["close"], row["high"], row["low"], row["volume"],
                     row["turnover"] or "0"] for row in csv.DictReader(file)]


if __name__ == "__main__":
    serve(Kucoin, arguments().parse_args())
