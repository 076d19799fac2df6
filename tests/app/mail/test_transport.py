"""What became of a message: told apart at every point at which a real server can say no, fall silent or be gone."""

import pytest

from madoguchi.app.mail.transport import ANSWER_LETTERS, Outcome, SmtpConnection

SENDER, TO = "privacy@mihon.example", "hanako@mail.example"
# For a server that says nothing more; long enough for one that does, on a busy machine.
SHORT = 1.0
BODY = b"Subject: x\r\n\r\ntext\r\n"
# More than the system keeps for a reader who does not read, so that part of it has not left when the line breaks.
LONG = b"Subject: x\r\n\r\n" + (b"x" * 998 + b"\r\n") * 16_000


def send(server, raw: bytes = BODY, to: str = TO, *, silent: bool = False) -> Outcome:
    """Return what became of one message on a connection of its own; a ``silent`` server is soon given up."""
    timeout = SHORT if silent else 20.0
    with SmtpConnection(server, timeout=timeout, answer_timeout=timeout) as connection:
        return connection.send(sender=SENDER, recipient=to, raw=raw)


@pytest.mark.parametrize(
    ("moment", "answer", "state"),
    [
        ("MAIL", b"451 4.3.0 try later\r\n", "later"),
        ("MAIL", b"550 5.7.1 not this sender\r\n", "later"),  # said of us: no single message is to blame
        ("MAIL", b"530 5.7.0 log in first\r\n", "later"),
        ("RCPT", b"450 4.2.0 grey for now\r\n", "later"),
        ("RCPT", b"452 4.2.2 mailbox full\r\n", "later"),
        ("RCPT", b"550 5.1.1 no such person\r\n", "failed"),
        ("RCPT", b"530 5.7.0 log in first\r\n", "later"),
        ("RCPT", b"251 will forward\r\n", "sent"),
        ("DATA", b"451 4.3.0 not now\r\n", "later"),
        ("DATA", b"554 5.5.1 no valid recipients\r\n", "failed"),
        ("DOT", b"451 4.3.0 disk full\r\n", "later"),
        ("DOT", b"421 4.3.2 going down\r\n", "later"),
        ("DOT", b"552 5.3.4 too big\r\n", "failed"),
        ("DOT", b"554 5.7.1 looks like spam\r\n", "failed"),
        ("DOT", b"250 2.0.0 queued as 4F\r\n", "sent"),
        ("DOT", b"251 2.0.0 taken\r\n", "sent"),
        # Neither yes nor no after the last byte: nobody can know.
        ("DOT", b"354 go on\r\n", "unsure"),
        ("DOT", b"what?\r\n", "unsure"),
        ("DOT", b"\xff\xfe\r\n", "unsure"),
        ("DOT", b"2\r\n", "unsure"),
        # Neither yes nor no before it: it has nothing yet.
        ("MAIL", b"what?\r\n", "later"),
        ("RCPT", b"what?\r\n", "later"),
        ("RCPT", b"354 go on\r\n", "later"),
        ("DATA", b"250 OK\r\n", "later"),
    ],
)
def test_an_answer_is_sent_failed_later_or_unsure(scripted, moment: str, answer: bytes, state: str):
    server = scripted(**{moment: answer})
    assert send(server.server).state == state
    assert (len(server.data) == 1) == (state == "sent" or moment == "DOT")


@pytest.mark.parametrize("way", ["drop", "reset", "hang"])
@pytest.mark.parametrize(
    ("moment", "state"), [("MAIL", "later"), ("RCPT", "later"), ("DATA", "later"), ("DOT", "unsure")]
)
def test_a_line_that_breaks_or_falls_silent_is_later_before_the_last_byte_and_unsure_after(
    scripted, moment: str, way: str, state: str
):
    outcome = send(scripted(**{moment: way}).server, silent=way == "hang")
    assert outcome.state == state
    assert outcome.answer


@pytest.mark.parametrize("way", ["reset", "hang"])
def test_a_line_that_breaks_within_the_message_is_later_since_the_last_byte_never_left(scripted, way: str):
    server = scripted(MIDDLE=way)
    assert send(server.server, LONG, silent=way == "hang").state == "later"
    assert server.data == []


@pytest.mark.parametrize(
    ("moment", "answer", "state"),
    [
        ("RCPT", b"550 no such person\r\n", "failed"),
        ("RCPT", b"450 not now\r\n", "later"),
        ("DOT", b"554 spam\r\n", "failed"),
    ],
)
@pytest.mark.parametrize("way", ["drop", "reset", b"500 what?\r\n"])
def test_a_refusal_stays_what_it_was_when_the_line_breaks_after_it(scripted, moment, answer, state, way):
    assert send(scripted(**{moment: answer, "RSET": way}).server).state == state


@pytest.mark.parametrize(
    "broken", [{"RCPT": "drop"}, {"RCPT": b"421 closing\r\n"}, {"DOT": "drop"}, {"DATA": b"??\r\n"}]
)
def test_after_a_broken_line_the_next_message_goes_over_a_new_one(scripted, broken: dict):
    server = scripted(**broken)
    with SmtpConnection(server.server) as connection:
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state in ("later", "unsure")
        server.script.clear()
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "sent"
        assert not connection.gone
    assert server.seen.count("CONNECT") == 2


def test_after_a_refusal_the_next_message_goes_over_the_same_line(sink):
    answers = iter(["550 5.1.1 no such person", None])
    sink.at = lambda moment: next(answers) if moment == "RCPT" else None
    with SmtpConnection(sink.server) as connection:
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "failed"
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "sent"
    assert len(sink.peers) == 1
    assert len(sink.kept) == 1


