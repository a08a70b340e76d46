# ruff: noqa: E501 - a sentence stays on its line
"""Sentences in many languages, written for these tests, and the encodings each was written in."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "russian": (
        "Вчера в городском архиве нашли старые списки жителей нашей улицы.",
        "Комиссия проверила документы и не нашла в них подписи начальника.",
        "Мальчик ждал отца у ворот до самого вечера, но тот не вернулся.",
        "Список сотрудников отдела",
    ),
    "ukrainian": (
        "Учора в міському архіві знайшли старі списки мешканців нашої вулиці.",
        "Комісія перевірила документи й не знайшла в них підпису начальника.",
        "Перелік працівників відділу, їхні посади та адреси",
    ),
    "bulgarian": (
        "Вчера в градския архив намериха стари списъци на жителите от нашата улица.",
        "Комисията провери документите и не откри в тях подписа на началника.",
    ),
    "chinese": (
        "昨天在市档案馆找到了我们街道居民的旧名单。",
        "委员会检查了这些文件，没有发现负责人的签名。",
        "那个孩子在门口一直等到晚上，父亲没有回来。",
        "人员名单",
        "姓名,性别,出生日期,住址",
    ),
    "traditional": (
        "昨天在市檔案館找到了我們街道居民的舊名單。",
        "委員會檢查了這些文件，沒有發現負責人的簽名。",
        "那個孩子在門口一直等到晚上，父親沒有回來。",
        "人員名單",
    ),
    "japanese": (
        "昨日、市の文書館で私たちの通りの古い住民名簿が見つかりました。",
        "委員会は書類を調べたが、責任者の署名は見つからなかった。",
        "社員名簿、住所、電話番号のリスト",
    ),
    "korean": (
        "어제 시립 기록 보관소에서 우리 거리 주민들의 오래된 명단이 발견되었다.",
        "위원회는 서류를 검토했지만 책임자의 서명을 찾지 못했다.",
        "직원 명단",
    ),
    "arabic": (
        "عثر أمس في أرشيف المدينة على قوائم قديمة بأسماء سكان شارعنا.",
        "فحصت اللجنة الوثائق ولم تجد فيها توقيع المدير.",
        "قائمة الموظفين وعناوينهم",
    ),
    "persian": (
        "دیروز در بایگانی شهر فهرست های کهنه ساکنان خیابان ما پیدا شد.",
        "کمیسیون مدارک را بررسی کرد و امضای رئیس را در آنها نیافت.",
    ),
    "hebrew": (
        "אתמול נמצאו בארכיון העירוני רשימות ישנות של תושבי הרחוב שלנו.",
        "הוועדה בדקה את המסמכים ולא מצאה בהם את חתימת המנהל.",
    ),
    "greek": (
        "Χθες στο αρχείο της πόλης βρέθηκαν παλιοί κατάλογοι των κατοίκων του δρόμου μας.",
        "Η επιτροπή εξέτασε τα έγγραφα και δεν βρήκε την υπογραφή του διευθυντή.",
    ),
    "turkish": (
        "Dün şehir arşivinde sokağımızın sakinlerinin eski listeleri bulundu.",
        "Kurul belgeleri inceledi ve içlerinde müdürün imzasını bulamadı; çocuğun ağladığı görüldü.",
    ),
    "polish": (
        "Wczoraj w archiwum miejskim znaleziono stare spisy mieszkańców naszej ulicy.",
        "Komisja sprawdziła dokumenty i nie znalazła w nich podpisu kierownika; żółte księgi są złożone.",
    ),
    "czech": (
        "Včera byly v městském archivu nalezeny staré seznamy obyvatel naší ulice.",
        "Komise dokumenty prověřila a podpis vedoucího v nich nenašla; žádný úředník nepřišel.",
    ),
    "hungarian": (
        "Tegnap a városi levéltárban megtalálták utcánk lakóinak régi névsorát.",
        "A bizottság átvizsgálta az iratokat, és nem lelte bennük a főnök aláírását; őrült idő volt.",
    ),
    "german": (
        "Gestern wurden im Stadtarchiv alte Listen der Bewohner unserer Straße gefunden.",
        "Der Ausschuß prüfte die Akten für das nächste Jahr und fand darin größere Lücken.",
    ),
    "french": (
        "Hier, aux archives de la ville, on a retrouvé de vieilles listes des habitants de notre rue.",
        "Le comité a examiné les pièces déjà reçues et n'y a pas trouvé la signature du préfet : où est-elle ?",
    ),
    "spanish": (
        "Ayer se hallaron en el archivo de la ciudad viejas listas de los vecinos de nuestra calle.",
        "La comisión examinó los documentos del año pasado y no encontró la firma del señor director. ¿Dónde está?",
    ),
    "vietnamese": (
        "Hôm qua người ta tìm thấy trong kho lưu trữ thành phố danh sách cũ của cư dân.",
    ),
    "thai": (
        "เมื่อวานนี้พบรายชื่อเก่าของผู้อยู่อาศัยในถนนของเราที่หอจดหมายเหตุของเมือง",
        "คณะกรรมการตรวจสอบเอกสารแล้วไม่พบลายเซ็นของหัวหน้า",
    ),
}
WRITTEN_IN: dict[str, tuple[str, ...]] = {
    "russian": ("windows-1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"),
    "ukrainian": ("windows-1251", "koi8-u", "mac-cyrillic"),
    "bulgarian": ("windows-1251", "iso8859-5"),
    "chinese": ("gb18030", "hz"),
    "traditional": ("big5", "gb18030"),
    "japanese": ("shift_jis", "euc_jp", "iso2022_jp"),
    "korean": ("euc_kr", "iso2022_kr"),
    "arabic": ("windows-1256", "iso8859-6"),
    "persian": ("windows-1256",),
    "hebrew": ("windows-1255",),
    "greek": ("windows-1253", "iso8859-7"),
    "turkish": ("windows-1254",),
    "polish": ("windows-1250", "iso8859-2", "cp852"),
    "czech": ("windows-1250", "iso8859-2"),
    "hungarian": ("windows-1250", "iso8859-2"),
    "german": ("windows-1252", "cp850"),
    "french": ("windows-1252", "cp850"),
    "spanish": ("windows-1252", "cp850"),
    "thai": ("cp874",),
}
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def written_samples() -> list[tuple[str, str, str, bytes]]:
    """Language and encoding, the text, and its bytes: each sentence, and all together."""
    found = []
    for language, sentences in SENTENCES.items():
        for text in (*sentences, "\r\n".join(sentences)):
            for encoding in (*WRITTEN_IN.get(language, ()), *WIDE, "utf-7"):
                try:
                    found.append((language, encoding, text, text.encode(encoding)))
                except UnicodeEncodeError:
                    continue
    return found
