import type { GivenGrant, NewGrant } from '../../domain/model/grant.ts';
import { canonicalLocale, DEFAULT_LOCALE } from '../../domain/model/language.ts';
import type { Tenant } from '../../domain/model/tenant.ts';
import { type Instant, SECOND_MS } from '../../domain/model/time.ts';
import type { TenantPatch as DomainPatch } from '../../domain/tenants/change-tenant.ts';
import type { NewContact } from '../../domain/tenants/contact-list.ts';
import {
  DEFAULT_SCHEDULE,
  type FieldProblem,
  type InputRules,
  problemsOf,
  type TenantField,
  type TenantFields,
} from './tenant-field-rules.ts';

export type { FieldProblem, InputRules, TenantFields };

/** `application`: by its name. */
export type TenantPatch = Omit<DomainPatch, 'applicationId' | 'accountId'> & Readonly<{ application?: string }>;

export type NewTenant = Readonly<{
  /** None when it is left out. */
  externalId?: string | null;
  name: string;
  /** Null: the account's, as far as that can be read, else UTC. */
  timezone: string | null;
  locale: string;
  schedule: string | null;
  /** By its name; the one of the configuration unless given. */
  application?: string;
  /** The owner first. */
  contacts: readonly NewContact[];
  /** Null: the tenant waits until somebody connects its account. */
  grant: GivenGrant | null;
}> &
  OwnMail;

/** How its mail differs from everybody's; null in each means as configured. */
type OwnMail = Partial<Pick<Tenant, 'senderName' | 'replyTo' | 'reconnectUrl'>>;

export type Checked<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; problems: readonly FieldProblem[] }>;

/** On an update, an empty text takes these away. */
const clearable = ['external_id', 'sender_name', 'reply_to', 'reconnect_url'] as const satisfies readonly TenantField[];

function isClearable(field: TenantField): boolean {
  return clearable.some((one) => one === field);
}

const EMPTY = 'it is empty; leave it out to keep what is there';

const required = ['name', 'owner'] as const satisfies readonly TenantField[];

type CompleteFields = TenantFields & Required<Pick<TenantFields, (typeof required)[number]>>;

export type NewTenantRules = InputRules & Readonly<{ needsToken: boolean }>;

/** Every problem at once, or a tenant that can be stored. */
export function readNewTenant(fields: TenantFields, { needsToken, ...rules }: NewTenantRules): Checked<NewTenant> {
  const given = trimmed(fields);
  const problems = problemsOf(given, rules);
  const needed: readonly TenantField[] = needsToken ? [...required, 'refresh_token'] : required;
  const missing = needed.filter((field) => given[field] === undefined);
  if (problems.length + missing.length === 0 && isComplete(given)) {
    return { ok: true, value: newTenantOf(given, rules.now) };
  }
  return { ok: false, problems: [...missing.map((field) => ({ field, problem: 'it is missing' })), ...problems] };
}

function isComplete(given: TenantFields): given is CompleteFields {
  return required.every((field) => given[field] !== undefined);
}

function newTenantOf(given: CompleteFields, now: Instant): NewTenant {
  const { timezone = null, locale = DEFAULT_LOCALE, schedule = null } = patchOf(given, now);
  const copies = given.cc?.map((email) => ({ email, role: 'cc' }) as const) ?? [];
  return {
    ...(given.external_id !== undefined && { externalId: given.external_id }),
    name: given.name,
    timezone,
    locale,
    schedule,
    ...(given.application !== undefined && { application: given.application }),
    ...ownMailOf(given),
    contacts: [{ email: given.owner, role: 'owner' }, ...copies],
    grant: given.refresh_token === undefined ? null : grantOf(given.refresh_token, given, now),
  };
}

/** As `readNewTenant`, for a tenant that exists: only what is given is checked, and an empty text is no value. */
export function readTenantPatch(fields: TenantFields, rules: InputRules): Checked<TenantPatch> {
  const { cc: _, ...texts } = fields;
  const emptied = (Object.keys(texts) as (keyof typeof texts)[]).filter((field) => texts[field]?.trim() === '');
  const cleared = emptied.filter(isClearable).map((field) => [field, '']);
  const given = { ...trimmed(fields), ...Object.fromEntries(cleared) };
  const empty = emptied.filter((field) => !isClearable(field)).map((field) => ({ field, problem: EMPTY }));
  const problems = [...empty, ...problemsOf(given, rules)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: patchOf(given, rules.now) };
}

function patchOf(given: TenantFields, now: Instant): TenantPatch {
  const { external_id, name, owner, cc, timezone, locale, schedule } = given;
  return {
    ...(external_id !== undefined && { externalId: external_id || null }),
    ...(name !== undefined && { name }),
    ...(owner !== undefined && { owner }),
    ...(cc !== undefined && { cc }),
    ...(timezone !== undefined && { timezone }),
    ...(locale !== undefined && { locale: canonicalLocale(locale) ?? locale }),
    ...(schedule !== undefined && { schedule: schedule === DEFAULT_SCHEDULE ? null : schedule }),
    ...(given.application !== undefined && { application: given.application }),
    ...ownMailOf(given),
    ...(given.refresh_token !== undefined && { grant: grantOf(given.refresh_token, given, now) }),
  };
}

function ownMailOf({ sender_name, reply_to, reconnect_url }: TenantFields): OwnMail {
  return {
    ...(sender_name !== undefined && { senderName: sender_name || null }),
    ...(reply_to !== undefined && { replyTo: reply_to || null }),
    ...(reconnect_url !== undefined && { reconnectUrl: reconnect_url || null }),
  };
}

function grantOf(refreshToken: string, { access_token, expires_in }: TenantFields, now: Instant): NewGrant {
  if (access_token === undefined) return { refreshToken, accessToken: null, expiresAt: null, lifetimeMs: null };
  const lifetimeMs = Number(expires_in) * SECOND_MS;
  return { refreshToken, accessToken: access_token, expiresAt: now + lifetimeMs, lifetimeMs };
}

/** White space around a text is never meant; an empty text is none. */
function trimmed(fields: TenantFields): TenantFields {
  const { cc, ...texts } = fields;
  const entries = Object.entries(texts)
    .map(([field, text]) => [field, text?.trim()])
    .filter(([, text]) => text !== undefined && text !== '');
  const copies = cc?.map((email) => email.trim()).filter((email) => email !== '');
  return { ...Object.fromEntries(entries), ...(copies !== undefined && { cc: copies }) };
}
