/** The part of the contract that people use by hand: list, release, and the policies of workloads. */
import type { CommandEntry, CommandName, FlagEntry, PolicyCommand } from './contract.ts';

const POLICIES: readonly PolicyCommand[] = ['lock', 'unlock', 'hold', 'unhold', 'automate', 'deautomate', 'policy'];

/** The commands that a person gives about workloads. */
export const MANUAL: readonly CommandName[] = ['list', 'release', ...POLICIES];

/** Those among them that commit. */
export const COMMITTING: readonly CommandName[] = ['release', ...POLICIES];

/** Workloads are named `ns:kind/name`, `kind/name` or `Kind/ns/name`. */
const WORKLOADS = { name: 'WORKLOAD…', most: 100 };

export const MANUAL_COMMANDS: readonly CommandEntry[] = [
  {
    name: 'list',
    summary: 'List workloads with their policies, or images with their tags',
    details:
      'list workloads shows the workloads of the working tree; list images [WORKLOAD] shows the tags that their policies allow, the newest first, with a mark at the tag that is running. Nothing is changed.',
    operands: { name: 'workloads|images [WORKLOAD]', most: 2 },
  },
  {
    name: 'release',
    summary: 'Move images of workloads to a tag, or to the newest that their policies allow',
    details:
      'Commits the new tags to the branch of the environment, whether or not the workloads are automated; the next run applies them. Locked workloads are skipped, and so are tags that a filter does not allow: --force with a --message moves the workloads that are named all the same.',
    operands: WORKLOADS,
  },
  {
    name: 'lock',
    summary: 'Stop updates of workloads until they are unlocked',
    details:
      'Writes who locks them, and with --message why, into their annotations, in one commit to the branch of the environment. A workload is named ns:kind/name, kind/name or Kind/ns/name.',
    operands: WORKLOADS,
  },
  {
    name: 'unlock',
    summary: 'Let locked workloads be updated again',
    details: 'Removes what lock has written, in one commit to the branch of the environment.',
    operands: WORKLOADS,
  },
  {
    name: 'hold',
    summary: 'Keep automation from moving images of workloads, for a while or until they are taken off hold',
    details:
      'Writes who asks for it, and with --message why, into an annotation for each container, in one commit to the branch of the environment. A release by hand moves the image all the same. A run puts an image on hold by itself when somebody has set it back to an older tag.',
    operands: WORKLOADS,
  },
  {
    name: 'unhold',
    summary: 'Let automation move images that are on hold',
    details:
      'Removes what hold has written, or a run that saw an image set back, in one commit to the branch of the environment. The commit says so in a trailer, and what was before it is settled.',
    operands: WORKLOADS,
  },
  {
    name: 'automate',
    summary: 'Have the images of workloads updated from now on',
    details: 'Sets the annotation that automates them, in one commit to the branch of the environment.',
    operands: WORKLOADS,
  },
  {
    name: 'deautomate',
    summary: 'Have the images of workloads updated no more',
    details:
      'Removes the annotation that automates them, in one commit to the branch of the environment. Where a rule of the configuration has a policy for one of their images, the annotation says so instead.',
    operands: WORKLOADS,
  },
  {
    name: 'policy',
    summary: 'Set or drop the tag filters of a workload',
    details:
      'Writes the filters into the annotations of the workload, in one commit to the branch of the environment: --tag app=semver:~1.4 sets the one of the container app, --tag app= drops it.',
    operands: { name: 'WORKLOAD', most: 1 },
  },
];

export const MANUAL_FLAGS: readonly FlagEntry[] = [
  {
    name: 'namespace',
    value: 'NAME',
    summary: 'The namespace of workloads that are named without one',
    default: 'any, where only one fits',
    commands: MANUAL,
  },
  {
    name: 'user',
    value: 'NAME',
    summary: 'Who asks for it, for the annotations and the commit',
    default: "the run's actor; on a terminal the user that git knows",
    commands: COMMITTING,
  },
  {
    name: 'message',
    value: 'TEXT',
    summary: 'Why; it becomes the message of the commit',
    commands: COMMITTING,
  },
  {
    name: 'container',
    value: 'NAME',
    repeatable: true,
    summary: 'Only the image of this container',
    default: 'all containers of the workload',
    commands: ['hold', 'unhold'],
  },
  {
    name: 'until',
    value: 'DATE',
    summary: 'The last day of the hold, YYYY-MM-DD in UTC',
    default: 'until it is lifted',
    commands: ['hold'],
  },
  {
    name: 'tag',
    value: 'CONTAINER=PATTERN',
    repeatable: true,
    summary: 'The tags that a container may have; without a pattern: drop the filter',
    commands: ['policy'],
  },
  {
    name: 'tag-all',
    value: 'PATTERN',
    summary: 'The tags that every container of the workload may have; `*` drops the filters',
    commands: ['policy'],
  },
  {
    name: 'limit',
    value: 'NUMBER',
    summary: 'The tags to list for each image; 0 for all of them',
    default: '10',
    commands: ['list'],
  },
  { name: 'all', summary: 'Every workload', commands: ['release'] },
  {
    name: 'update-image',
    value: 'IMAGE[:TAG]',
    summary: 'Move this image, to the tag or to the newest that the policy allows',
    commands: ['release'],
  },
  {
    name: 'update-all-images',
    summary: 'Move every image to the newest that its policy allows',
    commands: ['release'],
  },
  { name: 'exclude', value: 'WORKLOAD', repeatable: true, summary: 'Not this workload', commands: ['release'] },
  {
    name: 'force',
    summary: 'Pass over the locks of workloads that are named and the filters of a tag that is; needs --message',
    commands: ['release'],
  },
];

export function isPolicyCommand(command: CommandName): command is PolicyCommand {
  return POLICIES.some((policy) => policy === command);
}
