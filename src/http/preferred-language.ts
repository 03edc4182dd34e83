import { languageOf } from '../domain/model/language.ts';

/** No browser asks for more; each takes its time to be looked up. */
const MOST_WISHES = 30;

/**
 * Of the languages that a browser asks for (`Accept-Language`), the one that is wanted most and that we speak; null
 * when we speak none of them.
 */
export function preferredLanguage(acceptLanguage: string | undefined): string | null {
  const [best] = (acceptLanguage ?? '')
    .split(',', MOST_WISHES)
    .map(wishOf)
    .filter(({ tag, weight }) => weight > 0 && languageOf(tag) !== null)
    .toSorted((a, b) => b.weight - a.weight);
  return best?.tag ?? null;
}

/** `fr-CA;q=0.8`; without a weight it is 1. */
function wishOf(text: string): Readonly<{ tag: string; weight: number }> {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
  return { tag, weight: Number(weight ?? 1) };
}
