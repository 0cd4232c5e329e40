"""Public pages: no sign-in, no cookie, no form that posts."""
