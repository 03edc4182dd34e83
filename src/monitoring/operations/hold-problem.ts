import type { Hold } from '../../domain/model/hold.ts';
import type { MonitorProblem } from '../views.ts';
import { minuteOf, tenantsText, warning } from './monitor-problem.ts';

const RESTORED_REMEDY =
  '`linkwatch mail list --state held` shows the mails; `mail release ID` and `mail discard ID` decide about one, and `--all` about all of them and ends this.';

/** A hold that was meant for an hour is easily forgotten for a week. */
export function holdProblem({ cause, since, beganAt, tenants }: Hold, heldMail: number): MonitorProblem {
  const release = 'Release it: `linkwatch mail release --all`.';
  const held = `${heldMail} ${heldMail === 1 ? 'mail is' : 'mails are'} held in all`;
  switch (cause.kind) {
    case 'command':
      return warning('hold', beganAt, `owners’ mail is held by command; ${held}`, release);
    case 'brake':
      return warning('hold', beganAt, `owners’ mail is held because it was too much at once; ${held}`, release);
    case 'restored': {
      const detail = `the database was restored, and knows nothing from ${minuteOf(since)} to ${minuteOf(beganAt)} UTC: mail that may have been sent, grants, and what people changed in that time; ${held}`;
      return warning('hold', beganAt, detail, RESTORED_REMEDY);
    }
    case 'fleet': {
      const about = `${cause.network}, ${cause.condition}`;
      const detail = `${tenantsText(tenants)} showed the same at once (${about}), which is hardly their owners’ doing, so mail about it is held; ${held}`;
      const remedy =
        'Look whether the network or Constant Contact reports an outage. The hold ends by itself, and owners are told of what is still so then; to tell them now: `linkwatch mail release --all`.';
      return warning('hold', beganAt, detail, remedy);
    }
  }
}
