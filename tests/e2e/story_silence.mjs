// Time passes and nobody answers: two ladders are climbed, one towards the people, one towards the supplier.
import assert from "node:assert/strict";
import { named } from "./people.mjs";

const TWO_WEEKS_LATER = "2027-01-26T12:00+01:00";
const MONTH_LATER = "2027-02-09T12:00+01:00";

export async function theSilence(step, { bot, connector, manager, controller, people }) {
  const owner = named(people, "fredrik.ahl");
  await step("the manager is reminded of the deviations", manager, async () => {
    await bot.turnClock(TWO_WEEKS_LATER);
    return manager.card("Avvikelse: Fel vara eller mängd");
  });
  await step("the owner got the follow-up to approve", manager, () => (
    has(connector.lettersTo(owner), "Läs igenom den och godkänn")
  ));
  await step("the supplier ladder proposed a step to the owner", manager, () => (
    has(connector.lettersTo(owner), "Förslag till nästa steg:")
  ));
  await step("and to the controller", controller, () => controller.card("Förslag till nästa steg:"));
  await step("the manager reads what was said of them", manager, async () => {
    await bot.turnClock(MONTH_LATER);
    return manager.card("Jag har i dag berättat för");
  });
  await step("the owner heard of the late follow-up", manager, () => (
    has(connector.lettersTo(owner), "Yasmin Karimi är avtalsförvaltare och har fått påminnelser.")
  ));
  await step("the controller heard of it too", controller, () => controller.card("Puls: Trygghetslarm"));
}

function has(text, part) {
  assert.ok(text.includes(part), `”${part}” is nowhere in:\n${text}`);
}
