// Text coders for an engine that has none, or not whole ones: an older Hermes, an app's polyfill. What the standard says of UTF-8, for
// whole texts.

const REPLACEMENT = 0xfffd;

/** So many arguments any engine takes. */
const CHUNK = 0x1000;

export class Utf8Decoder {
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;

  constructor(_label = "utf-8", { fatal = false, ignoreBOM = false }: TextDecoderOptions = {}) {
    this.#fatal = fatal;
    this.#ignoreBOM = ignoreBOM;
  }

  decode(bytes: Uint8Array = new Uint8Array()): string {
    // No byte becomes more than one unit.
    const units = new Uint16Array(bytes.length);
    const written = this.#unitsOf(bytes, units);
    const from = !this.#ignoreBOM && units[0] === 0xfeff ? 1 : 0;
    let text = "";
    for (let at = from; at < written; at += CHUNK) {
      text += String.fromCharCode.apply(null, units.subarray(at, Math.min(at + CHUNK, written)) as unknown as number[]);
    }
    return text;
  }

  #unitsOf(bytes: Uint8Array, units: Uint16Array): number {
    let written = 0;
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++]!;
      if (first < 0x80) {
        units[written++] = first;
        continue;
      }
      const more = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      // What would be too long a form, a surrogate, or beyond Unicode.
      let lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      let highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      let point = first & (0x3f >> more);
      let left = more;
      for (; left > 0 && at < bytes.length && bytes[at]! >= lowest && bytes[at]! <= highest; left--) {
        point = (point << 6) | (bytes[at++]! & 0x3f);
        [lowest, highest] = [0x80, 0xbf];
      }
      if (more === 0 || left > 0) {
        if (this.#fatal) throw new TypeError("not valid UTF-8");
        point = REPLACEMENT;
      }
      if (point > 0xffff) {
        units[written++] = 0xd7c0 + (point >> 10);
        point = 0xdc00 | (point & 0x3ff);
      }
      units[written++] = point;
    }
    return written;
  }
}

export class Utf8Encoder {
  encode(text = ""): Uint8Array {
    // No unit becomes more than three bytes.
    const bytes = new Uint8Array(text.length * 3);
    return bytes.slice(0, this.encodeInto(text, bytes).written);
  }

  encodeInto(text: string, bytes: Uint8Array): { read: number; written: number } {
    let [read, written] = [0, 0];
    while (read < text.length) {
      const unit = text.charCodeAt(read);
      if (unit < 0x80) {
        if (written === bytes.length) break;
        bytes[written++] = unit;
        read += 1;
        continue;
      }
      const whole = text.codePointAt(read)!;
      const point = whole >= 0xd800 && whole <= 0xdfff ? REPLACEMENT : whole;
      const length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (written + length > bytes.length) break;
      read += whole > 0xffff ? 2 : 1;
      bytes[written++] = ((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1)));
      for (let shift = 6 * (length - 2); shift >= 0; shift -= 6) bytes[written++] = 0x80 | ((point >> shift) & 0x3f);
    }
    return { read, written };
  }
}
