// Between the sandbox and the back end stand two servers of ours. The sandbox sends its messages to the first, which keeps them
// and passes them on: so each test has genuine ones to repeat and to change. The back end's calls go through the second, which
// can hold the look-ups back: so a test can do something while one is under way, however slow the machine is.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after } from "node:test";

import { SmileId } from "enrollkit";

import { audit } from "./client.js";
import { SANDBOX_KEY, startBackEnd, startSandbox, temporaryFolder, until } from "./processes.js";

/** A genuine signature under whatever headers and body one likes. */
export function forged(headers, body, { partnerId = "085", secondsAgo = 0 } = {}) {
  const { timestamp, signature } = new SmileId({ partnerId, environment: "sandbox", apiKey: SANDBOX_KEY }).sign(new Date(Date.now() - 1_000 * secondsAgo));
  return {
    headers: { "content-type": "application/json", "response-timestamp": timestamp, "response-signature": signature, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

export const headersOf = (user, job) => ({ "job-id": job, "user-id": user });

const ours = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => /^(response|job|user|api|content-type)/.test(name)));

const listen = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${server.address().port}`)));

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const servers = [];
// Here, and not where they are made: what a `before` registers ends with it.
after(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

export class Webhooks {
  sandbox;
  backEnd;
  /** What the sandbox sent, with the back end's answers. */
  caught = [];
  /** What becomes of an answer on its way to the back end. */
  altered = (text) => text;
  /** How many look-ups were made. */
  lookUps = 0;
  /** Then the sandbox's messages go no further: what is in the look-up, a test tells in its own words. */
  mute = false;
  #env;
  #held;
  #callsUrl;

  /** Starts the sandbox, the servers between and a back end with these settings. */
  static async start(env = {}) {
    const out = new Webhooks();
    out.#env = env;
    const messages = createServer(async (request, response) => {
      const message = { headers: ours(request.headers), body: await bodyOf(request) };
      out.caught.push(message);
      if (out.mute) return response.writeHead(202).end();
      // A back end that was killed answers nothing.
      message.status = await out.deliver(message).then(({ status }) => status, () => 502);
      response.writeHead(message.status).end();
    });
    const calls = createServer((request, response) => out.#pass(request, response));
    const [messagesUrl, callsUrl] = await Promise.all([messages, calls].map(listen));
    servers.push(messages, calls);
    out.#callsUrl = callsUrl;
    out.sandbox = await startSandbox("--webhook-url", messagesUrl);
    await out.startAgain();
    return out;
  }

  async #pass(request, response) {
    const { method, url, headers } = request;
    const body = method === "GET" ? undefined : await bodyOf(request);
    if (url.endsWith("/info")) this.lookUps += 1;
    await this.#held?.promise;
    try {
      const { host, connection, ...others } = headers;
      const reply = await fetch(`${this.sandbox.url}${url}`, { method, headers: others, body, redirect: "manual" });
      response.writeHead(reply.status, { "Content-Type": reply.headers.get("content-type") ?? "" }).end(this.altered(await reply.text()));
    } catch {
      response.destroy();
    }
  }

  /** Starts the back end in the folder that it had, or in another. */
  async startAgain({ dataDir = this.backEnd?.dataDir ?? temporaryFolder(), ...env } = {}) {
    this.backEnd = await startBackEnd(this.sandbox, { ENROLLKIT_BASE_URL: this.#callsUrl, DATA_DIR: dataDir, ...this.#env, ...env });
  }

  /** Holds calls back until `release()`; also at the end of the test, whatever its end is. */
  holdCalls(t) {
    let open;
    this.#held = { promise: new Promise((done) => (open = done)) };
    const release = () => {
      this.#held = undefined;
      open();
    };
    t.after(release);
    return release;
  }

  deliver({ headers, body }) {
    return fetch(`${this.backEnd.url}/webhooks/smile-id`, { method: "POST", headers, body });
  }

  /** A job that only the look-up tells of. */
  async quietJob(user, id) {
    this.mute = true;
    const before = this.caught.length;
    await this.job(user, id);
    await until("its message", () => this.caught.length > before);
    this.mute = false;
  }

  job(user, id, more = {}) {
    return this.sandbox.control("POST", "jobs", { user_id: user, environment: "test", job_id: id, ...more });
  }

  /** What was done about a user's results: their codes. */
  acted(user) {
    return audit(this.backEnd).filter((line) => line.action === "job_result" && line.user_id === user).map(({ outcome }) => outcome);
  }

  stateLines() {
    const text = readFileSync(join(this.backEnd.dataDir, "deliveries.jsonl"), "utf8");
    return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }

  states() {
    return this.stateLines().map(({ state }) => state);
  }

  pending() {
    return readdirSync(join(this.backEnd.dataDir, "pending"));
  }

  nothingWaits() {
    return until("nothing waits", () => this.pending().length === 0);
  }

  /** Acted on, and the rest of the work is done, too: what waits or is under way is in this folder. */
  settled(user) {
    return until(`${user} settled`, () => this.acted(user).length > 0 && this.pending().length === 0);
  }

  answered(count) {
    return until("the answers", () => this.caught.length === count && this.caught.every(({ status }) => status === 202));
  }

  /** What is done about the deliveries that come meanwhile: nothing. It is decided before the answer, and would be written down. */
  async changesNothing(work) {
    const before = this.stateLines().length;
    await work();
    assert.equal(this.stateLines().length, before);
  }
}
