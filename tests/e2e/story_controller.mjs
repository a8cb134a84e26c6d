// The controller asks how things stand, and sees tomorrow's messages before anybody gets them.
import assert from "node:assert/strict";

const TOMORROW = "2027-02-10T17:00+01:00";

export async function theController(step, { bot, manager, controller }) {
  await step("status", controller, () => (
    controller.hears("status", "Läget just nu", "alla avtal i drift", "Avvikelser: 2 öppna", "Att ta tag i")
  ));
  await step("försenade", controller, () => (
    controller.hears("försenade", "Försenade uppföljningar", "2026-0098 Trygghetslarm", "avtalsförvaltare Yasmin Karimi")
  ));
  await step("avvikelser", controller, () => (
    controller.hears("avvikelser", "Öppna avvikelser", "2 träffar", "AVV-2027-0001", "AVV-2027-0002")
  ));
  await step("behöver beslut", controller, () => controller.hears("behöver beslut", "Behöver beslut", "Urval:", "träffar"));
  await step("a contract", controller, () => (
    controller.hears("avtal 2026-0098", "Trygghetslarm", "Fredrik Ahl", "Yasmin Karimi", "AVV-2027-0001")
  ));
  const tomorrow = await step("imorgon", controller, () => controller.hears("imorgon", "Meddelanden i morgon", "Till "));
  await step("what was foretold is what is sent", controller, async () => {
    const foretold = addresses(await wholeList(controller, tomorrow));
    const sent = await bot.turnClock(TOMORROW);
    assert.deepEqual(foretold, [...new Set(sent.map((each) => each.recipient))].sort());
  });
  await step("the manager is told of their own contracts only", manager, () => (
    manager.hears("status", "Läget för dina avtal", "dina avtal i drift")
  ));
}

// A long list is shown part by part.
async function wholeList(chat, first) {
  const parts = [await first.text()];
  while (parts.at(-1).includes("Skriv mer för att se fler")) {
    const next = await chat.hears("mer", "Meddelanden i morgon");
    parts.push(await next.text());
  }
  return parts.join("\n");
}

function addresses(text) {
  const found = text.matchAll(/\(([^()\s]+@[^()\s]+)\)/g);
  return [...new Set([...found].map(([, mail]) => mail))].sort();
}
