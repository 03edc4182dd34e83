/**
 * The floor: the same requests with got alone, as many in flight, nothing compared and nothing stored. With a pace they
 * are sent one after the other at so many a second, as the daemon does.
 * Arguments: API address, concurrency, pace; access tokens as JSON on stdin. Figures as one line of JSON on stdout.
 */
import { Agent } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import got from 'got';

const [apiUrl = '', concurrency = '16', pace = '0'] = process.argv.slice(2);
const waiting = (await json(process.stdin)) as string[];
const client = got.extend({ agent: { http: new Agent({ keepAlive: true }) }, retry: { limit: 0 } });
const polled = waiting.length;

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await (pace === '0' ? Promise.all(Array.from({ length: Number(concurrency) }, askForAll)) : askAtPace(Number(pace)));
const wallMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);

const peakMemoryMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ polled, wallMs, cpuMs: (cpu.user + cpu.system) / 1000, peakMemoryMiB })}\n`);

async function askForAll(): Promise<void> {
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) await ask(token);
}

async function askAtPace(perSecond: number): Promise<void> {
  const asked = waiting.map(async (token, index) => {
    await wait((index * 1000) / perSecond);
    await ask(token);
  });
  await Promise.all(asked);
}

async function ask(token: string): Promise<void> {
  await client.get(`${apiUrl}/social/connections`, { headers: { authorization: `Bearer ${token}` } }).json();
}
