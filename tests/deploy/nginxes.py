"""Start a real nginx on the sites of ``deploy/nginx``: theirs in every line but for ports, places and the upstream."""

from __future__ import annotations

import base64
import shutil
import socket
import subprocess
from pathlib import Path

from hubs import free_ports
from serving import wait_for

SITES = Path(__file__).resolve().parents[2] / "deploy" / "nginx"
PASSWORDS = {"anna": "achter de wolken", "bram": "schijnt de zon"}


def missing() -> str | None:
    """Why no nginx can be started here; None where it can."""
    for name in ("nginx", "openssl"):
        if not program(name):
            return f"{name} is not installed (Debian: apt-get install {name})"
    return None


def program(name: str) -> str | None:
    """Where a program is; administrators' programs do not always stand on the path."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")


def basic(name: str, password: str | None = None) -> dict[str, str]:
    """The header with which a browser says name and password."""
    said = f"{name}:{password or PASSWORDS[name]}".encode()
    return {"Authorization": f"Basic {base64.b64encode(said).decode()}"}


class Nginx:
    """A running nginx.

    Attributes
    ----------
    url : str
        Its address, with TLS under a certificate that nobody else knows.
    plain : str
        Its address without TLS.
    folder : pathlib.Path
        Where its log, cache and passwords are.
    """

    def __init__(self, folder: Path, site: str, upstream: str):
        self.folder = folder
        tls, plain = free_ports(2)
        self.url, self.plain = f"https://127.0.0.1:{tls}/", f"http://127.0.0.1:{plain}/"
        self._certificate()
        hashed = [f"{name}:{self._hash(password)}" for name, password in PASSWORDS.items()]
        (folder / "mi-course.htpasswd").write_text("\n".join(hashed) + "\n", encoding="utf-8")
        written = self._site(site, upstream, tls, plain)
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (folder / "nginx.conf").write_text(
            f"user root;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
            f"events {{}}\nhttp {{\n{temporary}{written}}}\n",
            encoding="utf-8",
        )
        self._command = [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]

    def _site(self, site: str, upstream: str, tls: int, plain: int) -> str:
        said = (SITES / site).read_text(encoding="utf-8")
        changes = {
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
            "/etc/letsencrypt/live/mi.example.org/": f"{self.folder}/",
            "/etc/nginx/snippets/mi-course-proxy.conf": str(SITES / "proxy.conf"),
            "/var/log/nginx/": f"{self.folder}/",
            "http://127.0.0.1:8866" if "8866" in said else "http://127.0.0.1:8000": upstream,
        }
        if site == "mi-course.conf":
            changes |= {"/etc/nginx/mi-course.htpasswd": f"{self.folder}/mi-course.htpasswd"}
            changes |= {"/var/cache/nginx/": f"{self.folder}/cache-"}
        for before, after in changes.items():
            assert before in said, before
            said = said.replace(before, after)
        return said

    def _certificate(self) -> None:
        asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1".split()
        files = ["-keyout", str(self.folder / "privkey.pem"), "-out", str(self.folder / "fullchain.pem")]
        subprocess.run([program("openssl"), *asked, *files], check=True, capture_output=True)

    @staticmethod
    def _hash(password: str) -> str:
        asked = [program("openssl"), "passwd", "-apr1", "-stdin"]
        return subprocess.run(asked, input=password, check=True, capture_output=True, text=True).stdout.strip()

    def check(self) -> subprocess.CompletedProcess:
        """What ``nginx -t`` says."""
        return subprocess.run([*self._command, "-t"], capture_output=True, text=True, check=False)

    def __enter__(self):
        self._process = subprocess.Popen(
            [*self._command, "-g", "daemon off;"], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        port = int(self.url.rstrip("/").rpartition(":")[2])
        if not wait_for(lambda: _listens(port) or self._process.poll() is not None, 15) or self._process.poll():
            raise AssertionError((self.folder / "error.log").read_text(encoding="utf-8"))
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(15)


def _listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0
