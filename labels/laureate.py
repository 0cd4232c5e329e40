"""What a diploma or a panel says of one territory: a plain value, so that the hall can print before
the proclamation, from signed decisions, and the public after it, from awards."""

from dataclasses import dataclass

from labels.models import Award


@dataclass(frozen=True)
class LaureateMention:
    """A thematic mention; the green one turns an arobase green."""

    name: str
    green: bool = False


@dataclass(frozen=True)
class Laureate:
    """One territory in one edition. `level` is 1 to 5, or None for a mention without an arobase."""

    name: str
    candidate_type_label: str
    edition_name: str
    year: int
    level: int | None
    is_ten: bool = False
    mentions: tuple[LaureateMention, ...] = ()

    @property
    def is_green(self) -> bool:
        return any(mention.green for mention in self.mentions)


def laureate_of(award: Award) -> Laureate:
    """The value of a public award; reads its edition and mentions, to be fetched ahead."""
    return Laureate(
        name=award.territory_name,
        candidate_type_label=award.get_candidate_type_display().capitalize(),
        edition_name=f"Édition {award.edition.year}",
        year=award.edition.year,
        level=award.level,
        is_ten=award.is_ten,
        mentions=tuple(
            LaureateMention(mention.name, mention.green) for mention in award.mentions.all()
        ),
    )
