import { describe, expect, it } from '@jest/globals';
import type { MailSelection, MailSelectionOutcome } from '../../../src/monitoring/application.ts';
import type { Viewer } from '../../../src/monitoring/viewer.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { aDetail } from '../../support/cli-views.ts';

const verbs = ['hold', 'release', 'discard'] as const;
type Verb = (typeof verbs)[number];

const doneAs = { hold: 'held', release: 'released', discard: 'discarded' } as const;

/** The command's one function, with what it was asked for. */
function asked(verb: Verb, { changed = [], skipped = [] }: Partial<MailSelectionOutcome> = {}) {
  const selections: MailSelection[] = [];
  const act = async (_: Viewer, selection: MailSelection) => {
    selections.push(selection);
    return { changed, skipped };
  };
  const app: PartialApplication = { mail: { [verb]: act }, tenants: { find: async () => aDetail() } };
  return { app, selections };
}

describe.each(verbs)('linkwatch mail %s', (verb) => {
  it.each<[string, MailSelection]>([
    ['m-1', { kind: 'ids', ids: ['m-1'] }],
    ['m-1 m-2', { kind: 'ids', ids: ['m-1', 'm-2'] }],
    ['--tenant tenant-1', { kind: 'tenant', tenantId: 'tenant-1' }],
    ['--all', { kind: 'all' }],
  ])('takes %s', async (args, selection) => {
    const { app, selections } = asked(verb, { changed: ['m-1', 'm-2'] });
    const { exitCode, closed } = await linkwatch(`mail ${verb} ${args}`, { app });
    expect({ exitCode, closed, selections }).toEqual({ exitCode: 0, closed: 1, selections: [selection] });
  });

  it.each([
    ['', 'It is not clear which mail is meant'],
    ['m-1 --all', 'It is not clear which mail is meant'],
    ['m-1 --tenant t', 'It is not clear which mail is meant'],
    ['--tenant t --all', 'cannot be used with option'],
    ['--tenant', 'argument missing'],
    ['--everything', 'unknown option'],
  ])('refuses "%s" before it asks anything', async (args, message) => {
    const { exitCode, stdout, stderr, opened } = await linkwatch(`mail ${verb} ${args}`);
    expect({ exitCode, stdout, opened }).toEqual({ exitCode: 2, stdout: '', opened: [] });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
  });

  it('answers in JSON what became of which', async () => {
    const { app } = asked(verb, { changed: ['m-1'], skipped: ['m-2'] });
    const { json, exitCode } = await linkwatch(`mail ${verb} m-1 m-2 --json`, { app });
    expect({ json, exitCode }).toEqual({ json: { changed: ['m-1'], skipped: ['m-2'] }, exitCode: 0 });
  });

  it('says how many, and which it could not do it to', async () => {
    const one = await linkwatch(`mail ${verb} m-1 m-2`, asked(verb, { changed: ['m-1'], skipped: ['m-2'] }));
    expect(one.stdout).toContain(`1 mail is ${doneAs[verb]}.`);
    expect(one.stdout).toContain('1 could not be: m-2.');
    const two = await linkwatch(`mail ${verb} --all`, asked(verb, { changed: ['m-1', 'm-2'] }));
    expect(two.stdout).toContain(`2 mails are ${doneAs[verb]}.`);
    expect(two.stdout).not.toContain('could not be');
  });

  it('fails when nothing came of what was named, and says where to look', async () => {
    const outcome = { skipped: ['m-1', 'm-2'] };
    const { exitCode, stdout, stderr } = await linkwatch(`mail ${verb} m-1 m-2`, asked(verb, outcome));
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`Nothing is ${doneAs[verb]}: m-1, m-2`);
    expect(stderr).toContain(`linkwatch mail list --state ${verb === 'hold' ? 'pending' : 'held'}`);
    const json = await linkwatch(`mail ${verb} m-1 --json`, asked(verb, { skipped: ['m-1'] }));
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { message: expect.stringContaining('m-1') } });
  });

  it.each(['--all', '--tenant t'])('does not fail when there is nothing to do: %s', async (args) => {
    const { exitCode, stdout } = await linkwatch(`mail ${verb} ${args}`, asked(verb));
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`0 mails are ${doneAs[verb]}.`);
  });

  it('needs no mail server', async () => {
    const env = { ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64') };
    const { exitCode } = await linkwatch(`mail ${verb} --all`, { env, ...asked(verb) });
    expect(exitCode).toBe(0);
  });

  it('explains itself', async () => {
    const { stdout } = await linkwatch(`mail ${verb} --help`);
    expect(stdout).toContain('--tenant <tenant>');
    expect(stdout).toContain('--all');
    expect(stdout).toContain(`linkwatch mail ${verb} --all`);
  });
});

describe('what a person reads besides', () => {
  it('after a release: when it goes out', async () => {
    const { stdout } = await linkwatch('mail release --all', asked('release', { changed: ['m-1'] }));
    expect(stdout).toBe('1 mail is released. What is still true goes out with the next delivery.\n');
  });

  it('after a release of nothing: that nothing is held', async () => {
    const { stdout } = await linkwatch('mail release --all', asked('release'));
    expect(stdout).toBe('0 mails are released. Nothing is held.\n');
  });

  it('after holding everything while nothing waits: that what is to come is held', async () => {
    const { stdout } = await linkwatch('mail hold --all', asked('hold'));
    expect(stdout).toBe('0 mails are held. What is still to come will be, until `linkwatch mail release --all`.\n');
  });

  it('after a release for one tenant: what others have held is not denied', async () => {
    const { stdout } = await linkwatch('mail discard --tenant t', asked('discard'));
    expect(stdout).toBe('0 mails are discarded. Nothing of that tenant is held.\n');
  });
});
