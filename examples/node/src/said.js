// What a webhook says it is about. None of it is authenticated: it tells where to look.

/** What is kept until it is looked up must not be as large as a body. */
const LONGEST_ID = 1_024;

/** Job, user, and the result's code when there is one. `idsDiffer`: two places name different jobs or users. */
export function said(verified) {
  const places = [verified.json, verified.json?.partner_params, verified.json?.PartnerParams].filter((place) => place !== null && typeof place === "object" && !Array.isArray(place));
  const texts = (key) => places.filter((place) => Object.hasOwn(place, key)).map((place) => place[key]).filter((text) => typeof text === "string" && text !== "");
  const named = (header, key) => {
    const all = [header, ...texts(key)].filter(Boolean);
    return { id: all[0], differ: new Set(all).size > 1 };
  };
  const [job, user] = [named(verified.jobId, "job_id"), named(verified.userId, "user_id")];
  const idsDiffer = job.differ || user.differ;
  const kept = (id) => (id !== undefined && id.length <= LONGEST_ID ? id : undefined);
  // A code in a body about somebody else says nothing about this job.
  return { jobId: kept(job.id), userId: kept(user.id), resultCode: idsDiffer ? undefined : resultCodeOf(places[0]), idsDiffer };
}

function resultCodeOf(body) {
  const codes = ["result_code", "ResultCode"].filter((key) => Object.hasOwn(Object(body), key)).map((key) => body[key]);
  const texts = codes.map((code) => (Number.isInteger(code) && code >= 0 ? String(code).padStart(4, "0") : code));
  return new Set(texts).size === 1 && typeof texts[0] === "string" && /^\d{4}$/.test(texts[0]) ? texts[0] : undefined;
}
