// Draws Adaptive Cards (one JSON file each) as PNG pictures, nearly as Teams does. Usage in README.md.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = process.env.AVTALSBOT_NODE ?? resolve(here, "../../../build/node");
const need = createRequire(join(modules, "package.json"));
const { chromium } = need("playwright-core");

const WIDTHS = { desk: 560, phone: 330 };

const [outDir, ...files] = process.argv.slice(2);
if (!outDir || files.length === 0) {
  console.error("usage: node render.mjs OUT_DIR CARD.json ...");
  process.exit(2);
}
mkdirSync(outDir, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.AVTALSBOT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
let failed = 0;
for (const [name, width] of Object.entries(WIDTHS)) {
  const page = await browser.newPage({ viewport: { width: width + 40, height: 800 }, deviceScaleFactor: 1.5 });
  page.on("pageerror", (error) => { failed += 1; console.error(`${name}: ${error.message}`); });
  await page.setContent(frame(width));
  for (const script of ["adaptivecards/dist/adaptivecards.min.js", "markdown-it/dist/browser/markdown-it.umd.min.js"]) {
    await page.addScriptTag({ content: readFileSync(join(modules, "node_modules", script), "utf8") });
  }
  await page.addStyleTag({
    content: readFileSync(join(modules, "node_modules/adaptivecards/dist/adaptivecards.css"), "utf8"),
  });
  await page.addStyleTag({ content: LOOKS() });
  for (const file of files) {
    const card = JSON.parse(readFileSync(file, "utf8"));
    const faults = await page.evaluate(draw, [card, hostConfig()]);
    for (const fault of faults) { failed += 1; console.error(`${file}: ${fault}`); }
    const target = join(outDir, `${basename(file, ".json")}.${name}.png`);
    await page.locator("#card").screenshot({ path: target });
    console.log(target);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);

function hostConfig() {
  return JSON.parse(readFileSync(join(here, "hostconfig.json"), "utf8"));
}

function frame(width) {
  return `<!doctype html><meta charset="utf-8"><body style="margin:20px;background:#F5F5F5"><div id="card" style="width:${width}px"></div>`;
}

function draw([json, config]) {
  const markdown = globalThis.markdownit();
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(config);
  const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
  card.parse(json, context);
  const place = document.getElementById("card");
  place.replaceChildren(card.render());
  const faults = [];
  for (let at = 0; at < context.eventCount; at += 1) {
    const { message } = context.getEventAt(at);
    // The renderer keeps a global regular expression for languages, which fails every other time it is asked.
    if (!message.includes('property "lang"')) { faults.push(message); }
  }
  return faults;
}

// What a host config cannot say: Teams' buttons, fields and rounded frame.
function LOOKS() {
  return `
    #card > .ac-adaptiveCard { border-radius: 8px; box-shadow: 0 1px 3px rgba(0,0,0,.25); }
    .ac-pushButton { font: 600 14px 'Segoe UI','Liberation Sans',sans-serif; padding: 6px 16px; border-radius: 4px;
      border: 1px solid #D1D1D1; background: #fff; color: #242424; }
    .ac-pushButton.style-positive { background: #5B5FC7; border-color: #5B5FC7; color: #fff; }
    .ac-pushButton.style-destructive { color: #C4314B; background: #fff; border-color: #D1D1D1; }
    .ac-actionSet { flex-wrap: wrap; row-gap: 8px; }
    .ac-input { font: 14px 'Segoe UI','Liberation Sans',sans-serif; border-radius: 4px; }
    .ac-textInput, .ac-numberInput, .ac-dateInput, .ac-multichoiceInput { border: 1px solid #D1D1D1; padding: 6px 8px;
      background: #fff; }
    .ac-textBlock p { margin: 0 0 4px; } .ac-textBlock ul, .ac-textBlock ol { margin: 0; padding-left: 28px; box-sizing: border-box; }
    [role="radiogroup"] > div, .ac-choiceSetInput-expanded > div { margin: 4px 0; }`;
}
