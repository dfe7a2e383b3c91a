"""The tables of letters and of the editions they belong to, to which is only added. What they say is sealed."""

from sqlmodel import Field, SQLModel


class PartRow(SQLModel, table=True):
    """What is attached to letters, kept once; its name is keyed, so that nobody finds a content by guessing it."""

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
    message_id: str = Field(unique=True, max_length=200)
    sealed: str
    posted_by: str = Field(max_length=200)
    posted_at: str


class LetterStepRow(SQLModel, table=True):
    """A step on a letter's way; its reason or the server's words are sealed, for they may repeat an address."""

    __tablename__ = "letter_step"

    letter: int = Field(primary_key=True, foreign_key="letter.number")
    step: int = Field(primary_key=True)
    what: str
    choice: str = ""
    """What is proposed to a second person: `resend` or `delivered`."""
    done_by: str = Field(max_length=200)
    done_at: str
    again_at: str = ""
    """From when on a deferred letter is tried again."""
    sealed: str = ""


class EditionRow(SQLModel, table=True):
    """An edition of the annual circulation, frozen: what it says and to whom it goes."""

    __tablename__ = "edition"

    name: str = Field(primary_key=True, max_length=80)
    year: int
    place: int
    sealed: str
    digest: str = Field(max_length=64)
    prepared_by: str = Field(max_length=200)
    prepared_at: str


class EditionStepRow(SQLModel, table=True):
    """What became of an edition; an approval names the digest of what was shown, and is signed."""

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
