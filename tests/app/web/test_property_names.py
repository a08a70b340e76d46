"""Properties are called by words where a format names them for programs."""

from muniment.app.web.property_names import property_words
from muniment.app.web.templating import _templates


def test_a_name_for_programs_has_words_and_keeps_its_own_beside_them() -> None:
    assert property_words("lpstr").startswith("Name of")
    assert property_words("Subject") == ""
    made = _templates().from_string(
        "{% import 'macros.html' as m with context %}{{ m.property(name) }}"
    )
    said = made.render(name="lastModifiedBy")
    assert said.startswith("Last changed by <small")
    assert "lastModifiedBy" in said
    assert "small" not in made.render(name="<b>")
    assert "&lt;b&gt;" in made.render(name="<b>")