def test_a_server_that_cannot_be_reached_again_is_later_and_known_to_be_gone(scripted):
    server = scripted(RCPT="drop")
    with SmtpConnection(server.server) as connection:
        connection.send(sender=SENDER, recipient=TO, raw=BODY)
        server.script["CONNECT"] = b"554 closed for today\r\n"
        outcome = connection.send(sender=SENDER, recipient=TO, raw=BODY)
        assert (outcome.state, connection.gone) == ("later", True)
        assert "554 closed for today" in outcome.answer


def test_an_answer_of_several_lines_is_read_whole_and_told_in_one(scripted):
    outcome = send(scripted(DOT=b"250-2.0.0 kept\r\n250-and\r\n250 done\r\n").server)
    assert outcome == Outcome("sent", "250 2.0.0 kept and done")


def test_an_answer_in_japanese_in_whatever_encoding_is_kept_readable(scripted):
    assert send(scripted(DOT="250 受け取りました\r\n".encode()).server).answer == "250 受け取りました"
    outcome = send(scripted(RCPT="550 宛先がありません\r\n".encode("cp932")).server)
    assert outcome.state == "failed"
    assert outcome.answer.startswith("550 ")
    outcome.answer.encode()


@pytest.mark.parametrize("words", [b"250 a\x00b\x1b[31mc\r\n", b"250 " + b"x" * 5000 + b"\r\n"])
def test_an_answer_that_no_database_could_keep_is_cleaned_and_shortened(scripted, words: bytes):
    outcome = send(scripted(DOT=words).server)
    assert outcome.state == "sent"
    assert outcome.answer.isprintable()
    assert len(outcome.answer) <= ANSWER_LETTERS


@pytest.mark.parametrize("to", [TO, "Hana..Ko.@docomo.ne.jp"])
@pytest.mark.parametrize(
    "words",
    [
        "550 5.1.1 <{to}>: no such person",
        "550 user {local} is not here",
        "550 {local}: unknown, see http://mail.example/why?to={local}%40{domain}",
        "550 moved to another.person@elsewhere.example",
        "550 {upper} unknown",
    ],
)
def test_an_answer_is_kept_without_anybodys_address(scripted, to: str, words: str):
    local, _, domain = to.partition("@")
    said = words.format(to=to, local=local, domain=domain, upper=to.upper())
    answer = send(scripted(RCPT=f"{said}\r\n".encode()).server, to=to).answer
    assert answer.startswith("550 ")
    assert local.lower() not in answer.lower()
    assert "another.person" not in answer
    assert "…" in answer


def test_the_servers_reference_is_kept(scripted):
    assert send(scripted(DOT=b"250 2.0.0 Ok: queued as 4FxQ2z1kRz\r\n").server).answer.endswith("queued as 4FxQ2z1kRz")


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\r\n\r\n.\r\n..\r\n.a\r\n...\r\ntext.\r\n.\r\n",
        b".Subject: x\r\n\r\ntext\r\n",
        b"Subject: x\r\n\r\nno line end at the end",
        b"Subject: x\r\n\r\n.",
        b"Subject: x\r\n\r\n" + b"." * 998 + b"\r\n",
        b"Subject: x\r\n\r\n\r\n\r\n",
    ],
)
def test_dots_that_begin_a_line_arrive_as_they_were(sink, raw: bytes):
    with SmtpConnection(sink.server) as connection:
        assert connection.send(sender=SENDER, recipient=TO, raw=raw).state == "sent"
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "sent"
    assert [content for _, content in sink.kept] == [raw if raw.endswith(b"\r\n") else raw + b"\r\n", BODY]


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\n\ntext\n",
        b"Subject: x\r\n\r\ntext\n.\r\nMAIL FROM:<a@b.jp>\r\n",
        b"Subject: x\r\n\r\nte\rxt\r\n",
        b"Subject: x\r\n\r\n" + b"x" * 999 + b"\r\n",
        "Subject: お知らせ\r\n\r\n".encode(),
    ],
)
def test_a_message_that_servers_would_break_does_not_go_out(scripted, raw: bytes):
    server = scripted()
    assert send(server.server, raw).state == "failed"
    assert "MAIL" not in server.seen


@pytest.mark.parametrize("to", ["", "hanako", "a@b.jp>\r\nRCPT TO:<c@d.jp", "花子@mail.example"])
def test_a_recipient_who_is_none_gets_nothing(scripted, to: str):
    server = scripted()
    assert send(server.server, to=to).state == "failed"
    assert "MAIL" not in server.seen


def test_the_old_addresses_of_docomo_and_au_go_out_with_a_quoted_name(scripted, sink):
    for to, spelled in (("hana..ko@docomo.ne.jp", b'"hana..ko"'), ("hanako.@ezweb.ne.jp", b'"hanako."')):
        server = scripted()
        assert send(server.server, to=to).state == "sent"
        assert b"RCPT TO:<%b@%b>" % (spelled, to.partition("@")[2].encode()) in server.lines
        assert send(sink.server, to=to).state == "sent"
    assert len(sink.kept) == 2


def test_a_slow_answer_to_a_whole_message_is_waited_for_longer_than_one_to_a_command(sink):
    import time

    sink.at = lambda moment: time.sleep(1.5 * SHORT) if moment == "DATA" else None
    with SmtpConnection(sink.server, timeout=SHORT, answer_timeout=30) as connection:
        assert connection.send(sender=SENDER, recipient=TO, raw=BODY).state == "sent"
