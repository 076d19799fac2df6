"""A home is made once, is closed to others, and says plainly why it cannot be used."""

import os
import threading
from pathlib import Path

import pytest

from madoguchi.app import home as homes
from madoguchi.app.home import MailServer, create, open_home
from madoguchi.problem import Problem


def test_a_new_home_has_its_folders_and_nobody_else_can_look_in(tmp_path: Path):
    home = create(tmp_path / "shop", "company")
    assert {entry.name for entry in home.path.iterdir()} == {"home.toml", "keys", "files", "out"}
    for place in (home.path, home.keys, home.files, home.out):
        assert place.stat().st_mode & 0o777 == 0o700
    assert (home.path / "home.toml").stat().st_mode & 0o777 == 0o600


def test_what_was_told_at_the_making_is_read_back(tmp_path: Path):
    mail = MailServer(
        host="mail.example.jp", port=587, security="starttls", user="shop@example.jp", sender="madoguchi@example.jp"
    )
    made = create(tmp_path / "店 の家", "company", database="postgres://u:p%40ss@db.example.jp/shop", mail=mail)
    assert open_home(made.path) == made
    assert made.mail == mail
    assert made.database == "postgres://u:p%40ss@db.example.jp/shop"


def test_making_a_home_twice_opens_the_first(tmp_path: Path):
    first = create(tmp_path / "h", "person")
    assert create(tmp_path / "h", "person") == first


def test_a_home_of_the_other_mode_is_refused(tmp_path: Path):
    create(tmp_path / "h", "person")
    with pytest.raises(Problem, match="mode 'person'"):
        create(tmp_path / "h", "company")


def test_a_home_does_not_change_its_database_by_being_made_again(tmp_path: Path):
    create(tmp_path / "h", "company")
    with pytest.raises(Problem, match="already has another database"):
        create(tmp_path / "h", "company", database="postgres://u@h/n")


def test_a_folder_with_other_things_in_it_is_refused_and_left_as_it_is(tmp_path: Path):
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    before = tmp_path.stat().st_mode
    with pytest.raises(Problem, match=r"holiday\.jpg"):
        create(tmp_path, "person")
    assert [entry.name for entry in tmp_path.iterdir()] == ["holiday.jpg"]
    assert tmp_path.stat().st_mode == before


def test_a_home_whose_making_was_cut_off_is_made_whole(tmp_path: Path):
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "home.toml.new").write_text("versi")
    assert create(tmp_path, "person").mode == "person"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["files", "home.toml", "keys", "out"]


def test_a_folder_that_is_no_home_is_refused(tmp_path: Path):
    with pytest.raises(Problem, match="not a home"):
        open_home(tmp_path)
    with pytest.raises(Problem, match="not a home"):
        open_home(tmp_path / "nowhere")


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
@pytest.mark.parametrize("place", [".", "home.toml", "keys"])
def test_a_home_open_to_other_users_is_refused_with_the_way_to_close_it(tmp_path: Path, place: str):
    home = create(tmp_path / "h", "person")
    (home.path / place).chmod(0o755)
    with pytest.raises(Problem, match="chmod -R go-rwx"):
        open_home(home.path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("version = 1", "version = 2", "version 2"),
        ("version = 1", 'version = "1"', "version"),
        ("version = 1\n", "", "version None"),
        ('mode = "company"', 'mode = "adviser"', "mode: .*'adviser'"),
        ('mode = "company"', 'mdoe = "company"', "did you mean 'mode'"),
        ('time_zone = "Asia/Tokyo"', 'time_zone = "UTC"', "time_zone"),
        ("port = 25", "port = 70000", "port"),
        ("port = 25", "prot = 25", "did you mean 'port'"),
        ("[mail]", "[mail", "not readable as TOML"),
        ('database = ""', 'database = "mysql://u@h/n"', "database"),
        ('sender = ""', 'sender = "nobody"', "sender"),
        ('sender = ""', 'sender = "窓口@example.jp"', "sender"),
        ('sender = ""', 'sender = "a@b.jp>\\r\\nBcc: c@d.jp"', "sender"),
        ('security = "none"', 'security = "ssl"', "mail.security: .*'ssl'"),
        ('user = ""', 'user = "a b"', "mail.user"),
        ('user = ""', 'user = "a"\npassword = "b"', "there is no key 'password'"),
        ('host = ""', 'host = "mail.example.jp"', "mail.security: .*in the clear"),
    ],
)
def test_a_home_file_edited_wrongly_is_named_with_its_place(tmp_path: Path, old: str, new: str, said: str):
    home = create(tmp_path / "h", "company")
    file = home.path / "home.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Problem, match=said) as caught:
        open_home(home.path)
    assert "home.toml" in caught.value.say("ja")


