"""Organisations, users, and who belongs where with which role."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

# Letters, digits, hyphens, as mail and the web write it (RFC 1123); one in Japanese in its xn-- form.
DOMAIN = r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$"


class Organisation(models.Model):
    """A company (事業者), or the one implicit organisation of a person's home.

    The fields are those that reports and notices print: the reporter and 事務連絡者 of the official report form
    (``contact_*``), and the window that persons are told (``desk_*``). ``domain`` is the official one, under which its
    signed statements are published. Empty means not told yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kana = models.CharField(max_length=200, blank=True)
    corporate_number = models.CharField(max_length=13, blank=True, validators=[RegexValidator(r"^(\d{13})?$")])
    industry = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=8, blank=True)
    address = models.CharField(max_length=300, blank=True)
    representative = models.CharField(max_length=100, blank=True)
    contact_name = models.CharField(max_length=100, blank=True)
    contact_department = models.CharField(max_length=100, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField(blank=True)
    desk_name = models.CharField(max_length=100, blank=True)
    desk_phone = models.CharField(max_length=40, blank=True)
    desk_email = models.EmailField(blank=True)
    desk_hours = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    domain = models.CharField(max_length=253, blank=True, validators=[RegexValidator(DOMAIN)])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A name is never empty."""

        constraints = (models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),)

    @property
    def organisation_id(self) -> uuid.UUID:
        """The organisation that this row belongs to: itself."""
        return self.id

    def record_log(self):
        """Return the log that takes the entries about this organisation."""
        from madoguchi.app.log.services import organisation_log

        return organisation_log(self)


class UserManager(BaseUserManager):
    """Makes users; an address is kept in small letters, so that one person has one login."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """Return a new user; without a password none fits (an invitation or a passkey sets it)."""
        user = self.model(email=email.strip().lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        """Return the user of an address, however its letters were typed."""
        return self.get(email=username.strip().lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, by mail address. What they may do hangs on their memberships, not on them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()

    objects = UserManager()

    class Meta:
        """One login an address."""

        constraints = (models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_small_letters"),)


class Role(models.TextChoices):
    """What a member is there for. Five, since each may do something that the one below must not (permissions.yaml)."""

    OWNER = "owner", "責任者"
    MANAGER = "manager", "管理者"
    STAFF = "staff", "担当者"
    DESK = "desk", "窓口担当"
    VIEWER = "viewer", "閲覧者"


class Member(models.Model):
    """A user in an organisation. A member who left keeps the row: entries and approvals go on naming it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A user is in an organisation once, with a role that exists."""

        constraints = (
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once_an_organisation"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="member_role_exists"),
        )

    @property
    def actor(self) -> str:
        """How entries name this member."""
        return f"member:{self.id}"

    def record_log(self):
        """Return the log that takes the entries about this member."""
        return self.organisation.record_log()
