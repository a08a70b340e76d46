"""Words that begin rows of sums and of notes."""

from muniment.text import fold

_TOTALS = (
    "合计|总计|小计|共计|累计|总数|总人数|合 计|合計|總計|小計|共計|本页小计|本页合计|全县合计|计|итого|всего|итог|всього|разом|усього|"
    "total|totals|subtotal|sub-total|sum|grand total|in total|total general|totales|suma|somme|total général|sous-total|gesamt|"
    "summe|insgesamt|zwischensumme|gesamtsumme|gesamtzahl|totale|subtotale|total geral|soma|toplam|genel toplam|ara toplam|"
    "jami|hammasi|жами|барлығы|жиыны|жалпы|бардыгы|جەمئىي|جەمئى|ئومۇمىي|jem'iy|jemi|omumiy|المجموع|الإجمالي|الاجمالي|المجموع الكلي|"
    "مجموع|جمع|جمع کل|کل"
)
_NOTES = (
    "注:|注：|备注:|备注：|说明:|说明：|註:|註：|填表人|制表人|制表|审核|负责人|填报人|note:|notes:|n.b.|source:|*|prepared by|remark:|примечание|прим.|источник|составил|"
    "nota:|notas:|fuente:|remarque|anmerkung|hinweis|quelle:|observação|fonte:|not:|kaynak|açıklama:|ескерту|izoh:|ئىزاھات|ملاحظة|المصدر|توضیح|منبع|утвердил|hazırlayan"
)

TOTAL_WORDS = frozenset("".join(fold(word).split()) for word in _TOTALS.split("|"))
NOTE_WORDS = tuple("".join(fold(word).split()) for word in _NOTES.split("|"))
TOTAL_LETTERS = frozenset(
    letter for word in _TOTALS.split("|") for letter in (word[0], word[0].upper(), word[0].lower())
)
