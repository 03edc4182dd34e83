import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import { MINUTE_MS } from '../../domain/model/time.ts';
import type { ApiUseStore, Clock } from '../../monitoring/ports.ts';
import { ApiProblem } from './api-problem.ts';
import { type ApiScope, viewerOf } from './api-scope.ts';

/** In how many steps a process takes a key's requests of a minute from the database, where all processes count. */
const STEPS = 20;

/** `used`: by all processes, when this one last asked; `left`: of what this process has taken. */
type Taken = Readonly<{ minute: number; left: number; used: number }>;

type LimitPorts = Readonly<{ uses: ApiUseStore; clock: Clock; perMinute: number }>;

/** Limits the requests of each API key in a minute, in all processes together; 0 is no limit. */
export async function limitRequests(api: ApiScope, ports: LimitPorts): Promise<void> {
  const { perMinute } = ports;
  if (perMinute === 0) return;
  await api.register(rateLimit, {
    max: perMinute,
    timeWindow: MINUTE_MS,
    hook: 'onRequest',
    enableDraftSpec: true,
    store: storeOver(ports),
    keyGenerator: (request) => viewerOf(request).keyId,
    errorResponseBuilder: (_request, { ttl }) =>
      new ApiProblem(429, `This key may ask ${perMinute} times a minute. Try again in ${Math.ceil(ttl / 1000)} s.`),
  });
}

function storeOver(ports: LimitPorts) {
  const counter = createCounter(ports);
  return class implements FastifyRateLimitStore {
    incr: FastifyRateLimitStore['incr'] = (key, callback) => {
      counter(key).then(
        (result) => callback(null, result),
        (error: Error) => callback(error),
      );
    };
    child = () => this;
  };
}

/**
 * Takes requests in steps, so that most reads of the API cost no write of the database. `current` is more than
 * `perMinute` when nothing is left of the minute.
 */
function createCounter({ uses, clock, perMinute }: LimitPorts) {
  const step = Math.ceil(perMinute / STEPS);
  const taken = new Map<string, Taken>();
  const leftOf = (keyId: string, minute: number) => {
    const own = taken.get(keyId);
    return own?.minute === minute ? own : { minute, left: 0, used: 0 };
  };
  return async (keyId: string): Promise<Readonly<{ current: number; ttl: number }>> => {
    const now = clock.now();
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const before = leftOf(keyId, minute);
    if (before.left === 0 && before.used < perMinute) {
      const used = await uses.count(keyId, minute, step);
      const granted = Math.max(0, step - Math.max(0, used - perMinute));
      taken.set(keyId, { minute, used, left: leftOf(keyId, minute).left + granted });
    }
    const own = leftOf(keyId, minute);
    const ttl = minute + MINUTE_MS - now;
    if (own.left === 0) return { current: perMinute + 1, ttl };
    taken.set(keyId, { ...own, left: own.left - 1 });
    return { current: Math.min(own.used, perMinute) - (own.left - 1), ttl };
  };
}
