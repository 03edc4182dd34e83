import { errorText } from '../../domain/model/error-text.ts';
import { DEFAULT_LOCALE } from '../../domain/model/language.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { CLOSED } from '../../domain/polling/breaker.ts';
import { planRegularPoll } from '../../domain/polling/poll-plan.ts';
import type { Schedule } from '../../domain/polling/schedule.ts';
import { isSameAddress, newContact } from '../../domain/tenants/contact-list.ts';
import { newTenant } from '../../domain/tenants/new-tenant.ts';
import { createAccess } from '../access/keep-access.ts';
import { AS_SCHEDULED } from '../polling/plan-polls.ts';
import type { CanaryState, Stores } from '../ports.ts';
import { silentObserver } from '../silent-observer.ts';
import { createWork, type WorkPorts } from '../work/create-work.ts';
import { CANARY_TENANT, createCanaryUpstreams } from './canary-upstream.ts';

export type Canary = Readonly<{
  /** Does what is due of it. Rejects with what the store throws. */
  run(signal: AbortSignal): Promise<void>;
  /** From what is stored. Makes no database where there is none. */
  state(): Promise<CanaryState>;
}>;

/** `stores` are the canary's own, so that nothing of it is in any other list, count or event. */
export type CanaryPorts = Readonly<{ stores: Stores; email: string; schedule: Schedule }> &
  Pick<WorkPorts, 'clock' | 'log' | 'newId' | 'chance' | 'settings' | 'holder' | 'retriedWrites' | 'openMailer'> &
  Readonly<{
    migrate(): Promise<unknown>;
    /** Null, and nothing made, where the canary has no database yet. */
    migrateExisting(): Promise<unknown>;
  }>;

/** More often than hourly polls, because they cost nothing: the break of the day is noticed soon after midnight UTC. */
export const CANARY_SCHEDULE = '*/10 * * * *';
const KEPT_MS = 30 * 24 * HOUR_MS;

/**
 * A whole Linkwatch with one tenant, over a database of its own: the same rounds, decisions and delivery, the same mail
 * server. Several processes share it as they share the fleet.
 */
export function createCanary(ports: CanaryPorts): Canary {
  const { clock, stores } = ports;
  const lastToldAt = () => readLastTold(stores);
  const work = createCanaryWork(ports, lastToldAt);
  let [isPrepared, isThere] = [false, false];
  let failure: string | null = null;
  let prunedAt = clock.now();

  const runOnce = async (signal: AbortSignal) => {
    if (!isPrepared) await prepare(ports);
    isPrepared = true;
    await work.round('due', { signal });
    await work.deliver({ signal });
    if (clock.now() - prunedAt < HOUR_MS) return;
    prunedAt = clock.now();
    await work.retention({ signal });
  };
  return {
    async run(signal) {
      try {
        await runOnce(signal);
        failure = null;
      } catch (error) {
        failure = errorText(error);
        throw error;
      }
    },
    async state() {
      try {
        if (!isThere) isThere = (await ports.migrateExisting()) !== null;
        if (!isThere) return { since: null, lastSuccessAt: null, failure };
        const [record] = await stores.records.read([CANARY_TENANT]);
        return { since: record?.tenant.createdAt ?? null, lastSuccessAt: await lastToldAt(), failure };
      } catch (error) {
        const reason = errorText(error);
        return { since: null, lastSuccessAt: null, failure: failure ?? reason };
      }
    },
  };
}

async function readLastTold({ mail }: Pick<Stores, 'mail'>): Promise<Instant | null> {
  const query = { tenantId: CANARY_TENANT, state: 'sent', kind: 'alert', cursor: null, limit: 1 } as const;
  return (await mail.list(query)).items[0]?.sentAt ?? null;
}

/** Nobody is to be sent the canary's events. */
const NO_WEBHOOKS: WorkPorts['webhookSender'] = {
  send: () => Promise.reject(new Error('the canary has no webhooks')),
  newSecret: () => '',
  problemOf: () => 'the canary has no webhooks',
};

/** What answers is within this process. */
const NO_BREAKER: WorkPorts['breaker'] = { read: async () => CLOSED, hear: async () => undefined };

function createCanaryWork({ stores, schedule, ...ports }: CanaryPorts, lastToldAt: () => Promise<Instant | null>) {
  const { clock, log, newId, retriedWrites } = ports;
  const upstreams = createCanaryUpstreams({ records: stores.records, clock, lastToldAt });
  const refreshing = { upstreams, requestTimeoutMs: MINUTE_MS, newHolder: newId };
  return createWork({
    ...stores,
    ...ports,
    upstreams,
    access: createAccess({ ...stores, clock, log, retriedWrites, ...refreshing }),
    // A break a day is what it is for.
    settings: { ...ports.settings, flapChanges: Number.MAX_SAFE_INTEGER, remindAfterMs: [] },
    observer: silentObserver,
    webhookSender: NO_WEBHOOKS,
    operatorEmail: null,
    pollConcurrency: 1,
    breaker: NO_BREAKER,
    queue: null,
    readPollPlan: async () => (tenant, at) =>
      planRegularPoll(tenant, at, { schedule, spread: false, stretch: AS_SCHEDULED }),
    readDemand: async () => ({ askedPerDay: 0, stretch: 1 }),
    readShortages: async () => ({ quota: null }),
    digestAtMinute: null,
    hasMailServer: true,
    retentionTimes: { pollsForMs: KEPT_MS, historyForMs: KEPT_MS },
  });
}

/** Makes the canary's tenant, or makes it anew when its address has changed or its contact gets no mail any more. */
async function prepare({ stores, email, clock, newId, migrate }: CanaryPorts): Promise<void> {
  await migrate();
  const [record] = await stores.records.read([CANARY_TENANT]);
  const contact = record?.contacts[0];
  if (contact !== undefined && contact.state === 'active' && isSameAddress(email, contact.email)) return;
  await stores.tenants.erase(CANARY_TENANT);
  const name = {
    id: CANARY_TENANT,
    name: 'Linkwatch’s daily test',
    timezone: 'UTC',
    locale: DEFAULT_LOCALE,
    schedule: null,
  };
  const tenant = newTenant({ ...name, intervalMs: 10 * MINUTE_MS }, 'active', clock.now());
  const grant = { accessToken: null, refreshToken: 'canary', expiresAt: null, lifetimeMs: null };
  const contacts = [newContact({ email, role: 'owner' }, tenant.id, newId)];
  await stores.tenants.add([{ tenant, contacts, grant }]).catch(async (error: unknown) => {
    // Another process may have been faster.
    if ((await stores.records.read([CANARY_TENANT])).length === 0) throw error;
  });
}
