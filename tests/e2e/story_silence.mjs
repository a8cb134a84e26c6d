// Time passes and nobody answers: two ladders are climbed, one towards the people, one towards the supplier.
import { named } from "./people.mjs";

const TWO_WEEKS_LATER = "2027-01-26T12:00+01:00";
const MONTH_LATER = "2027-02-09T12:00+01:00";
const LATE = "Puls: Trygghetslarm";

export async function theSilence(step, cast) {
  const owner = cast.connector.mailbox(named(cast.people, "fredrik.ahl"));
  await theSupplierLadder(step, cast, owner);
  await theReminderLadder(step, cast, owner);
}

async function theSupplierLadder(step, { bot, manager, controller }, owner) {
  await step("the manager is reminded of the deviations", manager, async () => {
    await bot.turnClock(TWO_WEEKS_LATER);
    return manager.card("Avvikelse: Fel vara eller mängd");
  });
  await step("the owner is asked to approve the follow-up", owner, () => (
    owner.has("Kvartalsuppföljning: Trygghetslarm", "Läs igenom den och godkänn")
  ));
  await step("the owner is told which step is proposed", owner, () => (
    owner.has("Avvikelse: Fel vara eller mängd", "Förslag till nästa steg: prata med leverantören.")
  ));
  await step("and so is the controller", controller, () => controller.card("Förslag till nästa steg:"));
}

async function theReminderLadder(step, { bot, manager, controller }, owner) {
  await step("the manager reads what was said of them", manager, async () => {
    await bot.turnClock(MONTH_LATER);
    return manager.card("Jag har i dag berättat för Camilla Ryd och Tomas Ekelid (avtalscontroller)");
  });
  await step("the owner was asked for help first", owner, () => (
    owner.has(LATE, "Yasmin Karimi är avtalsförvaltare och har fått påminnelser.")
  ));
  await step("then the controller was", controller, async () => {
    const card = await controller.card(LATE);
    return card.sees("Avtalsägaren känner också till det.");
  });
}
