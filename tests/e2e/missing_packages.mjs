// Prints `name@version` for every wanted package of package.json, unless build/node holds them all in those versions.
// All of them even when one is missing: npm forgets those that it is not told of and that nobody wrote down.
// Arguments: the folder of the modules, and names when only some are wanted.
import { existsSync, readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const { dependencies } = read(new URL("package.json", import.meta.url));
const [modules, ...names] = process.argv.slice(2);
const wanted = names.length > 0 ? names : Object.keys(dependencies);
const isThere = (name) => {
  const installed = `${modules}/node_modules/${name}/package.json`;
  return existsSync(installed) && read(installed).version === dependencies[name];
};
if (!wanted.every(isThere)) {
  console.log(wanted.map((name) => `${name}@${dependencies[name]}`).join("\n"));
}
