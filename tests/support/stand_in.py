"""What the stand-in servers share: a loopback server, optionally over TLS, that keeps a log of its requests and
misbehaves on demand.

POST /_control {"next": [{...}, ...]} queues one misbehaviour for each of the next requests:
  {"status": 503}              answer with this status (and "body", "type", "headers" if given)
  {"code": "400005"}           a KuCoin error envelope (with "status", default 200, and "msg")
  {"raw": "text"}              this body with status 200
  {"cut_body": true}           promise more bytes than are sent
  {"stall_body": true}         promise more bytes than are sent, and keep the connection
  {"cut_headers": true}        close without an answer
  {"oversize": N}              a body of N bytes
  {"stall": true}              never answer
  {"rows": "duplicated" | "reversed" | "shuffled" | "wider" | "gap" | "mixed_columns" | "empty" | "no_newest"}
                               what candles look like
  {}                           behave
POST /_control {"always": {"part of an address": {...}}} does the same to every request with that part in its address,
until other ones replace them; "" is part of all. {"gzip": true} compresses answers to whoever takes that.
GET /_left answers with the number of queued misbehaviours, GET /_log with the requests so far: method, path, headers in
lower case, body.
"""

import argparse
import gzip
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.lock = threading.Lock()
        self.plan = []
        self.always = {}
        self.log = []
        self.settings = {}

    def handle_error(self, request, client_address):
        """A client that hangs up is what many tests are about; nothing to report."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        self.take("GET")

    def do_POST(self):
        self.take("POST")

    def take(self, method):
        length = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(length)
        if self.path == "/_control":
            request = json.loads(body)
            with self.server.lock:
                self.server.plan.extend(request.pop("next", []))
                self.server.always = request.pop("always", self.server.always)
                self.server.settings.update(request)
            return self.send_json({})
        if self.path == "/_log":
            with self.server.lock:
                return self.send_json(self.server.log)
        if self.path == "/_left":
            with self.server.lock:
                return self.send_json(len(self.server.plan))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.lock:
            self.server.log.append({"method": method, "path": self.path, "headers": headers,
                                    "body": body.decode("utf-8", "replace")})
            plan = self.server.plan.pop(0) if self.server.plan else self.standing_plan()
        if not self.misbehave(plan):
            self.answer(method, headers, body, plan)

    def standing_plan(self):
        return next((plan for part, plan in self.server.always.items() if part in self.path), {})

    def misbehave(self, plan):
        headers = plan.get("headers", {})
        if "code" in plan:
            self.send_json({"code": plan["code"], "msg": plan.get("msg", "planned")},
                           plan.get("status", 200), headers)
        elif "raw" in plan:
            self.send_text(plan["raw"], plan.get("status", 200), plan.get("type", "application/json"), headers)
        elif "status" in plan:
            self.send_text(plan.get("body", ""), plan["status"], plan.get("type", "text/plain"), headers)
        elif plan.get("cut_body"):
            self.send_text("{", promised=1000)
            self.close_connection = True
        elif plan.get("stall_body"):
            self.send_text("{", promised=1000)
            threading.Event().wait()
        elif plan.get("cut_headers"):
            self.close_connection = True
        elif "oversize" in plan:
            self.send_text("x" * plan["oversize"])
        elif plan.get("stall"):
            threading.Event().wait()
        else:
            return False
        return True

    def answer(self, method, headers, body, plan):
        raise NotImplementedError

    def send_json(self, value, status=200, headers=None):
        self.send_text(json.dumps(value), status, "application/json", headers)

    def send_text(self, text, status=200, kind="application/json", headers=None, promised=None):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if self.server.settings.get("gzip") and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(promised or len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificate", help="PEM with certificate and key: serve HTTPS")
    parser.add_argument("--candles", help="folder of candle files to serve")
    return parser


def serve(handler, options):
    server = Server(handler)
    server.options = options
    if options.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print("port", server.server_address[1], flush=True)
    server.serve_forever()
