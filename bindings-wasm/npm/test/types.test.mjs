// The public types do what users write, under the strictest settings, with each compiler.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { PACKAGE } from "./support/files.mjs";

for (const compiler of ["typescript", "typescript-5"]) {
  const tsc = join(dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)), "bin/tsc");
  for (const config of ["tsconfig.json", "tsconfig.fetches.json"]) {
    test(`${compiler}: ${config}`, () => {
      const { stdout, stderr } = spawnSync(process.execPath, [tsc, "--pretty", "false", "-p", join("test/types", config)], { cwd: PACKAGE, encoding: "utf8" });
      assert.equal(`${stdout}${stderr}`, "");
    });
  }
}
