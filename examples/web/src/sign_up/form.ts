// The form: fields with their messages beside them, checked while one types.

import type { Violation } from "enrollkit/page";

import { h, setError } from "../dom.js";
import { type Field, type FieldName, FIELDS } from "./fields.js";

/** Nobody wants to read that an address is wrong while typing its first half. */
const PAUSE_MS = 600;

interface Control {
  readonly field: Field;
  readonly input: HTMLInputElement;
  readonly message: HTMLElement;
}

export class Form {
  readonly #controls = FIELDS.map(control);
  readonly #check: (typed: ReadonlyMap<FieldName, string>) => readonly Violation[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(place: HTMLElement, check: (typed: ReadonlyMap<FieldName, string>) => readonly Violation[]) {
    this.#check = check;
    place.replaceChildren(...this.#controls.map(block));
    for (const control of this.#controls) this.#checkWhileTyping(control);
  }

  get typed(): ReadonlyMap<FieldName, string> {
    return new Map(this.#controls.map(({ field, input }) => [field.name, input.value]));
  }

  /** Shows all violations beside their fields; gives what the summary says of them, field by field. */
  show(violations: readonly Violation[]): { readonly text: string; readonly input: HTMLInputElement | undefined }[] {
    clearTimeout(this.#timer);
    for (const { field, input, message } of this.#controls) setError(input, message, messageOf(field, violations));
    return violations.map((violation) => {
      const control = this.#controls.find(({ field }) => isOf(field, violation));
      return { text: control === undefined ? sentence(violation.path, violation) : sentence(control.field.label, violation), input: control?.input };
    });
  }

  #checkWhileTyping(control: Control): void {
    const { field, input, message } = control;
    const check = () => setError(input, message, messageOf(field, this.#check(this.typed)));
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      // What is mended is told at once; what is wrong, when one has stopped.
      if (messageOf(field, this.#check(this.typed)) === undefined) setError(input, message, undefined);
      else if (input.getAttribute("aria-invalid") === "true") check();
      else this.#timer = setTimeout(check, PAUSE_MS);
    });
  }

  /** A message that appears moves the button: not while it is being pressed. */
  hold(): void {
    clearTimeout(this.#timer);
  }
}

function control(field: Field): Control {
  const { name, attributes, hint, optional } = field;
  const message = h("p", { id: `${name}-error`, class: "error", "aria-live": "polite" });
  const describedBy = hint === undefined ? `${name}-error` : `${name}-hint ${name}-error`;
  const input = h("input", { id: name, name, type: "text", "aria-describedby": describedBy, "aria-required": optional ? undefined : "true", ...attributes });
  return { field, input, message };
}

function block({ field: { name, label, hint, optional }, input, message }: Control): HTMLElement {
  return h(
    "div",
    { class: "field" },
    h("label", { for: name }, label, optional ? h("span", { class: "optional" }, " (optional)") : undefined),
    hint === undefined ? undefined : h("span", { id: `${name}-hint`, class: "hint" }, hint),
    input,
    message,
  );
}

const isOf = ({ name }: Field, { path }: Violation) => path === name || path === `user/${name}`;

/** enrollkit's messages are fit for a form; a code is there for whoever has better words, or another language. */
const sentence = (label: string, { code, message }: Violation) => `${label} ${code === "bad_email" ? "must look like name@home.example" : message}.`;

function messageOf(field: Field, violations: readonly Violation[]): string | undefined {
  const own = violations.filter((violation) => isOf(field, violation));
  return own.length === 0 ? undefined : own.map((violation) => sentence(field.label, violation)).join(" ");
}
