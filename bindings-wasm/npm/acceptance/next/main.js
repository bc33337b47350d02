import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { createServer } from "node:net";

import { signature } from "enrollkit";

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", String(port)], {
  env: { ...process.env, NODE_OPTIONS: "--import ./service.mjs", SMILE_ID_API_KEY: "a-key" },
  stdio: "inherit",
});
try {
  const get = async (path) => {
    for (const end = Date.now() + 30_000; ; await new Promise((later) => setTimeout(later, 100))) {
      try {
        const reply = await fetch(`http://127.0.0.1:${port}${path}`);
        assert.equal(reply.status, 200, path);
        return await reply.text();
      } catch (error) {
        if (error instanceof assert.AssertionError || Date.now() > end) throw error;
      }
    }
  };
  assert.match(await get("/"), /prerendered: ran.*client component: ran/s);
  assert.match(await get("/fresh"), /rendered by the server: ran.*client component: ran/s);
  assert.equal(await get("/answer"), '{"answer":"ran"}');

  const post = async (path, headers, body) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body });
    return [reply.status, await reply.text()];
  };
  const intent = '{"action":"smile_id.deactivate","user_id":"user-42"}';
  const operator = { Origin: "https://app.bank.example", "Content-Type": "application/json; charset=utf-8", Cookie: "session=operator" };
  const [status, body] = await post("/api/smile", operator, intent);
  assert.deepEqual([status, JSON.parse(body).outcome?.acknowledgement], [200, "stated"], body);
  assert.equal((await post("/api/smile", { ...operator, "Content-Type": "text/plain" }, intent))[0], 415);
  assert.equal((await post("/api/smile", { ...operator, Origin: "https://evil.example" }, intent))[0], 403);
  const at = new Date().toISOString();
  const webhook = { "Job-ID": "job-1", "User-ID": "user-42", "Response-Timestamp": at, "Response-Signature": signature("a-key", at, "085") };
  assert.equal((await post("/webhooks/smile-id", webhook, '{"ResultCode":"0840"}'))[0], 202);
  assert.equal((await post("/webhooks/smile-id", { ...webhook, "Response-Signature": "forged" }, "{}"))[0], 401);
} finally {
  server.kill();
}
