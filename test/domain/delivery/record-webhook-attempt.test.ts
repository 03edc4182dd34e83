import { describe, expect, it } from '@jest/globals';
import { afterWebhookAttempt } from '../../../src/domain/delivery/record-webhook-attempt.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/domain/model/time.ts';
import type { WebhookAnswer, WebhookDelivery, WebhookEndpoint } from '../../../src/domain/model/webhook.ts';
import { aWebhook, aWebhookDelivery, NOW } from '../../support/builders.ts';
import { answerOf } from '../../support/use-case-receivers.ts';

const failing = answerOf(503);
const silent = answerOf(null);

function attempted(
  answer: WebhookAnswer,
  given: Readonly<{ endpoint?: Partial<WebhookEndpoint>; delivery?: Partial<WebhookDelivery>; chance?: number }> = {},
) {
  const { endpoint = {}, delivery = {}, chance = 0 } = given;
  const sent = aWebhookDelivery({ leaseUntil: NOW + MINUTE_MS, ...delivery });
  return afterWebhookAttempt(aWebhook(endpoint), sent, { now: NOW, answer, chance });
}

describe('An attempt to deliver a webhook', () => {
  it.each([200, 201, 204, 299])('is a delivery when the answer is %d, and the endpoint is well', (status) => {
    const endpoint = { failures: 9, failingSince: NOW - DAY_MS, restUntil: NOW - 1 };
    expect(attempted(answerOf(status), { endpoint, delivery: { attempts: 2, firstAttemptAt: NOW - HOUR_MS } })).toEqual(
      {
        endpoint: aWebhook({ lastDeliveredAt: NOW }),
        delivery: aWebhookDelivery({
          state: 'delivered',
          attempts: 3,
          firstAttemptAt: NOW - HOUR_MS,
          lastAttemptAt: NOW,
        }),
        report: null,
      },
    );
  });

  it.each<[string, WebhookAnswer]>([
    ['an error of the receiver', failing],
    ['a refusal', answerOf(400)],
    ['an unknown address', answerOf(404)],
    ['a redirect', answerOf(302)],
    ['no answer', silent],
  ])('is repeated after %s', (_, answer) => {
    expect(attempted(answer)).toEqual({
      endpoint: aWebhook({ failures: 1, failingSince: NOW }),
      delivery: aWebhookDelivery({
        attempts: 1,
        firstAttemptAt: NOW,
        lastAttemptAt: NOW,
        dueAt: NOW + 5 * SECOND_MS,
      }),
      report: null,
    });
  });

  it('is repeated after 5 seconds, doubling to 6 hours', () => {
    const delays = [0, 1, 2, 3, 8, 10, 11, 12, 13, 14, 400].map((attempts) => {
      const { delivery } = attempted(failing, { delivery: { attempts, firstAttemptAt: NOW - HOUR_MS } });
      return (delivery.dueAt - NOW) / SECOND_MS;
    });
    expect(delays).toEqual([5, 10, 20, 40, 1280, 5120, 10_240, 20_480, 21_600, 21_600, 21_600]);
  });

  it.each<[number, number, number]>([
    [0, 0.5, 5_500],
    [0, 0.999, 5_999],
    [20, 0.5, 6.6 * HOUR_MS],
  ])('comes back by chance up to a fifth later: attempt %d, chance %d', (attempts, chance, delay) => {
    expect(attempted(failing, { delivery: { attempts }, chance }).delivery.dueAt).toBe(NOW + delay);
  });

  it.each<[number, number]>([
    [MINUTE_MS, MINUTE_MS],
    [SECOND_MS, 5 * SECOND_MS],
    [DAY_MS, 6 * HOUR_MS],
  ])('waits as the receiver asks, at most 6 hours: %d ms', (retryAfterMs, delay) => {
    expect(attempted(answerOf(429, { retryAfterMs })).delivery.dueAt).toBe(NOW + delay);
  });

  it.each<[string, number, 'pending' | 'failed']>([
    ['while the next attempt lies within 3 days of the first', 3 * DAY_MS - 5 * SECOND_MS, 'pending'],
    ['no more when it does not', 3 * DAY_MS - 5 * SECOND_MS + 1, 'failed'],
  ])('is repeated %s', (_, since, state) => {
    // The receiver has taken other events meanwhile.
    const endpoint = { failures: 1, failingSince: NOW - MINUTE_MS };
    const { delivery, ...rest } = attempted(failing, { endpoint, delivery: { firstAttemptAt: NOW - since } });
    expect(delivery).toMatchObject({ state, reason: state === 'failed' ? 'gave_up' : null, leaseUntil: null });
    expect(rest).toMatchObject({ endpoint: { state: 'active', failures: 2 }, report: null });
  });

  it.each<[number, number | null]>([
    [0, null],
    [3, null],
    [4, 5 * SECOND_MS],
    [5, 10 * SECOND_MS],
    [30, 6 * HOUR_MS],
  ])('gives the receiver a rest when it has failed more than four times in a row: %d before', (failures, rest) => {
    const { endpoint } = attempted(failing, { endpoint: { failures, failingSince: NOW - HOUR_MS } });
    expect(endpoint.restUntil).toBe(rest === null ? null : NOW + rest);
  });
});

describe('An endpoint', () => {
  const dead = { failures: 20, failingSince: NOW - 3 * DAY_MS };

  it('is paused when its receiver has taken nothing for 3 days, nothing is given up, and the operator is told', () => {
    expect(
      attempted(failing, {
        endpoint: { ...dead, tenantId: 'tenant-1', url: 'https://host.example:444/secret-path?and=query' },
        delivery: { firstAttemptAt: NOW - 3 * DAY_MS },
      }),
    ).toMatchObject({
      endpoint: { state: 'paused', reason: 'failing', since: NOW },
      delivery: { state: 'pending' },
      report: {
        about: 'webhook_stopped',
        why: 'failing',
        endpointId: 'webhook-1',
        host: 'host.example:444',
        tenantId: 'tenant-1',
        since: NOW - 3 * DAY_MS,
        response: 'HTTP 503',
      },
    });
    expect(attempted(silent, { endpoint: dead }).report).toMatchObject({ response: 'No answer came.' });
  });

  it('is disabled when its receiver answers with 410, and the operator is told', () => {
    expect(attempted(answerOf(410))).toMatchObject({
      endpoint: { state: 'disabled', reason: 'gone', since: NOW, failures: 1 },
      delivery: { state: 'failed', reason: 'gone', leaseUntil: null },
      report: { why: 'gone', since: NOW, response: 'HTTP 410' },
    });
  });

  it.each([410, 503])(
    'that was disabled while the request was under way stays so, and nobody is told: %d',
    (status) => {
      const stopped = { state: 'disabled', reason: 'by_command', since: NOW - 1 } as const;
      const { endpoint, report } = attempted(answerOf(status), { endpoint: { ...dead, ...stopped } });
      expect(endpoint).toMatchObject(stopped);
      expect(report).toBeNull();
    },
  );
});
