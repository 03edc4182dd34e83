import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { ReturnedMail } from '../domain/delivery/bounce.ts';
import { headerFields } from './header-fields.ts';
import { readReport } from './read-report.ts';

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];
const originalTypes = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
/** The header fields in which servers record the envelope recipient. */
const addressFields = ['to', 'delivered-to', 'x-original-to', 'envelope-to'];

/** Reads a returned mail, headers first. Its content is untrusted. */
export async function readBounce(source: Uint8Array): Promise<ReturnedMail> {
  if (Buffer.from(source).toString('latin1').trim() === '') return { kind: 'not_a_bounce', why: 'empty' };
  const mail = await tryToParse(source);
  if (mail === null) return { kind: 'not_a_bounce', why: 'unreadable' };
  const [report] = textsOf(mail, statusTypes).flatMap((text) => readReport(text) ?? []);
  if (report === undefined) return { kind: 'not_a_bounce', why: 'no_report' };
  return { kind: 'bounce', report, sentTo: sentTo(mail), messageIds: messageIds(mail) };
}

async function tryToParse(source: Uint8Array): Promise<ParsedMail | null> {
  try {
    return await simpleParser(Buffer.from(source), {
      keepDeliveryStatus: true,
      ignoreEmbedded: true,
      checksumAlgo: false,
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      keepCidLinks: true,
    });
  } catch {
    return null;
  }
}

function textsOf({ attachments }: ParsedMail, types: readonly string[]): readonly string[] {
  const isWanted = ({ contentType }: Attachment) => types.includes(contentType.toLowerCase());
  return attachments.filter(isWanted).map(({ content }) => content.toString('utf8'));
}

function sentTo({ headerLines }: ParsedMail): readonly string[] {
  const lines = headerLines.filter(({ key }) => addressFields.includes(key.toLowerCase()));
  // Word by word: one expression for the whole line takes quadratic time on a megabyte without an @.
  return lines.flatMap(({ line }) => line.split(/[\s<>,;:"]/).filter((word) => /.@./.test(word)));
}

/** The Message-IDs of the original mail, which a bounce contains whole or as headers alone. */
function messageIds(mail: ParsedMail): readonly string[] {
  return textsOf(mail, originalTypes).flatMap((text) => {
    const [header = ''] = text.trimStart().split(/\r?\n\r?\n/, 1);
    return (
      headerFields(header)
        .get('message-id')
        ?.flatMap((value) => value.match(/<[^<>\s]+>/g) ?? []) ?? []
    );
  });
}
