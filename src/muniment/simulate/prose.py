"""The wording of the invented documents, written for this project and copied from none.

Invariants:

- no sentence repeats a real document; the tone of orders is imitated, their text is not;
- every number that a text states is passed in, so that the truth can say whether it is right.
"""

from muniment.simulate.county import SHORT_NAME

DUTIES = (
    "各单位必须在每日二十时前上报人员变动情况，严禁迟报、漏报。",
    "必须做到门门上锁、层层有人，严禁钥匙由一人保管。",
    "值班人员必须两人以上同行，严禁单独与学员谈话。",
    "必须按户核对人口底册，严禁凭印象填写。",
    "严禁将内部文件带出办公区，必须当日归档。",
    "对外出未归人员必须逐人说明去向，严禁以估计数代替。",
    "必须保证夜间照明，严禁擅自关闭录像设备。",
    "对家属来信来访必须登记，严禁私下答复。",
)

TOPICS = (
    "进一步规范人员底册",
    "加强教培中心值班工作",
    "做好节日期间安全检查",
    "开展户籍信息核对",
    "落实钥匙双人保管",
    "规范照片采集",
)

SPEECH = (
    "同志们，今天开会，主要讲三个问题。",
    "第一，数字要真。报上来的数同底册对不上，就是工作没有做到家。",
    "第二，门要看住。跑掉一个人，值班的、带班的、分管的都要说清楚。",
    "第三，嘴要管严。今天讲的话，出了这个门就不要再讲。",
    "有的同志问什么时候算完，我说没有算完的时候。",
)

ENGLISH_LETTER = (
    "To whom it may concern: this note was kept with the county's translation papers.",
    "The training centre asks for twenty more beds and for a second interpreter.",
    "No date is given for the end of the present arrangement.",
)

RUSSIAN_NOTE = (
    "Справка для отдела по работе с приграничными районами.",
    "Граждане, имеющие родственников за границей, внесены в отдельный список.",
    "Просим подтвердить получение и не передавать копии третьим лицам.",
)

UYGHUR_NOTICE = (
    "بوشساي ناھىيىسىنىڭ بارلىق ئاھالىسىگە ئۇقتۇرۇش",
    "ھەر بىر ئائىلە ئاھالە دەپتىرىنى ئېلىپ كەنت ئىشخانىسىغا كەلسۇن.",
    "كەلمىگەنلەرنىڭ ئىسمى تىزىملىككە ئېلىنىدۇ.",
)


def order_title(topic: str) -> str:
    return f"关于{topic}的通知"


def document_number(year: int, number: int) -> str:
    """The reference of an order, with the corner brackets such references have."""
    return f"{SHORT_NAME}公〔{year}〕{number}号"


def count_sentence(adults: int, detained: int) -> str:
    """The sentence in which a speech states the county's numbers."""
    return f"截至2018年6月30日，全县成年人{adults}人，其中收押、教培、服刑人员共{detained}人。"
