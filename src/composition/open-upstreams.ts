import type { Config } from '../config/config.ts';
import {
  type ClientApplication,
  DEFAULT_APPLICATION,
  type StoredApplication,
} from '../domain/model/client-application.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import { keptFor } from '../monitoring/kept-for.ts';
import type { Stores, Upstream, Upstreams } from '../monitoring/ports.ts';
import { openOnce } from './open-once.ts';
import type { UpstreamParts } from './open-upstream.ts';

type Parts = UpstreamParts & Pick<Stores, 'applications'>;

/** What another process has changed counts from then on. */
const VALID_MS = 5 * SECOND_MS;

/**
 * Constant Contact as every application asks it. A secret is read where it is needed, and again when it was changed.
 */
export function openUpstreams(config: Config, parts: Parts): Upstreams {
  const configured = configuredApplication(config);
  /** Loaded when Constant Contact is asked: few commands do. */
  const open = async (application: ClientApplication, clientSecret: string | null) => {
    const { openUpstream } = await import('./open-upstream.ts');
    return openUpstream(application, clientSecret, config, parts);
  };
  const own = openOnce(() => open(configured, config.constantContact.clientSecret));
  const opened = new Map<string, Readonly<{ revision: number; upstream: Promise<Upstream> }>>();
  const readAnew = () => keptFor(VALID_MS, parts.clock, () => parts.applications.list());
  let read = readAnew();

  async function readStored(id: string): Promise<StoredApplication> {
    const known = (await read()).find((application) => application.id === id);
    if (known !== undefined) return known;
    read = readAnew();
    const added = (await read()).find((application) => application.id === id);
    if (added === undefined) throw new Error(`There is no application with the id ${id}.`);
    return added;
  }

  async function openedAs(application: StoredApplication): Promise<Upstream> {
    const { id, revision } = application;
    const before = opened.get(id);
    if (before?.revision === revision) return await before.upstream;
    const upstream = parts.applications.secretOf(id).then((secret) => open(application, secret));
    opened.set(id, { revision, upstream });
    return await upstream.catch((error: unknown) => {
      opened.delete(id);
      throw error;
    });
  }

  return {
    of: async (id) => (id === null ? await own.open() : await openedAs(await readStored(id))),
    application: async (id) => (id === null ? configured : await readStored(id)),
    applications: async () => [configured, ...(await read())],
    renew: () => {
      read = readAnew();
    },
  };
}

function configuredApplication({ constantContact: config }: Config): ClientApplication {
  return {
    id: null,
    name: DEFAULT_APPLICATION,
    clientId: config.clientId ?? '',
    requestsPerSecond: config.requestsPerSecond,
    requestsPerDay: config.requestsPerDay,
    tokenRequestsPerSecond: config.tokenRequestsPerSecond,
    reserveShare: config.quotaReserveShare,
  };
}
