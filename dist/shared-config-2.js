import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  COMMANDS,
  FLAGS,
  flagsOf
} from "./shared-config.js";
import {
  nearest,
  printable,
  suggestion
} from "./shared-base.js";
import {
  TowpathError
} from "./shared-base-2.js";

// src/config/invocation.ts
import { parseArgs } from "node:util";

// src/config/manual-flags.ts
function manualFlags(values, switches) {
  const on = (name) => switches.get(name) ?? false;
  const text = (name) => values.get(name)?.[0];
  return {
    namespace: text("namespace"),
    user: text("user"),
    message: text("message"),
    containers: values.get("container") ?? [],
    until: text("until"),
    tags: values.get("tag") ?? [],
    tagAll: text("tag-all"),
    limit: text("limit"),
    all: on("all"),
    updateImage: text("update-image"),
    updateAllImages: on("update-all-images"),
    exclude: values.get("exclude") ?? [],
    force: on("force")
  };
}

// src/config/invocation.ts
function parseInvocation(argv) {
  const reading = newReading();
  for (const token of tokensOf(argv)) {
    if (token.kind === "positional" && token.index !== reading.valueIndex) reading.words.push(token.value);
    else if (token.kind === "option") readOption(reading, token);
  }
  const { command, topic, operands = [] } = readCommand(reading, argv.length === 0);
  if (command !== void 0 && !isExplanation(reading, command)) checkBelonging(reading, command);
  if (reading.problems.length > 0 || command === void 0) return { ok: false, problems: reading.problems };
  return { ok: true, invocation: { command, topic, operands, flags: flagsFrom(reading) } };
}
function newReading() {
  return { problems: [], words: [], values: /* @__PURE__ */ new Map(), switches: /* @__PURE__ */ new Map(), written: /* @__PURE__ */ new Map(), valueIndex: -1 };
}
function tokensOf(argv) {
  const options = Object.fromEntries(
    FLAGS.map((flag) => [
      flag.name,
      {
        type: flag.value === void 0 ? "boolean" : "string",
        multiple: true,
        ...flag.short === void 0 ? {} : { short: flag.short }
      }
    ])
  );
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}
function readOption(reading, token) {
  const negated = token.name.startsWith("no-");
  const flag = FLAGS.find((entry) => entry.name === token.name || negated && `no-${entry.name}` === token.name);
  if (flag === void 0 || flag.name !== token.name && flag.negatable !== true) {
    unknownFlag(reading, token);
    return;
  }
  if (reading.written.has(flag.name) && flag.repeatable !== true) {
    reading.problems.push(
      usage("USAGE_FLAG_TWICE", `--${flag.name} is given twice`, "Give it once, as an input or as an argument.")
    );
    return;
  }
  reading.written.set(flag.name, token.rawName);
  if (flag.value === void 0) readSwitch(reading, { flag, token });
  else readValue(reading, { flag, token });
}
function readSwitch(reading, { flag, token }) {
  if (token.value !== void 0) {
    reading.problems.push(
      usage(
        "USAGE_FLAG_VALUE",
        `${token.rawName} takes no value`,
        flag.negatable === true ? `Write --${flag.name} or --no-${flag.name}.` : `Write --${flag.name} alone.`
      )
    );
    return;
  }
  reading.switches.set(flag.name, token.name === flag.name);
}
function readValue(reading, { flag, token }) {
  const value = token.value;
  const swallowed = token.inlineValue !== true && value !== void 0 && value.startsWith("-") && value !== "-";
  if (value === void 0 || value === "" || swallowed) {
    reading.problems.push(
      usage("USAGE_FLAG_VALUE", `--${flag.name} needs a value`, `Write --${flag.name} ${flag.value}.`)
    );
    return;
  }
  reading.values.set(flag.name, [...reading.values.get(flag.name) ?? [], value]);
}
function unknownFlag(reading, token) {
  const names = FLAGS.flatMap((flag) => [`--${flag.name}`, ...flag.negatable === true ? [`--no-${flag.name}`] : []]);
  const meant = FLAGS.find((flag) => `--${flag.name}` === nearest(token.rawName, names));
  if (meant?.value !== void 0 && token.inlineValue !== true) reading.valueIndex = token.index + 1;
  reading.problems.push(
    usage(
      "USAGE_UNKNOWN_FLAG",
      `unknown flag ${printable(token.rawName, { longest: LONGEST_WORD })}`,
      suggestion(token.rawName, names)
    )
  );
}
function readCommand(reading, bare) {
  const [first, second, ...rest] = reading.words;
  const command = first === void 0 ? void 0 : commandNamed(reading, first);
  const asksHelp = reading.switches.has("help") || command === "help";
  if (bare || asksHelp) {
    const topicWord = command === "help" ? second : first;
    const extra = command === "help" ? rest : [second, ...rest];
    rejectExtra(reading, extra);
    return { command: "help", topic: topicWord === void 0 ? void 0 : commandNamed(reading, topicWord) };
  }
  if (reading.switches.has("version")) return { command: "version", topic: void 0 };
  const operands = reading.words.slice(1);
  const most = COMMANDS.find((entry) => entry.name === command)?.operands?.most ?? 0;
  rejectExtra(reading, operands.slice(most));
  if (first === void 0) {
    reading.problems.push(usage("USAGE_NO_COMMAND", "no command given", "Write towpath run, or towpath help."));
  }
  return { command, topic: void 0, operands: operands.slice(0, most) };
}
function commandNamed(reading, word) {
  const entry = COMMANDS.find((command) => command.name === word);
  if (entry !== void 0) return entry.name;
  const names = COMMANDS.map((command) => command.name);
  const problem = usage(
    "USAGE_UNKNOWN_COMMAND",
    `unknown command '${printable(word, { longest: LONGEST_WORD })}'`,
    suggestion(word, names)
  );
  if (!reading.problems.some((other) => other.message === problem.message)) reading.problems.push(problem);
  return void 0;
}
function rejectExtra(reading, words) {
  for (const word of words) {
    if (word === void 0) continue;
    reading.problems.push(
      usage(
        "USAGE_ARGUMENT",
        `unexpected argument '${printable(word, { longest: LONGEST_WORD })}'`,
        "Write flags as --name or --name=value."
      )
    );
  }
}
function isExplanation(reading, command) {
  return command === "help" || command === "version" || reading.switches.has("help");
}
function checkBelonging(reading, command) {
  const known = new Set(flagsOf(command).map((flag) => flag.name));
  for (const [name, written] of reading.written) {
    if (known.has(name)) continue;
    const owners = FLAGS.find((flag) => flag.name === name)?.commands ?? [];
    reading.problems.push(
      usage("USAGE_UNKNOWN_FLAG", `${command} has no flag ${written}`, `Use it with: ${owners.join(", ")}.`)
    );
  }
}
function flagsFrom(reading) {
  const text = (name) => reading.values.get(name)?.[0];
  const on = (name) => reading.switches.get(name) ?? false;
  return {
    config: text("config"),
    environments: [...new Set(reading.values.get("environment") ?? [])],
    dryRun: on("dry-run"),
    check: on("check"),
    write: on("write"),
    json: text("json"),
    kubeconfig: text("kubeconfig"),
    registryAuth: text("registry-auth"),
    cache: text("cache"),
    debug: on("debug"),
    manual: manualFlags(reading.values, reading.switches)
  };
}
var LONGEST_WORD = 60;
function usage(code, message, hint) {
  return { severity: "error", code, message, hint };
}

