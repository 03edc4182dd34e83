import { describe, expect, it } from '@jest/globals';
import { linksCheck, senderChecks } from '../../../src/monitoring/operations/outside-checks.ts';
import type { SenderRecords } from '../../../src/monitoring/ports.ts';

const fine: SenderRecords = { domain: 'agency.example', hasSpf: true, hasDmarc: true, dkim: 'published' };

describe('The doctor’s look at the links in mail', () => {
  it.each([
    ['https://linkwatch.example', 'answers', true, 'where Linkwatch answers'],
    ['https://linkwatch.example/apps/lw', 'other', false, 'something else than Linkwatch'],
    ['https://linkwatch.example', 'silent', false, 'nothing answers'],
    ['http://localhost:8080', 'answers', false, 'their own machine'],
    ['http://127.0.0.1:8080', 'answers', false, 'their own machine'],
  ] as const)('to %s, where the answer is %s: ok is %s', (url, answer, ok, detail) => {
    expect(linksCheck(url, answer)).toMatchObject({ ok, detail: expect.stringContaining(detail) });
  });
});

describe('The doctor’s look at the sender’s domain', () => {
  it.each<[string, SenderRecords | null, boolean, string]>([
    ['is content with all records', fine, true, 'SPF and DMARC of agency.example are there, and the key of DKIM'],
    ['is content without DKIM, when mail is not signed', { ...fine, dkim: 'unsigned' }, true, 'are there'],
    ['is content where no resolver answers', null, true, 'not looked up'],
    ['misses SPF', { ...fine, hasSpf: false }, false, 'no SPF record (TXT v=spf1 at agency.example)'],
    ['misses DMARC', { ...fine, hasDmarc: false }, false, 'no DMARC record'],
    ['misses the key of DKIM', { ...fine, dkim: 'missing' }, false, 'no public key'],
    ['finds another key', { ...fine, dkim: 'other_key' }, false, 'another public key'],
    ['names all that is missing', { ...fine, hasSpf: false, hasDmarc: false }, false, ', and no DMARC'],
  ])('%s', (_, records, ok, detail) => {
    expect(senderChecks(records)).toMatchObject([{ ok, detail: expect.stringContaining(detail) }]);
  });
});
