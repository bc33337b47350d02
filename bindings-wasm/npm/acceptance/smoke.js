// What every row checks with the package as its tool gives it. In words that every kind of module and engine knows.

function smoke(enrollkit) {
  equal(enrollkit.signature("apiKey", "2026-11-22T10:00:00.000Z", "085"), "gbW8x1SneSt13etDamsAReGuDERlTURhUWK2GM/s2DA=");
  relays(enrollkit);
}

// Of `enrollkit/page`, which can't sign.
function smokeOfPage(enrollkit) {
  equal(enrollkit.signature, undefined);
  equal(enrollkit.SmileId, undefined);
  relays(enrollkit);
}

function relays(enrollkit) {
  const { ApiError, EnrollkitError, InvalidInput, SmileIdRelay } = enrollkit;

  const relay = new SmileIdRelay("https://back-end.example/api/smile");
  const call = relay.reEnroll("user-42");
  equal(call.method, "POST");
  equal(call.url, "https://back-end.example/api/smile");
  equal(call.body, JSON.stringify({ action: "smile_id.re_enroll", user_id: "user-42" }));

  const refused = thrown(() => relay.reEnroll(""));
  equal(refused instanceof InvalidInput, true);
  equal(refused instanceof EnrollkitError, true);
  equal(refused instanceof ApiError, false);
  equal(refused instanceof Error, true);
  equal(refused.violations[0].path, "user_id");

  // Bytes go in, plain values come out. (Jest's jsdom has no TextEncoder.)
  const text = '{"error":{"code":"api_error","kind":"forbidden","operation":"smile_id.re_enroll","status":403}}';
  const said = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const forbidden = thrown(() => call.read(403, said, { "content-type": "application/json" }));
  equal(forbidden instanceof ApiError, true);
  equal(forbidden.kind, "forbidden");
}

function thrown(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function equal(actual, expected) {
  if (actual !== expected) throw new Error(`expected ${String(expected)}, not ${String(actual)}`);
}
