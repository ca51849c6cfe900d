import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);

// src/base/clock.ts
import { setTimeout as delay } from "node:timers/promises";
var LONGEST_TIMER_MS = 2 ** 31 - 1;
var systemClock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(Math.min(ms, LONGEST_TIMER_MS), void 0, signal === void 0 ? {} : { signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }
};

// package.json
var package_default = { name: "towpath", version: "0.1.0" };

// src/entry/version.ts
var VERSION = package_default.version;
var USER_AGENT = `towpath/${VERSION}`;

// src/config/contract.ts
var DEFAULT_CONFIG = ".towpath.yaml";
var COMMANDS = [
  {
    name: "run",
    summary: "Scan, commit, push and sync: whatever the event calls for",
    details: "On a terminal and on a schedule: looks for newer images, commits the updates to the branch of each environment, pushes, applies the environment to its clusters, and tells the notifiers."
  },
  {
    name: "scan",
    summary: "Look for newer images; with --write, edit the files of the working tree",
    details: "Without --write nothing is changed. With it, bytes of existing files are replaced; nothing is committed."
  },
  {
    name: "sync",
    summary: "Apply the environments to their clusters",
    details: "Applies the files of the working tree; in the action, those of the branch."
  },
  {
    name: "validate",
    summary: "Check the configuration file",
    details: "Reads the configuration and names every problem in it. Nothing else is read and nothing is sent."
  },
  { name: "help", summary: "Explain a command", details: "towpath help COMMAND lists the flags of that command." },
  { name: "version", summary: "Print the version", details: "Prints the version and nothing else." }
];
var WORKING = ["run", "scan", "sync"];
var FLAGS = [
  {
    name: "config",
    value: "FILE",
    summary: "The configuration file",
    default: `${DEFAULT_CONFIG} in the root of the repository`,
    commands: [...WORKING, "validate"]
  },
  {
    name: "environment",
    value: "NAME",
    repeatable: true,
    summary: "Only this environment",
    default: "all of them",
    commands: WORKING
  },
  {
    name: "dry-run",
    negatable: true,
    summary: "Write nothing, say what would be done",
    commands: WORKING
  },
  {
    name: "check",
    negatable: true,
    summary: "Write nothing, exit 3 where something would change",
    commands: WORKING
  },
  { name: "write", negatable: true, summary: "Edit the files of the working tree", commands: ["scan"] },
  {
    name: "json",
    value: "FILE|-",
    summary: "Write the report as JSON to a file, or alone to stdout",
    commands: WORKING
  },
  {
    name: "kubeconfig",
    value: "FILE",
    summary: "The kubeconfig with the clusters",
    default: "$KUBECONFIG, else ~/.kube/config",
    commands: WORKING
  },
  {
    name: "registry-auth",
    value: "FILE",
    summary: "Registry credentials, as in Docker's config.json",
    default: "$DOCKER_CONFIG/config.json, else ~/.docker/config.json",
    commands: WORKING
  },
  {
    name: "cache",
    value: "DIR",
    summary: "Where what was learnt from registries is kept; losing it costs requests only",
    default: "$TOWPATH_CACHE, else the user's cache directory",
    commands: WORKING
  },
  { name: "debug", negatable: true, summary: "Show details and stack traces" },
  { name: "help", short: "h", summary: "Explain the command" },
  { name: "version", summary: "Print the version" }
];
var INPUTS = [
  {
    name: "command",
    description: "What to do: `run`, `scan`, `sync` or `validate`.",
    default: "run"
  },
  {
    name: "config",
    description: "Path of the configuration file.",
    default: DEFAULT_CONFIG
  },
  {
    name: "environment",
    description: "Only these environments, one a line. Without it: all of them."
  },
  {
    name: "dry-run",
    description: "Write nothing, say what would be done: `true` or `false`.",
    default: "false"
  },
  {
    name: "github-token",
    description: "Token for the config repository and for ghcr.io.",
    default: `\${{ github.token }}`
  },
  {
    name: "kubeconfig",
    description: "Content of a kubeconfig, plain or base64; it may hold several contexts. Give it as a secret."
  },
  {
    name: "registry-auth",
    description: "Registry credentials: the content of a Docker `config.json`. Give it as a secret."
  },
  {
    name: "slack-webhook-url",
    description: "Slack incoming webhook: the value of `SLACK_WEBHOOK_URL` in the configuration. Give it as a secret."
  },
  {
    name: "arguments",
    description: "Further flags of the command, quoted as in a shell, such as `--check --cache .cache`."
  }
];
function flagsOf(command) {
  return FLAGS.filter((flag) => flag.commands === void 0 || flag.commands.includes(command));
}

// src/config/nearest.ts
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
  systemClock,
  DEFAULT_CONFIG,
  COMMANDS,
  FLAGS,
  INPUTS,
  flagsOf,
  suggestion,
  VERSION,
  USER_AGENT
};
