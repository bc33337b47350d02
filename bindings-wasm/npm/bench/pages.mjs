// The same sign-up form's code three times: how a user is checked while one types, and how they are sent. For `felt.mjs` and `sizes.mjs`.

const NAMES = {
  text: "uimsId representationId fullName groupId groupName refApprovalGroupId workflowName firstName middleName lastName mothersName contactNumber userPrincipalName country userStatus userKCLID createdBy lastModifiedBy",
  long: "id organisationId",
  status: "status enrollmentStatus",
  flag: "canIssueIdentity isNewLdapUser isFederated isEnrollmentInProgress expressMobileEnrollment expressEnrollment idvEnrollment",
  group: "userAppearance userAttribute userAddress userIDProofDocuments",
};
const STATUSES = '["PENDING ENROLLMENT", "ENROLLMENT IN PROGRESS", "PENDING APPROVAL", "READY FOR ISSUANCE"]';

const withZod = (entry, { filled, orNothing, email }) => `
  import * as z from "${entry}";
  const group = z.looseObject({});
  const named = (names, kind) => Object.fromEntries(names.split(" ").map((name) => [name, kind]));
  const schema = z.strictObject({
    name: ${filled}, organisationName: ${filled}, email: ${orNothing(email)},
    ...named("${NAMES.text}", ${orNothing("z.string()")}),
    ...named("${NAMES.long}", ${orNothing("z.union([z.bigint(), z.int()])")}),
    ...named("${NAMES.status}", ${orNothing(`z.enum(${STATUSES})`)}),
    ...named("${NAMES.flag}", ${orNothing("z.boolean()")}),
    ...named("${NAMES.group}", group),
    userBiometrics: z.union([z.array(group), group]), userEnrollmentHistoryList: z.array(group),
  });
  const messageOf = (user) => schema.safeParse(user).error?.issues[0].message ?? "";
  globalThis.sent = (user) => fetch("/api/unifyia", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(user) });
`;

/** Each has `messageOf`. */
export const PAGES = {
  "zod and fetch": withZod("zod", { filled: "z.string().min(1)", orNothing: (kind) => `${kind}.nullish()`, email: "z.email()" }),
  "zod/mini and fetch": withZod("zod/mini", { filled: "z.string().check(z.minLength(1))", orNothing: (kind) => `z.nullish(${kind})`, email: "z.email()" }),
  "enrollkit/page": `
    import { checkUser, send, UnifyiaRelay } from "../dist/page.js";
    const relay = new UnifyiaRelay("/api/unifyia");
    const messageOf = (user) => checkUser(user, { selfService: true }).find(({ path }) => path === "email")?.message ?? "";
    globalThis.sent = (user) => send(relay.signUp(user));
  `,
};
