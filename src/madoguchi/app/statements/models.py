"""The public halves of the keys that sign a company's statements; the private halves lie in the key store."""

from django.db import models

from madoguchi.app.accounts.models import Organisation
from madoguchi.record import keys


class StatementKey(models.Model):
    """One key of an organisation's domain; ``jwk`` holds its validity and revocation. Old ones stay listed.

    ``name`` is that of the private half in the key store.
    """

    kid = models.CharField(max_length=43, primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, unique=True)
    jwk = models.JSONField()
    made_at = models.DateTimeField()

    @property
    def key(self) -> keys.Key:
        """The key as the record and `exchange` know it."""
        return keys.Key.model_validate(self.jwk)

    def record_log(self):
        """Return the log of the organisation."""
        return self.organisation.record_log()
