// A browser's part: it keeps the cookie, and names its page's origin.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export class Client {
  cookie;

  constructor(backEnd) {
    this.backEnd = backEnd;
  }

  async request(method, path, { body, headers = {}, origin = this.backEnd.url } = {}) {
    const reply = await fetch(`${this.backEnd.url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...(method === "POST" && origin !== null && { Origin: origin }),
        ...(this.cookie !== undefined && { Cookie: this.cookie }),
        ...headers,
      },
      body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
    });
    const setCookie = reply.headers.get("set-cookie");
    if (setCookie !== null) this.cookie = setCookie.split(";")[0];
    const text = await reply.text();
    let json;
    try {
      json = JSON.parse(text);
    } catch {
      // A page, say.
    }
    return { status: reply.status, headers: reply.headers, setCookie, text, json };
  }

  post(path, body, options = {}) {
    return this.request("POST", path, { body, ...options });
  }

  logIn(role) {
    return this.post("/api/login", { email: `${role}@bank.example`, password: `demo-${role}` });
  }

  smile(action, userId, more = {}) {
    return this.post("/api/smile", { action: `smile_id.${action}`, user_id: userId, ...more });
  }
}

/** The lines of the audit file. */
export function audit(backEnd) {
  const text = readFileSync(join(backEnd.dataDir, "audit.jsonl"), "utf8");
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}
