"""Who walks: each of them sees the same addresses with other rights."""

ANONYMOUS = "anonymous"
READER = "reader"  # reads for the territory, and does not write
CONTRIBUTOR = "contributor"  # writes for the territory, and does not deposit
REFERENT = "referent"  # deposits
NEIGHBOUR = "neighbour"  # référent·e of another territory
NEWCOMER = "newcomer"  # has only asked for a rattachement to the territory
FORMER = "former"  # whose rattachement to the territory has ended
JUROR = "juror"  # to whom the dossier is entrusted
UNASSIGNED = "unassigned"  # juror of the same edition, to whom it is not
RECUSED = "recused"  # juror of the same edition, recused from it
ELSEWHERE = "elsewhere"  # juror of another edition
CHAIR = "chair"  # recused from the neighbour's dossier
STAFF = "staff"

PEOPLE = (
    ANONYMOUS,
    READER,
    CONTRIBUTOR,
    REFERENT,
    NEIGHBOUR,
    NEWCOMER,
    FORMER,
    JUROR,
    UNASSIGNED,
    RECUSED,
    ELSEWHERE,
    CHAIR,
    STAFF,
)
JURY = (JUROR, UNASSIGNED, RECUSED, ELSEWHERE, CHAIR)
