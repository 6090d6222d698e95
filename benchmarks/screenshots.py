"""Pictures of each kind of page for the documentation, light and dark: `python -m benchmarks.screenshots docs/images`.

They are taken by Chromium (`pip install --group browser`): an article and what hangs on it from the site of `quotes demo`, all other pages
from one with three thousand invented quotes, or all from the database that `--db` names. A page is cut off where the picture ends. The file
of each is called site-PAGE-SCHEME.webp, or site-PAGE-phone-SCHEME.webp.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

from benchmarks.site_timing import pages, served
from benchmarks.synthetic import make

#: Width and height of the pictures, in pixels of the style sheet.
DESKTOP, PHONE = (1180, 1000), (390, 844)

#: Pages that are shown on a phone too.
ON_A_PHONE = ("home", "search", "speaker", "article")

#: Pages that are shown from the demo, whose articles read as articles do; for the others it holds too little.
OF_THE_DEMO = ("article", "report")

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

#: How far WebP is compressed: words stay sharp, and a picture takes some 50 kB.
QUALITY = 70

_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"]


def take(path: Path, folder: Path, names: Collection[str] | None = None) -> list[Path]:
    """Take the pictures of the pages with these names, or of all, from the site of the database at `path`; gives the files, in `folder`."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with served(path) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        for name, where in pages(path).items():
            if names is not None and name not in names:
                continue
            for suffix, (width, height) in {"": DESKTOP, **({"-phone": PHONE} if name in ON_A_PHONE else {})}.items():
                page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
                page.goto(f"{address}{where}")
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    file = folder / f"site-{name}{suffix}-{scheme}.webp"
                    file.write_bytes(_picture(page))
                    taken.append(file)
                page.close()
        browser.close()
    return taken


def _picture(page: Any) -> bytes:
    """What the window shows, as WebP. Playwright itself writes none; Chromium does."""
    session = page.context.new_cdp_session(page)
    data: str = session.send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})["data"]
    session.detach()
    return base64.b64decode(data)


def take_all(folder: Path) -> list[Path]:
    """Take every picture from two databases made for it; gives the files, in `folder`."""
    with tempfile.TemporaryDirectory() as made:
        demo, invented = Path(made) / "demo.db", Path(made) / "invented.db"
        command = [sys.executable, "-m", "quotes", "demo", "--no-serve", "--db", str(demo)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        make(invented, 3_000)
        taken = take(demo, folder, OF_THE_DEMO)
        return taken + take(invented, folder, set(pages(invented)) - set(OF_THE_DEMO))


def main() -> None:
    """The command: a folder for the pictures."""
    parser = argparse.ArgumentParser(description="Take pictures of each kind of page, light and dark.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--db", type=Path, help="a database to show instead of those made for it")
    options = parser.parse_args()
    taken = take(options.db, options.folder) if options.db else take_all(options.folder)
    print(f"{len(taken)} pictures in {options.folder}, {sum(each.stat().st_size for each in taken) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
