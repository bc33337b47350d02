#!/usr/bin/env node
// Starts the back end, prints where it is, and stops cleanly when told to.

import { createApp } from "./src/app.js";
import { HELP, readConfig } from "./src/config.js";

/** How long requests that are under way may take when the server is told to stop. */
const GRACE_MS = 5_000;

const FLAGS = ["--help", "-h", "--ready-json", "--stop-with-stdin"];
const args = process.argv.slice(2);
const unknown = args.find((arg) => !FLAGS.includes(arg));
if (unknown !== undefined) fail(`no option ${unknown}; --help lists them`, 2);
if (args.includes("--help") || args.includes("-h")) {
  console.log(HELP);
  process.exit(0);
}

// An old file mask must not make the audit file readable for others.
process.umask(0o077);

let app;
try {
  app = await createApp(readConfig(process.env));
} catch (error) {
  fail(error.message, 1);
}
const { server, config } = app;

server.on("error", (error) => fail(`can't listen on ${config.host}:${config.port}: ${error.message}`, 1));
server.listen(config.port, config.host, () => {
  const { port } = server.address();
  app.listening(port);
  if (args.includes("--ready-json")) console.log(JSON.stringify({ url: config.origin, port, pid: process.pid }));
  else console.log(`enrollkit's example back end: ${config.origin} (Ctrl-C stops it)`);
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  // Keep-alive connections that do nothing would hold the server for as long as the browser likes.
  const cut = () => {
    console.error("requests that were under way were cut off");
    server.closeAllConnections();
  };
  setTimeout(cut, GRACE_MS).unref();
  await new Promise((done) => {
    server.close(done);
    server.closeIdleConnections();
  });
  await app.close();
  process.exit(0);
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
if (args.includes("--stop-with-stdin")) process.stdin.on("end", stop).on("error", stop).resume();

function fail(text, status) {
  console.error(`server.js: ${text}`);
  process.exit(status);
}
