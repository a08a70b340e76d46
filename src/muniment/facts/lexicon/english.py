"""More words of English headers: of courts, police, hospitals, coroners, camps, NGOs and families."""

WORDS: dict[str, str] = {
    "name": """
        called|person called|name and alias|name with alias|name & alias|name and surname|surname and name|surname and forename(s)|surname/forename|surname, forename|surname, forenames|surname and initials|
        surname & initials|name and initials|initials and surname|last name and first name|last name / first name|family name and given name|family name, given names|full name (orig. script)|full name in original script|
        full_name_orig_script|name (original script)|name in native script|name in local language|name in arabic|name in arabic script|name in cyrillic|name in roman script|
        name (english)|name (local)|romanised name|romanized name|latin name|transliterated name|name transliterated|name as recorded|name as written|name as reported|name recorded|reported name|known name|
        detenu|detenue|name of detenu|name of detenue|particulars of detenu|particulars of detainee|particulars of prisoner|name of arrested person|arrested person|name of person arrested|name of person detained|
        person in custody|name of person in custody|prisoner's full name|detainee's full name|person's name|subject name|subject's name|name of subject|detained person|detained persons|name(s)|
        name of missing person|name of disappeared|name of disappeared person|disappeared person|name of abductee|kidnapped person|name of the person|name of individual|name of accused|name of suspect|name of defendant|
        defendant name|defendant's name|suspect name|suspect's name|accused person|accused persons|accused name|name of convict|convicted|name of inmate|name of internee|name of hostage|hostage name|
        name of captive|captive|captives|pow|pow name|name of pow|evacuee|deportee|name of deportee|exile|returnee|name of refugee|refugee name|asylum seeker|refugee|noncitizen|alien name|alien|
        name of child|child's full name|name of dead|dead|name of the dead|name of killed|killed|person killed|fatality|casualty|casualty name|name of casualty|deceased name|deceased (surname, forename)|
        name of martyr|martyr's name|name of the victim|victim's full name|victims|name of survivor|survivor|who is missing|who is it about|who was arrested|who was detained|who is detained|who is in custody|
        parolee|probationer|offender name|name of offender|inmate full name|inmate's name|patient's name|name of recipient|recipient name|member name|name of member|cadre|trainee name|name of trainee|learner|learner name|
        name of worker|worker|labourer|name of labourer|person of interest|target|target name|name of target|household member|family member name|name of family member|monk|monk/nun|political prisoner|name of political prisoner
    """,
    "first_name": """
        first name(s)|given name(s)|forename(s)|forename|forenames|given names|christian name|christian names|first|given|fore name|1st name|first names|baptismal name|name 1|given name in full|firstname|givenname|
        given_name|first_name|first nm|personal name
    """,
    "last_name": """
        surname/family name|family name/surname|last|sur name|sir name|second/last name|family_name|last_name|last names|surname at birth|last nm|surnm|clan name|surname (family name)|family names(s)
    """,
    "second_name": """
        middle|middle names|middle name/initial|second forename|other forenames|other given names|middle_name|mid. name|middle init.|grandfather's name|name of grandfather|grandfather name
    """,
    "patronymic": """
        father|father's name in full|name of the father|father (name)|fathers full name|father's given name|father's first name|child of|son of/daughter of|s/o or d/o|parentage|father's name and surname|dad's name|
        name of father (full)|father_name|f/name|f's name|f. name of father|paternal name
    """,
    "mother_name": """
        mother (name)|mother's name in full|name of the mother|mothers full name|mother's given name|mother's first name|mother_name|m/name|mom's name|mum's name|mother's name and surname|mother's surname
    """,
    "alias": """
        also spelled|also spelt|spelled|spelling variants|variant spelling|variant spellings|variants of name|name variant|other name(s)|other spellings of name|alternate name|alternate names|alternative names|aliases|alias(es)|
        alias name|alias names|aka names|a/k/a|aka(s)|nickname/alias|nick name|nicknames|nom-de-guerre|pseudonym|pseudonyms|assumed name|false name|birth name|name at birth|previous name|previous names|previously known as|
        former names|formerly known as|name before marriage|maiden surname|née|nee|popularly known as|commonly known as|known to friends as|organisational name|party name|religious name|dharma name|islamic name|chinese name (alias)|
        kunya|teknonym|stage name|pen name|what people call them|full name (other script)|other script|name variants and spellings
    """,
    "birth_date": """
        date of birth (dob)|dob/age|dob or age|birth dt|birth_date|birth_dt|date_of_birth|dateofbirth|dt of birth|d/o/b|d-o-b|born in year|year born|birth yr|yr of birth|yr. of birth|yob/age|b.|b. year|bn|born/age|
        birth day|date of birth (known)|estimated date of birth|approximate date of birth|approx. year of birth|est. year of birth|est. dob|reported date of birth|claimed dob|birthdate (approx.)|date of birth or age|
        age/date of birth|age / dob|age or year of birth|birth year (est.)|date birth|birth (date)|birth (year)|born (year)|when born
    """,
    "death_date": """
        died (date)|date died|date killed|date of killing|killed|date of murder|murdered on|executed on|executed|date executed|death (date)|death dt|death_date|date_of_death|dt. of death|d/o/d|year died|death year|yr of death|
        date of decease|date of demise|demise|date of loss of life|when killed|when died|died in custody on|date of death in custody|date of death (reported)|reported date of death|date of death certificate entry|pronounced dead|
        time and date of death|date & time of death|date and time of death|estimated date of death|expired on|expired
    """,
    "birth_place": """
        born where|where born|birthplace (village)|village/town of birth|place_of_birth|birth_place|p.o.b.|p/o/b|birth village|birth district|province of birth|district of birth|region of birth|birth province|birth county|
        district of origin|region of origin|province of origin|village of origin|town of origin|county of origin|area of origin|home district|home province|home region|home area|native village|native district|native province|
        native city|comes from|from where|originally from|hails from|ancestral home|ancestral village|place born|birth place (town/village)|birth locality|birth loc
    """,
    "sex": "sex/gender|gender/sex|sex (m or f)|sex m/f|m or f|male or female|sex code|gender code|boy/girl|man/woman|men/women|m / f|gndr|sex of victim|sex of person",
    "nationality": """
        citz|citz.|ctz|cntry of citz|country of citz|country of citizenship|citizenship country|country of nationality|nationality/citizenship|citizenship status|national of|nationality (claimed)|claimed nationality|
        nationality code|nat|nty|natnlty|natl.|state of citizenship|citizen (country)|passport nationality|nationality as stated|subject of
    """,
    "person_country": "country of origin|country of residence|home country|country of former residence|country of habitual residence|cntry|cntry of origin|coo|country of birth/origin|origin country",
    "ethnicity": """
        ethnic background|ethnic affiliation|ethnic identity|ethnic group/race|race/ethnicity|ethnicity/race|race or ethnicity|race/ethnic origin|self-defined ethnicity|self-identified ethnicity|ethnicity (self-defined)|
        ethnicity code|ethnic code|ethnic appearance|ethnic origin code|tribe/ethnic group|ethnic group/tribe|tribal affiliation|tribal group|nation/people|national group|ethnic nationality|ethnos|racial group|ethnicgroup|
        minority group|minority status|nationality (minzu)|minzu
    """,
    "religion": "religion/sect|sect/religion|religion or belief|faith/religion|religious group|religious belief|religious denomination|church|religion (stated)|relgn|rlgn|confession/faith|religion code|religious community",
    "education": """
        education attained|educational attainment|highest education|highest level of education|highest education level|level of schooling|years of schooling|years of education|educational background|educational qualification|
        educational qualifications|academic qualification|academic level|school level|grade completed|last grade completed|schooling completed|education/degree|literacy level|literate|can read and write|educ|educ level|edn|edn.
    """,
    "profession": """
        occupation before arrest|occupation prior to arrest|former occupation|previous occupation|last occupation|civil occupation|civilian occupation|main occupation|occupational status|profession/job|job/profession|job/occupation|
        occupation/job|profession or trade|trade/profession|trade or calling|calling|vocation|line of business|source of livelihood|means of livelihood|what they did for a living|work before arrest|employment status|occupation (stated)|
        employment/occupation|occptn|occupn|occ|prof|business or occupation|occupation or profession|skill|skills|trade/skill
    """,
    "position": """
        official position|current position|present post|current post|post held at time|position/title|title/position|position or rank|rank/position|post/rank|designation/post|post/designation|job position|official post|office and rank|
        role in organisation|role in organization|role in unit|position in organisation|duties|assignment|posting|current assignment|function/position|appointment held|capacity (official)|job/role|staff role|role/title
    """,
    "title": "rank/grade|grade/rank|rank or title|title/rank|service rank|rank held|rank (police)|rank (military)|grade|military title|police grade|salutation|mr/mrs|mr./mrs.|prefix|styled|rnk|insignia",
    "political": """
        party affiliation|party/affiliation|affiliation/party|political group|political organisation/party|group affiliation|affiliated with|member of|membership|organisation membership|organizational affiliation|organisational affiliation|
        movement|faction|group/organisation|group or party|political movement|political orientation|political leaning|politics|union/party|party/union|armed group|organization/group|political background
    """,
    "employer": """
        name of employer|employer name|place of work/study|work/study place|workplace/school|school or workplace|place of work or study|employer/school|employer or school|institution (work)|working at|worked at|works for|worked for|
        employed with|employing agency|employing unit|organisation employed|company name|name of company|office (workplace)|employer/unit|duty station|place of posting|current employer|last employer|media outlet|outlet|news outlet|newspaper (employer)|
        media organisation|media organization|university|school
    """,
    "id_number": """
        national id no|national id no.|national id #|nat'l id|natl id|nat id no|id/passport no.|id or passport no.|id no/passport|identity document|identity document number|identity doc no|identity doc. no.|identification no|identification no.|
        identification|identification card|identification document|identification document no.|citizenship number|citizenship no.|citizenship certificate no.|citizen number|citizen no.|civil id|civil number|civil registration number|civil registry no.|
        personal identity number|personal identity code|identity card no|identity card no.|id-card|idcard|id card no|id card no.|id card #|idcardno|id_number|id_no|id_num|national_id|nin|ni number|ni no|ni no.|nino|s.s. no.|soc. sec. no.|social security|
        social security no.|tax id|tax number|taxpayer id|tin|voter id|voter's card no.|driver's licence no.|driving licence|birth certificate no.|ration card no.|refugee id|unhcr id|unhcr no.|a-number|alien number|a number|a#|alien registration number|
        residence permit no.|resident id|resident identity card|nrc number|citizenship scrutiny card|ghana card|huduma no.|personal id no.|personal file id|doc no (id)|national identification card number|identity
    """,
    "passport": "passport / travel document|passport/travel doc|passport or travel document no.|passport #|passport_no|passport_number|passportno|ppt number|ppt #|pass no.|pspt no|travel doc|travel doc no|travel document number|passport details|passport series and number|passport nr.",
    "phone": """
        family liaison contact|family contact|contact for family|family phone|family phone no.|family's phone|contact of family|contact tel|contact tel.|contact telephone|contact telephone no.|contact information|contact info|contact (phone)|contact phone number|
        phone contact|phone contacts|phone/contact|phone / mobile|tel/mobile|telephone/mobile|mobile/phone|mobile no|mobile no.|mobile #|mob|mob.|mob. no.|mob no|cell no|cell no.|cell #|cellular|cell number|phone no.|phone no(s)|phone(s)|phones|phone #|phone_no|
        phone_number|phonenumber|tel no|tel #|tel nr|telephone no|telephone no.|telephone numbers|phone numbers|landline no.|home tel|home tel.|work phone|office phone|day phone|daytime telephone|evening telephone|number to call|call|reachable at|how to reach|
        how to reach them|viber|telegram|signal|whatsapp no|whatsapp number|wa number|sim|sim no|msisdn|phone/whatsapp|emergency phone|emergency contact number|emergency contact no.|emergency phone number
    """,
    "email": "e-mail address|email id|email_address|electronic mail|e-mail(s)|email (if any)|contact email",
    "address": """
        residence address|residential addr|res. address|res. add.|address of residence/home|place of abode|abode|last place of residence|last residence|residence at arrest|address at arrest|address when arrested|lived at|lived in|living at|normally resident at|
        normal residence|address (home)|address (permanent)|address (present)|present address|temporary address|mailing address|postal address|correspondence address|addr. of residence|registered domicile|place of domicile|domicile address|domiciled at|
        home address (village)|home locality|residing in|resides at|resides in|resident in|resident at|r/o village|village/ward|village tract|township/village|village/township|town/village|town or village|village or town|village/street|ward/village|
        house no. and street|house no|street|street and number|street name|locality/village|locality of residence|city of residence|town of residence|county of residence|district of residence|province of residence|region of residence|
        residence (district)|residence (village)|residence/locality|house address|home addr|current residence|current residential address|full address|complete address|detailed address|family address|permanent residence|neighborhood of residence|camp/address|
        tehsil|taluka|upazila|mandal|post office|p.o.|parish|sub-county|division|brgy|barangay
    """,
    "person_status": "status of person|person's category|detainee category|category of detainee|category of prisoner|prisoner category|category (prisoner)|security category|security classification|threat level|threat category|detainee type|type of detainee|type of prisoner|type of victim|victim category|category of victim|legal category|custody level|screening result|population group",
    "registration": """
        prisoner no/name|prison no|prison no.|prison number|prison id|prison/pace no.|pace no|pace no.|custody id|custody ref|custody record no.|detainee no.|detainee id no|detention no|detention no.|detention number|inmate no|inmate no.|inmate id no.|offender no|
        offender no.|offender number|offender id|nomis no.|doc no. (inmate)|doc#|doc #|inmate reg. no.|reg no|reg #|regn no|regn. no.|registration #|register no.|reg. number|registr. no.|roll no|roll no.|roll number|roll #|pow no|pow no.|pow number|internee no|
        internee no.|internee number|identity disc no.|disc no.|tag number|tag #|wristband no.|badge number|badge #|body bag no.|grave no.|grave number|member no|member no.|membership no.|staff id|staff number|employee no|employee no.|employee number|employee id|emp id|
        emp. no.|personnel number|personnel no.|payroll no.|service no.|service no|service id|army no.|force no.|force number|warrant card no.|student id|student no|student no.|student number|admission number|admissions no.|hospital number|hospital number (patient)|
        patient number|patient file no.|beneficiary id|beneficiary no.|unique identifier|unique number|unique no.|unique ref|icrc no|icrc no.|icrc number|icrc id|ref. no. of detainee|victim no.|victim number|person no|person no.|person number|participant id|
        subject id|subject no.|serial number of prisoner|prisoner #|prisoner's no.|prisoner's number|convict #|number of prisoner|ucid|booking id of inmate|individual no|alien file no|file person id|personal file no.|personal reference number
    """,
    "age": """
        age in yrs|age (in years)|age at time of arrest|age when arrested|age when taken|age when killed|age when died|age on death|age at disappearance|age on arrest|age at capture|age on admission|age at admission|age at sentencing|age at conviction|
        age at time of detention|age now|current age|present age|age today|age (approx)|approximate age|est. age|estimated age|reported age|stated age|claimed age|age range|age/years|age, years|ages|age yrs.|age last birthday|how old?|yrs old|yrs.
    """,
    "relationship": """
        tie to victim|tie to detainee|informant's tie to victim|informant's relation to victim|relationship of informant|relationship of informant to deceased|informant's relationship|relation of informant|relation of contact|contact's relationship|
        relationship of contact|relationship to contact|relationship of nok|nok relationship|nok relation|relationship of next of kin|relationship of relative|relationship of visitor|visitor's relationship|visitor relationship|visitor's relation|
        relation of visitor|relationship to inmate|relationship to inmate/prisoner|relation to inmate|relation to prisoner|relation to the prisoner|relationship with prisoner|relationship with the victim|relationship to the victim|relationship to victim|
        relationship to deceased|relation to deceased|relationship to missing person|relation to missing person|relation to missing|relationship to patient|relationship to the detainee|relation to the detainee|relationship with inmate|relationship to person|
        relationship to applicant|relationship of applicant|applicant's relationship|relationship to child|relation to child|family relationship|family relation|family tie|family ties|kin relation|kinship tie|degree of relationship|degree of kinship|
        how is he/she related|how are they related|reln|rel.ship|relationship type|relation type|type of relation|type of relationship|related as|relation/kinship|relationship/kinship|connection to victim|connection to detainee|connection|link to victim|
        link to detainee|who is the visitor to the prisoner
    """,
    "detained_on": """
        picked up|picked up on|date picked up|pick-up date|pickup date|when picked up|grabbed|taken|taken (date)|date of taking|rounded up|rounded up on|round-up date|date of round-up|date of raid|raid date|date of seizure|held from|held from (date)|
        in custody from|in custody date|custody in|custody start|custody start date|custody began|custody commenced|start of custody|start of detention|start of imprisonment|detention from|detention start date|date detention began|detention commenced|
        detention (from)|detention (start)|date of commencement of detention|commencement of detention|date detained from|detained from|first detained|date first detained|first arrested|date first arrested|first date of detention|date of initial detention|
        arrest dt.|arrest_date|arrest_date_from|arrest date from|arrest date (from)|date_of_arrest|arrestdate|detention_date|detention dt|arr. dt.|d/o/a|date/time of arrest|date & time of arrest|date and time of arrest|time/date of arrest|time & date of arrest|
        arrest (date)|arrest time|arrested (date)|arrested (when)|when arrested|when detained|when abducted|when they took them|date of the arrest|day of arrest|day arrested|year of arrest|arrest year|year arrested|month of arrest|year of detention|year detained|
        date of internment/arrest|admitted|admission|date admitted|date/time admitted|admission dt|adm. date|adm date|date of adm.|date of reception|reception date|received on (prison)|received into custody|date received into custody|date received in prison|
        date brought|brought on|brought to station|brought to prison|date booked in|booked in|booked|book-in date|book in date|booking dt|booking date/time|date/time booked|checked in|check-in|in date|date in|time in|intake|intake dt|intake/admission date|
        date of intake into camp|sent to camp|date sent|sent on|date of committal|committal date|committed to prison|date committed|date of remand|remanded on|remanded|remand date|date remanded|date jailed|jailed on|jailed|jailed since|imprisoned|imprisoned on|
        imprisoned from|date of incarceration|incarcerated on|incarcerated since|incarceration date|date of confinement|confined on|interned|internment date|date interned|date kidnapped|kidnapped on|date of kidnapping|abducted|abducted (date)|date abducted|
        disappeared|disappeared (date)|date disappeared|disappearance date|missing since|missing from (date)|went missing|went missing on|date went missing|date of going missing|gone since|last contact|date of last contact|last heard from|last heard of|
        last known alive|captured|date captured|capture date|date of surrender|surrendered on|apprehended|apprehension date|date apprehended|date of custody|taken in|taken in on|date taken in|date taken into custody|date of taking into custody|entered custody|
        entered detention|entry|entry into facility|entry to facility|entry to camp|date of entry to camp|entered camp|date entered|entered on|arrived on|arrived (date)|date arrived|date of arrival in camp|re-arrested on|date of re-arrest|rearrested|deprived of liberty since|
        deprivation of liberty since|date of deprivation of liberty|moved in|transferred in|date transferred in|transfer in date|date of transfer in|in since|inside since|serving since
    """,
    "released_on": """
        let go|let go on|date let out|let out|when let go|when freed|when was he released|set free on|date freed|date set free|liberated|date of liberation|liberated on|date of freedom|freedom date|out on|time out|out date|out|checked out|check-out|custody out|
        custody end|custody end date|end of custody|custody ended|detention to|detention (to)|detention (end)|detention end date|detained until|detained to|held until|held to|held till|in custody until|in custody to|imprisoned until|
        release dt|release dt.|release_date|date_of_release|releasedate|release (date)|released (date)|released when|date/time of release|date & time of release|date and time of release|time of release|day of release|year of release|year released|actual release date|
        date of actual release|scheduled release|scheduled release date|expected release|expected release date|projected release|projected release date|anticipated release date|planned release|planned release date|due date of release|release due|release due date|
        provisional release date|date due for release|conditional release date|parole date|date of parole|paroled on|paroled|parole eligibility date|date of bail|bail date|bailed|released on bail|released on bail on|date bailed|date of acquittal|acquitted on|
        date of discharge/release|discharge dt|disch. date|dis. date|date disch.|discharged (date)|discharged/released|date discharged|exit|exit dt|exit from facility|exited|left custody|left prison|left camp|left facility|date left camp|date of exit from camp|
        departed on|released/transferred|released or transferred|release/transfer date|date of release or transfer|date of release/death|graduated|graduation date|date of graduation|date of escape|escaped on|escaped|date removed|removed on|date of removal|deported on|
        date of deportation|repatriated on|date of repatriation|exchanged on|swap date|rescued on|freed (date)|reappeared on|date of reappearance|date found|returned home|book-out date|booked out|detention released on
    """,
    "facility": """
        detloc|det loc|det. loc.|det. location|detention location|detention loc|location of custody|custody place|custody site|custody facility|custody suite|establishment|penal establishment|prison establishment|institution|penal institution|correctional institution|
        correctional facility|correctional centre|correctional center|detention house|house of detention|place of internment|internment camp|internment place|internment site|internment facility|camp of internment|camp or place of detention|camp no|camp no.|camp number|
        camp/facility|facility/camp|facility or camp|facility/prison|prison/facility|prison facility|prison or detention centre|prison or camp name|prison/detention centre|prison/police station|police station/prison|jail name|name of jail/prison|gaol|name of gaol|
        lockup|lock up|lockup name|police cell|held by/at|held (where)|held where|where being held|where is he/she held|where is the person held|where are they being held|where imprisoned|where jailed|where interned|where kept|where locked up|kept at|kept in|being held at|
        believed held at|believed to be held at|reportedly held at|last known place of detention|last place of detention|last known detention site|last detention place|last known prison|present place of detention|present prison|prison now|now held at|now at|now in|
        currently at|currently in|currently detained at|currently detained in|current prison|current camp|current detention facility|current detention place|current place of custody|current whereabouts|whereabouts|whereabouts now|present whereabouts|known whereabouts|
        place of incarceration|incarcerated at|incarcerated in|incarceration place|jailed at|jailed in|serving at|serving in|serving sentence at|serves sentence at|place of serving sentence|imprisoned in|remanded at|remanded in|remanded to|remand prison|committed to (prison)|
        sent to prison|taken to|taken where|where taken to|were taken to|brought to|moved to prison|detaining facility|facility detained|facility held|facility (detention)|facility location|fac|fac.|fac_name|facility_name_held|detention fac|detention unit|detention ctr|
        detention ctr.|det. centre|det. center|det. facility|det ctr|holding centre|holding center|holding place|processing centre|processing center|transit camp|labour camp|labor camp|re-education camp|reeducation camp|reeducation centre|re-education centre|
        training school|vocational centre|camp of detention|secret prison|unofficial site|unit (prison)|prison unit|prison site|hospital/prison|last seen at (facility)|seen at|seen in (prison)|first detention place|place of first detention|initial place of detention
    """,
    "facility_before": "previous prison|previous camp|previous place of detention|former prison|former place of detention|last prison|prison transferred from|transferred from (prison)|held before at|received from|came from (prison)|moved from prison|prior facility|prior place of detention|previously held at|previously held in|previously detained at|facility from|sending facility",
    "held_place": """
        picked up at|picked up from|picked up in|where picked up|taken at|taken from (place)|arrest place|arrest_place|arrest site|site of arrest|scene of arrest|location arrested|arrested where|arrested (where)|where were they arrested|where the arrest took place|
        place of the arrest|place and circumstances of arrest|town of arrest|city of arrest|village of arrest|district of arrest|province of arrest|region of arrest|township of arrest|state of arrest|county of arrest|area of arrest|arrest address|place of apprehension|
        apprehension site|apprehended at|apprehension location|landmark|place of taking|place of detention (arrest)|place detained from|detained from (place)|place of capture/arrest|captured at|captured in|capture place|capture location|place captured|place kidnapped|
        kidnapped from|kidnapped at|place of kidnapping|place abducted|abduction place|abduction site|abducted from (place)|location of abduction|place last seen|last seen where|last seen (place)|last place seen|where last seen|where was he last seen|last known location (missing)|
        place of incident|incident location|incident place|place of event|location of incident|where it happened|where did it happen|disappeared from|disappeared at|place disappeared|location of disappearance|went missing from|missing from|place of raid|raid location
    """,
    "reason": """
        reason for arrest|reason for detention|reason of arrest|reason of detention|reason arrested|reason detained|reason held|reason given|reason stated|stated reason|official reason|reason for imprisonment|reason for internment|reason for being taken|reason for custody|
        reason for capture|reason for abduction|reason for admission|reason for committal|reason(s)|reasons for arrest|reasons for detention|cause of arrest|cause of detention|grounds for arrest|grounds for detention|grounds of detention|grounds of arrest|detention grounds|
        basis for detention|basis of detention|basis of arrest|basis for arrest|ground for detention|ground of arrest|motive for arrest|motive of detention|why arrested|why detained|why held|why taken|why imprisoned|why was he arrested|why were they arrested|arrested because|
        detained because|held for|held because|detained for|detention reason|arrest reason|arrest cause|pretext|pretext for arrest|context of arrest|activity leading to arrest|activities leading to arrest|arrested on suspicion of|reason code|detention basis|internment reason
    """,
    "held_status": """
        present position of case|present position|present status|current legal status|legal status|legal situation|legal position|case status|status of case|stage of case|stage of proceedings|case stage|status of proceedings|procedural status|procedural stage|trial status|
        status of trial|status in custody|custody status|custodial status|detention status|status of detention|detainee status|prisoner status|status of prisoner|inmate status|imprisonment status|current detention status|status now|current state|latest status|last status|
        last known status|status (last known)|outcome|outcome of case|outcome of arrest|outcome of detention|case outcome|result of case|disposition|final disposition|case disposition|fate|fate of victim|present fate|alive or dead|dead or alive|alive / dead|living/dead|
        still held|still detained|still in custody|still missing|is the person still held|released or held|whether released|released?|released yes/no|status (detained/released)|detained/released|status: detained/released|what became of them|what became of him|
        what happened next|what has happened since|decision|decision taken|decision in case|determination|verdict status|plea|bail status|sentence status|conviction status|court status|status at present|status update|situation|current situation|present situation|
        condition|present condition|remand status|remand/convicted|convicted/remand|awaiting trial|under trial/convict|utp/convict|sentenced/unsentenced
    """,
    "authority": """
        arresting authority|detaining authority|arresting agency|arresting body|arresting force|arresting unit|arrested by|detained by|taken by|captured by|abducted by|kidnapped by|held by|in custody of|in the custody of|custody of|apprehended by|seized by|picked up by|
        picked up by whom|who picked them up|who detained|who detained them|who arrested them|who abducted|who held them|agency|agency responsible|responsible agency|responsible authority|responsible force|responsible party|party responsible|authority responsible|
        force responsible|force|security force|security agency|security service|security branch|security body|detaining agency|detaining body|detaining force|detaining power|detaining unit|capturing unit|capturing force|capturing party|unit responsible|arrest authority|
        arrest agency|agency that arrested|police force|police station|police unit|police dept|police department|department (arresting)|branch (security)|perpetrator group|alleged perpetrators|alleged perpetrator group|perpetrator force|perpetrator agency|
        arresting department|station of arrest|station (police)|investigating agency|investigating authority|investigating body|prosecuting authority|brought by|brought in by|delivered by (unit)|admitted by order of|committed by|remanded by|committing authority|
        ordering authority|ordered by|referred by
    """,
    "held_order": """
        detention order|detention order no|detention order no.|d.o. no|d.o. no.|order of detention|order of detention no.|order no|order no.|order number|order #|no. of order|no. of d.o.|warrant|warrant of arrest|arrest warrant|arrest warrant no.|arrest order|
        committal warrant|committal order|committal order no.|decree no.|detained under order|authorised by order|detention decree|decision no. (detention)|remand order|remand warrant|detention warrant
    """,
    "building": "barrack|barrack no|barrack no.|block|block no|block no.|wing|wing/block|building|building no|building no.|bldg|bldg.|unit/block|house block|houseblock|section|sector|yard|compound|pavilion|hall|dormitory|dorm|dorm.|hut no.|tier|landing",
    "cell": "cell no|cell no.|cell number|cell #|cell/room|room/cell|cell/bed|bed/cell|cell location|room no|room no.|room number|room|ward no.|bed no|bed no.|bed|bunk no.|cell block|dorm/cell|cell/dorm|lodged in|cell/barrack|barrack/cell",
    "term": """
        sentence length|length of sentence|sentence (length)|sentence (years)|sentence (months)|sentence in years|sentence in months|sentence (yrs)|years of sentence|years sentenced|sentence imposed|sentence given|sentence received|sentence passed|sentence term|
        term of sentence|term of imprisonment|term imposed|prison term|prison sentence|jail term|jail sentence|imprisonment term|length of imprisonment|duration of sentence|duration of imprisonment|period of imprisonment|period of sentence|sentenced to|
        sentenced to (years)|sentence duration|length of term|length of term (years)|custodial sentence|custodial term|punishment|punishment imposed|penalty|penalty imposed|term|term (years)|term (months)|term in years|years|years given|years got|time given|tariff|
        total sentence|effective sentence|effective term|terms|how long|how long for|how many years|for how long|sent.|sent. length|sentence yrs|sentence_length|sentence_years|term served at|sentence (y/m)|length of detention|detention period|period of detention|
        duration of detention|duration of custody|length of custody|detained for (duration)|time held|time in custody|time in detention|training term|study term|length of study
    """,
    "sentence_date": """
        sentencing date|date of sentencing|date of sentence|sentence date|date sentenced|sentenced on|sentenced|date of conviction|conviction date|convicted on|date convicted|convicted (date)|date of judgment|date of judgement|judgment date|judgement date|judgment delivered|
        date of verdict|verdict date|verdict on|date of trial|trial date|tried on|date tried|date of court decision|date of decision|decision date|date of ruling|ruling date|date of court ruling|date of disposal|date of court order|sent. date|sent dt|year of sentencing|
        year sentenced|year of conviction|sentence_date|when convicted|when tried
    """,
    "sentence_start": "sentence from|sentence start|sentence start date|sentence began|sentence begins|start of sentence|sentence starts|sentence commencement|date of commencement of sentence|sentence effective from|term from|term start|term begins|sentence runs from|counts from|sentence counted from",
    "sentence_end": "sentence to|sentence end|sentence end date|sentence ends|end of sentence|sentence expires|sentence expiry|sentence expiry date|date of expiry of sentence|expiry of sentence|expiration of sentence|sentence expiration|term ends|term end|term to|term expires|end of term|sentence expiration date|max. release date|maximum release date|full term date|sentence completion|date of completion of sentence|sled|sed",
    "court": """
        court name|name of court|trial court|court of trial|sentencing court|convicting court|court that sentenced|court that convicted|court of first instance|court/judge|judge/court|court or tribunal|court/tribunal|tribunal|tribunal name|committing court|court of committal|
        sentenced by|convicted by|tried by|tried at|tried before|before which court|which court|court of conviction|court of sentence|court (name)|court location|court seat|military court|court martial|court_name|ct|crt|sentencing authority|sentencing body|judicial authority|
        appeal court|court & place|court and judge|court passing sentence|remanding court
    """,
    "charge": """
        accused of what|what they are accused of|what are they accused of|what he is accused of|what is he accused of|accused of (charge)|alleged crimes|alleged offences|alleged offenses|alleged charge|allegations|allegations against|accusation(s)|charge/offence|offence/charge|
        offense/charge|charge or offence|charge/crime|crime/charge|crime or charge|charge/offense|offense(s)|offences|offenses|offence committed|crime committed|crime alleged|crime convicted|offence of which convicted|convicted offence|conviction offence|offence convicted of|
        conviction for|convicted for|sentenced for|charges brought|charges laid|charges filed|charges against|charges against them|charge laid|charged for|charges (official)|official charge|official charges|formal charge|formal charges|main charge|main charges|
        principal charge|principal offence|most serious offence|most serious charge|index offence|indicted for|indicted on|nature of offence|nature of offense|nature of crime|nature of charge|nature of charges|type of offence|type of offense|type of charge|category of offence|
        offence description|description of offence|offense description|charge description|charge text|charge type|crime_desc|offence_desc|offense code|charge code|suspected of|suspected offence|suspected crime|suspicion|suspected|prosecuted for|tried for|tried on charge of|
        criminal offence(s)|criminal offense|criminal charges|crime (official)|offence/section|charge/section|charges and sections|misconduct|violation|violations|infraction
    """,
    "article": """
        article(s)|article number|article no|article of law|articles of law violated|article of criminal code|article of the criminal code|articles of the criminal code|article of penal code|article of code|art. no.|art. of cc|article cc|article/law|law/article|law|laws|law used|
        law applied|law invoked|law violated|law section|section of the law|section(s)|sections|section no|section no.|section of act|section and act|act and section|act/section|act & section|act|under law|under article|under which law|under which article|under what law|
        legal provision|legal provisions|provision of law|provision|legal article(s)|legal ground|statute/section|statutes|statutory provision|penal code section|penal section|ipc section|code section|charged under|charged under section|charged under article|convicted under
    """,
    "notes": "how we know|what the family says|what family says|what the family said|family says|family account|according to the family|what relatives say|what is known|what we know|known facts|further details|further info|more info|additional comments|additional details|other details|other remarks|other comments|general remarks|general comments|comment(s)|remark(s)|note(s)|n.b.|further remarks|anything else|anything else we should know|free text|narrative notes|case notes|case summary|summary of facts|brief facts|brief history|brief facts of the case|physical description|identifying marks|identifying features|special marks|medical notes|medical remarks|injuries|injuries noted|injuries on admission|visible injuries|treatment|ill-treatment|torture|state of health on admission|health status|medical status|health problems|illness|illnesses|needs|vulnerabilities|follow-up|follow up|action|actions|next steps",
    "death_cause": """
        apparent cause|apparent cause of death|presumed cause of death|alleged cause of death|suspected cause of death|stated cause of death|certified cause of death|official version|official version of death|official explanation|official cause|cause/circumstances of death|
        cause and manner of death|manner|manner/cause of death|cause|cause given|cause stated|cause of decease|cod|c.o.d.|died of|died from|death due to|how killed|how they died|how he died|way killed|method of killing|means of death|weapon|weapon used|type of death|
        classification of death|mechanism of death|autopsy finding|autopsy findings|post-mortem finding|post-mortem findings|pm finding|verdict (inquest)|inquest verdict|inquest conclusion|conclusion as to death
    """,
    "event_date": "arrest_date_to|date of d.o.|date of detention order|order dated|d.o. date|date entered in database|last update|date updated|next hearing|next hearing date|date of next hearing|hearing date|date of hearing|date of appeal|appeal date|date of medical|date of screening|date of last visit|last visit|last visited|next court date|next court appearance|court date|date of appearance|date verified|verified on|date recorded|recorded on|date of recording|date of posting|posted on|date posted|article date|published|published on|date of article|date listed|date of call|date of request|request date|date of reply|reply date|date of letter|letter date|date of notification|notified on|date family informed|date of inquest|inquest date|date of autopsy|autopsy date|date of post-mortem|arrival in country|date of arrival in country|entry to country|date of entry to country|date of asylum application|date of application|application date|signature date",
    "event_place": "place of burial/grave|grave|grave location|burial site|cemetery|cremation site|place found|where found|body found at|place body found|location of body|place of discovery|where the body was found|place died|where died|where killed|killed at|killed in|place killed|place of killing|place of execution|death place|location of death|hospital of death|going to|travelling to|destination (country)|purpose/destination|route|travel route|country of destination/visited",
    "marital": "married/single|single/married|marital|marital_status|civil state|matrimonial status|married (y/n)|married?|conjugal status|marriage status|family state",
    "serial": "sr|sr.|s. no|s. no.|s.no|s.no.|s no|sno|sno.|sl no|sl no.|sl.no|sl.no.|serial #|ser no|ser. no.|ser. no|list number|line number|line #|row #|item no|item no.|item #|nr. crt.|no. in list|order in list|seq #|sequence|sequence no.|sequential number|running no|running no.|running number|consecutive no.|consecutive number|# in list|num|no of list|unit no in list",
    "witness": "witness name|name of informant|source person|person reporting|reporting person|who reported|who reported it|reported by (name)|testimony of|statement of|testimony given by|name of interviewee|interviewed|interviewee name|person interviewed|respondent|respondent name",
    "photo": "photo y/n|photo available|photo (y/n)|picture available|photo of person|photo of victim|id photo|headshot|image file|image url|photo url|photo link|photo_file|picture file|photo attached|mug shot|photograph no.|photo number",
    "quantity": "no. of dependants|number of dependants|number of dependents|no. of dependents|no of children|children under 18|no. of family members|number of family members|members in family|persons in household|fine|fine imposed|bail amount|bail sum|bond|bond amount|surety|ransom|ransom paid|reward|no. of wives|monthly income|income|times arrested|number of arrests|previous arrests|previous convictions|no. of previous convictions|days in detention|days held|days detained|days in custody|no. of days|number of visits|visits",
    "any_notes": "source/remarks|source / notes|source and remarks|notes/source|notes and source|remarks/source|source/comments",
    "any_status": "state|current stage|stage",
    "facility_name": "name of the facility|name of the camp|name of the prison|facility / camp name|name of detention centre|name of detention center|name of place of detention|name of institution|name of establishment|name of police station|official name|official name of facility|site|detention site name|prison unit name|name (facility)|common name|name of installation|installation|name of location",
    "facility_kind": "type of place of detention|type of detention facility|type of detention place|type of detention centre|detention type|facility class/type|facility category/type|class of prison|prison type|prison category|category of prison|site type|camp category|institution type|kind of place|kind of camp|kind of site|kind of prison|regime|security regime|facility_type|purpose of facility|use of building|building use|function of site|fac type|official or unofficial",
    "capacity": "planned places|number of places|no. of places|no of places|bedspaces|bed spaces|bed space|sanctioned capacity|authorized capacity|approved capacity|certified capacity|normal capacity|operational capacity|usable places|cna|maximum occupancy|design cap.|intended for|built for|capacity (persons)|capacity (people)|estimated capacity|accommodation capacity|lock-up capacity",
    "headcount": "number of people held|number of persons held|people held|no. of persons|no of prisoners|no of inmates|persons in custody|prisoners held|detainees held|number detained|number of persons detained|no. detained|total detained|total prisoners|total inmates|total population|inmate population|inmate count|prisoner count|daily count|average population|avg population|average daily population|number at present|present number|current number|current occupancy|actual occupancy|population (actual)|est. population|estimated population|estimated number held|number imprisoned|lock-up|unlock|roll",
    "opened": "open since|opened (year)|date of opening|opening year|opening|when opened|first used|in use from|used from|used since|from year|year of establishment|year of construction|constructed|construction year|operated from|in operation from|operations began|active (from)|start of use|began operating|first seen|first observed|first visible",
    "closed": "shut in|when closed|closing|closing year|closed (year)|date of closing|date of closure|used until|used to|until year|operated until|in operation until|in operation to|operations ended|end of use|abolished|dissolved|decommissioned|last used|last seen in use|last observed|closed since|demolished",
    "facility_address": "location of the facility|location of site|location of prison|location of camp|site of camp|prison location|camp location|address of prison|address of camp|prison address|facility_address|where it is|where is it|nearest town|near|locality of site|situated at|located at|located in|place/location|physical address|street address of facility",
    "latitude": "lat (dd)|lat_n|latitude_n|latitude (dd)|lat decimal|lat. (dec.)|latitude n|n latitude|lat°|y_coord|y_coordinate|northing|lat wgs84|decimal latitude|gps latitude|latitude (wgs84)",
    "longitude": "lon (dd)|lon_e|longitude_e|longitude (dd)|lon decimal|long. (dec.)|longitude e|e longitude|lon°|x_coord|x_coordinate|easting|lon wgs84|decimal longitude|gps longitude|longitude (wgs84)",
    "coordinates": "geo-coordinates|geocoordinates|geo coordinates|grid reference|grid ref|grid ref.|map reference|map ref|mgrs|utm|utm coordinates|gps position|position (gps)|gps point|lat/lng|latlong|lat long|lat,long|coordinates (lat, lon)|geo location|geo",
    "issuer": "issued by authority|signing authority|signing officer|signed by whom|who signed|issuing office|issuing department|issuing unit|from whom|from (sender)|sent by|originating office|originating unit|author of document|ordering officer|approved by|approving authority|authorised by|authorized by|passed by",
    "addressee": "addressed|to (recipient)|to (addressee)|for whom|directed to|distribution|distribution list|copy to|copied to|receiving unit|receiving office|sent to whom|attention",
    "order_date": "date of the order|date of the document|date of circular|date of directive|date of instruction|date of decree|date of letter|letter dated|dated on|date of memo|date of memorandum|doc date|doc. date|date (document)|order issued on|order issued",
    "order_name": "subject of order|subject matter|title of order|title/subject|subject/title|re|re:|about|regarding|concerning|topic|document subject|doc title|doc. title|name of document|type of document|document type|type of order|kind of document|document description",
    "reference": "document ref|document ref.|document reference|doc ref|doc ref.|doc no|order no. of document|memo no.|memorandum no.|circular no|directive no.|instruction no.|decree number|letter no.|letter ref.|outgoing no.|incoming no.|dispatch no.|your ref|reg. no. of document|number of order|number of document|document nr|serial of order",
    "wording": "text of the order|what it says|what the order says|what was ordered|ordered|order given|order content|content of order|instruction given|instructions given|main points|key points|key passage|quotation|quote|verbatim|verbatim text|action required|substance|gist|what is ordered",
    "testimony": "testimony text|witness account|witness testimony|text of testimony|text of statement|statement text|what the witness said|what they said|what was said|account of events|survivor account|statement given|story told|testimony (text)|full testimony|summary of testimony|in their own words",
    "testimony_date": "date testimony given|testimony date|date of the interview|date of the testimony|interview on|statement date|statement taken on|date statement taken|testimony given on|date of account",
    "post_title": "office/post|post/office|name of post|position or office held|title of post|post name|official title|title of office|appointed as|appointed to|promoted to|served as",
    "post_organization": "organisation/unit|unit/organisation|agency/department|department/agency|ministry|bureau|directorate|branch|organ|unit of service|unit served|institution served|office (organisation)|authority (post)|body|command|organization/unit|agency/unit",
    "post_start": "date appointed|took office|took office on|assumed office|assumed post|in post since|in position since|term of office from|tenure from|served from|from (year)|office from|assumed duty|joined on|date of joining|started on|employed since|date of employment|hired on|date hired|in service since",
    "post_end": "left post|left post on|out of office since|removed from office|term of office to|tenure to|served until|served to|office until|relieved on|retired on|date of retirement|date of removal from post|until (year)|employed until|end of service|end of employment",
}

