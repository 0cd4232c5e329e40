"""Who gets what at each address: the rules of the label, written by hand.

A cell is a status, then the words that this person may find in the answer (see `tests.walk.cast`),
and no others. « sign-in » is being sent to the sign-in page. Nothing here is computed from the
permissions of the code: it is what they are compared with.
"""

from __future__ import annotations

from tests.walk.people import ANONYMOUS, PEOPLE

Row = dict[str, str]
SIGN_IN = "sign-in"


def row(others: str, **cells: str) -> Row:
    """The cell of each person; a passer-by signs in first unless said otherwise."""
    unknown = set(cells) - set(PEOPLE)
    if unknown:
        raise ValueError(f"Nobody is called {unknown}")
    return {who: SIGN_IN if who == ANONYMOUS else others for who in PEOPLE} | cells


def everyone(cell: str) -> Row:
    return row(cell, anonymous=cell)


def agents(cell: str) -> Row:
    """Those who act for the territory; to all others it does not exist."""
    return row("404", reader=cell, contributor=cell, referent=cell)


def writers(cell: str) -> Row:
    """Of those who act for the territory, a reader changes nothing."""
    return row("404", reader="403", contributor=cell, referent=cell)


def signers(cell: str) -> Row:
    """Only a référent·e signs for the territory; the others who act for it may look."""
    return row("404", reader="403", contributor="403", referent=cell)


def vouchers(cell: str) -> Row:
    """Who composes the team: its référent·e·s, and the staff in their place."""
    return row("404", reader="403", contributor="403", referent=cell, staff=cell)


def chair(cell: str) -> Row:
    return row("404", chair=cell)


def staff(cell: str) -> Row:
    """Everybody knows that there is a staff: 403 to the others."""
    return row("403", staff=cell)


SIGNED_IN = row("200")
NOBODY = row("404")
NOT_EVEN_PASSERS_BY = everyone("404")

NOBODY_BUT_THE_NEIGHBOUR = row("404", neighbour="200 rival")

# --- What each person reads -------------------------------------------------------------------

