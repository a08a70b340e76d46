"""Words of registers and forms: of police, prisons and hospitals, and as relatives are asked.

- Abbreviations of clerks, headers that are questions, and who else stands in such a row.
"""

WORDS: dict[str, str] = {
    "name": "who|who was taken|names of arrested|convicted person|offender|name of offender|detained|name, first and last|last, first|surname, first name|"
    "surname and forename|first and last name|surname & given names|surname and given names|last name, first name|full nm|name as in passport|name as on id|"
    "what is your relative's full name|what is their full name|name & address|martyr|perpetrator name|"
    "кто|кого|кого ищут|кого посещает|кого посещают|подсудимый|пострадавший|данные лица|анкетные данные|установочные данные|больной|пациент|содержащийся|"
    "этапируемый|доставленный|разыскиваемый|кто пропал|кто задержан|кто арестован|фигурант|"
    "被害人|被审查人|被查人员|当事人姓名|谁|acusado|nombre del acusado|sindicado|ciudadano|nombre del preso político|quién|secuestrado|sospechoso|identidad|"
    "gardé à vue|inculpé|identité du gardé à vue|arrêté|اسم المحكوم|اسم المحكوم عليه|المحكوم عليه|الشهيد|النزيل|اسم الشهيد|المخطوف|المعتقل الحالي|"
    "اسامی|بازداشت شده|şüpheli|şüphelinin adı soyadı|sanık|sanığın adı soyadı|kaybolan|hükümlünün adı soyadı|"
    "підозрюваний|обвинувачений|хто|викрадений|зниклий|полонений|يوقاپ كەتكەن كىشى|يوقاپ كەتكۈچى|يوقاپ كەتكەن كىشىنىڭ ئىسمى|جىنايەتچى|گۇماندار|قۇربان بولغۇچى|كىم|"
    "yoqap ketken kishi|yoqap ketküchi|gumandar|тегі, аты, әкесінің аты|хабарсыз кеткен адам|ұсталған азамат|науқас|жоғалған адам|айыпталушы|қуғын-сүргін құрбаны",
    "last_name": "lname|l. name|patronyme|ф.|s. name",
    "first_name": "fname|f. name|name (given)|имя (рус.)|nomb|аты (жеке)",
    "second_name": "mname|m. name|other names (middle)|2nd name|middle name(s)",
    "patronymic": "father's full name|son/daughter of|s/o, d/o|s/d/w of|d/o|w/o|father/husband|father/husband name|father's/husband's name|фио отца|hijo de|baba ismi|الوالد",
    "mother_name": "mother's maiden name|mother's full name|et de|الوالدة|анасы|шешесі|шешесінің аты",
    "alias": "alternative name|alternate spelling|alternative spelling|alternative spellings|names used|прежние фио|曾用姓名|诨名|connu comme|يعرف ب|مشهور به|takma ad|"
    "يەنە بىر ئىسمى|بۇرۇنقى ئىسمى|اسم الشهرة|call-sign",
    "birth_date": "рік нар.|рік народження|b'day|when were they born|what is their date of birth|дата и место рождения|дата и место рожд.|год и место рождения|дата/место рождения|возраст/год рожд.|生于|何时出生|f/nac|"
    "date et lieu de naissance|date/lieu de naissance|التولد|تاريخ ومكان الولادة|تاريخ التولد|عام الولادة|محل وتاريخ الولادة|تاریخ ولادت|ت.ت|d.t.|d.tar.|d. tarihi|doğum yeri ve tarihi|"
    "تۇغۇلغان|تۇغۇلغان يىل ئاي كۈنى|tughulghan yil-ay|tughulghan yil|т.ж.|date and place of birth|birth date and place|date & place of birth|fecha y lugar de nacimiento|lugar y fecha de nacimiento",
    "death_date": "dod|d.o.d.|date deceased|date of passing|date of execution|execution date|dt of death|dt. of death|смерть|дата казни|执行死刑日期|遇难日期|何时死亡|"
    "fecha de ejecución|fecha de asesinato|exécuté le|date de la mort|date d'exécution|تاريخ الإعدام|تاريخ القتل|تاریخ اعدام|تاریخ کشته شدن|سال اعدام|öldürülme tarihi|idam tarihi|дата страти|атылған күні|"
    "when did they die|дата исполнения приговора|дата расстрела|дата_расстрела",
    "birth_place": "born at|from (village)|home village|native county|home county|original home|where were they born|м/р|м. р.|где родился|откуда родом|老家|生于何地|ciudad natal|ville natale|"
    "البلدة الأصلية|من أهالي|الأصل|المنطقة الأصلية|بلد المنشأ|اهل|محل صدور|d. yeri|d.yeri|nüfusa kayıtlı olduğu yer|nüfusa kayıtlı olduğu il|nüfusa kayıtlı olduğu il/ilçe|aslen|туып-өскен жері|шыққан жері|geburtsort u. kreis",
    "sex": "sex at birth|are they male or female|h/f|f/h|e/k|ئەر-ئايال|ئەر/ئايال|erkek/kadın|ж/м|пол (м/ж)",
    "nationality": "natl|natlty|nat'lity|nat'y|natl cd|гр-во|граждан-во|граж-во|гражд-во|país de origen|التابعية|جنسيته|гром-во|پۇقرالىقى|milliyeti|tabiiyet",
    "ethnicity": "caste/tribe|caste|tribe/caste|нац-ть|национальн|raza|raza/etnia|العشيرة|القبيلة|المكون|ırkı",
    "religion": "آیین|діни сенімі|вера",
    "education": "ed. level|edu|grado académico|grado de estudios|المؤهل|الدراسة|مدرک|سواد|mezuniyet|öğrenimi",
    "profession": "occ.|what did they do for work|what did they do|job before arrest|род деят.|род деятельности|кем работал|кем работает|сфера деятельности|务工情况|从业状况|travail|الشغل|مهنته|عمله|yaptığı iş|ким працював|ئىشى|айналысатын ісі|"
    "профессия место работы|профессия, место работы|a qué se dedicaba",
    "position": "office held|designation|الوظيفة الحالية|مەنسىپى|级别",
    "political": "ccp member|party member|政治面目|政治背景|militancia|партийность|партийн.",
    "employer": "school/university|место раб., долж.|место работы, должность|место работы, учёбы|dependencia|repartición|القطعة العسكرية|номер в/ч|мекемесі",
    "id_number": "ic|ic no|ic no.|ic number|national number|nic|nic no|nrc|nrc no|nrc no.|aadhaar|aadhaar no|cnic|cnic no|idnum|id num|idno|id doc no|"
    "пин|док-т|документ|удост.|cui|dpi|nuip|curp|tipo y nº de doc.|tipo y nro. de documento|tipo y número de documento|tipo y n° de documento|n° pièce|n° d'identification|رقم القيد المدني|رقم التعريف|رقم الإثبات|"
    "ش.ش|ش ش|ش.م|شماره تذکره|سالاھىيەت نومۇرى|سالاھىيەت نومۇر|salahiyet nomuri|унзр|інд. код|іден. код|kimlik",
    "passport": "pp no|pp no.|ppt|travel doc. no.|travel document no.|паспортные данные|пасп. данные|паспортні дані|passport series",
    "phone": "nok contact no|nok contact no.|nok phone|home phone|tel/mob|contact no|contact no.|phone (home)|رقم الاتصال|التلفون|شماره همراه|iletişim|irtibat|irtibat no|iletişim no|ئالاقە نومۇرى|alaqe nomuri|байланыс нөмірі|конт. тел.|контакты заявителя|контакти заявника",
    "email": "your email|your e-mail|почта|بريد إلكتروني|пошта|эл. почта",
    "address": "الإقامة|place of registration|resident of|where do they live|residing at|r/o|village/town|м/ж|м. ж.|местожительство|регистрация|家住何处|户籍地派出所|行政区划|详细地址|localidad|المحافظة|المنطقة|القضاء|الناحية|"
    "تۇرۇشلۇق جايى|تۇرار جايى|ئولتۇرغان جايى|تۇرالغۇسى|ئولتۇراق جايى|turushluq jayi|olturghan jayi|demeurant à|domicilié à|habitant à|last address|mahalle/köy",
    "notes": "background|extra info|medical|info|conduct|behaviour|behavior|иное|особые приметы|приметы|разное|характеристика|主要事实|现实表现|表现|个人简历|特征|体貌特征|简历|reseña|señas particulares|signalement|"
    "تفاصيل|وصف|العلامات المميزة|العلامات الفارقة|وضعیت جسمی|особливі прикмети|прикмети|قوشۇمچە|قوشۇمچە ئۇچۇر|qoshumche|басқа мәлімет|particulars|distinguishing marks|clothes|clothing|belongings|property|elementos secuestrados|propiedad|изъято|вещи",
    "registration": "detainee id|victim id|person id|pers id|inmate #|convict no|convict no.|convict number|admission no|admission no.|opd no|ipd no|hospital no|patient id|patient no|mrn|uid|unique id|individual id|"
    "register no|инв. №|жетон|личное дело|nro. interno|رقم النزيل|"
    "رقم الجثة|القيد|رقم القيد|hükümlü no|مەھبۇس نومۇرى|zug.-nr.|zugangs-nr.|haft-nr.|камера хранения №",
    "file_number": "causa nº|nº causa|n° de causa|n° pv|رقم الدعوى|شماره دادنامه|soruşturma no|protokol no|іс №|қылмыстық іс №|cr no|cr no.|fir no|fir no.|文书号|karar no",
    "age": "age when detained|age at time of death|how old|age at incident|сколько лет|возраст на момент|实岁|虚岁|عمره|how old were they",
    "relationship": "relation w/ detainee|relation with detainee|relation to applicant|rel. to patient|rel. to detainee|rel. to prisoner|relation to patient|how are you related|how related|кем доводится|кем приходится|степень родства|"
    "关系人类型|relación con la víctima|rapport|lien avec|علاقته بالمعتقل|نسبت با متهم|bağı|relation to victim|who are you to them|ким приходиться|ким доводиться",
    "detained_on": "قولغا ئېلىنغان ۋاقىت|تۇتقۇن قىلىنغان ۋاقىت|qolgha élin'ghan waqit|tutqun qilin'ghan waqit|拘提日期|拘提時間|время дост.|время доставления|дата доставления|date & time brought in|brought in|date brought in|arr dt|arr. date|arrest dt|date sent to camp|time of arrest|time of detention|when were they taken|when was he/she taken|when taken|doa|d.o.a.|date taken away|"
    "дата посадки|когда пропал|когда взят|когда взяли|何时收押|何时被抓|desaparecido el|arrestado el|cuándo fue detenido|sec. el|secuestrado el|entrée|date de mise sous écrou|متى اعتقل|سنة الاعتقال|بازداشت|c.evi giriş|"
    "потрапив у полон|коли зник|коли взято в полон|تۇتۇپ كېتىلگەن ۋاقتى|تۇتۇلغان يىلى|tutulghan yili|tutulghan yil|كىرگەن ۋاقتى|abgeholt am|verhaftet am|zugang am|eingeliefert",
    "released_on": "rel dt|rel date|rel. date|when released|when were they released|date let go|date of bail|bailed on|released/bailed|released / bailed|dt. released / bailed|edr|due for release|date of exchange|discharged/died|outtake date|"
    "выпущен|когда отпустили|когда отпущен|дата осв.|дата обмена|出学时间|放出时间|解教时间|出营时间|出来时间|关押截止时间|出中心时间|毕业日期|放人时间|libertad (fecha)|remis en liberté le|تاريخ ترك|تاريخ الترك|تاريخ الإخلاء|"
    "تاريخ انتهاء المحكومية|تاريخ انتهاء الحكم|تاريخ نهاية العقوبة|taburcu tarihi|коли відпущено|коли звільнено|чىقىدىغان ۋاقتى|چىقىدىغان ۋاقتى|abgang am|fin gav|earliest date of release|earliest release date|дата выхода на свободу",
    "facility": "currently held|fac nm|fac name|where are they now|where are they held|where are they held now|where detained|where is he held|imprisoned at|institution (prison)|lager|иу|местонахождение|место нахождения|"
    "нынешнее местонахождение|где отбывает|где отбывает наказание|изолятор|спецприемник|спецприёмник|где удерживается|находится|куда убыл|куда направлен|收教地点|现在何处|关押何处|关在哪里|学习地点|送教地点|关押于|关在何处|"
    "lugar de cautiverio|alojado en|lugar de alojamiento|sitio de reclusión|où détenu|détenu où|مكان الحجز|مقر الاحتجاز|المعسكر|المؤسسة السجنية|محل فعلی|ceza infaz kurumu|nezarethane|bulunduğu yer|"
    "місцезнаходження|заклад|місце відбування покарання|де тримають|تۇرۇۋاتقان جايى|تۈرمىسى|ھازىر تۇرۇۋاتقان جاي|turuwatqan jayi|لاگېر ياكى تۈرمە|lagér yaki türme|referred to|haftort",
    "held_place": "arr plc|arrest plc|where were they taken from|where taken|where was he taken|откуда взяли|откуда забрали|где пропал|где взят|visto por última vez en|último lugar visto|dónde fue detenido|arrêté à|vu pour la dernière fois à|"
    "مكان التوقيف|محل ربوده شدن|місце взяття в полон|де взято в полон|where seen last|ort der verhaftung|verhaftungsort",
    "reason": "what reason was given|why were they taken|allegation|arrested for|за что|по какой причине|因何收押|何因被抓|为什么被抓|因何事收押|收押依据|涉嫌问题|问题类型|因何|因何事|pourquoi|أسباب الاعتقال|لماذا|دواعي التوقيف|"
    "تۇتقۇن قىلىنىش سەۋەبى|نېمە ئۈچۈن تۇتۇلغان|haftgrund",
    "held_status": "what happened|what happened to them|alive/dead|how disposed|how disposed of|disposal|action taken|мера пресечения|принятое решение|принятые меры|решение|目前处境|办案阶段|打处情况|强制措施|处理情形|paradero|resultado|"
    "suite donnée|position pénale|devenir|وضعه|القرار|الإجراء المتخذ|وضعیت پرونده|وضعیت حقوقی|sonuç|yapılan işlem|запобіжний захід|verbleib|entscheid",
    "authority": "who arrested|by whom arrested|who took them|by whom|arresting station|за кем числится|числится за|кем взят|кем арестован|收押单位|处罚机关|抓捕机关|agentes|unidad aprehensora|aprehendido por|cuerpo de seguridad|enlevé par|"
    "الجهة الخاطفة|الجهة الموقفة|الجهة التي اعتقلته|الجهة الآسرة|الجهة القائمة بالاعتقال|الجهة|ارگان|دستگیر شده توسط|ilgili birim|хто утримує|تۇتقان ئورگان|قولغا ئالغان ئورگان|verhaftet durch|festgenommen durch",
    "building": "этаж|floor|hut|bunk|ward/barrack|床位|cuadra|quartier de détention|étage|القاعة|班级|سىنىپ",
    "cell": "cell|ward|бокс|палата",
    "term": "këselgen yil|kesilgen yil|лет|пр-р|срок л/с|判几年|判刑情况|主刑|余刑|处罚种类|monto de la pena|condenado a|condamné à|hüküm|sentence awarded|awarded|років ув'язнення|كېسىلگەن جازا|جازاسى|këselgen jaza|jaza muddit",
    "sentence_date": "when sentenced|dt of conviction|дата судимости|تاريخ القرار|تاریخ دادگاه|تاریخ رای|ilam tarihi|ھۆكۈم ۋاقتى|date de l'arrêt",
    "court": "judge|осуждающий орган|осудивший орган|чей приговор|каким судом|кем осуждён|órgano judicial|juez|juez interviniente|مرجع قضایی|مرجع صادر کننده|судья",
    "charge": "chrg|chrg txt|offence u/s|convicted u/s|conviction|crime convicted of|indictment|sec. of law|sections of law|по какой статье|по каким статьям|инкриминируется|犯何罪|罪种|falta|contravención|qualification|القضية|نوع القضية|المخالفة|"
    "المواد القانونية|التهمة المنسوبة|iddia|isnat edilen suç|підозра|інкриміновано|ئەيىبلىنىشى|гуناھى|گۇناھى|cargos",
    "article": "u/s|under section|under sections|section|适用法律|ст.ст.|ст.ст. ук|ст.ст. ук рф",
    "death_cause": "how died|how did they die|circumstances of death|dx|diagnosis|от чего умер|обстоятельства смерти|обстоятельства гибели|死亡原由|forma de muerte|circunstancias de la muerte|tipo de muerte|أسباب الوفاة|طريقة الوفاة|نحوه مرگ|ölüm şekli|обставини смерті|обставини загибелі",
    "serial": "sl|ser.|nn|t/n|ت/ن|№№ п/п|п/п|srl no|line no|list no|№ по списку|nro. orden|الرقم المتسلسل|رقم متسلسل|رەت تەرتىپى|поз.|号次|编码|تسلسل|مسلسل|номер по порядку|рет саны|қатар нөмірі|n° orden",
    "photo": "免冠照|face photo",
    "household": "户口本号|№ хозяйства",
    "marital": "женат/замужем|e. civil|الحالة الزوجية|تأهل|متأهل/مجرد|родинний стан|تۇرمۇش ئەھۋالى|نىكاھ ھالىتى|toy ehwali|turmush ehwali",
    "quantity": "dependants|dependents|fine amount|иждивенцев|штраф|сумма штрафа|罚金|fianza|nb d'enfants|المبلغ|الكفالة|сума|штраф (руб.)",
    "measure": "ht|wt|ht.|wt.|shoe size|размер обуви|鞋码|血型|blood group|blood type|группа крови",
    "person_country": "country of residence",
    "event_date": "timestamp|submitted at|submission date|отметка времени|дата заполнения|fecha de registro|填表时间|填报日期",
    "testimony": "relato",
    "witness": "заявитель|заявник|denunciante|plaignant|déclarant|كىم مەلۇم قىلغان",
    "any_notes": "разное|иное|інше",
    "any_address": "endereço completo",
}

