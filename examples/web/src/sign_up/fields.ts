// The form's fields: labels and hints. What is right and wrong in them, enrollkit knows.

import type { SignUpUser } from "enrollkit/page";

export type FieldName = "name" | "firstName" | "lastName" | "email" | "contactNumber" | "country";

export interface Field {
  readonly name: FieldName;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: true;
  readonly attributes: { readonly [name: string]: string };
}

export const FIELDS: readonly Field[] = [
  { name: "name", label: "User name", hint: "You will log in with it.", attributes: { autocomplete: "username", autocapitalize: "none", spellcheck: "false" } },
  { name: "firstName", label: "First name", optional: true, attributes: { autocomplete: "given-name" } },
  { name: "lastName", label: "Last name", optional: true, attributes: { autocomplete: "family-name" } },
  { name: "email", label: "E-mail address", optional: true, hint: "Such as name@home.example.", attributes: { type: "email", autocomplete: "email" } },
  { name: "contactNumber", label: "Phone number", optional: true, attributes: { type: "tel", autocomplete: "tel" } },
  { name: "country", label: "Country", optional: true, attributes: { autocomplete: "country-name" } },
];

/** The user object of what was typed. An empty optional field is left out. */
export function userOf(typed: ReadonlyMap<FieldName, string>, organization: string): SignUpUser {
  const texts = Object.fromEntries([...typed].filter(([, text]) => text !== ""));
  return {
    name: "",
    ...texts,
    organisationName: organization,
    // This organization's workflow asks for none of these. They must be there all the same.
    userAppearance: {},
    userAttribute: {},
    userAddress: {},
    userBiometrics: [],
    userIDProofDocuments: {},
    userEnrollmentHistoryList: [],
  };
}
