import { describe, expect, it } from '@jest/globals';
import { configuredBy, madeVariables } from '../../../src/cli/configuration.ts';
import type { Cli } from '../../../src/cli/context.ts';
import type { Environment } from '../../../src/config/config.ts';
import { completeEnv } from '../../support/config-environment.ts';

function configured(env: Environment = completeEnv, dotEnv: Partial<Cli['dotEnv']> = {}) {
  const variables = madeVariables(env);
  return configuredBy({ ...variables, dotEnv: { ...variables.dotEnv, ...dotEnv } });
}

describe('What the doctor says of the variables', () => {
  it('is one line when they are complete', () => {
    expect(configured().checks()).toEqual([{ name: 'configuration', ok: true, detail: 'complete', remedy: null }]);
  });

  it('names the .env that other users may read', () => {
    expect(configured(completeEnv, { isExposed: true }).checks()).toMatchObject([
      { name: 'configuration', ok: true },
      { name: '.env', ok: false, remedy: 'Run chmod 600 .env.' },
    ]);
  });

  it('names each variable that does not exist, with the nearest', () => {
    expect(configured({ ...completeEnv, MAIL_FORM: 'x' }).checks()).toEqual([
      {
        name: 'unknown variable',
        ok: false,
        remedy: 'Correct its name, or remove it.',
        detail: 'MAIL_FORM (in the environment) is no variable of Linkwatch; MAIL_FROM is the nearest',
      },
    ]);
  });

  it('names what start needs and nobody has set', () => {
    expect(configured({}).checks()).toContainEqual({
      name: 'ENCRYPTION_KEY',
      ok: false,
      detail: 'it is not set',
      remedy: 'Write what `linkwatch key new` prints.',
    });
  });

  it('has no secret in it, whatever a library puts into its message', () => {
    const SMTP_URL = 'smtp://me:hunter2hunter2@mail.example.com';
    const { redact } = configured({ ...completeEnv, SMTP_URL });
    expect(redact(`535 hunter2hunter2 refused by ${SMTP_URL}`)).toBe('535 [redacted] refused by [redacted]');
  });
});

describe('Other alert rules', () => {
  it('stand in for those that are configured, and leave the rest', () => {
    const { alertRules } = configured({ ...completeEnv, CONFIRM_POLLS: '5', RECOVERY_POLLS: '4' });
    expect(alertRules(['CONFIRM_POLLS=3', 'GROUP_WAIT=0s'])).toMatchObject({
      ok: true,
      settings: { confirmPolls: 3, recoveryPolls: 4, groupWaitMs: 0 },
    });
  });

  it('are refused with every problem at once', () => {
    expect(
      configured().alertRules(['CONFIRM_POLLS=many', 'DATABASE_URL=file:other.db', 'constructor=1']),
    ).toMatchObject({
      ok: false,
      problems: [{ variable: 'CONFIRM_POLLS' }, { variable: 'DATABASE_URL' }, { variable: 'constructor' }],
    });
  });
});
