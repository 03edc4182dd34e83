import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { heldMailCommands } from './commands.ts';
import { inDigits, operatorMail, type Report } from './operator-mail.ts';

export function brakeView({ perHour, held }: Report<'brake'>): MailView {
  const values = { perHour: inDigits(perHour), count: held };
  const intro = say('brake.intro', values);
  return {
    ...operatorMail,
    subject: say('subject.brake', values),
    preview: intro,
    heading: say('brake.heading'),
    intro: [intro, say('brake.meaning')],
    commands: heldMailCommands,
    closing: [say('brake.next')],
  };
}
