"""What people hear from the bot, as a card and as plain text."""

from datetime import date

import pytest

from cards.letters import letter_card, letter_text
from domain.followup import Activity
from domain.identifiers import NoticeId
from domain.letter import NextRung, WelcomeItem
from domain.notice import NoticeKind
from domain.people import Language
from tests.support.card_checks import buttons_of, fields_of, texts_of
from tests.support.specimens import (
    MARIA,
    TODAY,
    automatic,
    contract,
    deviation,
    digest_items,
    followup,
    legal,
    letter,
    letters,
    note,
    nudge,
    told,
    welcome,
)


def test_a_nudge_says_which_contract_what_when_why_how_long_and_what_happens_next() -> None:
    said = letter_text(letter(nudge("N0")))

    assert "Halvårsuppföljning: Städning av skolor och förskolor" in said
    assert "Avtal: 2026-0147" in said
    assert "Leverantör: Kvarnpartner i Väst AB, Lindqvist Städ AB" in said
    assert "Ska vara klar senast fredag 19 mars." in said
    assert "Avtal i den här klassen följs upp varje halvår." in said
    assert "Tar ungefär 10 minuter här i chatten. Räkna med ungefär 30 minuter för att förbereda dig." in said
    assert "Om ingen har svarat tisdag 6 april berättar jag det för Karl Strand, som är avtalsägare" in said


@pytest.mark.parametrize("name", sorted(letters()))
@pytest.mark.parametrize("language", list(Language))
def test_the_plain_text_carries_what_the_card_says(name: str, language: Language) -> None:
    post = letter(*letters()[name], language=language)
    card = texts_of(letter_card(post)).replace("\\", "")

    lines = [line for line in letter_text(post).splitlines() if line]

    assert [line for line in lines if line not in card and not _is_a_fact_of(line, card)] == []


def test_a_first_letter_says_who_writes_before_what_there_is_to_do_in_the_plain_text_too() -> None:
    said = letter_text(letter(welcome(), nudge("N0")))

    assert said.index("Jag är Avtalsbot") < said.index("Det här är det första att titta på:")


def test_what_is_late_is_never_said_to_be_coming() -> None:
    said = letter_text(letter(nudge("N2")))

    assert "Skulle ha varit klar måndag 1 mars, för 5 arbetsdagar sedan." in said
    assert "Ska vara klar" not in said


def test_each_reminder_opens_in_its_own_words() -> None:
    openings = [letter_text(letter(nudge(level))).splitlines()[1] for level in ("N0", "N1", "N2")]

    assert openings == [
        "Hej Maria! Här kommer en uppföljning att planera in.",
        "Hej Maria! En påminnelse om den här uppföljningen.",
        "Hej Maria! Jag påminner en gång till, eftersom jag inte har hört något.",
    ]


def test_a_deputy_is_told_whose_place_they_take() -> None:
    item = nudge("N2", manager_name="Eva Holm", contract=contract(manager_mail="eva@x.example", deputy_mail=MARIA.mail))

    assert "Du får den här som ersättare för Eva Holm." in letter_text(letter(item))


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        (NextRung(level="N1", on=date(2027, 3, 9), name=None), "påminner jag igen i morgon."),
        (NextRung(level="N3", on=date(2027, 3, 12), name=None), "eftersom avtalet saknar avtalsägare."),
        (NextRung(level="N4", on=date(2027, 3, 12), name="Leila Gran"), "avtalscontroller Leila Gran, som gärna"),
        (None, "Jag påminner inte fler gånger"),
    ],
)
def test_a_nudge_says_who_hears_next_and_when(rung: NextRung | None, said: str) -> None:
    assert said in letter_text(letter(nudge("N1", next_rung=rung)))


def test_the_owner_hears_facts_and_an_offer_of_help_but_no_blame() -> None:
    said = letter_text(letter(nudge("N3")))

    assert "Uppföljningen väntar fortfarande på svar." in said
    assert "Fråga gärna vad som skulle hjälpa" in said
    assert "Maria Åker får läsa det här också." in said
    for blame in ("försummat", "misslyckats", "trots", "ännu inte", "struntat"):
        assert blame not in said


