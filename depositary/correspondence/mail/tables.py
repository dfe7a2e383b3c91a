"""The tables of letters and of their editions. Rows are only added, and their contents are sealed."""

from sqlmodel import Field, SQLModel


class PartRow(SQLModel, table=True):
    """An attachment, kept once for all letters. Its name is a keyed hash, so that nobody can guess its content."""

    __tablename__ = "letter_part"

    name: str = Field(primary_key=True, max_length=64)
    sealed: str


class LetterRow(SQLModel, table=True):
    """A letter of an edition to a recipient: a participant's code, or another name that is no address."""

    __tablename__ = "letter"

    number: int | None = Field(default=None, primary_key=True)
    edition: str = Field(max_length=80)
    recipient: str = Field(max_length=120)
    copy_number: int = Field(sa_column_kwargs={"name": "copy"})
    again: int = 0
    """0 for the first letter of an edition to a recipient; the letter that replaces it has 1, and so on."""
    message_id: str = Field(unique=True, max_length=200)
    sealed: str
    posted_by: str = Field(max_length=200)
    posted_at: str


class LetterStepRow(SQLModel, table=True):
    """A step of a letter. Its reason or the server's words are sealed, because they may repeat an address."""

    __tablename__ = "letter_step"

    letter: int = Field(primary_key=True, foreign_key="letter.number")
    step: int = Field(primary_key=True)
    what: str
    choice: str = ""
    """The proposal to a second person: `resend`, `delivered` or `replaced`."""
    done_by: str = Field(max_length=200)
    done_at: str
    again_at: str = ""
    """The instant from which a deferred letter is tried again."""
    sealed: str = ""


class EditionRow(SQLModel, table=True):
    """An edition of the annual circulation, frozen: its contents and its recipients."""

    __tablename__ = "edition"

    name: str = Field(primary_key=True, max_length=80)
    year: int
    place: int
    sealed: str
    digest: str = Field(max_length=64)
    prepared_by: str = Field(max_length=200)
    prepared_at: str


class EditionStepRow(SQLModel, table=True):
    """A step of an edition. An approval names the digest of the edition that was shown, and is signed."""

    __tablename__ = "edition_step"

    edition: str = Field(primary_key=True, foreign_key="edition.name", max_length=80)
    step: int = Field(primary_key=True)
    what: str
    done_by: str = Field(max_length=200)
    done_at: str
    shown: str = Field(default="", max_length=64)
    key: str = Field(default="", max_length=16)
    signature: str = Field(default="", max_length=128)
    reason: str = ""
