import type { OperatorReport } from '../../domain/notification.ts';
import type { MailView } from '../mail-view.ts';
import { isMessageKey, type Say } from '../words.ts';
import type { ViewContext } from './view-context.ts';

/** For whoever runs Linkwatch: what failed, what it means for the owners, what happens next. */
export function operatorView(context: ViewContext): MailView {
  const { report } = context.letter;
  if (report === null) throw new Error('A letter to the operator carries a report');
  switch (report.about) {
    case 'outage_began':
      return outageBegan(report, context);
    case 'outage_ended':
      return outageEnded(report, context);
  }
}

type Report<About extends OperatorReport['about']> = Extract<OperatorReport, { about: About }>;

function outageBegan(report: Report<'outage_began'>, context: ViewContext): MailView {
  const { words, time } = context;
  const { failing, polled, since } = report;
  const kind = failureWords(report.kind, words.say);
  return {
    ...operatorMail(context),
    subject: words.say('subject.outage_began', { failing, polled }),
    preview: kind,
    heading: words.say('operator.began.heading'),
    intro: [
      words.say('operator.began.intro', { failing, polled, kind, moment: time.moment(since), ago: time.ago(since) }),
      words.say('operator.began.meaning'),
    ],
    closing: [words.say('operator.began.next')],
  };
}

function outageEnded(report: Report<'outage_ended'>, context: ViewContext): MailView {
  const { words, time } = context;
  const { since, endedAt } = report;
  const intro = words.say('operator.ended.intro', {
    moment: time.moment(since),
    until: time.moment(endedAt),
    duration: time.lasting(endedAt - since),
    kind: failureWords(report.kind, words.say),
  });
  return {
    ...operatorMail(context),
    subject: words.say('subject.outage_ended'),
    preview: intro,
    heading: words.say('operator.ended.heading'),
    intro: [intro],
    closing: [words.say('operator.ended.meaning')],
  };
}

type OperatorFrame = Pick<MailView, 'language' | 'items' | 'button' | 'steps' | 'footer'>;

function operatorMail({ words }: ViewContext): OperatorFrame {
  return {
    language: words.language,
    items: [],
    button: null,
    steps: null,
    footer: { page: null, smallPrint: [words.say('operator.why')], unsubscribe: null },
  };
}

function failureWords(kind: string, say: Say): string {
  const key = `failure.${kind}`;
  return say(isMessageKey(key) ? key : 'failure.other');
}
