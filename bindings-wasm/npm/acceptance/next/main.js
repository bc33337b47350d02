import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const port = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", String(port)], {
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
} finally {
  server.kill();
}
