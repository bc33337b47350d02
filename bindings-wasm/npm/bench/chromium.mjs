// `sign` beside the browser's own WebCrypto, in a headless Chromium: for `bench.mjs`, which leaves it out where there is none.
import { serve, startChromium } from "../test/support/chromium.mjs";

/** Nanoseconds of one call of each, measured as `bench.mjs` does; or `undefined`, after it said what is missing. */
export async function inChromium(key) {
  const last = [];
  const t = { after: (work) => last.unshift(work), skip: (why) => console.log(`\nA signature, Chromium: left out (${why})`) };
  try {
    const browser = await startChromium(t);
    if (browser === undefined) return undefined;
    const page = await browser.newPage();
    await page.goto(await serve(t, { "/": { body: "" } }));
    return await page.evaluate(measure, key);
  } finally {
    for (const work of last) await work();
  }
}

/** Runs in the page. WebCrypto's key is imported once, as ours has its schedule; its signature is made text, as ours is. */
async function measure(key) {
  const { SmileId } = await import("/dist/index.js");
  const smile = new SmileId({ partnerId: "085", environment: "sandbox", apiKey: key, dangerouslyAllowBrowser: true });
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const works = {
    "WebCrypto HMAC": async () => {
      const timestamp = new Date().toISOString();
      const mac = await crypto.subtle.sign("HMAC", imported, encoder.encode(`${timestamp}085sid_request`));
      return { timestamp, signature: btoa(String.fromCharCode(...new Uint8Array(mac))) };
    },
    "enrollkit sign": () => smile.sign(),
  };
  const best = {};
  for (let round = 0; round < 30; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const start = performance.now();
      // No `await` where there is nothing to wait for.
      for (let call = 0; call < 2000; call += 1) {
        const made = work();
        if (made instanceof Promise) await made;
      }
      best[name] = Math.min(best[name] ?? Infinity, ((performance.now() - start) * 1e6) / 2000);
    }
  }
  return best;
}
