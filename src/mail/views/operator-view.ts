import type { OperatorReport } from '../../domain/operator-report.ts';
import { isOperatorKey, sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
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
    case 'trial':
      return trial();
    case 'hold_began':
    case 'hold_ended':
    case 'brake':
    case 'recipient_gone':
    case 'digest':
      return inShort(report.about);
  }
}

function inShort(about: string): MailView {
  const heading = about.replaceAll('_', ' ');
  return { ...operatorMail, subject: heading, preview: heading, heading, intro: [], closing: [] };
}

const operatorMail = {
  items: [],
  button: null,
  steps: null,
  footer: { page: null, smallPrint: [say('operator.why')], unsubscribe: null },
};

type Report<About extends OperatorReport['about']> = Extract<OperatorReport, { about: About }>;

function outageBegan(report: Report<'outage_began'>, context: ViewContext): MailView {
  const { time } = context;
  const { failing, polled, since } = report;
  const kind = failureWords(report.kind);
  return {
    ...operatorMail,
    subject: say('subject.outage_began', { failing, polled }),
    preview: kind,
    heading: say('operator.began.heading'),
    intro: [
      say('operator.began.intro', { failing, polled, kind, moment: time.moment(since), ago: time.ago(since) }),
      say('operator.began.meaning'),
    ],
    closing: [say('operator.began.next')],
  };
}

function outageEnded(report: Report<'outage_ended'>, context: ViewContext): MailView {
  const { time } = context;
  const { since, endedAt } = report;
  const intro = say('operator.ended.intro', {
    moment: time.moment(since),
    until: time.moment(endedAt),
    duration: time.lasting(endedAt - since),
    kind: failureWords(report.kind),
  });
  return {
    ...operatorMail,
    subject: say('subject.outage_ended'),
    preview: intro,
    heading: say('operator.ended.heading'),
    intro: [intro],
    closing: [say('operator.ended.meaning')],
  };
}

function trial(): MailView {
  return {
    ...operatorMail,
    subject: say('subject.trial'),
    preview: say('operator.trial.intro'),
    heading: say('operator.trial.heading'),
    intro: [say('operator.trial.intro')],
    closing: [],
    footer: { page: null, smallPrint: [say('operator.trial.why')], unsubscribe: null },
  };
}

function failureWords(kind: string): string {
  const key = `failure.${kind}`;
  return say(isOperatorKey(key) ? key : 'failure.other');
}
