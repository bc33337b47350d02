// What every route needs of HTTP: bodies with a limit, JSON, refusals.

/** A "no" of this back end itself. Its text is for whoever asked; it holds nothing that they sent. */
export class Refusal extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** A "no" in the middle of a body, of which no more is read. */
export class TooLarge extends Refusal {
  constructor(limit) {
    super(413, `the body is larger than ${limit} bytes`);
  }
}

/** The whole body as it came. */
export async function readBody(request, limit) {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw new TooLarge(limit);
  const chunks = [];
  let length = 0;
  // The connection stays: there is an answer to be sent, also in the middle of a body that is too large.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) throw new TooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body of a JSON object with these text fields. */
export async function readFields(request, names) {
  let value;
  try {
    value = JSON.parse((await readBody(request, 4_096)).toString("utf8"));
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  const fields = names.map((name) => (Object.hasOwn(Object(value), name) ? value[name] : undefined));
  if (fields.some((field) => typeof field !== "string")) throw new Refusal(400, `expected a JSON object with the texts ${names.join(", ")}`);
  return fields;
}

/** Answers are about people: no cache keeps them. */
const JSON_HEADERS = { "Content-Type": "application/json", "Cache-Control": "no-store" };

export function sendJson(response, status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { ...JSON_HEADERS, ...headers });
  response.end(text);
}

/** How long a client that was answered early may go on sending. */
const LINGER_MS = 2_000;

/**
 * The same in the middle of a request. What is still being sent is thrown away for a moment before the connection is closed: of
 * one that is closed at once, many a client loses the answer, too.
 */
export function sendEarlyJson(request, response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...JSON_HEADERS, "Content-Length": Buffer.byteLength(text), Connection: "close" });
  response.write(text);
  const timer = setTimeout(() => response.end(), LINGER_MS);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  request.on("end", end).on("close", end).resume();
}
