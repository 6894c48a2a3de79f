"""A git server on loopback for tests: `git_server.py http ROOT [USER:TOKEN [CERTIFICATE]]`, the certificate being a PEM
with its key, for https; or `git_server.py ssh SSHD_CONFIG`.

Prints its port as the first line and serves until it is killed. HTTP requests go to git's own http-backend, ssh
connections to an sshd in inetd mode, so that hooks and rejections are those of a real server.
"""
import base64
import http.server
import os
import socket
import ssl
import subprocess
import sys
import threading


class Backend(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    root = ""
    secret = ""

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline().strip(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def answer(self):
        body = self.body()
        expected = "Basic " + base64.b64encode(self.secret.encode()).decode()
        if self.secret and self.headers.get("Authorization") != expected:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = dict(
            os.environ, GIT_PROJECT_ROOT=self.root, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path, QUERY_STRING=query,
            REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get("Content-Type", ""),
            CONTENT_LENGTH=str(len(body)), REMOTE_USER="tester", REMOTE_ADDR="127.0.0.1",
            HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""))
        result = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE)
        head, _, content = result.stdout.partition(b"\r\n\r\n")
        fields = [line.split(": ", 1) for line in head.decode().split("\r\n")]
        self.send_response(int(dict(fields).get("Status", "200").split()[0]))
        for name, value in fields:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


def serve_http(root, secret="", certificate=""):
    Backend.root, Backend.secret = root, secret
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Backend)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def serve_ssh(config):
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        child = subprocess.Popen(["/usr/sbin/sshd", "-i", "-f", config], stdin=connection, stdout=connection)
        connection.close()
        threading.Thread(target=child.wait, daemon=True).start()


if sys.argv[1] == "http":
    serve_http(*sys.argv[2:])
else:
    serve_ssh(sys.argv[2])
