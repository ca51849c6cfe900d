import manifest from '../../package.json' with { type: 'json' };

/** The version of this program, from package.json. */
export const VERSION: string = manifest.version;

/** How requests name their sender. */
export const USER_AGENT = `towpath/${VERSION}`;
