// Both views in light and dark, wide and on a phone: nothing that keeps people out, nothing that sticks out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { before, test } from "node:test";

import { logIn, lookUp, openPage, screenshot, start } from "./support/browser.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let all;
before(async () => {
  all = await start();
  const { sandbox } = all;
  for (const job of ["0b1f7c52-6f0e-4b8e-9f52-3d3f1c1a2b4e", "e2d0a9b4-51c3-4a77-8c1d-7a9e6f3b2c10"]) {
    await sandbox.control("POST", "jobs", { user_id: "user-42", environment: "test", job_id: job, id_check: true });
  }
  await sandbox.control("POST", "jobs", { user_id: "user-7-with-a-rather-long-id-as-some-applications-have-them", environment: "test" });
});

async function accessible(page, what) {
  // By the browser's own door: the page's policy lets no such script in.
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(serious.map(({ id, nodes }) => `${what}: ${id} ${nodes.map(({ html }) => html).join(" ")}`), []);
  assert.ok(passes.length > 10, "axe found nothing to look at");
}

async function fits(page, what) {
  const { inner, content } = await page.evaluate(() => ({ inner: innerWidth, content: document.documentElement.scrollWidth }));
  assert.ok(content <= inner, `${what}: ${content} pixels of content in ${inner}`);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, nav a")]
      .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
      .map((element) => element.outerHTML),
  );
  assert.deepEqual(small, [], `${what}: too small to touch`);
}

/** Everything that a view shows in its life, each looked at. */
const VIEWS = {
  async operator(page, look) {
    await page.getByLabel("Password").waitFor();
    await look("log-in");
    await logIn(page, "admin");
    await lookUp(page, "user-42");
    await page.getByRole("table", { name: "Jobs" }).waitFor();
    await look("user");
    await page.getByRole("button", { name: "Delete permanently…" }).click();
    await page.getByLabel("Type the user id to confirm").fill("user-4");
    await page.getByRole("dialog").getByRole("button", { name: "Delete permanently" }).click();
    await look("delete");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Flag as fraudulent…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Flag as fraudulent" }).click();
    await page.locator("#report", { hasText: "Done" }).waitFor();
    await page.locator(".flags", { hasText: "Flagged" }).waitFor();
    await look("done");
    await page.getByRole("button", { name: "Clear the fraud flag…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear the fraud flag" }).click();
    await page.locator("#report", { hasText: "any more" }).waitFor();
    await lookUp(page, "user-7-with-a-rather-long-id-as-some-applications-have-them");
    await page.getByRole("heading", { name: "user-7" }).waitFor();
    await look("long-id");
    await lookUp(page, "nobody");
    await page.locator("#report", { hasText: "There is no user with this id." }).waitFor();
    await look("refused");
  },
  async "sign-up"(page, look) {
    await page.locator("img.logo").waitFor();
    await look("form");
    await page.getByLabel("E-mail address").fill("nobody");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.locator("#summary", { hasText: "problems" }).waitFor();
    await look("mistakes");
  },
};

for (const [view, path] of [["operator", "/"], ["sign-up", "/sign-up"]]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1024]) {
      test(`${view}, ${colorScheme}, ${width} pixels wide`, async () => {
        const { page, clean } = await openPage(all, path, { colorScheme, viewport: { width, height: 780 }, reducedMotion: "reduce" });
        await VIEWS[view](page, async (state) => {
          const what = `${view}-${state}-${colorScheme}-${width}`;
          await screenshot(page, what);
          await fits(page, what);
          await accessible(page, what);
        });
        await clean({ refusals: view === "operator" ? 1 : 0 });
      });
    }
  }
}

test("a page that is zoomed to 200 % and has large letters does not stick out", async () => {
  const { page, clean } = await openPage(all, "/sign-up", { viewport: { width: 640, height: 700 }, deviceScaleFactor: 2 });
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await page.locator("img.logo").waitFor();
  await fits(page, "large letters");
  await clean();
});

test("the page's policy stops a script that was slipped in, and these tests would hear of it", async () => {
  const { page, clean } = await openPage(all, "/sign-up");
  const tries = [
    () => document.body.append(Object.assign(document.createElement("script"), { src: "https://evil.example/x.js" })),
    () => document.body.insertAdjacentHTML("beforeend", '<img src="nowhere.png" onerror="globalThis.slipped = true">'),
    () => document.body.setAttribute("onclick", "globalThis.slipped = true"),
  ];
  for (const slip of tries) await page.evaluate(slip).catch(() => {});
  await page.evaluate(() => document.body.click());
  assert.equal(await page.evaluate(() => globalThis.slipped), undefined);
  await assert.rejects(clean(), /policy: require-trusted-types-for/);
});
