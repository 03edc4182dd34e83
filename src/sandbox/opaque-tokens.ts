import { createHash } from 'node:crypto';

/** Tokens that look like Okta's and depend on nothing but the seed, the tenant and how many it had before. */
export type TokenMint = Readonly<{
  accessToken(tenantId: string, nth: number): string;
  refreshToken(tenantId: string, nth: number): string;
}>;

const header = encode({ kid: 'sandbox', alg: 'RS256' });

export function createTokenMint(seed: string, clientId: string): TokenMint {
  return {
    /** In the shape of a JWT of about 700 characters. Nobody but the stand-in can say whether it is valid. */
    accessToken(tenantId, nth) {
      const claims = {
        ver: 1,
        jti: `AT.${digest(`${seed}/jti/${tenantId}/${nth}`, 32)}`,
        iss: 'https://identity.constantcontact.com/oauth2/default',
        aud: 'https://api.cc.email/v3',
        cid: clientId,
        scp: ['offline_access', 'account_read', 'campaign_data'],
        sub: tenantId,
      };
      return `${header}.${encode(claims)}.${digest(`${seed}/signature/${tenantId}/${nth}`, 256)}`;
    },
    refreshToken: (tenantId, nth) => digest(`${seed}/refresh/${tenantId}/${nth}`, 32),
  };
}

function digest(text: string, bytes: number): string {
  return createHash('shake256', { outputLength: bytes }).update(text).digest('base64url');
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
