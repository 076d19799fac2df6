"""Property tests of this room load data files on their first example; how long that takes proves nothing."""

from hypothesis import settings

settings.register_profile("calm", deadline=None)
settings.load_profile("calm")
