import type { Owner } from '../../monitoring/application.ts';
import type { Log } from '../../monitoring/ports.ts';
import { createBulkhead } from '../bulkhead.ts';

/**
 * Polls share the database with the pages, and SQLite has one connection for all: with two pages at work a poll waits
 * for two readers at most, however many pages are asked for. The last of the queue waits for about a second.
 */
const PAGES = { atWork: 2, waiting: 100 };
/** A check waits for Constant Contact, up to 20 s, and hardly uses the database. */
const CHECKS = { atWork: 16, waiting: 16 };

/** What the pages may use of the application at a time. What is asked beyond that is refused with `TooBusyError`. */
export function boundedOwner(owner: Owner, log: Log): Owner {
  const bulkhead = (work: string, size: typeof PAGES) =>
    createBulkhead({ ...size, onFull: () => log.warn({ work, ...size }, 'too many readers at once: some get a 503') });
  const pages = bulkhead('pages', PAGES);
  const checks = bulkhead('checks', CHECKS);
  return {
    page: (viewer) => pages(() => owner.page(viewer)),
    request: (viewer, contactRequest) => pages(() => owner.request(viewer, contactRequest)),
    checkNow: (viewer, signal) => checks(() => owner.checkNow(viewer, signal)),
  };
}
