"""Orders, speeches, notes and notices: .docx, .pdf and .txt in four languages and four encodings.

Invariants:

- the text of each file stands in the truth as a whole, parts outside the body as tokens;
- one speech states the true numbers, one a number that the lists contradict; both are claims;
- some orders lie twice in the delivery: once byte for byte, once with a few words changed.
"""

from muniment.simulate import prose
from muniment.simulate.cache import Cache
from muniment.simulate.county import TOWNSHIPS
from muniment.simulate.delivery import Made, Note
from muniment.simulate.pdf import text_pdf
from muniment.simulate.truth import Claim, Planted
from muniment.simulate.word import DOCX, Document, docx_bytes

_ENCODINGS = ("gb18030", "utf-8", "utf-16", "utf-8-sig")
_AUTHORS = ("科员", "小李", "老王", "办公室")
_LATE_ORDER, _AFTER_CUT_OFF = 2, "2020-03-02"  # the near-duplicate of this order came too late
_WRONG_SPEECH_BY = 3  # times the true number
TEXT, PDF = "text/plain", "application/pdf"


def write_papers(cache: Cache) -> None:
    """All written papers that are not lists, mails or reports."""
    _orders(cache)
    _speeches(cache)
    _texts(cache)
    _notices(cache)


def docx(document: Document, kind: str, language: str, remark: str = "") -> Made:
    """A .docx with its truth."""
    note = Note(
        kind=kind,
        media_type=DOCX,
        language=language,
        text=document.text,
        tokens=document.outside,
        remark=remark,
    )
    return Made(docx_bytes(document), note)


def pdf(lines: tuple[str, ...], kind: str, language: str) -> Made:
    """A PDF with a text layer and its truth."""
    note = Note(kind=kind, media_type=PDF, language=language, text="\n".join(lines))
    return Made(text_pdf(lines, lines[0]), note)


def txt(text: str, encoding: str, kind: str, language: str) -> Made:
    """A text file; `utf-16` writes a byte order mark and little-endian units."""
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)
    note = Note(kind=kind, media_type=TEXT, language=language, encoding=encoding, text=text)
    return Made(data, note)


def order(cache: Cache, number: int, *, changed: bool = False) -> Document:
    """One order; `changed` gives the near-duplicate with a few words changed."""
    rng = cache.stream("order", number)
    topic = prose.TOPICS[number % len(prose.TOPICS)]
    duties = [
        f"{place}、{duty}"
        for place, duty in zip("一二三四", rng.sample(prose.DUTIES, 4), strict=True)
    ]
    if changed:
        duties[1] = duties[1].replace("必须", "务必").replace("严禁", "不得")
    rows = tuple(
        (TOWNSHIPS[i].zh, str(rng.randint(2, 40))) for i in rng.sample(range(len(TOWNSHIPS)), 4)
    )
    return Document(
        paragraphs=(
            prose.order_title(topic),
            prose.document_number(2017, number),
            "各乡镇派出所、各教培中心：",
            *duties,
            "本通知自印发之日起执行，期限为",
        ),
        header="内部资料　妥善保管",
        footer=f"虚谷县公安局办公室　第{number}号",
        footnote="本文所称学员，包括教培中心全部在册人员。",
        author=rng.choice(_AUTHORS),
        created=_AFTER_CUT_OFF if number == _LATE_ORDER and changed else "2017-09-04",
        deleted="三十日。",
        inserted="九十日。",
        table=(("乡镇", "应报人数"), *rows),
    )


def _orders(cache: Cache) -> None:
    for number in range(1, cache.up_to(120, 25) + 1):
        name = f"04 文件/虚公〔2017〕{number}号{prose.order_title(prose.TOPICS[number % 6])}"
        made = docx(order(cache, number), "order", "zh")
        cache.delivery.put(f"{name}.docx", made)
        if number % 5 == 1:
            copy = f"04 文件/备份/新建 Microsoft Word 文档 ({number}).docx"
            cache.delivery.put(copy, made)
            expect = f"byte for byte the same as {name}.docx"
            cache.truth.planted(Planted("duplicate", copy, expect))
        if number % 5 == 2:  # noqa: PLR2004 - another one in five
            near = docx(order(cache, number, changed=True), "order", "zh", "near-duplicate")
            path = f"{name}（改）.docx"
            cache.delivery.put(path, near)
            expect = f"a few words differ from {name}.docx"
            cache.truth.planted(Planted("near-duplicate", path, expect))
            if number == _LATE_ORDER:
                expect = f"its own properties say it was created on {_AFTER_CUT_OFF}"
                cache.truth.planted(Planted("created-after-cut-off", path, expect))


