"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import document, overview, raster, tracing

PAGES: tuple[APIRouter, ...] = (overview.router, document.router, raster.router, tracing.router)
