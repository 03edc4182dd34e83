/**
 * One round in a process of its own, so that its processor time and memory are its own: configuration from the
 * environment, the ids of the tenants as arguments (all without any), figures as one line of JSON on stdout.
 */
import { readFileSync } from 'node:fs';
import { configuredBy, madeVariables } from '../../../src/cli/configuration.ts';
import { openApplication } from '../../../src/composition/open-application.ts';
// Loaded with the first request otherwise: that is the start's time, not the round's.
import '../../../src/composition/open-upstream.ts';
import { formatProblems, loadConfig } from '../../../src/config/config.ts';
import { operator } from '../../../src/monitoring/viewer.ts';

const ids = process.argv.slice(2);
const loaded = loadConfig(process.env, {
  readFile: (path) => readFileSync(path, 'utf8'),
  purpose: 'poll',
  isTerminal: false,
});
if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
const app = await openApplication(loaded.config, {
  use: 'command',
  database: 'created',
  configured: configuredBy(madeVariables(process.env)),
});
await app.tenants.list(operator, { cursor: null, limit: 1 });

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const round = await app.rounds.run(operator, { tenants: ids.length === 0 ? 'all' : ids, onProgress: () => undefined });
const wallMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
await app.operations.close(operator);

const figures = {
  polled: round.polled,
  failed: round.failed,
  changes: round.changes.length,
  sent: round.mail.sent,
  wallMs,
  cpuMs: (cpu.user + cpu.system) / 1000,
  peakMemoryMiB: process.resourceUsage().maxRSS / 1024,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
