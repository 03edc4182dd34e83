import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type FindTexts, readSenderRecords } from '../../../src/mail/sender-records.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = {
  domain: 'agency.example',
  selector: 'lw',
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const published = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const dnsOf =
  (records: Readonly<Record<string, readonly string[]>>): FindTexts =>
  async (name) =>
    records[name] ?? [];

const complete = {
  'agency.example': ['google-site-verification=1', 'v=spf1 include:_spf.example ~all'],
  '_dmarc.agency.example': ['v=DMARC1; p=none'],
  'lw._domainkey.agency.example': [`v=DKIM1; k=rsa; p=${published.slice(0, 90)} ${published.slice(90)}`],
};
const read = (records: Readonly<Record<string, readonly string[]>>, address = 'alerts@agency.example') =>
  readSenderRecords(address, key, dnsOf(records));

describe('the records of a sender’s domain', () => {
  it('are found, the public key in several pieces', async () => {
    expect(await read(complete)).toEqual({ domain: 'agency.example', hasSpf: true, hasDmarc: true, dkim: 'published' });
  });

  it('of a subdomain may have the policy of its organisation', async () => {
    expect(await read(complete, 'alerts@mail.agency.example')).toMatchObject({ hasSpf: false, hasDmarc: true });
  });

  it.each([
    ['are not there', {}, { hasSpf: false, hasDmarc: false, dkim: 'missing' }],
    ['are of another kind', { 'agency.example': ['v=spf10'], '_dmarc.agency.example': ['v=DMARC'] }, { hasSpf: false }],
    ['have another key', { ...complete, 'lw._domainkey.agency.example': ['p=MIIB'] }, { dkim: 'other_key' }],
    [
      'have a key that was withdrawn',
      { ...complete, 'lw._domainkey.agency.example': ['v=DKIM1; p='] },
      { dkim: 'other_key' },
    ],
  ])('%s', async (_, records, expected) => {
    expect(await read(records)).toMatchObject(expected);
  });

  it('are unknown where no resolver answers', async () => {
    const refuse = async () => {
      throw Object.assign(new Error('queryTxt ESERVFAIL'), { code: 'ESERVFAIL' });
    };
    expect(await readSenderRecords('a@agency.example', null, refuse)).toBeNull();
  });
});
