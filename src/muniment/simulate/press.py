"""Press reports that agree, copy one another and contradict, and an official denial that concedes.

Invariants:

- outlets, spokesmen and their words are invented; every number is passed in from the true counts;
- articles of one `origin` are one source; a denial without a number is marked as not specific;
- whether an article agrees with the truth is computed, never assumed.
"""

from html import escape

import msgspec

from muniment.simulate.cache import Cache
from muniment.simulate.counts import age_on
from muniment.simulate.delivery import Made, Note
from muniment.simulate.papers import pdf, txt
from muniment.simulate.photos import photographed, taken_on
from muniment.simulate.truth import Claim

FOLDER = "21 press"
_PER_LINE = 78  # Latin letters on a line of a PDF


class Article(msgspec.Struct, frozen=True):
    """One article; `form` is html, txt or pdf; `relation` is empty where it is to be computed."""

    id: str
    outlet: str
    origin: str
    form: str
    language: str
    paragraphs: tuple[str, ...]
    about: str
    value: str
    truth: str
    relation: str = ""


def write_press(cache: Cache) -> None:
    """All articles and their claims."""
    for article in (*_on_the_rate(cache), *_on_ages(cache), *_official(cache)):
        made = _made(article)
        path = f"{FOLDER}/{article.id}.{article.form}"
        cache.delivery.put(path, made)
        agrees = "agrees" if article.value == article.truth else "contradicts"
        claim = Claim(
            id=article.id,
            file=path,
            claimant=article.outlet,
            origin=article.origin,
            says=article.paragraphs[1],
            about=article.about,
            value=article.value,
            truth=article.truth,
            relation=article.relation or agrees,
            language=article.language,
        )
        cache.truth.claim(claim)


def percent(part: int, whole: int) -> str:
    """A share in per cent with one decimal, as papers print it."""
    return f"{100 * part / whole:.1f}"


def _on_the_rate(cache: Cache) -> list[Article]:
    """One finding, its copy, the same number for another population, and a doubled number."""
    counts = cache.counts
    rate = percent(counts.detained_adults, counts.adults)
    uyghur = percent(counts.detained_uyghur_adults, counts.uyghur_adults)
    about, group = "quantity:share_of_adults_detained", "quantity:share_of_uyghur_adults_detained"
    finding = (
        f"The lists show that {rate} per cent of all adults of Boshsay were held in June 2018."
    )
    quoted = "The files were read together with two other newsrooms."
    same = f"По спискам, {rate} процента взрослых уйгуров уезда Бошсай находились под стражей."
    double = f"Twice as many: {counts.detained_adults * 2} adults were held, a former clerk says."
    detained = str(counts.detained_adults)
    return [
        Article("press-1", "The Example Courier", "newsrooms", "html", "en",
                ("One county in numbers", finding, quoted), about, rate, rate),
        Article("press-2", "Daily Sample", "newsrooms", "txt", "en",
                ("County in numbers", finding, "This was first reported by The Example Courier."),
                about, rate, rate, "copies:press-1"),
        Article("press-3", "Вестник Пример", "newsrooms", "html", "ru",
                ("Уезд в цифрах", same), group, rate, uyghur),
        Article("press-4", "Specimen Weekly", "clerk", "txt", "en",
                ("A clerk speaks", double), "quantity:detained_adults",
                str(counts.detained_adults * 2), detained),
    ]  # fmt: skip


def _on_ages(cache: Cache) -> list[Article]:
    """Youngest when taken, and youngest when photographed: two ages of one person, both right."""
    taken = str(cache.counts.youngest_age_at_detention)
    sitters = photographed(cache)
    pictured = str(
        min(
            age_on(person.birth, taken_on(cache, person, youngest=place == 0))
            for place, person in enumerate(sitters)
        )
    )
    about = "quantity:youngest_age_at_detention"
    first = f"The youngest person in the lists was {taken} years old when the police came."
    second = f"En genç tutuklu {pictured} yaşındaydı; fotoğrafı da listelerde."
    return [
        Article("press-5", "The Example Courier", "newsrooms", "pdf", "en",
                ("The youngest", first), about, taken, taken),
        Article("press-6", "Örnek Gazete", "newsrooms", "html", "tr",
                ("En genç tutuklu", second), about, pictured, taken),
    ]  # fmt: skip


def _official(cache: Cache) -> list[Article]:
    """A denial that concedes a number, and one that can be tested against nothing."""
    training = cache.counts.detained_by_status.get("教培", 0)
    concedes = f"所谓名单纯属捏造。在教培中心学习的{training}名学员完全出于自愿。"
    general = "有关报道都是谎言和谣言。"
    said = str(training)
    return [
        Article("denial-1", "虚谷县发言人", "county", "html", "zh",
                ("发言人答记者问", concedes), "quantity:in_training", said, said, "concedes"),
        Article("denial-2", "虚谷县发言人", "county", "txt", "zh",
                ("声明", general), "quantity:detained_adults", "",
                str(cache.counts.detained_adults), "non-specific"),
    ]  # fmt: skip


def _made(article: Article) -> Made:
    text = "\n".join(article.paragraphs)
    match article.form:
        case "txt":
            return txt(text + "\n", "utf-8", "press", article.language)
        case "pdf":
            return pdf(_wrapped(article.paragraphs), "press", article.language)
        case _:
            note = Note("press", "text/html", language=article.language, encoding="utf-8",
                        tokens=article.paragraphs)  # fmt: skip
            return Made(_page(article).encode(), note)


def _wrapped(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        line[at : at + _PER_LINE] for line in paragraphs for at in range(0, len(line), _PER_LINE)
    )


def _page(article: Article) -> str:
    title, *rest = (escape(paragraph) for paragraph in article.paragraphs)
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in rest)
    return (
        f'<!DOCTYPE html>\n<html lang="{article.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body><h1>{title}</h1>\n"
        f"<p class=outlet>{escape(article.outlet)}</p>\n{body}</body></html>\n"
    )
