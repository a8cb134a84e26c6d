// One person's chat in the Playground, spoken of as people do: say, press, fill in, see.
const PATIENCE_MS = 30_000; // an overloaded machine needs seconds where a fast one needs none
const MOST_TABS = 40;
const VIEW = { width: 900, height: 1100 };

/** Open the Playground at `address` in a browser of its own. */
export async function openChat(browser, address) {
  const context = await browser.newContext({ viewport: VIEW });
  // The client asks the net for fonts and animations that nobody here needs.
  await context.route((url) => url.hostname !== "localhost", (route) => route.abort());
  const page = await context.newPage();
  await page.goto(address);
  // What lies beside the chat takes room from it.
  await page.getByRole("button", { name: "Hide log panel" }).click();
  return new Chat(page);
}

class Chat {
  page;

  constructor(page) {
    this.page = page;
  }

  /** Write a message and send it. */
  async says(text) {
    await this.page.getByRole("textbox").last().click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
  }

  /** Write a message and return the card that answers it, which has all of `texts`. */
  async hears(text, ...texts) {
    const before = await this.count();
    await this.says(text);
    return this.newCard(before, ...texts);
  }

  /** The first card that has come since there were `before`, once it has all of `texts`. */
  async newCard(before, ...texts) {
    await eventually(async () => (await this.count()) > before, () => `no new message came; expected ${quoted(texts)}`);
    const card = new Card(this, await this.count() - 1);
    await card.sees(...texts);
    return card;
  }

  /** The newest card that has `text`. */
  async card(text) {
    const all = this.cards();
    let at = -1;
    await eventually(async () => {
      const contents = await all.allInnerTexts();
      at = contents.findLastIndex((content) => content.includes(text));
      return at >= 0;
    }, () => `no card has ${quoted([text])}`);
    return new Card(this, at).sees(text);
  }

  /** How many cards there are. A card that is updated in place is still the same one. */
  count() {
    return this.cards().count();
  }

  cards() {
    return this.page.locator(".ac-adaptiveCard");
  }

  /** Everything that can be read. */
  text() {
    return this.page.locator("body").innerText();
  }

  /** Keep a picture. */
  async shoot(path) {
    await this.page.screenshot({ path: `${path}.png` });
  }
}

class Card {
  #chat;
  #box;

  constructor(chat, at) {
    this.#chat = chat;
    this.#box = chat.cards().nth(at);
  }

  text() {
    return this.#box.innerText();
  }

  /** Wait until this very card has all of `texts`: an update in place, when it had not before. */
  async sees(...texts) {
    let missing = texts;
    await eventually(async () => {
      const content = await this.text();
      missing = texts.filter((text) => !content.includes(text));
      return missing.length === 0;
    }, () => `a card lacks ${quoted(missing)}`);
    await this.#box.scrollIntoViewIfNeeded();
    return this;
  }

  /** Press a button. */
  async presses(title) {
    await this.button(title).click();
    return this;
  }

  /** Press the button that comes after `text`, where a card has several of the same name. */
  async pressesAfter(text, title) {
    const place = this.#box.getByText(text, { exact: true }).last();
    await place.locator(`xpath=following::*[@role="button" or self::button][normalize-space()="${title}"][1]`).click();
    return this;
  }

  /** Press a button twice as fast as a mouse can. */
  async pressesTwice(title) {
    await this.button(title).dblclick();
    return this;
  }

  /** Go to a field or button of this card with the Tab key alone, from where one writes. */
  async tabsTo(name) {
    const { keyboard } = this.#chat.page;
    await this.#chat.page.getByRole("textbox").last().focus();
    for (let times = 0; times < MOST_TABS; times += 1) {
      await keyboard.press("Shift+Tab");
      if (await this.#box.evaluate(hasFocusOn, name)) {
        return keyboard;
      }
    }
    throw new Error(`the Tab key does not reach ”${name}”`);
  }

  /** Choose an answer with the Tab key and the arrows. */
  async picksByKeys(question, answer) {
    const keyboard = await this.tabsTo(question);
    const wanted = this.#box.getByRole("radio", { name: answer, exact: true });
    for (let times = 0; times < MOST_TABS && !(await wanted.isChecked()); times += 1) {
      await keyboard.press("ArrowUp");
    }
  }

  /** Press a button; the card then turns into one with all of `texts`, and no other message comes. */
  becomes(title, ...texts) {
    return this.becomesBy(() => this.presses(title), ...texts);
  }

  /** The same, when more is done than one press. */
  async becomesBy(act, ...texts) {
    const before = await this.#chat.count();
    await act();
    await this.sees(...texts);
    const after = await this.#chat.count();
    if (after !== before) {
      throw new Error(`${after - before} new messages came where the card itself should have changed`);
    }
    return this;
  }

  /** Choose one of the answers to a question, by the words that stand beside it. */
  async chooses(question, answer) {
    const group = this.#box.getByRole("radiogroup", { name: question });
    await group.getByRole("radio", { name: answer, exact: true }).check();
    return this;
  }

  /** Write into a field. */
  async fills(label, text) {
    await this.#box.getByLabel(label).fill(text);
    return this;
  }

  button(title) {
    return this.#box.getByRole("button", { name: title, exact: true });
  }
}

/** Ask again and again until it is so; an error with `fault` when it is not so in time. */
async function eventually(isSo, fault) {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    if (await isSo()) {
      return;
    }
    if (Date.now() > until) {
      throw new Error(fault());
    }
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

// Runs in the page: whether the focus is on something in the card that is called so, or on a choice in such a group.
function hasFocusOn(card, name) {
  const focused = document.activeElement;
  const labels = [focused, focused.closest("[role=radiogroup]")].flatMap((element) => [
    element?.getAttribute("aria-label"),
    document.getElementById(element?.getAttribute("aria-labelledby")?.split(" ")[0])?.innerText,
  ]);
  return card.contains(focused) && [focused.innerText, ...labels].some((text) => text?.trim().startsWith(name));
}

function quoted(texts) {
  return texts.map((text) => `”${text}”`).join(", ");
}
