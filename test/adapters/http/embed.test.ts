import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { createBadgeLinks } from '../../../src/mail/badge-links.ts';
import { anObservedConnection } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

type Banner = Readonly<{
  health: string | null;
  text: string;
  action: string;
  url: string | null;
  linkText: string;
  language: string;
  badgeUrl: string;
}>;

const BANNER = '/api/v1/tenants/bakery/banner';
const HTML = { accept: 'text/html' };

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(async () => {
  await api.server.close();
});

/** Without a key, as an `<img>` does. */
async function picture(url: string, headers: Readonly<Record<string, string>> = {}) {
  const { pathname, search } = new URL(url);
  const answer = await api.ask(pathname + search, { key: null, headers });
  return { answer, svg: await answer.text() };
}

describe('a banner', () => {
  it('says to the signed-in user of a host what is wrong, and what to do', async () => {
    expect(await api.json<Banner>(BANNER)).toEqual({
      health: 'broken',
      text: "Reconnect Facebook (Jane's Bakery) to keep posting",
      action: 'reconnect',
      url: 'https://watch.example.com/o/own-page-of-owner-of-bakery',
      linkText: 'See how your social accounts are doing now',
      language: 'en',
      badgeUrl: expect.stringMatching(
        /^https:\/\/watch\.example\.com\/api\/v1\/tenants\/bakery\/badge\.svg\?.+&locale=en$/,
      ),
    });
  });

  it.each<[string, string, string | undefined, string]>([
    ['the language that is asked for', '?locale=de', 'fr', 'de'],
    ['the language with a region', '?locale=pt-BR', undefined, 'pt'],
    ["the browser's language", '', 'fr-CA,fr;q=0.9', 'fr'],
    ["the browser's language where the one that is asked for is not spoken", '?locale=it', 'es', 'es'],
    ["the tenant's language where nobody asks for one that is spoken", '?locale=it', 'sv', 'en'],
    ["the tenant's language where nobody asks", '', undefined, 'en'],
  ])('speaks %s', async (_, query, accepted, language) => {
    const headers = { 'accept-language': accepted ?? '*' };
    const answer = await api.ask(BANNER + query, { headers });
    expect(answer.headers.get('content-language')).toBe(language);
    const banner = (await answer.json()) as Banner;
    expect(banner.language).toBe(language);
    expect(banner.badgeUrl).toMatch(new RegExp(`&locale=${language}$`));
  });

  it.each([
    ['a locale that is none', '?locale=en_US', 'locale'],
    ['an empty locale', '?locale=', 'locale'],
    ['two locales', '?locale=en&locale=de', 'locale'],
    ['markup', `?locale=${encodeURIComponent('"><script>')}`, 'locale'],
    ['another parameter', '?language=de', 'language'],
  ])('refuses %s, and names the field', async (_, query, field) => {
    const answer = await api.ask(BANNER + query);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  });

  it('is shown to a key of this tenant, and to no key of another', async () => {
    expect((await api.ask(BANNER, { key: await api.newKey('read', { tenantId: 'bakery' }) })).status).toBe(200);
    const foreign = { key: await api.newKey('admin', { tenantId: 'mill' }) };
    const [refused, unknown] = await Promise.all([
      api.ask(BANNER, foreign),
      api.ask('/api/v1/tenants/nowhere/banner', foreign),
    ]);
    expect([refused.status, unknown.status]).toEqual([404, 404]);
    const bodies = [await refused.json(), await unknown.json()] as { detail: string }[];
    expect(bodies[0]?.detail).toBe(bodies[1]?.detail);
    expect((await api.ask(BANNER, { key: null })).status).toBe(401);
  });

  it('gives a key that may change nothing the page on which nothing can be changed', async () => {
    const [read, operate] = [await api.newKey('read'), await api.newKey('operate')];
    expect((await api.json<Banner>(BANNER, { key: read })).url).toMatch(/\/o\/guest-page-of-owner-of-bakery$/);
    expect((await api.json<Banner>(BANNER, { key: operate })).url).toMatch(/\/o\/own-page-of-owner-of-bakery$/);
  });

  it.each([{}, HTML])('is asked for again cheaply: %j', async (headers) => {
    const first = await api.ask(BANNER, { headers });
    expect(first.headers.get('cache-control')).toBe('private, max-age=60');
    expect(first.headers.get('vary')).toBe('accept, accept-language, authorization');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    const again = await api.ask(BANNER, { headers: { ...headers, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const changed = await api.ask(`${BANNER}?locale=de`, { headers: { ...headers, 'if-none-match': etag } });
    expect(changed.status).toBe(200);
  });

  it('is HTML for whoever accepts it, without scripts and styles', async () => {
    const answer = await api.ask(BANNER, { headers: HTML });
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe(
      [
        '<section class="linkwatch-banner linkwatch-needs-you" lang="en" aria-label="Your social accounts">',
        '<p class="linkwatch-text">Reconnect Facebook (Jane&#39;s Bakery) to keep posting</p>',
        '<p class="linkwatch-more"><a href="https://watch.example.com/o/own-page-of-owner-of-bakery">See how your social accounts are doing now</a></p>',
        '</section>',
        '',
      ].join('\n'),
    );
    const both = await api.ask(BANNER, { headers: { accept: 'application/json, text/html;q=0.5' } });
    expect(both.headers.get('content-type')).toMatch(/^application\/json/);
  });
});

describe('a badge', () => {
  const badges = createBadgeLinks({ publicUrl: 'https://x.example', linkKeys: [new Uint8Array(32)] });

  it('is a picture for an <img> on any page, with words for a screen reader', async () => {
    const { badgeUrl } = await api.json<Banner>(BANNER);
    const { answer, svg } = await picture(badgeUrl);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'private, max-age=60',
      'cross-origin-resource-policy': 'cross-origin',
      'content-language': 'en',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
    });
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title id="linkwatch-title">Your social accounts: Needs you</title>');
    expect(svg).toContain('<desc id="linkwatch-desc">Reconnect Facebook (Jane&#39;s Bakery) to keep posting</desc>');
    expect(svg).not.toMatch(/<script|href|url\(/);
    expect(svg.length).toBeLessThan(3000);

    const etag = answer.headers.get('etag') ?? '';
    expect((await picture(badgeUrl, { 'if-none-match': etag })).answer.status).toBe(304);
  });

  it('speaks the language of its address, whatever the browser asks for', async () => {
    const { badgeUrl } = await api.json<Banner>(`${BANNER}?locale=fr`);
    const { svg } = await picture(badgeUrl, { 'accept-language': 'de' });
    expect(svg).toContain('lang="fr"');
    expect(svg).toContain('>Vos comptes de réseaux sociaux\u00A0: A besoin de vous<');
    const { svg: german } = await picture(badgeUrl.replace('locale=fr', 'locale=none!'), { 'accept-language': 'de' });
    expect(german).toContain('lang="de"');
  });

  it.each<[string, number, (now: number) => string, string]>([
    ['not signed', 404, () => 'https://x.example/api/v1/tenants/bakery/badge.svg', 'This link leads nowhere'],
    [
      "of another tenant's signature",
      404,
      (now) => badges.urlFor('mill', now).replace('mill', 'bakery'),
      'This link leads nowhere',
    ],
    ['of a tenant that is gone', 404, (now) => badges.urlFor('gone', now), 'This link leads nowhere'],
    ['too old', 410, (now) => badges.urlFor('bakery', now - 8 * DAY_MS), 'This link has expired'],
  ])('whose address is %s is a neutral picture with the status %d', async (_, status, urlAt, title) => {
    const { answer, svg } = await picture(urlAt(api.world.clock.now()));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(svg).toContain(`<title id="linkwatch-title">${title}</title>`);
    expect(svg).toContain('linkwatch-unknown');
    expect(svg).not.toMatch(/Bakery|bakery|Facebook/);
  });

  it('of an address that is nonsense is refused without an error of ours', async () => {
    for (const query of [`?signature=${'x'.repeat(5000)}`, '?expires=1&expires=2', '?expires=%00&signature=%ff']) {
      const { answer } = await picture(`https://x.example/api/v1/tenants/bakery/badge.svg${query}`);
      expect([400, 404]).toContain(answer.status);
    }
    expect(api.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  ']]></desc></svg><svg onload=alert(1)>',
  '&#60;script&#62; &amp;lt; &bogus;',
  '<%= process.env.ENCRYPTION_KEY %>',
  'Ja\uFFFEne\uFFFF\u0000\u0008\u202E\uD83D',
  'https://evil.example/?a=1&b=2',
  'W'.repeat(5000),
  'مخبز جين',
];

describe('a name that somebody else chose', () => {
  it.each(hostile)('stays a name in every form: %j', async (name) => {
    const { constantContact, clock, poll } = api.world;
    constantContact.shows('bakery', anObservedConnection({ displayName: name, network: name, tokenIsValid: false }));
    for (let polls = 0; polls < 3; polls += 1) {
      await clock.advance(ms('1h'));
      await poll();
    }
    const { badgeUrl, text } = await api.json<Banner>(BANNER);
    expect(text).toMatch(/Reconnect|social accounts? need/);
    const html = await (await api.ask(BANNER, { headers: HTML })).text();
    const { svg } = await picture(badgeUrl);
    for (const markup of [html, svg]) {
      expect(markup).not.toMatch(/<(script|img|%)|onload='|[\uFFFE\uFFFF]|\p{Cs}/u);
      expect(markup.match(/<svg/g)?.length ?? 1).toBe(1);
      expect(markup.length).toBeLessThan(4000);
    }
    expect(tagsOf(html)).toEqual(['section', 'p', '/p', 'p', 'a', '/a', '/p', '/section']);
  });
});

function tagsOf(html: string): readonly string[] {
  return Array.from(html.matchAll(/<(\/?\w+)/g), ([, tag = '']) => tag);
}
