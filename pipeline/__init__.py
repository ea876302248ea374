"""civicpack: build, check and publish the public document pack of a council meeting."""

__version__ = "0.1.0"
