import type { Poll, PolledResult } from '../../domain/model/poll.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import { type Breaker, NO_FAILURE_RUN, stepBreaker } from '../../domain/polling/breaker.ts';
import { keptFor } from '../kept-for.ts';
import type { BreakerStore, Clock, Log } from '../ports.ts';

/** What other processes found is known within this time. */
const VALID_MS = SECOND_MS;

/** A poll, whatever connections it saw. */
type HeardPoll = Pick<Poll, 'tenantId' | 'at'> & Readonly<{ result: PolledResult }>;

/** This process's part in knowing whether Constant Contact answers. */
export type BreakerWatch = Readonly<{
  read(): Promise<Breaker>;
  /** Hears of every poll. Never rejects: a poll is stored whatever becomes of this. */
  hear(poll: HeardPoll): Promise<void>;
}>;

export type BreakerPorts = Readonly<{ breakers: BreakerStore; clock: Clock; log: Log }>;

export function createBreakerWatch({ breakers, clock, log }: BreakerPorts): BreakerWatch {
  let run = NO_FAILURE_RUN;
  const readAnew = () => keptFor(VALID_MS, clock, () => breakers.read());
  let read = readAnew();

  async function follow(poll: HeardPoll): Promise<void> {
    const known = await read();
    const { step, run: after } = stepBreaker(known, run, poll);
    run = after;
    if (step.kind === 'stay') return;
    read = readAnew();
    if (step.kind === 'open') {
      if (await breakers.open(step.failure, clock.now())) {
        log.warn(
          { failure: step.failure },
          'Constant Contact does not answer: it is asked by single probes from now on',
        );
      }
    } else if (known.openSince !== null && (await breakers.close(known.openSince, poll.at))) {
      log.info({ silentMs: poll.at - known.openSince }, 'Constant Contact answers again: what was missed is made good');
    }
  }

  return {
    read: () => read(),
    hear: (poll) =>
      follow(poll).catch((error: unknown) => {
        log.debug({ err: error }, 'whether Constant Contact answers could not be noted');
      }),
  };
}
