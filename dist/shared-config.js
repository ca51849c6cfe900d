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

// src/config/manual-commands.ts
var POLICIES = ["lock", "unlock", "hold", "unhold", "automate", "deautomate", "policy"];
var MANUAL = ["list", "release", ...POLICIES];
var COMMITTING = ["release", ...POLICIES];
var WORKLOADS = { name: "WORKLOAD…", most: 100 };
var MANUAL_COMMANDS = [
  {
    name: "list",
    summary: "List workloads with their policies, or images with their tags",
    details: "list workloads shows the workloads of the working tree; list images [WORKLOAD] shows the tags that their policies allow, the newest first, with a mark at the tag that is running. Nothing is changed.",
    operands: { name: "workloads|images [WORKLOAD]", most: 2 }
  },
  {
    name: "release",
    summary: "Move images of workloads to a tag, or to the newest that their policies allow",
    details: "Commits the new tags to the branch of the environment, whether or not the workloads are automated; the next run applies them. Locked workloads are skipped, and so are tags that a filter does not allow: --force with a --message moves the workloads that are named all the same.",
    operands: WORKLOADS
  },
  {
    name: "lock",
    summary: "Stop updates of workloads until they are unlocked",
    details: "Writes who locks them, and with --message why, into their annotations, in one commit to the branch of the environment. A workload is named ns:kind/name, kind/name or Kind/ns/name.",
    operands: WORKLOADS
  },
  {
    name: "unlock",
    summary: "Let locked workloads be updated again",
    details: "Removes what lock has written, in one commit to the branch of the environment.",
    operands: WORKLOADS
  },
  {
    name: "hold",
    summary: "Keep automation from moving images of workloads, for a while or until they are taken off hold",
    details: "Writes who asks for it, and with --message why, into an annotation for each container, in one commit to the branch of the environment. A release by hand moves the image all the same. A run puts an image on hold by itself when somebody has set it back to an older tag.",
    operands: WORKLOADS
  },
  {
    name: "unhold",
    summary: "Let automation move images that are on hold",
    details: "Removes what hold has written, or a run that saw an image set back, in one commit to the branch of the environment. The commit says so in a trailer, and what was before it is settled.",
    operands: WORKLOADS
  },
  {
    name: "automate",
    summary: "Have the images of workloads updated from now on",
    details: "Sets the annotation that automates them, in one commit to the branch of the environment.",
    operands: WORKLOADS
  },
  {
    name: "deautomate",
    summary: "Have the images of workloads updated no more",
    details: "Removes the annotation that automates them, in one commit to the branch of the environment. Where a rule of the configuration has a policy for one of their images, the annotation says so instead.",
    operands: WORKLOADS
  },
  {
    name: "policy",
    summary: "Set or drop the tag filters of a workload",
    details: "Writes the filters into the annotations of the workload, in one commit to the branch of the environment: --tag app=semver:~1.4 sets the one of the container app, --tag app= drops it.",
    operands: { name: "WORKLOAD", most: 1 }
  }
];
var MANUAL_FLAGS = [
  {
    name: "namespace",
    value: "NAME",
    summary: "The namespace of workloads that are named without one",
    default: "any, where only one fits",
    commands: MANUAL
  },
  {
    name: "user",
    value: "NAME",
    summary: "Who asks for it, for the annotations and the commit",
    default: "the run's actor; on a terminal the user that git knows",
    commands: COMMITTING
  },
  {
    name: "message",
    value: "TEXT",
    summary: "Why; it becomes the message of the commit",
    commands: COMMITTING
  },
  {
    name: "container",
    value: "NAME",
    repeatable: true,
    summary: "Only the image of this container",
    default: "all containers of the workload",
    commands: ["hold", "unhold"]
  },
  {
    name: "until",
    value: "DATE",
    summary: "The last day of the hold, YYYY-MM-DD in UTC",
    default: "until it is lifted",
    commands: ["hold"]
  },
  {
    name: "tag",
    value: "CONTAINER=PATTERN",
    repeatable: true,
    summary: "The tags that a container may have; without a pattern: drop the filter",
    commands: ["policy"]
  },
  {
    name: "tag-all",
    value: "PATTERN",
    summary: "The tags that every container of the workload may have; `*` drops the filters",
    commands: ["policy"]
  },
  {
    name: "limit",
    value: "NUMBER",
    summary: "The tags to list for each image; 0 for all of them",
    default: "10",
    commands: ["list"]
  },
  { name: "all", summary: "Every workload", commands: ["release"] },
  {
    name: "update-image",
    value: "IMAGE[:TAG]",
    summary: "Move this image, to the tag or to the newest that the policy allows",
    commands: ["release"]
  },
  {
    name: "update-all-images",
    summary: "Move every image to the newest that its policy allows",
    commands: ["release"]
  },
  { name: "exclude", value: "WORKLOAD", repeatable: true, summary: "Not this workload", commands: ["release"] },
  {
    name: "force",
    summary: "Pass over the locks of workloads that are named and the filters of a tag that is; needs --message",
    commands: ["release"]
  }
];
function isPolicyCommand(command) {
  return POLICIES.some((policy) => policy === command);
}

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
    name: "explain",
    summary: "Say for each image why its tag stays or moves, and which tags were not chosen",
    details: "Looks at the images of the working tree whose workload, container or name contains TEXT, or at all of them. Nothing is changed.",
    operands: { name: "TEXT", most: 1 }
  },
  ...MANUAL_COMMANDS,
  {
    name: "validate",
    summary: "Check the configuration file",
    details: "Reads the configuration and names every problem in it. Nothing else is read and nothing is sent."
  },
  { name: "help", summary: "Explain a command", details: "towpath help COMMAND lists the flags of that command." },
  { name: "version", summary: "Print the version", details: "Prints the version and nothing else." }
];
var WORKING = ["run", "scan", "sync", "explain"];
var CHANGING = ["run", "scan", "sync"];
var FLAGS = [
  {
    name: "config",
    value: "FILE",
    summary: "The configuration file",
    default: `${DEFAULT_CONFIG} in the root of the repository`,
    commands: [...WORKING, ...MANUAL, "validate"]
  },
  {
    name: "environment",
    value: "NAME",
    repeatable: true,
    summary: "Only this environment",
    default: "all of them",
    commands: [...WORKING, ...MANUAL]
  },
  {
    name: "dry-run",
    negatable: true,
    summary: "Write nothing, say what would be done",
    commands: [...CHANGING, ...COMMITTING]
  },
  {
    name: "check",
    negatable: true,
    summary: "Write nothing, exit 3 where something would change",
    commands: CHANGING
  },
  { name: "write", negatable: true, summary: "Edit the files of the working tree", commands: ["scan"] },
  {
    name: "json",
    value: "FILE|-",
    summary: "Write the report as JSON to a file, or alone to stdout",
    commands: [...WORKING, ...MANUAL]
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
    commands: [...WORKING, "list", "release"]
  },
  {
    name: "cache",
    value: "DIR",
    summary: "Where what was learnt from registries is kept; losing it costs requests only",
    default: "$TOWPATH_CACHE, else the user's cache directory",
    commands: [...WORKING, "list", "release"]
  },
  ...MANUAL_FLAGS,
  { name: "debug", negatable: true, summary: "Show details and stack traces" },
  { name: "help", short: "h", summary: "Explain the command" },
  { name: "version", summary: "Print the version" }
];
var INPUTS = [
  {
    name: "command",
    description: "What to do: `run`, `scan`, `sync`, `explain`, `list`, `release`, `lock`, `unlock`, `hold`, `unhold`, `automate`, `deautomate`, `policy` or `validate`.",
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

export {
  systemClock,
  isPolicyCommand,
  DEFAULT_CONFIG,
  COMMANDS,
  FLAGS,
  INPUTS,
  flagsOf,
  VERSION,
  USER_AGENT
};