ROLE_WORDS: dict[str, str] = {
    "informant": "informant|source person|person reporting|reporting person|person giving information|declarant|deponent|interviewee|respondent",
    "relative": "applicant relative|claimant|relative applicant|family liaison|closest relative|nearest relative|relation (person)|family contact person|relative in charge",
    "officer": "staff on duty|staff member on duty|duty staff|officer of case|arresting officer|arresting officer's|custody officer|custody sergeant|receiving officer|releasing officer|admitting officer|booking officer|processing officer|investigating officer|case officer's|handling officer|handler|interrogating officer|prison officer|staff member|superintendent|jailer|gaoler|watch commander|shift commander|supervisor|camp commander|camp commandant|camp director|head of facility|head of prison|director of prison|governor|chief of station|station commander|station officer|signing officer|deputy|section chief|unit commander|brought by officer|recorded by|entered by|filled in by|compiled by|approved by|checked by",
    "lawyer": "name of lawyer|lawyer name|defence|defense|represented by|legal aid|legal aid lawyer|public defender|barrister|legal adviser|legal advisor|counsel for defence",
    "judge": "presiding judge|judge name|name of judge|trial judge|magistrate name|sentencing judge|investigating judge|examining magistrate|chief judge|prosecuting attorney|public prosecutor|district attorney",
    "doctor": "examining doctor|examining physician|medical examiner|medical officer|prison doctor|coroner|pathologist|nurse|camp doctor|certifying doctor|certified by",
    "visitor": "visitor name|name of visitor|visitor's name|who visited|who came|caller|visiting relative|name of visiting person",
    "contact": "contact name|name of contact|contact's name|name of contact person|emergency contact name|person to notify|notify|in case of emergency|point of contact|focal point|contact in family",
    "guardian": "guardian name|name of guardian|legal guardian's|caretaker|carer|custodian of child|sponsor|guarantor|surety name",
    "child": "minor|minor child|kids|dependant|dependent child",
    "spouse": "spouse name|spouse's|name of spouse|partner's|wife/husband|husband/wife|husband or wife|wife or husband",
    "perpetrator": "name of perpetrator|perpetrator's|suspected perpetrator|suspected perpetrators|torturer|attacker|assailant|killer|abductor|abductors|kidnapper|kidnappers|captor|captors",
}
