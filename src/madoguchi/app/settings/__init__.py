"""Django's settings, one file a mode; each is made from the home that MADOGUCHI_HOME names."""
