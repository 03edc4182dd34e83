import type { FastifyInstance } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Config } from '../config/config.ts';
import { DAY_MS } from '../domain/model/time.ts';
import { cronProblem } from '../domain/polling/schedule.ts';
import { createServer, type ServerOptions } from '../http/create-server.ts';
import type { FigureReaders } from '../http/metrics/create-metrics.ts';
import { stepsFor } from '../mail/reconnect-steps.ts';
import type { Application } from '../monitoring/application.ts';
import type { CheckKey } from '../monitoring/keys/check-key.ts';
import type { SignIn } from '../monitoring/keys/sign-in.ts';
import type { Configured } from '../monitoring/ports.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';
import { isUnavailable } from '../store/is-unavailable.ts';
import type { Adapters } from './adapters.ts';

type Served = Pick<ServerOptions, 'signal' | 'readiness' | 'isAlive' | 'hasPages'> &
  FigureReaders &
  Pick<Configured, 'alertRules'> &
  Readonly<{ application: Application; checkKey: CheckKey; signIn: SignIn }>;

/** The one HTTP server, with the use cases that its pages ask and the parts that its pages are made of. */
export function openHttpServer(
  config: Config,
  adapters: Adapters,
  { application, checkKey, signIn, readFigures, monitor, alertRules, ...served }: Served,
): FastifyInstance {
  const { links, badgeLinks, connectLinks, forms, reconnectSteps, clock, log, stores } = adapters;
  const { replyTo, from, reconnectUrl } = config.mail;
  const today = () => Math.floor(clock.now() / DAY_MS) * DAY_MS;
  return createServer({
    ...served,
    owner: application.owner,
    log,
    publicUrl: config.http.publicUrl,
    trustedProxies: config.http.trustedProxies,
    api: {
      application,
      checkKey,
      alertRules,
      clock,
      uses: stores.apiUses,
      writes: stores.apiWrites,
      version: packageJson.version,
      requestsPerMinute: config.http.apiRequestsPerMinute,
      rules: () => ({ now: clock.now(), cronProblem }),
      embedLinks: {
        ownPage: (holder) => links.ownerLinks(holder, today()).page,
        guestPage: (holder) => links.ownerLinks(holder, today()).forward,
        badge: (tenantId) => badgeLinks.urlFor(tenantId, today()),
      },
      checkBadge: (given) => badgeLinks.check(given, clock.now()),
    },
    dashboard: { signIn, sessionKeys: adapters.sessionKeys },
    metrics: metricsOf(adapters, { readFigures, monitor, checkKey }),
    isUnavailable,
    verifyLink: (token) => links.verify(token, clock.now()),
    connect: {
      connecting: application.connecting,
      verifyConnectLink: (token) => connectLinks.verify(token, clock.now()),
      seal: connectLinks.seal,
      unseal: (text) => connectLinks.unseal(text, clock.now()),
      now: clock.now,
      ownPage: (holder) => links.ownerLinks(holder, clock.now()).page,
      authUrl: config.constantContact.authUrl,
    },
    signForm: (form) => forms.sign(form, clock.now()),
    verifyForm: (token, form) => forms.verify(token, form, clock.now()),
    forwardLink: (holder) => links.ownerLinks(holder, clock.now()).forward,
    repairSteps: (repairs, say) => stepsFor(repairs, reconnectSteps, say),
    reconnectUrl,
    brand: config.brand,
    // Never the operator's own address: owners know the sender's.
    helpAddress: replyTo?.address ?? from?.address ?? '',
    recheckAfterMs: config.alerts.recheckAfterMs,
  });
}

function metricsOf(
  { metrics, clock }: Adapters,
  { checkKey, ...readers }: FigureReaders & Pick<Served, 'checkKey'>,
): ServerOptions['metrics'] {
  if (metrics === null) return null;
  return { checkKey, contentType: metrics.contentType, write: () => metrics.write(readers, clock) };
}

/**
 * Connections that the system keeps until they are accepted. With few, a crowd of readers would turn health checks
 * away.
 */
const BACKLOG = 2_048;

/** The address on which the server listens from now on. */
export async function listen(server: FastifyInstance, { http: { host, port } }: Config): Promise<string> {
  try {
    return await server.listen({ host, port, backlog: BACKLOG });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const hint = LISTEN_HINTS[code] ?? 'Set HTTP_HOST and HTTP_PORT to where it may listen.';
    throw new UserFacingError(`Linkwatch cannot listen on HTTP_HOST ${host}, HTTP_PORT ${port}`, hint, { cause });
  }
}

const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program has that port, perhaps another Linkwatch. Set HTTP_PORT to a free one; 0 takes any.',
  EADDRNOTAVAIL: 'This machine has no such address. Set HTTP_HOST to one of its own; 0.0.0.0 is all of them.',
  EACCES: 'This user may not listen there. Set HTTP_PORT to one above 1023.',
};
