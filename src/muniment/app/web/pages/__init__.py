"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import overview, sql, table, table_download, tables

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    tables.router,
    table.router,
    table_download.router,
    sql.router,
)
