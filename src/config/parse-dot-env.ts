import dotenv from 'dotenv';
import type { Environment } from './read-variables.ts';

export type ParsedDotEnv = Readonly<{ ok: true; values: Environment }> | Readonly<{ ok: false; problem: string }>;

/** The variables of a `.env`. Editors that save UTF-16, or an old code page, would turn its names into other names. */
export function parseDotEnv(bytes: Uint8Array): ParsedDotEnv {
  const isUtf16 =
    bytes.includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) return { ok: false, problem: 'it is not UTF-8 but UTF-16, which some editors call Unicode' };
  try {
    return { ok: true, values: dotenv.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { ok: false, problem: 'it is not UTF-8' };
  }
}
