// The files that every language's tests share.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The package's folder, and the workspace's. */
export const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
export const WORKSPACE = join(PACKAGE, "../..");

/** The JSON files of a folder of `tests`, discovered, in order. */
export function filesOf(folder) {
  const path = join(WORKSPACE, "tests", folder);
  const names = readdirSync(path).filter((name) => name.endsWith(".json")).sort();
  if (names.length === 0) throw new Error(`no files in ${path}`);
  return names.map((name) => ({ name, text: readFileSync(join(path, name), "utf8") }));
}
