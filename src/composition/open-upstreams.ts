import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { createAuthorizer } from '../constant-contact/authorizer.ts';
import { createConstantContact } from '../constant-contact/constant-contact.ts';
import {
  type ClientApplication,
  DEFAULT_APPLICATION,
  type StoredApplication,
} from '../domain/model/client-application.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import { keptFor } from '../monitoring/kept-for.ts';
import { createRequestSlots } from '../monitoring/polling/request-slots.ts';
import type { Clock, ConstantContact, Log, Observer, Stores, Upstream, Upstreams } from '../monitoring/ports.ts';

type Parts = Pick<Stores, 'applications' | 'rates'> &
  Readonly<{ clock: Clock; steadyClock: Clock; log: Log; observer: Pick<Observer, 'refreshed'> }>;

/** What another process has changed counts from then on. */
const VALID_MS = 5 * SECOND_MS;

/** Constant Contact as every application asks it. A secret is read where it is needed, and again when it was changed. */
export function openUpstreams(config: Config, parts: Parts): Upstreams {
  const configured = configuredApplication(config);
  const open = (application: ClientApplication, clientSecret: string | null) =>
    openUpstream(application, clientSecret, config, parts);
  const own = open(configured, config.constantContact.clientSecret);
  const opened = new Map<string, Readonly<{ revision: number; upstream: Promise<Upstream> }>>();
  const readAnew = () => keptFor(VALID_MS, parts.clock, () => parts.applications.list());
  let read = readAnew();

  async function stored(id: string): Promise<StoredApplication> {
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
    of: async (id) => (id === null ? own : await openedAs(await stored(id))),
    application: async (id) => (id === null ? configured : await stored(id)),
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

/** The API, and the pages and the token endpoint for authorisation, within the key's rates. */
function openUpstream(
  application: ClientApplication,
  clientSecret: string | null,
  { constantContact: config, proxy }: Config,
  { rates, clock, steadyClock, log, observer }: Parts,
): Upstream {
  const { clientId, requestsPerSecond, tokenRequestsPerSecond } = application;
  const slots = (endpoint: 'api' | 'token', perSecond: number) =>
    createRequestSlots({ limit: { key: clientId, endpoint, perSecond }, rates, steadyClock, log });
  const limits = { api: slots('api', requestsPerSecond), token: slots('token', tokenRequestsPerSecond) };
  const { apiUrl, authUrl, requestTimeoutMs } = config;
  const { version } = packageJson;
  const options = {
    ...{ apiUrl, authUrl, requestTimeoutMs, clientId, clientSecret },
    ...{ slots: limits, proxy, version, clock, log },
  };
  const constantContact = createConstantContact(options);
  return {
    application,
    constantContact: { ...constantContact, refresh: observed(constantContact.refresh, observer) },
    authorizer: createAuthorizer(options),
  };
}

function observed(
  refresh: ConstantContact['refresh'],
  observer: Pick<Observer, 'refreshed'>,
): ConstantContact['refresh'] {
  return async (...request) => {
    const answer = await refresh(...request);
    observer.refreshed(answer.ok ? 'refreshed' : answer.failure.kind);
    return answer;
  };
}
