import { configuredBy, madeVariables } from '../../../src/cli/configuration.ts';
import type { KeyRole } from '../../../src/domain/model/api-key.ts';
import { createBadgeLinks } from '../../../src/mail/badge-links.ts';
import type { Application } from '../../../src/monitoring/application.ts';
import { createCheckKey } from '../../../src/monitoring/keys/check-key.ts';
import { createSignIn } from '../../../src/monitoring/keys/sign-in.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { completeEnv } from '../../support/config-environment.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import type { World } from '../../support/use-case-world.ts';
import { type GivenServer, type OwnerServer, startOwnerServer } from './owner-server.ts';

export type Asked = Readonly<{
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  body?: unknown;
  key?: string | null;
  headers?: Readonly<Record<string, string>>;
}>;

export type ApiServer = Pick<OwnerServer, 'url' | 'server' | 'logged'> &
  Readonly<{
    world: World;
    /** With an `admin` key of all tenants, unless another one is given. */
    ask(path: string, asked?: Asked): Promise<Response>;
    /** The body of an answer that is a success. */
    json<Answer>(path: string, asked?: Asked): Promise<Answer>;
    newKey(role: KeyRole, options?: Readonly<{ tenantId?: string; expiresAt?: number }>): Promise<string>;
  }>;

const PUBLIC_URL = 'https://watch.example.com';
const badges = createBadgeLinks({ publicUrl: PUBLIC_URL, linkKeys: [new Uint8Array(32)] });
type ApiServerOptions = Readonly<{
  tenants?: readonly string[];
  requestsPerMinute?: number;
  /** In place of the two tenants. */
  world?: World;
  /** The application that is asked, in place of the world's own. */
  wrap?: (app: Application) => Application;
  server?: Pick<GivenServer, 'publicUrl' | 'trustedProxies' | 'isUnavailable'>;
}>;

/** A listening server over a world of two tenants, `bakery` and `mill`, each with a broken connection and its alert. */
export async function startApiServer({
  tenants = ['bakery', 'mill'],
  ...options
}: ApiServerOptions = {}): Promise<ApiServer> {
  const world = options.world ?? (await withAlertsDue(tenants));
  const { app, clock, ports, store } = world;
  const application = options.wrap?.(app) ?? app;
  const opened = await startOwnerServer({
    dashboard: { signIn: createSignIn(ports), sessionKeys: [new Uint8Array(32)] },
    ...options.server,
    api: {
      application,
      clock,
      uses: store.apiUses,
      writes: store.apiWrites,
      version: '1.2.3',
      checkKey: createCheckKey(ports),
      alertRules: configuredBy(madeVariables(completeEnv)).alertRules,
      rules: () => ({ now: clock.now(), cronProblem: (text) => (text === '0 * * * *' ? null : 'it is no schedule') }),
      requestsPerMinute: options.requestsPerMinute ?? 0,
      embedLinks: {
        ownPage: ({ contactId }) => `${PUBLIC_URL}/o/own-page-of-${contactId}`,
        guestPage: ({ contactId }) => `${PUBLIC_URL}/o/guest-page-of-${contactId}`,
        badge: (tenantId) => badges.urlFor(tenantId, clock.now()),
      },
      checkBadge: (given) => badges.check(given, clock.now()),
    },
  });
  const newKey: ApiServer['newKey'] = async (role, key = {}) => {
    const created = await application.apiKeys.create(operator, { role, ...key });
    if (created.outcome !== 'created') throw new Error(`no key: ${created.outcome}`);
    return created.key.key;
  };
  const admin = await newKey('admin');
  const ask: ApiServer['ask'] = async (path, { method = 'GET', key = admin, body, headers = {} } = {}) =>
    await fetch(`${opened.url}${path}`, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const json = async <Answer>(path: string, asked?: Asked): Promise<Answer> => {
    const answer = await ask(path, asked);
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  return { ...opened, world, newKey, ask, json };
}
