import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { operatorMail } from './operator-mail.ts';

export function trialView(): MailView {
  return {
    ...operatorMail,
    subject: say('subject.trial'),
    preview: say('operator.trial.intro'),
    heading: say('operator.trial.heading'),
    intro: [say('operator.trial.intro')],
    closing: [],
    footer: { ...operatorMail.footer, smallPrint: [say('operator.trial.why')] },
  };
}
