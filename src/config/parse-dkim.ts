import { createPrivateKey } from 'node:crypto';
import { accepted, type Parse, rejected } from './variable.ts';

const LABELS = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;
/** RFC 8301: receivers take nothing shorter. */
const LEAST_BITS = 1024;

export const dkimDomain: Parse<string> = (text) =>
  LABELS.test(text) && text.includes('.') && text.length <= 253
    ? accepted(text)
    : rejected('it is not a domain', 'the domain alone, such as example.com');

export const dkimSelector: Parse<string> = (text) =>
  LABELS.test(text) && text.length <= 63
    ? accepted(text)
    : rejected('it is not a selector', 'what stands before ._domainkey in the DNS, such as linkwatch');

/** An RSA key in PEM; its line breaks may be written as \n, which is all that some environments can hold. */
export const dkimPrivateKey: Parse<string> = (text) => {
  const pem = text.replaceAll('\\n', '\n');
  const instead = 'an RSA private key in PEM without a passphrase: -----BEGIN PRIVATE KEY-----...';
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType !== 'rsa') return rejected('it is not an RSA key', instead);
    const isLong = (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_BITS;
    return isLong ? accepted(pem) : rejected(`it is shorter than ${LEAST_BITS} bits`, instead);
  } catch {
    return rejected('it is not a private key that can be read', instead);
  }
};
