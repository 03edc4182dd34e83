import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { BannerWords, Tone } from '../../../words/banner-words.ts';
import type { Say } from '../../../words/words.ts';

type BadgeWords = Readonly<{
  /** BCP 47. */
  language: string;
  tone: Tone;
  /** What a screen reader calls the picture, and what it tells of it. */
  title: string;
  text: string;
  label: string;
  state: string;
}>;

export type Embed = Readonly<{
  /** HTML for a host's own page: no script, no style, nothing that is loaded. */
  banner(words: BannerWords, url: string | null): string;
  /** An SVG picture. */
  badge(words: BadgeWords): string;
  /** The one style sheet that a badge carries. */
  css: string;
}>;

const folder = import.meta.dirname;

/** Both are Eta templates, which escape whatever a name may hold. */
export function loadEmbed(): Embed {
  const css = readFileSync(join(folder, 'badge.css'), 'utf8');
  const eta = new Eta({ views: folder, cache: true });
  return {
    banner: (words, url) => eta.render('./banner', { ...words, url }),
    badge: (words) => eta.render('./badge', { ...words, ...layout(words), css }),
    css,
  };
}

export function badgeOf(words: BannerWords, say: Say): BadgeWords {
  return { ...words, title: `${words.label}${say('colon')} ${words.state}` };
}

/** The neutral badge of an address that shows no account, any more or at all. */
export function strayBadge(language: string, say: Say, why: 'expired' | 'nowhere'): BadgeWords {
  const title = say(`page.${why}.heading`);
  return { language, tone: 'unknown', title, text: title, label: say('page.list'), state: '?' };
}

/** In px: the margin at both ends of the picture, the gap beside the dot, and the width of the dot. */
const [MARGIN, GAP, DOT] = [10, 9, 8];

function layout({ label, state }: BadgeWords) {
  const [labelWidth, stateWidth] = [textWidth(label), textWidth(state)];
  const dotX = MARGIN + labelWidth + GAP + DOT / 2;
  const stateX = dotX + DOT / 2 + GAP - 3;
  return { labelWidth, stateWidth, dotX, stateX, width: stateX + stateWidth + MARGIN };
}

/** About what a sans serif of 13 px takes; the picture then gives the text exactly that, whatever the font. */
function textWidth(text: string): number {
  const widths = Array.from(text, (letter) => {
    if (/[\s.,:;!'’iíîjlft|I-]/u.test(letter)) return 4.4;
    if (/[mwMW]/u.test(letter)) return 11;
    return /\p{Lu}/u.test(letter) ? 8.8 : 7.2;
  });
  return Math.round(widths.reduce((sum, width) => sum + width, 0));
}
