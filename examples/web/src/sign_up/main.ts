// The page of a person who signs up.

import { isApiError, isEnrollkitError, isInvalidInput, send, type SignUpUser, UnifyiaRelay, type Violation } from "enrollkit/page";

import { organization as askOrganization } from "../back_end.js";
import { byId, h, type Report, showReport } from "../dom.js";
import { showBranding } from "./branding.js";
import { userOf } from "./fields.js";
import { Form } from "./form.js";
import { explain } from "./words.js";

// No token here: each call brings its intent to our own back end, which has its own opinion of all that is checked below.
const unifyia = new UnifyiaRelay("/api/unifyia");

const [heading, summary, form, status, submit] = [byId("heading"), byId("summary"), byId<HTMLFormElement>("form"), byId("status"), byId<HTMLButtonElement>("submit")];

async function start(): Promise<void> {
  let organization: string;
  try {
    organization = await askOrganization();
  } catch {
    showReport(status, { tone: "bad", title: "The form can't be shown at the moment. Please try again later." });
    return;
  }
  // As the back end checks it: by the rules of a self-service form, and for this organization.
  const check = (user: SignUpUser) => unifyia.check(user, { selfService: true, organization });
  const fields = new Form(byId("fields"), (typed) => check(userOf(typed, organization)));
  heading.textContent = `Sign up at ${organization}`;
  document.title = `Sign up at ${organization} · enrollkit example`;
  form.hidden = false;
  void showBranding(unifyia, organization);

  submit.addEventListener("pointerdown", () => fields.hold());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // Not `disabled`, which would take the focus away.
    if (submit.getAttribute("aria-disabled") === "true") return;
    hideSummary();
    const user = userOf(fields.typed, organization);
    const violations = check(user);
    if (violations.length > 0) return complain(violations);
    fields.show([]);
    submit.setAttribute("aria-disabled", "true");
    showReport(status, { tone: "busy", title: "Signing you up…" });
    try {
      const { acknowledgement } = await send(unifyia.signUp(user, organization));
      finish(acknowledgement === "stated");
    } catch (error) {
      if (!isEnrollkitError(error)) throw error;
      if (isInvalidInput(error)) complain(error.violations);
      else if (isApiError(error) && error.kind === "conflict") complain([{ path: "name", code: "other", message: "is taken: please choose another" }]);
      else {
        const { tone, title, details = [] } = explain(error, organization);
        showSummary(details.map((text) => ({ text, input: undefined })), title, tone);
      }
    } finally {
      submit.removeAttribute("aria-disabled");
      showReport(status, undefined);
    }
  });

  function complain(violations: readonly Violation[]): void {
    const problems = fields.show(violations);
    showSummary(problems, problems.length === 1 ? "There is a problem" : `There are ${problems.length} problems`);
  }

  function finish(stated: boolean): void {
    form.hidden = true;
    heading.textContent = stated ? "You are signed up" : "Please ask whether you are signed up";
    const next = stated ? `${organization} will tell you what comes next.` : `Something answered, but not in the words of ${organization}'s service. Please ask there before you sign up again.`;
    form.replaceWith(h("p", { class: `report ${stated ? "good" : "unsure"}` }, next));
    heading.focus();
  }
}

function showSummary(problems: readonly { text: string; input: HTMLInputElement | undefined }[], title: string, tone: Report["tone"] = "bad"): void {
  summary.className = `report ${tone}`;
  const items = problems.map(({ text, input }) => {
    if (input === undefined) return h("li", {}, text);
    const link = h("a", { href: `#${input.id}` }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
    return h("li", {}, link);
  });
  summary.replaceChildren(h("h2", { id: "summary-heading" }, title), h("ul", {}, ...items));
  summary.hidden = false;
  summary.focus();
}

function hideSummary(): void {
  summary.hidden = true;
  summary.replaceChildren();
}

await start();
