import type { Mailer } from '../../src/monitoring/ports.ts';
import { ms } from '../support/domain-time.ts';
import type { ProcessHappening } from './happenings.ts';
import type { Telling } from './telling.ts';

/** Stops, starts and ends the process of Linkwatch, or sets its clock. */
export function happenToProcess(telling: Telling, what: ProcessHappening): void {
  switch (what.kind) {
    case 'stopped':
      telling.isStopped = true;
      return;
    case 'started':
    case 'killed':
      telling.world = telling.world.restarted();
      telling.isStopped = false;
      return;
    case 'dies_with_next_mail': {
      const { mailer } = telling.world;
      const dying = mailerThatDies(mailer, what.isAccepted);
      telling.world = telling.world.restarted((port) => (Object.is(port, mailer) ? { ...port, ...dying } : port));
      return;
    }
    case 'clock_jumps': {
      const byMs = what.forward ? ms(what.by) : -ms(what.by);
      telling.world.clock.jump(byMs);
      telling.aheadMs += byMs;
    }
  }
}

/** What breaks off between sending and noting it leaves the rows as the end of a process does. */
function mailerThatDies(mailer: Mailer, isAccepted: boolean): Pick<Mailer, 'send'> {
  let hasDied = false;
  return {
    send: async (mail) => {
      if (hasDied) return await mailer.send(mail);
      hasDied = true;
      if (isAccepted) await mailer.send(mail);
      throw new Error('the process died');
    },
  };
}
