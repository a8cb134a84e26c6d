"""Both engines keep the same promises."""

from sqlalchemy import text

from storage.database import make_engine


async def test_a_fresh_database_has_the_tables_and_no_rows(database_url: str) -> None:
    engine = make_engine(database_url)

    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT count(*) FROM contract"))).scalar_one()
    await engine.dispose()

    assert rows == 0


async def test_tests_do_not_see_each_other(database_url: str) -> None:
    engine = make_engine(database_url)

    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO recipient_rule VALUES ('t', 'person', 'a@x.se', true)"))
        rows = (await connection.execute(text("SELECT count(*) FROM recipient_rule"))).scalar_one()
    await engine.dispose()

    assert rows == 1
