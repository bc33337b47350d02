// What a look-up found: flags, what can be done, jobs.

import type { Action, EnrolledUser, EnrolleeInfo, HistoryEntry } from "enrollkit/page";

import { h } from "../dom.js";
import { ACTIONS, type Change } from "./actions.js";

type Tone = "good" | "bad" | "unsure" | "";

function flagsOf(user: EnrolledUser): [string, Tone][] {
  const flags: [string, Tone][] = [];
  const add = (flag: boolean | undefined, yes: [string, Tone], no?: [string, Tone]) => {
    if (flag === true) flags.push(yes);
    if (flag === false && no !== undefined) flags.push(no);
  };
  add(user.deleted, ["Deleted", "bad"]);
  if (user.deleted !== true) add(user.inactive, ["Deactivated", "unsure"], ["Active", "good"]);
  add(user.isFraudulent, ["Flagged as fraudulent", "bad"], ["No fraud flag", ""]);
  add(user.complete, ["Enrollment complete", ""], ["Enrollment not complete", ""]);
  add(user.allowNewEnroll, ["May enroll once more", "good"]);
  add(user.pending, ["Result pending", "unsure"]);
  add(user.provisional, ["Result provisional", "unsure"]);
  return flags;
}

export function showUser(element: HTMLElement, userId: string, info: EnrolleeInfo, may: readonly Action[], onAction: (action: Change) => void): void {
  const { enrolledUser, history } = info;
  element.replaceChildren(
    h("h2", { id: "user-heading", class: "user-id" }, userId),
    enrolledUser === undefined ? h("p", {}, "The answer says nothing about this user's state.") : h("ul", { class: "flags", "aria-label": "State" }, ...flagsOf(enrolledUser).map(([text, tone]) => h("li", { class: tone }, text))),
    ...actionsOf(enrolledUser ?? {}, may, onAction),
    h("h3", { id: "jobs-heading" }, "Jobs"),
    history.length === 0 ? h("p", { class: "hint" }, "This user has no jobs.") : jobs(history),
  );
  element.hidden = false;
}

function actionsOf(user: EnrolledUser, may: readonly Action[], onAction: (action: Change) => void): HTMLElement[] {
  if (user.deleted === true) return [h("p", { class: "hint" }, "Deleted for ever: nothing can be done under this id any more.")];
  const offered = (Object.keys(ACTIONS) as Change[]).filter((action) => may.includes(action) && ACTIONS[action].fits(user));
  const buttons = offered.map((action) => {
    const { label, dangerous } = ACTIONS[action];
    const button = h("button", { type: "button", class: dangerous === true ? "danger" : "quiet", "data-action": action }, `${label}…`);
    button.addEventListener("click", () => onAction(action));
    return button;
  });
  return [h("h3", {}, "Actions"), h("div", { class: "row actions" }, ...buttons)];
}

function jobs(history: readonly HistoryEntry[]): HTMLElement {
  const head = ["When", "Result", "Job"].map((text) => h("th", { scope: "col" }, text));
  return h(
    "table",
    { "aria-labelledby": "jobs-heading" },
    h("thead", {}, h("tr", {}, ...head)),
    h("tbody", {}, ...history.map((entry) => h("tr", {}, h("td", {}, when(entry.createdAt)), h("td", {}, resultOf(entry)), h("td", { class: "id" }, entry.jobId ?? entry.partnerParams.jobId ?? "–")))),
  );
}

function resultOf({ resultCode, resultMessage }: HistoryEntry): string {
  return [resultMessage, resultCode === undefined ? undefined : `(${resultCode})`].filter(Boolean).join(" ") || "–";
}

function when(text: string | undefined): HTMLElement | string {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  if (text === undefined || Number.isNaN(time)) return text ?? "–";
  return h("time", { datetime: text }, new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }).format(time));
}
