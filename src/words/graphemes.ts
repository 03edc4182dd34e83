import { remember } from './remember.ts';

/** Made for the first text that is cut: it reads so much of Node.js' data that a short command would feel it. */
const segmenter = remember(1, () => new Intl.Segmenter('en', { granularity: 'grapheme' }));

/** What a reader takes for the characters of a text, one after the other. */
export function* graphemesOf(text: string): Generator<string> {
  for (const { segment } of segmenter().segment(text)) yield segment;
}