def test_the_manager_reads_the_very_words_the_owner_read() -> None:
    late = followup(due_on=date(2027, 3, 1), reminder_level="N3")
    to_owner = nudge("N3", followup=late, days_late=0)
    copy = note(NoticeKind.MANAGER_REPORTED, "unused", told="Karl Strand")
    words = ("Uppföljningen väntar fortfarande på svar.", "Maria Åker är avtalsförvaltare och har fått påminnelser.")

    for post in (letter(to_owner), letter(copy)):
        assert [line for line in words if line not in letter_text(post)] == []
    assert "Jag har i dag berättat för Karl Strand (avtalsägare)" in letter_text(letter(copy))


def test_an_owner_is_asked_to_appoint_somebody_when_there_is_no_manager() -> None:
    assert "Avtalet saknar avtalsförvaltare." in letter_text(letter(nudge("N3", manager_name=None)))


def test_an_extension_decision_cannot_be_started_but_can_be_recorded() -> None:
    item = nudge("N1", followup=followup(activity=Activity.EXTENSION_DECISION, modules=()))

    card = letter_card(letter(item))

    assert "followup.start" not in buttons_of(card)
    assert {"decision", "decided_by", "decided_on", "notice_sent_on", "notice_how"} <= fields_of(card).keys()
    assert "Beslutet behöver fattas senast fredag 19 mars." in texts_of(card)


def test_a_known_last_day_is_called_so() -> None:
    said = letter_text(letter(legal(date(2027, 3, 16))))

    assert "Sista dag att skicka besked: 30 mars 2027 (om 22 dagar)" in said
    assert "Skicka beskedet till leverantören senast tisdag 16 mars. Det är 8 dagar kvar." in said


@pytest.mark.parametrize("send_by", [date(2027, 3, 16), date(2027, 3, 3), date(2027, 2, 1)])
def test_an_assumed_day_is_called_assumed_and_never_the_last_day(send_by: date) -> None:
    item = legal(send_by, notice_is_assumed=True)

    for said in (letter_text(letter(item)), letter_text(letter(item, nudge())), texts_of(letter_card(letter(item)))):
        assert "antaget - kontrollera avtalet" in said
        assert "sista dag" not in said.lower()


def test_a_contract_that_renews_itself_says_terminate_by() -> None:
    said = letter_text(letter(legal(date(2027, 3, 16), renews_automatically=True, contract=automatic())))

    assert "Avtalet förlängs av sig självt om ingen säger upp det." in said
    assert "Säg upp senast: 30 mars 2027 (om 22 dagar)" in said
    assert "Sista dag att skicka besked" not in said


def test_the_daily_alarm_counts_the_days_that_have_passed() -> None:
    late = letter_text(letter(legal(date(2027, 3, 3))))
    gone = letter_text(letter(legal(date(2027, 2, 17))))

    assert "Beskedet skulle ha skickats onsdag 3 mars, för 5 dagar sedan." in late
    assert "Jag påminner varje arbetsdag tills någon svarar Redan gjort." in late
    assert "Sista dag att skicka besked: 3 mars 2027 (för 5 dagar sedan)" in gone
    assert "Tiden för besked har gått ut. Prata med upphandlaren i dag" in gone


def test_a_legal_date_cannot_be_put_off() -> None:
    card = letter_card(letter(legal(date(2027, 3, 16))))

    assert set(buttons_of(card)) == {"watch.already_done", "watch.wrong_person"}


def test_a_digest_greets_once_and_gives_each_thing_one_button() -> None:
    card = letter_card(letter(nudge("N0"), legal(date(2027, 3, 16)), told(NoticeKind.DEVIATION_NEW)))
    said = texts_of(card)

    assert said.count("Hej Maria!") == 1
    assert "Du har 3 saker att titta på i dag." in said
    assert set(buttons_of(card)) == {"followup.open", "watch.open", "deviation.open"}


def test_a_digest_sums_up_what_it_does_not_show() -> None:
    post = letter(*digest_items(13))

    assert "och 5 till: skriv mina uppföljningar" in texts_of(letter_card(post))
    assert letter_text(post).endswith("och 5 till: skriv mina uppföljningar")


