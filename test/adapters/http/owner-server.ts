import type { FastifyInstance } from 'fastify';
import type { ContactRequest, ContactRequestOutcome } from '../../../src/domain/owner/contact-request.ts';
import { createServer, type ServerOptions } from '../../../src/http/create-server.ts';
import { createFormTokens } from '../../../src/mail/form-tokens.ts';
import type { Connecting, Owner } from '../../../src/monitoring/application.ts';
import type { Viewer } from '../../../src/monitoring/viewer.ts';
import { aBrand, NOW } from '../../support/builders.ts';
import { anOwnerPage } from '../../support/owner-pages.ts';

export type Logged = Readonly<{ level: string; fields: object; message: string }>;

type Granted = Readonly<{ viewer: Viewer; wish: ContactRequest | 'check' }>;

/** Of the application, the calls that a test answers in its own way. */
export type GivenServer = Partial<Omit<ServerOptions, 'owner' | 'connect'>> &
  Readonly<{ owner?: Partial<Owner>; connect?: Partial<ServerOptions['connect']> }>;

export type OwnerServer = Readonly<{
  url: string;
  server: FastifyInstance;
  /** Everything asked of the use cases that may change something. */
  granted: readonly Granted[];
  logged: readonly Logged[];
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: RequestInit['body'], init?: RequestInit): Promise<Response>;
  /** As a reader does: opens the confirm page, and sends its form with these choices. */
  press(action: string, choices?: Readonly<Record<string, string>>): Promise<Response>;
}>;

const refuse = async (): Promise<never> => {
  throw new Error('the test does not expect this call');
};

/** Nobody connects an account. */
export const noConnecting: Connecting = {
  invitation: refuse,
  begin: refuse,
  finish: refuse,
  answer: refuse,
  beginDevice: refuse,
  awaitDevice: refuse,
  invite: refuse,
};

/** Nobody asks the API. */
const noApi: ServerOptions['api'] = {
  application: {} as ServerOptions['api']['application'],
  checkKey: async () => null,
  alertRules: () => ({ ok: false, problems: [] }),
  rules: () => ({ now: NOW, cronProblem: () => null }),
  clock: { now: () => NOW, sleep: refuse },
  uses: { count: refuse },
  writes: { begin: refuse, finish: refuse, forget: refuse },
  version: '0.0.0',
  requestsPerMinute: 0,
  embedLinks: { ownPage: () => '', guestPage: () => '', badge: () => '' },
  checkBadge: () => 'invalid',
};

const forms = createFormTokens({ linkKeys: [new Uint8Array(32)] });

/**
 * A listening server; the token `good` opens the page that is given, `guest` shows it to somebody else, `old` has expired,
 * others are invalid.
 */
export async function startOwnerServer({ owner = {}, connect = {}, ...given }: GivenServer = {}): Promise<OwnerServer> {
  const granted: Granted[] = [];
  const logged: Logged[] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const server = createServer({
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    publicUrl: 'http://localhost:8080',
    trustedProxies: [],
    api: noApi,
    dashboard: { signIn: { exchange: refuse, viewerOf: refuse }, sessionKeys: [new Uint8Array(32)] },
    metrics: null,
    isUnavailable: () => false,
    isAlive: () => true,
    hasPages: true,
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    verifyLink: async (token) => {
      const holder = { tenantId: 'tenant-1', contactId: 'contact-1' };
      if (token === 'good' || token === 'guest') return { kind: 'valid', ...holder, isGuest: token === 'guest' };
      return token === 'old' ? { kind: 'expired', ...holder, isGuest: false } : { kind: 'invalid' };
    },
    owner: {
      page: async () => anOwnerPage(),
      request: async (viewer, wish) => {
        granted.push({ viewer, wish });
        return outcomeOf(wish);
      },
      checkNow: async (viewer) => {
        granted.push({ viewer, wish: 'check' });
        return 'works_so_far';
      },
      ...owner,
    },
    connect: {
      connecting: noConnecting,
      verifyConnectLink: async () => ({ kind: 'invalid' }),
      seal: () => '',
      unseal: () => null,
      now: () => NOW,
      ownPage: () => '',
      authUrl: 'https://authorize.example',
      ...connect,
    },
    signal: new AbortController().signal,
    signForm: (form) => forms.sign(form, NOW),
    verifyForm: (token, form) => forms.verify(token, form, NOW),
    forwardLink: () => 'https://watch.example.com/o/guest',
    repairSteps: (repairs) => [
      'Sign in to Constant Contact.',
      ...repairs.map(({ networkName, account }) => `Reconnect ${networkName} as ${account}.`),
    ],
    reconnectUrl: 'https://app.constantcontact.com',
    brand: aBrand(),
    helpAddress: 'help@linkwatch.example',
    recheckAfterMs: 15 * 60_000,
    ...given,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const get = (path: string, init?: RequestInit) => fetch(url + path, init);
  const post = (path: string, body: RequestInit['body'], init?: RequestInit) =>
    fetch(url + path, { redirect: 'manual', ...init, method: 'POST', body: body ?? null });
  return {
    url,
    server,
    granted,
    logged,
    get,
    post,
    press: async (action, choices = {}) => {
      const form = formTokenIn(await (await get(`/o/good/${action}`)).text());
      return await post(`/o/good/${action}`, new URLSearchParams({ form, ...choices }));
    },
  };
}

export function formTokenIn(page: string): string {
  return /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** When so many more requests have come, and the handlers that they can reach have begun. */
export async function requestsArrived({ server }: FastifyInstance, count: number): Promise<void> {
  let left = count;
  await new Promise<void>((resolve) => {
    server.on('request', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
}

function outcomeOf(wish: ContactRequest): ContactRequestOutcome {
  switch (wish.kind) {
    case 'snooze':
      return `snoozed_${wish.length}`;
    case 'leave':
      return wish.as;
    case 'return':
      return 'returned';
    case 'prefer':
      return 'preferred';
  }
}
