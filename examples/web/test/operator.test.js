import assert from "node:assert/strict";
import { before, test } from "node:test";

import { act, hold, logIn, lookUp, openPage, screenshot, start, startBackEnd } from "./support/browser.js";

let all, sandbox;
before(async () => {
  all = await start();
  ({ sandbox } = all);
});

/** A user of a test's own, with one job. */
async function enrolled(userId, more = {}) {
  await sandbox.control("POST", "jobs", { user_id: userId, environment: "test", job_id: `job-of-${userId}`, ...more });
}

async function deskWith(userId, role = "operator", where = all) {
  const opened = await openPage(where, "/");
  await logIn(opened.page, role);
  await lookUp(opened.page, userId);
  await opened.page.getByRole("heading", { name: userId }).waitFor();
  return opened;
}

const report = (page) => page.locator("#report");
const flags = (page) => page.getByRole("list", { name: "State" });
const says = (locator, text) => locator.filter({ hasText: text }).waitFor();

test("a user's whole life, with the keyboard alone", async () => {
  await enrolled("user-42", { id_check: true });
  const { page, clean } = await openPage(all, "/");
  // The focus is where one begins.
  await page.waitForFunction(() => document.activeElement?.id === "email");
  await page.keyboard.type("admin@bank.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("demo-admin");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "user-id");
  await page.keyboard.type("user-42");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "user-42" }).waitFor();
  await says(page.getByRole("table", { name: "Jobs" }), "Enroll User (0840)");

  const press = async (label) => {
    await page.getByRole("button", { name: `${label}…` }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Enter");
  };
  for (const [label, done, flag] of [
    ["Allow re-enrollment", "may enroll once more", "May enroll once more"],
    ["Deactivate", "is deactivated", "Deactivated"],
    ["Reactivate", "is active", "Active"],
    ["Flag as fraudulent", "is flagged as fraudulent", "Flagged as fraudulent"],
    ["Clear the fraud flag", "is not flagged any more", "No fraud flag"],
  ]) {
    await press(label);
    await says(report(page), `Done: user-42 ${done}.`);
    await says(flags(page), flag);
    // One goes on where it was told.
    assert.equal(await page.evaluate(() => document.activeElement?.id), "report");
  }

  await page.getByRole("button", { name: "Delete permanently…" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("user-4");
  await page.keyboard.press("Enter");
  await says(page.locator("#typed-error"), "This is not the user id.");
  assert.equal(await page.getByLabel("Type the user id to confirm").getAttribute("aria-invalid"), "true");
  await page.keyboard.type("2");
  assert.equal(await page.locator("#intent").textContent(), JSON.stringify({ action: "smile_id.delete_permanently", user_id: "user-42", confirm: "user-42" }, null, 2));
  await page.keyboard.press("Enter");
  await says(report(page), "Done: user-42 is deleted.");
  await says(flags(page), "Deleted");
  assert.equal(await page.locator("[data-action]").count(), 0);
  await clean();
});

test("what is shown before is what is sent, and cancelling sends nothing", async () => {
  await enrolled("user-c");
  const { page, clean } = await deskWith("user-c");
  const bodies = [];
  page.on("request", (request) => bodies.push(request.postData()));
  await page.getByRole("button", { name: "Deactivate…" }).click();
  const shown = await page.locator("#intent").textContent();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Deactivate…" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  assert.deepEqual(bodies, []);
  await act(page, "Deactivate");
  await says(report(page), "Done: user-c is deactivated.");
  assert.deepEqual(JSON.parse(bodies[0]), JSON.parse(shown));
  await clean();
});

test("what was never sent is told as such, and needs no look-up", async () => {
  const own = await start();
  await own.sandbox.control("POST", "jobs", { user_id: "user-n", environment: "test", job_id: "job-of-user-n" });
  const { page, clean } = await deskWith("user-n", "operator", own);
  await own.sandbox.stop();
  const intents = [];
  page.on("request", (request) => intents.push(JSON.parse(request.postData()).action));
  await act(page, "Deactivate");
  await says(report(page), "Nothing was sent: the service could not be reached.");
  await says(report(page), "You may try again.");
  assert.deepEqual(intents, ["smile_id.deactivate"]);
  await clean({ refusals: 1 });
});

test("an operator is told what the service wrote", async () => {
  await enrolled("user-w");
  const { page, clean } = await deskWith("user-w");
  await sandbox.fault("status", { status: 500, message: "Maintenance until noon", path_contains: "/enrollee" });
  await lookUp(page, "user-w");
  await says(report(page), "The service said: “Maintenance until noon”");
  await clean({ refusals: 1 });
});

test("a lost answer becomes a question, and one look-up answers it", async () => {
  await enrolled("user-l");
  const { page, clean } = await deskWith("user-l");
  await sandbox.fault("drop_after", { path_contains: "/enrollee" });
  const release = await hold(page, "smile_id.enrollee_info");
  const intents = [];
  page.on("request", (request) => intents.push(JSON.parse(request.postData()).action));
  await act(page, "Deactivate");
  await says(report(page), "Outcome unknown, checking…");
  await screenshot(page, "operator-unknown");
  release();
  await says(report(page), "A look-up confirms that it took effect.");
  await says(flags(page), "Deactivated");
  assert.deepEqual(intents, ["smile_id.deactivate", "smile_id.enrollee_info"]);

  await sandbox.fault("drop_before", { path_contains: "/enrollee" });
  await act(page, "Reactivate");
  await says(report(page), "Not done: the look-up shows no change to user-l.");

  // A captive portal's page is a success by its status only.
  await sandbox.fault("html", { path_contains: "/enrollee" });
  await act(page, "Reactivate");
  await says(report(page), "Something answered, but not in the service's words.");
  await says(report(page), "Not done: the look-up shows no change to user-l.");

  await sandbox.fault("status", { status: 500, processed: true, path_contains: "/enrollee" });
  await act(page, "Reactivate");
  await says(report(page), "Done: user-l is active.");
  await says(report(page), "The service has a failure.");

  // Nothing answers any more: then it stays unknown, and nobody is told "done".
  await sandbox.fault("drop_before", { times: 2, path_contains: "/enrollee" });
  await act(page, "Flag as fraudulent");
  await says(report(page), "Outcome still unknown.");
  assert.equal(await page.locator("#user").isVisible(), false);
  await screenshot(page, "operator-still-unknown");
  await clean({ refusals: 5 });
});

test("a slow service is waited for, and one that is too slow is asked what became of it", async () => {
  await enrolled("user-s");
  const { page, clean } = await deskWith("user-s");
  const release = await hold(page, "smile_id.deactivate");
  await act(page, "Deactivate");
  await says(report(page), "Deactivate: sending…");
  // Nothing else can be pressed meanwhile.
  assert.equal(await page.locator("#user").evaluate((user) => user.inert), true);
  await lookUp(page, "nobody");
  release();
  await says(report(page), "Done: user-s is deactivated.");
  await says(flags(page), "Deactivated");
  await clean();

  const impatient = { ...all, backEnd: await startBackEnd(sandbox, { ENROLLKIT_TIMEOUT_SECONDS: "2" }) };
  const second = await deskWith("user-s", "operator", impatient);
  await sandbox.fault("slow", { milliseconds: 30_000, path_contains: "/enrollee" });
  await act(second.page, "Reactivate");
  await says(report(second.page), "Done: user-s is active.");
  await says(report(second.page), "A look-up confirms that it took effect.");
  await second.clean({ refusals: 1 });
});

test("refusals are told in plain words, with their usual causes", async () => {
  await enrolled("user-r");
  const { page, clean } = await deskWith("user-r");
  await sandbox.fault("status", { status: 401, code: "2205", message: "You are not authorized to do that.", path_contains: "/enrollee" });
  await act(page, "Deactivate");
  await says(report(page), "Smile ID does not accept our credentials.");
  await says(report(page), "sandbox and production have different keys");
  await says(report(page), "The service said: “You are not authorized to do that.”");
  await screenshot(page, "operator-unauthorized");
  await sandbox.fault("rate_limit", { retry_after: 7, path_contains: "/enrollee" });
  await act(page, "Deactivate");
  await says(report(page), "Try again in 7 seconds.");
  await sandbox.fault("redirect", { path_contains: "/enrollee" });
  await act(page, "Deactivate");
  await says(report(page), "We did not go there.");
  await sandbox.fault("status", { status: 400, code: "2210", message: "No <b>user</b>", path_contains: "/enrollee" });
  await act(page, "Deactivate");
  await says(report(page), "There is no user with this id.");
  // A text of the service's is text.
  await says(report(page), "No <b>user</b>");
  assert.equal(await report(page).locator("b").count(), 0);
  await clean({ refusals: 4 });
});

test("bad input stays here, and the page goes on working", async () => {
  await enrolled("user-i");
  const { page, clean } = await openPage(all, "/");
  await logIn(page, "operator");
  const sent = [];
  page.on("request", (request) => sent.push(request.url()));
  const error = page.locator("#user-id-error");
  await page.getByRole("button", { name: "Look up" }).click();
  await says(error, "The user id is required.");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "user-id");
  assert.equal(await page.getByLabel("User id", { exact: true }).getAttribute("aria-invalid"), "true");
  assert.deepEqual(sent, []);
  for (const strange of ["..", "{\"action\":1}", "<img src=x onerror=alert(1)>", "нет 🔑", "x".repeat(500)]) {
    await lookUp(page, strange);
    await page.waitForFunction(() => !document.getElementById("desk").hasAttribute("aria-busy"));
    assert.notEqual((await report(page).textContent()) + (await error.textContent()), "", strange);
  }
  await lookUp(page, "user-i");
  await page.getByRole("heading", { name: "user-i" }).waitFor();
  assert.equal(await error.textContent(), "");
  const { refusals } = await page.evaluate(() => ({ refusals: performance.getEntriesByType("resource").filter(({ responseStatus }) => responseStatus >= 400).length }));
  await clean({ refusals });
});

test("who may do less is offered less, and refused if they try", async () => {
  await enrolled("user-p");
  const { page, clean } = await deskWith("user-p");
  assert.equal(await page.getByRole("button", { name: "Delete permanently…" }).count(), 0);
  await lookUp(page, "staff-1");
  await says(report(page), "Your role does not allow this. Nothing was sent.");
  assert.equal(await page.locator("#user").isVisible(), false);
  await clean({ refusals: 1 });
});

test("a wrong password is told, log-out ends it, and a session that is over asks again", async () => {
  const { page, context, clean } = await openPage(all, "/");
  await page.getByLabel("E-mail address").fill("operator@bank.example");
  await page.getByLabel("Password").fill("wrong");
  await page.getByRole("button", { name: "Log in" }).click();
  await says(page.getByRole("alert"), "the e-mail address or the password is wrong");
  await logIn(page, "operator");
  await page.reload();
  await page.getByLabel("User id", { exact: true }).waitFor();
  const [cookie] = await context.cookies();
  assert.deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Strict"]);
  assert.equal(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })), "{}");
  await context.clearCookies();
  await lookUp(page, "user-42");
  await says(page.getByRole("alert"), "Your session has ended. Log in again.");
  await logIn(page, "operator");
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByLabel("Password").waitFor();
  await page.reload();
  await page.getByLabel("Password").waitFor();
  await clean({ refusals: 2 });
});
