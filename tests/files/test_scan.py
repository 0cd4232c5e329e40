"""What a file holds is asked of a scanner: a real daemon's words, spoken over a real socket."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from socket import AF_UNIX
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

import pytest
import yaml
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

from candidatures.models import Attachment
from tests.factories.candidatures import CandidatureFactory, contributor
from tests.factories.labels import EditionFactory
from tests.files.test_store import document, picture
from tests.smtp_sink import free_port
from villes_internet.files.checks import uploads_are_scanned
from villes_internet.files.models import StoredFile
from villes_internet.files.scanner import CHUNK
from villes_internet.files.services import examine
from villes_internet.launch.bootstrap import PROJECT

pytestmark = pytest.mark.django_db

VIRUS = b"This stands for a virus"
REFUSED = (
    "Ce fichier contient un virus connu (Test-Signature) : il n’a pas été conservé. "
    "Prévenez votre service informatique avant de l’ouvrir à nouveau."
)
SILENT = (
    "Le contrôle antivirus ne répond pas : ce fichier n’a pas été conservé, et rien d’autre n’a "
    "changé. Réessayez dans quelques minutes\N{NARROW NO-BREAK SPACE}; si cela dure, écrivez-nous."
)


class Clamd(ThreadingTCPServer):
    """Speaks as clamd does. `answer` replaces its verdict; `mute` never gives one."""

    daemon_threads = True
    allow_reuse_address = True
    answer = b""
    mute = False

    def __init__(self, address: Any) -> None:
        super().__init__(address, Conversation)
        self.received: list[bytes] = []
        self.hung_up = threading.Event()


class UnixClamd(Clamd):
    address_family = AF_UNIX


class Conversation(StreamRequestHandler):
    server: Clamd

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            assert length <= CHUNK
            content += self.rfile.read(length)
        self.server.received.append(content)
        if self.server.mute:
            self.server.hung_up.wait(10)
            return
        found = b"Test-Signature FOUND" if VIRUS in content else b"OK"
        self.wfile.write(self.server.answer or b"stream: " + found + b"\0")


@contextmanager
def listening(server: Clamd) -> Iterator[Clamd]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.hung_up.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def clamd(settings: LazySettings, tmp_path: Path) -> Iterator[Clamd]:
    settings.MEDIA_ROOT = tmp_path / "media"
    with listening(Clamd(("127.0.0.1", 0))) as server:
        settings.UPLOAD_SCANNER = "villes_internet.files.scanner.clamd"
        settings.CLAMD_URL = f"tcp://127.0.0.1:{server.server_address[1]}"
        settings.CLAMD_TIMEOUT = 5
        yield server


def infected() -> bytes:
    """A document that reads well, and carries something."""
    writer = PdfWriter()
    writer.add_blank_page(210, 297)
    writer.add_metadata({"/Title": VIRUS.decode()})
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def examined(content: bytes) -> bytes:
    return examine(SimpleUploadedFile("piece.pdf", content)).data


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        examined(content)
    assert not StoredFile.objects.exists()
    return str(refused.value.messages[0])


def test_a_sound_file_goes_through_whole(clamd: Clamd) -> None:
    content = picture("PNG", size=(400, 300))
    assert len(content) > CHUNK  # several chunks
    examined(content)
    assert clamd.received == [content]


def test_an_infected_file_is_refused_by_the_name_of_what_it_carries(clamd: Clamd) -> None:
    assert refusal(infected()) == REFUSED


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"stream: lstat() failed. ERROR\0", b"OKAY\0"],
)
def test_what_is_not_called_clean_is_refused(clamd: Clamd, answer: bytes) -> None:
    clamd.answer = answer
    assert refusal(document()) == SILENT


def test_a_scanner_that_is_not_there_refuses_kindly(clamd: Clamd, settings: LazySettings) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{free_port()}"
    assert refusal(document()) == SILENT


def test_a_scanner_that_says_nothing_refuses_in_time(clamd: Clamd, settings: LazySettings) -> None:
    clamd.mute = True
    settings.CLAMD_TIMEOUT = 0.2
    assert refusal(document()) == SILENT


def test_a_scanner_answers_on_a_socket_of_the_machine(
    clamd: Clamd, settings: LazySettings, tmp_path: Path
) -> None:
    path = tmp_path / "clamd.ctl"
    settings.CLAMD_URL = f"unix://{path}"
    with listening(UnixClamd(str(path))) as server:
        examined(document())
        assert server.received == [document()]
        assert refusal(infected()) == REFUSED


def test_what_is_refused_is_said_beside_the_field_and_joins_nothing(
    clamd: Clamd, client: Client
) -> None:
    candidature = CandidatureFactory(edition=EditionFactory(real=True))
    client.force_login(contributor(candidature.territory))
    address = reverse("candidatures:attachments", args=[candidature.pk])
    upload = SimpleUploadedFile("bilan.pdf", infected())
    answer = client.post(address, {"file": upload})
    assert answer.status_code == 422
    assert REFUSED in answer.content.decode()
    assert not Attachment.objects.exists()
    sound = SimpleUploadedFile("bilan.pdf", document())
    assert client.post(address, {"file": sound}).status_code == 302
    assert Attachment.objects.get().name == "bilan.pdf"


def test_without_a_scanner_production_is_told_so(settings: LazySettings) -> None:
    assert settings.UPLOAD_SCANNER == "villes_internet.files.scanner.nothing"
    assert examined(infected()) == infected()
    assert [warning.id for warning in uploads_are_scanned()] == ["files.scanner"]
    settings.UPLOAD_SCANNER = "villes_internet.files.scanner.clamd"
    assert uploads_are_scanned() == []


def test_the_address_of_the_scanner_is_documented_and_given_to_every_process() -> None:
    readme = (PROJECT / "README.md").read_text()
    assert all(f"`{name}`" in readme for name in ("CLAMD_URL", "CLAMD_TIMEOUT", "UPLOAD_SCANNER"))
    compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
    assert "CLAMD_URL" in compose["services"]["web"]["environment"]
