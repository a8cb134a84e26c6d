// Something went wrong, and the manager says so in an ordinary sentence.
const SENTENCE = "Matlådorna till Solgården kom en timme för sent i dag, tredje gången den här veckan";

export async function theDeviation(step, { manager }) {
  const draft = await step("a sentence becomes a draft", manager, () => manager.hears(
    ...[SENTENCE, "Har jag förstått dig rätt?", "Leveransen var sen", "2026-0121 Matlådor hemtjänst"],
    ...["Fritsla Matservice AB", "Solgården", "Måttlig", "Registrera", "Kasta"],
  ));
  await step("it is registered with a number", manager, () => (
    draft.becomes("Registrera", "Tack! Avvikelsen har nummer AVV-2027-0002.", "Camilla Ryd och Tomas Ekelid")
  ));
  await step("its number shows how it goes", manager, () => (
    manager.hears("AVV-2027-0002", "AVV-2027-0002: Leveransen var sen", "Steg 0: bedömning", "Bedömd")
  ));
}
