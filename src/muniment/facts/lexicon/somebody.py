"""Words for people who stand in such a row beside the one whom it is about, by what they are.

- A column of theirs that is taken for the person's own makes a victim of an informant. So each role
  has its words here in every language of the lexicon, in the forms that headers bend them to.
"""

WORDS: dict[str, str] = {}

ROLE_WORDS: dict[str, str] = {
    "informant": "informant|informants|informant's|informer|informer's|complainant|complainant's|reporter|reported by|whistleblower|tipster|witness|witnesses|witness's|eyewitness|"
    "informante|informador|informadora|denunciante|denunciantes|testigo|testigos|delator|informateur|indicateur|dénonciateur|témoin|témoins|témoin(s)|déclarant|"
    "informantin|zuträger|anzeiger|anzeigender|anzeigenden|anzeigeerstatter|zeuge|zeugen|zeugin|hinweisgeber|hinweisgebers|informanten|testemunha|testemunhas|delatora|informatore|testimone|"
    "举报人|举报者|检举人|检举者|控告人|告发人|揭发人|线人|耳目|信息员|知情人|证人|目击者|目击人|提供人|信息提供人|反映人|举报人员|見證人|"
    "информатор|информатора|осведомитель|осведомителя|доноситель|доносителя|доносчик|доносчика|заявитель|свидетель|свидетеля|свидетели|свидетелей|очевидец|очевидца|сообщивший|сообщившего|"
    "інформатор|інформатора|донощик|донощика|свідок|свідка|свідки|очевидець|"
    "muhbir|muhbirin|ihbarcı|ihbarcının|ihbar eden|ihbar edenin|şikayetçi|şikayetçinin|tanık|tanığın|şahit|şahidin|itirafçı|"
    "گۇۋاھچى|گۇۋاھچىنىڭ|پاش قىلغۇچى|پاش قىلغۇچىنىڭ|مەلۇم قىلغۇچى|مەلۇم قىلغۇچىنىڭ|ئاخباراتچى|guwahchi|pash qilghuchi|melum qilghuchi|"
    "куәгер|куәгердің|куә|куәнің|хабарлаушы|хабарлаушының|айғақшы|ақпарат беруші|guvoh|guvohning|xabarchi|xabarchining|chaquvchi|гувоҳ|хабарчи|күбө|"
    "المخبر|مخبر|الشاهد|شاهد|الشهود|الواشي|المشتكي|مقدم الشكوى|گزارشگر|گزارش‌دهنده|گزارش دهنده|خبرچین|شاکی|شهود|اطلاع‌دهنده|"
    "신고자|신고인|제보자|증인|목격자|고발인|정보원|သက်သေ|သတင်းပေးသူ|သတင်းပေး|တိုင်ကြားသူ|pelapor|saksi|informan|nhân chứng|người tố cáo|người báo tin|người làm chứng|"
    "मुखबिर|गवाह|शिकायतकर्ता|सूचनादाता|گواہ|شکایت کنندہ|اطلاع دہندہ|ጠቋሚ|ምስክር|መስካሪ|መረጃ ሰጪ|ምስክርቲ|"
    "svjedok|svedok|svjedoka|svedoka|prijavitelj|prijavitelja|dojavljivač|doušnik|сведок|сведока|пријавилац|доушник|świadek|świadka|informatora|donosiciel|zgłaszający|zgłaszającego|şahid|agahdar|شایەت",
    "officer": "policeman|police officer|guard's|investigator's|interrogator's|warden's|agente de policía|policía|policier|gendarme|polizist|polizeibeamter|ermittler|ermittlers|policial|poliziotto|"
    "民警|警官|警员|办案民警|看守员|干警|审讯员|侦查员|办案警员|监管民警|狱警|"
    "следователь|следователя|следователем|надзирателя|охранника|начальника|коменданта|сотрудника|дежурного|конвоира|оперативника|слідчого|наглядача|охоронець|охоронця|polis|polisin|polis memuru|gardiyanın|sorgucu|"
    "тергеушінің|күзетші|күзетшінің|полиция қызметкері|tergovchining|qo'riqchi|нозир|ساقچىنىڭ|گۇندىپاي|الحارس|السجان|الشرطي|المحقق|ضابط|رئيس السجن|زندانبان|پاسبان|مأمور|"
    "경찰관|담당자|담당 경찰관|수사관|간수|교도관|보위원|ရဲအရာရှိ|ရဲ|စစ်ဆေးသူ|petugas|polisi|penyidik|sipir|cán bộ|cán bộ điều tra|điều tra viên|công an|quản giáo|"
    "अधिकारी|पुलिस अधिकारी|जाँच अधिकारी|افسر|تفتیشی افسر|پولیس افسر|መርማሪ|ፖሊስ|ጠባቂ|መርማሪ ፖሊስ|stražar|stražara|istražitelj|istražitelja|policajac|стражар|истражитељ|strażnik|strażnika|śledczy|śledczego|funkcjonariusz|funkcjonariusza|efser|ئەفسەر",
    "doctor": "prison doctor|prison physician|camp doctor|médico de la prisión|médico del penal|médecin de la prison|gefängnisarzt|anstaltsarzt|médico da prisão|medico del carcere|"
    "监狱医生|看守所医生|тюремный врач|врач тюрьмы|врач сизо|врач колонии|тюремний лікар|cezaevi doktoru|cezaevi hekimi|hapishane doktoru|طبيب السجن|پزشک زندان|lekarz więzienny|"
    "physician's|médico forense|médica|doutor|médico legista|facharzt|amtsarzt|amtsarztes|arztes|medico|ärztin|docteur|médecin légiste|"
    "医师|医生|法医|狱医|врача|лікаря|медик|фельдшер|doktorun|hekimin|tabip|دوختۇر|دوختۇرنىڭ|doxtur|дәрігер|дәрігердің|shifokor|vrach|шифокор|дарыгер|طبيب|دکتر|"
    "의사|담당 의사|ဆရာဝန်|dokter|bác sĩ|डॉक्टर|चिकित्सक|ڈاکٹر|ሐኪም|ሃኪም|ዶክተር|ljekar|lekar|liječnik|ljekara|лекар|lekarz|lekarza|pizîşk|پزیشک",
    "head": "household head|household head's",
    "judge": "prosecutor's|magistrate|judge's|jueza|juez instructor|juge|magistrat|juízes|juiz|juíza|promotor|giudice|richters|staatsanwalts|ermittlungsrichter|"
    "审判长|审判员|检察员|公诉人|судьи|судья|следственный судья|прокурором|судді|прокурора|hakimin|yargıç|savcının|سوتچىنىڭ|تەپتىش|sotchi|судья|судьяның|прокурордың|sudya|sudyaning|prokuror|القاضي|المدعي العام|النائب العام|قاضي|دادستان|"
    "판사|검사|တရားသူကြီး|hakim|jaksa|thẩm phán|kiểm sát viên|न्यायाधीश|जज|جج|ዳኛ|ዓቃቤ ሕግ|sudija|sudije|sudac|tužilac|судија|тужилац|sędzia|sędziego|prokurator|prokuratora|dadger|دادوەر",
    "lawyer": "lawyer's|attorney's|counsel's|solicitor|abogado/a|letrado|advokats|rechtsanwalts|anwalts|anwältin|avocats|"
    "律师|辩护律师|代理律师|адвоката|защитника|avukatının|avukatın|ئادۋوكاتنىڭ|адвокаттың|advokatning|адвокат|المحامية|محامي|وكيل الدفاع|وكيل|وکلا|"
    "변호인|변호사|ရှေ့နေ|penasihat hukum|luật sư|वकील|وکیل|ጠበቃ|branioca|advokata|браниоца|бранилац|адвоката|obrońcy|adwokat|adwokata",
    "relative": "relative's|relatives'|family member's|next of kin's|pariente|parientes|familiar|familiares|proches|proche parent|verwandte|verwandten|verwandter|angehörigen|parentes|"
    "родственника|родственников|родственницы|родича|родичів|yakınının|akrabasının|تۇغقىنىنىڭ|туысының|qarindoshining|الأقارب|ذوي|أقارب|خویشاوندان|"
    "가족|친척|보호자|ဆွေမျိုး|မိသားစုဝင်|keluarga|kerabat|người nhà|thân nhân|người thân|रिश्तेदार|परिजन|رشتہ دار|ቤተሰብ|ዘመድ|srodnika|rođak|rođaka|сродник|сродника|krewnego|krewni|xizm|خزم",
    "visitor": "visitor's|visitante|visiteurs|besuchers|посетителя|відвідувача|келушінің|tashrifchi|الزائر|زائر|ملاقاتی|면회자|면회인|ဧည့်သည်|pengunjung|người thăm|người thăm nuôi|मुलाकाती|ملاقاتی|ጎብኚ|posjetilac|posetilac|posetioca|посетилац|odwiedzający|odwiedzającego",
    "spouse": "wife|husband|wife's|husband's|супруги|супруга|жены|мужа|дружини|чоловіка|배우자|아내|남편|ဇနီး|ခင်ပွန်း|vợ|chồng|vợ/chồng|पत्नी|पति|بیوی|شوہر|ሚስት|ባል|supruge|supruga|супруге|żony|męża|małżonka|الزوجة|همسرش|hevjîn|هاوسەر",
    "mother": "mother's|어머니|모친|မိခင်|ibu|mẹ|माता|माँ|والدہ|እናት|majke|мајке|matki|dayik|دایک",
    "father": "father's|아버지|부친|ဖခင်|ayah|cha|पिता|والد|አባት|oca|оца|ojca|bav|باوک",
}
