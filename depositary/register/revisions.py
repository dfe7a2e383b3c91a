"""The revision that a database must stand at: that of the last migration, by the names of the files."""

from pathlib import Path


def newest(folder: Path) -> str:
    """The last revision of the migrations in a folder: the beginning of their files' names."""
    return max(path.name.partition("_")[0] for path in (folder / "versions").glob("[0-9]*.py"))


def unfit(database: str, stands: str, needed: str) -> str:
    """Why a database that stands at another revision than is needed cannot be used; "" stands for no register."""
    if stands > needed:
        return (
            f"{database}: stands at revision {stands}, and this program knows revision {needed} at most. "
            "Use the program that brought it there."
        )
    what = f"stands at revision {stands}, and this program needs {needed}" if stands else "holds no register yet"
    return f"{database}: {what}. Run `depositary migrate`."
