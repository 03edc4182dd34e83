import { z } from 'zod';
import { type EventType, eventTypes } from '../../domain/model/event.ts';
import { TEST_TYPE } from '../../domain/model/webhook.ts';
import type { WebhookAttemptView, WebhookView } from '../../monitoring/views.ts';
import { plainName } from '../../words/plain-name.ts';
import { endpointReasonWords, endpointTypesText } from '../../words/webhook-words.ts';
import type { Fields } from '../read-form.ts';
import { isStorable } from '../storable.ts';
import { webhookAddress } from './addresses.ts';
import { ago, escaped, type Look, moment } from './frame.ts';
import { type NamedTenants, tenantLink } from './mail-words.ts';
import type { Tone } from './tenant-rows.ts';

/** How an endpoint does. Nothing is called well before a receiver has taken something. */
export function endpointHealth(webhook: WebhookView): Readonly<{ tone: Tone; health: string }> {
  const { state, reason, failures, lastDeliveredAt } = webhook;
  if (state !== 'active') {
    const why = reason === null ? '' : `: ${endpointReasonWords[reason]}`;
    return { tone: state === 'paused' ? 'bad' : 'gone', health: `${state}${why}` };
  }
  if (failures > 0) return { tone: 'warn', health: `failing, ${failures} in a row` };
  if (lastDeliveredAt === null) return { tone: 'unknown', health: 'active, nothing sent yet' };
  return { tone: 'good', health: 'active' };
}

/** Characters of an address in the list: it may have thousands. */
const NAMED = 120;

export function webhookRows(webhooks: readonly WebhookView[], names: NamedTenants, look: Look) {
  return webhooks.map((webhook) => ({
    ...endpointHealth(webhook),
    url: plainName(webhook.url, NAMED) ?? '–',
    href: webhookAddress(look, webhook.id),
    tenant: webhook.tenantId === null ? null : tenantLink(webhook.tenantId, names, look),
    events: endpointTypesText(webhook.types),
    pending: webhook.pending,
    failed: webhook.failed,
    delivered: ago(webhook.lastDeliveredAt, look),
  }));
}

/** Values are HTML. */
export function webhookFacts(webhook: WebhookView, look: Look) {
  const { pending, oldestPendingAt, failed, failingSince, formerSecretUntil, missedBefore } = webhook;
  const oldest = oldestPendingAt === null ? '' : ` <span class="quiet">oldest ${ago(oldestPendingAt, look)}</span>`;
  const isFormerValid = formerSecretUntil !== null && formerSecretUntil > look.now;
  return [
    { label: 'Events', value: escaped(endpointTypesText(webhook.types)) },
    { label: 'Waiting', value: `${pending}${oldest}` },
    { label: 'Given up', value: String(failed) },
    { label: 'Last delivered', value: ago(webhook.lastDeliveredAt, look) },
    { label: webhook.state === 'active' ? 'Active since' : 'Stopped since', value: moment(webhook.since, look) },
    ...(failingSince === null ? [] : [{ label: 'Failing since', value: moment(failingSince, look) }]),
    ...(missedBefore === null ? [] : [{ label: 'Missed some before', value: moment(missedBefore, look) }]),
    ...(isFormerValid ? [{ label: 'Former secret signs until', value: moment(formerSecretUntil, look) }] : []),
  ];
}

/** Characters of an answer in the list of all attempts; those of one event show all that is kept. */
const BEGINNING = 100;

export function attemptRows(attempts: readonly WebhookAttemptView[], isOfOneEvent: boolean, look: Look) {
  return attempts.map(({ isDelivered, eventId, type, at, status, ms, answer, error }) => ({
    tone: isDelivered ? 'good' : 'bad',
    outcome: isDelivered ? 'taken' : 'not taken',
    eventId,
    type,
    status: status ?? '–',
    ms: `${ms} ms`,
    error,
    when: moment(at, look),
    answer: answer === null || isOfOneEvent ? answer : plainName(answer, BEGINNING),
    canBeSentAgain: type !== TEST_TYPE,
  }));
}

/** The types as boxes to tick, by what they are about; none is ticked where all are sent. */
export function typeChoices(chosen: readonly string[]) {
  const groups = [...Map.groupBy(eventTypes, (type) => type.slice(0, type.indexOf('.')))];
  return groups.map(([noun, types]) => ({
    noun,
    types: types.map((value) => ({
      value,
      label: value.slice(noun.length + 1).replaceAll('_', ' '),
      isChosen: chosen.includes(value),
    })),
  }));
}

/** Empty where it is no text that could be stored. */
export function urlGiven(fields: Fields): string {
  return z.string().trim().max(2000).refine(isStorable).catch('').parse(fields.get('url'));
}

/** Null when one of them is no type of an event. */
export function typesGiven(given: readonly string[]): readonly EventType[] | null {
  const known = eventTypes.filter((type) => given.includes(type));
  return given.every((text) => eventTypes.some((type) => type === text)) ? known : null;
}
