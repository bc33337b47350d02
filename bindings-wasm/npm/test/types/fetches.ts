// The types of what people give `send`.

import crossFetch from "cross-fetch";
import nodeFetch3 from "node-fetch-3";
import * as undici from "undici";

import { send, SmileIdRelay } from "enrollkit";

const call = new SmileIdRelay("https://bank.example/api/smile").deactivate("user-42");

export const sent = [
  send(call, fetch),
  send(call, crossFetch),
  send(call, nodeFetch3),
  send(call, undici.fetch),
  send(call, undici.request),
  send(call, (url, init) => undici.fetch(url, { ...init, dispatcher: new undici.ProxyAgent("http://proxy.example") })),
  send(call, (url, init) => fetch(url, { ...init, credentials: "include" })),
  send(call, async (url, init) => new Response(`${url}${init.method}`)),
];
