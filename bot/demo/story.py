"""The story of the tour: a Monday in the municipality, and the weeks that follow."""

from bot.demo.guide import Guide
from bot.demo.people import ELIN, SAMIRA
from bot.demo.screen import Screen


async def tell_story(guide: Guide, screen: Screen) -> None:
    """Every scene, in order. The words people write are Swedish, as theirs are."""
    texts = screen.texts
    guide.scene(texts("demo.tour.scene.monday"))
    await guide.reads(SAMIRA, "Kvartalsuppföljning", "Städning skolor")
    await guide.says(SAMIRA, "hjälp", "mina uppföljningar")
    guide.scene(texts("demo.tour.scene.employee"))
    await guide.says(ELIN, "hej", "Vad har hänt")
