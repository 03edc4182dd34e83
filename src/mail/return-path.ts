import { createHmac } from 'node:crypto';
import { isSameText } from './signed-token.ts';

/** 64 bits: too many to guess by sending mail. */
const SIGNATURE_DIGITS = 16;

export type SignedAddress = Readonly<{ kind: 'valid' | 'forged'; notificationId: string }>;

/** The envelope sender, to which mail servers return undeliverable mail. */
export type ReturnPath = Readonly<{
  /** The unsigned address, for mail to the operator. */
  plain: string;
  /** The same address for every attempt, valid as long as the keys; `plain` where no return path is configured. */
  addressOf(notificationId: string): string;
  /** Null when the address was not made by Linkwatch. */
  read(address: string): SignedAddress | null;
}>;

export type ReturnPathOptions = Readonly<{
  /** MAIL_RETURN_PATH. */
  returnPath: string | null;
  mailFrom: string;
  /** 32 bytes each, see `deriveReturnPathKey`; the first signs, all verify. */
  returnPathKeys: readonly [Uint8Array, ...Uint8Array[]];
}>;

/** `bounces+ID.SIGNATURE@example.com`: the address of a returned mail names the notification. */
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
      const isValid = returnPathKeys.some((key) => isSameText(signature, sign(id, key)));
      return { kind: isValid ? 'valid' : 'forged', notificationId: id };
    },
  };
}

function sign(id: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(id).digest('hex').slice(0, SIGNATURE_DIGITS);
}
