"""Pages of the site as a browser reads them: which tags there are, and what could run."""

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
