"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import (
    document,
    mail,
    notes,
    noting,
    overview,
    raster,
    sql,
    table,
    table_download,
    tables,
    tracing,
)

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    document.router,
    tables.router,
    table.router,
    sql.router,
    mail.router,
    notes.router,
    noting.router,
    raster.router,
    table_download.router,
    tracing.router,
)
