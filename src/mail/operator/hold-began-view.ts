import type { ReportedCause } from '../../domain/model/fault.ts';
import type { TimeWords } from '../../words/time-words.ts';
import { type OperatorKey, sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { heldMailCommands } from './commands.ts';
import { causeWords } from './hold-words.ts';
import { inDigits, operatorMail, type Report } from './operator-mail.ts';

export function holdBeganView({ hold, polled }: Report<'hold_began'>, time: TimeWords): MailView {
  const { kind } = hold.cause;
  const values = {
    ...causeWords(hold.cause),
    tenants: inDigits(hold.tenants),
    polled: inDigits(polled),
    moment: time.moment(hold.since),
    ago: time.ago(hold.since),
  };
  const intro = say(`hold_began.${kind}.intro`, values);
  return {
    ...operatorMail,
    subject: say(`subject.hold_began.${kind}`, values),
    preview: intro,
    heading: say(`hold_began.${kind}.heading`, values),
    intro: [intro, say(meaningOf(kind))],
    steps: checksOf(hold.cause),
    commands: heldMailCommands,
    closing: kind === 'fleet' || kind === 'access' ? [say(`hold_began.${kind}.next`)] : [],
  };
}

function meaningOf(kind: ReportedCause['kind']): OperatorKey {
  return kind === 'fleet' || kind === 'access' ? `hold_began.${kind}.meaning` : 'hold_began.until_command';
}

/** The mistakes of ours that Constant Contact answers with each failure. */
const checks: Readonly<Record<string, readonly OperatorKey[]>> = {
  invalid_client: ['hold_began.check.client', 'hold_began.check.application'],
  invalid_grant: ['hold_began.check.client', 'hold_began.check.copy', 'hold_began.check.application'],
  unauthorized: ['hold_began.check.urls', 'hold_began.check.clock'],
  forbidden: ['hold_began.check.application', 'hold_began.check.scopes'],
  missing_scope: ['hold_began.check.scopes'],
};

function checksOf(cause: ReportedCause): MailView['steps'] {
  const keys = cause.kind === 'access' ? checks[cause.failure] : undefined;
  return keys === undefined ? null : { title: say('hold_began.check.title'), items: keys.map((key) => say(key)) };
}
