"""Words of headers in Uyghur (Arabic and Latin), Kazakh, Uzbek, Kyrgyz and Turkish."""

WORDS: dict[str, str] = {
    "name": "ئىسمى|ئىسىم|ئىسىم فامىلىسى|ئىسىم-فامىلىسى|تولۇق ئىسمى|ئىسىم فامىلە|تۇتقۇن|تۇتقۇننىڭ ئىسمى|مەھبۇس|ئادەم ئىسمى|ئىسمى فامىلىسى|"
    "ismi|isim|isim famile|isim-familisi|toluq ismi|isim familisi|tutqun|tutqun ismi|tutqunning ismi|mehbus|ismi-familisi|ismi familisi|"
    "аты-жөні|аты жөні|тегі аты|аты-тегі|т.а.ә.|толық аты-жөні|ұсталған адам|тұтқын|аты|аты, тегі|тегі, аты, әкесінің аты|қамауға алынған адам|сотталушы|тұлға|"
    "ism|ism familiya|familiya ism|f.i.sh.|f.i.o.|fish|to'liq ism|to‘liq ism|to‘liq ismi|ismi-sharifi|ism-familiya|mahbus|hibsga olingan shaxs|исми|фамилия исм шариф|ism sharifi|familiyasi, ismi|mahkum|shaxs|исм|"
    "adı soyadı|ad soyad|ad-soyad|isim soyisim|adı|isim|tutuklu|tutuklunun adı|mahkum|mahkumun adı|tam adı|hükümlü|gözaltına alınan|kişi|kişinin adı|adı ve soyadı|ad ve soyad|tutuklu adı|mağdur|isim-soyisim|ismi|"
    "аты-жөнү|толук аты|камакка алынган|кармалган адам",
    "last_name": "فامىلىسى|فامىلە|familisi|familiyisi|famile|тегі|фамилиясы|familiya|familiyasi|фамилияси|soyadı|soyad|soyisim|soyismi|фамилия|тек",
    "first_name": "öz ismi|өз аты|есімі|esimi|ismi (shaxsiy)|ön adı|öz adı|ön ad|ilk ad|adı (ilk)",
    "patronymic": "دادىسىنىڭ ئىسمى|ئاتىسىنىڭ ئىسمى|دادا ئىسمى|dadisining ismi|atisining ismi|dada ismi|әкесінің аты|әкесі|otasining ismi|otasi|отасининг исми|sharifi|baba adı|babasının adı|atasının adı|атасынын аты|әке аты|dadisi|دادىسى|babası",
    "mother_name": "ئانىسىنىڭ ئىسمى|ئانا ئىسمى|anisining ismi|ana ismi|анасының аты|onasining ismi|онасининг исми|ana adı|anne adı|annesinin adı|энесинин аты|anisi|ئانىسى|annesi",
    "alias": "لەقىمى|باشقا ئىسمى|تەخەللۇسى|leqimi|bashqa ismi|texellusi|лақап аты|бүркеншік аты|басқа аты|laqabi|boshqa ismi|taxallusi|takma adı|lakabı|diğer adı|lakap|kod adı|diğer adları|kızlık soyadı|önceki soyadı|лакап аты",
    "birth_date": "تۇغۇلغان ۋاقتى|تۇغۇلغان چېسلا|تۇغۇلغان ۋاقىت|تۇغۇلغان يىلى|تۇغۇلغان كۈنى|تۇغۇلغان چېسلاسى|تۇغۇلغان يىل|tughulghan waqti|tughulghan chésla|tughulghan yili|tughulghan kuni|tughulghan küni|tughulghan waqit|tughulghan chéslasi|"
    "туған күні|туған жылы|туылған күні|туған күні, айы, жылы|туған уақыты|туылған жылы|tug'ilgan sana|tug‘ilgan sana|tug‘ilgan sanasi|tug'ilgan yili|tug‘ilgan yili|tug'ilgan kuni|tug‘ilgan kuni|туғилган санаси|туғилган йили|туғилган куни|tugilgan sana|"
    "doğum tarihi|doğum yılı|doğum günü|d. tarihi|d.tarihi|doğumu|doğum|туулган күнү|туулган жылы",
    "death_date": "ئۆلگەن ۋاقتى|ۋاپات بولغان ۋاقتى|قازا قىلغان ۋاقتى|ölgen waqti|wapat bolghan waqti|қайтыс болған күні|өлген күні|o'lgan sanasi|vafot etgan sanasi|vafot sanasi|vafot etgan sana|вафот санаси|ölüm tarihi|vefat tarihi|ölüm yılı|каза болгон күнү",
    "birth_place": "تۇغۇلغان يېرى|تۇغۇلغان جايى|يۇرتى|ئەسلى يۇرتى|tughulghan yéri|tughulghan yeri|tughulghan jayi|yurti|esli yurti|туған жері|туылған жері|tug'ilgan joyi|tug‘ilgan joyi|tug‘ilgan joy|туғилган жойи|doğum yeri|doğduğu yer|memleketi|doğum yeri (il/ilçe)|туулган жери",
    "sex": "جىنسى|جىنس|jinsi|jins|жынысы|жыныс|жинси|жинс|cinsiyet|cinsiyeti",
    "nationality": "دۆلەت تەۋەلىكى|گراژدانلىقى|dölet teweliki|grazhdanliqi|азаматтығы|азаматтық|fuqaroligi|fuqarolik|фуқаролиги|uyruğu|uyruk|vatandaşlığı|tabiiyeti|vatandaşlık|tabiiyet|жарандыгы",
    "ethnicity": "مىللىتى|مىللەت|milliti|millet|ұлты|ұлт|millati|millat|миллати|этникалық тегі|etnik kökeni|etnik köken|etnik grup|milliyeti|улуту|etnik kimliği",
    "religion": "دىنى ئېتىقادى|دىنى|ئېتىقادى|dini étiqadi|dini|étiqadi|діні|дінге сенуі|dini (e'tiqodi)|diniy e'tiqodi|дини|dini inancı|inancı|din|mezhebi|дини ишеними",
    "education": "مەدەنىيەت سەۋىيەسى|ئوقۇش تارىخى|مائارىپ سەۋىيەسى|مەلۇماتى|medeniyet sewiyesi|oqush tarixi|melumati|білімі|білім деңгейі|ma'lumoti|ma’lumoti|ma‘lumoti|маълумоти|eğitim durumu|eğitimi|öğrenim durumu|tahsili|eğitim|билими",
    "profession": "كەسپى|خىزمىتى|كەسىپ|kespi|xizmiti|kesip|мамандығы|кәсібі|жұмысы|kasbi|касби|ishi|mesleği|meslek|işi|uğraşı|кесиби|kasb",
    "position": "ۋەزىپىسى|ۋەزىپە|ئورنى|wezipisi|wezipe|лауазымы|қызметі|lavozimi|лавозими|görevi|pozisyonu|makamı|görev|кызматы|lavozim",
    "title": "ئۇنۋانى|ئۇنۋان|unwani|unwan|атағы|әскери атағы|unvoni|унвони|unvanı|rütbesi|unvan|rütbe|наамы|darajasi",
    "political": "سىياسىي سالاھىيىتى|پارتىيەلىك|siyasiy salahiyiti|partiyelik|партиялылығы|партиясы|partiyaviyligi|partiyasi|siyasi görüşü|partisi|siyasi parti|parti üyeliği|партиялуулугу",
    "employer": "خىزمەت ئورنى|ئىش ئورنى|ئورۇن|xizmet orni|ish orni|жұмыс орны|қызмет орны|ish joyi|иш жойи|işyeri|çalıştığı yer|çalıştığı kurum|işvereni|iş yeri|иш орду|ishxonasi|қызмет еткен жері",
    "id_number": "كىملىك نومۇرى|كىملىك نومۇر|كىملىكى|كىملىك كارتا نومۇرى|كىملىك|كىملىك رەقىمى|سالاھىيەت گۇۋاھنامىسى|گۇۋاھنامە نومۇرى|kimlik nomuri|kimliki|kimlik|kimlik kartisi|guwahname nomuri|kimlik raqimi|"
    "жсн|жеке сәйкестендіру нөмірі|жеке куәлік|жеке куәлік нөмірі|куәлік нөмірі|жеке нөмірі|құжат нөмірі|jshshir|shaxsiy raqami|pasport raqami va jshshir|guvohnoma raqami|shaxsiy guvohnoma|жшшир|шахсий рақами|id raqami|"
    "tc kimlik no|t.c. kimlik no|kimlik numarası|kimlik no|tckn|nüfus cüzdanı no|tc no|t.c. kimlik numarası|vatandaşlık numarası|kimlik|id номери|жеке номери",
    "passport": "پاسپورت|پاسپورت نومۇرى|pasport|pasport nomuri|төлқұжат|төлқұжат нөмірі|паспорт нөмірі|pasport raqami|pasport seriyasi|паспорт рақами|pasaport|pasaport no|pasaport numarası|паспорт номери",
    "phone": "تېلېفون|تېلېفون نومۇرى|يانفون|ئالاقىلىشىش نومۇرى|téléfon|téléfon nomuri|telefon nomuri|yanfon|телефоны|телефон нөмірі|байланыс телефоны|ұялы телефон|telefon raqami|telefoni|телефон рақами|aloqa telefoni|telefon numarası|telefon no|cep telefonu|gsm|tel no|телефон номери",
    "email": "ئېلخەت|élxet|ئېلېكترونلۇق خەت|электрондық пошта|elektron pochta|elektron manzil|e-posta|eposta|e-posta adresi|электрондук почта",
    "address": "ئادرېسى|تۇرغان يېرى|نوپۇس ئورنى|ئائىلە ئادرېسى|تۇرالغۇ جايى|تۇرۇشلۇق ئورنى|نوپۇسى|نوپۇس تۇرۇشلۇق ئورنى|يېزىسى|يېزا|مەھەللىسى|كەنت|كەنتى|ناھىيە|adrési|adrisi|turghan yéri|nopus orni|a'ile adrési|turalghu jayi|nopusi|yézisi|yéza|kent|nahiye|turushluq orni|turar jayi|"
    "мекенжайы|тұрғылықты жері|тұратын жері|тіркелген мекенжайы|ауылы|мекен-жайы|тұрғылықты мекенжайы|ауыл|аудан|тіркелген жері|үй мекенжайы|yashash joyi|yashash manzili|manzili|turar joyi|ro'yxatdan o'tgan joyi|яшаш жойи|манзили|uy manzili|qishlog'i|yashash manzil|"
    "ikametgah|ikametgahı|ev adresi|oturduğu yer|yaşadığı yer|ikamet adresi|köyü|ilçesi|mahallesi|kayıtlı olduğu yer|köy|ilçe|ikamet yeri|жашаган жери|дареги",
    "person_status": "تۈرى|دەرىجىسى|تۈرگە ئايرىش|türi|derijisi|санаты|санат|тобы|toifasi|тоифаси|kategorisi|kategori|sınıfı|категориясы|risk düzeyi",
    "registration": "نومۇرى|دېلو نومۇرى|ئارخىپ نومۇرى|تىزىملاش نومۇرى|délo nomuri|arxip nomuri|tizimlash nomuri|іс нөмірі|тіркеу нөмірі|мұрағат нөмірі|ish raqami|ro'yxat raqami|ro‘yxat raqami|иш рақами|рўйхат рақами|dosya no|dosya numarası|sicil no|kayıt no|esas no|sicil numarası|kayıt numarası|mahkum no|иш номери|каттоо номери|qayd raqami|jinoyat ishi raqami",
    "age": "يېشى|ياش|yéshi|yeshi|yash|жасы|жас|yoshi|yosh|ёши|yaşı|yaş|жашы",
    "relationship": "مۇناسىۋىتى|تۇغقانچىلىقى|تۇغقانچىلىق مۇناسىۋىتى|ئائىلە باشلىقى بىلەن مۇناسىۋىتى|munasiwiti|tughqanchiliqi|tughqanchiliq munasiwiti|туыстығы|туыстық қатынасы|кім болып келеді|туыстық дәрежесі|qarindoshligi|qarindoshlik darajasi|kimligi|қариндошлиги|yakınlığı|yakınlık derecesi|akrabalığı|akrabalık|yakınlık|akrabalık derecesi|тууганчылыгы|munosabati|отбасы басшысына қатынасы",
    "detained_on": "تۇتۇلغان ۋاقتى|تۇتۇلغان چېسلا|تۇتۇلغان ۋاقىت|قولغا ئېلىنغان ۋاقتى|قولغا ئېلىنغان چېسلا|يىغىۋېلىنغان ۋاقتى|قامالغان ۋاقتى|ئېلىپ كېتىلگەن ۋاقتى|سولانغان ۋاقتى|كىرگەن ۋاقتى|تۇتۇلغان چېسلاسى|تۇتۇلغان كۈنى|تۇتقۇن قىلىنغان ۋاقتى|"
    "tutulghan waqti|tutulghan chésla|qolgha élin'ghan waqti|qolgha élinghan waqti|yighiwélin'ghan waqti|qamalghan waqti|élip kétilgen waqti|solan'ghan waqti|solanghan waqti|tutulghan küni|kirgen waqti|tutulghan waqit|tutqun qilin'ghan waqti|tutulghan chéslasi|"
    "ұсталған күні|қамауға алынған күні|тұтқындалған күні|қамалған күні|ұсталған уақыты|тұтқынға алынған күні|қамауға алынған уақыты|ұстау күні|түскен күні|hibsga olingan sana|hibsga olingan sanasi|ushlangan sana|ushlangan sanasi|qamalgan sanasi|qamoqqa olingan sana|ҳибсга олинган сана|ушланган сана|қамоққа олинган санаси|qamoqqa olingan sanasi|"
    "gözaltı tarihi|tutuklanma tarihi|gözaltına alınma tarihi|tutuklandığı tarih|yakalanma tarihi|giriş tarihi|tutukluluk tarihi|gözaltına alındığı tarih|tutuklama tarihi|cezaevine giriş tarihi|kaybolma tarihi|yakalandığı tarih|alıkonulma tarihi|камакка алынган күнү|кармалган күнү",
    "released_on": "قويۇۋېتىلگەن ۋاقتى|قويۇپ بېرىلگەن ۋاقتى|چىققان ۋاقتى|بوشىتىلغان ۋاقتى|قويۇپ بېرىلگەن چېسلا|qoyuwétilgen waqti|qoyup bérilgen waqti|chiqqan waqti|boshitilghan waqti|босатылған күні|шыққан күні|босатылған уақыты|ozod qilingan sana|ozod etilgan sanasi|chiqqan sanasi|озод қилинган сана|ozod qilingan sanasi|tahliye tarihi|serbest bırakılma tarihi|çıkış tarihi|salıverilme tarihi|bırakıldığı tarih|tahliye|бошотулган күнү",
    "facility": "تۇتۇپ تۇرۇلغان ئورۇن|لاگېر|تۈرمە|قامالغان جاي|تۇتۇپ تۇرۇش ئورنى|سولانغان ئورۇن|سولانغان جايى|قامالغان ئورۇن|تەربىيەلەش مەركىزى|تۇتۇپ تۇرۇلغان جاي|قامالغان يېرى|يىغىۋېلىنغان ئورۇن|تۇتۇپ تۇرۇلۇۋاتقان ئورۇن|تۇتقۇن قىلىنغان ئورۇن|"
    "tutup turulghan orun|lagér|lager|türme|qamalghan jay|qamalghan orun|solan'ghan jayi|tutup turush orni|terbiyelesh merkizi|qamalghan yéri|yighiwélin'ghan orun|solanghan orun|tutup turulghan jay|"
    "ұсталып отырған жері|түрме|лагерь|мекеме|қамалған жері|ұстау орны|ұсталған орны|қамау орны|отырған жері|қамауда ұсталатын жер|абақты|колония|тергеу изоляторы|түзеу мекемесі|мекемесі|saqlanayotgan joyi|qamoqxona|turma|muassasa|saqlash joyi|сақланаётган жойи|қамоқхона|qamoq joyi|hibsxona|saqlanayotgan joy|jazoni o'tash joyi|jazoni ijro etish muassasasi|"
    "tutulduğu yer|cezaevi|hapishane|kamp|tutulduğu kurum|gözaltı merkezi|gözaltı yeri|tutukevi|bulunduğu cezaevi|kurum|kaldığı cezaevi|kampın adı|cezaevi adı|tutulduğu tesis|tesis|камалган жери|түрмө|eğitim merkezi|toplama kampı",
    "held_place": "تۇتۇلغان يېرى|تۇتۇلغان جايى|قولغا ئېلىنغان يېرى|tutulghan yéri|tutulghan jayi|qolgha élin'ghan yéri|ұсталған жері|тұтқындалған жері|қамауға алынған жері|ushlangan joyi|hibsga olingan joyi|ушланган жойи|yakalandığı yer|gözaltına alındığı yer|tutuklandığı yer|tutuklanma yeri|кармалган жери|hibsga olingan joy",
    "reason": "سەۋەبى|تۇتۇلۇش سەۋەبى|قولغا ئېلىنىش سەۋەبى|قامالغان سەۋەبى|تۇتۇلغان سەۋەبى|سەۋەب|يىغىۋېلىنىش سەۋەبى|sewebi|tutulush sewebi|qolgha élinish sewebi|qamalghan sewebi|tutulghan sewebi|seweb|"
    "себебі|ұсталу себебі|қамау себебі|негізі|қамалу себебі|ұстау себебі|неге ұсталды|тұтқындау себебі|sababi|hibsga olish sababi|sabab|сабаби|asosi|ҳибсга олиш сабаби|qamash sababi|hibs sababi|nedeni|gerekçe|gözaltı nedeni|tutuklanma nedeni|sebebi|tutuklama gerekçesi|gerekçesi|gözaltı gerekçesi|neden|sebep|себеби",
    "held_status": "ئەھۋالى|ھازىرقى ئەھۋالى|ھالىتى|نۆۋەتتىكى ئەھۋالى|ehwali|hazirqi ehwali|haliti|нынешний ехвал|жағдайы|қазіргі жағдайы|мәртебесі|қазіргі күйі|күйі|holati|hozirgi holati|ҳолати|ahvoli|holat|durumu|şu anki durumu|son durumu|tutukluluk durumu|durum|mevcut durumu|hukuki durumu|абалы|акыбети|akıbeti",
    "authority": "تۇتقان ئورۇن|مەسئۇل ئورۇن|ساقچىخانا|دېلو بېجىرگۈچى ئورۇن|قولغا ئالغان ئورۇن|tutqan orun|mes'ul orun|saqchixana|délo béjirgüchi orun|qolgha alghan orun|ұстаған орган|жауапты орган|полиция бөлімі|қамауға алған орган|кім ұстады|ushlagan organ|mas'ul organ|ушлаган орган|militsiya bo'limi|hibsga olgan organ|gözaltına alan birim|yakalayan birim|karakol|yetkili makam|tutuklayan makam|sorumlu birim|emniyet birimi|кармаган орган|kolluk birimi",
    "held_order": "قولغا ئېلىش بۇيرۇقى|بۇيرۇق نومۇرى|تۇتۇش بۇيرۇقى|qolgha élish buyruqi|buyruq nomuri|ордер|қаулы|қамау туралы қаулы|qaror raqami|order raqami|ҳибс қарори|tutuklama emri|yakalama emri|karar no|tutuklama kararı|karar numarası|санкция нөмірі",
    "building": "بىناسى|بىنا|رايون|binasi|bina|корпусы|ғимарат|блогы|binosi|bino|блок|blok|bloku|koğuşu|bina no|имараты|korpus",
    "cell": "كامېرى|كامېر|ياتاق|كامېرى نومۇرى|kaméri|kamér|yataq|камерасы|бөлмесі|камера нөмірі|kamerasi|kamera|xonasi|камераси|koğuş|hücre|oda|koğuş no|hücre no|бөлмөсү|kamera raqami",
    "term": "مۇددىتى|كېسىلگەن مۇددەت|قاماق مۇددىتى|جازا مۇددىتى|كېسىلگەن يىلى|مۇددەت|تۈرمە مۇددىتى|ھۆكۈم مۇددىتى|muddi ti|mudditi|késilgen muddet|qamaq mudditi|jaza mudditi|késilgen yili|muddet|höküm mudditi|"
    "мерзімі|жаза мерзімі|үкім мерзімі|сот үкімі|бас бостандығынан айыру мерзімі|мерзім|қамау мерзімі|жазасы|үкім|muddati|jazo muddati|qamoq muddati|муддати|жазо муддати|hukm muddati|ceza süresi|hapis süresi|cezası|aldığı ceza|mahkumiyet süresi|süresi|ceza|süre|ceza miktarı|hükmü|verilen ceza|мөөнөтү|hukmi|jazosi|qamoq jazosi",
    "sentence_date": "ھۆكۈم چىقىرىلغان ۋاقتى|كېسىلگەن ۋاقتى|ھۆكۈم چېسلاسى|ھۆكۈم قىلىنغان ۋاقتى|höküm chiqirilghan waqti|késilgen waqti|höküm chéslasi|höküm qilin'ghan waqti|сотталған күні|үкім шыққан күні|үкім күні|үкім шығарылған күні|hukm sanasi|sud hukmi sanasi|hukm chiqarilgan sana|ҳукм санаси|sudlangan sanasi|hüküm tarihi|mahkumiyet tarihi|karar tarihi|ceza tarihi|соттолгон күнү|өкүм күнү|hükmün tarihi",
    "sentence_start": "مۇددەت باشلانغان ۋاقتى|muddet bashlan'ghan waqti|мерзімнің басталуы|жаза мерзімінің басталуы|muddat boshlanishi|jazo boshlanishi|ceza başlangıcı|ceza başlangıç tarihi|cezanın başlangıcı|infaz başlangıcı",
    "sentence_end": "مۇددەت توشقان ۋاقتى|مۇددەت توشىدىغان ۋاقتى|muddet toshqan waqti|мерзімнің аяқталуы|жаза мерзімінің аяқталуы|muddat tugashi|jazo tugashi|ceza bitişi|ceza bitiş tarihi|cezanın bitişi|infaz bitişi",
    "court": "سوت|سوت مەھكىمىسى|ھۆكۈم چىقارغان سوت|sot|sot mehkimisi|höküm chiqarghan sot|соты|үкім шығарған сот|сот атауы|sud|hukm chiqargan sud|суд|sudi|mahkeme|mahkemesi|yargılayan mahkeme|hükmü veren mahkeme|сот",
    "charge": "جىنايىتى|گۇناھى|ئەيىبلەش|جىنايەت نامى|جىنايەت تۈرى|ئەيىبى|jinayiti|gunahi|eyiblesh|jinayet nami|jinayet türi|eyibi|айыбы|тағылған айып|қылмысы|айыптау|қылмыс түрі|айып|ayblovi|ayblov|jinoyati|айблови|жинояти|jinoyat turi|qo'yilgan ayblov|suçu|suçlama|isnat edilen suç|suç|atılı suç|suçlaması|iddianame suçu|күнөөсү|кылмышы|mahkumiyet suçu|айыптамасы",
    "article": "ماددا|قانۇن ماددىسى|madda|qanun maddisi|бабы|қк бабы|заң бабы|moddasi|jk moddasi|модда|madde|kanun maddesi|tck maddesi|беренеси|modda|ilgili madde",
    "facility_name": "ئورۇن نامى|لاگېر نامى|تۈرمە نامى|ئەسلىھە نامى|مەركەز نامى|orun nami|lagér nami|türme nami|esliye nami|merkez nami|мекеме атауы|лагерь атауы|түрме атауы|нысан атауы|орын атауы|muassasa nomi|qamoqxona nomi|муассаса номи|lager nomi|obyekt nomi|kurum adı|kampın ismi|tesisin adı|cezaevinin adı|merkezin adı|tesis adı|мекеменин аталышы|merkez adı",
    "facility_kind": "ئورۇن تۈرى|لاگېر تۈرى|orun türi|lagér türi|мекеме түрі|лагерь түрі|нысан түрі|muassasa turi|obyekt turi|kurum türü|tesis türü|kamp türü|cezaevi türü|cezaevi tipi|мекеменин түрү",
    "capacity": "سىغىمى|سىغدۇرۇش سانى|ئورۇن سانى|sighimi|sighdurush sani|orun sani|сыйымдылығы|орын саны|сыйымдылық|sig'imi|sig‘imi|o'rinlar soni|сиғими|o‘rinlar soni|kapasitesi|kapasite|yatak sayısı|yatak kapasitesi|сыйымдуулугу",
    "headcount": "ئادەم سانى|تۇتقۇن سانى|كىشى سانى|قامالغانلار سانى|adem sani|tutqun sani|kishi sani|qamalghanlar sani|адам саны|тұтқындар саны|сотталғандар саны|қамалғандар саны|mahbuslar soni|odamlar soni|маҳбуслар сони|kishilar soni|saqlanayotganlar soni|tutuklu sayısı|mahkum sayısı|mevcudu|doluluk|mevcut|kişi sayısı|камактагылардын саны|hükümlü sayısı|nüfusu|mevcut sayısı",
    "facility_state": "قۇرۇلۇش ئەھۋالى|ئىشلىتىلىش ئەھۋالى|qurulush ehwali|нысанның жағдайы|muassasa holati|tesisin durumu|inşaat durumu|kurumun durumu",
    "state_date": "ستاتىستىكا ۋاقتى|دوكلات چېسلاسى|statistika waqti|есеп күні|hisobot sanasi|rapor tarihi|sayım tarihi|itibarıyla|жағдай бойынша",
    "coordinates": "koordinatlar|координаттар|koordinatalari|كوئوردىنات",
    "latitude": "كەڭلىك|كەڭلىكى|kenglik|kengliki|ендік|ендігі|kengligi|кенглик|enlem|кеңдик",
    "longitude": "ئۇزۇنلۇق|مېرىدىئان|ئۇزۇنلۇقى|uzunluq|uzunluqi|бойлық|бойлығы|uzunlik|uzunligi|узунлик|boylam|узундук",
    "opened": "ئېچىلغان ۋاقتى|قۇرۇلغان ۋاقتى|ئىشقا كىرىشتۈرۈلگەن ۋاقتى|échilghan waqti|qurulghan waqti|ашылған күні|ашылған жылы|құрылған жылы|ochilgan sanasi|очилган санаси|ochilgan yili|tashkil etilgan yili|açılış tarihi|kuruluş tarihi|açıldığı tarih|açılış yılı|ачылган күнү",
    "closed": "تاقالغان ۋاقتى|يېپىلغان ۋاقتى|taqalghan waqti|жабылған күні|жабылған жылы|yopilgan sanasi|ёпилган санаси|yopilgan yili|kapanış tarihi|kapandığı tarih|kapanış yılı|жабылган күнү",
    "facility_address": "جايلاشقان ئورنى|ئورۇن ئادرېسى|jaylashqan orni|orun adrési|орналасқан жері|мекеме мекенжайы|joylashgan joyi|joylashuvi|жойлашган жойи|muassasa manzili|konumu|kurum adresi|bulunduğu yer|yeri|konum|жайгашкан жери",
    "country": "دۆلەت|dölet|ел|мемлекет|елі|davlat|mamlakat|давлат|ülke|ülkesi|өлкө",
    "order_name": "ھۆججەت نامى|بۇيرۇق نامى|höjjet nami|buyruq nami|құжат атауы|бұйрық атауы|hujjat nomi|buyruq nomi|ҳужжат номи|belge adı|emrin adı|belgenin başlığı|evrak adı|konu|документтин аталышы",
    "issuer": "تارقاتقۇچى|چىقارغۇچى ئورۇن|ئىمزالىغۇچى|tarqatquchi|chiqarghuchi orun|imzalighuchi|шығарған орган|кім шығарды|қол қойған|chiqaruvchi|imzolagan|чиқарувчи|chiqargan organ|düzenleyen|imzalayan|veren makam|gönderen|düzenleyen kurum|чыгарган орган",
    "addressee": "تاپشۇرۇۋالغۇچى|كىمگە|tapshuruwalghuchi|kimge|алушы|кімге|qabul qiluvchi|kimga|қабул қилувчи|alıcı|muhatap|gönderilen|кимге|muhatabı",
    "order_date": "ھۆججەت چېسلاسى|بۇيرۇق چېسلاسى|تارقىتىلغان ۋاقتى|höjjet chéslasi|buyruq chéslasi|құжат күні|бұйрық күні|hujjat sanasi|buyruq sanasi|ҳужжат санаси|belge tarihi|emir tarihi|düzenlenme tarihi|evrak tarihi|документтин күнү",
    "reference": "ھۆججەت نومۇرى|höjjet nomuri|бұйрық нөмірі|құжат нөмірі (шығыс)|шығыс нөмірі|hujjat raqami|buyruq raqami|ҳужжат рақами|belge no|evrak no|sayı|belge numarası|буйрук номери|evrak sayısı",
    "wording": "مەزمۇنى|ھۆججەت مەزمۇنى|قىسقىچە مەزمۇنى|mezmuni|höjjet mezmuni|мазмұны|мәтіні|қысқаша мазмұны|mazmuni|matni|мазмуни|qisqacha mazmuni|içeriği|metni|özeti|içerik|emrin metni|metin|мазмуну",
    "post_title": "ۋەزىپە نامى|wezipe nami|лауазым атауы|lavozim nomi|görev unvanı|görev adı|kadro unvanı",
    "post_organization": "تارمىقى|بۆلۈم|ئىدارە|tarmiqi|bölüm|idare|бөлімі|басқармасы|bo'limi|boshqarmasi|birimi|dairesi|bağlı olduğu kurum|birim|departmanı|bo‘limi",
    "post_start": "ۋەزىپىگە تەيىنلەنگەن ۋاقتى|تەيىنلەنگەن ۋاقتى|teyinlen'gen waqti|тағайындалған күні|tayinlangan sanasi|тайинланган санаси|atanma tarihi|göreve başlama tarihi|göreve başlama|дайындалган күнү",
    "post_end": "ۋەزىپىدىن قالغان ۋاقتى|wezipidin qalghan waqti|қызметтен босатылған күні|lavozimdan ozod etilgan sanasi|görevden ayrılma tarihi|görev bitiş tarihi|görevden ayrılış|кызматтан бошогон күнү",
    "testimony": "گۇۋاھلىق|گۇۋاھلىق سۆزى|بايانى|guwahliq|bayani|куәлік беруі|айғақтары|guvohligi|ko'rsatmasi|ifadesi|tanıklığı|beyanı|ifade|көрсөтмөсү|tanık ifadesi",
    "testimony_date": "گۇۋاھلىق ۋاقتى|زىيارەت ۋاقتى|guwahliq waqti|сұхбат күні|suhbat sanasi|ifade tarihi|görüşme tarihi|beyan tarihi|маек күнү",
    "witness": "گۇۋاھچى|مەلۇمات بەرگۈچى|guwahchi|melumat bergüchi|куәгер|куә|хабарлаған адам|guvoh|гувоҳ|xabar bergan|tanık|bildiren|şahit|beyan sahibi|күбө|ihbarcı",
    "serial": "رەت نومۇرى|تەرتىپ نومۇرى|رەت|نومۇر|تەرتىپى|ret nomuri|tertip nomuri|ret|tertipi|р/с|р/с №|реттік нөмірі|т/р|tartib raqami|t/r|тартиб рақами|sıra|sıra no|s.no|sıra numarası|s. no|катар номери|№ р/с|nomer|реті",
    "photo": "رەسىمى|سۈرىتى|رەسىم|سۈرەت|resimi|süriti|resim|суреті|фотосы|фотосурет|surati|fotosurati|сурати|resmi|fotoğrafı|fotoğraf|vesikalık|сүрөтү",
    "household": "ئائىلە نومۇرى|a'ile nomuri|отбасы нөмірі|oila raqami|aile no|hane no|aile sıra no",
    "marital": "نىكاھ ئەھۋالى|توي ئەھۋالى|nikah ehwali|отбасылық жағдайы|oilaviy ahvoli|оилавий аҳволи|medeni durumu|medeni hali|medeni hal|үй-бүлөлүк абалы|medeni durum",
    "quantity": "سانى|جەمئىي|پىرسەنت|نىسبىتى|sani|jem'iy|pirsent|саны|барлығы|пайызы|soni|jami|foizi|сони|sayısı|toplam|yüzde|oranı|adet|саны (барлыгы)",
    "any_date": "ۋاقتى|ۋاقىت|چېسلا|چېسلاسى|يىلى|waqti|waqit|chésla|chisla|күні|уақыты|жылы|sana|sanasi|сана|санаси|yili|vaqti|tarih|tarihi|yıl|gün|yılı|датасы|күнү",
    "any_start": "باشلانغان ۋاقتى|باشلىنىشى|bashlan'ghan waqti|bashlinishi|басталуы|басталған күні|boshlanishi|boshlanish sanasi|бошланиши|başlangıç|başlangıç tarihi|başlama tarihi|башталышы",
    "any_end": "ئاخىرلاشقان ۋاقتى|ئاخىرلىشىشى|axirlashqan waqti|аяқталуы|аяқталған күні|tugashi|tugash sanasi|тугаши|bitiş|bitiş tarihi|sona erme tarihi|бүтүшү",
    "any_place": "جايى|ئورنى|يەر|رايونى|jayi|orni|rayoni|жері|орны|аймағы|облысы|joyi|joy|жойи|viloyati|yer|bölge|şehir|il|жер|hudud",
    "any_kind": "تۈر|خىلى|tür|xili|түрі|turi|тури|türü|çeşidi|түрү",
    "any_number": "رەقىمى|كود|kod|нөмірі|нөмір|raqami|raqam|рақами|numarası|no'su|номери|kodu",
    "any_title": "ماۋزۇ|تېما|mawzu|тақырыбы|sarlavha|başlık|başlığı|темасы",
    "any_text": "تەپسىلاتى|بايان|ئەھۋال|tepsilati|ehwal|сипаттамасы|мән-жайы|толық мәлімет|tavsifi|tafsilotlari|holat tafsiloti|tafsilot|açıklaması|ayrıntılar|olay|olayın özeti|detaylar|баяндама",
    "any_notes": "ئىزاھات|ئىزاھ|ئەسكەرتىش|باشقا|ئىلاۋە|izahat|izah|eskertish|bashqa|ilawe|ескертпе|ескерту|қосымша|түсініктеме|ескертпелер|izoh|izohlar|eslatma|qo'shimcha|изоҳ|izohi|açıklama|not|notlar|düşünceler|diğer|açıklamalar|ek bilgi|эскертүү",
    "any_name": "نامى|nami|атауы|nomi|номи|аталышы",
    "any_address": "ئادرېس|adrés|adres|мекенжай|manzil|манзил|adresi|дарек",
    "any_organization": "ئورگان|تەشكىلات|teshkilat|ұйым|ұйымы|tashkilot|tashkiloti|ташкилот|kuruluş|kurumu|örgüt|уюм",
}

