"""Words by which a table shows what it is about."""

ABOUT: dict[str, str] = {
    "facility": "capacity latitude longitude headcount facility_name facility_kind opened closed facility_state facility_alias",
    "order": "reference issuer addressee wording order_name order_date",
    "post": "post_title post_start post_end post_organization",
    "testimony": "testimony testimony_date witness",
}
PERSON = (
    "name first_name last_name patronymic mother_name sex birth_date birth_place id_number ethnicity age term charge "
    "detained_on released_on reason held_status religion education profession passport phone political facility marital"
)
# A table with one of these in it lists people, whatever else it holds.
PERSON_WEIGHTS = {
    "name": 0.6, "facility": 0.6, "phone": 0.6, "last_name": 2.0, "first_name": 2.0, "sex": 2.0,
    "birth_date": 2.0, "id_number": 1.5, "ethnicity": 1.5, "age": 1.5,
}  # fmt: skip
# By one of these a form is told from a column of words that headers use, too.
NAMING = frozenset(
    ["name", "first_name", "last_name", "id_number", "birth_date", "facility_name", "reference"]
)
TITLES: dict[str, str] = {
    "facility": "场所一览 设施 机构一览 场所名单 监狱一览 教培中心一览 facilities prisons camps centres centers lagerverzeichnis учреждений лагерей "
    "тюрем cárceles prisiones établissements prisons cezaevleri kamplar السجون زندان‌ها centros gefängnisse лагеря camplar",
    "order": "文件目录 文件清单 发文登记 收文登记 orders documents приказов документов órdenes ordres anordnungen emirler الأوامر",
    "post": "任职 干部名册 领导班子 officials officers posts должностных funcionarios responsables amtsträger görevliler المسؤولين",
    "testimony": "证词 testimonies statements показаний testimonios témoignages aussagen ifadeler الشهادات",
}

# Words that say of a column only that it holds names.
BARE_NAMES = "name|names|nombre|nombres|имя|ім'я|adı|ad|isim|аты|ism|ismi|nome|nom|نام|الاسم|اسم|ئىسمى|исми|исм"
