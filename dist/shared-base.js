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
    this.#values.add(JSON.stringify(value).slice(1, -1));
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
var LONGEST_COMPARED = 128;
var MOST_OFFERED = 3;
var MOST_LISTED = 20;
function nearest(word, candidates) {
  return nearestFew(word, candidates)[0];
}
function nearestFew(word, candidates) {
  if (word.length > LONGEST_COMPARED) return [];
  const wanted = word.toLowerCase();
  const found = [];
  let most = tolerated(word);
  for (const candidate of new Set(candidates)) {
    const distance = editDistance(wanted, candidate.toLowerCase(), most);
    if (distance > most) continue;
    found.push({ candidate, distance });
    most = Math.min(most, distance + 1);
  }
  return found.filter(({ distance }) => distance <= most).sort((a, b) => a.distance - b.distance).slice(0, MOST_OFFERED).map(({ candidate }) => candidate);
}
function suggestion(word, candidates) {
  const close = nearestFew(word, candidates);
  if (close.length > 0) return `Did you mean ${close.map((candidate) => `'${candidate}'`).join(" or ")}?`;
  const all = [...new Set(candidates)];
  if (all.length === 0) return void 0;
  const more = all.length > MOST_LISTED ? ` and ${all.length - MOST_LISTED} more` : "";
  return `Use one of: ${all.slice(0, MOST_LISTED).join(", ")}${more}.`;
}
function tolerated(word) {
  return Math.max(1, Math.floor((word.length - word.lastIndexOf("/") - 1) / 3));
}
function editDistance(from, to, most) {
  if (Math.abs(from.length - to.length) > most) return most + 1;
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
    if (Math.min(...row, ...rows[i - 1] ?? []) > most) return most + 1;
    rows.push(row);
  }
  return at(rows, from.length, to.length);
}
function at(rows, row, column) {
  return rows[row]?.[column] ?? 0;
}

// src/base/printable.ts
var LONGEST_NAME = 120;
var LONGEST_PROSE = 1e3;
function printable(text, { longest = LONGEST_NAME } = {}) {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "�");
}
function oneLine(text, { longest = LONGEST_PROSE } = {}) {
  const flat = text.slice(0, longest * 4).replace(/\s+/g, " ").trim().replace(/(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "�");
  const chars = Array.from(flat);
  return chars.length <= longest ? flat : `${chars.slice(0, longest - 1).join("")}…`;
}

export {
  MASK,
  Secret,
  Redactor,
  nearest,
  nearestFew,
  suggestion,
  printable,
  oneLine
};
