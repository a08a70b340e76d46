"""Name types of the invented county: Uyghur, Chinese and Kazakh, in consistent forms.

Invariants:

- lists hold given-name *types* that thousands share, never full names: no real person is listed;
- a Uyghur or Kazakh name is given name and father's given name; a Chinese one has a surname;
- the two layers of Chinese transliteration (买买提 before the reform, 麦麦提 after) are both kept:
  lists write the newer form, relatives and older papers the older one.
"""

import msgspec

from muniment.simulate.uyghur_letters import latin


class NameType(msgspec.Struct, frozen=True):
    """One given name or surname in the scripts it is written in; `ug` may be empty."""

    zh: str
    zh_old: str
    ug: str
    ru: str
    en: str


def _uyghur(rows: str) -> tuple[NameType, ...]:
    """Parse lines of `Uyghur newer-Chinese older-Chinese Russian`; `=` repeats the newer form."""
    types = []
    for line in rows.strip().splitlines():
        ug, zh, old, ru = line.split()
        types.append(NameType(zh, zh if old == "=" else old, ug, ru, latin(ug)))
    return tuple(types)


def _plain(rows: str) -> tuple[NameType, ...]:
    """Parse lines of `Chinese Russian Latin`; such names have no Uyghur form of their own."""
    return tuple(
        NameType(zh, zh, "", ru, en)
        for zh, ru, en in (line.split() for line in rows.strip().splitlines())
    )


UYGHUR_MEN = _uyghur("""
ئەخمەت 艾合麦提 艾合买提 Ахмет
مەمەت 麦麦提 买买提 Мамет
تۇرسۇن 图尔荪 吐尔逊 Турсун
ئابدۇللا 阿卜杜拉 阿不都拉 Абдулла
ئابدۇرېھىم 阿卜杜热伊木 阿不都热依木 Абдурехим
ئابدۇكېرىم 阿卜杜克热木 阿不都克里木 Абдукерим
ئابلەت 阿卜来提 阿不来提 Аблет
ئابلىمىت 阿卜力米提 阿不力米提 Аблимит
ياسىن 亚森 牙生 Ясин
ھوشۇر 吾守尔 = Хошур
قادىر 喀迪尔 卡德尔 Кадир
روزى 若孜 肉孜 Рози
ساۋۇت 萨伍提 沙吾提 Савут
تۇرغۇن 图尔贡 吐尔洪 Тургун
ئوسمان 奥斯曼 吾斯曼 Осман
ھەسەن 艾散 艾山 Хасан
ئەكبەر 艾克拜尔 = Акбар
كېرىم 克热木 克里木 Керим
مەمتىمىن 麦麦提敏 买买提明 Маматимин
مۇسا 穆萨 木沙 Муса
نىياز 尼亚孜 = Нияз
نۇرمەمەت 努尔麦麦提 努尔买买提 Нурмамет
ئوبۇل 奥布力 吾布力 Обул
رېھىم 热伊木 热依木 Рехим
سەمەت 赛麦提 赛买提 Самет
سىدىق 斯迪克 司地克 Сидик
تاھىر 塔伊尔 塔依尔 Тахир
توختى 托合提 = Тохти
ئۆمەر 奥麦尔 吾买尔 Омар
يۈسۈپ 玉苏普 玉素甫 Юсуп
زۇنۇن 祖农 = Зунун
ئىمىن 伊敏 依明 Имин
""")

