import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Seals and opens secrets. A value opens only in the place it was sealed for: its tenant and field. */
export type Encryption = Readonly<{
  seal(secret: string, place: SecretPlace): string;
  open(sealed: string, place: SecretPlace): string;
  /** Equal for equal secrets, and of no use without a key: by each key, the one that seals first. */
  fingerprints(secret: string): readonly [string, ...string[]];
  /** Names of the keys, the one that seals first. */
  keyIds: readonly string[];
}>;

export type SecretPlace = Readonly<{ tenantId: string; field: string }>;

/** A sealed value begins with the id of its key. */
export const KEY_ID_LENGTH = 12;

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. `keys` have 32 bytes each; the first seals, all open. A sealed value is `keyId.base64url(iv, tag,
 * ciphertext)`, so that it always says which key it needs.
 */
export function createEncryption(keys: readonly Buffer[]): Encryption {
  const [first, ...others] = keys;
  if (first === undefined) throw new Error('Encryption needs at least one key.');
  const byId = new Map(keys.map((key) => [keyIdOf(key), createSecretKey(key)]));
  const [firstId, sealing] = [keyIdOf(first), createSecretKey(first)];
  const [fingerprint, ...otherFingerprints] = [fingerprinting(first), ...others.map(fingerprinting)] as const;
  return {
    seal: (secret, place) => `${firstId}.${encrypt(secret, sealing, place).toString('base64url')}`,
    open: (sealed, place) => {
      const [keyId = '', content = ''] = sealed.split('.');
      const key = byId.get(keyId);
      if (key === undefined) throw new Error(noKeyMessage(keyId, place));
      return decrypt(Buffer.from(content, 'base64url'), key, place);
    },
    keyIds: keys.map(keyIdOf),
    fingerprints: (secret) => [fingerprint(secret), ...otherFingerprints.map((other) => other(secret))],
  };
}

/** A key of its own is derived once, and not for each of many secrets. */
function fingerprinting(key: Buffer): (secret: string) => string {
  const id = keyIdOf(key);
  const derived = createSecretKey(Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'linkwatch fingerprint', 32)));
  return (secret) => `${id}.${createHmac('sha256', derived).update(secret).digest('base64url')}`;
}

function encrypt(secret: string, key: KeyObject, place: SecretPlace): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(associatedData(place));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
}

function decrypt(content: Buffer, key: KeyObject, place: SecretPlace): string {
  const iv = content.subarray(0, IV_BYTES);
  const tag = content.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
      .setAAD(associatedData(place))
      .setAuthTag(tag);
    return decipher.update(content.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    const { tenantId, field } = place;
    throw new Error(`The stored ${field} of tenant ${tenantId} was altered, or belongs elsewhere.`, { cause });
  }
}

function associatedData({ tenantId, field }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([tenantId, field]));
}

/** Names a key without giving it away. */
function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('linkwatch key id').update(key).digest('hex').slice(0, KEY_ID_LENGTH);
}

function noKeyMessage(keyId: string, { tenantId, field }: SecretPlace): string {
  return (
    `No encryption key opens the stored ${field} of tenant ${tenantId}: it was sealed with key ${keyId}. ` +
    'Add that key to ENCRYPTION_KEY, after the first and a comma.'
  );
}
