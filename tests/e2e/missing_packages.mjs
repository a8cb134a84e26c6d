// Prints `name@version` for each package of package.json that build/node does not hold in that version.
// Arguments: the folder of the modules, and names when only some are wanted.
import { existsSync, readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const { dependencies } = read(new URL("package.json", import.meta.url));
const [modules, ...names] = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(dependencies)) {
  const installed = `${modules}/node_modules/${name}/package.json`;
  if (!existsSync(installed) || read(installed).version !== dependencies[name]) {
    console.log(`${name}@${dependencies[name]}`);
  }
}
