/** Loaded before the action by `node --import`: leads every https request of the process to the clouds on loopback. */
import { inClouds } from './clouds.ts';

/** Names the variable that says where the clouds are; without it nothing is led anywhere. */
export const CLOUDS_VARIABLE = 'TOWPATH_TEST_CLOUDS';

const cloudsUrl = process.env[CLOUDS_VARIABLE];
if (cloudsUrl !== undefined) {
  const direct = globalThis.fetch;
  globalThis.fetch = (target, init) => {
    const url = new URL(target instanceof Request ? target.url : target);
    if (url.protocol !== 'https:') return Promise.reject(new TypeError(`nobody listens at ${url.href}`));
    return direct(inClouds(url, cloudsUrl), init);
  };
}
