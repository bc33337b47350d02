// What a person feels: a sign-up form in Chromium, its processor slowed four times, from the navigation to the first key that was
// checked, and the check of a key while one types; beside the same page with zod. `node felt.mjs` alone, or a part of `bench.mjs`.

import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { serve, startChromium } from "../test/support/chromium.mjs";
import { PAGES } from "./pages.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const LOADS = 25;
const KEYS = 60;

/** What is typed, and the rest of what is checked with it. */
const FORM = `
  const field = document.querySelector("input");
  const typed = () => ({
    name: "jdoe", organisationName: "Acme Bank", email: field.value, status: "PENDING ENROLLMENT", userAppearance: {},
    userAttribute: { nationality: "DE" }, userAddress: { city: "Berlin" }, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [],
  });
  field.addEventListener("input", () => field.setCustomValidity(messageOf(typed())));
  globalThis.press = (text) => {
    field.value += text;
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    return performance.now() - start;
  };
  press("j");
  globalThis.first = performance.now();
`;

/** Milliseconds of each page; or `undefined`, after it said what is missing. */
export async function felt() {
  const last = [];
  const t = { after: (work) => last.unshift(work), skip: (why) => console.log(`\nWhat a person feels: left out (${why})`) };
  try {
    const browser = await startChromium(t);
    if (browser === undefined) return undefined;
    const times = {};
    const addresses = {};
    for (const [name, code] of Object.entries(PAGES)) {
      const stdin = { contents: `${code}${FORM}`, resolveDir: HERE };
      const { outputFiles } = await build({ stdin, bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "silent" });
      const body = '<!doctype html><meta charset=utf-8><title>form</title><input><script type=module src="/app.js"></script>';
      addresses[name] = await serve(t, { "/": { type: "text/html", body }, "/app.js": { type: "text/javascript", body: outputFiles[0].text }, "/favicon.ico": { status: 204 } });
      times[name] = { first: [], key: [] };
    }
    // By turns, each in a browser that has seen nothing.
    for (let load = 0; load < LOADS; load += 1) {
      for (const [name, address] of Object.entries(addresses)) {
        const context = await browser.newContext();
        const page = await context.newPage();
        const session = await context.newCDPSession(page);
        await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
        await page.goto(address, { waitUntil: "load" });
        await page.waitForFunction(() => globalThis.first !== undefined);
        times[name].first.push(await page.evaluate(() => globalThis.first));
        // A browser's clock has steps: one key alone is a few of them.
        times[name].key.push(await page.evaluate((keys) => Array.from({ length: keys }, () => globalThis.press("a")).reduce((sum, each) => sum + each, 0) / keys, KEYS));
        await context.close();
      }
    }
    // The fastest: whatever else the machine did.
    return Object.fromEntries(Object.entries(times).map(([name, { first, key }]) => [name, { first: Math.min(...first), key: Math.min(...key) }]));
  } finally {
    for (const work of last) await work();
  }
}

export async function printFelt() {
  const found = await felt();
  if (found === undefined) return;
  console.log(`\n${"A form in Chromium, the processor slowed 4 times".padEnd(50)}${"to the first checked key".padStart(26)}${"a key".padStart(12)}`);
  for (const [name, { first, key }] of Object.entries(found)) console.log(`  ${name.padEnd(48)}${`${first.toFixed(0)} ms`.padStart(26)}${`${key.toFixed(2)} ms`.padStart(12)}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await printFelt();
