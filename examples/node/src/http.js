// What every route needs of HTTP: bodies with a limit, JSON, refusals.

/** A "no" of this back end itself. Its text is for whoever asked; it holds nothing that they sent. */
export class Refusal extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** The whole body as it came. */
export async function readBody(request, limit) {
  const tooLarge = () => new Refusal(413, `the body is larger than ${limit} bytes`, { Connection: "close" });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
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

export function sendJson(response, status, body, headers = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/json",
    // Answers are about people: no cache keeps them.
    "Cache-Control": "no-store",
    ...headers,
  });
  response.end(text);
}

/** Only our own page may call: a foreign page can make a browser send the cookie, but not write this header. */
export function checkOrigin(request, origin) {
  if (request.headers.origin !== origin) throw new Refusal(403, `this is for the page at ${origin} only`);
}

/** A form of a foreign page can send texts and form data, but not this type without asking first. */
export function checkJson(request) {
  const type = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "Content-Type must be application/json");
}
