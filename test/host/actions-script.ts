/** Runs in a process of its own, as a step does: calls the host as its argument says. */
import { Redactor, Secret } from '../../src/base/secret.ts';
import { createActionsHost, readRunEvent, readState, saveState } from '../../src/host/actions.ts';

/** The host's method and what it is given. */
export type Call = readonly [name: string, ...given: string[]];

let now = 0;
const host = createActionsHost({ redactor: new Redactor(), clock: { now: () => now, sleep: async () => undefined } });
const calls: Readonly<Record<string, (...given: string[]) => unknown>> = {
  info: (line = '') => host.info(line),
  debug: (line = '') => host.debug(line),
  data: (text = '') => host.data(text),
  problem: (json = '') => host.problem(JSON.parse(json)),
  group: (title = '', line = '') => host.group(title, async () => host.info(line)),
  progress: (text = '') => host.progress(text),
  wait: (ms = '') => (now += Number(ms)),
  output: (name = '', value = '') => host.output(name, value),
  summary: (markdown = '', times = '1') => host.summary(markdown.repeat(Number(times))),
  mask: (value = '') => host.mask(new Secret(value)),
  save: (name = '', value = '') => saveState(name, value),
  state: (name = '') => host.info(readState(name)),
  event: () => host.info(JSON.stringify(readRunEvent(process.env))),
};

for (const [name, ...given] of JSON.parse(process.argv[2] ?? '[]') as Call[]) {
  try {
    await calls[name]?.(...given);
  } catch (error) {
    host.info(`threw ${error instanceof Error ? error.message : String(error)}`);
  }
}
