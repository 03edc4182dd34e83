import { graphemesOf } from './graphemes.ts';

/** Long enough for any business, short enough for a heading or a subject. */
export const NAME_LENGTH = 70;

/**
 * Control characters, what is no character (XML has no place for some), line and paragraph separators, and marks that
 * reorder or hide the text around them.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * Makes a name that somebody else chose fit to stand in a sentence, a subject or a header: one line, no hidden marks,
 * at most `maxLength` graphemes. Null when nothing readable is left.
 */
export function plainName(name: string | null, maxLength: number): string | null {
  const oneLine = (name ?? '').toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/\s+/gu, ' ').trim();
  if (oneLine === '') return null;
  const short = shorten(oneLine, maxLength);
  // Keeps a right-to-left name from swapping places with the brackets and words around it.
  return RIGHT_TO_LEFT.test(short) ? `${FIRST_STRONG_ISOLATE}${short}${POP_ISOLATE}` : short;
}

/** What mail programs make a link of, whole; a colon needs something behind it to be one. */
const WITH_SCHEME = /\b(?:[a-z][a-z0-9+.-]*:\/\/|(?:https?|ftps?|mailto|tel|sms|data|javascript):(?=\S))\S*/giu;
/** A dot before what may be a domain's next label: letters in a row, as in `shop.example`, and not `2.0` or `e.V.` */
const DOMAIN_DOT = /(?<=[\p{L}\p{M}\p{N}_-])[.\u3002\uff0e\uff61](?=[\p{L}\p{M}\p{N}_-]*\p{L}[\p{L}\p{M}\p{N}_-])/gu;

/**
 * The same for a name that came from upstream: nothing in it becomes a link of its own in a mail. What has a scheme is
 * left out, and a space parts `booking.com`, which may well be somebody's name.
 */
export function unlinkedName(name: string | null, maxLength: number): string | null {
  const oneLine = plainName(name, Number.POSITIVE_INFINITY) ?? '';
  const unlinked = oneLine.replaceAll(WITH_SCHEME, '\u2026').replaceAll(DOMAIN_DOT, '$& ');
  return /[^\s\u2026]/u.test(unlinked) ? plainName(unlinked, maxLength) : null;
}

/**
 * A name that somebody else chose, as it stands in sentences, subjects and lists; null when nothing of it can be read.
 */
export function shownName(name: string | null): string | null {
  return unlinkedName(name, NAME_LENGTH);
}

/**
 * Code units for each grapheme: enough for every script; a few letters with thousands of marks are cut all the same.
 */
const UNITS = 12;

function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const all = [...graphemesOf(text)];
  if (all.length <= maxLength && text.length <= maxLength * UNITS) return text;
  let kept = '';
  for (const grapheme of all.slice(0, maxLength - 1)) {
    if (kept.length + grapheme.length > maxLength * UNITS) break;
    kept += grapheme;
  }
  const fitting =
    kept === ''
      ? text
          .slice(0, maxLength)
          .toWellFormed()
          .replace(/\uFFFD$/u, '')
      : kept;
  return `${fitting.trimEnd()}…`;
}
