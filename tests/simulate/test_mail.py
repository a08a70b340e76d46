import email
import email.policy
import mailbox
from email.message import EmailMessage

from hypothesis import given
from hypothesis import strategies as st

from muniment.simulate.mail import Mail, encoded_word, mail
from tests.simulate.conftest import Leak

FOLDER = "09 邮件"


def message(data: bytes) -> EmailMessage:
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def body(read: EmailMessage, kind: str) -> str:
    part = read.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text


def test_headers_and_bodies_read_back(leak: Leak) -> None:
    for line in leak.lines("files.jsonl"):
        if line["kind"] != "mail" or len(line["chain"]) != 1:
            continue
        data = leak.path(line["chain"][0]["name"]).read_bytes()
        read = message(data)
        assert read["Subject"] == line["tokens"][0]
        assert body(read, "plain").replace("\r\n", "\n").rstrip("\n") == line["text"]
        assert read.defects == []


def test_an_answer_names_the_mail_it_answers(leak: Leak) -> None:
    asked = message(leak.path(f"{FOLDER}/请报送名单.eml").read_bytes())
    answer = message(leak.path(f"{FOLDER}/回复：请报送名单.eml").read_bytes())
    assert answer["In-Reply-To"] == asked["Message-ID"]


def test_one_mail_has_text_and_html(leak: Leak) -> None:
    read = message(leak.path(f"{FOLDER}/请报送名单.eml").read_bytes())
    assert "<b>今天下班前</b>" in body(read, "html")
    assert "今天下班前" in body(read, "plain")


def test_one_body_is_written_in_gb18030(leak: Leak) -> None:
    data = leak.path(f"{FOLDER}/值班安排.eml").read_bytes()
    assert b"charset=gb18030" in data
    assert message(data)["Subject"] == "值班安排"


def test_the_mailbox_holds_every_message(leak: Leak) -> None:
    opened = mailbox.mbox(leak.path(f"{FOLDER}/收件箱.mbox"), create=False)
    assert len(opened) == 9
    opened.close()


@given(st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), min_size=1))
def test_any_subject_reads_back_in_either_encoding(subject: str) -> None:
    for charset in ("utf-8", "gb18030"):
        made = mail(Mail(subject=subject, body="x", day=1, number=1, charset=charset))
        assert message(made.data)["Subject"] == subject


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_encoded_words_are_never_longer_than_the_standard_allows(text: str) -> None:
    # RFC 2047, section 2: an encoded word may have 75 characters
    assert all(len(word) <= 75 for word in encoded_word(text, "utf-8").split("\r\n "))
