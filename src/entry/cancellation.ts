/** The run ends in order when the runner or a person ends it. */
import { TowpathError } from '../base/errors.ts';

/** A signal that is aborted by SIGINT or SIGTERM; a second one ends the process at once, as if nobody listened. */
export function cancelledBySignals(source: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  const cancel = (name: NodeJS.Signals) => {
    source.removeListener('SIGINT', cancel);
    source.removeListener('SIGTERM', cancel);
    const hint = 'Run it again: what was done stays done, what was not is planned anew.';
    controller.abort(new TowpathError('CANCELLED', `cancelled by ${name}`, { hint }));
  };
  source.on('SIGINT', cancel);
  source.on('SIGTERM', cancel);
  return controller.signal;
}
