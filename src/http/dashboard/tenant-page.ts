import { roleIncludes } from '../../domain/model/api-key.ts';
import { healths } from '../../domain/model/condition.ts';
import { isPolled } from '../../domain/model/tenant.ts';
import type { ConnectionView, MailView, TenantDetail, TenantStatus } from '../../monitoring/views.ts';
import { formatDuration } from '../../words/format-time.ts';
import { invitationText, OPENED_SAYS_NOTHING } from '../../words/invitation-words.ts';
import { actionText, conditionText, stateText } from '../../words/operator-wording.ts';
import { reasonText } from '../../words/reason-words.ts';
import { mailAddress, tenantAddress } from './addresses.ts';
import { ago, escaped, type Look, moment, momentText } from './frame.ts';
import { mailTone } from './mail-words.ts';
import { accountText, nameText } from './names.ts';
import { mayAddTenants } from './new-tenant-pages.ts';
import { type Tone, toneOf } from './tenant-rows.ts';

export type ConnectionRow = Readonly<{
  tone: Tone;
  health: string;
  name: string;
  problem: string;
  asked: string;
  since: string;
  observed: string;
}>;

/** Those in trouble first. */
export function connectionRows({ connections }: TenantStatus, look: Look): readonly ConnectionRow[] {
  return connections
    .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health))
    .map((connection) => ({
      tone: toneOf(connection.health),
      health: connection.health,
      name: accountText(connection),
      problem: problemText(connection),
      asked: connection.conditions.length === 0 ? '–' : actionText(connection.action),
      since: moment(connection.since, look),
      observed: ago(connection.observedAt, look),
    }));
}

function problemText({ conditions, pages, health }: ConnectionView): string {
  if (health === 'unobserved') return 'no poll speaks for it now';
  if (conditions.length === 0) return '–';
  if (pages === null) return conditionText(conditions);
  const more = pages.more > 0 ? ` and ${pages.more} more` : '';
  return `${conditionText(conditions)}: ${pages.named.map(nameText).join(', ')}${more}`;
}

/** Values are HTML. */
export function tenantFacts(tenant: TenantDetail, { connections }: TenantStatus, look: Look) {
  const worst = connections.filter(({ health }) => health === tenant.health).map(({ since }) => since ?? look.now);
  const owners = tenant.contacts.filter(({ role }) => role === 'owner').map(({ email }) => email);
  const isDue = tenant.nextPollAt !== null && tenant.nextPollAt <= look.now;
  return [
    { label: 'State', value: stateText(tenant) },
    ...(worst.length === 0 ? [] : [{ label: `${tenant.health} since`, value: moment(Math.min(...worst), look) }]),
    { label: owners.length > 1 ? 'Owners' : 'Owner', value: escaped(owners.join(', ') || 'nobody') },
    { label: 'Last poll', value: ago(tenant.lastPolledAt, look) },
    ...(tenant.failing === null ? [] : [{ label: 'Polls fail since', value: moment(tenant.failing.since, look) }]),
    { label: 'Next poll', value: isDue ? 'due' : ago(tenant.nextPollAt, look) },
    { label: 'Polled every', value: formatDuration(tenant.intervalMs) },
    ...(tenant.application === null ? [] : [{ label: 'Application', value: escaped(tenant.application) }]),
    { label: 'Under watch since', value: moment(tenant.createdAt, look) },
  ];
}

const stateWords: Readonly<Record<TenantDetail['contacts'][number]['state'], string>> = {
  active: 'gets mail',
  unsubscribed: 'asked for no more mail',
  not_mine: 'said that the account is another person’s',
  undeliverable: 'mail servers refused the address',
};

export function contactRows({ contacts, id }: TenantDetail, { base }: Look) {
  return contacts.map(({ email, role, state }) => ({
    email,
    role: role === 'owner' ? 'owner' : 'copy',
    state: stateWords[state],
    tone: state === 'active' ? 'good' : 'warn',
    href: `${tenantAddress({ base }, id)}/explain?${new URLSearchParams({ contact: email })}`,
  }));
}

export function tenantMailRows(mail: readonly MailView[], look: Look) {
  return mail.map(({ id, state, kind, to, reason, response, sentAt, createdAt, lastAttemptAt }) => ({
    tone: mailTone(state),
    state,
    kind: kind.replaceAll('_', ' '),
    to: to.join(', '),
    why: reasonText(reason),
    response,
    href: mailAddress(look, id),
    when: moment(sentAt ?? lastAttemptAt ?? createdAt, look),
  }));
}

/** What came of the invitation; null where there was none, and where an account is connected since. */
export function invitationWords({ invitation, state }: TenantDetail, { zone }: Look) {
  if (invitation === null || state === 'active') return null;
  return { text: invitationText(invitation, (at) => momentText(at, zone)), note: OPENED_SAYS_NOTHING };
}

/** What may be done with the tenant; null for a key that may only look. */
export function tenantActions({ id, state, contacts }: TenantDetail, { viewer, base }: Look) {
  if (!roleIncludes(viewer.role, 'operate')) return null;
  const isConnected = state !== 'unconnected';
  const owner = contacts.find(({ role, state: own }) => role === 'owner' && own === 'active')?.email ?? '';
  return {
    at: tenantAddress({ base }, id),
    canPoll: isPolled(state),
    canPause: isConnected && state !== 'paused',
    canResume: state === 'paused',
    invites: mayAddTenants({ viewer }) && state !== 'active' && state !== 'paused' ? { owner } : null,
  };
}
