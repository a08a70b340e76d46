"""Follows the room's own links from the overview: a few addresses of every shape.

- The shape of an address is its path with digests and numbers masked, and the names of its
  parameters: two addresses of one shape are answered by the same code.
"""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html

_DIGEST = re.compile(r"[0-9a-f]{32,64}")
_NUMBER = re.compile(r"(?<![A-Za-z])[0-9]+")
_LINKS = (("a", "href"), ("img", "src"), ("source", "srcset"), ("link", "href"), ("script", "src"))


def shape(address: str) -> str:
    """What the address has in common with others that the same code answers."""
    parts = urlsplit(address)
    path = _NUMBER.sub("0", _DIGEST.sub("#", parts.path))
    if path.startswith(("/static/", "/plot/")):
        path = path.rsplit(".", 1)[-1].join(("/made/", ""))
    return path + "?" + "&".join(sorted({name for name, _ in parse_qsl(parts.query)}))


def links_of(address: str, page: lxml.html.HtmlElement) -> Iterator[str]:
    """The addresses that a page names, whole."""
    for tag, attribute in _LINKS:
        for element in page.iter(tag):
            named = element.get(attribute)
            if named is not None and not named.startswith("#"):
                yield urljoin(address, named).partition("#")[0]


def crawl(
    start: str, fetch: Callable[[str], str | None], *, of_each: int, most: int
) -> Iterator[str]:
    """Addresses reached from `start`, at most `of_each` of a shape; `fetch` gives a page's HTML."""
    waiting, seen, shapes = deque([start]), {start}, Counter[str]()
    while len(waiting) > 0 and shapes.total() < most:
        address = waiting.popleft()
        if shapes[shape(address)] >= of_each:
            continue
        shapes[shape(address)] += 1
        body = fetch(address)
        yield address
        if body is None:
            continue
        for link in links_of(address, lxml.html.document_fromstring(body)):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
