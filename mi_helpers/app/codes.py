"""The personal code of a learner, the shared password, and the secret that both rest on.

Nothing here is stored but the secret. A code carries a seal that only this secret can make, so the server tells its own
codes from mistyped ones without a list of them; what is kept under is a keyed hash of the code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

#: Letters that nobody confuses on paper (Crockford's base 32), five bits each.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What people write instead.
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, "–": None, " ": None, ".": None})
RANDOM, SEAL = 10, 6  # letters: 50 bits that are nobody's guess, 30 bits that say this server made them
SHORTEST_PASSWORD = 8
SECRET_BYTES = 32


class SecretTrouble(ValueError):
    """The file of the secret cannot be used; ``reason`` is the key of a sentence, ``detail`` fills it."""

    def __init__(self, reason: str, detail: str):
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


class Secret:
    """What only this server knows; keys for separate purposes come out of it.

    Parameters
    ----------
    value : bytes
        At least 32 random bytes.
    """

    def __init__(self, value: bytes):
        if len(value) < SECRET_BYTES:
            raise ValueError(f"a secret has at least {SECRET_BYTES} bytes")
        self._value = value

    def key(self, purpose: str, of: bytes = b"") -> bytes:
        """32 bytes for one purpose; another purpose or another ``of`` gives others."""
        return hmac.digest(self._value, purpose.encode() + b"\0" + of, "sha256")

    def account(self, kind: str, name: str) -> str:
        """The opaque name under which a learner's words are kept.

        Parameters
        ----------
        kind : {"code", "proxy"}
            How the learner is known.
        name : str
            The personal code as :func:`read_code` gives it, or the name that the proxy sent.
        """
        return self.key(f"account {kind}", name.encode())[:16].hex()

    def new_code(self) -> str:
        """A personal code for somebody new: sixteen letters in four groups."""
        drawn = "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
        whole = drawn + self._seal(drawn)
        return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))

    def read_code(self, typed: str) -> str | None:
        """A typed code in its plain form, or None where this server never made it.

        Examples
        --------
        >>> secret = Secret(bytes(32))
        >>> code = secret.new_code()
        >>> secret.read_code(f" {code.lower()} ") == code.replace("-", "")
        True
        >>> secret.read_code("0000-0000-0000-0000") is None
        True
        """
        plain = typed.upper().translate(_READ_AS).strip()
        if len(plain) != RANDOM + SEAL or not set(plain) <= set(LETTERS):
            return None
        return plain if hmac.compare_digest(plain[RANDOM:], self._seal(plain[:RANDOM])) else None

    def _seal(self, drawn: str) -> str:
        return "".join(LETTERS[byte % 32] for byte in self.key("code", drawn.encode())[:SEAL])


class Password:
    """The shared password, of which only a slow hash stays in memory."""

    def __init__(self, password: str, secret: Secret):
        self._salt = secret.key("password")
        self._hash = self._slow(password)

    def is_(self, typed: str) -> bool:
        """Whether this is the password; takes some 50 ms on purpose, so call it beside the event loop."""
        return hmac.compare_digest(self._slow(typed), self._hash)

    def fingerprint(self) -> bytes:
        """Changes with the password: what was signed under another one no longer counts."""
        return self._hash

    def _slow(self, typed: str) -> bytes:
        return hashlib.scrypt(typed.encode(), salt=self._salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=32)


def read_secret(path: Path) -> Secret:
    """The secret in a file that only its owner may read; made where there is none.

    Raises
    ------
    SecretTrouble
        If the file cannot be read or made, holds something else, or others may read it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "wb") as made:
                made.write(base64.b64encode(secrets.token_bytes(SECRET_BYTES)) + b"\n")
        if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SecretTrouble("secret_open", str(path))
        held = path.read_bytes()
    except OSError as trouble:
        raise SecretTrouble("secret_unreadable", f"{path} ({trouble.strerror or trouble})") from None
    try:
        return Secret(base64.b64decode(held.strip(), validate=True))
    except ValueError:
        raise SecretTrouble("secret_damaged", str(path)) from None
