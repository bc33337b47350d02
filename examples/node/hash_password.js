#!/usr/bin/env node
// `node hash_password.js EMAIL ROLE < file-with-password`: an entry for the accounts file.

import { readFileSync } from "node:fs";

import { hashPassword } from "./src/accounts.js";

const [email, role] = process.argv.slice(2);
if (role === undefined) {
  console.error("usage: node hash_password.js EMAIL ROLE < file-with-password");
  process.exit(2);
}
const password = readFileSync(0, "utf8").replace(/\r?\n$/, "");
console.log(JSON.stringify({ email, role, ...(await hashPassword(password)) }));
