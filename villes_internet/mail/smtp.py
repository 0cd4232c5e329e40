"""SMTP that tells at which step it failed: before the server may have the letter, or after."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail.backends import smtp


class NotSentError(Exception):
    """The connection was lost before the letter was handed over: it surely did not leave."""


EXPLICIT_ANSWERS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)


class StepByStep(smtplib.SMTP):
    """Remembers whether DATA was said, after which a silence proves nothing."""

    data_said = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.data_said = True
        return super().data(msg)

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> dict[str, tuple[int, bytes]]:
        self.data_said = False
        try:
            return super().sendmail(from_addr, to_addrs, msg, mail_options, rcpt_options)
        except EXPLICIT_ANSWERS:
            raise
        except OSError as error:  # SMTPException is one too
            if self.data_said:
                raise
            raise NotSentError(str(error)) from error


class StepByStepOverTLS(StepByStep, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return StepByStepOverTLS if self.use_ssl else StepByStep