def _speeches(cache: Cache) -> None:
    adults, detained = cache.counts.adults, cache.counts.detained_adults
    right = (*prose.SPEECH, prose.count_sentence(adults, detained))
    wrong = (*prose.SPEECH[:2], prose.count_sentence(adults, detained * _WRONG_SPEECH_BY))
    path = "05 讲话/在全县干部大会上的讲话（2018年7月2日）.docx"
    cache.delivery.put(path, docx(Document(paragraphs=right), "speech", "zh"))
    _count_claim(cache, "speech-1", path, detained)
    path = "05 讲话/在县委扩大会议上的讲话（2018年7月9日）.pdf"
    lines = tuple(line[at : at + 34] for line in wrong for at in range(0, len(line), 34))
    cache.delivery.put(path, pdf(lines, "speech", "zh"))
    _count_claim(cache, "speech-2", path, detained * _WRONG_SPEECH_BY)
    expect = f"says {detained * _WRONG_SPEECH_BY} detained adults; the lists hold {detained}"
    cache.truth.planted(Planted("speech-contradicts-lists", path, expect))


def _count_claim(cache: Cache, name: str, path: str, said: int) -> None:
    detained = cache.counts.detained_adults
    claim = Claim(
        id=name,
        file=path,
        claimant="虚谷县委书记",
        origin=name,
        says=prose.count_sentence(cache.counts.adults, said),
        about="quantity:detained_adults",
        value=str(said),
        truth=str(detained),
        relation="agrees" if said == detained else "contradicts",
        language="zh",
    )
    cache.truth.claim(claim)


def _texts(cache: Cache) -> None:
    """Duty logs in one encoding after another."""
    for number in range(cache.up_to(40, 30)):
        rng = cache.stream("duty-log", number)
        encoding = _ENCODINGS[number % len(_ENCODINGS)]
        township = TOWNSHIPS[number % len(TOWNSHIPS)].zh
        lines = [f"{township}派出所值班记录 2018年{1 + number % 6}月{rng.randint(1, 28)}日"]
        lines += rng.sample(prose.DUTIES, 3)
        lines.append(f"今日检查{rng.randint(3, 60)}户，无异常。")
        made = txt("\n".join(lines) + "\n", encoding, "duty-log", "zh")
        cache.delivery.put(f"06 值班/{township}-{number + 1:03d}.txt", made)


def _notices(cache: Cache) -> None:
    """Uyghur, Russian and English papers."""
    folder = "07 其他语言"
    put = cache.delivery.put
    uyghur = Document(paragraphs=prose.UYGHUR_NOTICE, right_to_left=True)
    put(f"{folder}/ئۇقتۇرۇش.docx", docx(uyghur, "notice", "ug"))
    put(f"{folder}/ئۇقتۇرۇش.pdf", pdf(prose.UYGHUR_NOTICE, "notice", "ug"))
    text = "\n".join(prose.UYGHUR_NOTICE) + "\n"
    put(f"{folder}/ئۇقتۇرۇش.txt", txt(text, "utf-8", "notice", "ug"))
    russian = "\n".join(prose.RUSSIAN_NOTE) + "\n"
    put(f"{folder}/Справка.txt", txt(russian, "cp1251", "note", "ru"))
    put(f"{folder}/Справка.docx", docx(Document(paragraphs=prose.RUSSIAN_NOTE), "note", "ru"))
    put(f"{folder}/Note on translation.pdf", pdf(prose.ENGLISH_LETTER, "note", "en"))
    mixed = (
        prose.ENGLISH_LETTER[0],
        prose.DUTIES[0],
        prose.UYGHUR_NOTICE[2],
        prose.RUSSIAN_NOTE[0],
    )
    put(f"{folder}/四种语言 four languages.pdf", pdf(mixed, "note", "mul"))
