"""What a picture states: EXIF before XMP, a zone only where one stands, nothing made up."""

import pytest

from muniment.catalog.pictures import stated_by
from muniment.core import Area, Field, Image, Metadata, Whole


def said(**values: str) -> list[Metadata]:
    named = {name.replace("__", ":").replace("_", " "): value for name, value in values.items()}
    return [Metadata(Field(name), name, value) for name, value in named.items()]


def test_a_time_without_an_offset_has_no_zone() -> None:
    stated = stated_by(said(EXIF_DateTimeOriginal="2018:02:05 15:11:44"))
    assert stated.taken.local == "2018-02-05T15:11:44"
    assert stated.taken.offset_minutes is None
    assert stated.taken_at == Field("EXIF DateTimeOriginal")


def test_an_offset_beside_the_time_is_its_zone() -> None:
    stated = stated_by(
        said(EXIF_DateTimeOriginal="2018:02:05 15:11:44", EXIF_OffsetTimeOriginal="-04:00")
    )
    assert stated.taken.offset_minutes == -240
    assert stated.zone_at == Field("EXIF OffsetTimeOriginal")


def test_when_a_picture_was_changed_is_not_when_it_was_taken() -> None:
    assert stated_by(said(Image_DateTime="2018:02:05 15:11:44")).taken.written == ""


@pytest.mark.parametrize(
    "written", ["0000:00:00 00:00:00", "2018:02:30 00:00:00", "2018:02:03 24:00:00", "yesterday"]
)
def test_a_time_that_is_none_is_kept_as_written(written: str) -> None:
    stated = stated_by(said(EXIF_DateTimeOriginal=written))
    assert (stated.taken.written, stated.taken.local) == (written, None)


def test_xmp_counts_where_exif_says_nothing() -> None:
    xmp = {"XMP_exif__DateTimeOriginal": "2010-07-28T11:02:12+02:00"}
    assert stated_by(said(**xmp)).taken.offset_minutes == 120
    both = stated_by(said(**xmp, EXIF_DateTimeOriginal="2018:02:05 15:11:44"))
    assert both.taken.local == "2018-02-05T15:11:44"


def test_half_a_place_is_none_and_kept_as_written() -> None:
    stated = stated_by(said(GPS_GPSLatitude="[39, 30, 0]", GPS_GPSLatitudeRef="N"))
    assert (stated.latitude, stated.longitude) == (None, None)
    assert stated.latitude_said.written == "[39, 30, 0] N"


def test_a_camera_does_not_say_its_make_twice() -> None:
    assert (
        stated_by(said(Image_Make="Canon", Image_Model="Canon EOS 40D")).camera == "Canon EOS 40D"
    )
    assert stated_by(said(Image_Make="Lumo", Image_Model="L200")).camera == "Lumo L200"
    assert stated_by(()).camera == ""


def test_the_size_is_that_of_the_first_page() -> None:
    stated = stated_by([Image(Area(1), 30, 20), Image(Area(2), 10, 10)])
    assert (stated.width, stated.height, stated.frames) == (30, 20, 2)
    assert stated_by([Metadata(Whole(), "Image Make", "x")]).width == 0
