import type { Notice } from '../load-pages.ts';
import type { Voice } from '../voice.ts';

/** Pages that say one thing. */
export function refusalOf(kind: 'expired' | 'nowhere', { language, speaker, say, help }: Voice): Notice {
  const lines = [say(`page.${kind}.line`), say('page.help', { help })];
  return { language, speaker, heading: say(`page.${kind}.heading`), lines, link: null };
}

export function unsubscribedAtOnce({ language, speaker, say, help }: Voice, back: string): Notice {
  const lines = [say('page.help', { help })];
  return {
    language,
    speaker,
    heading: say('page.done.unsubscribed'),
    lines,
    link: { href: back, label: say('page.back') },
  };
}

/** A guest has opened what the contact alone may do. */
export function onlyToLook({ language, speaker, say }: Voice, back: string): Notice {
  const link = { href: back, label: say('page.back') };
  return { language, speaker, heading: say('page.guest.only'), lines: [say('page.guest.only.line')], link };
}
