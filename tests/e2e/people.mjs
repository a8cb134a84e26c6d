// The demo's people, as the Playground wants to know them.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Everyone in the demo's people file, by mail address. */
export function readPeople(root) {
  const text = readFileSync(join(root, "bot/demo/data/personer.csv"), "utf8").replace(/^\uFEFF/, "");
  const [heading, ...rows] = text.trim().split(/\r?\n/).map((line) => line.split(";"));
  const [name, mail, objectId] = ["Namn", "E-post", "Entra-objekt-id"].map((title) => heading.indexOf(title));
  return new Map(rows.map((row) => [row[mail], asUser(row[name], row[mail], row[objectId])]));
}

/** Somebody whose address begins like this, such as `samira.yusuf`. */
export function named(people, start) {
  const found = [...people.values()].find((person) => person.email.startsWith(start));
  if (!found) {
    throw new Error(`Nobody in bot/demo/data/personer.csv has an address that begins with ${start}.`);
  }
  return found;
}

function asUser(name, email, aadObjectId) {
  const [givenName, ...rest] = name.split(" ");
  // Teams' own ids look like this, and the Playground asks only that they differ.
  return { id: `29:${aadObjectId}`, name, userPrincipleName: email, aadObjectId, givenName, surname: rest.join(" "), email };
}
