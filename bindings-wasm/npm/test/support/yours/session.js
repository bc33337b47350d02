// What a reader has already: who is logged in, by the cookie.

/** @type {Record<string, { role: string, email: string }>} */
const SESSIONS = {
  "session=operator": { role: "operator", email: "ops@bank.example" },
  "session=guest": { role: "guest", email: "guest@bank.example" },
};

/**
 * @param {string | null | undefined} cookie
 * @returns {Promise<{ role: string, email: string } | undefined>}
 */
export async function findSession(cookie) {
  return SESSIONS[cookie ?? ""];
}
