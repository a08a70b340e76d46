"""The portrait files: named by identity number, dated by the camera, some of them inconsistent.

Invariants:

- each portrait belongs to one detained person and was taken on a day after they were taken in;
- the planted inconsistencies are told apart by `_ODDITIES`; twelve portraits or more have each;
- no more than `_MOST` portraits, however large the county.
"""

from datetime import date, timedelta

from PIL import Image, ImageOps

from muniment.simulate.cache import Cache
from muniment.simulate.counts import age_on
from muniment.simulate.delivery import Made, Note
from muniment.simulate.exif import Shot, exif_block
from muniment.simulate.people import Person
from muniment.simulate.portraits import draw_portrait, jpeg
from muniment.simulate.truth import Planted

FOLDER = "03 照片"
_MOST = 300
_CAMERAS = (("Kamera", "PF-10", "70011"), ("Kamera", "PF-10", "70012"), ("Lumo", "L200", "A5-883"))
_COUNTY_PLACE = (39.5, 82.5)  # in the middle of an uninhabited desert
_FAR_AWAY = (59.9, 30.3)
_SMALL = (90, 120)  # pixels
_LAST_SESSION = date(2018, 6, 20)
_ODDITIES = {
    "photo-after-cut-off": "taken in 2020, after the last day of the cache",
    "camera-released-later": "the camera model names a year that had not come yet",
    "photo-far-away": "the place is thousands of kilometres from the county",
    "foreign-thumbnail": "the thumbnail inside shows another picture",
}


def photographed(cache: Cache) -> list[Person]:
    """Who has a portrait: the youngest held person first, then by number."""
    held = [person for person in cache.people if person.detained]
    youngest = max(held, key=lambda person: person.birth)
    others = [person for person in held if person is not youngest]
    return [youngest, *others[: min(_MOST, max(12, len(held) // 2)) - 1]]


def taken_on(cache: Cache, person: Person, *, youngest: bool) -> date:
    """The day of the portrait; the youngest is photographed after their next birthday."""
    began = person.detention.began if person.detention else _LAST_SESSION
    if youngest:
        return min(began + timedelta(days=240), _LAST_SESSION)
    spare = max(1, (_LAST_SESSION - began).days)
    return began + timedelta(days=cache.stream("session", person.number).randrange(spare))


def small_portrait(cache: Cache, person: Person) -> bytes:
    """The person's portrait as lists carry it: small and without EXIF."""
    return jpeg(_small(draw_portrait(cache.stream("portrait", person.number), man=person.male)))


def write_photos(cache: Cache) -> None:
    """All portrait files."""
    sitters = photographed(cache)
    oddities = tuple(_ODDITIES)
    for position, person in enumerate(sitters):
        place, rest = divmod(position, 3 if len(sitters) < _MOST else _MOST // 20)
        oddity = oddities[place % len(oddities)] if rest == 1 else ""
        day = taken_on(cache, person, youngest=position == 0)
        _photo(cache, person, day, oddity)


def _photo(cache: Cache, person: Person, day: date, oddity: str) -> None:
    rng = cache.stream("photo", person.number)
    if oddity == "photo-after-cut-off":
        day = date(2020, 2, 3)
    image = draw_portrait(cache.stream("portrait", person.number), man=person.male)
    make, model, serial = rng.choice(_CAMERAS)
    shot = Shot(
        taken=f"{day:%Y:%m:%d} {rng.randint(9, 18):02d}:{rng.randint(0, 59):02d}:00",
        make=make,
        model="PF-10 2023 Edition" if oddity == "camera-released-later" else model,
        serial=serial,
        place=_FAR_AWAY if oddity == "photo-far-away" else _COUNTY_PLACE,
        thumbnail=jpeg(_other(image) if oddity == "foreign-thumbnail" else _small(image)),
    )
    path = f"{FOLDER}/{person.identity}.jpg"
    remark = f"taken {day.isoformat()}, aged {age_on(person.birth, day)}"
    note = Note("portrait", "image/jpeg", people=(person.number,), remark=remark)
    cache.delivery.put(path, Made(jpeg(image, exif=exif_block(shot)), note))
    if oddity:
        cache.truth.planted(Planted(oddity, path, _ODDITIES[oddity], person.number))


def _small(image: Image.Image) -> Image.Image:
    return image.resize(_SMALL)


def _other(image: Image.Image) -> Image.Image:
    """A thumbnail that cannot be of this picture: upside down and with inverted colours."""
    return ImageOps.invert(ImageOps.flip(image.resize(_SMALL)))
