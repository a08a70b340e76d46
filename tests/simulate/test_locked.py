import email
import io

import msoffcrypto
import openpyxl
import pikepdf
import pytest

from tests.simulate.conftest import Leak
from tests.simulate.walking import unlocked

WORKBOOK = "02 收押/刑期台账（加密）.xlsx"
DOCUMENT = "05 讲话/讲话要点（加密）.pdf"
MAIL = "09 邮件/密码.eml"


def told_in_the_mail(leak: Leak) -> dict[str, str]:
    """File name to password, read from the mail's body as a reporter would."""
    message = email.message_from_bytes(leak.path(MAIL).read_bytes())
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    lines = [line.split("　密码：") for line in body.decode().splitlines() if "　密码：" in line]
    return {line[0]: line[1] for line in lines}


def test_the_mail_tells_every_password(leak: Leak) -> None:
    known = {path.rsplit("/", 1)[1]: word for path, word in leak.totals["passwords"].items()}
    assert told_in_the_mail(leak) == known
    assert len(known) == 3


def test_the_workbook_opens_with_the_password_from_the_mail(leak: Leak) -> None:
    password = told_in_the_mail(leak)[WORKBOOK.rsplit("/", 1)[1]]
    opened = unlocked(leak.path(WORKBOOK).read_bytes(), password)
    sheet = openpyxl.load_workbook(io.BytesIO(opened)).active
    assert sheet is not None
    assert sheet["A1"].value == "刑期台账"


def test_the_workbook_stays_shut_for_another_password(leak: Leak) -> None:
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        unlocked(leak.path(WORKBOOK).read_bytes(), "another")


def test_the_document_opens_with_the_password_from_the_mail(leak: Leak) -> None:
    data = io.BytesIO(leak.path(DOCUMENT).read_bytes())
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(data)
    with pikepdf.open(data, password=told_in_the_mail(leak)[DOCUMENT.rsplit("/", 1)[1]]) as opened:
        assert len(opened.pages) == 1
