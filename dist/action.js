import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  cancelledBySignals,
  parseInvocation,
  renderHelp
} from "./shared-config-2.js";
import {
  createActionsHost,
  readRunEvent,
  saveState
} from "./shared-actions-core.js";
import {
  SCRATCH_STATE,
  createScratch
} from "./shared-host.js";
import {
  COMMANDS,
  INPUTS,
  VERSION,
  systemClock
} from "./shared-config.js";
import {
  Redactor,
  Secret,
  suggestion
} from "./shared-base.js";
import {
  TowpathError,
  messageOf,
  toProblem
} from "./shared-base-2.js";
import "./shared-runtime.js";

// src/entry/action.ts
import { homedir, tmpdir } from "node:os";
import path from "node:path";

// src/config/arguments.ts
var ESCAPABLE_IN_DOUBLE_QUOTES = /* @__PURE__ */ new Set(['"', "\\", "$", "`"]);
function splitArguments(text) {
  const words = [];
  let word;
  let quote;
  const source = text.replaceAll("\r\n", "\n");
  for (let index = 0; index < source.length; index++) {
    const char = source[index] ?? "";
    const next = source[index + 1];
    if (quote === "single") {
      if (char === "'") quote = void 0;
      else word = (word ?? "") + char;
    } else if (char === "\\" && (quote === void 0 || next === "\n" || ESCAPABLE_IN_DOUBLE_QUOTES.has(next ?? ""))) {
      if (next === void 0) throw unbalanced("ends with a backslash");
      if (next !== "\n") word = (word ?? "") + next;
      index++;
    } else if (char === '"') {
      quote = quote === "double" ? void 0 : "double";
      word ??= "";
    } else if (quote === "double") {
      word = (word ?? "") + char;
    } else if (char === "'") {
      quote = "single";
      word ??= "";
    } else if (/\s/.test(char)) {
      if (word !== void 0) words.push(word);
      word = void 0;
    } else {
      word = (word ?? "") + char;
    }
  }
  if (quote !== void 0) throw unbalanced(`has a ${quote} quote that is not closed`);
  if (word !== void 0) words.push(word);
  return words;
}
function unbalanced(what) {
  return new TowpathError("USAGE_INPUT", `input arguments ${what}`, {
    hint: "Quote a value with spaces in single quotes, and close every quote."
  });
}

