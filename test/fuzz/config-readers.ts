import { describeConfig, loadConfig, readAlertRules } from '../../src/config/config.ts';
import { parseDotEnv } from '../../src/config/parse-dot-env.ts';
import { variables } from '../../src/config/variables.ts';
import { noFiles } from '../support/config-environment.ts';
import type { Reader } from './reader.ts';

/** Each variable by itself, as `start` and `config` read it. */
const ofVariables = Object.entries(variables).map(
  ([name, { fallback, example }]): Reader => ({
    name,
    corpus: [fallback ?? example ?? 'x', 'on', '15m', 'https://a.example/b?c', ''],
    read: (text) => {
      loadConfig({ [name]: text }, { readFile: noFiles, purpose: 'start', isTerminal: false });
      return describeConfig({ [name]: text }, { readFile: noFiles });
    },
  }),
);

export const configReaders: readonly Reader[] = [
  ...ofVariables,
  {
    name: '.env',
    corpus: ['# comment\nNAME=value\nexport OTHER="a\\nb"\nX=\'y\' # z\n', '\uFEFFA=1\r\nB=`c`\r\n'],
    read: (text) => parseDotEnv(Buffer.from(text)),
  },
  {
    name: 'settings of a replay',
    corpus: ['CONFIRM_POLLS=3', 'REMIND_AFTER=2d,7d', 'NO SUCH=1'],
    read: (text) => readAlertRules([text, 'GROUP_WAIT=1m']),
  },
];
