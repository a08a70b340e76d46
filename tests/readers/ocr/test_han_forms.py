from muniment.readers.ocr.han_forms import in_one_form


def test_letters_of_one_shape_take_the_form_of_the_page() -> None:
    assert in_one_form(("奧斯曼", "身份证号")) == ("奥斯曼", "身份证号")
    assert in_one_form(("奥斯曼", "身份證號")) == ("奧斯曼", "身份證號")


def test_a_page_of_both_writings_or_of_neither_stays_as_it_was_read() -> None:
    for texts in (("奧奥", "证證"), ("奧斯曼",), ("no letters",), ()):
        assert in_one_form(texts) == texts
