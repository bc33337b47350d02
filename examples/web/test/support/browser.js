// A headless Chromium, and pages that tell everything that went wrong in them.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { SANDBOX_KEY, startBackEnd, startSandbox } from "../../../node/test/support/processes.js";

export { startBackEnd } from "../../../node/test/support/processes.js";

/** Where screenshots are kept: cargo's folder for what is made. */
export const SCREENSHOTS = process.env.ENROLLKIT_SCREENSHOTS ?? fileURLToPath(new URL("../../../../target/web-screenshots", import.meta.url));

const FLAGS = [
  // Root has no sandbox for it, and these tests open our own pages only.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const browsers = [];
after(() => Promise.all(browsers.map((browser) => browser.close())));

/** The browser, the sandbox and the back end, for one file of tests. They end with it. */
export async function start() {
  const sandbox = await startSandbox("--keep-bodies");
  const backEnd = await startBackEnd(sandbox);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  browsers.push(browser);
  return { sandbox, backEnd, browser };
}

/** A key, a signature, or a timestamp that was signed. Nothing that a page sends or gets may hold one. */
const SECRET = new RegExp(`${SANDBOX_KEY}|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)|"signature"|"timestamp"|FICTIONAL`);

/** A page in a context of its own. `clean()` at the end of a test says that nothing went wrong that was not meant to. */
export async function openPage({ browser, backEnd }, path, { stopClock = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1024, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  // Then time goes on when a test says so: `page.clock.runFor(…)`.
  if (stopClock) {
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
  }
  const wrong = [];
  const exchanges = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error}`));
  page.on("request", (request) => {
    exchanges.push(Promise.resolve(`${request.url()} ${request.postData() ?? ""}`));
    if (!request.url().startsWith(backEnd.url) && !request.url().startsWith("data:")) wrong.push(`another host: ${request.url()}`);
  });
  page.on("response", (response) => exchanges.push(response.text().then((text) => (response.url().includes("/api/") ? text : ""), () => "")));
  await page.exposeFunction("tellViolation", (text) => wrong.push(`policy: ${text}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => globalThis.tellViolation(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${backEnd.url}${path}`);
  const clean = async ({ refusals = 0 } = {}) => {
    for (const text of await Promise.all(exchanges)) assert.doesNotMatch(text, SECRET);
    // Chromium writes each answer of 400 and more to the console.
    const told = wrong.filter((text) => text.startsWith("console: Failed to load resource"));
    assert.deepEqual(wrong.filter((text) => !told.includes(text)), []);
    assert.equal(told.length, refusals, told.join("\n"));
    await context.close();
  };
  return { page, context, clean };
}

/** Holds back the page's calls of an action until `release()`: what it shows meanwhile can be looked at, however slow the machine is. */
export async function hold(page, action) {
  let release;
  const released = new Promise((done) => (release = done));
  await page.route("**/api/*", async (route) => {
    if (route.request().postData()?.includes(`"${action}"`)) await released;
    await route.continue();
  });
  return release;
}

export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

export async function logIn(page, role) {
  await page.getByLabel("E-mail address").fill(`${role}@bank.example`);
  await page.getByLabel("Password").fill(`demo-${role}`);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByLabel("User id", { exact: true }).waitFor();
}

export async function lookUp(page, userId) {
  await page.getByLabel("User id", { exact: true }).fill(userId);
  await page.getByRole("button", { name: "Look up" }).click();
}

/** Presses an action's button and agrees in the dialog. */
export async function act(page, label, { typed } = {}) {
  await page.getByRole("button", { name: `${label}…` }).click();
  const dialog = page.getByRole("dialog");
  if (typed !== undefined) await dialog.getByLabel("Type the user id to confirm").fill(typed);
  await dialog.getByRole("button", { name: label, exact: true }).click();
}
