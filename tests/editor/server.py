"""A newsletter's folder -> the real yaml-language-server as an editor starts it there, asked as an editor asks it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 60  # seconds; it takes less than two
Answer = Any


@dataclass
class Server:
    """Speaks the language server protocol (LSP 3.17) over the pipes of a process."""

    process: subprocess.Popen[bytes]
    settings: Mapping[str, Any]
    heard: queue.Queue[dict[str, Any]] = field(default_factory=queue.Queue)
    diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: int = 0

    def send(self, method: str, params: Any, **more: Any) -> None:
        """Write one message."""
        data = json.dumps({"jsonrpc": "2.0", "method": method, "params": params} | more).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Answer:
        """Ask, and wait for the answer."""
        self.asked += 1
        self.send(method, params, id=self.asked)
        while True:
            message = self._next()
            if message.get("id") == self.asked and "method" not in message:
                assert "error" not in message, message
                return message.get("result")

    def opened(self, path: Path) -> list[dict[str, Any]]:
        """Open a file that was not opened before, and what is underlined in it."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": path.read_text("utf-8")}
        self.send("textDocument/didOpen", {"textDocument": document})
        while uri not in self.diagnostics:
            self._next()
        return self.diagnostics[uri]

    def at(self, method: str, path: Path, line: int, column: int) -> Answer:
        """Ask about a place in an open file; line and column count from 0."""
        where = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}
        return self.ask(method, where)

    def listen(self) -> None:
        """Read messages until the process ends; runs in a thread of its own."""
        out = self.process.stdout
        assert out
        while header := out.readline():
            length = int(header.partition(b":")[2])
            while out.readline().strip():
                pass
            self.heard.put(json.loads(out.read(length)))

    def _next(self) -> dict[str, Any]:
        message = self.heard.get(timeout=PATIENCE)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._answer(message)
        return message

    def _answer(self, message: Mapping[str, Any]) -> None:
        result: Any = None
        if message["method"] == "workspace/configuration":
            result = [self._setting(one.get("section", "")) for one in message["params"]["items"]]
        data = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def _setting(self, section: str) -> Mapping[str, Any]:
        """A section of the folder's settings.json, as VS Code hands it on."""
        found: dict[str, Any] = {}
        for name, value in self.settings.items():
            if name == section:
                return dict(value)
            if name.startswith(f"{section}."):
                inside, parts = found, name.removeprefix(f"{section}.").split(".")
                for part in parts[:-1]:
                    inside = inside.setdefault(part, {})
                inside[parts[-1]] = value
        return found


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """The server for a folder, with the settings that stand there."""
    path = folder / ".vscode" / "settings.json"
    settings = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    process = subprocess.Popen(["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    one = Server(process, settings)
    threading.Thread(target=one.listen, daemon=True).start()
    try:
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
                "hover": {"contentFormat": ["markdown"]},
            },
        }
        root = folder.as_uri()
        told = {"processId": None, "rootUri": root, "capabilities": capabilities}
        one.ask("initialize", told | {"workspaceFolders": [{"uri": root, "name": "newsletter"}]})
        one.send("initialized", {})
        one.send("workspace/didChangeConfiguration", {"settings": None})
        yield one
    finally:
        process.kill()
        process.communicate()
