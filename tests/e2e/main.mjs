// The browser story: one bot, a manager, an owner and a controller in a Playground each, and the clock turned by hand.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bot } from "./bot.mjs";
import { openChat } from "./chat.mjs";
import { Connector } from "./connector.mjs";
import { named, readPeople } from "./people.mjs";
import { startPlayground } from "./playground.mjs";
import { freePort, stopAll } from "./processes.mjs";
import { Story } from "./steps.mjs";
import { tellStory } from "./story.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const build = join(root, "build");
// Go-live is the first day the clock has: the first nudges then come on the first Monday after the quiet weeks.
const GO_LIVE = "2026-12-11T16:00+01:00";
const BROWSER_FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

mkdirSync(build, { recursive: true });
const people = readPeople(root);
const story = new Story(join(build, "e2e"));
const bot = new Bot({ root, port: await freePort() });
const connector = await new Connector({ people, botUrl: bot.url }).open();
let browser;
try {
  const { chromium } = createRequire(join(build, "node/package.json"))("playwright-core");
  const seats = ["yasmin.karimi", "fredrik.ahl", "camilla.ryd"].map(seat);
  const log = join(build, "e2e/bot.log");
  [browser] = await Promise.all([
    chromium.launch({ executablePath: process.env.AVTALSBOT_CHROMIUM, args: BROWSER_FLAGS }),
    bot.serve({ clock: GO_LIVE, serviceUrl: connector.url, log }),
    ...seats,
  ]);
  const chats = (await Promise.all(seats)).map((address) => openChat(browser, address));
  const [manager, owner, controller] = await Promise.all(chats);
  await tellStory(story, { bot, manager, owner, controller });
} catch (error) {
  story.breaksOff(error);
} finally {
  await browser?.close();
  await stopAll();
  connector.close();
  bot.forget();
}
process.exit(story.close() ? 0 : 1);

/** Give somebody a Playground; its address. */
async function seat(name) {
  const person = named(people, name);
  const address = await startPlayground({
    person, people, build, endpoint: `${connector.url}/api/messages`, port: await freePort(),
  });
  connector.seat(person, address);
  return address;
}
