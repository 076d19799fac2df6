"""The rows of due-time work."""

from django.db import models

from madoguchi.app.accounts.models import Organisation


class DueWork(models.Model):
    """Something to do at ``due_at`` (UTC) about ``subject`` (an id of what ``kind`` is about). Done means deleted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    due_at = models.DateTimeField(db_index=True)
    # Whose claim it is: the time until which the worker that won may keep it. Nobody's when empty or past.
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        """One row a matter: to plan it again is to move its time."""

        constraints = (models.UniqueConstraint(fields=["kind", "subject"], name="due_work_once_a_subject"),)