@pytest.mark.parametrize("host", ["mail.example.jp", "192.0.2.25", "2001:db8::25", "localhost.example.jp", "mailhog"])
def test_mail_to_another_machine_is_never_sent_in_the_clear(host: str):
    with pytest.raises(Problem) as caught:
        MailServer(host=host)
    assert "starttls" in caught.value.say("ja")
    assert "暗号化" in caught.value.say("ja")
    assert "starttls" in caught.value.say("en")
    for security in ("starttls", "tls"):
        assert MailServer(host=host, security=security).host == host


@pytest.mark.parametrize("host", ["", "localhost", "LocalHost", "127.0.0.1", "127.8.8.8", "::1"])
def test_a_server_on_this_machine_needs_no_closed_line(host: str):
    assert MailServer(host=host).security == "none"


def test_home_toml_says_where_the_password_stands_and_does_not_hold_it(tmp_path: Path):
    home = create(tmp_path / "h", "company")
    text = (home.path / "home.toml").read_text(encoding="utf-8")
    assert "keys/mail-password" in text
    assert "password =" not in text


def with_user(tmp_path: Path) -> homes.Home:
    """Return a home whose mail server wants a login."""
    return create(tmp_path / "h", "company", mail=MailServer(host="mail.example.jp", security="tls", user="shop"))


def test_without_a_login_no_password_is_read(tmp_path: Path):
    home = create(tmp_path / "h", "company")
    (home.keys / "mail-password").write_text("secret")
    assert home.mail_password() == ""


@pytest.mark.parametrize(
    "text",
    ["pass word\u0023 1\n", "pass word# 1", "pass word# 1\r\n", "\ufeffpass word# 1\r\n", "pass word# 1\nnotes\n"],
)
def test_the_password_is_the_first_line_of_its_file_however_the_editor_wrote_it(tmp_path: Path, text: str):
    home = with_user(tmp_path)
    file = home.keys / "mail-password"
    file.write_bytes(text.encode())
    file.chmod(0o600)
    assert home.mail_password() == "pass word# 1"


@pytest.mark.parametrize("data", [None, b"", b"\n", "ひみつ".encode("cp932")])
def test_a_password_that_is_not_there_is_said_with_its_file(tmp_path: Path, data: bytes | None):
    home = with_user(tmp_path)
    file = home.keys / "mail-password"
    if data is not None:
        file.write_bytes(data)
        file.chmod(0o600)
    with pytest.raises(Problem, match="mail-password: the mail server's password is missing") as caught:
        home.mail_password()
    assert f"chmod 600 {file}" in caught.value.say("ja")


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_a_password_open_to_other_users_is_refused(tmp_path: Path):
    home = with_user(tmp_path)
    file = home.keys / "mail-password"
    file.write_text("secret")
    file.chmod(0o644)
    with pytest.raises(Problem, match="open to other users") as caught:
        home.mail_password()
    assert "secret" not in caught.value.say("ja")


def test_a_home_file_in_another_encoding_is_refused_in_one_sentence(tmp_path: Path):
    home = create(tmp_path / "h", "company")
    (home.path / "home.toml").write_bytes("# 家\nversion = 1".encode("cp932"))
    with pytest.raises(Problem, match="cannot be read"):
        open_home(home.path)


def test_without_the_variable_no_home_is_guessed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MADOGUCHI_HOME", raising=False)
    with pytest.raises(Problem, match="MADOGUCHI_HOME"):
        homes.from_environment()


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be made"):
        create(tmp_path / "file" / "h", "person")


def test_a_file_where_a_folder_of_the_home_belongs_is_said(tmp_path: Path):
    home = create(tmp_path / "h", "person")
    home.out.rmdir()
    home.out.write_text("")
    with pytest.raises(Problem, match="out: the home cannot be made"):
        open_home(home.path)


def test_a_folder_of_the_home_that_was_removed_comes_back(tmp_path: Path):
    home = create(tmp_path / "h", "person")
    home.out.rmdir()
    assert open_home(home.path).out.is_dir()


def test_only_one_at_a_time_sets_a_home_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = create(tmp_path / "h", "person")
    monkeypatch.setattr(homes, "LOCK_SECONDS", 0.05)
    inside = threading.Event()
    leave = threading.Event()

    def hold() -> None:
        with home.locked():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert inside.wait(10)
        with pytest.raises(Problem, match="still setting this home up"), home.locked():
            pass
    finally:
        leave.set()
        thread.join()
    with home.locked():
        pass
