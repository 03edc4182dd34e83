import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { tenantWords } from './digest-lines.ts';
import { sectionOf } from './digest-sections.ts';
import { operatorMail, type Report } from './operator-mail.ts';
import { failureWords } from './operator-words.ts';

export function neverWorkedView({ tenants }: Report<'never_worked'>): MailView {
  const count = tenants.total;
  const intro = say('never_worked.intro', { count });
  const seeAll = { label: say('digest.see'), line: 'linkwatch status' };
  return {
    ...operatorMail,
    subject: say('subject.never_worked', { count }),
    preview: intro,
    heading: say('never_worked.heading', { count }),
    intro: [intro, say('never_worked.nobody_told')],
    sections: sectionOf(tenants.items.length)(
      'never_worked.tenants',
      tenants,
      ({ failure, ...tenant }) => ({ title: tenantWords(tenant), line: failureWords(failure) }),
      seeAll,
    ),
    commands: [{ label: say('command.new_token'), line: 'linkwatch tenant update ID --refresh-token @FILE' }],
    closing: [say('never_worked.next')],
  };
}
