import type { FastifyRequest } from 'fastify';
import { isEmailAddress, parseMailbox } from '../../src/domain/model/email-address.ts';
import { bearerOf } from '../../src/http/bearer.ts';
import { kept } from '../../src/http/connect/kept-cookie.ts';
import { createSessions } from '../../src/http/dashboard/session.ts';
import { preferredLanguage } from '../../src/http/preferred-language.ts';
import { createBadgeLinks } from '../../src/mail/badge-links.ts';
import { createConnectLinks } from '../../src/mail/connect-links.ts';
import { createFormTokens } from '../../src/mail/form-tokens.ts';
import { createLinks } from '../../src/mail/links.ts';
import { feedPlace } from '../../src/monitoring/events/feed-cursor.ts';
import { InvalidCursor, positionAt, textPositionAt } from '../../src/monitoring/pages.ts';
import { webhookUrlProblem } from '../../src/webhooks/url-problem.ts';
import { NOW } from '../support/builders.ts';
import type { Reader } from './reader.ts';

const options = { publicUrl: 'https://watch.example.com/linkwatch', linkKeys: [new Uint8Array(32)] } as const;
const links = createLinks(options);
const connecting = createConnectLinks(options);
const badges = createBadgeLinks(options);
const forms = createFormTokens(options);
const holder = { tenantId: 'tenant-1', contactId: 'contact-1' };
const sessions = createSessions({ keys: options.linkKeys, publicUrl: options.publicUrl, now: () => NOW });
const requestWith = (headers: object) => ({ headers }) as FastifyRequest;
const form = { ...holder, action: 'snooze' };
const page = new URL(links.ownerLinks(holder, NOW).page).pathname.split('/').at(-1) ?? '';
const invitation = new URL(connecting.linkFor(holder, 'invitation', NOW)).searchParams.get('token') ?? '';
const sealed = connecting.seal({ step: 'shown', token: 'x' }, NOW + 1);

export const requestReaders: readonly Reader[] = [
  {
    name: 'a link',
    corpus: [page, invitation, 'eyJhbGciOiJub25lIn0.e30.', 'a.b.c'],
    read: async (text) => [
      await links.verify(text, NOW),
      await connecting.verify(text, NOW),
      badges.check({ tenantId: text, expires: text, signature: text }, NOW),
      forms.verify(text, form, NOW),
    ],
  },
  {
    name: 'a form token',
    corpus: [forms.sign(form, NOW), '1e9.x', '-1.'],
    read: (text) => forms.verify(text, form, NOW),
  },
  {
    name: 'a cookie',
    corpus: [`linkwatch_connect=${sealed}; linkwatch_session=${page}; linkwatch_zone=US/Eastern`, 'a=b; c', ';;=;'],
    read: async (cookie) => [
      await sessions.read(requestWith({ cookie })),
      kept(requestWith({ cookie }), { unseal: (text) => connecting.unseal(text, NOW) }),
    ],
  },
  {
    name: 'a header of a request',
    corpus: ['Bearer lw_5f0c1a2b', 'fr-CA;q=0.8, en;q=0.5, *;q=0', 'de-DE-1996'],
    read: (text) => [bearerOf({ headers: { authorization: text } }), preferredLanguage(text)],
  },
  {
    name: 'a cursor',
    corpus: [Buffer.from('1768478400000 id-1').toString('base64url'), Buffer.from('Jane\nid-1').toString('base64url')],
    read: (text) => {
      for (const read of [positionAt, textPositionAt, feedPlace]) {
        try {
          read(text);
        } catch (error) {
          if (!(error instanceof InvalidCursor)) throw error;
        }
      }
    },
  },
  {
    name: 'the address of a webhook',
    corpus: [
      'https://host.example:8443/hook?key=1',
      'http://[::ffff:127.0.0.1]/',
      'https://user:pw@10.0.0.1/',
      'ftp://x',
    ],
    read: (text) => [webhookUrlProblem(text, { allowPrivate: false }), webhookUrlProblem(text, { allowPrivate: true })],
  },
  {
    name: 'a mail address',
    corpus: [
      'jane@bakery.example',
      '"Acme \\"A\\"" <alerts@example.com>',
      'Acme (Support) <a@b.example>',
      'jörg@bücher.example',
    ],
    read: (text) => [isEmailAddress(text), parseMailbox(text)],
  },
];
