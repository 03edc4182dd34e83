import { accepted, type Parse, rejected } from './variable.ts';

const LONGEST_NAME = 70;

/** A name alone: it stands in headers and sentences. */
export const brandName: Parse<string> = (text) => {
  if (/[<>"\\@]/.test(text)) {
    return rejected('it is not a name alone', 'the name without an address, quotation marks or backslashes');
  }
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text) || !/[\p{L}\p{N}]/u.test(text)) {
    return rejected('it has characters that cannot be shown, or none that can', 'a name on one line');
  }
  if (text.length > LONGEST_NAME) return rejected(`it is longer than ${LONGEST_NAME} characters`, 'a shorter name');
  return accepted(text);
};

/** Gives `#rrggbb` in lower case. The # may be left out, because it begins a comment in `.env`. */
export const hexColor: Parse<string> = (text) => {
  const [, short, long] = /^#?(?:([0-9a-f]{3})|([0-9a-f]{6}))$/i.exec(text) ?? [];
  const digits = long ?? short?.replaceAll(/./g, '$&$&');
  if (digits !== undefined) return accepted(`#${digits.toLowerCase()}`);
  return rejected('it is not a colour of the form #rrggbb', 'six hexadecimal digits, such as 1f5a40');
};
