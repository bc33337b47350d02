// A file that lines are added to, each on the disk before the write is reported done.

import { mkdir, open, readFile } from "node:fs/promises";
import { dirname } from "node:path";

export class AppendFile {
  #file;
  #path;
  #last = Promise.resolve();

  /** Opens the file, for its owner only. */
  static async open(path) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const out = new AppendFile();
    out.#path = path;
    out.#file = await open(path, "a+", 0o600);
    const { size } = await out.#file.stat();
    // A machine that stopped while writing left half a line: it is ended here, and reads as nothing.
    if (size > 0 && (await out.#byteAt(size - 1)) !== "\n") await out.#file.appendFile("\n");
    return out;
  }

  /** What the lines hold, but for those that were never finished. */
  async values() {
    return (await readFile(this.#path, "utf8")).split("\n").flatMap(parsed);
  }

  /** Adds a line, in the order of the calls. */
  add(value) {
    const line = `${JSON.stringify(value)}\n`;
    const written = this.#last.then(async () => {
      await this.#file.appendFile(line);
      await this.#file.datasync();
    });
    this.#last = written.catch(() => {});
    return written;
  }

  async #byteAt(position) {
    const { buffer } = await this.#file.read(Buffer.alloc(1), 0, 1, position);
    return buffer.toString("latin1");
  }

  async close() {
    await this.#last;
    await this.#file.close();
  }
}

function parsed(line) {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
