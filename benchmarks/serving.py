"""The site of a database in a process of its own, for whatever looks at it from outside."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SERVE = """
import sys
from pathlib import Path
from quotes.publish.metadata import metadata_path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, metadata=metadata_path(), open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@contextlib.contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of the site of the database at `path`, without a slash at its end, while the block runs; on this machine only."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip().rstrip("/")
        finally:
            running.terminate()
