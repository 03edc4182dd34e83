import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { Digest } from '../../../src/domain/model/digest.ts';
import type { HeldReason } from '../../../src/domain/model/reasons.ts';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { digestRules, heldSection } from '../../../src/domain/notification/digest-rules.ts';
import type { DigestSections, Stores } from '../../../src/monitoring/ports.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  aFault,
  aHold,
  aNotification,
  anOperatorNotification,
  anUnstorableNotification,
  anUpdate,
  aTenant,
  aTopic,
  type GivenIncident,
  type GivenNotification,
  NOW,
} from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { patchTenant, removeTenant, storeOperatorMail } from '../../support/store-records.ts';

const context = { now: NOW, escalateAfterMs: 3 * DAY_MS, checkFailedAfterMs: DAY_MS, faults: [] };
const longAgo = NOW - 3 * DAY_MS;

export function digestBookContract(fresh: FreshStore): void {
  describe('the book of digests', () => {
    it('writes a day once, with its mail', async () => {
      const { digests, mail } = await fresh();
      expect(await digests.isWritten('2026-01-15')).toBe(false);
      expect(await digests.write('2026-01-15', NOW, [anOperatorNotification({ id: 'first' })])).toBe(true);
      expect(await digests.write('2026-01-15', NOW, [anOperatorNotification({ id: 'second' })])).toBe(false);
      expect(await digests.isWritten('2026-01-15')).toBe(true);
      expect(await digests.isWritten('2026-01-16')).toBe(false);
      expect(await mail.find('first')).not.toBeNull();
      expect(await mail.find('second')).toBeNull();
    });

    it('lets one of two write it at the same moment', async () => {
      const { digests, outbox } = await fresh();
      const written = await Promise.all(
        ['a', 'b'].map((id) => digests.write('2026-01-15', NOW, [anOperatorNotification({ id })])),
      );
      expect(written.toSorted()).toEqual([false, true]);
      expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
    });

    it('is not written when its mail cannot be', async () => {
      const { digests } = await fresh();
      const mail = [anUnstorableNotification()];
      await expect(digests.write('2026-01-15', NOW, mail)).rejects.toThrow(/foreign key constraint/i);
      expect(await digests.isWritten('2026-01-15')).toBe(false);
    });
  });

  describe('what the digest tells', () => {
    it('is nothing when all is well', async () => {
      const store = await storeWith(fresh, [{ id: 'a', accounts: [{}] }]);
      const nothing = { items: [], total: 0 };
      expect(await store.digests.read(digestRules({ ...context, holds: [] }), 10)).toEqual({
        stillBroken: nothing,
        accessLost: nothing,
        unreachable: nothing,
        failing: nothing,
        checksFailing: nothing,
        unsettled: nothing,
        mailFailed: nothing,
        held: { byFleetHold: new Map(), byBrake: 0, byRestored: 0, byCommand: 0, byCommandSince: null },
      });
    });

    it('is who is still broken: whom nobody reacted to first, then the longest', async () => {
      const broken = { confirmedAt: longAgo, openedAt: longAgo - HOUR_MS };
      const store = await storeWith(fresh, [
        { id: 'a', accounts: [{ incident: { ...broken, acknowledgedAt: NOW } }] },
        { id: 'b', accounts: [{ incident: broken }] },
        { id: 'c', accounts: [{ incident: { ...broken, confirmedAt: longAgo - 1 } }, { incident: broken }] },
        {
          id: 'snoozed',
          accounts: [{ incident: { ...broken, acknowledgedAt: NOW - 1, reminders: { snoozedUntil: NOW + 1 } } }],
        },
        { id: 'awake', accounts: [{ incident: { ...broken, acknowledgedAt: NOW, reminders: { snoozedUntil: NOW } } }] },
        { id: 'late', accounts: [{ incident: { ...broken, confirmedAt: longAgo + 1 } }] },
        { id: 'suspect', accounts: [{ incident: { ...broken, confirmedAt: null, state: 'suspected' } }] },
        { id: 'recovering', accounts: [{ incident: { ...broken, state: 'recovering' } }] },
        { id: 'closed', accounts: [{ incident: { ...broken, state: 'closed', closedAt: NOW } }] },
        { id: 'waits', accounts: [{ incident: { ...broken, confirmation: { certainAction: 'wait' } } }] },
        { id: 'access', incidents: [{ ...broken, connectionId: null }] },
        { id: 'paused', state: 'paused', accounts: [{ incident: broken }] },
        { id: 'removed', isRemoved: true, accounts: [{ incident: broken }] },
      ]);
      const { items, total } = await sectionOf(store, 'stillBroken');
      expect(total).toBe(6);
      expect(items.map(({ tenantId, reaction }) => `${tenantId} ${reaction}`)).toEqual([
        'c none',
        'b none',
        'c none',
        'snoozed snoozed',
        'a acknowledged',
        'awake acknowledged',
      ]);
      expect((await sectionOf(store, 'stillBroken', 2)).items).toEqual(items.slice(0, 2));
      expect(await sectionOf(store, 'stillBroken', 2)).toMatchObject({ total: 6 });
    });

    it('says of each what is broken, since when, and when its owner was told', async () => {
      const told = { action: 'reconnect', at: NOW - DAY_MS, conversationId: 'c' } as const;
      const incident = {
        confirmedAt: longAgo,
        openedAt: longAgo - 1,
        confirmation: { certainAction: 'choose_profile' },
        alerting: { lastAlert: told },
      } as const;
      const store = await storeWith(fresh, [
        { id: 'a', name: 'Zoë’s', accounts: [{ incident }, { displayName: null, incident: { confirmedAt: longAgo } }] },
      ]);
      const line = { tenantId: 'a', tenantName: 'Zoë’s', network: 'facebook', reaction: 'none' };
      expect((await sectionOf(store, 'stillBroken')).items).toEqual([
        { ...line, account: "Jane's Bakery", action: 'choose_profile', since: longAgo - 1, toldAt: NOW - DAY_MS },
        { ...line, account: 'a-1', action: 'reconnect', since: NOW, toldAt: null },
      ]);
    });

    it('is whose account we may no longer look at, the longest first', async () => {
      const lost = { connectionId: null, action: 'reauthorize' } as const;
      const store = await storeWith(fresh, [
        { id: 'b', incidents: [{ ...lost, openedAt: NOW }] },
        { id: 'a', baselinedAt: NOW, incidents: [{ ...lost, openedAt: NOW, action: 'privileges' }] },
        { id: 'c', incidents: [{ ...lost, openedAt: NOW - 1 }] },
        { id: 'suspect', incidents: [{ ...lost, state: 'suspected' }] },
        { id: 'back', incidents: [{ ...lost, state: 'recovering' }] },
        { id: 'about-an-account', accounts: [{ incident: {} }] },
        { id: 'paused', state: 'paused', incidents: [lost] },
        { id: 'removed', isRemoved: true, incidents: [lost] },
      ]);
      expect(await sectionOf(store, 'accessLost', 2)).toEqual({
        items: [
          { tenantId: 'c', tenantName: 'c', action: 'reauthorize', since: NOW - 1, hasNeverWorked: true },
          { tenantId: 'a', tenantName: 'a', action: 'privileges', since: NOW, hasNeverWorked: false },
        ],
        total: 3,
      });
    });

    it('is whom mail does not reach, and whoever is missing where nobody is left', async () => {
      const store = await storeWith(fresh, [
        { id: 'b', contacts: [{ state: 'undeliverable' }, { role: 'cc' }] },
        { id: 'a', contacts: [{ state: 'unsubscribed' }, { state: 'not_mine', role: 'cc' }] },
        { id: 'somebody-left', contacts: [{ state: 'unsubscribed' }, { role: 'cc' }] },
        { id: 'nobody-named' },
        { id: 'paused', state: 'paused', contacts: [{ state: 'undeliverable' }] },
        { id: 'removed', isRemoved: true, contacts: [{ state: 'undeliverable' }] },
        { id: 'renamed', contacts: [{ state: 'undeliverable' }] },
      ]);
      await patchTenant(store, 'renamed', { owner: 'new@renamed.example' });
      const line = (tenantId: string) => ({ tenantId, tenantName: tenantId });
      const all = [
        { ...line('a'), email: '0@a.example', why: 'unsubscribed' },
        { ...line('a'), email: '1@a.example', why: 'not_mine' },
        { ...line('b'), email: '0@b.example', why: 'undeliverable' },
      ];
      expect(await sectionOf(store, 'unreachable')).toEqual({ items: all, total: 3 });
      expect(await sectionOf(store, 'unreachable', 1)).toEqual({ items: all.slice(0, 1), total: 3 });
    });

    describe('of tenants whose polls fail', () => {
      const failing = (kind: NonNullable<Tenant['failing']>['kind'], since = NOW - DAY_MS) => ({
        failing: { kind, since },
      });
      const tenants: readonly Given[] = [
        { id: 'b', ...failing('server') },
        { id: 'a', ...failing('timeout') },
        { id: 'c', ...failing('invalid_client', NOW - DAY_MS - 1) },
        { id: 'shorter', ...failing('server', NOW - DAY_MS + 1) },
        { id: 'access', ...failing('forbidden') },
        { id: 'well' },
        { id: 'paused', state: 'paused', ...failing('server') },
        { id: 'removed', isRemoved: true, ...failing('server') },
      ];

      it('names those that have for a day, the longest first', async () => {
        const store = await storeWith(fresh, tenants);
        expect(await sectionOf(store, 'failing', 2)).toEqual({
          items: [
            { tenantId: 'c', tenantName: 'c', kind: 'invalid_client', since: NOW - DAY_MS - 1 },
            { tenantId: 'a', tenantName: 'a', kind: 'timeout', since: NOW - DAY_MS },
          ],
          total: 3,
        });
      });

      it('names none of them when an outage explains them all', async () => {
        const store = await storeWith(fresh, tenants);
        const rules = digestRules({ ...context, holds: [], faults: [aFault({ confirmedAt: NOW })] });
        expect((await store.digests.read(rules, 10)).failing).toEqual({ items: [], total: 0 });
      });
    });

    it('is what the network has not answered for in a day, the longest first', async () => {
      const since = NOW - DAY_MS;
      const unanswered = { checkFailedSince: since };
      const store = await storeWith(fresh, [
        { id: 'b', accounts: [unanswered] },
        { id: 'a', accounts: [{ ...unanswered, displayName: null }] },
        { id: 'c', accounts: [{ checkFailedSince: since - 1 }] },
        { id: 'shorter', accounts: [{ checkFailedSince: since + 1 }] },
        { id: 'told-as-invalid', accounts: [{ ...unanswered, checkFailedInvalidSince: since }] },
        { id: 'gone', accounts: [{ ...unanswered, removedAt: NOW }] },
        { id: 'paused', state: 'paused', accounts: [unanswered] },
        { id: 'removed', isRemoved: true, accounts: [unanswered] },
      ]);
      expect(await sectionOf(store, 'checksFailing', 2)).toEqual({
        items: [
          { tenantId: 'c', tenantName: 'c', network: 'facebook', account: "Jane's Bakery", since: since - 1 },
          { tenantId: 'a', tenantName: 'a', network: 'facebook', account: 'a-0', since },
        ],
        total: 3,
      });
    });

    it('is what was suspected six times within a day for nothing, the most often first', async () => {
      const dismissed = (times: number, given: GivenIncident = {}): readonly GivenIncident[] =>
        Array.from({ length: times }, () => ({
          state: 'closed',
          closeReason: 'not_confirmed',
          openedAt: NOW - DAY_MS,
          closedAt: NOW - DAY_MS,
          ...given,
        }));
      const about = (incidents: readonly GivenIncident[]) => ({ accounts: [{}], incidents });
      const store = await storeWith(fresh, [
        { id: 'b', ...about(dismissed(6)) },
        { id: 'a', ...about(dismissed(6)) },
        { id: 'c', ...about(dismissed(7)) },
        { id: 'five', ...about([...dismissed(5), ...dismissed(1, { closedAt: NOW - DAY_MS - 1 })]) },
        { id: 'repaired', ...about(dismissed(6, { closeReason: 'recovered' })) },
        { id: 'access', incidents: dismissed(6, { connectionId: null }) },
        { id: 'paused', state: 'paused', ...about(dismissed(6)) },
        { id: 'removed', isRemoved: true, ...about(dismissed(6)) },
      ]);
      const line = (tenantId: string) => ({
        tenantId,
        tenantName: tenantId,
        network: 'facebook',
        account: "Jane's Bakery",
      });
      const all = [
        { ...line('c'), suspicions: 7 },
        { ...line('a'), suspicions: 6 },
        { ...line('b'), suspicions: 6 },
      ];
      expect(await sectionOf(store, 'unsettled')).toEqual({ items: all, total: 3 });
      expect(await sectionOf(store, 'unsettled', 1)).toEqual({ items: all.slice(0, 1), total: 3 });
    });

    it('is what mail of the last day failed for good, the latest first', async () => {
      const failed = { state: 'failed', reason: 'refused', response: '554 no', lastAttemptAt: NOW - DAY_MS } as const;
      const store = await storeWith(fresh, [
        { id: 'b', mail: [failed] },
        { id: 'a', mail: [{ ...failed, kind: 'reminder', response: null }] },
        { id: 'c', mail: [{ ...failed, lastAttemptAt: NOW }] },
        { id: 'earlier', mail: [{ ...failed, lastAttemptAt: NOW - DAY_MS - 1 }] },
        { id: 'sent', mail: [{ ...failed, state: 'sent' }] },
        { id: 'paused', state: 'paused', mail: [failed] },
        { id: 'removed', isRemoved: true, mail: [failed] },
      ]);
      await storeOperatorMail(store, anOperatorNotification({ ...failed, id: 'of-nobody' }));
      const line = { to: 'jane@bakery.example', kind: 'alert', reason: 'refused', response: '554 no' };
      expect(await sectionOf(store, 'mailFailed', 2)).toEqual({
        items: [
          { tenantId: 'c', tenantName: 'c', ...line },
          { tenantId: 'a', tenantName: 'a', ...line, kind: 'reminder', response: null },
        ],
        total: 3,
      });
    });

    it('is what is kept back, hold by hold, and how many mails', async () => {
      const held = (reason: HeldReason) => ({ state: 'held', reason }) as const;
      const incident = { alerting: { heldBy: 'fleet' } };
      const store = await storeWith(fresh, [
        { id: 'a', accounts: [{ incident }, { incident }], mail: [{ ...held('held_fleet'), about: ['a-0', 'a-1'] }] },
        { id: 'b', accounts: [{ incident }], mail: [{ ...held('held_fleet'), about: ['b-0'] }] },
        { id: 'c', mail: [held('held_brake'), held('held_by_command'), { state: 'pending' }] },
        { id: 'd', mail: [held('held_restored'), held('held_restored')] },
      ]);
      const fleet = aHold({ id: 'fleet' });
      const brake = aHold({ id: 'brake', cause: { kind: 'brake' }, beganAt: NOW - HOUR_MS });
      const restored = aHold({ id: 'restored', cause: { kind: 'restored' }, beganAt: NOW - 2 * HOUR_MS });
      for (const hold of [fleet, brake, restored]) await store.holds.begin(hold, []);
      const lines = [
        { cause: restored.cause, since: NOW - 2 * HOUR_MS, mails: 2 },
        { cause: brake.cause, since: NOW - HOUR_MS, mails: 1 },
        { cause: fleet.cause, since: NOW, mails: 2 },
      ];
      const byCommand = { cause: { kind: 'command' }, since: NOW, mails: 1 };
      expect(await heldOf(store)).toEqual({ items: [...lines, byCommand], total: 4 });
      await store.holds.begin(aHold({ id: 'x', cause: { kind: 'command' }, beganAt: NOW + 1 }), []);
      expect((await heldOf(store)).items).toEqual([...lines, { ...byCommand, since: NOW + 1 }]);
      await store.holds.end({ ...fleet, endedAt: NOW, endReason: 'released' }, []);
      expect(await heldOf(store)).toMatchObject({ total: 3 });
    });
  });
}

