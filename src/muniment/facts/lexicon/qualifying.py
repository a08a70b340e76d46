"""Words behind what a header names that say of which moment it is: age at the time of arrest.

- What is meant is the age, the address, the profession; when it was so, is said beside.
"""

import re

_EVENT = (
    r"(?:arrest|detention|capture|death|disappearance|abduction|incident|events?|intake|admission|"
    r"release|interview|report|conviction|sentencing|imprisonment|internment|count|registration|visit)"
)
_OCCASIONS = re.compile(
    rf"\s+(?:(?:at|as of|as at|before|prior to|since|upon|on|when|during)\s+(?:the\s+)?(?:(?:time|date|moment)"
    rf"\s+of\s+)?(?:the\s+|his\s+|her\s+|their\s+)?(?:{_EVENT}|arrested|detained|taken|captured|last seen)"
    r"|at (?:the )?time"
    r"|(?:al|en el) momento (?:de |del ).+|al tiempo (?:de |del ).+|a la fecha (?:de |del ).+"
    r"|antes de (?:la detenci[oó]n|la captura|su detenci[oó]n|la desaparici[oó]n|ser detenid[oa])|al ser detenid[oa]"
    r"|(?:au moment|au jour|à la date|a la date|à l['’]époque|lors|avant) (?:de l['’]|de la |du |des |l['’]|la |le |de son ).+"
    r"|(?:zum zeitpunkt|zur zeit|z\.\s?zt\.?) (?:der|des|ihrer|seiner) .+"
    r"|(?:bei|vor|während|seit) (?:der |dem |ihrer |seiner )?(?:\w*(?:nahme|haftung|haft|tod|lieferung|schwinden|entführung|entlassung))"
    r"|(?:no momento|na data|à data|à época|na época|no dia|por ocasião|antes) (?:da |do |dos |das |de ).+"
    r"|(?:al momento|all['’]epoca|alla data|prima) (?:dell['’]|della |del |dei ).+"
    r"|(?:op het moment|ten tijde) van .+|la (?:data|momentul) .+ii|w (?:chwili|momencie|dniu) \w+"
    r"|(?:saat|pada saat) (?:ditangkap|ditahan|penangkapan|penahanan|meninggal)|khi bị (?:bắt|giam)|wakati wa ku\w+)\s*$",
    re.IGNORECASE,
)


def without_occasion(header: str) -> str:
    """A header without the words for a moment that end it; as it is, without such words."""
    left = _OCCASIONS.sub("", header).rstrip(" ,:-–—")
    return left if left != "" else header
