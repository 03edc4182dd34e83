import type { WorkDone } from '../../domain/model/worker.ts';
import type { Observer, WebhookSender } from '../ports.ts';

const NOTHING: WorkDone = { polls: 0, mails: 0, webhooks: 0 };

/** Counts what this process does, for its next report. */
export type WorkCounter = Readonly<{
  observing(observer: Observer): Observer;
  sending(sender: WebhookSender): WebhookSender;
  /** What was done since it was last asked. */
  take(): WorkDone;
}>;

export function createWorkCounter(): WorkCounter {
  let done = NOTHING;
  const count = (kind: keyof WorkDone): void => {
    done = { ...done, [kind]: done[kind] + 1 };
  };
  return {
    observing: (observer) => ({
      ...observer,
      polled: (poll) => {
        count('polls');
        observer.polled(poll);
      },
      mailed: (kind, outcome) => {
        count('mails');
        observer.mailed(kind, outcome);
      },
    }),
    sending: (sender) => ({
      ...sender,
      send: async (request) => {
        count('webhooks');
        return await sender.send(request);
      },
    }),
    take() {
      const taken = done;
      done = NOTHING;
      return taken;
    },
  };
}
