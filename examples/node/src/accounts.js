// Who may log in. A real back end has a user directory, single sign-on and a second factor here.

import { randomBytes, scrypt as scryptWithCallback, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const scrypt = promisify(scryptWithCallback);

/** One of OWASP's settings for scrypt: 64 MB and some tenths of a second for each try. */
const COST = { N: 2 ** 16, r: 8, p: 2, maxmem: 128 * 2 ** 20 };
const LENGTH = 32;

export async function hashPassword(password, salt = randomBytes(16)) {
  const hash = await scrypt(password.normalize("NFC"), salt, LENGTH, COST);
  return { salt: salt.toString("base64"), hash: hash.toString("base64") };
}

/** The accounts of a file, by address. */
export function loadAccounts(file) {
  const accounts = new Map();
  for (const { email, role, salt, hash } of JSON.parse(readFileSync(file, "utf8")).accounts) {
    if (![email, role, salt, hash].every((text) => typeof text === "string" && text !== "")) throw new Error(`${file}: an account lacks email, role, salt or hash`);
    accounts.set(email.toLowerCase(), { email, role, salt, hash });
  }
  return accounts;
}

/** Compared with when there is no such account, so that the time does not tell which addresses there are. */
const NOBODY = { salt: randomBytes(16).toString("base64"), hash: randomBytes(LENGTH).toString("base64") };

/** The account of address and password, or `undefined`. */
export async function findAccount(accounts, email, password) {
  const account = accounts.get(email.toLowerCase());
  const { salt, hash } = account ?? NOBODY;
  const tried = await hashPassword(password, Buffer.from(salt, "base64"));
  const same = timingSafeEqual(Buffer.from(tried.hash, "base64"), Buffer.from(hash, "base64"));
  return same ? account : undefined;
}
