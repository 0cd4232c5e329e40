"""The pytest plugin that brings the tests their own PostgreSQL, unless DATABASE_URL names one."""

import os

from villes_internet.launch import postgres

if "DATABASE_URL" not in os.environ:
    postgres.lease("postgres-test")
