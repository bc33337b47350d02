// The official package confirms what we sign, and we confirm what it signs.

import assert from "node:assert/strict";
import { test } from "node:test";

import { signature, SmileId, Verifier } from "enrollkit";
import official from "smile-identity-core";

/** Ids with zeros in front; keys as they are issued, longer than a block of SHA-256, and not of ASCII. */
const ACCOUNTS = [
  ["085", "not-a-real-key"],
  ["001", "a1b2c3d4-e5f6-4711-8899-aabbccddeeff"],
  ["2", "k".repeat(200)],
  ["00000000000000000000000000000001", "schlüssel-鍵-🗝"],
];
const TIMES = ["1970-01-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z", "2026-11-22T10:00:00.000Z", "9999-12-31T23:59:59.999Z"];

for (const [partnerId, apiKey] of ACCOUNTS) {
  const theirs = new official.Signature(partnerId, apiKey);
  const smile = new SmileId({ partnerId, environment: "sandbox", operator: "ops@bank.example", apiKey });
  const verifier = new Verifier({ partnerId, keys: ["another-key", apiKey] });

  test(`they confirm ours: partner ${partnerId}`, () => {
    for (const time of TIMES) {
      const pair = smile.sign(time);
      assert.equal(pair.timestamp, time);
      const body = JSON.parse(smile.deactivate("user-42", time).body);
      const { headers } = smile.raw({ host: "api", method: "GET", path: "/v2/jobs", auth: "headers" }, new Date(time));
      for (const [at, mac] of [
        [pair.timestamp, pair.signature],
        [body.timestamp, body.signature],
        [headers["smileid-timestamp"], headers["smileid-request-signature"]],
        [time, signature(apiKey, time, partnerId)],
      ]) {
        assert.ok(theirs.confirm_signature(at, mac));
        assert.ok(!theirs.confirm_signature("2026-11-22T10:00:00.001Z", mac));
      }
    }
  });

  test(`we confirm theirs: partner ${partnerId}`, () => {
    for (const time of TIMES) {
      const { signature: mac } = theirs.generate_signature(time);
      assert.equal(signature(apiKey, time, partnerId), mac);
      const headers = { "Response-Timestamp": time, "Response-Signature": mac, "Job-ID": "job-1" };
      assert.equal(verifier.webhook(headers, "{}", time).jobId, "job-1");
      assert.equal(verifier.callback(JSON.stringify({ timestamp: time, signature: mac }), time).ageSeconds, 0);
      const stranger = new Verifier({ partnerId, keys: ["another-key"] });
      assert.equal(stranger.webhookRefusal(headers, "{}", time), "mismatch");
    }
  });
}
