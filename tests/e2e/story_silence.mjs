// Time passes and nobody answers: two ladders are climbed, one towards the people, one towards the supplier.
const TWO_WEEKS_LATER = "2027-01-26T12:00+01:00";
const MONTH_LATER = "2027-02-09T12:00+01:00";
const LATE = "Puls: Trygghetslarm";

export async function theSilence(step, cast) {
  await theSupplierLadder(step, cast);
  await theReminderLadder(step, cast);
}

async function theSupplierLadder(step, { bot, manager, owner, controller }) {
  await step("the manager is reminded of the deviations", manager, async () => {
    await bot.turnClock(TWO_WEEKS_LATER);
    return manager.card("Avvikelse: Fel vara eller mängd");
  });
  await step("the owner is asked to approve the follow-up", owner, () => (
    owner.card("Att godkänna: Kvartalsuppföljning, Trygghetslarm")
  ));
  await step("the owner is told which step is proposed", owner, () => (
    owner.card("Förslag till nästa steg: prata med leverantören.")
  ));
  await step("and so is the controller", controller, () => controller.card("Förslag till nästa steg:"));
}

async function theReminderLadder(step, { bot, manager, owner, controller }) {
  await step("the manager reads what was said of them", manager, async () => {
    await bot.turnClock(MONTH_LATER);
    return manager.card("Jag har i dag berättat för Camilla Ryd och Tomas Ekelid (avtalscontroller)");
  });
  await step("the owner was asked for help first", owner, () => (
    owner.card("Yasmin Karimi är avtalsförvaltare och har fått påminnelser.")
  ));
  await step("then the controller was", controller, async () => {
    const card = await controller.card(LATE);
    return card.sees("Avtalsägaren känner också till det.");
  });
}
