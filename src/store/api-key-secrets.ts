import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeySecrets } from '../monitoring/ports.ts';

const PREFIX_BYTES = 4;
const SECRET_BYTES = 32;

/**
 * A secret such as `lw_5f0c1a2b_…`, by whose beginning people and scanners for leaked secrets know it. 256 random bits
 * cannot be guessed from their hash, so that needs no salt and no slowness.
 */
export const apiKeySecrets: ApiKeySecrets = {
  make: () => {
    const prefix = `lw_${randomBytes(PREFIX_BYTES).toString('hex')}`;
    return { secret: `${prefix}_${randomBytes(SECRET_BYTES).toString('base64url')}`, prefix };
  },
  hash: (secret) => createHash('sha256').update(secret).digest('base64url'),
};
