import urllib.request

import ldclient
import pytest


def test_keeps_a_flag_in_redis():
    client = ldclient.Client()
    client.set("blue", True)
    assert client.variation("blue", False)
    assert not client.variation("red", False)


@pytest.mark.parametrize("port", [8500, 8000])
def test_reaches_consul_and_dynamodb(port):
    url = f"http://localhost:{port}/v1/kv/flag"
    urllib.request.urlopen(urllib.request.Request(url, b"on", method="PUT")).close()
    with urllib.request.urlopen(url) as answer:
        assert answer.read() == b"on"
