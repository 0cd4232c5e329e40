"""A long text says how long it may be; a short one is not counted."""

from django import forms

from villes_internet.fields import Limit, Renderer


class TextForm(forms.Form):
    default_renderer = Renderer
    title = forms.CharField(max_length=120)
    summary = forms.CharField(max_length=600, widget=forms.Textarea, help_text="Deux phrases.")
    answer = forms.CharField(
        max_length=20_000, widget=forms.Textarea(attrs={"data-max-words": 1_500})
    )
    free = forms.CharField(widget=forms.Textarea)


def test_a_text_is_limited_in_words_or_else_in_characters() -> None:
    form = TextForm()
    limits = {field.name: getattr(field, "limit") for field in form}  # noqa: B009
    assert limits == {
        "title": None,
        "summary": Limit(600, "caractère"),
        "answer": Limit(1_500, "mot"),
        "free": None,
    }


def test_the_limit_is_written_and_describes_the_field() -> None:
    html = str(TextForm()["summary"].as_field_group())
    assert 'aria-describedby="id_summary_helptext id_summary_count"' in html
    assert ">600 caractères au plus</p>" in html
    html = str(TextForm()["answer"].as_field_group())
    assert 'aria-describedby="id_answer_count"' in html
    assert ">1\u202f500 mots au plus</p>" in html


def test_a_field_that_is_not_counted_is_described_as_ever() -> None:
    assert "aria-describedby" not in str(TextForm()["title"].as_field_group())
    assert "_count" not in str(TextForm()["free"].as_field_group())
    assert "_count" not in str(TextForm(auto_id=False)["summary"])
