import type { Connecting, Owner } from '../monitoring/application.ts';
import type { Log } from '../monitoring/ports.ts';
import { type Bulkhead, createBulkhead } from './bulkhead.ts';

/**
 * Polls share the database with the pages, and SQLite has one connection for all: with two pages at work a poll waits
 * for two readers at most, however many pages are asked for. The last of the queue waits for about a second.
 */
const PAGES = { atWork: 2, waiting: 100 };
/** What waits for Constant Contact does so for up to 20 s, and hardly uses the database. */
const UPSTREAM = { atWork: 16, waiting: 16 };

/** All pages together have one of each: an owner's page and a page to connect an account wait in the same queue. */
export type Bulkheads = Readonly<{ pages: Bulkhead; upstream: Bulkhead }>;

export function createBulkheads(log: Log): Bulkheads {
  const bulkhead = (work: string, size: typeof PAGES) =>
    createBulkhead({ ...size, onFull: () => log.warn({ work, ...size }, 'too many readers at once: some get a 503') });
  return { pages: bulkhead('pages', PAGES), upstream: bulkhead('checks', UPSTREAM) };
}

/** What the pages may use of the application at a time. What is asked beyond that is refused with `TooBusyError`. */
export function boundedOwner(owner: Owner, { pages, upstream }: Bulkheads): Owner {
  return {
    page: (viewer) => pages(() => owner.page(viewer)),
    request: (viewer, contactRequest) => pages(() => owner.request(viewer, contactRequest)),
    checkNow: (viewer, signal) => upstream(() => owner.checkNow(viewer, signal)),
  };
}

/** The calls of the application that the pages for connecting make. */
export type ConnectingByPage = Pick<Connecting, 'invitation' | 'begin' | 'finish' | 'answer'>;

/** Bounds the calls of the pages by which an account is connected. */
export function boundedConnecting(connecting: ConnectingByPage, { pages, upstream }: Bulkheads): ConnectingByPage {
  return {
    invitation: (viewer) => pages(() => connecting.invitation(viewer)),
    // An invited owner's way to Constant Contact is written from the configuration alone.
    begin: (viewer, redirectUri, options) => connecting.begin(viewer, redirectUri, options),
    finish: (viewer, returned, wish) => upstream(() => connecting.finish(viewer, returned, wish)),
    answer: (viewer, question, isRight) => upstream(() => connecting.answer(viewer, question, isRight)),
  };
}
