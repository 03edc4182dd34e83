import { createHash } from 'node:crypto';

/**
 * Tokens and codes that look like Okta's, and depend on nothing but the seed, the tenant and how many there were
 * before.
 */
export type TokenMint = Readonly<{
  accessToken(tenantId: string, nth: number, scopes: readonly string[]): string;
  refreshToken(tenantId: string, nth: number): string;
  /** The nth authorization code. */
  code(nth: number): string;
  deviceCodes(nth: number): Readonly<{ deviceCode: string; userCode: string }>;
}>;

const header = encode({ kid: 'sandbox', alg: 'RS256' });

export function createTokenMint(seed: string, clientId: string): TokenMint {
  return {
    /** In the shape of a JWT of about 700 characters. Nobody but the stand-in can say whether it is valid. */
    accessToken(tenantId, nth, scopes) {
      const claims = {
        ver: 1,
        jti: `AT.${digest(`${seed}/jti/${tenantId}/${nth}`, 32)}`,
        iss: 'https://identity.constantcontact.com/oauth2/default',
        aud: 'https://api.cc.email/v3',
        cid: clientId,
        scp: scopes,
        sub: tenantId,
      };
      return `${header}.${encode(claims)}.${digest(`${seed}/signature/${tenantId}/${nth}`, 256)}`;
    },
    refreshToken: (tenantId, nth) => digest(`${seed}/refresh/${tenantId}/${nth}`, 32),
    code: (nth) => digest(`${seed}/code/${nth}`, 32),
    deviceCodes: (nth) => ({
      deviceCode: digest(`${seed}/device/${nth}`, 32),
      userCode: letters(`${seed}/user/${nth}`, 8),
    }),
  };
}

function digest(text: string, bytes: number): string {
  return createHash('shake256', { outputLength: bytes }).update(text).digest('base64url');
}

function letters(text: string, count: number): string {
  const bytes = createHash('shake256', { outputLength: count }).update(text).digest();
  return [...bytes].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
