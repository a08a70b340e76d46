"""Words for numbers of files, cases and protocols, for sources and for languages.

- A file's number states nothing of a person: one file may be of several, and one person in many.
  A prisoner's number is that person's, and stays `registration`.
"""

WORDS: dict[str, str] = {
    "file_number": """
        case no|case no.|case number|case #|case id|case_id|case ref|case ref.|case_ref|case reference|case reference no.|case reference number|case file|case file no|
        case file number|casefile no.|file|file no|file no.|file number|file #|file ref|file ref.|file reference|docket|docket no|docket no.|docket number|dossier|dossier no|
        dossier no.|dossier number|record id|record no|record no.|record number|record #|record ref|entry id|entry no|entry no.|entry number|entry #|booking #|booking no|booking no.|
        booking number|inquest ref|inquest no.|inquest number|inquiry no.|incident no|incident no.|incident number|incident id|incident ref|complaint no|complaint no.|complaint number|
        petition no.|petition number|application no|application no.|application number|suit no.|suit number|charge sheet no|charge sheet no.|cause no.|cause number|warrant no|
        warrant no.|warrant number|trial no.|court case no|court case no.|court file no.|court ref|crime no|crime no.|crime number|fir no|fir no.|fir number|ob no|ob no.|
        ob number|occurrence book no.|prop. book no|property book no.|report no|report no.|report number|protocol no|protocol no.|protocol number|autopsy no.|post-mortem no.|pm no|
        pm no.|ticket no|form no|form no.|form number|interview no.|interview id|sheet no|page no|page no.|folio no|volume no.|archive no.|archival no.|archive ref|archive reference|
        call number|shelfmark|box no.|document id|doc id|claim no.|allegation no.|reference no. of case|matter no.|matter number|communication no.|our file|internal ref|internal reference|row id|
        expediente|nº de expediente|n° de expediente|n.º expediente|nro. de expediente|nº expediente|no. de expediente|número de expediente|núm. expediente|num. exp.|expte.|expte. nº|exp.|exp. nº|expediente nº|
        número de caso|n.º de caso|nº de caso|no. de caso|caso nº|id caso|id del caso|código de caso|código del caso|legajo|nro. legajo|nº de legajo|n° legajo|legajo conadep|leg. conadep|leg.|causa nº|nº causa|n° de causa|
        nº de causa|número de causa|causa n°|nuc|carpeta de investigación|carpeta|carpeta nº|nº de carpeta|averiguación previa|averiguación previa nº|nº de protocolo|n° protocolo|protocolo|protocolo nº|nº de denuncia|número de denuncia|
        nº de acta|acta nº|n° de acta|no. de acta|nº de parte|parte nº|oficio nº|nº de sumario|sumario|sumario nº|nº de proceso|proceso nº|radicado|nº de radicado|número de radicado|rol n°|rol de causa|ruc|rit|nº de ficha|ficha|ficha nº|
        nº de registro interno|código de registro|nº de diligencias|diligencias nº|nº autopsia|nº de autopsia|historia clínica|folio|nº de folio|tomo|tomo/folio|caja|signatura|registro n°|folio de denuncia|folio de la queja|queja nº|
        n° de dossier|numéro de dossier|n° du dossier|n° dossier|no dossier|réf. dossier|réf dossier|référence dossier|référence du dossier|dossier n°|n° affaire|n° d'affaire|numéro d'affaire|affaire n°|n° pv|pv|pv n°|n° du pv|
        n° de pv|procès-verbal n°|n° de procès-verbal|numéro de procès-verbal|n° de parquet|n° parquet|numéro de parquet|n° rp|rp n°|n° d'instruction|n° instruction|n° fiche|n° de fiche|fiche n°|n° de plainte|n° plainte|n° mandat|n° de procédure|n° procédure|
        numéro de procédure|n° rg|n° de jugement|n° du rapport|cote|cote archives|n° d'autopsie|n° de cas|cas n°|id cas|identifiant du cas|code du cas|n° de rôle|numéro de rôle|n° d'enquête|
        az.|az|a.z.|aktenzeichen|akt.-z.|aktenz.|akz.|gz|gz.|g.-z.|geschäftszeichen der akte|geschäftsnummer|gesch.-nr.|gesch.-z.|js-az.|az. der sta|az. sta|az. gericht|aktennummer|aktennr.|akten-nr.|akte nr.|akte|akte-nr.|fall-nr.|fallnr.|fallnummer|
        fall-id|vorgangsnummer|vorgangs-nr.|vorgang|vg.-nr.|verfahrensnummer|verfahrens-nr.|protokoll-nr.|protokollnummer|anzeigenummer|anzeige-nr.|ermittlungsnummer|signatur|archivsignatur|bandnummer|blatt|bl.|blattnr.|blatt-nr.|karteikarte nr.|
        obduktions-nr.|sektionsnummer|bogen-nr.|formular-nr.|eintrag nr.|eintrag-nr.|
        nº do processo|processo|processo nº|número do processo|n.º do processo|n° processo|proc. nº|proc.|nº dos autos|autos nº|autos|nº do inquérito|inquérito|inquérito nº|ip nº|nº do ip|nº do bo|bo nº|b.o. nº|boletim de ocorrência|nº do boletim|
        nº do protocolo|protocolo nº|nº do caso|caso nº|código do caso|nº da denúncia|nº da ficha|ficha nº|nº do auto|nº do laudo|laudo nº|nº da guia|dossiê|dossiê nº|nº do dossiê|pasta|pasta nº|caixa|cota|nº da requisição|
        numero pratica|n. pratica|pratica n.|fascicolo|n. fascicolo|fascicolo n.|numero di fascicolo|n. procedimento|procedimento n.|numero procedimento|r.g.n.r.|n. r.g.n.r.|rgnr|n. verbale|verbale n.|n. protocollo|prot. n.|n. causa|numero caso|
        zaaknummer|zaaknr.|zaak nr.|dossiernummer|dossiernr.|parketnummer|rolnummer|proces-verbaalnummer|pv-nummer|registratienr. zaak|
        nr dosar|nr. dosar|număr dosar|dosar|dosar nr.|numărul dosarului|nr. cauză|nr. proces-verbal|nr. inventar|
        nr sprawy|sygn. akt|sygnatura|sygnatura akt|sygn.|numer sprawy|nr akt|akta nr|nr protokołu|nr teczki|teczka|nr repertorium|
        no perkara|no. perkara|nomor perkara|nomor kasus|no kasus|no. kasus|no. berkas|nomor berkas|nomor laporan|no. lp|no lp|nomor laporan polisi|no. laporan|
        số hồ sơ|số vụ án|mã vụ án|số bản án|mã hồ sơ|số thụ lý|số biên bản|
        nambari ya kesi|namba ya kesi|kesi na.|namba ya jalada|nambari ya faili|jalada na.
    """,
    "source": """
        source|sources|source ref|source ref.|source reference|source id|source document|source of record|source of data|data source|information source|source (document)|published in|newspaper|media source|
        fuente|fuentes|fuente de información|fuente documental|fuente de la información|documento fuente|publicado en|
        source de l'information|sources d'information|source documentaire|réf. source|référence de la source|publié dans|journal|
        quelle|quellen|quellenangabe|fundstelle|nachweis|beleg|quellenfundort der akte|
        fonte|fontes|fonte de informação|fonte da informação|fonte documental|fonti|fonte dell'informazione|
        bron|bronnen|bronvermelding|sursa|surse|sursa informației|źródło|źródła|źródło informacji|sumber|sumber informasi|sumber data|nguồn|nguồn tin|nguồn thông tin|chanzo|chanzo cha habari
    """,
    "source_link": """
        url|link|links|hyperlink|web link|weblink|web page|website|webpage|source url|source_url|source link|link to source|link to story|story link|article link|news link|report link|link to article|online at|
        enlace|enlaces|vínculo web|enlace web|enlace a la fuente|enlace a la nota|link de la nota|link nota|página web|sitio web|
        lien web|lien vers l'article|lien vers la source|lien de la source|lien url|lien internet|adresse url|page web|site web|
        link zur quelle|link zum artikel|weblink|internetadresse|webseite|website|
        link da fonte|link da notícia|link da matéria|página na internet|collegamento|link alla fonte|sito web|link naar bron|pagina web|legătură web|odnośnik|link do artykułu|strona internetowa|tautan|tautan berita|liên kết|đường dẫn|kiungo
    """,
    "language": """
        language|languages|language(s)|languages spoken|spoken language|spoken languages|language spoken|mother tongue|native language|first language|preferred language|interpreter language|language of interview|lang|lang.|speaks|
        idioma|idiomas|idioma(s)|lengua|lenguas|lengua materna|idioma materno|lengua indígena|habla|idiomas que habla|lengua que habla|
        langue|langues|langue(s)|langue maternelle|langue parlée|langues parlées|parle|langue de l'audition|
        sprache|sprachen|sprache(n)|muttersprache|gesprochene sprache|gesprochene sprachen|sprachkenntnisse|spricht|verständigung in|dolmetschersprache|
        língua|línguas|língua materna|idioma falado|línguas faladas|idiomas falados|fala|
        lingua|lingue|lingua madre|lingue parlate|madrelingua|taal|talen|moedertaal|gesproken taal|limba|limba maternă|limbi vorbite|język|języki|język ojczysty|bahasa|bahasa ibu|ngôn ngữ|tiếng mẹ đẻ|lugha|lugha ya mama
    """,
}

ROLE_WORDS: dict[str, str] = {}
