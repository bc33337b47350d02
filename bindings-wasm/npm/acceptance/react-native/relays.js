// A relay's use, through React Native's own `fetch`: what it does, and what it can't.

import { ApiError, NoResponse, send, SmileIdRelay, Unreadable } from "enrollkit";
import { fetch } from "whatwg-fetch";

import { equal, rejection } from "./check.js";
import { network } from "./device.js";

const URL = "https://back-end.example/api/smile";
const smile = new SmileIdRelay(URL);
const DONE = '{"outcome":{"operation":"smile_id.deactivate","status":200,"acknowledgement":"stated","message":"Done"}}';

const answering = (answer) => {
  network.sent = [];
  network.answer = typeof answer === "function" ? answer : () => answer;
};

export async function relays() {
  answering({ status: 200, text: DONE, headers: { "content-type": "application/json" } });
  equal((await send(smile.deactivate("user-42"), fetch)).message, "Done");
  const [{ method, url, headers, body }] = network.sent;
  equal([method, url, headers["content-type"], body], ["POST", URL, "application/json", '{"action":"smile_id.deactivate","user_id":"user-42"}']);

  equal((await send(smile.deactivate("user-42"), fetch, { maxBytes: Infinity })).message, "Done");

  answering({ status: 401, text: '{"error":{"code":"api_error","kind":"unauthorized","operation":"smile_id.deactivate","status":401}}' });
  equal((await rejection(ApiError, send(smile.deactivate("user-42"), fetch))).kind, "unauthorized");

  // A redirect is followed, whatever was asked for: what comes is a log-in page, and no relay's answer.
  answering((request) => (request.url === URL ? { status: 302, text: "", headers: { location: "https://back-end.example/login" } } : { status: 200, text: "<html></html>" }));
  const followed = await rejection(Unreadable, send(smile.deactivate("user-42"), fetch));
  equal([followed.reason, followed.outcomeUnknown, network.sent.length], ["not_relay", true, 2]);

  // There is no stream: the limit is looked at when all is there.
  answering({ status: 200, text: DONE });
  equal((await rejection(Unreadable, send(smile.deactivate("user-42"), fetch, { maxBytes: 10 }))).reason, "too_large");

  answering(undefined);
  const lost = await rejection(NoResponse, send(smile.deactivate("user-42"), fetch));
  equal([lost.cause.message, lost.notSent, lost.outcomeUnknown], ["Network request failed", false, true]);

  answering("never");
  equal((await rejection(NoResponse, send(smile.deactivate("user-42"), fetch, { timeoutMs: 20 }))).cause.name, "TimeoutError");
}
