"""Both engines keep the same promises."""

from storage.schema import SchemaState, schema_state
from storage.unit_of_work import Store


async def test_a_fresh_store_answers_and_knows_nobody(store: Store) -> None:
    await store.ping()

    assert await store.tenants() == []


def test_tests_run_on_the_schema_that_migrations_lead_to(database_url: str) -> None:
    assert schema_state(database_url) is SchemaState.CURRENT
