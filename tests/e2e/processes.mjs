// Programs started for one run: each writes a log of its own, and all are gone when the run is over.
import { spawn } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

const STOP_MS = 5000;
const MOST_TOLD = 20_000; // characters of what a program printed, for an error message
const running = new Set();
// Whatever happens, nothing of it outlives this process.
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Start a program that keeps running, and wait until it has printed `ready`; the match. */
export async function start(command, args, { ready, log, ...options }) {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  for (const end of ["exit", "error"]) {
    child.once(end, () => running.delete(child));
  }
  const file = createWriteStream(log);
  return new Promise((resolve, reject) => {
    let told = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.pipe(file, { end: false });
      stream.setEncoding("utf8").on("data", (text) => {
        told = `${told}${text}`.slice(-MOST_TOLD);
        const match = ready.exec(told);
        if (match) {
          resolve(match);
        }
      });
    }
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} stopped with ${code} before it was ready:\n${told}`)));
  });
}

/** Stop everything that was started: politely, then for certain. */
export async function stopAll() {
  await Promise.all([...running].map((child) => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    setTimeout(STOP_MS, null, { ref: false }).then(() => child.kill("SIGKILL"));
    return gone;
  }));
}

/** A port nobody listens on just now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether an address answers within half a minute. */
export async function answers(address) {
  for (const until = Date.now() + 30_000; Date.now() < until; await setTimeout(200)) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) {
      return true;
    }
  }
  return false;
}

/** The end of a log, for an error message. */
export function tail(log, lines = 20) {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
