"""Documents given in answer to a question: those that are there, and those that are added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from candidatures.models import Attachment, CorrectionDocument
from villes_internet.files.choices import CONTENT_TYPES
from villes_internet.files.inspection import Content
from villes_internet.files.services import ACCEPTED_KINDS, accepted_files, examine
from villes_internet.french import plural

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.datastructures import MultiValueDict

REMOVE = "retirer"
Document = Attachment | CorrectionDocument


@dataclass(frozen=True)
class FilesChange:
    """What an answer in files gains, each a name and its content, and loses, by primary key."""

    added: list[tuple[str, Content]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Sent:
    uploads: Sequence[UploadedFile[bytes]]
    removed: Sequence[str]


class FilesWidget(forms.Widget):
    """The documents that are there, each with a box to take it out, then a field to add some."""

    template_name = "candidatures/widgets/files.html"
    needs_multipart_form = True
    use_fieldset = True

    def __init__(self, attachments: Sequence[Document], most: int) -> None:
        super().__init__()
        self.attachments = attachments
        self.most = most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(
            attachments=self.attachments,
            remove=f"{name}-{REMOVE}",
            room=max(self.most - len(self.attachments), 0),
            most=self.most,
            accept=",".join(CONTENT_TYPES),
        )
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Sent:
        removed = data.getlist(f"{name}-{REMOVE}") if hasattr(data, "getlist") else []
        return Sent(files.getlist(name) if files else [], removed)

    def id_for_label(self, id_: str) -> str:
        return ""


class FilesField(forms.Field):
    def __init__(self, *, attachments: Sequence[Document], most: int, **kwargs: Any) -> None:
        super().__init__(widget=FilesWidget(attachments, most), **kwargs)
        self.attachments = attachments
        self.most = most

    def clean(self, value: Sent) -> FilesChange:
        """Raises ValidationError, naming each document that cannot be taken, and takes none."""
        there = {str(attachment.pk): attachment.pk for attachment in self.attachments}
        removed = [there[pk] for pk in value.removed if pk in there]
        self._check_room(len(there) - len(removed) + len(value.uploads))
        added, problems = [], []
        for upload in value.uploads:
            name = upload.name or "document"
            try:
                added.append((name, examine(upload)))
            except ValidationError as error:
                problems += [f"« {name} »\N{NO-BREAK SPACE}: {said}" for said in error.messages]
        if problems:
            raise ValidationError([*problems, "Aucun de ces fichiers n’est joint."])
        return FilesChange(added, removed)

    def _check_room(self, count: int) -> None:
        if count > self.most and count > len(self.attachments):
            more = count - self.most
            raise ValidationError(
                f"Cette réponse compte au plus {self.most} fichier{plural(self.most)}, c’est "
                f"{more} de trop\N{NO-BREAK SPACE}: rien n’est joint. Retirez d’abord le moins "
                "utile."
            )


def files_help(most: int) -> str:
    return f"{accepted_files(ACCEPTED_KINDS)} {most} fichier{plural(most)} au plus."
