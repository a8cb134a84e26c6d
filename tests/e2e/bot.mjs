// The bot itself, on a throw-away database with the demo's register, its clock standing still until it is turned.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start } from "./processes.mjs";

const IN_ORDER = `
import json, sys
from bot.cli import main
sys.exit(next((code for code in map(main, json.loads(sys.argv[1])) if code), 0))
`;

export class Bot {
  url;
  #root;
  #folder = mkdtempSync(join(tmpdir(), "avtalsbot-e2e-"));
  #env;

  constructor({ root, port }) {
    this.url = `http://127.0.0.1:${port}`;
    this.#root = root;
    // Settings of the person who runs this, above all credentials, must not reach a bot that believes anybody.
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith("AVTALSBOT_"));
    this.#env = {
      ...Object.fromEntries(others),
      AVTALSBOT_LOCAL: "1",
      AVTALSBOT_PORT: String(port),
      AVTALSBOT_ORGANISATION: "Vävarbygdens kommun",
      AVTALSBOT_DATABASE_URL: `sqlite+aiosqlite:///${join(this.#folder, "avtalsbot.db")}`,
    };
  }

  /** Serve the demo's people and contracts, with the clock at `clock`; people never seen before are reached at
   * `serviceUrl`. What an administrator does in three commands is done by one process, since starting one is slow. */
  async serve({ clock, serviceUrl, log }) {
    const [people, register] = ["personer.csv", "avtalsregister.csv"].map((name) => `bot/demo/data/${name}`);
    const commands = [
      ["migrate"],
      ["import", "register", register, "--people", people],
      ["serve", "--local", "--clock", clock],
    ];
    await start(python(), ["-c", IN_ORDER, JSON.stringify(commands)], {
      cwd: this.#root, env: { ...this.#env, AVTALSBOT_SERVICE_URL: serviceUrl }, ready: /serves on/, log,
    });
  }

  /** Let time pass until `to`; the messages that were sent on the way. */
  async turnClock(to) {
    const answer = await fetch(`${this.url}/local/clock`, { method: "POST", body: JSON.stringify({ to }) });
    const told = await answer.json();
    if (!answer.ok) {
      throw new Error(`the clock could not be turned to ${to}: ${told.error}`);
    }
    return told.sent;
  }

  /** Forget everything. Only after the bot has been stopped. */
  forget() {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function python() {
  return process.env.AVTALSBOT_PYTHON ?? ".venv/bin/python";
}
