import { accessIntroKey, privilegeNamed } from '../../words/access-words.ts';
import { type MailView, onlyWords } from '../mail-view.ts';
import { ownerFooter } from './footer.ts';
import { snoozeLink } from './quiet-links.ts';
import { firstOf, tenantNameOf, type ViewContext } from './view-context.ts';

/**
 * We ourselves can no longer look at the tenant's accounts. The mail is about that alone: nothing is known of the
 * accounts, so no word here may sound as if something were wrong with them.
 */
export function accessView(context: ViewContext): MailView {
  const { content, words, time } = context;
  const problem = firstOf(content.problems);
  const access = problem.action === 'privileges' ? 'privileges' : 'reauthorize';
  const isReminder = content.kind === 'reminder';
  const subject = words.say(`subject.${access}`, { tenant: tenantNameOf(context) });
  const intro = words.say(accessIntroKey(access, problem.missing ?? null), {
    tenant: tenantNameOf(context),
    moment: time.moment(problem.since),
    ago: time.ago(problem.since),
    ...privilegeNamed,
  });
  const { help, button } = wayBack(access, context);
  const isPartial = access === 'reauthorize' && problem.missing === 'scope';
  return {
    ...onlyWords,
    subject: isReminder ? words.say('subject.reminder', { subject }) : subject,
    preview: intro,
    heading: words.say(isReminder ? `${access}.heading.still` : `${access}.heading`),
    intro: [intro, words.say('access.meaning'), help, ...(isPartial ? [words.say('access.scope.help')] : [])],
    button,
    quietLinks: snoozeLink(context),
    closing: content.isLastReminder ? [words.say('access.last')] : [],
    footer: ownerFooter(context, 'footer.page.access'),
  };
}

/** A permission is renewed by the reader alone; for anything else somebody has to be asked. */
function wayBack(access: 'privileges' | 'reauthorize', { words, helpAddress, connectUrl }: ViewContext) {
  if (access === 'reauthorize' && connectUrl !== null) {
    const button = { label: words.say('access.connect.button'), url: connectUrl };
    return { help: words.say('access.connect.help'), button };
  }
  const button = { label: words.say('access.button'), url: `mailto:${helpAddress}` };
  return { help: words.say(`access.${access}.help`, { help: helpAddress }), button };
}

/** We see the accounts again. Their health is the subject of other mails. */
export function accessRecoveredView(context: ViewContext): MailView {
  const { content, words, time } = context;
  const problem = firstOf(content.problems);
  const until = problem.until ?? content.at;
  const tenant = tenantNameOf(context);
  const intro = words.say('access.recovered.intro', {
    tenant,
    moment: time.moment(until),
    duration: time.lasting(until - problem.since),
  });
  return {
    ...onlyWords,
    subject: words.say('subject.access_recovered', { tenant }),
    preview: intro,
    heading: words.say('access.recovered.heading'),
    intro: [intro],
    closing: [words.say('access.recovered.closing')],
    footer: ownerFooter(context, 'footer.page.access'),
  };
}
