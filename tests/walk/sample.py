"""The pages of the accessibility statement's sample, as the walk received them."""

from tests.walk.pages import Page
from villes_internet.pages.sample import SAMPLE


def sampled(pages: list[Page]) -> dict[str, Page]:
    """By title, each as its first reader reads it."""
    return {
        title: next(
            page
            for page in pages
            if (page.address, page.status) == ((address, 200) if address else ("404", 404))
            and not page.step
        )
        for readers in SAMPLE
        for title, address in readers.pages
    }
