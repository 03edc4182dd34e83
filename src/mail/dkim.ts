/** The DKIM signature of a domain (RFC 6376). */
export type DkimKey = Readonly<{
  domain: string;
  /** The key's name in the DNS: `{selector}._domainkey.{domain}`. */
  selector: string;
  /** RSA, in PEM. */
  privateKey: string;
}>;

/** RFC 8058 wants both fields of one-click unsubscribing signed; nodemailer's own list leaves one of them out. */
const signedFields = [
  'From',
  'Reply-To',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

/** The options in nodemailer's shape. */
export function dkimSigning({ domain, selector, privateKey }: DkimKey) {
  return { domainName: domain, keySelector: selector, privateKey, headerFieldNames: signedFields.join(':') };
}
