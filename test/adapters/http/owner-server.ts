import type { FastifyInstance } from 'fastify';
import { createServer, type ServerOptions } from '../../../src/http/create-server.ts';
import type { OwnerPage } from '../../../src/http/owner-page.ts';
import { NOW } from '../../support/builders.ts';

export type Logged = Readonly<{ level: string; fields: object; message: string }>;

export type OwnerServer = Readonly<{
  url: string;
  server: FastifyInstance;
  /** Everything asked of the use cases that may change something. */
  unsubscribed: readonly Readonly<{ tenantId: string; contactId: string }>[];
  logged: readonly Logged[];
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: RequestInit['body'], init?: RequestInit): Promise<Response>;
}>;

export function anOwnerPage(given: Partial<OwnerPage> = {}): OwnerPage {
  return {
    tenant: { name: "Jane's Bakery", timezone: 'America/New_York', lastGoodPollAt: NOW },
    contact: { email: 'jane@bakery.example', state: 'active' },
    connections: [
      {
        network: 'facebook',
        accountId: '10223344556677889',
        displayName: "Jane's Bakery",
        health: 'broken',
        action: 'reconnect',
        conditions: ['token_invalid'],
        since: NOW,
        isCertain: true,
      },
    ],
    accessProblem: null,
    ...given,
  };
}

/** A listening server; the token `good` opens the page that is given, `old` has expired, others are invalid. */
export async function startOwnerServer(given: Partial<ServerOptions> = {}): Promise<OwnerServer> {
  const unsubscribed: Readonly<{ tenantId: string; contactId: string }>[] = [];
  const logged: Logged[] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push({ level, fields, message });
  const server = createServer({
    log: { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') },
    readiness: async () => ({ ready: true, checks: { database: 'ok' } }),
    verifyLink: async (token) => {
      if (token === 'good') return { kind: 'valid', tenantId: 'tenant-1', contactId: 'contact-1' };
      return { kind: token === 'old' ? 'expired' : 'invalid' };
    },
    readOwnerPage: async () => anOwnerPage(),
    unsubscribe: async (holder) => {
      unsubscribed.push(holder);
      return true;
    },
    repairSteps: ({ networkName }) => ['Sign in to Constant Contact.', `Reconnect ${networkName}.`],
    reconnectUrl: 'https://app.constantcontact.com',
    helpAddress: 'help@linkwatch.example',
    ...given,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    server,
    unsubscribed,
    logged,
    get: (path, init) => fetch(url + path, init),
    post: (path, body, init) => fetch(url + path, { ...init, method: 'POST', body: body ?? null }),
  };
}
