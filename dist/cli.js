#!/usr/bin/env node
import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  cancelledBySignals,
  parseInvocation,
  renderHelp
} from "./shared-config-2.js";
import {
  TERMINAL_EVENT,
  createPace,
  createScratch,
  printableLine,
  printableLines,
  problemLines
} from "./shared-host.js";
import {
  VERSION,
  systemClock
} from "./shared-config.js";
import {
  Redactor
} from "./shared-base.js";
import "./shared-base-2.js";
import "./shared-runtime.js";

// src/entry/cli.ts
import { homedir, tmpdir } from "node:os";

// src/host/terminal.ts
var CODES = {
  red: [31, 39],
  yellow: [33, 39],
  dim: [2, 22]
};
var DEFAULT_COLUMNS = 80;
function createTerminalHost(options) {
  const { redactor, stderr } = options;
  const people = options.dataOnStdout ? stderr : options.stdout;
  const live = stderr.isTTY === true && options.environment["TERM"] !== "dumb";
  const pace = createPace(options.clock);
  let liveLine = false;
  const clear = () => {
    if (liveLine) stderr.write("\r\x1B[2K");
    liveLine = false;
  };
  const print = (stream, text, style) => {
    clear();
    pace.printed();
    for (const line of printableLines(redactor.redact(text))) {
      stream.write(`${paint(line, style, { stream, environment: options.environment })}
`);
    }
  };
  const showProgress = (text) => {
    const line = printableLine(redactor.redact(text));
    if (live) {
      clear();
      stderr.write(cut(line, (stderr.columns ?? DEFAULT_COLUMNS) - 1));
      liveLine = true;
    } else if (pace.due()) print(stderr, line);
  };
  return {
    info: (line) => print(people, line),
    debug: (line) => {
      if (options.debug) print(stderr, line, "dim");
    },
    data: (text) => {
      clear();
      options.stdout.write(redactor.redact(text.endsWith("\n") ? text : `${text}
`));
    },
    problem: (problem) => {
      const [first, ...hints] = problemLines(problem).map(printableLine);
      print(stderr, first ?? "", problem.severity === "error" ? "red" : "yellow");
      for (const hint of hints) print(stderr, hint);
    },
    group: async (title, work) => {
      showProgress(title);
      try {
        return await work();
      } finally {
        clear();
      }
    },
    progress: showProgress,
    output: () => void 0,
    summary: async () => void 0,
    mask: (secret) => redactor.add(secret)
  };
}
function cut(line, width) {
  const chars = Array.from(line);
  return chars.length <= width ? line : `${chars.slice(0, Math.max(0, width - 1)).join("")}…`;
}
function paint(line, style, { stream, environment }) {
  const wanted = stream.isTTY === true && (environment["NO_COLOR"] ?? "") === "" && environment["TERM"] !== "dumb";
  if (style === void 0 || !wanted || line === "") return line;
  const [on, off] = CODES[style];
  return `\x1B[${on}m${line}\x1B[${off}m`;
}

// src/entry/surroundings.ts
var NO_SECRETS = {
  githubToken: void 0,
  kubeconfig: void 0,
  registryAuth: void 0,
  slackWebhookUrl: void 0
};

// src/entry/cli.ts
process.exitCode = await main(process.argv.slice(2));
async function main(argv) {
  const parsed = parseInvocation(argv);
  const flags = parsed.ok ? parsed.invocation.flags : void 0;
  const redactor = new Redactor();
  const host = createTerminalHost({
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    redactor,
    clock: systemClock,
    dataOnStdout: flags?.json === "-",
    debug: flags?.debug ?? false
  });
  if (!parsed.ok) {
    for (const problem of parsed.problems) host.problem(problem);
    return 2;
  }
  const { command, topic } = parsed.invocation;
  if (command === "version") return say(VERSION);
  if (command === "help") return say(renderHelp(topic).trimEnd());
  const scratch = createScratch(tmpdir(), () => void 0);
  const { runProgram } = await import("./entry-program.js");
  try {
    return await runProgram(parsed.invocation, {
      env: process.env,
      directory: process.cwd(),
      home: homedir(),
      host,
      event: TERMINAL_EVENT,
      secrets: NO_SECRETS,
      scratch: scratch.directory,
      signal: cancelledBySignals(process),
      redact: (text) => redactor.redact(text),
      reportFile: void 0
    });
  } finally {
    await scratch.remove();
  }
}
function say(text) {
  process.stdout.write(`${text}
`);
  return 0;
}
