"""Quoted speech and who is said to speak.

A quotation is proposed where a verb of speech stands beside it; marks alone also stand around names
of firms and doubted words. The speaker is the name beside the verb; where the verb has none, the
quotation is proposed without.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter

from muniment.facts.prose.names import ANY, CHINESE
from muniment.facts.prose.proposed import Piece, Sort, Span, piece

_QUOTED = re.compile(
    r"“[^“”]{2,2000}”|„[^„“”]{2,2000}[“”]|«[^«»]{2,2000}»|「[^「」]{2,2000}」|\"[^\"\n]{2,2000}\""
)
_VERBS = (
    r"sa(?:id|ys)|told|recalled|wrote|stated|declared|added|reported|explained|testified|replied"
    r"|announced|claimed|insisted|asked"
    r"|сказал[аи]?|сообщил[аи]?|рассказал[аи]?|рассказывает|говор(?:ит|ил[аи]?)|заявил[аи]?|заявляет"
    r"|пояснил[аи]?|написал[аи]?|пишет|отметил[аи]?|добавил[аи]?|вспомина(?:ет|л[аи]?)"
    r"|утвержда(?:ет|л[аи]?)"
    r"|сказа(?:в|ла|ли)|повідоми(?:в|ла)|заяви(?:в|ла)|розпові(?:в|ла|дає)|каже|поясни(?:в|ла)|дода(?:в|ла)"
    r"|dedi|söyledi|söylüyor|belirtti|(?:şöyle )?konuştu|anlattı|yazdı|açıkladı|ekledi|diyor"
    r"|dijo|dice|declaró|afirmó|señaló|contó|relató|escribió|explicó|agregó|manifestó|recuerda|sostuvo"
    r"|(?:a )?déclar[ée]|a dit|dit|(?:a )?affirm[ée]|(?:a )?racont[ée]"
    r"|(?:a )?expliqu[ée]|(?:a )?ajout[ée]"
    r"|a écrit|témoigne|se souvient"
    r"|sagt(?:e)?|schrieb|schreibt|erklärte?|berichtet(?:e)?|meldete|erzählte?|behauptete|antwortete"
    r"|disse|afirmou|declarou|contou|escreveu|relatou"
    r"|و?(?:قال|أضاف|صرح|ذكر|أكد|أعلن|كتب|يقول|تقول|روى)ت?"
    r"|گفت|گفته است|افزود|اظهار کرد|نوشت|اعلام کرد"
    r"|(?:مۇنداق )?دېدى|دېگەن|دەيدۇ|يازدى|ئېيتتى|سۆزلىدى"
    r"|деді|дейді|айтты|хабарлады|мәлімдеді|dédi|dëdi|deydu"
)
_CHINESE_VERBS = (
    r"(?:说|表示|指出|强调|要求|称|回忆|写|告诉|讲话?|问|答"
    r"|宣布|說|稱|強調|寫|告訴|講)(?:道|到|说)?"
)
_START, _END = attrgetter("start"), attrgetter("end")
_REACH = 160  # characters around a quotation in which its speaker is looked for
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<=[^\W\d_]{3})\.\s|[”»]\s*[.]")


def quotes(text: str, posts: Sequence[Span]) -> Iterator[Span]:
    """Every quotation with a verb of speech beside it; `posts` are those of the text in order."""
    for quoted in _QUOTED.finditer(text):
        found = _before(text, quoted.start(), posts) or _after(text, quoted.end(), posts)
        if found is None:
            continue
        speaker = found if found.written else None
        yield Span(
            Sort.QUOTE,
            *quoted.span(),
            () if speaker is None else (("speaker", speaker.written),),
            "no-speaker" if speaker is None else "",
            () if speaker is None else (speaker,),
        )


def _before(text: str, quote: int, posts: Sequence[Span]) -> Piece | None:
    """The speaker of `X said: “`; a piece without letters where a verb has none."""
    start = _sentence_start(text, quote)
    verb = _introducing().search(text, start, quote)
    if verb is None:
        return None
    last = bisect_right(posts, quote, key=_END) - 1
    if last >= 0 and posts[last].start >= start:
        return _name_of(posts[last])
    names = list(_beside_verb().finditer(text, start, quote))
    if names:
        group = next(g for g in ("before", "after", "han") if names[-1][g] is not None)
        return piece("speaker", text, *names[-1].span(group))
    return Piece("speaker", quote, quote, "")


def _after(text: str, quote: int, posts: Sequence[Span]) -> Piece | None:
    """The speaker of `”, said X` and of `”, X said`."""
    end = min(len(text), quote + _REACH)
    verb = _following().match(text, quote, end)
    if verb is None:
        return None
    for post in posts[bisect_left(posts, quote, key=_START) :][:1]:
        if post.start in {verb.end("verb") + 1, verb.end("first"), verb.start("name")}:
            return _name_of(post)
    group = "name" if verb["name"] is not None else "subject" if verb["subject"] else "han"
    if verb[group] is None:
        return Piece("speaker", quote, quote, "")
    return piece("speaker", text, *verb.span(group))


def _name_of(post: Span) -> Piece:
    name = next(one for one in post.pieces if one.name == "name")
    return Piece("speaker", name.start, name.end, name.written)


def _sentence_start(text: str, quote: int) -> int:
    start = max(0, quote - _REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, quote)]
    return ends[-1] if ends else start


@cache
def _introducing() -> re.Pattern[str]:
    """A verb, a few words, and the colon or comma before a quotation."""
    some = r"[^“”«»„\"]{0,40}"
    return re.compile(rf"(?:(?<!\w)(?:{_VERBS})(?!\w){some}|{_CHINESE_VERBS})\s?[:：,，]\s*$")


@cache
def _beside_verb() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<before>{ANY}),?\s(?:{_VERBS})(?!\w)|(?<!\w)(?:{_VERBS})\s(?P<after>{ANY})"
        rf"|(?P<han>{CHINESE})(?=[^，。]{{0,12}}{_CHINESE_VERBS})"
    )


@cache
def _following() -> re.Pattern[str]:
    lead = r"[,.،，]?\s*(?P<first>[—–-]\s*)?"
    return re.compile(
        rf"{lead}(?:(?P<verb>(?<!\w)(?:{_VERBS}))(?!\w)(?:\s(?P<name>{ANY}))?"
        rf"|(?P<subject>{ANY})\s(?:{_VERBS})(?!\w)"
        rf"|(?P<han>{CHINESE}){_CHINESE_VERBS})"
    )
