"""Places: a gazetteer with periods, the two that lie in the package, and addresses taken apart.

A face of its own beside `muniment.text`: it loads tables that most programs never ask for.
"""

from muniment.text.chinese_areas import AreaPeriod, chinese_area
from muniment.text.places.chinese import chinese_gazetteer
from muniment.text.places.countries import country_gazetteer, read_country
from muniment.text.places.gazetteer import (
    Gazetteer,
    GazetteerPlace,
    PlaceName,
    PlaceReading,
    PlaceReason,
)
from muniment.text.places.levels import Level, LevelSpan, read_levels

__all__ = [
    "AreaPeriod",
    "Gazetteer",
    "GazetteerPlace",
    "Level",
    "LevelSpan",
    "PlaceName",
    "PlaceReading",
    "PlaceReason",
    "chinese_area",
    "chinese_gazetteer",
    "country_gazetteer",
    "read_country",
    "read_levels",
]
