/** 500 images of 1,000 tags each in a real registry on this machine: a first scan and one that remembers, by the bundle. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mapConcurrent } from '../../src/base/concurrency.ts';
import type { Report } from '../../src/core/report/report.ts';
import { startRegistry } from '../../test/control-plane/registry.ts';
import { createPush } from '../../test/control-plane/registry-push.ts';

const IMAGES = 500;
const TAGS = 1_000;
const CLI = path.join(import.meta.dirname, '../../dist/cli.js');

export async function benchRegistry(): Promise<readonly string[]> {
  const root = await mkdtemp(path.join(tmpdir(), 'towpath-bench-'));
  const directory = path.join(root, 'repository');
  try {
    await mkdir(directory);
    await using registry = await startRegistry();
    console.error(
      `pushing ${(IMAGES * TAGS).toLocaleString('en')} tags first: some minutes and ten gigabytes of memory`,
    );
    await pushAll(registry.url);
    const lines: string[] = [];
    for (const policy of ['semver:~1', 'glob:1.9*']) {
      await writeRepository(directory, { url: registry.url, policy });
      for (const name of ['cold', 'warm']) {
        const { report, ms } = await scan(directory, policy);
        const { requests } = report.registries['bench.example.org'] ?? { requests: 0 };
        const updated = report.environments[0]?.images.filter((row) => row.action === 'updated').length;
        lines.push(
          `${policy.padEnd(10)} ${name}: ${requests} requests (${(requests / IMAGES).toFixed(2)} an image), ${(ms / 1000).toFixed(1)} s, ${updated} to update`,
        );
      }
    }
    return lines;
  } finally {
    await rm(root, { recursive: true });
  }
}

async function pushAll(url: string): Promise<void> {
  const push = createPush({ url });
  const images = Array.from({ length: TAGS }, (_, index) => ({
    tag: `1.${Math.floor(index / 100)}.${index % 100}`,
    created: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 100) * 86_400_000),
  }));
  await mapConcurrent(
    Array.from({ length: IMAGES }, (_, index) => index),
    2,
    (index) => push.pushMany(`bench/app-${index}`, images),
  );
}

async function writeRepository(
  directory: string,
  given: { readonly url: string; readonly policy: string },
): Promise<void> {
  const endpoint = `version: 1\nenvironments: {bench: {path: apps}}\nregistries: {bench.example.org: {endpoint: "${given.url}"}}\n`;
  await writeFile(path.join(directory, '.towpath.yaml'), endpoint);
  await mkdir(path.join(directory, 'apps'), { recursive: true });
  for (let index = 0; index < IMAGES; index++) {
    await writeFile(path.join(directory, `apps/app-${index}.yaml`), workload(index, given.policy));
  }
}

function workload(index: number, policy: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  annotations: {fluxcd.io/automated: "true", fluxcd.io/tag.app: "${policy}"}
spec: {template: {spec: {containers: [{name: app, image: "bench.example.org/bench/app-${index}:1.9.0"}]}}}
`;
}

async function scan(directory: string, policy: string): Promise<{ readonly report: Report; readonly ms: number }> {
  const file = path.join(directory, 'report.json');
  // Beside the tree: a scan leaves nothing inside of it.
  const cache = path.join(directory, '..', `cache-${policy.replace(/\W/g, '')}`);
  const start = performance.now();
  const child = spawn(process.execPath, [CLI, 'scan', '--json', file, '--cache', cache], {
    cwd: directory,
    env: { PATH: process.env['PATH'], HOME: directory },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'close');
  return { report: JSON.parse(await readFile(file, 'utf8')) as Report, ms: performance.now() - start };
}
