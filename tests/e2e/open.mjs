// make playground: the demo's bot on a Monday morning, and a Playground for each of a few people, until Ctrl+C.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bot } from "./bot.mjs";
import { Connector } from "./connector.mjs";
import { named, readPeople } from "./people.mjs";
import { startPlayground } from "./playground.mjs";
import { freePort, stopAll } from "./processes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const build = join(root, "build");
const GO_LIVE = "2026-12-11T16:00+01:00";
const MONDAY = "2027-01-11T08:30+01:00";
const FIRST_PORT = 56150; // the Playground's own
const CAST = ["yasmin.karimi", "fredrik.ahl", "camilla.ryd"]; // a manager, her contracts' owner, the controller

const people = readPeople(root);
const names = process.argv.length > 2 ? process.argv.slice(2) : CAST;
const cast = names.map((name) => named(people, name));
const bot = new Bot({ root, port: await freePort() });
const connector = await new Connector({ people, botUrl: bot.url }).open();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, leave);
}
try {
  mkdirSync(join(build, "playground"), { recursive: true });
  const serving = bot.serve({ clock: GO_LIVE, serviceUrl: connector.url, log: join(build, "playground/bot.log") });
  const addresses = await Promise.all(cast.map(sit));
  await serving;
  await bot.turnClock(MONDAY);
  invite(addresses);
} catch (error) {
  console.error(error.message);
  await leave(1);
}

async function sit(person, place) {
  const endpoint = `${connector.url}/api/messages`;
  const address = await startPlayground({ person, people, endpoint, port: FIRST_PORT + place, build });
  connector.seat(person, address);
  return address;
}

function invite(addresses) {
  const seats = cast.map((person, place) => `  ${person.name.padEnd(16)} ${addresses[place]}`).join("\n");
  console.log(`
It is Monday 11 January 2027. Open one address for each person you want to be:

${seats}

Let time pass (only forward) from another terminal:

  curl -d '{"to": "2027-01-26T12:00+01:00"}' ${bot.url}/local/clock

Other people: tests/e2e/playground.sh samira.yusuf marie.skog (names from bot/demo/data/personer.csv).
Ctrl+C ends it; nothing is kept.`);
}

async function leave(code) {
  await stopAll();
  connector.close();
  bot.forget();
  process.exit(Number.isInteger(code) ? code : 0);
}
