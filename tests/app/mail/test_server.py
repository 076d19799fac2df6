"""The way to a real server: encrypted where it must be, its certificate verified, logged in, or one sentence why not."""

import re
import ssl

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from madoguchi.app.home import MailServer
from madoguchi.app.mail.server import connect
from madoguchi.app.mail.transport import SmtpConnection
from madoguchi.problem import Problem

SENDER, TO, BODY = "privacy@mihon.example", "hanako@mail.example", b"Subject: x\r\n\r\ntext\r\n"
PASSWORD = "correct horse 1"


@pytest.fixture
def trusted(certificates, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this machine trust the test's authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates / "ca.pem"))


@pytest.fixture
def serve(certificates, started):
    """Return a function that starts a server: ``serve("starttls", "here")`` with that certificate, maybe with a login."""
    from madoguchi.app.demo.post_office import LocalController

    def check(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"shop", PASSWORD.encode()), handled=False)

    def start(security: str, certificate: str = "here", *, login: bool = False):
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificates / f"{certificate}.pem", certificates / f"{certificate}.key")
        options = {"authenticator": check, "auth_required": True} if login else {}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        elif security == "tls":
            options |= {"auth_require_tls": False}  # it cannot see that the line is closed already
        made = LocalController(Keeper())
        made.factory = lambda: SMTP(made.handler, hostname="sink.example", **options)
        made.ssl_context = context if security == "tls" else None
        return started(made)

    return start


class Keeper:
    """Keeps what it takes, and over what kind of line it came."""

    def __init__(self) -> None:
        self.kept: list[tuple[bytes, bool, bool]] = []

    async def handle_DATA(self, server: SMTP, session, envelope):  # noqa: N802 - aiosmtpd's name
        closed = server.transport.get_extra_info("ssl_object") is not None
        self.kept.append((envelope.original_content, closed, session.authenticated))
        return "250 2.0.0 kept"


def told(controller, security: str, **more) -> MailServer:
    """Return the server as home.toml would name it."""
    return MailServer(host="127.0.0.1", port=controller.port, security=security, sender=SENDER, **more)


def refused(server: MailServer, password: str = "") -> Problem:
    """Return why a server is not used: one line in each language that names it and says that nothing is lost."""
    with pytest.raises(Problem) as caught:
        connect(server, password, timeout=20)
    problem = caught.value
    for lang, kept in (("ja", "送信待ちのまま"), ("en", "stay queued")):
        said = problem.say(lang)
        assert said.startswith(f"127.0.0.1:{server.port}: ")
        assert kept in said
        assert PASSWORD not in said
    return problem


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.usefixtures("trusted")
def test_a_message_goes_over_a_closed_line_after_the_login(serve, security: str):
    made = serve(security, login=True)
    with SmtpConnection(told(made, security, user="shop"), PASSWORD) as connection:
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "sent"
    assert made.handler.kept == [(BODY, True, True)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_refused(serve, security: str):
    made = serve(security)
    problem = refused(told(made, security))
    assert "certificate" in problem.say("en")
    assert "証明書" in problem.say("ja")
    assert made.handler.kept == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_is_refused(serve, security: str):
    problem = refused(told(serve(security, "elsewhere"), security))
    assert "not valid for '127.0.0.1'" in problem.say("en")
    assert "証明書" in problem.say("ja")


@pytest.mark.usefixtures("trusted")
def test_a_server_without_starttls_gets_nothing_in_the_clear(sink, scripted):
    assert "does not offer STARTTLS" in refused(told(sink.controller, "starttls")).say("en")
    watched = scripted()
    refused(MailServer(host="127.0.0.1", port=watched.server_address[1], security="starttls", sender=SENDER))
    assert {"MAIL", "AUTH", "RCPT"}.isdisjoint(watched.seen)


@pytest.mark.parametrize("answer", [b"454 TLS not available\r\n", b"250 no\r\n", "drop", "hang"])
def test_a_server_that_offers_starttls_and_then_will_not_gets_nothing_in_the_clear(scripted, answer: bytes | str):
    server = scripted(EHLO=b"250-hello\r\n250 STARTTLS\r\n", STAR=answer)
    with pytest.raises(Problem, match="stay queued"):
        connect(
            MailServer(host="127.0.0.1", port=server.server_address[1], security="starttls", sender=SENDER),
            timeout=1 if answer == "hang" else 20,
        )
    assert {"MAIL", "AUTH", "RCPT"}.isdisjoint(server.seen)


def test_tls_on_an_open_port_is_told(sink):
    assert "cannot be reached" in refused(told(sink.controller, "tls")).say("en")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(
    ("user", "password", "said"),
    [
        ("shop", "wrong", "535"),
        ("nobody", PASSWORD, "535"),
        ("shop", "", "535"),
        ("shop", "パスワード", "not ASCII"),
    ],
)
def test_a_login_that_is_refused_is_told(serve, user: str, password: str, said: str):
    problem = refused(told(serve("starttls", login=True), "starttls", user=user), password)
    assert "refuses the login" in problem.say("en")
    assert said in problem.say("en")
    assert "ログインできません" in problem.say("ja")
    assert "keys/mail-password" in problem.say("ja")


def test_a_server_that_knows_no_login_is_told(sink):
    assert "refuses the login" in refused(told(sink.controller, "none", user="shop"), PASSWORD).say("en")


@pytest.mark.usefixtures("trusted")
def test_a_server_that_wants_a_login_which_home_toml_has_not_keeps_the_mail_waiting(serve):
    made = serve("starttls", login=True)
    with SmtpConnection(told(made, "starttls")) as connection:
        outcome = connection.send(sender=SENDER, recipient=TO, raw=BODY)
    assert outcome.state == "later"
    assert outcome.answer.startswith("530 ")
    assert made.handler.kept == []


@pytest.mark.parametrize("way", [b"554 no service\r\n", b"421 too busy\r\n", b"hello\r\n", "drop", "reset", "hang"])
@pytest.mark.parametrize("moment", ["CONNECT", "EHLO"])
def test_a_server_that_does_not_greet_is_told(scripted, moment: str, way: bytes | str):
    server = scripted(**{moment: way, "HELO": way})
    with pytest.raises(Problem, match="cannot be reached") as caught:
        connect(server.server, timeout=1 if way == "hang" else 20)
    if isinstance(way, bytes) and way[0] in b"45":
        assert way[:-2].decode() in caught.value.say("ja")


def test_a_server_that_is_not_there_is_told(no_server: MailServer):
    assert "cannot be reached" in refused(no_server).say("en")
    assert "つながりません" in refused(no_server).say("ja")


@pytest.mark.parametrize("host", ["a" * 300, "..", "ホスト" * 100])
def test_a_host_that_is_no_name_is_told(host: str):
    with pytest.raises(Problem, match="cannot be reached"):
        connect(MailServer(host=host, port=25, security="tls", sender=SENDER), timeout=1)


@pytest.mark.parametrize("missing", ["host", "sender"])
def test_without_a_server_or_a_sender_home_toml_is_named(missing: str):
    server = MailServer(**{"host": "127.0.0.1", "sender": SENDER, missing: ""})
    with pytest.raises(Problem, match=re.escape("home.toml: [mail]: no mail server is set up")):
        connect(server)


def test_this_computers_own_name_is_told_to_nobody(scripted):
    server = scripted()
    connect(server.server).quit()
    assert server.lines == [b"ehlo [127.0.0.1]", b"quit"]
