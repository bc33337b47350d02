// Every block of the pages passes the strict checker: as the JavaScript that it is, and pasted into a TypeScript file.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { blocksOf, project } from "./support/readme.mjs";

const STRICT = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: false,
  useUnknownInCatchVariables: true,
  // Types of Node and of frameworks are not ours to check; `acceptance/typescript` checks our own.
  skipLibCheck: true,
  target: "es2022",
  module: "nodenext",
  moduleResolution: "nodenext",
  resolvePackageJsonExports: true,
};
const SCOPES = {
  page: { lib: ["es2022", "dom", "dom.iterable"], types: [] },
  server: { lib: ["es2022"], types: ["node"] },
  // As React Native's own configuration has it.
  app: { lib: ["es2022", "dom"], types: [], customConditions: ["react-native"] },
};
const LANGUAGES = {
  js: { allowJs: true, checkJs: true },
  // What annotates the JavaScript is a comment there.
  ts: { noImplicitAny: false },
};
const PAGES = ["README.md", "RECIPES.md", "REACT_NATIVE.md"];

/** What a compiler has against the blocks of a scope. */
async function check(compiler, scope, language, blocks) {
  const files = Object.fromEntries(blocks.map(([name, { code }]) => [`${name}.${language}`, code]));
  const { folder, remove } = project(files);
  try {
    const compilerOptions = { ...STRICT, ...SCOPES[scope], ...LANGUAGES[language] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
    const tsc = join(dirname(createRequire(import.meta.url).resolve(`${compiler}/package.json`)), "bin/tsc");
    const run = promisify(execFile)(process.execPath, [tsc, "--pretty", "false", "-p", folder], { cwd: folder });
    return await run.then(() => "", ({ stdout, stderr }) => `${stdout}${stderr}` || "tsc ended with an error");
  } finally {
    remove();
  }
}

describe("the pages' blocks, strictly", () => {
  const blocks = PAGES.flatMap((page) => [...blocksOf(page)]);
  assert.equal(new Set(blocks.map(([name]) => name)).size, blocks.length, "a name on both pages");
  for (const compiler of ["typescript", "typescript-5"]) {
    for (const language of Object.keys(LANGUAGES)) {
      for (const scope of Object.keys(SCOPES)) {
        test(`${compiler}: ${language}, ${scope}`, async () => {
          const here = blocks.filter(([, block]) => block.scope === scope);
          assert.ok(here.length > 0);
          const said = await check(compiler, scope, language, here);
          if (said !== "") assert.fail(`\n${said}`);
        });
      }
    }
  }

  test("the checker sees what is wrong", async () => {
    const wrong = [["wrong", { code: 'import { SmileId } from "enrollkit";\nnew SmileId({ partnerId: 85, environment: "sandbox" });\n' }]];
    for (const language of Object.keys(LANGUAGES)) {
      assert.match(await check("typescript", "server", language, wrong), /wrong\.[jt]s.*TS2322/);
      assert.match(await check("typescript", "app", language, wrong), /wrong\.[jt]s.*SmileId/);
    }
  });
});
