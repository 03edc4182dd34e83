import type { Instant } from '../domain/model/time.ts';
import type { WebhookEndpoint } from '../domain/model/webhook.ts';
import type { Session } from './database.ts';
import type { Encryption } from './encryption.ts';
import type { WebhookEndpoint as EndpointRow } from './model.ts';
import { dateOf } from './rows/values.ts';
import { endpointFromRow, endpointToRow } from './rows/webhook-row.ts';

/** Where an endpoint's secrets are sealed for. A secret that becomes the former one is opened in the same place. */
export function secretPlace(endpointId: string) {
  return { tenantId: endpointId, field: 'webhook secret' };
}

export function openSecrets(
  { id, secret, formerSecret, formerUntil }: EndpointRow,
  now: Instant,
  encryption: Encryption,
): readonly [string, ...string[]] {
  const present = encryption.open(secret, secretPlace(id));
  const isFormerValid = formerSecret !== null && formerUntil !== null && formerUntil.getTime() > now;
  return isFormerValid ? [present, encryption.open(formerSecret, secretPlace(id))] : [present];
}

export async function lockEndpoint({ db, dialect }: Session, id: string): Promise<WebhookEndpoint | null> {
  await db.$queryRawUnsafe(`SELECT "id" FROM "WebhookEndpoint" WHERE "id" = $1 ${dialect.forUpdate}`, id);
  const row = await db.webhookEndpoint.findUnique({ where: { id } });
  return row === null ? null : endpointFromRow(row);
}

export async function saveEndpoint({ db }: Session, endpoint: WebhookEndpoint): Promise<void> {
  const { id, ...data } = endpointToRow(endpoint);
  await db.webhookEndpoint.update({ where: { id }, data });
}

/** Makes the pending deliveries of an endpoint that was stopped due now, with all their time for attempts again. */
export async function beginAnew({ db }: Session, endpointId: string, now: Instant): Promise<void> {
  const data = { dueAt: dateOf(now), attempts: 0, firstAttemptAt: null };
  await db.webhookDelivery.updateMany({ where: { endpointId, state: 'pending' }, data });
}