ROLE_WORDS: dict[str, str] = {
    "spouse": "wife's|husband's|супруги|супруга|жены|мужа|cónyuge|pareja|compañera|compañero|дружина|дружина/чоловік|eşi|eşinin|eşinin adı|زوجته|همسر|جۆرىسى|ئايالىنىڭ|ayalining|әйелінің|жұбайының",
    "child": "child's|children's|детей|ребёнка|сына|дочери|баланың|بالىلىرى|بالىلىرىنىڭ|پەرزەنتلىرى|baliliri",
    "relative": "nok|next-of-kin|relative's|kinsman|родственника|родственник|близкий родственник|родича|родич|член сім'ї|родичі|يېقىنى|ئۇرۇق-تۇغقانلىرى|кровный родственник|"
    "familiares|familiar|famille|membre de la famille|ailesi|yakını|yakınının|angehörige|angehörige/r|angehörigen|nächste angehörige|ذوي المعتقل|ذوي المفقود|أحد ذويه|туысының|туысы|туыстары|"
    "applicant|заявителя|заявник|заявителем|кто ищет|кто разыскивает|مقدم الطلب|مقدم البلاغ|صاحب الطلب|başvuran|арыз беруші|арыз берушінің|өтініш беруші|өтініш берушінің|solicitante|plaignant|requérant|申请人|申報人|报案人",
    "contact": "person to contact|contact person's|personne à prévenir|persona de contacto|контактної особи|контактного лица|شخص للتواصل|ئالاقە قىلغۇچى",
    "officer": "officer's|следователя|дознаватель|дознавателя|оперативник|оперуполномоченный|участковый|инспектора|слідчий|слідчого|oic|i.o.|instructor|opj|ضابط التحقيق|المحقق|بازجو|بازپرس|مامور|memur|görevli memur|infaz memuru|komiser|"
    "责任人|帮扶责任人|管控责任人|包保责任人|包户干部|帮扶干部|驻村干部|责任领导|审讯人|承办员警|承办人|班主任|مەسئۇل ساقچى|ساقچى|مەسئۇل خادىم|тергеуші",
    "lawyer": "lawyer|attorney|counsel|advocate|defense lawyer|defence lawyer|defense counsel|defence counsel|legal counsel|legal representative|адвокат|адвоката|защитник|защитника|адвокат (защитник)|захисник|захисника|abogado|abogada|defensor|defensora|"
    "abogado defensor|avocat|avocate|avocat de la défense|conseil|défenseur|anwalt|rechtsanwalt|verteidiger|advogado|advogada|المحامي|المحامي الموكل|محامي الدفاع|الوكيل القانوني|وکیل|وکیل مدافع|avukat|avukatı|müdafi|müdafii|vekili|律师|辩护人|辩护律师|"
    "ئادۋوكات|адвокаты|қорғаушысы|advokat|avvocato",
    "judge": "prosecutor|прокурор|прокурора|fiscal|procureur|juge d'instruction|القاضي|قاضي التحقيق|قاضی|savcı|hakim|суддя|سوتچى|检察官|法官|主审法官|staatsanwalt|richter",
    "doctor": "doctor|physician|attending physician|attending doctor|врач|врача|лечащий врач|лікар|médico|médico tratante|médecin|médecin traitant|الطبيب|الطبيب المعالج|پزشک|doktor|hekim|医生|主治医生|经治医师|arzt",
    "perpetrator": "perpetrator|perpetrators|alleged perpetrator|perpetrador|auteur présumé|мучитель|الجاني",
    "guardian": "legal guardian|законный представитель|законного представителя|законний представник",
    "head": "householder's|глава хозяйства|ئائىلە باشلىقى",
}
