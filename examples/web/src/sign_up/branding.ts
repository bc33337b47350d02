// The organization's branding: its logo, and where its policy is.

import { type Branding, isEnrollkitError, send, type UnifyiaActions } from "enrollkit/page";

import { byId, h } from "../dom.js";

export async function showBranding(unifyia: UnifyiaActions, organization: string): Promise<void> {
  const place = byId("branding");
  place.replaceChildren(h("p", { class: "organization" }, organization));
  let branding: Branding;
  try {
    branding = await send(unifyia.branding(organization));
  } catch (error) {
    // One can sign up without it.
    if (isEnrollkitError(error)) return;
    throw error;
  }
  const logo = imageOf(branding.logo);
  if (logo !== undefined) place.prepend(h("img", { src: logo, alt: "", class: "logo" }));
  const link = linkOf(branding.policyStatement);
  if (link !== undefined) {
    const policy = byId("policy");
    policy.replaceChildren("How your data is used: ", h("a", { href: link, rel: "noreferrer", target: "_blank" }, `${organization}'s policy (new tab)`));
    policy.hidden = false;
  }
}

/** What base64 of the known image formats begins with. Anything else is not shown. */
const FORMATS: readonly [string, string][] = [
  ["iVBORw0KGgo", "image/png"],
  ["/9j/", "image/jpeg"],
  ["R0lGOD", "image/gif"],
  ["UklGR", "image/webp"],
];

function imageOf(base64: string | undefined): string | undefined {
  if (base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const format = FORMATS.find(([beginning]) => base64.startsWith(beginning));
  return format === undefined ? undefined : `data:${format[1]};base64,${base64}`;
}

/** A text of the service's becomes a link only if it is one to a page: `javascript:` is a URL, too. */
function linkOf(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === "https:" ? url.href : undefined;
}
