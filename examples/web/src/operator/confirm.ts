// The dialog before anything is changed: what it means, what is sent, and for a deletion the typed confirmation.

import { type Acknowledged, type Call, isInvalidInput, type SmileIdActions } from "enrollkit/page";

import { byId, setError } from "../dom.js";
import { ACTIONS, callOf, type Change, intentOf } from "./actions.js";

const dialog = byId<HTMLDialogElement>("confirm");
const typedId = byId<HTMLInputElement>("typed-id");
const typedError = byId("typed-error");

/** The call that was agreed to, or `undefined`. */
export function confirm(smile: SmileIdActions, action: Change, userId: string): Promise<Call<Acknowledged> | undefined> {
  const { label, text, dangerous = false } = ACTIONS[action];
  const typed = action === "smile_id.delete_permanently";
  const intent = () => intentOf(action, userId, typedId.value);
  const showIntent = () => {
    byId("intent").textContent = JSON.stringify(intent(), null, 2);
  };

  byId("confirm-heading").textContent = `${label}: ${userId}`;
  byId("confirm-text").textContent = text;
  byId("typed").hidden = !typed;
  byId("send").textContent = label;
  byId("send").className = dangerous ? "danger" : "";
  typedId.value = "";
  setError(typedId, typedError, undefined);
  showIntent();

  return new Promise((resolve) => {
    let agreed: Call<Acknowledged> | undefined;
    const listeners = new AbortController();
    const { signal } = listeners;
    typedId.addEventListener(
      "input",
      () => {
        setError(typedId, typedError, undefined);
        showIntent();
      },
      { signal },
    );
    dialog.querySelector("form")!.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        try {
          // enrollkit itself refuses a deletion that is not confirmed: nothing here has to be as careful.
          agreed = callOf(smile, intent());
          dialog.close();
        } catch (error) {
          if (!isInvalidInput(error)) throw error;
          setError(typedId, typedError, "This is not the user id.");
          typedId.focus();
        }
      },
      { signal },
    );
    byId("cancel").addEventListener("click", () => dialog.close(), { signal });
    // Also after the Escape key.
    dialog.addEventListener(
      "close",
      () => {
        listeners.abort();
        resolve(agreed);
      },
      { signal },
    );
    dialog.showModal();
    (typed ? typedId : byId(dangerous ? "cancel" : "send")).focus();
  });
}
