"""Which `metadata.yml` holds, and whether it fits the tables; nothing here needs Datasette."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from quotes.errors import PublishError
from quotes.publish.site_settings import is_mail, is_web
from quotes.store.schema import relation

_HERE = Path(__file__).parent


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
        here = Path("metadata.yml")
        path = here if here.is_file() else metadata_path()
    try:
        metadata = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PublishError(f"{path}: it cannot be read ({error.strerror}): name another with --metadata") from error
    except UnicodeDecodeError as error:
        raise PublishError(f"{path}: it is not UTF-8 text: save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise PublishError(f"{path}: it is not YAML ({' '.join(str(error).split())}): mend it or name another with --metadata") from error
    if not isinstance(metadata, dict):
        raise PublishError(f"{path}: it holds no settings: it should begin with a line such as `title: …`")
    _check(metadata, path)
    _check_site(metadata, path)
    return metadata


def _check(metadata: dict[str, Any], path: Path) -> None:
    tables = _mapping(_mapping(_mapping(metadata, "databases", path), "quotes", path), "tables", path)
    for name, settings in tables.items():
        source = relation(name)
        if name.startswith("_"):
            continue
        if source is None:
            raise PublishError(f"{path}: there is no table or view {name}: correct the name under `tables:`")
        for key in ("columns", "shown", "facets", "facets_on_request", "sort", "sort_desc", "sortable_columns", "label_column"):
            for column in _columns((settings or {}).get(key)):
                if column not in source.names:
                    raise PublishError(f"{path}: {name} has no column {column}: correct the name under `{key}:`")


def _check_site(metadata: dict[str, Any], path: Path) -> None:
    ours = _mapping(_mapping(metadata, "plugins", path), "quotes", path)
    address, report = ours.get("address"), ours.get("report")
    if address is not None and not (isinstance(address, str) and is_web(address)):
        raise PublishError(f"{path}: {address}: no address of a site: write `address: https://…` under `plugins: quotes:`")
    if report is not None and not (isinstance(report, str) and (is_web(report) or is_mail(report))):
        raise PublishError(f"{path}: {report}: neither a mail address nor a URL: write `report: editor@example.org` or `report: https://…`")


def _mapping(settings: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = settings.get(key) or {}
    if not isinstance(value, dict):
        raise PublishError(f"{path}: `{key}:` should hold names, each with its settings below it")
    return value


def _columns(value: Any) -> list[str]:
    """The columns that a setting names: one, a list of them, a list of {kind of facet: column}, or the keys of a mapping."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    columns: list[str] = []
    for each in value:
        columns += each.values() if isinstance(each, dict) else [each]
    return columns
