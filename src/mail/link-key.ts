import { hkdfSync } from 'node:crypto';

/** The key that signs links, 32 bytes, derived from an encryption key so that neither gives the other away. */
export function deriveLinkKey(encryptionKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', encryptionKey, new Uint8Array(), 'linkwatch signed links', 32));
}
