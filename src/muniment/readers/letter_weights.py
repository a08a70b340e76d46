# ruff: noqa: E501 - a sign of East Asia is counted as two columns
"""How common letters are in living writing: what a guess of an encoding rests on.

- A weight is about 1 for the commonest letters of a script, falls to 0 for the rarest, and is
  below 0 for what ordinary text does not hold.
- The orders are those of plain prose; they need not be exact: right and wrong readings of the
  same bytes lie far apart (measured in tests/readers/test_encodings.py).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

# Letters from common to rare; a bar parts the steps 1.0, 0.7, 0.4 and 0.2.
_ORDERS: Mapping[str, str] = {
    "cyrillic": "оеаинтсрвлк|мдпуяыьгзбчйі|хжшюцщэфїє|ъёґўјљњђћџ",
    "greek": "αοιετσνηυρπκ|μλςωδγχθάέίόύή|φβξζψώ|ϊϋΐΰ",
    "arabic": "اليمنوترسب|دعكفحقهةأشجصط|خضىءذثغئزظ|إؤآپچژگکی،؟ـًٌٍَُِّْ",
    "thai": "านรอกเงมยล|วดทส่ัีิต้ปบค|หแจพชขใไะุูำ็โ|ถผธณศภซฉญฟฝ์ฐึืฮษฎฏฑฒฌฆฬๆๅฯ๐๑๒๓๔๕๖๗๘๙",
    "hebrew": "יולהאתרבמשנ|חקדפעטגםן|צסזכךףץ|ְִֵֶַָּׁ",
}
# The commonest signs of each language of East Asia; the rest is ranked by its standard.
_TOP: Mapping[str, str] = {
    "gb2312": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自"
    "之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心"
    "名单日月性别市县区村号员住址出生姓身份证电话",
    "big5": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年"
    "過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心名單"
    "日月性別市縣區村號員住址出生姓身份證電話",
    "euc_jp": "のにはをたがでてとしれさいるなもこからすまきうあせちおよみけそだりっんくつめどラスンルトイアリ"
    "日人年大一国会本事出者社名",
    "euc_kr": "이다의가는을에한고지사로하기인도대리자를어나은서시그아수장라들일해전정부원제보조주명으우거"
    "여소스구만비있었했",
}
_RANKED = {
    "gb2312": (0xB0, 0xD7),
    "big5": (0xA4, 0xC6),
    "euc_jp": (0xB0, 0xCF),
    "euc_kr": (0xB0, 0xC8),
}
# What one language writes besides a-z: right readings stay within one of them.
_LATIN: Sequence[str] = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìíòóùú", "åäöæøéü", "ąćęłńóśźż",
    "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "çğıöşüâîi̇", "ăâîșțşţ", "čćđšž",
    "āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž", "áðéíóúýþæö",
    "ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
)  # fmt: skip
_STEPS = (1.0, 0.7, 0.4, 0.2)
_FOREIGN, _SYMBOL, _IMPOSSIBLE = -1.0, -1.5, -4.0
_KANA = (0x3041, 0x30FE)
_HALF_WIDTH = (0xFF61, 0xFF9F)
_PLAIN_SIGNS = frozenset(
    "«»„“”‘’–—…№°§€£©®·•¡¿ºª\u00a0\u3000、。，．：；！？（）「」『』《》【】・ー～\u200c"
)


@cache
def weights_of(script: str) -> Mapping[str, float]:
    """The weight of each letter of a script that has an order."""
    found = {}
    for step, letters in zip(_STEPS, _ORDERS[script].split("|"), strict=False):
        for letter in letters:
            found[letter] = step
            found[letter.upper()] = step - 0.1 if letter.upper() != letter else step
    return found


def alphabets() -> Sequence[str]:
    """What each language of Latin script writes besides the letters of ASCII."""
    return _LATIN


def weight(letter: str, script: str) -> float:
    """The weight of a letter or sign that is not ASCII in a text of this script."""
    if letter in _PLAIN_SIGNS:
        return 0.3 if script in _TOP else 0.0
    category = unicodedata.category(letter)
    if category in ("Cc", "Cn", "Co", "Cs"):
        return _IMPOSSIBLE
    if script in _TOP:
        return _east_asian(letter, script)
    return weights_of(script).get(letter, _other(category))


def _other(category: str) -> float:
    return _FOREIGN if category[0] in "LM" else _SYMBOL


def _east_asian(letter: str, standard: str) -> float:
    if letter in _TOP[standard]:
        return 1.2
    number = ord(letter)
    if _KANA[0] <= number <= _KANA[1]:
        return 0.7 if standard == "euc_jp" else -0.5
    if _HALF_WIDTH[0] <= number <= _HALF_WIDTH[1]:
        return -0.6
    if 0xFF01 <= number <= 0xFF5E:  # noqa: PLR2004 - full-width forms of ASCII
        return 0.2
    return 0.5 if _in_first_level(letter, standard) else -0.6


def _in_first_level(letter: str, standard: str) -> bool:
    """Whether the standard ranks the sign among its common ones."""
    try:
        written = letter.encode(standard)
    except UnicodeEncodeError:
        return False
    first, last = _RANKED[standard]
    return len(written) == 2 and first <= written[0] <= last  # noqa: PLR2004 - two bytes a sign
