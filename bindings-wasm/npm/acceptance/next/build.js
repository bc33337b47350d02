// The pages' own blocks become files of this app; then a build, as it is made where no secret is.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const blocks = new Map();
for (const page of ["README.md", "RECIPES.md"]) {
  const text = readFileSync(`node_modules/enrollkit/${page}`, "utf8");
  for (const [, name, code] of text.matchAll(/<!-- test: (\S+).*-->\n```js\n([^]*?)^```$/gm)) blocks.set(name, code);
}
for (const name of ["smile", "webhook", "app/api/smile/route", "app/webhooks/smile-id/route"]) {
  mkdirSync(dirname(name), { recursive: true });
  writeFileSync(`${name}.js`, blocks.get(name));
}

const { SMILE_ID_API_KEY: _, ...env } = process.env;
const { status } = spawnSync(process.execPath, ["node_modules/next/dist/bin/next", "build"], { env, stdio: "inherit" });
process.exitCode = status ?? 1;
