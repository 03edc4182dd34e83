import { operator } from '../../src/monitoring/viewer.ts';
import { linkwatch } from '../support/cli-run.ts';
import type { Process } from './fleet.ts';
import type { Moment } from './prepared-fleet.ts';

/** Something that a process does, from one of the saved moments on. */
export type UseCase = Readonly<{
  name: string;
  from: Moment;
  /** It has more than that: fewer would mean that something is no longer tried. */
  statements: number;
  /** It may fail where it is a command; then whoever gave the command gives it again. */
  run(process: Process): Promise<unknown>;
}>;

const csv = [
  'external_id,name,owner,refresh_token',
  'x-1,baker2,owner@baker2.example,baker2/1',
  'x-2,grocer2,owner@grocer2.example,grocer2/1',
  'x-3,dentist2,owner@dentist2.example,dentist2/1',
].join('\n');

export const useCases: readonly UseCase[] = [
  { name: 'a round', from: 'round', statements: 20, run: ({ work }) => work.round('due') },
  { name: 'a delivery', from: 'mail', statements: 40, run: ({ work }) => work.deliver() },
  { name: 'webhooks', from: 'mail', statements: 50, run: ({ work }) => work.webhooks() },
  { name: 'a refresh', from: 'round', statements: 10, run: ({ work }) => work.round(['dentist']) },
  { name: 'an import', from: 'told', statements: 5, run: (process) => importing(process) },
  {
    name: 'an import with each token tried',
    from: 'told',
    statements: 15,
    run: (process) => importing(process, '--check'),
  },
  {
    name: 'a removal',
    from: 'told',
    statements: 6,
    run: ({ app }) => app.tenants.remove(operator, 'bakery', { purge: false }),
  },
  {
    name: 'a purge',
    from: 'told',
    statements: 5,
    run: ({ app }) => app.tenants.remove(operator, 'bakery', { purge: true }),
  },
  { name: 'retention', from: 'told', statements: 7, run: ({ work }) => work.retention() },
];

async function importing({ app: { tenants } }: Process, ...options: readonly string[]): Promise<void> {
  const args = ['tenant', 'import', 'tenants.csv', ...options];
  const { exitCode, stderr } = await linkwatch(args, { files: { 'tenants.csv': csv }, app: { tenants } });
  if (exitCode !== 0) throw new Error(stderr);
}
