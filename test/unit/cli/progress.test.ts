import { describe, expect, it } from '@jest/globals';
import { SECOND_MS } from '../../../src/domain/model/time.ts';
import type { Rounds } from '../../../src/monitoring/application.ts';
import { NOW } from '../../support/builders.ts';
import { type CliWorld, linkwatch } from '../../support/cli-run.ts';
import { aRound } from '../../support/cli-views.ts';

/** A round of three tenants, each of which takes so long. */
function aRoundOf(msEach: number): Pick<CliWorld, 'app' | 'now'> {
  let now = NOW;
  return {
    now: () => now,
    app: {
      rounds: {
        run: async (_, { onProgress }) => {
          for (const done of [1, 2, 3]) {
            now += msEach;
            onProgress?.(done, 3);
          }
          return aRound();
        },
      },
    },
  };
}

describe('a round that lasts', () => {
  it('shows a bar on stderr after a second, and takes it away at the end', async () => {
    const { stdout, stderr } = await linkwatch('poll', { ...aRoundOf(SECOND_MS), isTerminal: true });
    expect(stderr).toContain('Polling');
    expect(stderr).toContain('2/3');
    expect(stdout).not.toContain('Polling');
  });

  it('shows none when it is over within a second', async () => {
    expect((await linkwatch('poll', { ...aRoundOf(SECOND_MS / 4), isTerminal: true })).stderr).toBe('');
  });

  it('shows none where nobody looks', async () => {
    expect((await linkwatch('poll', { ...aRoundOf(SECOND_MS), isTerminal: false })).stderr).toBe('');
  });

  it('leaves no bar behind when it fails', async () => {
    const { now, app } = aRoundOf(SECOND_MS);
    const run: Rounds['run'] = async (viewer, round) => {
      await app?.rounds?.run?.(viewer, round);
      throw new Error('the database went away');
    };
    const { exitCode, stderr } = await linkwatch('poll', {
      ...(now && { now }),
      isTerminal: true,
      app: { rounds: { run } },
    });
    expect(exitCode).toBe(1);
    expect(stderr.split('\n').at(-3)).toContain('error: the database went away');
  });
});
