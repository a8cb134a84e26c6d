// A deviation becomes a case: the manager drafts a letter to the supplier, and the owner answers a sanction.
const NUMBER = "AVV-2027-0002";
const CONTRACT = "2026-0121";

export async function theCase(step, cast) {
  await theLetter(step, cast);
  await theSanction(step, cast);
}

async function theLetter(step, { manager }) {
  const card = await step("the manager asks for more of the case", manager, async () => {
    const shown = await manager.hears(NUMBER, `${NUMBER}: Leveransen var sen`, "Mer om ärendet");
    return shown.becomes("Mer om ärendet", `Mer om ${NUMBER}`, "Åtgärdsplan", "Påföljder", "Historik");
  });
  await step("there is no letter yet", manager, () => card.becomes("Brev", "Det finns inget brev i ärendet än."));
  await step("a complaint is drafted and shown", manager, () => card.becomes(
    ...["Skriv reklamation", "Utkast: skriftlig reklamation", "Jag skickar ingenting till leverantören."],
    ...["Det här saknas och behöver fyllas i:", "Till", "Fritsla Matservice AB", "Förbehåll"],
  ));
  await step("what is missing is filled in", manager, () => card.becomesBy(async () => {
    await card.presses("Fyll i och ändra");
    await card.fills("Vad är avtalat?", "Matlådorna lämnas före klockan 11");
    await card.presses("Skriv om utkastet");
  }, "Matlådorna lämnas före klockan 11", "mottagarens namn"));
}

async function theSanction(step, { owner }) {
  await step("the owner writes down what the contract gives a right to", owner, () => (
    owner.hears(`rättigheter ${CONTRACT}: vite § 8.1 2 000 kr per försenad dag`, `Rättigheter i avtal ${CONTRACT}`, "§ 8.1")
  ));
  const card = await step("the owner is asked about the penalty", owner, () => (
    owner.hears(`${NUMBER} påföljder`, `Påföljder i ${NUMBER}`, "Vite · § 8.1", "Inget svar än.")
  ));
  await step("the owner answers no, and why", owner, () => card.becomesBy(async () => {
    await card.presses("Nej");
    await card.fills("Skäl", "leverantören lämnade nya matlådor samma dag");
    await card.presses("Spara svaret");
  }, "Nej, leverantören lämnade nya matlådor samma dag", "Fredrik Ahl"));
}
