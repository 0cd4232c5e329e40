"""What two spellings of the same words share."""

import unicodedata


def fold(text: str) -> str:
    """Letters and figures alone, whatever their case and accents; the text itself without any."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum()) or text
