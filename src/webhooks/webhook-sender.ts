import { randomBytes } from 'node:crypto';
import { withoutAnswer } from '../domain/model/webhook.ts';
import type { WebhookSender } from '../monitoring/ports.ts';
import type { SendWebhook, SendWebhookOptions } from './send-webhook.ts';
import { webhookUrlProblem } from './url-problem.ts';

/** The specification wants 24 to 64. */
const SECRET_BYTES = 32;

/** Sends events as the Standard Webhooks specification has it. What sends is loaded with the first event. */
export function createWebhookSender(options: SendWebhookOptions): WebhookSender {
  const problemOf = (url: string) => webhookUrlProblem(url, options);
  let send: SendWebhook | null = null;
  return {
    problemOf,
    newSecret: () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`,
    send: async (request) => {
      // What was stored under another setting is not sent either.
      const problem = problemOf(request.url);
      if (problem !== null) return { ...withoutAnswer(`The address is refused: ${problem}.`), ms: 0 };
      const { createSendWebhook } = await import('./send-webhook.ts');
      send ??= createSendWebhook(options);
      const begun = performance.now();
      const answer = await send(request);
      return { ...answer, ms: Math.round(performance.now() - begun) };
    },
  };
}
