"""A web server in the test's own process, with pages, feeds, redirects, and answers that are slow, endless, of the wrong kind or size."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SENTENCE = "The harbour master said on Tuesday that the old quay would close for good once the new bridge is open. "


def page(title: str, sentence: str = SENTENCE, head: str = "") -> bytes:
    story = f"<p>{sentence * 3}</p><p>“It was time,” said Ann Lee, the harbour master. {title} was her idea.</p><p>{sentence}</p>"
    body = f"<article><h1>{title}</h1>{story}</article>"
    return f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def rss(base: str, *links: str, content: str = "") -> bytes:
    items = "".join(
        f"<item><title>Story {link}</title><link>{base}{link}</link><guid>{link}</guid><pubDate>Tue, 03 Jun 2025 07:00:00 +0200</pubDate>"
        f"<description>A short summary.</description>{content}</item>"
        for link in links
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Courier</title><link>{base}/</link>{items}</channel></rss>"
    ).encode()


class NewsServer:
    """Answers by path; `answers[path]` is bytes, or a function of the handler that sends what it likes. `asked` lists the requests."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.media: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answer = outer.answers.get(self.path)
                try:
                    if answer is None:
                        self.send_error(404)
                    elif callable(answer):
                        answer(self)
                    else:
                        send(self, answer, outer.media.get(self.path, "text/html; charset=utf-8"))
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *args: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]


def send(handler: BaseHTTPRequestHandler, data: bytes, media: str = "text/html", status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", media)
    handler.send_header("Content-Length", str(len(data)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def redirect(to: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: send(handler, b"", status=status, Location=to)


def failing(status: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: send(handler, b"no", status=status, **headers)


def slow(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Nothing, not even a status."""
    time.sleep(3)


def dripping_headers(handler: BaseHTTPRequestHandler) -> None:
    for number in range(60):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" if number == 0 else b"X: y\r\n")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>and then</p>" * 5000)


def bomb(handler: BaseHTTPRequestHandler) -> None:
    send(handler, gzip.compress(b"<p>a</p>" * 5_000_000), Content_Encoding="gzip")


def cut_short(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<html><body><p>The story beg")


def conditional(data: bytes, etag: str, media: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """304 to who has it already."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            send(handler, data, media, ETag=etag, Last_Modified="Tue, 03 Jun 2025 07:00:00 GMT")

    return answer


@contextmanager
def running() -> Iterator[NewsServer]:
    server = NewsServer()
    try:
        yield server
    finally:
        server.close()
