import { isEmailAddress } from '../monitoring/tenants/email-address.ts';
import { accepted, type Parse, rejected } from './variable.ts';

export const mailAddress: Parse<string> = (text) =>
  isEmailAddress(text)
    ? accepted(text)
    : rejected('it is not an e-mail address', 'one address, such as operator@example.com');

/** `Name <address>` or an address alone. A line break in the name could add headers to a mail. */
export const namedMailAddress: Parse<string> = (text) => {
  const match = /^([^<>\p{Cc}]*)<([^<>]+)>$/u.exec(text);
  return isEmailAddress(match?.[2] ?? text)
    ? accepted(text)
    : rejected('it is not an e-mail address', 'Linkwatch <linkwatch@example.com> or an address alone');
};

/** A local part has 64 characters at most (RFC 5321); `+ID.SIGNATURE` needs 34 of them. */
const LONGEST_RETURN_LOCAL_PART = 30;

export const returnPath: Parse<string> = (text) => {
  const parsed = mailAddress(text);
  if (!parsed.ok || text.lastIndexOf('@') <= LONGEST_RETURN_LOCAL_PART) return parsed;
  return rejected(
    `the part before the @ is longer than ${LONGEST_RETURN_LOCAL_PART} characters, so that no signature fits behind it`,
    'a shorter one, such as bounces@example.com',
  );
};
