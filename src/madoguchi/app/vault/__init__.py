"""The vault: keys and salts apart from the database (`keystore`), sealed fields and blind indexes (`seal`)."""

from functools import lru_cache
from pathlib import Path

from madoguchi.app.vault.keystore import KeyStore


def store() -> KeyStore:
    """Return the key store of this process's home."""
    from django.conf import settings

    return _store(settings.HOME.keys)


@lru_cache(maxsize=8)
def _store(folder: Path) -> KeyStore:
    return KeyStore(folder)
