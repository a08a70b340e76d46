"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import (
    api,
    document,
    earth_map,
    files,
    images,
    mail,
    missing,
    notes,
    noting,
    overview,
    raster,
    search,
    sql,
    table,
    table_download,
    tables,
    tracing,
    work,
)

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    search.router,
    files.router,
    document.router,
    tables.router,
    table.router,
    sql.router,
    api.router,
    earth_map.router,
    images.router,
    mail.router,
    missing.router,
    notes.router,
    noting.router,
    raster.router,
    table_download.router,
    tracing.router,
    work.router,
)
