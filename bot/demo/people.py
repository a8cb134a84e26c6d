"""Who works in the invented municipality, and which of them one can be."""

import csv
import io
from dataclasses import dataclass
from importlib.resources import files
from uuid import NAMESPACE_DNS, uuid5

ORGANISATION = "Vävarbygdens kommun"
_DOMAIN = "vavarbygden.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with an account, as Teams knows them."""

    name: str
    mail: str
    object_id: str
    title: str
    department: str

    @property
    def user_id(self) -> str:
        return f"29:{self.object_id}"

    @property
    def conversation_id(self) -> str:
        """Their personal chat with the bot."""
        return f"a:{self.object_id}"

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


SAMIRA, MARIE, YASMIN, CAMILLA, GUNNAR, ELIN = (
    f"{account}@{_DOMAIN}"
    for account in ("samira.yusuf", "marie.skog", "yasmin.karimi", "camilla.ryd", "gunnar.hede", "elin.dahl")
)
CAST = (SAMIRA, MARIE, YASMIN, ELIN, CAMILLA, GUNNAR)
"""Those one can be, in the order of the menu."""

_OUTSIDE_THE_FILE = Colleague(
    name="Elin Dahl",
    mail=ELIN,
    object_id=str(uuid5(NAMESPACE_DNS, ELIN)),
    title="Lärare på Kinnaskolan",
    department="Barn- och utbildningsförvaltningen",
)
"""An ordinary employee: no contract of her own, and in no list the bot has read."""


def demo_file(name: str) -> bytes:
    """A file of the invented municipality: `avtalsregister.csv` or `personer.csv`."""
    return (files("bot.demo") / "data" / name).read_bytes()


def colleagues() -> dict[str, Colleague]:
    """Everybody, by mail."""
    rows = csv.DictReader(io.StringIO(demo_file("personer.csv").decode("utf-8-sig")), delimiter=";")
    listed = [
        Colleague(
            name=row["Namn"],
            mail=row["E-post"],
            object_id=row["Entra-objekt-id"],
            title=row["Titel"],
            department=row["Förvaltning"],
        )
        for row in rows
    ]
    return {one.mail: one for one in (*listed, _OUTSIDE_THE_FILE)}