def test_each_button_of_a_digest_carries_its_own_notice() -> None:
    card = letter_card(letter(nudge("N0", notice_id="n-1"), told(NoticeKind.DEVIATION_NEW, notice_id="n-2")))

    assert {verb: data["notice"] for verb, data in buttons_of(card).items()} == {
        "followup.open": "n-1",
        "deviation.open": "n-2",
    }


def test_the_welcome_says_whose_rule_why_what_comes_what_is_kept_and_whom_to_ask() -> None:
    said = letter_text(letter(welcome()))

    assert "Exempelkommun har regler för hur avtal ska följas upp" in said
    assert "Du får det här för att" in said
    assert "högst ett meddelande om dagen" in said
    assert "sparas hos Exempelkommun och kan lämnas ut" in said
    assert "prata med Leila Gran" in said
    assert "pausa eller slippa" in said


def test_the_first_message_welcomes_before_it_asks_for_anything() -> None:
    said = letter_text(letter(welcome(), nudge("N0")))

    assert said.index("Jag är Avtalsbot.") < said.index("Ska vara klar senast")


def test_a_sample_says_that_it_is_one_and_its_buttons_change_nothing() -> None:
    card = letter_card(letter(nudge("N0"), is_sample=True))

    assert "Det här är ett exempel på en påminnelse." in texts_of(card)
    assert set(buttons_of(card)) == {"sample.pressed"}


def test_a_reporter_hears_of_progress_without_learning_of_the_contract() -> None:
    said = letter_text(letter(told(NoticeKind.DEVIATION_PROGRESS)))

    assert "Städningen på Kinnaskolan uteblev tre gånger i veckan." in said
    assert "2026-0147" not in said
    assert "Kvarnpartner" not in said
    assert "Nästa steg" not in said


def test_a_proposed_step_is_a_proposal_that_people_decide() -> None:
    item = told(NoticeKind.DEVIATION_STEP, deviation=deviation(proposed_step=2))

    assert "Förslag till nästa steg: skriftlig reklamation. Det är du som bestämmer." in letter_text(letter(item))


def test_a_sentence_the_locales_do_not_know_falls_back_on_the_kind() -> None:
    item = told(NoticeKind.DEVIATION_STEP, text_key="deviation.no_such_sentence")

    assert "Avvikelsen behöver ett beslut om nästa steg." in letter_text(letter(item))


def test_whoever_has_no_part_is_welcomed_as_a_reporter_and_promised_peace() -> None:
    item = WelcomeItem(
        notice_id=NoticeId("n-1"),
        kind=NoticeKind.WELCOME,
        organisation="Vävarbygden",
        contact_name="Leila Gran",
        has_part=False,
    )

    card = letter_card(letter(item))

    said = texts_of(card)
    assert "en roll i uppföljningen" not in said
    assert "Jag skickar dig inga uppmaningar." in said
    assert [button["subject"] for button in buttons_of(card).values()] == ["hjälp"]


def test_an_owner_is_asked_to_read_and_approve() -> None:
    card = letter_card(letter(note(NoticeKind.SIGN_OFF, "letters.sign_off", manager="Maria Åker")))

    assert "Att godkänna: Halvårsuppföljning, Städning av skolor och förskolor" in texts_of(card)
    assert "Läs och godkänn" in texts_of(card)
    assert set(buttons_of(card)) == {"followup.show"}


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minut"), (59, "59 minuter"), (60, "1 timme"), (90, "1,5 timmar"), (180, "3 timmar")],
)
def test_preparation_is_said_in_minutes_or_half_hours(minutes: int, said: str) -> None:
    assert f"Räkna med ungefär {said} för" in letter_text(letter(nudge(preparation_minutes=minutes)))


def test_tomorrow_is_said_as_it_will_read_tomorrow() -> None:
    post = letter(nudge("N1", followup=followup(due_on=TODAY)))

    assert "Ska vara klar senast i dag." in letter_text(post)


def test_the_reader_s_language_decides() -> None:
    said = letter_text(letter(nudge("N0"), language=Language.EN))

    assert "To be done by Friday 19 March at the latest." in said


def _is_a_fact_of(line: str, card: str) -> bool:
    """A fact stands as `label: value` in the text and as two cells in the card."""
    label, separator, value = line.partition(": ")
    return bool(separator) and label in card and value in card
