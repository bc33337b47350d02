// A folder with a file of JSON for each hash.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Pairs of hash and content. */
export async function readFolder(path) {
  const names = (await readdir(path)).filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
  const all = await Promise.all(names.map(async (name) => [name.slice(0, 64), await readHash(path, name.slice(0, 64))]));
  return all.filter(([, content]) => content !== undefined);
}

/** The content of one, if it is there. */
export async function readHash(path, hash) {
  try {
    return JSON.parse(await readFile(join(path, `${hash}.json`), "utf8"));
  } catch {
    // Half written: the sender was never told that it arrived, and sends it again. Or somebody removed it just now.
    return undefined;
  }
}
