"""The service of the contract tests, and with --test their harness."""
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

PORT = 9300


class Flag(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"on")


if "--test" not in sys.argv:
    HTTPServer(("localhost", PORT), Flag).serve_forever()

for attempt in range(50):
    try:
        with urllib.request.urlopen(f"http://localhost:{PORT}/") as answer:
            assert answer.read() == b"on"
        break
    except OSError:
        time.sleep(0.2)
else:
    sys.exit("the service does not answer")

with open("test-reports/contract-tests-junit.xml", "w") as report:
    report.write('<testsuites><testsuite name="contract" tests="1"><testcase classname="contract" name="flag"/></testsuite></testsuites>\n')
print("1 contract test passed")
