"""What is asked of somebody who writes to the people behind a sheet."""

from villes_internet.pages.forms import ContactForm


class RelayForm(ContactForm):
    """The same as to the association, but for the subject: it is the sheet."""

    subject = None  # type: ignore[assignment]
