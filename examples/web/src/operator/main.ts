// The operators' page: log-in, look-up, actions.

import { isInvalidInput, SmileIdRelay } from "enrollkit/page";

import { logIn, logOut, Refused, type Session, session, withSession } from "../back_end.js";
import { byId, type Report, setError, showReport } from "../dom.js";
import type { Change } from "./actions.js";
import { carryOut, lookUp, type LookUp } from "./carry_out.js";
import { confirm } from "./confirm.js";
import { showUser } from "./user_view.js";
import { explain } from "./words.js";

// No key here: each call brings its intent to our own back end.
const smile = new SmileIdRelay("/api/smile");
const relayed = withSession(() => showLogIn("Your session has ended. Log in again."));

const [logInForm, desk, who, report, user] = [byId<HTMLFormElement>("log-in"), byId("desk"), byId("who"), byId("report"), byId("user")];
const [email, password, userId] = [byId<HTMLInputElement>("email"), byId<HTMLInputElement>("password"), byId<HTMLInputElement>("user-id")];

let current: Session | null = null;

function showLogIn(message = ""): void {
  current = null;
  user.replaceChildren();
  [logInForm.hidden, desk.hidden, who.hidden, user.hidden] = [false, true, true, true];
  byId("log-in-error").textContent = message;
  email.focus();
}

function showDesk(now: Session): void {
  current = now;
  byId("who-text").textContent = `${now.email} (${now.role})`;
  [logInForm.hidden, desk.hidden, who.hidden, user.hidden] = [true, false, false, true];
  showReport(report, undefined);
  userId.focus();
}

logInForm.addEventListener("submit", async (event) => {
  event.preventDefault();
  const error = byId("log-in-error");
  error.textContent = "";
  try {
    const now = await logIn(email.value, password.value);
    password.value = "";
    showDesk(now);
  } catch (refused) {
    // Set anew each time, so that it is read out again.
    error.textContent = refused instanceof Refused ? `That did not work: ${refused.message}.` : "The back end can't be reached.";
    (email.value === "" ? email : password).focus();
  }
});

byId("log-out").addEventListener("click", async () => {
  await logOut().catch(() => {});
  userId.value = "";
  showLogIn();
});

byId("look-up").addEventListener("submit", async (event) => {
  event.preventDefault();
  const id = userId.value;
  await busy(async () => {
    setError(userId, byId("user-id-error"), undefined);
    user.hidden = true;
    showReport(report, { tone: "busy", title: `Looking ${id} up…` });
    const found = await lookUp(smile, id, relayed);
    const wrong = "error" in found && isInvalidInput(found.error) ? found.error : undefined;
    showReport(report, wrong === undefined && "error" in found ? explain(found.error) : undefined);
    if (wrong !== undefined) {
      setError(userId, byId("user-id-error"), `The user id ${wrong.violations.map(({ message }) => message).join(", ")}.`);
      userId.focus();
    }
    show(id, found);
  });
});

async function act(id: string, action: Change): Promise<void> {
  const call = await confirm(smile, action, id);
  if (call === undefined) return;
  await busy(async () => {
    const say = (said: Report) => {
      showReport(report, said);
      // The button that was pressed may be gone afterwards; the report is where one goes on.
      report.focus();
    };
    const { report: said, found } = await carryOut(smile, call, id, relayed, say);
    if (found !== undefined) {
      // Where nobody knows the user's state, the old one is not left standing.
      user.hidden = true;
      show(id, found);
    }
    say(said);
  });
}

function show(id: string, found: LookUp): void {
  // The session may have ended meanwhile.
  if (current === null || "error" in found) return;
  showUser(user, id, found.outcome, current.may, (action) => void act(id, action));
}

/** One thing at a time: two answers at once would show the wrong state. */
async function busy(work: () => Promise<void>): Promise<void> {
  if (desk.getAttribute("aria-busy") === "true") return;
  desk.setAttribute("aria-busy", "true");
  user.inert = true;
  try {
    await work();
  } finally {
    desk.removeAttribute("aria-busy");
    user.inert = false;
  }
}

const now = await session().catch(() => null);
if (now === null) showLogIn();
else showDesk(now);
