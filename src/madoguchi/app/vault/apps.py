"""The vault as a Django app: no tables, one check."""

from django.apps import AppConfig
from django.core import checks

from madoguchi.problem import Problem


class VaultConfig(AppConfig):
    """Registers the check that the key store opens."""

    name = "madoguchi.app.vault"
    label = "vault"

    def ready(self) -> None:
        """Register the check."""
        checks.register(key_store_opens)


def key_store_opens(**_: object) -> list[checks.CheckMessage]:
    """Report a key store that cannot be opened, or whose root key is another's."""
    from madoguchi.app import vault

    try:
        vault.store().check()
    except Problem as problem:
        return [checks.Error(problem.say("en"), hint=problem.say("ja"), id="vault.E001")]
    return []
