import assert from "node:assert/strict";
import { before, test } from "node:test";

import { hold, openPage, screenshot, start } from "./support/browser.js";

let all, sandbox;
before(async () => {
  all = await start();
  ({ sandbox } = all);
});

const open = async (options) => {
  const opened = await openPage(all, "/sign-up", options);
  await opened.page.getByRole("heading", { name: "Sign up at Acme Bank" }).waitFor();
  return opened;
};
const message = (page, name) => page.locator(`#${name}-error`);
const says = (locator, text) => locator.filter({ hasText: text }).waitFor();
const submit = (page) => page.getByRole("button", { name: "Sign up" }).click();
const signUps = async () => (await sandbox.control("GET", "sign_ups")).sign_ups;

test("a person signs up, with the keyboard alone, under the organization's branding", async () => {
  const { page, clean } = await open();
  await page.locator("img.logo").waitFor();
  assert.equal(await page.getByRole("link", { name: /Acme Bank's policy/ }).getAttribute("href"), "https://policy.example/statement");
  await page.getByLabel("User name").focus();
  for (const text of ["anna", "Anna", "Ärmel", "anna@home.example", "+49 30 1234", "Germany"]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  // On the way to the button there is the policy's link.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "You are signed up" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "heading");
  await screenshot(page, "sign-up-done");
  const made = (await signUps()).find(({ name }) => name === "anna");
  const sent = typeof made.body === "string" ? JSON.parse(made.body) : made.body;
  assert.equal(sent.lastName, "Ärmel");
  assert.equal(sent.userStatus, "Active");
  await clean();
});

test("the form checks while one types, beside the field", async () => {
  const { page, clean } = await open({ stopClock: true });
  const email = page.getByLabel("E-mail address");
  await email.pressSequentially("anna@");
  // Not in the middle of typing.
  await page.clock.runFor(500);
  assert.equal(await message(page, "email").textContent(), "");
  await page.clock.runFor(200);
  await says(message(page, "email"), "E-mail address must look like name@home.example.");
  assert.equal(await email.getAttribute("aria-invalid"), "true");
  assert.match(await email.getAttribute("aria-describedby"), /\bemail-error\b/);
  await email.pressSequentially("home.example");
  // What is mended is told at once.
  assert.equal(await message(page, "email").textContent(), "");
  assert.equal(await email.getAttribute("aria-invalid"), null);
  const name = page.getByLabel("User name");
  await name.fill("   ");
  await name.blur();
  await page.clock.runFor(700);
  await says(message(page, "name"), "User name is required.");
  // Fields that nobody touched are left alone.
  assert.equal(await page.locator("[aria-invalid]").count(), 1);
  await clean();
});

test("a form with mistakes is not sent: a summary takes the focus and leads to the fields", async () => {
  const { page, clean } = await open();
  const sent = [];
  page.on("request", (request) => sent.push(request.postData()));
  await page.getByLabel("E-mail address").fill("nobody");
  await submit(page);
  const summary = page.locator("#summary");
  await says(summary, "There are 2 problems");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "summary");
  await screenshot(page, "sign-up-mistakes");
  await summary.getByRole("link", { name: "E-mail address must look like name@home.example." }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "email");
  await page.getByLabel("E-mail address").fill("");
  await submit(page);
  await says(summary, "There is a problem");
  assert.deepEqual(sent, []);
  await clean();
});

test("a name that is taken stands beside its field", async () => {
  const first = await open();
  await first.page.getByLabel("User name").fill("berta");
  await submit(first.page);
  await first.page.getByRole("heading", { name: "You are signed up" }).waitFor();
  await first.clean();
  const { page, clean } = await open();
  await page.getByLabel("User name").fill("berta");
  await submit(page);
  await says(message(page, "name"), "User name is taken: please choose another.");
  await says(page.locator("#summary"), "There is a problem");
  await clean({ refusals: 1 });
});

test("a lost answer is no failure and no success, and is not sent again", async () => {
  const { page, clean } = await open();
  await sandbox.fault("drop_after", { path_contains: "/signup" });
  await page.getByLabel("User name").fill("carla");
  await submit(page);
  await says(page.locator("#summary"), "We do not know whether your sign-up arrived.");
  await screenshot(page, "sign-up-unknown");
  assert.equal((await signUps()).filter(({ name }) => name === "carla").length, 1);
  await clean({ refusals: 1 });
});

test("what was never sent may be sent again, and is told so", async () => {
  const own = await start();
  const { page, clean } = await openPage(own, "/sign-up");
  await page.locator("img.logo").waitFor();
  await own.sandbox.stop();
  await page.getByLabel("User name").fill("gerda");
  await submit(page);
  await says(page.locator("#summary"), "Your sign-up was not sent");
  await says(page.locator("#summary"), "Please try again later.");
  await clean({ refusals: 1 });
});

test("a failure and a captive portal are told apart from a success", async () => {
  const { page, clean } = await open();
  await page.getByLabel("User name").fill("dora");
  await sandbox.fault("rate_limit", { retry_after: 9, path_contains: "/signup" });
  await submit(page);
  await says(page.locator("#summary"), "Please try again in 9 seconds.");
  await sandbox.fault("status", { status: 401, path_contains: "/signup" });
  await submit(page);
  await says(page.locator("#summary"), "Something went wrong on our side");
  await sandbox.fault("html", { path_contains: "/signup" });
  await submit(page);
  await page.getByRole("heading", { name: "Please ask whether you are signed up" }).waitFor();
  await clean({ refusals: 2 });
});

test("pressing twice sends once, while a slow service is waited for", async () => {
  const { page, clean } = await open();
  const release = await hold(page, "unifyia.sign_up");
  await page.getByLabel("User name").fill("emma");
  const button = page.getByRole("button", { name: "Sign up" });
  await button.dblclick();
  await says(page.locator("#status"), "Signing you up…");
  release();
  await page.getByRole("heading", { name: "You are signed up" }).waitFor();
  assert.equal((await signUps()).filter(({ name }) => name === "emma").length, 1);
  await clean();
});

test("without branding one can sign up all the same", async () => {
  await sandbox.fault("status", { status: 500, path_contains: "brandingInfo" });
  const { page, clean } = await open();
  await page.getByLabel("User name").fill("frida");
  await submit(page);
  await page.getByRole("heading", { name: "You are signed up" }).waitFor();
  assert.equal(await page.locator("img.logo").count(), 0);
  await clean({ refusals: 1 });
});
