import { createPublicKey } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { domainOf } from '../domain/model/email-domain.ts';
import type { SenderRecords } from '../monitoring/ports.ts';
import type { DkimKey } from './dkim.ts';

const TIMEOUT_MS = 3000;

/** A name that does not exist, or has no TXT record: that is an answer. */
const NONE = ['ENOTFOUND', 'ENODATA'];

export type FindTexts = (name: string) => Promise<readonly string[]>;

/**
 * What the DNS tells receivers about mail from the domain of this address: SPF (RFC 7208), DMARC (RFC 7489) and, where
 * mail is signed, the public key of DKIM (RFC 6376). Null when no resolver answers.
 */
export async function readSenderRecords(
  address: string,
  dkim: DkimKey | null,
  findTexts: FindTexts = textsByDns,
): Promise<SenderRecords | null> {
  const domain = domainOf(address);
  try {
    const spf = await findTexts(domain);
    const dmarc = await findTexts(`_dmarc.${domain}`);
    const ownDmarc = dmarc.length > 0 ? dmarc : await findTexts(`_dmarc.${organizationOf(domain)}`);
    return {
      domain,
      hasSpf: spf.some((text) => /^v=spf1\b/i.test(text)),
      hasDmarc: ownDmarc.some((text) => /^v=DMARC1\b/i.test(text)),
      dkim: dkim === null ? 'unsigned' : await dkimState(dkim, findTexts),
    };
  } catch {
    return null;
  }
}

async function dkimState(
  { domain, selector, privateKey }: DkimKey,
  findTexts: FindTexts,
): Promise<SenderRecords['dkim']> {
  const texts = await findTexts(`${selector}._domainkey.${domain}`);
  if (texts.length === 0) return 'missing';
  const ours = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return texts.some((text) => publishedKey(text) === ours) ? 'published' : 'other_key';
}

function publishedKey(text: string): string | undefined {
  return /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replaceAll(/\s/g, '');
}

/** A subdomain without a policy of its own has that of its organisation, here the last two parts of its name. */
function organizationOf(domain: string): string {
  return domain.split('.').slice(-2).join('.');
}

async function textsByDns(name: string): Promise<readonly string[]> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (NONE.includes(String(Object(error).code))) return [];
    throw error;
  }
}
