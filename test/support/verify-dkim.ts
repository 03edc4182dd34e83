import { createHash, createVerify, type KeyObject } from 'node:crypto';

export type DkimCheck = Readonly<{
  domain: string;
  selector: string;
  /** In lower case, in the order of `h=`. */
  signedFields: readonly string[];
  isBodyIntact: boolean;
  isSignatureGood: boolean;
}>;

/** A receiver's check of a mail as it came over the wire (RFC 6376, relaxed/relaxed, rsa-sha256), written from the RFC. */
export function verifyDkim(mail: string, publicKey: KeyObject): DkimCheck {
  const source = Buffer.from(mail, 'utf8').toString('latin1');
  const split = source.indexOf('\r\n\r\n');
  const fields = fieldsIn(source.slice(0, split));
  const signature = fields.find(({ name }) => name === 'dkim-signature');
  if (signature === undefined) throw new Error('The mail is not signed');
  const tags = tagsIn(signature.value);
  const signedFields = (tags.get('h') ?? '').split(':').map((name) => name.trim().toLowerCase());
  const bodyHash = createHash('sha256')
    .update(relaxedBody(source.slice(split + 4)), 'latin1')
    .digest('base64');
  const lines = signedFields.flatMap((name) => {
    const field = fields.findLast((other) => other.name === name);
    return field === undefined ? [] : [`${name}:${relaxedValue(field.value)}\r\n`];
  });
  const unsigned = signature.value.replace(/(\bb=)[^;]*$/s, '$1');
  const signed = `${lines.join('')}dkim-signature:${relaxedValue(unsigned)}`;
  return {
    domain: tags.get('d') ?? '',
    selector: tags.get('s') ?? '',
    signedFields,
    isBodyIntact: bodyHash === tags.get('bh'),
    isSignatureGood: createVerify('RSA-SHA256')
      .update(signed, 'latin1')
      .verify(publicKey, tags.get('b') ?? '', 'base64'),
  };
}

type Field = Readonly<{ name: string; value: string }>;

function fieldsIn(header: string): readonly Field[] {
  return header.split(/\r\n(?![ \t])/).map((line) => {
    const colon = line.indexOf(':');
    return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1) };
  });
}

function tagsIn(value: string): ReadonlyMap<string, string> {
  return new Map(
    value.split(';').map((tag) => {
      const [, name = '', text = ''] = /^\s*(\w+)\s*=(.*)$/s.exec(tag) ?? [];
      return [name, text.replaceAll(/\s+/g, '')];
    }),
  );
}

function relaxedValue(value: string): string {
  return value
    .replaceAll('\r\n', '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}

function relaxedBody(body: string): string {
  const lines = body.replaceAll(/[ \t]+/g, ' ').replaceAll(/ (?=\r\n)/g, '');
  return `${lines.replace(/(\r\n)*$/, '')}\r\n`;
}
