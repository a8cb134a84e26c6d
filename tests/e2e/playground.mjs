// Microsoft 365 Agents Playground: one process and one port for each person who chats.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answers, start, tail } from "./processes.mjs";

const OTHERS = 5; // The Playground wants exactly five people besides the one who sits at it.
const PRELOAD = new URL("loopback_only.mjs", import.meta.url).href;

/** The id of a person's personal chat, which must differ between Playgrounds or letters end up with the wrong person. */
export const chatOf = (person) => `a:${person.aadObjectId}`;

/** Start a Playground for one person; its address. `endpoint` is where it sends what is written. */
export async function startPlayground({ person, people, endpoint, port, build }) {
  const folder = join(build, "playground", person.email.split("@")[0]);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, ".m365agentsplayground.yml"), config(person, people));
  const cli = join(build, "node/node_modules/@microsoft/m365agentsplayground/cli.js");
  const [, opened] = await start(
    process.execPath,
    [
      ...["--import", PRELOAD, cli, "start"],
      ...["-e", endpoint, "-c", "msteams", "-p", String(port), "--disable-telemetry"],
    ],
    {
      cwd: folder,
      env: { ...process.env, TEAMSAPPTESTER_BROWSER: "none", APPLICATION_INSIGHTS_NO_STATSBEAT: "1" },
      ready: /Listening on (\d+)/,
      log: join(folder, "log.txt"),
    },
  );
  const address = `http://localhost:${opened}`;
  // It says that it listens before it has read its settings, and stops without a word when it dislikes them.
  if (!(await answers(`${address}/_debug/ping`))) {
    throw new Error(`The Playground for ${person.name} does not answer:\n${tail(join(folder, "devTools/m365agentsplayground.log"))}`);
  }
  return address;
}

// JSON is YAML too.
function config(person, people) {
  const others = [...people.values()].filter((each) => each !== person).slice(0, OTHERS);
  return JSON.stringify({
    version: "0.1.1",
    tenantId: "00000000-0000-0000-0000-0000000000001",
    bot: { id: "28:avtalsbot", name: "Avtalsbot" },
    currentUser: person,
    users: others,
    personalChat: { id: chatOf(person) },
    groupChat: { id: `19:${person.aadObjectId}@thread.v2`, name: "Gruppchatt" },
    team: {
      id: `19:${person.aadObjectId}@thread.tacv2`,
      name: "Team",
      aadGroupId: "00000000-0000-0000-0000-000000000031",
      channels: [],
    },
  }, null, 2);
}
