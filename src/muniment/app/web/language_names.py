"""Languages as people call them: by the codes of models that read pictures, and by ISO 639-1."""

_MODELS = {
    "ara": "Arabic", "aze": "Azerbaijani", "bel": "Belarusian", "bod": "Tibetan",
    "bul": "Bulgarian", "ces": "Czech", "chi_sim": "Chinese, simplified",
    "chi_tra": "Chinese, traditional", "dan": "Danish", "deu": "German", "ell": "Greek",
    "eng": "English", "fas": "Persian", "fin": "Finnish", "fra": "French", "heb": "Hebrew",
    "hin": "Hindi", "hun": "Hungarian", "ita": "Italian", "jpn": "Japanese", "kat": "Georgian",
    "kaz": "Kazakh", "kir": "Kyrgyz", "kor": "Korean", "mkd": "Macedonian", "mon": "Mongolian",
    "nld": "Dutch", "nor": "Norwegian", "pol": "Polish", "por": "Portuguese", "pus": "Pashto",
    "ron": "Romanian", "rus": "Russian", "spa": "Spanish", "srp": "Serbian", "swe": "Swedish",
    "tat": "Tatar", "tgk": "Tajik", "tha": "Thai", "tur": "Turkish", "uig": "Uyghur",
    "ukr": "Ukrainian", "urd": "Urdu", "uzb": "Uzbek", "uzb_cyrl": "Uzbek, Cyrillic",
    "vie": "Vietnamese",
}  # fmt: skip
_CODES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian",
    "bg": "Bulgarian", "bn": "Bengali", "bo": "Tibetan", "bs": "Bosnian", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "eo": "Esperanto", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian",
    "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian", "ms": "Malay", "nb": "Norwegian",
    "nl": "Dutch", "nn": "Norwegian, Nynorsk", "no": "Norwegian", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "tg": "Tajik",
    "th": "Thai", "tk": "Turkmen", "tr": "Turkish", "tt": "Tatar", "ug": "Uyghur",
    "ug-Latn": "Uyghur, Latin", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_UNCERTAIN = {"unknown": "not told"}


def language_named(code: str) -> str:
    """The language as people call it; its code where that is not known here."""
    return _MODELS.get(code) or _CODES.get(code) or _UNCERTAIN.get(code, code)
