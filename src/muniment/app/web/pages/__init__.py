"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import files, mail, missing, notes, noting, overview, work

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    files.router,
    missing.router,
    work.router,
    mail.router,
    notes.router,
    noting.router,
)
