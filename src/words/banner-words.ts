import type { Language } from '../domain/model/language.ts';
import type { Banner, BannerConnection } from '../domain/owner/banner.ts';
import type { SummaryKind } from '../domain/owner/summary.ts';
import { type Brand, speakerOf } from './brand.ts';
import { accountNames, subjectOf, tenantName } from './connection-words.ts';
import { type MessageKey, type Say, wordsFor } from './words.ts';

/** Chooses the colour; the words say the same. */
export type Tone = 'needs-you' | 'waiting' | 'well' | 'unknown';

/** A banner in one language. */
export type BannerWords = Readonly<{
  language: Language;
  /** What it is about: "Your social accounts". */
  label: string;
  /** How they are, in a sentence. */
  text: string;
  /** The same in a word or two, for a badge; a dash where there is no account. */
  state: string;
  tone: Tone;
  /** The text of the link to the page that tells more. */
  linkText: string;
}>;

const states: Readonly<Record<SummaryKind, readonly [Tone, MessageKey | null]>> = {
  needs_you: ['needs-you', 'page.label.broken'],
  suspected: ['waiting', 'page.label.suspected'],
  limited: ['waiting', 'page.label.waiting'],
  unknown: ['unknown', 'page.label.unobserved'],
  paused: ['unknown', 'page.label.unobserved'],
  access_lost: ['unknown', 'page.label.unobserved'],
  not_yet: ['unknown', 'page.label.unobserved'],
  empty: ['unknown', null],
  well: ['well', 'page.label.healthy'],
};

/** Constant Contact has answered, and cannot tell how an account is. */
const cannotTell = ['waiting', 'page.label.waiting'] as const;

function stateOf({ summary: { kind }, health }: Banner): (typeof states)[SummaryKind] {
  return kind === 'unknown' && health === 'waiting' ? cannotTell : states[kind];
}

/** In the language of the locale, in the name of whoever speaks to the tenant's owners. */
export function bannerWords(banner: Banner, locale: string, brand: Brand): BannerWords {
  const speaker = speakerOf(banner.tenant.senderName, brand);
  const { language, say } = wordsFor(locale, speaker.name);
  const [tone, state] = stateOf(banner);
  return {
    language,
    label: say('page.list'),
    text: sentenceOf(banner, say),
    state: state === null ? '–' : say(state),
    tone,
    linkText: say(banner.summary.kind === 'access_lost' ? 'footer.page.access' : 'footer.page'),
  };
}

function sentenceOf({ summary: { kind, concerned }, action, tenant }: Banner, say: Say): string {
  const count = concerned.length;
  const [one] = concerned;
  switch (kind) {
    case 'needs_you':
      return count === 1 && one !== undefined ? aloud(one, say) : say('page.summary.needs_you', { count });
    case 'limited':
      return count === 1 && one !== undefined ? aloud(one, say) : say('alert.heading.wait.several', { count });
    case 'access_lost':
      return say(action === 'privileges' ? 'subject.privileges' : 'subject.reauthorize', {
        tenant: tenantName(tenant.name, say),
      });
    case 'suspected':
    case 'unknown':
      return say(`page.summary.${kind}`, { count });
    case 'paused':
    case 'not_yet':
    case 'empty':
    case 'well':
      return say(`page.summary.${kind}`);
  }
}

/** Says it as the subject of the mail about it does: names the account, and what to do. */
function aloud(connection: BannerConnection, say: Say): string {
  return say(`subject.${subjectOf(connection)}`, accountNames(connection, say));
}
