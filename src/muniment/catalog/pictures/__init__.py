"""Pictures of the case: what each states of itself, and where it says it was taken."""

from muniment.catalog.pictures.coordinates import degrees, metres
from muniment.catalog.pictures.listing import (
    COUNTED,
    Box,
    Facet,
    PicturePage,
    PictureQuery,
    PictureRow,
    Spot,
    Stating,
    facets,
    located,
    padded,
    pictures,
    spots,
)
from muniment.catalog.pictures.stage import bring_picture_facts_up_to_date
from muniment.catalog.pictures.stating import Stated, stated_by
from muniment.catalog.pictures.viewing import (
    BITS,
    FAR,
    Inner,
    Near,
    PictureView,
    all_stated,
    hash_distance,
    picture_view,
)

__all__ = [
    "BITS",
    "COUNTED",
    "FAR",
    "Box",
    "Facet",
    "Inner",
    "Near",
    "PicturePage",
    "PictureQuery",
    "PictureRow",
    "PictureView",
    "Spot",
    "Stated",
    "Stating",
    "all_stated",
    "bring_picture_facts_up_to_date",
    "degrees",
    "facets",
    "hash_distance",
    "located",
    "metres",
    "padded",
    "picture_view",
    "pictures",
    "spots",
    "stated_by",
]
