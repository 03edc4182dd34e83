import type { WebhookAnswer } from '../../src/domain/model/webhook.ts';
import type { WebhookRequest, WebhookSender } from '../../src/monitoring/ports.ts';

export type ScriptedReceivers = WebhookSender &
  Readonly<{
    /** What the receiver at this address answers from now on, by request; each takes what it is sent unless told otherwise. */
    answers(url: string, answer: (request: WebhookRequest) => WebhookAnswer): void;
    /** It answers nothing until the release, which gives each of the held requests its answer. */
    holds(url: string): (answer: WebhookAnswer) => void;
    /** Every request, whatever was answered. */
    requests: readonly WebhookRequest[];
    /** The ids of the events that the receiver at this address has taken, in order. */
    taken(url: string): readonly string[];
    mostInFlight(url: string): number;
  }>;

export const taken = answerOf(200);

export function answerOf(status: number | null, given: Partial<WebhookAnswer> = {}): WebhookAnswer {
  const error = status === null ? 'No answer came.' : status < 300 ? null : `HTTP ${status}.`;
  return { status, ms: 5, answer: null, error, retryAfterMs: null, ...given };
}

/** Receivers as a script says. Addresses at private.example are refused. */
export function scriptedReceivers(): ScriptedReceivers {
  const requests: WebhookRequest[] = [];
  const takenBy = new Map<string, string[]>();
  const answers = new Map<string, (request: WebhookRequest) => WebhookAnswer | Promise<WebhookAnswer>>();
  const inFlight = new Map<string, number>();
  const most = new Map<string, number>();
  let secrets = 0;
  return {
    requests,
    answers: (url, answer) => void answers.set(url, answer),
    holds: (url) => {
      const { promise, resolve } = Promise.withResolvers<WebhookAnswer>();
      answers.set(url, () => promise);
      return (answer) => {
        answers.delete(url);
        resolve(answer);
      };
    },
    taken: (url) => takenBy.get(url) ?? [],
    mostInFlight: (url) => most.get(url) ?? 0,
    newSecret: () => `whsec_c2VjcmV0${++secrets}`,
    problemOf: (url) => (url.includes('private.example') ? 'it leads to a private address' : null),
    send: async (request) => {
      const { url, id } = request;
      requests.push(request);
      const now = (inFlight.get(url) ?? 0) + 1;
      inFlight.set(url, now);
      most.set(url, Math.max(most.get(url) ?? 0, now));
      const answer = (await answers.get(url)?.(request)) ?? taken;
      inFlight.set(url, (inFlight.get(url) ?? 1) - 1);
      if (answer.status !== null && answer.status < 300) takenBy.set(url, [...(takenBy.get(url) ?? []), id]);
      return answer;
    },
  };
}
