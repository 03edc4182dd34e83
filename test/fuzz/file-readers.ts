import { cronProblem, readSchedule } from '../../src/domain/polling/schedule.ts';
import { problemsOf } from '../../src/monitoring/tenants/tenant-field-rules.ts';
import { readTenantFile } from '../../src/words/tenant-file/tenant-file.ts';
import { UnreadableFile } from '../../src/words/tenant-file/unreadable-file.ts';
import { NOW } from '../support/builders.ts';
import type { Reader } from './reader.ts';

const isRefusal = (error: unknown) => error instanceof UnreadableFile;

function readLines(format: 'csv' | 'json', text: string): void {
  for (const { fields } of readTenantFile({ name: `tenants.${format}`, format, text }).entries)
    problemsOf(fields, { now: NOW, cronProblem });
}

export const fileReaders: readonly Reader[] = [
  {
    name: 'tenants as CSV',
    corpus: [
      'name,owner,cc,timezone,schedule,refresh_token\r\n"Jane\'s ""Best"" Bakery",jane@x.example,a@b.example;c@d.example,US/Eastern,0 * * * *,t-1\r\n',
      '\uFEFFsep=;\nexternal_id;name;owner;refresh_token\nx-1;Jane;jane@x.example;t-1\n;;;\n',
      "name\towner\trefresh_token\n'=1+1\tjane@x.example\tt-1",
    ],
    read: (text) => readLines('csv', text),
    isRefusal,
  },
  {
    name: 'tenants as JSON',
    corpus: [
      '{"tenants":[{"name":"Jane","owner":"jane@x.example","cc":["a@b.example"],"refresh_token":"t-1","expires_in":3600}]}',
      '[{"external_id":"x-1","schedule":"0 6 * * MON"}]',
    ],
    read: (text) => readLines('json', text),
    isRefusal,
  },
  {
    name: 'a cron line',
    corpus: ['0 * * * *', '*/15 9-17 * JAN-MAR MON-FRI', '0 0 6 L * ?', '0 0 * * 5#2,1L', '30 2 29 2 *'],
    read: (text) => {
      cronProblem(text);
      const read = readSchedule(text, 'America/New_York');
      if (read.ok) return [read.value.momentOf(read.value.numberAt(NOW) + 1.5), read.value.shortestGapMs()];
      return read.problem;
    },
  },
];
