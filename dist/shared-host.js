import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);

// src/host/event.ts
var TERMINAL_EVENT = {
  kind: "terminal",
  name: "terminal",
  branch: void 0,
  baseBranch: void 0,
  fromFork: false,
  deleted: false,
  runUrl: void 0,
  repository: void 0,
  repositoryUrl: void 0,
  actor: void 0
};
function parseRunEvent(facts) {
  const name = facts.name ?? "";
  if (name === "") return TERMINAL_EVENT;
  const kind = kindOf(name);
  const pull = kind === "pull-request" ? member(facts.payload, "pull_request") : void 0;
  const repositoryUrl = urlOf(facts);
  return {
    kind,
    name,
    branch: pull === void 0 ? branchOf(facts.ref) : text(member(member(pull, "head"), "ref")),
    baseBranch: text(member(member(pull, "base"), "ref")),
    fromFork: kind === "pull-request" ? isOther(member(member(pull, "head"), "repo"), facts) : isForksRun(facts),
    deleted: kind === "push" && member(facts.payload, "deleted") === true,
    runUrl: runUrlOf(facts, repositoryUrl),
    repository: facts.repository,
    repositoryUrl,
    actor: facts.actor
  };
}
function kindOf(name) {
  switch (name) {
    case "schedule":
      return "schedule";
    case "workflow_dispatch":
    case "repository_dispatch":
      return "dispatch";
    case "push":
      return "push";
    case "pull_request":
    case "pull_request_target":
    // Both check out what the pull request would become, as the first does.
    case "pull_request_review":
    case "pull_request_review_comment":
      return "pull-request";
    default:
      return "other";
  }
}
function branchOf(ref) {
  const prefix = "refs/heads/";
  return ref?.startsWith(prefix) ? ref.slice(prefix.length) : void 0;
}
function isForksRun(facts) {
  const run = member(facts.payload, "workflow_run");
  return run !== void 0 && isOther(member(run, "head_repository"), facts);
}
function isOther(repository, facts) {
  const name = text(member(repository, "full_name"));
  return name === void 0 || name.toLowerCase() !== facts.repository?.toLowerCase();
}
function urlOf({ serverUrl, repository }) {
  if (repository === void 0 || serverUrl === void 0 || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return void 0;
  return `${serverUrl.replace(/\/+$/, "")}/${repository}`;
}
function runUrlOf({ runId, runAttempt }, repositoryUrl) {
  if (repositoryUrl === void 0 || runId === void 0 || !Number.isSafeInteger(runId)) return void 0;
  const attempt = runAttempt !== void 0 && runAttempt > 1 ? `/attempts/${runAttempt}` : "";
  return `${repositoryUrl}/actions/runs/${runId}${attempt}`;
}
function member(value, name) {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return void 0;
  return value[name];
}
function text(value) {
  return typeof value === "string" && value !== "" ? value : void 0;
}

// src/entry/scratch.ts
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
var SCRATCH_STATE = "scratch";
var SCRATCH_PREFIX = "towpath-";
function createScratch(parent, onMade) {
  let made;
  return {
    directory: () => {
      made ??= make(parent, onMade);
      return made;
    },
    remove: async () => {
      if (made !== void 0) await rm(await made, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}
async function make(parent, onMade) {
  const directory = await mkdtemp(path.join(parent, SCRATCH_PREFIX));
  onMade(directory);
  return directory;
}

// src/host/pace.ts
var SILENCE_MS = 1e4;
function createPace(clock) {
  let last = clock.now();
  return {
    printed: () => {
      last = clock.now();
    },
    due: () => clock.now() - last >= SILENCE_MS
  };
}

// src/host/printable.ts
var DANGEROUS = /(?![\t\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
function printableLines(text2) {
  return text2.split(/\r\n|\n/).map((line) => line.replace(DANGEROUS, escaped));
}
function printableLine(text2) {
  return printableLines(text2).join(" ");
}
function escaped(char) {
  const code = char.codePointAt(0) ?? 0;
  return code > 65535 ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

// src/host/problem-lines.ts
function problemLines(problem) {
  const sentence = problem.severity === "warning" ? `warning: ${problem.message}` : problem.message;
  const place = placeOf(problem);
  const first = place === void 0 ? sentence : `${place}: ${sentence}`;
  return problem.hint === void 0 ? [first] : [first, `  hint: ${problem.hint}`];
}
function placeOf({ position, subject, message }) {
  if (position === void 0) return subject;
  const place = `${position.file}:${position.line}:${position.col}`;
  return subject === void 0 || message.includes(subject) ? place : `${place}: ${subject}`;
}

export {
  TERMINAL_EVENT,
  parseRunEvent,
  createPace,
  printableLines,
  printableLine,
  problemLines,
  SCRATCH_STATE,
  SCRATCH_PREFIX,
  createScratch
};