ROLE_WORDS: dict[str, str] = {
    "spouse": "جۈپتى|ئايالى|ئېرى|jüpti|ayali|éri|жұбайы|әйелі|күйеуі|зайыбы|turmush o'rtog'i|turmush o‘rtog‘i|xotini|eri|эри|хотини|eşi|eş|karısı|kocası|жубайы|eşinin",
    "father": "دادىسى|ئاتىسى|dadisi|atisi|әкесі|әкесінің|otasi|otasining|отаси|babası|babasının|baba|атасы",
    "mother": "ئانىسى|ئانىسىنىڭ|anisi|anisining|анасы|анасының|onasi|onasining|онаси|annesi|annesinin|anne|энеси",
    "child": "بالىسى|پەرزەنتى|ئوغلى|قىزى|balisi|perzenti|oghli|qizi|баласы|ұлы|қызы|farzandi|o'g'li|фарзанди|çocuğu|oğlu|kızı|çocukları|çocuğun",
    "relative": "تۇغقىنى|ئائىلە ئەزاسى|tughqini|a'ile ezasi|туысы|отбасы мүшесі|туысқаны|qarindoshi|oila a'zosi|қариндоши|akrabası|yakını|aile üyesi|aile ferdi|yakınının|тууганы",
    "guardian": "ھامىيسى|hamiysi|қамқоршысы|vasiysi|vasisi|velisi|камкорчусу",
    "head": "ئائىلە باشلىقى|a'ile bashliqi|отбасы басшысы|oila boshlig'i|aile reisi|hane reisi|үй ээси",
    "contact": "ئالاقىلەشكۈچى|alaqileshküchi|байланысушы|aloqa shaxsi|irtibat kişisi|байланыш адамы|iletişim kişisi",
}
