/** What the names in the configuration may look like: environments, branches, paths, registries, addresses, durations, templates. */

import { suggestion } from '../base/nearest.ts';
import { TEMPLATE_FIELDS, unknownFields } from '../core/images/commit-message.ts';
import { accept, type Judgement, refuse } from './shape/shape.ts';

/** An environment's name goes into commit messages, file names and flags. */
export function judgeEnvironment(name: string): Judgement<string> {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name)) return accept(name);
  return refuse('is not a name for an environment', 'Use letters, digits, dots, hyphens and underscores, at most 63.');
}

/** Git's rules for a branch name. Source: https://git-scm.com/docs/git-check-ref-format */
export function judgeBranch(name: string): Judgement<string> {
  if (name.startsWith('refs/')) {
    return refuse('must be the name of a branch, not a full reference', "Leave out 'refs/heads/'.");
  }
  const forbidden = /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^@$|^[/-]|[/.]$|\.lock$|\.lock\/|(?:^|\/)\./u.test(name);
  if (!forbidden && name.length <= 244) return accept(name);
  return refuse('is not a valid branch name', 'Write it as git branch prints it.');
}

/** A file or directory inside the repository; gives it without `./` and without a slash at the end. */
export function judgePath(path: string): Judgement<string> {
  if (/\p{Cc}/u.test(path)) return refuse('has a control character', 'Write the path in plain text.');
  if (path.includes('\\')) return refuse('has a backslash', 'Separate directories by /.');
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) {
    return refuse('must be relative to the root of the repository', 'Leave out everything up to the repository.');
  }
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) {
      return refuse('leads out of the repository', 'Name a file or directory inside of it.');
    }
  }
  if (steps[0] === '.git') return refuse("lies in git's own directory", 'Name a directory of manifests.');
  return accept(steps.length === 0 ? '.' : steps.join('/'));
}

/** A registry as image references name it. Source: https://github.com/distribution/reference/blob/main/regexp.go */
export function judgeRegistry(name: string): Judgement<string> {
  if (name.includes('://') || name.includes('/')) {
    return refuse('must be a host, with a port if need be', 'Leave out the scheme and the path.');
  }
  if (['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(name.toLowerCase())) {
    return refuse('is not how image references name it', "Write 'docker.io'.");
  }
  const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?$/;
  if (host.test(name) && name.length <= 255) return accept(name.toLowerCase());
  return refuse('is not the name of a registry', "Write it as in image references, such as 'ghcr.io' or 'host:5000'.");
}

/** Where to ask a registry: gives the address without a slash at the end. */
export function judgeEndpoint(address: string): Judgement<string> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !isHttp(url)) {
    return refuse('must be an address with http or https', "Write it as 'https://mirror.example.org'.");
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('must not hold credentials', "Give them as registry credentials, under the endpoint's host.");
  }
  if (url.search !== '' || url.hash !== '') {
    return refuse('must not have a query or a fragment', 'Leave out everything from ? or # on.');
  }
  return accept(`${url.origin}${url.pathname.replace(/\/+$/, '')}`);
}

/** An incoming webhook. The address is a secret, so no message repeats it. */
export function judgeWebhookUrl(address: string): Judgement<string> {
  if (URL.canParse(address) && isHttp(new URL(address))) return accept(address);
  return refuse('must be an address with http or https', "Write it as Slack shows it: 'https://hooks.slack.com/…'.");
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);

/** `90m`, `1d12h`: gives milliseconds. */
export function judgeDuration(text: string): Judgement<number> {
  const parts = [...text.matchAll(/([0-9]{1,9})([smhdw])/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text) {
    return refuse('is not a duration', "Write it as '12h', '3d' or '1d12h' (units: s, m, h, d, w).");
  }
  return accept(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS.get(unit ?? '') ?? 0), 0));
}

/** `09:30`: gives minutes since midnight; `24:00` is the end of the day. */
export function judgeTimeOfDay(text: string): Judgement<number> {
  const match = /^([0-9]{1,2}):([0-9]{2})$/.exec(text);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (match !== null && Number(match[2]) < 60 && minutes <= 24 * 60) return accept(minutes);
  return refuse('is not a time of day', "Write hours and minutes, as in '09:30'.");
}

/** IANA name of a time zone. */
export function judgeTimeZone(name: string): Judgement<string> {
  try {
    return accept(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
  } catch {
    // RangeError is how Intl says that it does not know the zone.
    return refuse('is not a time zone', "Write its IANA name, as in 'Europe/Oslo'.");
  }
}

/** `os/architecture` or `os/architecture/variant`. */
export function judgePlatform(text: string): Judgement<string> {
  if (/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(text)) return accept(text);
  return refuse('is not a platform', "Write it as 'linux/amd64' or 'linux/arm/v7'.");
}

/** A glob over names: `*` and `?` stand for anything. */
export function judgeGlob(pattern: string): Judgement<string> {
  if (pattern.length <= 256 && !/\p{Cc}/u.test(pattern)) return accept(pattern);
  return refuse('is too long for a glob, or has control characters', 'Use at most 256 plain characters.');
}

/** Part of a commit's author line. */
export function judgeIdentity(text: string): Judgement<string> {
  if (/^[^<>\p{Cc}]{1,200}$/u.test(text)) return accept(text.trim());
  return refuse('must be one line without < and >', 'Write the name or the address alone.');
}

/** A commit message's template: every name in braces must mean something. */
export function judgeTemplate(template: string): Judgement<string> {
  const [unknown] = unknownFields(template);
  if (unknown === undefined) return accept(template);
  const hint = suggestion(unknown, TEMPLATE_FIELDS) ?? 'Leave it out.';
  return refuse(`has the unknown field {${unknown.slice(0, 60)}}`, hint);
}

function isHttp(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** A kind as objects write it. */
export function judgeKind(kind: string): Judgement<string> {
  if (/^[A-Za-z][A-Za-z0-9]{0,62}$/.test(kind)) return accept(kind);
  return refuse('is not a kind', 'Write it as the objects do, such as Database.');
}

/** An API group; built-in kinds of the core group are known without a rule. */
export function judgeGroup(group: string): Judgement<string> {
  if (/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(group)) return accept(group);
  return refuse('is not an API group', 'Write the part of apiVersion before the slash, such as db.example.org.');
}

/** What annotations call an image: the part of their key behind the dot. */
export function judgeContainer(name: string): Judgement<string> {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(name)) return accept(name);
  return refuse('is not a name for a container', 'Use letters, digits, dots, hyphens and underscores, at most 63.');
}

/** Keys and list indices joined by dots. */
export function judgeFieldPath(path: string): Judgement<string> {
  const keys = path.split('.');
  if (keys.length <= 20 && keys.every((key) => /^[A-Za-z0-9_$-][A-Za-z0-9_/$-]{0,62}$/.test(key))) return accept(path);
  return refuse('is not the path of a field', 'Join keys and list indices by dots, such as spec.jobs.0.image.');
}
