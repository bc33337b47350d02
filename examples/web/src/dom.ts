// The few things that this page needs of a framework. Texts become text nodes, never markup.

type Attributes = { readonly [name: string]: string | boolean | undefined };
type Child = Node | string | undefined;

/** A new element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of an id, which the page has. */
export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element as T;
}

/** Shows or clears the message of a field. */
export function setError(input: HTMLElement, message: HTMLElement, text: string | undefined): void {
  if (message.textContent !== (text ?? "")) message.textContent = text ?? "";
  if (text === undefined) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
}

/** A report: what happened in a line, and what else there is to know. */
export interface Report {
  readonly tone: "good" | "bad" | "unsure" | "busy";
  readonly title: string;
  readonly details?: readonly string[];
}

export function showReport(element: HTMLElement, report: Report | undefined): void {
  element.className = `report ${report?.tone ?? ""}`;
  const details = report?.details ?? [];
  element.replaceChildren(
    ...(report === undefined ? [] : [h("p", { class: "report-title" }, report.title)]),
    ...(details.length === 0 ? [] : [h("ul", {}, ...details.map((text) => h("li", {}, text)))]),
  );
}
