import type { EndpointState } from '../../domain/model/webhook.ts';
import type { NewWebhookView, RotatedWebhook, WebhookAttemptView, WebhookView } from '../../monitoring/views.ts';
import { formatMinute, formatMoment } from '../../words/format-time.ts';
import { endpointReasonWords, endpointTypesText } from '../../words/webhook-words.ts';
import type { Cli } from '../context.ts';
import type { Style } from './paint.ts';
import { grouped, plain } from './plain-text.ts';
import { table } from './table.ts';

const stateStyles: Readonly<Record<EndpointState, Style>> = { active: 'green', paused: 'red', disabled: 'dim' };

export function newWebhookText({ secret, id, url, tenantId, types }: NewWebhookView): string {
  const whose = tenantId === null ? 'all tenants' : `tenant ${tenantId}`;
  return [
    secret,
    '',
    'Keep this secret now: it is shown once. The receiver verifies with it that an event is ours.',
    `${types === null ? 'Every event' : plain(types.join(', '))} of ${whose} is sent to ${plain(url)} from now on.`,
    `\`linkwatch webhook test ${id}\` tries it.`,
  ].join('\n');
}

export function rotatedText({ secret, formerSecretUntil }: RotatedWebhook): string {
  const until = `${formatMinute(formerSecretUntil)} UTC`;
  return [secret, '', `Keep this secret now: it is shown once. The former one signs as well until ${until}.`].join(
    '\n',
  );
}

export function webhooksText(cli: Cli, webhooks: readonly WebhookView[]): string {
  if (webhooks.length === 0) return 'No webhooks. `linkwatch webhook add` makes one.';
  const now = cli.now();
  const rows = webhooks.map((webhook) => [
    plain(webhook.url),
    webhook.tenantId ?? 'all',
    { text: webhook.state, style: stateStyles[webhook.state] },
    grouped(webhook.pending),
    grouped(webhook.failed),
    webhook.lastDeliveredAt === null ? 'never' : formatMoment(webhook.lastDeliveredAt, now),
    webhook.id,
  ]);
  return table(cli.stdout, ['URL', 'TENANT', 'STATE', 'WAITING', 'GIVEN UP', 'LAST DELIVERED (UTC)', 'ID'], rows);
}

type Shown = Readonly<{ webhook: WebhookView; attempts: readonly WebhookAttemptView[] }>;

export function webhookText(cli: Cli, { webhook, attempts }: Shown): string {
  const now = cli.now();
  const { state, reason, since, types, tenantId, failures, failingSince, formerSecretUntil, missedBefore } = webhook;
  const why = reason === null ? '' : `, ${endpointReasonWords[reason]}`;
  const lines = [
    `${plain(webhook.url)} (${webhook.id})`,
    `State: ${state}${why}, since ${formatMoment(since, now)}`,
    `Events: ${endpointTypesText(types)} of ${tenantId === null ? 'all tenants' : `tenant ${tenantId}`}`,
    `Waiting: ${grouped(webhook.pending)}, the oldest since ${formatMoment(webhook.oldestPendingAt, now)}`,
    `Given up: ${grouped(webhook.failed)}`,
    `Last delivered: ${formatMoment(webhook.lastDeliveredAt, now)}`,
    ...(failingSince === null
      ? []
      : [`Failing: ${grouped(failures)} in a row, since ${formatMoment(failingSince, now)}`]),
    ...(missedBefore === null
      ? []
      : [`Missed: events before ${formatMoment(missedBefore, now)} that are no longer kept`]),
    ...(formerSecretUntil === null || formerSecretUntil <= now
      ? []
      : [`The former secret signs as well until ${formatMoment(formerSecretUntil, now)}`]),
  ];
  if (attempts.length === 0) return [...lines, '', 'Nothing was sent yet.'].join('\n');
  const rows = attempts.map(({ at, type, status, ms, answer, error, eventId }) => [
    formatMinute(at),
    type,
    status === null ? '-' : String(status),
    `${ms} ms`,
    plain(error ?? answer ?? '').slice(0, 60),
    eventId,
  ]);
  return [...lines, '', table(cli.stdout, ['AT (UTC)', 'TYPE', 'STATUS', 'TIME', 'ANSWER', 'EVENT'], rows)].join('\n');
}

export function attemptText({ isDelivered, status, ms, answer, error }: WebhookAttemptView): string {
  const said = answer === null ? [] : [plain(answer)];
  if (isDelivered) return [`The receiver took it: HTTP ${status} after ${ms} ms.`, ...said].join('\n');
  return [`Not taken, after ${ms} ms: ${error ?? ''}`, ...said].join('\n');
}
