import { remember } from './remember.ts';

/** The colours of a button and of links for one colour scheme, all `#rrggbb`. */
export type SchemeColors = Readonly<{
  button: string;
  /** Text on the button. */
  onButton: string;
  /** Links, and the line around the button: it shows a button whose colour is nearly that of the card. */
  link: string;
}>;

export type BrandColors = Readonly<{ light: SchemeColors; dark: SchemeColors }>;

const BLACK = '#000000';
const WHITE = '#ffffff';
/** What text stands on: the paper is darker than the card in light, and the card lighter than the paper in dark. */
const LIGHT_PAPER = '#f4f1ec';
const DARK_CARD = '#211f1d';
/** WCAG 2.2, 1.4.3, with room for rounding; in dark, where a brand's colour is dull at that, as much as 1.4.6 asks. */
const READABLE = { light: 4.6, dark: 7 } as const;

/** All colours that are made of a brand's one colour, each readable where it stands. */
export const brandColors = remember(20, colorsOf);

function colorsOf(color: string): BrandColors {
  const inDark = readableOn(DARK_CARD, color, { other: WHITE, contrast: READABLE.dark });
  return {
    light: {
      button: color,
      onButton: textOn(color),
      link: readableOn(LIGHT_PAPER, color, { other: BLACK, contrast: READABLE.light }),
    },
    dark: { button: inDark, onButton: textOn(inDark), link: inDark },
  };
}

/** White or black, whichever is easier to read on the colour; one of the two always has a contrast above 4.5. */
export function textOn(color: string): string {
  return contrast(WHITE, color) >= contrast(BLACK, color) ? WHITE : BLACK;
}

/** The contrast of two colours: 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The colour itself, or as little of the other mixed into it as makes it readable on the ground. */
function readableOn(
  ground: string,
  color: string,
  { other, contrast: least }: Readonly<{ other: string; contrast: number }>,
): string {
  const mixed = Array.from({ length: 21 }, (_, step) => mix(color, other, step / 20));
  return mixed.find((candidate) => contrast(candidate, ground) >= least) ?? other;
}

function mix(color: string, other: string, share: number): string {
  const [from, to] = [channels(color), channels(other)];
  const both = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share));
  return `#${both.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(color: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}
