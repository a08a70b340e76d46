"""The pages of the reading room: each a router in a file of its own."""

from fastapi import APIRouter

from muniment.app.web.pages import mail, notes, noting, overview, sql, table, table_download, tables

PAGES: tuple[APIRouter, ...] = (
    overview.router,
    tables.router,
    table.router,
    sql.router,
    mail.router,
    notes.router,
    noting.router,
    table_download.router,
)
