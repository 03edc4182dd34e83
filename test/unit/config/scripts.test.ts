import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { describeConfig } from '../../../src/config/config.ts';
import { completeEnv, noFiles, problemsOf } from '../../support/config-environment.ts';

const known = new Set(describeConfig({}, { readFile: noFiles }).variables.map(({ name }) => name));

/** Trials that CI does not run: a bound that becomes tighter would be noticed months later. */
it('every setting that a soak, a benchmark or a simulated day writes down is a value that Linkwatch takes', async () => {
  const written: { file: string; name: string; value: string }[] = [];
  for await (const file of glob('test/{soak,bench,days}/**/*.ts')) {
    for (const [, name = '', value = ''] of readFileSync(file, 'utf8').matchAll(/\b([A-Z][A-Z_]+): '([^']*)'/g)) {
      if (known.has(name)) written.push({ file, name, value });
    }
  }
  expect(written.length).toBeGreaterThan(40);
  const refused = written.filter(({ name, value }) =>
    problemsOf({ ...completeEnv, [name]: value }).some(({ variable }) => variable === name),
  );
  expect(refused).toEqual([]);
});
