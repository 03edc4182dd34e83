import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const unit = readFileSync(join(root, 'docs/linkwatch.service'), 'utf8');
const the = (name: string) => [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);

describe('docs/linkwatch.service', () => {
  it('names no folder that nobody makes before the first start', () => {
    expect(the('StateDirectory')).toEqual(['linkwatch']);
    expect(the('WorkingDirectory')).toEqual(['/var/lib/linkwatch']);
    expect([the('ReadWritePaths'), the('BindPaths')]).toEqual([[], []]);
  });

  it('starts a file of the project, behind -- because Node.js knows an --env-file as well', () => {
    const [, entry = ''] = /node -- \/opt\/linkwatch\/(\S+) start --env-file/.exec(the('ExecStart')[0] ?? '') ?? [];
    expect([entry, existsSync(join(root, entry))]).toEqual(['src/launcher/start.js', true]);
  });

  it('gives a stop its 20 s, and does not start again what is configured wrongly', () => {
    expect(Number(the('TimeoutStopSec')[0])).toBeGreaterThanOrEqual(20);
    expect(the('RestartPreventExitStatus')).toEqual(['2']);
  });
});
