export async function theWelcome(step, { manager, controller }) {
  await step("the manager is welcomed", manager, () => manager.card("Hej Yasmin! Jag är Avtalsbot."));
  await step("the manager asks for help", manager, () => (
    manager.hears("hjälp", "Det här kan du skriva till mig", "Dina uppföljningar")
  ));
  await step("the manager tries a nudge", manager, () => (
    manager.hears("testa", "Det här är ett exempel på en påminnelse.", "Börja nu")
  ));
  await step("the controller is welcomed", controller, () => controller.card("Hej Camilla! Jag är Avtalsbot."));
}