READ: dict[str, Row] = {
    # Public: the same for all, and nothing of what is not proclaimed.
    "atlaas:home": everyone("200 home laureate"),
    "atlaas:territories": everyone("200"),
    "atlaas:territory": everyone("200 home laureate"),
    "atlaas:territory_named": everyone("200 home laureate"),
    "atlaas:sheets": everyone("200 home laureate"),
    "atlaas:sheet_short": everyone("301 laureate"),
    "atlaas:sheet": everyone("200 home laureate"),
    "labels:palmares_latest": everyone("302"),
    "labels:palmares": everyone("200 home"),
    "labels:palmares, embargo": NOT_EVEN_PASSERS_BY,
    "labels:palmares, open": NOT_EVEN_PASSERS_BY,
    # What is shown of them elsewhere: pictures hold no text, and exist for the same readers.
    "atlaas:picture": everyone("200"),
    "atlaas:territory_picture": everyone("200"),
    "atlaas:sheet_picture": everyone("200"),
    "atlaas:illustration": everyone("200"),
    # Who writes to a sheet is not shown to whom.
    "atlaas:contact": everyone("200 home laureate"),
    "atlaas:illustration, of no such size": NOT_EVEN_PASSERS_BY,
    "atlaas:feed": everyone("200 home laureate"),
    "labels:palmares_picture": everyone("200"),
    "labels:palmares_picture, embargo": NOT_EVEN_PASSERS_BY,
    "labels:palmares_picture, open": NOT_EVEN_PASSERS_BY,
    # The dates that all may know, and those of one dossier.
    "editions:calendar": everyone("200"),
    "editions:calendar, embargo": everyone("200"),
    "candidatures:calendar": agents("200 home"),
    "favicon": everyone("200"),
    "health": everyone("200"),
    "pages:accessibility": everyone("200"),
    "pages:legal_notice": everyone("200"),
    "pages:personal_data": everyone("200"),
    "pages:site_map": everyone("200"),
    "pages:contact": everyone("200"),
    "pages:contact_sent": everyone("200"),
    "pages:help": everyone("200"),
    "pages:help_agents": everyone("200"),
    "pages:help_jurors": everyone("200"),
    # For machines, and still nothing of what is not proclaimed.
    "pages:security": everyone("200"),
    "pages:robots": everyone("200"),
    "pages:sitemap": everyone("200"),
    "pages:sitemap_section": everyone("200 laureate"),
    "pages:sitemap_section, territories": everyone("200"),
    "pages:sitemap_section, unknown": NOT_EVEN_PASSERS_BY,
    # The mailbox of the demonstration hides nothing from whoever tries it.
    "demo:mailbox": everyone("200"),
    "demo:message": everyone("200"),
    "demo:message_html": everyone("200"),
    "demo:attachment": everyone("200"),
    # Agents: their territory's dossiers, whatever became of them, and never the jury's words.
    "candidatures:index": row(
        "200",
        reader="200 home",
        contributor="200 home",
        referent="200 home",
        newcomer="200 home",
        neighbour="200 rival",
    ),
    "candidatures:detail": agents("200 home draft"),
    "candidatures:detail, read": agents("200 home read"),
    "candidatures:detail, judged": agents("200 home judged"),
    "candidatures:detail, laureate": agents("200 home laureate answer"),
    "candidatures:deposit": row(
        "404", reader="200 home", contributor="200 home", referent="200 home draft"
    ),
    "candidatures:deposit, read": agents("200 home"),
    "candidatures:deposit, judged": agents("200 home"),
    "candidatures:deposit, laureate": agents("200 home"),
    "candidatures:ask_approval": agents("200 home"),
    # Whoever holds the letter reads this dossier, without an account, and no other.
    "candidatures:approve": everyone("200 home draft"),
    "candidatures:approve, forged": NOT_EVEN_PASSERS_BY,
    "candidatures:approval_attachment": everyone("200 draft"),
    "candidatures:approval_attachment, of another dossier": NOT_EVEN_PASSERS_BY,
    "candidatures:withdraw": agents("200 home"),
    "candidatures:withdraw, draft": agents("200 home"),
    "candidatures:withdraw, read": agents("200 home"),
    "candidatures:past_deposit": agents("200 home twice"),
    "candidatures:past_deposit, never": NOBODY,
    "candidatures:receipt_of": agents("200 home twice"),
    "candidatures:receipt_of, in preparation": NOBODY,
    "candidatures:section": agents("200 home draft"),
    "candidatures:section, read": agents("200 home read"),
    "candidatures:section, judged": agents("200 home judged"),
    "candidatures:section, laureate": agents("200 home laureate"),
    "candidatures:earlier_answers": agents("200 home draft earlier"),
    "candidatures:earlier_answers, through another dossier": NOBODY,
    # What may be resumed: the last dossier of one's own territory, and its public sheets.
    "candidatures:resume": agents("200 home"),
    "candidatures:resume, read": agents("200 home"),
    "candidatures:resume, through another dossier": NOBODY_BUT_THE_NEIGHBOUR,
    "candidatures:resume_answers": agents("200 home read draft"),
    "candidatures:resume_answers, read": agents("200 home judged read"),
    "candidatures:resume_answers, through another dossier": NOBODY,
    "candidatures:resume_practices": agents("200 home laureate read"),
    "candidatures:resume_practices, read": agents("200 home laureate judged"),
    "candidatures:resume_practices, through another dossier": NOBODY_BUT_THE_NEIGHBOUR,
    "candidatures:earlier_passages": agents("200 home draft earlier"),
    "candidatures:earlier_passages, through another dossier": NOBODY,
    "candidatures:add_initiative": agents("200 home"),
    "candidatures:import_initiatives": agents("200 home"),
    "candidatures:import_initiatives, read": agents("200 home"),
    "candidatures:import_model": agents("200"),
    "candidatures:import_model, of no such format": NOBODY,
    "candidatures:change_initiative": agents("200 home draft"),
    "candidatures:change_initiative, read": agents("200 home read"),
    "candidatures:change_initiative, judged": agents("200 home judged"),
    "candidatures:change_initiative, laureate": agents("200 home laureate"),
    "candidatures:change_initiative, through another dossier": NOBODY,
    "candidatures:remove_initiative": agents("200 home draft"),
    "candidatures:remove_initiative, through another dossier": NOBODY,
    "candidatures:attachments": agents("200 home draft"),
    "candidatures:attachments, read": agents("200 home read"),
    "candidatures:attachments, judged": agents("200 home judged"),
    "candidatures:attachments, laureate": agents("200 home laureate"),
    "candidatures:attachment": agents("200 draft"),
    "candidatures:attachment, through another dossier": NOBODY,
    # Pictures are as private as their dossier; those of a sheet are other rows, at its address.
    "candidatures:illustrations": agents("200 home draft"),
    "candidatures:illustrations, read": agents("200 home read"),
    "candidatures:illustrations, judged": agents("200 home judged"),
    "candidatures:illustrations, laureate": agents("200 home laureate"),
    "candidatures:illustrations, through another dossier": NOBODY,
    "candidatures:illustration": agents("200"),
    "candidatures:illustration, read": agents("200"),
    "candidatures:illustration, judged": agents("200"),
    "candidatures:illustration, laureate": agents("200"),
    "candidatures:illustration, through another dossier": NOBODY,
    "candidatures:receipt": agents("200 home read"),
    "candidatures:receipt, draft": NOBODY,
    # The words of a thread: its territory and the staff, and never the jury.
    "candidatures:thread": agents("200 home thread"),
    "candidatures:thread, read": agents("200 home"),
    "candidatures:thread, of a neighbour": NOBODY_BUT_THE_NEIGHBOUR,
    # The answer that was deposited, and what the staff ask of it.
    "candidatures:correction": agents("200 home read correction"),
    "candidatures:correction, through another dossier": NOBODY,
    # The address of a letter names its candidature to whoever holds it, and nothing else of it.
    "candidatures:stop_reminders": everyone("200 home"),
    "candidatures:stop_reminders, forged": NOT_EVEN_PASSERS_BY,
    "candidatures:feedback": agents("200 home"),
    "candidatures:feedback, read": agents("200 home"),
    "candidatures:diploma": agents("200 home"),
    "candidatures:diploma, embargo": NOBODY,
    "territories:memberships": row(
        "200",
        reader="200 home",
        contributor="200 home",
        referent="200 home",
        neighbour="200 rival",
        newcomer="200 home request",
        former="200 home",
    ),
    "territories:new_membership": row("200"),
    "territories:request_membership": row("200 home"),
    "territories:request_membership, unknown": NOBODY,
    "territories:team": row(
        "404", reader="200 home", contributor="200 home", referent="200 home", staff="200 home"
    ),
    "territories:team, unknown": NOBODY,
    # Whoever holds the letter of another is told that it is not theirs.
    "territories:accept_invitation": row("200 home"),
    "territories:accept_invitation, forged": NOBODY,
    # The jury: what was entrusted, never a dossier that one is recused from.
    "jury:index": row("200", elsewhere="302"),
    "jury:dashboard": row(
        "404",
        juror="200 home",
        unassigned="200 rival",
        recused="200 home recusal",
        chair="200 rival apart",
    ),
    "jury:dashboard, embargo": row(
        "404", juror="200 home", unassigned="200", recused="200 home recusal", chair="200"
    ),
    "jury:dashboard, unknown": NOBODY,
    "jury:review": row("404", juror="200 home read notes", chair="200 home read"),
    "jury:review, rival": row("404", unassigned="200 rival colleague"),
    "jury:review, embargo": row("404", juror="200 home judged verdict", chair="200 home judged"),
    "jury:review, another edition": NOBODY,
    "jury:review, draft": NOBODY,
    "jury:attachment": row("404", juror="200 read", chair="200 read"),
    "jury:attachment, rival": row("404", unassigned="200 rival"),
    "jury:attachment, embargo": row("404", juror="200 judged", chair="200 judged"),
    "jury:attachment, draft": NOBODY,
    "jury:attachment, of another dossier": NOBODY,
    "jury:illustration": row("404", juror="200", chair="200"),
    "jury:illustration, rival": row("404", unassigned="200"),
    "jury:illustration, embargo": row("404", juror="200", chair="200"),
    "jury:illustration, draft": NOBODY,
    "jury:illustration, of another dossier": NOBODY,
    # The chair: the reviews handed in, not the drafts; nothing of « rival » but that it exists.
    "jury:deliberation": chair("200 home rival apart"),
    "jury:deliberation, embargo": chair("200 home"),
    "jury:decide": chair("200 home"),
    "jury:decide, embargo": chair("200 home verdict letter"),
    "jury:decide, rival": NOBODY,
    "jury:decide, draft": NOBODY,
    "jury:proclaim": chair("200"),
    "jury:proclaim, embargo": chair("200"),
    # The staff: the dossiers, the loads of the jury, the letters; no note, no decision, no code.
    "staff_home": staff("200"),
    "gallery": staff("200"),
    "gallery_themes": staff("200"),
    "labels_staff:editions": staff("200"),
    "labels_staff:create_edition": staff("200"),
    "labels_staff:edition": staff("200"),
    "labels_staff:edition, proclaimed": staff("200 jury"),
    "labels_staff:edition, unknown": row("403", staff="404"),
    "labels_staff:referentiel": staff("200"),
    "labels_staff:theme": staff("200"),
    "labels_staff:mentions": staff("200"),
    "questionnaire:outline": staff("200"),
    "questionnaire:preview": staff("200"),
    "questionnaire:add_section": staff("200"),
    "questionnaire:change_section": staff("200"),
    "questionnaire:add_question": staff("200"),
    "questionnaire:change_question": staff("200"),
    "questionnaire:change_question, another edition": row("403", staff="404"),
    "questionnaire:withdraw_question": staff("200"),
    "depositing:rules": staff("200"),
    "depositing:add_engagement": staff("200"),
    "depositing:change_engagement": staff("200"),
    "depositing:change_engagement, another edition": row("403", staff="404"),
    "depositing:add_condition": staff("200"),
    "depositing:change_condition": staff("200"),
    "candidatures_staff:check": staff("200 home"),
    "candidatures_staff:check, declared": row("403", staff="404"),
    "candidatures_staff:candidatures": staff("200 home"),
    "candidatures_staff:candidatures, read": staff("200 home rival"),
    "candidatures_staff:candidature": staff("200 home draft extension"),
    "candidatures_staff:candidature, read": staff("200 home read correction"),
    "candidatures_staff:threads": staff("200 home thread"),
    "candidatures_staff:thread": staff("200 home thread"),
    "candidatures_staff:thread, another edition": row("403", staff="404"),
    "candidatures_staff:ask_correction": staff("200 home"),
    "candidatures_staff:ask_correction, draft": staff("200 home"),
    "candidatures_staff:extend": staff("200 home"),
    "candidatures_staff:extend, read": staff("200 home"),
    "candidatures_staff:dossier": staff("200 home draft"),
    "candidatures_staff:dossier, read": staff("200 home read"),
    "candidatures_staff:ask_for_export": staff("200"),
    "candidatures_staff:exports": staff("200"),
    "candidatures_staff:export": staff("200"),
    "candidatures_staff:export, another edition": row("403", staff="404"),
    "candidatures_staff:export_file": staff("200"),
    "candidatures_staff:export_file, removed": row("403", staff="404"),
    "candidatures_staff:feedback": staff("200"),
    "candidatures_staff:write_mailing": staff("200"),
    "candidatures_staff:mailings": staff("200"),
    "candidatures_staff:mailing": staff("200 home"),
    "candidatures_staff:mailing, sent": staff("200 home"),
    "candidatures_staff:mailing, another edition": row("403", staff="404"),
    "candidatures_staff:change_mailing": staff("200"),
    "jury_staff:criteria": staff("200"),
    "jury_staff:jury": staff("200 jury home rival recusal apart"),
    "mail:list": staff("200 home mail"),
    "mail:detail": staff("200 mail"),
    "mail:detail, code": staff("200"),
    "mail:attachment": staff("200 mail"),
    "territories_staff:memberships": staff("200 home rival request"),
    # One's own account.
    "account": SIGNED_IN,
    "account_login": everyone("302"),
    "account_logout": row("200", anonymous="302"),
    "account_inactive": everyone("200"),
    "account_signup": row("302", anonymous="200"),
    "account_reauthenticate": row("403", staff="302"),
    "account_email": SIGNED_IN,
    "account_email_verification_sent": row("302", anonymous="302"),
    "account_request_login_code": row("302", anonymous="200"),
    "account_confirm_login_code": row("302", anonymous="302"),
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": row("302", anonymous="302"),
    "mfa_reauthenticate": row("403", staff="200"),
    "mfa_activate_totp": row("200", staff="302"),
    "mfa_deactivate_totp": row("404", staff="200"),
    "mfa_view_recovery_codes": row("404", staff="200"),
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": row("404", staff="200"),
    # There is no password.
    "no_password": NOT_EVEN_PASSERS_BY,
    "account_change_password": NOT_EVEN_PASSERS_BY,
    "account_set_password": NOT_EVEN_PASSERS_BY,
    "account_reset_password": NOT_EVEN_PASSERS_BY,
    "account_reset_password_done": NOT_EVEN_PASSERS_BY,
    "account_reset_password_from_key": NOT_EVEN_PASSERS_BY,
    "account_reset_password_from_key_done": NOT_EVEN_PASSERS_BY,
}

