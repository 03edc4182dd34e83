import { languages } from '../../domain/model/language.ts';
import { type SnoozeLength, snoozeLengths } from '../../domain/owner/contact-request.ts';
import type { OwnerPage } from '../../domain/owner/owner-page.ts';
import { languageName, wordsFor } from '../../words/words.ts';
import type { ContactVoice } from '../voice.ts';
import type { OwnerAction } from './owner-actions.ts';

/** The page that asks before anything is done. */
export type ConfirmWords = Readonly<{
  heading: string;
  lines: readonly string[];
  choices: readonly Choice[];
  /** Null when there is nothing to do. */
  button: string | null;
  back: string;
}>;

/** One of several, as a group of radio buttons. */
export type Choice = Readonly<{ name: string; legend: string; options: readonly Option[] }>;

type Option = Readonly<{
  value: string;
  label: string;
  /** The language of the label; null when it is the page's own. */
  language: string | null;
  isChosen: boolean;
}>;

export function confirmWords(action: OwnerAction, page: OwnerPage, voice: ContactVoice): ConfirmWords {
  const { say } = voice;
  return { choices: [], button: null, back: say('page.back'), ...contentOf(action, page, voice) };
}

type Content = Pick<ConfirmWords, 'heading' | 'lines'> & Partial<ConfirmWords>;

function contentOf(action: OwnerAction, page: OwnerPage, voice: ContactVoice): Content {
  const { say, names } = voice;
  const { state } = page.contact;
  switch (action) {
    case 'check':
      return {
        heading: say('page.check.heading'),
        lines: [say('page.check.line', names)],
        button: say('page.check.button'),
      };
    case 'snooze':
      return snoozeWords(page, voice);
    case 'preferences':
      return preferenceWords(page, voice);
    case 'not-mine': {
      const heading = say('page.not_mine.heading');
      if (state === 'not_mine') return { heading, lines: [say('page.note.not_mine')] };
      const lines = [say('page.not_mine.line', names), say('page.not_mine.operator')];
      return { heading, lines, button: say('page.not_mine.button') };
    }
    case 'unsubscribe': {
      const heading = say('page.unsubscribe.heading');
      if (state === 'unsubscribed') return { heading, lines: [say('page.note.unsubscribed')] };
      return { heading, lines: [say('page.unsubscribe.line', names)], button: say('page.unsubscribe.button') };
    }
    case 'return': {
      const heading = say('page.return.heading');
      if (state === 'active') return { heading, lines: [say('page.return.already')] };
      return { heading, lines: [say('page.return.line', names)], button: say('page.return.button') };
    }
  }
}

function snoozeWords({ contact, reminders }: OwnerPage, { say }: ContactVoice): Content {
  const heading = say('page.snooze.heading');
  if (reminders === 'none') return { heading, lines: [say('page.snooze.nothing')] };
  const lengths = snoozeLengths.filter((length) => length !== 'ended' || reminders === 'snoozed');
  const option = (length: SnoozeLength) => ({
    value: length,
    label: say(`page.snooze.${length}`),
    language: null,
    isChosen: length === 'day',
  });
  return {
    heading,
    lines: [say(contact.role === 'owner' ? 'page.snooze.owner' : 'page.snooze.cc'), say('page.snooze.still')],
    choices: [{ name: 'length', legend: say('page.snooze.legend'), options: lengths.map(option) }],
    button: say('page.save'),
  };
}

function preferenceWords({ tenant, contact }: OwnerPage, { say }: ContactVoice): Content {
  const usual = languageName(wordsFor(tenant.locale).language);
  const chosen = contact.locale === null ? '' : wordsFor(contact.locale).language;
  const option = (value: string, label: string, language: string | null): Option => ({
    value,
    label,
    language,
    isChosen: value === chosen,
  });
  const remind = (value: 'on' | 'off') => ({
    value,
    label: say(`page.preferences.${value}`),
    language: null,
    isChosen: contact.wantsReminders === (value === 'on'),
  });
  return {
    heading: say('page.preferences.heading'),
    lines: [],
    choices: [
      {
        name: 'language',
        legend: say('page.preferences.language'),
        options: [
          option('', say('page.preferences.default', { language: usual }), null),
          ...languages.map((language) => option(language, languageName(language), language)),
        ],
      },
      { name: 'reminders', legend: say('page.preferences.reminders'), options: [remind('on'), remind('off')] },
    ],
    button: say('page.save'),
  };
}
