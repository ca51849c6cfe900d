import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);

// src/base/secret.ts
import { inspect } from "node:util";
var MASK = "***";
var Secret = class {
  #value;
  constructor(value) {
    this.#value = value;
  }
  /** The value itself. Call it where the value is handed to a protocol, never to build a message. */
  reveal() {
    return this.#value;
  }
  toString() {
    return MASK;
  }
  toJSON() {
    return MASK;
  }
  [inspect.custom]() {
    return MASK;
  }
};
var Redactor = class {
  #values = /* @__PURE__ */ new Set();
  /** Remembers `secret`. Values under 4 characters are not remembered: hiding them would hide ordinary text. */
  add(secret) {
    const value = (typeof secret === "string" ? secret : secret.reveal()).trim();
    if (value.length < 4) return;
    this.#values.add(value);
    const base64 = Buffer.from(value).toString("base64");
    this.#values.add(base64);
    this.#values.add(base64.replaceAll("=", ""));
    this.#values.add(Buffer.from(value).toString("base64url"));
    this.#values.add(encodeURIComponent(value.toWellFormed()));
    for (const line of value.split(/\r?\n/)) if (line.trim().length >= 8) this.#values.add(line.trim());
  }
  /** `text` with every remembered value replaced by `***`; longer values first, so that none is left in part. */
  redact(text) {
    let result = text;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length)) {
      if (result.includes(value)) result = result.split(value).join(MASK);
    }
    return result;
  }
};

export {
  MASK,
  Secret,
  Redactor
};
