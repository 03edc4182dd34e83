import { DEFAULT_APPLICATION } from '../../domain/model/client-application.ts';
import {
  DEFAULT_SCHEDULE,
  type FieldProblem,
  type TenantField,
  type TenantFields,
} from '../../monitoring/tenants/tenant-field-rules.ts';
import type { TenantDetail } from '../../monitoring/views.ts';
import type { Fields } from '../read-form.ts';
import type { Look } from './frame.ts';

type SettingsField = Exclude<TenantField, 'refresh_token' | 'access_token' | 'expires_in'>;

type Kind = Readonly<{ name: SettingsField; label: string; hint: string; type: 'text' | 'email' | 'url' | 'lines' }>;

/** In the order of the form. */
const kinds: readonly Kind[] = [
  { name: 'name', label: 'Name', hint: '', type: 'text' },
  { name: 'owner', label: 'Owner', hint: 'Gets all mail.', type: 'email' },
  {
    name: 'cc',
    label: 'Copies to',
    hint: 'Alerts, the last reminder and recoveries; one address a line.',
    type: 'lines',
  },
  { name: 'timezone', label: 'Time zone', hint: 'Such as America/New_York.', type: 'text' },
  { name: 'locale', label: 'Language', hint: 'Such as en-US.', type: 'text' },
  { name: 'schedule', label: 'Schedule', hint: 'A cron expression in its time zone; empty: as all.', type: 'text' },
  {
    name: 'application',
    label: 'Application',
    hint: 'By whose key it is asked for; empty: the default.',
    type: 'text',
  },
  { name: 'sender_name', label: 'Sender’s name', hint: 'Empty: as configured.', type: 'text' },
  { name: 'reply_to', label: 'Answers go to', hint: 'Empty: as configured.', type: 'email' },
  { name: 'reconnect_url', label: 'Button leads to', hint: 'Empty: as configured.', type: 'url' },
  { name: 'external_id', label: 'External id', hint: 'Your own id of it.', type: 'text' },
];

type Values = Readonly<Record<SettingsField, string>>;

/** The settings as the form shows them. */
export function settingsOf(tenant: TenantDetail): Values {
  const emails = (role: string) => tenant.contacts.filter((contact) => contact.role === role).map(({ email }) => email);
  return {
    name: tenant.name,
    owner: emails('owner')[0] ?? '',
    cc: emails('cc').join('\n'),
    timezone: tenant.timezone,
    locale: tenant.locale,
    schedule: tenant.schedule ?? '',
    application: tenant.application ?? '',
    sender_name: tenant.senderName ?? '',
    reply_to: tenant.replyTo ?? '',
    reconnect_url: tenant.reconnectUrl ?? '',
    external_id: tenant.externalId ?? '',
  };
}

/** What was sent; a field that is missing stays as it is. */
export function givenSettings(fields: Fields, before: Values): Values {
  const entries = kinds.map(({ name }) => [name, String(fields.get(name) ?? before[name]).replaceAll('\r\n', '\n')]);
  return Object.fromEntries(entries) as Values;
}

/** Only what differs: a new schedule, for one, has the tenant polled at once. */
export function changedFields(given: Values, before: Values): TenantFields {
  const changed = kinds.map(({ name }) => name).filter((name) => given[name].trim() !== before[name].trim());
  const entries = changed.map((name) => [name, fieldOf(name, given[name])]);
  return Object.fromEntries(entries);
}

function fieldOf(name: SettingsField, text: string): string | readonly string[] {
  if (name === 'cc') return text.split(/[\s,;]+/).filter((email) => email !== '');
  if (text.trim() !== '') return text;
  if (name === 'schedule') return DEFAULT_SCHEDULE;
  return name === 'application' ? DEFAULT_APPLICATION : text;
}

export type SettingsForm = readonly (Kind & Readonly<{ value: string; problem: string | null }>)[];

/** The application is for keys of all tenants: another key's requests are no one tenant's to use. */
export function settingsForm(
  values: Values,
  problems: readonly FieldProblem[],
  { viewer }: Pick<Look, 'viewer'>,
): SettingsForm {
  const shown = kinds.filter(({ name }) => name !== 'application' || viewer.tenantId === null);
  return shown.map((kind) => ({
    ...kind,
    value: values[kind.name],
    problem: problems.find(({ field }) => field === kind.name)?.problem ?? null,
  }));
}

/** An emptied text that cannot be taken away is a problem of its own, and not "nothing was given". */
export function missingProblems(given: Values): readonly FieldProblem[] {
  const needed = ['name', 'owner', 'timezone', 'locale'] as const;
  return needed.filter((field) => given[field].trim() === '').map((field) => ({ field, problem: 'it is missing' }));
}
