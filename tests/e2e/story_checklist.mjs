// From the Monday letter to a follow-up handed in: pressed, written, and once with the keyboard alone.
const MONDAY = "2027-01-11T08:30+01:00";
const QUARTERLY = "Kvartalsuppföljning: Trygghetslarm";

export async function theChecklist(step, cast) {
  const letter = await theLetter(step, cast);
  const old = await theQuestions(step, cast, letter);
  await theEnd(step, cast, old);
}

async function theLetter(step, { bot, manager }) {
  const letter = await step("the Monday letter arrives", manager, async () => {
    await bot.turnClock(MONDAY);
    const card = await manager.card("Hej Yasmin! Du har 3 saker att titta på i dag.");
    return card.sees(QUARTERLY, "Puls: Trygghetslarm", "Ska vara klar senast fredag 15 januari.");
  });
  const own = await step("the quarterly follow-up is opened below the letter, which stays", manager, async () => {
    const before = await manager.count();
    await letter.pressesAfter(QUARTERLY, "Öppna");
    const card = await manager.newCard(before, QUARTERLY, "Avtalet löper till", "Börja nu", "Redan gjort", "Fel person");
    await letter.sees("Puls: Trygghetslarm");
    return card;
  });
  await step("the start tells what is coming", manager, () => (
    own.becomes("Börja nu", "17 frågor, ungefär 5 minuter.", "Så förbereder du dig", "Svaren sparas ett i taget")
  ));
  return own;
}

async function theQuestions(step, { manager }, card) {
  await step("the first question", manager, () => (
    card.becomes("Börja", "Fråga 1 av 17", "1. Hur har leveransen fungerat sedan sist?", "Varför frågar vi?")
  ));
  await step("it is answered with the keyboard alone", manager, () => card.becomesBy(async () => {
    await card.picksByKeys("1. Hur har leveransen", "4 – Bra");
    const keyboard = await card.tabsTo("Nästa");
    await keyboard.press("Enter");
  }, "Fråga 2–3 av 17"));
  await step("an answer is written", manager, () => (
    manager.hears("ej aktuellt", "Fråga 2–3 av 17", "Svaret gäller fråga 3.")
  ));
  await step("the card above shows where things stand when it is pressed", manager, () => (
    card.becomes("Nästa", "Fråga 2–3 av 17", "Svaret gäller fråga 3.")
  ));
  await step("what does not fit is explained", manager, () => (
    manager.hears("blå", "Fråga 2–3 av 17", "Jag förstod inte om det betyder ja eller nej.")
  ));
  await step("two answers are pressed on one page", manager, async () => {
    const page = await manager.hears("nej, inga klagomål", "Fråga 4–5 av 17");
    await page.chooses("4. Har något ändrats", "Nej, inget har ändrats");
    await page.chooses("5. Vill du ha hjälp av Camilla Ryd?", "Nej");
    return page.becomes("Nästa", "Fråga 6–7 av 17");
  });
  const page = await step("a Nej is written with what was wrong", manager, () => (
    manager.hears("nej, fel larmknappar i december", "Fråga 6–7 av 17", "Svaret gäller fråga 7.")
  ));
  await step("it is paused", manager, () => page.becomes("Pausa", "Uppföljningen är pausad", "Allt är sparat."));
  await step("it is taken up again by a word", manager, () => manager.hears("börja", "Fråga 6–7 av 17"));
  return card;
}

async function theEnd(step, { manager }, old) {
  const page = await step("the rest is pressed, page after page", manager, () => theRest(manager));
  await step("the Nej proposes a deviation", manager, () => page.becomes(
    ...["Till sammanfattningen", "Ska det här registreras som en avvikelse?", "Fel vara eller mängd"],
    ...["fel larmknappar i december", "Avböj"],
  ));
  await step("it is registered, though pressed twice", manager, () => page.becomesBy(
    () => page.pressesTwice("Registrera"),
    ...["Tack! Avvikelsen är registrerad som AVV-2027-0001.", "Stämmer det här?", "4 – Bra", "Skicka in"],
  ));
  await step("it is registered once", manager, () => manager.hears("avvikelser", "1 träff", "AVV-2027-0001"));
  await step("the follow-up is handed in", manager, () => page.becomes(
    ...["Skicka in", "Tack! Uppföljningen är inlämnad", "AVV-2027-0001: Fel vara eller mängd"],
    ...["Fredrik Ahl läser igenom den och godkänner som avtalsägare.", "planerad till 15 januari 2027"],
  ));
  await step("an old question pressed again tells how it ended", manager, () => old.becomes("Nästa", "inlämnad"));
}

async function theRest(manager) {
  const page = await manager.hears("alltid", "Fråga 8–9 av 17");
  const answers = [
    ["8. Har något uteblivit", "Nej, inget sådant", "9. Håller kvaliteten", "Ja", "Fråga 10–11 av 17"],
    ["10. Leverantören fick", "Ja", "11. Uppfylls de skallkrav", "Ja", "Fråga 12–13 av 17"],
    ["12. Har personalen", "Ja", "13. Har ni gjort egna", "Ja utan anmärkning", "Fråga 14–15 av 17"],
    ["14. Hur nöjda är", "4 – Bra", "15. Svarar leverantören", "Ja", "Fråga 16 av 17"],
  ];
  for (const [first, answer, second, other, next] of answers) {
    await page.chooses(first, answer);
    await page.chooses(second, other);
    await page.becomes("Nästa", next);
  }
  await page.chooses("16. Hur fungerar samarbetet", "5 – Mycket bra");
  await page.becomes("Nästa", "Fråga 17 av 17");
  return page.fills("17. Kan något i leveransen", "Larmen kan testas varje månad i stället för varje kvartal.");
}
