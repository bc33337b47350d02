// A page's entry: every vector that is a page's, and the same answers as a server's relay.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test } from "node:test";

import * as page from "enrollkit/page";

import { parseExact, show } from "./support/exact.mjs";
import { filesOf } from "./support/files.mjs";
import { runPage } from "./support/page_vectors.mjs";
import { bodyOf, shown } from "./support/vectors.mjs";

const require = createRequire(import.meta.url);
// Another file, and so an instance of its own: as an ES module it would be one with the page's.
const server = require("enrollkit");

describe("every page's vector", () => {
  for (const [name, build] of [["an ES module", page], ["CommonJS", require("enrollkit/page")]]) {
    test(name, (t) => {
      const { counts, failures } = runPage(build, filesOf("vectors"));
      t.diagnostic(show(counts));
      assert.deepEqual(failures, []);
      assert.ok(["call", "check", "intent", "json", "no_response", "read", "value"].every((kind) => counts[kind] > 0));
    });
  }
});

test("whatever answer comes, a page reads it as a server's relay does: outcome or error, raw body, limit", () => {
  const USER = { name: "n", organisationName: "o", userAppearance: {}, userAttribute: {}, userAddress: {}, userBiometrics: [], userIDProofDocuments: {}, userEnrollmentHistoryList: [] };
  const intents = {
    ...Object.fromEntries(["re_enroll", "deactivate", "reactivate", "flag_fraud", "clear_fraud", "enrollee_info"].map((name) => [`smile_id.${name}`, { user_id: "u" }])),
    "smile_id.delete_permanently": { user_id: "u", confirm: "u" },
    "unifyia.sign_up": { user: USER },
    "unifyia.branding": { organization: "o" },
  };
  const seen = (build, { operation, status, headers, limit }, body) => {
    const Relay = operation.startsWith("smile_id.") ? build.SmileIdRelay : build.UnifyiaRelay;
    const call = new Relay("/relay").call({ action: operation, ...intents[operation] });
    try {
      const outcome = call.read(status, body, headers, limit);
      return show([shown(build, { outcome }), build.outcomeText(outcome)]);
    } catch (error) {
      return show(shown(build, { error }));
    }
  };
  let count = 0;
  for (const { text } of filesOf("vectors")) {
    for (const { input, expect } of parseExact(text).cases) {
      if (intents[input.operation] === undefined || input.status === undefined) continue;
      const [status, operation] = [Number(input.status.text), input.operation];
      const answers = [bodyOf(input), expect.body, JSON.stringify({ outcome: JSON.parse(show(expect.outcome ?? null)) }), JSON.stringify({ error: JSON.parse(show(expect.error ?? null)) })];
      for (const body of answers.filter((each) => each !== undefined)) {
        for (const limit of [undefined, 40]) {
          const asked = { operation, status, headers: input.headers, limit };
          assert.equal(seen(page, asked, body), seen(server, asked, body));
          count += 1;
        }
      }
    }
  }
  assert.ok(count > 500, String(count));
});
