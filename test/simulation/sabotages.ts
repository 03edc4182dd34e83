import { setImmediate } from 'node:timers/promises';
import type { TenantRecord } from '../../src/domain/model/tenant-record.ts';
import type { Mailer, RecordStore, Stores, WebhookSender } from '../../src/monitoring/ports.ts';
import { taken } from '../support/use-case-receivers.ts';
import type { Sabotage } from './simulate.ts';
import type { Score } from './verdict.ts';

const night = { fromMinute: 22 * 60, toMinute: 23 * 60 };

/** Ways to break promises, each with a seed of four days on which the judge has to notice. */
export const sabotages: readonly Readonly<{
  what: string;
  shownAs: keyof Score;
  seed: number;
  sabotage: Sabotage;
}>[] = [
  { what: 'a mailer drops every fourth mail', shownAs: 'missed', seed: 1, sabotage: { mailer: dropping } },
  { what: 'a mailer sends every tenth mail twice', shownAs: 'doubled', seed: 1, sabotage: { mailer: repeating } },
  { what: 'a store loses every tenth change of a tenant', shownAs: 'doubled', seed: 1, sabotage: { stores: losing } },
  { what: 'a store locks nothing', shownAs: 'doubled', seed: 2, sabotage: { stores: withoutLocks } },
  { what: 'a store loses refreshed grants', shownAs: 'false', seed: 1, sabotage: { stores: losingGrants } },
  { what: 'one bad answer is believed', shownAs: 'false', seed: 1, sabotage: { settings: { confirmPolls: 1 } } },
  { what: 'one good answer is believed', shownAs: 'false', seed: 1, sabotage: { settings: { recoveryPolls: 1 } } },
  { what: 'a limit is told of at once', shownAs: 'false', seed: 1, sabotage: { settings: { rateLimitAfterMs: 0 } } },
  { what: 'nobody is reminded', shownAs: 'missed', seed: 1, sabotage: { settings: { remindAfterMs: [] } } },
  { what: 'reminders come at night', shownAs: 'false', seed: 1, sabotage: { settings: { reminderHours: night } } },
  { what: 'every tenth event is lost', shownAs: 'wrong', seed: 1, sabotage: { receivers: deaf } },
];

type AskedSabotage = Readonly<{ what: string; seed: number; sabotage: Sabotage; asks: RegExp }>;

/** The same where people come and go, on ten days each. */
export const peopleSabotages: readonly AskedSabotage[] = [
  {
    what: 'mail goes to whoever has left',
    seed: 5,
    sabotage: { mailer: toWhoeverLeft },
    asks: /^wrong: owner@dentist.example got a alert of dentist/,
  },
  {
    what: 'a new owner gets nothing',
    seed: 5,
    sabotage: { mailer: withoutNewOwners },
    asks: /^missed: .* owner-2@dentist.example had heard nothing/,
  },
  {
    what: 'whoever wants no reminders gets them',
    seed: 4,
    sabotage: { stores: withoutWishes },
    asks: /^false: .* was reminded .* wants no reminders/,
  },
];

/** The same with whole fleets. */
export const fleetSabotages: readonly AskedSabotage[] = [
  {
    what: 'no hold begins',
    seed: 1,
    sabotage: { settings: { fleetMin: 1000 } },
    asks: /was told .* of what all of facebook showed/,
  },
  {
    what: 'what is nobody’s own is taken for flapping',
    seed: 1,
    sabotage: { settings: { flapChanges: 2 } },
    asks: /was told .* that it flaps/,
  },
];

function every(times: number): () => boolean {
  let count = 0;
  return () => ++count % times === 0;
}

function dropping(mailer: Mailer): Mailer {
  const isDropped = every(4);
  const send: Mailer['send'] = async (message, ...rest) =>
    isDropped() ? { outcome: 'accepted', response: '250 Ok' } : await mailer.send(message, ...rest);
  return { ...mailer, send };
}

function repeating(mailer: Mailer): Mailer {
  const isRepeated = every(10);
  const send: Mailer['send'] = async (message, ...rest) => {
    if (isRepeated()) await mailer.send(message, ...rest);
    return await mailer.send(message, ...rest);
  };
  return { ...mailer, send };
}

function toWhoeverLeft(mailer: Mailer): Mailer {
  return { ...mailer, compose: (content) => mailer.compose({ ...content, to: content.to.replace(/-\d+@/, '@') }) };
}

function withoutNewOwners(mailer: Mailer): Mailer {
  const send: Mailer['send'] = async (message, ...rest) =>
    message.to.startsWith('owner-') ? { outcome: 'accepted', response: '250 Ok' } : await mailer.send(message, ...rest);
  return { ...mailer, send };
}

function withoutWishes(stores: Stores): Stores {
  const wishless = (record: TenantRecord): TenantRecord => ({
    ...record,
    contacts: record.contacts.map((contact) => ({ ...contact, wantsReminders: true })),
  });
  const change: RecordStore['change'] = (ids, decide, options) =>
    stores.records.change(ids, (records, ...rest) => decide(records.map(wishless), ...rest), options);
  return { ...stores, records: { ...stores.records, change } };
}

function losing(stores: Stores): Stores {
  const isLost = every(10);
  const change: RecordStore['change'] = (ids, decide, options) => {
    const lost = isLost();
    return stores.records.change(ids, (...seen) => ({ ...decide(...seen), ...(lost && { updates: [] }) }), options);
  };
  return { ...stores, records: { ...stores.records, change } };
}

/** Two who decide at once both decide on what was so before. */
function withoutLocks(stores: Stores): Stores {
  const change: RecordStore['change'] = async (ids, decide, options) => {
    const seen = await stores.records.read(ids);
    await setImmediate();
    return await stores.records.change(ids, (_, ...rest) => decide(seen, ...rest), options);
  };
  return { ...stores, records: { ...stores.records, change } };
}

function losingGrants(stores: Stores): Stores {
  return { ...stores, grants: { ...stores.grants, replace: async () => true } };
}

function deaf(receivers: WebhookSender): WebhookSender {
  const isLost = every(10);
  return { ...receivers, send: async (request) => (isLost() ? taken : await receivers.send(request)) };
}
