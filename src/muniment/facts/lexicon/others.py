"""Words of headers in further languages, the usual ones only.

- Korean, Burmese, Indonesian, Vietnamese, Hindi, Urdu, Amharic, Tigrinya, Bosnian-Serbian in two
  scripts, Polish, Kurdish: what a list of people or of places of detention is sure to hold.
"""

WORDS: dict[str, str] = {
    "name": "성명|이름|수감자|수용자명|피구금자|အမည်|နာမည်|ဖမ်းဆီးခံရသူအမည်|nama|nama lengkap|nama tahanan|nama narapidana|họ và tên|họ tên|tên tù nhân|"
    "नाम|पूरा नाम|कैदी का नाम|बंदी का नाम|نام قیدی|پورا نام|قیدی کا نام|ስም|ሙሉ ስም|የታሳሪ ስም|ስም እሱር|ምሉእ ስም|ime i prezime|prezime i ime|име и презиме|презиме и име|zatvorenik|logoraš|"
    "imię i nazwisko|nazwisko i imię|więzień|nav û paşnav|ناوی تەواو",
    "last_name": "성|မျိုးရိုးအမည်|nama keluarga|उपनाम|कुलनाम|የአባት ስም እና አያት|prezime|презиме|nazwisko|paşnav|نازناو",
    "first_name": "nama depan|име|imiona",
    "patronymic": "부친 성명|아버지 이름|အဘအမည်|အဖအမည်|nama ayah|tên cha|họ tên cha|पिता का नाम|पिता|والد کا نام|ولدیت|የአባት ስም|ስም ኣቦ|ime oca|име оца|imię ojca|navê bav|ناوی باوک",
    "mother_name": "모친 성명|어머니 이름|အမိအမည်|nama ibu|tên mẹ|माता का नाम|والدہ کا نام|የእናት ስም|ስም ኣደ|ime majke|име мајке|imię matki|navê dê|ناوی دایک",
    "alias": "별명|가명|အမည်ဝှက်|nama alias|nama lain|bí danh|tên khác|उर्फ|عرف|ቅጽል ስም|nadimak|надимак|pseudonim|przydomek",
    "birth_date": "생년월일|출생일|출생연도|မွေးသက္ကရာဇ်|မွေးနေ့|tanggal lahir|tgl lahir|tgl. lahir|ngày sinh|năm sinh|जन्म तिथि|जन्मतिथि|जन्म दिनांक|تاریخ پیدائش|የትውልድ ቀን|የልደት ቀን|ዕለት ልደት|"
    "datum rođenja|датум рођења|godina rođenja|година рођења|god. rođenja|data urodzenia|data ur.|rok urodzenia|roja jidayikbûnê|بەرواری لەدایکبوون|ساڵی لەدایکبوون",
    "death_date": "사망일|사망 일자|သေဆုံးသည့်ရက်|tanggal meninggal|ngày mất|मृत्यु तिथि|تاریخ وفات|የሞት ቀን|datum smrti|датум смрти|data śmierci|data zgonu",
    "birth_place": "출생지|မွေးရပ်ဇာတိ|tempat lahir|nơi sinh|quê quán|जन्म स्थान|جائے پیدائش|የትውልድ ቦታ|ቦታ ልደት|mjesto rođenja|место рођења|mesto rođenja|miejsce urodzenia|cihê jidayikbûnê|شوێنی لەدایکبوون",
    "sex": "성별|ကျား/မ|လိင်|jenis kelamin|l/p|giới tính|लिंग|جنس|ፆታ|ጾታ|pol|пол|spol|płeć|zayend|ڕەگەز",
    "nationality": "국적|နိုင်ငံသား|kewarganegaraan|quốc tịch|राष्ट्रीयता|قومیت|شہریت|ዜግነት|državljanstvo|држављанство|obywatelstwo",
    "ethnicity": "민족|လူမျိုး|suku|suku bangsa|dân tộc|जाति|जनजाति|ذات|ብሔር|ብሄር|nacionalnost|националност|etnička pripadnost|narodowość",
    "religion": "종교|ဘာသာ|ကိုးကွယ်သည့်ဘာသာ|agama|tôn giáo|धर्म|مذہب|ሃይማኖት|vjera|vjeroispovijest|вероисповест|wyznanie|religia",
    "education": "학력|ပညာအရည်အချင်း|pendidikan|trình độ học vấn|शिक्षा|शैक्षिक योग्यता|تعلیم|የትምህርት ደረጃ|obrazovanje|stručna sprema|образовање|wykształcenie",
    "profession": "직업|အလုပ်အကိုင်|pekerjaan|nghề nghiệp|व्यवसाय|पेशा|پیشہ|ሥራ|ስራ|zanimanje|занимање|zawód",
    "position": "직위|직책|ရာထူး|jabatan|chức vụ|पद|عہدہ|የሥራ ድርሻ|položaj|čin|чин|stanowisko|stopień",
    "id_number": "주민등록번호|신분증 번호|မှတ်ပုံတင်အမှတ်|နိုင်ငံသားစိစစ်ရေးအမှတ်|မှတ်ပုံတင်|nik|no ktp|no. ktp|nomor identitas|cmnd|cccd|số cmnd|số căn cước|आधार संख्या|आधार नंबर|पहचान संख्या|شناختی کارڈ نمبر|شناختی کارڈ|"
    "የመታወቂያ ቁጥር|መታወቂያ ቁጥር|jmbg|jmb|јмбг|матични број|matični broj|broj lične karte|pesel|nr dowodu|numer pesel|ژمارەی ناسنامە",
    "passport": "여권번호|နိုင်ငံကူးလက်မှတ်|no paspor|số hộ chiếu|पासपोर्ट संख्या|پاسپورٹ نمبر|የፓስፖርት ቁጥር|broj pasoša|број пасоша|nr paszportu",
    "phone": "전화번호|연락처|휴대폰|ဖုန်းနံပါတ်|ဖုန်း|no hp|no. hp|no telp|nomor telepon|telepon|số điện thoại|điện thoại|फोन|फोन नंबर|मोबाइल|मोबाइल नंबर|فون نمبر|موبائل نمبر|ስልክ|ስልክ ቁጥር|ቁጽሪ ስልኪ|broj telefona|број телефона|nr telefonu|ژمارەی مۆبایل",
    "address": "주소|거주지|နေရပ်လိပ်စာ|လိပ်စာ|alamat|tempat tinggal|địa chỉ|nơi ở|hộ khẩu thường trú|पता|निवास|पूरा पता|پتہ|سکونت|አድራሻ|ኣድራሻ|adresa|адреса становања|prebivalište|пребивалиште|adres|miejsce zamieszkania|navnîşan|ناونیشان",
    "notes": "비고|참고|မှတ်ချက်|keterangan|catatan|ghi chú|टिप्पणी|अभियुक्ति|विवरण|کیفیت|تبصرہ|ማስታወሻ|አስተያየት|መግለጺ|napomena|napomene|напомена|uwagi|تێبینی|têbînî",
    "registration": "수용번호|관리번호|အကျဉ်းသားအမှတ်|nomor register|no register|no perkara|số hồ sơ|mã số|कैदी संख्या|केस नंबर|قیدی نمبر|የመዝገብ ቁጥር|broj predmeta|број предмета|nr sprawy|numer obozowy|nr obozowy",
    "file_number": "사건번호|مقدمہ نمبر",
    "age": "나이|연령|အသက်|umur|usia|tuổi|आयु|उम्र|عمر|ዕድሜ|እድሜ|ዕድመ|starost|godine|године|wiek|temen|تەمەن",
    "relationship": "관계|가족 관계|တော်စပ်ပုံ|hubungan|hubungan keluarga|quan hệ|संबंध|रिश्ता|رشتہ|ዝምድና|srodstvo|сродство|pokrewieństwo|xizmayetî|پەیوەندی",
    "detained_on": "체포일|체포 일자|구금일|수감일|입소일|연행일|ဖမ်းဆီးသည့်ရက်စွဲ|ဖမ်းဆီးသည့်ရက်|ဖမ်းဆီးခံရသည့်နေ့|tanggal penangkapan|tanggal ditahan|tgl masuk|ngày bị bắt|ngày bắt|गिरफ्तारी की तिथि|गिरफ्तारी दिनांक|تاریخ گرفتاری|"
    "የታሰረበት ቀን|የተያዘበት ቀን|ዝተኣሰረሉ ዕለት|datum hapšenja|датум хапшења|datum zatvaranja|datum zarobljavanja|uhapšen|data aresztowania|data zatrzymania|aresztowany|roja girtinê|بەرواری دەستگیرکردن",
    "released_on": "석방일|출소일|လွတ်မြောက်သည့်ရက်|လွတ်ရက်|tanggal bebas|tgl bebas|tanggal keluar|ngày thả|ngày ra tù|रिहाई की तिथि|रिहाई दिनांक|تاریخ رہائی|የተፈታበት ቀን|ዝተፈትሓሉ ዕለት|"
    "datum puštanja|датум пуштања|datum oslobađanja|oslobođen|pušten|data zwolnienia|zwolniony|roja berdanê|بەرواری ئازادکردن",
    "facility": "수용소|교도소|구금 장소|수감 장소|시설명|အကျဉ်းထောင်|ထောင်|ထိန်းသိမ်းသည့်နေရာ|lapas|rutan|tempat penahanan|nama lapas|nơi giam giữ|trại giam|जेल|कारागार|हिरासत स्थान|جیل|حراستی مرکز|ማረሚያ ቤት|እስር ቤት|ቤት ማእሰርቲ|"
    "zatvor|logor|mjesto zatočenja|место заточења|затвор|логор|więzienie|obóz|miejsce osadzenia|zakład karny|zindan|girtîgeh|زیندان",
    "held_place": "체포 장소|연행 장소|ဖမ်းဆီးသည့်နေရာ|tempat penangkapan|nơi bị bắt|गिरफ्तारी का स्थान|جائے گرفتاری|የታሰረበት ቦታ|mjesto hapšenja|место хапшења|miejsce aresztowania",
    "reason": "체포 사유|구금 사유|사유|ဖမ်းဆီးသည့်အကြောင်း|အကြောင်းရင်း|alasan|alasan penahanan|lý do|lý do bắt|कारण|गिरफ्तारी का कारण|وجہ|وجہ گرفتاری|ምክንያት|የታሰረበት ምክንያት|razlog|razlog hapšenja|разлог|powód|powód zatrzymania|sedem|هۆکار",
    "held_status": "상태|현재 상태|လက်ရှိအခြေအနေ|အခြေအနေ|keadaan|tình trạng|स्थिति|वर्तमान स्थिति|موجودہ حالت|ሁኔታ|stanje|trenutni status|стање|stan obecny|rewş|دۆخ",
    "term": "형량|형기|선고형|ပြစ်ဒဏ်|ထောင်ဒဏ်|masa hukuman|hukuman|vonis|mức án|án phạt|सजा|सज़ा|सजा की अवधि|سزا|የፍርድ መጠን|kazna|visina kazne|казна|wyrok|wymiar kary|ceza|سزا",
    "sentence_date": "선고일|판결일|စီရင်ချက်ချသည့်ရက်|tanggal putusan|ngày tuyên án|सजा की तिथि|تاریخ فیصلہ|የፍርድ ቀን|datum presude|датум пресуде|data wyroku",
    "court": "법원|တရားရုံး|pengadilan|tòa án|न्यायालय|अदालत|عدالت|ፍርድ ቤት|суд|sąd|dadgeh|دادگا",
    "charge": "죄명|혐의|ပုဒ်မ|စွပ်စွဲချက်|tuduhan|dakwaan|kejahatan|pasal|tội danh|अपराध|आरोप|धारा|الزام|جرم|دفعہ|ክስ|ወንጀል|ክሲ|optužba|krivično djelo|оптужба|zarzut|przestępstwo|sûc|تۆمەت",
    "serial": "번호|순번|연번|စဉ်|nomor urut|no urut|stt|số tt|क्रम संख्या|क्रमांक|क्र.सं.|क्र. सं.|نمبر شمار|ተራ ቁጥር|ተ.ቁ|ተ.ቁ.|ቁጽሪ|r. br.|rb|redni broj|р. бр.|редни број|lp.|l.p.|ژ",
    "marital": "혼인 상태|결혼 여부|အိမ်ထောင်ရေးအခြေအနေ|status perkawinan|tình trạng hôn nhân|वैवाहिक स्थिति|ازدواجی حیثیت|የጋብቻ ሁኔታ|bračno stanje|брачно стање|stan cywilny",
    "death_cause": "사망 원인|သေဆုံးရသည့်အကြောင်း|penyebab kematian|nguyên nhân chết|मृत्यु का कारण|وجہ موت|የሞት ምክንያት|uzrok smrti|узрок смрти|przyczyna śmierci|przyczyna zgonu",
    "photo": "사진|ဓာတ်ပုံ|ảnh|फोटो|تصویر|ፎቶ|fotografija|zdjęcie",
    "email": "이메일|အီးမေးလ်|surel|ईमेल|ای میل|ኢሜይል",
    "employer": "직장|အလုပ်ဌာန|tempat kerja|nơi làm việc|कार्यस्थल|የሥራ ቦታ|radno mjesto|miejsce pracy",
    "authority": "체포 기관|ဖမ်းဆီးသည့်အဖွဲ့|ditangkap oleh|cơ quan bắt giữ|गिरफ्तार करने वाली एजेंसी|uhapsio|organ zatrzymujący",
    "any_date": "날짜|일자|နေ့စွဲ|tanggal|ngày|तिथि|दिनांक|تاریخ|ቀን|datum|датум",
}

ROLE_WORDS: dict[str, str] = {
    "spouse": "배우자|istri|suami|पति|पत्नी|شوہر|بیوی|ባለቤት|supruga|suprug|супруга|супруг|żona|mąż|małżonek",
    "child": "자녀|anak|बच्चे|بچے|ልጅ|dijete|deca|dziecko|dzieci",
    "relative": "가족|친족|keluarga|người thân|परिजन|رشتہ دار|ዘመድ|rodbina|srodnik|krewny",
    "lawyer": "변호사|ရှေ့နေ|pengacara|kuasa hukum|luật sư|वकील|ጠበቃ|branilac|адвокат|obrońca|parêzer|پارێزەر",
}
