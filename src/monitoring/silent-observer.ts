import type { Observer } from './ports.ts';

/** For a process whose metrics nobody reads. */
export const silentObserver: Observer = {
  polled: () => undefined,
  refreshed: () => undefined,
  mailed: () => undefined,
  told: () => undefined,
};