type Section = Exclude<keyof Digest, 'quota' | 'held'>;

async function sectionOf<Name extends Section>(
  { digests }: Stores,
  name: Name,
  lines = 10,
): Promise<DigestSections[Name]> {
  return (await digests.read(digestRules({ ...context, holds: [] }), lines))[name];
}

async function heldOf({ digests, holds }: Stores): Promise<Digest['held']> {
  const active = await holds.active();
  return heldSection(active, [], (await digests.read(digestRules({ ...context, holds: active }), 10)).held);
}

type Account = Partial<Connection> & Readonly<{ incident?: GivenIncident }>;
type Mail = GivenNotification & Readonly<{ about?: readonly string[] }>;
type Given = Partial<Tenant> &
  Readonly<{
    id: string;
    isRemoved?: boolean;
    contacts?: readonly Partial<Contact>[];
    accounts?: readonly Account[];
    /** About the first account, unless they say otherwise. */
    incidents?: readonly GivenIncident[];
    mail?: readonly Mail[];
  }>;

async function storeWith(fresh: FreshStore, given: readonly Given[]): Promise<Stores> {
  const store = await fresh();
  for (const { isRemoved, contacts = [], accounts = [], incidents = [], mail = [], ...fields } of given) {
    const tenant = aTenant({ name: fields.id, ...fields });
    const { id: tenantId } = tenant;
    const named = contacts.map((one, n) =>
      aContact({ id: `${tenantId}-${n}`, tenantId, email: `${n}@${tenantId}.example`, ...one }),
    );
    await store.tenants.add([{ tenant, contacts: named, grant: null }]);
    const update = anUpdate({ tenantId, ...rowsOf(tenantId, { accounts, incidents, mail }) });
    await store.records.change([tenantId], () => ({ updates: [update], result: null }));
    if (isRemoved) await removeTenant(store, tenantId);
  }
  return store;
}

function rowsOf(tenantId: string, given: Required<Pick<Given, 'accounts' | 'incidents' | 'mail'>>) {
  const idOf = (n: number) => `${tenantId}-${n}`;
  const connections = given.accounts.map(({ incident: _, ...one }, n) =>
    aConnection({ id: idOf(n), tenantId, accountId: idOf(n), period: null, ...one }),
  );
  const troubles = given.accounts.flatMap(({ incident }, n) =>
    incident === undefined ? [] : [aConfirmedIncident({ id: idOf(n), tenantId, connectionId: idOf(n), ...incident })],
  );
  const others = given.incidents.map((one, n) =>
    aConfirmedIncident({ id: `${tenantId}-other-${n}`, tenantId, connectionId: idOf(0), ...one }),
  );
  const notifications = given.mail.map(({ about = [], ...one }, n) =>
    aNotification({
      id: `${tenantId}-mail-${n}`,
      tenantId,
      contactId: null,
      topics: about.map((incidentId) => aTopic({ incidentId })),
      ...one,
    }),
  );
  return { connections, incidents: [...troubles, ...others], notifications };
}