// src/config/inputs.ts
function readActionInputs(environment) {
  const input = (name) => (environment[inputVariable(name)] ?? "").trim();
  const problems = [];
  const secrets = {
    githubToken: secretOf(input("github-token")),
    kubeconfig: readKubeconfig(input("kubeconfig"), problems),
    registryAuth: readRegistryAuth(input("registry-auth"), problems),
    slackWebhookUrl: secretOf(input("slack-webhook-url"))
  };
  const argv = [readCommand(input("command"), problems), ...readFlags(input, problems)];
  argv.push(...readArguments(input("arguments"), { problems, secrets }));
  const parsed = parseInvocation(argv);
  if (!parsed.ok) problems.push(...parsed.problems);
  if (problems.length > 0 || !parsed.ok) return { ok: false, problems };
  return { ok: true, invocation: parsed.invocation, secrets };
}
function inputVariable(name) {
  return `INPUT_${name.toUpperCase()}`;
}
function readCommand(text, problems) {
  if (text === "") return "run";
  const names = COMMANDS.map((command) => command.name);
  if (names.some((name) => name === text)) return text;
  problems.push(inputProblem(`input command has the unknown value '${text.slice(0, 60)}'`, suggestion(text, names)));
  return "run";
}
function readFlags(input, problems) {
  const flags = [];
  const config = input("config");
  if (config !== "" && config !== defaultOf("config")) flags.push(`--config=${config}`);
  for (const line of input("environment").split(/\r?\n/)) {
    if (line.trim() !== "") flags.push(`--environment=${line.trim()}`);
  }
  const dryRun = input("dry-run");
  if (dryRun === "true") flags.push("--dry-run");
  else if (dryRun !== "false" && dryRun !== "") {
    problems.push(inputProblem("input dry-run is neither true nor false", "Write true or false."));
  }
  return flags;
}
function readArguments(text, { problems, secrets }) {
  try {
    const words = splitArguments(text);
    for (const [name, secret] of [
      ["kubeconfig", secrets.kubeconfig],
      ["registry-auth", secrets.registryAuth]
    ]) {
      const both = secret !== void 0 && words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
      if (both) problems.push(inputProblem(`--${name} is given twice`, "Give the input or the flag, not both."));
    }
    return words;
  } catch (error) {
    const hint = error instanceof TowpathError ? error.hint : void 0;
    problems.push(inputProblem(messageOf(error), hint));
    return [];
  }
}
function readKubeconfig(text, problems) {
  if (text === "") return void 0;
  if (text.includes(":")) return new Secret(text);
  const compact = text.replace(/\s+/g, "");
  const decoded = Buffer.from(compact, "base64").toString("utf8");
  if (/^[A-Za-z0-9+/_-]+={0,2}$/.test(compact) && decoded.includes(":") && !decoded.includes("�")) {
    return new Secret(decoded);
  }
  problems.push(
    inputProblem("input kubeconfig is neither a kubeconfig nor one in base64", "Give the content of the file.")
  );
  return void 0;
}
function readRegistryAuth(text, problems) {
  if (text === "") return void 0;
  if (text.startsWith("{") && isJson(text)) return new Secret(text);
  problems.push(
    inputProblem("input registry-auth is not a JSON object", "Give the content of a Docker config.json, with 'auths'.")
  );
  return void 0;
}
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
function secretOf(text) {
  return text === "" ? void 0 : new Secret(text);
}
function defaultOf(name) {
  return INPUTS.find((entry) => entry.name === name)?.default;
}
function inputProblem(message, hint) {
  return { severity: "error", code: "USAGE_INPUT", message, hint };
}

// src/entry/action.ts
process.exitCode = await main();
async function main() {
  const redactor = new Redactor();
  const host = createActionsHost({ redactor, clock: systemClock });
  const inputs = readActionInputs(process.env);
  if (!inputs.ok) {
    for (const problem of inputs.problems) host.problem(problem);
    host.output("outcome", "failed");
    host.output("changed", "false");
    return 2;
  }
  const { githubToken, slackWebhookUrl } = inputs.secrets;
  for (const secret of [githubToken, slackWebhookUrl]) if (secret !== void 0) host.mask(secret);
  const { command, topic } = inputs.invocation;
  if (command === "version" || command === "help") {
    host.info(command === "version" ? VERSION : renderHelp(topic).trimEnd());
    return 0;
  }
  const event = eventOf(host);
  if (event === null) return 1;
  const temporary = process.env["RUNNER_TEMP"] ?? tmpdir();
  const scratch = createScratch(temporary, (directory) => saveState(SCRATCH_STATE, directory));
  const { runProgram } = await import("./entry-program.js");
  try {
    return await runProgram(inputs.invocation, {
      env: process.env,
      directory: process.cwd(),
      home: homedir(),
      host,
      event,
      secrets: inputs.secrets,
      scratch: scratch.directory,
      signal: cancelledBySignals(process),
      redact: (text) => redactor.redact(text),
      reportFile: reportFileIn(process.env["RUNNER_TEMP"])
    });
  } finally {
    await scratch.remove();
  }
}
function reportFileIn(runnerTemp) {
  return runnerTemp === void 0 ? void 0 : path.join(runnerTemp, `towpath-report-${process.pid}.json`);
}
function eventOf(host) {
  try {
    return readRunEvent(process.env);
  } catch (error) {
    host.problem(toProblem(error));
    host.output("outcome", "failed");
    host.output("changed", "false");
    return null;
  }
}
