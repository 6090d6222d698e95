"""Which `metadata.yml` holds, whether it fits the tables, and what it says under `plugins: quotes:`; nothing here needs Datasette."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import yaml

from quotes.errors import PublishError
from quotes.store.schema import relation

_HERE = Path(__file__).parent
_LOOPBACK = re.compile(r"localhost|127(\.\d+){3}|::1")
_MAIL = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+")

#: Characters of a message that goes into a `mailto:` link; mail programs cut longer ones off.
_LONGEST = 1_600
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built with libyaml, ten times as fast


def metadata_path() -> Path:
    """The `metadata.yml` that came with the package or, in a checkout, the one at its top."""
    packaged = _HERE / "metadata.yml"
    return packaged if packaged.exists() else _HERE.parents[1] / "metadata.yml"


def load_metadata(path: Path | None = None) -> dict[str, Any]:
    """The metadata of the site: from `path`, else from the current folder, else what came with the package.

    Raises PublishError when the file is missing, is not YAML, or names a table or a column that does not exist, which would
    make a page fail.
    """
    if path is None:
        path = here if (here := Path("metadata.yml")).is_file() else metadata_path()
    try:
        metadata = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except OSError as error:
        raise PublishError(f"{path}: it cannot be read ({error.strerror}): name another with --metadata") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        why = " ".join(str(error).split())
        raise PublishError(f"{path}: it is not YAML in UTF-8 ({why}): mend it or name another with --metadata") from error
    if not isinstance(metadata, dict):
        raise PublishError(f"{path}: it holds no settings: it should begin with a line such as `title: …`")
    for name, settings in _mapping(metadata, path, "databases", "quotes", "tables").items():
        if name.startswith("_"):
            continue
        if (source := relation(name)) is None:
            raise PublishError(f"{path}: there is no table or view {name}: correct the name under `tables:`")
        for key in ("columns", "shown", "facets", "facets_on_request", "sort", "sort_desc", "sortable_columns", "label_column"):
            for column in _columns((settings or {}).get(key)):
                if column not in source.names:
                    raise PublishError(f"{path}: {name} has no column {column}: correct the name under `{key}:`")
    ours = _mapping(metadata, path, "plugins", "quotes")
    address, report = ours.get("address"), ours.get("report")
    if address is not None and not _is_web(address):
        raise PublishError(f"{path}: {address}: no address of a site: write `address: https://…` under `plugins: quotes:`")
    if report is not None and not (_is_web(report) or _is_mail(report)):
        raise PublishError(f"{path}: {report}: neither a mail address nor a URL: write `report: editor@example.org` or `report: https://…`")
    return metadata


def _mapping(settings: dict[str, Any], path: Path, *keys: str) -> dict[str, Any]:
    for key in keys:
        settings = settings.get(key) or {}
        if not isinstance(settings, dict):
            raise PublishError(f"{path}: `{key}:` should hold names, each with its settings below it")
    return settings


def _columns(value: Any) -> list[str]:
    """The columns that a setting names: one, a list of them, a list of {kind of facet: column}, or the keys of a mapping."""
    if isinstance(value, str):
        return [value]
    return [column for each in value or () for column in (each.values() if isinstance(each, dict) else [each])]


def _is_mail(words: Any) -> bool:
    return isinstance(words, str) and _MAIL.fullmatch(words) is not None


def _is_web(words: Any) -> bool:
    return isinstance(words, str) and words.startswith(("https://", "http://")) and bool(urlsplit(words).netloc)


def setting(datasette: Any, name: str) -> Any:
    """A setting of the site; None where there is none."""
    return (datasette.plugin_config("quotes") or {}).get(name)


def public_url(datasette: Any, request: Any, path: str) -> str:
    """The whole address of a page: under the configured `address` of the site, or where there is none, under the one that was asked for."""
    address = setting(datasette, "address")
    if not address:
        return str(datasette.absolute_url(request, path))
    return str(address).rstrip("/").removesuffix(datasette.setting("base_url").rstrip("/")) + str(path)


def citable(url: str) -> bool:
    """Whether others can open the address: not one of the machine itself."""
    return _LOOPBACK.fullmatch(urlsplit(url).hostname or "") is None


def contact(datasette: Any, subject: str, message: str) -> Mapping[str, str] | None:
    """Who gets a report (`name`), and the link that takes `message` there (`url`); None where metadata.yml names nobody."""
    to = setting(datasette, "report")
    if not to:
        return None
    if _is_mail(to):
        body = message if len(message) <= _LONGEST else f"{message[: _LONGEST - 1]}…"
        return {"name": to, "url": f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={quote(body)}", "by": "mail"}
    return {"name": urlsplit(to).netloc, "url": to, "by": "web"}
