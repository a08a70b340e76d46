"""Titles of officials and officers, language by language, as patterns of text.

`head` is the word that makes a title; `rest` is what may stand between it and the name (the body it
is of), `front` what may stand before it. In Chinese the body comes first, without spaces.
"""

import msgspec

from muniment.facts.prose.names import ARABIC, ARABIC_WORD, CHINESE, CYRILLIC, LATIN

_BODY = r"(?:[^\s,.;:，。；：!?«»“”\"()]+\s){0,5}?"
_CAPITALISED = r"(?:[A-ZÇĞİÖŞÜÉÀÂÊÎÔÛÄÑÁÍÓÚ][\w'’-]*\s){0,4}"


class Title(msgspec.Struct, frozen=True):
    """The title of some languages: `front`, `head`, `rest`, and then the name."""

    head: str
    name: str
    front: str = ""
    rest: str = ""
    joined: bool = False  # no space stands between title and name


_ENGLISH = (
    r"(?:[Aa]cting |[Dd]eputy |[Vv]ice[- ]|[Cc]hief |[Ss]enior |[Aa]ssistant |[Pp]rison |[Pp]olice "
    r"|[Cc]amp )*"
    r"(?:[Dd]irector|[Gg]overnor|[Ss]uperintendent|[Ii]nspector|[Ww]arden|[Ww]arder|[Cc]ommander"
    r"|[Cc]ommandant|[Cc]olonel|[Cc]aptain|[Mm]ajor|[Gg]eneral|[Ll]ieutenant|[Ss]ergeant|[Mm]inister"
    r"|[Ss]ecretary|[Pp]resident|[Cc]hairman|[Cc]hief|[Mm]ayor|[Jj]udge|[Pp]rosecutor|[Ss]heriff"
    r"|[Cc]ommissioner|[Ss]pokesman|[Ss]pokeswoman|Dr\.?|[Dd]octor|[Hh]ead)"
)
_SPANISH = (
    r"(?:[Ss]ub)?(?:[Cc]omisario|[Dd]irector[a]?|[Tt]eniente(?: [Cc]oronel)?|[Cc]oronel|[Cc]apitán"
    r"|[Mm]ayor|[Gg]eneral|[Jj]efe|[Mm]inistr[oa]|[Gg]obernador[a]?|[Ii]ntendente|[Jj]ueza?|[Ff]iscal"
    r"|[Aa]lcaldesa?|[Ss]argento|[Cc]abo|[Pp]residente|[Dd]elegad[oa]|[Aa]lmirante)"
)
_FRENCH = (
    r"(?:[Dd]irect(?:eur|rice)|[Cc]ommandant|[Cc]olonel|[Cc]apitaine|[Pp]réfet|[Mm]inistre|[Mm]aire"
    r"|[Jj]uge|[Pp]rocureur|[Gg]ouverneur|[Ll]ieutenant|[Gg]énéral|[Cc]hef|[Mm]édecin(?:-chef)?"
    r"|[Pp]résident|[Cc]ommissaire|[Ss]ous-préfet)"
)
_GERMAN = (
    r"(?:\w*[Ll]eiter(?:in)?|\w*[Kk]ommandant|\w*[Dd]irektor(?:in)?|\w*[Mm]inister(?:in)?|Oberst"
    r"|Hauptmann|Landrat|\w*[Bb]ürgermeister|\w*[Rr]ichter|\w*[Ss]taatsanwalt|\w*führer|\w*arzt"
    r"|\w*[Ww]achtmeister|Major|General)"
)
_TURKISH = (
    r"(?:[Mm]üdür(?:ü)?(?: Yardımcısı)?|[Bb]aşkan(?:ı)?|[Bb]akan(?:ı)?|[Vv]ali(?:si)?"
    r"|[Kk]aymakam(?:ı)?"
    r"|[Kk]omutan(?:ı)?|[Ss]avcı(?:sı)?|[Hh]âkim(?:i)?|[Bb]aşkomiser|[Kk]omiser(?:i)?|Albay|Yüzbaşı"
    r"|[Ss]özcü(?:sü)?|[Bb]aşhekim(?:i)?)"
)
_SLAVIC = (
    r"(?:[Зз]ам(?:еститель|\.|естителя)?\s)?(?:[Зз]аступник\s)?"
    r"(?:[Нн]ачальни(?:к|ка|ком|ца)|[Гг]лав(?:а|ы|е|ой)|[Дд]иректор(?:а|ом|ка)?|[Мм]инистр(?:а|ом)?"
    r"|[Мм]іністр(?:а|ом)?|[Гг]убернатор(?:а|ом)?|[Мм]эр(?:а|ом)?|[Мм]ер(?:а|ом)?|[Пп]рокурор(?:а|ом)?"
    r"|[Сс]ледовател[ьяюе]м?|[Сс]лідч(?:ий|ого)|[Сс]удь[яиі]|[Кк]омендант(?:а|ом)?|[Кк]омандир(?:а|ом)?"
    r"|[Пп]олковник(?:а|ом)?|[Мм]айор(?:а|ом)?|[Кк]апитан(?:а|ом)?|[Сс]екретар[ьяё]м?"
    r"|[Пп]редседател[ьяе]м?|[Гг]олов(?:а|и)|[Ии]нспектор(?:а|ом)?|[Дд]ежурный)"
)
_KAZAKH = r"(?:[Бб]астығы|[Бб]асшысы|[Дд]иректоры|[Әә]кімі|[Мм]инистрі|[Пп]рокуроры|[Тт]ергеушісі)"
_ARABIC_OFFICE = r"(?:مدير|رئيس|قائد|وزير|محافظ|نائب|مسؤول|ضابط|قاضي|وكيل)"
_ARABIC_RANK = (
    r"(?:العقيد|العميد|اللواء|النقيب|الرائد|المقدم|الملازم|القاضي|الضابط|الوزير|المحقق|الدكتور)"
)
_PERSIAN = (
    r"(?:رئیس|سرهنگ|سردار|سرگرد|فرمانده|بازپرس|دادستان|استاندار|فرماندار|قاضی|وزیر)"
    r"(?:\s(?:زندان|بازداشتگاه|دادگاه|پلیس|کلانتری|بند|شعبه|سپاه)(?:\s[\u0600-\u06ff]+)?)?"
)
_UYGHUR = r"(?:باشلىقى|باشلىق|شۇجىسى|شۇجى|مۇدىرى|مۇدىر|ھاكىمى|ھاكىم|رەئىسى|سوتچى|ساقچىسى|ساقچى)"
_CHINESE = (
    r"(?:副|代|常务副)?(?:书记|局长|所长|监狱长|厅长|主任|县长|市长|乡长|镇长|村长|区长|州长|大队长|中队长"
    r"|支队长|教导员|指导员|政委|部长|院长|检察长|主席|省长|处长|科长|校长|队长|站长|股长|司令员?|监区长"
    r"|書記|局長|所長|監獄長|廳長|縣長|市長|鄉長|鎮長|大隊長|部長|院長|檢察長|處長|科長|校長|隊長|站長)"
)

