"""What both modes share. Nothing here is chosen at run time but what the home says."""

from madoguchi.app.home import from_environment
from madoguchi.app.settings.database import database
from madoguchi.app.vault.keystore import KeyStore

HOME = from_environment()
DATABASES = {"default": database(HOME)}
SECRET_KEY = KeyStore(HOME.keys).key("django:secret-key").hex()

COMMON_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "madoguchi.app.accounts",
    "madoguchi.app.vault",
    "madoguchi.app.log",
    "madoguchi.app.due",
    "madoguchi.app.mail",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "[::1]", "localhost"]

# Instants are kept in UTC; legal days are Asia/Tokyo, counted by one function of `law`, never by these settings.
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
