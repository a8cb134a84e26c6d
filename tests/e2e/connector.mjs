// Stands where Teams' connector stands. What people write passes through on its way to the bot and gets the Swedish
// locale their Teams would have (the Playground always says en-US). Letters to somebody who has a Playground go there;
// those to anybody else are kept here, to be read by whoever asks what they got.
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { chatOf } from "./playground.mjs";

export class Connector {
  url = "";
  #letters = []; // what reached people who have no Playground, oldest first: { person, text }
  #seats = new Map();
  #people;
  #botUrl;
  #server = createServer((request, response) => this.#serve(request, response));

  constructor({ people, botUrl }) {
    this.#people = people;
    this.#botUrl = botUrl;
  }

  async open(port = 0) {
    await new Promise((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    this.url = `http://localhost:${this.#server.address().port}`;
    return this;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** From now on this person sits at the Playground at `address`. */
  seat(person, address) {
    this.#seats.set(chatOf(person), address);
  }

  /** The letters of somebody without a Playground. */
  mailbox(person) {
    return new Mailbox(() => this.#letters.filter((letter) => letter.person === person).map(({ text }) => text));
  }

  async #serve(request, response) {
    try {
      const body = await read(request);
      const { status, text } = await this.#answer(request.method, new URL(request.url, this.url).pathname, body);
      response.writeHead(status, { "Content-Type": "application/json" }).end(text);
    } catch (error) {
      response.writeHead(502, { "Content-Type": "text/plain" }).end(String(error));
    }
  }

  async #answer(method, path, body) {
    if (path === "/api/messages") {
      return pass("POST", `${this.#botUrl}/api/messages`, swedish(JSON.parse(body)));
    }
    if (method === "POST" && path === "/v3/conversations") {
      return this.#openChat(JSON.parse(body));
    }
    const chat = decodeURIComponent(path.split("/")[3] ?? "");
    const seat = this.#seats.get(chat);
    return seat ? pass(method, `${seat}/_connector${path}`, body) : this.#keep(method, chat, body);
  }

  #openChat({ members }) {
    const person = [...this.#people.values()].find((each) => each.aadObjectId === members[0].id);
    return person ? json(201, { id: chatOf(person) }) : json(404, { error: { code: "NotFound" } });
  }

  #keep(method, chat, body) {
    const person = [...this.#people.values()].find((each) => chatOf(each) === chat);
    if (method === "GET" || !person) {
      return json(404, { error: { code: "ConversationNotFound" } });
    }
    // An edit of an earlier letter is no letter.
    if (method === "POST") {
      this.#letters.push({ person, text: readable(JSON.parse(body)) });
    }
    return json(201, { id: `letter-${this.#letters.length}` });
  }
}

/** What somebody has got, to be read and kept as a chat is. */
class Mailbox {
  #read;

  constructor(read) {
    this.#read = read;
  }

  /** The newest letter that has all of `texts`. */
  has(...texts) {
    const found = this.#read().findLast((letter) => texts.every((text) => letter.includes(text)));
    if (!found) {
      throw new Error(`no letter has ${texts.map((text) => `”${text}”`).join(", ")}`);
    }
    return found;
  }

  async text() {
    return this.#read().join("\n\n----\n\n");
  }

  async shoot(path) {
    writeFileSync(`${path}.txt`, await this.text());
  }
}

async function read(request) {
  const parts = [];
  for await (const part of request) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

async function pass(method, url, body) {
  const answer = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json" },
    body: method === "GET" ? undefined : body,
  });
  return { status: answer.status, text: await answer.text() };
}

function swedish(activity) {
  const client = { type: "clientInfo", locale: "sv-SE", country: "SE", platform: "Web", timezone: "Europe/Stockholm" };
  return JSON.stringify({ ...activity, locale: "sv-SE", localTimezone: "Europe/Stockholm", entities: [client] });
}

function json(status, value) {
  return { status, text: JSON.stringify(value) };
}

// Every text of a card in the order it stands there.
function readable(element) {
  if (Array.isArray(element)) {
    return element.map(readable).filter(Boolean).join("\n");
  }
  if (element === null || typeof element !== "object") {
    return "";
  }
  const own = ["title", "text", "value", "label"].map((name) => element[name]).filter((text) => typeof text === "string");
  const inner = ["attachments", "content", "body", "items", "columns", "facts", "rows", "cells", "actions", "card", "inlines"];
  return [...own, ...inner.map((name) => readable(element[name]))].filter(Boolean).join("\n");
}
