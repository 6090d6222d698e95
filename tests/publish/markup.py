"""Pages of the site as a browser reads them: which tags there are, and what could run."""

import re
from html.parser import HTMLParser

_RUNS = {"href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"}


class Tags(HTMLParser):
    """Every tag with its attributes, and the text of the marked article."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.printed, self._paragraph, self._sup = [], [], 0, 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "div" and "quotes-paragraph" in (attributes.get("class") or ""):
            self._paragraph = 1
        elif tag in ("ul", "sup") and self._paragraph:
            self._sup += 1

    def handle_endtag(self, tag):
        if tag == "div":
            self._paragraph = 0
        elif tag in ("ul", "sup") and self._paragraph:
            self._sup -= 1

    def handle_data(self, data):
        if self._paragraph and not self._sup:
            self.printed.append(data)


def what_could_run(html):
    """Scripts and styles within the page, handlers of events, and addresses that are code."""
    found = []
    for tag, attributes in Tags(html).tags:
        if (tag == "script" and not attributes.get("src")) or tag in ("style", "iframe", "object", "embed", "base"):
            found.append(tag)
        for name, value in attributes.items():
            if name.startswith("on"):
                found.append(f"{tag} {name}")
            if name in _RUNS and (value or "").strip().lower().startswith(("javascript:", "data:", "vbscript:")):
                found.append(f"{tag} {name}={value}")
    return found


async def post(datasette, address, actor, **form):
    """A form sent as a browser sends it, with the token of the page, by somebody who logged in."""
    cookies = {"ds_actor": datasette.sign({"a": {"id": actor}}, "actor")} if actor else {}
    page = await datasette.client.get(address, cookies=cookies)
    token = re.search(r'name="csrftoken" value="([^"]+)"', page.text)
    return await datasette.client.post(
        address, data=form | ({"csrftoken": token[1]} if token else {}), cookies=cookies | dict(page.cookies)
    )


def words(html):
    """What a page says, without its tags."""
    return " ".join(re.sub("<[^>]+>", " ", html).split())
