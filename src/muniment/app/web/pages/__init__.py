"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import earth_map, images, mail, notes, noting, overview

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    mail.router,
    images.router,
    earth_map.router,
    notes.router,
    noting.router,
)
