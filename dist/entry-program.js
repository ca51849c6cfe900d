import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  DEFAULT_CONFIG,
  USER_AGENT,
  isPolicyCommand,
  systemClock
} from "./shared-config.js";
import {
  assertNever,
  backoffMs,
  compileGlob,
  deepEqual,
  exec,
  expandContexts,
  fieldOf,
  groupOf,
  isList,
  isObject,
  mapConcurrent,
  require_dist,
  retryAfterMs,
  without
} from "./shared-yaml.js";
import {
  MASK,
  Redactor,
  Secret,
  nearest,
  nearestFew,
  oneLine,
  printable,
  suggestion
} from "./shared-base.js";
import {
  TowpathError,
  messageOf,
  toProblem
} from "./shared-base-2.js";
import {
  __callDispose,
  __toESM,
  __using
} from "./shared-runtime.js";

// src/entry/program.ts
import path5 from "node:path";

// src/core/images/flux-v2/mark-triage.ts
function triageMark(use, mark, rule) {
  const { follows } = mark;
  if ("fault" in follows) return { kind: "still", action: "failed", reason: follows.fault, problems: [] };
  if (follows.suspended !== void 0) {
    return { kind: "still", action: "skipped", reason: `${follows.suspended} is suspended`, problems: [] };
  }
  if (!mark.digestMarked || follows.digests !== "Never" || rule?.pin === true) {
    return { kind: "follow", policy: follows, problems: [] };
  }
  const problems = [notReflected(use, mark)];
  const empty = use.fields.some(({ role, span }) => role === "digest" && span.source === "");
  if (empty) return { kind: "follow", policy: follows, problems };
  return {
    kind: "still",
    action: "skipped",
    reason: "its policy tells no digest for the one that is marked",
    problems
  };
}
function notReflected({ subject, container }, { policyName, position }) {
  return {
    severity: "warning",
    code: "IMAGE_DIGEST_NOT_REFLECTED",
    message: `${subject} ${container}: a digest is marked, but ImagePolicy ${policyName} tells none`,
    position,
    subject,
    hint: "Set digestReflectionPolicy: IfNotPresent in the policy, or take the marker away."
  };
}

// src/core/images/holds/hold-text.ts
var LONGEST_REASON = 200;
var SHORT = { longest: LONGEST_REASON };
var UNTIL = /^until (\d{4}-\d\d-\d\d)(?=$|[\s:;,])[\s:;,]*/;
function parseHold(text2) {
  const words = text2.trim();
  if (words === "" || words === "false") return void 0;
  const match = UNTIL.exec(words);
  const until = match?.[1];
  if (match === null || until === void 0 || !isDay(until))
    return { until: void 0, reason: oneLine(words, SHORT) };
  return { until, reason: oneLine(words.slice(match[0].length), SHORT) };
}
function holdOf({ container, policies }, nowMs) {
  const hold2 = parseHold(policies.holds.get(container)?.value ?? "");
  return hold2 === void 0 || isOver(hold2, nowMs) ? void 0 : hold2;
}
function renderHold({ until, message, user }) {
  const why = oneLine(message ?? "", SHORT);
  const who = oneLine(user ?? "", SHORT);
  const reason2 = why === "" ? who === "" ? "by hand" : `asked by ${who}` : who === "" ? why : `${why} (${who})`;
  return until === void 0 ? reason2 : `until ${until} ${reason2}`;
}
function isOver({ until }, nowMs) {
  return until !== void 0 && new Date(nowMs).toISOString().slice(0, 10) > until;
}
function holdSentence({ until, reason: reason2 }) {
  const words = until === void 0 ? "on hold" : `on hold until ${until}`;
  return reason2 === "" ? words : `${words}: ${reason2}`;
}
function isDay(text2) {
  const ms = Date.parse(`${text2}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text2) && !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text2);
}
function canBeHeld(container) {
  return container.length <= LONGEST_CONTAINER && /^[A-Za-z0-9._-]*[A-Za-z0-9]$/.test(container);
}
var LONGEST_CONTAINER = 63 - "hold.".length;

// src/core/images/reference.ts
var DOCKER_HUB = "docker.io";
var MAX_NAME = 255;
var MAX_REFERENCE = 1024;
var DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
var SEGMENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
var TAG = /^\w[\w.-]{0,127}$/;
var DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,128}$/;
function parseReference(text2) {
  if (text2 === "") return { error: "image reference is empty" };
  if (text2.length > MAX_REFERENCE) return { error: `image reference is longer than ${MAX_REFERENCE} characters` };
  const at2 = text2.indexOf("@");
  const beforeDigest = at2 === -1 ? text2 : text2.slice(0, at2);
  const digest = at2 === -1 ? void 0 : text2.slice(at2 + 1);
  const colon = beforeDigest.indexOf(":", beforeDigest.lastIndexOf("/") + 1);
  const name = colon === -1 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon === -1 ? void 0 : beforeDigest.slice(colon + 1);
  const repository = parseName(name);
  if ("error" in repository) return repository;
  if (tag !== void 0 && !TAG.test(tag)) return { error: `${printable(tag)} is not a valid tag` };
  if (digest !== void 0 && !DIGEST.test(digest)) return { error: `${printable(digest)} is not a valid digest` };
  return { name, ...repository, tag, digest };
}
function repositoryOf(name) {
  const repository = parseName(name);
  if ("error" in repository) {
    throw new TowpathError("IMAGE_REFERENCE_INVALID", repository.error, {
      subject: printable(name)
    });
  }
  return repository;
}
function isTag(text2) {
  return TAG.test(text2);
}
function isDigest(text2) {
  return DIGEST.test(text2);
}
function parseName(name) {
  if (name.length > MAX_NAME) return { error: `image name is longer than ${MAX_NAME} characters` };
  const slash = name.indexOf("/");
  const first = slash === -1 ? "" : name.slice(0, slash);
  const named = isRegistry(first);
  if (named && !DOMAIN.test(first)) return { error: `${printable(first)} is not a valid registry name` };
  const registry = named ? canonicalRegistry(first) : DOCKER_HUB;
  const path6 = named ? name.slice(slash + 1) : name;
  for (const segment of path6.split("/")) {
    if (!SEGMENT.test(segment)) return { error: `${printable(name)} is not a valid image name${reasonFor(segment)}` };
  }
  return { registry, path: registry === DOCKER_HUB && !path6.includes("/") ? `library/${path6}` : path6 };
}
function isRegistry(first) {
  return first === "localhost" || /[.:[]/.test(first) || first !== first.toLowerCase();
}
function canonicalRegistry(host) {
  const registry = host.toLowerCase();
  return registry === "index.docker.io" || registry === "registry-1.docker.io" ? DOCKER_HUB : registry;
}
function reasonFor(segment) {
  if (segment === "") return ": a part between slashes is empty";
  return /[A-Z]/.test(segment) ? ": it must be lower-case" : "";
}

// src/core/images/versions/operand.ts
var OPERAND = /^v?(?<major>[\dxX*|]+)(?:\.(?<minor>[\dxX*|]+))?(?:\.(?<patch>[\dxX*|]+))?(?<pre>-[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?/;
function skipSpaces(text2, at2) {
  let end = at2;
  while (end < text2.length && isSpace(text2[end])) end += 1;
  return end;
}
function isSpace(char) {
  return char === " " || char === "	" || char === "\n" || char === "\r" || char === "\f";
}
function operandAt(text2, at2) {
  const match = OPERAND.exec(text2.slice(at2));
  const groups = match?.groups;
  if (match === null || groups === void 0) return void 0;
  const { major = "", minor, patch: patch2, pre = "" } = groups;
  return { text: match[0], major, minor, patch: patch2, pre };
}
function isWildcard(part) {
  return part === void 0 || part === "x" || part === "X" || part === "*";
}

// src/core/images/versions/constraint-tokens.ts
var OPERATORS = [
  ["!=", "!="],
  [">=", ">="],
  ["=>", ">="],
  ["<=", "<="],
  ["=<", "<="],
  ["~>", "~"],
  ["=", "="],
  [">", ">"],
  ["<", "<"],
  ["~", "~"],
  ["^", "^"]
];
function separatedTerms(group) {
  const terms = [];
  let at2 = skipSpaces(group, 0);
  for (; ; ) {
    const found = termAt(group, at2);
    if (found === void 0) return void 0;
    terms.push(found);
    const next = skipSpaces(group, found.end);
    if (next === group.length) return terms;
    if (group[next] === ",") at2 = skipSpaces(group, next + 1);
    else if (next > found.end) at2 = next;
    else return void 0;
  }
}
function adjacentTerms(group) {
  if (!canBeCut(group)) return void 0;
  const terms = [];
  let at2 = 0;
  while (at2 < group.length) {
    const found = termAt(group, skipSpaces(group, at2));
    if (found !== void 0) terms.push(found);
    at2 = found?.end ?? at2 + 1;
  }
  return terms;
}
function termAt(text2, at2) {
  const [sign, operator] = operatorAt(text2, at2);
  const start = skipSpaces(text2, at2 + sign.length);
  const operand = operandAt(text2, start);
  return operand === void 0 ? void 0 : { operator, operand, end: start + operand.text.length };
}
function operatorAt(text2, at2) {
  return OPERATORS.find(([sign]) => text2.startsWith(sign, at2)) ?? ["", "="];
}
function canBeCut(group) {
  const reachable = /* @__PURE__ */ new Set([0]);
  for (let at2 = 0; at2 < group.length; at2 += 1) {
    if (!reachable.has(at2)) continue;
    for (const end of termEnds(group, at2)) reachable.add(end);
  }
  return group.length > 0 && reachable.has(group.length);
}
function termEnds(group, at2) {
  const longest = termAt(group, skipSpaces(group, at2));
  if (longest === void 0) return [];
  const ends = [];
  const start = longest.end - longest.operand.text.length;
  for (let length = longest.operand.text.length; length > 0; length -= 1) {
    const text2 = longest.operand.text.slice(0, length);
    if (operandAt(text2, 0)?.text.length === length) ends.push(...endsBehind(group, start + length));
  }
  return ends;
}
function endsBehind(group, at2) {
  const ends = [at2];
  let next = at2;
  while (isSpace(group[next])) {
    next += 1;
    ends.push(next);
  }
  if (group[next] === ",") ends.push(next + 1);
  return ends;
}

// src/core/images/versions/hyphen-range.ts
function rewriteHyphenRanges(text2, closing) {
  let rewritten = "";
  let copied = 0;
  let at2 = 0;
  while (at2 < text2.length) {
    const range = hyphenRangeAt(text2, at2);
    if (range === void 0) {
      at2 += 1;
      continue;
    }
    rewritten += `${text2.slice(copied, at2)}>= ${range.low}, <= ${range.high}${closing}`;
    copied = range.end;
    at2 = range.end;
  }
  return rewritten + text2.slice(copied);
}
function hyphenRangeAt(text2, at2) {
  const low = operandAt(text2, skipSpaces(text2, at2));
  if (low === void 0) return void 0;
  const lowEnd = skipSpaces(text2, at2) + low.text.length;
  const hyphen = skipSpaces(text2, lowEnd);
  if (hyphen === lowEnd || text2[hyphen] !== "-" || !isSpace(text2[hyphen + 1])) return void 0;
  const highStart = skipSpaces(text2, hyphen + 1);
  const high = operandAt(text2, highStart);
  if (high === void 0) return void 0;
  return { low: low.text, high: high.text, end: skipSpaces(text2, highStart + high.text.length) };
}

// src/core/images/versions/digits.ts
function canonicalDigits(digits) {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === "0") start += 1;
  return digits.slice(start);
}
function compareDigits(a, b) {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/core/images/versions/semver.ts
var LARGEST_PART = "18446744073709551615";
var LONGEST_VERSION = 256;
var VERSION = /^v?(?<major>\d+)(?:\.(?<minor>\d+))?(?:\.(?<patch>\d+))?(?:-(?<pre>[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;
var NUMERIC = /^\d+$/;
function parseVersion(text2) {
  if (text2.length > LONGEST_VERSION) return void 0;
  const groups = VERSION.exec(text2)?.groups;
  if (groups === void 0) return void 0;
  const { major, minor, patch: patch2, pre } = groups;
  const identifiers = pre?.split(".") ?? [];
  const numbers = [major, minor, patch2].map((digits) => canonicalDigits(digits ?? "0"));
  if (numbers.some(isTooLarge) || !identifiers.every(isIdentifier)) return void 0;
  const [x = "0", y = "0", z = "0"] = numbers;
  return { major: x, minor: y, patch: z, pre: identifiers };
}
function compareVersions(a, b) {
  return compareDigits(a.major, b.major) || compareDigits(a.minor, b.minor) || compareDigits(a.patch, b.patch) || comparePreReleases(a.pre, b.pre);
}
function comparePreReleases(a, b) {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const order2 = compareIdentifiers(a[index] ?? "", b[index] ?? "");
    if (order2 !== 0) return order2;
  }
  return a.length - b.length;
}
function isTooLarge(digits) {
  return compareDigits(digits, LARGEST_PART) > 0;
}
function isIdentifier(text2) {
  return !(text2.length > 1 && text2.startsWith("0") && NUMERIC.test(text2));
}
function compareIdentifiers(a, b) {
  const aNumeric = NUMERIC.test(a);
  const bNumeric = NUMERIC.test(b);
  if (aNumeric && bNumeric) return compareDigits(a, b);
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/core/images/versions/parse-constraint.ts
var LONGEST_RANGE = 512;
function parseConstraint(range) {
  if (range.length > LONGEST_RANGE) {
    return {
      ok: false,
      message: `the version range has ${range.length} characters, at most ${LONGEST_RANGE} are read`,
      hint: "Write a shorter range"
    };
  }
  const groups = parseGroups(rewriteHyphenRanges(range, " "), (group) => separatedTerms(group)?.map(modernTerm));
  if (groups !== void 0) return { ok: true, constraint: { groups, dialect: "v3.4" }, warning: void 0 };
  const old = parseGroups(rewriteHyphenRanges(range, ""), (group) => adjacentTerms(group)?.map(oldTerm));
  if (old === void 0) return { ok: false, message: "the version range cannot be read", hint: hintFor(range) };
  return {
    ok: true,
    constraint: { groups: old, dialect: "v3.1.1" },
    warning: "the version range lacks separators and is read as Flux v1 did; put a comma or a space between its parts"
  };
}
function parseGroups(range, parse) {
  const groups = [];
  for (const text2 of range.split("||")) {
    const terms = parse(text2);
    if (terms === void 0 || terms.includes(void 0)) return void 0;
    groups.push(terms.filter((term2) => term2 !== void 0));
  }
  return groups;
}
function modernTerm(token) {
  return term(token, token.operand.pre);
}
function oldTerm(token) {
  return term(token, isWildcard(token.operand.major) ? "" : token.operand.pre);
}
function term({ operator, operand }, pre) {
  const wildcard = wildcardOf(operand);
  const version = parseVersion(filledIn(operand, { wildcard, pre }));
  return version === void 0 ? void 0 : { operator, version, wildcard };
}
function wildcardOf(operand) {
  if (isWildcard(operand.major)) return "major";
  if (isWildcard(operand.minor)) return "minor";
  return isWildcard(operand.patch) ? "patch" : void 0;
}
function filledIn(operand, { wildcard, pre }) {
  if (wildcard === void 0) return operand.text;
  const major = wildcard === "major" ? "0" : operand.major;
  const minor = wildcard === "patch" ? operand.minor : "0";
  return `${major}.${minor}.0${pre}`;
}
function hintFor(range) {
  const text2 = range.trim();
  if (text2 === "") return "Write '*' to allow every version";
  if (/\.(?:$|[\s,|])/.test(text2)) return "Remove the trailing dot: '~1' or '~1.x' in place of '~1.'";
  if (text2.includes("==")) return "Write '=' in place of '=='";
  if (/\d+\.\d+\.\d+\.\d/.test(text2)) return "Use three numbers at most: a version is major.minor.patch";
  if (/\d{20}/.test(text2)) return "Use numbers below 2^64";
  if (/[,|]\s*$|^\s*[,|]/.test(text2)) return "Remove the separator at the end or the beginning";
  return "Write a range such as '>=1.2, <2', '~1.2', '^1.2.3', '1.x' or '>=1.2.0-0'";
}

// node_modules/re2js/build/index.js
var RE2Flags = class RE2Flags2 {
  static FOLD_CASE = 1;
  static LITERAL = 2;
  static CLASS_NL = 4;
  static DOT_NL = 8;
  static ONE_LINE = 16;
  static NON_GREEDY = 32;
  static PERL_X = 64;
  static UNICODE_GROUPS = 128;
  static WAS_DOLLAR = 256;
  static LOOKBEHIND = 512;
  static MATCH_NL = RE2Flags2.CLASS_NL | RE2Flags2.DOT_NL;
  static PERL = RE2Flags2.CLASS_NL | RE2Flags2.ONE_LINE | RE2Flags2.PERL_X | RE2Flags2.UNICODE_GROUPS;
  static POSIX = 0;
  static UNANCHORED = 0;
  static ANCHOR_START = 1;
  static ANCHOR_BOTH = 2;
};
var PublicFlags = {
  CASE_INSENSITIVE: 1,
  DOTALL: 2,
  MULTILINE: 4,
  DISABLE_UNICODE_GROUPS: 8,
  LONGEST_MATCH: 16,
  LOOKBEHINDS: 512
};
var ASCII_SIZE = 128;
var ASCII_TO_UPPER = new Int32Array(ASCII_SIZE);
var ASCII_TO_LOWER = new Int32Array(ASCII_SIZE);
var MAX_BMP = 65535;
for (let i = 0; i < ASCII_SIZE; i++) {
  if (i >= 97 && i <= 122) ASCII_TO_UPPER[i] = i - 32;
  else ASCII_TO_UPPER[i] = i;
  if (i >= 65 && i <= 90) ASCII_TO_LOWER[i] = i + 32;
  else ASCII_TO_LOWER[i] = i;
}
var Codepoint = class {
  static CODES = Object.freeze({
    "\x07": 7,
    "\b": 8,
    "	": 9,
    "\n": 10,
    "\v": 11,
    "\f": 12,
    "\r": 13,
    " ": 32,
    '"': 34,
    $: 36,
    "&": 38,
    "'": 39,
    "(": 40,
    ")": 41,
    "*": 42,
    "+": 43,
    "-": 45,
    ".": 46,
    0: 48,
    1: 49,
    2: 50,
    3: 51,
    4: 52,
    5: 53,
    6: 54,
    7: 55,
    8: 56,
    9: 57,
    ":": 58,
    "<": 60,
    ">": 62,
    "?": 63,
    A: 65,
    B: 66,
    C: 67,
    F: 70,
    P: 80,
    Q: 81,
    U: 85,
    Z: 90,
    "[": 91,
    "\\": 92,
    "]": 93,
    "^": 94,
    _: 95,
    "`": 96,
    a: 97,
    b: 98,
    f: 102,
    i: 105,
    m: 109,
    n: 110,
    r: 114,
    s: 115,
    t: 116,
    v: 118,
    x: 120,
    z: 122,
    "{": 123,
    "|": 124,
    "}": 125
  });
  static toUpperCase(codepoint) {
    if (codepoint < ASCII_SIZE) return ASCII_TO_UPPER[codepoint];
    const s = String.fromCodePoint(codepoint).toUpperCase();
    const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
    if (s.length > expectedLen) return codepoint;
    const sOrigin = String.fromCodePoint(s.codePointAt(0)).toLowerCase();
    const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
    if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
    return s.codePointAt(0);
  }
  static toLowerCase(codepoint) {
    if (codepoint < ASCII_SIZE) return ASCII_TO_LOWER[codepoint];
    const s = String.fromCodePoint(codepoint).toLowerCase();
    const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
    if (s.length > expectedLen) return codepoint;
    const sOrigin = String.fromCodePoint(s.codePointAt(0)).toUpperCase();
    const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
    if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
    return s.codePointAt(0);
  }
};
var UnicodeRangeTable = class {
  /**
  * @param {Uint32Array | number[]} data
  * @param {boolean} isStride1
  */
  constructor(data, isStride1 = false) {
    this.data = data;
    this.isStride1 = isStride1;
    this.SIZE = isStride1 ? 2 : 3;
  }
  getLo(index) {
    return this.data[index * this.SIZE];
  }
  getHi(index) {
    return this.data[index * this.SIZE + 1];
  }
  getStride(index) {
    return this.isStride1 ? 1 : this.data[index * this.SIZE + 2];
  }
  get length() {
    return this.data.length / this.SIZE;
  }
};
var B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
var B64_MAP = /* @__PURE__ */ new Uint8Array(256);
for (let i = 0; i < 64; i++) B64_MAP[B64.charCodeAt(i)] = i;
var decodeVLQ = (str) => {
  const res = [];
  let value = 0;
  let shift2 = 0;
  for (let i = 0; i < str.length; i++) {
    const digit = B64_MAP[str.charCodeAt(i)];
    value |= (digit & 31) << shift2;
    if ((digit & 32) === 0) {
      res.push(value);
      value = 0;
      shift2 = 0;
    } else shift2 += 5;
  }
  return res;
};
var decodeRanges = (str, isStride1) => {
  const res = decodeVLQ(str);
  const numRanges = isStride1 ? res.length / 2 : res.length / 3;
  const out = new Uint32Array(numRanges * 3);
  let current = 0;
  let resIdx = 0;
  for (let i = 0; i < numRanges; i++) {
    current += res[resIdx++];
    out[i * 3] = current;
    current += res[resIdx++];
    out[i * 3 + 1] = current;
    out[i * 3 + 2] = isStride1 ? 1 : res[resIdx++];
  }
  return out;
};
var decodeOrbit = (str) => {
  const res = decodeVLQ(str);
  const map = /* @__PURE__ */ new Map();
  let currentKey = 0;
  for (let i = 0; i < res.length; i += 2) {
    currentKey += res[i];
    const zz = res[i + 1];
    const delta = zz >>> 1 ^ -(zz & 1);
    map.set(currentKey, currentKey + delta);
  }
  return map;
};
var LazyMap = class {
  constructor(initializer) {
    this.initializer = initializer;
    this.cache = /* @__PURE__ */ new Map();
  }
  has(key) {
    return Object.hasOwn(this.initializer, key);
  }
  get(key) {
    if (this.cache.has(key)) return this.cache.get(key);
    const val = this.has(key) ? this.initializer[key]() : null;
    this.cache.set(key, val);
    return val;
  }
};
var UnicodeTables = class {
  static _CASE_ORBIT = null;
  static get CASE_ORBIT() {
    if (!this._CASE_ORBIT) this._CASE_ORBIT = decodeOrbit("rCgCIgCY+rQI4QiCuuBLgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCCgCBgCBgCBgCBgCBgCBgCB+7OB-BB-BB-BB-BB-BBskQB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BC-BB-BB-BB-BB-BB-BB-BByHBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBxHBCBBBCBBBCBBB3SBmMBkNBCBBBCBBB8MBCBBB6MB6MBCBBC+EB0MB2MBCBBB6MB+MBiGBmNBiNBCBBBmKBikzCBmNBqNBkIBsNBCBBBCBBBCBBB0NBCBBB0NDCBBB0NBCBBByNByNBCBBBCBBB2NBCBBDCBBCwDFCBCBDBCBCBDBCBCBDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB9EBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBCBDBCBBBhGBvDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBjICCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBH2iVBCBBBlKBwiVB+jVB+jVBCBBBlMBqEBuEBCBBBCBBBCBBBCBBBCBBB+hVB4hVB8hVBjNB7MC5MB5MCzMC1MB+0yCE5MB20yCC9MBu2yCBwyyCBo0yCChNBlNBo0yCBu-UBi0yCDlNC6-UBpNDrNIu+UDzNCm0yCBzNE0yyCBzNBpEBxNBxNBtEG1NLqxyCBkxyCnFoFrBCBBBCBBDCBBEkIBkIBkICoHHsCCqCBqCBqCCgEC+DB+DBmkOBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCC+BBgCBgCBgCBgCBgCBgCBgCBgCBrCBpCBpCBpCBmjOB-BB8BB-BB-BBgEB-BB-BByBBqgOBsDB-BBtwBB-BB-BB-BBsBBgDBCB-BB-BB-BBeB-BB-BB61OB-BB-BB-DB9DB9DBQB7DBmCE9CBrDBPBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBrFB-EBOBnHB3FB-FCCBBBNBCBBCjIBjIBjIBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB8kMB-BB6kMB-BB-BB-BB-BB-BB-BB-BB-BB-BBokMB-BB-BBkkMBkkMB-BB-BB-BB-BB-BB-BB-BB4jMB-BB-BB-BB-BB-BB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EBCBBBCBoiMBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBJCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBeBCBBBCBBBCBBBCBBBCBBBCBBBCBBBdBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDL-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-C64CgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOCgmOGgmODg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FDg8FBg8FBg8FhVg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBQBQBQBQBQBQDPBPBPBPBPBPjkC7mMB5mMBnmMBjmMBCBlmMB3lMBpiMBk8kCBCBBG-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FD-7FB-7FB-7F6FoglCEsuHRwjlCyDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCB0DBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBG1DD97OCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPEQCQCQCQCPCPCPCPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPB0EB0EBsFBsFBsFBsFBoGBoGBgIBgIBgHBgHB8HB8HDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQCSFPBPBzEBzEBRCxnOFSFrFBrFBrFBrFBREQBQClkOFPBPBnGBnGFQBQCljOCODPBPB-GB-GBNHSF-HB-HB7HB7HBRqJ53OE9tQBrmQH4Bc3BSgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfECBByZ0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzB34BgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CBCBBBt-UBruHBt+UB1iVBviVBCBBBCBBBCBBB3hVB5-UB9hVB7hVCCBBCCBBI9jVB9jVBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBICBBBCBBECBBN-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOC-lOG-lOzoeCBBBCBBBCBBBCBBBCBBBCBl8kCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBTCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBnECBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBKCBBBCBBBnglCBCBBBCBBBCBBBCBBBCBBECBBBvyyCDCBBBCBBBgDCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBn0yCB90yCB10yCBh0yCBn0yCCjxyCBzyyCBpxyCBg6BBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB-CBl0yCBvjlCBCBBBCBBBt2yCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBhkzCZCBB9a-5Bd-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCm6TCBB7gBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCH-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BmlBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvChDwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCFvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvC1DuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCCuCBuCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCCtCBtCk2BgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEO-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-D+CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCL-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-B74CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhrVgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BD1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BtxekCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjC");
    return this._CASE_ORBIT;
  }
  static _Print = null;
  static get Print() {
    if (!this._Print) this._Print = new UnicodeRangeTable(decodeRanges("hB9CBjBLBCpWBDFBFGBCCCBSBCsMBClBBDxBBDCBC2BBJaBFFBSVBC-FBCvBBD6BBDkDBP6BBDwBBDOBCbBDCCBJBGfBIqCBCgFBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYBDCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPBLCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGBCCBCHBDBBDVBCGBCBBCEBDIBDBBDCBICBFBBCEBDRBLBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBGMBCCBCWBCPBDIBCCBCDBIBBCCBCBBDDBDJBIVBCCBCWBCJBCEBDIBCCBCDBIBBGCBCDBDJBCCBNMBCCBCyBBCCBCFBFPBDZBCCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBN5BBFcBmBBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDBhBnCBCjBBFmBBCjBBCOBCMBmBlGBCGGD4LBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBH1CBDFBD-TBCbBE4CBIVBKXBKTBNMBCCBCBBN9CBDJBHJBHNBCKBH4CBIqBBGlCBLeBCLBFLBFEEBoBBDEBMrBBFZBHKBE9BBDgCBCcBDKBHJBHNBDtBBDLBVsCBClFBJ7BBEOBE9BBGqBBDKBJqBBG1QBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBSXBJuBBSBBDaBCMBEhBBPgBBQrEBF5UBXKBWz4BBD9LBGsBBCGGD3BBIBBPXBKGBCGBCGBCGBCGBCGBCGBCGBC9DBjBZBC4CBN1GBbPBC+BBC1CBDmDBGqBBC9CBC1CBKvBBCszcBE2BBK7KBV3FBJ8GBV7BBEJBH3BBJlCBJLBHzDBMdBEtCBCKBFgBBC2BBKNBDJBDmDBZbBLFBDFBDFBKGBCGBC7BBF9DBDJBHj9KBNWBFwBBloItLBDpDBnBGBNEBGZBCEBCCCBCCBCCBoUBhBpBBHyBBCSBCDBFEBCmEBF9FBEFBDFBDFBDCBEGBCGBOBBDLBCZBCSBCBBCOBDNBjB6DBGCBFsBBE3CBCMBEwBwBBsBBjEcBEwBBQbBFjBBKdBGqBBGdBCkBBFNBrB9EBDJBHjBBFjBBFnBBJzBBMLBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBCnCBJIBxBSBCBBGgBBEaBGaBnB3BBFTBDxBBCBBGHBCCBCcBDCBFJBIIBI-BBhBmBBFLBK1BBEcBDaBGZBIDBNGBxCoCB4ByBBOyBBItBBJJBHlBBEcBJBBxGeBCpBBCCBDBBRFBJIBiBtBBJpBBXZBnBbBVWBKtCBFjBBK9BBCEBOYBIJBH0BBCRBJmBBK-CBCTBMRBCuBB-BGBCCCBCBCOBCKBH6BBGJBHDBCHBDBBDVBCGBCBBCEBCJBDBBDCBDHHGGBDGBEEBMJBCDDClBBCJBCDDCDBCJBCBBJBBe7CBCEBfnCBJJBnF1BBDlBBjBkCBMJBHMBU5BBHJBHTBdaBDOBFWB6F7BBlDyCBNHBDDDBGBCBBCdBCBBDLBKJBnCHBDtBBDKBcnCBJyCBOoCBIJB3CHB5ChBBPJBHIBCsBBCNBLcBEfBDVBCNBqCGBCBBCrBBECCBCCBHBJJBHFBCBBCkBBCBBCFBIJBHrBBFJB3HYBIQBCoBBEcB2CQQBwBBO6cBnDuDBCEBMjGBtyCiDBOvhBBRVBL68DBGmSB61G5BBn2B4RBIeBCJBFwCBCJBHdBDFBLlCBLJBCGBCUBGSBxN5BBnG6CBGYBDYBtBqCBF4BBIQBhCEBMGBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBDDBh7D8HBEzNBHWBQQBQtBBDWBKzDB9B1HBLmBBDpCBJvDBWlCB7DTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBD9VBQEBCOBxiBeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBENBDJBFBBhKeBS5BBGxOxOBoBB3GqBBFhGhGBdBCVBJBBhHGBCDBCBBCOBCkGBDPBqBrCBFJBFBByYjCBtC8BBjGDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBBvIrBBFjDBNOBDOBCOBCkBBLtFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBmgB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIBnkzVvHB", false));
    return this._Print;
  }
  static CATEGORIES = new LazyMap({
    C: () => new UnicodeRangeTable(decodeRanges("AfBgDgBBOrWrWBHHBCBICCVuMuMnBBBzBBBE4B4BBGBcDBHQBXhGhGxBBB8BBBmDNB8BBByBBBQddBCCMEBhBGBsCiFiFJBBDBBXIICCBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBPMMBEB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKMMBDBbEByBPBDBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCB-FCBHBBHBBHBBECBIIIBLBDBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIB-BGGBLBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMBxhBPBXJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBF-6DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBrCHBxDUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIlkzVBxHvw-FB", false)),
    Cc: () => new UnicodeRangeTable(decodeRanges("AfgDgB", true)),
    Cf: () => new UnicodeRangeTable(decodeRanges("tFzqBzqBBEBXhGhGyBhMhMBxCxCs5D9-B9-BBDBbEByBEBCJBw03B6H6HBBBimEQQj7IPBhjiBDBwmFHBn0rYffB+CB", false)),
    Cn: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBDBvzIBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-BB---BBB---BBB", false)),
    Co: () => new UnicodeRangeTable(decodeRanges("gg4B-nGh4hc9--BD9--B", true)),
    Cs: () => new UnicodeRangeTable(decodeRanges("gg2B--B", true)),
    L: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICCiEEBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoCaBFDBuBqBBkBBBCiDBCQQBIIBLLBBBDRRCdBe4CBMZZBfBKBBFGGBUBFKKEYYBXBIKBGXBCGBRpBB7B1BBETTIJBQPBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNGB7BBBCCCBDBCXBCCCBIBCBBKDDBDBCWWBCBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNSSBkBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBkBFFkC4CBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBzC+C+CBtBBSHB3BdBOBBLrBBbjBBqBCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBhC1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBF1B1BB8zC8zCBjHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBxC2O2OBrBrBBDBGBBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBReBDlCByBIBDmDBDxCBVQBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBdRRBDBCJBLEBCoBBYCBCHBVWBEEEBwBBCEEBDDBDBDCCZCBDKBICBNFBDFBDFBKGBCGBCqBBCNBHyDBej9KBNWBFwBBloItLBDpDBnBGBNEBGCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBxB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOjBBnBbBKWB7HpBBHBBRFB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB1D-BBgBHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBqBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBGjCjCBLBhCBBCPPBNNB0mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBn7F0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFBmI9BBzEsBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCCBCBBCGBDEBKBBhHGBCDBCBBCOBCkGB8BjCBI1lB1lBBCBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
    LC: () => new UnicodeRangeTable(decodeRanges("hCZBHZB7BLLBVBCeBCiGBCDBFvGBDZBhGDBDBBECBCHHCCBCCCBSBCyCBCqEBJlFBClBBKoBB44ClBBCGGDqBBDCBhV1CBDFBjkCKBGqBBDCBhCrBBgCMBChBBmD1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGBmIFFDJBCEEBDBHGCBCBCFBFDDBCBGEBF1B1BB8zC8zCB6DBDmDBHDBEBBNlBBCGGzoetBBTbBnEtCBCWBEDBCsCBZBBE2Z2ZBpBBGIBIvCBh6TGBNEBqgBZBHZBmlBvCBhDjBBFjBB1DKBCOBCGBCBBCKBCOBCGBCBBk2ByBBOyBB+CVBLVB74C-BBhrV-BBhBYBDYBtpZ0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BJBCTBHFB2uCjCB", false)),
    Ll: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDZBiGCCEEEBBBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBDCB5XFBjkCIBC2D2DBqBBgCMBChBBnD0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBBzIEEBEEcKFDBBJDBF2B2Bs1CvBBCEEBGCFCCBCCBEBGiDCBIICFFNlBBCGG0oesBCUaCoEMCBBBC+BCBGBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCbEE2ZqBBGIBIvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFB4vChBB", false)),
    Lm: () => new UnicodeRangeTable(decodeRanges("wVRBFLBPEBICCmEGG-OnHnHlFBBuIBBFgBgBKEEhFoFoF1mBgEgE2R72B72BsDkTkTxOFBvF+BBOjBjBBjBByVOORMBg-CBByHgGgG2OsBsBBDBGiDiDB+C+CBBB34bjnBjnBBEBvIzDzDdBB6DIBxCYYpDDBEBB2OXXqEtDtDWBBoDDBKngVngVuBBBh-BFBCpBBCIB0sBhBhB2K04D04DnrTDB9PCBpBBBnRMBhCBBCPPB9-P9-PBCBCGBCBByhM9BBqGGBud0Q0QsSAB", false)),
    Lo: () => new UnicodeRangeTable(decodeRanges("qFQQhIFFBCBxGBB7ZaBFDBuBfBCJBkBBBCiDBCZZBLLBBBDRRCdBe4CBMZZBfBWVBrBYBIKBGXBCGBRoBB8B1BBETTIJBROBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNFB8BBBCCCBDBCXBCCCBIBCBBKDDBDBYDBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNyDyDBnKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPByDrTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBpBkCkCBhBBC0BBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBxFuBBSHB3BdBOBBLrBBbjBBqBCBLdByDDBCFBCBBE7hB7hBBCB4-C3BBZWBKGBCGBCGBCGBCGBCGBCGBCGBoR2B2BF1CBJCCB4CBFGGBpBBC9CBSfBxBPBhQ-tGBhC0wUBC2jBBkCnBBJrIBFPBLBBjCyByBBkCBqFoDoDEGBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBuBEBDIBLEBCoBBYCBCHBVPBCFBEEEBwBBCEEBDDBDBDCCZBBEKBIPPBEBDFBDFBKGBCGByEiBBej9KBNWBFwBBloItLBDpDBkCCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBqDJBCsBBDeBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBhEtCBjDnBBJzBB9CzBBN2JBKVBLHB5EFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4FjBBnBDBCxJxJBoBBHBBRCBCBB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB0GHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBnBBCBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBB0BUBGSB0NnBB2MqCBGwFwFB0mHBqBfBiDyDBuwIiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBxzI2P2PBrBBiBiKiKBcBTrBBlPaBmHdBDwGwGBdBCCBCBBCGBDEBKiHiHBFBCDBCBBCOBCkGB8pBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
    Lt: () => new UnicodeRangeTable(decodeRanges("lOGDnB2sH2sHBGBJHBJHBNQQwBAB", false)),
    Lu: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBG+B+B9zCvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBB", false)),
    M: () => new UnicodeRangeTable(decodeRanges("gYvDB0IGBoIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCgBB3BCBCRBCGBLBBeCB5BCCBFBDBBDCBKLLBbbDCB5BCCBDBFBBDCBEffBEEMCB5BCCBGBCCBCCBVBBXFBCCB5BCCBFBDBBDCBICBLBBf8B8BBDBECBCDBKpBpBBDB4BCCBFBCCBCDBIBBMBBeCB5BCCBFBCCBCDBIBBMBBQNNBCB4BBBCGBCCBCDBKLLBeeBBBnCFFBEBCCCBGBTBB+BDDBFBNHBjDDDBHBMGBqCBBcECFBByBTBCBBGKBCjBBKlDlDBSBYDBFCBCCBDGBEDBOLBCLLBCBgWCBzdDBdCBeBBfBBhCfBKuBuBBBBC2D2DBjBjB3DLBFLB8GEB6BJBCcBDxBxBBsBBDLBVEBwBQBnBIBNCBfMB5BNBxBTB5ECBCUBFHHDCBnG-BBxWgBB--CCBuEhDhDBeBrRFBqDBB1udDBCJBhBBBxCBBxIEEFYYBDBF0C0CBzBzBBQBbRBOnBnBBGBaMBtBDBwBNBlBkCkCBMBNJJBuBuBBBBzBCCBBBDBBGBBCqBqBBDBGBBtHHBCBBx5TiXiXBOBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB7DCB2BOBqBDDBLLBCBuBKBI+B+BBBBlBNBRBBtBNNBBBxBNBJDBCBB9CLBHDD+ELBWDB4BBBCGBDBBDCBKLLBDDBFBEEBkCIBCDDCDBCEBCPPBzCzCBQBYyCyCBSBsHGBDIBcBBzCQBrDMBmDOBhIOB2HFBCBBDDBCCCBuEuEBFBDGBEddBIBpBGBCDBJKKBJBvBPBnGHBoGHBCHBzCVBCNB7DFBECCBCCBFBCjCjCBDBCBBCEB8KDBKBBCxBxBBFBEEBYmnFmnFHOBpmLRBhuCEB8BGB5gBCCB1BBIDByCMMBslTslTBizEizEBsBBDWB-QEBEFBJHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
    Mc: () => new UnicodeRangeTable(decodeRanges("joC4B4BDCBJDBCBBzBBB7BCBHBBDBBLsBsB7BCBjC7B7BBBBJCCB2B2BB7B7BCHHBDDBLLnDBBCBBECBCCBLqBqBBBB+BDB+BBB7BCCBDBDBBCBBKBBdPPB7B7BBBBGCBCCBLrBrBBsCsCBBBHHBTBBrKBBgCsFsFBFFHDDBaaBLLBBBDGBWBBDFBDLLBBB5zBffiEIIBGBCBB7KDBDCBFBBCFBhHBB7BCCKCCBJJBEByExBxBGCCBDBCBB+BffFBBD9B9BDCBCEEBxBxBBGBJBBsFWW35EBB0-dBBD5C5CBzBzBBOBvEBBwBxBxBBFFBDDBBBvDBBDBBZuBuBCuDuDDBBGuHuHBCCBCCBCC0gZCCgEuBuBBBBFBB0DZZB8B8BxBCBKBBO+C+CBBBEBBCrFrFBBBgBBB7BBBCDBDBBDCBKLLB1C1CBBBIDDCDBCBBCmDmDBBBJBBErDrDBBBHCCBCBDuHuHBBBHDBDyDyDBBBJBBCuDuDCBBHoDoDCBBFmImIBBBK4H4HBEBCBBFDDCvEvEBBBJDBF1C1CeBB-BqGqGECCoGPPrDIID2G2GBDBFBBC-K-KBNNxBBBJBBCpvQpvQBBBlxD2BBpDBB0rYBBHFB", false)),
    Me: () => new UnicodeRangeTable(decodeRanges("okBBB1xF-wB-wBBCBCCBsshBCB", false)),
    Mn: () => new UnicodeRangeTable(decodeRanges("gYvDB0IEBqIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCfB4BCCFHBFEEBFBLBBe7B7BFDBJVVBbbDBB6BFFBFFBDDBBBEffBEEMBB6BFFBDBCBBFVVBXXBEBC7B7BDCCBCBJIIBMMBff+BNNzBEE4BCCBBBGCBCDBIBBMBBe7B7BDHHGBBVBBdBB6BBBFDBJVVBeepCIIBBBC7C7CDGBNHBjDDDBHBMGBqCBBcEC4BNBCEBCBBGKBCjBBKnDnDBCBCFBCBBDBBaBBFCBRDBODDBHHQgWgWBBBzdCBeBBfBBfBBhCBBCGBJDDBJBKuBuBBBBC2D2DBjBjB3DCBFBBKHHBBB8GBBD7B7BCGBCCCDHBHJBDxBxBBMBCeBDLBVDBxBCCBDBCGGpBIBNBBhBDBDBBCCB5BCCBEECCB7BHBDBB5ECBCMBCGBFHHEBBnG-BBxWMBFEEBKB--CCBuEhDhDBeBrRDBsDBB1udFFBIBhBBBxCBBxIEEFaaBGG4EBBbRBOnBnBBGBaKBvBCBxBDDBCBDBBoBkCkCBEBDBBDBBNJJwB0B0BCCBDBBGBBCrBrBBJJvHDDFx5Tx5TiXPBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB8D3B3BBNBqBDDBLLBBByBDBDBBI+B+BBBBlBEBCHB-BNNB1B1BBHBLDBDgDgDBBBDCCBHHD+E+EEHBWBB6BBBEmBmBBFBEEBnCFBOECPBB2CHBDCBCYY1CFBCFFBCCBvHvHBCBHBBCBBcBB2CHBDCCBrDrDCDDBEBCmDmDCDDBCBCEBkIIBCBBhIBBCFFxEDBDBBFhBhBBIBpBFBDDBJKKBEBDCBvBMBCBBnGCCBBBCqGqGBFBCFBCzCzCBUBDGBCBBCBB7DFBECCBCCBFBCpCpCBEEC8K8KBMMB1B1BBDBGCCYmnFmnFHOBpmLLBECBhuCEB8BGB5gBgCgCBCByC5lT5lTBizEizEBsBBDWBhRCBSHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
    N: () => new UnicodeRangeTable(decodeRanges("wBJB5DBBGDDBBBitBJBnEJBnGJB9MJB3DJBFFBtDJB3DJB3DJBDFBvDMB0DJBJGBoDJBpDGBISBuDJBhDJB3DJBnCTBtIJBnCJBwWTBybCBwHJBHJBXJBtJJBhEKBmFJBHJB3FJB3CJBnEJBHJB3gBEEBEBHJBnGyBBDEB3W7BBvCVB3TdBqrBqYqYaIBPCB4KDBrEJBfHBCOBhBJBoBOBh7cJB9FJBhKFB7EJBnBJBnGJBXJB3CJB3MJB34UJBuPsBBN4BBSBB2KaBlBDBeJJnEEBrGJBvdHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBxBJBHJB3IeB-EJBrBDBxDGBnEdBhEJB9BJBxEJBITB8HJB3KJB3DJB3LJBnDJBHTBtCLBlNSB+CJB3UJB3CcBkHJBnCJB3BJBnLJBnDUBshBuDBimPJBnpCJB3CJBnEJBCGBvQJBnIWB+KCB6nXJBnuBTBNTBtDYB2iBxBBhqCJBnNJB3PJB4HJBtWIBhEJB4Y6BBCCBCDBtCsBBCOBjeMBk3CJB", false)),
    Nd: () => new UnicodeRangeTable(decodeRanges("wBJnxBJnEJnGJ9MJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJhDJ3DJnCJ3IJnCJn6BJnBJtJJhEJnFJHJ3FJ3CJnEJHJnuiBJnVJnBJnGJXJ3CJ3MJ34UJnsBJnkCJHJ9YJhEJ9BJxEJ3IJ3KJ3DJ3LJnDJHTtCJnNJnDJ3UJ3CJ3HJnCJ3BJnLJ3uQJnpCJ3CJnEJ3QJ37XJ12CxBhqCJnNJ3PJ4HJ2aJ30EJ", true)),
    Nl: () => new UnicodeRangeTable(decodeRanges("u3FCBwzCiBBDDB-zDaaBHBPCBs1dJBxyW0BBtOJJnEEBrhIuDBm8SCB", false)),
    No: () => new UnicodeRangeTable(decodeRanges("yFBBGDDBBB2pCFB5LFB5DCBmEGB6GGBSIByNJB2hBTB0jBJBhP20B20BEFBHJBnGPBqB3W3WB6BBvCVB3TdBqrB1kB1kBBCBrEJBfHBCOBhBJBoBOBxrdFBymWsBBiCDBSBB2KaBlBDB1pBHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBhLeB-EJBrBDBxDGBnETB8LTBmqBBBvNIBobSB0aUBn8SGB-YWBqhZTBNTBtDYBvqFIBid6BBCCBCDBtCsBBCOBjeMB", false)),
    P: () => new UnicodeRangeTable(decodeRanges("hBCBCFBCDBLBBEBBbCBCccCkBkBGEELBBEEE-VJJzOFBqBBB0BCCDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCmBmBBCBoCrCrCBDBFBBwDFBsFlTlTBHB4EuTuTtBBBvCCBoCBB+ECBCCBmBKB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBM9Z9ZBWBJTBCMBCLBfBBPBB6TDBeBB+hBNBwCBBgBJB0MVBgCDBhBBB8XDBCBBxDwEwEBtBBCfBDLBkNCBFJBDLBRNNjD7C7CjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HzqUzqUBxGxGBIBXiBBCNBCFFCBB2ECBCFBCDBLBBEBBbCBCccCCCBFB7MCB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDByO-J-JjBlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
    Pc: () => new UnicodeRangeTable(decodeRanges("-Cg-Hg-HBUU-u3BBBZCBwHAB", false)),
    Pd: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEBiwDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
    Pe: () => new UnicodeRangeTable(decodeRanges("pB0B0BgB+1D+1DC-6B-6BqtC4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECtBGCtNICEGCDBB-ozB6G6GeOCESSCCCrF0B0BgBGD", false)),
    Pf: () => new UnicodeRangeTable(decodeRanges("7F+6H+6HEddpuDCCFDDQEE", false)),
    Pi: () => new UnicodeRangeTable(decodeRanges("rFt7Ht7HDBBDaapuDCCFDDQEE", false)),
    Po: () => new UnicodeRangeTable(decodeRanges("hBCBCCBDECBLLBEEBcclCGGPBBI-V-VJzOzOBEBqB3B3BDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCxDxDrCEBFBBwDFBsFlTlTBHBmY9D9DBBBoCBB+ECBCCBmBFBCDB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBMjajaBJJBGBJIBDDBDCBEKBCCCBIB7kDDBCBBxDwEwEBFFBBBDDDBHBCBBCDDBLLBDBCJBDDBCCCBLBDCBtNCB6B+F+FjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HlxUlxUBFBDXXVBBDDBECBCDBICBHCCB2E2EBBBCCBDECBLLBEEBcclBDDB7M7MBBB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDB0ZlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
    Ps: () => new UnicodeRangeTable(decodeRanges("oBzBzBgB-1D-1DC-6B-6B-rCEEnB4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECaTTCECtNICEGCDipzBipzB4GeeCMCESSCCCrFzBzBgBEEDAB", false)),
    S: () => new UnicodeRangeTable(decodeRanges("kBHHRCBgBCCcCCkBEBCBBDCCBCBDEEfgBgBrODBNNBGGBCCCBPB2DPPBxDxDsErIrIBBB3DCBDDDBvGvGLUUB4H4HIBBpEqLqLBHHB2H2H-DjEjEBGBlEwGwGqBmGmGiGCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WuLuLlL+E+EBgBBiLJBKIBhiBCCBBBMCBOCBOCBOBBmCOOoBCBOCBUhBB-BBBCDBCBBLCCBBBGFBCECFMMBFFBDBGDBC7B7BBFFB2LBFcBD+HBXKByCtCBXnTBtBwBBDeBLyMBX+BBFfBD1LBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBB8CBB0HBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BB6RWBKBBoDBB+EDBLDB+RCBiHPPB+9T+9TpEgBBuLPBhCBB3BHBtBDBjDCCBBBD7E7EHRRBBBgBCCcCCiEGBCGBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSmWmWBiKiKBGBnjC2kC2kCBbBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQQBgDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBrbaagBaagBaagBaagBaa9B-PB4BDBzBHBCNBCBBp2BwNwNttCEE+DiOiOBvIvIBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
    Sc: () => new UnicodeRangeTable(decodeRanges("kB+D+DBCBqnB8D8DzPBBzPBBI2H2HoImSmS8sClmClmCBgBB37hBkuVkuVtD7E7E8GBBEBB3-HDB-4wBxtCxtC", false)),
    Sk: () => new UnicodeRangeTable(decodeRanges("+CCCoCHHFEEqQDBNNBGGBCCCBPB2DPPBjoBjoB15FCCBBBMCBOCBOCBOBB9kEBBkzdWBKBBoDBBxePPBniUniUBPB8bCCjF4g9B4g9BBDB", false)),
    Sm: () => new UnicodeRangeTable(decodeRanges("rBRRBBB+BCCuBFFmBgBgB-XwQwQBBB8xGOOoBCBOCBsEoBoBBDBHlClCBDBGBBFGDIgBgBBDDCgBgBBqIBhBBB7CffBXBpBFB2OKK3BHBwDxKxKBDBDeBLPBhIiEBX+BBFfBDhIBxBUBDFB9+zB5Z5ZCCBlFRRBBB+BCCkEHHBCBitDBBhrwBx+Bx+BagBgBagBgBagBgBagBgBat5Ft5FB-uC-uCBHB", false)),
    So: () => new UnicodeRangeTable(decodeRanges("mFDDFCCyerIrIBgEgEBvGvGLUUB4H4HkQ2L2LjEFBClElEwGqBqBoMCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WzWzW+EhBBiLJBKIBksBBBCDBCBBLCCBHHBEBCECFMMBPPCBBC7B7BBKKBDBDDBCBBCBBCGBCeBDBBCCCBdBtIHBFTBDGBDwCBCdBanBBHnCBXKByCtCBX2FBCIBC1BBJuDBC3HBtBrBBhC-HBhQvBBWBBHmBBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBBxKBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BBibDBLBBC+R+RBBBqqUPBuLPBhCBB3BHBuBCBlPEEFBBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSpgBpgBBGBnjC2kC2kCBGBFQBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQPBhDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBqlB-PB4BDBzBHBCNBCBBp2B96C96CiEyWyWBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E6HBG4WBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBB-B3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
    Z: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBeBBGwBwBh9DAB", false)),
    Zl: () => new UnicodeRangeTable(decodeRanges("ohIA", true)),
    Zp: () => new UnicodeRangeTable(decodeRanges("phIA", true)),
    Zs: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBlBwBwBh9DAB", false)),
    ASCII_Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbF", true)),
    Alphabetic: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICC3CeeBQBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoBNBCCCBCCBCCJaBFDBeKBG3BBCGBPlDBCHBFHBFCBLCBDRRBuBBOkDBZgBBKBBFGGBWBDSBUYBIKBGXBCGBIJJBoBBLLBEGBHrCBCPBCCBFOBOSBCHBDBBDVBCGBCEEBCBEHBDBBDBBCJJFBBCEBNBBLFFBBBCFBFBBDVBCGBCBBCBBCBBFEBFBBDBBFIIBCBCSSBEBMCBCIBCCBCVBCGBCBBCEBEIBCCBCBBEQQBCBWDBFCBCHBDBBDVBCGBCBBCEBEHBDBBDBBKBBFBBCEBORRBCCBEBECBCDBEBBCCCBEEBEEBBBELBFEBECBCCBEHHpBMBCCBCWBCPBEHBCCBCCBJBBCCBCBBDDBdDBCHBCCBCWBCJBCEBEHBCCBCCBJBBGCBCDBOCBNMBCCBCoBBDHBCCBCCBCGGBCBIEBXFBCCBCRBEXBCIBCDDBFBJFBCCCBGBTBBO5BBGGBH0B0BBECBDBCXBCCCBRBCCBDEBCHHPDBhBgCgCBGBCjBBFSBFPBCjBBkC2BBCDDBDBR-BBLDBDlBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBEKBITBMUBNTBNMBCCBCBBNzBBDSBPFFkC4CBIqBBGlCBLeBCLBFIBYdBDEBMrBBFZB3BbBF+BBDTBzBYYBMMBBByBzBBCOBCHB0BpBBDDBLrBBCKBP2BBXCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBUhBBM1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBFSSBnBBuZzBB34BkHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBCfBwB2O2OBBBaIBIEBDEBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBGHBEwDBoBIBDmDBDxCBVUBCgBBZzBBNjCBCtBtBBEBECCBBBLgBBGiBBOcBEyBBCLBQRRBOBLEBC2BBKNBTWBEkCBCCCZCBDPBDDBMFBDFBDFBKGBCGBCqBBCNBH6DBWj9KBNWBFwBBloItLBDpDBnBGBNEBGLBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmC0BBsIcBEwBBwBfBOdBGqBBGdBDjBBFHBCEBrB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCDBCBBGHBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOnBBjBbBEGGBVB7HpBBCBBEBBRFBzBCBEcBLJJBUBrBRBvBUBcWBKlCBsBEBL4BBKOOBXBYyBBSDBJiBBEKKB+BBCDBKBBLCCkBRBChBBDHHBCB-BGBCCCBCBCOBCJBI4BBYDBCHBDBBDVBCGBCBBCEBEHBDBBDBBEHHGGBdJBCDDClBBCJBCDDCDBCBBECCtBhCBCCBCDBVCBfhCBDBBC5F5FB0BBDGBaFBjB+BBCEE8B1BBDoCoCBZBDNBWGB6F4BBoD-BBgBHBDDDBGBCBBCdBCBBDBBDDB+CHBDtBBDFBCCCBccBxBBDJBSnCBGTTBnCBoDHB5CgBBgBIBCsBBCGBCyByBBcBDVBCNBqCGBCBBCrBBECCBCCBBBCDDBZZBEBCBBCkBBCBBCDBCYYBqBBlIWBKQBCoBBECBwDwCwCB4cBnDuDBSjGBtyCgDBQvhBBSFBa68DBGmSB61GuBBy2B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBF4BBIQBhCBBCNNBFBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBFi7Fi7FBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCVBJBBhHGBCDBCBBCOBCkGB8BjCBEEE1lBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1TZBHZBHZB3zD-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
    Dash: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEB+BoBoBQnMnMlgDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
    Emoji: () => new UnicodeRangeTable(decodeRanges("jBHHGJBwDFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDrGrGhFBBNBBPDDBIBsCZBCBBYVVDIBWBBvFhBBDvDBDBBCCBDyCBDCBCmIBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDDBEJBECCBEEDJBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
    Emoji_Component: () => new UnicodeRangeTable(decodeRanges("jBHHGJB0+H2G2Gsp3B3+8B3+8BBYB8PEBxtBDBtzhY-CB", false)),
    Emoji_Modifier: () => new UnicodeRangeTable(decodeRanges("7-8DE", true)),
    Emoji_Modifier_Base: () => new UnicodeRangeTable(decodeRanges("9wJ8G8GRDB4jzD9B9BBBBDDDBBB2DBBDKBWSBEFFBBBCCBICCZqGqGBFFWFFBvFvFBBBEEB0CRRBBBKMMgSDDJHBHKKBIBDCB5B+B+BBCCBCCSCBCMBmHCBrBIB", false)),
    Emoji_Presentation: () => new UnicodeRangeTable(decodeRanges("64IBBuGDBEDDqQBBWBBzBLBsBUUOJJBSSBGGBJJGWWIBBCFFDIIFBBdkBkBCFFBBBC+B+BBBBZPP8aBB0BFFvlxDrGrG-FDDBIBsCZBCZZVDDBDBCCBWBBvFgBBNIBClCBCVBNqBBFEBNQBEEEBlCBCCCB5FBD+BBODBCXBTbbBOO3C0CBxBlCBHEEBBBDDBEDBMBBIIBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
    Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("pFFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDoBoBBCBlDLBQBBQPPBmBmBBIBxDBBNBBPDDBIBU3BBcOBLVVDIBCDBKWBH7FBDvDBDBBCCBDyCBDCBCDBG9HBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDQBECCBEBDMB7GlBBNDB5BHBLFBpBHBfBBNDBDNBKmBBNuBBCJBC4FB5CHBPxEBhI9fB", false)),
    Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbFq1-BJIFbF", true)),
    Lowercase: () => new UnicodeRangeTable(decodeRanges("hDZBwBLLFlBlBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDiBBIBBfEBhDsBsBCEEDDBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBCDB5XFBjkCIBC2D2DB+FBiC0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBB6DOORMBuDEEBEEcKFDBBJDBFiBiBBOBFsasaBYBn6BvBBCEEBGCFCCBCCBGBEiDCBIICFFNlBBCGG0oesBCUaCBBBmEMCBBBC8BCBIBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCWDBCCCBBB2ZqBBCNBHvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBkODDBBBCpBBCIBmoByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFBmI9BB1lChBB", false)),
    Math: () => new UnicodeRangeTable(decodeRanges("rBRRBBBgBeeCuBuBFmBmBgB5W5WBBBDbbBDDBBBwQCBuwGccBBBMEEOPPBCBWEBMEBiCMBFEEBFFBDBTFFDJBCDDBEBHEEBDDBCCBBBCFBENBClClCBWBCFBCBBFBBFfBCHHBPPBqIBJDBVBB7CffBZBCZZMGB+NBBNJBFFBFBBDBBEEBPCCDFBMHBGBB6BCCeDBKCBxK-BBhI-PBxBUBDFB9+zB4Z4ZBEBCjFjFRCBeCCeCCkEHHBCBitDBBhrwBwoBwoBBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBBhwFDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB-uCIB", false)),
    Quotation_Mark: () => new UnicodeRangeTable(decodeRanges("iBFFkEQQ96HHBaBBowDqOqOBCBOCBixzBDB+FFF7CBB", false)),
    Terminal_Punctuation: () => new UnicodeRangeTable(decodeRanges("hBLLCMMBEE-ZJJiQ6B6BpCPPCCB1FsBsBBJBCsHsHB3B3BBEBCHBgBmImIB1nB1nBBtFtFFFB4JBB2YHBmY9D9DBBBoCBB+ECBEoBoBBCBDBB7JBBjLDBjFBBLBBCCBeCB8FEB-BBBldYYBKKBBBwlDCBzJOOFLLCBBEBBtNBB8ndBBuICBkHEB-LBB3CBBgD4E4EBBB0ECBgERRB6H6HnxUDDB6B6BBBBCDBqFLLCMMBEEiCDD7hBxBxBnkBoGoG3JBB5EFBlCFB6CDB5dEBtBDB+FGBxDDBgECBiEBBHRRB5C5CBDBtDrJrJB2D2DBBBNBBnLDBEOBqDBB6HCBmQCC8HBB4CBBFBB-MCBuBmUmUBrCrCBspBspBBDB6vRBBmEiCiCBBBLqRqRBoJoJBnwTnwTovHDB", false)),
    Uppercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBGbbBOBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBBvgCZBHZBHZB", false)),
    White_Space: () => new UnicodeRangeTable(decodeRanges("JEBTlDlDbgvFgvFgsCKBeBBGwBwBh9DAB", false))
  });
  static SCRIPTS = new LazyMap({
    Adlam: () => new UnicodeRangeTable(decodeRanges("go6DrCFJFB", true)),
    Ahom: () => new UnicodeRangeTable(decodeRanges("g4lCaDOFW", true)),
    Anatolian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggxCmS", true)),
    Arabic: () => new UnicodeRangeTable(decodeRanges("gwBEBCFBCNBCCBCfBCJBMZBCrDBChBBxCvBBxHhBBGqCBCcBxy8BtPBDvEBhBPBxDEBCmEBk7DeBkCFBJIBiBFBh43BDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB", false)),
    Armenian: () => new UnicodeRangeTable(decodeRanges("xpBlBDxBDCks9BE", true)),
    Avestan: () => new UnicodeRangeTable(decodeRanges("g4iC1BEG", true)),
    Balinese: () => new UnicodeRangeTable(decodeRanges("g4GsCCxB", true)),
    Bamum: () => new UnicodeRangeTable(decodeRanges("g1pB3CpowB4R", true)),
    Bassa_Vah: () => new UnicodeRangeTable(decodeRanges("w26CdDF", true)),
    Batak: () => new UnicodeRangeTable(decodeRanges("g+GzBJD", true)),
    Bengali: () => new UnicodeRangeTable(decodeRanges("gsCDBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYB", false)),
    Beria_Erfe: () => new UnicodeRangeTable(decodeRanges("g17CYDY", true)),
    Bhaiksuki: () => new UnicodeRangeTable(decodeRanges("ggnCICsBCNLc", true)),
    Bopomofo: () => new UnicodeRangeTable(decodeRanges("qXB6wLqBxDf", true)),
    Brahmi: () => new UnicodeRangeTable(decodeRanges("ggkCtCFjBKA", true)),
    Braille: () => new UnicodeRangeTable(decodeRanges("ggK-H", true)),
    Buginese: () => new UnicodeRangeTable(decodeRanges("gwGbDB", true)),
    Buhid: () => new UnicodeRangeTable(decodeRanges("g6FT", true)),
    Canadian_Aboriginal: () => new UnicodeRangeTable(decodeRanges("ggF-TxRlC7tgCP", true)),
    Carian: () => new UnicodeRangeTable(decodeRanges("g1gCwB", true)),
    Caucasian_Albanian: () => new UnicodeRangeTable(decodeRanges("wphCzBMA", true)),
    Chakma: () => new UnicodeRangeTable(decodeRanges("gokC0BCR", true)),
    Cham: () => new UnicodeRangeTable(decodeRanges("gwqB2BKNDJDD", true)),
    Cherokee: () => new UnicodeRangeTable(decodeRanges("g9E1CDFz7lBvC", true)),
    Chorasmian: () => new UnicodeRangeTable(decodeRanges("w9jCb", true)),
    Common: () => new UnicodeRangeTable(decodeRanges("AgCBbFBbuBBCOBCEBYgBgBiOmBBGEBDTB1DKKHCC+THHPEEhB9E9ElQiEiEB6mB6mB2MDBjJwvBwvBBBBoCBBsGBBCumBumBOIIBCBCFBCCBDmYmYBKBD2CBCKBEKBCOBShBB-BlBBCCBDFBCaBCQBqBCBF5UBXKBW-cBhIzTBDpEBhQ9CBzMUBCCCBXBQHBFDB8CBBE7C7CB0E0EBOBhBlBBKxBxBB+BBgBwCBwB5C5CBmFBhuG-BBhoWhBBnDCBmFJB1HhFhFsMPPBzuUzuUBxGxGBIBXiBBCSBCDB0ECCBeBbFBbKBLuBuBBhChCBFBCGBLEBjICBFsBBEIBxCMB0BsBBlHaBltuBDB96D8HBEzNBHWBQQBgDzDB9B1HBLmBBD9BBEQBJBBIdBF8BB2GTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBByjFjCBtC8BBjWrBBFjDBNOBDOBCOBCkBBLtFB5BZBCBBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBnghYffB+CB", false)),
    Coptic: () => new UnicodeRangeTable(decodeRanges("ifNxkKzDGG", true)),
    Cuneiform: () => new UnicodeRangeTable(decodeRanges("ggoC5cnDuDCEMjG", true)),
    Cypriot: () => new UnicodeRangeTable(decodeRanges("ggiCFBDCCBqBBCBBEDD", false)),
    Cypro_Minoan: () => new UnicodeRangeTable(decodeRanges("w8rCiD", true)),
    Cyrillic: () => new UnicodeRangeTable(decodeRanges("ggBkEBDoFBx6FKBhFtCtCojEfBhie-CBv8VBBhw4B9BBiBAB", false)),
    Deseret: () => new UnicodeRangeTable(decodeRanges("gghCvC", true)),
    Devanagari: () => new UnicodeRangeTable(decodeRanges("goCwCFODZh7nBfhwcJ", true)),
    Dives_Akuru: () => new UnicodeRangeTable(decodeRanges("gomCGBDDDBGBCBBCdBCBBDLBKJB", false)),
    Dogra: () => new UnicodeRangeTable(decodeRanges("ggmC7B", true)),
    Duployan: () => new UnicodeRangeTable(decodeRanges("ggvDqDGMEIIJDD", true)),
    Egyptian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggsC1iBL68D", true)),
    Elbasan: () => new UnicodeRangeTable(decodeRanges("gohCnB", true)),
    Elymaic: () => new UnicodeRangeTable(decodeRanges("g-jCW", true)),
    Ethiopic: () => new UnicodeRangeTable(decodeRanges("gwEoCBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBnvGWBKGBCGBCGBCGBCGBCGBCGBCGBjpfFBDFBDFBKGBCGBylvCGBCDBCBBCOB", false)),
    Garay: () => new UnicodeRangeTable(decodeRanges("gqjClBEcJB", true)),
    Georgian: () => new UnicodeRangeTable(decodeRanges("glElBBCGGDqBBCDBx8CqBBDCBhiElBBCGG", false)),
    Glagolitic: () => new UnicodeRangeTable(decodeRanges("ggL-Ch9sDGCQDGCBCE", true)),
    Gothic: () => new UnicodeRangeTable(decodeRanges("w5gCa", true)),
    Grantha: () => new UnicodeRangeTable(decodeRanges("g4kCDBCHBDBBDVBCGBCBBCEBDIBDBBDCBDHHGGBDGBEEB", false)),
    Greek: () => new UnicodeRangeTable(decodeRanges("wbDBCCBDDBCFFCCCBBBCCCBSBC+BBPPBnpGEBzBEBFEB1ChKhKBUBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBoJ-xiB-xiB7uVuCBSgj0Bgj0BBkCB", false)),
    Gujarati: () => new UnicodeRangeTable(decodeRanges("h0CCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGB", false)),
    Gunjala_Gondi: () => new UnicodeRangeTable(decodeRanges("grnCFCBCkBCBCFIJ", true)),
    Gurmukhi: () => new UnicodeRangeTable(decodeRanges("hwCCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPB", false)),
    Gurung_Khema: () => new UnicodeRangeTable(decodeRanges("go4C5B", true)),
    Han: () => new UnicodeRangeTable(decodeRanges("g0LZBC4CBN1GBwBCCaIBPDBle-tGBhC-vUBhoWtLBDpDBpodBBNGBqgkB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
    Hangul: () => new UnicodeRangeTable(decodeRanges("goE-HvxHBiI9CyDeiCei3dckUj9KNWFwBl9JeEFDFDFDC", true)),
    Hanifi_Rohingya: () => new UnicodeRangeTable(decodeRanges("gojCnBJJ", true)),
    Hanunoo: () => new UnicodeRangeTable(decodeRanges("g5FU", true)),
    Hatran: () => new UnicodeRangeTable(decodeRanges("gniCSCBGE", true)),
    Hebrew: () => new UnicodeRangeTable(decodeRanges("xsB2BBJaBFFBpp9BZBCEBCCCBCCBCCBIB", false)),
    Hiragana: () => new UnicodeRangeTable(decodeRanges("hiM1CBHCBi7-C+IBTeeBBBulQAB", false)),
    Imperial_Aramaic: () => new UnicodeRangeTable(decodeRanges("giiCVCI", true)),
    Inherited: () => new UnicodeRangeTable(decodeRanges("gYvDB2IBBlOKBbhXhXBCB8qEtBBDLBlPCBCMBCGBFHHEBBnG-BBtQBBjGgBB65DDBsDBBmrzBPBRNBwejHjH7iEl+uBl+uBBsBBDWBhRCBSHBDGBfDBz6rYvHB", false)),
    Inscriptional_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g7iCSGH", true)),
    Inscriptional_Parthian: () => new UnicodeRangeTable(decodeRanges("g6iCVDH", true)),
    Javanese: () => new UnicodeRangeTable(decodeRanges("gsqBtCDJFB", true)),
    Kaithi: () => new UnicodeRangeTable(decodeRanges("gkkCiCLA", true)),
    Kannada: () => new UnicodeRangeTable(decodeRanges("gkDMCCCWCJCEDICCCDIBGCCDDJCC", true)),
    Katakana: () => new UnicodeRangeTable(decodeRanges("hlM5CBDCBxHPBxGuBBC3CBvgzBJBCsBBzisBDBCGBCBBCgJgJBBBzBPPBCB", false)),
    Kawi: () => new UnicodeRangeTable(decodeRanges("g4nCQCoBEc", true)),
    Kayah_Li: () => new UnicodeRangeTable(decodeRanges("goqBtBCA", true)),
    Kharoshthi: () => new UnicodeRangeTable(decodeRanges("gwiCDCBGHCCCcDCFJII", true)),
    Khitan_Small_Script: () => new UnicodeRangeTable(decodeRanges("k-7C84G84GB0OBqBAB", false)),
    Khmer: () => new UnicodeRangeTable(decodeRanges("g8F9CDJHJnPf", true)),
    Khojki: () => new UnicodeRangeTable(decodeRanges("gwkCRCuB", true)),
    Khudawadi: () => new UnicodeRangeTable(decodeRanges("w1kC6BGJ", true)),
    Kirat_Rai: () => new UnicodeRangeTable(decodeRanges("gq7C5B", true)),
    Lao: () => new UnicodeRangeTable(decodeRanges("h0DBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDB", false)),
    Latin: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBQQGWBCeBCgOBoBEB8wGlBBHwBBGDBGMBClCBiC-HByLOORMBuEBBHccSoBB42CfBj1elDBExCBVOBxZqBBCIBCDB38TGB7gBZBHZBmhCFBCpBBCIBm61BeBHFB", false)),
    Lepcha: () => new UnicodeRangeTable(decodeRanges("ggH3BEOEC", true)),
    Limbu: () => new UnicodeRangeTable(decodeRanges("goGeBCLBFLBFEEBKB", false)),
    Linear_A: () => new UnicodeRangeTable(decodeRanges("gwhC2JKVLH", true)),
    Linear_B: () => new UnicodeRangeTable(decodeRanges("gggCLCZCSCBCODNjB6D", true)),
    Lisu: () => new UnicodeRangeTable(decodeRanges("wmpBvBx1eA", true)),
    Lycian: () => new UnicodeRangeTable(decodeRanges("g0gCc", true)),
    Lydian: () => new UnicodeRangeTable(decodeRanges("gpiCZGA", true)),
    Mahajani: () => new UnicodeRangeTable(decodeRanges("wqkCmB", true)),
    Makasar: () => new UnicodeRangeTable(decodeRanges("g3nCY", true)),
    Malayalam: () => new UnicodeRangeTable(decodeRanges("goDMCCCyBCCCFFPDZ", true)),
    Mandaic: () => new UnicodeRangeTable(decodeRanges("giCbDA", true)),
    Manichaean: () => new UnicodeRangeTable(decodeRanges("g2iCmBFL", true)),
    Marchen: () => new UnicodeRangeTable(decodeRanges("wjnCfDVCN", true)),
    Masaram_Gondi: () => new UnicodeRangeTable(decodeRanges("gonCGBCBBCrBBECCBCCBHBJJB", false)),
    Medefaidrin: () => new UnicodeRangeTable(decodeRanges("gy7C6C", true)),
    Meetei_Mayek: () => new UnicodeRangeTable(decodeRanges("g3qBWqGtBDJ", true)),
    Mende_Kikakui: () => new UnicodeRangeTable(decodeRanges("gg6DkGDP", true)),
    Meroitic_Cursive: () => new UnicodeRangeTable(decodeRanges("gtiCXFTDtB", true)),
    Meroitic_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("gsiCf", true)),
    Miao: () => new UnicodeRangeTable(decodeRanges("g47CqCF4BIQ", true)),
    Modi: () => new UnicodeRangeTable(decodeRanges("gwlCkCMJ", true)),
    Mongolian: () => new UnicodeRangeTable(decodeRanges("ggGBBDCCBSBH4CBIqBB2t-BMB", false)),
    Mro: () => new UnicodeRangeTable(decodeRanges("gy6CeCJFB", true)),
    Multani: () => new UnicodeRangeTable(decodeRanges("g0kCGBCCCBCBCOBCKB", false)),
    Myanmar: () => new UnicodeRangeTable(decodeRanges("ggE-EhqmBeiDfxibT", true)),
    Nabataean: () => new UnicodeRangeTable(decodeRanges("gkiCeJI", true)),
    Nag_Mundari: () => new UnicodeRangeTable(decodeRanges("wm5DpB", true)),
    Nandinagari: () => new UnicodeRangeTable(decodeRanges("gtmCHDtBDK", true)),
    New_Tai_Lue: () => new UnicodeRangeTable(decodeRanges("gsGrBFZHKEB", true)),
    Newa: () => new UnicodeRangeTable(decodeRanges("gglC7CCE", true)),
    Nko: () => new UnicodeRangeTable(decodeRanges("g+B6BDC", true)),
    Nushu: () => new UnicodeRangeTable(decodeRanges("h-7CvsQvsQBqMB", false)),
    Nyiakeng_Puachue_Hmong: () => new UnicodeRangeTable(decodeRanges("go4DsBENDJFB", true)),
    Ogham: () => new UnicodeRangeTable(decodeRanges("g0Fc", true)),
    Ol_Chiki: () => new UnicodeRangeTable(decodeRanges("wiHvB", true)),
    Ol_Onal: () => new UnicodeRangeTable(decodeRanges("wu5DqBFA", true)),
    Old_Hungarian: () => new UnicodeRangeTable(decodeRanges("gkjCyBOyBIF", true)),
    Old_Italic: () => new UnicodeRangeTable(decodeRanges("g4gCjBKC", true)),
    Old_North_Arabian: () => new UnicodeRangeTable(decodeRanges("g0iCf", true)),
    Old_Permic: () => new UnicodeRangeTable(decodeRanges("w6gCqB", true)),
    Old_Persian: () => new UnicodeRangeTable(decodeRanges("g9gCjBFN", true)),
    Old_Sogdian: () => new UnicodeRangeTable(decodeRanges("g4jCnB", true)),
    Old_South_Arabian: () => new UnicodeRangeTable(decodeRanges("gziCf", true)),
    Old_Turkic: () => new UnicodeRangeTable(decodeRanges("ggjCoC", true)),
    Old_Uyghur: () => new UnicodeRangeTable(decodeRanges("w7jCZ", true)),
    Oriya: () => new UnicodeRangeTable(decodeRanges("h4CCCHDBDVCGCBCEDIDBDCICFBCEDR", true)),
    Osage: () => new UnicodeRangeTable(decodeRanges("wlhCjBFjB", true)),
    Osmanya: () => new UnicodeRangeTable(decodeRanges("gkhCdDJ", true)),
    Pahawh_Hmong: () => new UnicodeRangeTable(decodeRanges("g46ClCLJCGCUGS", true)),
    Palmyrene: () => new UnicodeRangeTable(decodeRanges("gjiCf", true)),
    Pau_Cin_Hau: () => new UnicodeRangeTable(decodeRanges("g2mC4B", true)),
    Phags_Pa: () => new UnicodeRangeTable(decodeRanges("giqB3B", true)),
    Phoenician: () => new UnicodeRangeTable(decodeRanges("goiCbEA", true)),
    Psalter_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g8iCRIDNG", true)),
    Rejang: () => new UnicodeRangeTable(decodeRanges("wpqBjBMA", true)),
    Runic: () => new UnicodeRangeTable(decodeRanges("g1FqCEK", true)),
    Samaritan: () => new UnicodeRangeTable(decodeRanges("ggCtBDO", true)),
    Saurashtra: () => new UnicodeRangeTable(decodeRanges("gkqBlCJL", true)),
    Sharada: () => new UnicodeRangeTable(decodeRanges("gskC-ChsCH", true)),
    Shavian: () => new UnicodeRangeTable(decodeRanges("wihCvB", true)),
    Siddham: () => new UnicodeRangeTable(decodeRanges("gslC1BDlB", true)),
    Sidetic: () => new UnicodeRangeTable(decodeRanges("gqiCZ", true)),
    SignWriting: () => new UnicodeRangeTable(decodeRanges("gg2DrUQECO", true)),
    Sinhala: () => new UnicodeRangeTable(decodeRanges("hsDCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBt-gCTB", false)),
    Sogdian: () => new UnicodeRangeTable(decodeRanges("w5jCpB", true)),
    Sora_Sompeng: () => new UnicodeRangeTable(decodeRanges("wmkCYIJ", true)),
    Soyombo: () => new UnicodeRangeTable(decodeRanges("wymCyC", true)),
    Sundanese: () => new UnicodeRangeTable(decodeRanges("g8G-BhIH", true)),
    Sunuwar: () => new UnicodeRangeTable(decodeRanges("g+mChBPJ", true)),
    Syloti_Nagri: () => new UnicodeRangeTable(decodeRanges("ggqBsB", true)),
    Syriac: () => new UnicodeRangeTable(decodeRanges("g4BNC7BDCxIK", true)),
    Tagalog: () => new UnicodeRangeTable(decodeRanges("g4FVKA", true)),
    Tagbanwa: () => new UnicodeRangeTable(decodeRanges("g7FMCCCB", true)),
    Tai_Le: () => new UnicodeRangeTable(decodeRanges("wqGdDE", true)),
    Tai_Tham: () => new UnicodeRangeTable(decodeRanges("gxG+BCcDKHJHN", true)),
    Tai_Viet: () => new UnicodeRangeTable(decodeRanges("g0qBiCZE", true)),
    Tai_Yo: () => new UnicodeRangeTable(decodeRanges("g25DeCVJB", true)),
    Takri: () => new UnicodeRangeTable(decodeRanges("g0lC5BHJ", true)),
    Tamil: () => new UnicodeRangeTable(decodeRanges("i8CBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBm+kCxBBOAB", false)),
    Tangsa: () => new UnicodeRangeTable(decodeRanges("wz6CuCCJ", true)),
    Tangut: () => new UnicodeRangeTable(decodeRanges("g-7CgBgBB+3GBhQeBiDyDB", false)),
    Telugu: () => new UnicodeRangeTable(decodeRanges("ggDMCCCWCPDICCCDIBCCCBDDDJII", true)),
    Thaana: () => new UnicodeRangeTable(decodeRanges("g8BxB", true)),
    Thai: () => new UnicodeRangeTable(decodeRanges("hwD5BGb", true)),
    Tibetan: () => new UnicodeRangeTable(decodeRanges("g4DnCCjBFmBCjBCOCGFB", true)),
    Tifinagh: () => new UnicodeRangeTable(decodeRanges("wpL3BIBPA", true)),
    Tirhuta: () => new UnicodeRangeTable(decodeRanges("gklCnCJJ", true)),
    Todhri: () => new UnicodeRangeTable(decodeRanges("guhCzB", true)),
    Tolong_Siki: () => new UnicodeRangeTable(decodeRanges("wtnCrBFJ", true)),
    Toto: () => new UnicodeRangeTable(decodeRanges("w04De", true)),
    Tulu_Tigalari: () => new UnicodeRangeTable(decodeRanges("g8kCJBCDDClBBCJBCDDCDBCJBCBBJBB", false)),
    Ugaritic: () => new UnicodeRangeTable(decodeRanges("g8gCdCA", true)),
    Unknown: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-FB", false)),
    Vai: () => new UnicodeRangeTable(decodeRanges("gopBrJ", true)),
    Vithkuqi: () => new UnicodeRangeTable(decodeRanges("wrhCKCOCGCBCKCOCGCB", true)),
    Wancho: () => new UnicodeRangeTable(decodeRanges("g24D5BGA", true)),
    Warang_Citi: () => new UnicodeRangeTable(decodeRanges("glmCyCNA", true)),
    Yezidi: () => new UnicodeRangeTable(decodeRanges("g0jCpBCCDB", true)),
    Yi: () => new UnicodeRangeTable(decodeRanges("ggoBskBE2B", true)),
    Zanabazar_Square: () => new UnicodeRangeTable(decodeRanges("gwmCnC", true))
  });
  static FOLD_CATEGORIES = new LazyMap({
    L: () => new UnicodeRangeTable(decodeRanges("laA", true)),
    LC: () => new UnicodeRangeTable(decodeRanges("laA", true)),
    Ll: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGC3HrBrBCEEJHHCCBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHxC9zC9zCBuBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
    Lt: () => new UnicodeRangeTable(decodeRanges("kOCCBCCBCClBCCtsHHBJHBJHBMQQwBAB", false)),
    Lu: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpL2B2Bs1CvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false)),
    M: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
    Mn: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
    Emoji: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
    Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
    Lowercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHuBPBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
    Math: () => new UnicodeRangeTable(decodeRanges("ycGDCHHFMMDDDCHHFAB", false)),
    Uppercase: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpLiBiBBOBFsasaBYBn6BvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false))
  });
  static FOLD_SCRIPT = new LazyMap({
    Common: () => new UnicodeRangeTable(decodeRanges("8cgBgB", false)),
    Greek: () => new UnicodeRangeTable(decodeRanges("1FwUwU", false)),
    Inherited: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false))
  });
};
var Unicode = class Unicode2 {
  static MAX_RUNE = 1114111;
  static RUNE_ERROR = 65533;
  static isUnsearchable(r) {
    return r === Unicode2.RUNE_ERROR || r >= Unicode2.MIN_HIGH_SURROGATE && r <= Unicode2.MAX_LOW_SURROGATE;
  }
  static MAX_ASCII = 127;
  static MAX_LATIN1 = 255;
  static MAX_BMP = 65535;
  static MIN_FOLD = 65;
  static MAX_FOLD = 125251;
  static MIN_HIGH_SURROGATE = 55296;
  static MAX_HIGH_SURROGATE = 56319;
  static MIN_LOW_SURROGATE = 56320;
  static MAX_LOW_SURROGATE = 57343;
  static MIN_SUPPLEMENTARY_CODE_POINT = 65536;
  static is32(ranges, r) {
    let lo = 0;
    let hi = ranges.length;
    while (lo < hi) {
      const m = lo + Math.floor((hi - lo) / 2);
      const rlo = ranges.getLo(m);
      const rhi = ranges.getHi(m);
      if (rlo <= r && r <= rhi) {
        const stride = ranges.getStride(m);
        return (r - rlo) % stride === 0;
      }
      if (r < rlo) hi = m;
      else lo = m + 1;
    }
    return false;
  }
  static is(ranges, r) {
    if (r <= Unicode2.MAX_LATIN1) {
      for (let i = 0; i < ranges.length; i++) {
        if (r > ranges.getHi(i)) continue;
        const rlo = ranges.getLo(i);
        if (r < rlo) return false;
        const stride = ranges.getStride(i);
        return (r - rlo) % stride === 0;
      }
      return false;
    }
    return ranges.length > 0 && r >= ranges.getLo(0) && Unicode2.is32(ranges, r);
  }
  static isPrint(r) {
    if (r <= Unicode2.MAX_LATIN1) return r >= 32 && r < Unicode2.MAX_ASCII || r >= 161 && r !== 173;
    return Unicode2.is(UnicodeTables.Print, r);
  }
  static simpleFold(r) {
    if (UnicodeTables.CASE_ORBIT.has(r)) return UnicodeTables.CASE_ORBIT.get(r);
    if (r <= Unicode2.MAX_ASCII) {
      const l = Codepoint.toLowerCase(r);
      return l !== r ? l : Codepoint.toUpperCase(r);
    }
    return r;
  }
  static equalsIgnoreCase(r1, r2) {
    if (r1 === r2) return true;
    if (r1 < 0 || r2 < 0) return false;
    if (r1 <= Unicode2.MAX_ASCII && r2 <= Unicode2.MAX_ASCII) {
      if (65 <= r1 && r1 <= 90) r1 |= 32;
      if (65 <= r2 && r2 <= 90) r2 |= 32;
      return r1 === r2;
    }
    for (let r = Unicode2.simpleFold(r1); r !== r1; r = Unicode2.simpleFold(r)) if (r === r2) return true;
    return false;
  }
};
var RE2JSException = class extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "RE2JSException";
  }
};
var RE2JSSyntaxException = class extends RE2JSException {
  /**
  * @param {string} error
  * @param {string|null} [input=null]
  */
  constructor(error, input = null) {
    let message = `error parsing regexp: ${error}`;
    if (input) message += `: \`${input}\``;
    super(message);
    this.name = "RE2JSSyntaxException";
    this.message = message;
    this.error = error;
    this.input = input;
  }
  /**
  * Retrieves the description of the error.
  * @returns {string}
  */
  getDescription() {
    return this.error;
  }
  /**
  * Retrieves the erroneous regular-expression pattern.
  * @returns {string|null}
  */
  getPattern() {
    return this.input;
  }
};
var RE2JSCompileException = class extends RE2JSException {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "RE2JSCompileException";
  }
};
var RE2JSGroupException = class extends RE2JSException {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "RE2JSGroupException";
  }
};
var RE2JSFlagsException = class extends RE2JSException {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "RE2JSFlagsException";
  }
};
var RE2JSInternalException = class extends RE2JSException {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "RE2JSInternalException";
  }
};
var FAST_PATH_TABLE_SIZE = 256;
var WORD_RUNE_TABLE = new Uint8Array(FAST_PATH_TABLE_SIZE);
for (let i = 0; i < FAST_PATH_TABLE_SIZE; i++) WORD_RUNE_TABLE[i] = 97 <= i && i <= 122 || 65 <= i && i <= 90 || 48 <= i && i <= 57 || i === 95 ? 1 : 0;
var cachedNativeEncoder = null;
var cachedNativeDecoder = null;
var Utils = class Utils2 {
  static METACHARACTERS = "\\.+*?()|[]{}^$";
  static EMPTY_BEGIN_LINE = 1;
  static EMPTY_END_LINE = 2;
  static EMPTY_BEGIN_TEXT = 4;
  static EMPTY_END_TEXT = 8;
  static EMPTY_WORD_BOUNDARY = 16;
  static EMPTY_NO_WORD_BOUNDARY = 32;
  static EMPTY_ALL = -1;
  static emptyInts() {
    return [];
  }
  static isString(value) {
    return typeof value === "string" || Object.prototype.toString.call(value) === "[object String]";
  }
  static typeName(value) {
    if (value === null || typeof value !== "object" && typeof value !== "function") return value === null ? "null" : typeof value;
    return Object.prototype.toString.call(value).slice(8, -1);
  }
  static checkPattern(pattern) {
    if (!Utils2.isString(pattern)) throw new TypeError(`The pattern must be a string, not ${Utils2.typeName(pattern)} (RE2JS.translateRegExp() converts a RegExp)`);
  }
  static checkInput(input) {
    if (!Utils2.isString(input) && !Utils2.isByteArray(input)) throw new TypeError(`The input must be a string or a byte array (Uint8Array or number[]), not ${Utils2.typeName(input)}`);
  }
  static checkFlags(flags) {
    const known = PublicFlags.MULTILINE | PublicFlags.DOTALL | PublicFlags.CASE_INSENSITIVE | PublicFlags.DISABLE_UNICODE_GROUPS | PublicFlags.LONGEST_MATCH | PublicFlags.LOOKBEHINDS;
    if (!Number.isInteger(flags) || (flags & ~known) !== 0) throw new RE2JSFlagsException("Flags should only be a combination of MULTILINE, DOTALL, CASE_INSENSITIVE, DISABLE_UNICODE_GROUPS, LONGEST_MATCH, LOOKBEHINDS");
  }
  static isByteArray(input) {
    return Array.isArray(input) || Object.prototype.toString.call(input) === "[object Uint8Array]";
  }
  static isalnum(c) {
    return Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"] || Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["z"] || Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["Z"];
  }
  static unhex(c) {
    if (Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"]) return c - Codepoint.CODES["0"];
    if (Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["f"]) return c - Codepoint.CODES["a"] + 10;
    if (Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["F"]) return c - Codepoint.CODES["A"] + 10;
    return -1;
  }
  static escapeRune(rune) {
    let out = "";
    if (Unicode.isPrint(rune)) {
      if (Utils2.METACHARACTERS.indexOf(String.fromCodePoint(rune)) >= 0) out += "\\";
      out += String.fromCodePoint(rune);
    } else switch (rune) {
      case Codepoint.CODES['"']:
        out += '\\"';
        break;
      case Codepoint.CODES["\\"]:
        out += "\\\\";
        break;
      case Codepoint.CODES["	"]:
        out += "\\t";
        break;
      case Codepoint.CODES["\n"]:
        out += "\\n";
        break;
      case Codepoint.CODES["\r"]:
        out += "\\r";
        break;
      case Codepoint.CODES["\b"]:
        out += "\\b";
        break;
      case Codepoint.CODES["\f"]:
        out += "\\f";
        break;
      default: {
        let s = rune.toString(16);
        if (rune < 256) {
          out += "\\x";
          if (s.length === 1) out += "0";
          out += s;
        } else out += `\\x{${s}}`;
        break;
      }
    }
    return out;
  }
  static stringToRunes(str) {
    const string = String(str);
    const runes = [];
    let i = 0;
    while (i < string.length) {
      const cp = string.codePointAt(i);
      runes.push(cp);
      i += cp > Unicode.MAX_BMP ? 2 : 1;
    }
    return new Int32Array(runes);
  }
  static runeToString(r) {
    return String.fromCodePoint(r);
  }
  static isWordRune(r) {
    return r < FAST_PATH_TABLE_SIZE ? WORD_RUNE_TABLE[r] === 1 : false;
  }
  static emptyOpContext(r1, r2) {
    let op = 0;
    if (r1 < 0) op |= Utils2.EMPTY_BEGIN_TEXT | Utils2.EMPTY_BEGIN_LINE;
    if (r1 === 10) op |= Utils2.EMPTY_BEGIN_LINE;
    if (r2 < 0) op |= Utils2.EMPTY_END_TEXT | Utils2.EMPTY_END_LINE;
    if (r2 === 10) op |= Utils2.EMPTY_END_LINE;
    if (Utils2.isWordRune(r1) !== Utils2.isWordRune(r2)) op |= Utils2.EMPTY_WORD_BOUNDARY;
    else op |= Utils2.EMPTY_NO_WORD_BOUNDARY;
    return op;
  }
  /**
  * Returns a string that quotes all regular expression metacharacters inside the argument text;
  * the returned string is a regular expression matching the literal text. For example,
  * {@code quoteMeta("[foo]").equals("\\[foo\\]")}.
  * @param {string} str
  * @returns {string}
  */
  static quoteMeta(str) {
    return str.split("").map((s) => {
      if (Utils2.METACHARACTERS.indexOf(s) >= 0) return `\\${s}`;
      return s;
    }).join("");
  }
  static charCount(codePoint2) {
    return codePoint2 > Unicode.MAX_BMP ? 2 : 1;
  }
  /**
  * High-speed conversion from TypedArrays to standard JS Arrays.
  * Bypasses the expensive Symbol.iterator overhead of Array.from()
  */
  static toArray(typedArray) {
    const len = typedArray.length;
    const res = new Array(len);
    for (let i = 0; i < len; i++) res[i] = typedArray[i];
    return res;
  }
  static stringToUtf8ByteArray(str) {
    if (globalThis.TextEncoder) {
      if (!cachedNativeEncoder) cachedNativeEncoder = new TextEncoder();
      return cachedNativeEncoder.encode(str);
    } else {
      let out = [], p = 0;
      for (let i = 0; i < str.length; i++) {
        let c = str.charCodeAt(i);
        if (c < 128) out[p++] = c;
        else if (c < 2048) {
          out[p++] = c >> 6 | 192;
          out[p++] = c & 63 | 128;
        } else if ((c & 64512) === Unicode.MIN_HIGH_SURROGATE && i + 1 < str.length && (str.charCodeAt(i + 1) & 64512) === Unicode.MIN_LOW_SURROGATE) {
          c = Unicode.MIN_SUPPLEMENTARY_CODE_POINT + ((c & 1023) << 10) + (str.charCodeAt(++i) & 1023);
          out[p++] = c >> 18 | 240;
          out[p++] = c >> 12 & 63 | 128;
          out[p++] = c >> 6 & 63 | 128;
          out[p++] = c & 63 | 128;
        } else {
          out[p++] = c >> 12 | 224;
          out[p++] = c >> 6 & 63 | 128;
          out[p++] = c & 63 | 128;
        }
      }
      return out;
    }
  }
  static utf8ByteArrayToString(bytes) {
    if (globalThis.TextDecoder) {
      if (!cachedNativeDecoder) cachedNativeDecoder = new TextDecoder("utf-8");
      const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
      return cachedNativeDecoder.decode(view);
    } else {
      let out = [], pos = 0, c = 0;
      while (pos < bytes.length) {
        let c1 = bytes[pos++];
        if (c1 < 128) out[c++] = String.fromCharCode(c1);
        else if (c1 > 191 && c1 < 224) {
          let c2 = bytes[pos++];
          out[c++] = String.fromCharCode((c1 & 31) << 6 | c2 & 63);
        } else if (c1 > 239 && c1 < 365) {
          let c2 = bytes[pos++];
          let c3 = bytes[pos++];
          let c4 = bytes[pos++];
          let u = ((c1 & 7) << 18 | (c2 & 63) << 12 | (c3 & 63) << 6 | c4 & 63) - Unicode.MIN_SUPPLEMENTARY_CODE_POINT;
          out[c++] = String.fromCharCode(Unicode.MIN_HIGH_SURROGATE + (u >> 10));
          out[c++] = String.fromCharCode(Unicode.MIN_LOW_SURROGATE + (u & 1023));
        } else {
          let c2 = bytes[pos++];
          let c3 = bytes[pos++];
          out[c++] = String.fromCharCode((c1 & 15) << 12 | (c2 & 63) << 6 | c3 & 63);
        }
      }
      return out.join("");
    }
  }
};
var createEnum = (values = [], initNum = 0) => {
  const enumObject = /* @__PURE__ */ Object.create(null);
  for (let i = 0; i < values.length; i++) {
    const val = values[i];
    const keyVal = initNum + i;
    enumObject[val] = keyVal;
    enumObject[keyVal] = val;
  }
  return Object.freeze(enumObject);
};
var MatcherInputBase = class MatcherInputBase2 {
  static Encoding = createEnum(["UTF_16", "UTF_8"]);
  getEncoding() {
    throw Error("not implemented");
  }
  /** @returns {string} */
  asCharSequence() {
    throw Error("not implemented");
  }
  /** @returns {Uint8Array|number[]|null} */
  asBytes() {
    throw Error("not implemented");
  }
  /** @returns {number} */
  length() {
    throw Error("not implemented");
  }
  /**
  *
  * @returns {boolean}
  */
  isUTF8Encoding() {
    return this.getEncoding() === MatcherInputBase2.Encoding.UTF_8;
  }
  /**
  *
  * @returns {boolean}
  */
  isUTF16Encoding() {
    return this.getEncoding() === MatcherInputBase2.Encoding.UTF_16;
  }
};
var Utf8MatcherInput = class extends MatcherInputBase {
  /** @param {Uint8Array|number[]|null} bytes */
  constructor(bytes = null) {
    super();
    this.bytes = bytes;
  }
  getEncoding() {
    return MatcherInputBase.Encoding.UTF_8;
  }
  /**
  *
  * @returns {string}
  */
  asCharSequence() {
    return Utils.utf8ByteArrayToString(this.bytes);
  }
  /**
  *
  * @returns {Uint8Array|number[]|null}
  */
  asBytes() {
    return this.bytes;
  }
  /**
  *
  * @returns {number}
  */
  length() {
    return this.bytes.length;
  }
};
var Utf16MatcherInput = class extends MatcherInputBase {
  /** @param {string|null} charSequence */
  constructor(charSequence = null) {
    super();
    this.charSequence = charSequence;
  }
  getEncoding() {
    return MatcherInputBase.Encoding.UTF_16;
  }
  /**
  *
  * @returns {string}
  */
  asCharSequence() {
    return this.charSequence;
  }
  /**
  *
  * @returns {number[]}
  */
  asBytes() {
    return Utils.stringToUtf8ByteArray(this.charSequence.toString());
  }
  /**
  *
  * @returns {number}
  */
  length() {
    return this.charSequence.length;
  }
};
var MatcherInput = class {
  /**
  * Return the MatcherInput for UTF_16 encoding.
  * @returns {Utf16MatcherInput}
  */
  static utf16(charSequence) {
    Utils.checkInput(charSequence);
    return new Utf16MatcherInput(charSequence);
  }
  /**
  * Return the MatcherInput for UTF_8 encoding.
  * @returns {Utf8MatcherInput}
  */
  static utf8(input) {
    if (Utils.isByteArray(input)) return new Utf8MatcherInput(input);
    return new Utf8MatcherInput(Utils.stringToUtf8ByteArray(input));
  }
};
var MachineInputBase = class {
  static EOF() {
    return -8;
  }
  constructor() {
    this.start = 0;
    this.end = 0;
  }
  canCheckPrefix() {
    return true;
  }
  endPos() {
    return this.end - this.start;
  }
  hasString() {
    return false;
  }
  hasAnyString() {
    return false;
  }
  prefixLength() {
    return 0;
  }
};
var MachineUTF8Input = class MachineUTF8Input2 extends MachineInputBase {
  static RUNE_ERROR_STEP = Unicode.RUNE_ERROR << 3 | 1;
  constructor(bytes, start = 0, end = bytes.length) {
    super();
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }
  hasString(prefilter, pos) {
    const target = prefilter.bytes;
    if (target.length === 0) return true;
    const idx = this.indexOf(this.bytes, target, this.start + pos);
    return idx !== -1 && idx <= this.end - target.length;
  }
  hasAnyString(prefilter, pos) {
    return prefilter.automaton8().searchUTF8(this.bytes, this.start + pos, this.end);
  }
  step(pos) {
    pos += this.start;
    if (pos >= this.end) return MachineInputBase.EOF();
    const c = this.bytes[pos] & 255;
    if (c < 128) return c << 3 | 1;
    let size;
    let rune;
    let lo = 128;
    let hi = 191;
    if (c >= 194 && c <= 223) {
      size = 2;
      rune = c & 31;
    } else if (c >= 224 && c <= 239) {
      size = 3;
      rune = c & 15;
      if (c === 224) lo = 160;
      else if (c === 237) hi = 159;
    } else if (c >= 240 && c <= 244) {
      size = 4;
      rune = c & 7;
      if (c === 240) lo = 144;
      else if (c === 244) hi = 143;
    } else return MachineUTF8Input2.RUNE_ERROR_STEP;
    if (pos + size > this.end) return MachineUTF8Input2.RUNE_ERROR_STEP;
    const c1 = this.bytes[pos + 1] & 255;
    if (c1 < lo || c1 > hi) return MachineUTF8Input2.RUNE_ERROR_STEP;
    rune = rune << 6 | c1 & 63;
    if (size > 2) {
      const c2 = this.bytes[pos + 2] & 255;
      if ((c2 & 192) !== 128) return MachineUTF8Input2.RUNE_ERROR_STEP;
      rune = rune << 6 | c2 & 63;
      if (size > 3) {
        const c3 = this.bytes[pos + 3] & 255;
        if ((c3 & 192) !== 128) return MachineUTF8Input2.RUNE_ERROR_STEP;
        rune = rune << 6 | c3 & 63;
      }
    }
    return rune << 3 | size;
  }
  index(re2, pos) {
    pos += this.start;
    const i = this.indexOf(this.bytes, re2.prefixUTF8, pos);
    return i < 0 ? i : i - pos;
  }
  context(pos) {
    pos += this.start;
    let r1 = -1;
    if (pos > this.start && pos <= this.end) {
      let start = pos - 1;
      r1 = this.bytes[start--];
      if (r1 >= 128) {
        let lim = pos - 4;
        if (lim < this.start) lim = this.start;
        while (start >= lim && (this.bytes[start] & 192) === 128) start--;
        if (start < this.start) start = this.start;
        const r = this.step(start - this.start);
        r1 = start + (r & 7) === pos ? r >> 3 : Unicode.RUNE_ERROR;
      }
    }
    const r2 = pos < this.end ? this.step(pos - this.start) >> 3 : -1;
    return Utils.emptyOpContext(r1, r2);
  }
  indexOf(source, target, fromIndex = 0) {
    let targetLength = target.length;
    if (targetLength === 0) return fromIndex <= this.end ? fromIndex : -1;
    const firstByte = target[0];
    let limit = this.end - targetLength;
    const hasNativeIndexOf = typeof source.indexOf === "function";
    let i = fromIndex;
    while (i <= limit) {
      if (hasNativeIndexOf) {
        i = source.indexOf(firstByte, i);
        if (i === -1 || i > limit) return -1;
      } else {
        while (i <= limit && source[i] !== firstByte) i++;
        if (i > limit) return -1;
      }
      let match = true;
      for (let j = 1; j < targetLength; j++) if (source[i + j] !== target[j]) {
        match = false;
        break;
      }
      if (match) return i;
      i++;
    }
    return -1;
  }
  prefixLength(re2) {
    return re2.prefixUTF8.length;
  }
};
var MachineUTF16Input = class extends MachineInputBase {
  constructor(charSequence, start = 0, end = charSequence.length) {
    super();
    this.charSequence = charSequence;
    this.start = start;
    this.end = end;
  }
  hasString(prefilter, pos) {
    const idx = this.charSequence.indexOf(prefilter.str, this.start + pos);
    return idx !== -1 && idx <= this.end - prefilter.str.length;
  }
  hasAnyString(prefilter, pos) {
    return prefilter.automaton16().searchUTF16(this.charSequence, this.start + pos, this.end);
  }
  step(pos) {
    pos += this.start;
    if (pos >= this.end) return MachineInputBase.EOF();
    const c1 = this.charSequence.charCodeAt(pos);
    if (c1 < Unicode.MIN_HIGH_SURROGATE || c1 > Unicode.MAX_HIGH_SURROGATE || pos + 1 >= this.end) return c1 << 3 | 1;
    const c2 = this.charSequence.charCodeAt(pos + 1);
    if (c2 >= Unicode.MIN_LOW_SURROGATE && c2 <= Unicode.MAX_LOW_SURROGATE) return (c1 - Unicode.MIN_HIGH_SURROGATE) * 1024 + (c2 - Unicode.MIN_LOW_SURROGATE) + Unicode.MIN_SUPPLEMENTARY_CODE_POINT << 3 | 2;
    return c1 << 3 | 1;
  }
  index(re2, pos) {
    pos += this.start;
    const i = this.charSequence.indexOf(re2.prefix, pos);
    if (i < 0 || i > this.end - re2.prefix.length) return -1;
    return i - pos;
  }
  context(pos) {
    pos += this.start;
    const r1 = pos > this.start && pos <= this.end ? this.charSequence.charCodeAt(pos - 1) : -1;
    const r2 = pos < this.end ? this.charSequence.charCodeAt(pos) : -1;
    return Utils.emptyOpContext(r1, r2);
  }
  prefixLength(re2) {
    return re2.prefix.length;
  }
};
var MachineInput = class {
  static fromUTF8(bytes, start = 0, end = bytes.length) {
    return new MachineUTF8Input(bytes, start, end);
  }
  static fromUTF16(charSequence, start = 0, end = void 0) {
    Utils.checkInput(charSequence);
    return new MachineUTF16Input(charSequence, start, end ?? charSequence.length);
  }
};
var Matcher = class Matcher2 {
  /**
  * V8 and WebKit have historical hard limits on the number of arguments
  * that can be passed to a function. We cap replacer arguments to prevent
  * Call Stack Overflow (DoS) vulnerabilities on massive ASTs.
  */
  static MAX_REPLACER_ARGS = 65535;
  /**
  * Quotes '\' and '$' in {@code s}, so that the returned string could be used in
  * {@link #appendReplacement} as a literal replacement of {@code s}.
  *
  * @param {string} str the string to be quoted
  * @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
  * @returns {string} the quoted string
  */
  static quoteReplacement(str, javaMode = false) {
    if (javaMode) {
      if (str.indexOf("\\") < 0 && str.indexOf("$") < 0) return str;
      return str.split("").map((s) => {
        const c = s.codePointAt(0);
        if (c === Codepoint.CODES["\\"] || c === Codepoint.CODES["$"]) return `\\${s}`;
        return s;
      }).join("");
    }
    if (str.indexOf("$") < 0) return str;
    return str.split("").map((s) => {
      if (s.codePointAt(0) === Codepoint.CODES["$"]) return "$$";
      return s;
    }).join("");
  }
  /**
  *
  * @param {import('./index.js').RE2JS} pattern
  * @param {string|number[]|Uint8Array|MatcherInputBase} input
  */
  constructor(pattern, input) {
    if (pattern === null) throw new Error("pattern is null");
    this.patternInput = pattern;
    const re2 = this.patternInput.re2();
    this.patternGroupCount = re2.numberOfCapturingGroups();
    this.groups = [];
    this.namedGroups = re2.namedGroups;
    this.hasNamedGroups = Object.keys(this.namedGroups).length > 0;
    this.numberOfInstructions = re2.numberOfInstructions();
    this.lookbehindState = null;
    if (input instanceof MatcherInputBase) this.resetMatcherInput(input);
    else if (Utils.isByteArray(input)) this.resetMatcherInput(MatcherInput.utf8(input));
    else this.resetMatcherInput(MatcherInput.utf16(input));
  }
  /**
  * Returns the {@code RE2JS} associated with this {@code Matcher}.
  * @returns {import('./index.js').RE2JS}
  */
  pattern() {
    return this.patternInput;
  }
  /**
  * Resets the {@code Matcher}, rewinding input and discarding any match information.
  *
  * @returns {Matcher} the {@code Matcher} itself, for chained method calls
  */
  reset() {
    this.matcherInputLength = this.matcherInput.length();
    this.appendPos = 0;
    this.hasMatch = false;
    this.hasGroups = false;
    this.anchorFlag = 0;
    return this;
  }
  /**
  * Resets the {@code Matcher} and changes the input.
  * @param {string|number[]|Uint8Array|MatcherInputBase} input
  * @returns {Matcher} the {@code Matcher} itself, for chained method calls
  */
  resetMatcherInput(input) {
    if (input === null) throw new Error("input is null");
    if (!(input instanceof MatcherInputBase)) {
      if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
      else input = MatcherInput.utf16(input);
    }
    this.matcherInput = input;
    if (this.lookbehindState !== null) this.lookbehindState.reset();
    else this.lookbehindState = this.patternInput.re2().createLookbehindState();
    this.reset();
    return this;
  }
  /**
  * Returns the start of the named group of the most recent match, or -1 if the group was not
  * matched.
  * @param {string|number} [group=0]
  * @returns {number}
  */
  start(group = 0) {
    if (typeof group === "string") {
      const groupInt = this.namedGroups[group];
      if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
      group = groupInt;
    }
    this.loadGroup(group);
    return this.groups[2 * group];
  }
  /**
  * Returns the end of the named group of the most recent match, or -1 if the group was not
  * matched.
  * @param {string|number} [group=0]
  * @returns {number}
  */
  end(group = 0) {
    if (typeof group === "string") {
      const groupInt = this.namedGroups[group];
      if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
      group = groupInt;
    }
    this.loadGroup(group);
    return this.groups[2 * group + 1];
  }
  /**
  * Returns the program size of this pattern.
  *
  * <p>
  * Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
  * "cost". Larger numbers are more expensive than smaller numbers.
  * </p>
  *
  * @returns {number} the program size of this pattern
  */
  programSize() {
    return this.numberOfInstructions;
  }
  /**
  * Returns the named group of the most recent match, or {@code null} if the group was not matched.
  * @param {string|number} [group=0]
  * @returns {string|null}
  */
  group(group = 0) {
    if (typeof group === "string") {
      const groupInt = this.namedGroups[group];
      if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
      group = groupInt;
    }
    const start = this.start(group);
    const end = this.end(group);
    if (start < 0 && end < 0) return null;
    return this.substring(start, end);
  }
  /**
  * Returns a dictionary map of all named capturing groups and their matched values.
  * If a group was not matched, its value will be `null`.
  * @returns {Record<string, string|null>}
  */
  getNamedGroups() {
    if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
    const result = /* @__PURE__ */ Object.create(null);
    for (const name of Object.keys(this.namedGroups)) result[name] = this.group(name);
    return result;
  }
  /**
  * Returns the number of subgroups in this pattern.
  *
  * @returns {number} the number of subgroups; the overall match (group 0) does not count
  */
  groupCount() {
    return this.patternGroupCount;
  }
  /**
  * Helper: finds subgroup information if needed for group.
  * @param {number} group
  * @private
  */
  loadGroup(group) {
    if (!Number.isInteger(group) || group < 0 || group > this.patternGroupCount) throw new RE2JSGroupException(`Group index out of bounds: ${group}`);
    if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
    if (group === 0 || this.hasGroups) return;
    const end = this.matcherInputLength;
    const res = this.patternInput.re2().matchMachineInput(this.matcherInput, this.groups[0], end, this.anchorFlag, 1 + this.patternGroupCount, this.lookbehindState);
    if (!res[0]) throw new RE2JSGroupException("inconsistency in matching group data");
    this.groups = res[1];
    this.hasGroups = true;
  }
  /**
  * Matches the entire input against the pattern (anchored start and end). If there is a match,
  * {@code matches} sets the match state to describe it.
  *
  * @returns {boolean} true if the entire input matches the pattern
  */
  matches() {
    return this.genMatch(0, RE2Flags.ANCHOR_BOTH);
  }
  /**
  * Matches the beginning of input against the pattern (anchored start). If there is a match,
  * {@code lookingAt} sets the match state to describe it.
  *
  * @returns {boolean} true if the beginning of the input matches the pattern
  */
  lookingAt() {
    return this.genMatch(0, RE2Flags.ANCHOR_START);
  }
  /**
  * Matches the input against the pattern (unanchored), starting at a specified position. If there
  * is a match, {@code find} sets the match state to describe it.
  *
  * @param {number|null} [start=null] the input position where the search begins
  * @returns {boolean} if it finds a match
  * @throws IndexOutOfBoundsException if start is not a valid input position
  */
  find(start = null) {
    if (start !== null) {
      if (!Number.isInteger(start) || start < 0 || start > this.matcherInputLength) throw new RE2JSGroupException(`start index out of bounds: ${start}`);
      this.reset();
      return this.genMatch(start, 0);
    }
    start = 0;
    if (this.hasMatch) {
      start = this.groups[1];
      if (this.groups[0] === this.groups[1]) {
        const r = (this.matcherInput.isUTF16Encoding() ? MachineInput.fromUTF16(this.matcherInput.asCharSequence(), 0, this.matcherInputLength) : MachineInput.fromUTF8(this.matcherInput.asBytes(), 0, this.matcherInputLength)).step(start);
        if (r < 0) start++;
        else start += r & 7;
      }
    }
    return this.genMatch(start, RE2Flags.UNANCHORED);
  }
  /**
  * Helper: does match starting at start, with RE2 anchor flag.
  * @param {number} startByte
  * @param {number} anchor
  * @returns {boolean}
  * @private
  */
  genMatch(startByte, anchor) {
    const res = this.patternInput.re2().matchMachineInput(this.matcherInput, startByte, this.matcherInputLength, anchor, 1, this.lookbehindState);
    if (!res[0]) {
      this.hasMatch = false;
      return false;
    }
    this.groups = res[1];
    this.hasMatch = true;
    this.hasGroups = this.patternGroupCount === 0;
    this.anchorFlag = anchor;
    return true;
  }
  /**
  * Helper: return substring for [start, end).
  * @param {number} start
  * @param {number} end
  * @returns {string}
  */
  substring(start, end) {
    if (this.matcherInput.isUTF8Encoding()) return Utils.utf8ByteArrayToString(this.matcherInput.asBytes().slice(start, end));
    return this.matcherInput.asCharSequence().substring(start, end).toString();
  }
  /**
  * Helper for Pattern: return input length.
  * @returns {number}
  */
  inputLength() {
    return this.matcherInputLength;
  }
  /**
  * Appends to result two strings: the text from the append position up to the beginning of the
  * most recent match, and then the replacement with submatch groups substituted for references to
  * them. It advances the append position to where the most recent match ended.
  *
  * By default the replacement is expanded as by String.prototype.replace (see
  * appendReplacementInternalJs). In Java mode it follows re2j / java.util.regex: $n takes as
  * many digits as still form a valid group number, ${name} is a named group, and a backslash
  * escapes the next character (so "\\$" in a JS string literal inserts a literal $).
  *
  * @param {string} replacement the replacement string
  * @param {boolean} [javaMode=false] activate java mode (different behaviour for capture groups and special characters)
  * @returns {string}
  * @throws IllegalStateException if there was no most recent match
  * @throws IndexOutOfBoundsException in Java mode, if replacement refers to an invalid group
  * @private
  */
  appendReplacement(replacement, javaMode = false) {
    let res = "";
    const s = this.start();
    const e = this.end();
    if (this.appendPos < s) res += this.substring(this.appendPos, s);
    this.appendPos = e;
    res += javaMode ? this.appendReplacementInternalJava(replacement) : this.appendReplacementInternalJs(replacement);
    return res;
  }
  /**
  * @param {string} replacement - the replacement string
  * @returns {string}
  * @private
  */
  appendReplacementInternalJava(replacement) {
    let res = "";
    let last = 0;
    const m = replacement.length;
    let i = 0;
    while (i < m) {
      const cCode = replacement.codePointAt(i);
      if (cCode === Codepoint.CODES["\\"]) {
        if (last < i) res += replacement.substring(last, i);
        i++;
        if (i >= m) throw new RE2JSGroupException("character to be escaped is missing");
        last = i;
        i++;
        continue;
      }
      if (cCode === Codepoint.CODES["$"]) {
        if (last < i) res += replacement.substring(last, i);
        if (i + 1 >= m) throw new RE2JSGroupException("Illegal group reference: group index is missing");
        const nextCode = replacement.codePointAt(i + 1);
        if (Codepoint.CODES["0"] <= nextCode && nextCode <= Codepoint.CODES["9"]) {
          let n = nextCode - Codepoint.CODES["0"];
          let j = i + 2;
          for (; j < m; j++) {
            const digit = replacement.codePointAt(j);
            if (digit < Codepoint.CODES["0"] || digit > Codepoint.CODES["9"] || n * 10 + digit - Codepoint.CODES["0"] > this.patternGroupCount) break;
            n = n * 10 + digit - Codepoint.CODES["0"];
          }
          if (n > this.patternGroupCount) throw new RE2JSGroupException(`n > number of groups: ${n}`);
          const group = this.group(n);
          if (group !== null) res += group;
          i = j;
          last = i;
        } else if (nextCode === Codepoint.CODES["{"]) {
          let j = i + 2;
          while (j < m && replacement.codePointAt(j) !== Codepoint.CODES["}"]) j++;
          if (j >= m) throw new RE2JSGroupException("named capture group is missing trailing '}'");
          const groupName = replacement.substring(i + 2, j);
          const groupVal = this.group(groupName);
          if (groupVal !== null) res += groupVal;
          i = j + 1;
          last = i;
        } else throw new RE2JSGroupException("Illegal group reference");
        continue;
      }
      i++;
    }
    if (last < m) res += replacement.substring(last, m);
    return res;
  }
  /**
  * Expands |replacement| for the current match by the rules of String.prototype.replace
  * (ECMAScript GetSubstitution): $$ is "$", $& the match, $` the text before it, $' the text
  * after it, $n and $nn a group (two digits only when they form a valid group number, so with
  * one group "$10" is group 1 then "0"; an unmatched group is empty), and $<name> a named group
  * (empty when no such group), only when the pattern has named groups. Anything else, such as
  * "$0" or "$<" without a closing ">", is kept as is.
  * @param {string} replacement - the replacement string
  * @returns {string}
  * @private
  */
  appendReplacementInternalJs(replacement) {
    const isDigit2 = (c) => c >= 48 && c <= 57;
    const groupCount = this.patternGroupCount;
    let res = "";
    let i = 0;
    while (i < replacement.length) {
      const dollar = replacement.indexOf("$", i);
      if (dollar < 0) break;
      res += replacement.substring(i, dollar);
      i = dollar;
      const c = replacement.charCodeAt(i + 1);
      if (c === Codepoint.CODES["$"]) {
        res += "$";
        i += 2;
      } else if (c === Codepoint.CODES["&"]) {
        res += this.group(0);
        i += 2;
      } else if (c === Codepoint.CODES["`"]) {
        res += this.substring(0, this.start(0));
        i += 2;
      } else if (c === Codepoint.CODES["'"]) {
        res += this.substring(this.end(0), this.matcherInputLength);
        i += 2;
      } else if (isDigit2(c)) {
        let digits = 1;
        let index = c - 48;
        const c2 = replacement.charCodeAt(i + 2);
        if (isDigit2(c2) && index * 10 + c2 - 48 <= groupCount) {
          digits = 2;
          index = index * 10 + c2 - 48;
        }
        if (index >= 1 && index <= groupCount) {
          const group = this.group(index);
          if (group !== null) res += group;
        } else res += replacement.substring(i, i + 1 + digits);
        i += 1 + digits;
      } else if (c === Codepoint.CODES["<"] && this.hasNamedGroups) {
        const gt = replacement.indexOf(">", i + 2);
        if (gt < 0) {
          res += "$<";
          i += 2;
        } else {
          const name = replacement.substring(i + 2, gt);
          if (Object.hasOwn(this.namedGroups, name)) {
            const group = this.group(name);
            if (group !== null) res += group;
          }
          i = gt + 1;
        }
      } else {
        res += "$";
        i += 1;
      }
    }
    return res + replacement.substring(i);
  }
  /**
  * Return the substring of the input from the append position to the end of the
  * input.
  * @returns {string}
  */
  appendTail() {
    return this.substring(this.appendPos, this.matcherInputLength);
  }
  /**
  * Returns the input with all matches replaced by {@code replacement}, interpreted as for
  * {@code appendReplacement}.
  *
  * @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
  * @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
  * @returns {string} the input string with the matches replaced
  * @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
  */
  replaceAll(replacement, javaMode = false) {
    return this.replace(replacement, true, javaMode);
  }
  /**
  * Returns the input with the first match replaced by {@code replacement}, interpreted as for
  * {@code appendReplacement}.
  *
  * @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
  * @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
  * @returns {string} the input string with the first match replaced
  * @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
  */
  replaceFirst(replacement, javaMode = false) {
    return this.replace(replacement, false, javaMode);
  }
  /**
  * Helper: replaceAll/replaceFirst hybrid.
  * @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
  * @param {boolean} [all=true] - replace all matches
  * @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
  * @returns {string}
  * @private
  */
  replace(replacement, all = true, javaMode = false) {
    let res = "";
    this.reset();
    const isFunc = typeof replacement === "function";
    let originalInput = null;
    if (isFunc) {
      if (this.groupCount() >= Matcher2.MAX_REPLACER_ARGS) throw new RE2JSGroupException("Too many capture groups to safely invoke replacer function");
      originalInput = this.matcherInput.isUTF8Encoding() ? this.matcherInput.asBytes() : this.matcherInput.asCharSequence();
    }
    while (this.find()) {
      res += isFunc ? this.appendReplacementFunc(replacement, originalInput) : this.appendReplacement(replacement, javaMode);
      if (!all) break;
    }
    res += this.appendTail();
    return res;
  }
  /**
  * Evaluates a replacer function for the current match and appends the result,
  * along with any un-matched preceding text, advancing the append position.
  * @param {Function} replacer - the replacer function
  * @param {string|Uint8Array|number[]} originalInput - the cached original input reference
  * @returns {string} the evaluated string to append
  * @private
  */
  appendReplacementFunc(replacer, originalInput) {
    let res = "";
    const s = this.start();
    const e = this.end();
    if (this.appendPos < s) res += this.substring(this.appendPos, s);
    this.appendPos = e;
    const args = this.matchArray();
    args.push(s, originalInput);
    if (this.hasNamedGroups) args.push(this.namedGroupsObject());
    res += String(replacer(...args));
    return res;
  }
  /**
  * The match and its groups, as the elements of a JS RegExpExecArray: undefined for a group that
  * did not take part in the match. Used by exec(), matchAll() and replacer functions.
  * @returns {Array<string|undefined>}
  * @private
  */
  matchArray() {
    const result = [this.group(0)];
    for (let i = 1; i <= this.patternGroupCount; i++) {
      const group = this.group(i);
      result.push(group === null ? void 0 : group);
    }
    return result;
  }
  /**
  * The named groups, as the groups property of a JS RegExpExecArray: an object without a
  * prototype mapping each name to its group (undefined when it did not take part in the match),
  * or undefined when the pattern has no named groups.
  * @returns {Record<string, string|undefined>|undefined}
  * @private
  */
  namedGroupsObject() {
    if (!this.hasNamedGroups) return;
    const result = this.getNamedGroups();
    for (const name in result) if (result[name] === null) result[name] = void 0;
    return result;
  }
};
var Inst = class Inst2 {
  static ALT = 1;
  static ALT_MATCH = 2;
  static CAPTURE = 3;
  static EMPTY_WIDTH = 4;
  static FAIL = 5;
  static MATCH = 6;
  static NOP = 7;
  static RUNE = 8;
  static RUNE1 = 9;
  static RUNE_ANY = 10;
  static RUNE_ANY_NOT_NL = 11;
  static LB_WRITE = 12;
  static LB_CHECK = 13;
  static isRuneOp(op) {
    return Inst2.RUNE <= op && op <= Inst2.RUNE_ANY_NOT_NL;
  }
  static escapeRunes(runes) {
    let out = '"';
    for (let rune of runes) out += Utils.escapeRune(rune);
    out += '"';
    return out;
  }
  constructor(op) {
    this.op = op;
    this.out = 0;
    this.arg = 0;
    this.runes = /* @__PURE__ */ new Int32Array(0);
    this.next = null;
  }
  matchRune(r) {
    if (this.runes.length === 1) {
      const r0 = this.runes[0];
      if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r);
      return r === r0;
    }
    const len = this.runes.length;
    if (len === 0) return false;
    if (len === 2 || len === 4 || len === 6 || len === 8) {
      for (let j = 0; j < len; j += 2) {
        if (r < this.runes[j]) return false;
        if (r <= this.runes[j + 1]) return true;
      }
      return false;
    }
    let base = 0;
    let n = len >> 1;
    while (n > 1) {
      const half = n >> 1;
      base += this.runes[base + half << 1] <= r ? half : 0;
      n -= half;
    }
    base += this.runes[base << 1] <= r ? 1 : 0;
    const m = base - 1;
    return m >= 0 && r <= this.runes[m << 1 | 1];
  }
  matchRunePos(r) {
    if (this.runes.length === 1) {
      const r0 = this.runes[0];
      if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r) ? 0 : -1;
      return r === r0 ? 0 : -1;
    }
    const len = this.runes.length;
    if (len === 0) return -1;
    if (len === 2 || len === 4 || len === 6 || len === 8) {
      for (let j = 0; j < len; j += 2) {
        if (r < this.runes[j]) return -1;
        if (r <= this.runes[j + 1]) return Math.floor(j / 2);
      }
      return -1;
    }
    let base = 0;
    let n = len >> 1;
    while (n > 1) {
      const half = n >> 1;
      base += this.runes[base + half << 1] <= r ? half : 0;
      n -= half;
    }
    base += this.runes[base << 1] <= r ? 1 : 0;
    const m = base - 1;
    return m >= 0 && r <= this.runes[m << 1 | 1] ? m : -1;
  }
  /**
  *
  * @returns {string}
  */
  toString() {
    switch (this.op) {
      case Inst2.ALT:
        return `alt -> ${this.out}, ${this.arg}`;
      case Inst2.ALT_MATCH:
        return `altmatch -> ${this.out}, ${this.arg}`;
      case Inst2.CAPTURE:
        return `cap ${this.arg} -> ${this.out}`;
      case Inst2.EMPTY_WIDTH:
        return `empty ${this.arg} -> ${this.out}`;
      case Inst2.MATCH:
        return `match${this.arg !== 0 ? ` ${this.arg}` : ""}`;
      case Inst2.FAIL:
        return "fail";
      case Inst2.NOP:
        return `nop -> ${this.out}`;
      case Inst2.LB_WRITE:
        return `lbwrite ${this.arg} -> ${this.out}`;
      case Inst2.LB_CHECK:
        return `lbcheck ${this.arg} -> ${this.out}`;
      case Inst2.RUNE:
        if (this.runes === null) return "rune <null>";
        return [
          "rune ",
          Inst2.escapeRunes(this.runes),
          (this.arg & RE2Flags.FOLD_CASE) !== 0 ? "/i" : "",
          " -> ",
          this.out
        ].join("");
      case Inst2.RUNE1:
        return `rune1 ${Inst2.escapeRunes(this.runes)} -> ${this.out}`;
      case Inst2.RUNE_ANY:
        return `any -> ${this.out}`;
      case Inst2.RUNE_ANY_NOT_NL:
        return `anynotnl -> ${this.out}`;
      default:
        throw new Error("unhandled case in Inst.toString");
    }
  }
};
var Queue = class Queue2 {
  constructor(numInst) {
    this.sparse = new Int32Array(numInst);
    this.densePcs = new Int32Array(numInst);
    this.denseCaps = null;
    this.size = 0;
    this.ncap = 0;
    this.mainThreads = 0;
  }
  static INITIAL_THREADS = 32;
  init(ncap) {
    this.ncap = ncap;
    const needed = Math.min(this.densePcs.length, Queue2.INITIAL_THREADS) * ncap;
    if (!this.denseCaps || this.denseCaps.length < needed) this.denseCaps = new Int32Array(needed);
  }
  growCaps(needed) {
    const limit = this.densePcs.length * this.ncap;
    const grown = new Int32Array(Math.min(limit, Math.max(needed, 2 * this.denseCaps.length)));
    grown.set(this.denseCaps);
    this.denseCaps = grown;
  }
  contains(pc) {
    const j = this.sparse[pc];
    return j < this.size && this.densePcs[j] === pc;
  }
  isEmpty() {
    return this.size === 0;
  }
  add(pc) {
    const j = this.size++;
    this.sparse[pc] = j;
    this.densePcs[j] = pc;
    return j;
  }
  clear() {
    this.size = 0;
    this.mainThreads = 0;
  }
  toString() {
    let out = "{";
    for (let i = 0; i < this.size; i++) {
      if (i !== 0) out += ", ";
      out += this.densePcs[i];
    }
    out += "}";
    return out;
  }
};
var LookbehindState = class {
  constructor(prog) {
    this.pos = -1;
    this.pcs = new Int32Array(prog.numInst());
    this.size = 0;
    this.lbTable = new Int32Array(prog.numLb + 1);
  }
  reset() {
    this.pos = -1;
    this.size = 0;
  }
};
var Machine = class Machine2 {
  static fromRE2(re2) {
    const m = new Machine2();
    m.prog = re2.prog;
    m.re2 = re2;
    m.q0 = new Queue(m.prog.numInst());
    m.q1 = new Queue(m.prog.numInst());
    m.addStack = new Int32Array(2 * (m.prog.numInst() + 1));
    m.matched = false;
    m.matchcap = new Int32Array(m.prog.numCap < 2 ? 2 : m.prog.numCap);
    m.ncap = 0;
    return m;
  }
  constructor() {
    this.prog = null;
    this.re2 = null;
    this.q0 = null;
    this.q1 = null;
    this.addStack = null;
    this.matched = false;
    this.matchcap = null;
    this.ncap = 0;
    this.lbTable = null;
  }
  init(ncap) {
    this.ncap = ncap;
    if (ncap > this.matchcap.length) this.matchcap = new Int32Array(ncap).fill(-1);
    else this.matchcap.fill(-1);
    this.q0.init(ncap);
    this.q1.init(ncap);
    if (this.prog.numLb > 0) {
      if (!this.lbTable || this.lbTable.length < this.prog.numLb + 1) this.lbTable = new Int32Array(this.prog.numLb + 1);
      this.lbTable.fill(-1);
    }
  }
  submatches() {
    if (this.ncap === 0) return Utils.emptyInts();
    return Utils.toArray(this.matchcap.subarray(0, this.ncap));
  }
  match(input, pos, anchor, lbState = null) {
    const startCond = this.re2.cond;
    if (startCond === Utils.EMPTY_ALL) return false;
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
    this.matched = false;
    this.matchcap.fill(-1);
    const hasLookbehinds = this.prog.numLb > 0;
    const matchStartPos = pos;
    let currentPos = pos;
    let resumeLookbehinds = false;
    if (hasLookbehinds) {
      if (lbState !== null && lbState.pos >= 0 && lbState.pos <= pos) {
        currentPos = lbState.pos;
        resumeLookbehinds = true;
      } else currentPos = 0;
    }
    let saveLookbehinds = hasLookbehinds && lbState !== null;
    let runq = this.q0;
    let nextq = this.q1;
    let r = input.step(currentPos);
    let rune = r >> 3;
    let width = r & 7;
    let rune1 = -1;
    let width1 = 0;
    if (r !== MachineInputBase.EOF()) {
      r = input.step(currentPos + width);
      rune1 = r >> 3;
      width1 = r & 7;
    }
    let flag;
    if (currentPos === 0) flag = Utils.emptyOpContext(-1, rune);
    else flag = input.context(currentPos);
    if (hasLookbehinds) {
      if (resumeLookbehinds) this.restoreLookbehinds(lbState, runq, flag);
      else this.spawnLookbehinds(runq, currentPos, flag);
    }
    while (true) {
      if (runq.mainThreads === 0) {
        if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
        if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
        if (this.matched) break;
        if (this.prog.numLb === 0 && runq.isEmpty() && !(this.re2.prefix.length === 0) && rune1 !== this.re2.prefixRune && input.canCheckPrefix()) {
          const advance = input.index(this.re2, currentPos);
          if (advance < 0) break;
          currentPos += advance;
          r = input.step(currentPos);
          rune = r >> 3;
          width = r & 7;
          r = input.step(currentPos + width);
          rune1 = r >> 3;
          width1 = r & 7;
          flag = input.context(currentPos);
        }
      }
      if (currentPos >= matchStartPos) {
        if (saveLookbehinds) {
          this.saveLookbehinds(lbState, runq, currentPos);
          saveLookbehinds = false;
        }
        if (!this.matched && (currentPos === 0 || anchor === RE2Flags.UNANCHORED)) {
          if (this.ncap > 0) this.matchcap[0] = currentPos;
          this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
        }
      }
      const nextPos = currentPos + width;
      flag = input.context(nextPos);
      this.step(runq, nextq, currentPos, nextPos, rune, flag, anchor, currentPos === input.endPos());
      if (width === 0) break;
      if (this.ncap === 0 && this.matched) break;
      currentPos += width;
      rune = rune1;
      width = width1;
      if (rune !== -1) {
        r = input.step(currentPos + width);
        rune1 = r >> 3;
        width1 = r & 7;
      }
      const tmpq = runq;
      runq = nextq;
      nextq = tmpq;
    }
    runq.clear();
    nextq.clear();
    return this.matched;
  }
  matchSet(input, pos, anchor) {
    const startCond = this.re2.cond;
    if (startCond === Utils.EMPTY_ALL) return [];
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
    let currentPos = this.prog.numLb > 0 ? 0 : pos;
    let matchStartPos = pos;
    let runq = this.q0;
    let nextq = this.q1;
    let r = input.step(currentPos);
    let rune = r >> 3;
    let width = r & 7;
    let rune1 = -1;
    let width1 = 0;
    if (r !== MachineInputBase.EOF()) {
      r = input.step(currentPos + width);
      rune1 = r >> 3;
      width1 = r & 7;
    }
    let flag = currentPos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(currentPos);
    const matches = /* @__PURE__ */ new Set();
    if (this.prog.numLb > 0) this.spawnLookbehinds(runq, currentPos, flag);
    while (true) {
      if (runq.mainThreads === 0) {
        if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
        if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
      }
      if (currentPos === 0 || anchor === RE2Flags.UNANCHORED) {
        if (currentPos >= matchStartPos) this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
      }
      const nextPos = currentPos + width;
      flag = input.context(nextPos);
      for (let j = 0; j < runq.size; j++) {
        const pc = runq.densePcs[j];
        const i = this.prog.inst[pc];
        const capOffset = j * this.ncap;
        let add = false;
        switch (i.op) {
          case Inst.MATCH:
            if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== input.endPos()) break;
            matches.add(i.arg);
            break;
          case Inst.RUNE:
            add = i.matchRune(rune);
            break;
          case Inst.RUNE1:
            add = rune === i.runes[0];
            break;
          case Inst.RUNE_ANY:
            add = true;
            break;
          case Inst.RUNE_ANY_NOT_NL:
            add = rune !== 10;
            break;
          default:
            continue;
        }
        if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, flag);
      }
      runq.clear();
      if (width === 0) break;
      currentPos += width;
      rune = rune1;
      width = width1;
      if (rune !== -1) {
        r = input.step(currentPos + width);
        rune1 = r >> 3;
        width1 = r & 7;
      }
      const tmpq = runq;
      runq = nextq;
      nextq = tmpq;
    }
    nextq.clear();
    return Array.from(matches).sort((a, b) => a - b);
  }
  step(runq, nextq, pos, nextPos, c, nextCond, anchor, atEnd) {
    const longest = this.re2.longest;
    for (let j = 0; j < runq.size; j++) {
      const pc = runq.densePcs[j];
      const capOffset = j * this.ncap;
      if (longest && this.matched && this.ncap > 0 && this.matchcap[0] < runq.denseCaps[capOffset]) continue;
      const i = this.prog.inst[pc];
      let add = false;
      switch (i.op) {
        case Inst.MATCH:
          if (anchor === RE2Flags.ANCHOR_BOTH && !atEnd) break;
          if (this.ncap > 0 && (!longest || !this.matched || this.matchcap[1] < pos)) {
            runq.denseCaps[capOffset + 1] = pos;
            for (let k = 0; k < this.ncap; k++) this.matchcap[k] = runq.denseCaps[capOffset + k];
          }
          if (!longest) runq.size = 0;
          this.matched = true;
          break;
        case Inst.RUNE:
          add = i.matchRune(c);
          break;
        case Inst.RUNE1:
          add = c === i.runes[0];
          break;
        case Inst.RUNE_ANY:
          add = true;
          break;
        case Inst.RUNE_ANY_NOT_NL:
          add = c !== 10;
          break;
        default:
          continue;
      }
      if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, nextCond);
    }
    runq.clear();
  }
  spawnLookbehinds(q, pos, flag) {
    for (let i = 0; i < this.prog.lbStarts.length; i++) this.add(q, this.prog.lbStarts[i], pos, this.matchcap, 0, flag);
  }
  restoreLookbehinds(lbState, q, flag) {
    this.lbTable.set(lbState.lbTable);
    for (let j = 0; j < lbState.size; j++) this.add(q, lbState.pcs[j], lbState.pos, this.matchcap, 0, flag);
  }
  saveLookbehinds(lbState, q, pos) {
    let size = 0;
    for (let j = 0; j < q.size; j++) {
      const pc = q.densePcs[j];
      if (this.prog.lbInst[pc] === 1 && Inst.isRuneOp(this.prog.inst[pc].op)) lbState.pcs[size++] = pc;
    }
    lbState.size = size;
    lbState.pos = pos;
    lbState.lbTable.set(this.lbTable);
  }
  add(q, pc, pos, capArray, capOffset, cond) {
    const stk = this.addStack;
    let nstk = 0;
    for (; ; ) {
      while (pc !== 0 && !q.contains(pc)) {
        const d = q.add(pc);
        const inst = this.prog.inst[pc];
        switch (inst.op) {
          case Inst.FAIL:
            pc = 0;
            break;
          case Inst.ALT:
          case Inst.ALT_MATCH:
            stk[nstk++] = inst.arg;
            stk[nstk++] = 0;
            pc = inst.out;
            break;
          case Inst.EMPTY_WIDTH:
            pc = (inst.arg & ~cond) === 0 ? inst.out : 0;
            break;
          case Inst.NOP:
            pc = inst.out;
            break;
          case Inst.CAPTURE:
            if (inst.arg < this.ncap) {
              stk[nstk++] = -inst.arg - 1;
              stk[nstk++] = capArray[capOffset + inst.arg];
              capArray[capOffset + inst.arg] = pos;
            }
            pc = inst.out;
            break;
          case Inst.LB_WRITE:
            this.lbTable[Math.abs(inst.arg)] = pos;
            pc = inst.out;
            break;
          case Inst.LB_CHECK:
            if (inst.arg > 0) pc = this.lbTable[inst.arg] === pos ? inst.out : 0;
            else pc = this.lbTable[-inst.arg] !== pos ? inst.out : 0;
            break;
          case Inst.MATCH:
          case Inst.RUNE:
          case Inst.RUNE1:
          case Inst.RUNE_ANY:
          case Inst.RUNE_ANY_NOT_NL:
            if (this.prog.lbInst[pc] === 0) q.mainThreads++;
            if (this.ncap > 0) {
              const destOffset = d * this.ncap;
              if (destOffset + this.ncap > q.denseCaps.length) q.growCaps(destOffset + this.ncap);
              for (let c = 0; c < this.ncap; c++) q.denseCaps[destOffset + c] = capArray[capOffset + c];
            }
            pc = 0;
            break;
          default:
            throw new RE2JSInternalException("unhandled");
        }
      }
      if (nstk === 0) return;
      nstk -= 2;
      const entry = stk[nstk];
      if (entry < 0) {
        capArray[capOffset - entry - 1] = stk[nstk + 1];
        pc = 0;
      } else pc = entry;
    }
  }
};
var hashState = (pcs, flag, ids) => {
  let h = -2128831035;
  for (let i = 0; i < pcs.length; i++) {
    h ^= pcs[i];
    h = Math.imul(h, 16777619);
  }
  h ^= flag;
  h = Math.imul(h, 16777619);
  for (let i = 0; i < ids.length; i++) {
    h ^= ids[i];
    h = Math.imul(h, 16777619);
  }
  return h;
};
var arraysEqual = (a, b) => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
var isState = (state, pcs, flag, ids) => state.flag === flag && arraysEqual(state.nfaStates, pcs) && arraysEqual(state.matchIDs, ids);
var NO_IDS = [];
var END_TEXT = -1;
var DFAState = class {
  constructor(nfaStates, flag, matchIDs) {
    this.nfaStates = nfaStates;
    this.flag = flag;
    this.isMatch = (flag & DFA.FLAG_MATCH) !== 0;
    this.matchIDs = matchIDs;
    this.next = null;
    this.nextAnchored = null;
  }
};
var DFA = class DFA2 {
  static FLAG_EMPTY_MASK = 255;
  static FLAG_MATCH = 256;
  static FLAG_LAST_WORD = 512;
  static FLAG_NEED_SHIFT = 16;
  static STATE_OVERHEAD = 150;
  static ARRAY_OVERHEAD = 40;
  static ELEMENT_SIZE = 8;
  static TABLE_OVERHEAD = 48;
  static PROGRESS_PER_STATE = 10;
  constructor(prog, maxMem = 8388608) {
    this.prog = prog;
    this.maxMem = maxMem;
    this.stateCache = /* @__PURE__ */ new Map();
    this.stateCount = 0;
    this.startStates = /* @__PURE__ */ new Map();
    this.failed = false;
    for (let pc = 0; pc < prog.numInst(); pc++) {
      const op = prog.getInst(pc).op;
      if (op === Inst.LB_WRITE || op === Inst.LB_CHECK) {
        this.failed = true;
        break;
      }
    }
    this.computeRuneClasses();
    this.stateBudget = maxMem;
    this.memBudget = maxMem;
  }
  computeRuneClasses() {
    const bounds = /* @__PURE__ */ new Set();
    const addRange = (lo, hi) => {
      bounds.add(lo);
      bounds.add(hi + 1);
    };
    for (let pc = 0; pc < this.prog.numInst(); pc++) {
      const inst = this.prog.getInst(pc);
      switch (inst.op) {
        case Inst.RUNE:
        case Inst.RUNE1:
          if (inst.runes.length === 1) {
            addRange(inst.runes[0], inst.runes[0]);
            if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) for (let f = Unicode.simpleFold(inst.runes[0]); f !== inst.runes[0]; f = Unicode.simpleFold(f)) addRange(f, f);
          } else for (let j = 0; j < inst.runes.length; j += 2) addRange(inst.runes[j], inst.runes[j + 1]);
          break;
        case Inst.RUNE_ANY_NOT_NL:
          addRange(10, 10);
          break;
        case Inst.EMPTY_WIDTH:
          if ((inst.arg & (Utils.EMPTY_BEGIN_LINE | Utils.EMPTY_END_LINE)) !== 0) addRange(10, 10);
          if ((inst.arg & (Utils.EMPTY_WORD_BOUNDARY | Utils.EMPTY_NO_WORD_BOUNDARY)) !== 0) {
            addRange(48, 57);
            addRange(65, 90);
            addRange(95, 95);
            addRange(97, 122);
          }
      }
    }
    bounds.delete(0);
    this.classBounds = Int32Array.from(bounds).sort();
    this.numClasses = this.classBounds.length + 1;
    const latin1Class = new Int32Array(Unicode.MAX_LATIN1 + 1);
    for (let r = 0; r <= Unicode.MAX_LATIN1; r++) latin1Class[r] = this.searchClass(r);
    this.latin1Class = latin1Class;
  }
  runeClass(r) {
    if (r <= Unicode.MAX_LATIN1) return this.latin1Class[r];
    return this.searchClass(r);
  }
  searchClass(r) {
    const bounds = this.classBounds;
    let lo = 0;
    let hi = bounds.length;
    while (lo < hi) {
      const mid = lo + hi >> 1;
      if (bounds[mid] <= r) lo = mid + 1;
      else hi = mid;
    }
    return lo;
  }
  closure(pcs, flag) {
    const closure = /* @__PURE__ */ new Set();
    const stack = Array.from(pcs);
    let needflags = 0;
    while (stack.length > 0) {
      const pc = stack.pop();
      if (pc === 0 || closure.has(pc)) continue;
      closure.add(pc);
      const inst = this.prog.getInst(pc);
      switch (inst.op) {
        case Inst.ALT:
        case Inst.ALT_MATCH:
          stack.push(inst.out);
          stack.push(inst.arg);
          break;
        case Inst.NOP:
        case Inst.CAPTURE:
          stack.push(inst.out);
          break;
        case Inst.EMPTY_WIDTH:
          needflags |= inst.arg;
          if ((inst.arg & ~flag) === 0) stack.push(inst.out);
      }
    }
    return {
      pcs: Array.from(closure).sort((a, b) => a - b),
      needflags
    };
  }
  getState(pcs, flag, ids) {
    const hash = hashState(pcs, flag, ids);
    const cached = this.stateCache.get(hash);
    if (cached instanceof DFAState) {
      if (isState(cached, pcs, flag, ids)) return cached;
    } else if (cached !== void 0) {
      for (let i = 0; i < cached.length; i++) if (isState(cached[i], pcs, flag, ids)) return cached[i];
    }
    const cost = DFA2.stateCost(pcs, ids);
    if (this.memBudget < cost) return null;
    this.memBudget -= cost;
    const state = new DFAState(pcs, flag, ids);
    if (cached === void 0) this.stateCache.set(hash, state);
    else if (cached instanceof DFAState) this.stateCache.set(hash, [cached, state]);
    else cached.push(state);
    this.stateCount++;
    return state;
  }
  static stateCost(pcs, ids) {
    const idsCost = ids.length === 0 ? 0 : DFA2.ARRAY_OVERHEAD + DFA2.ELEMENT_SIZE * ids.length;
    return DFA2.STATE_OVERHEAD + DFA2.ELEMENT_SIZE * pcs.length + idsCost;
  }
  *cachedStates() {
    for (const cached of this.stateCache.values()) if (cached instanceof DFAState) yield cached;
    else yield* cached;
  }
  makeState(pcs, flag, ids) {
    const closure = this.closure(pcs, flag & DFA2.FLAG_EMPTY_MASK);
    let stateFlag = flag;
    if (closure.needflags === 0) stateFlag &= DFA2.FLAG_MATCH;
    stateFlag |= closure.needflags << DFA2.FLAG_NEED_SHIFT;
    return this.getState(closure.pcs, stateFlag, ids);
  }
  allocTable(state, anchor) {
    const size = this.numClasses + 1;
    const cost = DFA2.TABLE_OVERHEAD + DFA2.ELEMENT_SIZE * size;
    if (this.memBudget < cost) return null;
    this.memBudget -= cost;
    const table = new Array(size).fill(null);
    if (anchor === RE2Flags.UNANCHORED) state.next = table;
    else state.nextAnchored = table;
    return table;
  }
  clearCache() {
    this.stateCache.clear();
    this.stateCount = 0;
    this.startStates.clear();
    this.memBudget = this.stateBudget;
  }
  resetCache(current) {
    this.clearCache();
    return this.getState(current.nfaStates, current.flag, current.matchIDs);
  }
  step(state, cls, rune, anchor) {
    let table = anchor === RE2Flags.UNANCHORED ? state.next : state.nextAnchored;
    if (table !== null) {
      const cached = table[cls];
      if (cached !== null) return cached;
    } else {
      table = this.allocTable(state, anchor);
      if (table === null) return null;
    }
    const needflag = state.flag >>> DFA2.FLAG_NEED_SHIFT;
    const oldbeforeflag = state.flag & DFA2.FLAG_EMPTY_MASK;
    let beforeflag = oldbeforeflag;
    let afterflag = 0;
    if (rune === 10) {
      beforeflag |= Utils.EMPTY_END_LINE;
      afterflag |= Utils.EMPTY_BEGIN_LINE;
    }
    if (rune === END_TEXT) beforeflag |= Utils.EMPTY_END_LINE | Utils.EMPTY_END_TEXT;
    const islastword = (state.flag & DFA2.FLAG_LAST_WORD) !== 0;
    const isword = rune !== END_TEXT && Utils.isWordRune(rune);
    beforeflag |= isword === islastword ? Utils.EMPTY_NO_WORD_BOUNDARY : Utils.EMPTY_WORD_BOUNDARY;
    let pcs = state.nfaStates;
    if ((beforeflag & ~oldbeforeflag & needflag) !== 0) pcs = this.closure(pcs, beforeflag).pcs;
    const nextPCs = [];
    let ismatch = false;
    let ids = NO_IDS;
    for (let i = 0; i < pcs.length; i++) {
      const inst = this.prog.getInst(pcs[i]);
      if (inst.op === Inst.MATCH) {
        if (!ismatch) {
          ismatch = true;
          ids = [];
        }
        ids.push(inst.arg);
      } else if (rune !== END_TEXT && Inst.isRuneOp(inst.op) && inst.matchRune(rune)) nextPCs.push(inst.out);
    }
    if (ids.length > 1) ids.sort((a, b) => a - b);
    if (anchor === RE2Flags.UNANCHORED && rune !== END_TEXT) nextPCs.push(this.prog.start);
    let flag = afterflag;
    if (ismatch) flag |= DFA2.FLAG_MATCH;
    if (isword) flag |= DFA2.FLAG_LAST_WORD;
    const nextState = this.makeState(nextPCs, flag, ids);
    if (nextState === null) return null;
    table[cls] = nextState;
    return nextState;
  }
  start(input, pos) {
    const context = input.context(pos);
    let flags;
    if ((context & Utils.EMPTY_BEGIN_TEXT) !== 0) flags = Utils.EMPTY_BEGIN_TEXT | Utils.EMPTY_BEGIN_LINE;
    else if ((context & Utils.EMPTY_BEGIN_LINE) !== 0) flags = Utils.EMPTY_BEGIN_LINE;
    else {
      const r = input.step(pos);
      const nextIsWord = r >= 0 && Utils.isWordRune(r >> 3);
      flags = (context & Utils.EMPTY_WORD_BOUNDARY) !== 0 !== nextIsWord ? DFA2.FLAG_LAST_WORD : 0;
    }
    let state = this.startStates.get(flags);
    if (state === void 0) {
      state = this.makeState([this.prog.start], flags, NO_IDS);
      if (state === null) {
        this.clearCache();
        state = this.makeState([this.prog.start], flags, NO_IDS);
        if (state === null) return null;
      }
      this.startStates.set(flags, state);
    }
    return state;
  }
  stepOrReset(state, cls, rune, anchor, pos, search) {
    let next = this.step(state, cls, rune, anchor);
    if (next !== null) return next;
    if (search.resetPos >= 0 && pos - search.resetPos < DFA2.PROGRESS_PER_STATE * this.stateCount) return null;
    search.resetPos = pos;
    const restored = this.resetCache(state);
    if (restored === null) return null;
    next = this.step(restored, cls, rune, anchor);
    return next;
  }
  run(input, pos, anchor, state, onMatch) {
    const endPos = input.endPos();
    const latin1Class = this.latin1Class;
    const unanchored = anchor === RE2Flags.UNANCHORED;
    const search = { resetPos: -1 };
    let i = pos;
    while (i < endPos) {
      const r = input.step(i);
      const rune = r >> 3;
      const width = r & 7;
      if (width === 0) break;
      const cls = rune <= Unicode.MAX_LATIN1 ? latin1Class[rune] : this.runeClass(rune);
      let next = unanchored && state.next !== null ? state.next[cls] : null;
      if (next === null) {
        next = this.stepOrReset(state, cls, rune, anchor, i, search);
        if (next === null) return null;
      }
      state = next;
      if (state.isMatch && onMatch(state, false)) return true;
      if (!unanchored && state.nfaStates.length === 0) return false;
      i += width;
    }
    state = this.stepOrReset(state, this.numClasses, END_TEXT, anchor, i, search);
    if (state === null) return null;
    return state.isMatch && onMatch(state, true);
  }
  match(input, pos, anchor) {
    if (this.failed) return null;
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
    const startState = this.start(input, pos);
    if (startState === null) return null;
    return this.run(input, pos, anchor, startState, (state, atEnd) => anchor !== RE2Flags.ANCHOR_BOTH || atEnd);
  }
  matchSet(input, pos, anchor) {
    if (this.failed) return null;
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
    const startState = this.start(input, pos);
    if (startState === null) return null;
    const matches = /* @__PURE__ */ new Set();
    const collect3 = (state, atEnd) => {
      if (anchor !== RE2Flags.ANCHOR_BOTH || atEnd) for (let k = 0; k < state.matchIDs.length; k++) matches.add(state.matchIDs[k]);
      return false;
    };
    if (this.run(input, pos, anchor, startState, collect3) === null) return null;
    return Array.from(matches).sort((a, b) => a - b);
  }
};
var VISITED_BITS = 32;
var MAX_BACKTRACK_PROG = 500;
var INITIAL_JOB_CAPACITY = 256;
var MAX_BACKTRACK_VECTOR = 262144;
var BitState = class {
  constructor() {
    this.end = 0;
    this.cap = /* @__PURE__ */ new Int32Array(0);
    this.matchcap = /* @__PURE__ */ new Int32Array(0);
    this.ncap = 0;
    this.jobPc = new Int32Array(INITIAL_JOB_CAPACITY);
    this.jobArg = new Uint8Array(INITIAL_JOB_CAPACITY);
    this.jobPos = new Int32Array(INITIAL_JOB_CAPACITY);
    this.jobLen = 0;
    this.visited = /* @__PURE__ */ new Uint32Array(0);
  }
  reset(prog, end, ncap) {
    this.end = end;
    this.jobLen = 0;
    this.ncap = ncap;
    const visitedSize = prog.numInst() * (end + 1) + VISITED_BITS - 1 >>> 5;
    if (this.visited.length < visitedSize) this.visited = new Uint32Array(visitedSize);
    else this.visited.fill(0, 0, visitedSize);
    if (this.cap.length < ncap) this.cap = new Int32Array(ncap).fill(-1);
    else this.cap.fill(-1, 0, ncap);
    if (this.matchcap.length < ncap) this.matchcap = new Int32Array(ncap).fill(-1);
    else this.matchcap.fill(-1, 0, ncap);
  }
  shouldVisit(pc, pos) {
    const n = pc * (this.end + 1) + pos;
    const idx = n >>> 5;
    const mask = 1 << (n & 31);
    if ((this.visited[idx] & mask) !== 0) return false;
    this.visited[idx] |= mask;
    return true;
  }
  push(re2, pc, pos, arg) {
    if (re2.prog.getInst(pc).op !== Inst.FAIL && (arg || this.shouldVisit(pc, pos))) {
      if (this.jobLen >= this.jobPc.length) {
        const newSize = this.jobPc.length * 2;
        const newPc = new Int32Array(newSize);
        newPc.set(this.jobPc);
        this.jobPc = newPc;
        const newArg = new Uint8Array(newSize);
        newArg.set(this.jobArg);
        this.jobArg = newArg;
        const newPos = new Int32Array(newSize);
        newPos.set(this.jobPos);
        this.jobPos = newPos;
      }
      this.jobPc[this.jobLen] = pc;
      this.jobArg[this.jobLen] = arg ? 1 : 0;
      this.jobPos[this.jobLen] = pos;
      this.jobLen++;
    }
  }
  tryBacktrack(re2, input, pc, pos, anchor) {
    const longest = re2.longest;
    this.push(re2, pc, pos, false);
    while (this.jobLen > 0) {
      this.jobLen--;
      let currentPc = this.jobPc[this.jobLen];
      let arg = this.jobArg[this.jobLen] === 1;
      let currentPos = this.jobPos[this.jobLen];
      let skipShouldVisit = true;
      while (true) {
        if (!skipShouldVisit) {
          if (!this.shouldVisit(currentPc, currentPos)) break;
        }
        skipShouldVisit = false;
        const inst = re2.prog.getInst(currentPc);
        switch (inst.op) {
          case Inst.FAIL:
            break;
          case Inst.ALT:
            if (arg) {
              arg = false;
              currentPc = inst.arg;
              continue;
            } else {
              this.push(re2, currentPc, currentPos, true);
              currentPc = inst.out;
              continue;
            }
          case Inst.ALT_MATCH: {
            const outInst = re2.prog.getInst(inst.out);
            if (Inst.isRuneOp(outInst.op)) {
              this.push(re2, inst.arg, currentPos, false);
              currentPc = inst.arg;
              currentPos = this.end;
              continue;
            }
            this.push(re2, inst.out, this.end, false);
            currentPc = inst.out;
            continue;
          }
          case Inst.RUNE: {
            const r = input.step(currentPos);
            if (r === MachineInputBase.EOF()) break;
            if (!inst.matchRune(r >> 3)) break;
            currentPos += r & 7;
            currentPc = inst.out;
            continue;
          }
          case Inst.RUNE1: {
            const r = input.step(currentPos);
            if (r === MachineInputBase.EOF()) break;
            if (r >> 3 !== inst.runes[0]) break;
            currentPos += r & 7;
            currentPc = inst.out;
            continue;
          }
          case Inst.RUNE_ANY_NOT_NL: {
            const r = input.step(currentPos);
            if (r === MachineInputBase.EOF()) break;
            if (r >> 3 === 10) break;
            currentPos += r & 7;
            currentPc = inst.out;
            continue;
          }
          case Inst.RUNE_ANY: {
            const r = input.step(currentPos);
            if (r === MachineInputBase.EOF()) break;
            currentPos += r & 7;
            currentPc = inst.out;
            continue;
          }
          case Inst.CAPTURE:
            if (arg) {
              this.cap[inst.arg] = currentPos;
              break;
            } else {
              if (inst.arg < this.ncap) {
                this.push(re2, currentPc, this.cap[inst.arg], true);
                this.cap[inst.arg] = currentPos;
              }
              currentPc = inst.out;
              continue;
            }
          case Inst.EMPTY_WIDTH: {
            const flag = input.context(currentPos);
            if ((inst.arg & ~flag) !== 0) break;
            currentPc = inst.out;
            continue;
          }
          case Inst.NOP:
            currentPc = inst.out;
            continue;
          case Inst.MATCH: {
            if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== this.end) break;
            if (this.ncap === 0) return true;
            if (this.ncap > 1) this.cap[1] = currentPos;
            const old = this.matchcap[1];
            if (old === -1 || longest && currentPos > 0 && currentPos > old) this.matchcap.set(this.cap);
            if (!longest) return true;
            if (currentPos === this.end) return true;
            break;
          }
          case Inst.LB_WRITE:
          case Inst.LB_CHECK:
            throw new RE2JSInternalException("Backtracker cannot evaluate Lookbehind instructions");
          default:
            throw new RE2JSInternalException("bad inst");
        }
        break;
      }
    }
    return longest && this.matchcap.length > 1 && this.matchcap[1] >= 0;
  }
};
var bitStatePool = [];
var Backtracker = class Backtracker2 {
  static shouldBacktrack(prog) {
    return prog.numInst() <= MAX_BACKTRACK_PROG;
  }
  static maxBitStateLen(prog) {
    if (!Backtracker2.shouldBacktrack(prog)) return 0;
    return Math.floor(MAX_BACKTRACK_VECTOR / prog.numInst());
  }
  static execute(re2, input, pos, anchor, ncap) {
    const startCond = re2.cond;
    if (startCond === Utils.EMPTY_ALL) return null;
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
    if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && pos !== 0) return null;
    const b = bitStatePool.length > 0 ? bitStatePool.pop() : new BitState();
    const end = input.endPos();
    b.reset(re2.prog, end, ncap);
    let matched = false;
    if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 || anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) {
      if (b.ncap > 0) b.cap[0] = pos;
      if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) matched = true;
    } else {
      let width = -1;
      for (; pos <= end && width !== 0; pos += width) {
        if (re2.prefix.length > 0) {
          const advance = input.index(re2, pos);
          if (advance < 0) break;
          pos += advance;
        }
        if (b.ncap > 0) b.cap[0] = pos;
        if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) {
          matched = true;
          break;
        }
        const r = input.step(pos);
        width = r === MachineInputBase.EOF() ? 0 : r & 7;
      }
    }
    if (!matched) {
      bitStatePool.push(b);
      return null;
    }
    const result = ncap === 0 ? [] : Utils.toArray(b.matchcap.subarray(0, ncap));
    bitStatePool.push(b);
    return result;
  }
};
var QueueOnePass = class {
  constructor(size) {
    this.sparse = new Uint32Array(size);
    this.dense = new Uint32Array(size);
    this.size = 0;
    this.nextIndex = 0;
  }
  empty() {
    return this.nextIndex >= this.size;
  }
  next() {
    return this.dense[this.nextIndex++];
  }
  clear() {
    this.size = 0;
    this.nextIndex = 0;
  }
  contains(u) {
    return u < this.sparse.length && this.sparse[u] < this.size && this.dense[this.sparse[u]] === u;
  }
  insert(u) {
    if (!this.contains(u)) this.insertNew(u);
  }
  insertNew(u) {
    if (u >= this.sparse.length) return;
    this.sparse[u] = this.size;
    this.dense[this.size] = u;
    this.size++;
  }
};
var mergeRuneSets = (leftRunes, rightRunes, leftPC, rightPC) => {
  const leftLen = leftRunes.length;
  const rightLen = rightRunes.length;
  let lx = 0, rx = 0;
  const merged = [];
  const next = [];
  let ok = true;
  let ix = -1;
  const extend = (isLeft) => {
    const newArray = isLeft ? leftRunes : rightRunes;
    const low = isLeft ? lx : rx;
    const pc = isLeft ? leftPC : rightPC;
    if (ix > 0 && newArray[low] <= merged[ix]) return false;
    merged.push(newArray[low], newArray[low + 1]);
    if (isLeft) lx += 2;
    else rx += 2;
    ix += 2;
    next.push(pc);
    return true;
  };
  while (lx < leftLen || rx < rightLen) {
    if (rx >= rightLen) ok = extend(true);
    else if (lx >= leftLen) ok = extend(false);
    else if (rightRunes[rx] < leftRunes[lx]) ok = extend(false);
    else ok = extend(true);
    if (!ok) return null;
  }
  return {
    merged,
    next
  };
};
var OnePassProg = class {
  constructor(prog) {
    this.start = prog.start;
    this.numCap = prog.numCap;
    this.inst = new Array(prog.inst.length);
    for (let i = 0; i < prog.inst.length; i++) {
      const orig = prog.inst[i];
      const inst = new Inst(orig.op);
      inst.out = orig.out;
      inst.arg = orig.arg;
      inst.runes = orig.runes ? new Int32Array(orig.runes) : /* @__PURE__ */ new Int32Array(0);
      inst.next = null;
      this.inst[i] = inst;
    }
  }
};
var onePassCopy = (prog) => {
  const p = new OnePassProg(prog);
  for (let pc = 0; pc < p.inst.length; pc++) {
    const inst = p.inst[pc];
    if (inst.op !== Inst.ALT && inst.op !== Inst.ALT_MATCH) continue;
    let pAOther = "out";
    let pAAlt = "arg";
    let instAlt = p.inst[inst[pAAlt]];
    if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) {
      pAOther = "arg";
      pAAlt = "out";
      instAlt = p.inst[inst[pAAlt]];
      if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) continue;
    }
    const instOther = p.inst[inst[pAOther]];
    if (instOther.op === Inst.ALT || instOther.op === Inst.ALT_MATCH) continue;
    let pBAlt = "out";
    let pBOther = "arg";
    let patch2 = false;
    if (instAlt.out === pc) patch2 = true;
    else if (instAlt.arg === pc) {
      patch2 = true;
      pBAlt = "arg";
      pBOther = "out";
    }
    if (patch2) instAlt[pBAlt] = inst[pAOther];
    if (inst[pAOther] === instAlt[pBAlt]) inst[pAAlt] = instAlt[pBOther];
  }
  return p;
};
var makeOnePass = (p) => {
  if (p.inst.length >= 1e3) return null;
  const instQueue = new QueueOnePass(p.inst.length);
  const visitQueue = new QueueOnePass(p.inst.length);
  const onePassRunes = new Array(p.inst.length);
  const m = new Array(p.inst.length).fill(false);
  const check = (pc) => {
    let ok = true;
    const inst = p.inst[pc];
    if (visitQueue.contains(pc)) return true;
    visitQueue.insert(pc);
    switch (inst.op) {
      case Inst.ALT:
      case Inst.ALT_MATCH: {
        ok = check(inst.out) && check(inst.arg);
        let matchOut = m[inst.out];
        let matchArg = m[inst.arg];
        if (matchOut && matchArg) return false;
        if (matchArg) {
          const tempOut = inst.out;
          inst.out = inst.arg;
          inst.arg = tempOut;
          const tempMatch = matchOut;
          matchOut = matchArg;
          matchArg = tempMatch;
        }
        if (matchOut) {
          m[pc] = true;
          inst.op = Inst.ALT_MATCH;
        }
        const leftRunes = onePassRunes[inst.out] || [];
        const rightRunes = onePassRunes[inst.arg] || [];
        const mergeRes = mergeRuneSets(leftRunes, rightRunes, inst.out, inst.arg);
        if (!mergeRes) return false;
        onePassRunes[pc] = new Int32Array(mergeRes.merged);
        inst.next = new Uint32Array(mergeRes.next);
        break;
      }
      case Inst.CAPTURE:
      case Inst.EMPTY_WIDTH:
      case Inst.NOP:
        ok = check(inst.out);
        m[pc] = m[inst.out];
        onePassRunes[pc] = onePassRunes[inst.out] ? new Int32Array(onePassRunes[inst.out]) : /* @__PURE__ */ new Int32Array(0);
        inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
        break;
      case Inst.MATCH:
      case Inst.FAIL:
        m[pc] = inst.op === Inst.MATCH;
        break;
      case Inst.RUNE: {
        m[pc] = false;
        if (inst.next && inst.next.length > 0) break;
        instQueue.insert(inst.out);
        if (!inst.runes || inst.runes.length === 0) {
          onePassRunes[pc] = /* @__PURE__ */ new Int32Array(0);
          inst.next = new Uint32Array([inst.out]);
          break;
        }
        let runes = [];
        if (inst.runes.length === 1 && (inst.arg & RE2Flags.FOLD_CASE) !== 0) {
          const r0 = inst.runes[0];
          runes.push(r0, r0);
          for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
          runes.sort((a, b) => a - b);
        } else for (let j = 0; j < inst.runes.length; j++) runes.push(inst.runes[j]);
        onePassRunes[pc] = new Int32Array(runes);
        inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
        inst.op = Inst.RUNE;
        break;
      }
      case Inst.RUNE1: {
        m[pc] = false;
        if (inst.next && inst.next.length > 0) break;
        instQueue.insert(inst.out);
        let runes = [];
        if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) {
          const r0 = inst.runes[0];
          runes.push(r0, r0);
          for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
          runes.sort((a, b) => a - b);
        } else runes.push(inst.runes[0], inst.runes[0]);
        onePassRunes[pc] = new Int32Array(runes);
        inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
        inst.op = Inst.RUNE;
        break;
      }
      case Inst.RUNE_ANY:
        m[pc] = false;
        if (inst.next && inst.next.length > 0) break;
        instQueue.insert(inst.out);
        onePassRunes[pc] = new Int32Array([0, Unicode.MAX_RUNE]);
        inst.next = new Uint32Array([inst.out]);
        break;
      case Inst.RUNE_ANY_NOT_NL:
        m[pc] = false;
        if (inst.next && inst.next.length > 0) break;
        instQueue.insert(inst.out);
        onePassRunes[pc] = new Int32Array([
          0,
          9,
          11,
          Unicode.MAX_RUNE
        ]);
        inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
    }
    return ok;
  };
  instQueue.clear();
  instQueue.insert(p.start);
  while (!instQueue.empty()) {
    visitQueue.clear();
    if (!check(instQueue.next())) return null;
  }
  for (let i = 0; i < p.inst.length; i++) if (onePassRunes[i]) p.inst[i].runes = onePassRunes[i];
  return p;
};
var cleanupOnePass = (p, original) => {
  for (let ix = 0; ix < original.inst.length; ix++) {
    const instOriginal = original.inst[ix];
    switch (instOriginal.op) {
      case Inst.ALT:
      case Inst.ALT_MATCH:
      case Inst.RUNE:
        break;
      case Inst.CAPTURE:
      case Inst.EMPTY_WIDTH:
      case Inst.NOP:
      case Inst.MATCH:
      case Inst.FAIL:
        p.inst[ix].next = null;
        break;
      case Inst.RUNE1:
      case Inst.RUNE_ANY:
      case Inst.RUNE_ANY_NOT_NL:
        p.inst[ix].next = null;
        p.inst[ix].op = instOriginal.op;
        p.inst[ix].runes = instOriginal.runes ? new Int32Array(instOriginal.runes) : /* @__PURE__ */ new Int32Array(0);
    }
  }
};
var OnePass = class OnePass2 {
  static compile(prog) {
    if (prog.start === 0) return null;
    if (prog.numLb > 0) return null;
    const startInst = prog.inst[prog.start];
    if (startInst.op !== Inst.EMPTY_WIDTH || (startInst.arg & Utils.EMPTY_BEGIN_TEXT) === 0) return null;
    let hasAlt = false;
    for (let i = 0; i < prog.inst.length; i++) if (prog.inst[i].op === Inst.ALT || prog.inst[i].op === Inst.ALT_MATCH) {
      hasAlt = true;
      break;
    }
    for (let i = 0; i < prog.inst.length; i++) {
      const inst = prog.inst[i];
      const opOut = prog.inst[inst.out].op;
      switch (inst.op) {
        case Inst.ALT:
        case Inst.ALT_MATCH:
          if (opOut === Inst.MATCH || prog.inst[inst.arg].op === Inst.MATCH) return null;
          break;
        case Inst.EMPTY_WIDTH:
          if (opOut === Inst.MATCH) {
            if ((inst.arg & Utils.EMPTY_END_TEXT) === Utils.EMPTY_END_TEXT) continue;
            return null;
          }
          break;
        default:
          if (opOut === Inst.MATCH && hasAlt) return null;
      }
    }
    let p = onePassCopy(prog);
    p = makeOnePass(p);
    if (p !== null) cleanupOnePass(p, prog);
    return p;
  }
  static next(inst, r) {
    const nextIdx = inst.matchRunePos(r);
    if (nextIdx >= 0) return inst.next[nextIdx];
    if (inst.op === Inst.ALT_MATCH) return inst.out;
    return 0;
  }
  static execute(re2, input, pos, anchor, ncap) {
    const onepass = re2.onepass;
    if (!onepass) return null;
    const matchcap = new Int32Array(ncap).fill(-1);
    let matched = false;
    let r = input.step(pos);
    let rune = r >> 3;
    let width = r & 7;
    let r1 = MachineInputBase.EOF();
    let rune1 = -1;
    let width1 = 0;
    if (r !== MachineInputBase.EOF()) {
      r1 = input.step(pos + width);
      if (r1 !== MachineInputBase.EOF()) {
        rune1 = r1 >> 3;
        width1 = r1 & 7;
      }
    }
    let flag = pos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(pos);
    let pc = onepass.start;
    let inst;
    while (true) {
      inst = onepass.inst[pc];
      pc = inst.out;
      switch (inst.op) {
        case Inst.MATCH:
          if (anchor === RE2Flags.ANCHOR_BOTH && pos !== input.endPos()) return null;
          matched = true;
          if (matchcap.length > 0) {
            matchcap[0] = 0;
            matchcap[1] = pos;
          }
          return ncap === 0 ? [] : Utils.toArray(matchcap);
        case Inst.RUNE:
          if (!inst.matchRune(rune)) return null;
          break;
        case Inst.RUNE1:
          if (rune !== inst.runes[0]) return null;
          break;
        case Inst.RUNE_ANY:
          break;
        case Inst.RUNE_ANY_NOT_NL:
          if (rune === 10) return null;
          break;
        case Inst.ALT:
        case Inst.ALT_MATCH:
          pc = OnePass2.next(inst, rune);
          continue;
        case Inst.FAIL:
          return null;
        case Inst.NOP:
          continue;
        case Inst.EMPTY_WIDTH:
          if ((inst.arg & ~flag) !== 0) return null;
          continue;
        case Inst.CAPTURE:
          if (inst.arg < matchcap.length) matchcap[inst.arg] = pos;
          continue;
        default:
          throw new RE2JSInternalException("bad inst");
      }
      if (width === 0) break;
      flag = Utils.emptyOpContext(rune, rune1);
      pos += width;
      rune = rune1;
      width = width1;
      if (rune !== -1) {
        r1 = input.step(pos + width);
        if (r1 !== MachineInputBase.EOF()) {
          rune1 = r1 >> 3;
          width1 = r1 & 7;
        } else {
          rune1 = -1;
          width1 = 0;
        }
      }
    }
    if (!matched) return null;
    return ncap === 0 ? [] : Utils.toArray(matchcap);
  }
};
var Regexp = class Regexp2 {
  static Op = createEnum([
    "NO_MATCH",
    "EMPTY_MATCH",
    "LITERAL",
    "CHAR_CLASS",
    "ANY_CHAR_NOT_NL",
    "ANY_CHAR",
    "BEGIN_LINE",
    "END_LINE",
    "BEGIN_TEXT",
    "END_TEXT",
    "WORD_BOUNDARY",
    "NO_WORD_BOUNDARY",
    "CAPTURE",
    "STAR",
    "PLUS",
    "QUEST",
    "REPEAT",
    "CONCAT",
    "ALTERNATE",
    "PLB",
    "NLB",
    "LEFT_PAREN",
    "VERTICAL_BAR"
  ]);
  static isPseudoOp(op) {
    return op >= Regexp2.Op.LEFT_PAREN;
  }
  static emptySubs() {
    return [];
  }
  static quoteIfHyphen(rune) {
    if (rune === Codepoint.CODES["-"]) return "\\";
    return "";
  }
  static fromRegexp(re) {
    const regex = new Regexp2(re.op);
    regex.flags = re.flags;
    regex.subs = re.subs;
    regex.runes = re.runes;
    regex.cap = re.cap;
    regex.min = re.min;
    regex.max = re.max;
    regex.name = re.name;
    regex.namedGroups = re.namedGroups;
    regex.lb = re.lb;
    return regex;
  }
  constructor(op) {
    this.op = op;
    this.flags = 0;
    this.subs = Regexp2.emptySubs();
    this.runes = /* @__PURE__ */ new Int32Array(0);
    this.min = 0;
    this.max = 0;
    this.cap = 0;
    this.name = null;
    this.namedGroups = /* @__PURE__ */ Object.create(null);
    this.lb = 0;
  }
  reinit() {
    this.flags = 0;
    this.subs = Regexp2.emptySubs();
    this.runes = /* @__PURE__ */ new Int32Array(0);
    this.cap = 0;
    this.min = 0;
    this.max = 0;
    this.name = null;
    this.namedGroups = /* @__PURE__ */ Object.create(null);
    this.lb = 0;
  }
  toString() {
    return this.appendTo();
  }
  appendTo() {
    let out = "";
    switch (this.op) {
      case Regexp2.Op.NO_MATCH:
        out += "[^\\x00-\\x{10FFFF}]";
        break;
      case Regexp2.Op.EMPTY_MATCH:
        out += "(?:)";
        break;
      case Regexp2.Op.STAR:
      case Regexp2.Op.PLUS:
      case Regexp2.Op.QUEST:
      case Regexp2.Op.REPEAT: {
        const sub = this.subs[0];
        if (sub.op > Regexp2.Op.CAPTURE || sub.op === Regexp2.Op.LITERAL && sub.runes.length > 1) out += `(?:${sub.appendTo()})`;
        else out += sub.appendTo();
        switch (this.op) {
          case Regexp2.Op.STAR:
            out += "*";
            break;
          case Regexp2.Op.PLUS:
            out += "+";
            break;
          case Regexp2.Op.QUEST:
            out += "?";
            break;
          case Regexp2.Op.REPEAT:
            out += `{${this.min}`;
            if (this.min !== this.max) {
              out += ",";
              if (this.max >= 0) out += this.max;
            }
            out += "}";
        }
        if ((this.flags & RE2Flags.NON_GREEDY) !== 0) out += "?";
        break;
      }
      case Regexp2.Op.CONCAT:
        for (let sub of this.subs) if (sub.op === Regexp2.Op.ALTERNATE) out += `(?:${sub.appendTo()})`;
        else out += sub.appendTo();
        break;
      case Regexp2.Op.ALTERNATE: {
        let sep2 = "";
        for (let sub of this.subs) {
          out += sep2;
          sep2 = "|";
          out += sub.appendTo();
        }
        break;
      }
      case Regexp2.Op.LITERAL:
        if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += "(?i:";
        for (let rune of this.runes) out += Utils.escapeRune(rune);
        if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += ")";
        break;
      case Regexp2.Op.ANY_CHAR_NOT_NL:
        out += "(?-s:.)";
        break;
      case Regexp2.Op.ANY_CHAR:
        out += "(?s:.)";
        break;
      case Regexp2.Op.PLB:
        out += `(?<=${this.subs[0].appendTo()})`;
        break;
      case Regexp2.Op.NLB:
        out += `(?<!${this.subs[0].appendTo()})`;
        break;
      case Regexp2.Op.CAPTURE:
        if (this.name === null || this.name.length === 0) out += "(";
        else out += `(?P<${this.name}>`;
        if (this.subs[0].op !== Regexp2.Op.EMPTY_MATCH) out += this.subs[0].appendTo();
        out += ")";
        break;
      case Regexp2.Op.BEGIN_TEXT:
        out += "\\A";
        break;
      case Regexp2.Op.END_TEXT:
        if ((this.flags & RE2Flags.WAS_DOLLAR) !== 0) out += "(?-m:$)";
        else out += "\\z";
        break;
      case Regexp2.Op.BEGIN_LINE:
        out += "^";
        break;
      case Regexp2.Op.END_LINE:
        out += "$";
        break;
      case Regexp2.Op.WORD_BOUNDARY:
        out += "\\b";
        break;
      case Regexp2.Op.NO_WORD_BOUNDARY:
        out += "\\B";
        break;
      case Regexp2.Op.CHAR_CLASS:
        if (this.runes.length % 2 !== 0) {
          out += "[invalid char class]";
          break;
        }
        out += "[";
        if (this.runes.length === 0) out += "^\\x00-\\x{10FFFF}";
        else if (this.runes[0] === 0 && this.runes[this.runes.length - 1] === Unicode.MAX_RUNE) {
          out += "^";
          for (let i = 1; i < this.runes.length - 1; i += 2) {
            const lo = this.runes[i] + 1;
            const hi = this.runes[i + 1] - 1;
            out += Regexp2.quoteIfHyphen(lo);
            out += Utils.escapeRune(lo);
            if (lo !== hi) {
              out += "-";
              out += Regexp2.quoteIfHyphen(hi);
              out += Utils.escapeRune(hi);
            }
          }
        } else for (let i = 0; i < this.runes.length; i += 2) {
          const lo = this.runes[i];
          const hi = this.runes[i + 1];
          out += Regexp2.quoteIfHyphen(lo);
          out += Utils.escapeRune(lo);
          if (lo !== hi) {
            out += "-";
            out += Regexp2.quoteIfHyphen(hi);
            out += Utils.escapeRune(hi);
          }
        }
        out += "]";
        break;
      default:
        out += this.op;
    }
    return out;
  }
  maxCap() {
    let m = 0;
    if (this.op === Regexp2.Op.CAPTURE) m = this.cap;
    if (this.subs !== null) for (let sub of this.subs) {
      const n = sub.maxCap();
      if (m < n) m = n;
    }
    return m;
  }
  equals(that) {
    if (!(that !== null && that instanceof Regexp2)) return false;
    if (this.op !== that.op) return false;
    switch (this.op) {
      case Regexp2.Op.END_TEXT:
        if ((this.flags & RE2Flags.WAS_DOLLAR) !== (that.flags & RE2Flags.WAS_DOLLAR)) return false;
        break;
      case Regexp2.Op.LITERAL:
      case Regexp2.Op.CHAR_CLASS:
        if ((this.flags & RE2Flags.FOLD_CASE) !== (that.flags & RE2Flags.FOLD_CASE)) return false;
        if (this.runes === null && that.runes === null) break;
        if (this.runes === null || that.runes === null) return false;
        if (this.runes.length !== that.runes.length) return false;
        for (let i = 0; i < this.runes.length; i++) if (this.runes[i] !== that.runes[i]) return false;
        break;
      case Regexp2.Op.ALTERNATE:
      case Regexp2.Op.CONCAT:
        if (this.subs.length !== that.subs.length) return false;
        for (let i = 0; i < this.subs.length; ++i) if (!this.subs[i].equals(that.subs[i])) return false;
        break;
      case Regexp2.Op.STAR:
      case Regexp2.Op.PLUS:
      case Regexp2.Op.QUEST:
        if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || !this.subs[0].equals(that.subs[0])) return false;
        break;
      case Regexp2.Op.REPEAT:
        if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || this.min !== that.min || this.max !== that.max || !this.subs[0].equals(that.subs[0])) return false;
        break;
      case Regexp2.Op.CAPTURE:
        if (this.cap !== that.cap || (this.name === null ? that.name !== null : this.name !== that.name) || !this.subs[0].equals(that.subs[0])) return false;
        break;
      case Regexp2.Op.PLB:
      case Regexp2.Op.NLB:
        if (this.lb !== that.lb || !this.subs[0].equals(that.subs[0])) return false;
    }
    return true;
  }
};
var RegexpWalker = class {
  static walk(root, handler) {
    const stack = [];
    let re = root;
    let result;
    for (; ; ) {
      if (re.subs.length === 0) result = handler.leaf(re);
      else {
        const state = handler.enter(re);
        if (state.result === void 0) {
          stack.push({
            re,
            state,
            i: 0
          });
          re = re.subs[0];
          continue;
        }
        result = state.result;
      }
      for (; ; ) {
        if (stack.length === 0) return result;
        const frame = stack[stack.length - 1];
        handler.child(frame.re, frame.state, result, frame.i);
        frame.i++;
        if (frame.state.result === void 0 && frame.i < frame.re.subs.length) {
          re = frame.re.subs[frame.i];
          break;
        }
        stack.pop();
        result = frame.state.result !== void 0 ? frame.state.result : handler.leave(frame.re, frame.state);
      }
    }
  }
};
var AhoCorasick = class {
  constructor(words, alphabetSize) {
    const edges = /* @__PURE__ */ new Map();
    const parent = [0];
    const unit = [0];
    const depth = [0];
    const terminal = [0];
    for (const word of words) {
      let node = 0;
      for (let i = 0; i < word.length; i++) {
        const key = node * alphabetSize + word[i];
        let child = edges.get(key);
        if (child === void 0) {
          child = parent.length;
          edges.set(key, child);
          parent.push(node);
          unit.push(word[i]);
          depth.push(depth[node] + 1);
          terminal.push(0);
        }
        node = child;
      }
      terminal[node] = 1;
    }
    const numNodes = parent.length;
    const children = new Int32Array(numNodes - 1);
    for (let c = 1; c < numNodes; c++) children[c - 1] = c;
    children.sort((a, b) => parent[a] - parent[b] || unit[a] - unit[b]);
    const childStart = new Int32Array(numNodes + 1);
    for (let c = 1; c < numNodes; c++) childStart[parent[c] + 1]++;
    for (let n = 0; n < numNodes; n++) childStart[n + 1] += childStart[n];
    const childUnit = new Int32Array(numNodes - 1);
    for (let k = 0; k < children.length; k++) childUnit[k] = unit[children[k]];
    this.childStart = childStart;
    this.childUnit = childUnit;
    this.childNode = children;
    const byDepth = new Int32Array(numNodes);
    for (let n = 0; n < numNodes; n++) byDepth[n] = n;
    byDepth.sort((a, b) => depth[a] - depth[b]);
    const fail = new Int32Array(numNodes);
    const match = Uint8Array.from(terminal);
    for (let k = 1; k < numNodes; k++) {
      const c = byDepth[k];
      const p = parent[c];
      if (p !== 0) {
        let f = fail[p];
        let next = this.next(f, unit[c]);
        while (next < 0 && f !== 0) {
          f = fail[f];
          next = this.next(f, unit[c]);
        }
        fail[c] = next >= 0 ? next : 0;
      }
      match[c] |= match[fail[c]];
    }
    this.fail = fail;
    this.match = match;
  }
  next(node, u) {
    let lo = this.childStart[node];
    let hi = this.childStart[node + 1];
    const units = this.childUnit;
    while (lo < hi) {
      const mid = lo + hi >> 1;
      const m = units[mid];
      if (m === u) return this.childNode[mid];
      if (m < u) lo = mid + 1;
      else hi = mid;
    }
    return -1;
  }
  advance(node, u) {
    for (; ; ) {
      const next = this.next(node, u);
      if (next >= 0) return next;
      if (node === 0) return 0;
      node = this.fail[node];
    }
  }
  searchUTF16(charSeq, start, end) {
    let node = 0;
    for (let i = start; i < end; i++) {
      node = this.advance(node, charSeq.charCodeAt(i));
      if (this.match[node] === 1) return true;
    }
    return false;
  }
  searchUTF8(bytes, start, end) {
    let node = 0;
    for (let i = start; i < end; i++) {
      node = this.advance(node, bytes[i]);
      if (this.match[node] === 1) return true;
    }
    return false;
  }
};
var Prefilter = class Prefilter2 {
  static Type = {
    NONE: 0,
    EXACT: 1,
    AND: 2,
    OR: 3
  };
  static MAX_SCANS = 32;
  static MAX_AC_UNITS = 1 << 18;
  constructor(type) {
    this.type = type;
    this.subs = [];
    this.str = "";
    this.bytes = null;
    this.cost = type === Prefilter2.Type.EXACT ? 1 : 0;
    this.allExact = false;
    this.ac16 = null;
    this.ac8 = null;
  }
  automaton16() {
    if (this.ac16 === null) {
      const words = this.subs.map((s) => {
        const arr = new Array(s.str.length);
        for (let i = 0; i < s.str.length; i++) arr[i] = s.str.charCodeAt(i);
        return arr;
      });
      this.ac16 = new AhoCorasick(words, 65536);
    }
    return this.ac16;
  }
  automaton8() {
    if (this.ac8 === null) this.ac8 = new AhoCorasick(this.subs.map((s) => s.bytes), 256);
    return this.ac8;
  }
  eval(input, pos) {
    switch (this.type) {
      case Prefilter2.Type.NONE:
        return true;
      case Prefilter2.Type.EXACT:
        return input.hasString(this, pos);
      case Prefilter2.Type.AND:
        for (let i = 0; i < this.subs.length; i++) if (!this.subs[i].eval(input, pos)) return false;
        return true;
      case Prefilter2.Type.OR:
        if (this.allExact) return input.hasAnyString(this, pos);
        for (let i = 0; i < this.subs.length; i++) if (this.subs[i].eval(input, pos)) return true;
        return false;
      default:
        return true;
    }
  }
};
var PrefilterTree = class PrefilterTree2 {
  static build(re) {
    if (!re) return new Prefilter(Prefilter.Type.NONE);
    return RegexpWalker.walk(re, PrefilterTree2.WALKER);
  }
  static WALKER = {
    leaf: (re) => PrefilterTree2.leaf(re),
    enter: (re) => PrefilterTree2.enter(re),
    child: (re, state, result) => PrefilterTree2.child(re, state, result),
    leave: (re, state) => PrefilterTree2.leave(re, state)
  };
  static leaf(re) {
    if (re.op !== Regexp.Op.LITERAL) return new Prefilter(Prefilter.Type.NONE);
    if (re.runes.length === 0 || (re.flags & RE2Flags.FOLD_CASE) !== 0) return new Prefilter(Prefilter.Type.NONE);
    let str = "";
    for (let i = 0; i < re.runes.length; i++) {
      if (Unicode.isUnsearchable(re.runes[i])) return new Prefilter(Prefilter.Type.NONE);
      str += String.fromCodePoint(re.runes[i]);
    }
    const pf = new Prefilter(Prefilter.Type.EXACT);
    pf.str = str;
    pf.bytes = Utils.stringToUtf8ByteArray(pf.str);
    return pf;
  }
  static enter(re) {
    switch (re.op) {
      case Regexp.Op.CAPTURE:
      case Regexp.Op.PLUS:
        return { sub: null };
      case Regexp.Op.REPEAT:
        if (re.min >= 1) return { sub: null };
        return { result: new Prefilter(Prefilter.Type.NONE) };
      case Regexp.Op.CONCAT:
        return {
          pf: new Prefilter(Prefilter.Type.AND),
          subs: []
        };
      case Regexp.Op.ALTERNATE:
        return {
          pf: new Prefilter(Prefilter.Type.OR),
          subs: []
        };
      default:
        return { result: new Prefilter(Prefilter.Type.NONE) };
    }
  }
  static child(re, state, s) {
    if (state.subs === void 0) {
      state.sub = s;
      return;
    }
    if (state.pf.type === Prefilter.Type.AND) {
      if (s.type === Prefilter.Type.NONE) return;
      if (s.type === Prefilter.Type.AND) {
        for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
        return;
      }
      state.subs.push(s);
      return;
    }
    if (s.type === Prefilter.Type.NONE) {
      state.result = new Prefilter(Prefilter.Type.NONE);
      return;
    }
    if (s.type === Prefilter.Type.OR) {
      for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
      return;
    }
    state.subs.push(s);
  }
  static leave(re, state) {
    if (state.subs === void 0) return state.sub;
    const pf = state.pf;
    const seen = /* @__PURE__ */ new Set();
    const subs = [];
    for (const sub of state.subs) {
      if (sub.type === Prefilter.Type.EXACT) {
        if (seen.has(sub.str)) continue;
        seen.add(sub.str);
      }
      subs.push(sub);
    }
    if (pf.type === Prefilter.Type.AND) {
      const kept2 = [];
      let cost2 = 0;
      for (const sub of subs) {
        if (cost2 + sub.cost > Prefilter.MAX_SCANS) continue;
        kept2.push(sub);
        cost2 += sub.cost;
      }
      if (kept2.length === 0) return new Prefilter(Prefilter.Type.NONE);
      if (kept2.length === 1) return kept2[0];
      pf.subs = kept2;
      pf.cost = cost2;
      return pf;
    }
    if (subs.length === 0) return new Prefilter(Prefilter.Type.NONE);
    if (subs.length === 1) return subs[0];
    pf.subs = subs;
    let allExact = true;
    let cost = 0;
    let units = 0;
    for (const sub of subs) {
      if (sub.type !== Prefilter.Type.EXACT) allExact = false;
      else units += sub.bytes.length;
      cost += sub.cost;
    }
    if (allExact) {
      if (units > Prefilter.MAX_AC_UNITS) return new Prefilter(Prefilter.Type.NONE);
      pf.allExact = true;
      pf.cost = 1;
      return pf;
    }
    if (cost > Prefilter.MAX_SCANS) return new Prefilter(Prefilter.Type.NONE);
    pf.cost = cost;
    return pf;
  }
};
var PatchList = class {
  /**
  * @param {number} head - Encoded pointer to the start of the patch list.
  * @param {number} tail - Encoded pointer to the end of the patch list.
  */
  constructor(head = 0, tail = 0) {
    this.head = head;
    this.tail = tail;
  }
};
var Prog = class {
  constructor() {
    this.inst = [];
    this.start = 0;
    this.numCap = 2;
    this.lbStarts = [];
    this.numLb = 0;
    this.lbInst = null;
  }
  getInst(pc) {
    return this.inst[pc];
  }
  numInst() {
    return this.inst.length;
  }
  addInst(op) {
    this.inst.push(new Inst(op));
  }
  markLookbehindInsts() {
    const lbInst = new Uint8Array(this.inst.length);
    const pending = this.lbStarts.slice();
    while (pending.length > 0) {
      const pc = pending.pop();
      if (pc === 0 || lbInst[pc] === 1) continue;
      lbInst[pc] = 1;
      const i = this.inst[pc];
      switch (i.op) {
        case Inst.ALT:
        case Inst.ALT_MATCH:
          pending.push(i.out, i.arg);
          break;
        case Inst.MATCH:
        case Inst.FAIL:
          break;
        default:
          pending.push(i.out);
      }
    }
    this.lbInst = lbInst;
  }
  skipNop(pc) {
    let i = this.inst[pc];
    while (i.op === Inst.NOP || i.op === Inst.CAPTURE) {
      i = this.inst[pc];
      pc = i.out;
    }
    return i;
  }
  /** @returns {[boolean, string]} */
  prefix() {
    let prefix = "";
    let i = this.skipNop(this.start);
    if (!Inst.isRuneOp(i.op) || i.runes.length !== 1) return [i.op === Inst.MATCH, prefix];
    while (Inst.isRuneOp(i.op) && i.runes.length === 1 && (i.arg & RE2Flags.FOLD_CASE) === 0 && !Unicode.isUnsearchable(i.runes[0])) {
      prefix += String.fromCodePoint(i.runes[0]);
      i = this.skipNop(i.out);
    }
    return [i.op === Inst.MATCH, prefix];
  }
  startCond() {
    let flag = 0;
    let pc = this.start;
    loop: for (; ; ) {
      const i = this.inst[pc];
      switch (i.op) {
        case Inst.EMPTY_WIDTH:
          flag |= i.arg;
          break;
        case Inst.FAIL:
          return -1;
        case Inst.CAPTURE:
        case Inst.NOP:
          break;
        default:
          break loop;
      }
      pc = i.out;
    }
    return flag;
  }
  patch(l, val) {
    let head = l.head;
    while (head !== 0) {
      const i = this.inst[head >> 1];
      if ((head & 1) === 0) {
        head = i.out;
        i.out = val;
      } else {
        head = i.arg;
        i.arg = val;
      }
    }
  }
  append(l1, l2) {
    if (l1.head === 0) return l2;
    if (l2.head === 0) return l1;
    const i = this.inst[l1.tail >> 1];
    if ((l1.tail & 1) === 0) i.out = l2.head;
    else i.arg = l2.head;
    return new PatchList(l1.head, l2.tail);
  }
  /**
  *
  * @returns {string}
  */
  toString() {
    let out = "";
    for (let pc = 0; pc < this.inst.length; pc++) {
      const len = out.length;
      out += pc;
      if (pc === this.start) out += "*";
      out += "        ".substring(out.length - len);
      out += this.inst[pc];
      out += "\n";
    }
    return out;
  }
};
var ANY_RUNE_NOT_NL = new Int32Array([
  0,
  Codepoint.CODES["\n"] - 1,
  Codepoint.CODES["\n"] + 1,
  Unicode.MAX_RUNE
]);
var ANY_RUNE = new Int32Array([0, Unicode.MAX_RUNE]);
var Frag = class {
  constructor(i = 0, out = new PatchList(), nullable = false) {
    this.i = i;
    this.out = out;
    this.nullable = nullable;
  }
};
var Compiler = class Compiler2 {
  static compileRegexp(re) {
    const c = new Compiler2();
    const f = c.compile(re);
    c.prog.patch(f.out, c.newInst(Inst.MATCH).i);
    c.prog.start = f.i;
    c.prog.markLookbehindInsts();
    return c.prog;
  }
  static compileSet(regexps) {
    const c = new Compiler2();
    if (regexps.length === 0) {
      c.prog.start = c.newInst(Inst.FAIL).i;
      c.prog.markLookbehindInsts();
      return c.prog;
    }
    let starts = [];
    for (let i = 0; i < regexps.length; i++) {
      c.lbOffset = c.prog.numLb;
      const f = c.compile(regexps[i]);
      const m = c.newInst(Inst.MATCH);
      c.prog.getInst(m.i).arg = i;
      c.prog.patch(f.out, m.i);
      starts.push(f.i);
    }
    let start = starts[0];
    for (let i = 1; i < starts.length; i++) {
      const f = c.newInst(Inst.ALT);
      const inst = c.prog.getInst(f.i);
      inst.out = start;
      inst.arg = starts[i];
      start = f.i;
    }
    c.prog.start = start;
    c.prog.markLookbehindInsts();
    return c.prog;
  }
  constructor() {
    this.prog = new Prog();
    this.newInst(Inst.FAIL);
    this.lbOffset = 0;
    this.runeCache = /* @__PURE__ */ new Map();
    this.walker = {
      leaf: (re) => this.leaf(re),
      enter: (re) => this.enter(re),
      child: (re, state, result) => this.child(re, state, result),
      leave: (re, state) => this.leave(re, state)
    };
  }
  newInst(op) {
    this.prog.addInst(op);
    return new Frag(this.prog.numInst() - 1, new PatchList(), true);
  }
  nop() {
    const f = this.newInst(Inst.NOP);
    f.out = new PatchList(f.i << 1, f.i << 1);
    return f;
  }
  fail() {
    return new Frag();
  }
  cap(arg) {
    const f = this.newInst(Inst.CAPTURE);
    f.out = new PatchList(f.i << 1, f.i << 1);
    this.prog.getInst(f.i).arg = arg;
    if (this.prog.numCap < arg + 1) this.prog.numCap = arg + 1;
    return f;
  }
  cat(f1, f2) {
    if (f1.i === 0 || f2.i === 0) {
      this.prog.patch(f1.out, 0);
      this.prog.patch(f2.out, 0);
      return this.fail();
    }
    this.prog.patch(f1.out, f2.i);
    return new Frag(f1.i, f2.out, f1.nullable && f2.nullable);
  }
  alt(f1, f2) {
    if (f1.i === 0) return f2;
    if (f2.i === 0) return f1;
    const f = this.newInst(Inst.ALT);
    const i = this.prog.getInst(f.i);
    i.out = f1.i;
    i.arg = f2.i;
    f.out = this.prog.append(f1.out, f2.out);
    f.nullable = f1.nullable || f2.nullable;
    return f;
  }
  loop(f1, nongreedy) {
    const f = this.newInst(Inst.ALT);
    const i = this.prog.getInst(f.i);
    if (nongreedy) {
      i.arg = f1.i;
      f.out = new PatchList(f.i << 1, f.i << 1);
    } else {
      i.out = f1.i;
      f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
    }
    this.prog.patch(f1.out, f.i);
    return f;
  }
  quest(f1, nongreedy) {
    if (f1.i === 0) return this.nop();
    const f = this.newInst(Inst.ALT);
    const i = this.prog.getInst(f.i);
    if (nongreedy) {
      i.arg = f1.i;
      f.out = new PatchList(f.i << 1, f.i << 1);
    } else {
      i.out = f1.i;
      f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
    }
    f.out = this.prog.append(f.out, f1.out);
    return f;
  }
  star(f1, nongreedy) {
    if (f1.i === 0) return this.nop();
    if (f1.nullable) return this.quest(this.plus(f1, nongreedy), nongreedy);
    return this.loop(f1, nongreedy);
  }
  plus(f1, nongreedy) {
    if (f1.i === 0) return this.fail();
    return new Frag(f1.i, this.loop(f1, nongreedy).out, f1.nullable);
  }
  empty(op) {
    const f = this.newInst(Inst.EMPTY_WIDTH);
    this.prog.getInst(f.i).arg = op;
    f.out = new PatchList(f.i << 1, f.i << 1);
    return f;
  }
  rune(runes, flags) {
    const f = this.newInst(Inst.RUNE);
    f.nullable = false;
    const i = this.prog.getInst(f.i);
    i.runes = runes;
    flags &= RE2Flags.FOLD_CASE;
    if (runes.length !== 1 || Unicode.simpleFold(runes[0]) === runes[0]) flags &= ~RE2Flags.FOLD_CASE;
    i.arg = flags;
    f.out = new PatchList(f.i << 1, f.i << 1);
    if ((flags & RE2Flags.FOLD_CASE) === 0 && runes.length === 1 || runes.length === 2 && runes[0] === runes[1]) i.op = Inst.RUNE1;
    else if (runes.length === 2 && runes[0] === 0 && runes[1] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY;
    else if (runes.length === 4 && runes[0] === 0 && runes[1] === Codepoint.CODES["\n"] - 1 && runes[2] === Codepoint.CODES["\n"] + 1 && runes[3] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY_NOT_NL;
    return f;
  }
  lookBehind(a, parsedLb) {
    const lb = Math.sign(parsedLb) * (Math.abs(parsedLb) + this.lbOffset);
    const id = this.newInst(Inst.LB_WRITE);
    this.prog.getInst(id.i).arg = lb;
    const any = this.rune(ANY_RUNE, 0);
    const dotStar = this.star(any, true);
    const lbAutomaton = this.cat(dotStar, a);
    this.prog.patch(lbAutomaton.out, id.i);
    const checkId = this.newInst(Inst.LB_CHECK);
    this.prog.getInst(checkId.i).arg = lb;
    this.prog.lbStarts.push(lbAutomaton.i);
    if (Math.abs(lb) > this.prog.numLb) this.prog.numLb = Math.abs(lb);
    checkId.out = new PatchList(checkId.i << 1, checkId.i << 1);
    return checkId;
  }
  compile(re) {
    return RegexpWalker.walk(re, this.walker);
  }
  leaf(re) {
    switch (re.op) {
      case Regexp.Op.NO_MATCH:
        return this.fail();
      case Regexp.Op.EMPTY_MATCH:
        return this.nop();
      case Regexp.Op.LITERAL: {
        if (re.runes.length === 0) return this.nop();
        let f = null;
        for (let r of re.runes) {
          let singleRune = this.runeCache.get(r);
          if (singleRune === void 0) {
            singleRune = new Int32Array([r]);
            this.runeCache.set(r, singleRune);
          }
          const f1 = this.rune(singleRune, re.flags);
          f = f === null ? f1 : this.cat(f, f1);
        }
        return f;
      }
      case Regexp.Op.CHAR_CLASS:
        return this.rune(re.runes, re.flags);
      case Regexp.Op.ANY_CHAR_NOT_NL:
        return this.rune(ANY_RUNE_NOT_NL, 0);
      case Regexp.Op.ANY_CHAR:
        return this.rune(ANY_RUNE, 0);
      case Regexp.Op.BEGIN_LINE:
        return this.empty(Utils.EMPTY_BEGIN_LINE);
      case Regexp.Op.END_LINE:
        return this.empty(Utils.EMPTY_END_LINE);
      case Regexp.Op.BEGIN_TEXT:
        return this.empty(Utils.EMPTY_BEGIN_TEXT);
      case Regexp.Op.END_TEXT:
        return this.empty(Utils.EMPTY_END_TEXT);
      case Regexp.Op.WORD_BOUNDARY:
        return this.empty(Utils.EMPTY_WORD_BOUNDARY);
      case Regexp.Op.NO_WORD_BOUNDARY:
        return this.empty(Utils.EMPTY_NO_WORD_BOUNDARY);
      case Regexp.Op.CONCAT:
      case Regexp.Op.ALTERNATE:
        return this.nop();
      default:
        throw new RE2JSCompileException("regexp: unhandled case in compile");
    }
  }
  enter(re) {
    switch (re.op) {
      case Regexp.Op.PLB:
      case Regexp.Op.NLB:
      case Regexp.Op.STAR:
      case Regexp.Op.PLUS:
      case Regexp.Op.QUEST:
        return { sub: null };
      case Regexp.Op.CAPTURE:
        return {
          bra: this.cap(re.cap << 1),
          sub: null
        };
      case Regexp.Op.CONCAT:
      case Regexp.Op.ALTERNATE:
        return { f: null };
      default:
        throw new RE2JSCompileException("regexp: unhandled case in compile");
    }
  }
  child(re, state, f1) {
    if (re.op === Regexp.Op.CONCAT) state.f = state.f === null ? f1 : this.cat(state.f, f1);
    else if (re.op === Regexp.Op.ALTERNATE) state.f = state.f === null ? f1 : this.alt(state.f, f1);
    else state.sub = f1;
  }
  leave(re, state) {
    switch (re.op) {
      case Regexp.Op.PLB:
      case Regexp.Op.NLB:
        return this.lookBehind(state.sub, re.lb);
      case Regexp.Op.CAPTURE: {
        const ket = this.cap(re.cap << 1 | 1);
        return this.cat(this.cat(state.bra, state.sub), ket);
      }
      case Regexp.Op.STAR:
        return this.star(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
      case Regexp.Op.PLUS:
        return this.plus(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
      case Regexp.Op.QUEST:
        return this.quest(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
      case Regexp.Op.CONCAT:
      case Regexp.Op.ALTERNATE:
        return state.f;
      default:
        throw new RE2JSCompileException("regexp: unhandled case in compile");
    }
  }
};
var Simplify = class Simplify2 {
  static simplify(re) {
    if (re === null) return null;
    return RegexpWalker.walk(re, Simplify2.WALKER);
  }
  static WALKER = {
    leaf: (re) => Simplify2.leaf(re),
    enter: (re) => Simplify2.enter(re),
    child: (re, state, result, i) => Simplify2.child(re, state, result, i),
    leave: (re, state) => Simplify2.leave(re, state)
  };
  static leaf(re) {
    if (re.op === Regexp.Op.CHAR_CLASS) {
      if (re.runes === null) return re;
      if (re.runes.length === 0) return new Regexp(Regexp.Op.NO_MATCH);
      if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR);
      if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR_NOT_NL);
    }
    return re;
  }
  static enter(re) {
    switch (re.op) {
      case Regexp.Op.PLB:
      case Regexp.Op.NLB:
      case Regexp.Op.CAPTURE:
      case Regexp.Op.STAR:
      case Regexp.Op.PLUS:
      case Regexp.Op.QUEST:
        return { sub: null };
      case Regexp.Op.CONCAT:
      case Regexp.Op.ALTERNATE:
        return {
          subs: [],
          changed: false
        };
      case Regexp.Op.REPEAT:
        if (re.min === 0 && re.max === 0) return { result: new Regexp(Regexp.Op.EMPTY_MATCH) };
        return { sub: null };
      default:
        return { result: re };
    }
  }
  static child(re, state, nsub, i) {
    if (state.subs === void 0) {
      state.sub = nsub;
      return;
    }
    if (nsub !== re.subs[i]) state.changed = true;
    if (re.op === Regexp.Op.CONCAT) {
      if (nsub.op === Regexp.Op.NO_MATCH) {
        state.result = new Regexp(Regexp.Op.NO_MATCH);
        return;
      }
      if (nsub.op === Regexp.Op.EMPTY_MATCH) {
        state.changed = true;
        return;
      }
      if (nsub.op === Regexp.Op.CONCAT) {
        state.changed = true;
        for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
        return;
      }
    } else {
      if (nsub.op === Regexp.Op.NO_MATCH) {
        state.changed = true;
        return;
      }
      if (nsub.op === Regexp.Op.ALTERNATE) {
        state.changed = true;
        for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
        return;
      }
    }
    state.subs.push(nsub);
  }
  static leave(re, state) {
    switch (re.op) {
      case Regexp.Op.PLB:
      case Regexp.Op.NLB:
      case Regexp.Op.CAPTURE: {
        const sub = state.sub;
        if (sub !== re.subs[0]) {
          const nre = Regexp.fromRegexp(re);
          nre.runes = /* @__PURE__ */ new Int32Array(0);
          nre.subs = [sub];
          return nre;
        }
        return re;
      }
      case Regexp.Op.CONCAT:
      case Regexp.Op.ALTERNATE:
        if (state.changed) {
          const newSubs = state.subs;
          if (newSubs.length === 0) return new Regexp(re.op === Regexp.Op.CONCAT ? Regexp.Op.EMPTY_MATCH : Regexp.Op.NO_MATCH);
          if (newSubs.length === 1) return newSubs[0];
          const nre = Regexp.fromRegexp(re);
          nre.runes = /* @__PURE__ */ new Int32Array(0);
          nre.subs = newSubs;
          return nre;
        }
        return re;
      case Regexp.Op.STAR:
      case Regexp.Op.PLUS:
      case Regexp.Op.QUEST:
        return Simplify2.simplify1(re.op, re.flags, state.sub, re);
      case Regexp.Op.REPEAT:
        return Simplify2.simplifyRepeat(re, state.sub);
      default:
        return re;
    }
  }
  static simplifyRepeat(re, sub) {
    if (re.max === -1) {
      if (re.min === 0) return Simplify2.simplify1(Regexp.Op.STAR, re.flags, sub, null);
      if (re.min === 1) return Simplify2.simplify1(Regexp.Op.PLUS, re.flags, sub, null);
      const subs = [];
      for (let i = 0; i < re.min - 1; i++) subs.push(sub);
      subs.push(Simplify2.simplify1(Regexp.Op.PLUS, re.flags, sub, null));
      return Simplify2.concat(subs);
    }
    if (re.min === 1 && re.max === 1) return sub;
    let prefixSubs = null;
    if (re.min > 0) {
      prefixSubs = [];
      for (let i = 0; i < re.min; i++) prefixSubs.push(sub);
    }
    if (re.max > re.min) {
      let suffix = Simplify2.simplify1(Regexp.Op.QUEST, re.flags, sub, null);
      for (let i = re.min + 1; i < re.max; i++) suffix = Simplify2.simplify1(Regexp.Op.QUEST, re.flags, Simplify2.concat([sub, suffix]), null);
      if (prefixSubs === null) return suffix;
      prefixSubs.push(suffix);
    }
    if (prefixSubs !== null) return Simplify2.concat(prefixSubs);
    return new Regexp(Regexp.Op.NO_MATCH);
  }
  static concat(subs) {
    const newSubs = [];
    for (let i = 0; i < subs.length; i++) {
      const sub = subs[i];
      if (sub.op === Regexp.Op.NO_MATCH) return new Regexp(Regexp.Op.NO_MATCH);
      if (sub.op === Regexp.Op.EMPTY_MATCH) continue;
      if (sub.op === Regexp.Op.CONCAT) {
        for (let j = 0; j < sub.subs.length; j++) newSubs.push(sub.subs[j]);
        continue;
      }
      newSubs.push(sub);
    }
    if (newSubs.length === 0) return new Regexp(Regexp.Op.EMPTY_MATCH);
    if (newSubs.length === 1) return newSubs[0];
    const nre = new Regexp(Regexp.Op.CONCAT);
    nre.subs = newSubs;
    return nre;
  }
  static simplify1(op, flags, sub, re) {
    if (sub.op === Regexp.Op.EMPTY_MATCH) return sub;
    if (sub.op === Regexp.Op.NO_MATCH) {
      if (op === Regexp.Op.PLUS) return sub;
      return new Regexp(Regexp.Op.EMPTY_MATCH);
    }
    if (op === sub.op && (flags & RE2Flags.NON_GREEDY) === (sub.flags & RE2Flags.NON_GREEDY)) return sub;
    if (re !== null && re.op === op && (re.flags & RE2Flags.NON_GREEDY) === (flags & RE2Flags.NON_GREEDY) && sub === re.subs[0]) return re;
    const nre = new Regexp(op);
    nre.flags = flags;
    nre.subs = [sub];
    return nre;
  }
};
var CharGroup = class {
  constructor(sign, cls) {
    this.sign = sign;
    this.cls = cls;
  }
};
var code1 = [48, 57];
var code2 = [
  9,
  10,
  12,
  13,
  32,
  32
];
var code3 = [
  48,
  57,
  65,
  90,
  95,
  95,
  97,
  122
];
var PERL_GROUPS = /* @__PURE__ */ new Map([
  ["\\d", new CharGroup(1, code1)],
  ["\\D", new CharGroup(-1, code1)],
  ["\\s", new CharGroup(1, code2)],
  ["\\S", new CharGroup(-1, code2)],
  ["\\w", new CharGroup(1, code3)],
  ["\\W", new CharGroup(-1, code3)]
]);
var code4 = [
  48,
  57,
  65,
  90,
  97,
  122
];
var code5 = [
  65,
  90,
  97,
  122
];
var code6 = [0, 127];
var code7 = [
  9,
  9,
  32,
  32
];
var code8 = [
  0,
  31,
  127,
  127
];
var code9 = [48, 57];
var code10 = [33, 126];
var code11 = [97, 122];
var code12 = [32, 126];
var code13 = [
  33,
  47,
  58,
  64,
  91,
  96,
  123,
  126
];
var code14 = [
  9,
  13,
  32,
  32
];
var code15 = [65, 90];
var code16 = [
  48,
  57,
  65,
  90,
  95,
  95,
  97,
  122
];
var code17 = [
  48,
  57,
  65,
  70,
  97,
  102
];
var POSIX_GROUPS = /* @__PURE__ */ new Map([
  ["[:alnum:]", new CharGroup(1, code4)],
  ["[:^alnum:]", new CharGroup(-1, code4)],
  ["[:alpha:]", new CharGroup(1, code5)],
  ["[:^alpha:]", new CharGroup(-1, code5)],
  ["[:ascii:]", new CharGroup(1, code6)],
  ["[:^ascii:]", new CharGroup(-1, code6)],
  ["[:blank:]", new CharGroup(1, code7)],
  ["[:^blank:]", new CharGroup(-1, code7)],
  ["[:cntrl:]", new CharGroup(1, code8)],
  ["[:^cntrl:]", new CharGroup(-1, code8)],
  ["[:digit:]", new CharGroup(1, code9)],
  ["[:^digit:]", new CharGroup(-1, code9)],
  ["[:graph:]", new CharGroup(1, code10)],
  ["[:^graph:]", new CharGroup(-1, code10)],
  ["[:lower:]", new CharGroup(1, code11)],
  ["[:^lower:]", new CharGroup(-1, code11)],
  ["[:print:]", new CharGroup(1, code12)],
  ["[:^print:]", new CharGroup(-1, code12)],
  ["[:punct:]", new CharGroup(1, code13)],
  ["[:^punct:]", new CharGroup(-1, code13)],
  ["[:space:]", new CharGroup(1, code14)],
  ["[:^space:]", new CharGroup(-1, code14)],
  ["[:upper:]", new CharGroup(1, code15)],
  ["[:^upper:]", new CharGroup(-1, code15)],
  ["[:word:]", new CharGroup(1, code16)],
  ["[:^word:]", new CharGroup(-1, code16)],
  ["[:xdigit:]", new CharGroup(1, code17)],
  ["[:^xdigit:]", new CharGroup(-1, code17)]
]);
var CharClass = class CharClass2 {
  static charClassToString(r, len) {
    let result = "[";
    for (let i = 0; i < len; i += 2) {
      if (i > 0) result += " ";
      const lo = r[i];
      const hi = r[i + 1];
      if (lo === hi) result += `0x${lo.toString(16)}`;
      else result += `0x${lo.toString(16)}-0x${hi.toString(16)}`;
    }
    result += "]";
    return result;
  }
  static sortRanges(array, len) {
    const n = len >> 1;
    const order2 = new Array(n);
    for (let i = 0; i < n; i++) order2[i] = i;
    order2.sort((a, b) => array[2 * a] - array[2 * b] || array[2 * b + 1] - array[2 * a + 1]);
    const sorted = array.slice(0, len);
    for (let i = 0; i < n; i++) {
      array[2 * i] = sorted[2 * order2[i]];
      array[2 * i + 1] = sorted[2 * order2[i] + 1];
    }
  }
  /**
  * @param {number[]|Int32Array} [r]
  */
  constructor(r = Utils.emptyInts()) {
    this.r = r;
    this.len = r.length;
  }
  toArray() {
    if (this.r instanceof Int32Array) return this.len === this.r.length ? this.r : this.r.subarray(0, this.len);
    return new Int32Array(this.len === this.r.length ? this.r : this.r.slice(0, this.len));
  }
  toGrowableArray() {
    if (Array.isArray(this.r)) {
      this.r.length = this.len;
      return this.r;
    }
    return Array.from(this.r.subarray(0, this.len));
  }
  cleanClass() {
    if (this.len < 4) return this;
    CharClass2.sortRanges(this.r, this.len);
    let w = 2;
    for (let i = 2; i < this.len; i += 2) {
      const lo = this.r[i];
      const hi = this.r[i + 1];
      if (lo <= this.r[w - 1] + 1) {
        if (hi > this.r[w - 1]) this.r[w - 1] = hi;
        continue;
      }
      this.r[w] = lo;
      this.r[w + 1] = hi;
      w += 2;
    }
    this.len = w;
    return this;
  }
  appendLiteral(x, flags) {
    return (flags & RE2Flags.FOLD_CASE) !== 0 ? this.appendFoldedRange(x, x) : this.appendRange(x, x);
  }
  appendRange(lo, hi) {
    if (this.len > 0) {
      for (let i = 2; i <= 4; i += 2) if (this.len >= i) {
        const rlo = this.r[this.len - i];
        const rhi = this.r[this.len - i + 1];
        if (lo <= rhi + 1 && rlo <= hi + 1) {
          if (lo < rlo) this.r[this.len - i] = lo;
          if (hi > rhi) this.r[this.len - i + 1] = hi;
          return this;
        }
      }
    }
    this.r[this.len++] = lo;
    this.r[this.len++] = hi;
    return this;
  }
  appendFoldedRange(lo, hi) {
    if (lo <= Unicode.MIN_FOLD && hi >= Unicode.MAX_FOLD) return this.appendRange(lo, hi);
    if (hi < Unicode.MIN_FOLD || lo > Unicode.MAX_FOLD) return this.appendRange(lo, hi);
    if (lo < Unicode.MIN_FOLD) {
      this.appendRange(lo, Unicode.MIN_FOLD - 1);
      lo = Unicode.MIN_FOLD;
    }
    if (hi > Unicode.MAX_FOLD) {
      this.appendRange(Unicode.MAX_FOLD + 1, hi);
      hi = Unicode.MAX_FOLD;
    }
    for (let c = lo; c <= hi; c++) {
      this.appendRange(c, c);
      for (let f = Unicode.simpleFold(c); f !== c; f = Unicode.simpleFold(f)) this.appendRange(f, f);
    }
    return this;
  }
  appendClass(x) {
    for (let i = 0; i < x.length; i += 2) this.appendRange(x[i], x[i + 1]);
    return this;
  }
  appendFoldedClass(x) {
    for (let i = 0; i < x.length; i += 2) this.appendFoldedRange(x[i], x[i + 1]);
    return this;
  }
  appendNegatedClass(x) {
    let nextLo = 0;
    for (let i = 0; i < x.length; i += 2) {
      const lo = x[i];
      const hi = x[i + 1];
      if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
      nextLo = hi + 1;
    }
    if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
    return this;
  }
  appendTable(table) {
    for (let i = 0; i < table.length; ++i) {
      const lo = table.getLo(i);
      const hi = table.getHi(i);
      const stride = table.getStride(i);
      if (stride === 1) {
        this.appendRange(lo, hi);
        continue;
      }
      for (let c = lo; c <= hi; c += stride) this.appendRange(c, c);
    }
    return this;
  }
  appendNegatedTable(table) {
    let nextLo = 0;
    for (let i = 0; i < table.length; ++i) {
      const lo = table.getLo(i);
      const hi = table.getHi(i);
      const stride = table.getStride(i);
      if (stride === 1) {
        if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
        nextLo = hi + 1;
        continue;
      }
      for (let c = lo; c <= hi; c += stride) {
        if (nextLo <= c - 1) this.appendRange(nextLo, c - 1);
        nextLo = c + 1;
      }
    }
    if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
    return this;
  }
  appendTableWithSign(table, sign) {
    return sign < 0 ? this.appendNegatedTable(table) : this.appendTable(table);
  }
  negateClass() {
    let nextLo = 0;
    let w = 0;
    for (let i = 0; i < this.len; i += 2) {
      const lo = this.r[i];
      const hi = this.r[i + 1];
      if (nextLo <= lo - 1) {
        this.r[w] = nextLo;
        this.r[w + 1] = lo - 1;
        w += 2;
      }
      nextLo = hi + 1;
    }
    this.len = w;
    if (nextLo <= Unicode.MAX_RUNE) {
      this.r[this.len++] = nextLo;
      this.r[this.len++] = Unicode.MAX_RUNE;
    }
    return this;
  }
  appendClassWithSign(x, sign) {
    return sign < 0 ? this.appendNegatedClass(x) : this.appendClass(x);
  }
  appendGroup(g, foldCase) {
    let cls = g.cls;
    if (foldCase) cls = new CharClass2().appendFoldedClass(cls).cleanClass().toArray();
    return this.appendClassWithSign(cls, g.sign);
  }
  toString() {
    return CharClass2.charClassToString(this.r, this.len);
  }
};
var StringIterator = class {
  constructor(str) {
    this.str = str;
    this.position = 0;
  }
  pos() {
    return this.position;
  }
  rewindTo(pos) {
    this.position = pos;
  }
  more() {
    return this.position < this.str.length;
  }
  peek() {
    return this.str.codePointAt(this.position);
  }
  skip(n) {
    this.position += n;
  }
  skipString(s) {
    this.position += s.length;
  }
  pop() {
    const r = this.str.codePointAt(this.position);
    this.position += Utils.charCount(r);
    return r;
  }
  lookingAt(s) {
    return this.str.startsWith(s, this.position);
  }
  rest() {
    return this.str.substring(this.position);
  }
  from(beforePos) {
    return this.str.substring(beforePos, this.position);
  }
  toString() {
    return this.rest();
  }
};
var Parser = class Parser2 {
  static ERR_INTERNAL_ERROR = "regexp/syntax: internal error";
  static ERR_INVALID_CHAR_RANGE = "invalid character class range";
  static ERR_INVALID_ESCAPE = "invalid escape sequence";
  static ERR_INVALID_NAMED_CAPTURE = "invalid named capture";
  static ERR_INVALID_PERL_OP = "invalid or unsupported Perl syntax";
  static ERR_INVALID_REPEAT_OP = "invalid nested repetition operator";
  static ERR_INVALID_REPEAT_SIZE = "invalid repeat count";
  static ERR_MISSING_BRACKET = "missing closing ]";
  static ERR_MISSING_PAREN = "missing closing )";
  static ERR_MISSING_REPEAT_ARGUMENT = "missing argument to repetition operator";
  static ERR_TRAILING_BACKSLASH = "trailing backslash at end of expression";
  static ERR_DUPLICATE_NAMED_CAPTURE = "duplicate capture group name";
  static ERR_UNEXPECTED_PAREN = "unexpected )";
  static ERR_NESTING_DEPTH = "expression nests too deeply";
  static ERR_LARGE = "expression too large";
  static ERR_INVALID_CAPTURE_IN_LOOKBEHIND = "invalid capture in lookbehind";
  static MAX_HEIGHT = 1e3;
  static MAX_SIZE = 1398101;
  static MAX_RUNES = 33554432;
  static ANY_TABLE = new UnicodeRangeTable(new Uint32Array([
    0,
    Unicode.MAX_RUNE,
    1
  ]));
  static ASCII_TABLE = new UnicodeRangeTable(new Uint32Array([
    0,
    127,
    1
  ]));
  static ASCII_FOLD_TABLE = new UnicodeRangeTable(new Uint32Array([
    0,
    127,
    1,
    383,
    383,
    1,
    8490,
    8490,
    1
  ]));
  static unicodeTable(name) {
    if (name === "Any") return {
      tab: Parser2.ANY_TABLE,
      fold: Parser2.ANY_TABLE,
      sign: 1
    };
    if (name === "Ascii") return {
      tab: Parser2.ASCII_TABLE,
      fold: Parser2.ASCII_FOLD_TABLE,
      sign: 1
    };
    if (name === "Assigned") return {
      tab: UnicodeTables.CATEGORIES.get("Cn"),
      fold: UnicodeTables.CATEGORIES.get("Cn"),
      sign: -1
    };
    if (name === "Lc") return {
      tab: UnicodeTables.CATEGORIES.get("LC"),
      fold: UnicodeTables.FOLD_CATEGORIES.get("LC"),
      sign: 1
    };
    if (UnicodeTables.CATEGORIES.has(name)) return {
      tab: UnicodeTables.CATEGORIES.get(name),
      fold: UnicodeTables.FOLD_CATEGORIES.get(name),
      sign: 1
    };
    if (UnicodeTables.SCRIPTS.has(name)) return {
      tab: UnicodeTables.SCRIPTS.get(name),
      fold: UnicodeTables.FOLD_SCRIPT.get(name),
      sign: 1
    };
    return null;
  }
  static minFoldRune(r) {
    if (r < Unicode.MIN_FOLD || r > Unicode.MAX_FOLD) return r;
    let min = r;
    const r0 = r;
    for (r = Unicode.simpleFold(r); r !== r0; r = Unicode.simpleFold(r)) if (min > r) min = r;
    return min;
  }
  static leadingRegexp(re) {
    if (re.op === Regexp.Op.EMPTY_MATCH) return null;
    if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
      const sub = re.subs[0];
      if (sub.op === Regexp.Op.EMPTY_MATCH) return null;
      return sub;
    }
    return re;
  }
  static literalRegexp(s, flags) {
    const re = new Regexp(Regexp.Op.LITERAL);
    re.flags = flags;
    re.runes = Utils.stringToRunes(s);
    return re;
  }
  /**
  * Parse regular expression pattern {@code pattern} with mode flags {@code flags}.
  * @param {string} pattern
  * @param {number} flags
  */
  static parse(pattern, flags) {
    return new Parser2(pattern, flags).parseInternal();
  }
  static parseRepeat(t) {
    const start = t.pos();
    if (!t.more() || !t.lookingAt("{")) return -1;
    t.skip(1);
    const min = Parser2.parseInt(t);
    if (min === -1) return -1;
    if (!t.more()) return -1;
    let max;
    if (!t.lookingAt(",")) max = min;
    else {
      t.skip(1);
      if (!t.more()) return -1;
      if (t.lookingAt("}")) max = -1;
      else if ((max = Parser2.parseInt(t)) === -1) return -1;
    }
    if (!t.more() || !t.lookingAt("}")) return -1;
    t.skip(1);
    if (min < 0 || min > 1e3 || max === -2 || max > 1e3 || max >= 0 && min > max) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_REPEAT_SIZE, t.from(start));
    return min << 16 | max & Unicode.MAX_BMP;
  }
  static isValidCaptureName(name) {
    if (name.length === 0) return false;
    for (let i = 0; i < name.length; i++) {
      const c = name.codePointAt(i);
      if (c !== Codepoint.CODES["_"] && !Utils.isalnum(c)) return false;
    }
    return true;
  }
  static parseInt(t) {
    const start = t.pos();
    while (t.more() && t.peek() >= Codepoint.CODES["0"] && t.peek() <= Codepoint.CODES["9"]) t.skip(1);
    const n = t.from(start);
    if (n.length === 0 || n.length > 1 && n.codePointAt(0) === Codepoint.CODES["0"]) return -1;
    if (n.length > 8) return -2;
    return parseInt(n, 10);
  }
  static isCharClass(re) {
    return re.op === Regexp.Op.LITERAL && re.runes.length === 1 || re.op === Regexp.Op.CHAR_CLASS || re.op === Regexp.Op.ANY_CHAR_NOT_NL || re.op === Regexp.Op.ANY_CHAR;
  }
  static matchRune(re, r) {
    switch (re.op) {
      case Regexp.Op.LITERAL:
        return re.runes.length === 1 && re.runes[0] === r;
      case Regexp.Op.CHAR_CLASS:
        for (let i = 0; i < re.runes.length; i += 2) if (re.runes[i] <= r && r <= re.runes[i + 1]) return true;
        return false;
      case Regexp.Op.ANY_CHAR_NOT_NL:
        return r !== Codepoint.CODES["\n"];
      case Regexp.Op.ANY_CHAR:
        return true;
    }
    return false;
  }
  static mergeCharClass(dst, src) {
    switch (dst.op) {
      case Regexp.Op.ANY_CHAR:
        break;
      case Regexp.Op.ANY_CHAR_NOT_NL:
        if (Parser2.matchRune(src, Codepoint.CODES["\n"])) dst.op = Regexp.Op.ANY_CHAR;
        break;
      case Regexp.Op.CHAR_CLASS: {
        const cc = new CharClass(Array.isArray(dst.runes) ? dst.runes : Array.from(dst.runes));
        if (src.op === Regexp.Op.LITERAL) cc.appendLiteral(src.runes[0], src.flags);
        else cc.appendClass(src.runes);
        dst.runes = cc.toGrowableArray();
        break;
      }
      case Regexp.Op.LITERAL:
        if (src.runes[0] === dst.runes[0] && src.flags === dst.flags) break;
        dst.op = Regexp.Op.CHAR_CLASS;
        dst.runes = new CharClass().appendLiteral(dst.runes[0], dst.flags).appendLiteral(src.runes[0], src.flags).toGrowableArray();
    }
  }
  static parseEscape(t) {
    const startPos = t.pos();
    t.skip(1);
    if (!t.more()) throw new RE2JSSyntaxException(Parser2.ERR_TRAILING_BACKSLASH);
    let c = t.pop();
    bigswitch: switch (c) {
      case Codepoint.CODES["1"]:
      case Codepoint.CODES["2"]:
      case Codepoint.CODES["3"]:
      case Codepoint.CODES["4"]:
      case Codepoint.CODES["5"]:
      case Codepoint.CODES["6"]:
      case Codepoint.CODES["7"]:
        if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
      case Codepoint.CODES["0"]: {
        let r = c - Codepoint.CODES["0"];
        for (let i = 1; i < 3; i++) {
          if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
          r = r * 8 + t.peek() - Codepoint.CODES["0"];
          t.skip(1);
        }
        return r;
      }
      case Codepoint.CODES["x"]: {
        if (!t.more()) break;
        c = t.pop();
        if (c === Codepoint.CODES["{"]) {
          let nhex = 0;
          let r = 0;
          while (true) {
            if (!t.more()) break bigswitch;
            c = t.pop();
            if (c === Codepoint.CODES["}"]) break;
            const v = Utils.unhex(c);
            if (v < 0) break bigswitch;
            r = r * 16 + v;
            if (r > Unicode.MAX_RUNE) break bigswitch;
            nhex++;
          }
          if (nhex === 0) break bigswitch;
          return r;
        }
        const x = Utils.unhex(c);
        if (!t.more()) break;
        c = t.pop();
        const y = Utils.unhex(c);
        if (x < 0 || y < 0) break;
        return x * 16 + y;
      }
      case Codepoint.CODES["a"]:
        return Codepoint.CODES["\x07"];
      case Codepoint.CODES["f"]:
        return Codepoint.CODES["\f"];
      case Codepoint.CODES["n"]:
        return Codepoint.CODES["\n"];
      case Codepoint.CODES["r"]:
        return Codepoint.CODES["\r"];
      case Codepoint.CODES["t"]:
        return Codepoint.CODES["	"];
      case Codepoint.CODES["v"]:
        return Codepoint.CODES["\v"];
      default:
        if (c <= Unicode.MAX_ASCII && !Utils.isalnum(c)) return c;
    }
    throw new RE2JSSyntaxException(Parser2.ERR_INVALID_ESCAPE, t.from(startPos));
  }
  static parseClassChar(t, wholeClassPos) {
    if (!t.more()) throw new RE2JSSyntaxException(Parser2.ERR_MISSING_BRACKET, t.from(wholeClassPos));
    if (t.lookingAt("\\")) return Parser2.parseEscape(t);
    return t.pop();
  }
  static hasCapture(re) {
    if (re === null) return false;
    if (re.op === Regexp.Op.CAPTURE) return true;
    if (re.subs) {
      for (let sub of re.subs) if (Parser2.hasCapture(sub)) return true;
    }
    return false;
  }
  constructor(wholeRegexp, flags = 0) {
    this.wholeRegexp = wholeRegexp;
    this.flags = flags;
    this.numCap = 0;
    this.namedGroups = /* @__PURE__ */ Object.create(null);
    this.stack = [];
    this.free = null;
    this.numRegexp = 0;
    this.numRunes = 0;
    this.repeats = 0;
    this.height = null;
    this.size = null;
    this.nlb = 0;
  }
  newRegexp(op) {
    let re = this.free;
    if (re !== null && re.subs !== null && re.subs.length > 0) {
      this.free = re.subs[0];
      re.reinit();
      re.op = op;
    } else {
      re = new Regexp(op);
      this.numRegexp += 1;
    }
    return re;
  }
  reuse(re) {
    if (this.height !== null && this.height.has(re)) this.height.delete(re);
    if (re.subs !== null && re.subs.length > 0) re.subs[0] = this.free;
    this.free = re;
  }
  checkLimits(re) {
    if (this.numRunes > Parser2.MAX_RUNES) throw new RE2JSSyntaxException(Parser2.ERR_LARGE);
    this.checkSize(re);
    this.checkHeight(re);
  }
  checkSize(re) {
    if (this.size === null) {
      if (this.repeats === 0) this.repeats = 1;
      if (re.op === Regexp.Op.REPEAT) {
        let n = re.max;
        if (n === -1) n = re.min;
        if (n <= 0) n = 1;
        if (n > Math.floor(Parser2.MAX_SIZE / this.repeats)) this.repeats = Parser2.MAX_SIZE;
        else this.repeats *= n;
      }
      if (this.numRegexp < Math.floor(Parser2.MAX_SIZE / this.repeats)) return;
      this.size = /* @__PURE__ */ new Map();
      for (let reEx of this.stack) this.checkSize(reEx);
    }
    if (this.calcSize(re, true) > Parser2.MAX_SIZE) throw new RE2JSSyntaxException(Parser2.ERR_LARGE);
  }
  calcSize(re, force = false) {
    if (!force && this.size !== null) {
      if (this.size.has(re)) return this.size.get(re);
    }
    let size = 0;
    switch (re.op) {
      case Regexp.Op.LITERAL:
        size = re.runes.length;
        break;
      case Regexp.Op.PLB:
      case Regexp.Op.NLB:
      case Regexp.Op.CAPTURE:
      case Regexp.Op.STAR:
        size = 2 + this.calcSize(re.subs[0]);
        break;
      case Regexp.Op.PLUS:
      case Regexp.Op.QUEST:
        size = 1 + this.calcSize(re.subs[0]);
        break;
      case Regexp.Op.CONCAT:
        for (let sub of re.subs) size = size + this.calcSize(sub);
        break;
      case Regexp.Op.ALTERNATE:
        for (let sub of re.subs) size = size + this.calcSize(sub);
        if (re.subs.length > 1) size = size + re.subs.length - 1;
        break;
      case Regexp.Op.REPEAT: {
        let sub = this.calcSize(re.subs[0]);
        if (re.max === -1) {
          if (re.min === 0) size = 2 + sub;
          else size = 1 + re.min * sub;
          break;
        }
        size = re.max * sub + (re.max - re.min);
        break;
      }
    }
    size = Math.max(1, size);
    if (this.size === null) this.size = /* @__PURE__ */ new Map();
    this.size.set(re, size);
    return size;
  }
  checkHeight(re) {
    if (this.numRegexp < Parser2.MAX_HEIGHT) return;
    if (this.height === null) {
      this.height = /* @__PURE__ */ new Map();
      for (let reEx of this.stack) this.checkHeight(reEx);
    }
    if (this.calcHeight(re, true) > Parser2.MAX_HEIGHT) throw new RE2JSSyntaxException(Parser2.ERR_NESTING_DEPTH);
  }
  calcHeight(re, force = false) {
    if (!force && this.height !== null) {
      if (this.height.has(re)) return this.height.get(re);
    }
    let h = 1;
    for (let sub of re.subs) {
      const hsub = this.calcHeight(sub);
      if (h < 1 + hsub) h = 1 + hsub;
    }
    if (this.height === null) this.height = /* @__PURE__ */ new Map();
    this.height.set(re, h);
    return h;
  }
  pop() {
    return this.stack.pop();
  }
  popToPseudo() {
    const n = this.stack.length;
    let i = n;
    while (i > 0 && !Regexp.isPseudoOp(this.stack[i - 1].op)) i--;
    return this.stack.splice(i, n - i);
  }
  push(re) {
    this.numRunes += re.runes.length;
    if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] === re.runes[1]) {
      if (this.maybeConcat(re.runes[0], this.flags & ~RE2Flags.FOLD_CASE)) return null;
      re.op = Regexp.Op.LITERAL;
      re.runes = [re.runes[0]];
      re.flags = this.flags & ~RE2Flags.FOLD_CASE;
    } else if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 4 && re.runes[0] === re.runes[1] && re.runes[2] === re.runes[3] && Unicode.simpleFold(re.runes[0]) === re.runes[2] && Unicode.simpleFold(re.runes[2]) === re.runes[0] || re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] + 1 === re.runes[1] && Unicode.simpleFold(re.runes[0]) === re.runes[1] && Unicode.simpleFold(re.runes[1]) === re.runes[0]) {
      if (this.maybeConcat(re.runes[0], this.flags | RE2Flags.FOLD_CASE)) return null;
      re.op = Regexp.Op.LITERAL;
      re.runes = [re.runes[0]];
      re.flags = this.flags | RE2Flags.FOLD_CASE;
    } else this.maybeConcat(-1, 0);
    this.stack.push(re);
    this.checkLimits(re);
    return re;
  }
  maybeConcat(r, flags) {
    const n = this.stack.length;
    if (n < 2) return false;
    const re1 = this.stack[n - 1];
    const re2 = this.stack[n - 2];
    if (re1.op !== Regexp.Op.LITERAL || re2.op !== Regexp.Op.LITERAL || (re1.flags & RE2Flags.FOLD_CASE) !== (re2.flags & RE2Flags.FOLD_CASE)) return false;
    if (!Array.isArray(re2.runes)) re2.runes = Array.from(re2.runes);
    for (let i = 0; i < re1.runes.length; i++) re2.runes.push(re1.runes[i]);
    if (r >= 0) {
      re1.runes = [r];
      re1.flags = flags;
      return true;
    }
    this.pop();
    this.reuse(re1);
    return false;
  }
  newLiteral(r, flags) {
    const re = this.newRegexp(Regexp.Op.LITERAL);
    re.flags = flags;
    if ((flags & RE2Flags.FOLD_CASE) !== 0) r = Parser2.minFoldRune(r);
    re.runes = [r];
    return re;
  }
  literal(r) {
    this.push(this.newLiteral(r, this.flags));
  }
  op(op) {
    const re = this.newRegexp(op);
    re.flags = this.flags;
    return this.push(re);
  }
  repeat(op, min, max, beforePos, t, lastRepeatPos) {
    let flags = this.flags;
    if ((flags & RE2Flags.PERL_X) !== 0) {
      if (t.more() && t.lookingAt("?")) {
        t.skip(1);
        flags ^= RE2Flags.NON_GREEDY;
      }
      if (lastRepeatPos !== -1) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_REPEAT_OP, t.from(lastRepeatPos));
    }
    const n = this.stack.length;
    if (n === 0) throw new RE2JSSyntaxException(Parser2.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
    const sub = this.stack[n - 1];
    if (Regexp.isPseudoOp(sub.op)) throw new RE2JSSyntaxException(Parser2.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
    const re = this.newRegexp(op);
    re.min = min;
    re.max = max;
    re.flags = flags;
    re.subs = [sub];
    this.stack[n - 1] = re;
    this.checkLimits(re);
    if (op === Regexp.Op.REPEAT && (min >= 2 || max >= 2) && !this.repeatIsValid(re, 1e3)) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_REPEAT_SIZE, t.from(beforePos));
  }
  repeatIsValid(re, n) {
    if (re.op === Regexp.Op.REPEAT) {
      let m = re.max;
      if (m === 0) return true;
      if (m < 0) m = re.min;
      if (m > n) return false;
      if (m > 0) n = Math.trunc(n / m);
    }
    for (let sub of re.subs) if (!this.repeatIsValid(sub, n)) return false;
    return true;
  }
  concat() {
    this.maybeConcat(-1, 0);
    const subs = this.popToPseudo();
    if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.EMPTY_MATCH));
    return this.push(this.collapse(subs, Regexp.Op.CONCAT));
  }
  alternate() {
    const subs = this.popToPseudo();
    if (subs.length > 0) this.cleanAlt(subs[subs.length - 1]);
    if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.NO_MATCH));
    return this.push(this.collapse(subs, Regexp.Op.ALTERNATE));
  }
  cleanAlt(re) {
    if (re.op === Regexp.Op.CHAR_CLASS) {
      re.runes = new CharClass(Array.from(re.runes)).cleanClass().toArray();
      if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) {
        re.runes = /* @__PURE__ */ new Int32Array(0);
        re.op = Regexp.Op.ANY_CHAR;
      } else if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) {
        re.runes = /* @__PURE__ */ new Int32Array(0);
        re.op = Regexp.Op.ANY_CHAR_NOT_NL;
      }
    }
  }
  collapse(subs, op) {
    if (subs.length === 1) return subs[0];
    let len = 0;
    for (let sub of subs) len += sub.op === op ? sub.subs.length : 1;
    let newsubs = new Array(len).fill(null);
    let i = 0;
    for (let sub of subs) if (sub.op === op) {
      for (let j = 0; j < sub.subs.length; j++) newsubs[i++] = sub.subs[j];
      this.reuse(sub);
    } else newsubs[i++] = sub;
    let re = this.newRegexp(op);
    re.subs = newsubs;
    if (op === Regexp.Op.ALTERNATE) {
      re.subs = this.factor(re.subs);
      if (re.subs.length === 1) {
        const old = re;
        re = re.subs[0];
        this.reuse(old);
      }
    }
    return re;
  }
  factor(array) {
    if (array.length < 2) return array;
    let s = 0;
    let lensub = array.length;
    let lenout = 0;
    let str = null;
    let strlen = 0;
    let strflags = 0;
    let start = 0;
    for (let i = 0; i <= lensub; i++) {
      let istr = null;
      let istrlen = 0;
      let iflags = 0;
      if (i < lensub) {
        let re = array[s + i];
        if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) re = re.subs[0];
        if (re.op === Regexp.Op.LITERAL) {
          istr = re.runes;
          istrlen = re.runes.length;
          iflags = re.flags & RE2Flags.FOLD_CASE;
        }
        if (iflags === strflags) {
          let same = 0;
          while (same < strlen && same < istrlen && str[same] === istr[same]) same++;
          if (same > 0) {
            strlen = same;
            continue;
          }
        }
      }
      if (i === start) {
      } else if (i === start + 1) array[lenout++] = array[s + start];
      else {
        const prefix = this.newRegexp(Regexp.Op.LITERAL);
        prefix.flags = strflags;
        prefix.runes = str.slice(0, strlen);
        for (let j = start; j < i; j++) {
          array[s + j] = this.removeLeadingString(array[s + j], strlen);
          this.checkLimits(array[s + j]);
        }
        const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
        const re = this.newRegexp(Regexp.Op.CONCAT);
        re.subs = [prefix, suffix];
        array[lenout++] = re;
      }
      start = i;
      str = istr;
      strlen = istrlen;
      strflags = iflags;
    }
    lensub = lenout;
    s = 0;
    start = 0;
    lenout = 0;
    let first = null;
    for (let i = 0; i <= lensub; i++) {
      let ifirst = null;
      if (i < lensub) {
        ifirst = Parser2.leadingRegexp(array[s + i]);
        if (first !== null && first.equals(ifirst) && (Parser2.isCharClass(first) || first.op === Regexp.Op.REPEAT && first.min === first.max && Parser2.isCharClass(first.subs[0]))) continue;
      }
      if (i === start) {
      } else if (i === start + 1) array[lenout++] = array[s + start];
      else {
        const prefix = first;
        for (let j = start; j < i; j++) {
          const reuse = j !== start;
          array[s + j] = this.removeLeadingRegexp(array[s + j], reuse);
          this.checkLimits(array[s + j]);
        }
        const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
        const re = this.newRegexp(Regexp.Op.CONCAT);
        re.subs = [prefix, suffix];
        array[lenout++] = re;
      }
      start = i;
      first = ifirst;
    }
    lensub = lenout;
    s = 0;
    start = 0;
    lenout = 0;
    for (let i = 0; i <= lensub; i++) {
      if (i < lensub && Parser2.isCharClass(array[s + i])) continue;
      if (i === start) {
      } else if (i === start + 1) array[lenout++] = array[s + start];
      else {
        let max = start;
        for (let j = start + 1; j < i; j++) {
          const subMax = array[s + max];
          const subJ = array[s + j];
          if (subMax.op < subJ.op || subMax.op === subJ.op && (subMax.runes !== null ? subMax.runes.length : 0) < (subJ.runes !== null ? subJ.runes.length : 0)) max = j;
        }
        const tmp = array[s + start];
        array[s + start] = array[s + max];
        array[s + max] = tmp;
        for (let j = start + 1; j < i; j++) {
          Parser2.mergeCharClass(array[s + start], array[s + j]);
          this.reuse(array[s + j]);
        }
        this.cleanAlt(array[s + start]);
        array[lenout++] = array[s + start];
      }
      if (i < lensub) array[lenout++] = array[s + i];
      start = i + 1;
    }
    lensub = lenout;
    s = 0;
    start = 0;
    lenout = 0;
    for (let i = 0; i < lensub; ++i) {
      if (i + 1 < lensub && array[s + i].op === Regexp.Op.EMPTY_MATCH && array[s + i + 1].op === Regexp.Op.EMPTY_MATCH) continue;
      array[lenout++] = array[s + i];
    }
    lensub = lenout;
    s = 0;
    return array.slice(s, lensub);
  }
  removeLeadingString(re, n) {
    if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
      const sub = this.removeLeadingString(re.subs[0], n);
      re.subs[0] = sub;
      if (sub.op === Regexp.Op.EMPTY_MATCH) {
        this.reuse(sub);
        switch (re.subs.length) {
          case 0:
          case 1:
            re.op = Regexp.Op.EMPTY_MATCH;
            re.subs = Regexp.emptySubs();
            break;
          case 2: {
            const old = re;
            re = re.subs[1];
            this.reuse(old);
            break;
          }
          default:
            re.subs = re.subs.slice(1, re.subs.length);
        }
      }
      return re;
    }
    if (re.op === Regexp.Op.LITERAL) {
      re.runes = re.runes.slice(n, re.runes.length);
      if (re.runes.length === 0) re.op = Regexp.Op.EMPTY_MATCH;
    }
    return re;
  }
  removeLeadingRegexp(re, reuse) {
    if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
      if (reuse) this.reuse(re.subs[0]);
      re.subs = re.subs.slice(1, re.subs.length);
      switch (re.subs.length) {
        case 0:
          re.op = Regexp.Op.EMPTY_MATCH;
          re.subs = Regexp.emptySubs();
          break;
        case 1: {
          const old = re;
          re = re.subs[0];
          this.reuse(old);
          break;
        }
      }
      return re;
    }
    if (reuse) this.reuse(re);
    return this.newRegexp(Regexp.Op.EMPTY_MATCH);
  }
  parseInternal() {
    if ((this.flags & RE2Flags.LITERAL) !== 0) return Parser2.literalRegexp(this.wholeRegexp, this.flags);
    let lastRepeatPos = -1;
    let min = -1;
    let max = -1;
    const t = new StringIterator(this.wholeRegexp);
    while (t.more()) {
      let repeatPos = -1;
      bigswitch: switch (t.peek()) {
        case Codepoint.CODES["("]:
          if ((this.flags & RE2Flags.LOOKBEHIND) !== 0) {
            if (t.lookingAt("(?<=")) {
              this.parsePosLookBehind();
              t.skip(4);
              break;
            }
            if (t.lookingAt("(?<!")) {
              this.parseNegLookBehind();
              t.skip(4);
              break;
            }
          }
          if ((this.flags & RE2Flags.PERL_X) !== 0 && t.lookingAt("(?")) {
            this.parsePerlFlags(t);
            break;
          }
          this.op(Regexp.Op.LEFT_PAREN).cap = ++this.numCap;
          t.skip(1);
          break;
        case Codepoint.CODES["|"]:
          this.parseVerticalBar();
          t.skip(1);
          break;
        case Codepoint.CODES[")"]:
          this.parseRightParen();
          t.skip(1);
          break;
        case Codepoint.CODES["^"]:
          if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.BEGIN_TEXT);
          else this.op(Regexp.Op.BEGIN_LINE);
          t.skip(1);
          break;
        case Codepoint.CODES["$"]:
          if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.END_TEXT).flags |= RE2Flags.WAS_DOLLAR;
          else this.op(Regexp.Op.END_LINE);
          t.skip(1);
          break;
        case Codepoint.CODES["."]:
          if ((this.flags & RE2Flags.DOT_NL) !== 0) this.op(Regexp.Op.ANY_CHAR);
          else this.op(Regexp.Op.ANY_CHAR_NOT_NL);
          t.skip(1);
          break;
        case Codepoint.CODES["["]:
          this.parseClass(t);
          break;
        case Codepoint.CODES["*"]:
        case Codepoint.CODES["+"]:
        case Codepoint.CODES["?"]: {
          repeatPos = t.pos();
          let op = null;
          switch (t.pop()) {
            case Codepoint.CODES["*"]:
              op = Regexp.Op.STAR;
              break;
            case Codepoint.CODES["+"]:
              op = Regexp.Op.PLUS;
              break;
            case Codepoint.CODES["?"]:
              op = Regexp.Op.QUEST;
          }
          this.repeat(op, min, max, repeatPos, t, lastRepeatPos);
          break;
        }
        case Codepoint.CODES["{"]: {
          const before = t.pos();
          const minMax = Parser2.parseRepeat(t);
          if (minMax < 0) {
            t.rewindTo(before);
            this.literal(t.pop());
            break;
          }
          repeatPos = before;
          min = minMax >> 16;
          max = (minMax & Unicode.MAX_BMP) << 16 >> 16;
          this.repeat(Regexp.Op.REPEAT, min, max, repeatPos, t, lastRepeatPos);
          break;
        }
        case Codepoint.CODES["\\"]: {
          const savedPos = t.pos();
          t.skip(1);
          if ((this.flags & RE2Flags.PERL_X) !== 0 && t.more()) switch (t.pop()) {
            case Codepoint.CODES["A"]:
              this.op(Regexp.Op.BEGIN_TEXT);
              break bigswitch;
            case Codepoint.CODES["b"]:
              this.op(Regexp.Op.WORD_BOUNDARY);
              break bigswitch;
            case Codepoint.CODES["B"]:
              this.op(Regexp.Op.NO_WORD_BOUNDARY);
              break bigswitch;
            case Codepoint.CODES["C"]:
              throw new RE2JSSyntaxException(Parser2.ERR_INVALID_ESCAPE, "\\C");
            case Codepoint.CODES["Q"]: {
              let lit = t.rest();
              const i = lit.indexOf("\\E");
              if (i >= 0) {
                lit = lit.substring(0, i);
                t.skipString(lit);
                t.skipString("\\E");
              } else t.skipString(lit);
              let j = 0;
              while (j < lit.length) {
                const codepoint = lit.codePointAt(j);
                this.literal(codepoint);
                j += Utils.charCount(codepoint);
              }
              break bigswitch;
            }
            case Codepoint.CODES["z"]:
              this.op(Regexp.Op.END_TEXT);
              break bigswitch;
            default:
              t.rewindTo(savedPos);
          }
          else t.rewindTo(savedPos);
          const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
          re.flags = this.flags;
          if (t.lookingAt("\\p") || t.lookingAt("\\P")) {
            const cc2 = new CharClass();
            if (this.parseUnicodeClass(t, cc2)) {
              re.runes = cc2.toArray();
              this.push(re);
              break bigswitch;
            }
          }
          const cc = new CharClass();
          if (this.parsePerlClassEscape(t, cc)) {
            re.runes = cc.toArray();
            this.push(re);
            break bigswitch;
          }
          t.rewindTo(savedPos);
          this.reuse(re);
          this.literal(Parser2.parseEscape(t));
          break;
        }
        default:
          this.literal(t.pop());
      }
      lastRepeatPos = repeatPos;
    }
    this.concat();
    if (this.swapVerticalBar()) this.pop();
    this.alternate();
    if (this.stack.length !== 1) throw new RE2JSSyntaxException(Parser2.ERR_MISSING_PAREN, this.wholeRegexp);
    this.stack[0].namedGroups = this.namedGroups;
    return this.stack[0];
  }
  parsePerlFlags(t) {
    const startPos = t.pos();
    const s = t.rest();
    if (s.startsWith("(?P<") || s.startsWith("(?<")) {
      const begin = s.charAt(2) === "P" ? 4 : 3;
      const end = s.indexOf(">");
      if (end < 0) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_NAMED_CAPTURE, s);
      const name = s.substring(begin, end);
      t.skipString(name);
      t.skip(begin + 1);
      if (!Parser2.isValidCaptureName(name)) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_NAMED_CAPTURE, s.substring(0, end + 1));
      const re = this.op(Regexp.Op.LEFT_PAREN);
      re.cap = ++this.numCap;
      if (this.namedGroups[name]) throw new RE2JSSyntaxException(Parser2.ERR_DUPLICATE_NAMED_CAPTURE, name);
      this.namedGroups[name] = this.numCap;
      re.name = name;
      return;
    }
    t.skip(2);
    let flags = this.flags;
    let sign = 1;
    let sawFlag = false;
    loop: while (t.more()) {
      const c = t.pop();
      switch (c) {
        case Codepoint.CODES["i"]:
          flags |= RE2Flags.FOLD_CASE;
          sawFlag = true;
          break;
        case Codepoint.CODES["m"]:
          flags &= ~RE2Flags.ONE_LINE;
          sawFlag = true;
          break;
        case Codepoint.CODES["s"]:
          flags |= RE2Flags.DOT_NL;
          sawFlag = true;
          break;
        case Codepoint.CODES["U"]:
          flags |= RE2Flags.NON_GREEDY;
          sawFlag = true;
          break;
        case Codepoint.CODES["-"]:
          if (sign < 0) break loop;
          sign = -1;
          flags = ~flags;
          sawFlag = false;
          break;
        case Codepoint.CODES[":"]:
        case Codepoint.CODES[")"]:
          if (sign < 0) {
            if (!sawFlag) break loop;
            flags = ~flags;
          }
          if (c === Codepoint.CODES[":"]) this.op(Regexp.Op.LEFT_PAREN);
          this.flags = flags;
          return;
        default:
          break loop;
      }
    }
    throw new RE2JSSyntaxException(Parser2.ERR_INVALID_PERL_OP, t.from(startPos));
  }
  parsePosLookBehind() {
    const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
    re.flags = this.flags;
    re.lb = ++this.nlb;
    return this.push(re);
  }
  parseNegLookBehind() {
    const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
    re.flags = this.flags;
    re.lb = -++this.nlb;
    return this.push(re);
  }
  parseVerticalBar() {
    this.concat();
    if (!this.swapVerticalBar()) this.op(Regexp.Op.VERTICAL_BAR);
  }
  swapVerticalBar() {
    const n = this.stack.length;
    if (n >= 3 && this.stack[n - 2].op === Regexp.Op.VERTICAL_BAR && Parser2.isCharClass(this.stack[n - 1]) && Parser2.isCharClass(this.stack[n - 3])) {
      let re1 = this.stack[n - 1];
      let re3 = this.stack[n - 3];
      if (re1.op > re3.op) {
        const tmp = re3;
        re3 = re1;
        re1 = tmp;
        this.stack[n - 3] = re3;
      }
      Parser2.mergeCharClass(re3, re1);
      this.reuse(re1);
      this.pop();
      return true;
    }
    if (n >= 2) {
      const re1 = this.stack[n - 1];
      const re2 = this.stack[n - 2];
      if (re2.op === Regexp.Op.VERTICAL_BAR) {
        if (n >= 3) this.cleanAlt(this.stack[n - 3]);
        this.stack[n - 2] = re1;
        this.stack[n - 1] = re2;
        return true;
      }
    }
    return false;
  }
  parseRightParen() {
    this.concat();
    if (this.swapVerticalBar()) this.pop();
    this.alternate();
    if (this.stack.length < 2) throw new RE2JSSyntaxException(Parser2.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
    const re1 = this.pop();
    const re2 = this.pop();
    if (re2.op !== Regexp.Op.LEFT_PAREN) throw new RE2JSSyntaxException(Parser2.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
    this.flags = re2.flags;
    if (re2.lb !== 0) {
      if (Parser2.hasCapture(re1)) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CAPTURE_IN_LOOKBEHIND, this.wholeRegexp);
      if (re2.lb > 0) re2.op = Regexp.Op.PLB;
      else re2.op = Regexp.Op.NLB;
      re2.subs = [re1];
      this.push(re2);
      return;
    }
    if (re2.cap === 0) this.push(re1);
    else {
      re2.op = Regexp.Op.CAPTURE;
      re2.subs = [re1];
      this.push(re2);
    }
  }
  parsePerlClassEscape(t, cc) {
    const beforePos = t.pos();
    if ((this.flags & RE2Flags.PERL_X) === 0 || !t.more() || t.pop() !== Codepoint.CODES["\\"] || !t.more()) return false;
    t.pop();
    const p = t.from(beforePos);
    const g = PERL_GROUPS.has(p) ? PERL_GROUPS.get(p) : null;
    if (g === null) return false;
    cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
    return true;
  }
  parseNamedClass(t, cc) {
    const cls = t.rest();
    const i = cls.indexOf(":]");
    if (i < 0) return false;
    const name = cls.substring(0, i + 2);
    t.skipString(name);
    const g = POSIX_GROUPS.has(name) ? POSIX_GROUPS.get(name) : null;
    if (g === null) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, name);
    cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
    return true;
  }
  parseUnicodeClass(t, cc) {
    const startPos = t.pos();
    if ((this.flags & RE2Flags.UNICODE_GROUPS) === 0 || !t.lookingAt("\\p") && !t.lookingAt("\\P")) return false;
    t.skip(1);
    let sign = 1;
    let c = t.pop();
    if (c === Codepoint.CODES["P"]) sign = -1;
    if (!t.more()) {
      t.rewindTo(startPos);
      throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, t.rest());
    }
    c = t.pop();
    let name;
    if (c !== Codepoint.CODES["{"]) name = Utils.runeToString(c);
    else {
      const rest = t.rest();
      const end = rest.indexOf("}");
      if (end < 0) {
        t.rewindTo(startPos);
        throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, t.rest());
      }
      name = rest.substring(0, end);
      t.skipString(name);
      t.skip(1);
    }
    if (!(name.length === 0) && name.codePointAt(0) === Codepoint.CODES["^"]) {
      sign = 0 - sign;
      name = name.substring(1);
    }
    const pair = Parser2.unicodeTable(name);
    if (pair === null) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, t.from(startPos));
    if (pair.sign < 0) sign = 0 - sign;
    const tab = pair.tab;
    const fold2 = pair.fold;
    if ((this.flags & RE2Flags.FOLD_CASE) === 0 || fold2 === null) cc.appendTableWithSign(tab, sign);
    else {
      const tmp = new CharClass().appendTable(tab).appendTable(fold2).cleanClass().toArray();
      cc.appendClassWithSign(Array.from(tmp), sign);
    }
    return true;
  }
  parseClass(t) {
    const startPos = t.pos();
    t.skip(1);
    const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
    re.flags = this.flags;
    const cc = new CharClass();
    let sign = 1;
    if (t.more() && t.lookingAt("^")) {
      sign = -1;
      t.skip(1);
      if ((this.flags & RE2Flags.CLASS_NL) === 0) cc.appendRange(Codepoint.CODES["\n"], Codepoint.CODES["\n"]);
    }
    let first = true;
    while (!t.more() || t.peek() !== Codepoint.CODES["]"] || first) {
      if (t.more() && t.lookingAt("-") && (this.flags & RE2Flags.PERL_X) === 0 && !first) {
        const s = t.rest();
        if (s === "-" || !s.startsWith("-]")) {
          t.rewindTo(startPos);
          throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, t.rest());
        }
      }
      first = false;
      const beforePos = t.pos();
      if (t.lookingAt("[:")) {
        if (this.parseNamedClass(t, cc)) continue;
        t.rewindTo(beforePos);
      }
      if (this.parseUnicodeClass(t, cc)) continue;
      if (this.parsePerlClassEscape(t, cc)) continue;
      t.rewindTo(beforePos);
      const lo = Parser2.parseClassChar(t, startPos);
      let hi = lo;
      if (t.more() && t.lookingAt("-")) {
        t.skip(1);
        if (t.more() && t.lookingAt("]")) t.skip(-1);
        else {
          hi = Parser2.parseClassChar(t, startPos);
          if (hi < lo) throw new RE2JSSyntaxException(Parser2.ERR_INVALID_CHAR_RANGE, t.from(beforePos));
        }
      }
      if ((this.flags & RE2Flags.FOLD_CASE) === 0) cc.appendRange(lo, hi);
      else cc.appendFoldedRange(lo, hi);
    }
    t.skip(1);
    cc.cleanClass();
    if (sign < 0) cc.negateClass();
    re.runes = cc.toArray();
    this.push(re);
  }
};
var RE2 = class RE22 {
  static initTest(expr) {
    const re2 = RE22.compile(expr);
    const res = new RE22(re2.expr, re2.prog, re2.numSubexp, re2.longest);
    res.cond = re2.cond;
    res.prefix = re2.prefix;
    res.prefixUTF8 = re2.prefixUTF8;
    res.prefixComplete = re2.prefixComplete;
    res.prefixRune = re2.prefixRune;
    res.prefilter = re2.prefilter;
    res.namedGroups = re2.namedGroups;
    return res;
  }
  /**
  * Parses a regular expression and returns, if successful, an {@code RE2} instance that can be
  * used to match against text.
  *
  * When matching against text, the regexp returns a match that begins as early as possible in the
  * input (leftmost), and among those it chooses the one that a backtracking search would have
  * found first. This so-called leftmost-first matching is the same semantics that Perl, Python,
  * and other implementations use, although this package implements it without the expense of
  * backtracking. For POSIX leftmost-longest matching, see {@link #compilePOSIX}.
  */
  static compile(expr) {
    return RE22.compileImpl(expr, RE2Flags.PERL, false);
  }
  /**
  * {@code compilePOSIX} is like {@link #compile} but restricts the regular expression to POSIX ERE
  * (egrep) syntax and changes the match semantics to leftmost-longest.
  *
  * That is, when matching against text, the regexp returns a match that begins as early as
  * possible in the input (leftmost), and among those it chooses a match that is as long as
  * possible. This so-called leftmost-longest matching is the same semantics that early regular
  * expression implementations used and that POSIX specifies.
  *
  * However, there can be multiple leftmost-longest matches, with different submatch choices, and
  * here this package diverges from POSIX. Among the possible leftmost-longest matches, this
  * package chooses the one that a backtracking search would have found first, while POSIX
  * specifies that the match be chosen to maximize the length of the first subexpression, then the
  * second, and so on from left to right. The POSIX rule is computationally prohibitive and not
  * even well-defined. See http://swtch.com/~rsc/regexp/regexp2.html#posix
  */
  static compilePOSIX(expr) {
    return RE22.compileImpl(expr, RE2Flags.POSIX, true);
  }
  static compileImpl(expr, mode, longest) {
    let re = Parser.parse(expr, mode);
    const maxCap = re.maxCap();
    const namedGroups = re.namedGroups;
    re = Simplify.simplify(re);
    const prefilter = PrefilterTree.build(re);
    const prog = Compiler.compileRegexp(re);
    const re2 = new RE22(expr, prog, maxCap, longest);
    re2.prefilter = prefilter.type === Prefilter.Type.NONE ? null : prefilter;
    const [prefixCompl, prefixStr] = prog.prefix();
    re2.prefixComplete = prefixCompl;
    re2.prefix = prefixStr;
    re2.prefixUTF8 = Utils.stringToUtf8ByteArray(re2.prefix);
    if (re2.prefix.length > 0) re2.prefixRune = re2.prefix.codePointAt(0);
    re2.namedGroups = namedGroups;
    return re2;
  }
  /**
  * Returns true iff textual regular expression {@code pattern} matches string {@code s}.
  *
  * More complicated queries need to use {@link #compile} and the full {@code RE2} interface.
  */
  static match(pattern, s) {
    return RE22.compile(pattern).match(s);
  }
  constructor(expr, prog, numSubexp = 0, longest = 0) {
    this.expr = expr;
    this.prog = prog;
    this.numSubexp = numSubexp;
    this.longest = longest;
    this.cond = prog.startCond();
    this.prefix = null;
    this.prefixUTF8 = null;
    this.prefixComplete = false;
    this.prefixRune = 0;
    this.namedGroups = /* @__PURE__ */ Object.create(null);
    this.machinePool = [];
    this.lazyDFA = null;
    this.onepass = OnePass.compile(this.prog);
    this.prefilter = null;
  }
  get dfa() {
    if (this.lazyDFA === null) this.lazyDFA = new DFA(this.prog);
    return this.lazyDFA;
  }
  matchPrefixComplete(input, pos, anchor, ncap) {
    if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
    let matchStart = -1;
    let matchEnd = -1;
    const pLen = input.prefixLength(this);
    if (anchor === RE2Flags.UNANCHORED) {
      const idx = input.index(this, pos);
      if (idx < 0) return null;
      matchStart = pos + idx;
      matchEnd = matchStart + pLen;
    } else if (anchor === RE2Flags.ANCHOR_BOTH) {
      if (input.endPos() !== pLen) return null;
      if (input.index(this, 0) !== 0) return null;
      matchStart = 0;
      matchEnd = pLen;
    } else if (anchor === RE2Flags.ANCHOR_START) {
      if (input.index(this, 0) !== 0) return null;
      matchStart = 0;
      matchEnd = pLen;
    }
    if (matchStart < 0) return null;
    if (ncap > 0) {
      const matchcap = new Int32Array(ncap).fill(-1);
      matchcap[0] = matchStart;
      matchcap[1] = matchEnd;
      return Array.from(matchcap);
    }
    return [];
  }
  createLookbehindState() {
    return this.prog.numLb > 0 ? new LookbehindState(this.prog) : null;
  }
  executeEngine(input, pos, anchor, ncap, lbState = null) {
    if (this.prefixComplete && (ncap === 0 || this.numSubexp === 0)) return this.matchPrefixComplete(input, pos, anchor, ncap);
    if (this.prefilter !== null && anchor === RE2Flags.UNANCHORED) {
      if (!this.prefilter.eval(input, pos)) return null;
    }
    if (this.onepass !== null) return OnePass.execute(this, input, pos, anchor, ncap);
    if (ncap > 0) {
      if (this.prog.numLb === 0 && input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
      return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
    }
    if (this.prog.numLb === 0) {
      const dfaResult = this.dfa.match(input, pos, anchor);
      if (dfaResult !== null) return dfaResult ? [] : null;
      if (input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
    }
    return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
  }
  /**
  * Returns the number of parenthesized subexpressions in this regular expression.
  */
  numberOfCapturingGroups() {
    return this.numSubexp;
  }
  /**
  * Returns the number of instructions in this compiled regular expression program.
  */
  numberOfInstructions() {
    return this.prog.numInst();
  }
  get() {
    return this.machinePool.length > 0 ? this.machinePool.pop() : null;
  }
  reset() {
    this.machinePool.length = 0;
  }
  put(m) {
    this.machinePool.push(m);
  }
  toString() {
    return this.expr;
  }
  doExecuteNFA(input, pos, anchor, ncap, lbState = null) {
    let m = this.get();
    if (!m) m = Machine.fromRE2(this);
    m.init(ncap);
    const cap = m.match(input, pos, anchor, lbState) ? m.submatches() : null;
    this.put(m);
    return cap;
  }
  match(s) {
    return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 0) !== null;
  }
  /**
  * Matches the regular expression against input starting at position start and ending at position
  * end, with the given anchoring. Records the submatch boundaries in group, which is [start, end)
  * pairs of byte offsets. The number of boundaries needed is inferred from the size of the group
  * array. It is most efficient not to ask for submatch boundaries.
  *
  * @param input the input byte array
  * @param start the beginning position in the input
  * @param end the end position in the input
  * @param anchor the anchoring flag (UNANCHORED, ANCHOR_START, ANCHOR_BOTH)
  * @param group the array to fill with submatch positions
  * @param ngroup the number of array pairs to fill in
  * @param lbState optional state carried between successive matches over the same input (see
  *   createLookbehindState); omit it to evaluate lookbehinds from the beginning of the input
  * @returns true if a match was found
  */
  matchWithGroup(input, start, end, anchor, ngroup, lbState = null) {
    if (!(input instanceof MatcherInputBase)) {
      if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
      else input = MatcherInput.utf16(input);
    }
    return this.matchMachineInput(input, start, end, anchor, ngroup, lbState);
  }
  matchMachineInput(input, start, end, anchor, ngroup, lbState = null) {
    if (start > end) return [false, null];
    const machineInput = input.isUTF16Encoding() ? MachineInput.fromUTF16(input.asCharSequence(), 0, end) : MachineInput.fromUTF8(input.asBytes(), 0, end);
    const groupMatch = this.executeEngine(machineInput, start, anchor, 2 * ngroup, lbState);
    if (groupMatch === null) return [false, null];
    return [true, groupMatch];
  }
  /**
  * Returns true iff this regexp matches the UTF-8 byte array {@code b}.
  */
  matchUTF8(b) {
    return this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 0) !== null;
  }
  /**
  * Returns a copy of {@code src} in which all matches for this regexp have been replaced by
  * {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
  * replacement string.
  */
  replaceAll(src, repl) {
    return this.replaceAllFunc(src, () => repl, 2 * src.length + 1);
  }
  /**
  * Returns a copy of {@code src} in which only the first match for this regexp has been replaced
  * by {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
  * replacement string.
  */
  replaceFirst(src, repl) {
    return this.replaceAllFunc(src, () => repl, 1);
  }
  /**
  * Returns a copy of {@code src} in which at most {@code maxReplaces} matches for this regexp have
  * been replaced by the return value of of function {@code repl} (whose first argument is the
  * matched string). No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
  * replacement string.
  */
  replaceAllFunc(src, replFunc, maxReplaces) {
    let lastMatchEnd = 0;
    let searchPos = 0;
    let out = "";
    const input = MachineInput.fromUTF16(src);
    const lbState = this.createLookbehindState();
    let numReplaces = 0;
    while (searchPos <= src.length) {
      const a = this.executeEngine(input, searchPos, RE2Flags.UNANCHORED, 2, lbState);
      if (a === null || a.length === 0) break;
      out += src.substring(lastMatchEnd, a[0]);
      if (a[1] > lastMatchEnd || a[0] === 0) {
        out += replFunc(src.substring(a[0], a[1]));
        numReplaces++;
      }
      lastMatchEnd = a[1];
      const width = input.step(searchPos) & 7;
      if (searchPos + width > a[1]) searchPos += width;
      else if (searchPos + 1 > a[1]) searchPos++;
      else searchPos = a[1];
      if (numReplaces >= maxReplaces) break;
    }
    out += src.substring(lastMatchEnd);
    return out;
  }
  pad(a) {
    if (a === null) return null;
    let n = (1 + this.numSubexp) * 2;
    if (a.length < n) {
      let a2 = new Array(n).fill(-1);
      for (let i = 0; i < a.length; i++) a2[i] = a[i];
      a = a2;
    }
    return a;
  }
  allMatches(input, n, deliverFun = (v) => v) {
    let result = [];
    const end = input.endPos();
    if (n < 0) n = end + 1;
    let pos = 0;
    let i = 0;
    let prevMatchEnd = -1;
    const lbState = this.createLookbehindState();
    while (i < n && pos <= end) {
      const matches = this.executeEngine(input, pos, RE2Flags.UNANCHORED, this.prog.numCap, lbState);
      if (matches === null || matches.length === 0) break;
      let accept3 = true;
      if (matches[1] === pos) {
        if (matches[0] === prevMatchEnd) accept3 = false;
        const r = input.step(pos);
        if (r < 0) pos = end + 1;
        else pos += r & 7;
      } else pos = matches[1];
      prevMatchEnd = matches[1];
      if (accept3) {
        result.push(deliverFun(this.pad(matches)));
        i++;
      }
    }
    return result;
  }
  /**
  * Returns an array holding the text of the leftmost match in {@code b} of this regular
  * expression.
  *
  * A return value of null indicates no match.
  */
  findUTF8(b) {
    const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
    if (a === null) return null;
    return b.slice(a[0], a[1]);
  }
  /**
  * Returns a two-element array of integers defining the location of the leftmost match in
  * {@code b} of this regular expression. The match itself is at {@code b[loc[0]...loc[1]]}.
  *
  * A return value of null indicates no match.
  */
  findUTF8Index(b) {
    const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
    if (a === null) return null;
    return a.slice(0, 2);
  }
  /**
  * Returns a string holding the text of the leftmost match in {@code s} of this regular
  * expression.
  *
  * If there is no match, the return value is an empty string, but it will also be empty if the
  * regular expression successfully matches an empty string. Use {@link #findIndex} or
  * {@link #findSubmatch} if it is necessary to distinguish these cases.
  */
  find(s) {
    const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
    if (a === null) return "";
    return s.substring(a[0], a[1]);
  }
  /**
  * Returns a two-element array of integers defining the location of the leftmost match in
  * {@code s} of this regular expression. The match itself is at
  * {@code s.substring(loc[0], loc[1])}.
  *
  * A return value of null indicates no match.
  */
  findIndex(s) {
    return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
  }
  /**
  * Returns an array of arrays the text of the leftmost match of the regular expression in
  * {@code b} and the matches, if any, of its subexpressions, as defined by the <a
  * href='#submatch'>Submatch</a> description above.
  *
  * A return value of null indicates no match.
  */
  findUTF8Submatch(b) {
    const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap);
    if (a === null) return null;
    const ret = new Array(1 + this.numSubexp).fill(null);
    for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = b.slice(a[2 * i], a[2 * i + 1]);
    return ret;
  }
  /**
  * Returns an array holding the index pairs identifying the leftmost match of this regular
  * expression in {@code b} and the matches, if any, of its subexpressions, as defined by the the
  * <a href='#submatch'>Submatch</a> and <a href='#index'>Index</a> descriptions above.
  *
  * A return value of null indicates no match.
  */
  findUTF8SubmatchIndex(b) {
    return this.pad(this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap));
  }
  /**
  * Returns an array of strings holding the text of the leftmost match of the regular expression in
  * {@code s} and the matches, if any, of its subexpressions, as defined by the <a
  * href='#submatch'>Submatch</a> description above.
  *
  * A return value of null indicates no match.
  */
  findSubmatch(s) {
    const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap);
    if (a === null) return null;
    const ret = new Array(1 + this.numSubexp).fill(null);
    for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = s.substring(a[2 * i], a[2 * i + 1]);
    return ret;
  }
  /**
  * Returns an array holding the index pairs identifying the leftmost match of this regular
  * expression in {@code s} and the matches, if any, of its subexpressions, as defined by the <a
  * href='#submatch'>Submatch</a> description above.
  *
  * A return value of null indicates no match.
  */
  findSubmatchIndex(s) {
    return this.pad(this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap));
  }
  /**
  * {@code findAllUTF8()} is the <a href='#all'>All</a> version of {@link #findUTF8}; it returns a
  * list of up to {@code n} successive matches of the expression, as defined by the <a
  * href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  *
  * TODO(adonovan): think about defining a byte slice view class, like a read-only Go slice backed
  * by |b|.
  */
  findAllUTF8(b, n) {
    const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => b.slice(match[0], match[1]));
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllUTF8Index} is the <a href='#all'>All</a> version of {@link #findUTF8Index}; it
  * returns a list of up to {@code n} successive matches of the expression, as defined by the <a
  * href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllUTF8Index(b, n) {
    const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => match.slice(0, 2));
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAll} is the <a href='#all'>All</a> version of {@link #find}; it returns a list of up
  * to {@code n} successive matches of the expression, as defined by the <a href='#all'>All</a>
  * description above.
  *
  * A return value of null indicates no match.
  */
  findAll(s, n) {
    const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => s.substring(match[0], match[1]));
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllIndex} is the <a href='#all'>All</a> version of {@link #findIndex}; it returns a
  * list of up to {@code n} successive matches of the expression, as defined by the <a
  * href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllIndex(s, n) {
    const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => match.slice(0, 2));
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllUTF8Submatch} is the <a href='#all'>All</a> version of {@link #findUTF8Submatch};
  * it returns a list of up to {@code n} successive matches of the expression, as defined by the <a
  * href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllUTF8Submatch(b, n) {
    const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => {
      let slice = new Array(match.length / 2 | 0).fill(null);
      for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = b.slice(match[2 * j], match[2 * j + 1]);
      return slice;
    });
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllUTF8SubmatchIndex} is the <a href='#all'>All</a> version of
  * {@link #findUTF8SubmatchIndex}; it returns a list of up to {@code n} successive matches of the
  * expression, as defined by the <a href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllUTF8SubmatchIndex(b, n) {
    const result = this.allMatches(MachineInput.fromUTF8(b), n);
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllSubmatch} is the <a href='#all'>All</a> version of {@link #findSubmatch}; it
  * returns a list of up to {@code n} successive matches of the expression, as defined by the <a
  * href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllSubmatch(s, n) {
    const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => {
      let slice = new Array(match.length / 2 | 0).fill(null);
      for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = s.substring(match[2 * j], match[2 * j + 1]);
      return slice;
    });
    if (result.length === 0) return null;
    return result;
  }
  /**
  * {@code findAllSubmatchIndex} is the <a href='#all'>All</a> version of
  * {@link #findSubmatchIndex}; it returns a list of up to {@code n} successive matches of the
  * expression, as defined by the <a href='#all'>All</a> description above.
  *
  * A return value of null indicates no match.
  */
  findAllSubmatchIndex(s, n) {
    const result = this.allMatches(MachineInput.fromUTF16(s), n);
    if (result.length === 0) return null;
    return result;
  }
};
var RE2Set = class RE2Set2 {
  /** @type {number} */
  static UNANCHORED = RE2Flags.UNANCHORED;
  /** @type {number} */
  static ANCHOR_START = RE2Flags.ANCHOR_START;
  /** @type {number} */
  static ANCHOR_BOTH = RE2Flags.ANCHOR_BOTH;
  /**
  * Constructs a new RE2Set with the specified anchor mode and flags.
  * @param {number} [anchor=RE2Set.UNANCHORED] - The anchoring mode (e.g., RE2Set.UNANCHORED).
  * @param {number} [flags=0] - The public flags to apply to all patterns in the set.
  * @param {number} [maxMem=8388608] - The maximum memory in bytes to use for the DFA (default 8MB).
  */
  constructor(anchor = RE2Set2.UNANCHORED, flags = 0, maxMem = 8388608) {
    if (![
      RE2Set2.UNANCHORED,
      RE2Set2.ANCHOR_START,
      RE2Set2.ANCHOR_BOTH
    ].includes(anchor)) throw new RE2JSFlagsException("The anchor should be RE2Set.UNANCHORED, RE2Set.ANCHOR_START or RE2Set.ANCHOR_BOTH");
    Utils.checkFlags(flags);
    this.anchor = anchor;
    this.jsFlags = flags;
    this.maxMem = maxMem;
    let re2Flags = RE2Flags.PERL;
    if ((flags & PublicFlags.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
    if ((flags & PublicFlags.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
    this.re2Flags = re2Flags;
    this.regexps = [];
    this.prog = null;
    this.dfa = null;
    this.dummyRe2 = null;
  }
  /**
  * Adds a new regular expression pattern to the set.
  * Patterns cannot be added after the set has been compiled.
  * @param {string} pattern - The regular expression pattern to add.
  * @returns {number} The integer index assigned to the added pattern.
  * @throws {RE2JSCompileException} If patterns are added after compilation.
  */
  add(pattern) {
    if (this.prog) throw new RE2JSCompileException("Cannot add patterns after compile");
    Utils.checkPattern(pattern);
    let fregex = pattern;
    if ((this.jsFlags & PublicFlags.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
    if ((this.jsFlags & PublicFlags.DOTALL) !== 0) fregex = `(?s)${fregex}`;
    if ((this.jsFlags & PublicFlags.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
    const re = Parser.parse(fregex, this.re2Flags);
    this.regexps.push(Simplify.simplify(re));
    return this.regexps.length - 1;
  }
  /**
  * Compiles the added patterns into a single state machine.
  * This is automatically called on the first match if not called explicitly.
  * @returns {void}
  */
  compile() {
    if (this.prog) return;
    const prog = Compiler.compileSet(this.regexps);
    if (prog.numInst() > Parser.MAX_SIZE) throw new RE2JSCompileException(`${Parser.ERR_LARGE}: the set compiles to ${prog.numInst()} instructions, more than ${Parser.MAX_SIZE}`);
    this.prog = prog;
    this.dfa = new DFA(this.prog, this.maxMem);
    this.dummyRe2 = {
      prog: this.prog,
      cond: this.prog.startCond(),
      prefix: "",
      prefixRune: 0,
      longest: false
    };
  }
  /**
  * Matches the input against the compiled set of regular expressions.
  * @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to match against.
  * @returns {number[]} An array of indices representing the patterns that successfully matched the input.
  */
  match(input) {
    if (!this.prog) this.compile();
    const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
    let internalAnchor = RE2Flags.UNANCHORED;
    if (this.anchor === RE2Set2.ANCHOR_START) internalAnchor = RE2Flags.ANCHOR_START;
    else if (this.anchor === RE2Set2.ANCHOR_BOTH) internalAnchor = RE2Flags.ANCHOR_BOTH;
    const dfaResult = this.dfa.matchSet(machineInput, 0, internalAnchor);
    if (dfaResult !== null) return dfaResult;
    const machine = Machine.fromRE2(this.dummyRe2);
    machine.init(0);
    return machine.matchSet(machineInput, 0, internalAnchor);
  }
};
var TranslateRegExpString = class TranslateRegExpString2 {
  static isHexadecimal(ch) {
    return "0" <= ch && ch <= "9" || "A" <= ch && ch <= "F" || "a" <= ch && ch <= "f";
  }
  static translate(data) {
    let prefixFlags = "";
    if (Object.prototype.toString.call(data) === "[object RegExp]") {
      if (data.ignoreCase) prefixFlags += "i";
      if (data.multiline) prefixFlags += "m";
      if (data.dotAll) prefixFlags += "s";
      data = data.source;
    }
    if (typeof data !== "string") return data;
    let result = "";
    let changed = false;
    let size = data.length;
    if (size === 0) {
      result = "(?:)";
      changed = true;
    }
    let inCharClass = false;
    let i = 0;
    while (i < size) {
      let ch = data[i];
      if (ch === "\\") {
        if (i + 1 < size) {
          ch = data[i + 1];
          switch (ch) {
            case "\\":
              result += "\\\\";
              i += 2;
              continue;
            case "c":
              if (i + 2 < size) {
                let code18 = data[i + 2].charCodeAt(0);
                if (code18 >= 65 && code18 <= 90 || code18 >= 97 && code18 <= 122) {
                  let val = code18 % 32;
                  result += "\\x";
                  result += (val >> 4).toString(16).toUpperCase();
                  result += (val & 15).toString(16).toUpperCase();
                  i += 3;
                  changed = true;
                  continue;
                }
              }
              result += "c";
              i += 2;
              changed = true;
              continue;
            case "u":
              if (i + 2 < size) {
                if (data[i + 2] === "{") {
                  let j = i + 3;
                  let hasHex = false;
                  let closed = false;
                  while (j < size) {
                    const hexChar = data[j];
                    if (hexChar === "}") {
                      closed = true;
                      break;
                    }
                    if (!TranslateRegExpString2.isHexadecimal(hexChar)) break;
                    hasHex = true;
                    j++;
                  }
                  if (closed && hasHex) {
                    result += "\\x";
                    i += 2;
                    changed = true;
                    continue;
                  }
                } else if (i + 5 < size) {
                  let isHex4 = true;
                  for (let j = 0; j < 4; j++) if (!TranslateRegExpString2.isHexadecimal(data[i + 2 + j])) {
                    isHex4 = false;
                    break;
                  }
                  if (isHex4) {
                    result += "\\x{" + data.substring(i + 2, i + 6) + "}";
                    i += 6;
                    changed = true;
                    continue;
                  }
                }
              }
              result += "u";
              i += 2;
              changed = true;
              continue;
            case "x": {
              let isValidHex = false;
              if (i + 2 < size && data[i + 2] === "{") {
                let j = i + 3;
                let hasHex = false;
                let closed = false;
                while (j < size) {
                  const hexChar = data[j];
                  if (hexChar === "}") {
                    closed = true;
                    break;
                  }
                  if (!TranslateRegExpString2.isHexadecimal(hexChar)) break;
                  hasHex = true;
                  j++;
                }
                if (closed && hasHex) isValidHex = true;
              } else if (i + 3 < size && TranslateRegExpString2.isHexadecimal(data[i + 2]) && TranslateRegExpString2.isHexadecimal(data[i + 3])) isValidHex = true;
              if (isValidHex) {
                result += "\\x";
                i += 2;
              } else {
                result += "x";
                i += 2;
                changed = true;
              }
              continue;
            }
            case "n":
            case "r":
            case "t":
            case "a":
            case "f":
            case "v":
            case "d":
            case "D":
            case "s":
            case "S":
            case "w":
            case "W":
            case "b":
            case "B":
            case "p":
            case "P":
            case "A":
            case "z":
            case "Q":
            case "E":
            case "0":
            case "1":
            case "2":
            case "3":
            case "4":
            case "5":
            case "6":
            case "7":
              result += "\\" + ch;
              i += 2;
              continue;
            default: {
              let cp2 = data.codePointAt(i + 1);
              if (cp2 >= 48 && cp2 <= 57 || cp2 >= 65 && cp2 <= 90 || cp2 >= 97 && cp2 <= 122) {
                let symSize2 = Utils.charCount(cp2);
                result += data.substring(i + 1, i + 1 + symSize2);
                i += symSize2 + 1;
                changed = true;
              } else {
                result += "\\";
                let symSize2 = Utils.charCount(cp2);
                result += data.substring(i + 1, i + 1 + symSize2);
                i += symSize2 + 1;
              }
              continue;
            }
          }
        }
      } else if (ch === "/") {
        result += "\\/";
        i += 1;
        changed = true;
        continue;
      } else if (ch === "[") {
        if (!inCharClass && data[i + 1] === "]") {
          result += "[^\\x00-\\x{10FFFF}]";
          i += 2;
          changed = true;
          continue;
        }
        if (!inCharClass && data[i + 1] === "^" && data[i + 2] === "]") {
          result += "[\\x00-\\x{10FFFF}]";
          i += 3;
          changed = true;
          continue;
        }
        inCharClass = true;
      } else if (ch === "]") inCharClass = false;
      else if (!inCharClass && ch === "(" && i + 2 < size && data[i + 1] === "?" && data[i + 2] === "<") {
        if (i + 3 < size && !"=!>)".includes(data[i + 3])) {
          result += "(?P<";
          i += 3;
          changed = true;
          continue;
        }
      }
      let cp = data.codePointAt(i);
      let symSize = Utils.charCount(cp);
      result += data.substring(i, i + symSize);
      i += symSize;
    }
    const finalResult = changed ? result : data;
    if (prefixFlags.length > 0) return `(?${prefixFlags})${finalResult}`;
    return finalResult;
  }
};
var execResult = (m, input) => {
  const result = m.matchArray();
  result.index = m.start(0);
  result.input = input;
  result.groups = m.namedGroupsObject();
  return result;
};
var RE2JS = class RE2JS2 {
  /**
  * Flag: case insensitive matching.
  */
  static CASE_INSENSITIVE = PublicFlags.CASE_INSENSITIVE;
  /**
  * Flag: dot ({@code .}) matches all characters, including newline.
  */
  static DOTALL = PublicFlags.DOTALL;
  /**
  * Flag: multiline matching: {@code ^} and {@code $} match at beginning and end of line, not just
  * beginning and end of input.
  */
  static MULTILINE = PublicFlags.MULTILINE;
  /**
  * Flag: Unicode groups (e.g. {@code \p\ Greek\} ) will be syntax errors.
  */
  static DISABLE_UNICODE_GROUPS = PublicFlags.DISABLE_UNICODE_GROUPS;
  /**
  * Flag: matches longest possible string.
  */
  static LONGEST_MATCH = PublicFlags.LONGEST_MATCH;
  /**
  * Flag: enable linear-time captureless lookbehinds.
  */
  static LOOKBEHINDS = PublicFlags.LOOKBEHINDS;
  /**
  * Returns a literal pattern string for the specified string.
  *
  * This method produces a string that can be used to create a <code>RE2JS</code> that would
  * match the string <code>s</code> as if it were a literal pattern.
  *
  * Metacharacters or escape sequences in the input sequence will be given no special meaning.
  *
  * @param {string} str The string to be literalized
  * @returns {string} A literal string replacement
  */
  static quote(str) {
    return Utils.quoteMeta(str);
  }
  /**
  * Quotes '\' and '$' in {@code str}, so that the returned string could be used in
  * replacement methods as a literal replacement of {@code str}.
  *
  * This is a convenience delegation to {@link Matcher.quoteReplacement}.
  *
  * @param {string} str the string to be quoted
  * @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
  * @returns {string} the quoted string
  */
  static quoteReplacement(str, javaMode = false) {
    return Matcher.quoteReplacement(str, javaMode);
  }
  /**
  * Translates a given regular expression string to ensure compatibility with RE2JS.
  *
  * This function preprocesses the input regex string by applying necessary transformations,
  * such as escaping special characters (e.g., `/`), converting named capture groups to
  * RE2JS-compatible syntax, and handling Unicode sequences properly. It ensures that the
  * resulting regex is safe and properly formatted before compilation.
  *
  * @param {string|RegExp} expr - The regular expression string to be translated.
  * @returns {string} - The transformed regular expression string, ready for compilation.
  */
  static translateRegExp(expr) {
    return TranslateRegExpString.translate(expr);
  }
  /**
  * Helper: create new RE2JS with given regex and flags. Flregex is the regex with flags applied.
  * @param {string} regex
  * @param {number} [flags=0]
  * @returns {RE2JS}
  */
  static compile(regex, flags = 0) {
    Utils.checkPattern(regex);
    Utils.checkFlags(flags);
    let fregex = regex;
    if ((flags & RE2JS2.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
    if ((flags & RE2JS2.DOTALL) !== 0) fregex = `(?s)${fregex}`;
    if ((flags & RE2JS2.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
    let re2Flags = RE2Flags.PERL;
    if ((flags & RE2JS2.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
    if ((flags & RE2JS2.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
    const p = new RE2JS2(regex, flags);
    p.re2Input = RE2.compileImpl(fregex, re2Flags, (flags & RE2JS2.LONGEST_MATCH) !== 0);
    return p;
  }
  /**
  * Matches a string against a regular expression.
  *
  * @param {string} regex the regular expression
  * @param {string|number[]|Uint8Array} input the input
  * @returns {boolean} true if the regular expression matches the entire input
  * @throws RE2JSSyntaxException if the regular expression is malformed
  */
  static matches(regex, input) {
    return RE2JS2.compile(regex).testExact(input);
  }
  /**
  * This is visible for testing.
  * @private
  */
  static initTest(pattern, flags, re2) {
    if (pattern == null) throw new Error("pattern is null");
    if (re2 == null) throw new Error("re2 is null");
    const p = new RE2JS2(pattern, flags);
    p.re2Input = re2;
    return p;
  }
  /**
  *
  * @param {string} pattern
  * @param {number} flags
  */
  constructor(pattern, flags) {
    this.patternInput = pattern;
    this.flagsInput = flags;
    this.re2Input = null;
  }
  /**
  * Releases memory used by internal caches associated with this pattern. Does not change the
  * observable behaviour. Useful for tests that detect memory leaks via allocation tracking.
  */
  reset() {
    this.re2Input.reset();
  }
  /**
  * Returns the flags used in the constructor.
  * @returns {number}
  */
  flags() {
    return this.flagsInput;
  }
  /**
  * Returns the pattern used in the constructor.
  * @returns {string}
  */
  pattern() {
    return this.patternInput;
  }
  re2() {
    return this.re2Input;
  }
  /**
  * Matches a string against a regular expression.
  *
  * @param {string|number[]|Uint8Array} input the input
  * @returns {boolean} true if the regular expression matches the entire input
  */
  matches(input) {
    return this.testExact(input);
  }
  /**
  * Creates a new {@code Matcher} matching the pattern against the input.
  *
  * @param {string|number[]|Uint8Array|MatcherInputBase} input the input string
  * @returns {Matcher}
  */
  matcher(input) {
    if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
    return new Matcher(this, input);
  }
  /**
  * Tests whether the regular expression matches any part of the input string.
  * Performance Note: This method is highly optimized. Because it only returns
  * a boolean and does not extract capture groups, it bypasses the `Matcher` overhead
  * and guarantees execution on the high-speed DFA engine whenever possible.
  *
  * @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
  * @returns {boolean} `true` if the pattern is found anywhere in the input, `false` otherwise.
  */
  test(input) {
    if (Utils.isByteArray(input)) return this.re2Input.matchUTF8(input);
    return this.re2Input.match(input);
  }
  /**
  * Tests whether the regular expression matches the ENTIRE input string.
  * * **Performance Note:** This operates identically to `.matches()`, but is significantly
  * faster because it does not request capture group data. By requesting 0 capture groups,
  * it securely routes execution through the DFA fast-path.
  *
  * @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
  * @returns {boolean} `true` if the exact input string fully matches the pattern, `false` otherwise.
  */
  testExact(input) {
    const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
    return this.re2Input.executeEngine(machineInput, 0, RE2Flags.ANCHOR_BOTH, 0) !== null;
  }
  /**
  * Executes a search for a match in a specified string.
  * Returns a result array, or null if no match is found.
  * The returned array perfectly mirrors standard JavaScript `RegExpExecArray`,
  * including `.index`, `.input`, and `.groups` properties.
  *
  * @param {string|number[]|Uint8Array} input the input string or byte array
  * @returns {Array|null} the match array with index, input, and groups properties, or null
  */
  exec(input) {
    const m = this.matcher(input);
    return m.find() ? execResult(m, input) : null;
  }
  /**
  * Splits input around instances of the regular expression. It returns an array giving the strings
  * that occur before, between, and after instances of the regular expression.
  *
  * If {@code limit <= 0}, there is no limit on the size of the returned array. If
  * {@code limit == 0}, empty strings that would occur at the end of the array are omitted. If
  * {@code limit > 0}, at most limit strings are returned. The final string contains the remainder
  * of the input, possibly including additional matches of the pattern.
  *
  * @param {string} input the input string to be split
  * @param {number} [limit=0] the limit
  * @returns {string[]} the split strings
  */
  split(input, limit = 0) {
    const m = this.matcher(input);
    const result = [];
    let emptiesSkipped = 0;
    let last = 0;
    while (m.find()) {
      if (last === 0 && m.end() === 0) {
        last = m.end();
        continue;
      }
      if (limit > 0 && result.length === limit - 1) break;
      if (last === m.start()) {
        if (limit === 0) {
          emptiesSkipped += 1;
          last = m.end();
          continue;
        }
      } else while (emptiesSkipped > 0) {
        result.push("");
        emptiesSkipped -= 1;
      }
      result.push(m.substring(last, m.start()));
      last = m.end();
    }
    if (limit === 0 && last !== m.inputLength()) {
      while (emptiesSkipped > 0) {
        result.push("");
        emptiesSkipped -= 1;
      }
      result.push(m.substring(last, m.inputLength()));
    }
    if (limit !== 0 || result.length === 0 && !(last === m.inputLength() && last > 0)) result.push(m.substring(last, m.inputLength()));
    return result;
  }
  /**
  * Returns an iterator of all results matching a string against the regular expression,
  * including capturing groups.
  *
  * @param {string|number[]|Uint8Array} input the input string or byte array
  * @returns {IterableIterator<RegExpMatchArray>}
  */
  *matchAll(input) {
    const m = this.matcher(input);
    while (m.find()) yield execResult(m, input);
  }
  /**
  *
  * @returns {string}
  */
  toString() {
    return this.patternInput;
  }
  /**
  * Returns the program size of this pattern.
  *
  * <p>
  * Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
  * "cost". Larger numbers are more expensive than smaller numbers.
  * </p>
  *
  * @returns {number} the program size of this pattern
  */
  programSize() {
    return this.re2Input.numberOfInstructions();
  }
  /**
  * Returns the number of capturing groups in this matcher's pattern. Group zero denotes the entire
  * pattern and is excluded from this count.
  *
  * @returns {number} the number of capturing groups in this pattern
  */
  groupCount() {
    return this.re2Input.numberOfCapturingGroups();
  }
  /**
  * Return a map of the capturing groups in this matcher's pattern, where key is the name and value
  * is the index of the group in the pattern.
  * @returns {Record<string, number>}
  */
  namedGroups() {
    return this.re2Input.namedGroups;
  }
  /**
  *
  * @param {*} other
  * @returns {boolean}
  */
  equals(other) {
    if (this === other) return true;
    if (other === null || this.constructor !== other.constructor) return false;
    return this.flagsInput === other.flagsInput && this.patternInput === other.patternInput;
  }
};

// src/core/images/select/regexp.ts
var LARGEST_PROGRAM = 1e3;
function compileRegexp(pattern) {
  const compiled = compile(pattern);
  if (typeof compiled === "string") {
    return {
      ok: false,
      message: `the regular expression cannot be read: ${printable(compiled)}`,
      hint: hintFor2(pattern)
    };
  }
  if (compiled.programSize() > LARGEST_PROGRAM) {
    return {
      ok: false,
      message: `the regular expression is too large: ${compiled.programSize()} steps, at most ${LARGEST_PROGRAM}`,
      hint: "Use smaller repetition counts"
    };
  }
  return { ok: true, regexp: wrap(compiled) };
}
function compile(pattern) {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const text2 = error instanceof Error ? error.message : String(error);
    return text2.replace("error parsing regexp: ", "").replaceAll("`", "'");
  }
}
function wrap(compiled) {
  return {
    matches: (text2) => compiled.test(text2),
    groups: (text2) => {
      const match = compiled.exec(text2);
      return match === null ? void 0 : Array.from(match, (group) => group ?? void 0);
    },
    groupCount: compiled.groupCount(),
    size: compiled.programSize(),
    names: new Map(Object.entries(compiled.namedGroups()))
  };
}
function hintFor2(pattern) {
  if (/\(\?<?[=!]/.test(pattern)) return "Write the pattern without look-ahead and look-behind: RE2 has neither";
  if (/\\[1-9]/.test(pattern)) return "Write the pattern without back references: RE2 has none";
  return "Write the pattern in RE2 syntax: https://github.com/google/re2/wiki/Syntax";
}

// src/core/images/select/extract-template.ts
var REFERENCE = /\$(?:(?<dollar>\$)|\{(?<braced>[\p{L}\p{Nd}_]+)\}|(?<plain>[\p{L}\p{Nd}_]+))/gu;
function parseTemplate(template, regexp) {
  const pieces = [];
  let copied = 0;
  for (const match of template.matchAll(REFERENCE)) {
    pieces.push(template.slice(copied, match.index));
    copied = match.index + match[0].length;
    const { dollar, braced, plain } = match.groups ?? {};
    const name = braced ?? plain;
    const piece = dollar ?? groupNumber(name ?? "", regexp);
    if (piece === void 0) return unknownGroup(name ?? "");
    pieces.push(piece);
  }
  pieces.push(template.slice(copied));
  return { ok: true, pieces: pieces.filter((piece) => piece !== "") };
}
function expandTemplate(pieces, groups) {
  return pieces.map((piece) => typeof piece === "number" ? groups[piece] ?? "" : piece).join("");
}
function groupNumber(name, regexp) {
  if (!/^(?:0|[1-9]\d*)$/.test(name)) return regexp.names.get(name);
  const number = Number(name);
  return number <= regexp.groupCount ? number : void 0;
}
function unknownGroup(name) {
  const digits = /^\d+/.exec(name)?.[0];
  const hint = digits === void 0 || digits === name ? "Name a group of the pattern, as in (?P<ts>[0-9]+) and $ts" : `Write \${${digits}} to end the group's number before other text`;
  return { ok: false, message: `the pattern has no group '${printable(name)}' to extract`, hint };
}

// src/core/images/select/tag-filter.ts
function compileTagFilter(filter) {
  if (filter === void 0) return { ok: true, extract: (tag) => tag, stepsPerCharacter: 0 };
  const parsed = compileRegexp(filter.pattern);
  if (!parsed.ok) return parsed;
  const { regexp } = parsed;
  const stepsPerCharacter = regexp.size;
  if (filter.extract === void 0 || filter.extract === "") {
    return { ok: true, stepsPerCharacter, extract: (tag) => regexp.matches(tag) ? tag : void 0 };
  }
  const template = parseTemplate(filter.extract, regexp);
  if (!template.ok) return template;
  return {
    ok: true,
    stepsPerCharacter,
    extract: (tag) => {
      const groups = regexp.matches(tag) ? regexp.groups(tag) : void 0;
      return groups === void 0 ? void 0 : expandTemplate(template.pieces, groups);
    }
  };
}

// src/core/images/select/check-policy.ts
var ANNOTATION_WORDS = /* @__PURE__ */ new Set(["glob", "regex", "regexp", "semver"]);
var CONFIG_WORDS = /* @__PURE__ */ new Set(["alphabetical", "auto", "digest", "latest-push", "numerical"]);
function checkPolicy(policy) {
  switch (policy.kind) {
    case "glob":
      return checkGlob(policy, policy.pattern);
    case "latest-push":
      return policy.pattern === void 0 ? accept(policy) : checkGlob(policy, policy.pattern);
    case "semver":
      return checkSemver(policy);
    case "regexp":
      return checkRegexp(policy);
    case "alphabetical":
    case "numerical":
      return checkFilter(policy, policy.filter);
    case "digest":
      return checkDigest(policy);
    default:
      return accept(policy);
  }
}
function accept(policy, warning) {
  return { ok: true, policy, warning };
}
function checkGlob(policy, pattern) {
  if (pattern === "") {
    return {
      ok: false,
      message: "the tag filter is empty and matches no tag",
      hint: "Write 'glob:*' to allow every tag"
    };
  }
  const odd = /[^\w.*-]/u.exec(pattern)?.[0];
  if (odd === void 0) return accept(policy);
  const matchesNone = `no tag can contain '${printable(odd)}', so the filter '${printable(pattern)}' matches none`;
  return accept(policy, `${matchesNone}; ${adviceOn(pattern)}`);
}
function adviceOn(pattern) {
  const [, word = ""] = /^\s*([a-z-]+)\s*(?::|$)/.exec(pattern.toLowerCase()) ?? [];
  if (ANNOTATION_WORDS.has(word)) return `write '${word}:' if that was meant`;
  if (!CONFIG_WORDS.has(word)) return "in a glob only '*' is special";
  return pattern.startsWith(word) ? `'${word}' is known in the config file only` : `write '${word}' if that was meant`;
}
function checkSemver(policy) {
  const parsed = parseConstraint(policy.range);
  if (!parsed.ok) return { ...parsed, message: `${parsed.message}: '${printable(policy.range)}'` };
  const filtered = checkFilter(policy, policy.filter);
  return filtered.ok ? accept(policy, parsed.warning) : filtered;
}
function checkRegexp(policy) {
  if (policy.pattern === "") {
    return { ok: false, message: "the regular expression is empty", hint: "Write 'regexp:.*' to allow every tag" };
  }
  const parsed = compileRegexp(policy.pattern);
  return parsed.ok ? accept(policy) : parsed;
}
function checkFilter(policy, filter) {
  const parsed = compileTagFilter(filter);
  return parsed.ok ? accept(policy) : parsed;
}
function checkDigest(policy) {
  if (policy.tag === void 0 || isTag(policy.tag)) return accept(policy);
  const message = `'${printable(policy.tag)}' is no tag to follow the digest of`;
  return { ok: false, message, hint: "Write 'digest' to follow the current tag, or 'digest:<tag>'" };
}

// src/core/images/select/tag-policy.ts
var LONGEST_POLICY = 4096;
var GLOB = "glob:";
var SEMVER = "semver:";
var REGEXPS = ["regexp:", "regex:"];
function parseTagPolicy(text2) {
  const tooLong2 = checkLength(text2);
  if (tooLong2 !== void 0) return tooLong2;
  if (text2.startsWith(SEMVER)) return checkPolicy({ kind: "semver", range: text2.slice(SEMVER.length) });
  const regexp = REGEXPS.find((prefix) => text2.startsWith(prefix));
  if (regexp !== void 0) return checkPolicy({ kind: "regexp", pattern: text2.slice(regexp.length) });
  return checkPolicy({ kind: "glob", pattern: text2.startsWith(GLOB) ? text2.slice(GLOB.length) : text2 });
}
function parseConfigPolicy(text2, filter) {
  const tooLong2 = checkLength(text2) ?? checkFilterLength(filter);
  if (tooLong2 !== void 0) return tooLong2;
  const colon = text2.indexOf(":");
  const word = colon < 0 ? text2 : text2.slice(0, colon);
  const rest = colon < 0 ? void 0 : text2.slice(colon + 1);
  const parsed = parseConfigWord(word, { rest, filter }) ?? parseTagPolicy(text2);
  return filter === void 0 || !parsed.ok ? parsed : withFilter(parsed, filter);
}
function renderTagPolicy(policy) {
  switch (policy.kind) {
    case "glob":
      return `${GLOB}${policy.pattern}`;
    case "semver":
      return `${SEMVER}${policy.range}`;
    case "regexp":
      return `regexp:${policy.pattern}`;
    case "alphabetical":
    case "numerical":
      return `${policy.kind}:${policy.order}`;
    case "latest-push":
      return policy.pattern === void 0 ? "latest-push" : `latest-push:${policy.pattern}`;
    case "digest":
      return policy.tag === void 0 ? "digest" : `digest:${policy.tag}`;
    case "auto":
      return "auto";
    default:
      return assertNever(policy, "tag policy");
  }
}
function factOf(policy) {
  switch (policy.kind) {
    case "glob":
    case "regexp":
      return "created";
    case "latest-push":
      return "pushed";
    case "digest":
      return "digest";
    default:
      return "name";
  }
}
function checkLength(text2) {
  if (text2.length <= LONGEST_POLICY) return void 0;
  const message = `the tag filter has ${text2.length} characters, at most ${LONGEST_POLICY} are read`;
  return { ok: false, message, hint: "Write a shorter filter" };
}
function checkFilterLength(filter) {
  if (filter === void 0) return void 0;
  return checkLength(filter.pattern) ?? checkLength(filter.extract ?? "");
}
function parseConfigWord(word, given) {
  const { rest, filter } = given;
  switch (word) {
    case "alphabetical":
    case "numerical": {
      const order2 = rest === void 0 || rest === "" ? "asc" : rest;
      if (order2 !== "asc" && order2 !== "desc") return unknownOrder(word, order2);
      return checkPolicy({ kind: word, order: order2, filter });
    }
    case "latest-push":
      return checkPolicy({ kind: word, pattern: rest });
    case "digest":
      return checkPolicy({ kind: word, tag: rest });
    case "auto":
      return rest === void 0 ? { ok: true, policy: { kind: "auto" }, warning: void 0 } : void 0;
    default:
      return void 0;
  }
}
function unknownOrder(word, order2) {
  const message = `the order of '${word}' is 'asc' or 'desc', not '${printable(order2)}'`;
  return {
    ok: false,
    message,
    hint: `Write '${word}:asc' to choose the greatest or '${word}:desc' to choose the least`
  };
}
function withFilter(parsed, filter) {
  const { policy } = parsed;
  if (policy.kind === "alphabetical" || policy.kind === "numerical") return parsed;
  if (policy.kind === "semver") return checkPolicy({ ...policy, filter });
  const message = `a filter with a pattern cannot go with '${policy.kind}'`;
  return {
    ok: false,
    message,
    hint: "Use it with 'semver:', 'alphabetical' or 'numerical', or write 'regexp:<pattern>'"
  };
}

// src/core/images/stand-still.ts
function reasonToStandStill(policies) {
  const { ignore, locked, lockedUser, lockedMessage } = policies;
  if (ignore === "true") return "ignored";
  if (!locked) return void 0;
  const by = lockedUser === void 0 ? "" : ` by ${lockedUser}`;
  return lockedMessage === void 0 ? `locked${by}` : `locked${by}: ${lockedMessage}`;
}

// src/core/images/automation.ts
var DEFAULT_POLICY = { kind: "glob", pattern: "*" };
function triageImage(use, rule, nowMs) {
  const filter = use.mark === void 0 ? use.policies.tagFilters.get(use.container) : void 0;
  if (use.mark === void 0 && !mentionsAutomation(use, filter) && rule?.policy === void 0) return null;
  const parsed = filter === void 0 ? null : parseTagPolicy(filter.value);
  const problems = filter === void 0 || parsed === null ? [] : policyProblems(use, filter, parsed);
  const standStill = reasonToStandStill(use.policies) ?? reasonToLeaveOut(use, rule) ?? reasonToHold(use, nowMs);
  if (standStill !== null) return { kind: "settled", row: settledRow(use, "skipped", standStill), problems };
  if (parsed !== null && !parsed.ok) {
    return { kind: "settled", row: settledRow(use, "failed", `invalid policy: ${parsed.message}`), problems };
  }
  if (use.mark !== void 0) return triageMarked(use, use.mark, rule);
  if (use.refusal !== void 0) return refused(use, use.refusal);
  const policy = parsed?.policy ?? rule?.policy?.value ?? DEFAULT_POLICY;
  return { kind: "ask", use, policy, rule, problems };
}
function triageMarked(use, mark, rule) {
  const marked2 = triageMark(use, mark, rule);
  const { problems } = marked2;
  if (marked2.kind === "still") {
    return { kind: "settled", row: settledRow(use, marked2.action, marked2.reason), problems };
  }
  if (use.refusal !== void 0) return refused(use, use.refusal);
  const { policy, exclude } = marked2.policy;
  return { kind: "ask", use, policy, exclude, rule, problems };
}
function refused(use, refusal) {
  return { kind: "settled", row: settledRow(use, "skipped", refusal), problems: [refusalProblem(use, refusal)] };
}
function renderVersion(tag, digest) {
  if (digest === void 0) return tag ?? "";
  return tag === void 0 ? digest : `${tag}@${digest}`;
}
function settledRow(use, action, reason2) {
  const version = renderVersion(use.tag, use.digest);
  return {
    subject: use.subject,
    container: use.container,
    image: use.name,
    from: version,
    to: version,
    action,
    reason: reason2
  };
}
function mentionsAutomation(use, filter) {
  const { automated, locked, ignore } = use.policies;
  return automated !== void 0 || locked || ignore === "true" || filter !== void 0;
}
function reasonToLeaveOut({ mark, policies }, rule) {
  const automated = policies.automated ?? (mark !== void 0 || rule?.policy !== void 0);
  return automated ? null : "not automated";
}
function reasonToHold(use, nowMs) {
  const hold2 = holdOf(use, nowMs);
  return hold2 === void 0 ? null : holdSentence(hold2);
}
function policyProblems(use, filter, parsed) {
  if (parsed.ok) {
    if (parsed.warning === void 0) return [];
    return [policyProblem({ use, filter, severity: "warning", message: parsed.warning, hint: void 0 })];
  }
  const severity = use.policies.automated === true && use.policies.ignore !== "true" ? "error" : "warning";
  return [policyProblem({ use, filter, severity, message: parsed.message, hint: parsed.hint })];
}
function policyProblem(given) {
  return {
    severity: given.severity,
    code: "POLICY_INVALID",
    message: `${given.use.subject} ${given.use.container}: ${given.message}`,
    position: given.filter.position,
    subject: given.use.subject,
    hint: given.hint
  };
}
function refusalProblem(use, refusal) {
  return {
    severity: "warning",
    code: "IMAGE_NOT_EDITABLE",
    message: `${use.subject} ${use.container}: ${refusal}`,
    position: use.position,
    subject: use.subject
  };
}

// src/core/images/select/attachment.ts
var ATTACHMENT = /^sha(?:256|512)-[0-9a-f]{64}(?:\..*)?$/;
function isAttachment(tag) {
  return ATTACHMENT.test(tag);
}

// src/core/images/select/exclusion.ts
function compileExclusion(patterns = []) {
  const compiled = [];
  for (const pattern of patterns) {
    const parsed = compileRegexp(pattern);
    if (!parsed.ok) return { ok: false, message: `in the exclusion '${printable(pattern)}' ${parsed.message}` };
    compiled.push({ regexp: parsed.regexp, reason: `excluded by '${printable(pattern)}'` });
  }
  return {
    ok: true,
    reasonFor: (tag) => compiled.find(({ regexp }) => regexp.matches(tag))?.reason,
    stepsPerCharacter: compiled.reduce((sum, { regexp }) => sum + regexp.size, 0)
  };
}

// src/core/images/versions/constraint.ts
var CHECKS = {
  "=": (version, term2) => term2.wildcard === void 0 ? order(version, term2) === 0 : withinTilde(version, term2),
  "!=": differs,
  ">": isAbove,
  ">=": (version, term2) => order(version, term2) >= 0,
  "<": (version, term2) => order(version, term2) < 0,
  "<=": isAtMost,
  "~": withinTilde,
  "^": withinCaret
};
function satisfies(version, constraint) {
  const { dialect } = constraint;
  return constraint.groups.some((terms) => {
    const named = terms.some((term2) => term2.version.pre.length > 0);
    return terms.every(
      (term2) => letsIn(version, term2, { dialect, named }) && CHECKS[term2.operator](version, term2, dialect)
    );
  });
}
function letsIn(version, term2, group) {
  if (version.pre.length === 0) return true;
  if (group.dialect === "v3.4") return group.named;
  return term2.version.pre.length > 0 || term2.operator === "!=" && term2.wildcard === void 0;
}
function order(version, term2) {
  return compareVersions(version, term2.version);
}
function differs(version, term2) {
  if (term2.wildcard === void 0 || term2.wildcard === "major") return order(version, term2) !== 0;
  if (version.major !== term2.version.major) return true;
  if (term2.wildcard === "minor") return false;
  if (version.minor !== term2.version.minor) return true;
  return comparePreReleases(version.pre, term2.version.pre) !== 0;
}
function isAbove(version, term2) {
  if (term2.wildcard === void 0 || term2.wildcard === "major") return order(version, term2) > 0;
  const release2 = { ...version, pre: [] };
  const floor = { ...term2.version, pre: [], patch: "0" };
  if (term2.wildcard === "minor") return version.major !== floor.major && compareVersions(release2, floor) > 0;
  const sameMinor = version.major === floor.major && version.minor === floor.minor;
  return !sameMinor && compareVersions(release2, floor) > 0;
}
function isAtMost(version, term2) {
  if (term2.wildcard === void 0) return order(version, term2) <= 0;
  const same = version.major === term2.version.major;
  if (same && (term2.wildcard === "minor" || version.minor === term2.version.minor)) return true;
  return compareVersions({ ...version, pre: [] }, { ...term2.version, pre: [] }) < 0;
}
function withinTilde(version, term2) {
  if (order(version, term2) < 0) return false;
  const { major, minor, patch: patch2 } = term2.version;
  const zeros = major === "0" && minor === "0" && patch2 === "0";
  if (zeros && (term2.wildcard === void 0 || term2.wildcard === "major")) return true;
  return version.major === major && (term2.wildcard === "minor" || version.minor === minor);
}
function withinCaret(version, term2, dialect) {
  if (order(version, term2) < 0 || version.major !== term2.version.major) return false;
  if (term2.version.major !== "0" || term2.wildcard === "minor") return true;
  if (term2.version.minor !== "0" || term2.wildcard === "patch") return version.minor === term2.version.minor;
  const sameMinor = dialect === "v3.1.1" || version.minor === "0";
  return sameMinor && version.patch === term2.version.patch;
}

// src/core/images/versions/decimal.ts
var DECIMAL = /^(?<sign>[+-]?)(?=\.?\d)(?<whole>\d*)(?:\.(?<fraction>\d*))?$/;
function parseDecimal(text2) {
  const groups = DECIMAL.exec(text2)?.groups;
  if (groups === void 0) return void 0;
  const { sign, whole: written3, fraction: behind = "" } = groups;
  const whole2 = canonicalDigits(written3 || "0");
  const fraction = withoutTrailingZeros(behind);
  const zero = whole2 === "0" && fraction === "";
  return { negative: sign === "-" && !zero, whole: whole2, fraction };
}
function compareDecimals(a, b) {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size = compareDigits(a.whole, b.whole) || compareFractions(a.fraction, b.fraction);
  return a.negative ? -size : size;
}
function compareFractions(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
function withoutTrailingZeros(digits) {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}

// src/core/images/versions/parse-docker-version.ts
var SEGMENT2 = /(^|[-_])(x86_64|[^-_]*)/gi;
var RELEASE = /^v?(?<numbers>\d+(?:\.\d+)*)(?:\.?(?<word>[A-Za-z]+)\.?(?<rest>\d+(?:\.\d+)*)?)?$/;
var NUMBERS = /^\d+(?:\.\d+)*$/;
var PRE_SEGMENT = /^(alpha|beta|rc|pre|preview|milestone|cr(?=\d)|m(?=\d))\.?(\d+(?:\.\d+)*)?$/i;
var WINDOWS_UPDATE = /^KB(\d+)$/;
var PRE_WORDS = /* @__PURE__ */ new Set(["a", "alpha", "b", "beta", "c", "cr", "dev", "m", "milestone", "pre", "preview", "rc"]);
var BUILD_WORDS = /* @__PURE__ */ new Set(["build", "ci", "develop", "ea", "edge", "main", "master", "nightly", "release", "trunk"]);
var CHANGE_WORDS = /* @__PURE__ */ new Set(["commit", "mr", "pr", "pull", "sha"]);
var COMMIT = /^g?(?!\d+$)[\da-f]{7,40}$/;
var DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])(?:[0-5]\d){0,2})?$/;
var MONTH = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])?$/;
var MOST_SEGMENTS = 16;
var EPOCH = /^1\d{9}$/;
function parseDockerVersion(tag) {
  if (COMMIT.test(tag)) return void 0;
  const segments = segmentsOf(tag);
  if (segments.length > MOST_SEGMENTS) return void 0;
  const at2 = segments.findIndex(({ text: text2 }) => /^v?\d/.test(text2));
  const head = segments[at2];
  if (head === void 0 || CHANGE_WORDS.has((segments[at2 - 1]?.text ?? "").toLowerCase())) return void 0;
  const tokens = headTokens(head);
  if (tokens === void 0) return void 0;
  for (const segment of segments.slice(at2 + 1)) tokens.push(...tailTokens(segment, tokens));
  const prefix = segments.slice(0, at2).map(({ separator, text: text2 }) => separator + text2);
  return {
    numbers: partsOf(tokens, "release"),
    pre: partsOf(tokens, "pre"),
    builds: partsOf(tokens, "build"),
    variant: [...prefix, ...tokens.map(({ written: written3 }) => written3)].join(""),
    calendar: isCalendar(head.text)
  };
}
function segmentsOf(tag) {
  return Array.from(tag.matchAll(SEGMENT2), ([, separator = "", text2 = ""]) => ({ separator, text: text2 }));
}
function partsOf(tokens, kind) {
  return tokens.flatMap((token) => token.kind === kind && "parts" in token ? token.parts : []);
}
function headTokens({ separator, text: text2 }) {
  const groups = RELEASE.exec(text2)?.groups;
  if (groups === void 0 || COMMIT.test(text2) || isNumericCommit(text2)) return void 0;
  const { numbers = "", word, rest } = groups;
  const release2 = { kind: "release", written: `${separator}=`, parts: numbersOf(numbers) };
  if (word === void 0) return [release2];
  if (PRE_WORDS.has(word.toLowerCase())) return [release2, preToken(word, rest)];
  return [release2, { kind: "constant", written: word }, ...rest === void 0 ? [] : [buildToken("", rest)]];
}
function tailTokens(segment, before) {
  const { separator, text: text2 } = segment;
  if (NUMBERS.test(text2)) return [numberToken(segment, before[before.length - 1])];
  const [, word, rest] = PRE_SEGMENT.exec(text2) ?? [];
  if (word !== void 0) return [preToken(word, rest)];
  const [, update3] = WINDOWS_UPDATE.exec(text2) ?? [];
  if (update3 !== void 0) return [{ kind: "constant", written: `${separator}KB` }, buildToken("", update3)];
  return [
    COMMIT.test(text2) ? { kind: "commit", written: `${separator}@` } : { kind: "constant", written: separator + text2 }
  ];
}
function numberToken({ separator, text: text2 }, before) {
  if (isNumericCommit(text2)) return { kind: "commit", written: `${separator}@` };
  if (before?.kind === "pre" && before.parts.length === 1) return { kind: "pre", written: "", parts: numbersOf(text2) };
  const counted = before?.kind === "release" || before?.kind === "build" || before?.kind === "pre";
  const word = before?.written.slice(1).toLowerCase() ?? "";
  if (counted || BUILD_WORDS.has(word) || DATE.test(text2) || EPOCH.test(text2)) return buildToken(separator, text2);
  return { kind: "constant", written: separator + text2 };
}
function preToken(word, rest) {
  return { kind: "pre", written: "", parts: [word.toLowerCase(), ...rest === void 0 ? [] : numbersOf(rest)] };
}
function buildToken(separator, text2) {
  return { kind: "build", written: separator + text2.replace(/\d+/g, "#"), parts: numbersOf(text2) };
}
function numbersOf(text2) {
  return text2.split(".").map(canonicalDigits);
}
function isNumericCommit(text2) {
  return /^(?:\d{7,10}|\d{40})$/.test(text2) && !DATE.test(text2) && !EPOCH.test(text2);
}
function isCalendar(text2) {
  const [first = "", second = ""] = text2.replace(/^v/, "").split(".");
  return DATE.test(first) || MONTH.test(first) || /^\d\d$/.test(first) && /^0\d$/.test(second);
}

// src/core/images/select/auto-rules.ts
var NO_VERSION = refuse("no version");
var NOTHING_TO_COMPARE = refuse("the current tag is no version to compare with");
var OTHER_PRECISION = refuse("more or fewer numbers than in the current tag");
var OTHER_VARIANT = refuse("another prefix or suffix than that of the current tag");
var PRE_RELEASE = "a pre-release, which the current tag is not";
var CALENDAR = "looks like a date, which the current tag does not";
function autoRules(currentTag) {
  const current = currentTag === void 0 ? void 0 : parseDockerVersion(currentTag);
  return {
    basis: "name",
    direction: 1,
    judge: (tag) => current === void 0 ? NOTHING_TO_COMPARE : judge(tag, current),
    placeOf: (facts) => {
      const version = parseDockerVersion(facts.tag);
      return version === void 0 ? void 0 : { by: "docker-version", version };
    },
    best: "the newest version of the current tag's kind",
    none: current === void 0 ? "the current tag is no version to compare with" : "no tag is a version of the current tag's kind",
    placelessIsBelow: false,
    stepsPerCharacter: 0
  };
}
function judge(tag, current) {
  const version = parseDockerVersion(tag);
  if (version === void 0) return NO_VERSION;
  if (version.variant !== current.variant) return OTHER_VARIANT;
  if (version.numbers.length !== current.numbers.length) return OTHER_PRECISION;
  const place2 = { by: "docker-version", version };
  if (version.pre.length > 0 && current.pre.length === 0) return { passes: false, reason: PRE_RELEASE, place: place2 };
  if (version.calendar && leaps(version, current)) return { passes: false, reason: CALENDAR, place: place2 };
  return { passes: true, place: place2 };
}
function leaps(version, current) {
  const [digits, before] = [version.numbers[0]?.length ?? 0, current.numbers[0]?.length ?? 0];
  return digits > 2 ? before < digits - 1 : before < digits;
}
function refuse(reason2) {
  return { passes: false, reason: reason2 };
}

// src/core/images/select/build-time.ts
var FIRST_READABLE_MS = -621040608e5;
var LAST_READABLE_MS = 864e13;
function readableTime(ms) {
  if (ms === void 0 || !Number.isFinite(ms)) return void 0;
  return ms >= FIRST_READABLE_MS && ms <= LAST_READABLE_MS ? ms : void 0;
}
function renderTime(ms) {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
var UNITS = [
  ["d", 864e5],
  ["h", 36e5],
  ["min", 6e4],
  ["s", 1e3]
];
function renderSpan(ms) {
  let rest = Math.max(0, Math.floor(ms / 1e3)) * 1e3;
  const parts = [];
  for (const [unit, size] of UNITS) {
    const count2 = Math.floor(rest / size);
    rest -= count2 * size;
    if (count2 > 0 && parts.length < 2) parts.push(`${count2} ${unit}`);
    else if (parts.length > 0) break;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

// src/core/images/select/policy-rules.ts
function rulesOf(policy, currentTag) {
  switch (policy.kind) {
    case "glob":
      return timed("created", globMatch(policy.pattern));
    case "latest-push":
      return timed("pushed", globMatch(policy.pattern ?? "*"));
    case "regexp":
      return regexpRules(policy.pattern);
    case "semver":
      return semverRules(policy);
    case "alphabetical":
      return orderedRules(policy, (text2) => ({ by: "text", text: text2 }));
    case "numerical":
      return orderedRules(policy, placeByNumber);
    case "auto":
      return { ok: true, rules: autoRules(currentTag) };
    default:
      return assertNever(policy, "tag policy");
  }
}
function globMatch(pattern) {
  return { matches: compileGlob(pattern), text: `'glob:${printable(pattern)}'`, stepsPerCharacter: 0 };
}
function regexpRules(pattern) {
  const parsed = compileRegexp(pattern);
  if (!parsed.ok) return parsed;
  const { matches, size } = parsed.regexp;
  return timed("created", { matches, text: `'regexp:${printable(pattern)}'`, stepsPerCharacter: size });
}
function timed(basis, match) {
  const passes = { passes: true, place: void 0 };
  const fails = { passes: false, reason: `does not match ${match.text}` };
  return {
    ok: true,
    rules: {
      basis,
      direction: 1,
      judge: (tag) => match.matches(tag) ? passes : fails,
      placeOf: (facts) => placeByTime(basis === "created" ? facts.createdMs : facts.pushedMs),
      best: `${basis === "created" ? "the newest build" : "the last push"} that matches ${match.text}`,
      none: `no tag matches ${match.text}`,
      placelessIsBelow: false,
      stepsPerCharacter: match.stepsPerCharacter
    }
  };
}
function placeByTime(ms) {
  const readable = readableTime(ms);
  return readable === void 0 ? void 0 : { by: "time", ms: readable };
}
var FILTERED = { passes: false, reason: "does not match the filter" };
var NO_VERSION2 = { passes: false, reason: "no version" };
var NO_NUMBER = { passes: false, reason: "no number" };
function semverRules(policy) {
  const parsed = parseConstraint(policy.range);
  if (!parsed.ok) return parsed;
  const filter = compileTagFilter(policy.filter);
  if (!filter.ok) return filter;
  const { constraint } = parsed;
  const range = printable(policy.range.trim());
  const outside = `outside the range '${range}'`;
  const namesPre = constraint.groups.some((terms) => terms.some((term2) => term2.version.pre.length > 0));
  const pre = `a pre-release, and the range '${range}' names none`;
  const versionOf2 = (text2) => readVersion(text2, policy.threeParts === true);
  return {
    ok: true,
    rules: {
      basis: "name",
      direction: 1,
      judge: (tag) => {
        const text2 = filter.extract(tag);
        if (text2 === void 0) return FILTERED;
        const version = versionOf2(text2);
        if (version === void 0) return NO_VERSION2;
        const place2 = { by: "version", version };
        if (satisfies(version, constraint)) return { passes: true, place: place2 };
        return { passes: false, reason: version.pre.length > 0 && !namesPre ? pre : outside, place: place2 };
      },
      placeOf: (facts) => {
        const version = versionOf2(filter.extract(facts.tag) ?? "");
        return version === void 0 ? void 0 : { by: "version", version };
      },
      best: `the highest version in the range '${range}'`,
      none: `no version is in the range '${range}'`,
      placelessIsBelow: true,
      stepsPerCharacter: filter.stepsPerCharacter
    }
  };
}
function readVersion(text2, threeParts) {
  return threeParts && text2.split(".").length < 3 ? void 0 : parseVersion(text2);
}
function placeByNumber(text2) {
  const number = parseDecimal(text2);
  return number === void 0 ? void 0 : { by: "number", number };
}
function bestOf({ kind, order: order2, filter }) {
  const among = filter === void 0 ? "" : ` among those that match '${printable(filter.pattern)}'`;
  if (kind === "numerical") return `the ${order2 === "asc" ? "highest" : "lowest"} number${among}`;
  return `the ${order2 === "asc" ? "last" : "first"} in alphabetical order${among}`;
}
function orderedRules(policy, placeOfText) {
  const filter = compileTagFilter(policy.filter);
  if (!filter.ok) return filter;
  return {
    ok: true,
    rules: {
      basis: "name",
      direction: policy.order === "asc" ? 1 : -1,
      judge: (tag) => judgeText(filter.extract(tag), placeOfText),
      placeOf: (facts) => {
        const text2 = filter.extract(facts.tag);
        return text2 === void 0 ? void 0 : placeOfText(text2);
      },
      best: bestOf(policy),
      none: policy.kind === "numerical" ? "no tag yields a number" : "no tag matches the filter",
      placelessIsBelow: false,
      stepsPerCharacter: filter.stepsPerCharacter
    }
  };
}
function judgeText(text2, placeOfText) {
  if (text2 === void 0) return FILTERED;
  const place2 = placeOfText(text2);
  return place2 === void 0 ? NO_NUMBER : { passes: true, place: place2 };
}

// src/core/images/select/candidate-rules.ts
var ATTACHMENT2 = { passes: false, reason: "a signature or attachment, no image" };
var LATEST = { passes: false, reason: "'latest' is chosen only by 'glob:latest'" };
function candidateRules(policy, { current, exclude }) {
  const compiled = rulesOf(policy, current.tag);
  if (!compiled.ok) return compiled;
  const exclusion = compileExclusion(exclude);
  if (!exclusion.ok) return exclusion;
  const { rules } = compiled;
  const latestToo = namesLatest(policy);
  return {
    ok: true,
    rules: {
      ...rules,
      stepsPerCharacter: rules.stepsPerCharacter + exclusion.stepsPerCharacter,
      judge: (tag) => {
        if (isAttachment(tag)) return ATTACHMENT2;
        if (!latestToo && tag.toLowerCase() === "latest") return LATEST;
        const reason2 = exclusion.reasonFor(tag);
        const verdict2 = rules.judge(tag);
        if (reason2 === void 0) return verdict2;
        return { passes: false, reason: reason2, place: verdict2.passes ? verdict2.place : void 0 };
      }
    }
  };
}
function namesLatest(policy) {
  return policy.kind === "glob" && policy.pattern === "latest";
}

// src/core/images/select/match-budget.ts
var MOST_STEPS = 25e7;
function overBudget(rules, tags) {
  if (rules.stepsPerCharacter === 0) return void 0;
  let characters = 0;
  let count2 = 0;
  for (const { tag } of tags) {
    characters += tag.length + 1;
    count2 += 1;
  }
  if (characters * rules.stepsPerCharacter <= MOST_STEPS) return void 0;
  return `the regular expression is too large for ${count2} tags: write a shorter pattern or smaller repetition counts`;
}

// src/core/images/select/candidates.ts
function candidates(input) {
  const { policy, current, listing } = input;
  if (policy.kind === "digest") return listing.tags.filter((facts) => facts.tag === (policy.tag ?? current.tag));
  const compiled = candidateRules(policy, input);
  if (!compiled.ok) return [];
  const { rules } = compiled;
  const valid = listing.tags.filter((facts) => isTag(facts.tag));
  if (overBudget(rules, valid) !== void 0) return [];
  return valid.filter((facts) => rules.judge(facts.tag).passes);
}

// src/core/images/versions/code-points.ts
function compareCodePoints(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    return unitRank(a.charCodeAt(index)) - unitRank(b.charCodeAt(index));
  }
  return a.length - b.length;
}
function unitRank(unit) {
  if (unit < 55296) return unit;
  return unit < 57344 ? unit + 8192 : unit - 2048;
}

// src/core/images/versions/docker-version.ts
function compareDockerVersions(a, b) {
  return compareNumbers(a.numbers, b.numbers) || comparePre(a.pre, b.pre) || compareNumbers(a.builds, b.builds);
}
function compareNumbers(a, b) {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index += 1) {
    const order2 = compareDigits(a[index] ?? "0", b[index] ?? "0");
    if (order2 !== 0) return order2;
  }
  return b.length - a.length;
}
function comparePre(a, b) {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  return compareCodePoints(a[0] ?? "", b[0] ?? "") || comparePreNumbers(a.slice(1), b.slice(1));
}
function comparePreNumbers(a, b) {
  const shared = Math.min(a.length, b.length);
  return compareNumbers(a.slice(0, shared), b.slice(0, shared)) || a.length - b.length;
}

// src/core/images/select/place.ts
function comparePlaces(a, b) {
  if (a.by === "version" && b.by === "version") return compareVersions(a.version, b.version);
  if (a.by === "docker-version" && b.by === "docker-version") return compareDockerVersions(a.version, b.version);
  if (a.by === "text" && b.by === "text") return compareCodePoints(a.text, b.text);
  if (a.by === "number" && b.by === "number") return compareDecimals(a.number, b.number);
  if (a.by === "time" && b.by === "time") return a.ms - b.ms;
  throw new Error(`cannot compare a place by ${a.by} with one by ${b.by}`);
}

// src/core/images/select/current-tag.ts
function standingOf(input) {
  const { current, rules } = input;
  const place2 = current.tag === void 0 ? placeOfDigest(input) : rules.placeOf(knownFacts(current.tag, input));
  if (place2 !== void 0) return { kind: "placed", place: place2 };
  if (rules.basis !== "name") return { kind: "unknown", warning: unknownTime(input) };
  if (rules.placelessIsBelow || current.tag === void 0 || input.listed.has(current.tag)) return { kind: "below" };
  return {
    kind: "unknown",
    warning: `the listing does not have ${nameOf(current)}, which has no place in the policy's order`
  };
}
function nameOf(current) {
  if (current.tag !== void 0) return `the current tag '${printable(current.tag)}'`;
  return current.digest === void 0 ? "the current image without a tag" : "the current image without a tag but a digest";
}
function knownFacts(tag, { listed: listed2, remembered }) {
  const facts = listed2.get(tag);
  if (remembered === void 0 || remembered.tag !== tag) return facts ?? { tag };
  if (facts === void 0) return remembered;
  const moved = facts.digest !== void 0 && remembered.digest !== void 0 && facts.digest !== remembered.digest;
  if (moved) return facts;
  return {
    ...facts,
    createdMs: readableTime(facts.createdMs) ?? remembered.createdMs,
    pushedMs: readableTime(facts.pushedMs) ?? remembered.pushedMs
  };
}
function placeOfDigest({ current, listed: listed2, remembered, rules }) {
  if (current.digest === void 0) return void 0;
  let newest;
  for (const facts of [...listed2.values(), ...remembered === void 0 ? [] : [remembered]]) {
    const place2 = facts.digest === current.digest ? rules.placeOf(facts) : void 0;
    if (place2 !== void 0 && (newest === void 0 || rules.direction * comparePlaces(place2, newest) > 0))
      newest = place2;
  }
  return newest;
}
function unknownTime({ current, listed: listed2, rules }) {
  const time = rules.basis === "pushed" ? "push time" : "build time";
  const name = nameOf(current);
  if (current.tag !== void 0 && !listed2.has(current.tag)) {
    return `the listing does not have ${name}, and its ${time} is not remembered`;
  }
  return `the ${time} of ${name} is not known`;
}

// src/core/images/select/gates.ts
function compileGates(gates, nowMs) {
  const denied = gates.deny.map((pattern) => ({ pattern, matches: compileGlob(pattern) }));
  return (facts) => {
    const deny = denied.find(({ matches }) => matches(facts.tag));
    if (deny !== void 0) return `denied by '${printable(deny.pattern)}'`;
    return missingPlatforms(facts, gates.platforms) ?? tooYoung(facts, { minAgeMs: gates.minAgeMs, nowMs });
  };
}
function missingPlatforms(facts, required2) {
  if (required2.length === 0) return void 0;
  const { platforms } = facts;
  if (platforms === void 0)
    return `its platforms are not known, required: ${required2.map((name) => printable(name)).join(", ")}`;
  const missing = required2.filter((name) => !platforms.some((present) => covers(present, name)));
  return missing.length === 0 ? void 0 : `not built for ${missing.map((name) => printable(name)).join(", ")}`;
}
function covers(present, required2) {
  const [os, architecture, variant] = required2.toLowerCase().split("/");
  const [presentOs, presentArchitecture, presentVariant] = present.toLowerCase().split("/");
  if (os !== presentOs || architecture !== presentArchitecture) return false;
  if (variant === void 0) return true;
  return variant === (presentVariant ?? defaultVariant(architecture));
}
function defaultVariant(architecture) {
  if (architecture === "arm64") return "v8";
  if (architecture === "arm") return "v7";
  return architecture === "amd64" ? "v1" : void 0;
}
var FIRST_IMAGES_MS = Date.UTC(2013, 2, 20);
function isTooYoung(facts, { minAgeMs }, nowMs) {
  return tooYoung(facts, { minAgeMs, nowMs }) !== void 0;
}
function tooYoung(facts, given) {
  const { minAgeMs, nowMs } = given;
  if (minAgeMs === void 0 || minAgeMs <= 0) return void 0;
  const since = knownSince(facts, nowMs);
  const required2 = `the minimum age is ${renderSpan(minAgeMs)}`;
  if (since === void 0) return `its age is not known, ${required2}`;
  const ageMs = nowMs - since;
  return ageMs >= minAgeMs ? void 0 : `known for ${renderSpan(ageMs)}, ${required2}`;
}
function knownSince({ firstSeenMs, pushedMs }, nowMs) {
  const believed = [firstSeenMs, pushedMs].filter(
    (ms) => ms !== void 0 && ms >= FIRST_IMAGES_MS && ms <= nowMs
  );
  return believed.length === 0 ? void 0 : Math.min(...believed);
}

// src/core/images/select/listed-tags.ts
function listedTags(listing) {
  const byName2 = /* @__PURE__ */ new Map();
  let invalid7 = 0;
  for (const facts of listing.tags) {
    if (!isTag(facts.tag)) {
      invalid7 += 1;
      continue;
    }
    const twin = byName2.get(facts.tag);
    byName2.set(facts.tag, twin === void 0 ? facts : preferred(twin, facts));
  }
  return { byName: byName2, invalid: invalid7 };
}
function preferred(a, b) {
  const order2 = compareTimes(a.createdMs, b.createdMs) || compareTimes(a.pushedMs, b.pushedMs) || compareTimes(a.firstSeenMs, b.firstSeenMs) || compareCodePoints(signatureOf(a), signatureOf(b));
  return order2 >= 0 ? a : b;
}
function compareTimes(a, b) {
  const [x, y] = [readableTime(a) ?? Number.NEGATIVE_INFINITY, readableTime(b) ?? Number.NEGATIVE_INFINITY];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}
function signatureOf({ createdMs, pushedMs, firstSeenMs, digest, platforms, labels }) {
  return [createdMs, pushedMs, firstSeenMs, digest, JSON.stringify([platforms, labels])].map(String).join(" ");
}

// src/core/images/select/not-chosen.ts
function notChosen(input) {
  const { rules, ranking, held = [], outdone = [], chosen, incomparable = false } = input;
  const isBelow2 = (place2) => chosen !== void 0 && rules.direction * comparePlaces(place2, chosen) <= 0;
  const barred = ranking.barred.map(({ tag, reason: reason2, place: place2 }) => {
    const rejection = { tag, reason: reason2 };
    return isBelow2(place2) ? rejection : above(rejection);
  });
  const older = incomparable ? ranking.older.map(above) : ranking.older;
  const { untimed, refused: refused12 } = ranking;
  const all = [...held.map(above), ...barred, ...untimed.map(above), ...outdone, ...older, ...refused12];
  return [...all.filter((rejection) => rejection.above), ...all.filter((rejection) => !rejection.above)];
}
function above({ tag, reason: reason2 }) {
  return { tag, reason: reason2, above: true };
}

// src/core/images/select/likeness.ts
var SHAPE = /^(?<v>v?)(?<numbers>\d+(?:\.\d+)*)/;
function likenessTo(current) {
  const wanted = current === void 0 ? void 0 : shapeOf(current);
  return (tag) => {
    const shape = wanted === void 0 ? void 0 : shapeOf(tag);
    if (wanted === void 0 || shape === void 0) return 0;
    return 2 * Number(shape.v === wanted.v) + Number(shape.parts === wanted.parts);
  };
}
function shapeOf(tag) {
  const groups = SHAPE.exec(tag)?.groups;
  if (groups === void 0) return void 0;
  const { v = "", numbers = "" } = groups;
  return { v, parts: numbers.split(".").length };
}

// src/core/images/select/reasons.ts
function reasonToMove(chosen, given) {
  const { rules, held } = given;
  const gates = held.length === 0 ? "" : " that passes the gates";
  return `'${chosen.facts.tag}' is ${rules.best}${gates}${timeOf(chosen, rules)}`;
}
function outdoneBy(chosen, given) {
  const { other, rules } = given;
  const { tag } = other.facts;
  if (comparePlaces(other.place, chosen.place) !== 0) {
    return { tag, reason: `${comparison(rules, "older")} '${chosen.facts.tag}'` };
  }
  const tie = other.likeness === chosen.likeness ? "comes later by its characters" : "is written more like the current tag";
  return { tag, reason: `${comparison(rules, "equal")} '${chosen.facts.tag}', which ${tie}` };
}
function reasonToStay(input, given) {
  const { rules, ranking } = given;
  const best = ranking.placed[0];
  const current = nameOf(input.current);
  if (best === void 0) return rules.none;
  if (best.facts.tag === input.current.tag) return `${current} is ${rules.best}`;
  const [first] = ranking.older;
  return `'${best.facts.tag}', ${rules.best}, is ${first?.reason ?? `not above ${current}`}`;
}
function comparison(rules, relation) {
  if (rules.basis === "name" && relation === "older") return rules.direction === 1 ? "below" : "above";
  if (rules.basis === "name") return "equal to";
  const verb = rules.basis === "created" ? "built" : "pushed";
  return relation === "equal" ? `${verb} at the same time as` : `${verb} before`;
}
function timeOf({ place: place2 }, rules) {
  if (place2.by !== "time") return "";
  return ` (${rules.basis === "created" ? "built" : "pushed"} ${renderTime(place2.ms)})`;
}

// src/core/images/select/rank-tags.ts
function rankTags(given) {
  const { placed: placed2, barred, untimed, refused: refused12 } = sortOut(given);
  const newer = [];
  const older = [];
  for (const candidate of placed2) {
    const reason2 = notNewer(candidate, given);
    if (reason2 === void 0) newer.push(candidate);
    else if (reason2 !== CURRENT) older.push({ tag: candidate.facts.tag, reason: reason2 });
  }
  return { newer, placed: placed2, passing: placed2.length + untimed.length, older, barred, untimed, refused: refused12 };
}
function sortOut(given) {
  const { input, listed: listed2, rules } = given;
  const placed2 = [];
  const barred = [];
  const untimed = [];
  const refused12 = [];
  const likeness = likenessTo(input.current.tag);
  const noTime = rules.basis === "pushed" ? "no push time" : "no readable build time";
  for (const facts of listed2.values()) {
    const verdict2 = rules.judge(facts.tag);
    const place2 = verdict2.passes ? verdict2.place ?? rules.placeOf(facts) : void 0;
    if (place2 !== void 0) placed2.push({ facts, place: place2, likeness: likeness(facts.tag) });
    else if (facts.tag === input.current.tag) continue;
    else if (verdict2.passes) untimed.push({ tag: facts.tag, reason: noTime });
    else if (isAbove2(verdict2.place, given)) {
      barred.push({ tag: facts.tag, reason: verdict2.reason, place: verdict2.place });
    } else refused12.push({ tag: facts.tag, reason: verdict2.reason });
  }
  placed2.sort(
    (a, b) => rules.direction * comparePlaces(b.place, a.place) || b.likeness - a.likeness || byTagDown(a, b)
  );
  barred.sort((a, b) => rules.direction * comparePlaces(b.place, a.place) || byTag(a, b));
  return { placed: placed2, barred, untimed: untimed.sort(byTag), refused: refused12.sort(byTag) };
}
function isAbove2(place2, { rules, standing }) {
  if (place2 === void 0 || standing.kind === "unknown") return false;
  return standing.kind === "below" || rules.direction * comparePlaces(place2, standing.place) > 0;
}
var CURRENT = "current";
function notNewer({ facts, place: place2 }, { input, rules, standing }) {
  const { current } = input;
  if (facts.tag === current.tag) return CURRENT;
  if (current.tag === void 0 && current.digest !== void 0 && facts.digest === current.digest) {
    return "the current image itself";
  }
  if (standing.kind === "below") return void 0;
  if (standing.kind === "unknown") return "cannot be compared with the current tag";
  const order2 = rules.direction * comparePlaces(place2, standing.place);
  return order2 > 0 ? void 0 : `${comparison(rules, order2 === 0 ? "equal" : "older")} the current tag`;
}
function byTag(a, b) {
  return compareCodePoints(a.tag, b.tag);
}
function byTagDown(a, b) {
  return compareCodePoints(b.facts.tag, a.facts.tag);
}
function collisionWarning(policy, ranking) {
  const extract = "filter" in policy ? policy.filter?.extract : void 0;
  if (extract === void 0 || extract === "") return [];
  const colliding = ranking.newer.filter((candidate, index) => {
    const neighbours = [ranking.newer[index - 1], ranking.newer[index + 1]];
    return neighbours.some((other) => other !== void 0 && comparePlaces(other.place, candidate.place) === 0);
  });
  const [first, second] = colliding;
  if (first === void 0 || second === void 0) return [];
  return [
    `${colliding.length} newer tags share an extracted value with another, as '${first.facts.tag}' and '${second.facts.tag}' do`
  ];
}

// src/core/images/select/select-digest.ts
function selectDigest(input, listed2) {
  const { policy, current } = input;
  const tag = (policy.kind === "digest" ? policy.tag : void 0) ?? current.tag;
  if (tag === void 0) return stay(`${nameOf(current)} names none whose digest could be followed`, { loud: true });
  const shown2 = printable(tag);
  const facts = listed2.get(tag);
  if (facts === void 0) return stay(`the listing does not have the tag '${shown2}' to follow`, { loud: true });
  if (facts.digest === void 0) return stay(`the digest of the tag '${shown2}' is not known`, { loud: true });
  const sameTag = current.tag === void 0 || current.tag === tag;
  if (sameTag && facts.digest === current.digest)
    return stay(`the tag '${shown2}' still has the same digest`, { loud: false });
  const held = compileGates(input.gates, input.nowMs)(facts);
  if (held !== void 0) {
    const reason3 = `the tag '${shown2}' has another digest but is held back: ${held}`;
    return { kind: "keep", reason: reason3, rejected: [{ tag, reason: held, above: true }], warnings: [] };
  }
  const reason2 = sameTag ? `the tag '${shown2}' has another digest` : `the policy follows the tag '${shown2}'`;
  return { kind: "update", to: facts, reason: reason2, rejected: [], warnings: [] };
}
function stay(reason2, { loud }) {
  return { kind: "keep", reason: reason2, rejected: [], warnings: loud ? [reason2] : [] };
}

// src/core/images/select/select.ts
function selectTag(input) {
  const considered = consider(input);
  if (considered.kind === "settled") return considered.selection;
  return withNotes(passGates(input, considered), considered.notes);
}
function newerTags(input) {
  if (input.policy.kind === "digest") return candidates(input);
  const considered = consider(input);
  return considered.kind === "settled" ? [] : considered.ranking.newer.map(({ facts }) => facts);
}
function consider(input) {
  const { policy, listing } = input;
  const compiled = policy.kind === "digest" ? void 0 : candidateRules(policy, input);
  if (compiled?.ok === false) return failed(compiled.message);
  const { byName: byName2, invalid: invalid7 } = listedTags(listing);
  const refusal = refuseListing(listing, byName2.size);
  if (refusal !== void 0) return kept(refusal, { warnings: [refusal] });
  const notes = notesOn(listing, invalid7);
  if (compiled === void 0) return settled(withNotes(selectDigest(input, byName2), notes));
  const { rules } = compiled;
  const tooCostly = overBudget(rules, byName2.values());
  if (tooCostly !== void 0) return failed(tooCostly);
  return compareWithCurrent(input, { rules, byName: byName2, notes });
}
function compareWithCurrent(input, { rules, byName: byName2, notes }) {
  const { current, remembered } = input;
  const standing = standingOf({ current, remembered, listed: byName2, rules });
  const ranking = rankTags({ input, listed: byName2, rules, standing });
  if (ranking.newer.length > 0) return { kind: "newer", ranking, rules, notes };
  const rejected2 = notChosen({ rules, ranking, incomparable: standing.kind === "unknown" });
  if (ranking.passing > 0 && ranking.placed.length === 0) {
    const reason2 = `no tag that passes has a ${rules.basis === "pushed" ? "push time" : "readable build time"}`;
    return kept(reason2, { rejected: rejected2, warnings: [...notes, reason2] });
  }
  if (ranking.passing > 0 && standing.kind === "unknown") {
    return kept(standing.warning, { rejected: rejected2, warnings: [...notes, standing.warning] });
  }
  const listed2 = current.tag === void 0 || byName2.has(current.tag);
  const warnings = listed2 ? notes : [...notes, `the listing does not have ${nameOf(current)}`];
  return kept(reasonToStay(input, { rules, ranking }), { rejected: rejected2, warnings });
}
function passGates(input, { rules, ranking }) {
  const gate = compileGates(input.gates, input.nowMs);
  const warnings = collisionWarning(input.policy, ranking);
  const held = [];
  for (const [index, chosen] of ranking.newer.entries()) {
    const { facts } = chosen;
    const reason3 = gate(facts);
    if (reason3 === void 0) {
      const others = ranking.newer.slice(index + 1).map((other) => outdoneBy(chosen, { other, rules }));
      const rejected2 = notChosen({ rules, ranking, held, outdone: others, chosen: chosen.place });
      return { kind: "update", to: facts, reason: reasonToMove(chosen, { rules, held }), rejected: rejected2, warnings };
    }
    held.push({ tag: facts.tag, reason: reason3 });
  }
  const [best] = held;
  const reason2 = best === void 0 ? "no tag is newer" : `'${best.tag}' is newer but held back: ${best.reason}`;
  return { kind: "keep", reason: reason2, rejected: notChosen({ rules, ranking, held }), warnings };
}
function settled(selection) {
  return { kind: "settled", selection };
}
function failed(reason2) {
  return settled({ kind: "failed", reason: reason2, rejected: [], warnings: [] });
}
function kept(reason2, given) {
  return settled({ kind: "keep", reason: reason2, rejected: given.rejected ?? [], warnings: given.warnings });
}
function withNotes(selection, notes) {
  return notes.length === 0 ? selection : { ...selection, warnings: [...notes, ...selection.warnings] };
}
function refuseListing({ complete, warning }, validTags) {
  if (complete && validTags > 0) return void 0;
  const what = complete ? "the registry lists no tags" : "the listing of the registry is not whole";
  return warning === void 0 ? what : `${what}: ${warning}`;
}
function notesOn({ warning }, invalid7) {
  const notes = warning === void 0 ? [] : [warning];
  if (invalid7 > 0) notes.push(`${invalid7} ${invalid7 === 1 ? "name" : "names"} in the listing can be no tag`);
  return notes;
}

// src/core/images/by-hand/release-order.ts
var NO_GATES = { minAgeMs: void 0, platforms: [], deny: [] };
function orderedTags({ policy, use, listing, nowMs, exclude }) {
  const current = { tag: use.tag, digest: use.digest };
  const input = { policy, current, listing, remembered: void 0, gates: NO_GATES, exclude, nowMs };
  const fact = factOf(policy);
  if (fact === "digest") return candidates(input);
  if (fact !== "name") {
    const time = fact === "created" ? createdOf : pushedOf;
    return candidates(input).toSorted((a, b) => time(b) - time(a) || compareCodePoints(a.tag, b.tag));
  }
  if (policy.kind !== "auto") return newerTags({ ...input, current: { tag: void 0, digest: void 0 } });
  const running = listing.tags.filter(({ tag }) => tag === use.tag);
  return [...newerTags(input), ...running];
}
function createdOf({ createdMs }) {
  return createdMs ?? 0;
}
function pushedOf({ pushedMs }) {
  return pushedMs ?? 0;
}

// src/core/images/by-hand/release-policy.ts
function followedPolicy(use, rule) {
  const { mark } = use;
  if (mark !== void 0) {
    const { follows } = mark;
    if ("fault" in follows) return { ok: false, message: follows.fault };
    return { ok: true, policy: follows.policy, exclude: follows.exclude, source: "manifest" };
  }
  const filter = use.policies.tagFilters.get(use.container);
  if (filter !== void 0) {
    const parsed = parseTagPolicy(filter.value);
    return parsed.ok ? { ok: true, policy: parsed.policy, source: "manifest" } : { ok: false, message: parsed.message };
  }
  if (rule?.policy !== void 0) return { ok: true, policy: rule.policy.value, source: "rule" };
  return { ok: true, policy: { kind: "glob", pattern: "*" }, source: "default" };
}

// src/core/images/image-rule.ts
function compileRules(rules) {
  const compiled = rules.map((rule) => ({
    rule,
    image: compileGlob(rule.image),
    container: compileGlob(rule.container ?? "*")
  }));
  return ({ name, container }) => compiled.find((entry) => entry.image(name) && entry.container(container))?.rule;
}

// src/core/manifests/scalar-type.ts
function typeOfScalar(node) {
  if (node.tag === "tag:yaml.org,2002:binary") return fromBase64(node.text);
  if (node.tag === "tag:yaml.org,2002:float") {
    const value = plainValue(node.text);
    return typeof value === "bigint" ? Number(value) : value;
  }
  if (node.tag !== void 0) return RESOLVED_TAGS.has(node.tag) ? plainValue(node.text) : node.text;
  return node.style === "plain" ? plainValue(node.text) : node.text;
}
var RESOLVED_TAGS = new Set(
  ["int", "bool", "null", "timestamp"].map((name) => `tag:yaml.org,2002:${name}`)
);
var WORDS = new Map([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null]),
  ...["y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE"].map((word) => [word, true]),
  ...["n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE"].map((word) => [word, false]),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN]),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY]),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY])
]);
function plainValue(text2) {
  const word = WORDS.get(text2);
  if (word !== void 0) return word;
  if (text2.length > MAX_NUMBER_LENGTH) return text2;
  if (!/^[-+.0-9]/.test(text2)) return text2;
  if (text2.startsWith(".") && /_(?![0-9])|[^0-9]_/.test(text2)) return text2;
  const digits = text2.replaceAll("_", "");
  return integerValue(digits) ?? floatValue(digits) ?? text2;
}
var MAX_NUMBER_LENGTH = 400;
var FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
var INTEGER = /^([-+]?)(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;
function integerValue(text2) {
  const match = INTEGER.exec(text2);
  if (match === null) return void 0;
  const [, sign = "", digits = ""] = match;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const value = sign === "-" ? -magnitude : magnitude;
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return void 0;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
function floatValue(text2) {
  const value = FLOAT.test(text2) ? Number(text2) : Number.NaN;
  return Number.isFinite(value) ? value : void 0;
}
function fromBase64(text2) {
  return Buffer.from(text2, "base64").toString("latin1");
}

// src/core/manifests/yaml-tree.ts
function rootOf(tree) {
  return step(tree, tree.root, false);
}
function fieldOf2(tree, map, key) {
  return lookUp(tree, map, { key, visited: void 0 });
}
function valueAt(tree, from, path6) {
  let reached = from;
  for (const key of path6) {
    if (reached === void 0 || !isMap(reached)) return void 0;
    reached = fieldOf2(tree, reached, key);
  }
  return reached;
}
function createValueFinder(tree) {
  const indexes = /* @__PURE__ */ new Map();
  const indexOf = (map) => {
    const index = indexes.get(map.node) ?? new Map(entriesOf(tree, map).map(({ key, value }) => [key.text, value]));
    indexes.set(map.node, index);
    return index;
  };
  return (from, path6) => {
    let reached = from;
    for (const key of path6) reached = isMap(reached) ? indexOf(reached).get(key) : void 0;
    return reached;
  };
}
function entriesOf(tree, map) {
  const entries = /* @__PURE__ */ new Map();
  collectEntries(tree, map, { entries, visited: /* @__PURE__ */ new Set() });
  return [...entries.values()];
}
function itemsOf(tree, sequence) {
  return sequence.node.items.map((item) => step(tree, item, sequence.shared));
}
function isMap(reached) {
  return reached?.node.kind === "map";
}
function isSequence(reached) {
  return reached?.node.kind === "sequence";
}
function isScalar(reached) {
  return reached?.node.kind === "scalar";
}
function isMergeKey(node) {
  return node.kind === "scalar" && node.style === "plain" && node.text === "<<";
}
function step(tree, node, shared) {
  const content = node.kind === "alias" ? node.target : node;
  return { node: content, shared: shared || tree.repeated.has(content) };
}
function lookUp(tree, map, want) {
  let own;
  let merges = false;
  for (const pair of map.node.pairs) {
    const key = scalarKey(pair);
    if (key?.text === want.key) own = pair.value;
    merges ||= key === void 0 && isMergeKey(pair.key);
  }
  if (own !== void 0) return step(tree, own, map.shared);
  if (!merges) return void 0;
  const visited = want.visited ?? /* @__PURE__ */ new Set();
  visited.add(map.node);
  for (const source of mergeSources(tree, map)) {
    const merged = visited.has(source.node) ? void 0 : lookUp(tree, source, { key: want.key, visited });
    if (merged !== void 0) return merged;
  }
  return void 0;
}
function collectEntries(tree, map, into) {
  if (into.visited.has(map.node)) return;
  into.visited.add(map.node);
  const own = /* @__PURE__ */ new Map();
  for (const pair of map.node.pairs) {
    const key = scalarKey(pair);
    if (key !== void 0) own.set(key.text, { key, value: step(tree, pair.value, map.shared) });
  }
  for (const [text2, entry] of own) if (!into.entries.has(text2)) into.entries.set(text2, entry);
  for (const source of mergeSources(tree, map)) collectEntries(tree, source, into);
}
function scalarKey(pair) {
  const key = pair.key.kind === "alias" ? pair.key.target : pair.key;
  return key.kind === "scalar" && !isMergeKey(pair.key) ? key : void 0;
}
function mergeSources(tree, map) {
  const sources = [];
  for (const pair of map.node.pairs) {
    if (!isMergeKey(pair.key)) continue;
    const value = step(tree, pair.value, map.shared);
    const candidates2 = isSequence(value) ? itemsOf(tree, value) : [value];
    for (const candidate of candidates2) if (isMap(candidate)) sources.push(candidate);
  }
  return sources;
}

// src/core/manifests/desired-object.ts
var MAX_EXPANDED_SIZE = 8 * 1024 * 1024;
function toDesiredObject(document) {
  const { apiVersion, kind, name, namespace, position } = document;
  const conversion = { document, size: 0 };
  const written3 = withTextAnnotations(document, convertMap(document.root, conversion));
  const object2 = { apiVersion, kind, ...written3 };
  return { apiVersion, kind, name, namespace, position, object: object2 };
}
function withTextAnnotations(document, object2) {
  const annotations = valueAt(document.tree, document.root, ["metadata", "annotations"]);
  const metadata = object2["metadata"];
  if (!isMap(annotations) || !isObject2(metadata) || !isObject2(metadata["annotations"])) return object2;
  const texts = /* @__PURE__ */ new Map();
  for (const { key, value } of entriesOf(document.tree, annotations)) {
    const typed = isScalar(value) ? typeOfScalar(value.node) : null;
    if (isScalar(value) && typed !== null && typeof typed !== "string") texts.set(key.text, value.node.text);
  }
  if (texts.size === 0) return object2;
  return {
    ...object2,
    metadata: { ...metadata, annotations: { ...metadata["annotations"], ...Object.fromEntries(texts) } }
  };
}
function isObject2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function convert(node, conversion) {
  switch (node.kind) {
    case "alias":
      return convert(node.target, conversion);
    case "scalar":
      return convertScalar(node, conversion);
    case "sequence":
      spend(conversion, { amount: 1, at: node });
      return node.items.map((item) => convert(item, conversion));
    case "map":
      return convertMap({ node, shared: false }, conversion);
  }
}
function convertScalar(node, conversion) {
  spend(conversion, { amount: node.text.length + 1, at: node });
  const value = typeOfScalar(node);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw invalid(conversion, node, `${printable(node.text)} is a number that JSON does not have`);
  }
  return value;
}
function convertMap(map, conversion) {
  const entries = /* @__PURE__ */ new Map();
  fill(map, { entries, conversion, visited: /* @__PURE__ */ new Set() });
  const object2 = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object2, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return object2;
}
function fill(map, filling) {
  const { entries, conversion, visited } = filling;
  if (visited.has(map.node)) return;
  visited.add(map.node);
  spend(conversion, { amount: 1, at: map.node });
  const own = /* @__PURE__ */ new Map();
  for (const pair of map.node.pairs) {
    if (!isMergeKey(pair.key)) own.set(keyText(pair.key, conversion), pair.value);
  }
  for (const [key, value] of own) {
    if (entries.has(key)) continue;
    spend(conversion, { amount: key.length + 1, at: map.node });
    entries.set(key, convert(value, conversion));
  }
  for (const source of mergeSources(conversion.document.tree, map)) fill(source, filling);
}
function keyText(node, conversion) {
  const key = node.kind === "alias" ? node.target : node;
  if (key.kind !== "scalar") {
    const isTemplate = conversion.document.source.text.startsWith("{{", key.start - 1);
    throw invalid(
      conversion,
      node,
      isTemplate ? "an unquoted template is a mapping to YAML" : `a ${key.kind} is no key`
    );
  }
  const value = typeOfScalar(key);
  if (value === null) throw invalid(conversion, node, "an empty key is no key");
  return typeof value === "string" ? value : String(value);
}
function spend(conversion, { amount, at: at2 }) {
  conversion.size += amount;
  if (conversion.size <= MAX_EXPANDED_SIZE) return;
  throw new TowpathError(
    "MANIFEST_EXPANDS_TOO_LARGE",
    `${conversion.document.subject} grows beyond ${MAX_EXPANDED_SIZE / 1024 / 1024} MiB through its aliases`,
    {
      subject: conversion.document.subject,
      position: conversion.document.source.positionAt(at2.start),
      hint: "Write out the values, or remove the anchors that multiply them."
    }
  );
}
function invalid(conversion, at2, clause2) {
  return new TowpathError(
    "MANIFEST_VALUE_INVALID",
    `${conversion.document.subject} cannot be applied: ${clause2}`,
    {
      subject: conversion.document.subject,
      position: conversion.document.source.positionAt(at2.start),
      hint: "Quote the value where text is meant."
    }
  );
}

// src/core/manifests/identity.ts
function readIdentity(from) {
  const { source, tree, root, inherited } = from;
  const kindField = readField(from, root, "kind");
  if (kindField.kind === "missing" && inherited === void 0) return { kind: "none" };
  const versionField = readField(from, root, "apiVersion");
  const kind = kindField.kind === "text" ? kindField.text : inherited?.kind;
  const apiVersion = versionField.kind === "text" ? versionField.text : inherited?.apiVersion;
  if (isKustomizeConfig(apiVersion, kind, source.path)) return { kind: "none" };
  if (kindField.kind === "unusable" || kind === void 0 || !KIND.test(kind)) {
    return fault(from, root, { field: "kind", at: kindField, hint: "Write the kind as one word, such as Deployment." });
  }
  if (versionField.kind === "unusable" || apiVersion === void 0 || !API_VERSION.test(apiVersion)) {
    const hint = `Add the apiVersion of ${kind}, such as apps/v1.`;
    return fault(from, root, { field: "apiVersion", at: versionField, hint, of: kind });
  }
  const metadata = fieldOf2(tree, root, "metadata");
  if (!isMap(metadata)) {
    return fault(from, root, {
      field: "metadata.name",
      at: MISSING,
      hint: `Name the ${kind} in its metadata.`,
      of: kind
    });
  }
  const nameField = readField(from, metadata, "name");
  if (nameField.kind !== "text" || !isUsableName(nameField.text)) {
    return fault(from, metadata, { field: "metadata.name", at: nameField, hint: nameHint(from, metadata), of: kind });
  }
  const namespaceField = readField(from, metadata, "namespace");
  const namespace = namespaceField.kind === "text" ? namespaceField.text : void 0;
  if (namespaceField.kind === "unusable" || namespace !== void 0 && !isUsableName(namespace)) {
    const hint = "Write the namespace as text; quote it where it looks like a number or a boolean.";
    return fault(from, metadata, { field: "metadata.namespace", at: namespaceField, hint, of: kind });
  }
  const name = nameField.text;
  const document = {
    apiVersion,
    kind,
    name,
    namespace,
    subject: namespace === void 0 ? `${kind}/${name}` : `${kind}/${namespace}/${name}`,
    position: source.positionAt(root.node.start),
    namePosition: source.positionAt(nameField.offset),
    source,
    tree,
    root
  };
  return { kind: "object", document };
}
var MISSING = { kind: "missing" };
var KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;
var API_VERSION = /^(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}\/)?[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/;
function readField(from, map, key) {
  const reached = fieldOf2(from.tree, map, key);
  if (reached === void 0) return MISSING;
  const offset = reached.node.start;
  if (!isScalar(reached)) return { kind: "unusable", offset, is: reached.node.kind };
  const value = typeOfScalar(reached.node);
  if (value === null || value === "") return MISSING;
  if (typeof value === "string") return { kind: "text", text: value, offset };
  return { kind: "unusable", offset, is: typeof value === "boolean" ? "boolean" : "number" };
}
function isUsableName(name) {
  return name.length <= 253 && name !== "." && name !== ".." && /^[\x21-\x24\x26-\x2e\x30-\x7e]+$/.test(name);
}
function isKustomizeConfig(apiVersion, kind, path6) {
  if (apiVersion?.startsWith("kustomize.config.k8s.io/") === true) return true;
  if (apiVersion !== void 0) return false;
  return (kind === "Kustomization" || kind === "Component") && /(?:^|\/)kustomization\.ya?ml$/.test(path6);
}
function nameHint(from, metadata) {
  if (fieldOf2(from.tree, metadata, "generateName") !== void 0) {
    return "Replace generateName with a name: an object that is applied again and again needs one of its own.";
  }
  return "Write metadata.name as text; quote it where it looks like a number or a boolean.";
}
function fault(from, holder, about) {
  const subject = about.of ?? "document";
  const offset = about.at.kind === "missing" ? holder.node.start : about.at.offset;
  const problem2 = {
    severity: "error",
    code: about.at.kind === "missing" ? "MANIFEST_INCOMPLETE" : "MANIFEST_INVALID",
    message: `${subject} ${clause(about)}`,
    position: from.source.positionAt(offset),
    hint: about.hint
  };
  return { kind: "problem", problem: problem2 };
}
function clause({ field, at: at2 }) {
  if (at2.kind === "missing") return `has no ${field}`;
  if (at2.kind === "unusable") return `has a ${at2.is} as ${field} where text is needed`;
  return `has an invalid ${field}: ${printable(at2.text)}`;
}

// src/core/manifests/compose-tree.ts
var import_yaml = __toESM(require_dist(), 1);

// src/core/manifests/unreadable.ts
function unreadableProblem(source, { offset, reason: reason2 }) {
  const template = findTemplateLine(source.text);
  if (template !== void 0) {
    return {
      severity: "error",
      code: "MANIFEST_IS_TEMPLATE",
      message: `file is a template, not YAML: a line consists of ${printable(template.text)}`,
      position: source.positionAt(template.offset),
      hint: "Keep templates outside of the environment path, or render them first."
    };
  }
  return {
    severity: "error",
    code: "MANIFEST_UNREADABLE",
    message: `file cannot be read as YAML: ${reason2}`,
    position: source.positionAt(Math.min(offset, source.text.length)),
    hint: "Correct the file; until then none of its documents counts."
  };
}
function findTemplateLine(text2) {
  const match = /^[ \t]*(\{\{-?[^\n]{0,200}?\}\})[ \t]*\r?$/m.exec(text2);
  if (match?.[1] === void 0) return void 0;
  return { offset: match.index + match[0].indexOf("{{"), text: match[1] };
}

// src/core/manifests/compose-tree.ts
var MAX_DEPTH = 500;
var MAX_PIECES = 1e6;
var MAX_DIRECTIVES = 100;
function composeTrees(source) {
  const trees = [];
  const shift2 = source.text.charCodeAt(0) === 65279 ? 1 : 0;
  try {
    for (const document of composeDocuments(source.text.slice(shift2))) {
      const error = document.errors[0];
      if (error !== void 0) throw fromParseError(error, source.text.slice(shift2));
      const tree = toTree(document, shift2);
      if (tree !== void 0) trees.push(tree);
    }
  } catch (error) {
    const { offset, message } = error instanceof Unreadable ? error : new Unreadable(sentence(messageOf(error)), 0);
    return { ok: false, problem: unreadableProblem(source, { offset: offset + shift2, reason: message }) };
  }
  return { ok: true, trees };
}
var Unreadable = class extends Error {
  offset;
  constructor(message, offset) {
    super(message);
    this.offset = offset;
  }
};
function* composeDocuments(text2) {
  const parser = new import_yaml.Parser();
  const schema = new import_yaml.Schema({ schema: "failsafe", merge: false, resolveKnownTags: false });
  const composer = new import_yaml.Composer({ version: "1.1", schema, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  let pieces = 0;
  let directives = 0;
  for (const piece of new import_yaml.Lexer().lex(text2)) {
    for (const token of parser.next(piece)) {
      yield* composer.next(token);
      if (token.type === "directive") directives++;
      if (token.type === "error") return yield* composer.end(true, text2.length);
    }
    pieces++;
    const excess = excessOf({ depth: parser.stack.length, pieces, directives });
    if (excess !== void 0) throw new Unreadable(excess, parser.offset);
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end(true, text2.length);
}
function excessOf(counts) {
  if (counts.depth > MAX_DEPTH) return `nested deeper than ${MAX_DEPTH} levels`;
  if (counts.pieces > MAX_PIECES) return `more than ${MAX_PIECES} words and blanks`;
  return counts.directives > MAX_DIRECTIVES ? `more than ${MAX_DIRECTIVES} directives` : void 0;
}
function toTree(document, shift2) {
  const conversion = {
    shift: shift2,
    anchors: /* @__PURE__ */ new Map(),
    open: /* @__PURE__ */ new Set(),
    repeated: /* @__PURE__ */ new Set(),
    heights: /* @__PURE__ */ new Map(),
    tallest: 0
  };
  const contents = document.contents;
  if (contents === null || (0, import_yaml.isScalar)(contents) && contents.source === "" && contents.type === "PLAIN")
    return void 0;
  return { root: convert2(contents, conversion), repeated: conversion.repeated };
}
function convert2(node, conversion) {
  if ((0, import_yaml.isAlias)(node)) return convertAlias(node, conversion);
  if ((0, import_yaml.isScalar)(node)) {
    const [start, end] = placeOf(node, conversion);
    const text2 = typeof node.value === "string" ? node.value : node.source ?? "";
    return remember(
      { kind: "scalar", start, end, tag: node.tag, anchor: node.anchor, style: styleOf(node.type), text: text2 },
      conversion
    );
  }
  if ((0, import_yaml.isMap)(node) || (0, import_yaml.isSeq)(node)) {
    const [start, end] = placeOf(node, conversion);
    const base = { start, end, tag: node.tag, anchor: node.anchor, flow: node.flow === true };
    if (base.anchor !== void 0) conversion.open.add(base.anchor);
    const content = measured(
      conversion,
      start,
      () => (0, import_yaml.isMap)(node) ? convertMap2(node, base, conversion) : convertSequence(node, base, conversion)
    );
    if (base.anchor !== void 0) conversion.open.delete(base.anchor);
    return remember(content, conversion);
  }
  throw new Error("a YAML node of no known kind");
}
function measured(conversion, start, read4) {
  const beside = conversion.tallest;
  conversion.tallest = 0;
  const content = read4();
  const height = conversion.tallest + 1;
  if (height > MAX_DEPTH) {
    throw new Unreadable(`nested deeper than ${MAX_DEPTH} levels by its aliases`, start - conversion.shift);
  }
  if (content.anchor !== void 0) conversion.heights.set(content, height);
  conversion.tallest = Math.max(beside, height);
  return content;
}
function convertMap2(node, base, conversion) {
  const pairs = node.items.map((pair) => convertPair(pair, conversion));
  return { kind: "map", ...base, end: base.flow ? base.end : pairs.at(-1)?.value.end ?? base.end, pairs };
}
function convertSequence(node, base, conversion) {
  const items = node.items.map((item) => convert2(item, conversion));
  return { kind: "sequence", ...base, end: base.flow ? base.end : items.at(-1)?.end ?? base.end, items };
}
function convertPair(pair, conversion) {
  const key = convert2(pair.key, conversion);
  const hasValue = pair.value !== null && pair.value !== void 0;
  return { key, value: hasValue ? convert2(pair.value, conversion) : emptyScalar(key.end) };
}
function convertAlias(alias, conversion) {
  const name = alias.source;
  const [start, end] = placeOf(alias, conversion);
  const offset = start - conversion.shift;
  if (conversion.open.has(name)) throw new Unreadable(`anchor ${printable(name)} contains itself`, offset);
  const target = conversion.anchors.get(name);
  if (target === void 0) throw new Unreadable("an alias has no anchor before it", offset);
  conversion.repeated.add(target);
  conversion.tallest = Math.max(conversion.tallest, conversion.heights.get(target) ?? 0);
  return { kind: "alias", start, end, tag: void 0, anchor: void 0, name, target };
}
function placeOf(node, { shift: shift2 }) {
  const [start, end] = node.range ?? [0, 0];
  return [start + shift2, end + shift2];
}
function remember(node, conversion) {
  if (node.anchor !== void 0) conversion.anchors.set(node.anchor, node);
  return node;
}
function emptyScalar(offset) {
  return { kind: "scalar", start: offset, end: offset, tag: void 0, anchor: void 0, style: "plain", text: "" };
}
function styleOf(type) {
  switch (type) {
    case "QUOTE_SINGLE":
      return "single";
    case "QUOTE_DOUBLE":
      return "double";
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return "block";
    default:
      return "plain";
  }
}
function fromParseError(error, text2) {
  const reason2 = sentence(error.message);
  if (!reason2.startsWith("missing closing")) return new Unreadable(reason2, error.pos[0]);
  return new Unreadable("a quote stays open", openQuote(text2, error.pos[0]));
}
function openQuote(text2, end) {
  let offset = 0;
  for (const piece of new import_yaml.Lexer().lex(text2)) {
    const isMark = piece === "" || piece === "" || piece === "";
    const reaches = offset <= end && offset + piece.length >= end;
    if (reaches && /^["']/.test(piece)) return offset;
    if (!isMark) offset += piece.length;
  }
  return end;
}
var MAX_MESSAGE = 500;
function sentence(message) {
  const line = printable(message.slice(0, MAX_MESSAGE).replace(/\s*\n[\s\S]*$/, "")).replace(/[.:]$/, "");
  return line.charAt(0).toLowerCase() + line.slice(1);
}

// src/core/manifests/simple-cursor.ts
var NOT_SIMPLE = /* @__PURE__ */ Symbol("not simple");
var TAB = 9;
var LF = 10;
var CR = 13;
var SPACE = 32;
var DOUBLE = 34;
var HASH = 35;
var SINGLE = 39;
var COMMA = 44;
var DASH = 45;
var COLON = 58;
var QUESTION = 63;
var OPEN_SEQUENCE = 91;
var CLOSE_SEQUENCE = 93;
var OPEN_MAP = 123;
var CLOSE_MAP = 125;
var MAX_KEY_LENGTH = 1e3;
var MAX_FLOW_DEPTH = 20;
function isBlankAt(text2, at2) {
  const code18 = text2.charCodeAt(at2);
  return code18 === SPACE || code18 === LF || code18 === CR || at2 >= text2.length;
}
function skipSpaces2(cursor) {
  while (cursor.text.charCodeAt(cursor.pos) === SPACE) cursor.pos++;
}
function skipLineEnd(cursor) {
  const { text: text2 } = cursor;
  skipSpaces2(cursor);
  const code18 = text2.charCodeAt(cursor.pos);
  if (code18 === HASH) {
    if (text2.charCodeAt(cursor.pos - 1) !== SPACE) return false;
    const end = text2.indexOf("\n", cursor.pos);
    cursor.pos = end === -1 ? text2.length : end + 1;
    return true;
  }
  if (code18 === LF) cursor.pos += 1;
  else if (code18 === CR) cursor.pos += 2;
  else return cursor.pos >= text2.length;
  return true;
}
function readKey(cursor) {
  const start = cursor.pos;
  const key = isQuote(cursor) ? readQuoted(cursor) : readPlainKey(cursor);
  if (key === void 0) return void 0;
  skipSpaces2(cursor);
  if (cursor.text.charCodeAt(cursor.pos) === COLON && isBlankAt(cursor.text, cursor.pos + 1)) {
    cursor.pos += 1;
    return key;
  }
  cursor.pos = start;
  return void 0;
}
function readInline(cursor) {
  const code18 = cursor.text.charCodeAt(cursor.pos);
  if (code18 === DOUBLE || code18 === SINGLE) return readQuoted(cursor);
  if (code18 === OPEN_MAP || code18 === OPEN_SEQUENCE) return readFlow(cursor, 0);
  return readPlain(cursor);
}
function emptyScalar2(at2) {
  return scalar({ start: at2, end: at2, style: "plain", text: "" });
}
function isQuote(cursor) {
  const code18 = cursor.text.charCodeAt(cursor.pos);
  return code18 === DOUBLE || code18 === SINGLE;
}
function readQuoted(cursor) {
  const { text: text2, pos: start } = cursor;
  const quote2 = text2.charAt(start);
  let close = text2.indexOf(quote2, start + 1);
  if (quote2 === "'") while (text2.charAt(close + 1) === "'" && close !== -1) close = text2.indexOf("'", close + 2);
  else while (close !== -1 && isEscaped(text2, close)) close = text2.indexOf('"', close + 1);
  if (close === -1) throw NOT_SIMPLE;
  const inner = text2.slice(start + 1, close);
  if (inner.includes("\n") || inner.includes("	")) throw NOT_SIMPLE;
  cursor.pos = close + 1;
  const style = quote2 === "'" ? "single" : "double";
  return scalar({
    start,
    end: close + 1,
    style,
    text: style === "single" ? inner.replaceAll("''", "'") : unescaped(inner)
  });
}
function isEscaped(text2, at2) {
  let backslashes = 0;
  while (text2.charCodeAt(at2 - 1 - backslashes) === 92) backslashes++;
  return backslashes % 2 === 1;
}
function unescaped(inner) {
  if (!inner.includes("\\")) return inner;
  if (!/^(?:[^\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*$/.test(inner)) throw NOT_SIMPLE;
  return JSON.parse(`"${inner}"`);
}
function readPlainKey(cursor) {
  const { text: text2, pos: start } = cursor;
  if (!canStartPlain(cursor)) return void 0;
  let last = start;
  for (let at2 = start; ; at2++) {
    const code18 = text2.charCodeAt(at2);
    if (code18 === COLON && isBlankAt(text2, at2 + 1)) {
      if (at2 - start > MAX_KEY_LENGTH) throw NOT_SIMPLE;
      cursor.pos = at2;
      return scalar({ start, end: last + 1, style: "plain", text: text2.slice(start, last + 1) });
    }
    if (code18 === TAB) throw NOT_SIMPLE;
    if (code18 === LF || code18 === CR || at2 >= text2.length) return void 0;
    if (code18 === HASH && text2.charCodeAt(at2 - 1) === SPACE) return void 0;
    if (code18 !== SPACE) last = at2;
  }
}
function readPlain(cursor) {
  const { text: text2, pos: start } = cursor;
  if (!canStartPlain(cursor)) throw NOT_SIMPLE;
  let last = start;
  for (let at2 = start; ; at2++) {
    const code18 = text2.charCodeAt(at2);
    if (code18 === LF || code18 === CR || at2 >= text2.length) break;
    if (code18 === TAB || code18 === COLON && isBlankAt(text2, at2 + 1)) throw NOT_SIMPLE;
    if (code18 === HASH && text2.charCodeAt(at2 - 1) === SPACE) break;
    if (code18 !== SPACE) last = at2;
  }
  cursor.pos = last + 1;
  return scalar({ start, end: last + 1, style: "plain", text: text2.slice(start, last + 1) });
}
function canStartPlain({ text: text2, pos }) {
  const code18 = text2.charCodeAt(pos);
  if (code18 === DASH || code18 === QUESTION || code18 === COLON) {
    return !isBlankAt(text2, pos + 1) && text2.charCodeAt(pos + 1) !== TAB;
  }
  return !INDICATORS.has(code18) && !isBlankAt(text2, pos);
}
var INDICATORS = new Set([...",[]{}#&*!|>'\"%@`	"].map((character) => character.charCodeAt(0)));
function readFlow(cursor, depth) {
  if (depth > MAX_FLOW_DEPTH) throw NOT_SIMPLE;
  const { text: text2, pos: start } = cursor;
  const isMap6 = text2.charCodeAt(start) === OPEN_MAP;
  const close = isMap6 ? CLOSE_MAP : CLOSE_SEQUENCE;
  const pairs = [];
  const items = [];
  cursor.pos += 1;
  skipSpaces2(cursor);
  for (let first = true; text2.charCodeAt(cursor.pos) !== close; first = false) {
    if (!first) {
      if (text2.charCodeAt(cursor.pos) !== COMMA) throw NOT_SIMPLE;
      cursor.pos += 1;
      skipSpaces2(cursor);
    }
    if (isMap6) pairs.push(readFlowPair(cursor, depth));
    else items.push(readFlowValue(cursor, depth));
    skipSpaces2(cursor);
  }
  cursor.pos += 1;
  const base = { start, end: cursor.pos, tag: void 0, anchor: void 0, flow: true };
  return isMap6 ? { kind: "map", ...base, pairs } : { kind: "sequence", ...base, items };
}
function readFlowPair(cursor, depth) {
  const key = isQuote(cursor) ? readQuoted(cursor) : readFlowPlain(cursor);
  skipSpaces2(cursor);
  if (cursor.text.charCodeAt(cursor.pos) !== COLON || cursor.text.charCodeAt(cursor.pos + 1) !== SPACE)
    throw NOT_SIMPLE;
  cursor.pos += 1;
  skipSpaces2(cursor);
  return { key, value: readFlowValue(cursor, depth) };
}
function readFlowValue(cursor, depth) {
  if (isQuote(cursor)) return readQuoted(cursor);
  const code18 = cursor.text.charCodeAt(cursor.pos);
  if (code18 === OPEN_MAP || code18 === OPEN_SEQUENCE) return readFlow(cursor, depth + 1);
  return readFlowPlain(cursor);
}
function readFlowPlain(cursor) {
  const { text: text2, pos: start } = cursor;
  if (!canStartPlain(cursor) || isFlowIndicator(text2.charCodeAt(start + 1)) === true && /[-?:]/.test(text2.charAt(start))) {
    throw NOT_SIMPLE;
  }
  let last = start;
  for (let at2 = start; ; at2++) {
    const code18 = text2.charCodeAt(at2);
    if (code18 === COLON && (isBlankAt(text2, at2 + 1) || isFlowIndicator(text2.charCodeAt(at2 + 1)))) {
      if (at2 - start > MAX_KEY_LENGTH) throw NOT_SIMPLE;
      break;
    }
    if (isFlowIndicator(code18)) break;
    if (code18 === LF || code18 === CR || code18 === TAB || at2 >= text2.length) throw NOT_SIMPLE;
    if (code18 === HASH && text2.charCodeAt(at2 - 1) === SPACE) throw NOT_SIMPLE;
    if (code18 !== SPACE) last = at2;
  }
  cursor.pos = last + 1;
  return scalar({ start, end: last + 1, style: "plain", text: text2.slice(start, last + 1) });
}
function isFlowIndicator(code18) {
  return code18 === COMMA || code18 === OPEN_SEQUENCE || code18 === CLOSE_SEQUENCE || code18 === OPEN_MAP || code18 === CLOSE_MAP;
}
function scalar(of) {
  return {
    kind: "scalar",
    start: of.start,
    end: of.end,
    tag: void 0,
    anchor: void 0,
    style: of.style,
    text: of.text
  };
}

// src/core/manifests/simple-block-scalar.ts
function readBlockScalar(cursor, parentIndent) {
  const { text: text2, pos: start } = cursor;
  const folded = text2.charAt(start) === ">";
  cursor.pos += 1;
  const chomp = text2.charAt(cursor.pos);
  const mark = chomp === "+" || chomp === "-" ? chomp : "";
  cursor.pos += mark.length;
  if (!skipLineEnd(cursor)) throw NOT_SIMPLE;
  const lines2 = readLines(cursor, parentIndent);
  let last = lines2.length - 1;
  while (last >= 0 && lines2[last]?.text === "") last--;
  if (last === -1) throw NOT_SIMPLE;
  const content = lines2.slice(0, last + 1).map((line) => line.text);
  const trailing = lines2.length - content.length;
  const breaks = mark === "-" ? 0 : mark === "+" ? 1 + trailing : 1;
  const value = (folded ? fold(content) : content.join("\n")) + "\n".repeat(breaks);
  const end = (mark === "+" ? lines2.at(-1) : lines2[last])?.end ?? cursor.pos;
  return { kind: "scalar", start, end, tag: void 0, anchor: void 0, style: "block", text: value };
}
function readLines(cursor, parentIndent) {
  const { text: text2 } = cursor;
  const lines2 = [];
  let indent = -1;
  let widestBlank = 0;
  while (cursor.pos < text2.length) {
    const newline = text2.indexOf("\n", cursor.pos);
    const lineEnd = newline === -1 ? text2.length : newline;
    const stop = text2.charAt(lineEnd - 1) === "\r" && lineEnd > cursor.pos ? lineEnd - 1 : lineEnd;
    let content = cursor.pos;
    while (text2.charCodeAt(content) === 32) content++;
    const spaces = content - cursor.pos;
    const isContent = content < stop;
    if (isContent && spaces < (indent === -1 ? parentIndent + 1 : indent)) {
      if (text2.charCodeAt(content) === 9) throw NOT_SIMPLE;
      break;
    }
    if (newline === -1) throw NOT_SIMPLE;
    if (!isContent) {
      widestBlank = Math.max(widestBlank, spaces);
      lines2.push({ text: "", end: newline + 1 });
    } else {
      if (indent === -1 && text2.charCodeAt(content) === 9) throw NOT_SIMPLE;
      if (indent === -1) indent = spaces;
      lines2.push({ text: text2.slice(cursor.pos + indent, stop), end: newline + 1 });
    }
    cursor.pos = newline + 1;
  }
  if (widestBlank > indent) throw NOT_SIMPLE;
  return lines2;
}
function fold(lines2) {
  let value = "";
  let blanks = 0;
  let started = false;
  for (const line of lines2) {
    if (line === "") {
      blanks++;
      continue;
    }
    if (line.startsWith(" ") || line.startsWith("	")) throw NOT_SIMPLE;
    value += (blanks === 0 ? started ? " " : "" : "\n".repeat(blanks)) + line;
    started = true;
    blanks = 0;
  }
  return value;
}

// src/core/manifests/simple-trees.ts
var MAX_SIMPLE_DEPTH = 60;
var NOTHING_REPEATED = /* @__PURE__ */ new Set();
function readSimpleTrees(text2) {
  if (text2.lastIndexOf("\uFEFF") > 0 || text2.includes("\r") && /\r(?!\n)/.test(text2)) return void 0;
  try {
    return new SimpleReader(text2).readDocuments();
  } catch (error) {
    if (error === NOT_SIMPLE) return void 0;
    throw error;
  }
}
var SimpleReader = class {
  #cursor;
  /** Column of the content at the cursor; -1 at the end of a document. */
  #column = -1;
  constructor(text2) {
    this.#cursor = { text: text2, pos: text2.charCodeAt(0) === 65279 ? 1 : 0 };
  }
  readDocuments() {
    const trees = [];
    const { text: text2 } = this.#cursor;
    this.#toContent();
    while (this.#column !== -1 || this.#cursor.pos < text2.length) {
      if (this.#column === -1) this.#skipDocumentMarker();
      else {
        trees.push({ root: this.#readNode({ indent: this.#column, depth: 0 }), repeated: NOTHING_REPEATED });
        if (this.#column !== -1) throw NOT_SIMPLE;
      }
    }
    return trees;
  }
  #skipDocumentMarker() {
    this.#cursor.pos += 3;
    if (!skipLineEnd(this.#cursor)) throw NOT_SIMPLE;
    this.#toContent();
  }
  /** From the beginning of a line to the next content, past blank lines and comments. */
  #toContent() {
    const cursor = this.#cursor;
    const { text: text2 } = cursor;
    while (cursor.pos < text2.length) {
      const lineStart = cursor.pos;
      skipSpaces2(cursor);
      const code18 = text2.charCodeAt(cursor.pos);
      if (code18 === 10) cursor.pos += 1;
      else if (code18 === 13) cursor.pos += 2;
      else if (code18 === 35) {
        const end = text2.indexOf("\n", cursor.pos);
        cursor.pos = end === -1 ? text2.length : end + 1;
      } else if (cursor.pos < text2.length) {
        this.#column = cursor.pos - lineStart;
        if (this.#column === 0 && this.#isMarker()) this.#column = -1;
        return;
      }
    }
    this.#column = -1;
  }
  #isMarker() {
    const { text: text2, pos } = this.#cursor;
    if (text2.startsWith("...", pos)) throw NOT_SIMPLE;
    if (!text2.startsWith("---", pos)) return false;
    if (!isBlankAt(text2, pos + 3)) throw NOT_SIMPLE;
    return true;
  }
  /** The mapping or sequence whose first entry is at the cursor, in column `indent`. */
  #readNode(level) {
    if (level.depth > MAX_SIMPLE_DEPTH) throw NOT_SIMPLE;
    if (this.#isDash()) return this.#readSequence(level);
    const key = readKey(this.#cursor);
    if (key === void 0) throw NOT_SIMPLE;
    return this.#readMap(level, key);
  }
  #isDash() {
    const { text: text2, pos } = this.#cursor;
    return text2.charCodeAt(pos) === 45 && isBlankAt(text2, pos + 1);
  }
  #readMap(level, firstKey) {
    const pairs = [];
    let key = firstKey;
    while (key !== void 0) {
      const value = this.#readValue(level, { dashesMayAlign: true });
      pairs.push({ key, value });
      if (this.#column < level.indent) break;
      if (this.#column > level.indent || this.#isDash()) throw NOT_SIMPLE;
      key = readKey(this.#cursor);
      if (key === void 0) throw NOT_SIMPLE;
    }
    const end = pairs.at(-1)?.value.end ?? firstKey.end;
    return { kind: "map", start: firstKey.start, end, tag: void 0, anchor: void 0, flow: false, pairs };
  }
  #readSequence(level) {
    const start = this.#cursor.pos;
    const items = [];
    do {
      if (!this.#isDash()) {
        break;
      }
      this.#cursor.pos += 1;
      items.push(this.#readItem(level));
    } while (this.#column === level.indent);
    if (this.#column > level.indent) throw NOT_SIMPLE;
    const end = items.at(-1)?.end ?? start;
    return { kind: "sequence", start, end, tag: void 0, anchor: void 0, flow: false, items };
  }
  /** What follows a dash: on the same line a compact collection or a value, else the lines below. */
  #readItem(level) {
    const cursor = this.#cursor;
    const dash = cursor.pos - 1;
    const behind = cursor.pos;
    skipSpaces2(cursor);
    const compact = { indent: level.indent + cursor.pos - dash, depth: level.depth + 1 };
    if (compact.depth > MAX_SIMPLE_DEPTH) throw NOT_SIMPLE;
    if (this.#isDash()) return this.#readSequence(compact);
    const key = readKey(cursor);
    if (key !== void 0) return this.#readMap(compact, key);
    cursor.pos = behind;
    return this.#readValue(level, { dashesMayAlign: false });
  }
  /** What follows a colon or a dash, and then the way to the next content. */
  #readValue(level, { dashesMayAlign }) {
    const cursor = this.#cursor;
    skipSpaces2(cursor);
    const at2 = cursor.pos;
    if (skipLineEnd(cursor)) {
      this.#toContent();
      const aligned = dashesMayAlign && this.#column === level.indent && this.#isDash();
      if (this.#column <= level.indent && !aligned) return emptyScalar2(at2);
      return this.#readNode({ indent: this.#column, depth: level.depth + 1 });
    }
    const code18 = cursor.text.charCodeAt(at2);
    if (code18 === 124 || code18 === 62) {
      const block = readBlockScalar(cursor, level.indent);
      this.#toContent();
      return block;
    }
    const value = readInline(cursor);
    if (!skipLineEnd(cursor)) throw NOT_SIMPLE;
    this.#toContent();
    return value;
  }
};

// src/core/manifests/read-trees.ts
function readTrees(source) {
  const trees = readSimpleTrees(source.text);
  return trees === void 0 ? composeTrees(source) : { ok: true, trees };
}

// src/core/manifests/source-text.ts
var MAX_FILE_BYTES = 5 * 1024 * 1024;
var MAX_LINES = 3e5;
function readSourceText(file) {
  const excess = excessOf2(file.bytes);
  if (excess !== void 0) {
    return failed2(file, 1, {
      code: "MANIFEST_TOO_LARGE",
      message: `file ${excess} and was not read`,
      hint: "Split the file, or keep it outside of the environment path."
    });
  }
  const text2 = decode(file.bytes);
  if (text2 === void 0) {
    return failed2(file, lineOfFirstBadByte(file.bytes), {
      code: "MANIFEST_NOT_UTF8",
      message: "file is not valid UTF-8 and was skipped",
      hint: "Save the file as UTF-8."
    });
  }
  const source = createSourceText(file.path, text2);
  const control = findControlCharacter(file.bytes);
  if (control === -1) return { ok: true, source };
  const offset = decode(file.bytes.subarray(0, control))?.length ?? 0;
  const code18 = text2.charCodeAt(offset).toString(16).padStart(4, "0").toUpperCase();
  return { ok: false, problem: unreadableProblem(source, { offset, reason: `control character U+${code18}` }) };
}
function createSourceText(path6, text2) {
  let starts;
  return {
    path: path6,
    text: text2,
    positionAt(offset) {
      starts ??= lineStarts(text2);
      const index = lastAtOrBefore(starts, offset);
      return { file: path6, line: index + 1, col: offset - (starts[index] ?? 0) + 1 };
    }
  };
}
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return void 0;
  }
}
function findControlCharacter(bytes) {
  for (let at2 = 0; at2 < bytes.length; at2++) {
    const byte = bytes[at2] ?? 0;
    if (byte < 32 ? byte !== 10 && byte !== 13 && byte !== 9 : byte === 127) return at2;
  }
  return -1;
}
function excessOf2(bytes) {
  if (bytes.length > MAX_FILE_BYTES) return `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB`;
  if (bytes.length <= MAX_LINES) return void 0;
  let lines2 = 1;
  for (let at2 = bytes.indexOf(10); at2 !== -1; at2 = bytes.indexOf(10, at2 + 1)) lines2++;
  return lines2 > MAX_LINES ? `has more than ${MAX_LINES} lines` : void 0;
}
function failed2(file, line, problem2) {
  return { ok: false, problem: { severity: "error", ...problem2, position: { file: file.path, line, col: 1 } } };
}
function lineStarts(text2) {
  const starts = [text2.charCodeAt(0) === 65279 ? 1 : 0];
  for (let at2 = text2.indexOf("\n"); at2 !== -1; at2 = text2.indexOf("\n", at2 + 1)) starts.push(at2 + 1);
  return starts;
}
function lastAtOrBefore(starts, offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
function lineOfFirstBadByte(bytes) {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}

// src/core/manifests/parse.ts
function parseManifests(file) {
  const read4 = readSourceText(file);
  if (!read4.ok) return { documents: [], problems: [read4.problem] };
  const composed = readTrees(read4.source);
  if (!composed.ok) return { documents: [], problems: [composed.problem] };
  return objectsIn(read4.source, composed.trees);
}
function parseLoose(file, kind) {
  const read4 = readSourceText(file);
  if (!read4.ok) return { documents: [], problems: [read4.problem] };
  const { source } = read4;
  const composed = readTrees(source);
  if (!composed.ok) return { documents: [], problems: [composed.problem] };
  const documents = composed.trees.flatMap((tree) => {
    const root = rootOf(tree);
    const position = source.positionAt(root.node.start);
    return isMap(root) ? [{ subject: `${kind}/${printable(file.path)}`, position, source, tree, root }] : [];
  });
  return { documents, problems: [] };
}
function objectsIn(source, trees) {
  const collected = { documents: [], problems: [] };
  for (const tree of trees) collect({ source, tree, reached: rootOf(tree) }, collected);
  return { documents: collected.documents, problems: firstOf(collected.problems) };
}
function mentionsAutomation2(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return NEEDLES.some((needle) => buffer.includes(needle));
}
var NEEDLES = ["fluxcd.io/", "flux.weave.works/", "towpath/hold.", "\\"];
var MOST_PROBLEMS = 100;
function firstOf(problems) {
  const next = problems[MOST_PROBLEMS];
  if (next === void 0) return problems;
  const count2 = problems.length - MOST_PROBLEMS;
  const message = `${count2} more ${count2 === 1 ? "object" : "objects"} of this file cannot be used either`;
  return [...problems.slice(0, MOST_PROBLEMS), { ...next, message, hint: "Correct those above first." }];
}
function collect(candidate, into) {
  const { source, tree, reached, inherited } = candidate;
  if (!isMap(reached)) return;
  const kind = textOf(fieldOf2(tree, reached, "kind"));
  const items = kind?.endsWith("List") === true ? fieldOf2(tree, reached, "items") : void 0;
  if (kind !== void 0 && isSequence(items)) {
    const apiVersion = textOf(fieldOf2(tree, reached, "apiVersion"));
    const itemKind2 = kind.slice(0, -"List".length);
    const inherits = itemKind2 === "" ? void 0 : { apiVersion, kind: itemKind2 };
    for (const item of itemsOf(tree, items)) collect({ source, tree, reached: item, inherited: inherits }, into);
    return;
  }
  const identity = readIdentity({ source, tree, root: reached, inherited });
  if (identity.kind === "problem") into.problems.push(identity.problem);
  if (identity.kind === "object") into.documents.push(identity.document);
}
function textOf(reached) {
  if (!isScalar(reached)) return void 0;
  const value = typeOfScalar(reached.node);
  return typeof value === "string" && value !== "" ? value : void 0;
}

// src/core/generation/emit-scalar.ts
var WIDTH = 80;
function emitText(text2, place2, lines2) {
  const style = styleOf2(text2, place2);
  if (style === "literal") emitLiteral(text2, place2, lines2);
  else if (style === "double") emitDouble(text2, place2, lines2);
  else emitFolded(text2, { place: place2, lines: lines2, quote: style === "single" ? "'" : "" });
}
function numberText(value) {
  if (typeof value === "bigint") return value.toString();
  if (Number.isInteger(value) && value < 2 ** 64 && value >= -(2 ** 63)) return BigInt(value).toString();
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return decimalText(value);
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
function decimalText(value) {
  const text2 = String(value);
  return text2.includes("e") ? value.toFixed(20).replace(/0+$/, "") : text2;
}
function styleOf2(text2, { isKey }) {
  const has2 = traitsOf(text2);
  if (has2.lineBreak) {
    const literal = !isKey && !has2.unprintable && !has2.blankBeforeBreak && !has2.blankAtEnd;
    return literal ? "literal" : "double";
  }
  if (!readsAsText(text2)) return "double";
  if (has2.unprintable) return "double";
  return has2.blankInFront || has2.blankAtEnd || breaksPlain(text2) ? "single" : "plain";
}
function traitsOf(text2) {
  return {
    lineBreak: text2.includes("\n"),
    blankInFront: text2.startsWith(" "),
    blankAtEnd: text2.endsWith(" "),
    blankBeforeBreak: text2.includes(" \n"),
    unprintable: UNPRINTABLE.test(text2)
  };
}
var UNPRINTABLE = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;
function readsAsText(text2) {
  return typeof plainValue(text2) === "string" && text2 !== "<<" && !SEXAGESIMAL.test(text2) && !isTimestamp(text2);
}
var SEXAGESIMAL = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
var TIMESTAMP = /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+][0-9]{2}:[0-9]{2})| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?$/;
function isTimestamp(text2) {
  const match = TIMESTAMP.exec(text2);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = match.slice(4).filter((part) => part !== void 0).map(Number);
  return month >= 1 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
}
function daysIn(year, month) {
  const isLeap = year % 4 === 0 && year % 100 !== 0 || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}
function breaksPlain(text2) {
  return /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:](?:[ \t]|$)|:(?:[ \t]|$)|[ \t]#/.test(text2);
}
function emitFolded(text2, { place: place2, lines: lines2, quote: quote2 }) {
  lines2.write(quote2);
  const isShort = place2.isKey || lines2.column + text2.length <= WIDTH || !text2.includes(" ");
  if (isShort) lines2.write(text2.replaceAll("'", `${quote2}'`));
  const characters = isShort ? [] : Array.from(text2);
  let inBlanks = false;
  for (const [index, character] of characters.entries()) {
    const isBlank = character === " ";
    const isInner = quote2 === "" || index > 0 && index < characters.length - 1;
    if (isBlank && !place2.isKey && !inBlanks && lines2.column > WIDTH && isInner && characters[index + 1] !== " ") {
      lines2.breakTo(place2.indent);
    } else {
      lines2.write(character === "'" ? quote2 + character : character);
    }
    inBlanks = isBlank;
  }
  lines2.write(quote2);
}
function emitDouble(text2, place2, lines2) {
  lines2.write('"');
  const characters = Array.from(text2);
  let inBlanks = false;
  for (const [index, character] of characters.entries()) {
    const isBlank = character === " ";
    const isInner = index > 0 && index < characters.length - 1;
    if (isBlank && !place2.isKey && !inBlanks && lines2.column > WIDTH && isInner) {
      lines2.breakTo(place2.indent);
      if (characters[index + 1] === " ") lines2.write("\\");
    } else {
      lines2.write(escaped(character));
    }
    inBlanks = isBlank;
  }
  lines2.write('"');
}
var ESCAPES = /* @__PURE__ */ new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["	", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1B", "\\e"],
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["", "\\N"],
  ["\u2028", "\\L"],
  ["\u2029", "\\P"]
]);
function escaped(character) {
  const short = ESCAPES.get(character);
  if (short !== void 0) return short;
  if (!UNPRINTABLE.test(character)) return character;
  const code18 = character.codePointAt(0) ?? 0;
  const [letter, width] = code18 <= 255 ? ["x", 2] : code18 <= 65535 ? ["u", 4] : ["U", 8];
  return `\\${letter}${code18.toString(16).toUpperCase().padStart(Number(width), "0")}`;
}
function emitLiteral(text2, place2, lines2) {
  const indentation = /^[ \n]/.test(text2) ? "2" : "";
  const chomping = text2.endsWith("\n") ? /^\n$|\n\n$/.test(text2) ? "+" : "" : "-";
  lines2.write(`|${indentation}${chomping}`);
  const body = text2.endsWith("\n") ? text2.slice(0, -1) : text2;
  for (const line of body.split("\n")) {
    lines2.newLine();
    if (line === "") continue;
    lines2.breakTo(place2.indent);
    lines2.write(line);
  }
  if (text2.endsWith("\n")) lines2.newLine();
}

// src/core/generation/order.ts
function compareText(a, b) {
  if (a === b) return 0;
  const left = Array.from(a);
  const right = Array.from(b);
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) {
    const difference = codePoint(left, index) - codePoint(right, index);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
function compareKeys(a, b) {
  const left = Array.from(a);
  const right = Array.from(b);
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index++) {
    if (left[index] !== right[index]) return compareAt(left, right, index);
  }
  return left.length - right.length;
}
function compareAt(left, right, index) {
  const leftLetter = isLetter(left[index]);
  const rightLetter = isLetter(right[index]);
  if (leftLetter && rightLetter) return codePoint(left, index) - codePoint(right, index);
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1;
  const within = (left[index] === "0" || right[index] === "0") && followsNumber(left, index);
  const leftRun = digitsFrom(left, index);
  const rightRun = digitsFrom(right, index);
  const prefix = within ? "1" : "0";
  const difference = BigInt(prefix + leftRun) - BigInt(prefix + rightRun);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  if (leftRun.length !== rightRun.length) return leftRun.length - rightRun.length;
  return codePoint(left, index) - codePoint(right, index);
}
function followsNumber(characters, index) {
  for (let at2 = index - 1; at2 >= 0 && isDigit(characters[at2]); at2--) if (characters[at2] !== "0") return true;
  return false;
}
function digitsFrom(characters, index) {
  let end = index;
  while (isDigit(characters[end])) end++;
  return characters.slice(index, end).join("");
}
function isLetter(character) {
  return character !== void 0 && new RegExp("\\p{L}", "u").test(character);
}
function isDigit(character) {
  return character !== void 0 && /^[0-9]$/.test(character);
}
function codePoint(characters, index) {
  return characters[index]?.codePointAt(0) ?? 0;
}

// src/core/generation/yaml-lines.ts
var YamlLines = class {
  #parts = [];
  #column = 0;
  /** Characters since the last line break. */
  get column() {
    return this.#column;
  }
  /** Adds text without a line break in it. */
  write(text2) {
    this.#parts.push(text2);
    this.#column += Array.from(text2).length;
  }
  newLine() {
    this.#parts.push("\n");
    this.#column = 0;
  }
  /** A line with this indentation: a new one, unless nothing has been written on this one yet. */
  breakTo(indent) {
    if (this.#column > 0) this.newLine();
    this.write(" ".repeat(indent));
  }
  text() {
    return this.#parts.join("");
  }
};

// src/core/generation/emit-yaml.ts
var LONGEST_SIMPLE_KEY = 128;
function emitYaml(object2) {
  const lines2 = new YamlLines();
  if (Object.keys(object2).length === 0) lines2.write("{}");
  else emitMap(object2, { lines: lines2, indent: 0, compact: true });
  if (lines2.column > 0) lines2.newLine();
  return lines2.text();
}
function emitMap(object2, { lines: lines2, indent, compact }) {
  for (const [index, key] of Object.keys(object2).toSorted(compareKeys).entries()) {
    if (index > 0 || !compact) lines2.breakTo(indent);
    const value = object2[key] ?? null;
    if (isSimpleKey(key)) {
      emitText(key, { indent, isKey: true }, lines2);
      lines2.write(":");
      emitValue(value, { lines: lines2, indent, compact: false });
      continue;
    }
    lines2.write("? ");
    emitText(key, { indent: indent + 2, isKey: false }, lines2);
    lines2.breakTo(indent);
    lines2.write(":");
    emitItem(value, { lines: lines2, indent: indent + 2, compact: true });
  }
}
function emitList(list2, { lines: lines2, indent, compact }) {
  for (const [index, item] of list2.entries()) {
    if (index > 0 || !compact) lines2.breakTo(indent);
    lines2.write("-");
    emitItem(item, { lines: lines2, indent: indent + 2, compact: true });
  }
}
function emitValue(value, block) {
  if (isList(value) && value.length > 0) emitList(value, block);
  else if (isObject(value) && Object.keys(value).length > 0) emitMap(value, { ...block, indent: block.indent + 2 });
  else emitScalar(value, { ...block, indent: block.indent + 2 });
}
function emitItem(value, block) {
  const { lines: lines2 } = block;
  if (isList(value) && value.length > 0) {
    lines2.write(" ");
    emitList(value, block);
  } else if (isObject(value) && Object.keys(value).length > 0) {
    lines2.write(" ");
    emitMap(value, block);
  } else emitScalar(value, block);
}
function emitScalar(value, { lines: lines2, indent }) {
  lines2.write(" ");
  if (typeof value === "string") emitText(value, { indent, isKey: false }, lines2);
  else if (typeof value === "number" || typeof value === "bigint") lines2.write(numberText(value));
  else if (isList(value)) lines2.write("[]");
  else lines2.write(isObject(value) ? "{}" : String(value));
}
function isSimpleKey(key) {
  return !key.includes("\n") && (key.length * 3 <= LONGEST_SIMPLE_KEY || byteLength(key) <= LONGEST_SIMPLE_KEY);
}
function byteLength(text2) {
  return new TextEncoder().encode(text2).length;
}

// src/core/generation/generated-document.ts
function resourceKey(of) {
  return `${of.namespace ?? "<cluster>"}:${of.kind.toLowerCase()}/${of.name}`;
}
function readDocument(file) {
  const parsed = parseManifests(file);
  const errors = parsed.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return { ok: false, problems: errors };
  const [first, second] = parsed.documents;
  try {
    if (first === void 0) return { ok: true, documents: [] };
    if (second === void 0 && first.tree.root === first.root.node) {
      return { ok: true, documents: [asGenerated(file, first)] };
    }
    const apart = parsed.documents.map(
      (document, index) => writeDocument(`${file.path}.${index + 1}`, toDesiredObject(document).object)
    );
    return { ok: true, documents: apart };
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return { ok: false, problems: [toProblem(error)] };
  }
}
function writeDocument(path6, object2) {
  const file = { path: path6, bytes: new TextEncoder().encode(emitYaml(object2)) };
  const [document] = parseManifests(file).documents;
  if (document === void 0) {
    throw new TowpathError("GENERATED_UNREADABLE", "object cannot be written as a manifest", {
      position: { file: path6, line: 1, col: 1 }
    });
  }
  return asGenerated(file, document);
}
function asGenerated(file, document) {
  return { file, document, object: toDesiredObject(document).object, key: resourceKey(document) };
}

// src/core/generation/json-shape.ts
function objectOf(entries) {
  return Object.fromEntries(entries);
}
function withoutNulls(value) {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value).filter(([, field]) => field !== null).map(([key, field]) => [key, withoutNulls(field)])
  );
}

// src/core/generation/json-merge.ts
function applyJsonMerge(original, patch2) {
  const result = new Map(Object.entries(original));
  for (const [key, value] of Object.entries(patch2)) {
    const current = result.get(key);
    if (value === null) result.delete(key);
    else if (isObject(current) && isObject(value)) result.set(key, applyJsonMerge(current, value));
    else result.set(key, withoutNulls(value));
  }
  return objectOf(result);
}
function diffJsonMerge(original, modified) {
  const patch2 = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(modified)) {
    const before = Object.hasOwn(original, key) ? original[key] : void 0;
    if (isObject(before) && isObject(value)) {
      const inner = diffJsonMerge(before, value);
      if (Object.keys(inner).length > 0) patch2.set(key, inner);
    } else if (!deepEqual(before, value)) {
      patch2.set(key, value);
    }
  }
  for (const key of Object.keys(original)) if (!Object.hasOwn(modified, key)) patch2.set(key, null);
  return objectOf(patch2);
}

// src/core/generation/patch-types.ts
var GROUPS = /* @__PURE__ */ new Set([
  "",
  "admissionregistration.k8s.io",
  "apps",
  "auditregistration.k8s.io",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "extensions",
  "flowcontrol.apiserver.k8s.io",
  "imagepolicy.k8s.io",
  "internal.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "settings.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io"
]);
function patchTypeOf(apiVersion, kind) {
  if (!GROUPS.has(groupOf(apiVersion))) return void 0;
  return Object.hasOwn(KINDS, kind) ? { metadata: { type: METADATA }, ...KINDS[kind] } : { metadata: { type: METADATA } };
}
function fieldRule(type, field) {
  return type !== void 0 && Object.hasOwn(type, field) ? type[field] ?? PLAIN : PLAIN;
}
var PLAIN = {};
function byKey(mergeKey, type) {
  return type === void 0 ? { strategy: "merge", mergeKey } : { strategy: "merge", mergeKey, type };
}
var SCALARS = { strategy: "merge" };
var CONDITIONS = { conditions: byKey("type") };
var METADATA = { ownerReferences: byKey("uid"), finalizers: SCALARS };
var VOLUME = {
  ephemeral: { type: { volumeClaimTemplate: { type: { metadata: { type: METADATA } } } } }
};
var CONTAINER = {
  ports: byKey("containerPort"),
  env: byKey("name"),
  volumeMounts: byKey("mountPath"),
  volumeDevices: byKey("devicePath")
};
var POD_SPEC = {
  volumes: { ...byKey("name", VOLUME), retainKeys: true },
  initContainers: byKey("name", CONTAINER),
  containers: byKey("name", CONTAINER),
  ephemeralContainers: byKey("name", CONTAINER),
  imagePullSecrets: byKey("name"),
  hostAliases: byKey("ip"),
  topologySpreadConstraints: byKey("topologyKey"),
  schedulingGates: byKey("name"),
  resourceClaims: { ...byKey("name"), retainKeys: true }
};
var POD_STATUS = {
  ...CONDITIONS,
  hostIPs: byKey("ip"),
  podIPs: byKey("ip"),
  resourceClaimStatuses: { ...byKey("name"), retainKeys: true }
};
var TEMPLATE = { type: { metadata: { type: METADATA }, spec: { type: POD_SPEC } } };
var WITH_CONDITIONS = { type: CONDITIONS };
var WORKLOAD = { spec: { type: { template: TEMPLATE } }, status: WITH_CONDITIONS };
var WEBHOOKS = { webhooks: byKey("name", { matchConditions: byKey("name") }) };
var KINDS = {
  CSINode: { spec: { type: { drivers: byKey("name") } } },
  ComponentStatus: CONDITIONS,
  CronJob: { spec: { type: { jobTemplate: { type: { metadata: { type: METADATA }, ...WORKLOAD } } } } },
  DaemonSet: WORKLOAD,
  Deployment: { ...WORKLOAD, spec: { type: { template: TEMPLATE, strategy: { retainKeys: true } } } },
  FlowSchema: { status: WITH_CONDITIONS },
  HorizontalPodAutoscaler: { status: WITH_CONDITIONS },
  Job: WORKLOAD,
  MutatingAdmissionPolicy: { spec: { type: { matchConditions: byKey("name") } } },
  MutatingWebhookConfiguration: WEBHOOKS,
  Namespace: { status: WITH_CONDITIONS },
  Node: { spec: { type: { podCIDRs: SCALARS } }, status: { type: { ...CONDITIONS, addresses: byKey("type") } } },
  PersistentVolumeClaim: { status: WITH_CONDITIONS },
  Pod: { spec: { type: POD_SPEC }, status: { type: POD_STATUS } },
  PodDisruptionBudget: { spec: { type: { selector: { strategy: "replace" } } }, status: WITH_CONDITIONS },
  PodTemplate: { template: TEMPLATE },
  PriorityLevelConfiguration: { status: WITH_CONDITIONS },
  ReplicaSet: WORKLOAD,
  ReplicationController: WORKLOAD,
  ResourceClaim: { status: { type: { reservedFor: byKey("uid") } } },
  ResourceClaimTemplate: { spec: { type: { metadata: { type: METADATA } } } },
  Service: { spec: { type: { ports: byKey("port") } }, status: WITH_CONDITIONS },
  ServiceAccount: { secrets: byKey("name") },
  ServiceCIDR: { status: WITH_CONDITIONS },
  StatefulSet: WORKLOAD,
  ValidatingAdmissionPolicy: { spec: { type: { matchConditions: byKey("name"), variables: byKey("name") } } },
  ValidatingWebhookConfiguration: WEBHOOKS
};

// src/core/generation/patch-error.ts
function patchError(path6, clause2) {
  const place2 = path6.length === 0 ? "the patch" : path6.join(".");
  return new TowpathError("PATCH_INVALID", `${place2} ${clause2}`);
}

// src/core/generation/merge-list.ts
function itemKind(place2, ...lists) {
  const items = lists.flat();
  if (items.length === 0) return void 0;
  if (items.some(isList)) throw patchError(place2.path, "holds a list within a list that merges");
  const maps = items.filter(isObject).length;
  if (maps !== 0 && maps !== items.length) throw patchError(place2.path, "holds items of different types");
  return maps === 0 ? "scalars" : "maps";
}
function keyedItems(place2, list2) {
  const { mergeKey } = place2;
  if (mergeKey === void 0) throw patchError(place2.path, "holds objects where texts merge");
  return list2.map((item) => {
    if (!isObject(item) || fieldOf(item, mergeKey) === void 0) {
      throw patchError(place2.path, `has an item without ${mergeKey}, by which the items are told apart`);
    }
    return item;
  });
}
function identityOf(place2, item) {
  return place2.mergeKey === void 0 ? item : fieldOf(item, place2.mergeKey);
}
function ranksOf(place2, list2) {
  const ranks = /* @__PURE__ */ new Map();
  for (const [index, item] of list2.entries()) {
    const key = keyText2(place2, item);
    if (!ranks.has(key)) ranks.set(key, index);
  }
  return (item) => ranks.get(keyText2(place2, item)) ?? -1;
}
function keyText2(place2, item) {
  const identity = identityOf(place2, item);
  if (typeof identity === "string") return `"${identity}`;
  return identity === void 0 ? "" : emitKey(identity);
}
function emitKey(value) {
  return typeof value === "object" && value !== null ? JSON.stringify(value, (_, inner) => typeof inner === "bigint" ? String(inner) : inner) : String(value);
}

// src/core/generation/strategic-diff.ts
function diffStrategic(original, modified, type) {
  return diffMaps({ original, modified, type, path: [], retainKeys: false });
}
function diffMaps(given) {
  const { original, modified } = given;
  const patch2 = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(modified)) {
    if (!Object.hasOwn(original, key)) patch2.set(key, value);
    else for (const [field, change] of diffField(given, key)) patch2.set(field, change);
  }
  const gone2 = Object.keys(original).filter((key) => !Object.hasOwn(modified, key));
  for (const key of gone2) patch2.set(key, null);
  const kept2 = Object.keys(modified).filter((key) => modified[key] !== null);
  const cleared = gone2.some((key) => original[key] !== null);
  if (given.retainKeys && kept2.length > 0 && (patch2.size > 0 || cleared)) {
    patch2.set("$retainKeys", kept2.toSorted(compareText));
  }
  return objectOf(patch2);
}
function diffField({ original, modified, type, path: path6 }, key) {
  const before = original[key] ?? null;
  const after = modified[key] ?? null;
  const rule = fieldRule(type, key);
  if (isObject(before) && isObject(after)) {
    if (rule.strategy === "replace") return [[key, after]];
    const inner = diffMaps({
      original: before,
      modified: after,
      type: rule.type,
      path: [...path6, key],
      retainKeys: rule.retainKeys === true
    });
    return Object.keys(inner).length > 0 ? [[key, inner]] : [];
  }
  if (!isList(before) || !isList(after) || rule.strategy !== "merge") {
    return deepEqual(before, after) ? [] : [[key, after]];
  }
  const lists = diffLists({ before, after, rule, place: { path: [...path6, key], mergeKey: rule.mergeKey } });
  const entries = [
    [key, lists.patch],
    [`$deleteFromPrimitiveList/${key}`, lists.deleted],
    [`$setElementOrder/${key}`, lists.order]
  ];
  return entries.filter(([, list2]) => list2.length > 0);
}
function diffLists(given) {
  const { before, after, place: place2 } = given;
  if (before.length === 0) return { patch: after, deleted: [], order: [] };
  if (itemKind(place2, before, after) === "scalars") return diffScalarLists(before, after, place2);
  return deepEqual(before, after) ? { patch: [], deleted: [], order: [] } : diffKeyedLists(given);
}
function diffScalarLists(before, after, place2) {
  const [ranksBefore, ranksAfter] = [ranksOf(place2, before), ranksOf(place2, after)];
  const added = after.filter((item) => ranksBefore(item) === -1);
  const deleted = before.filter((item) => ranksAfter(item) === -1);
  const inOrder4 = deepEqual(before.toSorted(byText), after);
  return { patch: added, deleted: [...new Set(deleted)].toSorted(byText), order: inOrder4 ? [] : after };
}
function diffKeyedLists({ before, after, rule, place: place2 }) {
  const mergeKey = place2.mergeKey ?? "";
  const originals = inKeyOrder(place2, before);
  const modifieds = inKeyOrder(place2, after);
  const changed = [];
  const deleted = [];
  for (let o = 0, m = 0; o < originals.length || m < modifieds.length; ) {
    const original = originals[o];
    const modified = modifieds[m];
    const order3 = orderOf(place2, original, modified);
    if (order3 < 0)
      deleted.push(
        objectOf([
          ["$patch", "delete"],
          [mergeKey, keyOf(place2, original)]
        ])
      );
    if (order3 > 0 && modified !== void 0) changed.push(modified);
    if (order3 === 0 && original !== void 0 && modified !== void 0) {
      const { type, retainKeys } = rule;
      const patch3 = diffMaps({ original, modified, type, path: place2.path, retainKeys: retainKeys === true });
      if (Object.keys(patch3).length > 0) changed.push({ ...patch3, [mergeKey]: keyOf(place2, modified) });
    }
    if (order3 <= 0) o++;
    if (order3 >= 0) m++;
  }
  const rank = ranksOf(place2, after);
  const patch2 = changed.toSorted((a, b) => rank(a) - rank(b));
  const moved = before.length !== after.length || before.some((item, index) => !sameKey(place2, item, after[index]));
  const touched = patch2.length > 0 || deleted.length > 0 || moved;
  const order2 = touched ? after.map((item) => objectOf([[mergeKey, keyOf(place2, item)]])) : [];
  return { patch: [...patch2, ...deleted], deleted: [], order: order2 };
}
function inKeyOrder(place2, list2) {
  const items = keyedItems(place2, list2).toReversed();
  return items.toSorted((a, b) => byText(keyOf(place2, a), keyOf(place2, b)));
}
function orderOf(place2, original, modified) {
  if (original === void 0) return 1;
  if (modified === void 0) return -1;
  return byText(keyOf(place2, original), keyOf(place2, modified));
}
function keyOf(place2, item) {
  return (item === void 0 ? void 0 : identityOf(place2, item)) ?? null;
}
function sameKey(place2, a, b) {
  return deepEqual(keyOf(place2, a), keyOf(place2, b));
}
function byText(a, b) {
  return compareText(String(a), String(b));
}

// src/core/generation/merge-lists.ts
function mergeLists(given) {
  const { before, changes, place: place2 } = given;
  if (itemKind(place2, before, changes) !== "maps") {
    const all = [...before, ...changes];
    const rank2 = ranksOf(place2, all);
    return interleave({ list: all.filter((item, index) => rank2(item) === index), order: changes, before, place: place2 });
  }
  const { kept: kept2, patches } = obeyDirectives(keyedItems(place2, before), changes, place2);
  const merged = [...kept2];
  const rank = ranksOf(place2, [...kept2, ...patches]);
  const indexes = new Map(kept2.map((_, index) => [index, index]));
  for (const patch2 of keyedItems(place2, patches)) {
    const index = indexes.get(rank(patch2)) ?? merged.length;
    indexes.set(rank(patch2), index);
    const original = merged[index];
    merged[index] = original === void 0 ? patch2 : given.mergeItem(original, patch2);
  }
  return interleave({ list: merged, order: patches, before: kept2, place: place2 });
}
function orderList({ list: list2, changes, order: order2, before, place: place2 }) {
  if (place2.mergeKey !== void 0) keyedItems(place2, order2);
  const named = changes.filter((item) => !isDirective(item)).map(ranksOf(place2, order2));
  const isInOrder = named.every((index, at2) => index >= 0 && (at2 === 0 || index > (named[at2 - 1] ?? -1)));
  if (order2.length > 0 && !isInOrder) throw patchError(place2.path, "is not in the order that $setElementOrder gives");
  return interleave({ list: list2, order: order2, before, place: place2 });
}
function interleave(given) {
  const { list: list2, order: order2, before, place: place2 } = given;
  const asked = ranksOf(place2, order2);
  const stood = ranksOf(place2, before);
  const named = list2.filter((item) => asked(item) >= 0).toSorted((a, b) => asked(a) - asked(b));
  const others = list2.filter((item) => asked(item) < 0).toSorted((a, b) => stood(a) - stood(b));
  const result = [];
  for (let n = 0, o = 0; n < named.length || o < others.length; ) {
    const nextNamed = named[n];
    const nextOther = others[o];
    if (nextNamed === void 0 || nextOther !== void 0 && isBefore(nextOther, nextNamed)) {
      if (nextOther !== void 0) result.push(nextOther);
      o++;
    } else {
      result.push(nextNamed);
      n++;
    }
  }
  return result;
  function isBefore(a, b) {
    const [first, second] = [stood(a), stood(b)];
    return first >= 0 && second >= 0 && first < second;
  }
}
function obeyDirectives(before, changes, place2) {
  let kept2 = before;
  let replaces = false;
  for (const change of changes.filter(isDirective)) {
    const directive = fieldOf(change, "$patch");
    if (directive === "replace") {
      replaces = true;
      continue;
    }
    if (directive !== "delete") throw patchError([...place2.path, "$patch"], "is neither replace nor delete");
    const isGone = ranksOf(place2, keyedItems(place2, [change]));
    kept2 = kept2.filter((item) => isGone(item) === -1);
  }
  const patches = changes.filter((change) => !isDirective(change));
  return replaces ? { kept: keyedItems(place2, patches), patches: [] } : { kept: kept2, patches };
}
function isDirective(item) {
  return isObject(item) && Object.hasOwn(item, "$patch");
}

// src/core/generation/strategic-merge.ts
var DIRECTIVE = "$patch";
var RETAIN_KEYS = "$retainKeys";
var ELEMENT_ORDER = "$setElementOrder/";
var DELETE_FROM_LIST = "$deleteFromPrimitiveList/";
function applyStrategic(original, patch2, type) {
  return mergeMaps({ original, patch: patch2, type, path: [] });
}
function mergeMaps(given) {
  const { original, patch: patch2, path: path6 } = given;
  if (Object.hasOwn(patch2, DIRECTIVE)) return obeyDirective(patch2, path6);
  const result = new Map(Object.entries(retained(original, patch2, path6)));
  const rest = new Map(Object.entries(without(patch2, RETAIN_KEYS)));
  for (const [key, order2] of [...rest].filter(([name]) => name.startsWith(ELEMENT_ORDER))) {
    const field = key.slice(ELEMENT_ORDER.length);
    setOrdered({ result, rest, field, order: order2, given });
    rest.delete(key);
  }
  for (const [key, value] of rest) mergeField({ result, key, value, given });
  return objectOf(result);
}
function obeyDirective(patch2, path6) {
  if (patch2[DIRECTIVE] === "replace") return without(patch2, DIRECTIVE);
  if (patch2[DIRECTIVE] === "delete") return {};
  throw patchError([...path6, DIRECTIVE], "is neither replace nor delete");
}
function retained(original, patch2, path6) {
  const keys = fieldOf(patch2, RETAIN_KEYS);
  if (keys === void 0) return original;
  if (!isList(keys)) throw patchError([...path6, RETAIN_KEYS], "is no list");
  const unnamed = Object.entries(patch2).find(
    ([key, value]) => value !== null && !key.startsWith("$") && !keys.includes(key)
  );
  if (unnamed !== void 0) throw patchError([...path6, RETAIN_KEYS], "does not name a field that the patch sets");
  return objectOf(Object.entries(original).filter(([key]) => keys.includes(key)));
}
function setOrdered({ result, rest, field, order: order2, given }) {
  const { rule, place: place2 } = ruleFor(given, field);
  const original = result.get(field);
  const patch2 = rest.get(field);
  const isUsable = (value) => value === void 0 || isList(value);
  if (!isList(order2) || !isUsable(original) || !isUsable(patch2)) throw patchError(place2.path, "is ordered and no list");
  const before = isList(original) ? original : [];
  const changes = isList(patch2) ? patch2 : [];
  rest.delete(field);
  if (itemKind(place2, before, changes) === void 0) return;
  const merged = isList(original) ? isList(patch2) ? mergeListField({ before, changes, rule, place: place2 }) : before : withoutDirectives(changes);
  if (isList(merged)) result.set(field, orderList({ list: merged, changes, order: order2, before, place: place2 }));
}
function mergeField({ result, key, value, given }) {
  const deletes = key.startsWith(DELETE_FROM_LIST);
  const field = deletes ? key.slice(DELETE_FROM_LIST.length) : key;
  const current = result.get(field);
  if (deletes) {
    if (isList(current) && isList(value))
      result.set(
        field,
        current.filter((item) => !value.includes(item))
      );
    return;
  }
  if (value === null) {
    result.delete(field);
    return;
  }
  const merged = mergeValue({ current, value, field, given });
  if (merged === void 0) result.delete(field);
  else result.set(field, merged);
}
function mergeValue(field) {
  const { current, value, given } = field;
  const { rule, place: place2 } = ruleFor(given, field.field);
  if (isObject(current) && isObject(value)) {
    if (rule.strategy === "replace") return value;
    return mergeMaps({ original: current, patch: value, type: rule.type, path: place2.path });
  }
  if (isList(current) && isList(value)) return mergeListField({ before: current, changes: value, rule, place: place2 });
  return withoutDirectives(withoutNulls(value));
}
function mergeListField(given) {
  const { rule, place: place2 } = given;
  if (rule.strategy !== "merge") return given.changes;
  const mergeItem = (original, patch2) => mergeMaps({ original, patch: patch2, type: rule.type, path: place2.path });
  return mergeLists({ ...given, mergeItem });
}
function ruleFor(given, field) {
  const rule = fieldRule(given.type, field);
  return { rule, place: { path: [...given.path, field], mergeKey: rule.mergeKey } };
}
function withoutDirectives(value) {
  if (isList(value)) return value.map(withoutDirectives).filter((item) => item !== void 0);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return void 0;
  const fields = Object.entries(value).map(([key, field]) => [key, withoutDirectives(field)]);
  return objectOf(fields.filter((entry) => entry[1] !== void 0));
}

// src/core/generation/patch-entry.ts
function applyEntry(of, object2, entry) {
  const type = patchTypeOf(of.apiVersion, of.kind);
  return type === void 0 ? applyJsonMerge(object2, entry) : applyStrategic(object2, entry, type);
}
function renderEntry(of, from, to) {
  const type = patchTypeOf(of.apiVersion, of.kind);
  const patch2 = type === void 0 ? diffJsonMerge(from, to) : diffStrategic(from, to, type);
  if (Object.keys(patch2).length === 0) return "";
  return `---
${emitYaml(withIdentity(of, patch2))}`;
}
function withIdentity({ apiVersion, kind, name, namespace }, patch2) {
  const named = namespace === void 0 ? { name } : { name, namespace };
  const written3 = patch2["metadata"];
  const metadata = isObject(written3) ? objectOf([...Object.entries(named), ...Object.entries(written3)]) : named;
  return objectOf([["apiVersion", apiVersion], ["kind", kind], ...Object.entries(patch2), ["metadata", metadata]]);
}

// src/core/generation/split-documents.ts
function splitDocuments(text2) {
  const starts = [0];
  for (const match of text2.matchAll(/\n---(?=[ \t\r\n]|$)/g)) starts.push(match.index + 1);
  const documents = starts.map((start, index) => ({ start, end: starts[index + 1] ?? text2.length }));
  return documents.filter(({ start, end }) => end > start);
}
function hasContent(document) {
  return document.replace(/^\ufeff/, "").split(/\r?\n/).some((line) => /^\s*[^\s#]/.test(line.replace(/^---(?=\s|$)|^\.\.\.(?=\s|$)/, "")));
}

// src/core/generation/patch-file.ts
function readPatchFile(source) {
  const read4 = readSourceText(source);
  if (!read4.ok) return { ok: false, problems: [read4.problem] };
  const composed = readTrees(read4.source);
  if (!composed.ok) return { ok: false, problems: [composed.problem] };
  const parsed = objectsIn(read4.source, composed.trees);
  const problems = parsed.problems.filter(({ severity }) => severity === "error");
  if (problems.length === 0) problems.push(...noPatches(read4.source, composed.trees, parsed.documents));
  const entries = [];
  for (const document of parsed.documents) {
    try {
      entries.push({ document, object: toDesiredObject(document).object, key: resourceKey(document) });
    } catch (error) {
      if (!(error instanceof TowpathError)) throw error;
      problems.push(toProblem(error));
    }
  }
  problems.push(...repeated(entries));
  if (problems.length > 0) return { ok: false, problems };
  const { text: text2 } = read4.source;
  const parts = splitDocuments(text2).map((part) => ({
    ...part,
    entries: entries.filter(({ document }) => isWithin(document.root.node.start, part))
  }));
  return { ok: true, file: { path: source.path, text: text2, parts } };
}
function isFluxWritten(file) {
  const entries = file.parts.flatMap((part) => part.entries);
  return file.text === entries.map(({ object: object2 }) => `---
${emitYaml(object2)}`).join("");
}
function noPatches(source, trees, found) {
  const known = new Set(found.map(({ tree }) => tree));
  return trees.filter((tree) => !known.has(tree) && !isEmpty(tree)).map(({ root }) => ({
    severity: "error",
    code: "PATCH_INVALID",
    message: "document is no patch of an object",
    position: source.positionAt(root.start),
    hint: "Remove it, or let the patchFile of the .flux.yaml name another file."
  }));
}
function isEmpty(tree) {
  const root = rootOf(tree);
  return isScalar(root) && typeOfScalar(root.node) === null;
}
function isWithin(offset, { start, end }) {
  return offset >= start && offset < end;
}
function repeated(entries) {
  return [...Map.groupBy(entries, ({ key }) => key).values()].flatMap(
    ([, ...others]) => others.map(
      ({ document }) => ({
        severity: "error",
        code: "PATCH_INVALID",
        message: `${document.subject} is patched twice`,
        position: document.position,
        subject: document.subject,
        hint: "Join the two documents."
      })
    )
  );
}

// src/core/generation/apply-patches.ts
function applyPatches(documents, source) {
  const read4 = readPatchFile(source);
  return read4.ok ? applyPatchFile(documents, read4.file) : read4;
}
function patchedBy(document, file) {
  const entry = file.parts.flatMap((part) => part.entries).find(({ key }) => key === document.key);
  if (entry === void 0) return document.file;
  const result = applyOne(document, entry);
  return "file" in result ? result.file : void 0;
}
function applyPatchFile(documents, file) {
  const problems = [];
  const patched = /* @__PURE__ */ new Map();
  const byKey2 = Map.groupBy(documents, ({ key }) => key);
  for (const entry of file.parts.flatMap((part) => part.entries)) {
    const [target, another] = byKey2.get(entry.key) ?? [];
    if (target === void 0) {
      problems.push(noTarget(entry, "is patched and not generated"));
    } else if (another !== void 0) {
      problems.push(noTarget(entry, "is patched and generated in several API groups"));
    } else {
      const result = applyOne(target, entry);
      if ("file" in result) patched.set(target, result);
      else problems.push(result);
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, documents: documents.map((document) => patched.get(document) ?? document) };
}
function applyOne(target, entry) {
  try {
    return writeDocument(target.file.path, applyEntry(target.document, target.object, entry.object));
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return {
      severity: "error",
      code: "PATCH_INVALID",
      message: `${target.document.subject} cannot be patched: ${error.message}`,
      position: entry.document.position,
      subject: target.document.subject,
      hint: "Correct the document, or remove it from the patch file."
    };
  }
}
function noTarget({ document }, clause2) {
  return {
    severity: "error",
    code: "PATCH_TARGET",
    message: `${document.subject} ${clause2}`,
    position: document.position,
    subject: document.subject,
    hint: "Remove the document from the patch file, or let the generators print the object."
  };
}

// src/core/manifests/duplicates.ts
function findDuplicates(documents) {
  const repeated2 = [];
  const problems = [];
  for (const [, group] of Map.groupBy(documents, identityOf2)) {
    const [first, second] = group;
    if (first === void 0 || second === void 0) continue;
    repeated2.push(...group);
    const { file, line } = first.position;
    const more = group.length > 2 ? `, and ${group.length - 2} more` : "";
    problems.push({
      severity: "error",
      code: "MANIFEST_DUPLICATE",
      message: `${second.subject} is defined here and in ${file}:${line}${more}: neither counts`,
      position: second.position,
      subject: second.subject,
      hint: "Keep one of the definitions."
    });
  }
  return { documents: repeated2, problems };
}
function identityOf2(document) {
  const slash = document.apiVersion.indexOf("/");
  const group = slash === -1 ? "" : document.apiVersion.slice(0, slash);
  return JSON.stringify([group, document.kind, document.namespace ?? null, document.name]);
}

// src/core/generation/read-generated.ts
var MAX_DOCUMENTS = 5e4;
function readGenerated({ generation, outputs, variant }) {
  const documents = [];
  const problems = [];
  const name = variant === void 0 ? generation.configPath : `${generation.configPath}@${variant}`;
  let count2 = 0;
  for (const [index, output] of outputs.entries()) {
    const text2 = decode2(output);
    if (text2 === void 0) return { ok: false, problems: [notText(generation, index)] };
    for (const { start, end } of splitDocuments(text2)) {
      const document = text2.slice(start, end);
      if (!hasContent(document)) continue;
      count2++;
      if (count2 > MAX_DOCUMENTS) return { ok: false, problems: [tooMany(generation, index)] };
      const read4 = readDocument({ path: `${name}#${count2}`, bytes: new TextEncoder().encode(document) });
      if (read4.ok && read4.documents.length === 0 && isProse(document)) {
        return { ok: false, problems: [noManifest(generation, { index, count: count2 })] };
      }
      if (read4.ok) documents.push(...read4.documents);
      else problems.push(...read4.problems.map((problem2) => printedBy(problem2, { generation, index, count: count2 })));
    }
  }
  problems.push(...findDuplicates(documents.map(({ document }) => document)).problems);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, documents };
}
function decode2(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return void 0;
  }
}
function printedBy(problem2, { generation, index, count: count2 }) {
  const { file, line } = generation.config.generators[index]?.position ?? generation.config.position;
  return { ...problem2, hint: `Look at document ${count2} of the output; the command at ${file}:${line} prints it.` };
}
function notText(generation, index) {
  return outputProblem(generation, index, "printed something else than UTF-8 text");
}
function isProse(document) {
  return parseLoose({ path: "", bytes: new TextEncoder().encode(document) }, "").documents.length === 0;
}
function noManifest(generation, { index, count: count2 }) {
  return outputProblem(generation, index, `printed something else than a manifest as document ${count2}`);
}
function tooMany(generation, index) {
  return outputProblem(generation, index, `printed more than ${MAX_DOCUMENTS} documents`);
}
function outputProblem(generation, index, clause2) {
  return {
    severity: "error",
    code: "GENERATED_UNREADABLE",
    message: `generator of ${generation.configPath} ${clause2}`,
    position: generation.config.generators[index]?.position ?? generation.config.position,
    subject: generation.configPath,
    hint: "Let the command print manifests as YAML, and nothing else."
  };
}

// src/core/generation/generated-manifests.ts
function readManifests(given) {
  const { generation, patchFile } = given;
  const read4 = readGenerated(given);
  if (!read4.ok) return read4;
  const generated = read4.documents;
  if (patchFile === void 0)
    return { ok: true, manifests: { generation, generated, documents: generated, patchFile } };
  const patched = applyPatches(generated, patchFile);
  return patched.ok ? { ok: true, manifests: { generation, generated, documents: patched.documents, patchFile } } : patched;
}
function nothingWarning({ generation, generated }) {
  const { config, configPath } = generation;
  if (generated.length > 0 || config.generators.length === 0) return void 0;
  return {
    severity: "warning",
    code: "GENERATED_NOTHING",
    message: `generators of ${printable(configPath)} printed no object`,
    position: config.position,
    subject: printable(configPath),
    hint: "Run them where the file lies. If there is nothing to apply, write `generators: []`."
  };
}
function filesOf(manifests) {
  return manifests.documents.map((document) => document.file);
}
function changesOf(manifests, changes) {
  const paths = new Set(manifests.documents.map((document) => document.file.path));
  return changes.filter((change) => paths.has(change.path));
}

// src/core/generation/tree-path.ts
function resolvePath(directory, written3) {
  if (written3.startsWith("/") || /[\\\0]/.test(written3) || /^[A-Za-z]:/.test(written3)) return void 0;
  const segments = directory === "" ? [] : directory.split("/");
  for (const segment of written3.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === void 0) return void 0;
  }
  return segments.join("/");
}
function directoryOf(path6) {
  const slash = path6.lastIndexOf("/");
  return slash === -1 ? "" : path6.slice(0, slash);
}
function joinPath(directory, name) {
  return directory === "" ? name : `${directory}/${name}`;
}
function obstacleTo(path6, entries) {
  return entries.find((entry) => path6.startsWith(`${entry.path}/`) || entry.path.startsWith(`${path6}/`))?.path;
}

// src/core/generation/find-generation.ts
var FLUX_CONFIG = ".flux.yaml";
function findGeneration(entries, environmentPaths) {
  const configs = new Set(entries.map((entry) => entry.path).filter(isFluxConfig));
  if (configs.size === 0) return { governed: [], raw: environmentPaths };
  const tree = { configs, files: new Set(entries.map((entry) => entry.path)), directories: allAbove(entries) };
  const governed = [];
  const raw = [];
  for (const path6 of environmentPaths) {
    const configPath = governing(resolvePath("", path6), tree);
    if (configPath === void 0) raw.push(path6);
    else governed.push({ path: path6, configPath });
  }
  return { governed, raw };
}
function governing(path6, { configs, files, directories }) {
  if (path6 === void 0) return void 0;
  if (files.has(path6)) return configs.has(path6) ? path6 : void 0;
  if (!directories.has(path6)) return void 0;
  for (let directory = path6; ; directory = directoryOf(directory)) {
    const candidate = joinPath(directory, FLUX_CONFIG);
    if (configs.has(candidate)) return candidate;
    if (directory === "") return void 0;
  }
}
function allAbove(entries) {
  const directories = /* @__PURE__ */ new Set([""]);
  for (const { path: path6 } of entries) {
    for (let above2 = directoryOf(path6); !directories.has(above2); above2 = directoryOf(above2)) directories.add(above2);
  }
  return directories;
}
function isFluxConfig(path6) {
  return path6 === FLUX_CONFIG || path6.endsWith(`/${FLUX_CONFIG}`);
}

// src/core/generation/config-reader.ts
var Fields = class {
  /** Where the mapping begins. */
  start;
  #entries;
  constructor(start, entries) {
    this.start = start;
    this.#entries = new Map(entries.map((entry) => [entry.key.text, entry]));
  }
  has(name) {
    return this.#entries.has(name);
  }
  get(name) {
    return this.#entries.get(name)?.value;
  }
  keyStart(name) {
    return this.#entries.get(name)?.key.start ?? this.start;
  }
  names() {
    return [...this.#entries.keys()];
  }
};
var ConfigReader = class {
  problems = [];
  #source;
  #tree;
  constructor(source, tree) {
    this.#source = source;
    this.#tree = tree;
  }
  positionAt(offset) {
    return this.#source.positionAt(offset);
  }
  /** Remembers a problem: `clause` says what is wrong with the file. */
  fail(offset, clause2, hint) {
    const position = this.positionAt(offset);
    this.problems.push({
      severity: "error",
      code: "GENERATION_CONFIG",
      message: `.flux.yaml ${clause2}`,
      position,
      hint
    });
  }
  /** The fields of a mapping; a problem where it is none. */
  fields(reached, name) {
    if (isMap(reached)) {
      this.#refuseRepeated(reached.node);
      return new Fields(reached.node.start, entriesOf(this.#tree, reached));
    }
    const at2 = reached?.node.start ?? this.#tree.root.start;
    this.fail(
      at2,
      `has something else than a mapping as ${name}`,
      "Write its fields as `name: value`, indented below it."
    );
    return void 0;
  }
  /** The items of a list; none where the field is missing, a problem where it is no list. */
  list(fields, name) {
    const reached = fields.get(name);
    if (reached === void 0) return [];
    if (isSequence(reached)) return itemsOf(this.#tree, reached);
    this.fail(reached.node.start, `has something else than a list as ${name}`, "Write each item behind a dash.");
    return [];
  }
  /** A text that is not empty; a problem with this hint where the field is missing, or is none. */
  text(fields, name, hint) {
    const reached = fields.get(name);
    if (reached === void 0) {
      this.fail(fields.start, `has no ${name} here`, hint);
      return void 0;
    }
    const value = this.value(reached);
    if (typeof value === "string" && value.trim() !== "" && !value.includes("\0")) return value;
    this.fail(reached.node.start, `has something else than text as ${name}`, hint);
    return void 0;
  }
  /** The value of a scalar; undefined for anything else. */
  value(reached) {
    return isScalar(reached) ? typeOfScalar(reached.node) : void 0;
  }
  /** A problem for every field that is not among `known`. */
  onlyKnown(fields, known) {
    for (const name of fields.names()) {
      if (known.includes(name)) continue;
      const hint = suggestion(name, known) ?? "Remove it.";
      this.fail(fields.keyStart(name), `has an unknown key ${printable(name)}`, hint);
    }
  }
  #refuseRepeated(map) {
    const seen = /* @__PURE__ */ new Set();
    for (const { key } of map.pairs) {
      if (key.kind !== "scalar") continue;
      if (seen.has(key.text)) this.fail(key.start, `has ${printable(key.text)} twice`, "Keep one of them.");
      seen.add(key.text);
    }
  }
};

// src/core/generation/go-duration.ts
var UNITS_MS = /* @__PURE__ */ new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["μs", 1e-3],
  ["ms", 1],
  ["s", 1e3],
  ["m", 6e4],
  ["h", 36e5]
]);
var TERM = /([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/y;
var MAX_LENGTH = 64;
function parseGoDuration(text2) {
  if (text2.length > MAX_LENGTH) return void 0;
  const negative = text2.startsWith("-");
  const body = text2.replace(/^[-+]/, "");
  if (body === "0") return 0;
  let total = 0;
  TERM.lastIndex = 0;
  for (let at2 = 0; at2 < body.length; at2 = TERM.lastIndex) {
    const match = TERM.exec(body);
    if (match === null) return void 0;
    total += Number(match[1]) * (UNITS_MS.get(match[2] ?? "") ?? 0);
  }
  if (body === "") return void 0;
  return negative ? -total : total;
}

// src/core/generation/flux-config.ts
var KINDS2 = ["commandUpdated", "patchUpdated", "scanForFiles"];
var DOCUMENTED = "See https://github.com/fluxcd/flux/blob/master/docs/references/fluxyaml-config-files.md.";
var SHORTEST_TIMEOUT_MS = 1e3;
function parseFluxConfig(file) {
  const read4 = readSourceText(file);
  if (!read4.ok) return { ok: false, problems: [read4.problem] };
  const composed = readTrees(read4.source);
  if (!composed.ok) return { ok: false, problems: [composed.problem] };
  const [tree, second] = composed.trees;
  if (tree === void 0) return { ok: false, problems: [emptyFile(file)] };
  const reader = new ConfigReader(read4.source, tree);
  if (second !== void 0) reader.fail(second.root.start, "holds a second document", "Keep one document.");
  const fields = reader.fields(rootOf(tree), "the file");
  const config = fields === void 0 ? void 0 : readRoot(reader, fields);
  return config === void 0 || reader.problems.length > 0 ? { ok: false, problems: reader.problems } : { ok: true, config };
}
function emptyFile(file) {
  return {
    severity: "error",
    code: "GENERATION_CONFIG",
    message: "file is empty",
    position: { file: file.path, line: 1, col: 1 },
    hint: `Write \`version: 1\` and one of ${KINDS2.join(", ")}. ${DOCUMENTED}`
  };
}
function readRoot(reader, fields) {
  if (isPreRelease(fields)) {
    const hint = "Write `version: 1`, and move generators and updaters below `commandUpdated`.";
    reader.fail(fields.start, "has the format that .flux.yaml had before its first release", hint);
    return void 0;
  }
  reader.onlyKnown(fields, ["version", ...KINDS2]);
  readVersion2(reader, fields);
  const [kind, another] = KINDS2.filter((name) => fields.has(name));
  if (kind === void 0) {
    reader.fail(fields.start, "does not say how manifests are made", `Add one of ${KINDS2.join(", ")}. ${DOCUMENTED}`);
    return void 0;
  }
  if (another !== void 0) {
    reader.fail(fields.keyStart(another), `has ${another} beside ${kind}`, "Keep one of them.");
    return void 0;
  }
  if (kind === "scanForFiles") return readScan(reader, fields);
  const inner = reader.fields(fields.get(kind), kind);
  if (inner === void 0) return void 0;
  const position = reader.positionAt(fields.keyStart(kind));
  return kind === "commandUpdated" ? readCommandUpdated(reader, inner, position) : readPatchUpdated(reader, inner, position);
}
function isPreRelease(fields) {
  return !KINDS2.some((name) => fields.has(name)) && (fields.has("generators") || fields.has("updaters"));
}
function readVersion2(reader, fields) {
  const version = fields.get("version");
  if (version === void 0) reader.fail(fields.start, "has no version", "Write `version: 1`.");
  else if (reader.value(version) !== 1) {
    reader.fail(version.node.start, "has a version other than 1", "Write `version: 1`.");
  }
}
function readScan(reader, fields) {
  const value = fields.get("scanForFiles");
  const isNothing = value !== void 0 && reader.value(value) === null;
  const inner = isNothing ? void 0 : reader.fields(value, "scanForFiles");
  if (inner !== void 0) reader.onlyKnown(inner, []);
  return { kind: "scanForFiles" };
}
function readCommandUpdated(reader, fields, position) {
  reader.onlyKnown(fields, ["generators", "updaters"]);
  const generators = readGenerators(reader, fields);
  const updaters = reader.list(fields, "updaters").flatMap((item) => {
    const step2 = reader.fields(item, "an updater");
    if (step2 === void 0) return [];
    reader.onlyKnown(step2, ["containerImage", "policy"]);
    const read4 = (name) => step2.has(name) ? readCommand(reader, step2.get(name), name) : void 0;
    return [{ containerImage: read4("containerImage"), policy: read4("policy") }];
  });
  return { kind: "commandUpdated", position, generators, updaters };
}
function readPatchUpdated(reader, fields, position) {
  reader.onlyKnown(fields, ["generators", "patchFile"]);
  const generators = readGenerators(reader, fields);
  const value = reader.text(fields, "patchFile", "Name the file that updates are written to, such as flux-patch.yaml.");
  if (value === void 0) return void 0;
  const at2 = fields.get("patchFile")?.node.start ?? fields.start;
  return { kind: "patchUpdated", position, generators, patchFile: { value, position: reader.positionAt(at2) } };
}
function readGenerators(reader, fields) {
  if (!fields.has("generators")) {
    reader.fail(fields.start, "has no generators", "List the commands that print manifests; `[]` for none.");
  }
  return reader.list(fields, "generators").flatMap((item) => readCommand(reader, item, "a generator") ?? []);
}
function readCommand(reader, item, name) {
  const fields = reader.fields(item, name);
  if (fields === void 0) return void 0;
  reader.onlyKnown(fields, ["command", "timeout"]);
  const timeoutMs = readTimeout(reader, fields);
  const command = reader.text(fields, "command", "Write the command as text, quoted where YAML needs it.");
  if (command === void 0) return void 0;
  const at2 = fields.get("command")?.node.start ?? fields.start;
  return { command, timeoutMs, position: reader.positionAt(at2) };
}
function readTimeout(reader, fields) {
  if (!fields.has("timeout")) return void 0;
  const hint = "Write a duration with its unit, such as 30s or 2m30s.";
  const text2 = reader.text(fields, "timeout", hint);
  if (text2 === void 0) return void 0;
  const timeoutMs = parseGoDuration(text2);
  if (timeoutMs === void 0 || timeoutMs < 0) {
    reader.fail(fields.get("timeout")?.node.start ?? fields.start, "has a timeout that is no duration", hint);
    return void 0;
  }
  return timeoutMs < SHORTEST_TIMEOUT_MS ? void 0 : timeoutMs;
}

// src/core/generation/generation.ts
function planGeneration(governed, files) {
  const generations = [];
  const raw = [];
  const problems = [];
  for (const [configPath, group] of Map.groupBy(governed, (entry) => entry.configPath)) {
    const file = files.find((candidate) => candidate.path === configPath);
    if (file === void 0) continue;
    const paths = group.map((entry) => entry.path);
    const parsed = parseFluxConfig(file);
    if (!parsed.ok) {
      problems.push(...parsed.problems);
    } else if (parsed.config.kind === "scanForFiles") {
      raw.push(...paths);
    } else {
      const directory = directoryOf(configPath);
      const { config } = parsed;
      const patchPath = config.kind === "patchUpdated" ? resolvePath(directory, config.patchFile.value) : void 0;
      problems.push(
        ...patchPathProblems(config, patchPath),
        ...aboveWarnings({ configPath, directory, config, paths })
      );
      generations.push({ configPath, directory, paths, config, patchPath });
    }
  }
  return { generations, raw, problems };
}
function patchPathProblems(config, patchPath) {
  if (config.kind !== "patchUpdated") return [];
  if (patchPath !== void 0 && canBePatchFile(patchPath) && !config.patchFile.value.endsWith("/")) return [];
  return [
    {
      severity: "error",
      code: "GENERATION_CONFIG",
      message: `.flux.yaml has a patchFile that cannot hold patches: ${printable(config.patchFile.value)}`,
      position: config.patchFile.position,
      hint: "Write a path inside the repository, relative to the directory of the .flux.yaml, of a file for patches only."
    }
  ];
}
function canBePatchFile(path6) {
  const names = path6.split("/");
  return path6 !== "" && names.at(-1) !== FLUX_CONFIG && !names.some((name) => name.toLowerCase() === ".git");
}
function aboveWarnings(generation) {
  const { configPath, directory, config } = generation;
  return generation.paths.flatMap((path6) => {
    const resolved = resolvePath("", path6);
    if (resolved === directory || resolved === configPath) return [];
    return [
      {
        severity: "warning",
        code: "GENERATION_DIRECTORY",
        message: `commands run in the directory of their .flux.yaml, not in ${printable(path6)} as in Flux`,
        position: config.position,
        subject: printable(path6),
        hint: `Move the file into ${printable(path6)}, or copy it there.`
      }
    ];
  });
}

// src/core/generation/permission.ts
function refuseGeneration(request) {
  const { generation, environment, allowed, fromFork } = request;
  const { configPath } = generation;
  const problem2 = { severity: "error", position: generation.config.position, subject: environment };
  if (fromFork) {
    return {
      ...problem2,
      code: "GENERATORS_FORK",
      message: `commands of ${configPath} are not run for a pull request from a fork`,
      hint: "Push the branch to this repository, once its changes have been read."
    };
  }
  if (allowed) return void 0;
  return {
    ...problem2,
    code: "GENERATORS_NOT_ALLOWED",
    message: `commands of ${configPath} make the manifests of environment ${environment} and are not allowed to run`,
    hint: `Set environments.${environment}.generators: true in the configuration.`
  };
}

// src/core/manifests/select-paths.ts
function selectManifestPaths(entries, environmentPaths) {
  return selectPaths(entries, { below: environmentPaths, accepts: isManifestFile });
}
function selectPaths(entries, given) {
  const problems = [];
  const charts = chartDirectories(entries);
  const selected = /* @__PURE__ */ new Set();
  for (const written3 of given.below) {
    const path6 = normalize(written3);
    if (path6 === void 0) {
      problems.push(outsideRoot(written3));
      continue;
    }
    const below = entries.filter((entry) => isAtOrBelow(entry.path, path6));
    if (below.length === 0) problems.push(matchesNothing(written3));
    for (const entry of below) {
      if (isFile(entry) && given.accepts(entry) && !isInChart(entry.path, charts)) selected.add(entry.path);
    }
  }
  return { paths: [...selected].sort(), problems };
}
function normalize(written3) {
  if (written3.startsWith("/") || written3.includes("\\") || /^[A-Za-z]:/.test(written3)) return void 0;
  const segments = [];
  for (const segment of written3.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === void 0) return void 0;
  }
  return segments.join("/");
}
function isAtOrBelow(path6, directory) {
  return directory === "" || path6 === directory || path6.startsWith(`${directory}/`);
}
function isFile({ kind }) {
  return kind === "file" || kind === "executable";
}
function isManifestFile({ path: path6 }) {
  return /\.ya?ml$/.test(path6);
}
function chartDirectories(entries) {
  const withChart = directoriesOf(entries, "Chart.yaml");
  const withValues = directoriesOf(entries, "values.yaml");
  return withChart.intersection(withValues);
}
function directoriesOf(entries, fileName) {
  const directories = /* @__PURE__ */ new Set();
  for (const { path: path6 } of entries) {
    const slash = path6.lastIndexOf("/");
    if (path6.slice(slash + 1) === fileName) directories.add(slash === -1 ? "" : path6.slice(0, slash));
  }
  return directories;
}
function isInChart(path6, charts) {
  if (charts.size === 0) return false;
  if (charts.has("")) return true;
  for (let slash = path6.indexOf("/"); slash !== -1; slash = path6.indexOf("/", slash + 1)) {
    if (charts.has(path6.slice(0, slash))) return true;
  }
  return false;
}
function outsideRoot(written3) {
  return {
    severity: "error",
    code: "PATH_OUTSIDE_ROOT",
    message: `environment path ${printable(written3)} leads out of the repository`,
    hint: "Write the path relative to the root of the repository, with `/`."
  };
}
function matchesNothing(written3) {
  return {
    severity: "error",
    code: "PATH_NOT_FOUND",
    message: `environment path ${printable(written3)} matches no file`,
    hint: "Correct the path, or commit the first file below it."
  };
}

// src/core/images/locate/image-file.ts
var KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
function selectImagePaths(entries, given) {
  const kustomizations = selectPaths(entries, { below: given.below, accepts: ({ path: path6 }) => KUSTOMIZATION.test(path6) });
  const paths = kustomizations.paths.map((path6) => ({ path: path6, kind: "kustomization" }));
  const problems = [];
  const values = /* @__PURE__ */ new Set();
  for (const { value, position } of given.values) {
    const matches = compileGlob(value);
    const found = entries.filter((entry) => isFile(entry) && isManifestFile(entry) && matches(entry.path));
    if (found.length === 0) problems.push(noValues(value, position));
    for (const { path: path6 } of found) values.add(path6);
  }
  paths.push(...[...values].sort().map((path6) => ({ path: path6, kind: "values" })));
  return { paths, problems };
}
function noValues(glob, position) {
  return {
    severity: "error",
    code: "PATH_NOT_FOUND",
    message: `no file matches ${printable(glob)}`,
    position,
    hint: "Write the path of a values file from the root of the repository; * stands for anything."
  };
}

// src/command/generated/environment-sources.ts
async function findSources(given, signal) {
  const { snapshot, environment } = given;
  const found = await findCommands(given, signal);
  const { generations } = found;
  if (found.problems.some(({ severity }) => severity === "error")) {
    return refused2({ environment, tree: snapshot, problems: found.problems });
  }
  const paths = environment.paths.filter(({ value }) => found.raw.has(value));
  const read4 = await readFiles({ snapshot, paths, values: environment.values }, signal);
  const problems = [...found.problems, ...read4.problems];
  const { files, imageFiles } = read4;
  return { environment, tree: snapshot, files, imageFiles, generations, refused: false, problems };
}
function refused2(given) {
  return { ...given, files: [], imageFiles: [], generations: [], refused: true };
}
async function findCommands(given, signal) {
  const { snapshot, environment, event } = given;
  const { governed, raw } = findGeneration(
    snapshot.entries,
    environment.paths.map((path6) => path6.value)
  );
  if (governed.length === 0) return { generations: [], raw: new Set(raw), problems: [] };
  const read4 = await snapshot.read([...new Set(governed.map((entry) => entry.configPath))], signal);
  const plan2 = planGeneration(governed, read4.files);
  const refusals = plan2.generations.flatMap(
    (generation) => refuseGeneration({
      generation,
      environment: environment.name,
      allowed: environment.generators,
      fromFork: event.fromFork
    }) ?? []
  );
  const problems = [...read4.problems, ...plan2.problems, ...refusals];
  return { generations: plan2.generations, raw: /* @__PURE__ */ new Set([...raw, ...plan2.raw]), problems };
}
async function readFiles({ snapshot, paths, values }, signal) {
  const selected = paths.map((path6) => selectPlaced(snapshot, path6));
  const images = selectImagePaths(snapshot.entries, { below: paths.map((path6) => path6.value), values });
  const manifests = new Set(selected.flatMap((entry) => entry.paths));
  const all = [.../* @__PURE__ */ new Set([...manifests, ...images.paths.map(({ path: path6 }) => path6)])].sort();
  const read4 = await snapshot.read(all, signal);
  const byPath = new Map(read4.files.map((file) => [file.path, file]));
  return {
    files: read4.files.filter((file) => manifests.has(file.path)),
    imageFiles: images.paths.flatMap(({ path: path6, kind }) => {
      const file = byPath.get(path6);
      return file === void 0 ? [] : [{ file, kind }];
    }),
    problems: [...selected.flatMap((entry) => entry.problems), ...images.problems, ...read4.problems]
  };
}
function selectPlaced(snapshot, path6) {
  const selected = selectManifestPaths(snapshot.entries, [path6.value]);
  return {
    paths: selected.paths,
    problems: selected.problems.map((problem2) => ({ ...problem2, position: path6.position }))
  };
}

// src/command/generated/generate.ts
async function generate(given, deps) {
  const manifests = [];
  for (const generation of given.generations) {
    try {
      const read4 = await generateOne(generation, given, deps);
      if (!read4.ok) return read4;
      manifests.push(read4.manifests);
    } catch (error) {
      deps.signal.throwIfAborted();
      return { ok: false, problems: [toProblem(error, { subject: generation.configPath })] };
    }
  }
  return { ok: true, manifests };
}
async function generateOne(generation, given, deps) {
  const { tree, kubeconfig, variant } = given;
  const { configPath, directory, config } = generation;
  const patch2 = await readPatch(generation, tree, deps.signal);
  if (!patch2.ok) return patch2;
  const run3 = { tree, configPath, directory, generators: config.generators, kubeconfig };
  const outputs = await deps.generators.generate(run3, deps.signal);
  return readManifests({ generation, outputs, variant, patchFile: patch2.file });
}
async function readPatch({ patchPath }, tree, signal) {
  if (patchPath === void 0 || !tree.entries.some(({ path: path6 }) => path6 === patchPath)) {
    return { ok: true, file: void 0 };
  }
  const { files, problems } = await tree.read([patchPath], signal);
  const [file] = files;
  return file === void 0 ? { ok: false, problems } : { ok: true, file };
}

// src/command/generated/scan-kubeconfig.ts
async function kubeconfigForScan(environment, deps) {
  const none = { context: null, kubeconfig: null };
  if (environment.clusters?.length === 0) return { ...none, missing: void 0 };
  try {
    const clusters = await deps.clusters();
    const [context] = expandContexts(await clusters.contexts(), environment.clusters);
    if (context === void 0) return { ...none, missing: void 0 };
    return { context, kubeconfig: await clusters.kubeconfigFor(context, deps.signal), missing: void 0 };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { ...none, missing: toProblem(error, { subject: environment.name }) };
  }
}

// src/command/environment-manifests.ts
var ENVIRONMENTS_AT_ONCE = 2;
async function readEnvironments(given, deps) {
  const { snapshot, environments, event } = given;
  return mapConcurrent(
    environments,
    ENVIRONMENTS_AT_ONCE,
    (environment) => readEnvironment({ snapshot, environment, event }, deps)
  );
}
async function readEnvironment(given, deps) {
  const sources = await findSources(given, deps.signal);
  if (sources.generations.length === 0) return withoutCommands(sources);
  const { environment, tree, generations, problems } = sources;
  const { context, kubeconfig, missing } = await kubeconfigForScan(environment, deps);
  const made = await generate({ generations, tree, kubeconfig, variant: environment.name }, deps);
  if (!made.ok) {
    const cause = missing === void 0 ? [] : [{ ...missing, severity: "warning" }];
    return withoutCommands(refused2({ environment, tree, problems: [...problems, ...made.problems, ...cause] }));
  }
  const generated = made.manifests;
  const files = [...sources.files, ...generated.flatMap(filesOf)];
  const warnings = generated.flatMap((manifests) => nothingWarning(manifests) ?? []);
  return { ...withoutCommands(sources), files, generated, context, kubeconfig, problems: [...problems, ...warnings] };
}
function withoutCommands(sources) {
  const { environment, files, imageFiles, problems } = sources;
  return { environment, files, imageFiles, generated: [], context: null, kubeconfig: null, sources, problems };
}
function imageFilesOf(read4) {
  const files = /* @__PURE__ */ new Map();
  for (const entry of read4) {
    for (const file of entry.files) files.set(`objects ${file.path}`, { file, kind: "objects" });
    for (const found of entry.imageFiles) files.set(`${found.kind} ${found.file.path}`, found);
  }
  return [...files.values()];
}
function pathsOf({ files, imageFiles }) {
  return [...new Set([...files, ...imageFiles.map(({ file }) => file)].map(({ path: path6 }) => path6))];
}
function withChanges(files, changes) {
  const changed = new Map(changes.map((change) => [change.path, change.bytes]));
  return files.map((file) => ({ path: file.path, bytes: changed.get(file.path) ?? file.bytes }));
}

// src/command/images/ask-registries.ts
function registryProblems(answers) {
  const problems = [];
  for (const [subject, { problem: problem2, listing }] of answers) {
    if (problem2 !== void 0) problems.push(problem2);
    const message = listing?.warning;
    if (message !== void 0) problems.push({ severity: "warning", code: "REGISTRY_LISTING", message, subject });
  }
  return problems;
}
var REPOSITORIES_AT_ONCE = 32;
async function askRegistries(asks, registries, signal) {
  const groups = [...Map.groupBy(asks, (ask) => repositoryKey(ask.use))];
  const answers = await mapConcurrent(groups, REPOSITORIES_AT_ONCE, async ([key, group]) => {
    const repository = repositoryOf(group[0].use.name);
    return [key, await askRepository({ repository, asks: group, registries, signal })];
  });
  return new Map(answers);
}
function repositoryKey(use) {
  const repository = repositoryOf(use.name);
  return `${repository.registry}/${repository.path}`;
}
async function askRepository(given) {
  const { repository, registries, signal } = given;
  try {
    const listing = await registries.list(repository, signal);
    return { ...await learn(given, listing), problem: void 0, choices: /* @__PURE__ */ new Map() };
  } catch (error) {
    signal.throwIfAborted();
    const problem2 = toProblem(error, { subject: `${repository.registry}/${repository.path}` });
    return { listing: null, remembered: /* @__PURE__ */ new Map(), problem: problem2, choices: /* @__PURE__ */ new Map() };
  }
}
async function learn({ repository, asks, registries, signal }, listing) {
  const [pushed, created, followed] = ["pushed", "created", "digest"].map(
    (fact) => factsToAsk(asks, listing, fact)
  );
  let learnt = { listing, remembered: /* @__PURE__ */ new Map() };
  if (pushed.length + created.length > 0) {
    const wanted = pushed.length > 0 ? "pushes" : "builds";
    learnt = merge(learnt, await registries.times(repository, { tags: [...pushed, ...created], wanted }, signal));
  }
  if (created.length > 0) {
    const known = new Map([...learnt.listing.tags, ...learnt.remembered.values()].map((facts) => [facts.tag, facts]));
    const wanted = created.map((facts) => known.get(facts.tag) ?? facts).filter(needsDescribing(asks, known));
    learnt = merge(learnt, await registries.describe(repository, wanted, signal));
  }
  const moved = followed.map(async ({ tag }) => ({
    tag,
    digest: await registries.digest(repository, tag, signal) ?? void 0
  }));
  return moved.length === 0 ? learnt : merge(learnt, await Promise.all(moved));
}
function needsDescribing(asks, known) {
  const tags = new Set(asks.map(({ use }) => use.tag));
  const digests = new Set(
    [...tags].map((tag) => known.get(tag ?? "")?.digest).filter((digest) => digest !== void 0)
  );
  return ({ tag, digest, createdMs }) => createdMs === void 0 || tags.has(tag) || digest !== void 0 && digests.has(digest);
}
function factsToAsk(asks, listing, fact) {
  const wanted = /* @__PURE__ */ new Map();
  const listed2 = new Map(listing.tags.map((facts) => [facts.tag, facts]));
  for (const { use, policy, exclude } of asks) {
    if (factOf(policy) !== fact) continue;
    const current = { tag: use.tag, digest: use.digest };
    const matching = candidates({ policy, current, listing, exclude });
    for (const facts of matching) wanted.set(facts.tag, facts);
    if (use.tag !== void 0 && fact !== "digest") wanted.set(use.tag, listed2.get(use.tag) ?? { tag: use.tag });
  }
  return [...wanted.values()];
}
function merge({ listing, remembered }, described) {
  const facts = new Map(described.map((entry) => [entry.tag, entry]));
  const listed2 = new Set(listing.tags.map((entry) => entry.tag));
  const tags = listing.tags.map((entry) => ({ ...entry, ...facts.get(entry.tag) }));
  const unlisted = [...facts].filter(([tag]) => !listed2.has(tag));
  return { listing: { ...listing, tags }, remembered: new Map([...remembered, ...unlisted]) };
}

// src/core/images/flux-v2/spec-fields.ts
function specFields(document) {
  const { tree, root } = document;
  const faults = [];
  const at2 = (path6) => {
    const reached = valueAt(tree, root, ["spec", ...path6.split(".")]);
    return isScalar(reached) && typeOfScalar(reached.node) === null ? void 0 : reached;
  };
  const fault2 = (path6, about) => faults.push({ offset: at2(path6)?.node.start ?? root.node.start, ...about });
  const scalar2 = (path6, type) => {
    const reached = at2(path6);
    if (reached === void 0) return void 0;
    const value = isScalar(reached) ? typeOfScalar(reached.node) : void 0;
    if (typeof value === type) return value;
    const word = type === "string" ? "text" : "true or false";
    fault2(path6, {
      message: `spec.${path6} is not ${word}`,
      hint: `Write ${word}${type === "string" ? ", in quotes" : ""}.`
    });
    return void 0;
  };
  const text2 = (path6) => scalar2(path6, "string");
  return {
    text: text2,
    required: (path6) => {
      const value = text2(path6);
      if (value === void 0 && at2(path6) === void 0)
        fault2(path6, { message: `has no spec.${path6}`, hint: `Add spec.${path6}.` });
      return value ?? "";
    },
    flag: (path6) => scalar2(path6, "boolean"),
    texts: (path6) => {
      const reached = at2(path6);
      if (reached === void 0) return void 0;
      const items = isSequence(reached) ? itemsOf(tree, reached).map(textOf2) : [void 0];
      if (items.every((item) => item !== void 0)) return items;
      fault2(path6, { message: `spec.${path6} is not a list of texts`, hint: "Write a list of quoted texts." });
      return void 0;
    },
    oneOf: (path6, words) => {
      const value = text2(path6);
      const known = words.find((word) => word === value);
      if (value !== void 0 && known === void 0) {
        const message = `spec.${path6} is none of the words it can be`;
        fault2(path6, { message, hint: `Use one of: ${words.join(", ")}.` });
      }
      return known;
    },
    has: (path6) => at2(path6) !== void 0,
    labels: (path6) => {
      const reached = at2(path6);
      if (!isSequence(reached)) return void 0;
      return itemsOf(tree, reached).map((item) => {
        const labels = valueAt(tree, item, ["matchLabels"]);
        const entries = isMap(labels) ? entriesOf(tree, labels) : [];
        return new Map(entries.map(({ key, value }) => [key.text, textOf2(value) ?? ""]));
      });
    },
    fault: fault2,
    faults: () => faults
  };
}
function textOf2(reached) {
  const value = isScalar(reached) ? typeOfScalar(reached.node) : void 0;
  return typeof value === "string" ? value : void 0;
}

// src/core/images/flux-v2/variables.ts
function unescaped2(text2) {
  return text2.replaceAll("$${", "${");
}
function faultOfVariable(text2) {
  const variable = /(?<!\$)\$\{[A-Za-z_]\w*[^}]{0,64}\}/.exec(text2)?.[0];
  if (variable === void 0) return void 0;
  return {
    message: `holds the variable ${printable(variable)}, which nothing fills in here`,
    hint: "Write its value, or let a kustomization write it; `postBuild` of a Flux Kustomization is not read."
  };
}

// src/core/images/flux-v2/read-image-policy.ts
var LONGEST_TEXT = 4096;
function readImagePolicy(document) {
  const fields = specFields(document);
  const repository = {
    name: fields.required("imageRepositoryRef.name"),
    namespace: fields.text("imageRepositoryRef.namespace")
  };
  const { path: path6, policy } = readPolicy(fields);
  const digests = fields.oneOf("digestReflectionPolicy", ["Never", "IfNotPresent", "Always"]) ?? "Never";
  const suspended = fields.flag("suspend") ?? false;
  const [before] = fields.faults();
  if (before !== void 0) return { ok: false, fault: before };
  const checked = checkPolicy(policy);
  if (checked.ok) return { ok: true, spec: { repository, policy, digests, suspended }, warning: checked.warning };
  const aboutFilter = "filter" in policy && policy.filter !== void 0 && checkPolicy({ ...policy, filter: void 0 }).ok;
  fields.fault(aboutFilter ? "filterTags" : path6, {
    message: checked.message,
    hint: checked.hint ?? "Correct the policy."
  });
  const [fault2] = fields.faults();
  return { ok: false, fault: fault2 };
}
function readPolicy(fields) {
  const filter = readFilter(fields);
  if (fields.has("policy.semver")) {
    const range = substituted(fields, "policy.semver.range", fields.required("policy.semver.range"));
    return { path: "policy.semver.range", policy: { kind: "semver", range, filter, threeParts: true } };
  }
  for (const kind of ["alphabetical", "numerical"]) {
    if (!fields.has(`policy.${kind}`)) continue;
    const order2 = fields.oneOf(`policy.${kind}.order`, ["asc", "desc"]) ?? "asc";
    return { path: `policy.${kind}`, policy: { kind, order: order2, filter } };
  }
  fields.fault("policy", { message: "has no policy", hint: "Add spec.policy with semver, alphabetical or numerical." });
  return { path: "policy", policy: { kind: "semver", range: "" } };
}
function readFilter(fields) {
  if (!fields.has("filterTags")) return void 0;
  const pattern = substituted(fields, "filterTags.pattern", fields.text("filterTags.pattern") ?? "");
  const extract = fields.text("filterTags.extract");
  if (extract !== void 0 && extract.length > LONGEST_TEXT) tooLong(fields, "filterTags.extract");
  return { pattern, extract: extract === void 0 || extract === "" ? void 0 : unescaped2(extract) };
}
function substituted(fields, path6, text2) {
  if (text2.length > LONGEST_TEXT) tooLong(fields, path6);
  const variable = faultOfVariable(text2);
  if (variable !== void 0) fields.fault(path6, { ...variable, message: `spec.${path6} ${variable.message}` });
  return unescaped2(text2);
}
function tooLong(fields, path6) {
  fields.fault(path6, {
    message: `spec.${path6} is longer than ${LONGEST_TEXT} characters`,
    hint: "Write a shorter one."
  });
}

// src/core/images/flux-v2/read-repository.ts
var DEFAULT_EXCLUSION = ["^.*\\.sig$"];
var MOST_EXCLUSIONS = 25;
var LONGEST_EXCLUSION = 1024;
function readRepository(document) {
  const fields = specFields(document);
  const spec = {
    image: readImage(fields),
    exclude: readExclusions(fields),
    suspended: fields.flag("suspend") ?? false,
    admits: fields.labels("accessFrom.namespaceSelectors")
  };
  const [fault2] = fields.faults();
  return fault2 === void 0 ? { ok: true, spec } : { ok: false, fault: fault2 };
}
function readImage(fields) {
  const image = fields.required("image");
  if (image === "") return image;
  const variable = faultOfVariable(image);
  if (variable !== void 0) {
    fields.fault("image", { ...variable, message: `spec.image ${variable.message}` });
    return image;
  }
  const hint = "Write the name of the image alone, such as ghcr.io/example/api.";
  if (image.includes("://")) {
    fields.fault("image", { message: `spec.image ${printable(image)} has a scheme`, hint });
    return image;
  }
  const reference = parseReference(image);
  if ("error" in reference) {
    fields.fault("image", { message: `spec.image is no image name: ${reference.error}`, hint });
  } else if (reference.tag !== void 0 || reference.digest !== void 0) {
    fields.fault("image", { message: `spec.image ${printable(image)} has a tag or a digest`, hint });
  }
  return image;
}
function readExclusions(fields) {
  const patterns = fields.texts("exclusionList") ?? DEFAULT_EXCLUSION;
  const excess = patterns.length > MOST_EXCLUSIONS || patterns.some((pattern) => pattern.length > LONGEST_EXCLUSION);
  if (excess) {
    const message = `spec.exclusionList is longer than ${MOST_EXCLUSIONS} patterns of ${LONGEST_EXCLUSION} characters`;
    fields.fault("exclusionList", { message, hint: "Join patterns with `|`." });
    return [];
  }
  const compiled = compileExclusion(patterns);
  if (!compiled.ok)
    fields.fault("exclusionList", { message: compiled.message, hint: "Write patterns in the syntax of RE2." });
  return patterns;
}

// src/core/images/flux-v2/image-policies.ts
var GROUP = "image.toolkit.fluxcd.io/";
function isImageObject({ apiVersion, kind }) {
  return apiVersion.startsWith(GROUP) && (kind === "ImagePolicy" || kind === "ImageRepository");
}
function joinImagePolicies(objects) {
  const policies = byName(objects, { kind: "ImagePolicy", read: readImagePolicy });
  const repositories = byName(objects, { kind: "ImageRepository", read: readRepository });
  const namespaces = labelsOfNamespaces(objects);
  const found = /* @__PURE__ */ new Map();
  const problems = /* @__PURE__ */ new Set();
  for (const [name, held] of policies) {
    const joined3 = join(name, held, { repositories, namespaces });
    found.set(name, joined3);
    if (joined3.kind === "fault") problems.add(joined3.problem);
    else if (held.warning !== void 0) problems.add(held.warning);
  }
  for (const held of repositories.values()) if (!held.ok) problems.add(held.problem);
  return {
    find: (name) => inNamespace(found, name),
    names: [...found.keys()],
    problems: [...problems]
  };
}
function byName(objects, { kind, read: read4 }) {
  const held = /* @__PURE__ */ new Map();
  for (const object2 of objects) {
    const { document } = object2;
    if (document.kind !== kind || !isImageObject(document)) continue;
    const name = `${document.namespace ?? ""}/${document.name}`;
    const next = hold(object2, read4(document));
    const other = held.get(name);
    held.set(name, other === void 0 || isSame(other, next) ? next : ambiguous(other, next));
  }
  return held;
}
function hold({ document, position }, read4) {
  const { subject, namespace, source } = document;
  const base = { subject, namespace, position: position ?? document.namePosition };
  if (read4.ok) {
    const warning = read4.warning === void 0 ? void 0 : { ...problem(base, { message: `${subject}: ${read4.warning}`, hint: void 0 }), severity: "warning" };
    return { ...base, ok: true, spec: read4.spec, text: JSON.stringify(read4.spec), warning };
  }
  const { fault: fault2 } = read4;
  const place2 = { ...base, position: position ?? source.positionAt(fault2.offset) };
  return { ...base, ok: false, problem: problem(place2, { message: `${subject}: ${fault2.message}`, hint: fault2.hint }) };
}
function isSame(a, b) {
  return a.ok && b.ok && a.text === b.text;
}
function ambiguous(first, second) {
  const place2 = `${first.position.file}:${first.position.line}`;
  const message = `${second.subject} is there a second time and says something else than at ${printable(place2)}`;
  const hint = "Keep one of them, or let the environment have paths with one of them.";
  const { subject, namespace, position } = second;
  return { subject, namespace, position, ok: false, problem: problem(second, { message, hint }) };
}
function join(name, held, around) {
  if (!held.ok) return { kind: "fault", problem: held.problem };
  const { repository: wanted, policy, digests, suspended } = held.spec;
  const repositoryName = `${wanted.namespace ?? held.namespace ?? ""}/${wanted.name}`;
  const repository = inNamespace(around.repositories, repositoryName);
  if (repository === void 0) return unknownRepository(held, repositoryName, around);
  if (!repository.ok) return { kind: "fault", problem: repository.problem };
  const { image, exclude, admits } = repository.spec;
  const foreign = wanted.namespace !== void 0 && wanted.namespace !== held.namespace;
  if (foreign && !isAdmitted(held.namespace, admits, around)) {
    const message = `${held.subject}: ${repository.subject} does not admit policies of this namespace`;
    const hint = "Add spec.accessFrom.namespaceSelectors to the ImageRepository, or keep both in one namespace.";
    return { kind: "fault", problem: problem(held, { message, hint }) };
  }
  const paused = suspended ? `ImagePolicy ${name}` : `ImageRepository ${repositoryName}`;
  const isSuspended = suspended || repository.spec.suspended;
  return {
    kind: "policy",
    policy: { name, image, policy, exclude, digests, suspended: isSuspended ? paused.replace(" /", " ") : void 0 }
  };
}
function unknownRepository(held, name, { repositories }) {
  const shown2 = printable(name.replace(/^\//, ""));
  const message = `${held.subject} follows the ImageRepository ${shown2}, which is not among the objects of the environment`;
  const known = [...repositories.keys()].map((key) => key.replace(/^\//, ""));
  const hint = suggestion(shown2, known) ?? "Add the path of its file to the environment.";
  return { kind: "fault", problem: problem(held, { message, hint: printable(hint, { longest: 400 }) }) };
}
function isAdmitted(namespace, admits, { namespaces }) {
  if (admits === void 0) return false;
  if (namespace === void 0) return true;
  const labels = namespaces.get(namespace);
  return admits.some(
    (selector) => [...selector].every(([key, value]) => {
      if (key === "kubernetes.io/metadata.name") return value === namespace;
      return labels === void 0 || labels.get(key) === value;
    })
  );
}
function labelsOfNamespaces(objects) {
  const namespaces = /* @__PURE__ */ new Map();
  for (const { document } of objects) {
    if (document.kind !== "Namespace" || document.apiVersion !== "v1") continue;
    const labels = valueAt(document.tree, document.root, ["metadata", "labels"]);
    const entries = isMap(labels) ? entriesOf(document.tree, labels) : [];
    const texts = entries.map(({ key, value }) => [key.text, isScalar(value) ? value.node.text : ""]);
    namespaces.set(document.name, new Map(texts));
  }
  return namespaces;
}
function inNamespace(all, name) {
  return all.get(name) ?? all.get(name.slice(name.indexOf("/")));
}
function problem(at2, { message, hint }) {
  const { subject, position } = at2;
  return { severity: "error", code: "IMAGE_POLICY_INVALID", message, position, subject, hint };
}

// src/core/images/flux-v2/parse-marker.ts
var KEY = "$imagepolicy";
var PARTS = ["name", "tag", "digest"];
var EXAMPLE = '# {"$imagepolicy": "namespace:policy:tag"}';
var NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
function parseMarker(comment) {
  const fields = parseFields(comment.replace(/^#+/, ""));
  if (fields === void 0) {
    return {
      ok: false,
      message: "the comment is not one JSON object with text values and nothing beside it",
      hint: `Write ${EXAMPLE}, with other words in a comment of their own line.`
    };
  }
  const setter = fields[KEY];
  if (setter === void 0 || setter === "") {
    return { ok: false, message: `the comment names no policy in ${KEY}`, hint: `Write ${EXAMPLE}.` };
  }
  const [namespace = "", name = "", part, ...more] = setter.split(":");
  if (more.length > 0 || !NAME.test(namespace) || !NAME.test(name)) {
    const message = `'${printable(setter)}' is not the namespace and the name of a policy`;
    return { ok: false, message, hint: `Write ${EXAMPLE}, or without the last part for the whole image.` };
  }
  if (part === void 0) return { ok: true, marker: { policy: `${namespace}/${name}`, part: "image" } };
  const known = PARTS.find((candidate) => candidate === part);
  if (known !== void 0) return { ok: true, marker: { policy: `${namespace}/${name}`, part: known } };
  return {
    ok: false,
    message: `'${printable(part)}' is no part of an image`,
    hint: suggestion(part, PARTS) ?? `Write ${EXAMPLE}.`
  };
}
function parseFields(json) {
  try {
    const value = JSON.parse(json);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return void 0;
    const entries = Object.entries(value);
    return entries.every(([, text2]) => typeof text2 === "string") ? Object.fromEntries(entries) : void 0;
  } catch {
    return void 0;
  }
}

// src/core/images/flux-v2/written-scalars.ts
function writtenScalars(trees) {
  const found = [];
  for (const tree of trees) visit(tree.root, { tree, within: void 0, shared: false, found });
  return found;
}
function lastAtOrBefore2(scalars, offset) {
  let low = -1;
  let high = scalars.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if (scalars[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
function visit(node, given) {
  const { tree, within, found } = given;
  if (node.kind === "alias") {
    found.push({ start: node.start, end: node.end, value: void 0 });
    return;
  }
  const shared = given.shared || tree.repeated.has(node);
  if (node.kind === "scalar") {
    found.push({ start: node.start, end: node.end, value: { node, shared, tree, within } });
  } else if (node.kind === "sequence") {
    for (const item of node.items) visit(item, { tree, within: node, shared, found });
  } else {
    for (const { key, value } of node.pairs) {
      visitKey(key, found);
      visit(value, { tree, within: node, shared, found });
    }
  }
}
function visitKey(key, found) {
  const written3 = key.kind === "alias" ? void 0 : key;
  found.push({ start: key.start, end: written3?.end ?? key.end, value: void 0 });
}

// src/core/images/flux-v2/read-markers.ts
var NEEDLE = "$imagepolicy";
function mentionsMarkers(bytes) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(NEEDLE);
}
function readMarkers(source, trees) {
  const { text: text2 } = source;
  const scalars = writtenScalars(trees);
  const markers = [];
  const problems = [];
  for (let at2 = text2.indexOf(NEEDLE); at2 !== -1; ) {
    const comment = commentAround(at2, { text: text2, scalars });
    if (comment.kind === "comment") {
      const found = judge2(comment, { text: text2, scalars });
      if (found?.kind === "marker") {
        markers.push({ ...found.marker, value: found.value, position: source.positionAt(comment.start) });
      } else if (found?.kind === "fault") {
        problems.push(invalid2(source.positionAt(comment.start), found));
      }
    }
    at2 = text2.indexOf(NEEDLE, comment.end);
  }
  return { markers, problems };
}
function commentAround(at2, { text: text2, scalars }) {
  const before = scalars[lastAtOrBefore2(scalars, at2)];
  const inHeader = before?.value?.node.style === "block" && !text2.slice(before.start, at2).includes("\n");
  if (before !== void 0 && before.end > at2 && !inHeader) return { kind: "none", end: before.end };
  const between = (inHeader ? before?.start : before?.end) ?? 0;
  const from = between + text2.slice(between, at2).lastIndexOf("\n") + 1;
  const hash = /(?:^|[\s\uFEFF])#/.exec(text2.slice(from, at2));
  if (hash === null) return { kind: "none", end: nextBlank(text2, at2) };
  const start = from + hash.index + hash[0].length - 1;
  const newline = text2.indexOf("\n", at2);
  const lineEnd = newline === -1 ? text2.length : newline;
  const end = text2.charAt(lineEnd - 1) === "\r" ? lineEnd - 1 : lineEnd;
  return { kind: "comment", start, end, lineStart: text2.lastIndexOf("\n", start) + 1, before };
}
function nextBlank(text2, at2) {
  const blank = /\s/g;
  blank.lastIndex = at2;
  return blank.exec(text2)?.index ?? text2.length;
}
function judge2(comment, file) {
  const written3 = file.text.slice(comment.start, comment.end);
  const behind = valueBefore(comment, file);
  const meant = behind !== void 0 || /^#+\s*\{/.test(written3);
  if (!meant) return null;
  const parsed = parseMarker(written3);
  if (!parsed.ok) return { kind: "fault", message: parsed.message, hint: parsed.hint };
  const { marker } = parsed;
  if (behind !== void 0) return { kind: "marker", marker, value: behind };
  const below = itemBelow(comment, file);
  if (typeof below !== "string") return { kind: "marker", marker, value: below };
  return { kind: "fault", message: below, hint: "Put the comment behind the value, on the same line." };
}
function valueBefore({ start, lineStart, before }, { text: text2 }) {
  const value = before?.value;
  if (before === void 0 || value === void 0 || value.node.style === "block" || before.end < lineStart)
    return void 0;
  const between = text2.slice(before.end, start);
  const isEmpty2 = before.start === before.end;
  return (isEmpty2 ? /^[ \t]*:?[ \t]*$/ : /^[ \t]*,?[ \t]*$/).test(between) ? value : void 0;
}
function itemBelow({ start, end, lineStart }, { text: text2, scalars }) {
  const nowhere = "the comment stands behind no value that could be set";
  if (text2.slice(lineStart, start).trim() !== "") return nowhere;
  const next = text2.indexOf("\n", end) + 1;
  const dash = /^[ \t]*-[ \t]+(?:[&!][^ \t]*[ \t]+)*/.exec(next === 0 ? "" : lineFrom(text2, next));
  if (dash === null) return nowhere;
  const item = scalars[lastAtOrBefore2(scalars, next + dash[0].length)];
  const value = item?.value;
  if (item?.start !== next + dash[0].length || value?.within?.kind !== "sequence" || value.node.style === "block") {
    return nowhere;
  }
  if (/^[ \t]+#/.test(lineFrom(text2, item.end))) return "the item has a comment behind its value, which counts instead";
  const above2 = text2.slice(text2.lastIndexOf("\n", lineStart - 2) + 1, Math.max(lineStart - 1, 0));
  if (/^[ \t]*#/.test(above2)) return "above an item, the comment must be alone";
  return value;
}
function lineFrom(text2, from) {
  const newline = text2.indexOf("\n", from);
  return text2.slice(from, newline === -1 ? text2.length : newline);
}
function invalid2(position, { message, hint }) {
  return {
    severity: "warning",
    code: "IMAGE_MARKER_INVALID",
    message: `image policy marker does not count: ${message}`,
    position,
    hint
  };
}

// src/core/images/flux-v2/shared-policies.ts
function sharedPolicies(environments) {
  return (path6) => {
    const having = environments.filter(({ paths }) => paths.has(path6));
    if (having.length < 2) return having[0]?.policies;
    return {
      find: (name) => agreed(name, having),
      names: [...new Set(having.flatMap(({ policies }) => policies.names))]
    };
  };
}
function agreed(name, having) {
  const found = having.flatMap((environment) => {
    const policy = environment.policies.find(name);
    return policy === void 0 ? [] : [{ environment: environment.name, policy }];
  });
  const [first] = found;
  const fault2 = found.find(({ policy }) => policy.kind === "fault");
  if (fault2 !== void 0 || first === void 0) return fault2?.policy;
  const other = found.find(({ policy }) => JSON.stringify(policy) !== JSON.stringify(first.policy));
  if (other === void 0) return first.policy;
  return {
    kind: "fault",
    problem: {
      severity: "error",
      code: "IMAGE_POLICY_INVALID",
      message: `ImagePolicy ${name} of ${first.environment} and of ${other.environment} differ, and both have the file that follows it`,
      subject: `ImagePolicy/${name}`,
      hint: "Give each environment a file of its own for what differs."
    }
  };
}

// src/core/manifests/kustomization-roots.ts
var NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
function kustomizationRoots(entries, paths) {
  const accepts = (entry) => isFile(entry) && NAMES.includes(split(entry.path).name);
  const found = /* @__PURE__ */ new Map();
  for (const path6 of selectPaths(entries, { below: paths, accepts }).paths) {
    const { directory, name } = split(path6);
    const other = found.get(directory);
    if (other !== void 0 && NAMES.indexOf(split(other.file).name) < NAMES.indexOf(name)) continue;
    found.set(directory, { directory, file: path6 });
  }
  const roots = [...found.values()].filter(({ directory }) => !aboves(directory).some((above2) => found.has(above2)));
  return roots.sort((a, b) => a.directory < b.directory ? -1 : 1);
}
function isBelow(path6, directory) {
  return directory === "" || path6.startsWith(`${directory}/`);
}
function split(path6) {
  const slash = path6.lastIndexOf("/");
  return { directory: path6.slice(0, Math.max(slash, 0)), name: path6.slice(slash + 1) };
}
function aboves(directory) {
  if (directory === "") return [];
  const found = [""];
  for (let slash = directory.indexOf("/"); slash !== -1; slash = directory.indexOf("/", slash + 1)) {
    found.push(directory.slice(0, slash));
  }
  return found;
}

// src/command/images/image-policies.ts
async function loadImagePolicies(given, deps) {
  const marked2 = given.sources.filter((entry) => filesOf2(entry).some(({ bytes }) => mentionsMarkers(bytes)));
  const builds = given.event.fromFork ? void 0 : await buildAll(marked2, deps);
  const loaded = marked2.map((entry) => policiesOf(entry, builds));
  return {
    policiesFor: sharedPolicies(
      loaded.map(({ entry, policies }) => ({
        name: entry.environment.name,
        paths: new Set(filesOf2(entry).map(({ path: path6 }) => path6)),
        policies
      }))
    ),
    problems: [...new Set(loaded.flatMap(({ problems }) => problems))]
  };
}
function filesOf2(sources) {
  const files = new Map(sources.files.map((file) => [file.path, file]));
  for (const { file } of sources.imageFiles) files.set(file.path, file);
  return [...files.values()];
}
async function buildAll(marked2, deps) {
  const builds = /* @__PURE__ */ new Map();
  const trees = Map.groupBy(marked2, ({ tree }) => tree);
  for (const [tree, entries] of trees) {
    const directories = [...new Set(entries.flatMap((entry) => rootsOf(entry).map(({ directory }) => directory)))];
    for (const build2 of await buildTree(tree, directories, deps)) builds.set(build2.directory, build2);
  }
  return builds;
}
async function buildTree(tree, directories, deps) {
  if (directories.length === 0) return [];
  try {
    return await deps.kustomize.build({ tree, directories }, deps.signal);
  } catch (error) {
    deps.signal.throwIfAborted();
    const problem2 = toProblem(error);
    return directories.map((directory) => ({ kind: "failed", directory, problem: problem2 }));
  }
}
function rootsOf(entry) {
  const { environment, tree } = entry;
  const components = new Set(
    filesOf2(entry).filter(isComponent).map(({ path: path6 }) => path6)
  );
  const paths = environment.paths.map(({ value }) => value);
  return kustomizationRoots(tree.entries, paths).filter(({ file }) => !components.has(file));
}
function isComponent({ bytes }) {
  return /^kind:[ \t]*["']?Component\b/m.test(new TextDecoder().decode(bytes.subarray(0, 16384)));
}
var NOT_BUILT = "no policy is known, since a kustomization of the environment cannot be built";
function policiesOf(entry, builds) {
  const roots = rootsOf(entry);
  if (builds === void 0) {
    const policies2 = joinImagePolicies(filesOf2(entry).flatMap(objectsOfFile));
    const warnings = roots.length === 0 ? [] : [notBuilt(entry, roots)];
    return { entry, policies: policies2, problems: [...policies2.problems, ...warnings] };
  }
  const made = roots.map((root) => ({ root, build: builds.get(root.directory) }));
  const failures = made.flatMap(({ build: build2 }) => build2?.kind === "failed" ? [build2.problem] : []);
  const [failure4] = failures;
  if (failure4 !== void 0) {
    return {
      entry,
      policies: { find: () => ({ kind: "fault", problem: failure4, reason: NOT_BUILT }), names: [] },
      problems: failures
    };
  }
  const apart = filesOf2(entry).filter(({ path: path6 }) => !roots.some(({ directory }) => isBelow(path6, directory)));
  const placeOf2 = placesIn(entry);
  const built = made.flatMap(
    ({ root, build: build2 }) => build2?.kind === "built" ? objectsOfBuild(root, build2.bytes, placeOf2) : []
  );
  const policies = joinImagePolicies([...apart.flatMap(objectsOfFile), ...built]);
  return { entry, policies, problems: policies.problems };
}
var NEEDLES2 = ["image.toolkit.fluxcd.io/", "Namespace"];
function objectsOfFile(file) {
  if (!NEEDLES2.some((needle) => textOf3(file).includes(needle))) return [];
  return parseManifests(file).documents.map((document) => ({ document }));
}
function textOf3({ bytes }) {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function objectsOfBuild({ file }, bytes, placeOf2) {
  const documents = textOf3({ bytes }).toString().split(/^---\n/m);
  return documents.filter((text2) => NEEDLES2.some((needle) => text2.includes(needle))).flatMap((text2) => parseManifests({ path: file, bytes: Buffer.from(text2) }).documents).map((document) => ({ document, position: placeOf2(document) ?? { file, line: 1, col: 1 } }));
}
function placesIn(entry) {
  const written3 = filesOf2(entry).flatMap(objectsOfFile);
  const places = new Map(written3.map(({ document }) => [keyOf2(document), document.namePosition]));
  return (document) => places.get(keyOf2(document));
}
function keyOf2({ kind, name }) {
  return `${kind}/${name}`;
}
function notBuilt({ environment }, roots) {
  const [first] = roots;
  const more = roots.length > 1 ? ` and ${roots.length - 1} more` : "";
  return {
    severity: "warning",
    code: "KUSTOMIZE_NOT_RUN",
    message: `${environment.name}: ${first?.file ?? ""}${more} is not built for a pull request from a fork; image policies are read as their files have them`,
    subject: environment.name,
    hint: "What patches change in policies shows when the branch is merged."
  };
}

// src/core/images/by-hand/workload-id.ts
var PART = "[^\\s:/]{1,253}";
var FLUX = new RegExp(`^(?:(${PART}):)?(${PART})/(${PART})$`);
var SUBJECT = new RegExp(`^(${PART})/(${PART})/(${PART})$`);
function parseWorkloadId(text2, namespace) {
  const flux = FLUX.exec(text2);
  if (flux !== null) {
    const [, own2, kind2 = "", name2 = ""] = flux;
    return { ok: true, id: { kind: kind2.toLowerCase(), namespace: own2 ?? namespace, name: name2 } };
  }
  const subject = SUBJECT.exec(text2);
  if (subject === null) return { ok: false, message: `'${printable(text2)}' names no workload` };
  const [, kind = "", own, name = ""] = subject;
  return { ok: true, id: { kind: kind.toLowerCase(), namespace: own, name } };
}
function meansWorkload(id, { kind, namespace, name }) {
  if (id.name !== name || id.kind !== kind.toLowerCase()) return false;
  return id.namespace === void 0 || id.namespace === (namespace ?? "default");
}
function renderWorkloadId({ kind, namespace, name }) {
  const plain = `${kind.toLowerCase()}/${name}`;
  return namespace === void 0 ? plain : `${namespace}:${plain}`;
}

// src/core/images/locate/annotations.ts
var PREFIXES = [
  { prefix: "fluxcd.io/", policy: "" },
  { prefix: "filter.fluxcd.io/", policy: "tag." },
  { prefix: "flux.weave.works/", policy: "" }
];
var HOLD_PREFIX = "towpath/hold.";
function readPolicies(document) {
  const problems = [];
  const values = collectPolicies(document, problems);
  const tagFilters = /* @__PURE__ */ new Map();
  for (const [policy, value] of values) {
    if (policy.startsWith("tag.")) tagFilters.set(policy.slice("tag.".length), value);
  }
  const text2 = (policy) => values.get(policy)?.value;
  const ignore = text2("ignore");
  const policies = {
    automated: values.has("automated") ? text2("automated") === "true" : void 0,
    locked: text2("locked") === "true",
    lockedUser: printableOr(text2("locked_user")),
    lockedMessage: printableOr(text2("locked_msg")),
    ignore: ignore === "true" || ignore === "sync_only" ? ignore : void 0,
    tagFilters,
    holds: readHolds(document)
  };
  return { policies, problems };
}
function readHolds(document) {
  const holds = /* @__PURE__ */ new Map();
  for (const [key, value] of readAnnotations(document)) {
    if (key.startsWith(HOLD_PREFIX)) holds.set(key.slice(HOLD_PREFIX.length), value);
  }
  return holds;
}
function newPolicyKey(policy) {
  return policy.startsWith("hold.") ? `${HOLD_PREFIX}${policy.slice("hold.".length)}` : `fluxcd.io/${policy}`;
}
function policyKeys(document, policy) {
  const annotations = readAnnotations(document);
  if (policy.startsWith("hold.")) return [newPolicyKey(policy)].filter((key) => annotations.has(key));
  const keys = [];
  for (const { prefix, policy: start } of PREFIXES) {
    const key = policy.startsWith(start) ? prefix + policy.slice(start.length) : void 0;
    if (key !== void 0 && annotations.has(key)) keys.push(key);
  }
  return keys;
}
function readAnnotations(document) {
  const annotations = /* @__PURE__ */ new Map();
  for (const entry of annotationEntries(document)) {
    if (!isScalar(entry.value)) continue;
    const { text: text2, start } = entry.value.node;
    annotations.set(entry.key.text, { value: text2, position: document.source.positionAt(start) });
  }
  return annotations;
}
function printableOr(text2) {
  return text2 === void 0 ? void 0 : printable(text2);
}
function annotationEntries(document) {
  const annotations = valueAt(document.tree, document.root, ["metadata", "annotations"]);
  return isMap(annotations) ? entriesOf(document.tree, annotations) : [];
}
function collectPolicies(document, problems) {
  const annotations = readAnnotations(document);
  const winners = /* @__PURE__ */ new Map();
  const values = /* @__PURE__ */ new Map();
  for (const { prefix, policy } of PREFIXES) {
    for (const [key, value] of annotations) {
      if (!key.startsWith(prefix)) continue;
      const name = policy + key.slice(prefix.length);
      const winner = winners.get(name);
      if (winner === void 0) {
        winners.set(name, key);
        values.set(name, value);
      } else {
        problems.push(overruled({ document, key, winner, value }));
      }
    }
  }
  return values;
}
function overruled(about) {
  return {
    severity: "warning",
    code: "ANNOTATION_OVERRULED",
    message: `annotation ${printable(about.key)} does not count beside ${printable(about.winner)}`,
    position: about.value.position,
    subject: about.document.subject,
    hint: `Remove ${printable(about.key)}.`
  };
}

// src/core/images/locate/field-rule.ts
function concerns(rule, { kind, apiVersion }) {
  if (rule.kind !== kind) return false;
  const slash = apiVersion.indexOf("/");
  return rule.group === void 0 || rule.group === (slash === -1 ? "" : apiVersion.slice(0, slash));
}

// src/core/images/locate/describe-image.ts
function describeImage(parts) {
  const { holder, policies, container } = parts;
  const all = [parts.main, ...parts.others ?? []];
  const base = { subject: holder.subject, container: printable(container), policies };
  const fields = all.flatMap(toField);
  for (const { role, text: text2 } of all) {
    if (text2.kind !== "refused") continue;
    const position2 = holder.source.positionAt(text2.offset);
    const refusal = `${role} ${text2.reason}`;
    const name2 = parts.main.text.kind === "text" ? parts.main.text.text : text2.written;
    return {
      kind: "use",
      use: { ...base, name: printable(name2), tag: void 0, digest: void 0, position: position2, fields: [], refusal }
    };
  }
  const position = positionOf(parts);
  const reference = parseReference(joinReference(parts));
  if ("error" in reference) return { kind: "problem", problem: invalidImage(parts, reference.error) };
  const { name, tag, digest } = reference;
  return { kind: "use", use: { ...base, name, tag, digest, position, fields, refusal: void 0 } };
}
function joinReference(parts) {
  const { main, others = [] } = parts;
  const text2 = (role) => textOf4(others.find((part) => part.role === role));
  const registry = text2("registry").replace(/\/+$/, "");
  const written3 = splitVersion(registry === "" ? textOf4(main) : `${registry}/${textOf4(main)}`);
  const own = splitVersion(`:${text2("tag")}`);
  const tag = own.tag === "" ? written3.tag : own.tag;
  const digest = text2("digest") || own.digest || written3.digest;
  return `${written3.name}${tag === "" ? "" : `:${tag}`}${digest === "" ? "" : `@${digest}`}`;
}
function hasVersion({ main, others = [] }) {
  const { tag, digest } = splitVersion(textOf4(main));
  if (main.text.kind !== "text" || tag !== "" || digest !== "") return true;
  return others.some(({ role, text: text2 }) => (role === "tag" || role === "digest") && text2.kind !== "absent");
}
function splitVersion(text2) {
  const at2 = text2.indexOf("@");
  const beforeDigest = at2 === -1 ? text2 : text2.slice(0, at2);
  const digest = at2 === -1 ? "" : text2.slice(at2 + 1);
  const colon = beforeDigest.indexOf(":", beforeDigest.lastIndexOf("/") + 1);
  if (colon === -1) return { name: beforeDigest, tag: "", digest };
  return { name: beforeDigest.slice(0, colon), tag: beforeDigest.slice(colon + 1), digest };
}
function textOf4(part) {
  return part?.text.kind === "text" ? part.text.text : "";
}
function toField({ role, text: text2 }) {
  return text2.kind === "text" ? [{ role, span: text2.span }] : [];
}
function positionOf({ main, others = [], holder }) {
  const tag = others.find((part) => part.role === "tag" && part.text.kind === "text") ?? main;
  return tag.text.kind === "text" ? tag.text.span.position : holder.position;
}
function invalidImage(parts, reason2) {
  const { automated, ignore } = parts.policies;
  return {
    severity: automated && ignore !== "true" ? "error" : "warning",
    code: "IMAGE_INVALID",
    message: `${parts.holder.subject} ${printable(parts.container)}: ${reason2}`,
    position: positionOf(parts),
    subject: parts.holder.subject,
    hint: "Correct the image reference, or remove the annotation that automates it."
  };
}

// src/core/images/locate/image-scalar.ts
function readImageText(holder, role, reached) {
  if (reached === void 0) return { kind: "absent" };
  const { node } = reached;
  const written3 = holder.source.text.slice(node.start, Math.min(node.end, node.start + MAX_WRITTEN));
  if (node.kind !== "scalar") {
    return written3.startsWith("{{") ? refused3("is a template", written3, node.start) : { kind: "absent" };
  }
  if (node.text.includes("{{")) return refused3("is a template", written3, node.start);
  if (node.style === "block") return refused3("is a block scalar", node.text.trim(), node.start);
  const value = typeOfScalar(node);
  if (value === null && role !== "tag" && role !== "digest") return { kind: "absent" };
  if (typeof value === "boolean") return refused3("reads as a boolean; quote it", written3, node.start);
  const span = spanOf(holder, { node, shared: reached.shared });
  return value === null ? { kind: "text", text: "", span: { ...span, source: "" } } : { kind: "text", text: node.text, span };
}
var MAX_WRITTEN = 256;
function spanOf(holder, { node, shared }) {
  const { start, end, style, text: text2 } = node;
  return { start, end, style, source: text2, position: holder.source.positionAt(start), shared };
}
function refused3(reason2, written3, offset) {
  return { kind: "refused", reason: reason2, written: printable(written3), offset };
}

// src/core/images/locate/image-holder.ts
var NO_POLICIES = {
  automated: void 0,
  locked: false,
  lockedUser: void 0,
  lockedMessage: void 0,
  ignore: void 0,
  tagFilters: /* @__PURE__ */ new Map(),
  holds: /* @__PURE__ */ new Map()
};

// src/core/images/locate/locate-values.ts
var CHART_IMAGE = "chart-image";
function locateValuesImages(file) {
  const { documents, problems } = parseLoose(file, "Values");
  const uses = [];
  for (const holder of documents) {
    const parts = /* @__PURE__ */ new Map();
    collectDeep({ holder, parts, visited: /* @__PURE__ */ new Set(), into: holder.root, path: [] });
    for (const [container, [main, ...others]] of inOrder(parts)) {
      if (main === void 0) continue;
      if (main.role === "repository" && !hasVersion({ main, others })) continue;
      const described = describeImage({ holder, policies: NO_POLICIES, container, main, others });
      if (described.kind === "use") uses.push(described.use);
    }
  }
  return { uses, problems };
}
function partsInValues(holder, values) {
  const parts = /* @__PURE__ */ new Map();
  addImage(parts, CHART_IMAGE, imageIn(holder, values));
  for (const { key, value } of entriesOf(holder.tree, values)) {
    if (isMap(value)) addImage(parts, key.text, imageIn(holder, value));
  }
  return parts;
}
function inOrder(parts) {
  return [...parts].sort(([a], [b]) => {
    if (a === b) return 0;
    if (a === CHART_IMAGE || b === CHART_IMAGE) return a === CHART_IMAGE ? -1 : 1;
    return a < b ? -1 : 1;
  });
}
function collectDeep({ holder, parts, visited, into, path: path6 }) {
  if (visited.has(into.node)) return;
  visited.add(into.node);
  addImage(parts, path6.length === 0 ? CHART_IMAGE : path6.join("."), imageIn(holder, into));
  for (const { key, value } of entriesOf(holder.tree, into)) {
    if (!isMap(value) || key.text === "image" && isImageMapping(holder, value)) continue;
    collectDeep({ holder, parts, visited, into: value, path: [...path6, key.text] });
  }
}
function addImage(parts, container, found) {
  if (found !== void 0 && !parts.has(container)) parts.set(container, found);
}
function imageIn(holder, within) {
  const image = fieldOf2(holder.tree, within, "image");
  if (isMap(image) && isImageMapping(holder, image)) return partsOf2(holder, image, "repository");
  return partsOf2(holder, within, "image");
}
function isImageMapping(holder, image) {
  return fieldOf2(holder.tree, image, "repository") !== void 0;
}
function partsOf2(holder, within, main) {
  const part = (role) => ({
    role,
    text: readImageText(holder, role, fieldOf2(holder.tree, within, role))
  });
  const found = part(main);
  if (found.text.kind === "absent") return void 0;
  if (found.text.kind === "text" && (found.text.text === "" || /\s/.test(found.text.text))) return void 0;
  return [found, part("registry"), part("tag"), part("digest")];
}

// src/core/images/locate/locate-argo.ts
var ROLES = /* @__PURE__ */ new Set(["image", "registry", "repository", "tag", "digest"]);
function locateArgoImages(document, policies) {
  const parts = /* @__PURE__ */ new Map();
  for (const helm of helmSources(document)) {
    const values = isMap(helm) ? fieldOf2(document.tree, helm, "valuesObject") : void 0;
    if (isMap(values)) for (const [container, found] of partsInValues(document, values)) parts.set(container, found);
    for (const [container, found] of parameterParts(document, helm)) parts.set(container, found);
  }
  const uses = [];
  for (const [container, [main, ...others]] of inOrder(parts)) {
    if (main === void 0) continue;
    const described = describeImage({ holder: document, policies, container, main, others });
    if (described.kind === "use") uses.push(described.use);
  }
  return { uses, problems: [] };
}
function helmSources(document) {
  const { tree, root } = document;
  const several = valueAt(tree, root, ["spec", "sources"]);
  const sources = isSequence(several) ? itemsOf(tree, several) : [valueAt(tree, root, ["spec", "source"])];
  return sources.flatMap((source) => valueAt(tree, source, ["helm"]) ?? []);
}
function parameterParts(document, helm) {
  const { tree } = document;
  const groups = /* @__PURE__ */ new Map();
  const parameters = valueAt(tree, helm, ["parameters"]);
  for (const parameter of isSequence(parameters) ? itemsOf(tree, parameters) : []) {
    const name = valueAt(tree, parameter, ["name"]);
    if (!isScalar(name)) continue;
    const dot = name.node.text.lastIndexOf(".");
    const role = name.node.text.slice(dot + 1);
    if (!ROLES.has(role)) continue;
    const text2 = readImageText(document, role, valueAt(tree, parameter, ["value"]));
    const prefix = dot === -1 ? "" : name.node.text.slice(0, dot);
    groups.set(prefix, [...groups.get(prefix) ?? [], { role, text: text2 }]);
  }
  const parts = /* @__PURE__ */ new Map();
  for (const [prefix, group] of groups) {
    const main = group.find(({ role, text: text2 }) => (role === "image" || role === "repository") && text2.kind !== "absent");
    const container = prefix.replace(/(?:^|\.)image$/, "") || CHART_IMAGE;
    if (main !== void 0) parts.set(container, [main, ...group.filter((part) => part !== main)]);
  }
  return parts;
}

// src/core/images/locate/locate-fields.ts
function locateFields(document, { fields, policies }) {
  const parts = [];
  for (const role of ["image", "repository", "registry", "tag", "digest"]) {
    const path6 = fields.paths[role];
    if (path6 === void 0) continue;
    parts.push({ role, text: readImageText(document, role, fieldAt(document, path6)) });
  }
  const main = parts.find(({ role }) => role === "image" || role === "repository");
  if (main === void 0 || main.text.kind === "absent") return { uses: [], problems: [] };
  const others = parts.filter((part) => part !== main);
  if (main.role === "repository" && !hasVersion({ main, others })) return { uses: [], problems: [] };
  const described = describeImage({ holder: document, policies, container: printable(fields.container), main, others });
  if (described.kind === "use") return { uses: [described.use], problems: [] };
  return { uses: [], problems: [described.problem] };
}
function fieldAt(document, path6) {
  let reached = document.root;
  for (const segment of path6.split(".")) {
    if (isSequence(reached))
      reached = /^[0-9]{1,6}$/.test(segment) ? itemsOf(document.tree, reached)[Number(segment)] : void 0;
    else reached = valueAt(document.tree, reached, [segment]);
  }
  return reached;
}

// src/core/images/locate/locate-helm.ts
function locateHelmImages(document, policies) {
  const values = valueAt(document.tree, document.root, ["spec", "values"]);
  if (!isMap(values)) return { uses: [], problems: [] };
  const parts = partsInValues(document, values);
  const problems = [];
  const mapped2 = /* @__PURE__ */ new Set();
  const find = createValueFinder(document.tree);
  const findValue = (path6) => find(values, path6.split("."));
  for (const mapping of readMappings(document)) {
    const found = mappedImage(document, findValue, mapping);
    if (found.kind === "problem") problems.push(found.problem);
    else {
      parts.set(mapping.alias, found.parts);
      mapped2.add(mapping.alias);
    }
  }
  const uses = [];
  for (const [container, [main, ...others]] of inOrder(parts)) {
    if (main === void 0) continue;
    const described = describeImage({ holder: document, policies, container, main, others });
    if (described.kind === "use") uses.push(described.use);
    else if (policies.automated === true || mapped2.has(container)) problems.push(described.problem);
  }
  return { uses, problems };
}
var MAPPED_ROLES = ["repository", "registry", "tag", "digest"];
function readMappings(document) {
  const aliases = /* @__PURE__ */ new Map();
  for (const [key, value] of readAnnotations(document)) {
    for (const role of MAPPED_ROLES) {
      const prefix = `${role}.fluxcd.io/`;
      if (!key.startsWith(prefix)) continue;
      const alias = key.slice(prefix.length);
      const paths = aliases.get(alias) ?? /* @__PURE__ */ new Map();
      aliases.set(alias, paths.set(role, value));
    }
  }
  return [...aliases].map(([alias, paths]) => ({ alias, paths }));
}
function mappedImage(document, findValue, { alias, paths }) {
  const anywhere = [...paths.values()][0]?.position;
  const fail = (clause2, position = anywhere) => ({
    kind: "problem",
    problem: {
      severity: "warning",
      code: "IMAGE_PATH_INVALID",
      message: `${document.subject} ${printable(alias)}: ${clause2}`,
      position,
      subject: document.subject,
      hint: `Write repository.fluxcd.io/${printable(alias)} with a path below spec.values, such as app.image.`
    }
  });
  if (!paths.has("repository")) return fail("path annotations without the one for the repository do not count");
  const parts = [];
  for (const role of MAPPED_ROLES) {
    const path6 = paths.get(role);
    if (path6 === void 0) continue;
    const text2 = readImageText(document, role, findValue(path6.value));
    if (text2.kind === "absent") return fail(`${printable(path6.value)} holds no text in spec.values`, path6.position);
    parts.push({ role, text: text2 });
  }
  return { kind: "parts", parts };
}

// src/core/images/locate/locate-pods.ts
var TEMPLATE2 = ["spec", "template", "spec"];
var POD_SPECS = /* @__PURE__ */ new Map([
  ["CronJob", ["spec", "jobTemplate", ...TEMPLATE2]],
  ["DaemonSet", TEMPLATE2],
  ["Deployment", TEMPLATE2],
  ["Job", TEMPLATE2],
  ["Pod", ["spec"]],
  ["PodTemplate", ["template", "spec"]],
  ["ReplicaSet", TEMPLATE2],
  ["ReplicationController", TEMPLATE2],
  ["StatefulSet", TEMPLATE2]
]);
var IMAGE_LISTS = [
  { list: "containers", image: ["image"] },
  { list: "initContainers", image: ["image"] },
  { list: "ephemeralContainers", image: ["image"] },
  { list: "volumes", image: ["image", "reference"] }
];
function podSpecPath(kind) {
  return POD_SPECS.get(kind);
}
function locatePodImages(document, { policies, path: path6 }) {
  const { tree } = document;
  const podSpec = valueAt(tree, document.root, path6);
  const uses = [];
  const problems = [];
  for (const { list: list2, image } of IMAGE_LISTS) {
    const items = valueAt(tree, podSpec, [list2]);
    if (!isSequence(items)) continue;
    for (const item of itemsOf(tree, items)) {
      const main = readImageText(document, "image", valueAt(tree, item, image));
      if (main.kind === "absent") continue;
      const container = containerName(document, item);
      const use = describeImage({ holder: document, policies, container, main: { role: "image", text: main } });
      if (use.kind === "use") uses.push(use.use);
      else problems.push(use.problem);
    }
  }
  return { uses, problems };
}
function containerName(document, item) {
  const name = isMap(item) ? fieldOf2(document.tree, item, "name") : void 0;
  return isScalar(name) ? printable(name.node.text) : "";
}

// src/core/images/locate/locate-images.ts
function locateImages(document, rules = []) {
  const searches = searchesFor(document, rules);
  if (searches.length === 0) return { uses: [], problems: [] };
  const { policies, problems } = readPolicies(document);
  const located = searches.map((search) => search(policies));
  return {
    uses: located.flatMap(({ uses }) => uses),
    problems: [...problems, ...located.flatMap((entry) => entry.problems)]
  };
}
function searchesFor(document, rules) {
  const named = rules.filter((rule) => concerns(rule, document)).map(
    ({ fields }) => (policies) => locateFields(document, { fields, policies })
  );
  const own = ownSearch(document);
  return own === void 0 ? named : [own, ...named];
}
function ownSearch(document) {
  const { kind, apiVersion } = document;
  const path6 = podSpecPath(kind);
  if (path6 !== void 0) return (policies) => locatePodImages(document, { policies, path: path6 });
  if (kind === "HelmRelease" || kind === "FluxHelmRelease") return (policies) => locateHelmImages(document, policies);
  const isArgo = kind === "Application" && apiVersion.startsWith("argoproj.io/");
  return isArgo ? (policies) => locateArgoImages(document, policies) : void 0;
}

// src/core/images/flux-v2/group-markers.ts
function groupMarkers(markers) {
  const groups = [];
  const open4 = /* @__PURE__ */ new Map();
  for (const marker of markers) {
    const { within, node } = marker.value;
    const policies = open4.get(within ?? node) ?? /* @__PURE__ */ new Map();
    open4.set(within ?? node, policies);
    const waiting = policies.get(marker.policy) ?? [];
    policies.set(marker.policy, waiting);
    const group = marker.part === "image" ? void 0 : waiting.find((members) => !has(members, marker.part));
    if (group !== void 0) group.push(marker);
    else {
      const next = [marker];
      groups.push(next);
      if (marker.part !== "image") waiting.push(next);
    }
  }
  return groups;
}
function has(members, part) {
  return members.some((member) => member.part === part);
}

// src/core/images/flux-v2/marked-image.ts
function describeMarked(given) {
  const { source, group, located, follows, subject, policies } = given;
  const [first] = group;
  const texts = new Map(group.map(({ part, value }) => [part, readImageText({ source }, "tag", value)]));
  const current = currentVersion(texts);
  const fields = [...texts].flatMap(
    ([role, text2]) => text2.kind === "text" ? [{ role, span: text2.span }] : []
  );
  const unmarked = texts.has("digest") || texts.has("image") ? void 0 : digestBeside(located);
  const name = "fault" in follows ? current.name ?? first.policy : follows.image;
  return {
    subject,
    container: located?.container ?? first.policy.slice(first.policy.indexOf("/") + 1),
    name: printable(name),
    tag: current.tag,
    digest: current.digest ?? unmarked?.span.source,
    position: positionOf2(given),
    fields: unmarked === void 0 ? fields : [...fields, unmarked],
    policies,
    // Where nothing can be followed, the name may be none.
    refusal: current.refusal ?? ("fault" in follows ? follows.fault : void 0),
    mark: {
      policyName: first.policy,
      position: first.position,
      follows,
      writtenName: current.name,
      digestMarked: texts.has("digest")
    }
  };
}
function currentVersion(texts) {
  for (const [part, text3] of texts) if (text3.kind === "refused") return { refusal: `${part} ${text3.reason}` };
  const text2 = (part) => {
    const found = texts.get(part);
    return found?.kind === "text" ? found.text : void 0;
  };
  const whole2 = text2("image");
  if (whole2 !== void 0) return wholeReference(whole2);
  const { tag, digest } = splitVersion(`:${text2("tag") ?? ""}`);
  if (tag !== "" && !isTag(tag)) return { refusal: `the marked value ${printable(tag)} is no tag` };
  const written3 = text2("digest") ?? digest;
  return {
    name: text2("name"),
    tag: tag === "" ? void 0 : tag,
    digest: isDigest(written3) ? written3 : void 0
  };
}
function wholeReference(text2) {
  if (text2 === "") return { name: "" };
  const reference = parseReference(text2);
  return "error" in reference ? { refusal: `the marked value is no image: ${reference.error}` } : reference;
}
function digestBeside(located) {
  return located?.fields.find(({ role, span }) => role === "digest" && isDigest(span.source));
}
function positionOf2({ source, group }) {
  const marker = group.find(({ part }) => part === "tag" || part === "image") ?? group[0];
  return source.positionAt(marker.value.node.start);
}

// src/core/images/flux-v2/marked-uses.ts
function markedUses(input) {
  const starts = new Set(input.markers.map(({ value }) => value.node.start));
  const replaced = /* @__PURE__ */ new Map();
  const kept2 = [];
  for (const use of input.located) {
    const marked2 = use.fields.filter(({ span }) => starts.has(span.start));
    for (const { span } of marked2) replaced.set(span.start, use);
    if (marked2.length === 0) kept2.push(use);
  }
  const problems = [];
  const making = { input, replaced, problems, objectAround: objectFinder(input.documents) };
  const made = groupMarkers(input.markers).map((group) => toUse(group, making));
  return { uses: [...kept2, ...made].sort(byPlace), problems: [...new Set(problems)] };
}
var MOST_COMPARED = 20;
function toUse(group, { input, replaced, problems, objectAround }) {
  const { source, policies } = input;
  const [first] = group;
  const found = policies.find(first.policy);
  if (found?.kind === "fault") problems.push(found.problem);
  if (found === void 0) problems.push(unknownPolicy(first, problems.length < MOST_COMPARED ? policies.names : []));
  const located = group.map(({ value }) => replaced.get(value.node.start)).find((use) => use !== void 0);
  const object2 = objectAround(first.value.node.start);
  return describeMarked({
    source,
    group,
    located,
    follows: followsOf(first, found),
    subject: object2?.subject ?? input.subject,
    policies: located?.policies ?? policiesOf2(object2, problems)
  });
}
function followsOf({ policy }, found) {
  if (found === void 0) return { fault: `there is no ImagePolicy ${policy}` };
  return found.kind === "policy" ? found.policy : { fault: found.reason ?? found.problem.message };
}
function policiesOf2(object2, problems) {
  if (object2 === void 0) return NO_POLICIES;
  const read4 = readPolicies(object2);
  problems.push(...read4.problems);
  return read4.policies;
}
function objectFinder(documents) {
  const sorted = documents.toSorted((a, b) => a.root.node.start - b.root.node.start);
  return (offset) => {
    let low = 0;
    let high = sorted.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (sorted[middle].root.node.start <= offset) low = middle;
      else high = middle - 1;
    }
    const found = sorted[low];
    const within = found !== void 0 && found.root.node.start <= offset && offset <= found.root.node.end;
    return within ? found : void 0;
  };
}
function byPlace(a, b) {
  return a.position.line - b.position.line || a.position.col - b.position.col;
}
function unknownPolicy({ policy, position }, names) {
  const known = names.map((name) => name.replace(/^\//, ""));
  const hint = suggestion(policy, known) ?? "Add the path of its file to the environment.";
  return {
    severity: "error",
    code: "IMAGE_POLICY_UNKNOWN",
    message: `there is no ImagePolicy ${policy} among the objects of the environment`,
    position,
    subject: `ImagePolicy/${policy}`,
    hint: printable(hint, { longest: 400 })
  };
}

// src/core/images/flux-v2/mark-file.ts
function markFile({ file, subject, located, policies }) {
  const read4 = readSourceText(file);
  const composed = read4.ok ? readTrees(read4.source) : void 0;
  if (!read4.ok || composed?.ok !== true) return located;
  const { source } = read4;
  const { markers, problems } = readMarkers(source, composed.trees);
  const { documents } = objectsIn(source, composed.trees);
  const marked2 = markedUses({ source, documents, located: located.uses, markers, policies, subject });
  const places = new Set(marked2.uses.flatMap((use) => use.mark === void 0 ? [] : [keyOf3(use.position)]));
  const others = located.problems.filter(
    ({ code: code18, position }) => code18 !== "IMAGE_INVALID" || !places.has(keyOf3(position))
  );
  return { uses: marked2.uses, problems: [...others, ...problems, ...marked2.problems] };
}
function keyOf3(position) {
  return `${position?.line}:${position?.col}`;
}

// src/core/images/holds/stray-holds.ts
var MOST_WARNINGS = 20;
function strayHolds({ subject, policies }, containers) {
  const stray = [...policies.holds].filter(([container, { value }]) => {
    return !containers.has(container) && parseHold(value) !== void 0;
  });
  return stray.slice(0, MOST_WARNINGS).map(([container, { position }]) => ({
    severity: "warning",
    code: "HOLD_WITHOUT_IMAGE",
    message: `${subject} has no image of a container ${printable(container)}: its annotation holds nothing`,
    position,
    subject,
    hint: suggestion(container, [...containers])
  }));
}

// src/core/images/locate/locate-kustomization.ts
function locateKustomizationImages(file) {
  const { documents, problems: unreadable3 } = parseLoose(file, "Kustomization");
  const uses = [];
  const problems = [...unreadable3];
  for (const holder of documents) {
    const images = valueAt(holder.tree, holder.root, ["images"]);
    for (const item of isSequence(images) ? itemsOf(holder.tree, images) : []) {
      const described = describeEntry(holder, item);
      if (described?.kind === "use") uses.push(described.use);
      if (described?.kind === "problem") problems.push(described.problem);
    }
  }
  return { uses, problems };
}
function describeEntry(holder, item) {
  const read4 = (role, key) => readImageText(holder, role, valueAt(holder.tree, item, [key]));
  const name = valueAt(holder.tree, item, ["name"]);
  const tag = read4("tag", "newTag");
  const digest = read4("digest", "digest");
  if (!isScalar(name) || tag.kind === "absent" && digest.kind === "absent") return void 0;
  const newName = read4("name", "newName");
  return describeImage({
    holder,
    policies: NO_POLICIES,
    container: name.node.text,
    main: { role: "name", text: newName.kind === "absent" ? read4("name", "name") : newName },
    others: [
      { role: "tag", text: tag },
      { role: "digest", text: digest }
    ]
  });
}

// src/command/images/find-images.ts
function imageFinder({ rules, fields }, { policiesFor, nowMs }) {
  const findRule = compileRules(rules);
  const everywhere = rules.some((rule) => rule.policy !== void 0);
  const locate2 = (searched) => {
    const [{ file }] = searched;
    const policies = mentionsMarkers(file.bytes) ? policiesFor(file.path) : void 0;
    if (policies !== void 0) return locateMarked(searched, { fields, policies });
    return joined(searched.map((given) => locateAll(given, fields)));
  };
  const speaks = ({ bytes, path: path6 }) => everywhere || mentionsAutomation2(bytes) || mentionsMarkers(bytes) && policiesFor(path6) !== void 0;
  return {
    locate: locate2,
    find(searched) {
      const [{ file }] = searched;
      const located = speaks(file) ? locate2(searched) : joined(searched.map(unread));
      return triageAll(file, located, (use) => triageImage(use, findRule(use), nowMs));
    }
  };
}
function locateMarked(searched, { fields, policies }) {
  const [{ file }] = searched;
  const located = joined(searched.map((given) => locateAll(given, fields)));
  const subject = `${HOLDER[searched.at(-1)?.kind ?? "objects"]}/${printable(file.path)}`;
  return markFile({ file, subject, located, policies });
}
var HOLDER = { objects: "File", kustomization: "Kustomization", values: "Values" };
function joined(located) {
  return {
    uses: located.flatMap(({ uses }) => uses),
    // What is wrong with a file as a whole is found each time that it is read.
    problems: distinctProblems(located.flatMap(({ problems }) => problems))
  };
}
function distinctProblems(problems) {
  return [...new Map(problems.map((problem2) => [JSON.stringify(problem2), problem2])).values()];
}
function isAsk(entry) {
  return "policy" in entry;
}
function locateAll({ file, kind }, fields) {
  if (kind === "kustomization") return locateKustomizationImages(file);
  if (kind === "values") return locateValuesImages(file);
  const parsed = parseManifests(file);
  const located = parsed.documents.map((document) => locateImages(document, fields));
  return {
    uses: located.flatMap(({ uses }) => uses),
    problems: [...parsed.problems, ...located.flatMap(({ problems }) => problems)]
  };
}
function unread({ file, kind }) {
  return { uses: [], problems: kind === "objects" ? parseManifests(file).problems : [] };
}
function triageAll(file, located, triageOf) {
  const entries = [];
  const problems = [...located.problems];
  const containers = containersBySubject(located.uses);
  for (const use of located.uses) {
    const triage = triageOf(use);
    if (triage === null) continue;
    problems.push(...triage.problems);
    const named = containers.get(use.subject);
    if (named !== void 0) problems.push(...strayHolds(use, named));
    containers.delete(use.subject);
    if (triage.kind === "ask") entries.push({ use, policy: triage.policy, exclude: triage.exclude, rule: triage.rule });
    else entries.push({ use, row: triage.row, edits: [], change: void 0, warnings: [] });
  }
  return { file, entries, problems };
}
function containersBySubject(uses) {
  const found = /* @__PURE__ */ new Map();
  for (const { subject, container } of uses) {
    const containers = found.get(subject) ?? /* @__PURE__ */ new Set();
    found.set(subject, containers.add(container));
  }
  return found;
}

// src/command/by-hand/find-workloads.ts
var NO_POLICIES2 = () => ({ find: () => void 0, names: [] });
function workloadsIn(files, { fields, policiesFor = NO_POLICIES2 }) {
  return [...Map.groupBy(files, ({ file }) => file.path).values()].flatMap((group) => {
    const [first, ...others] = group;
    const policies = mentionsMarkers(first.file.bytes) ? policiesFor(first.file.path) : void 0;
    if (policies !== void 0) return marked([first, ...others], { fields, policies });
    return group.flatMap(
      (given) => given.kind === "objects" ? objectsWithImages(given.file, fields) : filesWithImages(given)
    );
  });
}
function marked(searched, given) {
  const [{ file }] = searched;
  const objects = new Map(parseManifests(file).documents.map((document) => [document.subject, document]));
  const { uses } = locateMarked(searched, given);
  return [...Map.groupBy(uses, ({ subject }) => subject)].map(([subject, members]) => {
    const object2 = objects.get(subject);
    const id = object2 === void 0 ? subject : renderWorkloadId(object2);
    const position = object2?.position ?? members[0].position;
    return { id, subject, position, named: object2, file, uses: members };
  });
}
function objectsWithImages(file, fields) {
  return parseManifests(file).documents.flatMap((document) => {
    const { uses } = locateImages(document, fields);
    const { subject, position } = document;
    return uses.length === 0 ? [] : [{ id: renderWorkloadId(document), subject, position, named: document, file, uses }];
  });
}
function filesWithImages(given) {
  return [...Map.groupBy(locateAll(given, []).uses, ({ subject }) => subject)].flatMap(([subject, uses]) => {
    const [first] = uses;
    if (first === void 0) return [];
    return [{ id: subject, subject, position: first.position, named: void 0, file: given.file, uses }];
  });
}
function pickWorkloads(known, given) {
  const workloads = /* @__PURE__ */ new Set();
  const problems = [];
  for (const name of given.names) {
    const file = known.find(({ id, named }) => named === void 0 && id === name);
    if (file !== void 0) {
      workloads.add(file);
      continue;
    }
    const parsed = parseWorkloadId(name, given.namespace);
    if (!parsed.ok) {
      problems.push(usage(parsed.message, "Write ns:kind/name, such as prod:deployment/api."));
      continue;
    }
    const meant = known.filter(({ named }) => named !== void 0 && meansWorkload(parsed.id, named));
    const [only] = meant;
    if (only === void 0) problems.push(unknownWorkload(name, parsed.id, known));
    else if (meant.length > 1) problems.push(ambiguous2(name, meant));
    else workloads.add(only);
  }
  return { workloads: [...workloads], problems };
}
function unknownWorkload(written3, id, known) {
  const near = nearestFew(
    renderWorkloadId(id),
    known.map((workload) => nameFor(workload, id))
  );
  const meant = known.filter((workload) => near.includes(nameFor(workload, id)) || workload.named?.name === id.name);
  const close = [...new Set(meant.map((workload) => workload.id))].slice(0, 3);
  const hint = close.length > 0 ? `Did you mean ${close.join(" or ")}?` : "Look at towpath list workloads.";
  return usage(`there is no workload ${printable(written3)}`, printable(hint));
}
function nameFor(workload, id) {
  if (workload.named === void 0) return workload.id;
  const { kind, namespace, name } = workload.named;
  return renderWorkloadId({ kind, name, namespace: id.namespace === void 0 ? void 0 : namespace });
}
function ambiguous2(written3, meant) {
  const places = meant.map(({ id, position }) => `${id} (${position.file}:${position.line})`);
  const shown2 = places.slice(0, 3).join(", ") + (places.length > 3 ? ", …" : "");
  const hint = "Name its namespace, or choose one environment with --environment.";
  return usage(`${printable(written3)} means more than one workload: ${shown2}`, hint);
}
function usage(message, hint) {
  return { severity: "error", code: "USAGE_WORKLOAD", message, hint };
}

// src/command/by-hand/list-table.ts
function renderTable(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  return all.map(
    (row) => widths.map((width, column) => (row[column] ?? "").padEnd(width)).join("  ").trimEnd()
  );
}

// src/command/by-hand/list.ts
async function list(request, deps) {
  const [what, name, ...more] = request.operands;
  const limit = limitOf(request);
  if (what !== "workloads" && what !== "images" || more.length > 0 || what === "workloads" && name !== void 0) {
    return refused4("USAGE_ARGUMENT", "list does not say what", "Write list workloads, or list images [WORKLOAD].");
  }
  if (limit === void 0)
    return refused4("USAGE_FLAG_VALUE", "--limit needs a number", "Write --limit 10, or 0 for all.");
  const snapshot = await deps.repository.workTree(deps.signal);
  const read4 = await readEnvironments({ ...request, snapshot }, deps);
  const sources = read4.map((entry) => entry.sources);
  const { policiesFor, problems: ofPolicies } = await loadImagePolicies({ ...request, sources }, deps);
  const all = read4.map((entry) => ({
    environment: entry.environment.name,
    workloads: workloadsIn(imageFilesOf([entry]), { ...request.images, policiesFor })
  }));
  const chosen = name === void 0 ? { listed: all, problems: [] } : choose(all, { name, request });
  if (chosen.problems.length > 0) return { environments: [], problems: chosen.problems };
  const findRule = compileRules(request.images.rules);
  const nowMs = deps.clock.now();
  const problems = [...read4.flatMap((entry) => entry.problems), ...ofPolicies];
  if (what === "workloads") {
    const lines3 = sections(chosen.listed, (entry) => workloadTable(entry.workloads, { findRule, nowMs }));
    return { environments: [], problems, lines: lines3 };
  }
  const answered = await askAll(chosen.listed, { findRule, limit }, deps);
  const lines2 = sections(chosen.listed, (entry) => imageTable(entry.workloads, { tagsOf: answered.tags, nowMs }));
  return { environments: [], problems: [...problems, ...answered.problems], lines: lines2 };
}
function choose(all, { name, request }) {
  const wanted = { names: [name], namespace: request.manual?.namespace };
  const listed2 = all.map(({ environment, workloads }) => ({ environment, workloads: pickWorkloads(workloads, wanted).workloads })).filter(({ workloads }) => workloads.length > 0);
  if (listed2.length > 0) return { listed: listed2, problems: [] };
  return {
    listed: listed2,
    problems: pickWorkloads(
      all.flatMap(({ workloads }) => workloads),
      wanted
    ).problems
  };
}
function limitOf({ manual }) {
  const text2 = manual?.limit ?? "10";
  return /^\d{1,6}$/.test(text2) ? Number(text2) : void 0;
}
function sections(listed2, table) {
  if (listed2.length === 1) return listed2.flatMap(table);
  return listed2.flatMap((entry, index) => [...index === 0 ? [] : [""], `${entry.environment}:`, ...table(entry)]);
}
function workloadTable(workloads, view) {
  const rows = workloads.flatMap(
    ({ id, uses }) => uses.map((use, index) => {
      const version = renderVersion(use.tag, use.digest);
      const image = use.digest !== void 0 && use.tag === void 0 ? `${use.name}@${version}` : `${use.name}:${version}`;
      return [index === 0 ? id : "", use.container, version === "" ? use.name : image, policiesOf3(use, view)];
    })
  );
  return renderTable(["WORKLOAD", "CONTAINER", "IMAGE", "POLICY"], rows);
}
function policiesOf3(use, { findRule, nowMs }) {
  const { automated, locked, ignore, tagFilters } = use.policies;
  const rule = findRule(use);
  const words = [];
  if (automated ?? (use.mark !== void 0 || rule?.policy !== void 0)) words.push("automated");
  if (locked) words.push("locked");
  if (holdOf(use, nowMs) !== void 0) words.push("on hold");
  if (ignore !== void 0) words.push(ignore === "true" ? "ignore" : ignore);
  const filter = tagFilters.get(use.container);
  if (use.mark !== void 0) words.push(markedPolicy(use.mark));
  else if (filter !== void 0) words.push(printable(filter.value));
  else if (rule?.policy !== void 0) words.push(renderTagPolicy(rule.policy.value));
  return words.join(",");
}
function markedPolicy(mark) {
  const name = `ImagePolicy ${mark.policyName}`;
  return "fault" in mark.follows ? name : `${renderTagPolicy(mark.follows.policy)} of ${name}`;
}
async function askAll(listed2, { findRule, limit }, deps) {
  const problems = [];
  const asks = [];
  for (const use of listed2.flatMap(({ workloads }) => workloads.flatMap(({ uses }) => uses))) {
    const rule = findRule(use);
    const followed = followedPolicy(use, rule);
    if (followed.ok && use.refusal === void 0)
      asks.push({ use, policy: followed.policy, exclude: followed.exclude, rule });
  }
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  for (const { problem: problem2 } of answers.values()) if (problem2 !== void 0) problems.push(problem2);
  const tags = /* @__PURE__ */ new Map();
  for (const ask of asks)
    tags.set(ask.use, await shownTags(ask, { answer: answers.get(repositoryKey(ask.use)), limit, problems }, deps));
  return { tags, problems };
}
async function shownTags(ask, given, deps) {
  const { use, policy, exclude } = ask;
  const listing = given.answer?.listing;
  if (!listing) return { tags: use.tag === void 0 ? [] : [{ tag: use.tag }], omitted: 0, apart: true };
  const all = orderedTags({ policy, use, listing, exclude, nowMs: deps.clock.now() });
  const first = given.limit === 0 ? all : all.slice(0, given.limit);
  const running = use.tag === void 0 ? void 0 : all.find(({ tag }) => tag === use.tag) ?? { tag: use.tag };
  const apart = running !== void 0 && !first.some(({ tag }) => tag === running.tag);
  const omitted = all.length - first.length - (apart && all.includes(running) ? 1 : 0);
  const wanted = apart ? [...first, running] : first;
  try {
    return { tags: await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal), omitted, apart };
  } catch (error) {
    deps.signal.throwIfAborted();
    given.problems.push({ ...toProblem(error, { subject: use.subject }), severity: "warning" });
    return { tags: wanted, omitted, apart };
  }
}
function imageTable(workloads, { tagsOf, nowMs }) {
  const rows = workloads.flatMap(
    ({ id, uses }) => uses.flatMap((use, index) => [
      [index === 0 ? id : "", use.container, use.name],
      ...holdRows(use, nowMs),
      ...tagRows(use, tagsOf.get(use) ?? { tags: [], omitted: 0, apart: false })
    ])
  );
  return renderTable(["WORKLOAD", "CONTAINER", "IMAGE", "CREATED"], rows);
}
function holdRows(use, nowMs) {
  const hold2 = holdOf(use, nowMs);
  return hold2 === void 0 ? [] : [["", "", printable(holdSentence(hold2), { longest: 60 })]];
}
function tagRows(use, { tags, omitted, apart }) {
  const at2 = tags.findIndex(({ tag }) => tag === use.tag);
  const rows = tags.map(({ tag, createdMs }, index) => {
    const mark = index === at2 ? "'->" : index < at2 ? "|" : "";
    return ["", "", `${mark.padEnd(3)} ${tag}`, createdMs === void 0 ? "?" : timeOf2(createdMs)];
  });
  if (omitted === 0) return rows;
  const before = apart ? rows.length - 1 : rows.length;
  return rows.toSpliced(before, 0, ["", "", `:   (${omitted} ${omitted === 1 ? "image" : "images"} omitted)`]);
}
function timeOf2(ms) {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "?" : date.toISOString().replace(/\.\d+Z$/, "Z");
}
function refused4(code18, message, hint) {
  return { environments: [], problems: [{ severity: "error", code: code18, message, hint }] };
}

// src/core/images/by-hand/policy-change.ts
function heldAmong(containers, { held }) {
  return containers.filter((name) => held.includes(name));
}
function containersOf(change, workload) {
  if (change.kind === "hold") return change.containers ?? workload.containers;
  return change.kind === "unhold" ? change.containers ?? workload.held : [];
}
function policiesToSet(change, workload) {
  switch (change.kind) {
    case "lock":
      return /* @__PURE__ */ new Map([
        ["locked", "true"],
        ["locked_user", change.user ?? null],
        ["locked_msg", change.message ?? null]
      ]);
    case "unlock":
      return new Map(["locked", "locked_user", "locked_msg"].map((policy) => [policy, null]));
    case "automate":
      return /* @__PURE__ */ new Map([["automated", "true"]]);
    case "deautomate":
      return /* @__PURE__ */ new Map([["automated", workload.ruled ? "false" : null]]);
    case "policy":
      return filtersToSet(change.filters, workload);
    case "hold":
      return new Map(containersOf(change, workload).map((name) => [`hold.${name}`, change.text]));
    case "unhold":
      return new Map(heldAmong(containersOf(change, workload), workload).map((name) => [`hold.${name}`, null]));
    default:
      return assertNever(change, "policy change");
  }
}
function parseTagFilters(tags, tagAll) {
  const warnings = [];
  const byContainer = /* @__PURE__ */ new Map();
  let everywhere;
  if (tagAll !== void 0) {
    const read4 = readPattern(tagAll, warnings);
    if (!read4.ok) return read4;
    everywhere = read4.pattern;
  }
  for (const text2 of tags) {
    const at2 = text2.indexOf("=");
    if (at2 < 1) {
      const hint = "Write --tag container=pattern, or container= to drop its filter.";
      return { ok: false, message: `--tag ${text2} names no container`, hint };
    }
    const container = text2.slice(0, at2);
    if (byContainer.has(container)) {
      return { ok: false, message: `--tag ${container} is given twice`, hint: "Give one pattern a container." };
    }
    const written3 = text2.slice(at2 + 1);
    const read4 = written3 === "" ? DROPPED : readPattern(written3, warnings);
    if (!read4.ok) return read4;
    byContainer.set(container, read4.pattern);
  }
  return { ok: true, filters: { everywhere, byContainer }, warnings };
}
var DROPPED = { ok: true, pattern: null };
function readPattern(text2, warnings) {
  const parsed = parseTagPolicy(text2);
  if (!parsed.ok) return { ok: false, message: `invalid tag pattern '${text2}': ${parsed.message}`, hint: parsed.hint };
  if (parsed.warning !== void 0) warnings.push(parsed.warning);
  const pattern = renderTagPolicy(parsed.policy);
  return pattern === "glob:*" ? DROPPED : { ok: true, pattern };
}
function filtersToSet({ everywhere, byContainer }, workload) {
  const policies = /* @__PURE__ */ new Map();
  if (everywhere !== void 0) {
    const containers = everywhere === null ? workload.filtered : workload.containers;
    for (const container of containers) policies.set(`tag.${container}`, everywhere);
  }
  for (const [container, pattern] of byContainer) policies.set(`tag.${container}`, pattern);
  return policies;
}

// src/core/images/by-hand/policy-change-lines.ts
var MOST_COMPARED2 = 1e3;
function changedLines(before, after) {
  const old = linesOf(before.bytes);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const changes = compare(old.slice(start, old.length - end), now.slice(start, now.length - end));
  return changes.length === 0 ? [] : [`${before.path}:${start + 1}`, ...changes];
}
function linesOf(bytes) {
  return new TextDecoder().decode(bytes).split(/\r?\n/);
}
function compare(old, now) {
  if (old.length * now.length > MOST_COMPARED2 ** 2) {
    return [...old.map((line) => `-${line}`), ...now.map((line) => `+${line}`)];
  }
  const common2 = commonLengths(old, now);
  const lines2 = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i++;
      j++;
    } else if (j === now.length || i < old.length && at(common2, i + 1, j) >= at(common2, i, j + 1)) {
      lines2.push(`-${old[i++]}`);
    } else {
      lines2.push(`+${now[j++]}`);
    }
  }
  return lines2;
}
function commonLengths(old, now) {
  const common2 = Array.from({ length: old.length + 1 }, () => []);
  for (let i = old.length - 1; i >= 0; i--) {
    const row = common2[i] ?? [];
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? at(common2, i + 1, j + 1) + 1 : Math.max(at(common2, i + 1, j), row[j + 1] ?? 0);
    }
  }
  return common2;
}
function at(rows, row, column) {
  return rows[row]?.[column] ?? 0;
}

// src/core/images/trailer.ts
function trailer(key, value) {
  return `${key}: ${value.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, " ").trim()}`;
}

// src/core/images/by-hand/policy-change-message.ts
var VERBS = {
  lock: "Locked",
  unlock: "Unlocked",
  automate: "Automated",
  deautomate: "Deautomated",
  policy: "Updated policies",
  hold: "Put on hold",
  unhold: "Taken off hold"
};
function policyEvent(kind, id) {
  return `${VERBS[kind]}: ${id}`;
}
function alreadySaid(kind, id) {
  return kind === "unhold" ? `${id} has no hold to take away; name a --container to settle what the history alone tells` : `${id} says so already`;
}
function renderPolicyMessage({ kind, ids, message, trailers, requestedBy }) {
  const events = ids.map((id) => policyEvent(kind, id));
  const list2 = events.map((event) => `- ${event}`).join("\n");
  const [only = ""] = events;
  const text2 = message === void 0 ? events.length === 1 ? only : `Updated workload policies

${list2}` : `${message.trim()}

${list2}`;
  const all = [...trailers ?? [], ...requestedBy === void 0 ? [] : [requesterTrailer(requestedBy)]];
  return all.length === 0 ? text2 : `${text2}

${all.join("\n")}`;
}
function requesterTrailer(requestedBy) {
  return trailer("Requested-by", requestedBy);
}

// src/core/manifests/annotation-place.ts
function findAnnotation(document, key) {
  const metadata = ownPairs(document.root.node, "metadata").at(-1)?.value;
  if (metadata?.kind !== "map") return { kind: "elsewhere", clause: "has its metadata at an anchor" };
  const inherited = valueAt(document.tree, document.root, ["metadata", "annotations"]);
  const holders = ownPairs(metadata, "annotations");
  const [holder] = holders;
  if (holders.length > 1) return { kind: "elsewhere", clause: "has annotations twice" };
  if (holder === void 0) {
    return inherited === void 0 ? { kind: "none", metadata } : { kind: "elsewhere", clause: AT_ANCHOR };
  }
  const annotations = holder.value;
  if (annotations.kind === "scalar" && ["", "~", "null"].includes(annotations.text)) {
    return { kind: "empty", metadata, holder };
  }
  if (annotations.kind !== "map") return { kind: "elsewhere", clause: AT_ANCHOR };
  const pairs = ownPairs(annotations, key);
  const [pair] = pairs;
  if (pairs.length > 1) return { kind: "elsewhere", clause: "has this annotation twice" };
  if (pair !== void 0) return { kind: "there", metadata, holder, annotations, pair };
  const merged = isMap(inherited) ? valueAt(document.tree, inherited, [key]) : void 0;
  if (merged !== void 0) return { kind: "elsewhere", clause: AT_ANCHOR };
  return { kind: "beside", metadata, holder, annotations };
}
var AT_ANCHOR = "has its annotations at an anchor";
function ownPairs(map, key) {
  return map.pairs.filter((pair) => pair.key.kind === "scalar" && pair.key.text === key);
}

// src/core/manifests/pair-surgery.ts
function addPair(text2, map, pair) {
  const last = map.pairs.at(-1);
  if (last === void 0) return void 0;
  if (map.flow) {
    const value = typeof pair.value === "string" ? pair.value : pair.value.join(" ");
    return insertion(last.value.end, `, ${pair.key}: ${value}`);
  }
  return addLines(text2, last, linesOf2(pair, columnOf(text2, map.start)));
}
function addLines(text2, pair, lines2) {
  const end = endOfPair(text2, pair);
  const lineBreak = lineBreakBefore(text2, end);
  if (end > 0 && text2.charAt(end - 1) === "\n") return insertion(end, lines2.map((line) => line + lineBreak).join(""));
  return insertion(end, lines2.map((line) => lineBreak + line).join(""));
}
function cutPair(text2, map, pair) {
  if (map.flow) return cutFlowPair(map, pair);
  const start = startOfLine(text2, pair.key.start);
  if (text2.slice(start, pair.key.start).trim() !== "") return void 0;
  const end = endOfPair(text2, pair);
  if (text2.charAt(end - 1) === "\n" || start === 0) return { start, end, text: "" };
  return { start: start - (text2.charAt(start - 2) === "\r" ? 2 : 1), end, text: "" };
}
function columnOf(text2, offset) {
  return offset - startOfLine(text2, offset);
}
function linesOf2(pair, column) {
  const indent = " ".repeat(column);
  if (typeof pair.value === "string") return [`${indent}${pair.key}: ${pair.value}`];
  return [`${indent}${pair.key}:`, ...pair.value];
}
function insertion(at2, text2) {
  return { start: at2, end: at2, text: text2 };
}
function cutFlowPair(map, pair) {
  const index = map.pairs.indexOf(pair);
  const next = map.pairs[index + 1];
  if (next !== void 0) return { start: pair.key.start, end: next.key.start, text: "" };
  const previous = map.pairs[index - 1];
  return { start: previous?.value.end ?? pair.key.start, end: pair.value.end, text: "" };
}
function endOfPair(text2, pair) {
  const end = Math.max(pair.value.end, pair.key.end);
  if (text2.charAt(end - 1) === "\n") return end;
  const newline = text2.indexOf("\n", end);
  return newline === -1 ? text2.length : newline + 1;
}
function lineBreakBefore(text2, offset) {
  const newline = text2.lastIndexOf("\n", offset - 1);
  return newline > 0 && text2.charAt(newline - 1) === "\r" ? "\r\n" : "\n";
}
function startOfLine(text2, offset) {
  const newline = text2.lastIndexOf("\n", offset - 1);
  return newline === -1 && text2.charCodeAt(0) === 65279 ? 1 : newline + 1;
}

// src/core/manifests/render-scalar.ts
function renderQuoted(value, quotes) {
  if (quotes === "single" && !NEEDS_ESCAPES.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const json = JSON.stringify(value).replace(
    new RegExp(NEEDS_ESCAPES, "gu"),
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
  return json;
}
function renderPlain(value, context) {
  return isPlainSafe(value, context) ? value : renderQuoted(value, "double");
}
function isPlainSafe(value, { inFlow }) {
  if (value === "" || NEEDS_ESCAPES.test(value) || BREAKS_PLAIN.test(value)) return false;
  if (inFlow && /[,[\]{}]/.test(value)) return false;
  return isStringToEverybody(value);
}
var NEEDS_ESCAPES = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;
var BREAKS_PLAIN = /^[\s,[\]{}#&*!|>'"%@`]|^[-?:](?:[\s,[\]{}]|$)|[\s:]$|:\s|\s#|^(?:---|\.\.\.)(?:\s|$)/;
function isStringToEverybody(value) {
  if (value === "=" || value === "<<" || typeof plainValue(value) !== "string") return false;
  return !NUMBERS_ELSEWHERE.some((pattern) => pattern.test(value));
}
var NUMBERS_ELSEWHERE = [
  /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/,
  /^[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]*)(?:[eE][-+]?[0-9]+)?$/,
  // Sexagesimal, as times of the day are written.
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  // Dates, with and without a time.
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?$/
];

// src/core/manifests/annotation-surgery.ts
var HOLDER_KEY = -3;
var NEW_KEY = -2;
var NEW_VALUE = -1;
function addAnnotation(document, place2, annotation) {
  const { text: text2 } = document.source;
  const values = /* @__PURE__ */ new Map([
    [HOLDER_KEY, "annotations"],
    [NEW_KEY, annotation.key],
    [NEW_VALUE, annotation.value]
  ]);
  const done = (change, from, to) => ({
    change,
    expected: (tree) => replaceMap(tree, from, to),
    values
  });
  if (place2.kind === "there") return void 0;
  const { metadata } = place2;
  if (place2.kind === "none") {
    const holder2 = { key: scalarAt(HOLDER_KEY), value: newMap(metadata.flow) };
    const column = columnOf(text2, metadata.start);
    const line = `${" ".repeat(column + unitOf(document, metadata))}${written(annotation, metadata)}`;
    const value = metadata.flow ? `{${written(annotation, metadata)}}` : [line];
    const change = addPair(text2, metadata, { key: keyLike(metadata, "annotations"), value });
    return change === void 0 ? void 0 : done(change, metadata, withPair(metadata, holder2));
  }
  const { holder } = place2;
  if (place2.kind === "beside" && place2.annotations.pairs.length > 0) {
    const { annotations } = place2;
    const change = addPair(text2, annotations, rendered(annotation, annotations));
    return change === void 0 ? void 0 : done(change, annotations, withPair(annotations, newPair()));
  }
  const inBlock = place2.kind === "empty" && !metadata.flow && holder.value.start === holder.value.end;
  const filled = {
    ...metadata,
    pairs: metadata.pairs.map((pair) => pair === holder ? { key: pair.key, value: newMap(!inBlock) } : pair)
  };
  if (inBlock) {
    const column = columnOf(text2, holder.key.start) + unitOf(document, metadata);
    return done(
      addLines(text2, holder, [`${" ".repeat(column)}${written(annotation, newMap(false))}`]),
      metadata,
      filled
    );
  }
  const { start, end } = holder.value;
  const blank = /\s/.test(text2.charAt(start - 1)) ? "" : " ";
  return done({ start, end, text: `${blank}{${written(annotation, newMap(true))}}` }, metadata, filled);
}
function removeAnnotation(document, place2) {
  const { metadata, holder, annotations, pair } = place2;
  const last = annotations.pairs.length === 1;
  const [map, gone2] = last ? [metadata, holder] : [annotations, pair];
  const change = cutPair(document.source.text, map, gone2);
  if (change === void 0) return "shares its lines with something else";
  const rest = { ...map, pairs: map.pairs.filter((one) => one !== gone2) };
  return { change, expected: (tree) => replaceMap(tree, map, rest), values: /* @__PURE__ */ new Map() };
}
function unitOf(document, metadata) {
  const { text: text2 } = document.source;
  const unit = columnOf(text2, metadata.start) - columnOf(text2, document.root.node.start);
  return unit > 0 && !document.root.node.flow ? unit : 2;
}
function rendered(annotation, map) {
  const quoted = isJson(map);
  const { key, value } = annotation;
  const context = { inFlow: map.flow };
  return quoted ? { key: renderQuoted(key, "double"), value: renderQuoted(value, "double") } : { key: renderPlain(key, context), value: renderPlain(value, context) };
}
function written(annotation, map) {
  const { key, value } = rendered(annotation, map);
  return `${key}: ${value}`;
}
function keyLike(map, key) {
  return isJson(map) ? renderQuoted(key, "double") : key;
}
function isJson(map) {
  const key = map.pairs.at(-1)?.key;
  return map.flow && key?.kind === "scalar" && key.style === "double";
}
function newPair() {
  return { key: scalarAt(NEW_KEY), value: scalarAt(NEW_VALUE) };
}
function newMap(flow) {
  return { kind: "map", start: 0, end: 0, tag: void 0, anchor: void 0, flow, pairs: [newPair()] };
}
function scalarAt(start) {
  return { kind: "scalar", start, end: start, tag: void 0, anchor: void 0, style: "plain", text: "\0" };
}
function withPair(map, pair) {
  return { ...map, pairs: [...map.pairs, pair] };
}
function replaceMap(tree, from, to) {
  const replace = (node) => {
    if (node === from) return to;
    if (node.kind === "sequence") return { ...node, items: node.items.map(replace) };
    if (node.kind !== "map") return node;
    return { ...node, pairs: node.pairs.map(({ key, value }) => ({ key, value: replace(value) })) };
  };
  return { ...tree, root: replace(tree.root) };
}

// src/core/manifests/find-scalars.ts
function findScalars(trees, starts) {
  const found = /* @__PURE__ */ new Map();
  const visit3 = (node, inFlow) => {
    if (node.kind === "scalar" && starts.has(node.start)) found.set(node.start, { node, inFlow });
    if (node.kind === "sequence") for (const item of node.items) visit3(item, inFlow || node.flow);
    if (node.kind === "map") for (const pair of node.pairs) visit3(pair.value, inFlow || node.flow);
  };
  for (const { root } of trees) visit3(root, false);
  return found;
}

// src/core/manifests/same-meaning.ts
function differsBesides({ before, after, values }) {
  if (before.length !== after.length) return 0;
  for (const [index, tree] of before.entries()) {
    const other = after[index];
    const difference = other === void 0 ? tree.root.start : compare2(tree.root, other.root, values);
    if (difference !== void 0) return difference;
  }
  return void 0;
}
function compare2(a, b, values) {
  if (a.tag !== b.tag || a.anchor !== b.anchor) return a.start;
  switch (a.kind) {
    case "scalar":
      return b.kind === "scalar" && sameScalar(a, b, values) ? void 0 : a.start;
    case "alias":
      return b.kind === "alias" && b.name === a.name ? void 0 : a.start;
    case "sequence":
      return b.kind === "sequence" && b.flow === a.flow ? compareSequences(a, b, values) : a.start;
    case "map":
      return b.kind === "map" && b.flow === a.flow ? compareMaps(a, b, values) : a.start;
  }
}
function compareSequences(a, b, values) {
  if (a.items.length !== b.items.length) return a.start;
  for (let index = 0; index < a.items.length; index++) {
    const one = a.items[index];
    const other = b.items[index];
    if (one === void 0 || other === void 0) return a.start;
    const difference = compare2(one, other, values);
    if (difference !== void 0) return difference;
  }
  return void 0;
}
function compareMaps(a, b, values) {
  if (a.pairs.length !== b.pairs.length) return a.start;
  for (let index = 0; index < a.pairs.length; index++) {
    const one = a.pairs[index];
    const other = b.pairs[index];
    if (one === void 0 || other === void 0) return a.start;
    const difference = compare2(one.key, other.key, values) ?? compare2(one.value, other.value, values);
    if (difference !== void 0) return difference;
  }
  return void 0;
}
function sameScalar(a, b, values) {
  const value = values.get(a.start);
  if (value === void 0) return a.text === b.text && a.style === b.style;
  return typeOfScalar(b) === value;
}

// src/core/manifests/edit.ts
function applyEdits(file, edits) {
  const read4 = readSourceText(file);
  if (!read4.ok) return { kind: "refused", problem: read4.problem };
  const { source } = read4;
  const before = readTrees(source);
  if (!before.ok) return { kind: "refused", problem: before.problem };
  const ordered = inOrder2(edits);
  const places = findScalars(before.trees, new Set(ordered.map((edit) => edit.span.start)));
  const replacements2 = [];
  for (const edit of ordered) {
    const place2 = places.get(edit.span.start);
    const refusal = reasonToRefuse({ edit, place: place2, previous: replacements2.at(-1)?.edit });
    if (place2 === void 0 || refusal !== void 0) return refused5(edit.span, refusal ?? "is not there any more");
    replacements2.push({ edit, text: render({ edit, place: place2, source }) });
  }
  const text2 = splice(source.text, replacements2);
  const difference = findDifference({ source, before: before.trees, text: text2, replacements: replacements2 });
  if (difference !== void 0) return refused5(difference, "would change more than this value");
  return { kind: "edited", bytes: new TextEncoder().encode(text2), warnings: ordered.flatMap(sharedWarning) };
}
function inOrder2(edits) {
  const sorted = edits.toSorted((a, b) => a.span.start - b.span.start);
  return sorted.filter((edit, index) => {
    const previous = sorted[index - 1];
    return previous === void 0 || previous.span.start !== edit.span.start || previous.value !== edit.value;
  });
}
function reasonToRefuse(given) {
  const { edit, place: place2, previous } = given;
  if (previous?.span.start === edit.span.start) return "is used by images that are to change differently";
  if (place2 === void 0 || place2.node.end !== edit.span.end) return "is not there any more";
  if (place2.node.style === "block") return "is a block scalar";
  return place2.node.text.includes("{{") ? "is a template" : void 0;
}
function render({
  edit,
  place: place2,
  source
}) {
  const { node } = place2;
  const written3 = source.text.slice(node.start, node.end);
  if (edit.value === node.text && written3 !== "") return written3;
  if (node.style === "single" || node.style === "double") return renderQuoted(edit.value, node.style);
  const text2 = renderPlain(edit.value, place2);
  if (node.start !== node.end) return text2;
  const before = /\s/.test(source.text.charAt(node.start - 1)) ? "" : " ";
  const after = source.text.charAt(node.end) === "#" ? " " : "";
  return `${before}${text2}${after}`;
}
function splice(text2, replacements2) {
  const parts = [];
  let at2 = 0;
  for (const { edit, text: written3 } of replacements2) {
    parts.push(text2.slice(at2, edit.span.start), written3);
    at2 = edit.span.end;
  }
  parts.push(text2.slice(at2));
  return parts.join("");
}
function findDifference(given) {
  const { source, before, text: text2, replacements: replacements2 } = given;
  const after = readTrees(createSourceText(source.path, text2));
  const changed = replacements2.filter((one) => one.text !== source.text.slice(one.edit.span.start, one.edit.span.end));
  const values = new Map(changed.map(({ edit }) => [edit.span.start, edit.value]));
  const difference = after.ok ? differsBesides({ before, after: after.trees, values }) : 0;
  if (difference === void 0) return void 0;
  return (replacements2.findLast(({ edit }) => edit.span.start <= difference) ?? replacements2[0])?.edit.span;
}
function refused5(span, clause2) {
  return {
    kind: "refused",
    problem: {
      severity: "error",
      code: "EDIT_REFUSED",
      message: `value ${printable(span.source)} ${clause2}`,
      position: span.position,
      hint: "Edit the file by hand, or write the value as plain or quoted text."
    }
  };
}
function sharedWarning({ span }) {
  if (!span.shared) return [];
  return [
    {
      severity: "warning",
      code: "EDIT_SHARED",
      message: `value ${printable(span.source)} stands at an anchor: what repeats it changes with it`,
      position: span.position
    }
  ];
}

// src/core/manifests/set-annotation.ts
function setAnnotation(file, change) {
  const read4 = readSourceText(file);
  if (!read4.ok) return { kind: "refused", problem: read4.problem };
  const composed = readTrees(read4.source);
  if (!composed.ok) return { kind: "refused", problem: composed.problem };
  const matching = objectsIn(read4.source, composed.trees).documents.filter(({ subject }) => subject === change.subject);
  const [document] = matching;
  if (document === void 0) return refused6(change, { file: file.path, line: 1, col: 1 }, "is not in this file");
  if (matching.length > 1) return refused6(change, document.position, "is in this file more than once");
  const place2 = findAnnotation(document, change.key);
  if (place2.kind === "elsewhere") return refused6(change, document.namePosition, place2.clause);
  if (change.value !== null && place2.kind === "there" && place2.pair.value.kind === "scalar") {
    return replaceValue(file, { document, node: place2.pair.value, value: change.value });
  }
  const planned = plan({ document, place: place2, change });
  if (planned === void 0) return { kind: "edited", bytes: file.bytes, warnings: [] };
  return carryOut(planned, { document, change, trees: composed.trees });
}
function plan(given) {
  const { document, place: place2, change } = given;
  if (change.value !== null) return addAnnotation(document, place2, { key: change.key, value: change.value });
  return place2.kind === "there" ? removeAnnotation(document, place2) : void 0;
}
function replaceValue(file, given) {
  const { document, node, value } = given;
  const { start, end, style, text: text2 } = node;
  const position = document.source.positionAt(start);
  const shared = isShared(document) || document.tree.repeated.has(node);
  const span = { start, end, style, source: text2, position, shared };
  return applyEdits(file, [{ span, value }]);
}
function carryOut(planned, given) {
  const { document, change, trees } = given;
  if (typeof planned === "string") return refused6(change, document.namePosition, planned);
  const { source } = document;
  const { start, end, text: text2 } = planned.change;
  const written3 = source.text.slice(0, start) + text2 + source.text.slice(end);
  const after = readTrees(createSourceText(source.path, written3));
  const before = trees.map((tree) => planned.expected(tree));
  if (!after.ok || differsBesides({ before, after: after.trees, values: planned.values }) !== void 0) {
    return refused6(change, document.namePosition, "has annotations that cannot be changed without changing more");
  }
  const warnings = isShared(document) ? [sharedWarning2(document)] : [];
  return { kind: "edited", bytes: new TextEncoder().encode(written3), warnings };
}
function isShared(document) {
  const { tree, root } = document;
  const annotations = valueAt(tree, root, ["metadata", "annotations"]) ?? valueAt(tree, root, ["metadata"]);
  return annotations?.shared === true;
}
function sharedWarning2(document) {
  return {
    severity: "warning",
    code: "EDIT_SHARED",
    message: `annotations of ${document.subject} stand at an anchor: what repeats them changes with them`,
    position: document.namePosition,
    subject: document.subject
  };
}
function refused6(change, position, clause2) {
  const problem2 = {
    severity: "error",
    code: "EDIT_REFUSED",
    message: `${printable(change.subject)} ${clause2}`,
    position,
    subject: printable(change.subject),
    hint: `Write the annotation ${printable(change.key)} by hand.`
  };
  return { kind: "refused", problem: problem2 };
}

// src/core/images/by-hand/policy-edits.ts
function setPolicies(file, { subject, policies }) {
  let bytes = file.bytes;
  const warnings = [];
  for (const [policy, value] of policies) {
    for (const key of keysToChange({ path: file.path, bytes }, { subject, policy, value })) {
      const result = setAnnotation({ path: file.path, bytes }, { subject, key, value });
      if (result.kind === "refused") return result;
      bytes = result.bytes;
      warnings.push(...result.warnings);
    }
  }
  return { kind: "edited", bytes, warnings };
}
function keysToChange(file, change) {
  const document = parseManifests(file).documents.find(({ subject }) => subject === change.subject);
  const present = document === void 0 ? [] : policyKeys(document, change.policy);
  if (present.length === 0) return [newPolicyKey(change.policy)];
  return change.value === null ? present : present.slice(0, 1);
}

// src/command/branches.ts
async function branchOf(environment, deps) {
  const branch = environment.branch ?? await deps.repository.currentBranch(deps.signal);
  if (branch !== null) return branch;
  throw new TowpathError("BRANCH_UNKNOWN", `environment ${environment.name} names no branch and none is checked out`, {
    subject: environment.name,
    hint: `Set environments.${environment.name}.branch in the config, or check out a branch.`
  });
}

// src/command/branch-heads.ts
async function readBranchHeads({ environments, event }, deps) {
  const branches = /* @__PURE__ */ new Map();
  for (const environment of environments) {
    const branch = await branchOf(environment, deps);
    branches.set(branch, [...branches.get(branch) ?? [], environment]);
  }
  const heads = [];
  for (const [branch, members] of branches) {
    heads.push(await readBranchHead({ branch, environments: members, event }, deps));
  }
  return heads;
}
function refusalsOf(heads) {
  return heads.flatMap(
    ({ environments }) => environments.flatMap(({ sources, problems }) => sources.refused ? problems : [])
  );
}
async function readBranchHead(request, deps) {
  const snapshot = await deps.repository.branchHead(request.branch, deps.signal);
  return { ...request, snapshot, environments: await readEnvironments({ ...request, snapshot }, deps) };
}

// src/core/generation/updates.ts
var DEFAULT_NAMESPACE = "default";
function planUpdates(manifests, rows) {
  const { config, configPath } = manifests.generation;
  const commands = config.kind === "commandUpdated" ? commandsOf(config.updaters, "containerImage") : [];
  const updates = [];
  for (const { document, row } of updatedRows(manifests.documents, rows)) {
    const refusal = commands.length === 0 ? "has no updater of images" : tagOnly(row);
    if (refusal !== void 0) {
      return {
        kind: "refused",
        problem: {
          severity: "error",
          code: "UPDATER_MISSING",
          message: `${configPath} ${refusal}, and ${row.subject} ${row.container} is to become ${row.to}`,
          position: config.position,
          subject: row.subject,
          hint: "Add a step with containerImage.command below updaters, or use patchUpdated."
        }
      };
    }
    updates.push({ commands, env: imageVariables(document.document, row) });
  }
  return { kind: "updates", updates };
}
function policyVariables(document, policy) {
  const value = policy.value === null ? {} : { FLUX_POLICY_VALUE: policy.value };
  return { ...workloadVariables(document), FLUX_POLICY: policy.name, ...value };
}
function commandsOf(updaters, sort) {
  return updaters.flatMap((step2) => step2[sort] ?? []);
}
function unfinishedUpdates(manifests, given) {
  const after = Map.groupBy(given.after, ({ key }) => key);
  return updatedRows(manifests.documents, given.rows).flatMap(({ document, row }) => {
    const uses = (after.get(document.key) ?? []).flatMap((found) => locateImages(found.document).uses);
    const use = uses.find((candidate) => candidate.container === row.container && candidate.name === row.image);
    const version = use === void 0 ? void 0 : renderVersion(use.tag, use.digest);
    if (version === row.to) return [];
    const now = version === void 0 ? "is not generated any more" : `is still generated with ${printable(version)}`;
    return [
      {
        severity: "error",
        code: "UPDATER_IDLE",
        message: `${row.subject} ${row.container} ${now} after its update to ${row.to}`,
        position: manifests.generation.config.position,
        subject: row.subject,
        hint: "Let the updaters change what the generators read."
      }
    ];
  });
}
function idleProblem({ generation }) {
  return {
    severity: "error",
    code: "UPDATER_IDLE",
    message: `updaters of ${printable(generation.configPath)} changed no file`,
    position: generation.config.position,
    subject: generation.configPath,
    hint: "Let the updaters change what the generators read."
  };
}
function leftBehindWarning(manifests, paths) {
  if (paths.length === 0) return void 0;
  const named = paths.slice(0, MOST_NAMED).map((text2) => printable(text2)).join(", ");
  const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : "";
  return {
    severity: "warning",
    code: "UPDATER_LEFT_FILES",
    message: `updaters of ${manifests.generation.configPath} left files that are not committed: ${named}${more}`,
    position: manifests.generation.config.position,
    subject: manifests.generation.configPath,
    hint: "Let them change existing files, and remove what they need for themselves."
  };
}
var MOST_NAMED = 3;
function imageVariables(document, row) {
  return {
    ...workloadVariables(document),
    FLUX_CONTAINER: row.container,
    FLUX_IMG: row.image,
    FLUX_TAG: row.to
  };
}
function workloadVariables({ kind, name, namespace }) {
  const ns = namespace ?? DEFAULT_NAMESPACE;
  const lowerKind = kind.toLowerCase();
  return {
    FLUX_WORKLOAD: `${ns}:${lowerKind}/${name}`,
    FLUX_WL_NS: ns,
    FLUX_WL_KIND: lowerKind,
    FLUX_WL_NAME: name
  };
}
function updatedRows(documents, rows) {
  return documents.flatMap(
    (document) => (rows.get(document.file.path) ?? []).filter((row) => row.action === "updated").map((row) => ({ document, row }))
  );
}
function tagOnly(row) {
  return row.to.startsWith("sha256:") ? "has updaters, which take tags and no digests" : void 0;
}

// src/core/generation/policy-updates.ts
function planPolicyUpdates(manifests, wanted) {
  const { config, configPath } = manifests.generation;
  const commands = config.kind === "commandUpdated" ? commandsOf(config.updaters, "policy") : [];
  const asked = policiesOf4(manifests.documents, wanted);
  const [first] = asked;
  if (first !== void 0 && commands.length === 0) {
    const { subject } = first.document;
    return {
      kind: "refused",
      problem: {
        severity: "error",
        code: "UPDATER_MISSING",
        message: `${printable(configPath)} has no updater of policies, and ${subject} is to get ${printable(first.name)}`,
        position: config.position,
        subject,
        hint: "Add a step with policy.command below updaters, or use patchUpdated."
      }
    };
  }
  const updates = asked.map(({ document, name, value }) => ({
    commands,
    env: policyVariables(document, { name, value })
  }));
  return { kind: "updates", updates };
}
function unfinishedPolicies(manifests, given) {
  const after = Map.groupBy(given.after, ({ key }) => key);
  return policiesOf4(manifests.documents, given.wanted).flatMap(({ document, key, name, value }) => {
    const found = after.get(key)?.[0];
    if (found !== void 0 && says(found.document, name) === value) return [];
    const clause2 = found === void 0 ? "is not generated any more" : `${stillGenerated(value)} ${printable(name)}`;
    return [
      {
        severity: "error",
        code: "UPDATER_IDLE",
        message: `${document.subject} ${clause2} after the update of its policies`,
        position: manifests.generation.config.position,
        subject: document.subject,
        hint: "Let the updaters change what the generators read; without FLUX_POLICY_VALUE the policy is to go."
      }
    ];
  });
}
function stillGenerated(value) {
  return value === null ? "is still generated with" : "is still generated without";
}
function says(document, policy) {
  const [key] = policyKeys(document, policy);
  return key === void 0 ? null : readAnnotations(document).get(key)?.value ?? null;
}
function policiesOf4(documents, wanted) {
  return documents.flatMap(
    ({ file, document, key }) => [...wanted.get(file.path) ?? []].filter(([name, value]) => says(document, name) !== value).map(([name, value]) => ({ document, key, name, value }))
  );
}

// src/core/generation/changed-texts.ts
function changedTexts(before, after) {
  const found = [];
  return collect2({ before, after, path: [] }, found) ? found : void 0;
}
function collect2({ before, after, path: path6 }, found) {
  if (deepEqual(before, after)) return true;
  if (isObject(before) && isObject(after)) {
    const fields = [.../* @__PURE__ */ new Set([...Object.keys(before), ...Object.keys(after)])];
    return fields.every(
      (field) => collect2({ before: fieldOf(before, field), after: fieldOf(after, field), path: [...path6, { field }] }, found)
    );
  }
  if (isList(before) && isList(after)) {
    if (before.length !== after.length) return false;
    return after.every(
      (item, index) => collect2({ before: before[index], after: item, path: [...path6, { index, item }] }, found)
    );
  }
  if (typeof after !== "string" || before === void 0) return false;
  found.push({ path: path6, value: after });
  return true;
}

// src/core/generation/find-patched.ts
function findPatched(entry, path6, type) {
  let reached = entry.root;
  let rule = type === void 0 ? {} : { type };
  for (const step2 of path6) {
    if ("field" in step2) {
      reached = isMap(reached) ? fieldOf2(entry.tree, reached, step2.field) : void 0;
      rule = fieldRule(rule.type, step2.field);
    } else {
      reached = isSequence(reached) ? findItem(entry, reached, { step: step2, rule }) : void 0;
    }
  }
  return isScalar(reached) ? reached : void 0;
}
function findItem(entry, list2, { step: step2, rule }) {
  const items = itemsOf(entry.tree, list2);
  const { mergeKey } = rule;
  if (rule.strategy !== "merge") return items[step2.index];
  if (mergeKey === void 0) return void 0;
  const wanted = fieldOf(step2.item, mergeKey);
  return items.find((item) => {
    const key = isMap(item) ? fieldOf2(entry.tree, item, mergeKey) : void 0;
    return isScalar(key) && deepEqual(typeOfScalar(key.node), wanted);
  });
}

// src/core/generation/edit-patch.ts
function editByHand(file, changes) {
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  const pending = new Map(
    changes.map((change) => [change.key, { ...change, entry: change.entry.replaceAll("\n", lineBreak) }])
  );
  const parts = [];
  for (const part of file.parts) {
    const text2 = changedPart(file, part, pending);
    if (text2 === void 0) return void 0;
    const key = part.entries[0]?.key;
    for (const entry of part.entries) pending.delete(entry.key);
    parts.push({ key, text: text2 });
  }
  for (const { key, entry } of pending.values()) {
    if (entry === "") continue;
    const greater = parts.findIndex((part) => part.key !== void 0 && compareText(part.key, key) > 0);
    const index = greater === 0 && !hasMarker(file.text) ? 1 : greater;
    parts.splice(index === -1 ? parts.length : index, 0, { key, text: entry });
  }
  return joined2(
    parts.map((part) => part.text),
    lineBreak
  );
}
function changedPart(file, part, changes) {
  const text2 = file.text.slice(part.start, part.end);
  const changed = part.entries.flatMap((entry2) => {
    const change2 = changes.get(entry2.key);
    return change2 === void 0 ? [] : [{ entry: entry2, change: change2 }];
  });
  const [only] = changed;
  if (only === void 0) return text2;
  if (part.entries.length > 1) return void 0;
  const { entry, change } = only;
  if (change.entry === "") return "";
  return editedInPlace(file, part, only) ?? headOf(file, part, entry) + change.entry.replace(/^---\r?\n/, "");
}
function editedInPlace(file, part, { entry, change }) {
  const type = patchTypeOf(entry.document.apiVersion, entry.document.kind);
  const edits = [];
  for (const { path: path6, value } of changedTexts(change.before, change.after) ?? []) {
    const found = findPatched(entry.document, path6, type);
    if (found === void 0) return void 0;
    const { start, end, style, text: text2 } = found.node;
    const position = entry.document.source.positionAt(start);
    const span = { start: start - part.start, end: end - part.start, style, source: text2, position, shared: false };
    edits.push({ span, value });
  }
  if (edits.length === 0) return void 0;
  const bytes = new TextEncoder().encode(file.text.slice(part.start, part.end));
  const edited = applyEdits({ path: file.path, bytes }, edits);
  return edited.kind === "edited" ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(edited.bytes) : void 0;
}
function headOf(file, part, entry) {
  const lineStart = file.text.lastIndexOf("\n", entry.document.root.node.start - 1) + 1;
  if (lineStart > part.start) return file.text.slice(part.start, lineStart);
  return hasMarker(file.text.slice(part.start)) ? "---\n" : "";
}
function hasMarker(text2) {
  return /^\ufeff?---(?:\s|$)/.test(text2);
}
function joined2(parts, lineBreak) {
  let text2 = "";
  for (const part of parts) {
    if (text2 !== "" && part !== "" && !text2.endsWith("\n")) text2 += lineBreak;
    text2 += part;
  }
  return text2;
}

// src/core/generation/write-patch.ts
function writePatch(update3) {
  const read4 = readPatchFile(update3.patchFile);
  if (!read4.ok) return refused7(update3, read4.problems[0]?.message ?? "cannot be read");
  if (update3.patched.every(({ object: object2 }, index) => deepEqual(object2, update3.wanted[index]?.object))) {
    return { kind: "unchanged" };
  }
  try {
    const candidates2 = isFluxWritten(read4.file) ? [asFlux] : [byHand, asFlux];
    for (const write of candidates2) {
      const text2 = write(update3, read4.file);
      const bytes = text2 === void 0 ? void 0 : new TextEncoder().encode(text2);
      if (bytes !== void 0 && makesWanted(update3, bytes)) return { kind: "written", bytes };
    }
  } catch (error) {
    if (!(error instanceof TowpathError)) throw error;
    return refused7(update3, `cannot hold the update: ${error.message}`);
  }
  return refused7(update3, "cannot hold the update: no patch makes exactly this change");
}
function asFlux({ generated, wanted }) {
  return generated.map((from, index) => ({ from, to: wanted[index] ?? from })).toSorted((a, b) => compareText(a.from.key, b.from.key)).map(({ from, to }) => renderEntry(from.document, from.object, to.object)).join("");
}
function byHand({ generated, patched, wanted }, file) {
  const changes = generated.flatMap((from, index) => {
    const [before, after] = [patched[index]?.object, wanted[index]?.object];
    if (before === void 0 || after === void 0 || deepEqual(before, after)) return [];
    return [{ key: from.key, before, after, entry: renderEntry(from.document, from.object, after) }];
  });
  return editByHand(file, changes);
}
function makesWanted({ generated, wanted, patchFile }, bytes) {
  const applied = applyPatches(generated, { path: patchFile.path, bytes });
  return applied.ok && applied.documents.every(({ object: object2 }, index) => deepEqual(object2, wanted[index]?.object));
}
function refused7({ patchFile }, clause2) {
  const problem2 = {
    severity: "error",
    code: "PATCH_REFUSED",
    message: `patch file ${clause2}`,
    position: { file: patchFile.path, line: 1, col: 1 },
    subject: patchFile.path,
    hint: "Make the change by hand, in the patch file or in what the generators read."
  };
  return { kind: "refused", problem: problem2 };
}

// src/core/generation/plan-patch.ts
function planPatch(manifests, changes) {
  const { generation, generated, documents, patchFile } = manifests;
  const own = new Map(changesOf(manifests, changes).map((change2) => [change2.path, change2]));
  if (own.size === 0 || generation.patchPath === void 0) return { kind: "none" };
  const wanted = [];
  for (const document of documents) {
    const change2 = own.get(document.file.path);
    const changed = change2 === void 0 ? document : readChanged(change2);
    if ("problem" in changed) return { kind: "refused", problem: changed.problem };
    wanted.push(changed);
  }
  const path6 = generation.patchPath;
  const result = writePatch({
    generated,
    patched: documents,
    wanted,
    patchFile: patchFile ?? { path: path6, bytes: new Uint8Array() }
  });
  if (result.kind === "refused") return result;
  if (result.kind === "unchanged") return { kind: "none" };
  const change = { path: path6, bytes: result.bytes };
  return { kind: "change", change: patchFile === void 0 ? { ...change, isNew: true } : change };
}
function readChanged(change) {
  const read4 = readDocument(change);
  const [document] = read4.ok ? read4.documents : [];
  if (document !== void 0) return document;
  const problem2 = {
    severity: "error",
    code: "PATCH_REFUSED",
    message: "generated object cannot be read after its update",
    position: { file: change.path, line: 1, col: 1 }
  };
  return { problem: (read4.ok ? void 0 : read4.problems[0]) ?? problem2 };
}
function joinChanges(changes) {
  const joined3 = [];
  const problems = [];
  for (const [path6, group] of Map.groupBy(changes, (change) => change.path)) {
    const [first] = group;
    if (first !== void 0 && group.every((change) => Buffer.compare(change.bytes, first.bytes) === 0)) {
      joined3.push(first);
    } else {
      problems.push({
        severity: "error",
        code: "PATCH_CONFLICT",
        message: `${printable(path6)} is to hold different updates for different environments`,
        position: { file: path6, line: 1, col: 1 },
        subject: path6,
        hint: "Give each environment a .flux.yaml and files of its own."
      });
    }
  }
  return { changes: joined3, problems };
}

// src/command/generated/changed-tree.ts
function withTreeChanges(tree, changes) {
  if (changes.length === 0) return tree;
  const changed = new Map(changes.map((change) => [change.path, change]));
  return {
    ...tree,
    entries: changedEntries(tree.entries, changed),
    async read(paths, signal) {
      const unchanged = await tree.read(
        paths.filter((path6) => !changed.has(path6)),
        signal
      );
      const read4 = new Map(unchanged.files.map((file) => [file.path, file]));
      const files = paths.flatMap((path6) => {
        const change = changed.get(path6);
        return change === void 0 ? read4.get(path6) ?? [] : { path: path6, bytes: change.bytes };
      });
      return { files, problems: unchanged.problems };
    }
  };
}
function changedEntries(entries, changed) {
  const known = new Set(entries.map(({ path: path6 }) => path6));
  const kept2 = entries.map((entry) => {
    const change = changed.get(entry.path);
    return change === void 0 ? entry : { ...entry, size: change.bytes.length };
  });
  const added = [...changed.values()].filter(({ path: path6 }) => !known.has(path6)).map(({ path: path6, bytes }) => ({ path: path6, kind: "file", size: bytes.length }));
  return [...kept2, ...added].sort((a, b) => a.path < b.path ? -1 : 1);
}

// src/command/generated/generated-updates.ts
async function carryOut2(wanted, updating, deps) {
  const { manifests } = wanted;
  if (manifests.generation.config.kind === "patchUpdated") return patch(wanted, updating, deps);
  const plan2 = updating.plan(manifests);
  if (plan2.kind === "refused") return failed3(plan2.problem);
  try {
    return await update(wanted, { updating, updates: plan2.updates }, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return failed3(toProblem(error, { subject: manifests.generation.configPath }));
  }
}
async function patch(wanted, updating, deps) {
  const { manifests, changes, read: read4 } = wanted;
  const plan2 = planPatch(manifests, changes);
  if (plan2.kind === "none") return { changes: [], problems: [], failure: void 0 };
  if (plan2.kind === "refused") return failed3(plan2.problem);
  const { change } = plan2;
  const obstacle = change.isNew === true ? obstacleTo(change.path, read4.sources.tree.entries) : void 0;
  if (obstacle !== void 0) {
    return failed3(
      patchRefused(wanted, `cannot be made: ${printable(obstacle)} is in its way`, "Name another patchFile.")
    );
  }
  const problems = await tryPatch(wanted, { change, updating }, deps);
  const [first] = problems;
  return first === void 0 ? { changes: [change], problems, failure: void 0 } : { changes: [], problems, failure: first };
}
async function tryPatch(wanted, { change, updating }, deps) {
  const { manifests, read: read4 } = wanted;
  const { sources, kubeconfig, environment } = read4;
  const tree = withTreeChanges(sources.tree, [change]);
  const again = { generations: [manifests.generation], tree, kubeconfig, variant: environment.name };
  const generated = await generate(again, deps);
  if (!generated.ok) return generated.problems;
  const after = generated.manifests.flatMap(({ documents }) => documents);
  const hint = "Let the commands make the same objects with the patch file as without it.";
  return updating.unfinished(manifests, after).map(({ message }) => patchRefused(wanted, `does not make the update: ${message}`, hint));
}
function patchRefused({ manifests }, clause2, hint) {
  const { config, patchPath } = manifests.generation;
  const message = `patch file ${clause2}`;
  return { severity: "error", code: "PATCH_REFUSED", message, position: config.position, subject: patchPath, hint };
}
async function update({ read: read4, manifests }, { updating, updates }, deps) {
  const { generation } = manifests;
  const { configPath, directory, config } = generation;
  const { tree } = read4.sources;
  const run3 = { tree, configPath, directory, generators: config.generators, kubeconfig: read4.kubeconfig, updates };
  const updated2 = await deps.generators.update(run3, deps.signal);
  const warning = leftBehindWarning(manifests, updated2.leftBehind);
  const warnings = warning === void 0 ? [] : [warning];
  if (updated2.changes.length === 0) return failed3(idleProblem(manifests), warnings);
  const after = readGenerated({ generation, outputs: updated2.outputs, variant: read4.environment.name });
  const errors = after.ok ? updating.unfinished(manifests, after.documents) : after.problems;
  const [first] = errors;
  if (first !== void 0) return { changes: [], problems: [...errors, ...warnings], failure: first };
  return { changes: updated2.changes, problems: warnings, failure: void 0 };
}
function failed3(problem2, warnings = []) {
  return { changes: [], problems: [problem2, ...warnings], failure: problem2 };
}

// src/command/generated/generated-changes.ts
async function toFileChanges({ changes, read: read4, updating }, deps) {
  const wanted = read4.flatMap(
    (entry) => entry.generated.flatMap((manifests) => {
      const own = changesOf(manifests, changes);
      return own.length === 0 ? [] : [{ read: entry, manifests, changes: own }];
    })
  );
  const generated = new Set(wanted.flatMap((entry) => entry.changes.map(({ path: path6 }) => path6)));
  const direct = changes.filter(({ path: path6 }) => !generated.has(path6));
  const done = [];
  for (const entry of wanted) done.push({ ...entry, outcome: await carryOut2(entry, updating, deps) });
  return join2(direct, done);
}
function join2(direct, done) {
  const all = joinChanges([...direct, ...done.flatMap(({ outcome }) => outcome.changes)]);
  const disputed = new Map(all.problems.map((problem2) => [problem2.subject, problem2]));
  const failureOf = ({ outcome }) => outcome.failure ?? outcome.changes.map(({ path: path6 }) => disputed.get(path6)).find((problem2) => problem2 !== void 0);
  const kept2 = done.filter((entry) => failureOf(entry) === void 0);
  const { changes } = joinChanges([...direct, ...kept2.flatMap(({ outcome }) => outcome.changes)]);
  return {
    changes,
    touched: new Set([...changes, ...kept2.flatMap((entry) => entry.changes)].map(({ path: path6 }) => path6)),
    failures: new Map(
      done.flatMap((entry) => {
        const failure4 = failureOf(entry);
        return failure4 === void 0 ? [] : entry.changes.map(({ path: path6 }) => [path6, failure4]);
      })
    ),
    problems: [...done.flatMap(({ outcome }) => outcome.problems), ...all.problems]
  };
}

// src/command/generated/generated-policies.ts
function policiesInFiles({ changes, wanted, read: read4 }, deps) {
  const updating = {
    plan: (manifests) => planPolicyUpdates(manifests, wanted),
    unfinished: (manifests, after) => unfinishedPolicies(manifests, { wanted, after })
  };
  return toFileChanges({ changes, read: read4, updating }, deps);
}

// src/command/push-plan.ts
var MAX_ATTEMPTS = 5;
async function pushPlan(given, deps) {
  let { head } = given;
  for (let attempt2 = 1; ; attempt2++) {
    const plan2 = await given.plan(head);
    const { branch } = head;
    const { message, problems } = plan2;
    const unpushed = (failure4) => ({
      head,
      plan: plan2,
      commit: null,
      failure: failure4,
      problems: [...problems, failure4]
    });
    if (plan2.changes.length === 0 && plan2.evenEmpty !== true) return { head, plan: plan2, commit: null, problems };
    if (given.dryRun) return { head, plan: plan2, commit: { sha: "", branch, message }, problems };
    const result = await push({ plan: plan2, snapshot: head.snapshot, author: given.author }, deps);
    if (result.kind === "failed") return unpushed(result.problem);
    if (result.kind === "pushed") return { head, plan: plan2, commit: { sha: result.sha, branch, message }, problems };
    if (attempt2 === MAX_ATTEMPTS) return unpushed(keepsMoving(branch));
    deps.host.info(`${branch} moved meanwhile: reading it again`);
    const environments = head.environments.map(({ environment }) => environment);
    head = await readBranchHead({ branch, environments, event: head.event }, deps);
  }
}
async function push(given, deps) {
  const { plan: plan2, snapshot, author } = given;
  const { changes, evenEmpty = false, message } = plan2;
  try {
    return await deps.repository.push({ snapshot, changes, evenEmpty, message, author }, deps.signal);
  } catch (error) {
    deps.signal.throwIfAborted();
    return { kind: "failed", problem: toProblem(error, { subject: snapshot.branch ?? "" }) };
  }
}
function unpushedRow(row, failure4) {
  const reason2 = failure4 === void 0 ? "not pushed" : `not pushed: ${failure4.message}`;
  return row.action === "updated" ? { ...row, to: row.from, action: "failed", reason: reason2 } : row;
}
function keepsMoving(branch) {
  return {
    severity: "error",
    code: "BRANCH_KEEPS_MOVING",
    message: `${branch} moved ${MAX_ATTEMPTS} times while the change was made`,
    subject: branch,
    hint: "Let the runs of one branch wait for each other with a `concurrency` group in the workflow."
  };
}

// src/core/images/holds/hold-trailers.ts
function holdTrailer(id, container) {
  return trailer("Hold", `${id} ${container}`);
}
function unholdTrailer(id, container) {
  return trailer("Unhold", `${id} ${container}`);
}
function idOf(use) {
  if (!isInObject(use)) return use.subject;
  const [kind = "", ...rest] = use.subject.split("/");
  return renderWorkloadId({ kind, namespace: rest.length > 1 ? rest[0] : void 0, name: rest.at(-1) ?? "" });
}
function isInObject({ subject, position }) {
  const path6 = printable(position.file);
  return !["Kustomization", "Values", "File"].some((holder) => subject === `${holder}/${path6}`);
}
function holdSettled(message, { id, container }) {
  return linesOf3(message).includes(unholdTrailer(id, container));
}
function saysHold(message, { id, container }) {
  return linesOf3(message).includes(holdTrailer(id, container));
}
function namesImage(message, image) {
  return !linesOf3(message).some((line) => line.startsWith("Requested-by: ")) && namesVersion(message, image);
}
function namesVersion(message, { name, tag, digest }) {
  return linesOf3(message).some((line) => {
    if (!line.startsWith(`Image: ${name}:`)) return false;
    const [written3 = "", pinned] = line.slice(`Image: ${name}:`.length).split("@");
    return (tag === void 0 || written3 === tag) && (digest === void 0 || pinned === digest);
  });
}
function linesOf3(message) {
  return message.split("\n").map((line) => line.trim());
}

// src/command/by-hand/hold-request.ts
function readHoldChange(kind, { manual, requestedBy }, { nowMs }) {
  const named = manual?.containers ?? [];
  const containers = named.length === 0 ? void 0 : [...new Set(named)];
  if (kind === "unhold") return { change: { kind, containers } };
  const until = manual?.until;
  if (until !== void 0) {
    const hint = "Write the last day of the hold, such as --until 2030-01-31.";
    const written3 = printable(until);
    if (!isDay(until)) return usage2("USAGE_FLAG_VALUE", `--until ${written3} is no day`, hint);
    if (isOver({ until, reason: "" }, nowMs)) return usage2("USAGE_FLAG_VALUE", `--until ${written3} is over`, hint);
  }
  const text2 = renderHold({ until, message: manual?.message, user: requestedBy });
  return { change: { kind, containers, text: text2 } };
}
function holdProblems(change, about) {
  const { id, containers: present, held } = about;
  const known = change.kind === "unhold" ? [...present, ...held] : present;
  return containersOf(change, about).flatMap((container) => {
    if (!known.includes(container)) {
      const message2 = `${id} has no container ${printable(container)}`;
      return [{ severity: "error", code: "USAGE_WORKLOAD", message: message2, hint: suggestion(container, known) }];
    }
    if (change.kind === "unhold" || canBeHeld(container)) return [];
    const message = `${id}: no annotation can name the container ${printable(container)}`;
    const hint = "Name the other containers with --container, or lock the workload.";
    return [{ severity: "error", code: "USAGE_WORKLOAD", message, hint }];
  });
}
function holdTrailers(change, about) {
  const trailer2 = change.kind === "unhold" ? unholdTrailer : holdTrailer;
  return containersOf(change, about).map((container) => trailer2(about.id, container));
}
function usage2(code18, message, hint) {
  return { problem: { severity: "error", code: code18, message, hint } };
}

// src/command/by-hand/manual-report.ts
function untrustedEvent(command, { event, dryRun }) {
  if (dryRun || event.kind !== "pull-request" && !event.fromFork) return void 0;
  return {
    severity: "error",
    code: "USAGE_EVENT",
    message: `${command} does not commit from the event ${event.name}: its code has not been reviewed yet`,
    hint: "Add --dry-run, or let the workflow run on workflow_dispatch."
  };
}
function reportsOf(environments, done) {
  return environments.map(({ name }) => {
    const commits = done.flatMap(({ head, plan: plan2, commit }) => {
      const read4 = head.environments.find(({ environment }) => environment.name === name);
      if (read4 === void 0 || commit === null) return [];
      return plan2.touched.size === 0 || pathsOf(read4).some((path6) => plan2.touched.has(path6)) ? [commit] : [];
    });
    return { name, images: [], commits, clusters: [] };
  });
}
function committedLines({ commit }) {
  if (commit === null) return [];
  const { sha, branch } = commit;
  return [sha === "" ? `not pushed to ${branch}: this is a dry run` : `pushed to ${branch} as ${sha.slice(0, 12)}`];
}

// src/command/by-hand/policies-change.ts
async function changePolicies(command, request, deps) {
  const refusal = untrustedEvent(command, request);
  if (refusal !== void 0) return { environments: [], problems: [refusal] };
  const read4 = readChange(command, request, deps);
  if (read4.change === void 0) return { environments: [], problems: read4.problems };
  const heads = await readBranchHeads(request, deps);
  const known = heads.flatMap((head) => workloadsOf(head, request).map((workload) => ({ ...workload, head })));
  const names = request.operands;
  const picked = pickWorkloads(known, { names, namespace: request.manual?.namespace });
  const { change } = read4;
  const problems = [...picked.problems, ...picked.workloads.flatMap((workload) => missingContainers(workload, change))];
  if (problems.length > 0) return { environments: [], problems: [...read4.problems, ...refusalsOf(heads), ...problems] };
  const done = [];
  const failures = [];
  for (const [head, workloads] of Map.groupBy(picked.workloads, (workload) => workload.head)) {
    try {
      done.push(await changeOnBranch({ head, workloads, change, request }, deps));
    } catch (error) {
      deps.signal.throwIfAborted();
      failures.push(toProblem(error, { subject: head.branch }));
    }
  }
  return {
    environments: reportsOf(request.environments, done),
    problems: [...read4.problems, ...done.flatMap((entry) => entry.problems), ...failures],
    lines: done.flatMap(linesOf4)
  };
}
function linesOf4(done) {
  if (done.commit === null && (done.plan.changes.length > 0 || done.plan.evenEmpty)) return [];
  return [...done.plan.lines, ...committedLines(done)];
}
function readChange(command, request, { clock: clock2 }) {
  const { manual, operands, requestedBy } = request;
  if (operands.length === 0) {
    return failed4("USAGE_WORKLOAD", `${command} names no workload`, `Write towpath ${command} ns:kind/name.`);
  }
  if (command === "lock") {
    return { change: { kind: "lock", user: requestedBy, message: manual?.message }, problems: [] };
  }
  if (command === "hold" || command === "unhold") {
    const read4 = readHoldChange(command, request, { nowMs: clock2.now() });
    return "change" in read4 ? { change: read4.change, problems: [] } : { change: void 0, problems: [read4.problem] };
  }
  if (command !== "policy") return { change: { kind: command }, problems: [] };
  const tags = manual?.tags ?? [];
  if (tags.length === 0 && manual?.tagAll === void 0) {
    return failed4("USAGE_PATTERN", "policy changes nothing", "Add --tag container=pattern or --tag-all pattern.");
  }
  const parsed = parseTagFilters(tags, manual?.tagAll);
  if (!parsed.ok) return failed4("USAGE_PATTERN", printable(parsed.message), parsed.hint);
  const problems = parsed.warnings.map((message) => ({
    severity: "warning",
    code: "POLICY_INVALID",
    message
  }));
  return { change: { kind: "policy", filters: parsed.filters }, problems };
}
function failed4(code18, message, hint) {
  return { change: void 0, problems: [{ severity: "error", code: code18, message, hint }] };
}
function workloadsOf(head, { images }) {
  return workloadsIn(imageFilesOf(head.environments), images);
}
function missingContainers(workload, change) {
  if (isHold(change)) return holdProblems(change, { id: workload.id, ...facetsOf(workload, () => void 0) });
  if (change.kind !== "policy") return [];
  const { containers, filtered } = facetsOf(workload, () => void 0);
  return [...change.filters.byContainer].flatMap(([container, pattern]) => {
    if (containers.includes(container) || pattern === null && filtered.includes(container)) return [];
    const message = `${workload.id} has no container ${printable(container)}`;
    return [{ severity: "error", code: "USAGE_WORKLOAD", message, hint: suggestion(container, containers) }];
  });
}
function changeOnBranch(given, deps) {
  const { author, dryRun } = given.request;
  return pushPlan({ head: given.head, author, dryRun, plan: (head) => planPolicies(head, given, deps) }, deps);
}
async function planPolicies(head, { workloads, change, request }, deps) {
  const findRule = compileRules(request.images.rules);
  const present = workloadsOf(head, request);
  const bytes = /* @__PURE__ */ new Map();
  const wantedPolicies = /* @__PURE__ */ new Map();
  const ids = [];
  const lines2 = [];
  const trailers = [];
  const problems = [];
  for (const wanted of workloads) {
    const workload = present.find((entry) => isSame2(entry, wanted));
    if (workload === void 0 || workload.named === void 0 && change.kind !== "unhold") {
      problems.push(workload === void 0 ? gone(wanted, head.branch) : withoutAnnotations(workload));
      continue;
    }
    const facets = facetsOf(workload, findRule);
    const named = holdTrailers(change, { id: workload.id, ...facets });
    const file = { path: workload.file.path, bytes: bytes.get(workload.file.path) ?? workload.file.bytes };
    const policies = workload.named === void 0 ? /* @__PURE__ */ new Map() : policiesToSet(change, facets);
    const edited = setPolicies(file, { subject: workload.subject, policies });
    if (edited.kind === "refused") {
      problems.push(edited.problem);
      continue;
    }
    const difference = changedLines(file, edited.bytes);
    if (difference.length === 0 && !isLiftedAnyway(change, workload)) {
      lines2.push(alreadySaid(change.kind, workload.id));
      continue;
    }
    problems.push(...edited.warnings);
    if (difference.length > 0) {
      bytes.set(file.path, edited.bytes);
      wantedPolicies.set(file.path, policies);
    }
    ids.push(workload.id);
    trailers.push(...named);
    lines2.push(policyEvent(change.kind, workload.id), ...request.dryRun ? difference : []);
  }
  if (problems.some(isError)) return nothingBut(problems);
  const edits = [...bytes].map(([path6, edited]) => ({ path: path6, bytes: edited }));
  const done = await policiesInFiles({ changes: edits, wanted: wantedPolicies, read: head.environments }, deps);
  const { changes, touched } = done;
  problems.push(...done.problems);
  if (problems.some(isError)) return nothingBut(problems);
  const { requestedBy, manual } = request;
  const message = renderPolicyMessage({ kind: change.kind, ids, message: manual?.message, trailers, requestedBy });
  return { changes, touched, evenEmpty: ids.length > 0, message, problems, lines: lines2 };
}
function isError({ severity }) {
  return severity === "error";
}
function nothingBut(problems) {
  return { changes: [], touched: /* @__PURE__ */ new Set(), message: "", problems, lines: [] };
}
function isSame2(a, b) {
  return a.file.path === b.file.path && a.subject === b.subject;
}
function facetsOf({ uses, named }, findRule) {
  const containers = [...new Set(uses.map((use) => use.container))];
  return {
    containers,
    filtered: [...uses[0]?.policies.tagFilters.keys() ?? []],
    held: named === void 0 ? containers : [...uses[0]?.policies.holds.keys() ?? []],
    ruled: uses.some((use) => use.mark !== void 0 || findRule(use)?.policy !== void 0)
  };
}
function isLiftedAnyway(change, { named }) {
  return change.kind === "unhold" && (named === void 0 || change.containers !== void 0);
}
function isHold(change) {
  return change.kind === "hold" || change.kind === "unhold";
}
function withoutAnnotations(workload) {
  return {
    severity: "error",
    code: "USAGE_WORKLOAD",
    message: `${workload.id} is no object and has no annotations`,
    hint: "Say it in an entry of images in the configuration."
  };
}
function gone(workload, branch) {
  return {
    severity: "error",
    code: "USAGE_WORKLOAD",
    message: `${workload.id} is no longer in ${workload.file.path} of ${branch}`,
    subject: workload.subject
  };
}

// src/core/report/web-link.ts
var LONGEST = 600;
function webLink(text2) {
  if (text2.length > LONGEST) return void 0;
  return /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d+)?(?:\/[\w.~-]+)+\/?$/i.test(text2) ? text2 : void 0;
}

// src/core/images/image-change.ts
var SOURCE = "org.opencontainers.image.source";
var REVISION = "org.opencontainers.image.revision";
function sourceOf(to, from) {
  const url = webAddress(to?.labels?.[SOURCE]);
  const revision = commitOf(to?.labels?.[REVISION]);
  if (url === void 0 || revision === void 0) return void 0;
  const sameSource = webAddress(from?.labels?.[SOURCE]) === url;
  return { url, revision, previous: sameSource ? commitOf(from?.labels?.[REVISION]) : void 0 };
}
function sourceLink(source) {
  const { url, revision, previous } = source;
  const { compare: compare4 } = pagesOf(url);
  if (compare4 === void 0 || previous === void 0 || previous === revision) return commitLink(source);
  return `${url}/${compare4}/${previous}...${revision}`;
}
function commitLink({ url, revision }) {
  return `${url}/${pagesOf(url).commit}/${revision}`;
}
var USUAL = { commit: "commit", compare: "compare" };
var PAGES = [
  { host: /^gitlab\./, pages: { commit: "-/commit", compare: "-/compare" } },
  { host: /^bitbucket\.org$/, pages: { commit: "commits", compare: void 0 } },
  { host: /^dev\.azure\.com$/, pages: { commit: "commit", compare: void 0 } }
];
function pagesOf(url) {
  const host = (/^https:\/\/([^/:]+)/.exec(url)?.[1] ?? "").toLowerCase();
  return PAGES.find((entry) => entry.host.test(host))?.pages ?? USUAL;
}
function webAddress(text2) {
  if (text2 === void 0 || text2.length > 300) return void 0;
  return webLink(text2.trim())?.replace(/\/$/, "").replace(/\.git$/, "");
}
function commitOf(text2) {
  return text2 !== void 0 && /^[0-9a-f]{7,64}$/i.test(text2.trim()) ? text2.trim() : void 0;
}

// src/core/images/commit-message.ts
var TEMPLATE_FIELDS = ["subject", "images", "links", "holds", "trailers", "count", "branch"];
var FLUX_FORM = "{subject}\n\n{images}\n\n{links}\n\n{holds}\n\n{trailers}";
function renderCommitMessage({ changes, holds = [], branch, template }) {
  const distinct2 = distinctChanges(changes);
  const fields = {
    subject: distinct2.length === 0 && holds.length > 0 ? holdSubject(holds) : subjectOf(distinct2),
    images: distinct2.length > 1 ? distinct2.map((change) => ` - ${referenceOf(change)}`).join("\n") : "",
    links: unique(distinct2.flatMap(({ source }) => source === void 0 ? [] : [sourceLink(source)])).join("\n"),
    holds: holds.map(holdLine).join("\n"),
    trailers: [...trailersOf(distinct2), ...holds.map(({ id, container }) => holdTrailer(id, container))].join("\n"),
    count: String(distinct2.length),
    branch
  };
  const text2 = (template ?? FLUX_FORM).replace(
    /\{(\w+)\}/g,
    (whole2, name) => Object.hasOwn(fields, name) ? fields[name] : whole2
  );
  return text2.replace(/\n{3,}/g, "\n\n").trim();
}
function unknownFields(template) {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return unique(names.filter((name) => !TEMPLATE_FIELDS.some((field) => field === name)));
}
function subjectOf(changes) {
  const [only] = changes;
  if (only === void 0) return "Auto-release (no images)";
  return changes.length === 1 ? `Auto-release ${referenceOf(only)}` : `Auto-release multiple (${changes.length}) images`;
}
function holdSubject(holds) {
  const [only] = holds;
  if (only === void 0 || holds.length > 1) return `Hold multiple (${holds.length}) images`;
  return `Hold ${only.name} at ${only.version} for ${only.id}`;
}
function holdLine({ id, container, name, version, reason: reason2 }) {
  return `On hold: ${name} at ${version} for ${id} ${container}, ${reason2}`;
}
function referenceOf({ name, to }) {
  return `${name}:${to}`;
}
function trailersOf(changes) {
  return changes.flatMap((change) => [
    `Image: ${referenceOf(change)}${change.digest === void 0 ? "" : `@${change.digest}`}`,
    ...change.source === void 0 ? [] : [`Source-Commit: ${commitLink(change.source)}`]
  ]);
}
function distinctChanges(changes) {
  const byReference = /* @__PURE__ */ new Map();
  for (const change of changes) if (!byReference.has(referenceOf(change))) byReference.set(referenceOf(change), change);
  return [...byReference].sort(([a], [b]) => a < b ? -1 : 1).map(([, change]) => change);
}
function unique(texts) {
  return [...new Set(texts)];
}

// src/core/images/by-hand/release-message.ts
function renderReleaseMessage(input) {
  const { what, ids, changes, trailers: further = [], branch, message, requestedBy } = input;
  const part = (template) => renderCommitMessage({ changes, branch, template });
  const subject = message?.trim() ?? `Release ${what} to ${ids === void 0 ? "all" : ids.join(", ")}`;
  const asked = requestedBy === void 0 ? [] : [requesterTrailer(requestedBy)];
  const trailers = [part("{trailers}"), ...further, ...asked].filter((text2) => text2 !== "").join("\n");
  return [subject, part("{links}"), trailers].filter((text2) => text2 !== "").join("\n\n");
}

// src/core/images/by-hand/release-triage.ts
var ANY_TAG = { kind: "glob", pattern: "*" };
function triageRelease(use, { order: order2, rule, excluded, overLock, hold: hold2 }) {
  const { image, force } = order2;
  if (image !== "all latest" && !isOf(use, image.repository)) return { kind: "other" };
  if (excluded) return settled2(use, "skipped", "excluded");
  const reason2 = overLock ? void 0 : reasonToStandStill(use.policies);
  if (reason2 !== void 0) return settled2(use, "skipped", reason2);
  if (use.refusal !== void 0) return settled2(use, "skipped", use.refusal);
  const tag = image === "all latest" ? void 0 : image.tag;
  if (tag === void 0 && hold2 !== void 0) return settled2(use, "skipped", holdSentence(hold2));
  if (tag !== void 0 && force) return { kind: "ask", policy: ANY_TAG, tag };
  const followed = followedPolicy(use, rule);
  if (!followed.ok) return settled2(use, "failed", `invalid policy: ${followed.message}`);
  const { policy, source } = followed;
  if (tag !== void 0 && source !== "default" && !allows(policy, { tag, current: use.tag })) {
    return settled2(use, "skipped", `${tag} does not match the filter ${renderTagPolicy(policy)}`);
  }
  return { kind: "ask", policy, exclude: followed.exclude, tag };
}
function isOf(use, wanted) {
  if (use.refusal !== void 0) return false;
  const { registry, path: path6 } = repositoryOf(use.name);
  return registry === wanted.registry && path6 === wanted.path;
}
function allows(policy, { tag, current }) {
  if (policy.kind === "digest") return tag === (policy.tag ?? current);
  const compiled = rulesOf(policy, current);
  return compiled.ok && compiled.rules.judge(tag).passes;
}
function settled2(use, action, reason2) {
  return { kind: "settled", row: settledRow(use, action, reason2) };
}

// src/core/images/holds/hold-edits.ts
function recordHolds(file, bumps) {
  let { bytes } = file;
  const problems = [];
  const recorded = bumps.map((bump2) => {
    const { use, hold: hold2 } = bump2;
    if (hold2 === void 0) return bump2;
    if (!isInObject(use) || !canBeHeld(use.container)) return bump2;
    const policies = /* @__PURE__ */ new Map([[`hold.${use.container}`, hold2.text]]);
    const edited = setPolicies({ path: file.path, bytes }, { subject: use.subject, policies });
    if (edited.kind === "refused") {
      problems.push({ ...edited.problem, severity: "warning" });
      return bump2;
    }
    bytes = edited.bytes;
    problems.push(...edited.warnings);
    return written2(bump2, hold2);
  });
  return { bytes, bumps: recorded, problems };
}
function written2(bump2, hold2) {
  const row = hold2.text === null ? bump2.row : { ...bump2.row, hold: "new" };
  return { ...bump2, row, hold: { ...hold2, isWritten: true } };
}
function heldImages(bumps) {
  return bumps.flatMap(({ use, hold: hold2, row }) => {
    if (hold2 === void 0 || hold2.text === null || hold2.isWritten !== true) return [];
    const { container, name } = use;
    return [{ id: idOf(use), container, name, version: row.to, reason: hold2.text }];
  });
}
function trailersOfHolds(bumps) {
  return bumps.flatMap(({ use, hold: hold2 }) => {
    if (hold2 === void 0) return [];
    const trailer2 = hold2.text === null ? unholdTrailer : holdTrailer;
    return [trailer2(idOf(use), use.container)];
  });
}
function endHold(bump2) {
  const { use, edits } = bump2;
  const hold2 = parseHold(use.policies.holds.get(use.container)?.value ?? "");
  if (edits.length === 0 || hold2 === void 0) return bump2;
  const warning = `was on hold until ${hold2.until ?? "now"}, which is over`;
  return { ...bump2, hold: { text: null }, warnings: [...bump2.warnings, warning] };
}

// src/core/images/flux-v2/image-policy.ts
function followedBy(mark) {
  return mark === void 0 || "fault" in mark.follows ? void 0 : mark.follows;
}

// src/core/images/flux-v2/marked-version.ts
function reflectsDigest(use) {
  const policy = followedBy(use.mark);
  if (policy === void 0 || policy.digests === "Never") return false;
  return use.mark?.digestMarked === true || use.fields.some(({ role }) => role === "image");
}
function followsDigest(use) {
  return reflectsDigest(use) && followedBy(use.mark)?.digests === "Always";
}
function renames({ mark }) {
  const policy = followedBy(mark);
  return policy !== void 0 && mark?.writtenName !== void 0 && mark.writtenName !== policy.image;
}
function versionInMarks({ fields }, to) {
  const holdsTag = fields.some(({ role }) => role === "tag" || role === "image");
  const holdsDigest = holdsTag || fields.some(({ role }) => role === "digest");
  return { tag: holdsTag ? to.tag : void 0, digest: holdsDigest ? to.digest : void 0 };
}

// src/core/images/flux-v2/marked-edits.ts
function markedEdits(use, policy, to) {
  const hasPlace = use.fields.some(({ role }) => role === "digest");
  const behind = hasPlace || to.digest === void 0 ? "" : `@${to.digest}`;
  return use.fields.flatMap(({ role, span }) => {
    const value = newValue(role, { policy, to, behind, written: span.source });
    return value === span.source ? [] : [{ span, value }];
  });
}
function newValue(role, { policy, to, behind, written: written3 }) {
  switch (role) {
    case "image":
      return `${policy.image}${to.tag === void 0 ? "" : `:${to.tag}`}${behind}`;
    case "name":
      return policy.image;
    case "tag":
      return `${to.tag ?? splitVersion(`:${written3}`).tag}${behind}`;
    case "digest":
      return to.digest ?? "";
    default:
      return written3;
  }
}

// src/core/images/image-edits.ts
function imageEdits(use, to) {
  if (use.refusal !== void 0) return [];
  const followed = followedBy(use.mark);
  if (followed !== void 0) return markedEdits(use, followed, to);
  const field = (role) => use.fields.find((candidate) => candidate.role === role);
  const main = field("image") ?? field("repository");
  const tagField = field("tag");
  const digestField = field("digest");
  const edits = [];
  const digestInMain = main !== void 0 && (tagField === void 0 || splitVersion(main.span.source).digest !== "");
  const digestToAppend = digestField === void 0 ? to.digest : void 0;
  if (main !== void 0) {
    push2(edits, main, {
      name: splitVersion(main.span.source).name,
      tag: tagField === void 0 ? to.tag : void 0,
      digest: digestInMain ? digestToAppend : void 0
    });
  }
  if (tagField !== void 0) {
    push2(edits, tagField, { name: "", tag: to.tag, digest: digestInMain ? void 0 : digestToAppend });
  }
  if (digestField !== void 0 && digestField.span.source !== (to.digest ?? "")) {
    edits.push({ span: digestField.span, value: to.digest ?? "" });
  }
  return edits;
}
function push2(edits, { role, span }, { name, tag, digest }) {
  const colon = role === "tag" ? "" : ":";
  const version = `${tag === void 0 ? "" : `${colon}${tag}`}${digest === void 0 ? "" : `@${digest}`}`;
  const value = `${name}${version}`;
  if (value !== span.source) edits.push({ span, value });
}

// src/core/images/row-details.ts
var NAMED = 5;
var LONGEST_POLICY2 = 200;
function policyRow(use, given) {
  const { rule, policy } = given;
  const { mark } = use;
  const text2 = shown(renderTagPolicy(policy));
  if (mark !== void 0) return { text: text2, from: "marker", name: shown(mark.policyName), position: mark.position };
  const filter = use.policies.tagFilters.get(use.container);
  if (filter !== void 0) return { text: shown(filter.value), from: "annotation", position: filter.position };
  if (rule?.policy !== void 0) return { text: text2, from: "rule", position: rule.policy.position };
  return { text: text2, from: "default" };
}
function shown(text2) {
  return printable(text2, { longest: LONGEST_POLICY2 });
}
function rowReason({ to, reason: reason2 }) {
  const name = `'${to.tag}' is `;
  return reason2.startsWith(name) ? reason2.slice(name.length) : reason2;
}
function passedOver(rejected2) {
  const above2 = rejected2.filter((rejection) => rejection.above);
  if (above2.length === 0) return void 0;
  const tags = above2.slice(0, NAMED).map(({ tag, reason: reason2 }) => ({ tag, reason: reason2 }));
  return { tags, more: above2.length - tags.length };
}
function sourceRow(source) {
  const { revision, previous } = source;
  return { link: sourceLink(source), revision, ...previous === void 0 ? {} : { previous } };
}

// src/core/images/bump.ts
function isPinned(use, pin) {
  return pin ?? (use.digest !== void 0 || reflectsDigest(use));
}
function toBump(input) {
  const bump2 = decide(input);
  const { policy } = input;
  const rejected2 = passedOver(input.selection.rejected);
  const row = {
    ...bump2.row,
    ...policy === void 0 ? {} : { policy },
    ...rejected2 === void 0 ? {} : { rejected: rejected2 }
  };
  return { ...bump2, row };
}
function decide(input) {
  const { use, selection, pinned, digest, source, renamed = false } = input;
  const { warnings } = selection;
  if (selection.kind === "failed") return still(use, "failed", selection.reason, warnings);
  const tag = selection.kind === "update" ? selection.to.tag : use.tag;
  const addsPin = pinned && use.digest === void 0 && use.tag !== void 0;
  if (tag === void 0 || selection.kind === "keep" && !addsPin && !renamed) {
    return still(use, "unchanged", selection.reason, warnings);
  }
  if (pinned && digest === null)
    return still(use, "failed", `the registry does not tell the digest of ${tag}`, warnings);
  const to = versionToWrite(use, { tag, digest: pinned ? digest ?? void 0 : void 0 });
  if (to.tag === use.tag && to.digest === use.digest && !renames(use)) {
    return still(use, "unchanged", `${tag} has this digest already`, warnings);
  }
  return {
    use,
    row: {
      ...settledRow(use, "updated", reasonOf(input)),
      ...renames(use) ? { from: renderNamed(use) } : {},
      to: renderVersion(to.tag, to.digest),
      ...source === void 0 ? {} : { source: sourceRow(source) }
    },
    edits: imageEdits(use, to),
    change: { name: use.name, from: use.tag, to: tag, digest: digest ?? void 0, source },
    warnings
  };
}
function reasonOf({ use, selection, renamed }) {
  if (selection.kind === "update") return rowReason(selection);
  if (renamed === true) return "named as in its ImageRepository";
  return `pinned to its digest, as its ${reflectsDigest(use) ? "ImagePolicy" : "rule"} says`;
}
function renderNamed({ mark, tag, digest }) {
  const version = renderVersion(tag, digest);
  return printable(`${mark?.writtenName ?? ""}${version === "" ? "" : `${tag === void 0 ? "@" : ":"}${version}`}`);
}
function still(use, action, reason2, warnings = []) {
  return { use, row: settledRow(use, action, reason2), edits: [], change: void 0, warnings };
}
function versionToWrite(use, to) {
  if (use.mark !== void 0) return versionInMarks(use, to);
  const digestAlone = use.tag === void 0 && use.digest !== void 0 && to.digest !== void 0;
  return digestAlone ? { tag: void 0, digest: to.digest } : to;
}

// src/command/generated/generated-bumps.ts
async function bumpsInFiles(plan2, read4, deps) {
  const rows = new Map([...plan2.bumps].map(([path6, bumps2]) => [path6, bumps2.map(({ row }) => row)]));
  const done = await toFileChanges(
    {
      changes: plan2.changes,
      read: read4,
      updating: {
        plan: (manifests) => planUpdates(manifests, rows),
        unfinished: (manifests, after) => unfinishedUpdates(manifests, { rows, after })
      }
    },
    deps
  );
  const bumps = new Map(
    [...plan2.bumps].map(([path6, members]) => {
      const reason2 = done.failures.get(path6)?.message;
      return [path6, reason2 === void 0 ? members : members.map((bump2) => failBump(bump2, reason2))];
    })
  );
  const problems = [...plan2.problems, ...done.problems];
  return { bumps, changes: done.changes, touched: done.touched, problems };
}
function failBump(bump2, reason2) {
  return bump2.edits.length === 0 ? bump2 : still(bump2.use, "failed", reason2, bump2.warnings);
}

// src/core/images/select/update-window.ts
var WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
function isOpen(windows, nowMs) {
  return windows.length === 0 || windows.some((window) => contains(window, nowMs));
}
function renderWindows(windows) {
  return windows.map(
    ({ days, fromMinute, toMinute, timeZone }) => `${renderDays(days)} ${clock(fromMinute)}–${clock(toMinute)} ${timeZone}`
  ).join(", ");
}
function contains(window, nowMs) {
  const { day, minute } = localTime(nowMs, window.timeZone);
  const { days, fromMinute, toMinute } = window;
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  const dayBefore = WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7];
  if (days.includes(day) && minute >= fromMinute) return true;
  return dayBefore !== void 0 && days.includes(dayBefore) && minute < toMinute;
}
function localTime(nowMs, timeZone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  });
  const parts = new Map(format.formatToParts(nowMs).map((part) => [part.type, part.value]));
  const day = WEEKDAYS.find((name) => name === parts.get("weekday")?.toLowerCase());
  if (day === void 0) throw new Error(`no weekday in ${timeZone}`);
  return { day, minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")) };
}
function renderDays(days) {
  const sorted = WEEKDAYS.filter((day) => days.includes(day));
  const first = WEEKDAYS.indexOf(sorted[0] ?? "mon");
  const isRun = sorted.length > 2 && sorted.every((day, index) => WEEKDAYS.indexOf(day) === first + index);
  return isRun ? `${sorted[0]}–${sorted.at(-1)}` : sorted.join(" ");
}
function clock(minute) {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

// src/command/images/choose-tag.ts
var MOST_PLATFORM_CHECKS = 10;
var MOST_AGE_CHECKS = 100;
async function chooseTag(ask, answer, deps) {
  const { use, rule } = ask;
  if (answer === void 0 || answer.listing === null) {
    return still(use, "failed", answer?.problem?.message ?? "the registry gave no answer");
  }
  if (rule !== void 0 && !isOpen(rule.windows, deps.clock.now())) {
    return still(use, "unchanged", `outside of its update windows: ${renderWindows(rule.windows)}`);
  }
  const known = { listing: answer.listing, remembered: answer.remembered };
  const selection = await followDigest(ask, { known, selection: await selectOnce(ask, answer, { known, deps }) }, deps);
  const renamed = selection.kind === "keep" && renames(use) && known.listing.tags.some(({ tag }) => tag === use.tag);
  const pinned = isPinned(use, rule?.pin);
  const images = selection.kind === "update" ? await describeBoth(ask, selection.to, deps) : void 0;
  const to = images?.to ?? (selection.kind === "update" ? selection.to : { tag: use.tag ?? "" });
  const digest = to.digest ?? (pinned ? await digestOf(ask, { selection, renamed }, deps) : null);
  const source = images && sourceOf(images.to, images.from);
  const policy = policyRow(use, ask);
  return {
    ...toBump({ use, selection, pinned, renamed, digest, source, policy }),
    choice: { policy: ask.policy, selection }
  };
}
async function describeBoth({ use }, to, deps) {
  const wanted = use.tag === void 0 ? [to] : [to, { tag: use.tag }];
  try {
    const [described, from] = await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal);
    return { to: described, from };
  } catch {
    deps.signal.throwIfAborted();
    return void 0;
  }
}
function selectOnce(ask, { choices }, { known, deps }) {
  const { use, policy, rule, exclude } = ask;
  const conditions = [rule?.minimumAgeMs, rule?.platforms, rule?.deny];
  const key = JSON.stringify([use.tag, use.digest, policy, exclude, conditions]);
  const choice = choices.get(key) ?? select(ask, known, deps);
  choices.set(key, choice);
  return choice;
}
async function select(ask, known, deps) {
  const platforms = ask.rule?.platforms ?? [];
  let input = await withPushes(ask, selectionInput(ask, known, deps), deps);
  if (platforms.length === 0) return selectTag(input);
  for (const facts of newerTags(input).slice(0, MOST_PLATFORM_CHECKS)) {
    const described = await deps.registries.describe(repositoryOf(ask.use.name), [facts], deps.signal);
    input = { ...input, listing: withFacts(input.listing, described) };
    const selection = selectTag(input);
    if (selection.kind === "update") return selection;
  }
  return selectTag(input);
}
async function withPushes({ use }, input, deps) {
  const { gates, nowMs } = input;
  if (gates.minAgeMs === void 0) return input;
  const young = newerTags(input).filter((facts) => isTooYoung(facts, gates, nowMs));
  if (young.length === 0) return input;
  try {
    const tags = young.slice(0, MOST_AGE_CHECKS);
    const told = await deps.registries.times(repositoryOf(use.name), { tags, wanted: "pushes" }, deps.signal);
    return { ...input, listing: withFacts(input.listing, told) };
  } catch {
    deps.signal.throwIfAborted();
    return input;
  }
}
function selectionInput({ use, policy, rule, exclude }, known, deps) {
  return {
    policy,
    current: { tag: use.tag, digest: use.digest },
    listing: known.listing,
    remembered: use.tag === void 0 ? void 0 : known.remembered.get(use.tag),
    exclude,
    gates: { minAgeMs: rule?.minimumAgeMs, platforms: rule?.platforms ?? [], deny: rule?.deny ?? [] },
    nowMs: deps.clock.now()
  };
}
function withFacts(listing, described) {
  const facts = new Map(described.map((entry) => [entry.tag, entry]));
  return { ...listing, tags: listing.tags.map((entry) => facts.get(entry.tag) ?? entry) };
}
async function digestOf({ use }, { selection, renamed }, deps) {
  const tag = selection.kind === "update" ? selection.to.tag : use.tag;
  if (selection.kind === "failed" || tag === void 0) return null;
  if (selection.kind === "keep" && use.digest !== void 0 && !renamed) return null;
  return askDigest(use, tag, deps);
}
async function followDigest(ask, { known, selection }, deps) {
  const { use, rule } = ask;
  const { tag } = use;
  const follows = followsDigest(use) && rule?.pin !== false && use.digest !== void 0;
  if (!follows || selection.kind !== "keep" || tag === void 0 || renames(use)) return selection;
  const digest = await askDigest(use, tag, deps);
  if (digest === null) return selection;
  const facts = known.listing.tags.find((entry) => entry.tag === tag);
  const listing = withFacts(known.listing, [{ ...facts, tag, digest }]);
  const followed = await select({ ...ask, policy: { kind: "digest", tag } }, { ...known, listing }, deps);
  return followed.kind === "update" ? followed : selection;
}
async function askDigest(use, tag, deps) {
  try {
    return await deps.registries.digest(repositoryOf(use.name), tag, deps.signal);
  } catch {
    deps.signal.throwIfAborted();
    return null;
  }
}

// src/core/images/shared-values.ts
function sparingOthers(bumps, others = []) {
  if (!bumps.some(editsShared)) return bumps;
  const moving = new Set(bumps.filter(({ edits }) => edits.length > 0).map(({ use }) => place(use)));
  const staying = /* @__PURE__ */ new Map();
  for (const { use, row } of bumps) if (!moving.has(place(use))) note(staying, use, row.reason);
  for (const use of others) {
    const reason2 = reasonToStandStill(use.policies);
    if (reason2 !== void 0 && !moving.has(place(use))) note(staying, use, reason2);
  }
  return bumps.map((bump2) => {
    const taken = bump2.edits.map(({ span }) => staying.get(span.start)).find((owner) => owner !== void 0);
    if (taken === void 0) return bump2;
    return still(bump2.use, "failed", `its value stands at an anchor that ${taken} repeats`, bump2.warnings);
  });
}
function editsShared({ edits }) {
  return edits.some(({ span }) => span.shared);
}
function place({ subject, container }) {
  return `${subject} ${container}`;
}
function note(staying, use, reason2) {
  for (const { span } of use.fields) {
    if (span.shared) staying.set(span.start, `${use.subject} ${use.container} (${reason2})`);
  }
}

// src/command/images/edit-images.ts
function editImages(file, { bumps: wanted, others }) {
  const bumps = sparingOthers(wanted, others);
  const warnings = bumps.flatMap(warningsOf);
  const edits = bumps.flatMap((bump2) => bump2.edits);
  const unchanged = edits.length === 0 && bumps.every(({ hold: hold2 }) => hold2 === void 0);
  if (unchanged) return { bumps, change: void 0, problems: warnings };
  const edited = applyEdits(file, edits);
  if (edited.kind === "refused") return refused8(bumps, [...warnings, edited.problem]);
  const recorded = recordHolds({ path: file.path, bytes: edited.bytes }, bumps);
  const isChanged = edits.length > 0 || recorded.bumps.some(({ hold: hold2 }) => hold2?.isWritten);
  return {
    bumps: recorded.bumps,
    change: isChanged ? { path: file.path, bytes: recorded.bytes } : void 0,
    problems: [...warnings, ...edited.warnings, ...recorded.problems]
  };
}
function refused8(bumps, problems) {
  const message = problems.at(-1)?.message ?? "";
  const failed7 = bumps.map((bump2) => bump2.edits.length === 0 ? bump2 : still(bump2.use, "failed", message));
  return { bumps: failed7, change: void 0, problems };
}
function warningsOf({ use, warnings }) {
  return warnings.map((warning) => ({
    severity: "warning",
    code: "IMAGE_WARNING",
    message: `${use.container} ${use.name}: ${warning}`,
    subject: use.subject
  }));
}

// src/core/images/holds/hold-order.ts
function orderOf2(tag, input) {
  const { policy, current, listing, remembered, gates } = input;
  if (policy.kind === "digest" || tag === current.tag) return "unknown";
  const compiled = candidateRules(policy, input);
  if (!compiled.ok) return "unknown";
  const { rules } = compiled;
  const verdict2 = rules.judge(tag);
  if (!verdict2.passes || gates.deny.some((pattern) => compileGlob(pattern)(tag))) return "not newer";
  const { byName: listed2 } = listedTags(listing);
  const place2 = verdict2.place ?? rules.placeOf(listed2.get(tag) ?? { tag });
  const standing = standingOf({ current, remembered, listed: listed2, rules });
  if (place2 === void 0 || standing.kind === "unknown") return "unknown";
  if (standing.kind === "below") return "newer";
  return rules.direction * comparePlaces(place2, standing.place) > 0 ? "newer" : "not newer";
}

// src/command/by-hand/release-hold.ts
async function withReleaseHold(released, deps) {
  const { bump: bump2, requestedBy } = released;
  const { use, change } = bump2;
  if (change?.from === void 0 || change.from === change.to) return bump2;
  const move = { from: change.from, to: change.to };
  const automation = triageImage(withoutHolds(use), released.rule, deps.clock.now());
  const isAutomated = automation?.kind === "ask";
  const isHeld = parseHold(use.policies.holds.get(use.container)?.value ?? "") !== void 0;
  if (!isAutomated && !isHeld) return bump2;
  const order2 = await orderOfMove(released, { move, ask: isAutomated ? automation : void 0 }, deps);
  if (order2 === "newer" && isAutomated) {
    const text2 = renderHold({
      until: void 0,
      message: `set back from ${move.from} to ${move.to}`,
      user: requestedBy
    });
    return withHold(bump2, text2);
  }
  return order2 === "not newer" && isHeld ? withHold(bump2, null) : bump2;
}
function withHold(bump2, text2) {
  const reason2 = `${bump2.row.reason}, ${text2 === null ? "no longer on hold" : "on hold from now on"}`;
  return { ...bump2, row: { ...bump2.row, reason: reason2 }, hold: { text: text2 } };
}
async function orderOfMove({ bump: bump2, rule, answer }, { move, ask }, deps) {
  const { use } = bump2;
  const followed = ask ?? policyOf(use, rule);
  if (!answer?.listing || followed === void 0) return "unknown";
  const facts = await factsOf(use, { move, policy: followed.policy }, deps);
  const known = new Map(facts.map((entry) => [entry.tag, entry]));
  const tags = answer.listing.tags.map((entry) => known.get(entry.tag) ?? entry);
  const moved = { ...use, tag: move.to, digest: void 0 };
  const input = selectionInput(
    { ...followed, use: moved, rule },
    { listing: { ...answer.listing, tags }, remembered: known },
    deps
  );
  return orderOf2(move.from, input);
}
function policyOf(use, rule) {
  const followed = followedPolicy(use, rule);
  return followed.ok ? followed : void 0;
}
async function factsOf(use, { move, policy }, deps) {
  const tags = [{ tag: move.from }, { tag: move.to }];
  const fact = factOf(policy);
  const repository = repositoryOf(use.name);
  try {
    if (fact === "created") return await deps.registries.describe(repository, tags, deps.signal);
    if (fact === "pushed") return await deps.registries.times(repository, { tags, wanted: "pushes" }, deps.signal);
  } catch {
    deps.signal.throwIfAborted();
  }
  return [];
}
function withoutHolds(use) {
  return { ...use, policies: { ...use.policies, holds: /* @__PURE__ */ new Map() } };
}

// src/command/by-hand/release-tag.ts
async function releaseTag({ use, rule }, { tag, answer }, deps) {
  if (!answer?.listing) return still(use, "failed", answer?.problem?.message ?? "the registry gave no answer");
  const repository = repositoryOf(use.name);
  const pinned = isPinned(use, rule?.pin);
  const listed2 = answer.listing.tags.some((facts) => facts.tag === tag);
  if (!listed2 && answer.listing.complete) return still(use, "failed", `the registry has no ${use.name}:${tag}`);
  if (listed2 && !pinned && tag === use.tag) return still(use, "unchanged", "has this tag already");
  const digest = pinned || !listed2 ? await deps.registries.digest(repository, tag, deps.signal) : null;
  if (!listed2 && digest === null) return still(use, "failed", `the registry has no ${use.name}:${tag}`);
  const selection = {
    kind: "update",
    to: { tag },
    reason: "the tag that was asked for",
    rejected: [],
    warnings: []
  };
  return toBump({ use, selection, pinned, digest, source: await sourceFor({ use, tag }, deps) });
}
async function sourceFor({ use, tag }, deps) {
  const wanted = use.tag === void 0 ? [{ tag }] : [{ tag }, { tag: use.tag }];
  try {
    const [to, from] = await deps.registries.describe(repositoryOf(use.name), wanted, deps.signal);
    return sourceOf(to, from);
  } catch {
    deps.signal.throwIfAborted();
    return void 0;
  }
}

// src/command/by-hand/plan-release.ts
async function planRelease(input, deps) {
  const entries = input.workloads.flatMap((workload) => entriesOf2(workload, { ...input, nowMs: deps.clock.now() }));
  const asks = entries.flatMap(({ next }) => "ask" in next ? [questionOf(next)] : []);
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const problems = registryProblems(answers);
  const changes = [];
  const edited = /* @__PURE__ */ new Map();
  for (const [path6, members] of Map.groupBy(entries, ({ file }) => file.path)) {
    const bumps = await Promise.all(
      members.map(({ next }) => settle(next, { answers, requestedBy: input.request.requestedBy }, deps))
    );
    const file = editImages(members[0].file, { bumps, others: usesIn(path6, input.present) });
    if (file.change !== void 0) changes.push(file.change);
    problems.push(...file.problems);
    edited.set(path6, file.bumps);
  }
  const plan2 = await bumpsInFiles({ bumps: edited, changes, problems }, input.head.environments, deps);
  const rows = new Map([...plan2.bumps].map(([path6, bumps]) => [path6, bumps.map((bump2) => bump2.row)]));
  return { ...plan2, rows, message: messageOf2([...plan2.bumps.values()].flat(), input) };
}
function messageOf2(bumps, { head, ids, release: release2, request }) {
  const { manual, requestedBy } = request;
  return renderReleaseMessage({
    what: release2.what,
    ids,
    changes: bumps.flatMap((bump2) => bump2.change ?? []),
    trailers: trailersOfHolds(bumps),
    branch: head.branch,
    message: manual?.message,
    requestedBy
  });
}
function usesIn(path6, workloads) {
  return workloads.flatMap(({ file, uses }) => file.path === path6 ? uses : []);
}
function releasedKey(use) {
  return use.refusal === void 0 ? repositoryKey(use) : void 0;
}
function entriesOf2(workload, { excluded, ids, nowMs, release: release2, request }) {
  const findRule = compileRules(request.images.rules);
  const { order: order2 } = release2;
  return workload.uses.flatMap((use) => {
    const found = findRule(use);
    const triage = triageRelease(use, {
      order: order2,
      rule: found,
      excluded: excluded.has(workload),
      overLock: order2.force && ids !== void 0,
      hold: ids === void 0 ? holdOf(use, nowMs) : void 0
    });
    if (triage.kind === "other") return [];
    const { file } = workload;
    if (triage.kind === "settled") {
      return [{ file, next: { use, row: triage.row, edits: [], change: void 0, warnings: [] } }];
    }
    const rule = found === void 0 ? void 0 : { ...found, windows: [] };
    return [{ file, next: { ask: { use, policy: triage.policy, exclude: triage.exclude, rule }, tag: triage.tag } }];
  });
}
function questionOf({ ask, tag }) {
  return tag === void 0 ? ask : { ...ask, policy: { kind: "digest", tag } };
}
async function settle(next, { answers, requestedBy }, deps) {
  if (!("ask" in next)) return next;
  const { ask, tag } = next;
  const answer = answers.get(repositoryKey(ask.use));
  const bump2 = await (tag === void 0 ? chooseTag(ask, answer, deps) : releaseTag(ask, { tag, answer }, deps));
  return withReleaseHold({ bump: bump2, rule: ask.rule, answer, requestedBy }, deps);
}

// src/command/by-hand/release-request.ts
function readRelease({ manual, operands }) {
  const { all = false, updateImage, updateAllImages = false, exclude = [], force = false, message } = manual ?? {};
  if (all === operands.length > 0) {
    return refused9("release needs either workloads or --all", "Write release ns:kind/name, or release --all.");
  }
  if (updateImage !== void 0 === updateAllImages) {
    const hint = "Write --update-image IMAGE[:TAG], or --update-all-images.";
    return refused9("release needs one of --update-image and --update-all-images", hint);
  }
  if (force && message === void 0) return refused9("--force needs a reason", "Add --message TEXT.");
  if (force && all && updateAllImages) {
    return refused9("--force is for workloads or images that are named", "Name the locked workloads instead of --all.");
  }
  const names = all ? void 0 : operands;
  if (updateImage === void 0) {
    return {
      ok: true,
      release: { order: { image: "all latest", force }, what: "all latest", names, excluded: exclude }
    };
  }
  const reference = parseReference(updateImage);
  if ("error" in reference) return refused9(`--update-image: ${reference.error}`, "Write IMAGE or IMAGE:TAG.");
  if (reference.digest !== void 0) {
    return refused9("--update-image takes no digest", "Name the tag; the digest is written where one stands.");
  }
  const { registry, path: path6, tag } = reference;
  const order2 = { image: { repository: { registry, path: path6 }, tag }, force };
  return { ok: true, release: { order: order2, what: updateImage, names, excluded: exclude } };
}
function refused9(message, hint) {
  return { ok: false, problem: { severity: "error", code: "USAGE_ARGUMENT", message, hint } };
}

// src/command/by-hand/release.ts
var BRANCHES_AT_ONCE = 2;
async function release(request, deps) {
  const refusal = untrustedEvent("release", request);
  if (refusal !== void 0) return { environments: [], problems: [refusal] };
  const read4 = readRelease(request);
  if (!read4.ok) return { environments: [], problems: [read4.problem] };
  const heads = await readBranchHeads(request, deps);
  const found = await mapConcurrent(heads, BRANCHES_AT_ONCE, (head) => workloadsOf2(head, request, deps));
  const known = heads.flatMap((head, index) => (found[index] ?? []).map((workload) => ({ ...workload, head })));
  const chosen = choose2(known, { release: read4.release, namespace: request.manual?.namespace });
  const refusals = refusalsOf(heads);
  if (chosen.problems.length > 0) return { environments: [], problems: [...refusals, ...chosen.problems] };
  const done = [];
  const failures = [];
  for (const [head] of Map.groupBy(chosen.workloads, (workload) => workload.head)) {
    try {
      done.push(await releaseOnBranch({ head, chosen, release: read4.release, request }, deps));
    } catch (error) {
      deps.signal.throwIfAborted();
      failures.push(toProblem(error, { subject: head.branch }));
    }
  }
  const unread2 = read4.release.names === void 0 ? refusals : [];
  const problems = [...unread2, ...done.flatMap((entry) => entry.problems), ...failures];
  return { environments: withRows(reportsOf(request.environments, done), done), problems };
}
function choose2(known, given) {
  const { release: release2, namespace } = given;
  const named = release2.names === void 0 ? void 0 : pickWorkloads(known, { names: release2.names, namespace });
  const excluded = pickWorkloads(known, { names: release2.excluded, namespace });
  const workloads = named?.workloads ?? known;
  const problems = [...named?.problems ?? [], ...excluded.problems];
  if (problems.length === 0) problems.push(...unusedImage(workloads, release2));
  return { workloads, excluded: excluded.workloads, problems };
}
function unusedImage(workloads, { order: order2, what }) {
  if (order2.image === "all latest") return [];
  const { registry, path: path6 } = order2.image.repository;
  const uses = workloads.flatMap((workload) => workload.uses);
  if (uses.some((use) => releasedKey(use) === `${registry}/${path6}`)) return [];
  const names = [...new Set(uses.map((use) => use.name))];
  const message = `no workload of this release uses ${what}`;
  return [{ severity: "error", code: "USAGE_ARGUMENT", message, hint: suggestion(what, names) }];
}
async function workloadsOf2(head, { images, event }, deps) {
  const sources = head.environments.map((entry) => entry.sources);
  const { policiesFor } = await loadImagePolicies({ sources, event }, deps);
  return workloadsIn(imageFilesOf(head.environments), { ...images, policiesFor });
}
function releaseOnBranch(given, deps) {
  const { head, chosen, release: release2, request } = given;
  const plan2 = async (current) => {
    const present = await workloadsOf2(current, request, deps);
    const among = (wanted) => present.filter((workload) => wanted.some((entry) => entry.head === head && isSame3(entry, workload)));
    const workloads = release2.names === void 0 ? present : among(chosen.workloads);
    const ids = release2.names === void 0 ? void 0 : workloads.map(({ id }) => id);
    const excluded = new Set(among(chosen.excluded));
    return planRelease({ head: current, workloads, present, ids, excluded, release: release2, request }, deps);
  };
  return pushPlan({ head, plan: plan2, author: request.author, dryRun: request.dryRun }, deps);
}
function isSame3(a, b) {
  return a.file.path === b.file.path && a.subject === b.subject;
}
function withRows(reports, done) {
  return reports.map((report) => {
    const images = done.flatMap(({ head, plan: plan2, commit, failure: failure4 }) => {
      const read4 = head.environments.find(({ environment }) => environment.name === report.name);
      const rows = (read4 === void 0 ? [] : pathsOf(read4)).flatMap((path6) => plan2.rows.get(path6) ?? []);
      return commit !== null ? rows : rows.map((row) => unpushedRow(row, failure4));
    });
    return { ...report, images };
  });
}

// src/command/generated/appliable.ts
function appliableAfter(read4, changes) {
  const { environment, sources, context, generated } = read4;
  if (changes.length === 0) {
    return { environment, sources, made: { context, files: generated.flatMap(filesOf) } };
  }
  const { files, tree } = sources;
  const changed = { ...sources, files: withChanges(files, changes), tree: withTreeChanges(tree, changes) };
  return { environment, sources: changed, made: void 0 };
}
async function filesFor({ environment, sources, made }, { context, clusters }, deps) {
  const { files, generations, tree } = sources;
  if (generations.length === 0) return { ok: true, files, warnings: [] };
  if (made?.context === context) return { ok: true, files: [...files, ...made.files], warnings: [] };
  try {
    const kubeconfig = await clusters.kubeconfigFor(context, deps.signal);
    const variant = `${environment.name}/${context}`;
    const generated = await generate({ generations, tree, kubeconfig, variant }, deps);
    if (!generated.ok) return generated;
    const { manifests } = generated;
    const warnings = manifests.flatMap((entry) => nothingWarning(entry) ?? []).map((warning) => ({ ...warning, subject: context }));
    return { ok: true, files: [...files, ...manifests.flatMap(filesOf)], warnings };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { ok: false, problems: [toProblem(error, { subject: context })] };
  }
}

// src/command/images/hold-look-back.ts
var MOST_COMMITS = 500;
function lookBackFrom({ snapshot, read: read4 }, deps) {
  const objects = new Map(
    read4.flatMap(
      (entry) => entry.generated.flatMap(
        ({ generated, generation: { patchPath, configPath } }) => generated.map((document) => [document.file.path, { document, patchPath, configPath }])
      )
    )
  );
  const patchPaths = new Set([...objects.values()].map(({ patchPath }) => patchPath));
  const patches = rememberPatches();
  return {
    fileOf: (path6) => {
      const object2 = objects.get(path6);
      return object2 === void 0 ? path6 : object2.patchPath ?? object2.configPath;
    },
    isFollowed: (path6) => objects.get(path6)?.patchPath !== void 0 || !objects.has(path6),
    pastOf: (path6, bytes) => {
      const object2 = objects.get(path6);
      if (object2 === void 0) return bytes === null ? void 0 : { path: path6, bytes };
      if (object2.patchPath === void 0) return void 0;
      if (bytes === null) return object2.document.file;
      const patch2 = patches({ path: object2.patchPath, bytes });
      return patch2 === void 0 ? void 0 : patchedBy(object2.document, patch2);
    },
    history: async (paths) => {
      const commits = await deps.repository.history({ snapshot, paths, limit: MOST_COMMITS }, deps.signal);
      return paths.filter((path6) => patchPaths.has(path6)).reduce(beforeIt, commits);
    }
  };
}
function rememberPatches() {
  const known = /* @__PURE__ */ new WeakMap();
  return (file) => {
    if (!known.has(file.bytes)) {
      const read4 = readPatchFile(file);
      known.set(file.bytes, read4.ok ? read4.file : void 0);
    }
    return known.get(file.bytes);
  };
}
function beforeIt(commits, path6) {
  const before = commits.findLastIndex(({ files }) => files.has(path6)) + 1;
  if (before === 0 || commits.length >= MOST_COMMITS) return commits;
  return commits.map(
    (commit, index) => index === before ? { ...commit, files: new Map([...commit.files, [path6, null]]) } : commit
  );
}

// src/core/images/holds/hold-history.ts
function findSetBack({ current, id, past, orderOf: orderOf3 }) {
  let newest;
  let by;
  let lost;
  let from;
  for (const commit of past) {
    const { image } = commit;
    if (from === void 0 && holdSettled(commit.message, { id, container: current.container })) return void 0;
    if (image === "unchanged") continue;
    if (image === void 0 || image.refusal !== void 0) {
      if (by === void 0 || by === lost) lost = by = commit;
      continue;
    }
    if (!isSameRepository(image, current)) return void 0;
    if (isSameVersion(image, current)) {
      if (from !== void 0) return setBack({ current, from, by });
      newest ??= image;
      if (stoodStill(image, { newest, committedMs: commit.committedMs })) return void 0;
      by = commit;
    } else if (from === void 0) {
      if (by !== void 0 && isAutomatic(by, { id, current })) return void 0;
      const order2 = image.tag === void 0 ? "unknown" : orderOf3(image.tag);
      if (order2 === "not newer") return void 0;
      from = image;
      if (order2 === "newer") return setBack({ current, from, by });
    }
  }
  return void 0;
}
function findHeldRelease({ current, id }, past) {
  const { container } = current;
  for (const commit of past) {
    const { message } = commit;
    if (holdSettled(message, { id, container })) return void 0;
    if (saysHold(message, { id, container })) return namesVersion(message, current) ? commit : void 0;
    if (namesImage(message, current)) return void 0;
  }
  return void 0;
}
function heldReleaseWords({ tag, digest }, { revision }) {
  return `set back to ${shortVersion({ tag, digest }, tag === void 0)} in ${revision.slice(0, 7)}`;
}
function setBackWords({ from, to, by }) {
  const where = by === void 0 ? "in the working tree" : `by ${nameOf2(by.author)} in ${by.revision.slice(0, 7)}`;
  const isDigest3 = from.tag === to.tag;
  return `set back from ${shortVersion(from, isDigest3)} to ${shortVersion(to, isDigest3)} ${where}`;
}
function nameOf2(author) {
  const name = printable(author.trim(), { longest: 40 });
  return name === "" ? "somebody" : name;
}
function shortVersion({ tag, digest }, withDigest) {
  const short = digest === void 0 || !withDigest ? "" : `@${digest.slice(0, "sha256:".length + 7)}`;
  return printable(`${tag ?? ""}${short}`, { longest: 60 }) || "no tag";
}
function isAutomatic({ message }, { id, current }) {
  return namesImage(message, current) && !saysHold(message, { id, container: current.container });
}
function setBack(found) {
  const { current, from, by } = found;
  return {
    from: { tag: from.tag, digest: from.digest },
    to: { tag: current.tag, digest: current.digest },
    by: by === void 0 ? void 0 : { revision: by.revision, author: by.author }
  };
}
function isSameVersion(a, b) {
  if (a.tag !== b.tag) return false;
  return a.digest === b.digest || a.tag !== void 0 && (a.digest === void 0 || b.digest === void 0);
}
function isSameRepository(a, b) {
  const [one, other] = [repositoryOf(a.name), repositoryOf(b.name)];
  return one.registry === other.registry && one.path === other.path;
}
function stoodStill({ container, policies }, { newest, committedMs }) {
  const hold2 = parseHold(policies.holds.get(container)?.value ?? "");
  if (hold2 !== void 0 && !isOver(hold2, committedMs)) return true;
  if (policies.locked || policies.ignore === "true" || policies.automated === false) return true;
  return newest.policies.automated === true && policies.automated === void 0;
}

// src/command/images/hold-set-backs.ts
async function holdSetBacks(files, input, deps) {
  const { lookBack } = input;
  const paths = files.filter(({ bumps }) => bumps.some(mayBeSetBack)).flatMap(({ found }) => pastPath(found, input) ?? []);
  if (lookBack === void 0 || paths.length === 0) return { files, problems: [] };
  try {
    const commits = await lookBack.history([...new Set(paths)]);
    return { files: files.map((file) => withHolds(file, { ...input, commits }, deps)), problems: [] };
  } catch (error) {
    deps.signal.throwIfAborted();
    const problem2 = toProblem(error);
    const reason2 = `nobody can tell whether it was set back: ${problem2.message}`;
    const stay2 = (bump2) => mayBeSetBack(bump2) ? still(bump2.use, "failed", reason2) : bump2;
    return { files: files.map((file) => ({ ...file, bumps: file.bumps.map(stay2) })), problems: [problem2] };
  }
}
function mayBeSetBack({ use, choice, edits }) {
  if (edits.length === 0 || choice?.selection.kind !== "update") return false;
  const written3 = use.policies.holds.get(use.container)?.value;
  return written3 === void 0 || parseHold(written3) !== void 0;
}
function pastPath({ file }, { lookBack }) {
  return lookBack?.fileOf(file.path);
}
function withHolds(file, past, deps) {
  const { found, searched, bumps } = file;
  const path6 = pastPath(found, past);
  if (path6 === void 0 || !bumps.some(mayBeSetBack)) return file;
  const pastOf = (bytes) => past.lookBack?.pastOf(found.file.path, bytes);
  const versions = past.commits.map((commit) => pastVersion(commit, { path: path6, pastOf, searched, locate: past.locate }));
  const isFollowed = past.lookBack?.isFollowed(found.file.path) ?? true;
  const held = bumps.map((bump2, index) => {
    const entry = found.entries[index];
    if (entry === void 0 || !isAsk(entry) || !mayBeSetBack(bump2)) return bump2;
    const nth = bumps.slice(0, index).filter(({ use }) => isSamePlace(use, bump2.use)).length;
    return holdIfSetBack(bump2, { ask: entry, nth, versions, isFollowed, answers: past.answers }, deps);
  });
  return { ...file, bumps: held };
}
function pastVersion(commit, { path: path6, pastOf, searched, locate: locate2 }) {
  let known;
  const read4 = () => {
    const bytes = commit.files.get(path6);
    if (bytes === void 0) return "unchanged";
    const file = pastOf(bytes);
    if (file === void 0) return [];
    const [first, ...others] = searched.map(({ kind }) => ({ kind, file }));
    return first === void 0 ? [] : locate2([first, ...others]).uses;
  };
  return {
    commit,
    uses: () => {
      known ??= read4();
      return known;
    }
  };
}
function holdIfSetBack(bump2, { ask, nth, versions, answers, isFollowed }, deps) {
  const { use } = bump2;
  if (!isFollowed) return holdIfReleased(bump2, versions);
  const answer = answers.get(repositoryKey(use));
  if (!answer?.listing) return bump2;
  const input = selectionInput(ask, { listing: answer.listing, remembered: answer.remembered }, deps);
  const setBack2 = findSetBack({
    current: use,
    id: idOf(use),
    past: pastImages(versions, { use, nth }),
    orderOf: (tag) => orderOf2(tag, input)
  });
  if (setBack2 === void 0) return bump2;
  const text2 = setBackWords(setBack2);
  const reason2 = holdSentence({ until: void 0, reason: text2 });
  return { ...still(use, "skipped", reason2, bump2.warnings), hold: { text: text2 } };
}
function holdIfReleased(bump2, versions) {
  const { use } = bump2;
  const by = findHeldRelease(
    { current: use, id: idOf(use) },
    versions.map(({ commit }) => commit)
  );
  if (by === void 0) return bump2;
  const reason2 = holdSentence({ until: void 0, reason: heldReleaseWords(use, by) });
  return still(use, "skipped", reason2, bump2.warnings);
}
function* pastImages(versions, { use, nth }) {
  for (const { commit, uses } of versions) {
    const found = uses();
    const image = found === "unchanged" ? found : found.filter((past) => isSamePlace(past, use))[nth];
    yield { ...commit, image };
  }
}
function isSamePlace(a, b) {
  return a.subject === b.subject && a.container === b.container;
}

// src/command/images/plan-images.ts
async function planImages(input, deps) {
  const { files, policies = NO_POLICIES3, lookBack } = input;
  const search = imageFinder(input, { policiesFor: policies.policiesFor, nowMs: deps.clock.now() });
  const searched = [...Map.groupBy(files, ({ file }) => file.path).values()];
  const found = searched.map((group) => ({ searched: group, found: search.find(group) }));
  const asks = found.flatMap((entry) => entry.found.entries.filter(isAsk));
  const answers = await askRegistries(asks, deps.registries, deps.signal);
  const chosen = await mapConcurrent(found, 16, (entry) => chooseAll(entry, answers, deps));
  const held = await holdSetBacks(chosen, { lookBack, locate: search.locate, answers }, deps);
  const planned = held.files.map(planFile);
  return {
    bumps: new Map(planned.map((entry) => [entry.path, entry.bumps])),
    changes: planned.flatMap((entry) => entry.change === void 0 ? [] : [entry.change]),
    problems: distinctProblems([
      ...policies.problems,
      ...planned.flatMap((entry) => entry.problems),
      ...held.problems,
      ...registryProblems(answers)
    ])
  };
}
var NO_POLICIES3 = { policiesFor: () => ({ find: () => void 0, names: [] }), problems: [] };
async function chooseAll({ searched, found }, answers, deps) {
  const bumps = found.entries.map(
    (entry) => isAsk(entry) ? chooseTag(entry, answers.get(repositoryKey(entry.use)), deps) : entry
  );
  return { searched, found, bumps: (await Promise.all(bumps)).map(endHold) };
}
function planFile({ found, bumps }) {
  const edited = editImages(found.file, { bumps });
  return { ...edited, path: found.file.path, problems: [...found.problems, ...edited.problems] };
}

// src/command/bump-branch.ts
async function bumpBranch(given, deps) {
  const head = await readBranchHead(given, deps);
  const { author, dryRun } = given;
  const done = await pushPlan({ head, author, dryRun, plan: (current) => planBumps(current, given, deps) }, deps);
  return {
    environments: done.head.environments.map((entry) => settle2(entry, done)),
    problems: [...done.head.environments.flatMap((entry) => entry.problems), ...done.problems]
  };
}
async function planBumps(head, given, deps) {
  const sources = head.environments.map((entry) => entry.sources);
  const policies = await loadImagePolicies({ sources, event: given.event }, deps);
  const lookBack = lookBackFrom({ snapshot: head.snapshot, read: head.environments }, deps);
  const images = await planImages(
    { files: imageFilesOf(head.environments), policies, lookBack, ...given.images },
    deps
  );
  const plan2 = await bumpsInFiles(images, head.environments, deps);
  const bumps = [...plan2.bumps.values()].flat();
  const changes = bumps.flatMap(({ change }) => change ?? []);
  const holds = heldImages(bumps);
  return { ...plan2, message: renderCommitMessage({ changes, holds, branch: given.branch, template: given.message }) };
}
function settle2(read4, { plan: plan2, commit, failure: failure4 }) {
  const rows = rowsOf(read4, plan2);
  return {
    environment: read4.environment,
    images: failure4 === void 0 ? rows : rows.map((row) => unpushedRow(row, failure4)),
    commits: commit !== null && pathsOf(read4).some((path6) => plan2.touched.has(path6)) ? [commit] : [],
    appliable: appliableAfter(read4, commit === null ? [] : plan2.changes)
  };
}
function bumpsOf(read4, plan2) {
  return pathsOf(read4).flatMap((path6) => plan2.bumps.get(path6) ?? []);
}
function rowsOf(read4, plan2) {
  return bumpsOf(read4, plan2).map((bump2) => bump2.row);
}

// src/command/scan.ts
var NO_COMMITS = [];
async function scan(request, deps) {
  const snapshot = await deps.repository.workTree(deps.signal);
  const read4 = await readEnvironments({ ...request, snapshot }, deps);
  const policies = await loadImagePolicies({ ...request, sources: read4.map(({ sources }) => sources) }, deps);
  const images = await planImages(
    { files: imageFilesOf(read4), policies, lookBack: lookBackFrom({ snapshot, read: read4 }, deps), ...request.images },
    deps
  );
  const plan2 = await bumpsInFiles(images, read4, deps);
  if (!request.dryRun && plan2.changes.length > 0) {
    await deps.repository.write(plan2.changes, deps.signal);
  }
  return {
    environments: read4.map((entry) => ({
      name: entry.environment.name,
      images: rowsOf(entry, plan2),
      commits: NO_COMMITS,
      clusters: []
    })),
    problems: [...read4.flatMap((entry) => entry.problems), ...plan2.problems]
  };
}

// src/command/sync-environment.ts
var CLUSTERS_AT_ONCE = 4;
async function syncEnvironment(given, deps) {
  const { appliable, dryRun } = given;
  const { environment, sources } = appliable;
  if (sources.refused) return { clusters: [], problems: [] };
  const shared = sources.generations.length === 0 ? readObjects(sources.files) : void 0;
  if (environment.clusters?.length === 0) return { clusters: [], problems: shared?.problems ?? [] };
  try {
    const clusters = await deps.clusters();
    const names = expandContexts(await clusters.contexts(), environment.clusters);
    const synced = await mapConcurrent(names, CLUSTERS_AT_ONCE, async (name) => {
      const read4 = shared ?? await readGenerated2(appliable, { context: name, clusters }, deps);
      const done = await syncCluster({ name, clusters, objects: read4.objects, dryRun }, deps);
      return { ...done, problems: [...shared === void 0 ? read4.problems : [], ...done.problems] };
    });
    return {
      clusters: synced.map((entry) => entry.report),
      problems: distinct([...shared?.problems ?? [], ...synced.flatMap((entry) => entry.problems)])
    };
  } catch (error) {
    deps.signal.throwIfAborted();
    return { clusters: [], problems: [...shared?.problems ?? [], toProblem(error, { subject: environment.name })] };
  }
}
function distinct(problems) {
  return [...new Map(problems.map((problem2) => [JSON.stringify(problem2), problem2])).values()];
}
async function readGenerated2(appliable, at2, deps) {
  const made = await filesFor(appliable, at2, deps);
  if (!made.ok) return { objects: void 0, problems: made.problems };
  const read4 = readObjects(made.files);
  return { ...read4, problems: [...made.warnings, ...read4.problems] };
}
function readObjects(files) {
  const parsed = files.map((file) => parseManifests(file));
  const documents = parsed.flatMap((entry) => entry.documents);
  const duplicates = findDuplicates(documents);
  const repeated2 = new Set(duplicates.documents);
  const problems = [...parsed.flatMap((entry) => entry.problems), ...duplicates.problems];
  const objects = [];
  for (const document of documents) {
    if (repeated2.has(document)) continue;
    try {
      objects.push(toDesiredObject(document));
    } catch (error) {
      problems.push(toProblem(error, { subject: document.subject }));
    }
  }
  return { objects, problems };
}
async function syncCluster(given, deps) {
  const { name, clusters, objects, dryRun } = given;
  if (objects === void 0) return { report: { name, objects: [], requests: 0 }, problems: [] };
  const cluster = await clusters.open(name);
  try {
    const result = await cluster.sync(objects, {
      dryRun,
      signal: deps.signal,
      onRow: (row, done, total) => deps.host.progress(`${name} ${done}/${total} ${row.subject} ${row.action}`)
    });
    return { report: { name, objects: result.rows, requests: cluster.requests() }, problems: result.problems };
  } catch (error) {
    deps.signal.throwIfAborted();
    return {
      report: { name, objects: [], requests: cluster.requests() },
      problems: [toProblem(error, { subject: name })]
    };
  } finally {
    await cluster.close();
  }
}

// src/command/sync.ts
async function sync(request, deps) {
  const fromTree = request.event.kind === "terminal" || request.event.kind === "pull-request";
  const tree = fromTree ? await deps.repository.workTree(deps.signal) : null;
  const environments = [];
  const problems = [];
  for (const environment of request.environments) {
    const done = await syncOne({ environment, tree, request }, deps);
    environments.push(done.report);
    for (const problem2 of done.problems) problems.push(problem2);
  }
  return { environments, problems };
}
async function syncOne(given, deps) {
  const { environment, request } = given;
  const { dryRun, event } = request;
  return deps.host.group(`sync ${environment.name}`, async () => {
    try {
      const snapshot = given.tree ?? await deps.repository.branchHead(await branchOf(environment, deps), deps.signal);
      const sources = await findSources({ snapshot, environment, event }, deps.signal);
      const synced = await syncEnvironment({ appliable: { environment, sources, made: void 0 }, dryRun }, deps);
      const report = { name: environment.name, images: [], commits: [], clusters: synced.clusters };
      return { report, problems: [...sources.problems, ...synced.problems] };
    } catch (error) {
      deps.signal.throwIfAborted();
      const report = { name: environment.name, images: [], commits: [], clusters: [] };
      return { report, problems: [toProblem(error, { subject: environment.name })] };
    }
  });
}

// src/command/run.ts
function callingOf(event) {
  if (event.fromFork) return { kind: "check" };
  switch (event.kind) {
    case "terminal":
    case "schedule":
    case "dispatch":
    case "other":
      return { kind: "everything" };
    case "push":
      if (event.deleted) return { kind: "nothing", reason: "the push deleted a branch" };
      if (event.branch === void 0) return { kind: "nothing", reason: "the push was to no branch" };
      return { kind: "sync", branch: event.branch };
    case "pull-request":
      return { kind: "check" };
    default:
      return assertNever(event.kind, "event");
  }
}
async function run(request, deps) {
  const calling = callingOf(request.event);
  switch (calling.kind) {
    case "everything":
      return runEverything(request, deps);
    case "sync":
      return syncBranch(calling.branch, request, deps);
    case "check":
      return { ...await scan({ ...request, dryRun: true }, deps), dryRun: true };
    case "nothing":
      return { environments: [], problems: [], note: calling.reason };
    default:
      return assertNever(calling, "calling");
  }
}
async function syncBranch(branch, request, deps) {
  const here = [];
  for (const environment of request.environments) {
    if (await branchOf(environment, deps) === branch) here.push(environment);
  }
  if (here.length === 0) return { environments: [], problems: [], note: `no environment lives on ${branch}` };
  return sync({ ...request, environments: here }, deps);
}
async function runEverything(request, deps) {
  const branches = Map.groupBy(await withBranches(request.environments, deps), (entry) => entry.branch);
  const reports = /* @__PURE__ */ new Map();
  const problems = [];
  for (const [branch, entries] of branches) {
    const environments = entries.map((entry) => entry.environment);
    const done = await deps.host.group(`scan ${branch}`, () => bump({ branch, environments, request }, deps));
    for (const problem2 of done.problems) problems.push(problem2);
    for (const bumped of done.environments) {
      const synced = await syncBumped(bumped, request, deps);
      reports.set(bumped.environment.name, synced.report);
      for (const problem2 of synced.problems) problems.push(problem2);
    }
  }
  const ordered = request.environments.map((entry) => reports.get(entry.name) ?? emptyReport(entry.name));
  return { environments: ordered, problems };
}
async function withBranches(environments, deps) {
  return Promise.all(
    environments.map(async (environment) => ({ environment, branch: await branchOf(environment, deps) }))
  );
}
async function bump(given, deps) {
  const { branch, environments, request } = given;
  try {
    const { author, dryRun, event, message, images } = request;
    return await bumpBranch({ branch, environments, event, images, author, message, dryRun }, deps);
  } catch (error) {
    deps.signal.throwIfAborted();
    return { environments: [], problems: [toProblem(error, { subject: branch })] };
  }
}
async function syncBumped(bumped, request, deps) {
  const { environment, appliable, images, commits } = bumped;
  const synced = await deps.host.group(
    `sync ${environment.name}`,
    () => syncEnvironment({ appliable, dryRun: request.dryRun }, deps)
  );
  const report = { name: environment.name, images, commits, clusters: synced.clusters };
  return { report, problems: synced.problems };
}
function emptyReport(name) {
  return { name, images: [], commits: [], clusters: [] };
}

// src/command/check-request.ts
async function checkRequest(command, request, deps) {
  if (command === "scan") return [];
  const untrusted = request.event.kind === "pull-request" || request.event.fromFork;
  if (command === "sync" && untrusted && !request.dryRun) return [deployFromPullRequest(request.event.name)];
  if (command === "run" && !reachesClusters(request)) return [];
  return checkContexts(request, deps);
}
function reachesClusters({ event }) {
  const { kind } = callingOf(event);
  return kind === "everything" || kind === "sync";
}
async function checkContexts(request, deps) {
  const environments = request.environments.filter((environment) => environment.clusters?.length !== 0);
  if (environments.length === 0) return [];
  try {
    const known = await (await deps.clusters()).contexts();
    return environments.flatMap((environment) => {
      try {
        expandContexts(known, environment.clusters);
        return [];
      } catch (error) {
        return [asConfiguration(toProblem(error, { subject: environment.name }))];
      }
    });
  } catch (error) {
    return [asConfiguration(toProblem(error))];
  }
}
function asConfiguration(problem2) {
  return { ...problem2, code: "CONFIG_CLUSTERS" };
}
function deployFromPullRequest(event) {
  return {
    severity: "error",
    code: "USAGE_EVENT",
    message: `sync does not deploy from the event ${event}: what it would apply has not been reviewed yet`,
    hint: "Add --check or --dry-run, or let the workflow run on push."
  };
}

// src/core/images/explain.ts
var NAMED2 = 10;
function explainSelection(selection) {
  const { rejected: rejected2 } = selection;
  const lines2 = [headline(selection), ...selection.warnings.map((warning) => `warning: ${warning}`)];
  if (rejected2.length === 0) return lines2;
  lines2.push(`${rejected2.length} ${rejected2.length === 1 ? "tag was" : "tags were"} not chosen:`);
  for (const { tag, reason: reason2 } of rejected2.slice(0, NAMED2)) lines2.push(`  ${tag}: ${reason2}`);
  for (const [reason2, count2] of countReasons(rejected2.slice(NAMED2))) lines2.push(`  ${count2} more: ${reason2}`);
  return lines2;
}
function explainPolicy({ text: text2, from, name, position }) {
  const at2 = position === void 0 ? "" : ` at ${position.file}:${position.line}`;
  const what = from === "default" ? "default, there is no filter" : from;
  return `policy ${text2} (${what}${name === void 0 ? "" : ` of ImagePolicy ${name}`}${at2})`;
}
function headline(selection) {
  switch (selection.kind) {
    case "update":
      return `update to ${selection.to.tag}: ${selection.reason}`;
    case "keep":
      return `no change: ${selection.reason}`;
    default:
      return `failed: ${selection.reason}`;
  }
}
function countReasons(rejected2) {
  const counts = /* @__PURE__ */ new Map();
  for (const { reason: reason2 } of rejected2) counts.set(reason2, (counts.get(reason2) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  if (sorted.length <= NAMED2) return sorted;
  const others = sorted.slice(NAMED2).reduce((sum, [, count2]) => sum + count2, 0);
  return [...sorted.slice(0, NAMED2), ["other reasons", others]];
}

// src/core/report/sentences.ts
var LONGEST_REASON2 = 2e3;
function imageSentence(row) {
  return `${row.subject} ${row.container}: ${row.image} ${tagChange(row)}${reason(row.reason)}`;
}
function tagChange({ action, from, to }) {
  const what = action === "updated" ? `→ ${to}` : action;
  return from === "" ? what : `${from} ${what}`;
}
function objectSentence(row) {
  return `${row.subject} ${row.action}${reason(row.reason)}`;
}
function commitSentence(row) {
  const what = row.sha === "" ? "commit planned for" : `committed ${shortSha(row.sha)} to`;
  return `${what} ${row.branch}: ${firstLine(row.message)}`;
}
function shortSha(sha) {
  return sha.slice(0, 7);
}
function firstLine(message) {
  return (/^[^\r\n]*/.exec(message)?.[0] ?? "").trimEnd();
}
function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
function reason(text2) {
  return text2 === "" ? "" : `: ${text2.slice(0, LONGEST_REASON2).replace(/\s+/g, " ").trim()}`;
}

// src/core/report/source-link.ts
function sourceLinkOf({ action, source }) {
  const url = source === void 0 || action !== "updated" ? void 0 : webLink(source.link);
  if (source === void 0 || url === void 0) return void 0;
  const commits = [.../* @__PURE__ */ new Set([source.previous ?? source.revision, source.revision])];
  const plain = commits.every((commit) => /^[0-9a-f]+$/i.test(commit));
  return { url, label: plain ? commits.map(shortSha).join("...") : "what is new" };
}

// src/command/explain.ts
async function explain(request, deps) {
  const [wanted = ""] = request.operands;
  const snapshot = await deps.repository.workTree(deps.signal);
  const read4 = await readEnvironments({ ...request, snapshot }, deps);
  const policies = await loadImagePolicies({ ...request, sources: read4.map(({ sources }) => sources) }, deps);
  const plan2 = await planImages(
    { files: imageFilesOf(read4), policies, lookBack: lookBackFrom({ snapshot, read: read4 }, deps), ...request.images },
    deps
  );
  const explained = read4.map((entry) => ({
    name: entry.environment.name,
    bumps: bumpsOf(entry, plan2).filter((bump2) => mentions(bump2, wanted))
  }));
  return {
    environments: explained.map(({ name, bumps }) => ({
      name,
      images: bumps.map(({ row }) => row),
      commits: [],
      clusters: []
    })),
    problems: [...read4.flatMap((entry) => entry.problems), ...plan2.problems],
    lines: linesOf5(explained, wanted)
  };
}
function mentions({ row }, wanted) {
  return [row.subject, row.container, row.image].some((text2) => text2.includes(wanted));
}
function linesOf5(explained, wanted) {
  const lines2 = explained.flatMap(
    ({ name, bumps }) => bumps.length === 0 ? [] : [name, ...bumps.flatMap(explainBump).map((line) => `  ${line}`)]
  );
  if (lines2.length > 0) return lines2;
  return [wanted === "" ? "no image says anything about automation" : `no automated image mentions ${wanted}`];
}
function explainBump(bump2) {
  const { row, use, choice } = bump2;
  const place2 = `written at ${use.position.file}:${use.position.line}`;
  const followed = row.policy === void 0 ? place2 : `${place2}, ${explainPolicy(row.policy)}`;
  if (choice === void 0) return [imageSentence(row), ...[followed, ...explainHold(bump2)].map((line) => `  ${line}`)];
  const [answer = "", ...reasons] = explainSelection(choice.selection);
  const link = sourceLinkOf(row);
  const news = link === void 0 ? [] : [`what is new: ${link.url}`];
  return [
    `${row.subject} ${row.container}: ${row.image} ${row.from}`,
    ...[followed, answer, ...news, ...reasons].map((line) => `  ${line}`)
  ];
}
function explainHold({ row, use, hold: hold2 }) {
  const written3 = use.policies.holds.get(use.container);
  const isByHistory = hold2 !== void 0 && hold2.text !== null;
  if (!isByHistory && (written3 === void 0 || !row.reason.startsWith("on hold"))) return [];
  const source = isByHistory || written3 === void 0 ? "the history of the file says so" : `the annotation at ${written3.position.file}:${written3.position.line} says so`;
  const command = `towpath unhold ${idOf(use)} --container ${use.container}`;
  return [`${source}; to take it off hold: ${command}`];
}

// src/repository/open-repository.ts
import { access } from "node:fs/promises";
import { dirname, join as join6, resolve } from "node:path";

// src/repository/branch-head.ts
import { createHash } from "node:crypto";

// src/repository/repository-error.ts
var RepositoryError = class extends TowpathError {
  constructor(code18, message, details = {}) {
    super(code18, message, details);
  }
};

// src/repository/branch-name.ts
var MAX_LISTED = 5;
async function requireBranchName(git, branch, signal) {
  const isValid = !branch.includes("\0") && (await git.run(["check-ref-format", `refs/heads/${branch}`], { signal })).exitCode === 0;
  if (isValid) return;
  throw new RepositoryError("BRANCH_INVALID", `'${printable(branch)}' is no name that git allows for a branch`, {
    hint: "Correct the branch in the configuration."
  });
}
function branchHint(wanted, existing, preferred2) {
  if (existing.length === 0) return "Push a first commit: the remote has no branches yet.";
  const close = nearest(wanted, existing);
  if (close !== void 0) return `Did you mean '${printable(close)}'?`;
  const rest = existing.filter((name) => name !== preferred2);
  const listed2 = [...preferred2 === void 0 ? [] : [preferred2], ...rest].slice(0, MAX_LISTED);
  const more = existing.length > listed2.length ? ` and ${existing.length - listed2.length} more` : "";
  return `Use a branch that the remote has: ${listed2.map((text2) => printable(text2)).join(", ")}${more}.`;
}

// src/repository/credentials.ts
var NONE = { config: [], secrets: [] };
var EXTRA_HEADER = /^http\.(?:(.+)\.)?extraheader$/i;
function tokenCredentials(facts) {
  const { token } = facts;
  const server = webUrl(facts.serverUrl ?? "");
  if (token === void 0 || server === null || token.reveal().trim() === "") return NONE;
  const targets = facts.urls.map(webUrl).filter((url) => url?.origin === server.origin);
  const wanting = targets.every((url) => url !== null && url.password === "" && !hasHeader(facts.config, url));
  if (targets.length === 0 || !wanting) return NONE;
  const basic = Buffer.from(`x-access-token:${token.reveal().trim()}`).toString("base64");
  return {
    config: [
      [`http.${server.origin}/.extraheader`, `AUTHORIZATION: basic ${basic}`],
      [`http.${server.origin}/.followredirects`, "false"]
    ],
    secrets: [token.reveal().trim(), basic]
  };
}
function passwordsIn(urls) {
  return urls.flatMap((url) => {
    const password = webUrl(url)?.password ?? "";
    if (password === "") return [];
    return [password, decoded(password)];
  });
}
function hasHeader(config, url) {
  return config.some(([key, value]) => {
    const match = EXTRA_HEADER.exec(key);
    if (match === null || !/^authorization\s*:/i.test(value)) return false;
    const scope = match[1];
    return scope === void 0 || covers2(scope, url);
  });
}
function covers2(scope, url) {
  const pattern = webUrl(scope);
  if (pattern === null || pattern.origin !== url.origin) return false;
  const path6 = pattern.pathname.replace(/\/$/, "");
  return path6 === "" || url.pathname === path6 || url.pathname.startsWith(`${path6}/`);
}
function webUrl(text2) {
  const url = URL.parse(text2);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
}
function decoded(text2) {
  try {
    return decodeURIComponent(text2);
  } catch {
    return text2;
  }
}

// src/repository/git-environment.ts
var REDIRECTING = /* @__PURE__ */ new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_DIR",
  "GIT_GLOB_PATHSPECS",
  "GIT_GRAFT_FILE",
  "GIT_ICASE_PATHSPECS",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_LITERAL_PATHSPECS",
  "GIT_NAMESPACE",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE"
]);
var TRACING = /^GIT_(?:TRACE|CURL_VERBOSE)/;
var SETTINGS = [
  // No program of the repository or the user runs: hooks, file system monitors, signing, maintenance.
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["push.gpgSign", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"],
  ["fetch.writeCommitGraph", "false"],
  ["credential.interactive", "false"],
  // A remote of the form `ext::command` would run the command.
  ["protocol.ext.allow", "never"],
  // Messages are read by this program.
  ["color.ui", "false"],
  ["color.push", "false"],
  ["color.remote", "false"],
  ["color.transport", "false"],
  ["i18n.commitEncoding", "UTF-8"],
  ["submodule.recurse", "false"],
  // A transfer without a byte for a minute has died: git itself would wait for ever.
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "60"]
];
function settingArguments() {
  return SETTINGS.flatMap(([key, value]) => ["-c", `${key}=${value}`]);
}
function gitEnvironment(env) {
  const clean = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === void 0 || REDIRECTING.has(name) || TRACING.test(name)) continue;
    clean[name] = name === "GIT_ALLOW_PROTOCOL" ? withoutExt(value) : value;
  }
  return {
    ...clean,
    GCM_INTERACTIVE: "never",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LANGUAGE: "C",
    LC_ALL: "C"
  };
}
function withConfig(env, entries) {
  if (entries.length === 0) return env;
  const given = env["GIT_CONFIG_COUNT"] ?? "";
  const first = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  const result = { ...env, GIT_CONFIG_COUNT: String(first + entries.length) };
  for (const [index, [key, value]] of entries.entries()) {
    result[`GIT_CONFIG_KEY_${first + index}`] = key;
    result[`GIT_CONFIG_VALUE_${first + index}`] = value;
  }
  return result;
}
function withoutExt(protocols) {
  return protocols.split(":").filter((protocol) => protocol !== "ext").join(":");
}

// src/repository/safe-text.ts
var MAX_LENGTH2 = 300;
var PROGRESS = /^(?:Enumerating|Counting|Compressing|Resolving|Unpacking|Writing|Receiving|Processing|Total) /;
function withoutCredentials(text2) {
  return text2.replace(
    /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s'"]+/gi,
    (url) => (
      // A password may hold '@' itself: everything up to the last one before the path goes.
      url.replace(/^([^/]+\/\/)[^/]*@/, "$1***@").replace(/[?#].*$/s, "")
    )
  );
}
function failureReason(stderr) {
  const lines2 = linesOf6(stderr);
  const line = lines2.find((candidate) => candidate.startsWith("fatal: ")) ?? lines2.find((candidate) => candidate.startsWith("error: ")) ?? lines2.at(-1) ?? "";
  return printable(line.replace(/^(?:fatal|error): /, ""), { longest: MAX_LENGTH2 });
}
function remoteWords(stderr) {
  const said = linesOf6(stderr).filter((line) => line.startsWith("remote:")).map((line) => line.slice("remote:".length).trim()).filter((line) => line !== "" && !PROGRESS.test(line)).map((line) => line.replace(/^(?:fatal|error): /, ""));
  return printable(said.join(" "), { longest: MAX_LENGTH2 });
}
function linesOf6(text2) {
  return text2.split(/[\r\n]+/).map((line) => line.trimEnd()).filter((line) => line !== "");
}

// src/repository/git.ts
var LOCAL_TIMEOUT_MS = 12e4;
function createGit(options) {
  const { directory, redactor } = options;
  const base = gitEnvironment(options.env);
  const settings = settingArguments();
  const redact = (text2) => redactor.redact(withoutCredentials(text2));
  async function run3(args, call = {}) {
    const result = await exec("git", [...settings, ...args], {
      cwd: directory,
      env: withConfig({ ...base, ...call.env }, call.config ?? []),
      timeoutMs: call.timeoutMs ?? LOCAL_TIMEOUT_MS,
      signal: call.signal,
      ...call.input === void 0 ? {} : { input: call.input }
    });
    return { ...result, stderr: redact(result.stderr) };
  }
  return {
    directory,
    run: run3,
    redact,
    async output(args, call) {
      const result = await run3(args, call);
      if (result.exitCode !== 0) throw gitFailed(args, result);
      return result.stdout;
    }
  };
}
function gitFailed(args, result) {
  const reason2 = failureReason(result.stderr);
  const said = reason2 === "" ? "" : `: ${reason2}`;
  return new RepositoryError("GIT_FAILED", `git ${args[0] ?? ""} failed (exit code ${result.exitCode})${said}`);
}

// src/repository/remote-failure.ts
var UNREACHABLE = { code: "REMOTE_UNREACHABLE", message: "the remote cannot be reached" };
var RULES = [
  {
    pattern: /couldn't find remote ref|remote branch .{1,300} not found/i,
    code: "BRANCH_NOT_FOUND",
    transient: false,
    message: "the remote has no such branch"
  },
  {
    // A permanent move is answered with a redirect, which is not followed while a token is being sent.
    pattern: /returned error: 30[1278]|unable to update url base from redirection/i,
    ...UNREACHABLE,
    transient: false,
    message: "the remote redirects to another address",
    hint: "Set the remote's URL to the repository's present address with 'git remote set-url'."
  },
  {
    pattern: /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|returned error: 40[13]|Permission denied \(|Permission to .{1,300} denied|Write access to repository not granted|Invalid username or (?:password|token)|Access denied/i,
    code: "REMOTE_UNAUTHORIZED",
    transient: false,
    message: "the remote refuses these credentials",
    hint: "Give the job 'permissions: contents: write' and pass its token, or check out with 'persist-credentials: true'; on a terminal, log in with git's credential helper."
  },
  {
    pattern: /Host key verification failed/i,
    code: "REMOTE_UNAUTHORIZED",
    transient: false,
    message: "the remote's host key is not known",
    hint: "Add the host's public key to known_hosts."
  },
  {
    pattern: /Could not resolve host|unable to look up|Name or service not known|Temporary failure in name resolution/i,
    ...UNREACHABLE,
    transient: true,
    message: "the remote's host name cannot be resolved",
    hint: "Check the remote's URL and the network."
  },
  {
    pattern: /returned error: (?:408|429|5\d\d)|HTTP (?:408|429|5\d\d)|Connection (?:timed out|refused|reset|closed|was reset)|Couldn't connect|Could(?:n't| not) connect|Failed to connect|Operation timed out|Operation too slow|timed? ?out after|early EOF|unexpected disconnect|hung up unexpectedly|RPC failed|Empty reply from server|transfer closed|SSL_(?:connect|read|ERROR_SYSCALL)|GnuTLS recv error|TLS connection was non-properly terminated|HTTP\/2 (?:stream|framing)|Network is unreachable|No route to host|Recv failure|Send failure|Broken pipe/i,
    ...UNREACHABLE,
    transient: true
  },
  {
    pattern: /Repository not found|repository '.{1,2000}' not found|returned error: 404|does not appear to be a git repository|no such device or address/i,
    code: "REMOTE_NOT_FOUND",
    transient: false,
    message: "the remote has no such repository, or does not show it to these credentials",
    hint: "Check the remote's URL, and that the credentials may read the repository."
  },
  {
    // Another git process works in the same repository; it will be done in a moment.
    pattern: /shallow file has changed|\.lock': File exists|cannot lock ref 'refs\/towpath\//i,
    code: "GIT_FAILED",
    transient: true,
    message: "another git process holds a lock in this repository",
    hint: "Wait for it to end, or remove the lock file it has left."
  },
  {
    pattern: /Could not read from remote repository/i,
    ...UNREACHABLE,
    transient: false,
    hint: "Check the remote's URL, and that these credentials may use it."
  }
];
function explainRemoteFailure(stderr) {
  const rule = RULES.find((candidate) => candidate.pattern.test(stderr));
  if (rule === void 0) return null;
  const { pattern: _, ...failure4 } = rule;
  return failure4;
}

// src/repository/remote.ts
var TRANSFER_TIMEOUT_MS = 5 * 6e4;
var ATTEMPTS = 3;
var FIRST_PAUSE_MS = 1e3;
async function openRemote(git, options, signal) {
  const { name, clock: clock2 } = options;
  const [fetchUrls, pushUrls, listing] = await Promise.all([
    remoteUrls(git, { name, push: false, signal }),
    remoteUrls(git, { name, push: true, signal }),
    git.output(["config", "--list", "-z"], { signal })
  ]);
  const urls = [...fetchUrls, ...pushUrls];
  const config = parseConfig(listing);
  const credentials = tokenCredentials({ urls, token: options.githubToken, serverUrl: options.serverUrl, config });
  for (const value of [...credentials.secrets, ...passwordsIn(urls)]) {
    options.redactor.add(value);
    options.mask(new Secret(value));
  }
  return {
    name,
    label: `${name} (${printable(withoutCredentials(fetchUrls[0] ?? ""))})`,
    promisor: promisorOf(config, name),
    call: {
      config: [...credentials.config, [`remote.${name}.followRemoteHEAD`, "never"]],
      env: quietSsh(options.env, config),
      timeoutMs: TRANSFER_TIMEOUT_MS
    },
    async mayRetry(attempt2, retrySignal) {
      if (attempt2 >= ATTEMPTS) return false;
      await clock2.sleep(FIRST_PAUSE_MS * 2 ** (attempt2 - 1), retrySignal);
      return true;
    }
  };
}
async function exchange(git, remote, request) {
  for (let attempt2 = 1; ; attempt2++) {
    const result = await runTransfer(git, remote, request);
    if (result.exitCode === 0) return result.stdout;
    const transient = explainRemoteFailure(result.stderr)?.transient ?? false;
    if (transient && await remote.mayRetry(attempt2, request.signal)) continue;
    throw remoteError(remote, request, result);
  }
}
async function runTransfer(git, remote, request) {
  try {
    return await git.run(request.args, { ...remote.call, input: request.input, signal: request.signal });
  } catch (error) {
    const code18 = "COMMAND_TIMEOUT";
    if (!(error instanceof TowpathError) || error.code !== code18) throw error;
    const seconds2 = TRANSFER_TIMEOUT_MS / 1e3;
    const message = `cannot ${request.purpose} ${remote.label}: no end after ${seconds2} s`;
    throw new RepositoryError("REMOTE_UNREACHABLE", message, { subject: request.subject, cause: error });
  }
}
function remoteError(remote, request, result) {
  const failure4 = explainRemoteFailure(result.stderr);
  if (failure4 === null) return gitFailed(request.args, result);
  const reason2 = remoteWords(result.stderr) || failureReason(result.stderr);
  const detail = reason2 === "" ? "" : `: ${reason2}`;
  return new RepositoryError(failure4.code, `cannot ${request.purpose} ${remote.label}: ${failure4.message}${detail}`, {
    subject: request.subject,
    hint: failure4.hint
  });
}
async function remoteUrls(git, which) {
  const args = ["remote", "get-url", "--all", ...which.push ? ["--push"] : [], "--", which.name];
  const result = await git.run(args, { signal: which.signal });
  const urls = result.stdout.toString("utf8").split("\n").filter((line) => line !== "");
  if (result.exitCode === 0 && urls.length > 0) return urls;
  if (result.exitCode === 0 || /No such remote|No URLs configured/.test(result.stderr)) {
    throw new RepositoryError("NO_REMOTE", `the repository has no remote named ${printable(which.name)}`, {
      hint: `Add it with 'git remote add ${printable(which.name)} URL': branches are read from it and commits are pushed to it.`
    });
  }
  throw gitFailed(args, result);
}
function parseConfig(listing) {
  return listing.toString("utf8").split("\0").filter((entry) => entry !== "").map((entry) => {
    const end = entry.indexOf("\n");
    return end === -1 ? [entry, "true"] : [entry.slice(0, end), entry.slice(end + 1)];
  });
}
function promisorOf(config, preferred2) {
  const names = config.flatMap(([key, value]) => {
    if (key === "extensions.partialclone") return [value];
    const name = /^remote\.(.+)\.promisor$/.exec(key)?.[1];
    return name === void 0 || value === "false" ? [] : [name];
  });
  return names.includes(preferred2) ? preferred2 : names[0] ?? null;
}
function quietSsh(env, config) {
  const isChosen = env["GIT_SSH_COMMAND"] !== void 0 || env["GIT_SSH"] !== void 0;
  if (isChosen || config.some(([key]) => key === "core.sshcommand")) return {};
  return { GIT_SSH_COMMAND: "ssh -o BatchMode=yes" };
}

// src/repository/branch-head.ts
async function fetchBranchHead(request) {
  const { git, remote, branch, signal } = request;
  await requireBranchName(git, branch, signal);
  const ref = ownRef(branch);
  const args = [
    "fetch",
    "--no-tags",
    "--no-prune",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--no-auto-maintenance",
    // Without this the remote-tracking branch would move as well.
    "--refmap=",
    ...await depthArguments(request),
    "--",
    remote.name,
    `+refs/heads/${branch}:${ref}`
  ];
  try {
    await exchange(git, remote, { args, purpose: `fetch ${printable(branch)} from`, subject: branch, signal });
  } catch (error) {
    if (error instanceof RepositoryError && error.code === "BRANCH_NOT_FOUND") throw await branchNotFound(request);
    throw error;
  }
  const sha = await git.output(["rev-parse", "--verify", `${ref}^{commit}`], { signal });
  return sha.toString("latin1").trim();
}
async function remoteHead(request) {
  const { git, remote, branch, signal } = request;
  const args = ["ls-remote", "--refs", "--", remote.name, `refs/heads/${branch}`];
  const listing = await exchange(git, remote, {
    args,
    purpose: `read ${printable(branch)} of`,
    subject: branch,
    signal
  });
  return parseRefs(listing).get(`refs/heads/${branch}`) ?? null;
}
function ownRef(branch) {
  return `refs/towpath/${createHash("sha256").update(branch).digest("hex").slice(0, 40)}`;
}
async function depthArguments(request) {
  const { git, remote, branch, signal } = request;
  const shallow = await git.output(["rev-parse", "--is-shallow-repository"], { signal });
  if (shallow.toString("latin1").trim() !== "true") return [];
  for (const known of [`refs/remotes/${remote.name}/${branch}`, ownRef(branch), "HEAD"]) {
    const args = ["rev-list", "--first-parent", "--count", known, "--"];
    const counted = await git.run(args, { ...remote.call, signal });
    const depth = counted.stdout.toString("latin1").trim();
    if (counted.exitCode === 0 && /^[1-9]\d*$/.test(depth)) return [`--depth=${depth}`];
  }
  return ["--depth=1"];
}
async function branchNotFound(request) {
  const { git, remote, branch, signal } = request;
  const args = ["ls-remote", "--symref", "--", remote.name, "HEAD", "refs/heads/*"];
  const listing = await exchange(git, remote, { args, purpose: "list the branches of", subject: branch, signal });
  const names = [...parseRefs(listing).keys()].filter((name) => name.startsWith("refs/heads/")).map((name) => name.slice("refs/heads/".length));
  const head = /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(listing.toString("utf8"))?.[1];
  return new RepositoryError("BRANCH_NOT_FOUND", `${remote.label} has no branch ${printable(branch)}`, {
    subject: branch,
    hint: branchHint(branch, names, head !== void 0 && names.includes(head) ? head : void 0)
  });
}
function parseRefs(listing) {
  const refs = /* @__PURE__ */ new Map();
  for (const line of listing.toString("utf8").split("\n")) {
    const [oid = "", name = ""] = line.split("	");
    if (/^[0-9a-f]{40,64}$/.test(oid) && name !== "") refs.set(name, oid);
  }
  return refs;
}

// src/repository/history-depth.ts
var SLACK = 50;
async function deepen(request) {
  const { git, remote, branch, depth, signal } = request;
  if (!await endsEarly(request)) return;
  const args = [
    ...["fetch", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-recurse-submodules"],
    ...["--no-auto-maintenance", "--refmap=", `--depth=${depth + SLACK}`, "--", remote.name, `refs/heads/${branch}`]
  ];
  await exchange(git, remote, {
    args,
    purpose: `fetch the history of ${printable(branch)} from`,
    subject: branch,
    signal
  });
}
async function endsEarly({ git, remote, revision, depth, signal }) {
  const shallow = await git.output(["rev-parse", "--is-shallow-repository"], { signal });
  if (shallow.toString("latin1").trim() !== "true") return false;
  const call = { ...remote.call, signal };
  const args = ["rev-list", "--first-parent", `--max-count=${depth}`, revision, "--"];
  const commits = (await git.output(args, call)).toString("latin1").trim().split("\n");
  const last = commits.at(-1) ?? revision;
  if (commits.length >= depth) return false;
  const commit = await git.output(["cat-file", "commit", last], call);
  const [header = ""] = commit.toString("latin1").split("\n\n", 1);
  return /^parent /m.test(header);
}

// src/repository/history-log.ts
var LOG_FORMAT = "%x01%H%x00%an%x00%ct%x00%B%x00";
var MAX_MESSAGE2 = 2e4;
function parseLog(output, paths) {
  const tokens = output.toString("utf8").split("\0");
  const commits = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = (tokens[index] ?? "").replace(/^\n/, "");
    if (token.startsWith("")) {
      const [author = "", seconds2 = "", message = ""] = tokens.slice(index + 1, index + 4);
      const committedMs = Number(seconds2) * 1e3;
      const files = /* @__PURE__ */ new Map();
      commits.push({ revision: token.slice(1), author, committedMs, message: message.slice(-MAX_MESSAGE2), files });
      index += 3;
    } else if (token.startsWith(":")) {
      const path6 = tokens[++index] ?? "";
      if (paths.has(path6)) commits.at(-1)?.files.set(path6, newObject(token));
    }
  }
  return commits;
}
function newObject(record) {
  const [, mode = "", , oid = ""] = record.split(" ");
  return mode.startsWith("100") && !/^0+$/.test(oid) ? oid : null;
}

// src/repository/object-store.ts
var BATCH_BYTES = 64 * 1024 * 1024;
async function missingObjects(store, signal) {
  if (store.remote.promisor === null) return /* @__PURE__ */ new Set();
  const walk = store.commits === void 0 ? ["--no-walk"] : ["--first-parent", `--max-count=${store.commits}`];
  const args = ["rev-list", "--objects", "--no-object-names", ...walk, "--missing=print", store.revision, "--"];
  const listing = await store.git.output(args, callOf(store, signal));
  const missing = listing.toString("latin1").split("\n").filter((line) => line.startsWith("?"));
  return new Set(missing.map((line) => line.slice(1)));
}
async function fetchMissing(store, oids, signal) {
  const missing = store.missing ?? await missingObjects(store, signal);
  const wanted = [...new Set(oids)].filter((oid) => missing.has(oid));
  const { promisor } = store.remote;
  if (wanted.length === 0 || promisor === null) return;
  const args = [
    // The objects asked for are known to be missing: there is nothing to negotiate.
    ...["-c", "fetch.negotiationAlgorithm=noop"],
    ...["fetch", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"],
    ...["--filter=blob:none", "--stdin", "--", promisor]
  ];
  const input = `${wanted.join("\n")}
`;
  await exchange(store.git, store.remote, { args, purpose: "fetch missing files from", input, signal });
  for (const oid of wanted) missing.delete(oid);
}
async function objectSizes(store, oids, signal) {
  const sizes = /* @__PURE__ */ new Map();
  if (oids.length === 0) return sizes;
  const args = ["cat-file", "--batch-check=%(objectname) %(objectsize)", "--buffer"];
  const listing = await store.git.output(args, { ...callOf(store, signal), input: `${oids.join("\n")}
` });
  for (const line of listing.toString("latin1").split("\n")) {
    const [oid = "", size = ""] = line.split(" ");
    if (/^\d+$/.test(size)) sizes.set(oid, Number(size));
  }
  return sizes;
}
async function readBlobs(store, blobs, signal) {
  const contents = /* @__PURE__ */ new Map();
  for (const batch of batches(blobs)) {
    const call = { ...callOf(store, signal), input: `${batch.join("\n")}
` };
    const output = await store.git.output(["cat-file", "--batch", "--buffer"], call);
    for (const [oid, bytes] of parseBatch(output)) contents.set(oid, bytes);
  }
  return contents;
}
function* parseBatch(output) {
  let position = 0;
  while (position < output.length) {
    const end = output.indexOf(10, position);
    if (end === -1) return;
    const [oid = "", , size] = output.toString("latin1", position, end).split(" ");
    position = end + 1;
    if (size === void 0) continue;
    const length = Number(size);
    yield [oid, new Uint8Array(output.buffer, output.byteOffset + position, length)];
    position += length + 1;
  }
}
function batches(blobs) {
  const result = [];
  let room = 0;
  for (const [oid, size] of blobs) {
    if (size > room || result.length === 0) {
      result.push([]);
      room = BATCH_BYTES;
    }
    result.at(-1)?.push(oid);
    room -= size;
  }
  return result;
}
function callOf(store, signal) {
  return store.remote.promisor !== null ? { ...store.remote.call, signal } : { signal };
}

// src/repository/history.ts
var MAX_BYTES = 64 * 1024 * 1024;
var MAX_PATH_CHARACTERS = 16e3;
async function readHistory(options) {
  const { git, remote, request, signal } = options;
  const { branch, revision } = request.snapshot;
  if (revision === null || request.paths.length === 0) return [];
  if (remote === null && await isPartial(git, signal)) return [];
  const store = { git, remote: remote ?? NOBODY, revision, commits: request.limit };
  if (remote !== null && branch !== null) {
    await deepen({ git, remote, branch, revision, depth: request.limit, signal });
  }
  const commits = await log(store, request, signal);
  const contents = await readVersions(store, commits, options);
  return commits.map(({ files, ...commit }) => ({
    ...commit,
    files: new Map([...files].map(([path6, oid]) => [path6, contents.get(oid ?? "") ?? null]))
  }));
}
async function log(store, { paths, limit }, signal) {
  const isShort = paths.reduce((sum, path6) => sum + path6.length + 1, 0) <= MAX_PATH_CHARACTERS;
  const args = [
    "--literal-pathspecs",
    ...["-c", "log.showRoot=true", "-c", "log.follow=false"],
    ...["log", "--first-parent", "--diff-merges=first-parent", `--max-count=${limit}`, `--format=${LOG_FORMAT}`],
    ...["--raw", "-r", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-show-signature"],
    // With `--sparse` the commits that change none of the paths are told as well: their messages may matter.
    ...["--sparse", store.revision, "--", ...isShort ? paths : []]
  ];
  return parseLog(await store.git.output(args, callOf2(store, signal)), new Set(paths));
}
async function readVersions(store, commits, { maxFileBytes, signal }) {
  const wanted = new Set(commits.flatMap(({ files }) => [...files.values()].filter((oid) => oid !== null)));
  await fetchMissing(store, [...wanted], signal);
  const sizes = await objectSizes(store, [...wanted], signal);
  const chosen = /* @__PURE__ */ new Map();
  let room = MAX_BYTES;
  for (const oid of wanted) {
    const size = sizes.get(oid) ?? Number.POSITIVE_INFINITY;
    if (size > maxFileBytes || size > room) continue;
    chosen.set(oid, size);
    room -= size;
  }
  return readBlobs(store, chosen, signal);
}
async function isPartial(git, signal) {
  const pattern = "^(extensions\\.partialclone|remote\\..*\\.promisor)$";
  return (await git.run(["config", "--get-regexp", pattern], { signal })).exitCode === 0;
}
function callOf2({ remote }, signal) {
  return remote.promisor !== null ? { ...remote.call, signal } : { signal };
}
var NOBODY = { name: "", label: "", promisor: null, call: {}, mayRetry: async () => false };

// src/repository/new-tree.ts
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as join3 } from "node:path";

// src/repository/file-name.ts
import { isUtf8 } from "node:buffer";
function decodeName(raw) {
  if (isAscii(raw)) return { path: raw, isUtf8: true };
  const bytes = Buffer.from(raw, "latin1");
  return { path: bytes.toString("utf8"), isUtf8: isUtf8(bytes) };
}
function encodeName(path6) {
  return isAscii(path6) ? path6 : Buffer.from(path6, "utf8").toString("latin1");
}
function isInside(path6) {
  return path6 !== "" && !path6.includes("\0") && path6.split("/").every(isOrdinary);
}
function isOrdinary(component) {
  return component !== "" && component !== "." && component !== ".." && component.toLowerCase() !== ".git";
}
function isAscii(text2) {
  for (let index = 0; index < text2.length; index++) if (text2.charCodeAt(index) > 127) return false;
  return true;
}

// src/repository/new-records.ts
function newRecords(listed2, changes) {
  const wanted = changes.filter((change) => change.isNew === true);
  if (wanted.length === 0) return [];
  const types = new Map(listed2.map((record) => [record.name, record.type]));
  const made = [];
  for (const { path: path6 } of wanted) {
    if (!isInside(path6)) throw invalid3(path6, "is no path inside the repository");
    const name = encodeName(path6);
    if (types.has(name)) throw invalid3(path6, "is in the commit already, and was to be a new file");
    for (const directory of directoriesAbove(name)) {
      const type = types.get(directory);
      if (type === "tree") continue;
      if (type !== void 0) throw invalid3(path6, "would lie below something that is no directory");
      types.set(directory, "tree");
      made.push({ mode: "040000", type: "tree", oid: "", size: null, name: directory });
    }
    types.set(name, "blob");
    made.push({ mode: "100644", type: "blob", oid: "", size: null, name });
  }
  return made;
}
function directoriesAbove(name) {
  const components = name.split("/").slice(0, -1);
  return components.map((_, index) => components.slice(0, index + 1).join("/"));
}
function invalid3(path6, clause2) {
  const subject = printable(path6);
  return new RepositoryError("CHANGE_INVALID", `${subject} ${clause2}`, { subject });
}

// src/repository/tree-listing.ts
async function listTree(git, request) {
  const flags = [...request.sizes ? ["-l"] : [], ...request.trees ? ["-t"] : []];
  const args = ["ls-tree", "-r", "-z", "--full-tree", ...flags, request.revision];
  return parseListing(await git.output(args, request.call));
}
function parseListing(listing) {
  return listing.toString("latin1").split("\0").filter((line) => line !== "").map((line) => {
    const tab = line.indexOf("	");
    const [mode = "", type = "", oid = "", size = "-"] = line.slice(0, tab).split(/ +/);
    return { mode, type, oid, size: size === "-" ? null : Number(size), name: line.slice(tab + 1) };
  });
}
function kindOf(mode) {
  if (mode === "120000") return "symlink";
  if (mode === "160000") return "submodule";
  return (Number.parseInt(mode, 8) & 73) === 0 ? "file" : "executable";
}

// src/repository/new-tree.ts
async function writeTree(request) {
  const { git, revision, changes, call } = request;
  const listed2 = await listTree(git, { revision, sizes: false, trees: true, call });
  const records = [...listed2, ...newRecords(listed2, changes)];
  const blobs = await replacements(request, records);
  const isSame4 = records.every((record) => (blobs.get(record.name) ?? record.oid) === record.oid);
  if (changes.length === 0 || isSame4) throw invalid4("there is nothing to commit: no file changes");
  const tree = await writeDirectories(request, { records, blobs });
  await requireOnlyChanges(request, { tree, records, blobs });
  return tree;
}
async function replacements(request, records) {
  const modes = new Map(records.filter((record) => record.type === "blob").map((record) => [record.name, record.mode]));
  const names = /* @__PURE__ */ new Set();
  for (const change of request.changes) {
    const name = encodeName(change.path);
    const path6 = printable(change.path);
    const mode = modes.get(name);
    if (mode === void 0) throw invalid4(`${path6} is no file of the commit it would change`, path6);
    if (kindOf(mode) === "symlink") throw invalid4(`${path6} is a symbolic link, which is not replaced`, path6);
    if (names.has(name)) throw invalid4(`${path6} is to be changed twice in one commit`, path6);
    names.add(name);
  }
  const oids = await writeBlobs(request);
  return new Map([...names].map((name, index) => [name, oids[index] ?? ""]));
}
async function writeBlobs(request) {
  const { git, changes, call } = request;
  if (changes.length === 0) return [];
  const scratch = await mkdtemp(join3(tmpdir(), "towpath-blobs-"));
  try {
    const files = changes.map((_, index) => join3(scratch, String(index)));
    for (const [index, file] of files.entries()) await writeFile(file, changes[index]?.bytes ?? "", { mode: 384 });
    const args = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
    return lines(await git.output(args, { ...call, input: `${files.join("\n")}
` }));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
async function writeDirectories(request, replacement) {
  const { git, call } = request;
  const children = Map.groupBy(replacement.records, (record) => parentOf(record.name));
  const oids = new Map(replacement.blobs);
  let root = "";
  for (const level of levels([...replacement.blobs.keys()])) {
    const input = level.map((name) => treeInput(children.get(name) ?? [], oids)).join("\0");
    const args = ["mktree", "-z", "--missing", "--batch"];
    const written3 = lines(await git.output(args, { ...call, input: Buffer.from(input, "latin1") }));
    for (const [index, name] of level.entries()) oids.set(name, written3[index] ?? "");
    root = written3[0] ?? "";
  }
  return root;
}
function treeInput(records, oids) {
  return records.map(({ mode, type, oid, name }) => `${mode} ${type} ${oids.get(name) ?? oid}	${baseOf(name)}\0`).join("");
}
function levels(names) {
  const result = [/* @__PURE__ */ new Set([""])];
  for (const name of names) {
    const components = name.split("/");
    for (let depth = 1; depth < components.length; depth++) {
      result[depth] ??= /* @__PURE__ */ new Set();
      result[depth]?.add(components.slice(0, depth).join("/"));
    }
  }
  return result.map((level) => [...level]).reverse();
}
async function requireOnlyChanges(request, made) {
  const listed2 = await listTree(request.git, { revision: made.tree, sizes: false, trees: false, call: request.call });
  const after = new Map(listed2.map((record) => [record.name, record]));
  const planned = made.records.filter((record) => record.type !== "tree");
  const isAsPlanned = listed2.length === planned.length && planned.every((record) => {
    const now = after.get(record.name);
    const oid = made.blobs.get(record.name) ?? record.oid;
    return now?.mode === record.mode && now.type === record.type && now.oid === oid;
  });
  if (!isAsPlanned)
    throw new RepositoryError("GIT_FAILED", "git made a tree that differs in more than the changed files");
}
function parentOf(name) {
  const slash = name.lastIndexOf("/");
  return slash === -1 ? "" : name.slice(0, slash);
}
function baseOf(name) {
  return name.slice(name.lastIndexOf("/") + 1);
}
function lines(output) {
  return output.toString("latin1").split("\n").filter((line) => line !== "");
}
function invalid4(message, subject) {
  return new RepositoryError("CHANGE_INVALID", message, { subject });
}

// src/repository/push-reply.ts
var STALE = /stale info|fetch first|non-fast-forward|needs force|remote ref updated since checkout|already exists/;
var CONTENDED = /cannot lock ref|failed to (?:update ref|lock)|unable to (?:lock|update) ref|is at .{1,200} but expected|incorrect old value|reference already exists|expected old/i;
function parsePushReply(stdout, ref) {
  for (const line of stdout.split("\n")) {
    const [flag = "", refs = "", summary = ""] = line.split("	");
    if (!refs.endsWith(`:${ref}`)) continue;
    if (flag === "=") return { kind: "up-to-date" };
    if (flag !== "!") return { kind: "accepted" };
    return parseRejection(summary);
  }
  return { kind: "none" };
}
function parseRejection(summary) {
  const reason2 = /\((.*)\)\s*$/s.exec(summary)?.[1] ?? summary;
  if (summary.startsWith("[remote failure]")) return { kind: "unreported" };
  if (summary.startsWith("[rejected]") && STALE.test(reason2)) return { kind: "stale" };
  const isContended = summary.startsWith("[remote rejected]") && CONTENDED.test(reason2);
  return { kind: isContended ? "contended" : "refused", reason: printable(reason2) };
}

// src/repository/push-commit.ts
async function pushCommit(request) {
  const { branch, revision } = request.commit.snapshot;
  if (branch === null || revision === null) {
    throw new RepositoryError("CHANGE_INVALID", "a commit needs the snapshot of a branch, not the working tree");
  }
  const sha = await writeCommit(request, revision);
  const result = await pushUntilAnswered(request, { branch, parent: revision, sha });
  if (result.kind === "pushed") await rememberHead(request.git, { branch, sha });
  return result;
}
async function rememberHead(git, head) {
  try {
    await git.run(["update-ref", ownRef(head.branch), head.sha]);
  } catch {
  }
}
async function writeCommit(request, parent) {
  const { git, remote, clock: clock2, commit, signal } = request;
  const call = remote.promisor !== null ? { ...remote.call, signal } : { signal };
  const isEmpty2 = commit.changes.length === 0 && commit.evenEmpty === true;
  const tree = isEmpty2 ? `${parent}^{tree}` : await writeTree({ git, revision: parent, changes: commit.changes, call });
  const date = `@${Math.floor(clock2.now() / 1e3)} +0000`;
  const env = {
    ...call.env,
    GIT_AUTHOR_NAME: commit.author.name,
    GIT_AUTHOR_EMAIL: commit.author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: commit.author.name,
    GIT_COMMITTER_EMAIL: commit.author.email,
    GIT_COMMITTER_DATE: date
  };
  const input = commit.message.endsWith("\n") ? commit.message : `${commit.message}
`;
  const args = ["commit-tree", "--no-gpg-sign", "-p", parent, "-F", "-", tree];
  return (await git.output(args, { ...call, env, input })).toString("latin1").trim();
}
async function pushUntilAnswered(request, move) {
  const { git, remote, signal } = request;
  let wasLost = false;
  for (let attempt2 = 1; ; attempt2++) {
    const result = await runTransfer(git, remote, exchangeFor(request, move));
    const reply = parsePushReply(git.redact(result.stdout.toString("utf8")), `refs/heads/${move.branch}`);
    if (reply.kind === "accepted") return { kind: "pushed", sha: move.sha };
    if (reply.kind === "stale") return { kind: "moved" };
    if (reply.kind !== "up-to-date") {
      const failure4 = pushFailure(request, { move, reply, result });
      if (!failure4.isRetryable) throw failure4.error;
      wasLost ||= reply.kind !== "contended";
      const head = await remoteHead({ git, remote, branch: move.branch, signal });
      if (head === move.parent) {
        if (await remote.mayRetry(attempt2, signal)) continue;
        throw failure4.error;
      }
      if (head !== move.sha) return { kind: "moved" };
    }
    return wasLost ? { kind: "pushed", sha: move.sha } : { kind: "moved" };
  }
}
function exchangeFor(request, move) {
  const ref = `refs/heads/${move.branch}`;
  return {
    args: [
      "push",
      "--porcelain",
      "--no-verify",
      "--no-follow-tags",
      "--recurse-submodules=no",
      // Compare and swap: plain fast-forward would also move a branch that was set back to an older commit.
      // With a child of the expected commit, the only thing that the lease lets pass is a fast-forward.
      `--force-with-lease=${ref}:${move.parent}`,
      "--",
      request.remote.name,
      `${move.sha}:${ref}`
    ],
    purpose: `push to ${printable(move.branch)} of`,
    subject: move.branch,
    signal: request.signal
  };
}
function pushFailure(request, failed7) {
  const { move, reply, result } = failed7;
  if (reply.kind === "refused" || reply.kind === "contended") {
    return {
      error: rejected(request, { move, reason: reply.reason, result }),
      isRetryable: reply.kind === "contended"
    };
  }
  const error = remoteError(request.remote, exchangeFor(request, move), result);
  const isRetryable = reply.kind === "unreported" || explainRemoteFailure(result.stderr)?.transient === true;
  return { error, isRetryable };
}
function rejected(request, refusal) {
  const branch = printable(refusal.move.branch);
  const words = remoteWords(refusal.result.stderr);
  const detail = words === "" ? "" : `: ${words}`;
  const message = `cannot push to ${branch} of ${request.remote.label}: rejected (${refusal.reason})${detail}`;
  return new RepositoryError("PUSH_REJECTED", message, {
    subject: refusal.move.branch,
    hint: `Allow the identity that pushes to bypass the protection of ${branch}, or let changes go through pull requests.`
  });
}

// src/repository/tree-snapshot.ts
import { isUtf8 as isUtf82 } from "node:buffer";

// src/repository/readable-file.ts
function indexFiles(listed2) {
  const sorted = [...listed2].sort((a, b) => compare3(a.entry.path, b.entry.path));
  const files = /* @__PURE__ */ new Map();
  for (const file of sorted) {
    const isTaken = files.has(file.entry.path);
    files.set(file.entry.path, isTaken ? { ...file, nameIsUtf8: false } : file);
  }
  return files;
}
function refuseToRead(files, path6, maxBytes) {
  const file = files.get(path6);
  if (file === void 0) return fileProblem("FILE_NOT_FOUND", path6, "no such file");
  if (!file.nameIsUtf8) {
    return fileProblem("FILE_NAME_INVALID", path6, "the name of this file is not UTF-8", "Rename the file.");
  }
  const { kind, size } = file.entry;
  if (kind !== "file" && kind !== "executable") {
    const what = kind === "symlink" ? "a symbolic link, which is not followed" : "a submodule, which is not entered";
    return fileProblem("FILE_NOT_REGULAR", path6, `cannot be read: it is ${what}`);
  }
  return size > maxBytes ? tooLarge({ path: path6, size, maxBytes }) : null;
}
function tooLarge(file) {
  const message = `cannot be read: ${file.size} bytes are more than the ${file.maxBytes} allowed`;
  return fileProblem(
    "FILE_TOO_LARGE",
    file.path,
    message,
    "Split the file, or move it out of the paths of the environment."
  );
}
function fileProblem(code18, path6, message, hint) {
  return { severity: "error", code: code18, message, subject: printable(path6), hint };
}
function compare3(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/repository/tree-snapshot.ts
var MAX_TARGET_BYTES = 4096;
async function treeSnapshot(options) {
  const { branch, maxFileBytes, signal } = options;
  const { listed: listed2, missing } = await listFiles(options.store, signal);
  const store = { ...options.store, missing };
  const files = indexFiles(listed2.filter(({ entry }) => isInside(entry.path)));
  return {
    branch,
    revision: store.revision,
    entries: [...files.values()].map(({ entry }) => entry),
    read: (paths, readSignal) => readFiles2({ store, files, paths, maxBytes: maxFileBytes, signal: readSignal }),
    links: (paths, readSignal) => readLinks({ store, files, paths, signal: readSignal })
  };
}
async function listFiles(store, signal) {
  const { git, remote, revision } = store;
  const call = remote.promisor !== null ? { ...remote.call, signal } : { signal };
  const records = await listTree(git, { revision, sizes: remote.promisor === null, trees: false, call });
  const missing = await missingObjects(store, signal);
  const sizes = remote.promisor !== null ? await localSizes({ ...store, missing }, records, signal) : /* @__PURE__ */ new Map();
  const listed2 = records.map((record) => {
    const { path: path6, isUtf8: isUtf84 } = decodeName(record.name);
    const size = record.size ?? sizes.get(record.oid) ?? 0;
    return { entry: { path: path6, kind: kindOf(record.mode), size }, nameIsUtf8: isUtf84, where: { oid: record.oid } };
  });
  return { listed: listed2, missing };
}
async function localSizes(store, records, signal) {
  const blobs = records.filter((record) => record.type === "blob" && store.missing?.has(record.oid) !== true);
  return objectSizes(
    store,
    blobs.map((record) => record.oid),
    signal
  );
}
async function readLinks({ store, files, paths, signal }) {
  const links = paths.flatMap((path6) => {
    const file = files.get(path6);
    return file?.entry.kind === "symlink" && file.nameIsUtf8 ? [[path6, file.where.oid]] : [];
  });
  const oids = [...new Set(links.map(([, oid]) => oid))];
  await fetchMissing(store, oids, signal);
  const sizes = await objectSizes(store, oids, signal);
  const contents = await readBlobs(store, new Map([...sizes].filter(([, size]) => size <= MAX_TARGET_BYTES)), signal);
  return new Map(
    links.flatMap(([path6, oid]) => {
      const bytes = contents.get(oid);
      return bytes !== void 0 && isUtf82(bytes) ? [[path6, Buffer.from(bytes).toString("utf8")]] : [];
    })
  );
}
async function readFiles2(request) {
  const { store, files, paths, maxBytes, signal } = request;
  const oids = /* @__PURE__ */ new Map();
  for (const path6 of paths) {
    const file = files.get(path6);
    if (file !== void 0 && refuseToRead(files, path6, maxBytes) === null) oids.set(path6, file.where.oid);
  }
  await fetchMissing(store, [...oids.values()], signal);
  const sizes = await objectSizes(store, [...new Set(oids.values())], signal);
  const wanted = new Map([...sizes].filter(([, size]) => size <= maxBytes));
  const contents = await readBlobs(store, wanted, signal);
  const read4 = [];
  const problems = [];
  for (const path6 of paths) {
    const oid = oids.get(path6) ?? "";
    const bytes = contents.get(oid);
    if (bytes !== void 0) read4.push({ path: path6, bytes });
    else problems.push(refuseToRead(files, path6, maxBytes) ?? notRead({ path: path6, size: sizes.get(oid), maxBytes }));
  }
  return { files: read4, problems };
}
function notRead(file) {
  const { path: path6, size, maxBytes } = file;
  if (size !== void 0 && size > maxBytes) return tooLarge({ path: path6, size, maxBytes });
  return fileProblem(
    "FILE_UNREADABLE",
    path6,
    "cannot be read: its object is missing from this clone",
    "Run 'git fsck'."
  );
}

// src/repository/work-tree.ts
import { isUtf8 as isUtf83 } from "node:buffer";
import { lstatSync, readlinkSync } from "node:fs";
import { setImmediate } from "node:timers/promises";

// src/repository/read-on-disk.ts
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
var READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
function readOnDisk(file) {
  let descriptor;
  try {
    descriptor = openSync(file.location, READ_FLAGS);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return fileProblem("FILE_NOT_REGULAR", file.path, "cannot be read: it is no regular file");
    if (stats.size > file.maxBytes) return tooLarge({ ...file, size: stats.size });
    const bytes = readAll(descriptor, stats.size);
    if (bytes.length > stats.size) {
      return fileProblem("FILE_UNREADABLE", file.path, "cannot be read: it grew meanwhile", "Try again.");
    }
    return { path: file.path, bytes };
  } catch (error) {
    return readProblem(file.path, error);
  } finally {
    if (descriptor !== void 0) closeSync(descriptor);
  }
}
function readAll(descriptor, size) {
  const bytes = new Uint8Array(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const bytesRead = readSync(descriptor, bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
function readProblem(path6, error) {
  const code18 = error instanceof Error && "code" in error ? error.code : void 0;
  if (code18 === "ENOENT" || code18 === "ENOTDIR") return fileProblem("FILE_NOT_FOUND", path6, "no such file");
  if (code18 === "ELOOP") {
    return fileProblem("FILE_NOT_REGULAR", path6, "cannot be read: it is a symbolic link, which is not followed");
  }
  return fileProblem("FILE_UNREADABLE", path6, `cannot be read: ${printable(messageOf(error))}`);
}

// src/repository/work-tree-names.ts
import { readdir } from "node:fs/promises";
import { sep } from "node:path";
var MAX_NAMES = 5e5;
async function listGitNames(git, signal) {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name"];
  const listing = (await git.output(args, { signal })).toString("latin1");
  const names = new Set(listing.split("\0").filter((name) => name !== "" && !name.endsWith("/")));
  return withinLimit([...names], git.directory);
}
async function listPlainNames(root, signal) {
  const names = [];
  const directories = [""];
  for (let directory = directories.pop(); directory !== void 0; directory = directories.pop()) {
    signal?.throwIfAborted();
    for (const entry of await readDirectory(root, directory)) {
      const name = entry.name.toString("latin1");
      if (name.toLowerCase() === ".git") continue;
      const path6 = directory === "" ? name : `${directory}/${name}`;
      if (entry.isDirectory()) directories.push(path6);
      else names.push(path6);
    }
    withinLimit(names, root);
  }
  return names;
}
function locate(root, name) {
  return Buffer.concat([Buffer.from(root + sep, "utf8"), Buffer.from(name, "latin1")]);
}
async function readDirectory(root, directory) {
  try {
    return await readdir(locate(root, directory), { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    const subject = printable(decodeName(directory).path);
    throw new RepositoryError("FILE_UNREADABLE", `cannot list the directory: ${printable(messageOf(error))}`, {
      subject,
      cause: error
    });
  }
}
function withinLimit(names, root) {
  if (names.length <= MAX_NAMES) return names;
  throw new RepositoryError("TOO_MANY_FILES", `${printable(root)} holds more than ${MAX_NAMES} files`, {
    hint: "Start in the repository of the manifests."
  });
}

// src/repository/work-tree.ts
var FILES_PER_TURN = 256;
async function workTreeSnapshot(options) {
  const { root, git, maxFileBytes, signal } = options;
  const names = git === null ? await listPlainNames(root, signal) : await listGitNames(git, signal);
  const listed2 = await statAll(root, names, signal);
  const files = indexFiles(listed2);
  return {
    branch: null,
    revision: git === null ? null : await checkedOut(git, signal),
    entries: [...files.values()].map(({ entry }) => entry),
    read: (paths, readSignal) => readFiles3({ root, files, paths, maxBytes: maxFileBytes, signal: readSignal }),
    links: async (paths, readSignal) => new Map(await readLinks2({ root, files, paths, signal: readSignal }))
  };
}
async function statAll(root, names, signal) {
  const isDirectory = directoryCheck(root);
  return mapInTurns(names, signal, (name) => {
    if (!isDirectory(parentOf2(name))) return null;
    const stats = statOf(root, name);
    const kind = stats === null ? null : kindOf2(stats);
    if (stats === null || kind === null) return null;
    const { path: path6, isUtf8: isUtf84 } = decodeName(name);
    const size = kind === "submodule" ? 0 : stats.size;
    return { entry: { path: path6, kind, size }, nameIsUtf8: isUtf84, where: name };
  });
}
async function mapInTurns(items, signal, work) {
  const results = [];
  for (const [index, item] of items.entries()) {
    if (index % FILES_PER_TURN === 0) await setImmediate();
    signal?.throwIfAborted();
    const result = work(item);
    if (result !== null) results.push(result);
  }
  return results;
}
function directoryCheck(root) {
  const known = /* @__PURE__ */ new Map([["", true]]);
  return function check(name) {
    const answer = known.get(name) ?? (check(parentOf2(name)) && statOf(root, name)?.isDirectory() === true);
    known.set(name, answer);
    return answer;
  };
}
function statOf(root, name) {
  try {
    return lstatSync(locate(root, name));
  } catch (error) {
    const code18 = error instanceof Error && "code" in error ? error.code : void 0;
    if (code18 === "ENOENT" || code18 === "ENOTDIR") return null;
    throw new RepositoryError("FILE_UNREADABLE", `cannot look at the file: ${printable(messageOf(error))}`, {
      subject: printable(decodeName(name).path),
      cause: error
    });
  }
}
function kindOf2(stats) {
  if (stats.isSymbolicLink()) return "symlink";
  if (stats.isDirectory()) return "submodule";
  if (!stats.isFile()) return null;
  return (stats.mode & 73) === 0 ? "file" : "executable";
}
async function checkedOut(git, signal) {
  const result = await git.run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], { signal });
  const sha = result.stdout.toString("latin1").trim();
  return result.exitCode === 0 && sha !== "" ? sha : null;
}
async function readLinks2({ root, files, paths, signal }) {
  return mapInTurns(paths, signal, (path6) => {
    const file = files.get(path6);
    if (file?.entry.kind !== "symlink" || !file.nameIsUtf8) return null;
    try {
      const target = readlinkSync(locate(root, file.where), { encoding: "buffer" });
      return isUtf83(target) ? [path6, target.toString("utf8")] : null;
    } catch {
      return null;
    }
  });
}
async function readFiles3(request) {
  const { root, files, paths, maxBytes, signal } = request;
  const read4 = [];
  const problems = await mapInTurns(paths, signal, (path6) => {
    const refusal = refuseToRead(files, path6, maxBytes);
    const name = files.get(path6)?.where;
    if (refusal !== null || name === void 0) return refusal;
    const result = readOnDisk({ location: locate(root, name), path: path6, maxBytes });
    if (!("bytes" in result)) return result;
    read4.push(result);
    return null;
  });
  return { files: read4, problems };
}
function parentOf2(name) {
  const slash = name.lastIndexOf("/");
  return slash === -1 ? "" : name.slice(0, slash);
}

// src/repository/write-files.ts
import { constants as constants3 } from "node:fs";
import { lstat as lstat2, open as open2 } from "node:fs/promises";
import { join as join5 } from "node:path";

// src/repository/make-file.ts
import { constants as constants2 } from "node:fs";
import { lstat, mkdir, open, rm as rm2, rmdir } from "node:fs/promises";
import { join as join4 } from "node:path";
var FLAGS = constants2.O_WRONLY | constants2.O_CREAT | constants2.O_EXCL | constants2.O_NOFOLLOW;
async function makeFile(root, path6, bytes) {
  const made = [];
  const location = join4(root, path6);
  let isMade = false;
  const remove = async () => {
    try {
      if (isMade) await rm2(location, { force: true });
      for (const directory of made.toReversed()) await rmdir(directory);
    } catch {
    }
  };
  try {
    for (const directory of directoriesAbove2(root, path6)) {
      if (await isThere(directory)) continue;
      await mkdir(directory);
      made.push(directory);
    }
    const handle = await open(location, FLAGS, 438);
    isMade = true;
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
function directoriesAbove2(root, path6) {
  const components = path6.split("/").slice(0, -1);
  return components.map((_, index) => join4(root, ...components.slice(0, index + 1)));
}
async function isThere(directory) {
  return await lstat(directory).catch(() => void 0) !== void 0;
}

// src/repository/write-files.ts
var FLAGS2 = constants3.O_RDWR | constants3.O_NOFOLLOW | constants3.O_NONBLOCK;
async function writeFiles(root, changes, signal) {
  const seen = /* @__PURE__ */ new Set();
  const prepared = [];
  for (const change of changes) {
    signal?.throwIfAborted();
    if (seen.has(change.path)) throw fileError("CHANGE_INVALID", change.path, "is to be changed twice at once");
    seen.add(change.path);
    prepared.push(await prepare(root, change));
  }
  const done = [];
  for (const next of prepared) {
    try {
      if (next.original === void 0) {
        const { change } = next;
        done.push((await makeFile(root, change.path, change.bytes)).remove);
      } else {
        done.push(() => putBack(next));
        await replaceBytes(next.location, { from: next.original, to: next.change.bytes });
      }
    } catch (error) {
      for (const undo of done.toReversed()) await undo();
      throw fileError("FILE_UNWRITABLE", next.change.path, `cannot be written: ${messageOf(error)}`, error);
    }
  }
}
async function prepare(root, change) {
  const { path: path6, isNew = false } = change;
  if (!isInside(path6)) throw fileError("CHANGE_INVALID", path6, "is no path inside the repository");
  await requireRealDirectories(root, { path: path6, mayBeMissing: isNew });
  const location = join5(root, path6);
  if (isNew) {
    await requireFreeName(location, path6);
    return { change, original: void 0 };
  }
  let handle;
  try {
    handle = await open2(location, FLAGS2);
    if (!(await handle.stat()).isFile()) throw notRegular(path6);
    return { change, location, original: await handle.readFile() };
  } catch (error) {
    throw error instanceof RepositoryError ? error : openError(path6, error);
  } finally {
    await handle?.close();
  }
}
async function requireRealDirectories(root, { path: path6, mayBeMissing }) {
  const components = path6.split("/").slice(0, -1);
  let location = root;
  for (const component of components) {
    location = join5(location, component);
    try {
      if (!(await lstat2(location)).isDirectory()) throw notRegular(path6);
    } catch (error) {
      if (mayBeMissing && isMissing(error)) return;
      throw error instanceof RepositoryError ? error : openError(path6, error);
    }
  }
}
async function requireFreeName(location, path6) {
  try {
    await lstat2(location);
  } catch (error) {
    if (isMissing(error)) return;
    throw openError(path6, error);
  }
  throw fileError("CHANGE_INVALID", path6, "is there already, and was to be a new file");
}
async function replaceBytes(location, bytes) {
  const { from, to } = bytes;
  const start = firstDifference(from, to);
  if (start === to.length && from.length === to.length) return;
  const end = from.length === to.length ? lastDifference(from, to) + 1 : to.length;
  const handle = await open2(location, FLAGS2);
  try {
    await writeRange(handle, to, { start, end });
    if (to.length < from.length) await handle.truncate(to.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
async function writeRange(handle, bytes, range) {
  let position = range.start;
  while (position < range.end) {
    const { bytesWritten } = await handle.write(bytes, position, range.end - position, position);
    position += bytesWritten;
  }
}
async function putBack({ location, original, change }) {
  try {
    const handle = await open2(location, FLAGS2);
    try {
      const start = firstDifference(original, change.bytes);
      await writeRange(handle, original, { start, end: original.length });
      await handle.truncate(original.length);
    } finally {
      await handle.close();
    }
  } catch {
  }
}
function firstDifference(a, b) {
  const end = Math.min(a.length, b.length);
  let index = 0;
  while (index < end && a[index] === b[index]) index++;
  return index;
}
function lastDifference(a, b) {
  let index = a.length - 1;
  while (index > 0 && a[index] === b[index]) index--;
  return index;
}
function isMissing(error) {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
function openError(path6, error) {
  const code18 = error instanceof Error && "code" in error ? error.code : void 0;
  if (isMissing(error) || code18 === "ENOTDIR") return fileError("FILE_NOT_FOUND", path6, "does not exist", error);
  if (code18 === "ELOOP" || code18 === "EISDIR" || code18 === "ENXIO") return notRegular(path6);
  return fileError("FILE_UNWRITABLE", path6, `cannot be written: ${messageOf(error)}`, error);
}
function notRegular(path6) {
  return fileError("FILE_NOT_REGULAR", path6, "is no regular file, or lies behind a symbolic link");
}
function fileError(code18, path6, message, cause) {
  const subject = printable(path6);
  return new RepositoryError(code18, `${subject} ${printable(message)}`, { subject, cause });
}

// src/repository/open-repository.ts
var DEFAULT_MAX_FILE_BYTES = 5 * 1024 * 1024;
async function openRepository(options, signal) {
  const directory = resolve(options.directory);
  const redactor = new Redactor();
  if (options.githubToken !== void 0) redactor.add(options.githubToken);
  const root = await findRoot(createGit({ directory, env: options.env, redactor }), signal);
  if (root === null) return openPlainDirectory(directory, options);
  return openGitRepository({ git: createGit({ directory: root, env: options.env, redactor }), redactor, options });
}
function openGitRepository(opened) {
  const { git, redactor, options } = opened;
  const { env, clock: clock2, mask, githubToken, serverUrl } = options;
  const maxFileBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const name = options.remote ?? "origin";
  const remoteOf = (signal) => openRemote(git, { name, env, clock: clock2, mask, githubToken, serverUrl, redactor }, signal);
  return {
    root: git.directory,
    currentBranch: (signal) => currentBranch(git, env, signal),
    async branchHead(branch, signal) {
      const remote = await remoteOf(signal);
      const revision = await fetchBranchHead({ git, remote, branch, signal });
      return treeSnapshot({ store: { git, remote, revision }, branch, maxFileBytes, signal });
    },
    workTree: (signal) => workTreeSnapshot({ root: git.directory, git, maxFileBytes, signal }),
    async push(commit, signal) {
      return pushCommit({ git, remote: await remoteOf(signal), clock: clock2, commit, signal });
    },
    write: (changes, signal) => writeFiles(git.directory, changes, signal),
    async history(request, signal) {
      const remote = request.snapshot.branch === null ? null : await remoteOf(signal);
      return readHistory({ git, remote, request, maxFileBytes, signal });
    }
  };
}
function openPlainDirectory(root, options) {
  const maxFileBytes = options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES;
  const refuse3 = async () => {
    throw new RepositoryError("NOT_A_REPOSITORY", `${printable(root)} is in no git repository`, {
      hint: "Start in a clone of the config repository; in a workflow, run 'actions/checkout' first."
    });
  };
  return {
    root,
    currentBranch: async () => null,
    branchHead: refuse3,
    push: refuse3,
    workTree: (signal) => workTreeSnapshot({ root, git: null, maxFileBytes, signal }),
    write: (changes, signal) => writeFiles(root, changes, signal),
    history: async () => []
  };
}
async function findRoot(git, signal) {
  const args = ["rev-parse", "--show-toplevel"];
  try {
    const result = await git.run(args, { signal });
    if (result.exitCode === 0) return result.stdout.toString("utf8").replace(/\r?\n$/, "");
    if (/not a git repository \(or any /i.test(result.stderr)) return null;
    throw rootError(git, result.stderr) ?? gitFailed(args, result);
  } catch (error) {
    const code18 = "COMMAND_NOT_FOUND";
    const isMissing2 = error instanceof TowpathError && error.code === code18;
    if (isMissing2 && !await isBelowGit(git.directory)) return null;
    throw error;
  }
}
function rootError(git, stderr) {
  const directory = printable(git.directory);
  if (/dubious ownership|unsafe repository/i.test(stderr)) {
    return new RepositoryError(
      "REPOSITORY_NOT_TRUSTED",
      `git does not trust the repository at ${directory}: it belongs to another user`,
      {
        hint: `Run 'git config --global --add safe.directory ${directory}' if you trust it.`
      }
    );
  }
  if (/must be run in a work tree/i.test(stderr)) {
    return new RepositoryError("NO_WORK_TREE", `${directory} has no working tree: ${failureReason(stderr)}`, {
      hint: "Start in a clone that is not bare."
    });
  }
  return null;
}
async function isBelowGit(directory) {
  for (let current = directory; ; current = dirname(current)) {
    try {
      await access(join6(current, ".git"));
      return true;
    } catch {
    }
    if (dirname(current) === current) return false;
  }
}
async function currentBranch(git, env, signal) {
  const result = await git.run(["symbolic-ref", "--quiet", "HEAD"], { signal });
  const ref = result.stdout.toString("utf8").trim();
  if (result.exitCode === 0 && ref.startsWith("refs/heads/")) return ref.slice("refs/heads/".length);
  const name = env["GITHUB_REF_NAME"] ?? "";
  if (env["GITHUB_REF_TYPE"] !== "branch" || name === "") return null;
  const fullRef = env["GITHUB_REF"] ?? `refs/heads/${name}`;
  return fullRef === `refs/heads/${name}` ? name : null;
}

// src/entry/adapters.ts
import path2 from "node:path";

// src/base/http.ts
var ERROR_BODY_BYTES = 64 * 1024;
async function exchange2(request, options) {
  options.signal?.throwIfAborted();
  const stop = new AbortController();
  const signal = options.signal === void 0 ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const progress = { answered: false, over: new AbortController() };
  watch(options, progress).then(
    (timeout) => stop.abort(timeout),
    () => void 0
    // the exchange was over in time
  );
  try {
    const response = await options.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers },
      redirect: "manual",
      signal,
      ...request.body === void 0 ? {} : { body: request.body }
    });
    progress.answered = true;
    const body = await readBody(response, options.maxBytes);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof TowpathError) throw error;
    throw connectionError(progress.answered, error);
  } finally {
    progress.over.abort(OVER);
  }
}
var OVER = new Error("the exchange is over");
async function watch({ clock: clock2, headersMs, totalMs }, progress) {
  const { signal } = progress.over;
  const firstMs = Math.min(headersMs, totalMs);
  await clock2.sleep(firstMs, signal);
  if (!progress.answered) return timeoutError("did not answer", firstMs);
  await clock2.sleep(totalMs - firstMs, signal);
  return timeoutError("did not finish its answer", totalMs);
}
function timeoutError(what, ms) {
  return new TowpathError("HTTP_TIMEOUT", `${what} within ${Math.round(ms / 100) / 10} s`);
}
async function readBody(response, maxBytes) {
  if (response.body === null) return Buffer.alloc(0);
  if (isRedirect(response.status)) {
    await response.body.cancel();
    return Buffer.alloc(0);
  }
  const failed7 = response.status >= 400;
  const limit = failed7 ? ERROR_BODY_BYTES : maxBytes;
  const chunks = [];
  let received = 0;
  for await (const chunk of response.body) {
    received += chunk.length;
    if (received > limit && !failed7) {
      throw new TowpathError("HTTP_TOO_LARGE", `sent more than ${limit} bytes`);
    }
    chunks.push(chunk);
    if (received > limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
function isRedirect(status) {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}
function connectionError(answered, error) {
  const reason2 = systemCode(error);
  const suffix = reason2 === void 0 ? "" : ` (${reason2})`;
  return answered ? new TowpathError("HTTP_BROKEN", `broke off its answer${suffix}`, { cause: error }) : new TowpathError("HTTP_UNREACHABLE", `could not be reached${suffix}`, { cause: error });
}
function systemCode(error) {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    const code18 = "code" in current ? current.code : void 0;
    if (typeof code18 === "string" && /^[A-Z][A-Z0-9_]{1,60}$/.test(code18)) return code18;
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return void 0;
}

// src/core/report/tally.ts
var OBJECT_CHANGES = ["created", "configured", "deleted"];
function tally(environments) {
  const images = { updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  const objects = { created: 0, configured: 0, unchanged: 0, deleted: 0, skipped: 0, failed: 0 };
  const commits = /* @__PURE__ */ new Set();
  let planned = 0;
  for (const environment of environments) {
    for (const row of environment.images) images[row.action]++;
    for (const cluster of environment.clusters) for (const row of cluster.objects) objects[row.action]++;
    for (const commit of environment.commits) {
      if (commit.sha === "") planned++;
      else commits.add(commit.sha);
    }
  }
  return { images, objects, commits: commits.size + planned };
}
function countChanges({ images, objects, commits }) {
  const parts = [];
  if (images.failed > 0) parts.push(`${count(images.failed, "image")} failed`);
  if (objects.failed > 0) parts.push(`${count(objects.failed, "object")} failed`);
  if (images.updated > 0) parts.push(`${count(images.updated, "image")} updated`);
  if (commits > 0) parts.push(count(commits, "commit"));
  for (const action of OBJECT_CHANGES) {
    if (objects[action] > 0) parts.push(`${count(objects[action], "object")} ${action}`);
  }
  return parts;
}
function countRequests(report) {
  const registries = Object.values(report.registries).reduce((sum, registry) => sum + registry.requests, 0);
  const clusters = report.environments.flatMap((environment) => environment.clusters).reduce((sum, cluster) => sum + cluster.requests, 0);
  const total = registries + clusters + report.github.requests;
  if (total === 0) return "no requests";
  const parts = [`${registries} to registries`, `${clusters} to clusters`];
  if (report.github.requests > 0) parts.push(`${report.github.requests} to GitHub`);
  return `${count(total, "request")}: ${parts.join(", ")}`;
}

// src/core/report/one-line.ts
function summarizeInOneLine(report) {
  const done = report.outcome === "changed" && !report.dryRun ? "done: " : "";
  return `${done}${verdict(report)} (${countRequests(report)}) in ${seconds(report.durationMs)}`;
}
function verdict(report) {
  const counts = tally(report.environments);
  const aside = skippedPart(counts);
  if (report.outcome === "unchanged") return `nothing to do: ${upToDate(counts)}${aside}`;
  const changes = countChanges(counts);
  if (report.outcome === "failed") return `failed: ${[...errorPart(report), ...changes].join(", ")}${aside}`;
  return `${report.dryRun ? "would change: " : ""}${changes.join(", ")}${aside}`;
}
function errorPart(report) {
  const errors = report.problems.filter((problem2) => problem2.severity === "error").length;
  return errors === 0 ? [] : [count(errors, "error")];
}
function upToDate({ images, objects }) {
  return `${count(images.unchanged, "image")} and ${count(objects.unchanged, "object")} up to date`;
}
function skippedPart({ images, objects }) {
  const parts = [];
  if (images.skipped > 0) parts.push(count(images.skipped, "image"));
  if (objects.skipped > 0) parts.push(count(objects.skipped, "object"));
  return parts.length === 0 ? "" : `; ${parts.join(" and ")} skipped`;
}
function seconds(ms) {
  return ms < 1e4 ? `${(ms / 1e3).toFixed(1)} s` : `${Math.round(ms / 1e3)} s`;
}

// src/core/report/slack-blocks.ts
var SECTION = 2900;
var SECTIONS = 43;
var TOTAL = 12e3;
var RESERVE = 50;
function packBlocks(lines2, { footer: footer2, taken }) {
  const sections2 = [];
  let current = "";
  let total = footer2.length + taken + RESERVE;
  let shown2 = 0;
  for (const line of lines2) {
    if (line.length > SECTION || total + line.length + 1 > TOTAL) continue;
    if (current !== "" && current.length + line.length + 1 > SECTION) {
      if (sections2.length + 1 >= SECTIONS) break;
      sections2.push(current);
      current = "";
    }
    current = current === "" ? line : `${current}
${line}`;
    total += line.length + 1;
    shown2++;
  }
  if (current !== "") sections2.push(current);
  if (shown2 < lines2.length) sections2.push(`… +${lines2.length - shown2} more`);
  return [
    ...sections2.map((text2) => ({ type: "section", text: mrkdwn(text2) })),
    { type: "context", elements: [mrkdwn(footer2)] }
  ];
}
function mrkdwn(text2) {
  return { type: "mrkdwn", text: text2, verbatim: true };
}

// src/core/report/slack-text.ts
function slackProse(text2, most = 1e3) {
  const shown2 = oneLine(text2, { longest: most }).replace(
    /(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])/g,
    (char) => LOOKALIKES.get(char) ?? char
  );
  return escapeSlack(shown2.replaceAll("`", "ˋ").replace(/(?<!\w)@(?=\w)/g, "@⁠"));
}
function slackCode(text2, most = 1e3) {
  const shown2 = oneLine(text2, { longest: most }).replaceAll("`", "ˋ");
  return shown2 === "" ? "" : `\`${escapeSlack(shown2)}\``;
}
function slackLink(url, label) {
  return `<${url.replace(/[<>|\s]/g, encodeURIComponent)}|${escapeSlack(label)}>`;
}
function escapeSlack(text2) {
  return text2.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
var LOOKALIKES = /* @__PURE__ */ new Map([
  ["*", "∗"],
  ["_", "ˍ"],
  ["~", "∼"]
]);

// src/core/report/slack.ts
function renderSlack(report, occasion) {
  const text2 = headline2(report, occasion);
  const lines2 = [
    ...problemLines(report),
    ...report.environments.flatMap((environment) => environmentLines(environment, occasion))
  ];
  return {
    text: text2,
    blocks: packBlocks(lines2, { footer: footer(report, occasion), taken: text2.length }),
    color: report.outcome === "failed" ? "danger" : "good"
  };
}
function headline2(report, { repository, repositoryUrl }) {
  const shown2 = slackProse(repository, 100);
  const name = repositoryUrl === void 0 ? shown2 : slackLink(repositoryUrl, repository.slice(0, 100));
  const environments = involved(report).map((environment) => slackProse(environment.name, 63));
  const where = environments.length === 0 ? "" : ` ${listed(environments)}`;
  return `${name}${where}: ${byHand2(report)}${slackProse(verdict(report), 300)}`;
}
function involved({ command, environments }) {
  if (OF_ITSELF.has(command)) return environments;
  return environments.filter(({ images, commits }) => commits.length > 0 || images.some(isNews));
}
function byHand2({ command, requestedBy }) {
  if (OF_ITSELF.has(command)) return "";
  const name = withoutAddress(requestedBy ?? "");
  return `${slackProse(command, 63)}${name === "" ? "" : ` by ${slackProse(name, 100)}`}: `;
}
function withoutAddress(person) {
  const text2 = person.trim();
  const address = text2.endsWith(">") ? text2.lastIndexOf("<") : -1;
  return address < 0 ? text2 : text2.slice(0, address).trimEnd();
}
var OF_ITSELF = /* @__PURE__ */ new Set(["run", "sync"]);
function listed(names) {
  return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;
}
function problemLines(report) {
  return report.problems.filter((problem2) => problem2.severity === "error").map(({ position, subject, message }) => {
    const place2 = position === void 0 ? subject : `${position.file}:${position.line}:${position.col}`;
    return `:x: ${place2 === void 0 ? "" : `${slackCode(place2, 200)} `}${slackProse(message, 500)}`;
  });
}
function environmentLines(environment, occasion) {
  const lines2 = [
    ...imageLines(environment),
    ...commitLines(environment, occasion),
    ...environment.clusters.flatMap(clusterLines)
  ];
  return lines2.length === 0 ? [] : [`*${slackProse(environment.name, 63)}*`, ...lines2];
}
function imageLines({ images }) {
  return images.filter(isNews).map((row) => {
    const what = row.action === "updated" ? updated(row) : stayed(row);
    return `• ${slackCode(row.subject, 200)} ${slackProse(row.container, 63)}: ${slackCode(row.image, 200)} ${what}`;
  });
}
function isNews({ action, hold: hold2 }) {
  return action === "updated" || action === "failed" || hold2 === "new";
}
function stayed({ action, reason: reason2 }) {
  const words = slackProse(reason2, 500);
  return action === "failed" ? `*failed*: ${words}` : words;
}
function updated(row) {
  const why = row.reason === "" ? "" : `: ${slackProse(row.reason, 200)}`;
  const link = sourceLinkOf(row);
  return `${slackProse(tagChange(row), 300)}${why}${link === void 0 ? "" : ` (${slackLink(link.url, link.label)})`}`;
}
function commitLines({ commits }, { repositoryUrl }) {
  return commits.map(({ sha, branch, message }) => {
    if (sha === "") return `• planned on ${slackCode(branch, 100)}: ${slackProse(firstLine(message), 300)}`;
    const linked = repositoryUrl !== void 0 && /^[0-9a-f]{7,64}$/.test(sha);
    const name = linked ? slackLink(`${repositoryUrl}/commit/${sha}`, shortSha(sha)) : slackCode(shortSha(sha));
    return `• ${name} on ${slackCode(branch, 100)}: ${slackProse(firstLine(message), 300)}`;
  });
}
function clusterLines({ name, objects }) {
  const rows = objects.filter((row) => row.action !== "unchanged" && row.action !== "skipped");
  if (rows.length === 0) return [];
  const unchanged = objects.filter((row) => row.action === "unchanged").length;
  const note2 = unchanged === 0 ? "" : `, ${count(unchanged, "object")} unchanged`;
  const failedFirst = rows.toSorted((a, b) => Number(b.action === "failed") - Number(a.action === "failed"));
  return [
    `cluster ${slackCode(name, 200)}${note2}`,
    ...failedFirst.map((row) => {
      const action = row.action === "failed" ? "*failed*" : row.action;
      const reason2 = row.reason === "" ? "" : `: ${slackProse(row.reason, 500)}`;
      return `• ${slackCode(row.subject, 200)} ${action}${reason2}`;
    })
  ];
}
function footer(report, { runUrl }) {
  const facts = `${countRequests(report)} · ${seconds(report.durationMs)}`;
  return runUrl === void 0 ? facts : `${slackLink(runUrl, "this run")} · ${facts}`;
}

// src/notify/slack-answer.ts
var MOST_CHARS = 120;
function answerText(body, webhookUrl) {
  let text2 = body.toString("utf8").slice(0, 4096);
  for (const hidden of partsOf3(webhookUrl.reveal())) text2 = text2.replaceAll(hidden, MASK);
  return oneLine(text2, { longest: MOST_CHARS });
}
function partsOf3(address) {
  const { pathname, search } = new URL(address);
  const parts = [address, pathname, search.slice(1)].filter((part) => part.length > 1);
  return parts.flatMap((part) => [part, encodeURIComponent(part)]);
}
var HINTS = /* @__PURE__ */ new Map([
  ["no_service", "Create a new webhook: this one was removed or switched off."],
  ["no_service_id", "Create a new webhook: this address is not whole."],
  ["no_team", "Create a new webhook: the workspace of this one is gone."],
  ["team_disabled", "Create a new webhook: the workspace of this one is gone."],
  ["invalid_token", "Create a new webhook: this one was removed, or its address is not whole."],
  ["channel_not_found", "Check the name of the channel, and that the webhook may post there."],
  ["channel_is_archived", "Choose another channel: this one is archived."],
  ["action_prohibited", "Ask an administrator of the workspace to allow the webhook to post there."],
  ["posting_to_general_channel_denied", "Choose another channel: an administrator restricts this one."],
  ["user_not_found", "Check the name in channel: there is no such user."]
]);
function hintFor3(status, text2) {
  for (const [code18, hint] of HINTS) if (new RegExp(`\\b${code18}\\b`).test(text2)) return hint;
  if (status === 429) return "Send fewer messages to this channel; Slack takes about one a second.";
  if (status >= 500) return "Run again later: the receiver has a fault of its own.";
  if (status === 404) return "Check the address of the webhook.";
  return "Check the webhook and the channel.";
}

// src/notify/slack.ts
var BUDGET_MS = 6e4;
var ATTEMPT_MS = 15e3;
var FIRST_PAUSE_MS2 = 1e3;
var MOST_ATTEMPTS = 6;
var MAX_ANSWER_BYTES = 64 * 1024;
function createSlackNotifier(options) {
  const name = options.channel === void 0 ? "slack" : `slack ${options.channel}`;
  return { name, send: (announcement, signal) => deliver({ announcement, name, signal }, options) };
}
async function deliver(delivery, options) {
  const { clock: clock2 } = options;
  const deadline = clock2.now() + BUDGET_MS;
  const body = JSON.stringify(payloadOf(delivery.announcement, options));
  for (let attempt2 = 1; ; attempt2++) {
    const result = await post({ ...delivery, body, deadline }, options);
    if (result.kind === "sent") return;
    if (result.kind === "refused") throw result.error;
    const pauseMs = result.pauseMs ?? backoffMs(attempt2, FIRST_PAUSE_MS2);
    if (attempt2 >= MOST_ATTEMPTS || clock2.now() + pauseMs >= deadline) throw result.error;
    await clock2.sleep(pauseMs, delivery.signal);
  }
}
function payloadOf(announcement, { channel, username }) {
  const message = renderSlack(announcement.report, announcement);
  return {
    ...channel === void 0 ? {} : { channel },
    ...username === void 0 ? {} : { username },
    text: message.text,
    unfurl_links: false,
    unfurl_media: false,
    attachments: [{ color: message.color, fallback: message.text, blocks: message.blocks }]
  };
}
async function post(delivery, options) {
  const { clock: clock2, fetch: fetch2, webhookUrl } = options;
  const totalMs = Math.min(ATTEMPT_MS, Math.max(1, delivery.deadline - clock2.now()));
  const request = {
    method: "POST",
    url: new URL(webhookUrl.reveal()),
    headers: { "content-type": "application/json; charset=utf-8" },
    body: delivery.body
  };
  try {
    const limits = { headersMs: totalMs, totalMs, maxBytes: MAX_ANSWER_BYTES };
    const answer = await exchange2(request, { fetch: fetch2, clock: clock2, signal: delivery.signal, ...limits });
    return judge3(answer, { name: delivery.name, options });
  } catch (error) {
    delivery.signal?.throwIfAborted();
    const failed7 = new TowpathError("NOTIFY_FAILED", messageOf(error), {
      subject: delivery.name,
      hint: "Check that this machine reaches the webhook; the run itself is not affected."
    });
    const unreachable = error instanceof TowpathError && error.code === "HTTP_UNREACHABLE";
    return unreachable ? { kind: "again", error: failed7, pauseMs: void 0 } : { kind: "refused", error: failed7 };
  }
}
function judge3(answer, { name, options }) {
  const text2 = answerText(answer.body, options.webhookUrl);
  const refused12 = /^\{\s*"ok"\s*:\s*false/.test(text2);
  if (answer.status >= 200 && answer.status < 300 && !refused12) return { kind: "sent" };
  const error = new TowpathError(
    "NOTIFY_FAILED",
    `the message was refused (${answer.status})${text2 === "" ? "" : `: ${text2}`}`,
    { subject: name, hint: hintFor3(answer.status, text2) }
  );
  if (answer.status !== 429 && answer.status < 500) return { kind: "refused", error };
  return { kind: "again", error, pauseMs: retryAfterMs(answer.headers.get("retry-after"), options.clock.now()) };
}

// src/registry/errors.ts
var TROUBLE = /* @__PURE__ */ new Set([
  "REGISTRY_UNREACHABLE",
  "REGISTRY_TIMEOUT",
  "REGISTRY_UNAVAILABLE",
  "REGISTRY_RATE_LIMITED"
]);
var ABOUT_ONE_THING = /* @__PURE__ */ new Set([
  "REGISTRY_NOT_FOUND",
  "REGISTRY_ANSWER_TOO_LARGE",
  "REGISTRY_ANSWER_MALFORMED",
  "REGISTRY_DIGEST_MISMATCH"
]);
var REFUSALS = /* @__PURE__ */ new Set([
  "REGISTRY_UNAUTHORIZED",
  "REGISTRY_FORBIDDEN",
  "REGISTRY_NOT_FOUND",
  "REGISTRY_REFUSED"
]);
var NO_LOGIN = /* @__PURE__ */ new Set(["REGISTRY_LOGIN_FAILED", "REGISTRY_IDENTITY_MISSING"]);
function registryError(code18, message, details = {}) {
  return new TowpathError(code18, message, details);
}
function isTrouble(error) {
  return hasCodeOf(error, TROUBLE);
}
function isRefusal(error) {
  return hasCodeOf(error, REFUSALS);
}
function isAboutOneThing(error) {
  return hasCodeOf(error, ABOUT_ONE_THING);
}
function isWithoutLogin(error) {
  return hasCodeOf(error, NO_LOGIN);
}
function hasCodeOf(error, codes) {
  return error instanceof TowpathError && codes.has(error.code);
}

// src/registry/json.ts
function parseObject(content) {
  try {
    const value = JSON.parse(content.toString());
    return isFields(value) ? value : void 0;
  } catch {
    return void 0;
  }
}
function isFields(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textOf5(fields, key) {
  const value = Object.hasOwn(fields, key) ? fields[key] : void 0;
  return typeof value === "string" && value !== "" ? value : void 0;
}
function numberOf(fields, key) {
  const value = Object.hasOwn(fields, key) ? fields[key] : void 0;
  return typeof value === "number" && Number.isFinite(value) ? value : void 0;
}
function listOf(fields, key) {
  const value = Object.hasOwn(fields, key) ? fields[key] : void 0;
  return Array.isArray(value) && value.every(isFields) ? value : void 0;
}

// src/registry/answer.ts
function statusError(answer, asked, waitMs) {
  const reason2 = reasonOf2(answer.body);
  const detail = reason2 === void 0 ? "" : ` (${reason2})`;
  const wait = waitMs === void 0 ? "" : `, to be asked again in ${Math.ceil(waitMs / 1e3)} s`;
  const code18 = codeOf(answer.status);
  return registryError(code18, `${asked.who} answered ${answer.status}${detail} to ${asked.what}${wait}`, {
    subject: asked.registry,
    hint: hintOf(code18, asked.registry)
  });
}
function malformed(asked, what) {
  return registryError("REGISTRY_ANSWER_MALFORMED", `${asked.who} answered ${asked.what} with ${what}`, {
    subject: asked.registry
  });
}
function codeOf(status) {
  if (status === 401) return "REGISTRY_UNAUTHORIZED";
  if (status === 403) return "REGISTRY_FORBIDDEN";
  if (status === 404) return "REGISTRY_NOT_FOUND";
  if (status === 429) return "REGISTRY_RATE_LIMITED";
  return status >= 500 ? "REGISTRY_UNAVAILABLE" : "REGISTRY_REFUSED";
}
function hintOf(code18, registry) {
  if (code18 === "REGISTRY_UNAUTHORIZED") return `Add credentials for ${registry} to the docker config, or correct them.`;
  if (code18 === "REGISTRY_FORBIDDEN") return `Give the credentials for ${registry} leave to pull this repository.`;
  if (code18 === "REGISTRY_RATE_LIMITED") return `Log in to ${registry}, or scan less often.`;
  return void 0;
}
function reasonOf2(body) {
  const [first] = listOf(parseObject(body) ?? {}, "errors") ?? [];
  const code18 = first === void 0 ? void 0 : textOf5(first, "code");
  return code18 !== void 0 && /^[A-Z][A-Z0-9_]{1,60}$/.test(code18) ? code18 : void 0;
}

// src/registry/attempts.ts
async function keepTrying({ limits, patience }, request, signal) {
  let spentMs = 0;
  for (let count2 = 1; ; count2++) {
    const leftMs = Math.max(limits.leastMs, limits.troubleMs - spentMs);
    const result = await request.attemptOnce(leftMs);
    if (result.kind === "answered") return result.answer;
    const { error } = result;
    const waitMs = result.waitMs ?? backoffMs(count2, limits.firstPauseMs);
    spentMs += result.spentMs + waitMs;
    if (waitMs > limits.retryAfterMs) throw patience.giveUp(error);
    if (result.final || count2 >= limits.attempts || spentMs >= limits.troubleMs) throw error;
    await patience.pause(waitMs, { about: request.about, error }, signal);
  }
}
async function attempt({ clock: clock2, patience }, asked, work) {
  const start = patience.begin();
  let result;
  try {
    result = classify(await work(), asked, clock2.now());
  } catch (error) {
    result = troubleOf(error, asked);
  }
  if (result.kind === "answered") {
    patience.good();
    return result;
  }
  patience.bad(start, { about: asked.about, error: result.error });
  return { ...result, spentMs: clock2.now() - start.atMs };
}
function classify(answer, asked, nowMs) {
  if (answer.status !== 429 && answer.status < 500) return { kind: "answered", answer };
  const waitMs = retryAfterMs(answer.headers.get("retry-after"), nowMs);
  return { kind: "trouble", error: statusError(answer, asked, waitMs), waitMs };
}
var CODES = {
  HTTP_UNREACHABLE: "REGISTRY_UNREACHABLE",
  HTTP_BROKEN: "REGISTRY_UNREACHABLE",
  HTTP_TIMEOUT: "REGISTRY_TIMEOUT",
  HTTP_TOO_LARGE: "REGISTRY_ANSWER_TOO_LARGE"
};
function troubleOf(error, asked) {
  if (!(error instanceof TowpathError) || !Object.hasOwn(CODES, error.code)) throw error;
  const code18 = CODES[error.code];
  return {
    kind: "trouble",
    error: registryError(code18, `${asked.who} ${error.message} (${asked.what})`, {
      subject: asked.registry,
      cause: error
    }),
    final: code18 === "REGISTRY_ANSWER_TOO_LARGE"
  };
}

// src/registry/challenge.ts
var TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]/;
var MAX_CHALLENGES = 16;
function parseChallenges(header) {
  const challenges = [];
  const scan2 = createScanner(header);
  while (!scan2.atEnd() && challenges.length < MAX_CHALLENGES) {
    scan2.skip(" 	,");
    const word = scan2.token();
    if (word === "") {
      scan2.advance();
      continue;
    }
    scan2.skip(" 	");
    const current = challenges.at(-1);
    if (scan2.peek() !== "=" || current === void 0) {
      challenges.push({ scheme: word.toLowerCase(), parameters: /* @__PURE__ */ new Map() });
      continue;
    }
    scan2.advance();
    scan2.skip(" 	");
    current.parameters.set(word.toLowerCase(), scan2.peek() === '"' ? scan2.quoted() : scan2.token());
  }
  return challenges;
}
function createScanner(text2) {
  let at2 = 0;
  const peek = () => text2.charAt(at2);
  return {
    atEnd: () => at2 >= text2.length,
    peek,
    advance: () => {
      at2++;
    },
    skip(characters) {
      while (at2 < text2.length && characters.includes(peek())) at2++;
    },
    token() {
      const start = at2;
      while (at2 < text2.length && TOKEN.test(peek())) at2++;
      return text2.slice(start, at2);
    },
    quoted() {
      let value = "";
      for (at2++; at2 < text2.length && peek() !== '"'; at2++) {
        if (peek() === "\\") at2++;
        value += peek();
      }
      at2++;
      return value;
    }
  };
}

// src/registry/single-flight.ts
function createSingleFlight() {
  const flights = /* @__PURE__ */ new Map();
  return async (key, work, signal) => {
    for (; ; ) {
      signal?.throwIfAborted();
      const flight = flights.get(key);
      if (flight === void 0) {
        const result = work().finally(() => flights.delete(key));
        flights.set(key, { result, signal });
        return result;
      }
      try {
        return await whileWanted(flight.result, signal);
      } catch (error) {
        if (!flight.signal?.aborted || signal?.aborted) throw error;
      }
    }
  };
}
async function whileWanted(result, signal) {
  if (signal === void 0) return result;
  const { promise, resolve: resolve2, reject } = Promise.withResolvers();
  const leave = () => reject(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  result.then(resolve2, reject);
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}

// src/registry/token-service.ts
var MAX_BYTES2 = 1024 * 1024;
var DEFAULT_LIFETIME_S = 60;
var MAX_LIFETIME_S = 12 * 3600;
var SKEW_MS = 1e4;
async function fetchToken(request, tools, signal) {
  const { clock: clock2, limits, patience } = tools;
  const asked = {
    who: `the token service of ${request.registry}`,
    what: `a request for ${request.scope}`,
    registry: request.registry
  };
  const ask = (leftMs) => exchange2(toHttp(request), {
    fetch: tools.fetch,
    clock: clock2,
    headersMs: Math.min(limits.headersMs, leftMs),
    totalMs: Math.min(limits.answerMs, leftMs),
    maxBytes: MAX_BYTES2,
    signal: patience.signalFor(void 0, signal)
  });
  const attemptOnce = (leftMs) => attempt(tools, asked, () => ask(Math.min(leftMs, patience.remainingMs())));
  const answer = await keepTrying(tools, { about: void 0, attemptOnce }, signal);
  if (answer.status !== 200) throw statusError(answer, asked);
  return readToken(answer, asked, clock2.now());
}
function toHttp(request) {
  const { credential, service, scope } = request;
  const headers = { accept: "application/json", "user-agent": request.userAgent };
  if (credential?.kind === "refresh") {
    const form = new URLSearchParams({ grant_type: "refresh_token", client_id: "towpath", scope });
    if (service !== void 0) form.set("service", service);
    form.set("refresh_token", credential.token.reveal());
    headers["content-type"] = "application/x-www-form-urlencoded";
    return { method: "POST", url: request.realm, headers, body: form.toString() };
  }
  const url = new URL(request.realm);
  if (service !== void 0) url.searchParams.set("service", service);
  url.searchParams.append("scope", scope);
  if (credential?.kind === "basic") headers["authorization"] = basicHeader(credential);
  return { method: "GET", url, headers };
}
function basicHeader(credential) {
  return `Basic ${Buffer.from(`${credential.username}:${credential.password.reveal()}`).toString("base64")}`;
}
function readToken(answer, asked, nowMs) {
  const fields = parseObject(answer.body);
  if (fields === void 0) throw malformed(asked, "something that is no JSON object");
  const value = textOf5(fields, "token") ?? textOf5(fields, "access_token");
  if (value === void 0 || !/^[\x21-\x7e]+$/.test(value)) throw malformed(asked, "no usable token");
  return { value: new Secret(value), staleAtMs: nowMs + usableMs(fields["expires_in"]) };
}
function usableMs(expiresIn) {
  const seconds2 = Number(expiresIn ?? DEFAULT_LIFETIME_S);
  const lifetime = seconds2 > 0 ? Math.min(seconds2, MAX_LIFETIME_S) : DEFAULT_LIFETIME_S;
  return lifetime * 1e3 - Math.min(SKEW_MS, lifetime * 250);
}

// src/registry/kept-credential.ts
function keepCredential(given, clock2) {
  const flight = createSingleFlight();
  let kept2;
  let withoutLogin;
  const look = async (signal) => {
    try {
      const value = await given.credentials(given.endpoint, signal);
      if (value !== void 0) announce(value, given.mask);
      kept2 = { value };
      return value;
    } catch (error) {
      if (isWithoutLogin(error)) withoutLogin = error;
      throw error;
    }
  };
  return {
    async find(signal) {
      if (kept2 !== void 0 && clock2.now() < (kept2.value?.staleAtMs ?? Number.POSITIVE_INFINITY)) return kept2.value;
      if (withoutLogin !== void 0) throw withoutLogin;
      return flight("", () => look(signal), signal);
    },
    forget() {
      kept2 = { value: void 0 };
    }
  };
}
function announce(credential, mask) {
  if (credential.kind !== "basic") {
    mask(credential.token.reveal());
    return;
  }
  mask(credential.password.reveal());
  mask(basicHeader(credential).slice("Basic ".length));
}

// src/registry/authorizer.ts
function createAuthorizer(options, tools) {
  const { endpoint } = options;
  const tokens = /* @__PURE__ */ new Map();
  const tokenFlight = createSingleFlight();
  const credential = keepCredential(options, tools.clock);
  let scheme;
  const requestToken2 = async (bearer, scope, signal) => {
    const found = await credential.find(signal);
    const realm = realmUrl(bearer.realm, endpoint, found !== void 0);
    const request = {
      registry: endpoint.registry,
      realm,
      service: bearer.service,
      scope,
      userAgent: options.userAgent
    };
    const service = { ...tools, fetch: options.fetch };
    try {
      const token = await fetchToken({ ...request, credential: found }, service, signal);
      if (found !== void 0) options.mask(token.value.reveal());
      return token;
    } catch (error) {
      if (!isRefusal(error) || found?.kind !== "basic" || found.implicit !== true) throw error;
      options.onImplicitRefused();
      credential.forget();
      return fetchToken({ ...request, credential: void 0 }, service, signal);
    }
  };
  const bearerHeader = async (bearer, repositoryScope, signal) => {
    const found = await credential.find(signal);
    if (found?.kind === "bearer") return `Bearer ${found.token.reveal()}`;
    const scope = bearer.scope ?? repositoryScope;
    let token = tokens.get(scope);
    if (token === void 0 || tools.clock.now() >= token.staleAtMs) {
      token = await tokenFlight(scope, () => requestToken2(bearer, scope, signal), signal);
      tokens.set(scope, token);
    }
    return `Bearer ${token.value.reveal()}`;
  };
  return {
    scheme: () => scheme,
    recall(remembered) {
      if (scheme === void 0 && isSafeToRecall(remembered, endpoint)) scheme = remembered;
    },
    async header(scope, signal) {
      if (scheme === void 0) return void 0;
      if (scheme.kind === "bearer") return bearerHeader(scheme, scope, signal);
      const found = await credential.find(signal);
      return found?.kind === "basic" ? basicHeader(found) : void 0;
    },
    async asUser(signal) {
      const found = await credential.find(signal);
      return found?.kind === "basic" && found.implicit !== true ? basicHeader(found) : void 0;
    },
    async challenged({ header, used, scope }, signal) {
      const found = await credential.find(signal);
      const asked = schemeFrom(parseChallenges(header ?? ""), found);
      if (asked === void 0) return false;
      scheme = asked;
      if (asked.kind === "basic") return used !== basicHeader(found);
      if (found?.kind === "bearer") return used === void 0;
      const key = asked.scope ?? scope;
      if (used === `Bearer ${tokens.get(key)?.value.reveal()}`) tokens.delete(key);
      return true;
    }
  };
}
function schemeFrom(challenges, credential) {
  const bearer = challenges.find(({ scheme }) => scheme === "bearer");
  const realm = bearer?.parameters.get("realm");
  if (bearer !== void 0 && realm !== void 0 && /^https?:\/\//i.test(realm) && URL.canParse(realm)) {
    const scope = bearer.parameters.get("scope");
    const shared = scope !== void 0 && scope !== "" && !scope.startsWith("repository:") && !scope.includes(" ");
    return {
      kind: "bearer",
      realm,
      service: bearer.parameters.get("service"),
      scope: shared && !scope.startsWith("registry:") ? scope : void 0
    };
  }
  if (credential?.kind === "bearer" && bearer !== void 0) return { kind: "bearer", realm: "" };
  const offered = challenges.some(({ scheme }) => scheme === "basic") || bearer !== void 0;
  return offered && credential?.kind === "basic" ? { kind: "basic" } : void 0;
}
function realmUrl(realm, endpoint, secretsGoThere) {
  const url = new URL(realm);
  if (url.protocol === "http:" && endpoint.url.protocol === "https:" && secretsGoThere) {
    throw registryError(
      "REGISTRY_UNAUTHORIZED",
      `${endpoint.registry} wants its credentials sent to ${url.host} without encryption`,
      { subject: endpoint.registry, hint: "Set an http endpoint for this registry if that is what you want." }
    );
  }
  return url;
}
function isSafeToRecall(scheme, endpoint) {
  if (scheme.kind === "basic") return true;
  const realm = URL.parse(scheme.realm);
  if (realm === null || !/^https?:$/.test(realm.protocol)) return false;
  if (realm.protocol === "http:" && endpoint.url.protocol === "https:") return false;
  const host = endpoint.url.hostname;
  if (realm.hostname === host) return true;
  if (realm.protocol !== "https:") return false;
  if (realm.hostname === "auth.docker.io") return host === "registry-1.docker.io";
  return realm.hostname.includes(".") && host.endsWith(`.${realm.hostname}`);
}

// src/registry/patience.ts
function createPatience(name, { clock: clock2, limits }) {
  const over = new AbortController();
  const ends = /* @__PURE__ */ new Map();
  const inTrouble = /* @__PURE__ */ new Set();
  const time = createLostTime(clock2);
  const queue = [];
  let running = 0;
  let answers = 0;
  let strikes = 0;
  let round = 0;
  const places = () => Math.min(limits.concurrency, 1 + Math.floor(answers / 2));
  const startNext = () => {
    while (running < places()) {
      const next = queue.shift();
      if (next === void 0) return;
      running++;
      next.start();
    }
  };
  const endOf = (about) => {
    if (about === void 0) return over;
    const end2 = ends.get(about) ?? new AbortController();
    ends.set(about, end2);
    return end2;
  };
  const end = (about, error) => {
    const controller = endOf(about);
    if (controller.signal.aborted) return error;
    controller.abort(afterwards(about === void 0 ? name : `${name}/${about}`, error));
    for (const waiting of queue.filter((entry) => about === void 0 || entry.about === about)) {
      queue.splice(queue.indexOf(waiting), 1);
      waiting.fail(controller.signal.reason);
    }
    return error;
  };
  const endOver = ({ about, error }) => end(inTrouble.size > 1 ? void 0 : about, error);
  const signalFor = (about, signal) => {
    const signals = [over.signal, endOf(about).signal];
    return AbortSignal.any(signal === void 0 ? signals : [signal, ...signals]);
  };
  return {
    signalFor,
    remainingMs: () => Math.max(limits.leastMs, limits.troubleMs - time.lostMs()),
    giveUp: (error) => end(void 0, error),
    async enter(about, signal) {
      signalFor(about, signal).throwIfAborted();
      if (running < places()) running++;
      else await waitInLine(queue, about, signal);
    },
    leave() {
      running--;
      startNext();
    },
    begin: () => ({ atMs: clock2.now(), round }),
    good() {
      time.answered();
      inTrouble.clear();
      strikes /= 2;
      answers++;
      startNext();
    },
    bad(start, trouble) {
      time.failedSince(start.atMs);
      if (trouble.about !== void 0) inTrouble.add(trouble.about);
      answers = 0;
      if (start.round === round) {
        strikes++;
        round++;
      }
      if (strikes >= limits.strikes || time.lostMs() >= limits.troubleMs) throw endOver(trouble);
    },
    async pause(ms, trouble, signal) {
      if (time.lostMs() + ms >= limits.troubleMs) throw endOver(trouble);
      const either = signalFor(trouble.about, signal);
      await clock2.sleep(ms, either).catch((error) => {
        either.throwIfAborted();
        throw error;
      });
    }
  };
}
function createLostTime(clock2) {
  let beforeMs = 0;
  let sinceMs;
  let lastAnswerMs = Number.NEGATIVE_INFINITY;
  const lostMs = () => beforeMs + (sinceMs === void 0 ? 0 : clock2.now() - sinceMs);
  return {
    lostMs,
    answered() {
      beforeMs = lostMs();
      sinceMs = void 0;
      lastAnswerMs = clock2.now();
    },
    failedSince(startMs) {
      sinceMs ??= Math.max(startMs, lastAnswerMs);
    }
  };
}
async function waitInLine(queue, about, signal) {
  await new Promise((resolve2, reject) => {
    const onAbort = () => {
      queue.splice(queue.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    const done = () => signal?.removeEventListener("abort", onAbort);
    const waiting = {
      about,
      start: () => {
        done();
        resolve2();
      },
      fail: (reason2) => {
        done();
        reject(reason2);
      }
    };
    queue.push(waiting);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
function afterwards(what, error) {
  return registryError(error.code, `${what} is not asked again in this run: ${error.message}`, {
    subject: error.subject,
    hint: error.hint,
    cause: error
  });
}

// src/registry/connection.ts
function createConnection(options) {
  const { clock: clock2, endpoint, limits } = options;
  const patience = createPatience(endpoint.registry, { clock: clock2, limits });
  const tools = { clock: clock2, limits, patience };
  const authorizer = createAuthorizer(options, tools);
  let sent = 0;
  const exchangeOnce = (request, hop, { signal, endsAtMs }) => {
    const headers = { "user-agent": options.userAgent };
    if (hop.url.origin === request.url.origin) {
      sent++;
      request.onSent?.();
      Object.assign(headers, request.headers);
      if (hop.authorization !== void 0) headers["authorization"] = hop.authorization;
    }
    const leftMs = Math.max(1, endsAtMs - clock2.now());
    return exchange2(
      { method: request.method, url: hop.url, headers, body: request.body },
      {
        fetch: options.fetch,
        clock: clock2,
        headersMs: Math.min(limits.headersMs, leftMs),
        totalMs: Math.min(limits.answerMs, leftMs),
        maxBytes: request.maxBytes,
        signal
      }
    );
  };
  const follow = async (request, authorization, bounds) => {
    let hop = { url: request.url, authorization };
    for (let redirects = 0; ; redirects++) {
      const answer = await exchangeOnce(request, hop, bounds);
      if (!isRedirect(answer.status)) return { answer, athome: hop.url.origin === request.url.origin };
      if (redirects >= limits.redirects) throw refusedRedirect(endpoint, request, "too many redirects in a row");
      const url = redirectTarget(answer, { request, from: hop.url, endpoint });
      hop = { url, authorization: url.origin === hop.url.origin ? hop.authorization : void 0 };
    }
  };
  const authorized = async (request, header, bounds) => {
    const first = await follow(request, header, bounds);
    const { scope } = request;
    if (first.answer.status !== 401 || !first.athome || scope === void 0) return first.answer;
    const challenge = first.answer.headers.get("www-authenticate");
    const isWorthIt = await authorizer.challenged({ header: challenge, used: header, scope }, bounds.signal);
    if (!isWorthIt) return first.answer;
    const second = await follow(request, await authorizer.header(scope, bounds.signal), bounds);
    return second.answer;
  };
  const headerFor = async (request, signal) => {
    if (request.url.origin !== endpoint.url.origin) return void 0;
    if (request.asUser) return authorizer.asUser(signal);
    return request.scope === void 0 ? void 0 : authorizer.header(request.scope, signal);
  };
  const attemptOnce = async (request, leftMs, signal) => {
    await patience.enter(request.about, signal);
    try {
      const either = patience.signalFor(request.about, signal);
      const header = await headerFor(request, either);
      const bounds = { signal: either, endsAtMs: clock2.now() + Math.min(leftMs, patience.remainingMs()) };
      return await attempt(tools, describeRequest(endpoint, request), () => authorized(request, header, bounds));
    } finally {
      patience.leave();
    }
  };
  return {
    endpoint,
    requests: () => sent,
    scheme: authorizer.scheme,
    recall: authorizer.recall,
    async send(request, signal) {
      const { about } = request;
      const once = (leftMs) => attemptOnce(request, leftMs, signal);
      const answer = await keepTrying(tools, { about, attemptOnce: once }, signal);
      const fine = answer.status >= 200 && answer.status < 300 || request.accept?.includes(answer.status);
      if (!fine) throw statusError(answer, describeRequest(endpoint, request));
      return answer;
    }
  };
}
function describeRequest(endpoint, { method, url, about }) {
  return { who: endpoint.registry, what: `${method} ${url.pathname}`, registry: endpoint.registry, about };
}
function redirectTarget(answer, { request, from, endpoint }) {
  const location = answer.headers.get("location");
  const target = location === null ? null : URL.parse(location, from.href);
  if (target === null || !/^https?:$/.test(target.protocol) || target.username !== "" || target.password !== "") {
    throw refusedRedirect(endpoint, request, "a redirect to no usable address");
  }
  if (from.protocol === "https:" && target.protocol === "http:") {
    throw refusedRedirect(endpoint, request, "a redirect from https to http");
  }
  if (request.method === "POST") throw refusedRedirect(endpoint, request, "a redirect");
  return target;
}
function refusedRedirect(endpoint, request, what) {
  const asked = describeRequest(endpoint, request);
  return registryError("REGISTRY_REDIRECT_REFUSED", `${asked.who} answered ${asked.what} with ${what}`, {
    subject: endpoint.registry
  });
}

// src/registry/digest.ts
import { createHash as createHash2 } from "node:crypto";
var LENGTHS = /* @__PURE__ */ new Map([
  ["sha256", 64],
  ["sha512", 128]
]);
function isDigest2(text2) {
  if (typeof text2 !== "string" || text2.length > 135) return false;
  const colon = text2.indexOf(":");
  const hex = text2.slice(colon + 1);
  return LENGTHS.get(text2.slice(0, colon)) === hex.length && /^[a-f0-9]+$/.test(hex);
}
function digestOf2(content, algorithm = "sha256") {
  return `${algorithm}:${createHash2(algorithm).update(content).digest("hex")}`;
}
function matchesDigest(content, digest) {
  return digestOf2(content, digest.startsWith("sha512:") ? "sha512" : "sha256") === digest;
}

// src/registry/names.ts
var TAG2 = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
var PATH_PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
var REGISTRY = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]{2,45}\])(?::\d{1,5})?$/;
var FALLBACK_TAG = /^sha(?:256|512)-[a-f0-9]{32,128}(?:\.[a-zA-Z0-9._-]+)?$/;
function isTag2(text2) {
  return TAG2.test(text2);
}
function isFallbackTag(tag) {
  return FALLBACK_TAG.test(tag);
}
function isRegistryName(text2) {
  return text2.length <= 255 && REGISTRY.test(text2);
}
function isRepositoryPath(text2) {
  return text2.length <= 255 && text2.split("/").every((part) => PATH_PART.test(part));
}

// src/registry/endpoint.ts
var DOCKER_HUB2 = "docker.io";
var DOCKER_HUB_HOSTS = /* @__PURE__ */ new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
  "registry.hub.docker.com"
]);
function endpointOf(registry, configured) {
  if (!isRegistryName(registry)) {
    throw registryError("REGISTRY_NAME_INVALID", `${JSON.stringify(registry.slice(0, 80))} is no registry name`);
  }
  if (configured === void 0) {
    const host = DOCKER_HUB_HOSTS.has(registry) ? "registry-1.docker.io" : registry;
    return { registry, url: new URL(`https://${host}/`), configured: false };
  }
  const url = URL.parse(configured);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw invalid5(registry, "is not an http or https address");
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw invalid5(registry, "may hold a scheme, a host, a port and a path, nothing else");
  }
  url.pathname = url.pathname.replace(/\/+$/, "").replace(/\/v2$/, "");
  return { registry, url, configured: true };
}
function apiUrl(endpoint, path6) {
  return new URL(`${endpoint.url.pathname.replace(/\/$/, "")}/v2/${path6}`, endpoint.url);
}
function invalid5(registry, what) {
  return registryError("REGISTRY_ENDPOINT_INVALID", `the endpoint of ${registry} ${what}`, {
    subject: registry,
    hint: "Write it as https://HOST or http://HOST:PORT, and credentials in the docker config."
  });
}

// src/registry/platform.ts
function platformOf(fields) {
  const { os, architecture, variant } = fields;
  if (typeof os !== "string" || typeof architecture !== "string") return void 0;
  if (os === "unknown" || architecture === "unknown") return void 0;
  const platform = [os, architecture, variant].filter((part) => typeof part === "string" && part !== "").join("/");
  return /^[a-zA-Z0-9_.-]{1,40}(?:\/[a-zA-Z0-9_.-]{1,40}){1,2}$/.test(platform) ? platform : void 0;
}

// src/registry/manifest.ts
var OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
var OCI_INDEX = "application/vnd.oci.image.index.v1+json";
var DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
var DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
var MANIFEST_ACCEPT = [OCI_INDEX, DOCKER_LIST, OCI_MANIFEST, DOCKER_MANIFEST].join(", ");
var IMAGE_CONFIGS = /* @__PURE__ */ new Set([
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json"
]);
var MAX_CHILDREN = 200;
function parseManifest(content) {
  const root = parseObject(content);
  if (root === void 0) return void 0;
  const annotations = labelsOf(root["annotations"]);
  if (Array.isArray(root["manifests"])) {
    const children = root["manifests"].slice(0, MAX_CHILDREN).flatMap(childOf);
    return { kind: "index", children, annotations };
  }
  const config = root["config"];
  if (!isFields(config) || !isDigest2(config["digest"])) return void 0;
  const isImage = typeof config["mediaType"] === "string" && IMAGE_CONFIGS.has(config["mediaType"]);
  return { kind: "image", config: isImage ? config["digest"] : void 0, annotations };
}
function parseImageConfig(content) {
  const root = parseObject(content);
  if (root === void 0) return void 0;
  const inner = isFields(root["config"]) ? root["config"] : {};
  return { created: root["created"], platform: platformOf(root), labels: labelsOf(inner["Labels"]) };
}
function parseCreated(text2) {
  if (typeof text2 !== "string" || text2.length > 40) return void 0;
  if (!/^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text2)) return void 0;
  const ms = Date.parse(text2.toUpperCase());
  if (Number.isNaN(ms) || ms < Date.UTC(100, 0, 1)) return void 0;
  return ms;
}
function childOf(entry) {
  if (!isFields(entry) || !isDigest2(entry["digest"]) || !isFields(entry["platform"])) return [];
  const platform = platformOf(entry["platform"]);
  return platform === void 0 ? [] : [{ digest: entry["digest"], platform }];
}
var LABELS_THAT_MATTER = [
  "org.opencontainers.image.source",
  "org.opencontainers.image.revision",
  "org.opencontainers.image.created"
];
var MAX_LABEL = 2048;
function labelsOf(value) {
  if (!isFields(value)) return {};
  const labels = {};
  for (const name of LABELS_THAT_MATTER) {
    const text2 = textOf5(value, name);
    if (text2 !== void 0 && text2.length <= MAX_LABEL) labels[name] = text2;
  }
  return labels;
}

// src/registry/image-facts.ts
var CREATED = "org.opencontainers.image.created";
var REVISION2 = "org.opencontainers.image.revision";
var PREFERRED_PLATFORM = "linux/amd64";
async function fetchImageFacts(source, reference, known, signal) {
  const { digest, manifest } = await fetchManifest(source, reference, signal);
  const facts = known(digest) ?? await factsOf2(source, manifest, signal);
  return { digest, facts };
}
async function fetchDigest(source, tag, signal) {
  const request = manifestRequest(source, tag, "HEAD");
  const answer = await source.connection.send({ ...request, accept: [404, 405] }, signal);
  if (answer.status === 404) return null;
  const digest = answer.headers.get("docker-content-digest");
  if (answer.status < 300 && isDigest2(digest)) return digest;
  const whole2 = await source.connection.send({ ...manifestRequest(source, tag, "GET"), accept: [404] }, signal);
  return whole2.status === 404 ? null : verifiedDigest(whole2, tag, describeRequest(source.connection.endpoint, request));
}
async function factsOf2(source, manifest, signal) {
  if (manifest.kind === "image") return imageFacts(source, manifest, signal);
  const platforms = manifest.children.map((child2) => child2.platform);
  const fromIndex = { ...factsFromLabels(manifest.annotations), platforms };
  const chosen = chooseChild(manifest.children);
  if (chosen === void 0 || fromIndex.createdMs !== void 0 && Object.hasOwn(manifest.annotations, REVISION2)) {
    return fromIndex;
  }
  const child = await fetchManifest(source, chosen.digest, signal);
  if (child.manifest.kind !== "image") return fromIndex;
  const facts = await imageFacts(source, child.manifest, signal);
  return { ...facts, labels: { ...manifest.annotations, ...facts.labels }, platforms };
}
async function imageFacts({ connection, path: path6, limits }, manifest, signal) {
  if (manifest.config === void 0) return factsFromLabels(manifest.annotations);
  const request = {
    method: "GET",
    url: apiUrl(connection.endpoint, `${path6}/blobs/${manifest.config}`),
    scope: pullScope(path6),
    maxBytes: limits.configBytes
  };
  const asked = describeRequest(connection.endpoint, request);
  const answer = await connection.send(request, signal);
  if (!matchesDigest(answer.body, manifest.config)) throw mismatch(asked);
  const config = parseImageConfig(answer.body);
  if (config === void 0) throw malformed(asked, "no image config");
  return {
    createdMs: parseCreated(config.created) ?? parseCreated(manifest.annotations[CREATED]),
    platforms: config.platform === void 0 ? void 0 : [config.platform],
    labels: { ...manifest.annotations, ...config.labels }
  };
}
function factsFromLabels(labels) {
  return { createdMs: parseCreated(labels[CREATED]), labels };
}
function chooseChild(children) {
  return children.find((child) => child.platform === PREFERRED_PLATFORM) ?? children[0];
}
async function fetchManifest(source, reference, signal) {
  const request = manifestRequest(source, reference, "GET");
  const asked = describeRequest(source.connection.endpoint, request);
  const answer = await source.connection.send(request, signal);
  const digest = verifiedDigest(answer, reference, asked);
  const manifest = parseManifest(answer.body);
  if (manifest === void 0) throw malformed(asked, "no manifest of a known kind");
  return { digest, manifest };
}
function manifestRequest({ connection, path: path6, limits }, reference, method) {
  return {
    method,
    url: apiUrl(connection.endpoint, `${path6}/manifests/${reference}`),
    headers: { accept: MANIFEST_ACCEPT },
    scope: pullScope(path6),
    maxBytes: limits.manifestBytes
  };
}
function verifiedDigest(answer, reference, asked) {
  const claimed = isDigest2(reference) ? reference : answer.headers.get("docker-content-digest");
  if (claimed === null) return digestOf2(answer.body);
  if (!isDigest2(claimed) || !matchesDigest(answer.body, claimed)) throw mismatch(asked);
  return claimed;
}
function mismatch(asked) {
  return registryError(
    "REGISTRY_DIGEST_MISMATCH",
    `${asked.who} answered ${asked.what} with content of another digest`,
    {
      subject: asked.registry
    }
  );
}
function pullScope(path6) {
  return `repository:${path6}:pull`;
}

// src/registry/memory.ts
function emptyMemory(registry, path6) {
  return {
    registry,
    path: path6,
    tags: /* @__PURE__ */ new Map(),
    images: /* @__PURE__ */ new Map(),
    listed: void 0,
    pushesKnownMs: void 0,
    vendorOffUntilMs: void 0,
    scheme: void 0,
    changed: false
  };
}
function noteTag(memory, tag, seen) {
  const before = memory.tags.get(tag);
  const after = nextTagMemory(before, seen);
  if (before !== void 0 && before === after) return before;
  memory.tags.set(tag, after);
  memory.changed = true;
  return after;
}
function noteUntold(memory, tag, nowMs) {
  memory.tags.set(tag, { ...noteTag(memory, tag, { nowMs }), untold: true });
  memory.changed = true;
}
function nextTagMemory(before, { nowMs, digest, pushedMs }) {
  const known = digest === void 0 ? {} : { digest, verifiedMs: nowMs, ...pushedMs === void 0 ? {} : { pushedMs } };
  if (before === void 0) return { firstSeenMs: nowMs, ...known };
  const firstSeenMs = Math.min(before.firstSeenMs, nowMs);
  if (digest === void 0) return firstSeenMs === before.firstSeenMs ? before : { ...before, firstSeenMs };
  if (before.digest === void 0 || before.digest === digest) return { ...before, firstSeenMs, ...known };
  return { firstSeenMs: nowMs, ...known, moves: (before.moves ?? 0) + 1 };
}
function mostDue(memory, tags, nowMs) {
  let best;
  for (const tag of tags) {
    const remembered = memory.tags.get(tag);
    if (remembered?.digest === void 0) continue;
    const age = ageOf(remembered, nowMs) * ((remembered.moves ?? 0) > 0 ? 16 : 1);
    if (best === void 0 || age > best.age) best = { tag, age };
  }
  return best?.tag;
}
function ageOf(tag, nowMs) {
  const verifiedMs = tag.verifiedMs ?? 0;
  return verifiedMs > nowMs ? nowMs : nowMs - verifiedMs;
}
function pruneMemory(memory, limits) {
  const { listed: listed2 } = memory;
  if (listed2 !== void 0) {
    const gone2 = [...memory.tags].filter(([tag]) => !listed2.has(tag));
    dropOldest(memory, gone2, limits.rememberedGoneTags);
  }
  dropOldest(memory, [...memory.tags], limits.rememberedTags);
  const used = new Set([...memory.tags.values()].map((tag) => tag.digest));
  for (const digest of [...memory.images.keys()]) if (!used.has(digest)) memory.images.delete(digest);
}
function dropOldest(memory, tags, keep) {
  if (tags.length <= keep) return;
  tags.sort(([, a], [, b]) => b.firstSeenMs - a.firstSeenMs);
  for (const [tag] of tags.slice(keep)) memory.tags.delete(tag);
}

// src/registry/describe.ts
function newReading() {
  return { flight: createSingleFlight(), digests: createSingleFlight(), unreadable: /* @__PURE__ */ new Map() };
}
var WARM_REQUESTS = 2;
var OVERDUE_MS = 24 * 3600 * 1e3;
async function describeTags(tools, tags, signal) {
  const { memory } = tools;
  await verifyOne(tools, tags, signal);
  const failed7 = new AbortController();
  const either = signal === void 0 ? failed7.signal : AbortSignal.any([signal, failed7.signal]);
  const unreadable3 = [];
  const missing = tags.filter((fact) => isTag2(fact.tag) && !isKnown(memory, fact));
  await mapConcurrent(missing, tools.source.limits.concurrency, async (fact) => {
    try {
      await learn2(tools, fact, either);
    } catch (error) {
      if (isAboutOneThing(error)) {
        if (!tools.reading.unreadable.has(referenceOf2(fact))) unreadable3.push(error.message);
        tools.reading.unreadable.set(referenceOf2(fact), error);
        return;
      }
      failed7.abort(error);
      throw error;
    }
  });
  if (unreadable3.length > 0) {
    const more = unreadable3.length === 1 ? "" : ` (and ${unreadable3.length - 1} more)`;
    tools.onWarning(`an image could not be described: ${unreadable3[0]}${more}`);
  }
  return tags.map((fact) => withFacts2(memory, fact));
}
function digestFor(memory, fact) {
  return fact.digest ?? memory.tags.get(fact.tag)?.digest;
}
function isKnown(memory, fact) {
  const digest = digestFor(memory, fact);
  return digest !== void 0 && memory.images.has(digest);
}
async function learn2(tools, fact, signal) {
  const { source, memory, clock: clock2, reading } = tools;
  const reference = referenceOf2(fact);
  const unreadable3 = reading.unreadable.get(reference);
  if (unreadable3 !== void 0) throw unreadable3;
  const read4 = async () => {
    const { digest, facts } = await fetchImageFacts(source, reference, (known) => memory.images.get(known), signal);
    memory.images.set(digest, facts);
    memory.changed = true;
    return digest;
  };
  noteTag(memory, fact.tag, { nowMs: clock2.now(), digest: await reading.flight(reference, read4, signal) });
}
function referenceOf2(fact) {
  return fact.digest ?? fact.tag;
}
async function verifyOne(tools, tags, signal) {
  const { memory, source, clock: clock2 } = tools;
  const candidates2 = tags.filter((fact) => fact.digest === void 0 && isKnown(memory, fact)).map((fact) => fact.tag);
  const tag = mostDue(memory, candidates2, clock2.now());
  const remembered = tag === void 0 ? void 0 : memory.tags.get(tag);
  if (tag === void 0 || remembered === void 0) return;
  if (tools.requestsSoFar() >= WARM_REQUESTS && ageOf(remembered, clock2.now()) < OVERDUE_MS) return;
  try {
    const digest = await tools.reading.digests(tag, () => fetchDigest(source, tag, signal), signal);
    if (digest !== null) noteTag(memory, tag, { nowMs: clock2.now(), digest });
    else if (memory.listed?.has(tag)) forgetDigest(memory, tag);
  } catch (error) {
    if (signal?.aborted) throw error;
    tools.onWarning(`what is remembered of ${source.path} was not verified: ${messageOf(error)}`);
  }
}
function forgetDigest(memory, tag) {
  const remembered = memory.tags.get(tag);
  if (remembered === void 0) return;
  memory.tags.set(tag, { firstSeenMs: remembered.firstSeenMs, moves: remembered.moves });
  memory.changed = true;
}
function withFacts2(memory, fact) {
  const digest = digestFor(memory, fact);
  const facts = digest === void 0 ? void 0 : memory.images.get(digest);
  return {
    ...fact,
    digest,
    firstSeenMs: memory.tags.get(fact.tag)?.firstSeenMs ?? fact.firstSeenMs,
    createdMs: facts?.createdMs ?? fact.createdMs,
    platforms: facts?.platforms ?? fact.platforms,
    labels: facts?.labels ?? fact.labels
  };
}

// src/registry/limits.ts
var MIB = 1024 * 1024;
var DEFAULT_LIMITS = {
  headersMs: 1e4,
  answerMs: 2e4,
  troubleMs: 22e3,
  leastMs: 3e3,
  strikes: 5,
  attempts: 4,
  firstPauseMs: 300,
  retryAfterMs: 1e4,
  concurrency: 16,
  redirects: 5,
  listingMs: 3e4,
  pageBytes: 32 * MIB,
  listingBytes: 64 * MIB,
  pages: 1e3,
  tags: 25e4,
  // Registries need not accept manifests above 4 MiB: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests
  manifestBytes: 4 * MIB,
  configBytes: 4 * MIB,
  recentPages: 30,
  rememberedTags: 5e4,
  rememberedGoneTags: 1e3,
  cacheFileBytes: 32 * MIB
};
function vendorLimits(limits) {
  return {
    ...limits,
    headersMs: Math.min(3e3, limits.headersMs),
    answerMs: Math.min(3e3, limits.answerMs),
    troubleMs: Math.min(3e3, limits.troubleMs),
    leastMs: Math.min(1e3, limits.leastMs),
    retryAfterMs: Math.min(1e3, limits.retryAfterMs),
    strikes: 2,
    attempts: 2
  };
}

// src/registry/listing.ts
function usableListing(raw, memory, nowMs) {
  const tags = /* @__PURE__ */ new Map();
  let dropped = 0;
  for (const fact of raw.tags) {
    if (!isTag2(fact.tag)) {
      dropped++;
      continue;
    }
    if (isFallbackTag(fact.tag) || tags.has(fact.tag)) continue;
    const digest = isDigest2(fact.digest) ? fact.digest : void 0;
    const { firstSeenMs } = noteTag(memory, fact.tag, { nowMs, digest, pushedMs: fact.pushedMs });
    tags.set(fact.tag, { ...fact, digest, firstSeenMs });
  }
  if (raw.complete) memory.listed = new Set(tags.keys());
  return { listing: { tags: [...tags.values()], complete: raw.complete, warning: raw.warning }, dropped };
}

// src/registry/memory-files.ts
import { createHash as createHash3, randomUUID } from "node:crypto";
import { mkdir as mkdir2, open as open3, rename, rm as rm3, writeFile as writeFile2 } from "node:fs/promises";
import { join as join7 } from "node:path";

// src/registry/memory-text.ts
var VERSION2 = 1;
function printMemory(memory) {
  return `${JSON.stringify({
    version: VERSION2,
    registry: memory.registry,
    repository: memory.path,
    scheme: memory.scheme,
    pushesKnownMs: memory.pushesKnownMs,
    vendorOffUntilMs: memory.vendorOffUntilMs,
    tags: Object.fromEntries(memory.tags),
    images: Object.fromEntries(memory.images)
  })}
`;
}
function parseMemory(text2, { registry, path: path6, limits }) {
  const root = parseObject(text2);
  if (root?.["version"] !== VERSION2 || root["registry"] !== registry || root["repository"] !== path6) return void 0;
  const memory = emptyMemory(registry, path6);
  memory.scheme = readScheme(root["scheme"]);
  memory.pushesKnownMs = timeOf3(root, "pushesKnownMs");
  memory.vendorOffUntilMs = timeOf3(root, "vendorOffUntilMs");
  for (const [tag, value] of entriesOf3(root["tags"])) {
    const read4 = readTag(value);
    if (isTag2(tag) && read4 !== void 0 && memory.tags.size < limits.rememberedTags) memory.tags.set(tag, read4);
  }
  for (const [digest, value] of entriesOf3(root["images"])) {
    const read4 = readFacts(value);
    if (isDigest2(digest) && read4 !== void 0 && memory.images.size < limits.rememberedTags)
      memory.images.set(digest, read4);
  }
  return memory;
}
function readTag(value) {
  if (!isFields(value)) return void 0;
  const firstSeenMs = timeOf3(value, "firstSeenMs");
  if (firstSeenMs === void 0) return void 0;
  const tag = { firstSeenMs };
  if (isDigest2(value["digest"])) tag["digest"] = value["digest"];
  if (value["untold"] === true) tag["untold"] = true;
  for (const key of ["verifiedMs", "moves", "pushedMs"]) {
    const number = timeOf3(value, key);
    if (number !== void 0) tag[key] = number;
  }
  return { firstSeenMs, ...tag };
}
function readFacts(value) {
  if (!isFields(value)) return void 0;
  const platforms = value["platforms"];
  const createdMs = value["createdMs"];
  if (createdMs !== void 0 && !(typeof createdMs === "number" && Number.isFinite(createdMs))) return void 0;
  if (platforms !== void 0 && !(Array.isArray(platforms) && platforms.every((item) => typeof item === "string")))
    return void 0;
  const labels = readLabels(value["labels"]);
  return { createdMs, platforms, labels };
}
function readLabels(value) {
  if (!isFields(value)) return void 0;
  const texts = Object.entries(value).filter((entry) => typeof entry[1] === "string");
  return Object.fromEntries(texts);
}
function readScheme(value) {
  if (!isFields(value)) return void 0;
  const kind = textOf5(value, "kind");
  const realm = textOf5(value, "realm");
  if (kind === "basic") return { kind };
  if (kind !== "bearer" || realm === void 0) return void 0;
  return { kind, realm, service: textOf5(value, "service"), scope: textOf5(value, "scope") };
}
function timeOf3(fields, key) {
  const value = numberOf(fields, key);
  return value === void 0 || value < 0 ? void 0 : value;
}
function entriesOf3(value) {
  return isFields(value) ? Object.entries(value) : [];
}

// src/registry/memory-files.ts
function createMemoryFiles(directory, limits) {
  return {
    async load(registry, path6) {
      if (directory === null) return emptyMemory(registry, path6);
      const text2 = await readBounded(fileOf(directory, registry, path6), limits.cacheFileBytes);
      const memory = text2 === void 0 ? void 0 : parseMemory(text2, { registry, path: path6, limits });
      return memory ?? emptyMemory(registry, path6);
    },
    async save(memory) {
      if (directory === null || !memory.changed) return;
      pruneMemory(memory, limits);
      await mkdir2(join7(directory, "registry"), { recursive: true });
      await writeWhole(fileOf(directory, memory.registry, memory.path), printMemory(memory));
      memory.changed = false;
    }
  };
}
function fileOf(directory, registry, path6) {
  const name = `${registry}/${path6}`;
  const readable = name.toLowerCase().replace(/[^a-z0-9.]+/g, "-").replace(/^[.-]+/, "").slice(0, 100);
  const hash = createHash3("sha256").update(name).digest("hex").slice(0, 16);
  return join7(directory, "registry", `${readable}-${hash}.json`);
}
async function readBounded(file, maxBytes) {
  try {
    var _stack = [];
    try {
      const handle = __using(_stack, await open3(file, "r"), true);
      const { size } = await handle.stat();
      return size > maxBytes ? void 0 : await handle.readFile("utf8");
    } catch (_) {
      var _error = _, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  } catch {
    return void 0;
  }
}
async function writeWhole(file, text2) {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile2(draft, text2, { flag: "wx", mode: 384 });
    await rename(draft, file);
  } catch (error) {
    await rm3(draft, { force: true });
    throw error;
  }
}

// src/registry/link.ts
function nextPage(header, requestUrl, endpoint) {
  const target = header === null ? void 0 : targetOf(header, "next");
  if (target === void 0) return { kind: "last" };
  const url = URL.parse(target, requestUrl.href);
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: "refused", reason: "a link that is no address" };
  if (url.origin !== requestUrl.origin && !namesPublicHost(url, endpoint)) {
    return { kind: "refused", reason: "a link to another origin" };
  }
  const next = new URL(requestUrl);
  if (!url.pathname.endsWith("/tags/list")) next.pathname = url.pathname;
  next.search = url.search;
  return { kind: "next", url: next };
}
function namesPublicHost(url, endpoint) {
  if (url.username !== "" || url.password !== "") return false;
  const hosts = /* @__PURE__ */ new Set([hostOf(endpoint.registry, url.protocol)]);
  if (DOCKER_HUB_HOSTS.has(endpoint.registry)) for (const host of DOCKER_HUB_HOSTS) hosts.add(host);
  if (url.port === "") {
    hosts.add(endpoint.url.hostname);
    hosts.add(endpoint.registry.replace(/:\d+$/, ""));
  }
  return hosts.has(url.host);
}
function hostOf(registry, protocol) {
  return URL.parse(`${protocol}//${registry}`)?.host ?? registry;
}
function targetOf(header, relation) {
  let rest = header;
  for (; ; ) {
    const open4 = rest.indexOf("<");
    const close = rest.indexOf(">", open4 + 1);
    if (open4 < 0 || close < 0) return void 0;
    const target = rest.slice(open4 + 1, close).trim();
    const end = endOfParameters(rest, close + 1);
    if (relationsOf(rest.slice(close + 1, end)).includes(relation)) return target;
    rest = rest.slice(end + 1);
  }
}
function endOfParameters(text2, start) {
  let quoted = false;
  for (let at2 = start; at2 < text2.length; at2++) {
    const character = text2.charAt(at2);
    if (character === '"') quoted = !quoted;
    if (character === "," && !quoted) return at2;
  }
  return text2.length;
}
function relationsOf(parameters) {
  for (const parameter of parameters.split(";")) {
    const equals = parameter.indexOf("=");
    if (equals < 0 || parameter.slice(0, equals).trim().toLowerCase() !== "rel") continue;
    const value = parameter.slice(equals + 1).trim();
    return value.replaceAll('"', "").toLowerCase().split(/\s+/);
  }
  return [];
}

// src/registry/plain-listing.ts
var PLAIN2 = { pageSize: 1e3 };
var DISLIKES_SIZE = [400, 405, 416, 422];
var PAGES_WITHOUT_NEWS = 3;
async function listPlainly(tools, path6, signal) {
  const { connection, limits, clock: clock2, dialect = PLAIN2 } = tools;
  const tags = /* @__PURE__ */ new Map();
  const partial = (why) => ({ tags: [...tags.values()], complete: false, warning: why });
  let url = apiUrl(connection.endpoint, `${path6}/tags/list`);
  if (dialect.pageSize !== void 0) url.searchParams.set("n", String(dialect.pageSize));
  let bytes = 0;
  let pagesWithoutNews = 0;
  let spentMs = 0;
  for (let page = 1; ; page++) {
    const startedMs = clock2.now();
    const asked = describeRequest(connection.endpoint, { method: "GET", url });
    const known = tags.size;
    let answer;
    try {
      ({ answer, url } = await fetchPage(tools, { path: path6, url, first: page === 1 }, signal));
      addTags(tags, readPage(answer, asked), { asked, dialect, most: limits.tags });
    } catch (error) {
      if (page === 1 || signal?.aborted || !(error instanceof Error)) throw error;
      return partial(`page ${page} of the listing failed: ${error.message}`);
    }
    spentMs += clock2.now() - startedMs;
    bytes += answer.body.length;
    if (tags.size > limits.tags) {
      return partial(`${asked.who} sent a listing of ${path6} of more than ${limits.tags} tags`);
    }
    const next = whatNext(answer, url, { tags, known, endpoint: connection.endpoint });
    if (next.kind === "refused") return partial(`${asked.who} answered ${asked.what} with ${next.reason}`);
    if (next.kind === "last") return finished(tags, asked);
    pagesWithoutNews = tags.size === known ? pagesWithoutNews + 1 : 0;
    const limit = brokenLimit({ page, bytes, spentMs, tags: tags.size, pagesWithoutNews }, limits);
    if (limit !== void 0) return partial(`${asked.who} sent a listing of ${path6} ${limit}`);
    if (next.url.href === url.href) return partial(`${asked.who} sent a listing of ${path6} that leads back to itself`);
    url = next.url;
  }
}
function whatNext(answer, url, so) {
  const next = nextPage(answer.headers.get("link"), url, so.endpoint);
  const isNexus = /^nexus/i.test(answer.headers.get("server") ?? "");
  const isFull = String(so.tags.size - so.known) === url.searchParams.get("n");
  if (next.kind !== "last" || !isNexus || !isFull) return next;
  const further = new URL(url);
  further.searchParams.set("last", [...so.tags.keys()].at(-1) ?? "");
  return { kind: "next", url: further };
}
function finished(tags, asked) {
  if (tags.size > 0) return { tags: [...tags.values()], complete: true };
  return { tags: [], complete: false, warning: `${asked.who} answered ${asked.what} with no tags` };
}
async function fetchPage({ connection, limits }, { path: path6, url, first }, signal) {
  const request = {
    method: "GET",
    url,
    headers: { accept: "application/json" },
    scope: pullScope(path6),
    maxBytes: limits.pageBytes
  };
  if (!first) return { answer: await connection.send(request, signal), url };
  const answer = await connection.send({ ...request, accept: DISLIKES_SIZE }, signal);
  if (answer.status < 300) return { answer, url };
  const plain = new URL(url);
  plain.search = "";
  return { answer: await connection.send({ ...request, url: plain }, signal), url: plain };
}
function readPage(answer, asked) {
  const page = parseObject(answer.body);
  if (page === void 0) throw malformed(asked, "something that is no JSON object");
  return page;
}
function addTags(tags, page, { asked, dialect, most }) {
  if (!Object.hasOwn(page, "tags")) throw malformed(asked, "no list of tags");
  const names = page["tags"] ?? [];
  if (!Array.isArray(names)) throw malformed(asked, "no list of tags");
  if (!names.every((name) => typeof name === "string")) throw malformed(asked, "a tag that is no text");
  const facts = dialect.factsOf?.(page);
  for (const tag of names) {
    tags.set(tag, facts?.get(tag) ?? { tag });
    if (tags.size > most) return;
  }
}
function brokenLimit(so, limits) {
  if (so.page >= limits.pages) return `of more than ${limits.pages} pages`;
  if (so.tags >= limits.tags) return `of more than ${limits.tags} tags`;
  if (so.bytes >= limits.listingBytes) return `of more than ${limits.listingBytes} bytes`;
  if (so.spentMs >= limits.listingMs) return `that takes longer than ${limits.listingMs / 1e3} s`;
  if (so.pagesWithoutNews >= PAGES_WITHOUT_NEWS) return "whose pages bring nothing new";
  return void 0;
}

// src/core/images/cloud.ts
var ECR_PUBLIC = "public.ecr.aws";
var ECR = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com(?:\.cn)?$/;
function cloudOf(registry) {
  if (registry === ECR_PUBLIC || ecrPlace(registry) !== void 0) return "aws";
  if (isGoogleRegistry(registry)) return "google";
  return isAzureRegistry(registry) ? "azure" : void 0;
}
function ecrPlace(registry) {
  const [, account, region] = ECR.exec(registry) ?? [];
  if (account === void 0 || region === void 0) return void 0;
  return region.startsWith("cn-") === registry.endsWith(".cn") ? { account, region } : void 0;
}
var GOOGLE = /^(?:(?:[a-z0-9-]+\.)?gcr\.io|[a-z0-9][a-z0-9-]*-docker\.pkg\.dev)$/;
function isGoogleRegistry(registry) {
  return GOOGLE.test(registry);
}
var AZURE = /^[a-z0-9-]+\.azurecr\.(?:io|cn|us)$/;
function isAzureRegistry(registry) {
  return AZURE.test(registry);
}

// src/registry/cloud/lifetime.ts
var MINUTE_MS = 6e4;
var UNTOLD_MS = 55 * MINUTE_MS;
var LONGEST_MS = 12 * 60 * MINUTE_MS;
var SHORTEST_MS = MINUTE_MS;
var SKEW_MS2 = 5 * MINUTE_MS;
function staleAt(nowMs, expiresMs) {
  const told = expiresMs !== void 0 && Number.isFinite(expiresMs) ? expiresMs - nowMs : UNTOLD_MS;
  const lifetimeMs = Math.min(Math.max(told, SHORTEST_MS), LONGEST_MS);
  return nowMs + lifetimeMs - Math.min(SKEW_MS2, lifetimeMs / 4);
}
function tokenExpiry(token) {
  const [, payload] = token.split(".");
  const claims = parseObject(Buffer.from(payload ?? "", "base64url"));
  const expires = claims && numberOf(claims, "exp");
  return expires === void 0 ? void 0 : expires * 1e3;
}

// src/registry/cloud/login.ts
var TIMEOUT_MS = 5e3;
var MAX_BYTES3 = 256 * 1024;
async function askLogin(step2, request, { fetch: fetch2, clock: clock2, userAgent, timeoutMs = TIMEOUT_MS }, signal) {
  const headers = { ...request.headers, "user-agent": userAgent };
  for (let attempt2 = 1; ; attempt2++) {
    try {
      const limits = { headersMs: timeoutMs, totalMs: timeoutMs, maxBytes: MAX_BYTES3 };
      const answer = await exchange2({ ...request, headers }, { fetch: fetch2, clock: clock2, ...limits, signal });
      if (answer.status === 200 || answer.status === 201) return answer.body.toString("utf8");
      if (attempt2 === 2 || !isPassing(answer.status))
        throw loginFailed(step2, `answered ${answer.status}${reasonOf3(answer.body.toString("utf8"))}`);
    } catch (error) {
      if (signal?.aborted || !(error instanceof TowpathError) || error.code === "REGISTRY_LOGIN_FAILED") throw error;
      if (attempt2 === 2 || error.code === "HTTP_TIMEOUT") throw loginFailed(step2, messageOf(error), error);
    }
  }
}
function unusableLogin(step2, what) {
  return loginFailed(step2, `answered without ${what}`);
}
function loginFailed(step2, what, cause) {
  return registryError("REGISTRY_LOGIN_FAILED", `cannot log in to ${step2.registry}: ${step2.who} ${what}`, {
    subject: step2.registry,
    cause,
    hint: "Check that the cloud trusts this repository's identity and that the job has the permission id-token: write."
  });
}
function isPassing(status) {
  return status === 429 || status >= 500;
}
function reasonOf3(body) {
  const fields = parseObject(body) ?? {};
  const [, element] = /<Code>([^<]{1,60})<\/Code>/.exec(body) ?? [];
  const error = isFields(fields["error"]) ? fields["error"] : {};
  const amazons = textOf5(fields, "__type")?.replace(/^.*#/, "");
  const found = [element, textOf5(fields, "error"), textOf5(error, "status"), amazons];
  const word = found.find((reason2) => reason2 !== void 0 && /^[A-Za-z][A-Za-z_]{2,59}$/.test(reason2));
  return word === void 0 ? "" : ` (${word})`;
}
function postForm(url, form) {
  return {
    method: "POST",
    url: new URL(url),
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams(form).toString()
  };
}
function postJson(url, body, headers = {}) {
  return {
    method: "POST",
    url: new URL(url),
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: JSON.stringify(body)
  };
}

// src/registry/cloud/until-stale.ts
function keepUntilStale(clock2) {
  const values = /* @__PURE__ */ new Map();
  const failures = /* @__PURE__ */ new Map();
  const flight = createSingleFlight();
  return async (key, get, signal) => {
    const kept2 = values.get(key);
    if (kept2 !== void 0 && clock2.now() < kept2.staleAtMs) return kept2;
    if (failures.has(key)) throw failures.get(key);
    const getAndKeep = async () => {
      try {
        const value = await get();
        values.set(key, value);
        return value;
      } catch (error) {
        if (!signal?.aborted) failures.set(key, error);
        throw error;
      }
    };
    return flight(key, getAndKeep, signal);
  };
}

// src/registry/cloud/aws-keys.ts
function environmentAwsKeys(env, mask) {
  return async () => {
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
    if (!accessKeyId || !secret) return void 0;
    mask(secret);
    if (token) mask(token);
    return {
      accessKeyId,
      secretAccessKey: new Secret(secret),
      temporaryToken: token ? new Secret(token) : void 0
    };
  };
}
function roleAwsKeys(role, tools) {
  const got = keepUntilStale(tools.clock);
  return async (place2, signal) => {
    const assume = () => assumeRole(role, { ...place2, tools }, signal);
    return (await got(place2.region, assume, signal)).keys;
  };
}
async function assumeRole({ roleArn, idToken, audience: audience2 = "sts.amazonaws.com" }, { region, registry, tools }, signal) {
  const step2 = { who: "the AWS Security Token Service", registry };
  const token = await idToken({ audience: audience2, registry }, signal);
  const request = postForm(`https://sts.${region}.${awsDomain(region)}/`, {
    Action: "AssumeRoleWithWebIdentity",
    Version: "2011-06-15",
    RoleArn: roleArn,
    RoleSessionName: "towpath",
    DurationSeconds: "3600",
    WebIdentityToken: token.reveal()
  });
  const answer = await askLogin(
    step2,
    { ...request, headers: { ...request.headers, accept: "text/xml" } },
    tools,
    signal
  );
  const accessKeyId = elementOf(answer, "AccessKeyId");
  const secret = elementOf(answer, "SecretAccessKey");
  const temporary = elementOf(answer, "SessionToken");
  const expiresMs = Date.parse(elementOf(answer, "Expiration") ?? "");
  if (accessKeyId === void 0 || secret === void 0 || temporary === void 0)
    throw unusableLogin(step2, "credentials");
  tools.mask(secret);
  tools.mask(temporary);
  return {
    keys: { accessKeyId, secretAccessKey: new Secret(secret), temporaryToken: new Secret(temporary) },
    staleAtMs: staleAt(tools.clock.now(), expiresMs)
  };
}
function awsDomain(region) {
  return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
}
function elementOf(xml, name) {
  const start = xml.indexOf(`<${name}>`);
  const end = xml.indexOf(`</${name}>`, start);
  if (start < 0 || end < 0) return void 0;
  const text2 = xml.slice(start + name.length + 2, end).trim();
  return /^[A-Za-z0-9+/=_:.-]+$/.test(text2) ? text2 : void 0;
}

// src/registry/cloud/aws-signature.ts
import { createHash as createHash4, createHmac } from "node:crypto";
function signAws(request, { keys, region, service, nowMs }) {
  const timestamp = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, "");
  const scope = `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const headers = { ...request.headers, "x-amz-date": timestamp };
  if (keys.temporaryToken !== void 0) headers["x-amz-security-token"] = keys.temporaryToken.reveal();
  const { canonical, signed } = canonicalRequest(request, { ...headers, host: request.url.host });
  const text2 = ["AWS4-HMAC-SHA256", timestamp, scope, sha256(canonical)].join("\n");
  let key = Buffer.from(`AWS4${keys.secretAccessKey.reveal()}`);
  for (const part of scope.split("/")) key = hmac(key, part);
  const signature = hmac(key, text2).toString("hex");
  const credential = `${keys.accessKeyId}/${scope}`;
  headers["authorization"] = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
  return headers;
}
function canonicalRequest(request, headers) {
  const names = Object.keys(headers).sort();
  const signed = names.join(";");
  const query = [...request.url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join("&");
  const lines2 = names.map((name) => `${name}:${(headers[name] ?? "").trim().replace(/ +/g, " ")}
`);
  const canonical = [request.method, request.url.pathname, query, lines2.join(""), signed, sha256(request.body)].join(
    "\n"
  );
  return { canonical, signed };
}
function encode(text2) {
  return encodeURIComponent(text2).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  );
}
function sha256(text2) {
  return createHash4("sha256").update(text2).digest("hex");
}
function hmac(key, text2) {
  return createHmac("sha256", key).update(text2).digest();
}

// src/registry/cloud/ecr.ts
var ECR_PUBLIC_REGION = "us-east-1";
function ecrRequest(call, signing) {
  const host = `api.ecr.${call.region}.${awsDomain(call.region)}`;
  return awsJson({ ...call, host, target: "AmazonEC2ContainerRegistry_V20150921", service: "ecr" }, signing);
}
function ecrPublicRequest(call, signing) {
  const host = `api.ecr-public.${call.region}.amazonaws.com`;
  return awsJson({ ...call, host, target: "SpencerFrontendService", service: "ecr-public" }, signing);
}
function awsJson(call, signing) {
  const request = postJson(`https://${call.host}/`, call.body, {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `${call.target}.${call.action}`
  });
  const body = request.body ?? "";
  const { region, service } = call;
  return {
    ...request,
    method: "POST",
    body,
    headers: signAws({ ...request, body }, { ...signing, region, service })
  };
}
function ecrCredentials(keySource, tools, { alsoPublic } = { alsoPublic: false }) {
  const passwords = keepUntilStale(tools.clock);
  return async ({ registry, configured }, signal) => {
    const place2 = ecrPlace(registry);
    const isPublic = alsoPublic && registry === ECR_PUBLIC;
    if (configured || place2 === void 0 && !isPublic) return void 0;
    const region = place2?.region ?? ECR_PUBLIC_REGION;
    const keys = await keySource({ region, registry }, signal);
    if (keys === void 0) return void 0;
    const nowMs = tools.clock.now();
    const call = { action: "GetAuthorizationToken", region, body: {} };
    const request = isPublic ? ecrPublicRequest(call, { keys, nowMs }) : ecrRequest(call, { keys, nowMs });
    const step2 = { who: "the ECR API", registry };
    const ask = async () => readPassword(await askLogin(step2, request, tools, signal), { step: step2, nowMs });
    return passwords(registry, ask, signal);
  };
}
function readPassword(answer, { step: step2, nowMs }) {
  const fields = parseObject(answer) ?? {};
  const alone = fields["authorizationData"];
  const data = isFields(alone) ? alone : listOf(fields, "authorizationData")?.[0];
  const decoded2 = Buffer.from((data && textOf5(data, "authorizationToken")) ?? "", "base64").toString("utf8");
  const colon = decoded2.indexOf(":");
  if (data === void 0 || colon < 1) throw unusableLogin(step2, "an authorization token");
  const expires = numberOf(data, "expiresAt");
  return {
    kind: "basic",
    username: decoded2.slice(0, colon),
    password: new Secret(decoded2.slice(colon + 1)),
    staleAtMs: staleAt(nowMs, expires === void 0 ? void 0 : expires * 1e3)
  };
}

// src/registry/vendors/vendor.ts
async function* walkPages(connection, { first, read: read4 }, signal) {
  for (let request = first; request !== void 0; ) {
    const answer = await connection.send(request, signal);
    const text2 = answer.body.toString("utf8").trim();
    const body = parseObject(text2.startsWith("[") ? `{"list":${text2}}` : text2);
    const page = body === void 0 ? void 0 : read4(body, answer, request);
    if (page === void 0) throw malformed(describeRequest(connection.endpoint, request), "no list of tags");
    yield page.tags;
    request = page.next;
  }
}
function getJson(url, maxBytes) {
  return { method: "GET", url, headers: { accept: "application/json" }, maxBytes };
}

// src/registry/vendors/azure.ts
function azure(connection, limits) {
  const read4 = (body, answer, request) => {
    const tags = listOf(body, "tags");
    if (tags === void 0) return void 0;
    const next = nextPage(answer.headers.get("link"), request.url, connection.endpoint);
    if (next.kind === "refused") return void 0;
    return { tags: tags.flatMap(factsOf3), next: next.kind === "last" ? void 0 : { ...request, url: next.url } };
  };
  return {
    order: "whole",
    athome: true,
    movesShowFirst: true,
    pages(path6, signal) {
      const url = new URL(`/acr/v1/${path6}/_tags?n=1000`, connection.endpoint.url);
      const scope = `repository:${path6}:pull,metadata_read`;
      const first = { ...getJson(url, limits.pageBytes), scope };
      return walkPages(connection, { first, read: read4 }, signal);
    }
  };
}
function factsOf3(entry) {
  const tag = textOf5(entry, "name");
  if (tag === void 0) return [];
  const pushedMs = parseCreated(entry["lastUpdateTime"]) ?? parseCreated(entry["createdTime"]);
  return [{ tag, digest: textOf5(entry, "digest"), pushedMs }];
}

// src/registry/vendors/docker-hub.ts
var DOCKER_HUB_API = "https://hub.docker.com";
function dockerHub(connection, limits) {
  return {
    order: "recent",
    athome: false,
    movesShowFirst: true,
    pages(path6, signal) {
      const [namespace, ...rest] = path6.split("/");
      const url = new URL(`${DOCKER_HUB_API}/v2/namespaces/${namespace}/repositories/${rest.join("/")}/tags`);
      url.search = "page_size=100&ordering=last_updated";
      return walkPages(connection, { first: getJson(url, limits.pageBytes), read }, signal);
    }
  };
}
var read = (body, _answer, request) => {
  const results = listOf(body, "results");
  if (results === void 0) return void 0;
  const next = URL.parse(textOf5(body, "next") ?? "", request.url.href);
  const follows = textOf5(body, "next") !== void 0 && next?.origin === request.url.origin;
  return { tags: results.flatMap(factsOf4), next: follows ? { ...request, url: next } : void 0 };
};
function factsOf4(result) {
  const tag = textOf5(result, "name");
  if (tag === void 0) return [];
  const images = listOf(result, "images") ?? [];
  return [
    {
      tag,
      digest: textOf5(result, "digest"),
      pushedMs: parseCreated(textOf5(result, "tag_last_pushed")) ?? parseCreated(textOf5(result, "last_updated")),
      platforms: images.flatMap((image) => platformOf(image) ?? [])
    }
  ];
}

// src/registry/vendors/ecr.ts
function ecr(connection, { place: place2, keys, clock: clock2, limits }) {
  const { registry } = connection.endpoint;
  return {
    order: "whole",
    athome: false,
    movesShowFirst: true,
    async *pages(path6, signal) {
      const found = await keys({ region: place2.region, registry }, signal);
      if (found === void 0) throw registryError("REGISTRY_UNAUTHORIZED", `there are no AWS keys for ${registry}`);
      const ask = (nextToken) => {
        const body = {
          registryId: place2.account,
          repositoryName: path6,
          maxResults: 1e3,
          filter: { tagStatus: "TAGGED" },
          ...nextToken === void 0 ? {} : { nextToken }
        };
        const call = { action: "DescribeImages", region: place2.region, body };
        return { ...ecrRequest(call, { keys: found, nowMs: clock2.now() }), maxBytes: limits.pageBytes };
      };
      yield* walkPages(
        connection,
        {
          first: ask(void 0),
          read(body) {
            const images = listOf(body, "imageDetails");
            const nextToken = textOf5(body, "nextToken");
            if (images === void 0) return void 0;
            return { tags: images.flatMap(factsOf5), next: nextToken === void 0 ? void 0 : ask(nextToken) };
          }
        },
        signal
      );
    }
  };
}
function factsOf5(image) {
  const pushed = numberOf(image, "imagePushedAt");
  const tags = Array.isArray(image["imageTags"]) ? image["imageTags"] : [];
  const digest = textOf5(image, "imageDigest");
  const pushedMs = pushed === void 0 ? void 0 : Math.round(pushed * 1e3);
  return tags.filter((tag) => typeof tag === "string").map((tag) => ({ tag, digest, pushedMs }));
}

// src/registry/vendors/ecr-public.ts
function ecrPublic(connection, { keys, clock: clock2, limits }) {
  return {
    order: "whole",
    athome: false,
    movesShowFirst: true,
    async *pages(path6, signal) {
      const found = await keys({ region: ECR_PUBLIC_REGION, registry: ECR_PUBLIC }, signal);
      if (found === void 0) throw registryError("REGISTRY_UNAUTHORIZED", `there are no AWS keys for ${ECR_PUBLIC}`);
      const call = (action, body) => ({
        ...ecrPublicRequest({ action, region: ECR_PUBLIC_REGION, body }, { keys: found, nowMs: clock2.now() }),
        maxBytes: limits.pageBytes
      });
      const [alias = "", ...rest] = path6.split("/");
      const registryId = await registryWithAlias(
        connection,
        { alias, request: call("DescribeRegistries", {}) },
        signal
      );
      const ask = (nextToken) => call("DescribeImageTags", {
        registryId,
        repositoryName: rest.join("/"),
        maxResults: 1e3,
        ...nextToken === void 0 ? {} : { nextToken }
      });
      yield* walkPages(
        connection,
        {
          first: ask(void 0),
          read(body) {
            const details = listOf(body, "imageTagDetails");
            const nextToken = textOf5(body, "nextToken");
            if (details === void 0) return void 0;
            return { tags: details.flatMap(factsOf6), next: nextToken === void 0 ? void 0 : ask(nextToken) };
          }
        },
        signal
      );
    }
  };
}
async function registryWithAlias(connection, { alias, request }, signal) {
  const answer = await connection.send(request, signal);
  const registries = listOf(parseObject(answer.body) ?? {}, "registries");
  if (registries === void 0) throw malformed(describeRequest(connection.endpoint, request), "no list of registries");
  const own = registries.find((registry) => listOf(registry, "aliases")?.some((entry) => entry["name"] === alias));
  const id = own === void 0 ? void 0 : textOf5(own, "registryId");
  if (id === void 0) throw registryError("REGISTRY_NOT_FOUND", `${ECR_PUBLIC}/${alias} is not the asking account's`);
  return id;
}
function factsOf6(entry) {
  const tag = textOf5(entry, "imageTag");
  const image = isFields(entry["imageDetail"]) ? entry["imageDetail"] : {};
  const pushed = numberOf(image, "imagePushedAt");
  if (tag === void 0) return [];
  return [
    {
      tag,
      digest: textOf5(image, "imageDigest"),
      pushedMs: pushed === void 0 ? void 0 : Math.round(pushed * 1e3)
    }
  ];
}

// src/registry/vendors/github-packages.ts
function githubPackages(versions) {
  return {
    order: "recent",
    athome: false,
    movesShowFirst: false,
    pushesOnly: true,
    async *pages(path6, signal) {
      const [owner = "", ...rest] = path6.split("/");
      for await (const page of versions({ owner, name: rest.join("/") }, signal)) yield page.flatMap(factsOf7);
    }
  };
}
function factsOf7({ digest, tags, createdMs }) {
  return tags.map((tag) => ({ tag, digest, pushedMs: createdMs }));
}

// src/registry/vendors/google.ts
var googleDialect = { pageSize: void 0, factsOf: factsOf8 };
function factsOf8(page) {
  const facts = /* @__PURE__ */ new Map();
  const manifests = isFields(page["manifest"]) ? page["manifest"] : {};
  for (const [digest, manifest] of Object.entries(manifests)) {
    if (!isFields(manifest) || !Array.isArray(manifest["tag"])) continue;
    const isIndex = /index|list/.test(String(manifest["mediaType"]));
    const pushedMs = timeOf4(manifest["timeUploadedMs"]);
    const createdMs = isIndex ? void 0 : buildTime(timeOf4(manifest["timeCreatedMs"]), pushedMs);
    for (const tag of manifest["tag"]) {
      if (typeof tag === "string") facts.set(tag, { tag, digest, pushedMs, createdMs });
    }
  }
  return facts;
}
function buildTime(createdMs, uploadedMs) {
  if (createdMs === void 0 || uploadedMs === void 0) return void 0;
  return createdMs < uploadedMs ? createdMs : void 0;
}
function timeOf4(value) {
  const ms = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isSafeInteger(ms) && ms > 0 ? ms : void 0;
}

// src/registry/vendors/harbor.ts
var PAGE_SIZE = 100;
function isHarbor(scheme) {
  return scheme?.kind === "bearer" && scheme.service === "harbor-registry";
}
function harbor(connection, limits) {
  return {
    order: "recent",
    athome: true,
    movesShowFirst: false,
    pages(path6, signal) {
      const [project, ...rest] = path6.split("/");
      const repository = encodeURIComponent(encodeURIComponent(rest.join("/")));
      const url = new URL(
        `/api/v2.0/projects/${project}/repositories/${repository}/artifacts`,
        connection.endpoint.url
      );
      url.search = `with_tag=true&sort=-push_time&page=1&page_size=${PAGE_SIZE}`;
      return walkPages(connection, { first: { ...getJson(url, limits.pageBytes), asUser: true }, read: read2 }, signal);
    }
  };
}
var read2 = (body, _answer, request) => {
  const artifacts = listOf(body, "list");
  if (artifacts === void 0) return void 0;
  const url = new URL(request.url);
  url.searchParams.set("page", String(Number(url.searchParams.get("page")) + 1));
  return {
    tags: artifacts.flatMap(factsOf9),
    next: artifacts.length < PAGE_SIZE ? void 0 : { ...request, url }
  };
};
function factsOf9(artifact) {
  const attributes = isFields(artifact["extra_attrs"]) ? artifact["extra_attrs"] : {};
  const platform = platformOf(attributes);
  return (listOf(artifact, "tags") ?? []).flatMap((entry) => {
    const tag = textOf5(entry, "name");
    if (tag === void 0) return [];
    return {
      tag,
      digest: textOf5(artifact, "digest"),
      createdMs: parseCreated(attributes["created"]),
      pushedMs: parseCreated(entry["push_time"]) ?? parseCreated(artifact["push_time"]),
      platforms: platform === void 0 ? void 0 : [platform]
    };
  });
}

// src/registry/vendors/quay.ts
function quay(connection, limits) {
  return {
    order: "recent",
    athome: true,
    movesShowFirst: true,
    pages(path6, signal) {
      const url = new URL(
        `/api/v1/repository/${path6}/tag/?onlyActiveTags=true&limit=100&page=1`,
        connection.endpoint.url
      );
      return walkPages(connection, { first: getJson(url, limits.pageBytes), read: read3 }, signal);
    }
  };
}
var read3 = (body, _answer, request) => {
  const tags = listOf(body, "tags");
  if (tags === void 0) return void 0;
  const page = Number(request.url.searchParams.get("page"));
  const url = new URL(request.url);
  url.searchParams.set("page", String(page + 1));
  const more = body["has_additional"] === true && tags.length > 0;
  return { tags: tags.flatMap(factsOf10), next: more ? { ...request, url } : void 0 };
};
function factsOf10(entry) {
  const tag = textOf5(entry, "name");
  const started = numberOf(entry, "start_ts");
  if (tag === void 0) return [];
  return [
    { tag, digest: textOf5(entry, "manifest_digest"), pushedMs: started === void 0 ? void 0 : started * 1e3 }
  ];
}

// src/registry/vendors/choose-vendor.ts
function chooseVendor(connection, tools) {
  const { registry, configured } = connection.endpoint;
  const { limits } = tools;
  if (configured) return void 0;
  if (registry === DOCKER_HUB2) return dockerHub(tools.connectTo(DOCKER_HUB_API), limits);
  if (registry === "quay.io") return quay(connection, limits);
  if (isAzureRegistry(registry)) return azure(connection, limits);
  if (isHarbor(connection.scheme())) return harbor(connection, limits);
  if (registry === "ghcr.io") return tools.packageVersions && githubPackages(tools.packageVersions);
  return chooseAmazon(registry, tools);
}
function chooseAmazon(registry, { awsKeys: keys, clock: clock2, limits, connectTo }) {
  if (keys === void 0) return void 0;
  const place2 = ecrPlace(registry);
  if (place2 !== void 0) return ecr(connectTo(apiOrigin("ecr", place2.region)), { place: place2, keys, clock: clock2, limits });
  if (registry !== ECR_PUBLIC) return void 0;
  return ecrPublic(connectTo(apiOrigin("ecr-public", ECR_PUBLIC_REGION)), { keys, clock: clock2, limits });
}
function apiOrigin(service, region) {
  return `https://api.${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}
function dialectOf({ registry, configured }) {
  return !configured && isGoogleRegistry(registry) ? googleDialect : void 0;
}

// src/registry/repositories.ts
function createRepositories(options) {
  const connections = createConnections(options);
  const repositories = /* @__PURE__ */ new Map();
  const flight = createSingleFlight();
  return {
    async open({ registry, path: path6 }) {
      const key = `${registry}/${path6}`;
      const existing = repositories.get(key);
      if (existing !== void 0) return existing;
      if (!isRepositoryPath(path6)) throw noRepository(registry, path6);
      return flight(key, async () => {
        const connection = connections.to(registry);
        const memory = await options.files.load(registry, path6);
        if (memory.scheme !== void 0) connection.recall(memory.scheme);
        const repository = createRepository({ registry, path: path6 }, { memory, connections, options });
        repositories.set(key, repository);
        return repository;
      });
    },
    opened: () => repositories.values(),
    requests: connections.requests
  };
}
function createRepository(name, given) {
  const { connections, options, memory } = given;
  const counted = (connection2) => ({
    ...connection2,
    send: (request, signal) => connection2.send({ ...request, about: name.path, onSent: () => repository.requests++ }, signal)
  });
  const connection = counted(connections.to(name.registry));
  const connectTo = (origin) => counted(connections.toVendor(name.registry, origin));
  const repository = {
    ...name,
    connection,
    memory,
    reading: newReading(),
    listing: void 0,
    requests: 0,
    pushes: void 0,
    vendor: () => chooseVendor(connection, { ...options, connectTo })
  };
  return repository;
}
function createConnections(options) {
  const connections = /* @__PURE__ */ new Map();
  const remember2 = (key, create) => {
    const connection = connections.get(key) ?? create();
    connections.set(key, connection);
    return connection;
  };
  return {
    to: (registry) => remember2(
      registry,
      () => createConnection({
        ...options,
        endpoint: endpointOf(registry, options.endpoints.get(registry)),
        onImplicitRefused: () => warnOf(options, registry, `${registry} refused the job's own token and is asked without`)
      })
    ),
    toVendor: (registry, origin) => remember2(
      `${registry} ${origin}`,
      () => createConnection({
        ...options,
        endpoint: { registry, url: new URL(origin), configured: false },
        credentials: async () => void 0,
        limits: vendorLimits(options.limits),
        onImplicitRefused: () => void 0
      })
    ),
    requests() {
      const counts = /* @__PURE__ */ new Map();
      for (const { endpoint, requests } of connections.values()) {
        counts.set(endpoint.registry, (counts.get(endpoint.registry) ?? 0) + requests());
      }
      return Object.fromEntries([...counts].map(([name, requests]) => [name, { requests }]));
    }
  };
}
function warnOf(options, registry, message) {
  options.onWarning({ severity: "warning", code: "REGISTRY_WARNING", message, subject: registry });
}
function noRepository(registry, path6) {
  return registryError("REGISTRY_NAME_INVALID", `${JSON.stringify(path6.slice(0, 80))} is no repository's name`, {
    subject: registry
  });
}

// src/registry/vendor-listing.ts
var OFF_MS = 24 * 3600 * 1e3;
var SLACK_MS = 3600 * 1e3;
async function listByVendor(use, signal) {
  if (use.vendor.order !== "whole" || isOff(use)) return void 0;
  const tags = [];
  try {
    for await (const page of use.vendor.pages(use.path, signal)) {
      for (const tag of page) tags.push(tag);
      if (tags.length > use.limits.tags) return void 0;
    }
  } catch (error) {
    doWithout(use, error, signal);
    return void 0;
  }
  return tags.length === 0 ? void 0 : { tags, complete: true };
}
async function readPushes(use, wanted, signal) {
  const { vendor, memory, clock: clock2 } = use;
  if (vendor.order !== "recent" || isOff(use)) return void 0;
  const startedMs = clock2.now();
  const missing = new Set(wanted.filter((tag) => isUntold(memory, tag)));
  const told = /* @__PURE__ */ new Map();
  try {
    let pages = 0;
    for await (const page of vendor.pages(use.path, signal)) {
      for (const fact of page) {
        if (!isTag2(fact.tag) || told.has(fact.tag)) continue;
        told.set(fact.tag, fact);
        missing.delete(fact.tag);
        noteTag(memory, fact.tag, { nowMs: startedMs, digest: fact.digest, pushedMs: fact.pushedMs });
      }
      const isBack = reachesBack(page, memory.pushesKnownMs);
      if (missing.size === 0 && isBack) break;
      if (++pages < use.limits.recentPages) continue;
      if (!isBack) forgetPushes(memory, told);
      break;
    }
  } catch (error) {
    doWithout(use, error, signal);
    return void 0;
  }
  for (const tag of missing) noteUntold(memory, tag, startedMs);
  memory.pushesKnownMs = startedMs;
  memory.changed = true;
  return told;
}
function isUntold(memory, tag) {
  const remembered = memory.tags.get(tag);
  return remembered?.pushedMs === void 0 && remembered?.untold !== true;
}
function forgetPushes(memory, told) {
  for (const [tag, remembered] of memory.tags) {
    if (!told.has(tag)) memory.tags.set(tag, { ...remembered, pushedMs: void 0 });
  }
}
function reachesBack(page, knownMs) {
  if (knownMs === void 0) return true;
  return page.some(({ pushedMs }) => pushedMs !== void 0 && pushedMs < knownMs - SLACK_MS);
}
function isOff({ memory, clock: clock2 }) {
  const offUntilMs = memory.vendorOffUntilMs ?? 0;
  const nowMs = clock2.now();
  return offUntilMs > nowMs && offUntilMs <= nowMs + OFF_MS;
}
function doWithout(use, error, signal) {
  if (signal?.aborted || isWithoutLogin(error) || use.vendor.athome && isTrouble(error)) throw error;
  if (isRefusal(error)) {
    use.memory.vendorOffUntilMs = use.clock.now() + OFF_MS;
    use.memory.changed = true;
    return;
  }
  use.onWarning(`the vendor's own listing of ${use.path} is not used: ${messageOf(error)}`);
}

// src/registry/times.ts
async function addTimes(repository, { use, tags, wanted }, signal) {
  const isInVain = wanted === "builds" && use?.vendor.pushesOnly === true;
  if (repository.pushes === void 0 && !isInVain) {
    const names = tags.map(({ tag }) => tag);
    repository.pushes = (use === void 0 ? void 0 : await readPushes(use, names, signal)) ?? null;
  }
  const { memory, pushes = null } = repository;
  const toldAllMoves = pushes !== null && use?.vendor.movesShowFirst === true;
  return tags.map((fact) => {
    const remembered = memory.tags.get(fact.tag);
    const told = pushes?.get(fact.tag);
    return {
      ...fact,
      digest: fact.digest ?? told?.digest ?? (toldAllMoves ? toldDigest(remembered) : void 0),
      pushedMs: fact.pushedMs ?? remembered?.pushedMs,
      createdMs: fact.createdMs ?? told?.createdMs,
      platforms: fact.platforms ?? told?.platforms,
      firstSeenMs: remembered?.firstSeenMs ?? fact.firstSeenMs
    };
  });
}
function toldDigest(remembered) {
  return remembered?.pushedMs === void 0 ? void 0 : remembered.digest;
}

// src/registry/registries.ts
function createRegistries(options) {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const run3 = {
    clock: options.clock,
    limits,
    files: createMemoryFiles(options.cacheDir, limits),
    onWarning: options.onWarning
  };
  const repositories = createRepositories({
    ...options,
    ...run3,
    endpoints: options.endpoints ?? /* @__PURE__ */ new Map(),
    fetch: options.fetch ?? ((url, init) => fetch(url, init))
  });
  const listings = createSingleFlight();
  return {
    async list(name, signal) {
      const repository = await repositories.open(name);
      if (repository.listing !== void 0) return repository.listing;
      const key = `${name.registry}/${name.path}`;
      repository.listing = await listings(key, () => listTags(run3, repository, signal), signal);
      return repository.listing;
    },
    async times(name, ask, signal) {
      const repository = await repositories.open(name);
      return addTimes(repository, { use: vendorUse(run3, repository), ...ask }, signal);
    },
    async describe(name, tags, signal) {
      return describe(run3, { repository: await repositories.open(name), tags }, signal);
    },
    async digest(name, tag, signal) {
      return digestOfTag(run3, { repository: await repositories.open(name), tag }, signal);
    },
    requests: repositories.requests,
    async save() {
      for (const repository of repositories.opened()) await saveMemory(run3, repository);
    }
  };
}
async function listTags(run3, repository, signal) {
  const { connection, registry, path: path6 } = repository;
  const use = vendorUse(run3, repository);
  const byVendor = use === void 0 ? void 0 : await listByVendor(use, signal);
  const dialect = dialectOf(connection.endpoint);
  const raw = byVendor ?? await listPlainly({ ...run3, connection, ...dialect && { dialect } }, path6, signal);
  const { listing, dropped } = usableListing(raw, repository.memory, run3.clock.now());
  if (dropped > 0) {
    const which = dropped === 1 ? "a tag that is no valid one; it is" : `${dropped} tags that are no valid ones; they are`;
    warnOf(run3, registry, `${registry} lists for ${path6} ${which} left out`);
  }
  return listing;
}
function vendorUse(run3, repository) {
  const { path: path6, memory, registry } = repository;
  const vendor = repository.vendor();
  return vendor && { ...run3, vendor, path: path6, memory, onWarning: (message) => warnOf(run3, registry, message) };
}
async function describe(run3, { repository, tags }, signal) {
  const { connection, memory, path: path6, reading, registry } = repository;
  return describeTags(
    {
      source: { connection, path: path6, limits: run3.limits },
      memory,
      reading,
      clock: run3.clock,
      requestsSoFar: () => repository.requests,
      onWarning: (message) => warnOf(run3, registry, message)
    },
    tags,
    signal
  );
}
async function digestOfTag({ clock: clock2, limits }, { repository, tag }, signal) {
  if (!isTag2(tag)) return null;
  const { connection, memory, path: path6, reading } = repository;
  const digest = await reading.digests(tag, () => fetchDigest({ connection, path: path6, limits }, tag, signal), signal);
  if (digest !== null) noteTag(memory, tag, { nowMs: clock2.now(), digest });
  return digest;
}
async function saveMemory(run3, { connection, memory, registry, path: path6 }) {
  const scheme = connection.scheme();
  if (scheme !== void 0 && JSON.stringify(scheme) !== JSON.stringify(memory.scheme)) {
    memory.scheme = scheme;
    memory.changed = true;
  }
  try {
    await run3.files.save(memory);
  } catch (error) {
    warnOf(run3, registry, `what was learnt of ${registry}/${path6} could not be kept: ${messageOf(error)}`);
  }
}

// src/render/generators.ts
import { join as join10 } from "node:path";

// src/render/command-variables.ts
var INHERITED = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"];
var PROXIES = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
function commandVariables(env, scratch) {
  const variables = { HOME: scratch.home, TMPDIR: scratch.temporary };
  for (const name of INHERITED) if (env[name] !== void 0) variables[name] = env[name];
  for (const name of PROXIES) {
    const proxy = env[name];
    if (proxy !== void 0 && !proxy.includes("@")) variables[name] = proxy;
  }
  return variables;
}

// src/render/scratch-tree.ts
import { createHash as createHash5 } from "node:crypto";
import { chmod, mkdir as mkdir3, mkdtemp as mkdtemp2, readdir as readdir2, rm as rm4, symlink, writeFile as writeFile3 } from "node:fs/promises";
import { join as join8 } from "node:path";

// src/render/render-error.ts
var RenderError = class extends TowpathError {
  constructor(code18, message, details = {}) {
    super(code18, message, details);
  }
};

// src/render/tree-paths.ts
function isInside2(path6) {
  return path6 !== "" && !path6.includes("\0") && path6.split("/").every(isOrdinary2);
}
function staysInside(path6, target) {
  if (target === "" || target.startsWith("/") || target.includes("\0")) return false;
  const segments = target.split("/").filter((segment) => segment !== "" && segment !== ".");
  const ups = segments.findIndex((segment) => segment !== "..");
  const rest = ups === -1 ? [] : segments.slice(ups);
  const depth = path6.split("/").length - 1;
  return (ups === -1 ? segments.length : ups) <= depth && rest.every(isOrdinary2);
}
function directoriesAbove3(path6) {
  const segments = path6.split("/").slice(0, -1);
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
function isOrdinary2(segment) {
  return segment !== "" && segment !== "." && segment !== ".." && segment.toLowerCase() !== ".git";
}

// src/render/scratch-tree.ts
var BATCH_FILES = 1e3;
var BATCH_BYTES2 = 32 * 1024 * 1024;
var CONCURRENT_FILES = 32;
var NOWHERE = "/nonexistent/not-copied";
async function createScratchTree(options) {
  const { tree, parent, maxTreeBytes } = options;
  const entries = tree.entries.filter((entry) => isInside2(entry.path));
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > maxTreeBytes) throw tooLarge2(maxTreeBytes);
  const top = await mkdtemp2(join8(parent, "generation-")).catch(failed5);
  try {
    const [root, home, temporary] = [join8(top, "tree"), join8(top, "home"), join8(top, "tmp")];
    for (const directory of [root, home, temporary]) await mkdir3(directory, { mode: 448 });
    await makeDirectories(root, entries);
    const { files, leftOut } = await copyFiles(root, entries, options);
    const links = await linksOf(entries, options);
    for (const path6 of leftOut) links.set(path6, NOWHERE);
    for (const [path6, target] of links) await symlink(target, join8(root, path6));
    const kubeconfig = options.kubeconfig === null ? null : join8(top, "kubeconfig");
    if (kubeconfig !== null)
      await writeFile3(kubeconfig, options.kubeconfig?.reveal() ?? "", { mode: 384, flag: "wx" });
    return { root, home, temporary, kubeconfig, files, links, leftOut, remove: () => removeAll(top) };
  } catch (error) {
    await removeAll(top);
    options.signal?.throwIfAborted();
    return failed5(error);
  }
}
function digestOf3(bytes) {
  return createHash5("sha256").update(bytes).digest("base64");
}
async function makeDirectories(root, entries) {
  const directories = /* @__PURE__ */ new Set();
  for (const { path: path6, kind } of entries) {
    for (const above2 of directoriesAbove3(path6)) directories.add(above2);
    if (kind === "submodule") directories.add(path6);
  }
  for (const directory of directories) await mkdir3(join8(root, directory), { recursive: true });
}
async function copyFiles(root, entries, { tree, signal, maxTreeBytes }) {
  const files = /* @__PURE__ */ new Map();
  const leftOut = [];
  let copied = 0;
  for (const batch of batches2(entries.filter(isFile2))) {
    signal?.throwIfAborted();
    const modes = new Map(batch.map(({ path: path6, kind }) => [path6, kind === "executable" ? 493 : 420]));
    const read4 = await tree.read([...modes.keys()], signal);
    await mapConcurrent(read4.files, CONCURRENT_FILES, async ({ path: path6, bytes }) => {
      copied += bytes.length;
      if (copied > maxTreeBytes) throw tooLarge2(maxTreeBytes);
      await writeFile3(join8(root, path6), bytes, { mode: modes.get(path6), flag: "wx" });
      files.set(path6, { digest: digestOf3(bytes), isExecutable: modes.get(path6) === 493, size: bytes.length });
    });
    for (const path6 of modes.keys()) if (!files.has(path6)) leftOut.push(path6);
  }
  return { files, leftOut };
}
async function linksOf(entries, { tree, signal }) {
  const paths = entries.filter(({ kind }) => kind === "symlink").map(({ path: path6 }) => path6);
  if (paths.length === 0) return /* @__PURE__ */ new Map();
  const targets = await tree.links(paths, signal);
  return new Map(
    paths.map((path6) => {
      const target = targets.get(path6);
      return [path6, target !== void 0 && staysInside(path6, target) ? target : NOWHERE];
    })
  );
}
function* batches2(entries) {
  let batch = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length === BATCH_FILES || batch.length > 0 && bytes + entry.size > BATCH_BYTES2) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) yield batch;
}
function isFile2({ kind }) {
  return kind === "file" || kind === "executable";
}
async function removeAll(directory) {
  const remove = () => rm4(directory, { recursive: true, force: true, maxRetries: 5 });
  try {
    await remove();
  } catch {
    await makeWritable(directory);
    await remove();
  }
}
async function makeWritable(directory) {
  await chmod(directory, 448);
  for (const entry of await readdir2(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) await makeWritable(join8(directory, entry.name));
  }
}
function tooLarge2(maxTreeBytes) {
  const size = `${Math.floor(maxTreeBytes / 1024 / 1024)} MiB`;
  return new RenderError("SCRATCH_TOO_LARGE", `the tree is larger than ${size} and is not copied for its generators`, {
    hint: "Move large files out of the repository."
  });
}
function failed5(error) {
  if (error instanceof RenderError) throw error;
  const code18 = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
  throw new RenderError("SCRATCH_FAILED", `the tree cannot be copied for its generators (${printable(code18)})`, {
    cause: error,
    hint: "Free space in the temporary directory of the run."
  });
}

// src/render/safe-text.ts
var LINES = 4;
var LINE_LENGTH = 200;
function lastWords(text2) {
  return text2.split(/[\r\n]+/).map((line) => line.replace(COLOUR, "").trim()).filter((line) => line !== "").slice(-LINES).map((line) => printable(line, { longest: LINE_LENGTH })).join(" / ");
}
var COLOUR = /\x1b\[[0-9;]{0,32}m/g;

// src/render/shell-command.ts
var LONGEST_TIMEOUT_MS = 6 * 60 * 60 * 1e3;
async function runShellCommand(given) {
  const { command, limits, signal } = given;
  const timeoutMs = Math.min(command.timeoutMs ?? limits.timeoutMs, LONGEST_TIMEOUT_MS);
  try {
    const result = await exec("/bin/sh", ["-c", command.command], {
      cwd: given.directory,
      env: given.env,
      timeoutMs,
      maxOutputBytes: limits.maxOutputBytes - (given.printed ?? 0),
      // They would go on in a tree that is being looked at, or removed.
      killsLeftovers: true,
      signal
    });
    if (result.exitCode === 0) return result.stdout;
    throw failure(given, result.exitCode, result.stderr);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof RenderError ? error : stopped(given, timeoutMs, error);
  }
}
function failure(given, exitCode, stderr) {
  const words = lastWords(given.redact(stderr));
  const said = words === "" ? "it wrote nothing to stderr" : words;
  return commandError(given, "FAILED", {
    clause: `failed (exit code ${exitCode}): ${said}`,
    hint: `Run it where its .flux.yaml lies: ${printable(given.redact(given.command.command))}${given.note ?? ""}`
  });
}
function stopped(given, timeoutMs, cause) {
  const code18 = cause instanceof TowpathError ? cause.code : void 0;
  if (code18 === "COMMAND_TIMEOUT") {
    const hint = "Let it do less, or set its `timeout`, such as 3m.";
    return commandError(given, "TIMEOUT", { clause: `did not end within ${timeoutMs / 1e3} s`, hint, cause });
  }
  if (code18 === "COMMAND_OUTPUT_LIMIT") {
    const limit = `${Math.floor(given.limits.maxOutputBytes / 1024 / 1024)} MiB`;
    const hint = "Let it print the manifests of this environment only.";
    return commandError(given, "OUTPUT_LIMIT", { clause: `printed more than ${limit}`, hint, cause });
  }
  const clause2 = `cannot be started (${code18 ?? "unknown error"})`;
  return commandError(given, "FAILED", { clause: clause2, hint: "Run on a machine with a POSIX shell at /bin/sh.", cause });
}
function commandError({ role, configPath, command }, ending, details) {
  const code18 = role === "generator" ? `GENERATOR_${ending}` : `UPDATER_${ending}`;
  return new RenderError(code18, `${role} of ${printable(configPath)} ${details.clause}`, {
    subject: configPath,
    position: command.position,
    hint: details.hint,
    cause: details.cause
  });
}

// src/render/tree-changes.ts
import { chmod as chmod2, lstat as lstat3, readdir as readdir3, readFile, readlink, rm as rm5 } from "node:fs/promises";
import { join as join9 } from "node:path";
var MAX_CHANGED_BYTES = 5 * 1024 * 1024;
var CONCURRENT_FILES2 = 16;
async function changedFiles(scratch, by) {
  const paths = [...scratch.files.keys()].sort();
  for (const directory of new Set(paths.flatMap(directoriesAbove3))) {
    const stats = await lstat3(join9(scratch.root, directory)).catch(() => void 0);
    if (stats?.isDirectory() !== true) throw refused10(by, `removed the directory ${printable(directory)}`);
  }
  for (const [path6, target] of scratch.links) {
    const now = await readlink(join9(scratch.root, path6)).catch(() => void 0);
    if (now !== target) throw refused10(by, `changed the link ${printable(path6)}`);
  }
  const changes = await mapConcurrent(paths, CONCURRENT_FILES2, async (path6) => {
    const location = join9(scratch.root, path6);
    const before = scratch.files.get(path6);
    const stats = await lstat3(location).catch(() => void 0);
    if (stats === void 0) throw refused10(by, `deleted ${printable(path6)}`);
    if (!stats.isFile()) throw refused10(by, `put something else in the place of ${printable(path6)}`);
    if (stats.size > MAX_CHANGED_BYTES && stats.size !== before?.size) {
      throw refused10(by, `made ${printable(path6)} larger than ${MAX_CHANGED_BYTES / 1024 / 1024} MiB`);
    }
    const isExecutable = (stats.mode & 73) !== 0;
    const isAsBefore = isExecutable === before?.isExecutable && (stats.mode & 256) !== 0;
    if (!isAsBefore) await chmod2(location, before?.isExecutable === true ? 493 : 420);
    const bytes = await readFile(location);
    return digestOf3(bytes) === before?.digest ? void 0 : { path: path6, bytes };
  });
  return changes.filter((change) => change !== void 0);
}
async function removeNewFiles(scratch, entries) {
  const known = new Set(entries.map((entry) => entry.path));
  const removed = [];
  const visit3 = async (directory) => {
    for (const entry of await readdir3(join9(scratch.root, directory), { withFileTypes: true })) {
      const path6 = directory === "" ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory()) {
        await visit3(path6);
        continue;
      }
      if (known.has(path6)) continue;
      await rm5(join9(scratch.root, path6), { force: true });
      removed.push(path6);
    }
  };
  await visit3("");
  return removed.sort();
}
function refused10({ configPath, position }, clause2) {
  return new RenderError("UPDATER_REFUSED", `updater of ${printable(configPath)} ${clause2}`, {
    subject: configPath,
    position,
    hint: "Let updaters change the text of existing files, and nothing else."
  });
}

// src/render/generators.ts
var TIMEOUT_MS2 = 6e4;
var MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
var MAX_TREE_BYTES = 1024 * 1024 * 1024;
var DEFAULT_LIMITS2 = {
  timeoutMs: TIMEOUT_MS2,
  maxOutputBytes: MAX_OUTPUT_BYTES,
  maxTreeBytes: MAX_TREE_BYTES
};
function createGenerators(options) {
  return {
    generate: (run3, signal) => inScratch(options, { run: run3, signal }, (scratch) => generate2(options, run3, { scratch, signal })),
    update: (run3, signal) => inScratch(options, { run: run3, signal }, (scratch) => update2(options, run3, { scratch, signal }))
  };
}
async function inScratch(options, { run: run3, signal }, work) {
  const { maxTreeBytes } = limitsOf(options);
  const parent = await options.scratch();
  const { tree, kubeconfig } = run3;
  const scratch = await createScratchTree({ tree, kubeconfig, parent, maxTreeBytes, signal });
  try {
    return await work(scratch);
  } finally {
    await scratch.remove();
  }
}
async function generate2(options, run3, { scratch, signal }) {
  const env = generatorVariables(options.env, scratch);
  const outputs = [];
  let printed = 0;
  for (const command of run3.generators) {
    const given = { ...common(options, run3, scratch), role: "generator", command, env, printed, signal };
    const output = await runShellCommand(given);
    printed += output.length;
    outputs.push(output);
  }
  return outputs;
}
async function update2(options, run3, { scratch, signal }) {
  for (const { commands, env: asked } of run3.updates) {
    const env = { PATH: options.env["PATH"] ?? "", ...asked };
    for (const command of commands) {
      await runShellCommand({ ...common(options, run3, scratch), role: "updater", command, env, signal });
    }
  }
  const position = run3.updates[0]?.commands[0]?.position;
  const changes = await changedFiles(scratch, { configPath: run3.configPath, position });
  const leftBehind = await removeNewFiles(scratch, run3.tree.entries);
  return { changes, leftBehind, outputs: await generate2(options, run3, { scratch, signal }) };
}
function common(options, run3, scratch) {
  const { leftOut } = scratch;
  const more = leftOut.length > 3 ? ` and ${leftOut.length - 3} more` : "";
  const note2 = leftOut.length === 0 ? void 0 : ` (not copied, too large: ${leftOut.slice(0, 3).map((text2) => printable(text2)).join(", ")}${more})`;
  const directory = join10(scratch.root, run3.directory);
  return { configPath: run3.configPath, directory, redact: options.redact, limits: limitsOf(options), note: note2 };
}
function generatorVariables(env, scratch) {
  const { kubeconfig } = scratch;
  return { ...commandVariables(env, scratch), ...kubeconfig === null ? {} : { KUBECONFIG: kubeconfig } };
}
function limitsOf({ limits }) {
  return { ...DEFAULT_LIMITS2, ...limits };
}

// src/render/kustomize.ts
import { join as join11 } from "node:path";
var TIMEOUT_MS3 = 6e4;
var MAX_OUTPUT_BYTES2 = 64 * 1024 * 1024;
var MAX_TREE_BYTES2 = 1024 * 1024 * 1024;
var BUILDS_AT_ONCE = 4;
var PROGRAMS = [
  { file: "kustomize", command: "build" },
  { file: "kubectl", command: "kustomize" }
];
var GIT_VARIABLES = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ALLOW_PROTOCOL: "https:ssh",
  GIT_SSH_COMMAND: "ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityFile=none"
};
function createKustomize(options) {
  const limits = {
    timeoutMs: TIMEOUT_MS3,
    maxOutputBytes: MAX_OUTPUT_BYTES2,
    maxTreeBytes: MAX_TREE_BYTES2,
    ...options.limits
  };
  return { build: (run3, signal) => buildAll2(run3, { options, limits, signal }) };
}
async function buildAll2(run3, around) {
  const { options, limits, signal } = around;
  const parent = await options.scratch();
  const { tree } = run3;
  const scratch = await createScratchTree({
    tree,
    kubeconfig: null,
    parent,
    maxTreeBytes: limits.maxTreeBytes,
    signal
  });
  try {
    return await mapConcurrent(run3.directories, BUILDS_AT_ONCE, (directory) => build(directory, scratch, around));
  } finally {
    await scratch.remove();
  }
}
async function build(directory, scratch, around) {
  try {
    const { exitCode, stdout, stderr } = await runFirst(directory, scratch, around);
    if (exitCode === 0) return { kind: "built", directory, bytes: stdout };
    return {
      kind: "failed",
      directory,
      problem: failure2(directory, exitCode, around.options.redact(stderr).replaceAll(`${scratch.root}/`, ""))
    };
  } catch (error) {
    around.signal?.throwIfAborted();
    return { kind: "failed", directory, problem: stopped2(directory, error, around.limits) };
  }
}
async function runFirst(directory, scratch, around) {
  const { options, limits, signal } = around;
  const env = { ...commandVariables(options.env, scratch), ...GIT_VARIABLES };
  const { timeoutMs, maxOutputBytes } = limits;
  let missing;
  for (const { file, command } of PROGRAMS) {
    try {
      const args = [command, join11(scratch.root, directory)];
      return await exec(file, args, {
        cwd: scratch.root,
        env,
        timeoutMs,
        maxOutputBytes,
        killsLeftovers: true,
        signal
      });
    } catch (error) {
      if (!(error instanceof TowpathError && error.code === "COMMAND_NOT_FOUND")) throw error;
      missing = error;
    }
  }
  throw missing;
}
function failure2(directory, exitCode, stderr) {
  const words = causeIn(stderr);
  const said = words === "" ? "it wrote nothing to stderr" : words;
  return buildProblem(directory, "KUSTOMIZE_FAILED", {
    clause: `failed (exit code ${exitCode}): ${said}`,
    hint: `Run kustomize build ${nameOf3(directory)}; plugins, Helm charts and files above the kustomization are not allowed.`
  });
}
var LONGEST_CAUSE = 400;
var LOGGED = /^[EF]\d{4} [\d:.]{1,20} +\d{1,10} [\w.]{1,40}:\d{1,6}\] "[\w ]{1,40}" err=(?="|<)/;
function causeIn(stderr) {
  const lines2 = stderr.trim().split(/[\r\n]+/);
  const start = lines2.findLastIndex((line) => line.startsWith("Error: ") || LOGGED.test(line));
  const error = lines2.slice(start).map((line) => line.trim()).filter((line) => line !== "").join(" ");
  const cause = LOGGED.test(error) ? error.replace(LOGGED, "").slice(1, -1).trim() : error.replace(/^Error: /, "");
  const tail = cause.length > LONGEST_CAUSE ? `…${cause.slice(-LONGEST_CAUSE)}` : cause;
  return printable(tail, { longest: LONGEST_CAUSE + 1 });
}
function stopped2(directory, error, limits) {
  const code18 = error instanceof TowpathError ? error.code : void 0;
  if (code18 === "COMMAND_NOT_FOUND") {
    const hint = "Install kustomize or kubectl before the step that runs towpath.";
    return buildProblem(directory, "KUSTOMIZE_NOT_FOUND", {
      clause: "needs kustomize or kubectl, and neither is there",
      hint
    });
  }
  if (code18 === "COMMAND_TIMEOUT") {
    const hint = "Vendor the remote bases of the kustomization, or let it do less.";
    return buildProblem(directory, "KUSTOMIZE_TIMEOUT", {
      clause: `did not end within ${limits.timeoutMs / 1e3} s`,
      hint
    });
  }
  if (code18 === "COMMAND_OUTPUT_LIMIT") {
    const clause3 = `printed more than ${Math.floor(limits.maxOutputBytes / 1024 / 1024)} MiB`;
    return buildProblem(directory, "KUSTOMIZE_OUTPUT_LIMIT", { clause: clause3, hint: "Split the kustomization." });
  }
  const clause2 = `cannot be started (${code18 ?? "unknown error"})`;
  return buildProblem(directory, "KUSTOMIZE_FAILED", { clause: clause2, hint: "Check the kustomize of the machine." });
}
function buildProblem(directory, code18, { clause: clause2, hint }) {
  const subject = nameOf3(directory);
  return toProblem(new RenderError(code18, `kustomize build of ${subject} ${clause2}`, { subject, hint }));
}
function nameOf3(directory) {
  return directory === "" ? "." : printable(directory);
}

// src/entry/registry-access.ts
import { readFile as readFile3 } from "node:fs/promises";
import path from "node:path";

// src/registry/credentials.ts
function firstCredential(sources) {
  return async (endpoint, signal) => {
    for (const source of sources) {
      const credential = await source(endpoint, signal);
      if (credential !== void 0) return credential;
    }
    return void 0;
  };
}
function githubTokenCredential(token) {
  return async (endpoint) => {
    if (endpoint.url.origin !== "https://ghcr.io") return void 0;
    return { kind: "basic", username: "x-access-token", password: token, implicit: true };
  };
}
function credentialHosts(endpoint) {
  const hosts = /* @__PURE__ */ new Set([endpoint.registry.toLowerCase()]);
  if (DOCKER_HUB_HOSTS.has(endpoint.registry)) for (const host of DOCKER_HUB_HOSTS) hosts.add(host);
  hosts.add(endpoint.url.host);
  if (endpoint.url.port === "") hosts.add(`${endpoint.url.host}:${endpoint.url.protocol === "https:" ? 443 : 80}`);
  return [...hosts];
}

// src/registry/credential-helper.ts
var TIMEOUT_MS4 = 1e4;
var MAX_OUTPUT_BYTES3 = 1024 * 1024;
async function askCredentialHelper(helper, server, call) {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(helper)) {
    throw failed6(`${call.config} names a credential helper that is no program name`);
  }
  const program = `docker-credential-${helper}`;
  const result = await run2(program, server, call);
  const output = result.stdout.toString("utf8").trim();
  if (result.exitCode !== 0) {
    if (output.includes("credentials not found")) return void 0;
    throw failed6(`${program} failed for ${server} (exit code ${result.exitCode})`);
  }
  return credentialFrom(output, `${program}'s answer for ${server}`);
}
async function run2(program, server, call) {
  try {
    return await exec(program, ["get"], {
      env: call.env,
      input: server,
      timeoutMs: call.timeoutMs ?? TIMEOUT_MS4,
      maxOutputBytes: MAX_OUTPUT_BYTES3,
      signal: call.signal
    });
  } catch (error) {
    if (call.signal?.aborted || !(error instanceof TowpathError)) throw error;
    throw registryError("REGISTRY_AUTH_HELPER_FAILED", `${error.message} (named by ${call.config})`, {
      cause: error,
      hint: error.hint
    });
  }
}
function credentialFrom(output, what) {
  const answer = parseObject(output);
  if (answer === void 0) throw failed6(`${what} is no JSON object`);
  const { Username: username, Secret: secret } = answer;
  if (typeof username !== "string" || typeof secret !== "string") throw failed6(`${what} lacks Username or Secret`);
  if (secret === "") return void 0;
  if (username === "<token>") return { kind: "refresh", token: new Secret(secret) };
  return { kind: "basic", username, password: new Secret(secret) };
}
function failed6(message) {
  return registryError("REGISTRY_AUTH_HELPER_FAILED", message, {
    hint: "Log in again with docker login, or take the helper out of the docker config."
  });
}

// src/registry/docker-config.ts
var HUB_KEY = "https://index.docker.io/v1/";
function parseDockerConfig(text2, name) {
  const root = parseJson(text2, name);
  const auths = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(objectOf2(root, "auths", name))) {
    if (!isFields(value)) throw invalid6(name, 'an entry of its "auths" is no object');
    const host = hostOfKey(key);
    if (!auths.has(host) || host === key.toLowerCase()) auths.set(host, { key, value });
  }
  const helpers = /* @__PURE__ */ new Map();
  for (const [key, value] of Object.entries(objectOf2(root, "credHelpers", name))) {
    if (typeof value !== "string") throw invalid6(name, 'an entry of its "credHelpers" is no string');
    helpers.set(hostOfKey(key), value);
  }
  const store = root["credsStore"];
  if (store !== void 0 && typeof store !== "string") throw invalid6(name, 'its "credsStore" is no string');
  return { name, auths, helpers, store: store === "" ? void 0 : store };
}
function dockerConfigCredentials(config, env) {
  return async (endpoint, signal) => {
    for (const host of credentialHosts(endpoint)) {
      const helper = config.helpers.get(host);
      if (helper !== void 0) {
        const found = await askCredentialHelper(helper, serverName(host), { env, signal, config: config.name });
        if (found !== void 0) return found;
      }
      const entry = config.auths.get(host);
      const credential = entry === void 0 ? void 0 : credentialOf(entry.value, { name: config.name, host });
      if (credential !== void 0) return credential;
    }
    return config.store === void 0 ? void 0 : askStore(config, config.store, { endpoint, env, signal });
  };
}
async function askStore(config, store, lookup) {
  const { endpoint, env, signal } = lookup;
  const hosts = [endpoint.registry, ...endpoint.url.host === endpoint.registry ? [] : [endpoint.url.host]];
  const servers = new Set(hosts.map((host) => config.auths.get(host)?.key ?? serverName(host)));
  for (const server of servers) {
    const found = await askCredentialHelper(store, server, { env, signal, config: config.name });
    if (found !== void 0) return found;
  }
  return void 0;
}
function serverName(host) {
  return DOCKER_HUB_HOSTS.has(host) ? HUB_KEY : host;
}
function credentialOf(entry, place2) {
  const registryToken = textOf5(entry, "registrytoken");
  if (registryToken !== void 0) return { kind: "bearer", token: new Secret(registryToken) };
  const identityToken = textOf5(entry, "identitytoken");
  if (identityToken !== void 0) return { kind: "refresh", token: new Secret(identityToken) };
  const username = textOf5(entry, "username");
  const password = textOf5(entry, "password");
  if (username !== void 0 && password !== void 0) {
    return { kind: "basic", username, password: new Secret(password) };
  }
  const auth = textOf5(entry, "auth");
  if (auth === void 0) return void 0;
  const decoded2 = Buffer.from(auth, "base64").toString("utf8");
  const colon = decoded2.indexOf(":");
  if (colon < 1) throw invalid6(place2.name, `its "auth" for ${place2.host} is not base64 of user:password`);
  const secret = decoded2.slice(colon + 1).replace(/\0+$/, "");
  return { kind: "basic", username: decoded2.slice(0, colon), password: new Secret(secret) };
}
function hostOfKey(key) {
  return key.trim().replace(/^https?:\/\//i, "").replace(/[/?#].*$/s, "").toLowerCase();
}
function parseJson(text2, name) {
  let root;
  try {
    root = JSON.parse(text2.replace(/^\uFEFF/, ""));
  } catch {
    throw invalid6(name, "it is not JSON");
  }
  if (!isFields(root)) throw invalid6(name, "it is no JSON object");
  return root;
}
function objectOf2(root, key, name) {
  const value = root[key];
  if (value === void 0 || value === null) return {};
  if (!isFields(value)) throw invalid6(name, `its "${key}" is no object`);
  return value;
}
function invalid6(name, what) {
  return registryError("REGISTRY_AUTH_INVALID", `cannot use the docker config ${name}: ${what}`, {
    subject: name,
    hint: 'Write it as docker login does: {"auths": {"HOST": {"auth": "BASE64 OF USER:PASSWORD"}}}.'
  });
}

// src/registry/docker-config-file.ts
import { readFile as readFile2 } from "node:fs/promises";
import { join as join12 } from "node:path";
var MAX_BYTES4 = 1024 * 1024;
async function loadDockerConfig(places) {
  if (places.explicit !== void 0) return parseDockerConfig(places.explicit.text, places.explicit.name);
  const directory = places.env["DOCKER_CONFIG"] || join12(places.home, ".docker");
  const file = join12(directory, "config.json");
  const text2 = await readIfThere(file);
  return parseDockerConfig(text2 ?? "{}", file);
}
async function readIfThere(file) {
  try {
    const content = await readFile2(file);
    if (content.length <= MAX_BYTES4) return content.toString("utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return void 0;
    }
    throw unreadable(file, "it cannot be read", error);
  }
  throw unreadable(file, `it is larger than ${MAX_BYTES4} bytes`);
}
function unreadable(file, what, cause) {
  return registryError("REGISTRY_AUTH_INVALID", `cannot use the docker config ${file}: ${what}`, {
    subject: file,
    cause,
    hint: "Name another file with --registry-auth, or correct this one."
  });
}

// src/registry/vendors/github-api.ts
var GITHUB_API = "https://api.github.com";
var REGISTRY2 = "ghcr.io";
var PAGE_SIZE2 = 100;
function githubApi(options) {
  const connection = createConnection({
    ...options,
    endpoint: { registry: REGISTRY2, url: new URL(GITHUB_API), configured: false },
    credentials: async () => void 0,
    limits: vendorLimits(options.limits),
    onImplicitRefused: () => void 0
  });
  const headers = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
    authorization: `Bearer ${options.token.reveal()}`
  };
  let kind;
  let limited;
  const requestFor = ({ owner, name }, place2) => {
    const path6 = `/${place2.kind}/${owner}/packages/container/${encodeURIComponent(name)}/versions`;
    const url = new URL(`${path6}?per_page=${PAGE_SIZE2}&page=${place2.page}`, GITHUB_API);
    const about = `${owner}/${name}`;
    return { method: "GET", url, headers, maxBytes: options.limits.pageBytes, about };
  };
  const ask = async (item, page, signal) => {
    if (limited !== void 0) throw limited;
    for (const tried of kind === void 0 ? ["orgs", "users"] : [kind]) {
      const request = requestFor(item, { kind: tried, page });
      const accept3 = kind === void 0 && tried === "orgs" ? [403, 404] : [403];
      const answer = await connection.send({ ...request, accept: accept3 }, signal);
      if (answer.status === 404) continue;
      const asked = describeRequest(connection.endpoint, request);
      const refusal = refusalOf(answer, asked.what);
      if (refusal?.code === "REGISTRY_RATE_LIMITED") limited = refusal;
      if (refusal !== void 0) throw refusal;
      kind = tried;
      return readVersions2(answer, asked);
    }
    throw refused11(item);
  };
  return {
    requests: connection.requests,
    async *versions(item, signal) {
      if (item.owner.toLowerCase() !== options.owner.toLowerCase()) throw refused11(item);
      for (let page = 1; ; page++) {
        const { versions, isFull } = await ask(item, page, signal);
        yield versions;
        if (!isFull) return;
      }
    }
  };
}
function refused11({ owner, name }) {
  return registryError("REGISTRY_FORBIDDEN", `the job's token does not read the package ${owner}/${name}`);
}
function refusalOf({ status, headers }, what) {
  if (status !== 403) return void 0;
  const isLimit = headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after");
  const code18 = isLimit ? "REGISTRY_RATE_LIMITED" : "REGISTRY_FORBIDDEN";
  return registryError(code18, `GitHub's API answered ${status} to ${what}`, { subject: REGISTRY2 });
}
function readVersions2(answer, asked) {
  const list2 = listOf(parseObject(`{"list":${answer.body.toString("utf8")}}`) ?? {}, "list");
  if (list2 === void 0) throw malformed(asked, "no list of versions");
  return { versions: list2.flatMap(versionOf), isFull: list2.length >= PAGE_SIZE2 };
}
function versionOf(entry) {
  const digest = textOf5(entry, "name");
  const createdMs = parseCreated(entry["created_at"]);
  const metadata = isFields(entry["metadata"]) ? entry["metadata"] : {};
  const container = isFields(metadata["container"]) ? metadata["container"] : {};
  const tags = Array.isArray(container["tags"]) ? container["tags"] : [];
  if (!isDigest2(digest) || createdMs === void 0) return [];
  return [{ digest, tags: tags.filter((tag) => typeof tag === "string"), createdMs }];
}

// src/registry/cloud/azure.ts
var PLACES = {
  io: {
    authority: "login.microsoftonline.com",
    audience: "api://AzureADTokenExchange",
    resource: "https://containerregistry.azure.net"
  },
  us: {
    authority: "login.microsoftonline.us",
    audience: "api://AzureADTokenExchangeUSGov",
    resource: "https://management.usgovcloudapi.net"
  },
  cn: {
    authority: "login.partner.microsoftonline.cn",
    audience: "api://AzureADTokenExchangeChina",
    resource: "https://management.chinacloudapi.cn"
  }
};
function azureCredentials(identity, tools) {
  const tokens = keepUntilStale(tools.clock);
  return async ({ registry, configured }, signal) => {
    if (configured || !isAzureRegistry(registry)) return void 0;
    const get = () => refreshToken(identity, { registry, tools }, signal);
    return { kind: "refresh", ...await tokens(registry, get, signal) };
  };
}
async function refreshToken(identity, given, signal) {
  const { registry, tools } = given;
  const accessToken2 = await entraToken(identity, given, signal);
  const step2 = { who: "the registry's token exchange", registry };
  const request = postForm(`https://${registry}/oauth2/exchange`, {
    grant_type: "access_token",
    service: registry,
    tenant: identity.tenantId,
    access_token: accessToken2
  });
  const refresh = textOf5(parseObject(await askLogin(step2, request, tools, signal)) ?? {}, "refresh_token");
  if (refresh === void 0) throw unusableLogin(step2, "a refresh token");
  return { token: new Secret(refresh), staleAtMs: staleAt(tools.clock.now(), tokenExpiry(refresh)) };
}
async function entraToken({ tenantId, clientId, idToken, audience: audience2 }, { registry, tools }, signal) {
  const step2 = { who: "Microsoft Entra ID", registry };
  const place2 = PLACES[registry.slice(registry.lastIndexOf(".") + 1)];
  const assertion = await idToken({ audience: audience2 ?? place2.audience, registry }, signal);
  const request = postForm(`https://${place2.authority}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
    grant_type: "client_credentials",
    client_id: clientId,
    scope: `${place2.resource}/.default`,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion.reveal()
  });
  const token = textOf5(parseObject(await askLogin(step2, request, tools, signal)) ?? {}, "access_token");
  if (token === void 0) throw unusableLogin(step2, "an access token");
  tools.mask(token);
  return token;
}

// src/registry/cloud/google.ts
var SCOPE = "https://www.googleapis.com/auth/cloud-platform";
function googleCredentials(identity, tools) {
  const tokens = keepUntilStale(tools.clock);
  return async ({ registry, configured }, signal) => {
    if (configured || !isGoogleRegistry(registry)) return void 0;
    const token = await tokens("", () => accessToken(identity, { registry, tools }, signal), signal);
    const password = new Secret(token.value);
    return { kind: "basic", username: "oauth2accesstoken", password, staleAtMs: token.staleAtMs };
  };
}
async function accessToken(identity, given, signal) {
  const federated = await exchangeToken(identity, given, signal);
  const { serviceAccount } = identity;
  return serviceAccount === void 0 ? federated : impersonate(serviceAccount, { ...given, federated: federated.value }, signal);
}
async function exchangeToken({ provider, idToken, audience: audience2 = `https://iam.googleapis.com/${provider}` }, { registry, tools }, signal) {
  const step2 = { who: "the Google Security Token Service", registry };
  const subject = await idToken({ audience: audience2, registry }, signal);
  const request = postJson("https://sts.googleapis.com/v1/token", {
    grantType: "urn:ietf:params:oauth:grant-type:token-exchange",
    audience: `//iam.googleapis.com/${provider}`,
    scope: SCOPE,
    requestedTokenType: "urn:ietf:params:oauth:token-type:access_token",
    subjectToken: subject.reveal(),
    subjectTokenType: "urn:ietf:params:oauth:token-type:jwt"
  });
  const answer = parseObject(await askLogin(step2, request, tools, signal)) ?? {};
  const value = textOf5(answer, "access_token");
  if (value === void 0) throw unusableLogin(step2, "an access token");
  tools.mask(value);
  const seconds2 = numberOf(answer, "expires_in");
  const nowMs = tools.clock.now();
  return { value, staleAtMs: staleAt(nowMs, seconds2 === void 0 ? void 0 : nowMs + seconds2 * 1e3) };
}
async function impersonate(serviceAccount, given, signal) {
  const step2 = { who: "the Google IAM Credentials API", registry: given.registry };
  const request = postJson(
    `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(serviceAccount)}:generateAccessToken`,
    { scope: [SCOPE], lifetime: "3600s" },
    { authorization: `Bearer ${given.federated}` }
  );
  const answer = parseObject(await askLogin(step2, request, given.tools, signal)) ?? {};
  const value = textOf5(answer, "accessToken");
  if (value === void 0) throw unusableLogin(step2, "an access token");
  given.tools.mask(value);
  return { value, staleAtMs: staleAt(given.tools.clock.now(), Date.parse(textOf5(answer, "expireTime") ?? "")) };
}

// src/registry/cloud/id-token.ts
function jobIdToken(env, tools) {
  const tokens = keepUntilStale(tools.clock);
  return async ({ audience: audience2, registry }, signal) => {
    const access2 = accessOf(env, registry);
    const get = () => requestToken({ ...access2, audience: audience2, registry }, tools, signal);
    return (await tokens(`${registry} ${audience2}`, get, signal)).token;
  };
}
function accessOf(env, registry) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken2 } = env;
  const url = URL.parse(address ?? "");
  if (url?.protocol === "https:" && requestToken2) return { url, requestToken: requestToken2 };
  if (env["GITHUB_ACTIONS"] === "true") {
    throw registryError(
      "REGISTRY_IDENTITY_MISSING",
      `cannot log in to ${registry}: the job may not ask for its identity`,
      {
        subject: registry,
        hint: "Add 'id-token: write' to the permissions of the job."
      }
    );
  }
  throw registryError(
    "REGISTRY_IDENTITY_MISSING",
    `cannot log in to ${registry}: only jobs of GitHub Actions have an identity`,
    {
      subject: registry,
      hint: `Log in to ${registry} with docker login, or look at it from the workflow.`
    }
  );
}
async function requestToken(given, tools, signal) {
  const step2 = { who: "the runner's token service", registry: given.registry };
  tools.mask(given.requestToken);
  const url = new URL(given.url);
  url.search = `${url.search === "" ? "?" : `${url.search}&`}audience=${encodeURIComponent(given.audience)}`;
  const headers = { accept: "application/json", authorization: `Bearer ${given.requestToken}` };
  const value = textOf5(
    parseObject(await askLogin(step2, { method: "GET", url, headers }, tools, signal)) ?? {},
    "value"
  );
  if (value === void 0) throw unusableLogin(step2, "a token");
  tools.mask(value);
  return { token: new Secret(value), staleAtMs: staleAt(tools.clock.now(), tokenExpiry(value)) };
}

// src/entry/cloud-logins.ts
function cloudLogins(registries, given) {
  const { env, environmentKeys, tools } = given;
  const idToken = jobIdToken(env, tools);
  const sources = /* @__PURE__ */ new Map();
  const roles = /* @__PURE__ */ new Map();
  for (const { name, login } of registries) {
    if (login === void 0) continue;
    if (login.cloud !== "aws") {
      sources.set(name, sourceOf2(login, { idToken, tools }));
      continue;
    }
    const keys = roleKeys(login, { ...given, idToken });
    roles.set(name, keys);
    sources.set(name, ecrCredentials(keys, tools, { alsoPublic: true }));
  }
  return {
    credentials: async (endpoint, signal) => sources.get(endpoint.registry)?.(endpoint, signal),
    awsKeys: (place2, signal) => (roles.get(place2.registry) ?? environmentKeys)(place2, signal)
  };
}
function roleKeys({ role, audience: audience2 }, { env, environmentKeys, tools, idToken }) {
  const keys = roleAwsKeys({ roleArn: role, audience: audience2, idToken }, tools);
  if (env["GITHUB_ACTIONS"] === "true") return keys;
  return async (place2, signal) => await environmentKeys(place2, signal) ?? keys(place2, signal);
}
function sourceOf2(login, { idToken, tools }) {
  if (login.cloud === "google") return googleCredentials({ ...login, idToken }, tools);
  const { client, tenant, audience: audience2 } = login;
  return azureCredentials({ clientId: client, tenantId: tenant, audience: audience2, idToken }, tools);
}

// src/entry/registry-access.ts
async function registryAccess(options) {
  const { invocation, around, config } = options;
  if (around.event.fromFork) return { credentials: async () => void 0, awsKeys: void 0, github: void 0 };
  const mask = (secret) => around.host.mask(new Secret(secret));
  const tools = { ...options, userAgent: USER_AGENT, mask };
  const environmentKeys = environmentAwsKeys(around.env, mask);
  const logins = cloudLogins(config.registries, { env: around.env, environmentKeys, tools });
  const docker = await loadDockerConfig({
    explicit: await explicitAuth(invocation, around),
    env: around.env,
    home: around.home
  });
  const { githubToken } = around.secrets;
  return {
    credentials: firstCredential([
      dockerConfigCredentials(docker, around.env),
      logins.credentials,
      ecrCredentials(environmentKeys, tools),
      ...githubToken === void 0 ? [] : [githubTokenCredential(githubToken)]
    ]),
    awsKeys: logins.awsKeys,
    github: githubOf(around, tools)
  };
}
function githubOf({ env, event, secrets }, tools) {
  const [owner] = event.repository?.split("/") ?? [];
  const { githubToken: token } = secrets;
  if (owner === void 0 || token === void 0 || (env["GITHUB_API_URL"] ?? GITHUB_API) !== GITHUB_API) {
    return void 0;
  }
  return githubApi({ ...tools, owner, token, limits: DEFAULT_LIMITS });
}
async function explicitAuth(invocation, around) {
  const { registryAuth } = around.secrets;
  if (registryAuth !== void 0) return { name: "registry-auth", text: registryAuth.reveal() };
  const file = invocation.flags.registryAuth;
  if (file === void 0) return void 0;
  try {
    return { name: file, text: await readFile3(path.resolve(around.directory, file), "utf8") };
  } catch (error) {
    throw new TowpathError(
      "USAGE_REGISTRY_AUTH",
      `cannot read the registry credentials (${error.code})`,
      {
        subject: file,
        cause: error,
        hint: "Give a file in the form of Docker's config.json."
      }
    );
  }
}

// src/entry/adapters.ts
async function createAdapters(options) {
  const { around, config, invocation, clock: clock2 = systemClock } = options;
  const fetcher = options.fetch ?? ((url, init) => fetch(url, init));
  const cacheDirectory = cacheDirectoryOf(invocation, around);
  const access2 = await registryAccess({ ...options, fetch: fetcher, clock: clock2 });
  const registries = createRegistries({
    endpoints: new Map(
      config.registries.flatMap(({ name, endpoint }) => endpoint === void 0 ? [] : [[name, endpoint]])
    ),
    credentials: access2.credentials,
    awsKeys: access2.awsKeys,
    packageVersions: access2.github?.versions,
    fetch: fetcher,
    clock: clock2,
    cacheDir: cacheDirectory,
    userAgent: USER_AGENT,
    onWarning: options.onWarning,
    mask: (secret) => around.host.mask(new Secret(secret))
  });
  let clusters;
  return {
    registries,
    clusters: () => {
      clusters ??= openClusters(options);
      return clusters;
    },
    generators: createGenerators({ env: around.env, scratch: around.scratch, redact: around.redact }),
    kustomize: createKustomize({ env: around.env, scratch: around.scratch, redact: around.redact }),
    notifiers: config.notifiers.map(
      ({ webhookUrl, channel, username }) => createSlackNotifier({
        webhookUrl,
        channel,
        username,
        fetch: (url, init) => fetch(url, init),
        clock: systemClock
      })
    ),
    cacheDirectory,
    githubRequests: () => access2.github?.requests() ?? 0
  };
}
async function openClusters({ invocation, around }) {
  const { createClusters } = await import("./cluster-clusters.js");
  const { kubeconfig } = around.secrets;
  const file = invocation.flags.kubeconfig;
  return createClusters({
    kubeconfig: kubeconfig !== void 0 ? { text: kubeconfig.reveal() } : file === void 0 ? void 0 : { paths: [path2.resolve(around.directory, file)] },
    env: around.env,
    scratch: around.scratch,
    userAgent: USER_AGENT,
    clock: systemClock,
    mask: around.host.mask
  });
}
function cacheDirectoryOf({ flags }, { env, directory, home }) {
  const named = flags.cache ?? env["TOWPATH_CACHE"];
  if (named !== void 0 && named !== "") return path2.resolve(directory, named);
  const base = env["XDG_CACHE_HOME"] || path2.join(home, process.platform === "darwin" ? "Library/Caches" : ".cache");
  return path2.join(base, "towpath");
}

// src/entry/choose-environments.ts
function chooseEnvironments(config, names) {
  if (names.length === 0) return { environments: config.environments, problems: [] };
  const known = config.environments.map((environment) => environment.name);
  const problems = names.filter((name) => !known.includes(name)).map((name) => ({
    severity: "error",
    code: "USAGE_UNKNOWN_ENVIRONMENT",
    message: `no environment ${name} in ${config.file}; it has ${known.join(", ")}`,
    hint: suggestion(name, known)
  }));
  return { environments: config.environments.filter((environment) => names.includes(environment.name)), problems };
}

// src/entry/read-config.ts
import { readFile as readFile4 } from "node:fs/promises";
import path3 from "node:path";

// src/config/load.ts
var import_yaml6 = __toESM(require_dist(), 1);

// src/config/config.ts
var NOTIFIER_OFF = "NOTIFIER_OFF";

// src/config/shape/shape.ts
var INVALID = /* @__PURE__ */ Symbol("invalid");
function accept2(value) {
  return { ok: true, value };
}
function refuse2(message, hint) {
  return { ok: false, message, hint };
}

// src/config/names.ts
function judgeEnvironment(name) {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) return accept2(name);
  return refuse2("is not a name for an environment", "Use letters, digits, dots, hyphens and underscores, at most 63.");
}
function judgeBranch(name) {
  if (name.startsWith("refs/")) {
    return refuse2("must be the name of a branch, not a full reference", "Leave out 'refs/heads/'.");
  }
  const forbidden = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^@$|^[/-]|[/.]$|\.lock$|\.lock\/|(?:^|\/)\./u.test(name);
  if (!forbidden && name.length <= 244) return accept2(name);
  return refuse2("is not a valid branch name", "Write it as git branch prints it.");
}
function judgePath(path6) {
  if (new RegExp("\\p{Cc}", "u").test(path6)) return refuse2("has a control character", "Write the path in plain text.");
  if (path6.includes("\\")) return refuse2("has a backslash", "Separate directories by /.");
  if (path6.startsWith("/") || path6.startsWith("~") || /^[A-Za-z]:/.test(path6)) {
    return refuse2("must be relative to the root of the repository", "Leave out everything up to the repository.");
  }
  const steps = [];
  for (const step2 of path6.split("/")) {
    if (step2 === "" || step2 === ".") continue;
    if (step2 !== "..") steps.push(step2);
    else if (steps.pop() === void 0) {
      return refuse2("leads out of the repository", "Name a file or directory inside of it.");
    }
  }
  if (steps[0] === ".git") return refuse2("lies in git's own directory", "Name a directory of manifests.");
  return accept2(steps.length === 0 ? "." : steps.join("/"));
}
function judgeRegistry(name) {
  if (name.includes("://") || name.includes("/")) {
    return refuse2("must be a host, with a port if need be", "Leave out the scheme and the path.");
  }
  if (["index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"].includes(name.toLowerCase())) {
    return refuse2("is not how image references name it", "Write 'docker.io'.");
  }
  const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?$/;
  if (host.test(name) && name.length <= 255) return accept2(name.toLowerCase());
  return refuse2("is not the name of a registry", "Write it as in image references, such as 'ghcr.io' or 'host:5000'.");
}
function judgeEndpoint(address) {
  const url = URL.canParse(address) ? new URL(address) : void 0;
  if (url === void 0 || !isHttp(url)) {
    return refuse2("must be an address with http or https", "Write it as 'https://mirror.example.org'.");
  }
  if (url.username !== "" || url.password !== "") {
    return refuse2("must not hold credentials", "Give them as registry credentials, under the endpoint's host.");
  }
  if (url.search !== "" || url.hash !== "") {
    return refuse2("must not have a query or a fragment", "Leave out everything from ? or # on.");
  }
  return accept2(`${url.origin}${url.pathname.replace(/\/+$/, "")}`);
}
function judgeWebhookUrl(address) {
  if (URL.canParse(address) && isHttp(new URL(address))) return accept2(address);
  return refuse2("must be an address with http or https", "Write it as Slack shows it: 'https://hooks.slack.com/…'.");
}
var UNITS2 = /* @__PURE__ */ new Map([
  ["s", 1e3],
  ["m", 6e4],
  ["h", 36e5],
  ["d", 864e5],
  ["w", 6048e5]
]);
function judgeDuration(text2) {
  const parts = [...text2.matchAll(/([0-9]{1,9})([smhdw])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text2) {
    return refuse2("is not a duration", "Write it as '12h', '3d' or '1d12h' (units: s, m, h, d, w).");
  }
  return accept2(parts.reduce((sum, [, count2, unit]) => sum + Number(count2) * (UNITS2.get(unit ?? "") ?? 0), 0));
}
function judgeTimeOfDay(text2) {
  const match = /^([0-9]{1,2}):([0-9]{2})$/.exec(text2);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (match !== null && Number(match[2]) < 60 && minutes <= 24 * 60) return accept2(minutes);
  return refuse2("is not a time of day", "Write hours and minutes, as in '09:30'.");
}
function judgeTimeZone(name) {
  try {
    return accept2(new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    return refuse2("is not a time zone", "Write its IANA name, as in 'Europe/Oslo'.");
  }
}
function judgePlatform(text2) {
  if (/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(text2)) return accept2(text2);
  return refuse2("is not a platform", "Write it as 'linux/amd64' or 'linux/arm/v7'.");
}
function judgeGlob(pattern) {
  if (pattern.length <= 256 && !new RegExp("\\p{Cc}", "u").test(pattern)) return accept2(pattern);
  return refuse2("is too long for a glob, or has control characters", "Use at most 256 plain characters.");
}
function judgeIdentity(text2) {
  if (/^[^<>\p{Cc}]{1,200}$/u.test(text2)) return accept2(text2.trim());
  return refuse2("must be one line without < and >", "Write the name or the address alone.");
}
function judgeTemplate(template) {
  const [unknown] = unknownFields(template);
  if (unknown === void 0) return accept2(template);
  const hint = suggestion(unknown, TEMPLATE_FIELDS) ?? "Leave it out.";
  return refuse2(`has the unknown field {${unknown.slice(0, 60)}}`, hint);
}
function isHttp(url) {
  return url.protocol === "http:" || url.protocol === "https:";
}
function judgeKind(kind) {
  if (/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind)) return accept2(kind);
  return refuse2("is not a kind", "Write it as the objects do, such as Database.");
}
function judgeGroup(group) {
  if (/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(group)) return accept2(group);
  return refuse2("is not an API group", "Write the part of apiVersion before the slash, such as db.example.org.");
}
function judgeContainer(name) {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name)) return accept2(name);
  return refuse2("is not a name for a container", "Use letters, digits, dots, hyphens and underscores, at most 63.");
}
function judgeFieldPath(path6) {
  const keys = path6.split(".");
  if (keys.length <= 20 && keys.every((key) => /^[A-Za-z0-9_$-][A-Za-z0-9_/$-]{0,62}$/.test(key))) return accept2(path6);
  return refuse2("is not the path of a field", "Join keys and list indices by dots, such as spec.jobs.0.image.");
}

// src/config/shape/collections.ts
var import_yaml4 = __toESM(require_dist(), 1);

// src/config/variables.ts
var REFERENCE2 = /\$?\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
var SHIFT = 57344;
var SHIFTED = /[\uE000-\uE07F]+/g;
var SHIFTED_REFERENCE = /(\uE024?)\uE024\uE07B([\uE030-\uE07A]+)\uE07D/g;
function findReserved(source) {
  return source.search(SHIFTED);
}
function hideReferences(source) {
  return source.replace(REFERENCE2, (reference) => shift(reference, SHIFT));
}
function showReferences(text2) {
  return text2.replace(SHIFTED, (shifted) => shift(shifted, -SHIFT));
}
function referencesIn(text2) {
  const references = [];
  for (const match of text2.matchAll(SHIFTED_REFERENCE)) {
    if (match[1] === "") references.push({ name: shift(match[2] ?? "", -SHIFT), offset: match.index });
  }
  return references;
}
function putValues(text2, lookUp2) {
  return text2.replace(SHIFTED_REFERENCE, (reference, escaped2, name) => {
    if (escaped2 !== "") return shift(reference.slice(1), -SHIFT);
    return lookUp2(shift(name, -SHIFT)) ?? shift(reference, -SHIFT);
  });
}
function shift(text2, by) {
  return String.fromCharCode(...Array.from(text2, (char) => char.charCodeAt(0) + by));
}

// src/config/shape/scalars.ts
var import_yaml3 = __toESM(require_dist(), 1);

// src/config/shape/reading.ts
var import_yaml2 = __toESM(require_dist(), 1);
var MOST_NODES = 1e5;
var Reading = class {
  problems = [];
  #options;
  #path = [];
  #visited = 0;
  #targets;
  #missing;
  constructor(options) {
    this.#options = options;
  }
  /** Where we are, as people write it: `environments.development.path[1]`. */
  get path() {
    return this.#path.reduce(
      (path6, { name }) => name.startsWith("[") || path6 === "" ? path6 + name : `${path6}.${name}`,
      ""
    );
  }
  /** Runs `read` one step further down: a key with its node, or `[index]`. */
  within(name, read4, keyNode) {
    this.#path.push({ name, keyNode });
    try {
      return read4();
    } finally {
      this.#path.pop();
    }
  }
  /** Runs `read` collecting the variables that are not set instead of complaining about them. */
  collectingMissing(read4) {
    const before = this.#missing;
    const missing = /* @__PURE__ */ new Set();
    this.#missing = missing;
    try {
      return { result: read4(), missing };
    } finally {
      this.#missing = before;
    }
  }
  /** The node that an alias stands for, any other node as it is; null for nothing, and for too much. */
  resolve(node) {
    this.#visited++;
    if (this.#visited > MOST_NODES) {
      if (this.#visited === MOST_NODES + 1) {
        this.complain(node, { code: "CONFIG_TOO_LARGE", message: `has more than ${MOST_NODES} values` });
      }
      return null;
    }
    if (!(0, import_yaml2.isAlias)(node)) return node;
    this.#targets ??= aliasTargets(this.#options.document);
    return this.#targets.get(node) ?? node;
  }
  get exhausted() {
    return this.#visited > MOST_NODES;
  }
  positionOf(node) {
    return this.#positionAt(node?.range?.[0] ?? 0);
  }
  /** Records an error about the value at `node`; the sentence starts with the path. */
  complain(node, complaint) {
    this.#record(this.positionOf(node), complaint);
  }
  /** The same about something that is not there: at the key above it, where there is one. */
  complainAbove(node, complaint) {
    this.#record(this.positionOf(this.#path.at(-1)?.keyNode ?? node), complaint);
  }
  complainAt(position, complaint) {
    this.#record(position, complaint);
  }
  warnAt(position, warning) {
    this.problems.push({ severity: "warning", ...warning, message: showReferences(warning.message), position });
  }
  /** `text` of `node` with variables put in, or undefined after complaining of those that are malformed or not set. */
  expand(text2, node) {
    const [start = 0, end = 0] = node.range ?? [];
    let complete = true;
    if (/\$\{(?:\{|[A-Za-z_]\w*[^\w}])/.test(text2)) {
      complete = false;
      this.complain(node, {
        code: "CONFIG_VALUE",
        message: `has a variable that is not written as \${NAME}`,
        hint: "Use letters, digits and underscores, nothing else; set the variable in the environment of the run."
      });
    }
    for (const { name, offset } of referencesIn(this.#options.source.slice(start, end))) {
      if (this.#valueOf(name) !== void 0) continue;
      complete = false;
      if (this.#missing !== void 0) this.#missing.add(name);
      else {
        this.#record(this.#positionAt(start + offset), {
          code: "CONFIG_UNSET_VARIABLE",
          message: `needs the environment variable ${name}, which is not set`,
          hint: `Set ${name}, or write $\${${name}} where the text itself is meant.`
        });
      }
    }
    return complete ? putValues(text2, (name) => this.#valueOf(name)) : void 0;
  }
  /** An empty variable counts as not set: that is how CI hands over a secret that does not exist. */
  #valueOf(name) {
    const variables = this.#options.variables;
    const value = Object.hasOwn(variables, name) ? variables[name] : void 0;
    return value === "" ? void 0 : value;
  }
  #positionAt(offset) {
    const { line, col } = this.#options.lines.linePos(offset);
    return { file: this.#options.file, line: Math.max(line, 1), col: Math.max(col, 1) };
  }
  #record(position, complaint) {
    const path6 = this.path === "" ? "the configuration" : this.path;
    this.problems.push({
      severity: "error",
      code: complaint.code,
      message: showReferences(`${path6} ${complaint.message}`),
      position,
      hint: complaint.hint
    });
  }
};
function aliasTargets(document) {
  const anchors = /* @__PURE__ */ new Map();
  const targets = /* @__PURE__ */ new Map();
  (0, import_yaml2.visit)(document, {
    Alias: (_, alias) => {
      const target = anchors.get(alias.source);
      if (target !== void 0) targets.set(alias, target);
    },
    Value: (_, node) => {
      if (node.anchor !== void 0) anchors.set(node.anchor, node);
    }
  });
  return targets;
}
function describeNode(node) {
  if ((0, import_yaml2.isAlias)(node)) return `the alias *${node.source}, which has no anchor`;
  if ((0, import_yaml2.isMap)(node)) return "a mapping";
  if ((0, import_yaml2.isSeq)(node)) return "a list";
  if (!(0, import_yaml2.isScalar)(node) || node.value === null) return "nothing";
  if (typeof node.value === "string") return node.value === "" ? "an empty text" : `the text ${quote(node.value)}`;
  if (typeof node.value === "object") return "a value with a tag";
  return typeof node.value === "number" ? `the number ${node.source ?? node.value}` : String(node.value);
}
function quote(value) {
  const text2 = showReferences(value).replace(/[\p{Cc}\s]+/gu, " ");
  return `'${text2.length > 40 ? `${text2.slice(0, 40)}…` : text2}'`;
}

// src/config/shape/scalars.ts
function text(schema = {}) {
  return textThat((value) => accept2(value), schema);
}
function textThat(judge4, schema = {}) {
  return {
    schema: { type: "string", minLength: 1, ...schema },
    read: (given, reading) => {
      const node = reading.resolve(given);
      const value = readText(node, reading);
      if (value === void 0) return INVALID;
      const judgement = judge4(value);
      if (judgement.ok) return judgement.value;
      reading.complain(node, { code: "CONFIG_VALUE", message: judgement.message, hint: judgement.hint });
      return INVALID;
    }
  };
}
function yesOrNo() {
  return {
    schema: { type: "boolean" },
    read: (given, reading) => {
      const node = reading.resolve(given);
      if ((0, import_yaml3.isScalar)(node) && typeof node.value === "boolean") return node.value;
      complainOfType(node, reading, { wanted: "true or false", hint: "Write true or false, without quotes." });
      return INVALID;
    }
  };
}
function constant(value) {
  return {
    schema: { const: value },
    read: (given, reading) => {
      const node = reading.resolve(given);
      if ((0, import_yaml3.isScalar)(node) && node.value === value) return value;
      complainOfType(node, reading, { wanted: String(value), hint: `Write ${value}, without quotes.` });
      return INVALID;
    }
  };
}
function readText(node, reading) {
  if ((0, import_yaml3.isScalar)(node) && typeof node.value === "string" && node.value !== "") return reading.expand(node.value, node);
  const unquoted = (0, import_yaml3.isScalar)(node) && node.value !== null && node.value !== "";
  complainOfType(node, reading, {
    wanted: "text",
    hint: unquoted ? "Put the value in quotes." : "Write a value, or remove the key."
  });
  return void 0;
}
function complainOfType(node, reading, { wanted, hint }) {
  if (reading.exhausted) return;
  reading.complain(node, { code: "CONFIG_TYPE", message: `must be ${wanted}, not ${describeNode(node)}`, hint });
}

// src/config/shape/collections.ts
function required(shape, description) {
  return { shape, description, fallback: void 0 };
}
function optional(shape, description) {
  return { shape, description, fallback: { value: void 0 } };
}
function defaulting(field, value) {
  return { ...field, fallback: { value } };
}
function object(fields) {
  const entries = Object.entries(fields);
  return {
    schema: objectSchema(entries),
    read: (given, reading) => {
      const found = readPairs(given, reading);
      if (found === void 0) return INVALID;
      const known = new Map(entries.map(([name, field]) => [kebab(name), { name, field }]));
      let valid = rejectUnknown(found.pairs, { known: [...known.keys()], reading });
      const result = {};
      for (const [key, { name, field }] of known) {
        const value = readField2(found, { key, field, reading });
        if (value === INVALID) valid = false;
        result[name] = value;
      }
      return valid ? result : INVALID;
    }
  };
}
function entriesOf4(shape, options) {
  return {
    schema: {
      type: "object",
      additionalProperties: shape.schema,
      ...options.atLeastOne ? { minProperties: 1 } : {}
    },
    read: (given, reading) => {
      const found = readPairs(given, reading);
      if (found === void 0) return INVALID;
      const entries = [];
      let valid = true;
      for (const { key, keyNode, value } of found.pairs) {
        const entry = () => readEntry({ key, keyNode, value }, { shape, options, reading });
        const read4 = reading.within(key, entry, keyNode);
        if (read4 === INVALID) valid = false;
        else entries.push(read4);
      }
      if (options.atLeastOne && found.pairs.length === 0 && !found.broken) {
        reading.complainAbove(found.node, { code: "CONFIG_VALUE", message: "is empty", hint: "Name at least one." });
        valid = false;
      }
      return valid && !found.broken ? entries : INVALID;
    }
  };
}
function listOf2(shape, options = {}) {
  const items = options.atLeastOne === true ? { minItems: 1 } : {};
  const list2 = { type: "array", items: shape.schema, ...items };
  return {
    schema: options.orOne === true ? { oneOf: [shape.schema, list2] } : list2,
    read: (given, reading) => {
      const node = reading.resolve(given);
      if (!(0, import_yaml4.isSeq)(node)) {
        const one = options.orOne === true && (0, import_yaml4.isScalar)(node) && node.value !== null;
        if (one) return whole([shape.read(node, reading)]);
        complainOfType(node, reading, {
          wanted: options.orOne === true ? "text or a list" : "a list",
          hint: "Write each entry on a line of its own, after a hyphen, or remove the key."
        });
        return INVALID;
      }
      if (options.atLeastOne === true && node.items.length === 0) {
        reading.complain(node, { code: "CONFIG_VALUE", message: "is empty", hint: "Name at least one." });
        return INVALID;
      }
      return whole(
        node.items.map((item, index) => reading.within(`[${index}]`, () => shape.read(item, reading)))
      );
    }
  };
}
function mapped(shape, make) {
  return {
    schema: shape.schema,
    read: (node, reading) => {
      const value = shape.read(node, reading);
      return value === INVALID ? INVALID : make(value, reading.positionOf(node));
    }
  };
}
function placed(shape) {
  return mapped(shape, (value, position) => ({ value, position }));
}
function readPairs(given, reading) {
  const node = reading.resolve(given);
  if (!(0, import_yaml4.isMap)(node)) {
    complainOfType(node ?? given, reading, {
      wanted: "a mapping",
      hint: "Write its keys below it, indented, or remove it."
    });
    return void 0;
  }
  const pairs = /* @__PURE__ */ new Map();
  let broken = false;
  for (const pair of node.items) {
    const key = readKey2(pair.key, reading);
    if (key === void 0) broken = true;
    else if (pairs.has(key)) {
      const first = reading.positionOf(pairs.get(key)?.keyNode ?? null);
      const message = `has the key '${key}' twice`;
      const hint = `Remove one of them; the first is on line ${first.line}.`;
      reading.complain(pair.key, { code: "CONFIG_DUPLICATE_KEY", message, hint });
      broken = true;
    } else pairs.set(key, { key, keyNode: pair.key, value: pair.value ?? nothingAt(pair.key) });
  }
  return { node, pairs: [...pairs.values()], broken };
}
function nothingAt(key) {
  return Object.assign(new import_yaml4.Scalar(null), { range: key.range ?? null });
}
function readKey2(node, reading) {
  const value = (0, import_yaml4.isScalar)(node) ? node.value : void 0;
  if (typeof value === "string" && referencesIn(value).length === 0) return showReferences(value);
  if ((0, import_yaml4.isScalar)(node) && node.source !== void 0 && typeof value !== "string" && value !== null) return node.source;
  reading.complain(node, {
    code: "CONFIG_TYPE",
    message: "has a key that is not plain text",
    hint: "Write the key itself; variables stand in values only."
  });
  return void 0;
}
function rejectUnknown(pairs, { known, reading }) {
  let valid = true;
  for (const { key, keyNode } of pairs) {
    if (known.includes(key)) continue;
    valid = false;
    reading.complain(keyNode, {
      code: "CONFIG_UNKNOWN_KEY",
      message: `has no key '${key.length > 60 ? `${key.slice(0, 60)}…` : key}'`,
      hint: suggestion(key, known)
    });
  }
  return valid;
}
function readField2(found, { key, field, reading }) {
  const pair = found.pairs.find((candidate) => candidate.key === key);
  if (pair !== void 0) {
    return reading.within(key, () => field.shape.read(pair.value, reading), pair.keyNode);
  }
  if (field.fallback !== void 0) return field.fallback.value;
  reading.complainAbove(found.node, {
    code: "CONFIG_MISSING_KEY",
    message: `lacks the key '${key}'`,
    hint: `Add '${key}': ${field.description}`
  });
  return INVALID;
}
function readEntry({ key, keyNode, value }, {
  shape,
  options,
  reading
}) {
  const name = options.judgeName(key);
  if (!name.ok) reading.complain(keyNode, { code: "CONFIG_VALUE", message: name.message, hint: name.hint });
  const read4 = shape.read(value, reading);
  if (read4 === INVALID || !name.ok) return INVALID;
  return { name: name.value, position: reading.positionOf(keyNode), value: read4 };
}
function whole(values) {
  const valid = values.filter((value) => value !== INVALID);
  return valid.length === values.length ? valid : INVALID;
}
function objectSchema(entries) {
  return {
    type: "object",
    additionalProperties: false,
    required: entries.filter(([, field]) => field.fallback === void 0).map(([name]) => kebab(name)),
    properties: Object.fromEntries(
      entries.map(([name, field]) => [kebab(name), { description: field.description, ...field.shape.schema }])
    )
  };
}
function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

// src/config/field-shape.ts
var UNNAMED = "image";
function fieldShape() {
  const path6 = (what) => optional(textThat(judgeFieldPath), `Path of the field with ${what}.`);
  const shape = object({
    kind: required(textThat(judgeKind), "The kind of the objects, such as Database."),
    group: optional(textThat(judgeGroup), "The API group of the kind, such as db.example.org; default: any."),
    container: optional(textThat(judgeContainer), `What annotations and reports call the image; default: ${UNNAMED}.`),
    image: path6("the whole image, such as spec.engine.image"),
    repository: path6("the image's name, where its tag stands in a field of its own"),
    registry: path6("the registry, where it stands apart from the name"),
    tag: path6("the tag"),
    digest: path6("the digest")
  });
  return {
    schema: shape.schema,
    read: (node, reading) => {
      const written3 = shape.read(node, reading);
      if (written3 === INVALID) return INVALID;
      const { kind, group, container, ...paths } = written3;
      const position = reading.positionOf(node);
      const mistake = mistakeIn(paths);
      if (mistake !== void 0) {
        reading.complainAt(position, { code: "CONFIG_VALUE", ...mistake });
        return INVALID;
      }
      return { position, kind, group, fields: { container: container ?? UNNAMED, paths: setIn(paths) } };
    }
  };
}
function mistakeIn({ image, repository, registry, tag, digest }) {
  if (image === void 0 && repository === void 0) {
    return { message: "names no field", hint: "Add image, or repository and tag." };
  }
  if (image !== void 0 && (repository !== void 0 || registry !== void 0)) {
    return { message: "has both image and the parts of it", hint: "Keep image, or repository with tag." };
  }
  if (image === void 0 && tag === void 0 && digest === void 0) {
    return { message: "names no field for the version", hint: "Add tag, or digest." };
  }
  return void 0;
}
function setIn(paths) {
  return Object.fromEntries(Object.entries(paths).filter(([, path6]) => path6 !== void 0));
}

// src/config/image-shape.ts
var WEEKDAYS2 = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
function imageShape() {
  const shape = writtenShape();
  return { schema: shape.schema, read: (node, reading) => readRule(node, { shape, reading }) };
}
function writtenShape() {
  return object({
    image: required(textThat(judgeGlob), "Glob over image names, without tag."),
    container: optional(textThat(judgeGlob), "Glob over container names; default: every container."),
    policy: optional(
      placed(text()),
      'Which tags may be chosen, such as "semver:~1.4" or "glob:main-*"; default: as the manifest says.'
    ),
    filter: optional(filterShape(), "Which tags are looked at, and the part of them that is compared."),
    pin: optional(yesOrNo(), "Whether the digest is written beside the tag; default: as the manifest has it."),
    platforms: defaulting(
      optional(listOf2(textThat(judgePlatform)), "Platforms a tag must have, such as linux/arm64."),
      []
    ),
    minimumAge: optional(textThat(judgeDuration), "How old a tag must be, such as 12h or 3d."),
    deny: defaulting(optional(listOf2(textThat(judgeGlob)), "Globs over tags that are never chosen."), []),
    windows: defaulting(optional(listOf2(windowShape()), "When updates may happen; default: at any time."), [])
  });
}
function filterShape() {
  return object({
    pattern: required(text(), "Regular expression (RE2) that tags must match, with named groups."),
    extract: optional(text(), "The part that is compared, such as $version; default: the whole tag.")
  });
}
function readRule(node, { shape, reading }) {
  const written3 = shape.read(node, reading);
  if (written3 === INVALID) return INVALID;
  const { filter, minimumAge, policy, ...rest } = written3;
  const conditions = { ...rest, position: reading.positionOf(node), minimumAgeMs: minimumAge };
  if (policy === void 0) {
    if (filter === void 0) return { ...conditions, policy: void 0 };
    reading.complainAt(conditions.position, {
      code: "CONFIG_POLICY",
      message: "has a filter and no policy",
      hint: "Add policy."
    });
    return INVALID;
  }
  const parsed = parseConfigPolicy(policy.value, filter);
  return reading.within("policy", () => {
    if (!parsed.ok) {
      const complaint = {
        code: "CONFIG_POLICY",
        message: `is not usable: ${parsed.message}`,
        hint: parsed.hint
      };
      reading.complainAt(policy.position, complaint);
      return INVALID;
    }
    if (parsed.warning !== void 0) {
      reading.warnAt(policy.position, { code: "CONFIG_POLICY", message: `${reading.path}: ${parsed.warning}` });
    }
    return { ...conditions, policy: { value: parsed.policy, position: policy.position } };
  });
}
function windowShape() {
  const day = textThat(
    (name) => {
      const known = WEEKDAYS2.find((weekday) => weekday === name);
      return known === void 0 ? refuse2("is not a day of the week", `Use: ${WEEKDAYS2.join(", ")}.`) : accept2(known);
    },
    { enum: WEEKDAYS2 }
  );
  const shape = object({
    days: defaulting(
      optional(listOf2(day, { atLeastOne: true }), "The days on which it begins; default: all."),
      WEEKDAYS2
    ),
    from: optional(textThat(judgeTimeOfDay), "When it begins, such as 09:00; default: midnight."),
    to: optional(
      textThat(judgeTimeOfDay),
      "When it ends, such as 16:30; default: midnight; before from: the next day."
    ),
    timeZone: defaulting(optional(textThat(judgeTimeZone), "IANA name of the time zone; default: UTC."), "UTC")
  });
  return mapped(shape, ({ days, from, to, timeZone }) => ({
    days,
    fromMinute: from ?? 0,
    toMinute: to ?? 24 * 60,
    timeZone
  }));
}

// src/config/notifier-shape.ts
var import_yaml5 = __toESM(require_dist(), 1);
function notifierShape() {
  const shape = object({
    slack: optional(slackShape(), "A Slack channel, by an incoming webhook.")
  });
  return {
    schema: { ...shape.schema, minProperties: 1, maxProperties: 1 },
    read: (node, reading) => {
      const { result, missing } = reading.collectingMissing(() => readChoice(node, { shape, reading }));
      if (missing.size === 0) return result;
      const names = [...missing].join(" and ");
      reading.warnAt(reading.positionOf(node), {
        code: NOTIFIER_OFF,
        message: `${reading.path} is off: ${names} ${missing.size === 1 ? "is" : "are"} not set`,
        hint: `Set ${names} to be told about this run.`
      });
      return { kind: "off" };
    }
  };
}
function slackShape() {
  return object({
    webhookUrl: optional(
      mapped(textThat(judgeWebhookUrl), (url) => new Secret(url)),
      "The incoming webhook, from a variable; default: SLACK_WEBHOOK_URL."
    ),
    channel: optional(text(), "The channel, for webhooks that may choose one."),
    username: optional(text(), "The name to post under, for webhooks that may choose one.")
  });
}
function readChoice(node, { shape, reading }) {
  const value = shape.read(node, reading);
  if (value === INVALID) return INVALID;
  if (value.slack !== void 0) return { kind: "slack", position: reading.positionOf(node), ...value.slack };
  const target = reading.resolve(node);
  if ((0, import_yaml5.isMap)(target)) {
    reading.complain(target, {
      code: "CONFIG_MISSING_KEY",
      message: "names no notifier",
      hint: "Add the key 'slack'."
    });
  }
  return INVALID;
}

// src/config/cloud-names.ts
function judgeRole(arn) {
  if (/^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(arn)) return accept2(arn);
  return refuse2("is not the ARN of a role", "Write it as 'arn:aws:iam::123456789012:role/NAME'.");
}
function judgeProvider(name) {
  const id = "[a-z0-9-]{4,32}";
  const pattern = `^projects/\\d{1,20}/locations/global/workloadIdentityPools/${id}/providers/${id}$`;
  if (new RegExp(pattern).test(name)) return accept2(name);
  if (/^(?:https:)?\/\/iam\.googleapis\.com\//.test(name)) {
    return refuse2("must be a name without a host", "Leave out everything before 'projects/'.");
  }
  if (/^projects\/[a-z][a-z0-9-]*\//.test(name)) {
    return refuse2("must have the number of the project, not its name", "Write projects/NUMBER/….");
  }
  return refuse2(
    "is not the name of a workload identity provider",
    "Write it as 'projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER'."
  );
}
function judgeServiceAccount(address) {
  if (/^[a-z0-9][a-z0-9-]{0,62}@[a-z0-9](?:[a-z0-9.-]{0,200}\.)?gserviceaccount\.com$/.test(address)) {
    return accept2(address);
  }
  return refuse2("is not the address of a service account", "Write it as 'NAME@PROJECT.iam.gserviceaccount.com'.");
}
function judgeUuid(text2) {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text2)) return accept2(text2.toLowerCase());
  return refuse2("is not a UUID", "Write it as Azure shows it: '00000000-0000-0000-0000-000000000000'.");
}
function judgeAudience(text2) {
  if (/^[\x21-\x7e]{1,256}$/.test(text2)) return accept2(text2);
  return refuse2("is not an audience", "Use at most 256 visible characters, without blanks.");
}

// src/config/registry-shape.ts
var CLOUDS = ["aws", "google", "azure"];
var REGISTRIES_OF = {
  aws: { whose: "Amazon's", names: "ACCOUNT.dkr.ecr.REGION.amazonaws.com and public.ecr.aws" },
  google: { whose: "Google's", names: "LOCATION-docker.pkg.dev and gcr.io" },
  azure: { whose: "Azure's", names: "NAME.azurecr.io" }
};
function registriesShape() {
  const entries = entriesOf4(entryShape(), { judgeName: judgeRegistry, atLeastOne: false });
  return {
    schema: entries.schema,
    read: (node, reading) => {
      const written3 = entries.read(node, reading);
      if (written3 === INVALID || hasTwice(written3, reading)) return INVALID;
      const registries = written3.map((entry) => reading.within(entry.name, () => readEntry2(entry, reading)));
      const valid = registries.filter((registry) => registry !== INVALID);
      return valid.length === registries.length ? valid : INVALID;
    }
  };
}
function hasTwice(entries, reading) {
  const first = /* @__PURE__ */ new Map();
  let found = false;
  for (const { name, position } of entries) {
    const earlier = first.get(name);
    if (earlier === void 0) {
      first.set(name, position);
      continue;
    }
    const hint = `Remove one of them; the first is on line ${earlier.line}.`;
    reading.complainAt(position, { code: "CONFIG_DUPLICATE_KEY", message: `has '${name}' twice`, hint });
    found = true;
  }
  return found;
}
function entryShape() {
  return object({
    endpoint: optional(
      textThat(judgeEndpoint, { pattern: "^(https?://|\\$\\{)" }),
      "Where to really ask: a mirror, a proxy, a test registry; http or https."
    ),
    aws: optional(placed(awsShape()), "Log in to Amazon's registries as a role that the job's identity may assume."),
    google: optional(placed(googleShape()), "Log in to Google's registries by the job's identity."),
    azure: optional(
      placed(azureShape()),
      "Log in to Azure's registries as an application that trusts the job's identity."
    )
  });
}
function awsShape() {
  const shape = object({
    role: required(textThat(judgeRole), "The ARN of the role."),
    audience: audience("sts.amazonaws.com")
  });
  return mapped(shape, (login) => ({ cloud: "aws", ...login }));
}
function googleShape() {
  const shape = object({
    provider: required(
      textThat(judgeProvider),
      "The workload identity provider: projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER."
    ),
    serviceAccount: optional(
      textThat(judgeServiceAccount),
      "The service account to act as; default: the identity itself."
    ),
    audience: audience("the provider's own address")
  });
  return mapped(shape, (login) => ({ cloud: "google", ...login }));
}
function azureShape() {
  const shape = object({
    client: required(textThat(judgeUuid), "The client ID of the application or managed identity."),
    tenant: required(textThat(judgeUuid), "The tenant (directory) ID."),
    audience: audience("api://AzureADTokenExchange")
  });
  return mapped(shape, (login) => ({ cloud: "azure", ...login }));
}
function audience(usual) {
  return optional(textThat(judgeAudience), `Whom the job's token is for; default: ${usual}.`);
}
function readEntry2(entry, reading) {
  const { name, position, value } = entry;
  const { endpoint } = value;
  const logins = CLOUDS.flatMap((cloud2) => value[cloud2] ?? []);
  const [login, second] = logins;
  if (login === void 0) return { name, position, endpoint, login: void 0 };
  const refuse3 = (at2, message, hint) => {
    reading.complainAt(at2, { code: "CONFIG_VALUE", message, hint });
    return INVALID;
  };
  const { cloud } = login.value;
  if (second !== void 0) {
    return refuse3(second.position, `has both ${cloud} and ${second.value.cloud}`, "Keep the one whose registry it is.");
  }
  if (cloudOf(name) !== cloud) {
    const { whose, names } = REGISTRIES_OF[cloud];
    return refuse3(login.position, `has ${cloud} and is no registry of ${whose}`, `Use ${cloud} for ${names}.`);
  }
  if (endpoint !== void 0) {
    const hint = `Remove one of them; what opens the endpoint goes into the Docker config.json, under its host.`;
    return refuse3(login.position, `has ${cloud} and an endpoint, which gets no credentials of a cloud`, hint);
  }
  return { name, position, endpoint, login: login.value };
}

// src/config/config-shape.ts
function configShape() {
  return object({
    version: required(constant(1), "The version of this format: 1."),
    environments: required(environmentsShape(), "The environments by name."),
    registries: defaulting(
      optional(registriesShape(), "How to reach registries and log in to them, by their name in image references."),
      []
    ),
    notify: defaulting(optional(listOf2(notifierShape()), "Who is told about runs that changed or failed."), []),
    images: defaulting(optional(listOf2(imageShape()), "Policies for images by name."), []),
    fields: defaulting(optional(listOf2(fieldShape()), "Where the images of custom kinds stand."), []),
    commit: defaulting(optional(commitShape(), "What the commits look like."), {
      message: void 0,
      author: void 0
    })
  });
}
function environmentsShape() {
  const shape = object({
    branch: optional(textThat(judgeBranch), "The branch that is read and committed to; default: the one checked out."),
    path: required(
      listOf2(placed(textThat(judgePath)), { orOne: true, atLeastOne: true }),
      "A directory or file of manifests, or a list of them, relative to the root of the repository."
    ),
    values: defaulting(
      optional(
        listOf2(placed(textThat(judgeGlob)), { orOne: true }),
        "Helm values files whose images are kept up to date: globs over the paths of the repository."
      ),
      []
    ),
    clusters: optional(
      listOf2(clusterShape()),
      "The clusters it is applied to; default: the current context; an empty list: none."
    ),
    generators: defaulting(optional(yesOrNo(), "Whether .flux.yaml files may run the commands they name."), false)
  });
  const entries = entriesOf4(shape, { judgeName: judgeEnvironment, atLeastOne: true });
  return mapped(
    entries,
    (list2) => list2.map(({ name, position, value: { path: path6, ...rest } }) => ({ name, position, ...rest, paths: path6 }))
  );
}
function clusterShape() {
  const shape = object({
    context: required(textThat(judgeGlob), "Glob over the contexts of the kubeconfig.")
  });
  return mapped(shape, ({ context }, position) => ({ context, position }));
}
function commitShape() {
  const author = object({
    name: required(textThat(judgeIdentity), "The name of the author."),
    email: required(textThat(judgeIdentity), "The address of the author.")
  });
  return object({
    message: optional(
      placed(textThat(judgeTemplate)),
      `Template of the message, with ${TEMPLATE_FIELDS.map((field) => `{${field}}`).join(", ")}; default: the wording of Flux.`
    ),
    author: optional(author, "Who makes the commits.")
  });
}

// src/config/load.ts
var SLACK_VARIABLE = "SLACK_WEBHOOK_URL";
var LONGEST2 = 256 * 1024;
var MOST_PROBLEMS2 = 100;
function loadConfig(text2, options) {
  if (text2.length > LONGEST2) {
    return failure3(options.file, { code: "CONFIG_TOO_LARGE", message: "the configuration is larger than 256 KiB" });
  }
  const plain = text2.replace(/^\uFEFF/, "");
  const source = hideReferences(plain);
  const lines2 = new import_yaml6.LineCounter();
  const document = (0, import_yaml6.parseDocument)(source, { lineCounter: lines2, prettyErrors: false, uniqueKeys: false });
  const syntax = syntaxProblems(plain, { errors: document.errors, lines: lines2, file: options.file });
  if (syntax.length > 0) return { ok: false, problems: syntax };
  const variables = { ...options.variables, [SLACK_VARIABLE]: slackUrl(options) };
  const reading = new Reading({ file: options.file, source, lines: lines2, document, variables });
  const written3 = configShape().read(document.contents, reading);
  if (written3 === INVALID || hasErrors(reading.problems)) return { ok: false, problems: inOrder3(reading.problems) };
  const { notifiers, problems } = chooseNotifiers(written3, options);
  const all = inOrder3([...reading.problems, ...problems]);
  if (hasErrors(all)) return { ok: false, problems: all };
  const config = freeze({
    file: options.file,
    environments: written3.environments,
    registries: written3.registries,
    notifiers,
    images: written3.images,
    fields: written3.fields,
    commit: written3.commit
  });
  return { ok: true, config, warnings: all };
}
function configNotFound(file) {
  return {
    severity: "error",
    code: "CONFIG_NOT_FOUND",
    message: "there is no such configuration file",
    subject: file,
    hint: `Create ${file} with 'version: 1' and 'environments', or name another file with --config.`
  };
}
function syntaxProblems(text2, { errors, lines: lines2, file }) {
  const complaints = errors.map((error) => ({ offset: error.pos[0], message: syntaxMessage(error) }));
  const reserved = findReserved(text2);
  if (reserved >= 0) complaints.push({ offset: reserved, message: "private-use characters cannot stand here" });
  const written3 = text2.split("\n");
  const problems = /* @__PURE__ */ new Map();
  for (const { offset, message } of complaints) {
    const { line, col } = lines2.linePos(offset);
    if (problems.has(line)) continue;
    if (problems.size >= MOST_PROBLEMS2) break;
    problems.set(line, {
      severity: "error",
      code: "CONFIG_SYNTAX",
      message: `not valid YAML: ${message}`,
      position: { file, line, col },
      hint: syntaxHint(written3[line - 1] ?? "")
    });
  }
  return inOrder3([...problems.values()]);
}
function syntaxMessage({ code: code18, message }) {
  if (code18 === "MULTIPLE_DOCS") return "a second document begins here";
  const sentence2 = showReferences(message).split("\n")[0]?.replace(/[.:]$/, "") ?? "";
  return `${sentence2.charAt(0).toLowerCase()}${sentence2.slice(1)}`;
}
function syntaxHint(written3) {
  if (/\$\{(?!\w+\})/.test(written3))
    return `Write variables as \${NAME}: letters, digits and underscores, nothing else.`;
  return /^\s*\t/.test(written3) ? "Indent with spaces: YAML allows no tabs there." : void 0;
}
function slackUrl(options) {
  const { variables, slackWebhookUrl } = options;
  const variable = Object.hasOwn(variables, SLACK_VARIABLE) ? variables[SLACK_VARIABLE] : void 0;
  return slackWebhookUrl?.reveal() ?? (variable === "" ? void 0 : variable);
}
function chooseNotifiers(written3, options) {
  const chosen = { notifiers: [], problems: [] };
  const implied = {
    kind: "slack",
    position: { file: options.file, line: 1, col: 1 },
    webhookUrl: void 0,
    channel: void 0,
    username: void 0
  };
  const none = written3.notify.length === 0 && options.slackWebhookUrl !== void 0;
  for (const [index, choice] of (none ? [implied] : written3.notify).entries()) {
    if (choice.kind === "off") continue;
    const webhookUrl = choice.webhookUrl ?? urlOfRun({ choice, index, options, problems: chosen.problems });
    if (webhookUrl !== void 0) chosen.notifiers.push({ ...choice, webhookUrl });
  }
  return chosen;
}
function urlOfRun(given) {
  const url = slackUrl(given.options);
  const { position } = given.choice;
  if (url === void 0) {
    const message2 = `notify[${given.index}] is off: it has no webhook-url and ${SLACK_VARIABLE} is not set`;
    const hint = `Add webhook-url, or set ${SLACK_VARIABLE}.`;
    given.problems.push({ severity: "warning", code: NOTIFIER_OFF, message: message2, position, hint });
    return void 0;
  }
  const judgement = judgeWebhookUrl(url);
  if (judgement.ok) return new Secret(url);
  const code18 = "CONFIG_VALUE";
  const message = `${SLACK_VARIABLE} ${judgement.message}`;
  given.problems.push({ severity: "error", code: code18, message, position, hint: judgement.hint });
  return void 0;
}
function hasErrors(problems) {
  return problems.some((problem2) => problem2.severity === "error");
}
function inOrder3(problems) {
  const line = (problem2) => problem2.position?.line ?? 0;
  const col = (problem2) => problem2.position?.col ?? 0;
  return [...problems].sort((a, b) => line(a) - line(b) || col(a) - col(b));
}
function failure3(file, { code: code18, message }) {
  return { ok: false, problems: [{ severity: "error", code: code18, message, subject: file }] };
}
function freeze(value) {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}

// src/entry/read-config.ts
async function readConfig(invocation, root, around) {
  const named = invocation.flags.config;
  const file = named === void 0 ? path3.join(root, DEFAULT_CONFIG) : path3.resolve(around.directory, named);
  const shown2 = named ?? DEFAULT_CONFIG;
  let text2;
  try {
    text2 = await readFile4(file, "utf8");
  } catch (error) {
    return { config: null, problems: [unreadable2(shown2, error)] };
  }
  const loaded = loadConfig(text2, {
    file: shown2,
    // A fork's configuration could otherwise send any variable of the job to a host of its choice.
    variables: around.event.fromFork ? {} : around.env,
    slackWebhookUrl: around.secrets.slackWebhookUrl
  });
  if (!loaded.ok) return { config: null, problems: loaded.problems };
  for (const notifier of loaded.config.notifiers) around.host.mask(notifier.webhookUrl);
  return { config: loaded.config, problems: loaded.warnings };
}
function unreadable2(file, error) {
  if (error.code === "ENOENT") return configNotFound(file);
  return {
    severity: "error",
    code: "CONFIG_NOT_FOUND",
    message: `cannot be read (${error.code ?? "unknown error"})`,
    subject: file
  };
}

// src/entry/report-out.ts
import { writeFile as writeFile4 } from "node:fs/promises";
import path4 from "node:path";

// src/core/report/lines.ts
function renderLines(report) {
  return [...report.environments.flatMap(environmentLines2), summarizeInOneLine(report)];
}
function environmentLines2(environment) {
  const lines2 = [
    ...environment.images.filter((row) => row.action !== "unchanged").flatMap(imageLines2),
    ...unchangedLine(environment.images, "image"),
    ...environment.commits.map(commitSentence),
    ...environment.clusters.flatMap(clusterLines2)
  ];
  return [environment.name, ...lines2.map((line) => `  ${line}`)];
}
function imageLines2(row) {
  const link = sourceLinkOf(row);
  return [imageSentence(row), ...link === void 0 ? [] : [`  what is new: ${link.url}`]];
}
function clusterLines2(cluster) {
  const lines2 = [
    ...cluster.objects.filter((row) => row.action !== "unchanged").map(objectSentence),
    ...unchangedLine(cluster.objects, "object")
  ];
  return [`cluster ${cluster.name}`, ...lines2.map((line) => `  ${line}`)];
}
function unchangedLine(rows, noun) {
  const unchanged = rows.filter((row) => row.action === "unchanged").length;
  return unchanged === 0 ? [] : [`${count(unchanged, noun)} unchanged`];
}

// src/core/report/markdown-sections.ts
var RESERVE2 = 40;
function fitSections(sections2, maxBytes) {
  let room = maxBytes;
  for (const section of sections2) if (!section.extra) room -= frameBytes(section);
  const parts = /* @__PURE__ */ new Map();
  const fill2 = (section) => {
    const kept2 = [];
    for (const row of section.rows) {
      const bytes = bytesOf([row]);
      if (bytes > room) break;
      room -= bytes;
      kept2.push(row);
    }
    if (!section.extra || kept2.length > 0) parts.set(section, render2(section, kept2));
  };
  for (const section of sections2) if (!section.extra) fill2(section);
  for (const section of sections2) {
    if (!section.extra || frameBytes(section) > room) continue;
    room -= frameBytes(section);
    fill2(section);
  }
  return `${sections2.flatMap((section) => parts.get(section) ?? []).join("\n\n")}
`;
}
function frameBytes({ head, tail = [] }) {
  return bytesOf(head) + (tail.length === 0 ? 0 : bytesOf(tail) + 1) + RESERVE2;
}
function render2({ head, rows, tail = [] }, kept2) {
  const missing = rows.length - kept2.length;
  const gap = head.length === 1 && rows.length > 0 ? [""] : [];
  const more = missing === 0 ? [] : ["", `… and ${missing} more.`];
  const end = tail.length === 0 ? [] : ["", ...tail];
  return [...head, ...gap, ...kept2, ...more, ...end].join("\n");
}
function bytesOf(lines2) {
  return lines2.reduce((sum, line) => sum + utf8Length(line) + 1, 0);
}
function utf8Length(line) {
  let bytes = 0;
  for (const char of line) {
    const codePoint2 = char.codePointAt(0) ?? 0;
    bytes += codePoint2 < 128 ? 1 : codePoint2 < 2048 ? 2 : codePoint2 < 65536 ? 3 : 4;
  }
  return bytes;
}

// src/core/report/markdown-text.ts
var MEANINGFUL = /[&<>|`*~[\]\\$\u200B]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
var REFERENCE3 = /(?<![A-Za-z0-9])@(?=[A-Za-z0-9_])|#(?=[0-9])|(?<![A-Za-z0-9])GH-(?=[0-9])/gi;
function prose(text2, most = 1e3) {
  return escapeMarkdown(oneLine(text2, { longest: most }).replace(REFERENCE3, "$&​"));
}
function code(text2, most = 1e3) {
  const shown2 = oneLine(text2, { longest: most });
  if (shown2 === "") return "";
  return /^[\w./:@+=,→-]+(?: [\w./:@+=,→-]+)*$/.test(shown2) ? `\`${shown2}\`` : `<code>${escapeMarkdown(shown2)}</code>`;
}
function escapeMarkdown(text2) {
  return text2.replace(MEANINGFUL, (char) => `&#${char.charCodeAt(0)};`);
}

// src/core/report/images-markdown.ts
function imageSections(images) {
  const rows = byUrgency(images.filter((row) => row.action !== "unchanged"));
  if (rows.length === 0) return [];
  const linked = rows.some((row) => sourceLinkOf(row) !== void 0);
  const names = ["workload", "container", "image", "from", "to", "action", ...linked ? ["what is new"] : []];
  const head = [`| ${names.join(" | ")} |`, `|${" --- |".repeat(names.length)}`];
  return [{ head, rows: rows.map((row) => imageRow(row, linked)) }, ...passedOverSection(rows)];
}
function imageRow(row, linked) {
  const to = row.action === "updated" ? row.to : "";
  const names = [row.subject, row.container, row.image, row.from, to].map((name) => code(name, 300));
  const link = sourceLinkOf(row);
  const news = link === void 0 ? "" : `[${code(link.label)}](${link.url})`;
  return `| ${[...names, actionCell(row), ...linked ? [news] : []].join(" | ")} |`;
}
function passedOverSection(rows) {
  const lines2 = rows.filter((row) => row.action === "updated").flatMap(passedOverLine);
  if (lines2.length === 0) return [];
  const head = ["<details><summary>Newer tags that were passed over</summary>", ""];
  return [{ head, rows: lines2, tail: ["</details>"], extra: true }];
}
function passedOverLine({ subject, container, image, rejected: rejected2 }) {
  if (rejected2 === void 0 || rejected2.tags.length === 0) return [];
  const tags = rejected2.tags.map(({ tag, reason: reason2 }) => `${code(tag, 130)}: ${prose(reason2, 200)}`);
  const more = rejected2.more === 0 ? [] : [`and ${rejected2.more} more`];
  const place2 = `${code(subject, 300)} ${code(container, 300)}`;
  return [`- ${code(image, 300)} in ${place2}: ${[...tags, ...more].join("; ")}`];
}
function actionCell({ action, reason: reason2 }) {
  const word = action === "failed" ? "**failed**" : action;
  return reason2 === "" ? word : `${word}: ${prose(reason2)}`;
}
function byUrgency(rows) {
  const urgency = (row) => row.action === "failed" ? 0 : row.action === "skipped" ? 2 : 1;
  return rows.toSorted((a, b) => urgency(a) - urgency(b));
}

// src/core/report/markdown.ts
var MAX_BYTES5 = 1e3 * 1024;
var SYMBOLS = { unchanged: "⚪", changed: "🟢", failed: "🔴" };
function renderMarkdown(report, options = {}) {
  const title = `### ${SYMBOLS[report.outcome]} Towpath ${code(report.command)}: ${prose(verdict(report))}`;
  const sections2 = [
    { head: [title], rows: [] },
    ...problemSection(report.problems),
    ...report.environments.flatMap((environment) => environmentSections(environment, options)),
    { head: [`<sub>${countRequests(report)} · ${seconds(report.durationMs)}</sub>`], rows: [] }
  ];
  return fitSections(sections2, options.maxBytes ?? MAX_BYTES5);
}
function problemSection(problems) {
  if (problems.length === 0) return [];
  const errors = problems.filter((problem2) => problem2.severity === "error");
  const warnings = problems.filter((problem2) => problem2.severity === "warning");
  return [{ head: ["#### Problems"], rows: [...errors, ...warnings].map(problemRow) }];
}
function problemRow({ severity, position, subject, message, hint }) {
  const place2 = position === void 0 ? subject : `${position.file}:${position.line}:${position.col}`;
  const where = place2 === void 0 ? "" : `${code(place2)}: `;
  const advice = hint === void 0 ? "" : `<br>${prose(hint)}`;
  return `- ${severity === "error" ? "❌" : "⚠️"} ${where}${prose(message)}${advice}`;
}
function environmentSections(environment, options) {
  return [
    { head: [`#### ${prose(environment.name)}`, ...environmentNotes(environment)], rows: [] },
    ...imageSections(environment.images),
    ...commitSection(environment, options),
    ...environment.clusters.flatMap(clusterSection)
  ];
}
function environmentNotes({ images }) {
  const unchanged = images.filter((row) => row.action === "unchanged").length;
  return unchanged === 0 ? [] : ["", `${count(unchanged, "image")} unchanged.`];
}
function commitSection({ commits }, { repositoryUrl }) {
  if (commits.length === 0) return [];
  const rows = commits.map(({ sha, branch, message }) => {
    const name = sha === "" ? "Planned" : commitLink2(sha, repositoryUrl);
    return `- ${name} on ${code(branch)}: ${prose(firstLine(message), 300)}`;
  });
  return [{ head: [], rows }];
}
function commitLink2(sha, repositoryUrl) {
  const name = code(shortSha(sha));
  return repositoryUrl === void 0 || !/^[0-9a-f]+$/.test(sha) ? name : `[${name}](${repositoryUrl}/commit/${sha})`;
}
function clusterSection({ name, objects }) {
  const unchanged = objects.filter((row) => row.action === "unchanged").length;
  const rows = byUrgency(objects.filter((row) => row.action !== "unchanged"));
  const note2 = unchanged === 0 ? "" : `: ${count(unchanged, "object")} unchanged`;
  const head = [`Cluster ${code(name)}${note2}.`];
  if (rows.length > 0) head.push("", "| object | action |", "| --- | --- |");
  return [{ head, rows: rows.map((row) => `| ${code(row.subject, 300)} | ${actionCell(row)} |`) }];
}

// src/core/report/outcome.ts
function outcomeOf({ environments, problems }) {
  const broken = problems.some((problem2) => problem2.severity === "error");
  if (broken || environments.some(hasFailed)) return "failed";
  return environments.some(hasChanged) ? "changed" : "unchanged";
}
function exitCodeOf({ report, check }) {
  if (report.outcome === "failed") return report.problems.some(isUsage) ? 2 : 1;
  return check && report.outcome === "changed" ? 3 : 0;
}
function worthTelling(report) {
  if (report.dryRun) return false;
  if (report.command === "run" || report.command === "sync") return report.outcome !== "unchanged";
  return report.environments.some(({ commits }) => commits.some(({ sha }) => sha !== ""));
}
function hasChanges({ environments }) {
  return environments.some(hasChanged);
}
function hasFailed(environment) {
  return environment.images.some((row) => row.action === "failed") || environment.clusters.some((cluster) => cluster.objects.some((row) => row.action === "failed"));
}
function hasChanged(environment) {
  return environment.commits.length > 0 || environment.images.some((row) => row.action === "updated") || environment.clusters.some(
    (cluster) => cluster.objects.some((row) => row.action !== "unchanged" && row.action !== "skipped")
  );
}
function isUsage({ severity, code: code18 }) {
  return severity === "error" && (code18.startsWith("CONFIG_") || code18.startsWith("USAGE_"));
}

// src/entry/without-secrets.ts
function withoutSecrets(report, redact) {
  const json = JSON.stringify(report);
  if (redact(json) === json) return report;
  return JSON.parse(json, (_key, value) => typeof value === "string" ? redact(value) : value);
}

// src/entry/report-out.ts
function buildReport(parts) {
  const { command, requestedBy, ...rest } = parts;
  return { command, requestedBy, outcome: outcomeOf(parts), ...rest };
}
async function deliver2(delivery) {
  const { report, result, invocation, around } = delivery;
  const { host } = around;
  for (const problem2 of report.problems) host.problem(problem2);
  for (const line of linesOf7(report, result)) host.info(line);
  const shown2 = withoutSecrets(report, around.redact);
  const written3 = await writeReport(shown2, invocation, around);
  await host.summary(renderMarkdown(shown2, { repositoryUrl: around.event.repositoryUrl }));
  setOutputs(report, around, written3);
  await tell({ ...delivery, report: shown2 });
  if (written3.problem === void 0) return exitCodeOf({ report, check: invocation.flags.check });
  host.problem(written3.problem);
  return 1;
}
function linesOf7(report, result) {
  if (result?.lines !== void 0) return result.lines;
  if (result?.note !== void 0 && report.outcome === "unchanged") return [`nothing to do: ${result.note}`];
  return report.outcome === "unchanged" ? [summarizeInOneLine(report)] : renderLines(report);
}
async function writeReport(report, invocation, around) {
  const text2 = jsonOf(report);
  const wanted = invocation.flags.json;
  if (wanted === "-") around.host.data(text2);
  const named = wanted === "-" ? void 0 : wanted;
  const file = named === void 0 ? around.reportFile : path4.resolve(around.directory, named);
  if (file === void 0) return { file, problem: void 0 };
  try {
    await writeFile4(file, `${text2}
`);
    return { file, problem: void 0 };
  } catch (error) {
    const message = `the report cannot be written: ${messageOf(error)}`;
    return { file: void 0, problem: { severity: "error", code: "REPORT_NOT_WRITTEN", message, subject: named } };
  }
}
function jsonOf(report) {
  const codeOf2 = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(report, null, 2).replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (char) => char.split("").map(codeOf2).join("")
  );
}
function setOutputs(report, { host }, written3) {
  const commits = report.environments.flatMap((environment) => environment.commits);
  host.output("outcome", report.outcome);
  host.output("changed", String(hasChanges(report)));
  host.output("commit", commits.at(-1)?.sha ?? "");
  host.output("report", written3.file ?? "");
}
async function tell({ report, around, notifiers }) {
  if (!worthTelling(report)) return;
  const { event } = around;
  const announcement = {
    report,
    repository: event.repository ?? path4.basename(around.directory),
    runUrl: event.runUrl,
    repositoryUrl: event.repositoryUrl
  };
  for (const notifier of notifiers) {
    try {
      await notifier.send(announcement, around.signal);
      around.host.debug(`told ${notifier.name}`);
    } catch (error) {
      around.host.problem({ ...toProblem(error, { subject: notifier.name }), severity: "warning" });
    }
  }
}

// src/entry/requester.ts
async function requesterOf({ flags }, { around, root }) {
  if (flags.manual.user !== void 0) return flags.manual.user;
  if (around.event.kind !== "terminal") return around.event.actor;
  const git = createGit({ directory: root, env: around.env, redactor: new Redactor() });
  const setting = async (name2) => {
    const result = await git.run(["config", "--get", name2], { signal: around.signal });
    return result.stdout.toString("utf8").trim();
  };
  const [name, email] = [await setting("user.name"), await setting("user.email")];
  if (name !== "" && email !== "") return `${name} <${email}>`;
  return name || email || void 0;
}

// src/entry/program.ts
async function runProgram(invocation, around) {
  const startedMs = systemClock.now();
  const problems = [];
  try {
    const repository = await openRepository({
      directory: around.directory,
      env: around.env,
      githubToken: around.event.fromFork ? void 0 : around.secrets.githubToken,
      serverUrl: around.env["GITHUB_SERVER_URL"],
      clock: systemClock,
      mask: around.host.mask
    });
    const read4 = await readConfig(invocation, repository.root, around);
    problems.push(...read4.problems);
    if (read4.config === null) return await finish({ invocation, around, startedMs, problems });
    const prepared = { invocation, around, repository, config: read4.config };
    if (invocation.command === "validate") return validated(prepared, problems);
    return await execute(prepared, { startedMs, problems });
  } catch (error) {
    if (error instanceof Error && error.stack !== void 0) around.host.debug(error.stack);
    return await finish({ invocation, around, startedMs, problems: [...problems, toProblem(error)] });
  }
}
async function execute(prepared, { startedMs, problems }) {
  const { invocation, around, repository, config } = prepared;
  const chosen = chooseEnvironments(config, invocation.flags.environments);
  problems.push(...chosen.problems);
  if (chosen.problems.length > 0) return finish({ invocation, around, startedMs, problems });
  const adapters = await createAdapters({ ...prepared, onWarning: (problem2) => problems.push(problem2) });
  const request = {
    environments: chosen.environments,
    operands: invocation.operands,
    images: { rules: config.images, fields: config.fields },
    event: around.event,
    dryRun: isRehearsal(invocation),
    author: authorOf(config, around),
    message: config.commit.message?.value,
    manual: invocation.flags.manual,
    requestedBy: commitsForSomebody(invocation.command) ? await requesterOf(invocation, { around, root: repository.root }) : void 0
  };
  const deps = { ...adapters, repository, host: around.host, clock: systemClock, signal: around.signal };
  const result = await runCommand(invocation, request, deps);
  await saveMemory2(prepared, adapters);
  const { requestedBy } = request;
  const ending = { invocation, around, startedMs, problems: [...problems, ...result.problems] };
  return finish({ ...ending, requestedBy, result, adapters });
}
async function runCommand(invocation, request, deps) {
  const { command } = invocation;
  if (command === "scan") return scan(request, deps);
  if (command === "explain") return explain(request, deps);
  if (command === "list") return list(request, deps);
  if (command === "release") return release(request, deps);
  if (isPolicyCommand(command)) return changePolicies(command, request, deps);
  const deploy = command === "sync" ? sync : run;
  const refusals = await checkRequest(command === "sync" ? "sync" : "run", request, deps);
  return refusals.length > 0 ? { environments: [], problems: refusals } : deploy(request, deps);
}
function isRehearsal({ command, flags }) {
  return flags.dryRun || flags.check || command === "explain" || command === "list" || command === "scan" && !flags.write;
}
function commitsForSomebody(command) {
  return command === "release" || isPolicyCommand(command);
}
function authorOf(config, around) {
  return config.commit.author ?? (around.event.kind === "terminal" ? TOWPATH : ACTIONS_BOT);
}
var ACTIONS_BOT = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
var TOWPATH = { name: "Towpath", email: "towpath@localhost" };
async function saveMemory2({ invocation, around, repository }, adapters) {
  if (invocation.command === "sync" || adapters.cacheDirectory === null) return;
  if (invocation.command !== "run" && isInside3(adapters.cacheDirectory, repository.root)) {
    around.host.debug(`what was learnt of the registries is not kept: ${adapters.cacheDirectory} lies in the tree`);
    return;
  }
  await adapters.registries.save();
}
function isInside3(directory, root) {
  const relative = path5.relative(root, directory);
  return relative === "" || !relative.startsWith("..") && !path5.isAbsolute(relative);
}
function validated({ around, config }, problems) {
  for (const problem2 of problems) around.host.problem(problem2);
  const count2 = config.environments.length;
  around.host.info(`${config.file} is valid: ${count2} ${count2 === 1 ? "environment" : "environments"}`);
  return 0;
}
async function finish(ending) {
  const { invocation, around, startedMs, problems, result, adapters } = ending;
  const report = buildReport({
    command: invocation.command,
    requestedBy: ending.requestedBy,
    durationMs: systemClock.now() - startedMs,
    dryRun: result?.dryRun ?? isRehearsal(invocation),
    environments: result?.environments ?? [],
    registries: adapters?.registries.requests() ?? {},
    github: { requests: adapters?.githubRequests() ?? 0 },
    problems
  });
  return deliver2({ report, result, invocation, around, notifiers: adapters?.notifiers ?? [] });
}
export {
  runProgram
};
