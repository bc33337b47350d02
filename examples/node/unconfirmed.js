#!/usr/bin/env node
// Webhooks that no look-up confirms: for a person to look at.

import { rm } from "node:fs/promises";
import { join } from "node:path";

import { dataDir } from "./src/config.js";
import { readFolder } from "./src/hash_folder.js";

const HELP = `Usage: node unconfirmed.js [--done HASH]

Lists the webhooks that wait for a look-up or that none confirmed, oldest first, one line of JSON for each:
  {"delivery":"…","received":"…","job_id":"…","user_id":"…","reason":"…"}

  waiting        it is looked up again, with growing pauses (LOOK_UPS_FOR_SECONDS)
  not_shown      the look-up never showed the job, or no result of it
  other_result   the look-up shows the job with another result than the message says; what it shows was acted on
  names_nobody   the message names no job or no user, so nothing could be looked up
  interrupted    the process ended while it acted on the result: see whether it was done

--done HASH takes one off the list when you have dealt with it (a beginning of the hash, as in the log, will do).
DATA_DIR is the server's. The server may run meanwhile.`;

const args = process.argv.slice(2);
if (args.includes("--help") || args.includes("-h")) console.log(HELP);
else if (args.length === 0) await list();
else if (args.length === 2 && args[0] === "--done") await done(args[1]);
else fail("--help says how it is used", 2);

async function list() {
  const all = [...(await read("pending")).map(([hash, claim]) => [hash, { ...claim, reason: "waiting" }]), ...(await read("unconfirmed"))];
  all.sort(([, one], [, other]) => (one.receivedAt ?? 0) - (other.receivedAt ?? 0));
  for (const [delivery, { receivedAt, jobId, userId, reason }] of all) {
    const received = receivedAt === undefined ? null : new Date(receivedAt).toISOString();
    console.log(JSON.stringify({ delivery, received, job_id: jobId ?? null, user_id: userId ?? null, reason }));
  }
}

async function done(beginning) {
  const found = (await read("unconfirmed")).filter(([hash]) => hash.startsWith(beginning));
  if (found.length !== 1) fail(`${found.length === 0 ? "nothing" : "more than one"} on the list begins so`, 1);
  await rm(join(dataDir(process.env), "unconfirmed", `${found[0][0]}.json`));
}

async function read(folder) {
  try {
    return await readFolder(join(dataDir(process.env), folder));
  } catch (error) {
    if (error.code !== "ENOENT") fail(`can't read ${folder} in the server's folder (${error.code})`, 1);
    return [];
  }
}

function fail(text, status) {
  console.error(`unconfirmed.js: ${text}`);
  process.exit(status);
}
