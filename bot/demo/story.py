"""The story of the tour: a Monday in the municipality, and the weeks that follow."""

from datetime import datetime

from bot.arguments import LOCAL_ZONE
from bot.demo.guide import Guide
from bot.demo.people import CAMILLA, ELIN, MARIE, SAMIRA
from cards.texts import Texts

_TYPED = {
    "PU1": "4",
    "PU3": "ja",
    "LK1": "delvis",
    "LK2": "oftast",
    "LK2N": "två gånger i november",
    "LK4": "nej",
    "LK9": "4",
    "LK11": "5",
    "PU4": "nej",
    "PU5": "nej",
    "PU6": "nej",
    "LK3": "nej",
    "LK8": "nej",
    "LK12": "vet inte",
}
"""What Samira answers by typing; to anything else she says yes."""
_MOST_QUESTIONS = 40
_GAPS = {
    "gap:recipient": "Arbetsledaren",
    "gap:agreed": "Städning varje skoldag före klockan 7",
    "gap:requirement": "§ 4.1",
    "gap:consequence": "Klassrummen var inte städade när barnen kom",
    "gap:requested_action": "Städa enligt schemat och skriv hur ni ser till att det blir gjort",
}
"""What Marie knows and the draft of the complaint lacks."""


async def tell_story(guide: Guide, texts: Texts) -> None:
    """Every scene, in order. The words people write are Swedish, as theirs are."""
    guide.scene(texts("demo.tour.scene.monday"))
    await _monday(guide)
    guide.scene(texts("demo.tour.scene.checklist"))
    await _checklist(guide)
    guide.scene(texts("demo.tour.scene.employee"))
    await _employee(guide)
    guide.scene(texts("demo.tour.scene.sign_off"))
    await _sign_off(guide)
    guide.scene(texts("demo.tour.scene.silence"))
    await _silence(guide)
    guide.scene(texts("demo.tour.scene.letter"))
    await _letter(guide)
    guide.scene(texts("demo.tour.scene.controller"))
    await _controller(guide)


async def _monday(guide: Guide) -> None:
    await guide.reads(SAMIRA, "Jag är Avtalsbot", "Kvartalsuppföljning: Städning skolor")
    await guide.says(SAMIRA, "hjälp", "mina uppföljningar", "börja")
    await guide.says(SAMIRA, "testa", "Exempelfrukt")
    await guide.says(SAMIRA, "skicka kl 13.30", "13.30")
    await guide.says(SAMIRA, "mina uppföljningar", "Städning skolor")
    await guide.presses(SAMIRA, "Öppna", "Börja nu")


async def _checklist(guide: Guide) -> None:
    await guide.presses(SAMIRA, "Börja nu", "Så förbereder du dig")
    await guide.says(SAMIRA, "börja", "Hur har leveransen fungerat")
    for _ in range(_MOST_QUESTIONS):
        question = _question_asked(guide)
        if question is None:
            break
        await guide.says(SAMIRA, _TYPED.get(question, "ja"))
    await guide.says(SAMIRA, "avböj, det var vårt eget fel", "Förslag 2 av 2", "Kvaliteten brister")
    await guide.presses(SAMIRA, "Registrera", "AVV-2027-0001", "Stämmer det här?")
    await guide.says(SAMIRA, "skicka in", "inlämnad", "Marie Skog")


def _question_asked(guide: Guide) -> str | None:
    """The first question of the page that nobody has answered, or None where there is no question left."""
    waiting = [
        field.field_id
        for field in guide.page(SAMIRA).fields
        if not field.value and "_" not in field.field_id and field.field_id.isupper()
    ]
    return waiting[0] if waiting else None


async def _employee(guide: Guide) -> None:
    report = "Städningen på Kinnaskolan uteblev tre gånger i veckan"
    await guide.says(ELIN, report, "Leveransen uteblev", "Kinnaskolan", "Antal gånger: 3")
    await guide.says(ELIN, "det var i torsdags", "torsdag")
    await guide.says(ELIN, "registrera", "AVV-2027-0002", "Samira Yusuf")
    await guide.reads(SAMIRA, "AVV-2027-0002")
    await guide.presses(SAMIRA, "Öppna", "Steg 0: bedömning")
    await guide.presses(SAMIRA, "Bedömd", "Leverantören kontaktad")


async def _sign_off(guide: Guide) -> None:
    await guide.turns(_morning(12), "Marie Skog: ", "Camilla Ryd: ")
    await guide.reads(MARIE, "Att godkänna: Kvartalsuppföljning")
    await guide.says(MARIE, "att godkänna", "Godkänn uppföljningen?", "AVV-2027-0001")
    await guide.presses(MARIE, "Godkänn", "Uppföljningen är godkänd")


async def _silence(guide: Guide) -> None:
    await guide.turns(_morning(20), "Marie Skog: Avvikelse", "Petra Sundin: Kvartalsuppföljning")
    await guide.reads(MARIE, "skriftlig reklamation", "Det är du som bestämmer")
    await guide.says(MARIE, "AVV-2027-0002", "Förslag: Steg 2")
    await guide.presses(MARIE, "Gå till steg 2", "Steg i trappan: Steg 2")


async def _letter(guide: Guide) -> None:
    await guide.presses(MARIE, "Mer om ärendet", "Påföljder", "Historik")
    await guide.presses(MARIE, "Brev", "Skriftlig reklamation", "Inte skickat")
    await guide.presses(MARIE, "Läs", "Det här saknas", "Förbehåll")
    await guide.presses(MARIE, "Fyll i och ändra", "före klockan 7", "skicka det själv", filled=_GAPS)
    sent = "AVV-2027-0002 brev skickat i dag, mejl, arbetsledaren, ska registreras"
    await guide.says(MARIE, sent, "Skickat 20 januari", "arbetsledaren")
    await guide.says(MARIE, "rättigheter 2025-0112: vite § 7.2 2 000 kr per utebliven städning", "Vite", "§ 7.2")
    await guide.says(MARIE, "AVV-2027-0002 vite avvaktar till 1 mars", "§ 7.2", "1 mars")
    await guide.turns(_morning(21), "Elin Dahl: ")
    await guide.reads(ELIN, "leverantören")
    await guide.turns(_morning(3, month=2), "Marie Skog: Avvikelse", "Fredrik Ahl: ")
    await guide.reads(MARIE, "Leverantören har inte svarat i tid", "åtgärdsplan")


async def _controller(guide: Guide) -> None:
    await guide.says(CAMILLA, "status")
    await guide.says(CAMILLA, "försenade", "Trygghetslarm")
    await guide.says(CAMILLA, "avvikelser", "AVV-2027-0001", "AVV-2027-0002")
    await guide.says(CAMILLA, "avtal 2025-0112", "Viskadalens Städ AB")
    await guide.says(CAMILLA, "behöver beslut")
    await guide.says(CAMILLA, "imorgon", "Meddelanden")
    await guide.says(CAMILLA, "stoppa allt")
    await guide.turns(_morning(5, month=2))
    await guide.says(CAMILLA, "starta")
    await guide.says(CAMILLA, "english", "English")


def _morning(day: int, *, month: int = 1) -> datetime:
    return datetime(2027, month, day, 8, 30, tzinfo=LOCAL_ZONE)
