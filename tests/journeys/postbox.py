"""The letters that have arrived, as the people of the journeys find them."""

import re
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject

from tests.smtp_sink import SmtpSink, wait_until

CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Postbox:
    sink: SmtpSink

    def letters(self, to: str, subject: str = "") -> list[EmailMessage]:
        return [
            letter
            for letter in self.sink.accepted
            if letter["To"] == to and subject in plain_spaces(letter["Subject"])
        ]

    def letter(self, to: str, subject: str) -> EmailMessage:
        """The letter with these words in its subject, waited for; there must be one alone."""
        wait_until(lambda: self.letters(to, subject))
        [letter] = self.letters(to, subject)
        return letter

    def code(self, to: str, already: int) -> str:
        """The sign-in or confirmation code of the letter that follows those there already."""
        wait_until(lambda: len(self.letters(to)) > already)
        found = CODE.search(text_of(self.letters(to)[-1]))
        assert found, "the last letter holds no code"
        return found[1]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(preferencelist=("plain",))
    assert body is not None
    return plain_spaces(body.get_content())


def plain_spaces(text: str) -> str:
    """As a person reads it: those of French typography are spaces too."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def pdf_of(letter: EmailMessage) -> str:
    """The words of the PDF document that is joined to the letter."""
    [part] = letter.iter_attachments()
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return words_of(content)


def words_of(document: bytes) -> str:
    """What a PDF document says, each run of spaces as one."""
    pages = PdfReader(BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def figures_of(document: bytes) -> list[str]:
    """What a PDF document says of each of its pictures to those who do not see them."""
    found: list[str] = []

    def walk(node: PdfObject | None) -> None:
        node = node.get_object() if node is not None else None
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if node.get("/S") == "/Figure":
                found.append(str(node.get("/Alt", "")))
            walk(node.get("/K"))

    walk(PdfReader(BytesIO(document)).root_object["/StructTreeRoot"])
    return found
