"""The county that does not exist: its names in four languages, its townships and its facilities.

Invariants:

- every place is invented, and named after things that no county is named after;
- each place has a Chinese, an Uyghur (Arabic script), a Russian and an English form;
- rates differ between townships, so that a table by township has something to show.
"""

import msgspec

from muniment.simulate.uyghur_letters import latin


class Place(msgspec.Struct, frozen=True):
    """One invented place; `weight` scales how often its people are detained (1.0 is average)."""

    zh: str
    ug: str
    ru: str
    weight: float = 1.0

    @property
    def en(self) -> str:
        return latin(self.ug)


COUNTY = Place("虚谷县", "بوشساي", "Бошсай")
SHORT_NAME = "虚"  # stands in document numbers: 虚公〔2017〕13号

TOWNSHIPS = (
    Place("空桥镇", "بوشكۆۋرۈك", "Бошкёврюк", 1.3),
    Place("纸月乡", "قەغەزئاي", "Кагазай", 0.8),
    Place("蓝沙乡", "كۆكقۇم", "Кёккум", 1.6),
    Place("无声镇", "ئۈنسىز", "Унсиз", 1.0),
    Place("铜桑乡", "مىسئۈجمە", "Мисуджме", 0.5),
    Place("六泉乡", "ئالتەبۇلاق", "Алтабулак", 1.1),
    Place("云井乡", "بۇلۇتقۇدۇق", "Булуткудук", 0.9),
    Place("石梨乡", "تاشنەشپۈت", "Ташнашпут", 1.4),
    Place("盐灯镇", "تۇزچىراغ", "Тузчираг", 0.7),
    Place("影林乡", "سايەئورمان", "Саяорман", 1.0),
    Place("铁鸽乡", "تۆمۈركەپتەر", "Томуркаптар", 1.2),
    Place("末渠乡", "ئاخىرقىئۆستەڭ", "Ахиркиустенг", 0.6),
)

FACILITIES = (
    "虚谷县看守所",
    "虚谷县第一教培中心",
    "虚谷县第二教培中心",
    "虚谷县盐灯教培中心",
    "虚谷县北滩监狱",
)

REASONS = (
    "与名单人员有联系",
    "外出未报告",
    "多次不参加集体活动",
    "家中存有违禁书籍",
    "平台推送",
    "有亲属在境外",
)

VILLAGES_PER_TOWNSHIP = 9
