import type { WorkDone } from '../../domain/model/worker.ts';
import type { Observer, WebhookSender } from '../ports.ts';

const NOTHING: WorkDone = { polls: 0, mails: 0, webhooks: 0 };

/** Counts what this process does, for its next report. */
export type WorkCounter = Readonly<{
  observing(observer: Observer): Observer;
  sending(sender: WebhookSender): WebhookSender;
  /** What was done and is not reported yet. */
  unreported(): WorkDone;
  /** So much of it is reported now; what was done meanwhile is left for the next report. */
  reported(done: WorkDone): void;
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
    unreported: () => done,
    reported({ polls, mails, webhooks }) {
      done = { polls: done.polls - polls, mails: done.mails - mails, webhooks: done.webhooks - webhooks };
    },
  };
}
