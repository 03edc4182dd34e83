import fc from 'fast-check';
import { anyTextFor } from './any-text.ts';

export type AnyRequest = Readonly<{
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  payload: string | undefined;
}>;

/** `ID` stands for the id of something, of which there is one; `TOKEN` for that of a link. */
const paths = [
  '/',
  '/tenants',
  '/tenants/ID',
  '/tenants/ID/settings',
  '/tenants/ID/explain',
  '/incidents',
  '/incidents/ID',
  '/mail',
  '/mail/ID',
  '/webhooks',
  '/webhooks/ID',
  '/people',
  '/effect',
  '/plan',
  '/audit',
  '/sign-in',
  '/sign-out',
  '/tenants/actions',
  '/incidents/ID/snooze',
  '/mail/release',
  '/mail/discard',
  '/tenants/ID/pause',
  '/keys',
  '/webhooks/ID/attempts',
  '/o/TOKEN',
  '/o/TOKEN/check',
  '/o/TOKEN/snooze',
  '/o/TOKEN/unsubscribe',
  '/o/TOKEN/preferences',
  '/o/TOKEN/not-mine',
  '/connect',
  '/connect/callback',
  '/connect/answer',
  '/livez',
  '/readyz',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/favicon.ico',
  '/api/v1/tenants',
  '/api/v1/tenants/ID',
  '/api/v1/tenants/actions',
  '/api/v1/tenants/ID/poll',
  '/api/v1/tenants/ID/banner',
  '/api/v1/tenants/ID/connections',
  '/api/v1/tenants/ID/history',
  '/api/v1/connections/ID/history',
  '/api/v1/incidents',
  '/api/v1/incidents/ID',
  '/api/v1/incidents/ID/snooze',
  '/api/v1/incidents/ID/close',
  '/api/v1/mail',
  '/api/v1/mail/ID',
  '/api/v1/mail/release',
  '/api/v1/mail/discard',
  '/api/v1/events',
  '/api/v1/webhooks',
  '/api/v1/webhooks/ID',
  '/api/v1/webhooks/ID/redeliver',
  '/api/v1/webhooks/ID/attempts',
  '/api/v1/api-keys',
  '/api/v1/api-keys/ID',
  '/api/v1/audit',
  '/api/v1/monitor',
  '/api/v1/tenants/ID/badge.svg',
  '/api/v1/explain/ID',
] as const;

const names = [
  'limit',
  'cursor',
  'after',
  'types',
  'wait',
  'at',
  'from',
  'to',
  'q',
  'health',
  'network',
  'condition',
  'state',
  'externalId',
  'locale',
  'expires',
  'signature',
  'token',
  'code',
  'error',
  'purge',
  'tenantId',
  '__proto__',
  'name',
  'owner',
  'cc',
  'timezone',
  'schedule',
  'senderName',
  'replyTo',
  'refreshToken',
  'for',
  'ids',
  'all',
  'url',
  'role',
  'expiresAt',
  'eventId',
  'since',
  'failed',
  'action',
  'filter',
  'form',
  'key',
  'to',
  'zone',
  'order',
] as const;

const corpus = [
  '1',
  '500',
  '-1',
  'broken',
  '2026-01-15T12:00:00Z',
  '2026-01-15',
  '1d',
  '25s',
  'true',
  'Jane’s',
  'jane@x.example',
  'US/Eastern',
  '0 * * * *',
  'https://host.example/hook',
  'admin',
  'incident.opened',
  'MTc2ODQ3ODQwMDAwMCBpZC0x',
] as const;
const anyValue = anyTextFor({ name: 'a value', corpus: [...corpus], read: () => null });

const anyHeader = fc.constantFrom(
  'if-none-match',
  'idempotency-key',
  'accept',
  'accept-language',
  'content-type',
  'x-forwarded-for',
  'origin',
  'range',
);
const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  'text/csv',
  'application/json; charset=utf-16',
] as const;

/** A name of ours leads to a text, a list of texts, or any JSON. */
const anyBody = fc.oneof(
  fc
    .dictionary(fc.constantFrom(...names), fc.oneof(anyValue, fc.array(anyValue, { maxLength: 3 }), fc.jsonValue()))
    .map((body) => JSON.stringify(body)),
  fc
    .dictionary(fc.constantFrom(...names), anyValue)
    .map((fields) => new URLSearchParams(wellFormed(fields)).toString()),
  fc.json(),
  anyValue,
);

export function anyRequest(ids: readonly string[], tokens: readonly string[]): fc.Arbitrary<AnyRequest> {
  return fc
    .record({
      method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'PATCH', 'DELETE', 'HEAD', 'PUT'),
      path: fc.constantFrom(...paths),
      id: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: anyValue }),
      token: fc.oneof(fc.constantFrom(...tokens), anyValue),
      query: fc.dictionary(fc.constantFrom(...names), anyValue, { maxKeys: 4 }),
      headers: fc.dictionary(anyHeader, fc.oneof(fc.constantFrom(...types), anyValue), { maxKeys: 3 }),
      payload: fc.option(anyBody, { nil: undefined }),
      type: fc.constantFrom(...types),
    })
    .map(({ method, path, id, token, query, headers, payload, type }) => {
      const place = path.replace('ID', encoded(id)).replace('TOKEN', encoded(token));
      const sent = method === 'GET' || method === 'HEAD' ? undefined : payload;
      return {
        method: method as AnyRequest['method'],
        url: `${place}?${new URLSearchParams(wellFormed(query))}`,
        payload: sent,
        headers: { ...(sent !== undefined && { 'content-type': type }), ...sendable(headers) },
      };
    });
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function wellFormed(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.toWellFormed()]));
}

/** What no client can send comes to no server. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const clean = (value: string) => value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 4_000);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, clean(value)]));
}