UYGHUR_WOMEN = _uyghur("""
ئايشەم 阿依谢姆 阿依先木 Айшам
ئايگۈل 阿依古丽 = Айгуль
پاتىمە 帕提麦 帕提曼 Патима
مىھرىگۈل 米热古丽 米日古丽 Михригуль
گۈلنار 古丽娜尔 = Гульнар
رەيھان 热伊汗 热依汗 Райхан
زەينەپ 宰乃普 再乃甫 Зайнап
ھاۋاخان 哈瓦汗 = Хавахан
تۇرسۇنگۈل 图尔荪古丽 吐尔逊古丽 Турсунгуль
رىزۋانگۈل 热孜宛古丽 热孜万古丽 Ризвангуль
ئانارگۈل 阿娜尔古丽 = Анаргуль
ھالىدە 哈丽代 哈丽旦 Халида
مەريەم 麦尔耶姆 买尔亚木 Марьям
مۇنىرە 穆妮热 木尼热 Мунира
نۇرگۈل 努尔古丽 = Нургуль
شەمسىيە 谢姆西耶 谢木西亚 Шамсия
تاجىگۈل 塔吉古丽 = Таджигуль
خەيرىنىسا 海热妮萨 海日尼沙 Хайриниса
زۇلپىيە 祖丽皮耶 祖丽皮亚 Зульфия
پەرىدە 帕丽代 帕丽旦 Фарида
رازىيە 热孜耶 热孜亚 Разия
نىساخان 妮萨汗 尼沙汗 Нисахан
مەلىكە 麦丽凯 麦丽开 Малика
گۈلباھار 古丽巴哈尔 = Гульбахар
دىلبەر 迪丽拜尔 迪力拜尔 Дильбар
ئارزۇگۈل 阿尔祖古丽 = Арзугуль
""")

KAZAKH_MEN = _plain("""
叶尔兰 Ерлан Erlan
海拉提 Кайрат Qairat
别克扎提 Бекзат Bekzat
努尔兰 Нурлан Nurlan
斯力克 Серик Serik
阿依登 Айдын Aidyn
塔力哈提 Талгат Talghat
""")

KAZAKH_WOMEN = _plain("""
阿依格力木 Айгерим Aigerim
古丽努尔 Гульнур Gulnur
加娜尔 Жанар Zhanar
沙吾列 Сауле Saule
波塔阔孜 Ботагоз Botagoz
玛地娜 Мадина Madina
""")

SURNAMES = _plain("""
王 Ван Wang
李 Ли Li
张 Чжан Zhang
刘 Лю Liu
杨 Ян Yang
黄 Хуан Huang
周 Чжоу Zhou
徐 Сюй Xu
孙 Сунь Sun
胡 Ху Hu
郭 Го Guo
林 Линь Lin
""")

HUI_SURNAMES = _plain("""
马 Ма Ma
丁 Дин Ding
白 Бай Bai
""")

CHINESE_MEN = _plain("""
建国 Цзяньго Jianguo
志强 Чжицян Zhiqiang
海峰 Хайфэн Haifeng
永军 Юнцзюнь Yongjun
文斌 Вэньбинь Wenbin
小龙 Сяолун Xiaolong
俊杰 Цзюньцзе Junjie
伟 Вэй Wei
""")

CHINESE_WOMEN = _plain("""
秀英 Сюин Xiuying
丽华 Лихуа Lihua
玉兰 Юйлань Yulan
晓红 Сяохун Xiaohong
雪梅 Сюэмэй Xuemei
婷婷 Тинтин Tingting
静 Цзин Jing
""")


class Name(msgspec.Struct, frozen=True):
    """A full name: two name types and the order of its people."""

    given: NameType
    family: NameType  # father's given name, or the surname
    surname_first: bool = False

    @property
    def zh(self) -> str:
        if self.surname_first:
            return self.family.zh + self.given.zh
        return f"{self.given.zh}·{self.family.zh}"

    @property
    def zh_old(self) -> str:
        if self.surname_first:
            return self.zh
        return f"{self.given.zh_old}·{self.family.zh_old}"

    @property
    def ug(self) -> str:
        """Uyghur Arabic script, or empty where the name has no Uyghur form."""
        return f"{self.given.ug} {self.family.ug}" if self.given.ug and self.family.ug else ""

    @property
    def ru(self) -> str:
        first, second = self._ordered()
        return f"{first.ru} {second.ru}"

    @property
    def en(self) -> str:
        first, second = self._ordered()
        return f"{first.en} {second.en}"

    def _ordered(self) -> tuple[NameType, NameType]:
        return (self.family, self.given) if self.surname_first else (self.given, self.family)
