import type { Notice } from './load-pages.ts';
import type { Voice } from './voice.ts';

/** Pages that say one thing. */
export function refusalOf(kind: 'expired' | 'nowhere', { language, speaker, say, help }: Voice): Notice {
  const lines = [say(`page.${kind}.line`), say('page.help', { help })];
  return { language, speaker, heading: say(`page.${kind}.heading`), lines, link: null };
}

/** An error in words: something we cannot do just now (503), did wrong (5xx), or cannot read (4xx). */
export function failureNotice(status: number, voice: Voice, isForm: boolean): Notice {
  // The empty address is the page's own. After a form it opens the page that asks for it, and sends nothing again.
  if (status < 500) return nothingChanged(voice, '');
  const { language, speaker, say } = voice;
  const lines = [say('page.trouble.line'), ...(isForm ? [say('page.trouble.form')] : [])];
  const heading = say(status === 503 ? 'page.trouble.away' : 'page.trouble.failed');
  return { language, speaker, heading, lines, link: { href: '', label: say('page.trouble.again') } };
}

/** `again` leads to the confirm page. */
export function nothingChanged({ language, speaker, say }: Voice, again: string): Notice {
  const link = { href: again, label: say('page.forged.again') };
  return { language, speaker, heading: say('page.forged.heading'), lines: [say('page.forged.line')], link };
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
