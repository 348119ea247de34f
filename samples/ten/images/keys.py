import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

kept = {}


class Keys(BaseHTTPRequestHandler):
    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200)

    def do_GET(self):
        self.answer(*((200, kept[self.path]) if self.path in kept else (404,)))


ThreadingHTTPServer(("", int(os.environ["PORT"])), Keys).serve_forever()
