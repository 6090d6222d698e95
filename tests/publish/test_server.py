import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.parse import quote_plus

import pytest
from newsroom import archive, bridge

from quotes.errors import PublishError, StoreError
from quotes.publish import server
from quotes.publish.metadata import metadata_path
from quotes.store import Store

_SERVE = """
import sys
from pathlib import Path
from quotes.publish.server import serve
serve(Path(sys.argv[1]), port=0, open_browser=False, on_ready=lambda address: print(address, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="interrupts differ there")
def test_the_address_is_told_once_it_answers_and_an_interrupt_ends_it_cleanly(db):
    running = subprocess.Popen([sys.executable, "-c", _SERVE, str(db)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        address = running.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}quotes/quotes_browse.json?_size=1") as answer:
            assert answer.status == 200
        running.send_signal(signal.SIGINT)
        rest, errors = running.communicate(timeout=20)
    finally:
        running.kill()

    assert (running.returncode, rest, errors) == (0, "", "")


def test_a_port_in_use_is_said(db):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PublishError, match=rf"^127\.0\.0\.1:{port}: the site cannot be put there .*--port"):
            server.serve(db, port=port, open_browser=False)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70000), ("no.such.host.invalid", 0)])
def test_an_address_that_cannot_be_had_is_said(db, host, port):
    with pytest.raises(PublishError, match="the site cannot be put there"):
        server.serve(db, host=host, port=port, open_browser=False)


def test_a_database_that_is_missing_is_said(tmp_path):
    with pytest.raises(StoreError, match="there is no such database"):
        server.serve(tmp_path / "none.db", open_browser=False)


def test_a_database_that_is_being_written_is_served_as_it_is_by_then(tmp_path):
    path = tmp_path / "made-up.db"

    async def front(datasette):
        return (await datasette.client.get("/quotes/search?all=1")).text

    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
        datasette = server.site(path)
        before = asyncio.run(front(datasette))
        store.save(*next(archive(1, 3)), extractor="rules 1")
        after = asyncio.run(front(datasette))

    assert "7 quotes" in before
    assert "10 quotes" in after


def test_the_browser_is_opened_at_the_address_when_wanted(db, monkeypatch):
    opened, ready = threading.Event(), []
    monkeypatch.setattr(server.webbrowser, "open", lambda address: (ready.append(address), opened.set()))

    class Once(server._Server):
        async def startup(self, sockets=None):
            await super().startup(sockets)
            self.should_exit = True

    monkeypatch.setattr(server, "_Server", Once)
    server.serve(db, port=0, metadata=metadata_path(), on_ready=ready.append)

    assert opened.wait(5)
    assert len(set(ready)) == 1
    assert ready[0].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8/"),
        ("::1", "http://[::1]:8/"),
        ("0.0.0.0", "http://127.0.0.1:8/"),
        ("news.example", "http://news.example:8/"),
    ],
)
def test_the_address_is_one_that_a_browser_takes(host, address):
    assert server._address(host, 8) == address


def test_threads_that_read_all_the_time_leave_a_writer_its_turn(tmp_path):
    """Without a log that is written ahead, three threads of one program that read by turns kept a writer out for good."""
    path = tmp_path / "quotes.db"
    with Store.open(path, create=True) as store:
        store.save(*bridge(), extractor="rules 1")
    running = subprocess.Popen([sys.executable, "-c", _SERVE, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        address = running.stdout.readline().strip()
        slow = f"{address}quotes.json?sql=" + quote_plus(
            "with recursive a(n) as (select 1 union all select n+1 from a limit 100000) select max(n), (select 1 from quotes) from a"
        )
        begun, written = threading.Barrier(7), threading.Event()

        def read():
            with contextlib.suppress(HTTPError):  # on a busy machine, the query may take longer than it may
                urllib.request.urlopen(slow).read()

        def read_on():
            read()
            begun.wait()
            while not written.is_set():  # the readers never rest while the writer waits
                read()

        with ThreadPoolExecutor(6) as readers:
            asked = [readers.submit(read_on) for _ in range(6)]
            begun.wait()
            try:
                with Store.open(path, create=True, wait=60) as store:
                    store.save(*next(archive(1, 3)), extractor="rules 1")
            finally:
                written.set()
            for each in asked:
                each.result()
        running.terminate()
        running.wait(20)
    finally:
        running.kill()

    assert [each.name for each in tmp_path.iterdir()] == ["quotes.db"]
    assert path.read_bytes()[18:20] == b"\x01\x01", "a file in write-ahead mode cannot be served as it is"
