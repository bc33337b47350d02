// What React Native brings to a bare engine, as far as it is used here.

const scope = globalThis;

// Hermes by itself ends every timer at once, whatever its time: here the earliest ends next, and only when nothing else is to be
// done. What promises wait for is in the same queue.
if (scope.print !== undefined) {
  const later = scope.setTimeout;
  const timers = new Map();
  let [now, count, turns] = [0, 0, 0];
  const next = () => {
    const [id, timer] = [...timers].sort(([, one], [, other]) => one.at - other.at)[0] ?? [];
    if (timer === undefined) return;
    if (timer.at > now && turns++ < 1000) return void later(next, 0);
    [now, turns] = [timer.at, 0];
    timers.delete(id);
    timer.work();
  };
  scope.setTimeout = (work, milliseconds = 0) => {
    timers.set(++count, { at: now + milliseconds, work });
    later(next, 0);
    return count;
  };
  scope.clearTimeout = (id) => timers.delete(id);
}

class Signal {
  aborted = false;
  reason = undefined;
  #listeners = new Set();
  addEventListener(_, listener) {
    this.#listeners.add(listener);
  }
  removeEventListener(_, listener) {
    this.#listeners.delete(listener);
  }
  abort(reason) {
    if (this.aborted) return;
    Object.assign(this, { aborted: true, reason });
    for (const listener of [...this.#listeners]) listener({ type: "abort" });
  }
}

scope.AbortController = class {
  signal = new Signal();
  abort(reason = new Error("aborted")) {
    this.signal.abort(reason);
  }
};

scope.Blob = class {
  constructor(parts = [""]) {
    this.bytes = typeof parts[0] === "string" ? Uint8Array.from(parts[0], (letter) => letter.charCodeAt(0)) : new Uint8Array(parts[0]);
    this.size = this.bytes.length;
  }
};

scope.FileReader = class {
  readAsArrayBuffer(blob) {
    setTimeout(() => {
      this.result = blob.bytes.slice().buffer;
      this.onload();
    }, 0);
  }
};

/** What is sent, and what answers: a function of the request. */
export const network = { sent: [], answer: () => undefined };

/** Like the platforms' own: redirects are followed, and a body is there when all of it is. */
scope.XMLHttpRequest = class {
  readyState = 0;
  status = 0;
  response = undefined;
  responseType = "";
  #request = { headers: {} };
  open(method, url) {
    Object.assign(this.#request, { method, url });
  }
  setRequestHeader(name, value) {
    this.#request.headers[name.toLowerCase()] = value;
  }
  getAllResponseHeaders() {
    return Object.entries(this.headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }
  abort() {
    this.#end("onabort");
  }
  send(body) {
    let request = { ...this.#request, body };
    network.sent.push(request);
    let answer = network.answer(request);
    for (; answer?.headers?.location !== undefined; answer = network.answer(request)) {
      request = { method: "GET", url: answer.headers.location, headers: request.headers };
      network.sent.push(request);
    }
    if (answer === "never") return;
    setTimeout(() => {
      if (answer === undefined) return this.#end("onerror");
      const { status, text, headers = {} } = answer;
      Object.assign(this, { status, headers, responseURL: request.url, response: new Blob([text]) });
      this.#end("onload");
    }, 0);
  }
  #end(event) {
    if (this.readyState === 4) return;
    this.readyState = 4;
    this.onreadystatechange?.();
    this[event]();
  }
};

// What only the vectors' runner asks for.
scope.atob ??= (text) => {
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let [bits, held, out] = [0, 0, ""];
  for (const letter of text.replace(/=+$/, "")) {
    bits = (bits << 6) | LETTERS.indexOf(letter);
    held += 6;
    if (held >= 8) out += String.fromCharCode((bits >> (held -= 8)) & 0xff);
  }
  return out;
};
scope.TextDecoder ??= class {
  decode(bytes) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""));
  }
};
