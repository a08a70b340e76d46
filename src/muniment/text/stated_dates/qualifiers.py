"""Words beside a date that make it less than a date: about, before, since, early in.

- Patterns are matched on lower-case text at its beginning or end, never inside.
- до, until, bis and 至 leave open whether the day itself is meant: `until`.
"""

import re
from functools import cache

from muniment.text.stated_dates.reading import Qualifier

# Words before the date. Letters with spaces between words must end there; Chinese need not.
_BEFORE_IT = {
    Qualifier.ABOUT: r"about|around|approx(?:imately|\.)?|circa|ca?\.|hacia|alrededor de|vers"
    r"|environ|etwa|около|примерно|приблизительно|прибл\.|шамамен|yaklaşık|takriben|takribən"
    r"|تقريبا|تقريبًا|حوالي|حوالى|نحو|حدود|تقریبا|تەخمىنەن|texminen|[~≈]|约|約|大约|大約|大概",
    Qualifier.BEFORE: r"before|prior to|earlier than|antes del?|avant|vor(?: dem)?|قبل(?: از)?"
    r"|پیش از|ранее|раньше|早于",
    Qualifier.UNTIL: r"until|till|by|up to|not? later than|no more than|до|не позднее|bis(?: zum)?"
    r"|hasta|jusqu['’](?:au|en)|حتى|إلى|تا|截至|截止|至|到",
    Qualifier.AFTER: r"after|later than|después del?|despues del?|après|nach(?: dem)?|بعد(?: از)?"
    r"|پس از|после|晚于",
    Qualifier.SINCE: r"since|from|starting|desde|depuis|seit(?: dem)?|ab|с|со|начиная с|منذ|من|از"
    r"|自从|自|从",
    Qualifier.EARLY: r"early(?: in)?|(?:the )?(?:beginning|start) of|(?:в )?начал[оеа]|anfang"
    r"|principios del?|début|أوائل|اوایل",
    Qualifier.MIDDLE: r"mid|(?:the )?middle of|(?:в )?середин[аеы]|mitte|mediados del?|منتصف|اواسط",
    Qualifier.LATE: r"late(?: in)?|(?:the )?end of|(?:в )?кон(?:ец|це|ца)|ende|finales del?|fin"
    r"|أواخر|اواخر",
}
_AFTER_IT = {
    Qualifier.ABOUT: r"左右|前后|前後|许|\(?\?\)?|civarı(?:nda)?|шамасында|ئەتراپىدا|etrapida",
    Qualifier.BEFORE: r"以前|之前|前|(?:['’]?[dt][ae]n )?önce|(?:دىن )?بۇرۇن|(?:din )?burun",
    Qualifier.UNTIL: r"为止|為止|止|(?:['’]?y?[ae] )?kadar|غىچە|ghiche|(?:ға |ге )?дейін",
    Qualifier.AFTER: r"以后|之后|以後|之後|后|後|(?:['’]?[dt][ae]n )?sonra|(?:دىن )?كېيىن"
    r"|(?:din )?keyin|(?:нан |нен |дан |ден )?кейін",
    Qualifier.SINCE: r"以来|以來|起|开始|開始|至今|到现在|迄今|(?:to |until )?(?:now|present|date)"
    r"|по настоящее время|по н\. ?в\.|(?:['’]?[dt][ae]n )?(?:beri|itibaren)|(?:دىن )?باشلاپ"
    r"|(?:din )?bashlap|(?:нан |нен |дан |ден )?бастап|حتى الآن|تا ?کنون|bis heute",
    Qualifier.EARLY: r"年初|初|上旬|başı(?:nda)?|بېشىدا|басында",
    Qualifier.MIDDLE: r"年中|中旬|中|ortası(?:nda)?|ئوتتۇرىسىدا|ортасында",
    Qualifier.LATE: r"年底|年末|月底|月末|底|末|下旬|sonu(?:nda)?|ئاخىرىدا|соңында",
}


def take_qualifier(text: str) -> tuple[Qualifier, str] | None:
    """What a word at either end makes of the date, and the rest; None where there is no such."""
    leading = _leading().match(text)
    if leading is not None and leading.lastgroup is not None:
        return Qualifier(leading.lastgroup), text[leading.end() :].strip()
    trailing = _trailing().search(text)
    if trailing is not None and trailing.lastgroup is not None:
        return Qualifier(trailing.lastgroup), text[: trailing.start()].strip()
    return None


@cache
def _leading() -> re.Pattern[str]:
    # What follows a word of letters is a space or a digit; a Chinese one is followed by anything.
    return re.compile(rf"(?:{_groups(_BEFORE_IT)})(?:(?<=[\u3400-\u9fff~≈.])|(?=[\s\d-]))[\s-]*")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[\s\d-])|(?=['’?(\u3400-\u9fff\u0600-\u06ff]))[\s-]*(?:{_groups(_AFTER_IT)})$"
    )


def _groups(words: dict[Qualifier, str]) -> str:
    return "|".join(f"(?P<{qualifier.value}>{forms})" for qualifier, forms in words.items())
