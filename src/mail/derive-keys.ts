import { hkdfSync } from 'node:crypto';

/** The key that signs links, 32 bytes, derived from an encryption key; neither key can be computed from the other. */
export function deriveLinkKey(encryptionKey: Uint8Array): Uint8Array {
  return derive(encryptionKey, 'linkwatch signed links');
}

/** The key that signs return addresses, derived in the same way. */
export function deriveReturnPathKey(encryptionKey: Uint8Array): Uint8Array {
  return derive(encryptionKey, 'linkwatch return path');
}

/** The key that signs the dashboard's sessions, derived in the same way. */
export function deriveSessionKey(encryptionKey: Uint8Array): Uint8Array {
  return derive(encryptionKey, 'linkwatch session');
}

function derive(encryptionKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', encryptionKey, new Uint8Array(), purpose, 32));
}
