"""Words of lists about people on their way: at borders, in centres, before courts, in hospitals.

- What such a list says of a journey (from where, to where, by what) names no prison and no home:
  `event_place`, which makes no statement.
"""

WORDS: dict[str, str] = {
    "name": "被任命人|任命对象|受收容人|被遣返人|被遣返人员|被谈话人|被帮教人|yolcunun adı|yolcu adı soyadı|фио проверяемого|проверяемый|пассажир|фио пассажира|фио мигранта|"
    "мигрант|затриманий (пiб)|passeggero|straniero|nome dello straniero|cudzoziemiec|dane osobowe|imię i nazwisko cudzoziemca|ausländer|"
    "name des ausländers|name des flüchtlings|étranger|nom de l'étranger|personne retenue|migrante|nombre de la persona migrante|"
    "persona alojada|nombre del alojado|alojado|nombre del pasajero|pasajero|name of the accused|name of passenger|passenger name|"
    "اسم المسافر|المسافر|اسم اللاجئ|نام مسافر|نام پناهنده|ім'я та прізвище особи|жолаушы|жүргүнчү|người bị tạm giữ|tên hành khách|"
    "nama penumpang|nama deteni",
    "first_name": "имя отчество|имя и отчество|ім'я по батькові|tên đệm và tên",
    "patronymic": "ojciec|figlio di|di padre|отчество отца|ата аты|nama bapak|fiu de",
    "mother_name": "nazwisko panieńskie matki",
    "birth_place": "comune di nascita|qeyerlik|ana yurti|ئانا يۇرتى",
    "sex": "jenis kelamin (l/p)|kelamin|жынысы (э/а)|пол (муж/жен)|ԿՍ|სქესი|սեռ|ҷинс",
    "nationality": "kraj pochodzenia|paese di origine|staatsangehörigkeit lt. ausweis|原国籍",
    "passport": "dokument podróży|nr dokumentu podróży|seria i nr paszportu|paszport|documento di viaggio|n. passaporto|護照字號|港澳通行证号|passport/id no.|"
    "заграничный паспорт|серия и номер загранпаспорта|hộ chiếu|nomor paspor|旅券番号",
    "id_number": "nr pesel|dowód osobisty seria i nr|統一證號|港澳居民来往内地通行证|عدد القيد المدني|national registration no.",
    "phone": "номер мобильного|№ сим-карты владельца|手机号码1|本机号码|本机号|telefono cellulare",
    "address": "zam.|zam|zamieszkały|zamieszkały w|adres zam.|adres zameldowania|zameldowany|residente in|residente a|domiciliato in|"
    "nơi đăng ký thường trú|nơi thường trú|nơi tạm trú|hktt|alamat domisili|alamat tinggal|zuletzt wohnhaft|住居所|gerçek adresi|"
    "طرۇۋاتقان جايى|olturaq adrési",
    "profession": "néme ish qilatti|نېمە ئىش قىلاتتى|чым займаецца|zatrudnienie|nghề|what do they do",
    "employer": "务工企业名称|务工企业|就业企业|用工企业|用工单位名称|安置企业|输出企业|转移就业单位|zakład pracy|miejsce zatrudnienia|azienda|tempat bekerja|место трудоустройства",
    "title": "职务层次|stopień służbowy|cấp bậc|pangkat|звание, должность",
    "facility": "ośrodek odosobnienia|ośrodek strzeżony|ośrodek|miejsce internowania|areszt dla cudzoziemców|cie|estación migratoria|"
    "estancia migratoria|centro di permanenza|cpr|hotspot|centro di accoglienza|rétention|local de rétention|zone d'attente|"
    "abschiebehaft in|abschiebehaftanstalt|stve|strafvollzugseinrichtung|untersuchungshaftanstalt|uha|gewahrsam in|收容機構|集中教育点|看押地点|"
    "дзе ўтрымліваецца|ізалятар|место принудительного содержания|сиз|цвсиг|карцер|отурган жери|police station held at|station held|"
    "held at (station)|centre held|removal centre|irc|transferred to prison|أحيل إلى|احيل إلى|بازداشتگاه محل نگهداری|nơi bị giữ|"
    "nơi tạm giữ|rumah detensi|rudenim|qamalghan jayi|yatqan türmisi",
    "held_place": "miejsce ujawnienia|miejsce zatrzymania cudzoziemca|luogo di rintraccio|rintracciato a|luogo del controllo|lugar del aseguramiento|"
    "lugar de aseguramiento|aseguramiento lugar|lugar del rescate|aufgriffsort|ort des aufgriffs|查獲處所|from (home, school, street)|"
    "from home or street|место выявления|место проверки|где остановлен|где выявлен|محل کشف|tempat diamankan|nơi phát hiện",
    "detained_on": "data internowania|internowany dnia|internowany|data ujawnienia|data zatrzymania cudzoziemca|data umieszczenia|umieszczony dnia|"
    "początek pobytu|data przyjęcia do ośrodka|data rintraccio|rintracciato il|data di ingresso nel centro|fecha de aseguramiento|"
    "aseguramiento fecha|aseguramiento > fecha|fecha de ingreso a la estación|date du placement|placé le|placement le|aufgriff am|"
    "aufgegriffen am|in haft genommen am|收容起日|送培时间|入培时间|参培时间|送治日期|送押时间|дата выявления|время остановки|дата проверки|водворен|"
    "калі затрымалі|кармалган датасы|date of interception|ngày tạm giữ|ngày vào trại|tgl diamankan|tanggal diamankan|türmige kirgen kün|"
    "türmige kirgen waqti|تۈرمىگە كىرگەن كۈن|تۈرمىگە كىرگەن ۋاقتى|solanghan kün|tutulghan kün|تاریخ دستگیری مسافر",
    "released_on": "koniec pobytu|opuścił ośrodek|data opuszczenia ośrodka|data wydalenia|fine permanenza|data di uscita|dimesso il|"
    "fecha de egreso de la estación|fecha de deportación|fin de rétention|sortie du centre|abgeschoben am|abschiebung am|收容迄日|收容止日|"
    "收容期滿日|遣返日期|遣送日期|出收容所日期|出培时间|离培时间|дата выдворения|выдворен|калі выйшаў|removal date|date deported|ngày trục xuất|ngày được ra|"
    "tgl dideportasi|türmidin chiqqan kün|تۈرمىدىن چىققان كۈن|qoyup bérilgen kün",
    "sentence_end": "جازا توشىدىغان كۈن|جازا توشقان كۈن|مۇددىتى توشىدىغان كۈن|jaza toshidighan kün|jaza toshqan kün|möddet toshidighan kün|koniec kary|"
    "upływ kary|fine penae della pena|voraussichtliches haftende|hết hạn tù|ngày hết án|selesai masa pidana|tahliye tarihi (müddetname)",
    "sentence_date": "ھۆكۈم چىققان كۈن|ھۆكۈم قىلىنغان كۈن|höküm chiqqan kün|höküm waqti|data orzeczenia|өкүм чыккан күн|үкім шыққан күн|ngày xử",
    "reason": "podstawa umieszczenia|podstawa internowania|podstawa zatrzymania|powód umieszczenia|motivo del trattenimento|"
    "motivo di trattenimento|motivo del aseguramiento|causa del aseguramiento|motif du placement|motif de rétention|grund der zuführung|"
    "入培原因|送教原因|причина остановки|за што|камалган себеби|told it was for|reason they gave|reason told|what they were told|"
    "said it was for|why they were taken|grounds for remand|lý do tạm giữ|alasan didetensi|tutulma gerekçesi|néme üchün|némishqa|"
    "نېمە ئۈچۈن|علت نگهداری",
    "authority": "ufficio operante|organo procedente|reparto operante|forza di polizia|autorità procedente|placówka sg|jednostka zatrzymująca|"
    "autoridad aseguradora|autoridad que asegura|préfecture|préfecture d'origine|préfecture à l'origine du placement|"
    "aufgreifende dienststelle|zuführende dienststelle|diensteinheit|送培单位(派出所)|кем остановлен|кем выявлен|kim élip ketti|"
    "كىم ئېلىپ كەتتى|intercepted by|escorting officers from|đơn vị tạm giữ|instansi yang mengamankan|الجهة الضابطة",
    "held_status": "esito|esito (convalida, scarcerazione...)|esito convalida|sposób zakończenia|rozstrzygnięcie|issue de la rétention|"
    "situación migratoria|verbleib nach haft|bail/remand|bail or remand|in custody / on bail|處分情形|收容情形|натыйжасы|qazirghi ehwali|"
    "kết quả xử lý|tindak lanjut",
    "court": "rozprawa przed|giudice competente|juge des libertés|kreisgericht|bezirksgericht|magistrates' court|crown court|high court|"
    "sessions court|чый суд",
    "charge": "count(s)|counts|reato contestato|reati|czyn|дэлікт|яке звинувачення",
    "capacity": "designed for|designed for (persons)|nominal places|ilość miejsc|pojemność|posti disponibili|мест по проекту|sức chứa|kapasitas",
    "headcount": "found on day of visit|present on the day|on day of visit|numbers held|held on the day|population on the day|present on visit|"
    "roll on the day|lock-up total|in occupation|stan na dzień|obecni|presenze|presentes|population le jour|effectifs présents|anwesend|"
    "содержится на день посещения|фактычна|jumlah penghuni|số người đang giam|تعداد موجود",
    "latitude": "gps n|gps > n|n (gps)|gps north|широта (n)|шир.|enlem (n)|y (lat)",
    "longitude": "gps e|gps > e|e (gps)|gps east|coordinate e|долгота (e)|долг.|boylam (e)|x (lon)",
    "issuer": "批准人|签批人|审批人|核准人|podpisał|wydał|утвердил|утверждаю|issued by (name)|ditandatangani oleh|người ký",
    "event_place": "откуда следует|куда следует|откуда едет|куда едет|пункт отправления|пункт назначения|место отправления|место назначения|маршрут|"
    "маршрут следования|звідки прямує|куди прямує|travelling from|traveling from|traveling to|port of entry|point of entry|"
    "port of departure|entry point|przejście graniczne|kierunek podróży|valico|frontiera|provenienza e destinazione|punto de ingreso|"
    "punto de cruce|point de passage|destination déclarée|grenzübergang|einreiseort|入境口岸|出发地|المنفذ الحدودي|المنفذ|معبر|جهة السفر|"
    "جهة القدوم|مرز ورود|gidilen yer|giriş kapısı|cửa khẩu|tujuan|asal keberangkatan|pelabuhan masuk",
    "event_date": "data wjazdu|data przekroczenia|data di ingresso in italia|giriş tarihi (ülkeye)|ngày nhập cảnh|tanggal masuk negara|adjourned to|"
    "adjourned until|listed for|rinvio|udienza|下次开庭|开庭时间",
    "file_number": "nr decyzji|numer decyzji|decyzja nr|numero fascicolo|n. decreto|decreto n.|court no.|ct. no.|ct no|ct. no|courtroom|court room|"
    "t no.|urn|case urn|indictment no.|imei|imei телефона|imei номер|imei号|серийный номер|модель телефона|mac地址|案由编号|批号|處分書號",
    "notes": "wygląd zewnętrzny|rysopis|segni particolari|connotati|rasgos|外貌特徵|приметы внешности|نشانه ظاهری|نشانه‌های ظاهری|مشخصات ظاهری|"
    "علائم ظاهری|ciri-ciri|đặc điểm nhận dạng|belirgin özellikleri",
    "any_place": "branch/local|local branch|oddział|seccional|section locale|ortsgruppe",
    "any_text": "qué dice la autoridad|what officials say|官方说法",
    "serial": "n. progr.|кезек саны",
}

ROLE_WORDS: dict[str, str] = {}
