"""What a list says has become of a person, as a list of codes that lose no kind of place.

The kinds of detention are never merged: held by the police, in a camp, under sentence. A wording
that names no kind has the code `held`.
"""

from muniment.text.vocabulary.vocabulary import Term, Vocabulary, read_term

STATUS = Vocabulary(
    "custody-status",
    "What has become of a person",
    (
        Term("held", "held, the kind unstated", (
            ("zh", "收押 | 关押 | 關押 | 在押 | 羁押 | 羈押 | 被关押"),
            ("ug", "تۇتۇپ تۇرۇلغان | تۇتقۇندا | tutqunda"),
            ("ru", "задержан | задержана | под стражей | содержится под стражей"),
            ("kk", "қамауда | ұсталды"),
            ("tr", "gözaltında | tutuklu"),
            ("ar", "محتجز | معتقل | موقوف"),
            ("fa", "بازداشت | در بازداشت | دستگیر شده"),
            ("en", "detained | in detention | held | in custody | arrested"),
            ("es", "detenido | detenida"),
            ("fr", "détenu | détenue"),
            ("de", "inhaftiert | in haft | festgenommen"),
        )),
        Term("criminal-detention", "detained in a criminal case", (
            ("zh", "刑拘 | 刑事拘留 | 已刑拘"),
            ("en", "criminal detention | criminally detained"),
        )),
        Term("administrative-detention", "detained for days by the police", (
            ("zh", "行拘 | 行政拘留 | 治安拘留"),
            ("ru", "административный арест"),
            ("en", "administrative detention"),
        )),
        Term("formally-arrested", "formally arrested", (
            ("zh", "逮捕 | 批捕 | 已逮捕 | 已批捕"),
            ("ru", "арестован | арестована"),
            ("en", "formally arrested"),
        )),
        Term("re-education", "in what is called training, transformation or re-education", (
            ("zh", ("教培 | 教育培训 | 教育转化 | 集中教育 | 送教培 | 教培中心 | 已教培 | 送教 "
                "| 收教 | 学习班")),
            ("ug", "تەربىيەلەش | قايتا تەربىيەلەش | terbiyilesh | qayta terbiyilesh"),
            ("ru", "перевоспитание | на перевоспитании"),
            ("tr", "yeniden eğitim"),
            ("en", ("re-education | reeducation | vocational training "
                "| transformation through education"
                   " | in training")),
        )),
        Term("sentenced", "sentenced", (
            ("zh", "判刑 | 已判刑 | 被判刑 | 服刑 | 在服刑 | 收监 | 投监"),
            ("ug", "كېسىلگەن | قاماققا ھۆكۈم قىلىنغان | kesilgen"),
            ("ru", "осужден | осуждён | осуждена | отбывает наказание"),
            ("kk", "сотталған"),
            ("tr", "hükümlü | mahkum | mahkûm"),
            ("ar", "محكوم | محكوم عليه | محكومة"),
            ("fa", "محکوم"),
            ("en", "sentenced | convicted | serving sentence"),
            ("es", "condenado | condenada"),
            ("fr", "condamné | condamnée"),
            ("de", "verurteilt"),
        )),
        Term("released", "released", (
            ("zh", "释放 | 釋放 | 已释放 | 结业 | 已结业 | 出所 | 解除 | 刑满释放"),
            ("ug", "قويۇپ بېرىلگەن | بوشىتىلغان | qoyup bérilgen | boshitilghan"),
            ("ru", "освобожден | освобождён | освобождена"),
            ("kk", "босатылған | босатылды"),
            ("tr", "serbest | serbest bırakıldı | tahliye"),
            ("ar", "مفرج عنه | أفرج عنه | مطلق السراح"),
            ("fa", "آزاد | آزاد شده"),
            ("en", "released | freed | graduated"),
            ("es", "liberado | liberada | en libertad"),
            ("fr", "libéré | libérée"),
            ("de", "entlassen | freigelassen"),
        )),
        Term("bailed", "at large until trial", (
            ("zh", "取保候审 | 取保 | 监视居住"),
            ("ru", "под подпиской | под залогом"),
            ("en", "bailed | on bail | residential surveillance"),
        )),
        Term("wanted", "sought", (
            ("zh", "在逃 | 通缉 | 网上追逃"),
            ("ru", "в розыске | разыскивается"),
            ("tr", "aranıyor | firari"),
            ("ar", "مطلوب"),
            ("en", "wanted | at large | fugitive"),
            ("es", "prófugo | prófuga"),
            ("fr", "en fuite | recherché"),
            ("de", "flüchtig | gesucht"),
        )),
        Term("missing", "missing", (
            ("zh", "失踪 | 失联 | 下落不明"),
            ("ug", "يوقاپ كەتكەن | yoqap ketken"),
            ("ru", "пропал | пропала | пропал без вести"),
            ("tr", "kayıp"),
            ("ar", "مفقود | مفقودة"),
            ("fa", "مفقود شده | ناپدید شده"),
            ("en", "missing | disappeared"),
            ("es", "desaparecido | desaparecida"),
            ("fr", "disparu | disparue"),
            ("de", "vermisst | verschwunden"),
        )),
        Term("died", "dead", (
            ("zh", "死亡 | 已死亡 | 去世 | 病故 | 身亡 | 已故"),
            ("ug", "ئۆلگەن | ۋاپات بولغان | wapat bolghan"),
            ("ru", "умер | умерла | скончался | погиб | погибла"),
            ("kk", "қайтыс болған | қайтыс болды"),
            ("tr", "öldü | ölü | vefat etti"),
            ("ar", "متوفى | متوفاة | مات"),
            ("fa", "فوت | فوت شده | درگذشته"),
            ("en", "died | dead | deceased"),
            ("es", "fallecido | fallecida | muerto | muerta"),
            ("fr", "décédé | décédée | mort | morte"),
            ("de", "gestorben | verstorben | tot"),
        )),
        Term("abroad", "out of the country", (
            ("zh", "出境 | 境外 | 在境外 | 出国未归"),
            ("ug", "چەتئەلدە | chet'elde"),
            ("ru", "за границей | выехал"),
            ("tr", "yurt dışında"),
            ("en", "abroad | overseas"),
        )),
        Term("at-home", "at home, as the list says", (
            ("zh", "在家 | 在社会面"),
            ("ug", "ئۆيدە | öyde"),
            ("en", "at home"),
        )),
    ),
)  # fmt: skip


def read_status(written: str) -> str | None:
    """A code of `STATUS`; None where it has no such word."""
    return read_term(STATUS, written)
