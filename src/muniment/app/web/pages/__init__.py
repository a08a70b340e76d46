"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import api, notes, noting, overview

PAGES: tuple[APIRouter, ...] = (overview.router, notes.router, noting.router, api.router)
