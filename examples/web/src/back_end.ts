// Calls of our own back end: it has the session, the key and the policy.

import type { Action, Fetch } from "enrollkit/page";

export interface Session {
  readonly email: string;
  readonly role: string;
  /** What the policy lets this role do, so that nothing else is offered. The back end decides again. */
  readonly may: readonly Action[];
}

/** What the back end said "no" to. */
export class Refused extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function ask(method: "GET" | "POST", path: string, body?: object): Promise<Record<string, unknown>> {
  const reply = await fetch(path, {
    method,
    ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const json = (await reply.json().catch(() => ({}))) as Record<string, unknown>;
  if (!reply.ok) throw new Refused(reply.status, typeof json["message"] === "string" ? json["message"] : "The back end refused.");
  return json;
}

export async function session(): Promise<Session | null> {
  return (await ask("GET", "/api/session"))["session"] as Session | null;
}

export async function logIn(email: string, password: string): Promise<Session> {
  return (await ask("POST", "/api/login", { email, password }))["session"] as Session;
}

export async function logOut(): Promise<void> {
  await ask("POST", "/api/logout", {});
}

export async function organization(): Promise<string> {
  return (await ask("GET", "/api/organization"))["organization"] as string;
}

/** `fetch` for relayed calls: a 401 of the back end itself means that the session is over. The services' own come as 502. */
export function withSession(onEnd: () => void): Fetch {
  return async (url, init) => {
    const reply = await fetch(url, init);
    if (reply.status === 401) onEnd();
    return reply;
  };
}
