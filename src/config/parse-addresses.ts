import { isIP } from 'node:net';
import { accepted, type Parse, rejected } from './variable.ts';

/** Networks that have a name. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses and networks, separated by commas: `127.0.0.1,10.0.0.0/8`. */
export const addressList: Parse<readonly string[]> = (text) => {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every(isAddressOrNetwork)
    ? accepted(parts)
    : rejected('an entry is neither an address nor a network', 'such as 127.0.0.1,10.0.0.0/8, or loopback');
};

function isAddressOrNetwork(text: string): boolean {
  if (NAMES.includes(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  // A network of everybody would let any client say where it comes from.
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
