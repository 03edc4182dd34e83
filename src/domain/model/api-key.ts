import type { Instant } from './time.ts';

/**
 * From the least to the most that a key may do: look; change what is watched and mailed; all, keys and purging
 * included.
 */
export const keyRoles = ['read', 'operate', 'admin'] as const;

export type KeyRole = (typeof keyRoles)[number];

/** `session`: a browser that a link has signed in, which no secret opens; `sign_in`: that link, which works once. */
export const keyPurposes = ['program', 'session', 'sign_in'] as const;

/** A key of a program, a session or a sign-in link (see `purpose`), without its secret, which nobody keeps. */
export type ApiKey = Readonly<{
  id: string;
  name: string | null;
  /** How its secret begins, for a person to tell keys apart. */
  prefix: string;
  role: KeyRole;
  purpose: (typeof keyPurposes)[number];
  /** The one tenant that it sees; null: all of them. */
  tenantId: string | null;
  createdAt: Instant;
  /** Null: never. */
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  /** To the minute; null while it was never used. */
  lastUsedAt: Instant | null;
}>;

/** In one line, and short enough for a list. */
export const LONGEST_KEY_NAME = 200;

/** What a key may be called; an empty text is no name. */
export function isKeyName(text: string): boolean {
  return text.length <= LONGEST_KEY_NAME && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

export const keyStates = ['active', 'expired', 'revoked'] as const;

export type KeyState = (typeof keyStates)[number];

export function keyStateAt({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Instant): KeyState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

export function roleIncludes(role: KeyRole, wanted: KeyRole): boolean {
  return keyRoles.indexOf(role) >= keyRoles.indexOf(wanted);
}
