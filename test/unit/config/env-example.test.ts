import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import dotenv from 'dotenv';
import { describeConfig, renderEnvExample } from '../../../src/config/config.ts';
import { completeEnv, configOf, noFiles, problemsOf } from '../../support/config-environment.ts';

const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

describe('.env.example', () => {
  it('is what the table of variables renders (`linkwatch config --example` writes it)', () => {
    expect(example).toBe(`${renderEnvExample()}\n`);
  });

  it('leaves empty what start needs, and sets nothing else', () => {
    expect(Object.keys(dotenv.parse(example)).sort()).toEqual(Object.keys(completeEnv).sort());
    expect(problemsOf(dotenv.parse(example), { purpose: 'start' })).toHaveLength(5);
  });

  it('shows every default as a line that can be used as it is', () => {
    const uncommented = dotenv.parse(example.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));
    const optional = describeConfig({}, { readFile: noFiles }).variables.filter(
      (variable) => variable.default === null,
    );
    const defaults = Object.entries(uncommented).filter(([name]) => !optional.some((o) => o.name === name));
    expect(configOf(Object.fromEntries(defaults))).toEqual(configOf({}));
    expect(Object.keys(uncommented)).toHaveLength(describeConfig({}, { readFile: noFiles }).variables.length);
  });
});

describe('every variable', () => {
  it.each(describeConfig({}, { readFile: noFiles }).variables.map((variable) => [variable.name, variable] as const))(
    '%s has a group and a meaning on one short line',
    (_, { group, meaning }) => {
      expect(group).not.toBe('');
      expect(meaning).toMatch(/^\S.{5,70}$/);
    },
  );
});
