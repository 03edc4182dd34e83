import { createHmac, timingSafeEqual } from 'node:crypto';

/** 64 bits: nobody guesses that by sending mail. */
const SIGNATURE_DIGITS = 16;

export type SignedAddress = Readonly<{ kind: 'valid' | 'forged'; notificationId: string }>;

/** Who a mail's envelope is from: where a mail server returns what it could not deliver. */
export type ReturnPath = Readonly<{
  /** For mail that nobody signs: the operator's. */
  plain: string;
  /** For as long as the keys live, and the same for every attempt; `plain` where no return path is configured. */
  addressOf(notificationId: string): string;
  /** Null when it is no address of ours at all. */
  read(address: string): SignedAddress | null;
}>;

export type ReturnPathOptions = Readonly<{
  /** MAIL_RETURN_PATH. */
  returnPath: string | null;
  mailFrom: string;
  /** 32 bytes each, see `deriveReturnPathKey`; the first signs, all verify. */
  returnPathKeys: readonly [Uint8Array, ...Uint8Array[]];
}>;

/** `bounces+ID.SIGNATURE@example.com`: a mail that comes back says by its address which one it is. */
export function createReturnPath({ returnPath, mailFrom, returnPathKeys }: ReturnPathOptions): ReturnPath {
  const plain = returnPath ?? mailFrom;
  const at = plain.lastIndexOf('@');
  const [local, domain] = [plain.slice(0, at), plain.slice(at + 1)];
  return {
    plain,
    addressOf: (id) => (returnPath === null ? plain : `${local}+${id}.${sign(id, returnPathKeys[0])}@${domain}`),
    read(address) {
      // Some servers write the address in capitals.
      const [, id, signature] = /\+([a-z0-9-]+)\.([0-9a-f]{16})@[^@]+$/.exec(address.toLowerCase()) ?? [];
      if (id === undefined || signature === undefined) return null;
      const isValid = returnPathKeys.some((key) => isSame(signature, sign(id, key)));
      return { kind: isValid ? 'valid' : 'forged', notificationId: id };
    },
  };
}

function sign(id: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(id).digest('hex').slice(0, SIGNATURE_DIGITS);
}

function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(given), Buffer.from(expected));
}
