// Stands where Teams' connector stands. What people write passes through on its way to the bot and gets the Swedish
// locale their Teams would have (the Playground always says en-US). Letters to somebody who has a Playground go there;
// those to anybody else are received here and read by nobody.
import { createServer } from "node:http";
import { chatOf } from "./playground.mjs";

export class Connector {
  url = "";
  #received = 0; // what reached people who have no Playground
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
    return seat ? pass(method, `${seat}/_connector${path}`, body) : this.#receive(method, chat);
  }

  #openChat({ members }) {
    const person = [...this.#people.values()].find((each) => each.aadObjectId === members[0].id);
    return person ? json(201, { id: chatOf(person) }) : json(404, { error: { code: "NotFound" } });
  }

  #receive(method, chat) {
    const person = [...this.#people.values()].find((each) => chatOf(each) === chat);
    if (method === "GET" || !person) {
      return json(404, { error: { code: "ConversationNotFound" } });
    }
    this.#received += 1;
    return json(201, { id: `letter-${this.#received}` });
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