# --- What each person changes, with a form that says nothing wrong -------------------------------

WRITE: dict[str, Row] = {
    "pages:contact": everyone("302"),
    "atlaas:contact": everyone("302"),
    "candidatures:start": row("404", neighbour="302"),
    "candidatures:deposit": signers("302"),
    "candidatures:deposit, read": writers("409"),
    "candidatures:ask_approval": signers("302"),
    "candidatures:approve": everyone("302"),
    "candidatures:approve, forged": NOT_EVEN_PASSERS_BY,
    "candidatures:withdraw": signers("302"),
    "candidatures:withdraw, draft": signers("409"),
    "candidatures:withdraw, read": signers("409"),
    "candidatures:section": writers("302"),
    "candidatures:section, read": writers("409"),
    "candidatures:section, laureate": writers("409"),
    "candidatures:delegate_section": writers("302"),
    "candidatures:delegate_section, read": writers("409"),
    "candidatures:mark_section": writers("302"),
    "candidatures:mark_section, read": writers("409"),
    "candidatures:answer": writers("200"),
    "candidatures:answer, read": writers("409"),
    "candidatures:answer, another edition": row("404", reader="403"),
    "candidatures:earlier_answers": writers("302"),
    "candidatures:earlier_answers, through another dossier": NOBODY,
    "candidatures:passage": writers("200"),
    "candidatures:passage, read": writers("409"),
    "candidatures:passage, through another dossier": NOBODY,
    "candidatures:earlier_passages": writers("302"),
    "candidatures:earlier_passages, through another dossier": NOBODY,
    "candidatures:presence": agents("200"),
    "candidatures:resume_answers": writers("302"),
    "candidatures:resume_answers, read": writers("409"),
    "candidatures:resume_answers, through another dossier": NOBODY,
    "candidatures:resume_practices": writers("302"),
    "candidatures:resume_practices, read": writers("409"),
    "candidatures:resume_practices, through another dossier": row("404", neighbour="409"),
    "candidatures:add_initiative": writers("302"),
    "candidatures:import_initiatives": writers("200"),  # what it would add, and nothing added
    "candidatures:import_initiatives, a wrong line": writers("422"),
    "candidatures:import_initiatives, read": writers("409"),
    "candidatures:confirm_import": writers("409"),  # the preview is somebody else's
    "candidatures:confirm_import, read": writers("409"),
    "candidatures:change_initiative": writers("302"),
    "candidatures:change_initiative, read": writers("409"),
    "candidatures:change_initiative, through another dossier": NOBODY,
    "candidatures:move_initiative": writers("302"),
    "candidatures:move_initiative, through another dossier": NOBODY,
    "candidatures:duplicate_initiative": writers("302"),
    "candidatures:duplicate_initiative, through another dossier": NOBODY,
    "candidatures:remove_initiative": writers("302"),
    "candidatures:remove_initiative, through another dossier": NOBODY,
    "candidatures:attachments": writers("302"),
    "candidatures:attachments, read": writers("409"),
    "candidatures:illustrations": writers("302"),
    "candidatures:illustrations, read": writers("409"),
    "candidatures:illustrations, through another dossier": NOBODY,
    "candidatures:remove_illustration": writers("302"),
    "candidatures:remove_illustration, read": writers("409"),
    "candidatures:remove_illustration, through another dossier": NOBODY,
    "candidatures:reminders": agents("302"),
    "candidatures:thread": writers("302"),
    "candidatures:thread, read": writers("302"),  # a deposited dossier has questions too
    "candidatures:thread, of a neighbour": row("404", neighbour="302"),
    "candidatures:read_thread": agents("302"),
    "candidatures:correction": writers("302"),
    "candidatures:correction, through another dossier": NOBODY,
    "candidatures:feedback": agents("409"),  # not deposited yet
    "candidatures:feedback, read": agents("302"),
    "candidatures:stop_reminders": everyone("200"),
    "candidatures:stop_reminders, forged": NOT_EVEN_PASSERS_BY,
    "candidatures:detach": writers("302"),
    "candidatures:detach, read": writers("409"),
    "candidatures:detach, through another dossier": NOBODY,
    "territories:request_membership": row("302"),
    "territories:request_membership, unknown": NOBODY,
    "territories:end_membership": row("404", newcomer="302", staff="302"),
    "territories:team": vouchers("302"),
    "territories:team, unknown": NOBODY,
    "territories:change_role": vouchers("302"),
    "territories:change_role, of a neighbour": row("404", reader="403", contributor="403"),
    "territories:end_colleague": vouchers("302"),
    "territories:end_colleague, of a neighbour": row("404", reader="403", contributor="403"),
    "territories:resend_invitation": vouchers("302"),
    "territories:resend_invitation, of a neighbour": NOBODY,
    "territories:revoke_invitation": vouchers("302"),
    "territories:revoke_invitation, of a neighbour": NOBODY,
    "territories:accept_invitation": row("403", elsewhere="302"),
    "territories:accept_invitation, forged": NOBODY,
    "jury:review": row("404", juror="302", chair="302"),
    "jury:review, rival": row("404", unassigned="409"),  # handed in already
    "jury:review, embargo": row("404", juror="409", chair="409"),  # the reading is over
    "jury:review, draft": NOBODY,
    "jury:decide": chair("409"),  # not the day
    "jury:decide, embargo": chair("302"),
    "jury:decide, rival": NOBODY,
    "jury:proclaim": chair("409"),
    "jury:proclaim, embargo": chair("302"),
    "labels_staff:create_edition": staff("302"),
    "labels_staff:edition": staff("302"),
    "labels_staff:edition, proclaimed": staff("409"),
    "labels_staff:theme": staff("302"),
    "labels_staff:mentions": staff("302"),
    "candidatures_staff:extend": staff("302"),
    "candidatures_staff:extend, read": staff("422"),  # its reading has begun
    "candidatures_staff:revoke": staff("302"),
    "candidatures_staff:thread": staff("302"),
    "candidatures_staff:thread, another edition": row("403", staff="404"),
    "candidatures_staff:read_thread": staff("302"),
    "candidatures_staff:ask_correction": staff("302"),
    "candidatures_staff:ask_correction, draft": staff("409"),
    "candidatures_staff:withdraw_correction": staff("302"),
    "candidatures_staff:settle_thread": staff("302"),
    "candidatures_staff:ask_for_export": staff("302"),
    "candidatures_staff:write_mailing": staff("302"),
    "candidatures_staff:change_mailing": staff("302"),
    "candidatures_staff:change_mailing, sent": staff("409"),
    "candidatures_staff:confirm_mailing": staff("302"),
    "candidatures_staff:confirm_mailing, sent": staff("409"),
    "questionnaire:add_section": staff("302"),
    "questionnaire:change_section": staff("302"),
    "questionnaire:move_section": staff("302"),
    "questionnaire:remove_section": staff("302"),
    "questionnaire:add_question": staff("302"),
    "questionnaire:change_question": staff("302"),
    "questionnaire:change_question, another edition": row("403", staff="404"),
    "questionnaire:move_question": staff("302"),
    "questionnaire:withdraw_question": staff("302"),
    "depositing:ask_approval": staff("302"),
    "depositing:stop_approval": staff("302"),
    "depositing:add_engagement": staff("302"),
    "depositing:change_engagement": staff("302"),
    "depositing:change_engagement, another edition": row("403", staff="404"),
    "depositing:move_engagement": staff("302"),
    "depositing:retire_engagement": staff("302"),
    "depositing:add_condition": staff("302"),
    "depositing:change_condition": staff("302"),
    "depositing:move_condition": staff("302"),
    "depositing:retire_condition": staff("302"),
    "candidatures_staff:check": staff("302"),
    "candidatures_staff:check, declared": row("403", staff="404"),
    "jury_staff:criteria": staff("409"),
    "jury_staff:add_juror": staff("302"),
    "jury_staff:hand_chair": staff("302"),
    "jury_staff:assign": staff("302"),
    "jury_staff:unassign": staff("302"),
    "jury_staff:recuse": staff("302"),
    "mail:resend": staff("302"),
    "mail:mark_sent": staff("302"),
    "territories_staff:accept_membership": staff("302"),
    "territories_staff:refuse_membership": staff("302"),
    "territories_staff:end_membership": staff("302"),
    "account": row("302"),
    "account_logout": everyone("302"),
    "account_signup": row("302", anonymous="302"),
    "account_reauthenticate": row("403", staff="302"),
    "account_email": row("302"),
    "account_email_verification_sent": everyone("302"),
    "account_request_login_code": everyone("302"),
    "account_confirm_login_code": everyone("302"),
    "mfa_authenticate": everyone("302"),
    "mfa_reauthenticate": row("403", staff="200"),  # a wrong code
    "mfa_activate_totp": row("200", staff="302"),  # a wrong code
    "mfa_deactivate_totp": row("404", staff="302"),
    "mfa_generate_recovery_codes": row("200", staff="302"),  # none without an application
    "no_password": NOT_EVEN_PASSERS_BY,
    "account_change_password": NOT_EVEN_PASSERS_BY,
    "account_set_password": NOT_EVEN_PASSERS_BY,
    "account_reset_password": NOT_EVEN_PASSERS_BY,
    "account_reset_password_done": NOT_EVEN_PASSERS_BY,
    "account_reset_password_from_key": NOT_EVEN_PASSERS_BY,
    "account_reset_password_from_key_done": NOT_EVEN_PASSERS_BY,
}


def address_of(scene: str) -> str:
    return scene.partition(", ")[0]


def readers(scene: str) -> list[str]:
    """Those who are shown the page."""
    return [who for who, cell in READ.get(scene, {}).items() if cell.startswith("200")]
