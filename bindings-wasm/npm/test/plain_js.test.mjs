// A page's part as plain JavaScript, for engines without WebAssembly: whatever it is given, it answers what the WebAssembly answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, test } from "node:test";
import vm from "node:vm";

import * as page from "enrollkit/page";
import * as js from "enrollkit/page/js";

import { serve, startChromium } from "./support/chromium.mjs";
import { parseExact, show } from "./support/exact.mjs";
import { filesOf } from "./support/files.mjs";
import { partOf, runPage } from "./support/page_vectors.mjs";
import { run, SKIPPED } from "./support/vectors.mjs";

const require = createRequire(import.meta.url);
const commonJs = require("enrollkit/page/js");
const FILE = require.resolve("enrollkit/page/js");

/** The file in an engine of no WebAssembly, and with these text coders. */
function inBareEngine(coders) {
  const context = vm.createContext({ ...coders });
  assert.equal(vm.runInContext("delete globalThis.WebAssembly; typeof WebAssembly + typeof TextDecoder", context), `undefined${typeof coders.TextDecoder}`);
  const module = { exports: {} };
  vm.runInContext(`(function (module, exports) {${readFileSync(FILE, "utf8")}\n})`, context, { filename: FILE })(module, module.exports);
  return module.exports;
}

/** As some apps bring it: it knows no options. */
class HalfDecoder {
  constructor(_, options) {
    if (options?.fatal) throw new Error("the 'fatal' option is unsupported");
  }
  decode() {
    return assert.fail("this must not run");
  }
}
class HalfEncoder {
  encode() {
    return assert.fail("this must not run");
  }
}

const BUILDS = {
  "an ES module": js,
  CommonJS: commonJs,
  "an engine that has no text coders": inBareEngine({}),
  "an engine that has the half of them": inBareEngine({ TextDecoder: HalfDecoder, TextEncoder: HalfEncoder }),
  "an engine that has whole ones": inBareEngine({ TextDecoder, TextEncoder }),
};

const USER = { name: "jdoe", organisationName: "Acme Bank", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };

test("it has the names of enrollkit/page, and none that signs", () => {
  for (const build of Object.values(BUILDS)) assert.deepEqual(Object.keys(build).sort(), Object.keys(page).sort());
  assert.equal(js.SmileId, undefined);
  const read = (file) => readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8");
  for (const file of ["plain.js", "react-native.cjs"]) assert.doesNotMatch(read(file), /sid_request|smileid-request-signature|WebAssembly\.(Module|Instance|instantiate)/);
});

describe("every page's vector", () => {
  for (const [name, build] of Object.entries(BUILDS)) {
    test(name, (t) => {
      const { counts, failures } = runPage(build, filesOf("vectors"));
      t.diagnostic(show(counts));
      assert.deepEqual(failures, []);
      assert.ok(["call", "check", "intent", "json", "no_response", "read", "value"].every((kind) => counts[kind] > 0));
    });
  }
});

test("what it answers to a vector is what the WebAssembly answers, to the last letter", () => {
  let count = 0;
  for (const { text } of filesOf("vectors")) {
    const { kind, cases } = parseExact(text);
    for (const { id, ...one } of cases) {
      const part = SKIPPED[id] === undefined ? partOf({ kind, ...one }) : undefined;
      if (part === undefined) continue;
      const [wasm, ...others] = [page, ...Object.values(BUILDS)].map((build) => show(run(build, part.kind, part.input)));
      for (const other of others) assert.equal(other, wasm, id);
      count += 1;
    }
  }
  assert.ok(count > 200, `${count}`);
});

describe("after a user of megabytes", () => {
  for (const [name, build] of Object.entries(BUILDS)) {
    test(name, () => {
      const [here, there] = [build, page].map(({ SmileIdRelay, UnifyiaRelay }) => [new SmileIdRelay("/api/smile"), new UnifyiaRelay("/api/unifyia")]);
      const user = (letters) => ({ ...USER, userAttribute: { photo: "é".repeat(letters) } });
      for (const letters of [1, 100_000, 1_500_000, 2, 500_000]) {
        assert.equal(here[1].signUp(user(letters)).body, there[1].signUp(user(letters)).body);
        assert.deepEqual([...build.checkUser({ ...user(letters), email: "nobody" })].map(show), page.checkUser({ ...user(letters), email: "nobody" }).map(show));
        assert.equal(here[0].reEnroll("user-42").body, there[0].reEnroll("user-42").body);
        assert.throws(() => here[0].reEnroll(""), (error) => error.violations[0].path === "user_id");
      }
    });
  }
});

describe("texts and bytes of any kind", () => {
  const state = { seed: 1 };
  const below = (limit) => (state.seed = (state.seed * 48_271) % 0x7fffffff) % limit;
  const EDGES = [0x00, 0x22, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbb, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff];
  const UNITS = [0x41, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xffff];
  const some = (edges, limit) => Array.from({ length: below(8) }, () => (below(2) === 0 ? edges[below(edges.length)] : below(limit)));
  /** What a page can see of it: a value, or what was wrong. */
  const seen = (work) => {
    try {
      return work();
    } catch (error) {
      return error.violations.map(({ path, code }) => `${path} ${code}`).join();
    }
  };
  const [before, after] = ['{"action":"smile_id.re_enroll","user_id":"', '"}'].map((text) => new TextEncoder().encode(text));

  for (const [name, build] of Object.entries(BUILDS)) {
    test(name, () => {
      const wasm = page;
      for (let round = 0; round < 2_000; round += 1) {
        const text = String.fromCharCode(...some(UNITS, 0x10000));
        const bytes = Uint8Array.from([...before, ...some(EDGES, 0x100), ...after]);
        const [here, there] = [build, wasm].map(({ parseIntent, SmileIdRelay }) => [
          seen(() => new SmileIdRelay("/x").reEnroll(text).body),
          seen(() => parseIntent(bytes).user_id),
        ]);
        assert.deepEqual(here, there, `${JSON.stringify(text)} ${bytes}`);
      }
    });
  }
});

test("in Chromium, where no policy allows WebAssembly", { timeout: 120_000 }, async (t) => {
  const browser = await startChromium(t);
  if (browser === undefined) return;
  const headers = { "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'" };
  const origin = await serve(t, { "/": { type: "text/html", body: "<!doctype html><meta charset=utf-8>", headers }, "/vectors.json": { body: JSON.stringify(filesOf("vectors")) } });
  const opened = await browser.newPage();
  await opened.goto(origin);
  const { failures, counts, large } = await opened.evaluate(async () => {
    const [enrollkit, { runPage }] = await Promise.all([import("/dist/page_js.js"), import("/test/support/page_vectors.mjs")]);
    const vectors = await (await fetch("/vectors.json")).json();
    const first = runPage(enrollkit, vectors);
    const large = enrollkit.checkUser({ name: "x".repeat(4_000_000) }).map(({ path, code }) => `${path} ${code}`);
    return { large, counts: first.counts, failures: [...first.failures, ...runPage(enrollkit, vectors).failures] };
  });
  assert.deepEqual(failures, []);
  assert.ok(counts.check > 0 && counts.intent > 0);
  assert.deepEqual(large, page.checkUser({ name: "x".repeat(4_000_000) }).map(({ path, code }) => `${path} ${code}`));
});
