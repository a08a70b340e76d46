"""What a name looks like beside a title or a verb of speech, script by script.

Only beside one: a capital letter alone makes no name, and Chinese and Arabic letters have none.
"""

import re
from functools import cache

_UPPER = "".join(c for c in map(chr, range(0x41, 0x250)) if c.isupper())
_LOWER = "".join(c for c in map(chr, range(0x61, 0x250)) if c.islower())
_UPPER_CYRILLIC = "".join(c for c in map(chr, range(0x400, 0x530)) if c.isupper())
_LOWER_CYRILLIC = "".join(c for c in map(chr, range(0x400, 0x530)) if c.islower())
_LATIN_WORD = rf"[{_UPPER}][{_LOWER}]+(?:['’-][{_UPPER}{_LOWER}]+)?"
_PARTICLE = r"(?:de la|de los|del|de|da|dos|van der|van|von|al|el|bin|ben|le|la)"
_CYRILLIC_WORD = (
    rf"[{_UPPER_CYRILLIC}][{_LOWER_CYRILLIC}'’]+(?:-[{_UPPER_CYRILLIC}][{_LOWER_CYRILLIC}]+)?"
)
_INITIALS = rf"[{_UPPER_CYRILLIC}]\.\s?(?:[{_UPPER_CYRILLIC}]\.)?"

LATIN = (
    rf"(?:{_LATIN_WORD}|[{_UPPER}]\.)(?:\s(?:{_PARTICLE}\s)?(?:{_LATIN_WORD}|[{_UPPER}]\.)){{0,3}}"
)
CYRILLIC = (
    rf"(?:{_INITIALS}\s?{_CYRILLIC_WORD}|{_CYRILLIC_WORD}\s{_INITIALS}(?!\s?{_CYRILLIC_WORD})"
    rf"|{_CYRILLIC_WORD}(?:\s{_CYRILLIC_WORD}){{0,2}})"
)
ARABIC_WORD = r"[\u0621-\u064a\u066e-\u06d3\u06d5-\u06ef\u200c]+"
ARABIC = rf"{ARABIC_WORD}\s{ARABIC_WORD}"
# The hundred and more commonest family names, single and double.
_FAMILIES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温鄢邬蔺隗"
    "張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭蔣蔡葉蘇呂盧鍾譚陸賈韋鄒閻龍陶賀顧龔萬錢嚴溫鄔藺簡"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|歐陽|司馬|諸葛"
# What follows a name: verbs, prepositions, other people. It tells where a name of two letters ends.
_BEHIND = (
    "说|称|在|到|对|就|要求|表示|指出|向|于|与|和|同志|等|主持|强调|代表|作|亲|带|签|批|宣|介绍|解释|回|告诉|写|问|答|讲|曾|已"
    "|又|还|即|也|为|是|将|以|从|因|被|由|则|随|率|的|說|稱|對|強調|寫|講"
)
_HAN = r"[\u4e00-\u9fff]"
_ENDS = rf"(?=(?:{_BEHIND})|(?!{_HAN}))"
# Words that begin with the letter of a family.
_NO_FAMILY = (
    "任期|任何|任职|任命|任免|任务|任意|方面|方案|方式|方法|方针|张贴|高级|高度|高等|程序|程度|夏季|江西|江苏|金额|金融|万元|万人"
    "|于是|石油|温度|白天|向上|向下|付款|钱款|龙头|马上|林业|江河|田地|石头|唐山|黄金|汤药"
)
CHINESE = (
    rf"(?:{_HAN}{{2,6}}(?:·{_HAN}{{2,6}}?)+{_ENDS}|{_HAN}{{2,6}}(?:·{_HAN}{{2,4}})+"
    rf"|(?!{_NO_FAMILY})(?:{_DOUBLE}|[{_FAMILIES}])(?:{_HAN}{_ENDS}|{_HAN}{{2}}))"
)
ANY = f"(?:{LATIN}|{CYRILLIC}|{CHINESE}|{ARABIC})"


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A compiled pattern."""
    return re.compile(source)
