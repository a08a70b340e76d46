"""Words that stand in cells and by themselves say what their column holds.

- Only short closed lists: peoples, levels of schooling, whether somebody is married, religions.
  A word that is also a name of persons is none of them.
"""

from functools import cache, lru_cache

from muniment.facts.model import read_code
from muniment.text import fold

_WORDS: dict[str, str] = {
    "ethnicity": """
        维吾尔族|汉族|哈萨克族|回族|柯尔克孜族|蒙古族|塔吉克族|锡伯族|满族|乌孜别克族|俄罗斯族|达斡尔族|塔塔尔族|藏族|壮族|苗族|
        维吾尔|维族|汉|维|回|哈|哈萨克|柯尔克孜|東鄉族|东乡族|撒拉族|土族|彝族|uyghur|uighur|uygur|han|han chinese|hui|kazakh|kyrgyz|
        uzbek|tajik|mongol|tatar|kurd|kurdish|rohingya|karen|kachin|shan|chin|tigrayan|amhara|oromo|hazara|pashtun|mapuche|quechua|aymara|
        уйгур|уйгурка|казах|казашка|кыргыз|киргиз|узбек|узбечка|татарин|татарка|русский|русская|украинец|украинка|еврей|еврейка|поляк|немец|чеченец|
        ингуш|дунганин|таджик|белорус|латыш|литовец|эстонец|финн|кореец|ئۇيغۇر|قازاق|خەنزۇ|تۇڭگان|خۇيزۇ|قىرغىز|ئۆزبېك|uyghurche|qazaq|xenzu|
        қазақ|ұйғыр|орыс|өзбек|дүнген|кремлик|کرد|فارس|ترک|بلوچ|عرب|كردي|عربي|تركماني|پشتون|هزاره|تاجیک
    """,
    "education": """
        文盲|半文盲|小学|初中|高中|中专|大专|本科|大学|大学本科|研究生|硕士|博士|技校|初小|高小|中学|职高|primary|secondary|higher|illiterate|
        primary school|secondary school|high school|middle school|elementary|university|college|bachelor|master|diploma|no schooling|
        высшее|среднее|начальное|неполное среднее|среднее специальное|неполное высшее|среднее общее|среднее техническое|неоконченное высшее|
        основное общее|незаконченное высшее|малограмотный|неграмотный|ілтерсіз|вища|середня|початкова|базова середня|професійно-технічна|
        primaria|secundaria|universitaria|universitario|primario|secundario|terciario|analfabeto|bachillerato|primaria incompleta|secundaria completa|
        ilkokul|ortaokul|lise|üniversite|ilköğretim|yüksekokul|önlisans|lisans|ابتدائي|إعدادي|ثانوي|جامعي|أمي|ابتدایی|دیپلم|لیسانس|کارشناسی|بی‌سواد|
        ensino médio|ensino fundamental|ensino superior|fundamental|médio|superior|жоғары|орта|бастауыш|арнаулы орта|орта арнайы|
        باشلانغۇچ|تولۇقسىز ئوتتۇرا|تولۇق ئوتتۇرا|ئالىي مەكتەپ|ساۋاتسىز|bashlanghuch|ottura|toluqsiz ottura|aliy mektep
    """,
    "marital": """
        已婚|未婚|离异|离婚|丧偶|再婚|有配偶|離婚|喪偶|married|single|divorced|widowed|widow|widower|separated|unmarried|
        женат|замужем|холост|холостой|не замужем|разведён|разведен|разведена|вдова|вдовец|в браке|не женат|одружений|одружена|неодружений|
        неодружена|незаміжня|заміжня|розлучений|розлучена|вдівець|soltero|soltera|casado|casada|divorciado|divorciada|viudo|viuda|unión libre|
        célibataire|marié|mariée|divorcé|divorcée|veuf|veuve|ledig|verheiratet|geschieden|verwitwet|evli|bekar|bekâr|boşanmış|dul|
        متزوج|متزوجة|أعزب|عزباء|مطلق|مطلقة|أرمل|أرملة|متأهل|مجرد|متاهل|مطلقه|توي قىلغان|توي قىلمىغان|بويتاق|ئاجراشقان|solteiro|solteira|
        үйленген|тұрмыста|бойдақ|ажырасқан|некелі|некесіз
    """,
    "religion": """
        伊斯兰教|佛教|基督教|天主教|道教|无宗教|无宗教信仰|islam|muslim|christian|christianity|buddhist|buddhism|hindu|catholic|orthodox|protestant|
        jewish|yazidi|alevi|sunni|shia|ислам|мусульманин|мусульманка|православный|православная|православие|христианин|буддист|католик|атеист|
        иудаизм|católico|católica|evangélico|evangélica|protestante|musulman|catholique|protestant|röm.-kath.|römisch-katholisch|evangelisch|
        ev.|kath.|rk|katholisch|مسلم|مسيحي|سني|شيعي|علوي|درزي|سنی|شیعه|بهائی|مسیحی|ئىسلام|islam dini|müslüman|католик|іслам
    """,
}
_CODED = {"relationship": "relation-kinds", "held_status": "detention-statuses"}


@cache
def _known() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in _WORDS.items():
        for word in words.split("|"):
            found.setdefault(fold(word.strip()), set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


@lru_cache(maxsize=20_000)
def said_by_value(text: str) -> frozenset[str]:
    """The concepts that a value speaks for by itself; most speak for none."""
    coded = (name for name, vocabulary in _CODED.items() if read_code(vocabulary, text) is not None)
    return _known().get(fold(text), frozenset()) | frozenset(coded)
