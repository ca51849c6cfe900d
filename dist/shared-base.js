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

// src/base/nearest.ts
var LONGEST_COMPARED = 64;
function nearest(word, candidates) {
  if (word.length > LONGEST_COMPARED) return void 0;
  const wanted = word.toLowerCase();
  let best;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}
function suggestion(word, candidates) {
  const close = nearest(word, candidates);
  if (close !== void 0) return `Did you mean '${close}'?`;
  return candidates.length === 0 ? void 0 : `Use one of: ${candidates.join(", ")}.`;
}
function editDistance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min(at(rows, i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(rows, i - 1, j - 1) + cost);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, at(rows, i - 2, j - 2) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return at(rows, from.length, to.length);
}
function at(rows, row, column) {
  return rows[row]?.[column] ?? 0;
}

export {
  MASK,
  Secret,
  Redactor,
  nearest,
  suggestion
};
