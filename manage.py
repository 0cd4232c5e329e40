#!/usr/bin/env python
"""Django's command line, on development settings unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

from villes_internet.launch import postgres
from villes_internet.launch.bootstrap import plainly

DEVELOPMENT = "villes_internet.settings.development"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEVELOPMENT)
    if os.environ["DJANGO_SETTINGS_MODULE"] == DEVELOPMENT and "DATABASE_URL" not in os.environ:
        with plainly():
            postgres.lease()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
