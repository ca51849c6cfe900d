/** What the bundle leaves out of its packages because Towpath never calls it: an esbuild plugin and its table. */
import type { Plugin } from 'esbuild';

interface LeftOut {
  /** The import as it is written. */
  readonly module: RegExp;
  /** The package whose files write it; other importers get the real module. */
  readonly importer: string;
  /** What stands in its place. A name that is missing here fails the build, so an update of the package cannot slip by. */
  readonly contents: string;
}

const refusal = (what: string) =>
  `constructor(){throw new Error(${JSON.stringify(`${what} is not part of this bundle`)})}`;

/**
 * Sizes and start-up times: docs/decisions/0002-build.md. Each entry is a transport that its package offers beside
 * the one in use: Towpath's requests go through `node:http(s)` and the built-in `fetch`.
 */
const LEFT_OUT: readonly LeftOut[] = [
  {
    // Needed only by getAgentDispatcher(); the client itself, and so core.getIDToken(), runs on node:https.
    module: /^undici$/,
    importer: '@actions/http-client',
    contents: `export class ProxyAgent{${refusal('undici (ProxyAgent)')}}`,
  },
  {
    // Needed only by clients made with makeApiClient(); credentials and agents of a KubeConfig are for node:https.
    module: /^undici$/,
    importer: '@kubernetes/client-node',
    contents: `export class Agent{${refusal('undici (Agent)')}}\nexport class ProxyAgent{${refusal('undici (ProxyAgent)')}}`,
  },
  {
    // The generated models and clients, again for makeApiClient() alone.
    module: /^\.\/gen\/index\.js$/,
    importer: '@kubernetes/client-node',
    contents: [
      `export class ServerConfiguration{${refusal('the generated Kubernetes client')}}`,
      `export function createConfiguration(){throw new Error('the generated Kubernetes client is not part of this bundle')}`,
    ].join('\n'),
  },
];

/** Of a package.json only this much is ever read at run time; the rest would change the bundle for no reason. */
const PACKAGE_FIELDS = ['name', 'version'] as const;

export function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    setup(build) {
      for (const [index, { module, importer }] of LEFT_OUT.entries()) {
        build.onResolve({ filter: module }, (args) =>
          isIn(args.importer, importer) ? { path: String(index), namespace: 'left-out' } : undefined,
        );
      }
      build.onLoad({ filter: /.*/, namespace: 'left-out' }, (args) => {
        return { contents: LEFT_OUT[Number(args.path)]?.contents ?? '', loader: 'js' };
      });
      build.onLoad({ filter: /[\\/]package\.json$/ }, async (args) => {
        const { default: whole } = await import(args.path, { with: { type: 'json' } });
        const kept = Object.fromEntries(PACKAGE_FIELDS.map((field) => [field, whole[field]]));
        return { contents: JSON.stringify(kept), loader: 'json' };
      });
    },
  };
}

function isIn(file: string, packageName: string): boolean {
  return file.replaceAll('\\', '/').includes(`/node_modules/${packageName}/`);
}
