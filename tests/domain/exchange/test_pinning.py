"""The key of the partner's web server is pinned: no other server is spoken to, whoever signed its certificate."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rahdari.base.clock import now
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.domain.exchange.actions import roll_keys
from rahdari.domain.exchange.outside import keyring
from rahdari.domain.exchange.outside.calling import NoAnswer, fetch_public, hash_of_server_key
from rahdari.seals.tokens import read_keys_token
from tests.make.exchange import PASSPHRASE, Corridor


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"here")

    def log_message(self, *args):
        """Nothing into the output of the tests."""


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    """A certificate that nobody vouches for, and the file that holds it with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, today, today + dt.timedelta(days=1)).sign(key, SHA256())
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return made, file


@pytest.fixture
def serve(certified):
    """Begins a server that speaks TLS up to a version; gives its address."""
    servers = []

    def begin(newest=ssl.TLSVersion.TLSv1_3):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certified[1])
        context.maximum_version = newest
        server = HTTPServer(("127.0.0.1", 0), Answers)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"https://localhost:{server.server_port}"

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_the_pinned_server_is_spoken_to_though_nobody_vouches_for_it(serve, certified):
    assert fetch_public(serve(), "/", hash_of_server_key(certified[0])).body == b"here"


@pytest.mark.parametrize("tls", ["", "A" * 43], ids=["not pinned", "another key"])
def test_another_server_is_not(serve, tls):
    with pytest.raises(NoAnswer):
        fetch_public(serve(), "/", tls)


def test_older_tls_is_not_spoken(serve, certified):
    with pytest.raises(NoAnswer):
        fetch_public(serve(ssl.TLSVersion.TLSv1_2), "/", hash_of_server_key(certified[0]))


@pytest.mark.django_db
class TestOurOwn:
    def test_key_is_told_to_every_partner_and_stays_in_later_tokens(self, settings, certified):
        corridor, tls = Corridor(settings), hash_of_server_key(certified[0])
        token = roll_keys(actor=corridor.by, reason="planned", passphrase=PASSPHRASE, tls=tls, at=now())
        assert read_keys_token(token).tls == tls
        said = OutboxEntry.objects.get(type="exchange.key_rolled/1")
        assert (said.to, said.content["keys_token"], said.content["retire"]) == (corridor.partner.node, token, [])
        roll_keys(actor=corridor.by, roles=["gateway"], reason="planned", passphrase=PASSPHRASE, at=now())
        assert read_keys_token(keyring.keys_tokens()[-1]).tls == tls

    def test_nothing_to_roll_is_refused(self, settings):
        corridor = Corridor(settings)
        with pytest.raises(Refused):
            roll_keys(actor=corridor.by, reason="planned", passphrase=PASSPHRASE, at=now())
