import { type MailView, onlyWords } from '../mail-view.ts';
import { tenantNameOf, type ViewContext } from './view-context.ts';

/** Asks the owner of an account to connect it. Nothing is known of its social accounts yet. */
export function invitationView(context: ViewContext): MailView {
  const { words, links, connectUrl, helpAddress } = context;
  const names = { tenant: tenantNameOf(context) };
  const intro = words.say('invitation.intro', names);
  return {
    ...onlyWords,
    subject: words.say('subject.invitation', names),
    preview: intro,
    heading: words.say('invitation.heading'),
    intro: [intro, words.say('invitation.how'), words.say('invitation.scope')],
    button: { label: words.say('invitation.button'), url: connectUrl ?? '' },
    closing: [words.say('invitation.closing')],
    footer: {
      page: null,
      forward: null,
      smallPrint: [words.say('invitation.why'), words.say('footer.questions', { help: helpAddress })],
      links: links === null ? [] : [{ label: words.say('footer.not_mine'), url: links.notMine }],
    },
  };
}
