"""What travels is compressed here: a page is light whatever stands in front of the site."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/atom+xml", "application/xml", "image/svg+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses texts; a document or a picture is compressed already, and keeps its length.

    Pages of signed-in people are compressed too: those who fill a dossier far from the relay need
    it most. Guessing a secret from the length of an answer (BREACH) takes asking many times, from
    another site, for a page that mixes the secret with words of one's own: the session's cookie is
    SameSite, the CSRF token is masked anew in each answer, and Django adds a random length to all.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(TEXTS):
            return response
        return super().process_response(request, response)
