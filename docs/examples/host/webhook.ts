import { setTimeout as pause } from 'node:timers/promises';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** `again`: this host has it already. `refused`: it is not by Linkwatch, was changed on its way, or is old. */
export type Received = 'taken' | 'again' | 'refused';
export type Receiver = (body: string, headers: Readonly<Record<string, unknown>>) => Received;

/** Ids of events that came, so that one that comes again does nothing. A real host has them in its database. */
const REMEMBERED = 10_000;

/** Takes what Linkwatch sends, and rings for each event once. */
export function createReceiver(secret: string, bell: Pick<Bell, 'ring'>, say: (text: string) => void): Receiver {
  const webhook = new Webhook(secret);
  const seen = new Set<string>();
  return (body, headers) => {
    const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const id = texts['webhook-id'] ?? '';
    try {
      // The body as it came, letter by letter: written anew from JSON, it would have another signature.
      webhook.verify(body, texts);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      say('A webhook is refused.');
      return 'refused';
    }
    if (seen.has(id)) {
      say(`Event ${id} came again.`);
      return 'again';
    }
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    say(`Event ${id} came.`);
    bell.ring();
    return 'taken';
  };
}

export type Bell = Readonly<{
  ring(): void;
  /** Resolves when it has rung since it was last heard, or after that time. */
  heard(ms: number, signal: AbortSignal): Promise<void>;
}>;

export function createBell(): Bell {
  let rung = Promise.withResolvers<void>();
  return {
    ring: () => rung.resolve(),
    async heard(ms, signal) {
      const isHeard = new AbortController();
      const either = AbortSignal.any([signal, isHeard.signal]);
      const waited = pause(ms, undefined, { signal: either }).catch(() => undefined);
      const isRung = await Promise.race([rung.promise.then(() => true), waited]);
      isHeard.abort();
      // What rings from here on is for the next time.
      if (isRung === true) rung = Promise.withResolvers<void>();
    },
  };
}
