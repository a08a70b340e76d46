"""The mails: threads, attachments, a message inside a message, two encodings, one mailbox.

Invariants:

- every mail is within June 2018; an answer names the mail it answers;
- attachments are files whose own truth is noted with them.
"""

from muniment.simulate.archives import zipped
from muniment.simulate.cache import Cache
from muniment.simulate.delivery import Made, Note
from muniment.simulate.locked import terms_workbook
from muniment.simulate.mail import Attachment, Mail, mail, mbox
from muniment.simulate.papers import docx, order, txt
from muniment.simulate.prose import DUTIES
from muniment.simulate.registers import XLSX

FOLDER = "09 邮件"
_ATTACHED_ROWS = 30


def write_letters(cache: Cache) -> None:
    """All mails save the one with the passwords."""
    put = cache.delivery.put
    asked = Mail(
        subject="请报送本周收押人员名单及照片核对情况（急）",
        body="老王：\n请今天下班前把名单发来。\n小李",
        html="<p>老王：</p><p>请<b>今天下班前</b>把名单发来。</p><p>小李</p>",
        day=11,
        number=2,
    )
    put(f"{FOLDER}/请报送名单.eml", mail(asked))
    answer = _answer(cache)
    put(f"{FOLDER}/回复：请报送名单.eml", mail(answer))
    forward = Mail(
        subject="转发：请报送名单",
        body="处长：转上，请阅。",
        day=13,
        number=4,
        attachments=(Attachment("原邮件.eml", mail(asked)),),
    )
    put(f"{FOLDER}/转发.eml", mail(forward))
    old = Mail(subject="值班安排", body="\n".join(DUTIES[:2]), day=5, number=5, charset="gb18030")
    put(f"{FOLDER}/值班安排.eml", mail(old))
    short = tuple(
        Mail(
            subject=f"第{day}日情况", body=f"{DUTIES[day % len(DUTIES)]}", day=day, number=20 + day
        )
        for day in range(2, 9)
    )
    put(f"{FOLDER}/收件箱.mbox", mbox((*short, asked, answer)))


def _answer(cache: Cache) -> Mail:
    """The answer carries a list, a zip and a text."""
    path = f"{FOLDER}/回复：请报送名单.eml"
    data = terms_workbook(path, cache.sentenced()[:_ATTACHED_ROWS], cache.truth)
    table = Made(data, Note("person-list", XLSX, language="zh", tokens=("刑期台账",)))
    paper = docx(order(cache, 1), "order", "zh")
    log = txt("名单共一份，照片另送。\n", "gb18030", "note", "zh")
    return Mail(
        subject="回复：请报送本周收押人员名单及照片核对情况（急）",
        body="小李：\n名单见附件，密码另发。\n老王",
        day=12,
        number=3,
        answers=2,
        sender="老王",
        recipient="小李",
        attachments=(
            Attachment("本周名单.xlsx", table),
            Attachment("文件.zip", zipped((("通知.docx", paper), ("说明.txt", log)))),
            Attachment("说明.txt", log),
        ),
    )
