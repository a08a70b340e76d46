"""Words for numbers: of how many there are of something (次数), and of what is numbered (No.)."""

import re

COUNTING = re.compile(
    r"(?:\b(?:numbers? of|no\. of|nos\. of|nr of|# of|how many|count of|total number)\b"
    r"|\b(?:num|number)_(?!id)\w+s\b|\bn_\w+s\b|\bnb_\w+"
    r"|\bcantidad\b|\bcu[aá]nt[oa]s\b|\bn[uú]mero de \w+s\b|\bn[°º] de \w+s\b|\bnombre d(?:e|'|’)\s?\w+s\b"
    r"|\banzahl\b|\bquantidade\b|кол-во|количество|численность|\bчисло\b|сколько|кількість|чисельність|\bcount$"
    r"|\bсаны$|\bsayısı$|\badedi$|\bsoni$|\bsani$|سانى$|^عدد|^تعداد|(?:人数|次数|个数|總數|数量|數量|人數|次數)$)",
    re.IGNORECASE,
)

# Folded, as the first or the last word of a header: No., №, Nr., Nº.
_NUMBER = (
    "no nos nr nrs num number numbers n numero numeros nummer nro nomor namba nambari so numer "
    "numar номер нөмірі raqami numarasi"
)
NUMBER_WORDS = frozenset(_NUMBER.split())
