// Counts the steps of the story, keeps a picture of each, and tells what was to be seen when one does not hold.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

class NotReached extends Error {}

export class Story {
  #folder;
  #began = Date.now();
  #passed = 0;
  #failed = 0;
  #shown = 0;

  constructor(folder) {
    this.#folder = folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  /** Steps that need each other: when one fails, the rest are not tried. `act` is given what does one step: its name,
   * the chat whose picture is kept, and what is done. */
  async chapter(title, act) {
    console.log(`\n${title}`);
    try {
      await act((name, chat, does) => this.#step(name, chat, does));
    } catch (error) {
      if (!(error instanceof NotReached)) {
        throw error;
      }
      console.log("  (the rest of this chapter was not tried)");
    }
  }

  /** Something outside the steps went wrong, such as a bot that does not start. */
  breaksOff(error) {
    this.#failed += 1;
    console.log(`\n  ✗ the story breaks off\n\n${indented(error.stack)}`);
  }

  /** The last line, and whether every step held. */
  close() {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed in ${this.#seconds()} s. Pictures: ${this.#folder}`);
    return this.#failed === 0 && this.#passed > 0;
  }

  async #step(name, chat, does) {
    this.#shown += 1;
    const file = join(this.#folder, `${String(this.#shown).padStart(2, "0")}-${name.toLowerCase().replaceAll(/[^\p{L}\d]+/gu, "-")}`);
    try {
      const result = await does();
      await chat.shoot(file);
      this.#passed += 1;
      console.log(`  ✓ ${name} (${this.#seconds()} s)`);
      return result;
    } catch (error) {
      this.#failed += 1;
      await this.#tellWhy(name, chat, error, file);
      throw new NotReached();
    }
  }

  async #tellWhy(name, chat, error, file) {
    const text = await chat.text().catch((fault) => `(the page cannot be read: ${fault})`);
    await chat.shoot(`${file}-FAILED`).catch(() => {});
    writeFileSync(`${file}-FAILED.txt`, text);
    console.log(`  ✗ ${name} (${this.#seconds()} s)\n\n${indented(error.stack)}\n\n  What was to be seen (all of it in ${file}-FAILED):\n`);
    console.log(`${indented(text.trimEnd().split("\n").slice(-60).join("\n"))}\n`);
  }

  #seconds() {
    return ((Date.now() - this.#began) / 1000).toFixed(0);
  }
}

function indented(text) {
  return text.replaceAll(/^/gm, "    ");
}
