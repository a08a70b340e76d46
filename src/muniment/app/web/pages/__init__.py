"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import files, missing, overview, work

PAGES: tuple[APIRouter, ...] = (overview.router, files.router, missing.router, work.router)
