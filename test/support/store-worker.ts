/** Another process of Linkwatch, for `startProcesses`: says that it is ready, does what it is told, tells what it got. */
import { isHeldUntil } from '../../src/domain/model/lease.ts';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { reserveSlots } from '../../src/domain/polling/request-rate.ts';
import { type OpenStores, openStores } from '../../src/store/open-stores.ts';
import { aFault, aHold, anOperatorNotification, anUpdate, NOW } from './builders.ts';
import { encryption } from './store-fixtures.ts';

const ROUNDS = 40;
const me = `process-${process.pid}`;

const DUE = { applicationId: null, which: 'due' } as const;
const KEY = { key: 'key-1', perDay: 500, reserveShare: 0.1 };

const actions: Record<string, (store: OpenStores) => Promise<unknown>> = {
  migrate: (store) => store.migrate(),

  /** Each time reads a tenant and writes what it read plus one. */
  count: async ({ records }) => {
    for (let n = 0; n < ROUNDS; n += 1) {
      await records.change(['tenant-2', 'tenant-1'], (records) => ({
        updates: records.map(({ tenant }) =>
          anUpdate({ tenantId: tenant.id, tenant: { ...tenant, intervalMs: tenant.intervalMs + 1 } }),
        ),
        result: null,
      }));
    }
  },

  claimDue: async ({ polls }) => {
    const claimed: string[] = [];
    for (;;) {
      const ids = await polls.claimDueTenants({ now: NOW, holder: me, leaseMs: MINUTE_MS, limit: 3, ...DUE });
      if (ids.length === 0) return claimed;
      claimed.push(...ids);
    }
  },

  /** The mails that it may send while no more than twenty go out within the hour; others send at the same time. */
  sendWithinBrake: async ({ records }) => {
    const sent: string[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      // Each begins elsewhere, so that no tenant's lock puts them in a row.
      const tenantId = `tenant-${(n + 13 * process.pid) % ROUNDS}`;
      const isSent = await records.change(
        [tenantId],
        ([record], leaseNow, mailSent) => {
          const [mail] = record?.notifications ?? [];
          if (mail?.state !== 'pending' || isHeldUntil(mail.leaseUntil, leaseNow) || mailSent >= 20) {
            return { updates: [], result: false };
          }
          const notifications = [{ ...mail, leaseUntil: leaseNow + MINUTE_MS }];
          return { updates: [anUpdate({ tenantId, notifications })], result: true };
        },
        { mailSentSince: NOW },
      );
      if (isSent) sent.push(tenantId);
    }
    return sent;
  },

  claimMail: async ({ operatorMail }) => (await operatorMail.claim('operator-notification-1', MINUTE_MS)) !== null,

  beginHold: ({ holds }) => holds.begin(aHold({ id: me }), [anOperatorNotification({ id: me })]),

  endHold: ({ holds }) =>
    holds.end(aHold({ endedAt: NOW, endReason: 'released' }), [anOperatorNotification({ id: me })]),

  beginFault: ({ faults }) => faults.save(null, aFault({ id: me }), [anOperatorNotification({ id: me })]),

  endFault: ({ faults }) => faults.save(aFault(), aFault({ endedAt: NOW }), [anOperatorNotification({ id: me })]),

  writeDigest: ({ digests }) => digests.write('2026-01-15', NOW, [anOperatorNotification({ id: me })]),

  lockRefresh: ({ grants }) => grants.lockRefresh({ tenantId: 'tenant-1', holder: me, leaseMs: MINUTE_MS }),

  /** The slots that it got. An attempt that another process won gives none. */
  reserveSlots: async ({ rates }) => {
    const id = { key: 'key-1', endpoint: 'api' } as const;
    const slots: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) {
      const { now, ...rate } = await rates.read(id);
      const reservation = reserveSlots(rate, { now, perSecond: 100, wanted: 2, delayMs: 0 });
      if (reservation.kind !== 'reserved') throw new Error(`expected slots, got ${reservation.kind}`);
      if (await rates.replace(id, rate, reservation.rate)) slots.push(...reservation.slots);
    }
    return slots;
  },

  /** What it was told after each time that it counted three requests of one API key. */
  countUses: async ({ apiUses }) => {
    const counts: number[] = [];
    for (let n = 0; n < ROUNDS; n += 1) counts.push(await apiUses.count('key-1', NOW, 3));
    return counts;
  },

  /** Whether it is the one that does the write. */
  beginWrite: async ({ apiWrites }) => (await apiWrites.begin({ id: 'key-1 write', request: 'sha' }, NOW)) === null,

  reserve: async ({ quota }) => {
    let granted = 0;
    for (let n = 0; n < ROUNDS; n += 1) {
      granted += await quota.reserve(KEY, { count: 7, purpose: 'priority', now: NOW });
    }
    return granted;
  },
};

const [url = ''] = process.argv.slice(2);
const store = openStores({ databaseUrl: url, encryption });

process.on('message', async (action: string) => {
  const act = actions[action];
  if (act === undefined) throw new Error(`Unknown action ${action}`);
  process.send?.({ result: await act(store) });
});
process.on('disconnect', () => store.close());
process.send?.('ready');