TITLES: tuple[Title, ...] = (
    Title(_ENGLISH, LATIN, rest=rf"(?:of {_BODY})?"),
    Title(_SPANISH, LATIN, rest=rf"(?:(?:del?|de la|general|federal|penal|militar) {_BODY})?"),
    Title(_FRENCH, LATIN, rest=rf"(?:(?:du |des |de la |de l'|de ){_BODY})?"),
    Title(_GERMAN, LATIN, rest=rf"(?:(?:des|der|von) {_BODY})?"),
    Title(_TURKISH, LATIN, front=_CAPITALISED),
    Title(_SLAVIC, CYRILLIC, rest=_BODY),
    Title(_KAZAKH, CYRILLIC, front=r"(?:[\w-]+\s){0,3}?"),
    Title(_ARABIC_OFFICE, ARABIC, rest=rf"(?:(?:{ARABIC_WORD}\s){{0,2}}?ال{ARABIC_WORD}\s)?"),
    Title(_ARABIC_RANK, ARABIC),
    Title(_PERSIAN, ARABIC),
    Title(_UYGHUR, ARABIC, front=rf"(?:{ARABIC_WORD}\s){{0,2}}?"),
    Title(_CHINESE, CHINESE, front=r"[\u4e00-\u9fff0-9]{0,14}?", joined=True),
)
# Behind a name: `Helen Brackley, director of the Marsh Road clinic`.
APPOSITION = (
    rf"(?P<name>{LATIN}), (?:the |el |la |le )?"
    rf"(?P<title>(?:{_ENGLISH}|{_SPANISH}|{_FRENCH})"
    r" (?:of|del?|de la|du|des) [^,.;:«»“”\"()]{2,60})"
    r"(?=[,.;:]|$)"
)
# Letters that end what stands before a body in Chinese: 由西沙县公安局局长…
NOT_OF_THE_BODY = "在由对向与和经据被给请是，、任及等该当时日月年"
