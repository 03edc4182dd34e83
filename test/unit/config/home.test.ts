import { describe, expect, it } from '@jest/globals';
import { envFileOf, homeOf } from '../../../src/config/home.ts';

type Case = Readonly<{ envFile?: string; variable?: string; inFile?: string; file: string; home: string }>;

describe('.env and the home folder, seen from /here', () => {
  it.each<Case>([
    { file: '/here/.env', home: '/here' },
    { variable: '/srv/lw', file: '/srv/lw/.env', home: '/srv/lw' },
    { variable: 'lw', file: '/here/lw/.env', home: '/here/lw' },
    { variable: ' ', file: '/here/.env', home: '/here' },
    { inFile: '/var/lib/lw', file: '/here/.env', home: '/var/lib/lw' },
    { inFile: 'lw', file: '/here/.env', home: '/here/lw' },
    { envFile: '/etc/lw/env', file: '/etc/lw/env', home: '/etc/lw' },
    { envFile: 'lw/env', file: '/here/lw/env', home: '/here/lw' },
    { envFile: '/etc/lw/env', variable: '/srv/lw', file: '/etc/lw/env', home: '/srv/lw' },
    { envFile: '/etc/lw/env', inFile: '/var/lib/lw', file: '/etc/lw/env', home: '/var/lib/lw' },
    { envFile: '/etc/lw/env', inFile: 'data', file: '/etc/lw/env', home: '/etc/lw/data' },
    { variable: '/srv/lw', inFile: '/var/lib/lw', file: '/srv/lw/.env', home: '/srv/lw' },
  ])('with %j', ({ envFile = null, variable, inFile, file, home }) => {
    const whereabouts = { envFile, env: { LINKWATCH_HOME: variable }, cwd: '/here' };
    expect(envFileOf(whereabouts)).toBe(file);
    expect(homeOf(whereabouts, { LINKWATCH_HOME: inFile })).toBe(home);
  });
});
