import type { OwnerConnection, OwnerPage } from '../../src/domain/owner/owner-page.ts';
import { aTenant, NOW } from './builders.ts';

export function aConnectionOnPage(given: Partial<OwnerConnection> = {}): OwnerConnection {
  return {
    network: 'facebook',
    accountId: '10223344556677889',
    displayName: "Jane's Bakery",
    health: 'broken',
    action: 'reconnect',
    conditions: ['token_invalid'],
    since: NOW,
    observedAt: NOW,
    unconfirmed: null,
    foundAtBaseline: false,
    snoozedUntil: null,
    pages: null,
    ...given,
  };
}

export const wellOnPage = aConnectionOnPage({ health: 'healthy', action: 'none', conditions: [] });

type Given = Partial<Omit<OwnerPage, 'tenant' | 'contact'>> &
  Readonly<{ tenant?: Partial<OwnerPage['tenant']>; contact?: Partial<OwnerPage['contact']> }>;

/** An owner's page with one broken connection. */
export function anOwnerPage({ tenant, contact, ...given }: Given = {}): OwnerPage {
  return {
    now: NOW,
    tenant: { ...aTenant({ baselinedAt: NOW, lastGoodPollAt: NOW }), ...tenant },
    contact: {
      email: 'jane@bakery.example',
      role: 'owner',
      state: 'active',
      locale: null,
      wantsReminders: true,
      ...contact,
    },
    connections: [aConnectionOnPage()],
    accessProblem: null,
    reminders: 'awake',
    ...given,
  };
}

const unconfirmed = aConnectionOnPage({ unconfirmed: 'break' });
const later = NOW + 3_600_000;

/** Pages of a reader of `locale` that between them need every word there is. */
export function everyOwnerPage(locale: string): readonly OwnerPage[] {
  const tenant = { locale };
  const conditions = ['token_missing', 'token_invalid', 'scopes_missing', 'no_profile'] as const;
  const all = [
    ...conditions.map((condition) => aConnectionOnPage({ conditions: [condition] })),
    aConnectionOnPage({ action: 'choose_profile', conditions: ['no_profile'], foundAtBaseline: true }),
    aConnectionOnPage({
      action: 'choose_profile',
      conditions: ['page_unreachable'],
      pages: { named: ["Jane's Bakery"], more: 2 },
    }),
    aConnectionOnPage({ displayName: null, network: '', snoozedUntil: later }),
    aConnectionOnPage({ snoozedUntil: Date.UTC(9999, 0) }),
    aConnectionOnPage({ health: 'waiting', action: 'wait', conditions: ['rate_limited'] }),
    aConnectionOnPage({ health: 'waiting', action: 'none', conditions: ['check_failed'] }),
    { ...wellOnPage, health: 'unobserved' as const },
    { ...wellOnPage, health: 'unobserved' as const, since: null, observedAt: null },
    { ...wellOnPage, health: 'removed' as const, conditions: ['removed'] as const },
    { ...wellOnPage, unconfirmed: 'repair' as const },
    wellOnPage,
    unconfirmed,
  ];
  const access = (action: 'reauthorize' | 'privileges') => ({ action, missing: null, since: NOW, snoozedUntil: null });
  return [
    { tenant, connections: all, reminders: 'snoozed' as const },
    { tenant, connections: all.slice(0, 1) },
    { tenant, connections: [wellOnPage], reminders: 'none' as const },
    { tenant, connections: [{ ...wellOnPage, health: 'unobserved' as const }], reminders: 'none' as const },
    { tenant, connections: [unconfirmed], contact: { role: 'cc' as const } },
    { tenant, connections: [] },
    { tenant: { locale, baselinedAt: null, lastGoodPollAt: null, name: ' ' }, connections: [] },
    { tenant: { locale, state: 'paused' as const } },
    { tenant: { locale, state: 'reauthorize' as const }, accessProblem: access('reauthorize') },
    { tenant: { locale, state: 'access_denied' as const }, accessProblem: access('privileges') },
    ...(['unsubscribed', 'not_mine', 'undeliverable'] as const).map((state) => ({ tenant, contact: { state } })),
    { tenant, contact: { wantsReminders: false, locale } },
  ].map(anOwnerPage);
}
