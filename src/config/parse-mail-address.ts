import { asciiAddress, type Mailbox, parseMailbox } from '../domain/model/email-address.ts';
import { accepted, type Parse, rejected } from './variable.ts';

const NO_ADDRESS = 'it is not an e-mail address';

export const mailAddress: Parse<string> = (text) => {
  const address = asciiAddress(text);
  return address === null ? rejected(NO_ADDRESS, 'one address, such as operator@example.com') : accepted(address);
};

/** `Name <address>` or an address alone. */
export const namedMailAddress: Parse<Mailbox> = (text) => {
  const mailbox = parseMailbox(text);
  if (mailbox !== null) return accepted(mailbox);
  return /["\\]/.test(text)
    ? rejected(
        'its quotation marks or backslashes cannot be read as part of a name',
        'the whole name in quotation marks, with a \\ before each " and \\ inside: "O\\"Brien" <linkwatch@example.com>',
      )
    : rejected(NO_ADDRESS, 'Linkwatch <linkwatch@example.com> or an address alone');
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
