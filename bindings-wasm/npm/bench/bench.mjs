// What enrollkit costs beside its peers, as ratios of one run: `cargo xtask bench js`.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

import { SmileId, Unifyia, checkUser } from "../dist/index.js";
import { z } from "zod";

import { inChromium } from "./chromium.mjs";
import { printFelt } from "./felt.mjs";
import { printSizes } from "./sizes.mjs";

const { Signature } = createRequire(import.meta.url)("smile-identity-core");
const KEY = "0123456789abcdef0123456789abcdef";

/** Nanoseconds of one call: the fastest of many rounds, the rounds of all taking turns. */
function measure(works, rounds = 60, calls = 2000) {
  const best = Object.fromEntries(Object.keys(works).map((name) => [name, Infinity]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const start = process.hrtime.bigint();
      for (let call = 0; call < calls; call += 1) work();
      best[name] = Math.min(best[name], Number(process.hrtime.bigint() - start) / calls);
    }
  }
  return best;
}

function table(title, best, unit) {
  console.log(`\n${title}`);
  for (const [name, nanoseconds] of Object.entries(best)) {
    const ratio = best[unit] / nanoseconds;
    console.log(`  ${name.padEnd(58)} ${nanoseconds.toFixed(0).padStart(8)} ns  ${ratio.toFixed(2).padStart(7)} times as fast as the peer`);
  }
}

const smile = new SmileId({ partnerId: "085", environment: "sandbox", operator: "ops@bank.example", apiKey: KEY });
const official = new Signature("085", KEY);
table(
  "A signature, Node",
  measure({
    "smile-identity-core generate_signature": () => official.generate_signature(),
    "enrollkit sign": () => smile.sign(),
    "enrollkit reEnroll (the whole call)": () => smile.reEnroll("user-42"),
  }),
  "smile-identity-core generate_signature",
);

const group = z.looseObject({});
const text = z.string().nullish();
const long = z.union([z.bigint().min(-(2n ** 63n)).max(2n ** 63n - 1n), z.number().int().safe()]).nullish();
const flag = z.boolean().nullish();
const status = z.enum(["PENDING ENROLLMENT", "ENROLLMENT IN PROGRESS", "PENDING APPROVAL", "READY FOR ISSUANCE"]).nullish();
const needed = z.string().refine((value) => value.trim() !== "");
const named = (names, kind) => Object.fromEntries(names.split(" ").map((name) => [name, kind]));
const schema = z.strictObject({
  name: needed,
  organisationName: needed,
  ...named("uimsId representationId fullName groupId groupName refApprovalGroupId workflowName firstName middleName lastName mothersName contactNumber userPrincipalName country userStatus userKCLID createdBy lastModifiedBy", text),
  email: z.email().nullish(),
  ...named("id organisationId", long),
  ...named("status enrollmentStatus", status),
  lastModifiedDate: z.iso.datetime().nullish(),
  ...named("canIssueIdentity isNewLdapUser isFederated isEnrollmentInProgress expressMobileEnrollment expressEnrollment idvEnrollment", flag),
  ...named("userAppearance userAttribute userAddress userIDProofDocuments", group),
  userBiometrics: z.union([z.array(group), group]),
  userEnrollmentHistoryList: z.array(group),
  ...named("workflow enrollmentStepsStatus wfDeviceProfiles userPIV userDrivingLicense userEmployeeID userPersonalizedID userStudentID userHealthID userNationalID userVoterID userPermanentResidentID userHealthService wfMobileIDStepDetails userEnrollmentHistory", group.nullish()),
});
const user = {
  name: "jdoe", organisationName: "Acme Bank", firstName: "Jane", lastName: "Doe", email: "jane.doe@bank.example",
  contactNumber: "+49 30 1234567", country: "Germany", status: "PENDING ENROLLMENT", canIssueIdentity: true,
  userAppearance: { height: 171, eyes: "BROWN" }, userAttribute: { dateOfBirth: "1990-02-03", nationality: "DE" },
  userAddress: { street: "Hauptstrasse 1", city: "Berlin", zip: "10115" },
  userBiometrics: [{ type: "FACE", format: "JPEG", data: "x".repeat(2000) }],
  userIDProofDocuments: { passport: { number: "C01X00T47" } }, userEnrollmentHistoryList: [],
};
const unifyia = new Unifyia({ baseUrl: "https://id.bank.example" });
table(
  "A sign-up user, checked and serialised, Node",
  measure({
    "zod 4 + JSON.stringify": () => JSON.stringify(schema.parse(user)),
    "enrollkit signUp (checked, the whole call)": () => unifyia.signUp(user).body,
    "enrollkit checkUser (checked only)": () => checkUser(user),
  }, 40, 500),
  "zod 4 + JSON.stringify",
);

const browser = await inChromium(KEY);
if (browser !== undefined) table("A signature, Chromium", browser, "WebCrypto HMAC");

await printFelt();
await printSizes();

const load = (code) => {
  const times = [];
  for (let run = 0; run < 9; run += 1) times.push(Number(execFileSync(process.execPath, ["--input-type=module", "-e", `const s=performance.now();${code};console.log(performance.now()-s)`], { cwd: new URL(".", import.meta.url) })));
  return Math.min(...times);
};
console.log("\nImport time, Node");
console.log(`  enrollkit            ${load('await import("../dist/index.js")').toFixed(1)} ms`);
console.log(`  smile-identity-core  ${load('await import("smile-identity-core")').toFixed(1)} ms`);
