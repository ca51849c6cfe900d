import{createRequire as createRequireForBundle}from'node:module';const require=createRequireForBundle(import.meta.url);
import {
  readState
} from "./shared-actions-core.js";
import {
  SCRATCH_PREFIX,
  SCRATCH_STATE
} from "./shared-host.js";
import "./shared-base-2.js";
import "./shared-runtime.js";

// src/entry/post.ts
import { rm } from "node:fs/promises";
import path from "node:path";
await main();
async function main() {
  const directory = readState(SCRATCH_STATE);
  if (!path.basename(directory).startsWith(SCRATCH_PREFIX)) return;
  try {
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    process.stdout.write(`::warning::${directory} could not be removed: ${error.code}
`);
  }
}
