import type { MailView } from '../mail-view.ts';
import type { ViewContext } from '../views/view-context.ts';
import { brakeView } from './brake-view.ts';
import { digestView } from './digest-view.ts';
import { holdBeganView } from './hold-began-view.ts';
import { holdEndedView } from './hold-ended-view.ts';
import { mailWorksAgainView } from './mail-works-again-view.ts';
import { neverWorkedView } from './never-worked-view.ts';
import { outageBeganView, outageEndedView } from './outage-view.ts';
import { quotaExceededView } from './quota-exceeded-view.ts';
import { recipientGoneView } from './recipient-gone-view.ts';
import { trialView } from './trial-view.ts';
import { webhookStoppedView } from './webhook-stopped-view.ts';

/** A mail to the operator: what happened, what it means for the owners, and what Linkwatch does next. */
export function operatorView({ content: { report, at }, time, limit }: ViewContext): MailView {
  if (report === null) throw new Error('Mail to the operator must carry a report');
  switch (report.about) {
    case 'outage_began':
      return outageBeganView(report, time);
    case 'outage_ended':
      return outageEndedView(report, time);
    case 'quota_exceeded':
      return quotaExceededView(report, time);
    case 'hold_began':
      return holdBeganView(report, time);
    case 'hold_ended':
      return holdEndedView(report, time, at);
    case 'brake':
      return brakeView(report);
    case 'mail_works_again':
      return mailWorksAgainView(report, time);
    case 'recipient_gone':
      return recipientGoneView(report);
    case 'never_worked':
      return neverWorkedView(report);
    case 'webhook_stopped':
      return webhookStoppedView(report, time);
    case 'digest':
      return digestView(report.digest, { time, at, lines: limit });
    case 'trial':
      return trialView();
  }
}