// src/config/render-help.ts
var WIDTH = 100;
function renderHelp(topic) {
  const lines = topic === void 0 ? programHelp() : commandHelp(topic);
  return `${lines.join("\n")}
`;
}
function programHelp() {
  return [
    "towpath: GitOps that runs in your CI",
    "",
    "Usage: towpath COMMAND [FLAG]…",
    "",
    "Commands:",
    ...columns(COMMANDS.map(({ name, summary }) => [name, summary])),
    "",
    "'towpath help COMMAND' lists the flags of a command.",
    "",
    "Exit codes:",
    ...columns([
      ["0", "done, or nothing to do"],
      ["1", "something failed"],
      ["2", "usage or configuration"],
      ["3", "changes pending (with --check)"]
    ])
  ];
}
function commandHelp(topic) {
  const command = COMMANDS.find(({ name }) => name === topic);
  const operands = command?.operands === void 0 ? "" : ` [${command.operands.name}]`;
  return [
    `Usage: towpath ${topic}${topic === "help" ? " [COMMAND]" : `${operands} [FLAG]…`}`,
    "",
    ...wrap(command?.details ?? "", WIDTH),
    "",
    "Flags:",
    ...columns(flagsOf(topic).map((flag) => [spelling(flag), explanation(flag)]))
  ];
}
function spelling({ name, short, value, negatable }) {
  const long = `--${negatable === true ? "[no-]" : ""}${name}`;
  return `${short === void 0 ? "" : `-${short}, `}${long}${value === void 0 ? "" : ` ${value}`}`;
}
function explanation({ summary, default: fallback, repeatable }) {
  const again = repeatable === true ? " (repeatable)" : "";
  return `${summary}${again}${fallback === void 0 ? "" : `; default: ${fallback}`}`;
}
function columns(rows) {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) => {
    const [first = "", ...rest] = wrap(text, WIDTH - left);
    return [`  ${name}`.padEnd(left) + first, ...rest.map((line) => " ".repeat(left) + line)];
  });
}
function wrap(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

// src/entry/cancellation.ts
function cancelledBySignals(source) {
  const controller = new AbortController();
  const cancel = (name) => {
    source.removeListener("SIGINT", cancel);
    source.removeListener("SIGTERM", cancel);
    const hint = "Run it again: what was done stays done, what was not is planned anew.";
    controller.abort(new TowpathError("CANCELLED", `cancelled by ${name}`, { hint }));
  };
  source.on("SIGINT", cancel);
  source.on("SIGTERM", cancel);
  return controller.signal;
}

export {
  parseInvocation,
  renderHelp,
  cancelledBySignals
};
