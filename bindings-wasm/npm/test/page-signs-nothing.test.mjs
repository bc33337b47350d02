// Nothing that a page downloads can sign: no export, no table, no word of it, in the WebAssembly and in the JavaScript. What a server
// has is looked for in the same way, and found.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

import { build } from "esbuild";
import * as page from "enrollkit/page";
import * as server from "enrollkit";

import { PACKAGE } from "./support/files.mjs";

const require = createRequire(import.meta.url);
const fileOf = (name) => readFileSync(require.resolve(name));
const wasm = { page: fileOf("enrollkit/page.wasm"), server: fileOf("enrollkit/enrollkit.wasm") };

test("the exports of the WebAssembly are a page's", async () => {
  const exports = WebAssembly.Module.exports(await WebAssembly.compile(wasm.page)).map(({ name }) => name);
  const functions = exports.filter((name) => !name.startsWith("__wbindgen_") && !["memory", "__abort_handler", "__instance_terminated"].includes(name));
  assert.deepEqual(functions.sort(), ["checkRelayUrl", "checkUser", "errorFrom", "noResponse", "parseIntent", "readRelayed", "relaySignUp", "relaySmileId", "relayUnifyia"]);
});

test("the names of the entry are a page's", () => {
  const names = [
    "ApiError", "ENROLLMENT_STATUSES", "EnrollkitError", "Intent", "InvalidInput", "MAX_DEPTH", "MAX_RESPONSE_BYTES", "NoResponse", "SignatureRefused", "SmileIdRelay", "UnifyiaRelay",
    "Unreadable", "checkUser", "confirmedBy", "init", "intentText", "isApiError", "isEnrollkitError", "isInvalidInput", "isLossy", "isNoResponse", "isSignatureRefused", "isUnreadable", "outcomeText",
    "parseIntent", "parseOutcome", "rawBody", "send",
  ];
  for (const entry of [page, require("enrollkit/page")]) assert.deepEqual(Object.keys(entry).filter((name) => !["default", "module.exports"].includes(name)).sort(), names.toSorted());
  const servers = ["Verifier", "relay", "signature", "SmileId", "Unifyia", "withUserFields"];
  for (const name of servers) assert.deepEqual([name in page, name in server], [false, true], name);
});

/** SHA-256's first constants, of its state and of its rounds, as a table has them and as an instruction does. */
const CONSTANTS = [0x6a09e667, 0xbb67ae85, 0x428a2f98, 0x71374491, 0xb5c0fbcf];

function littleEndian(number) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

function leb128(number) {
  const bytes = [];
  for (let rest = number | 0, more = true; more; ) {
    const seven = rest & 0x7f;
    rest >>= 7;
    more = !((rest === 0 && (seven & 0x40) === 0) || (rest === -1 && (seven & 0x40) !== 0));
    bytes.push(more ? seven | 0x80 : seven);
  }
  return Buffer.from(bytes);
}

test("no hash is in the WebAssembly", () => {
  const found = (bytes) => CONSTANTS.filter((number) => [littleEndian(number), leb128(number)].some((part) => bytes.includes(part)));
  assert.deepEqual(found(wasm.page), []);
  assert.deepEqual(found(wasm.server), CONSTANTS);
});

/** Of a signature, and of the requests that carry one. What a page says of others' keys and signatures is no part of one. */
const WORDS = ["sid_request", "smileid-request-signature", "smileid-timestamp", "smileid-partner-id", "smileidcore", "unifyiacore", "verifiercore"];

test("no word of a signed request is in the WebAssembly", () => {
  const found = (bytes) => WORDS.filter((word) => bytes.toString("latin1").toLowerCase().includes(word));
  assert.deepEqual(found(wasm.page), []);
  assert.deepEqual(found(wasm.server), WORDS);
});

test("no word of signing is in the JavaScript that a page downloads, with all of its names", async () => {
  const bundle = async (entry) => {
    const stdin = { contents: `import * as enrollkit from "${entry}"; globalThis.all = enrollkit;`, resolveDir: join(PACKAGE, "test") };
    const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", write: false, logLevel: "silent" });
    return outputFiles[0].text;
  };
  const words = [/apiKey/, /hmac/i, /sha-?256/i, /withOperator/, /withToken/, /dangerouslyAllowBrowser/, /Verifier/, /Response-Signature/i, /\bpair\b/, /fromPair/, /relayAnswer/, /routeRefusal/];
  const found = (text) => words.filter((word) => word.test(text)).map(String);
  assert.deepEqual(found(await bundle("enrollkit/page/slim")), []);
  assert.ok(found(await bundle("enrollkit/slim")).length >= 9);
});
