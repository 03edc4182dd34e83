import { accepted, type Parse, rejected } from './variable.ts';

const KEY_BYTES = 32;
const INSTEAD = 'what `linkwatch key new` prints; several keys separated by commas, the newest first';

/** The first encrypts, all decrypt. */
export const encryptionKeys: Parse<readonly Uint8Array[]> = (text) => {
  const keys = text.split(',').map((part) => keyOf(part.trim()));
  const read = keys.filter((key) => key !== null);
  if (read.length < keys.length) return rejected(`${which(keys)} is not base64 of exactly ${KEY_BYTES} bytes`, INSTEAD);
  const distinct = new Set(read.map((key) => Buffer.from(key).toString('base64')));
  return distinct.size < read.length ? rejected('it names the same key twice', INSTEAD) : accepted(read);
};

function keyOf(text: string): Uint8Array | null {
  // Buffer ignores what is not base64, so only a text that survives the way there and back is one.
  const key = Buffer.from(text, 'base64');
  return key.length === KEY_BYTES && [key.toString('base64'), key.toString('base64').slice(0, -1)].includes(text)
    ? new Uint8Array(key)
    : null;
}

function which(keys: readonly (Uint8Array | null)[]): string {
  return keys.length === 1 ? 'it' : `key ${keys.indexOf(null) + 1} of ${keys.length}`;
}
