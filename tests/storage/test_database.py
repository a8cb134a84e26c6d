"""Both engines keep the same promises."""

from storage.unit_of_work import Store


async def test_a_fresh_store_answers_and_knows_nobody(store: Store) -> None:
    await store.ping()

    assert await store.tenants() == []
