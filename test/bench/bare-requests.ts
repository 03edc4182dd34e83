/**
 * The floor: the same requests with got alone, as many in flight, nothing compared and nothing stored.
 * Arguments: API address, concurrency; access tokens as JSON on stdin. Figures as one line of JSON on stdout.
 */
import { Agent } from 'node:http';
import { json } from 'node:stream/consumers';
import got from 'got';

const [apiUrl = '', concurrency = '16'] = process.argv.slice(2);
const waiting = (await json(process.stdin)) as string[];
const client = got.extend({ agent: { http: new Agent({ keepAlive: true }) }, retry: { limit: 0 } });
const polled = waiting.length;

const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(concurrency) }, askForAll));
const wallMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);

const peakMemoryMiB = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ polled, wallMs, cpuMs: (cpu.user + cpu.system) / 1000, peakMemoryMiB })}\n`);

async function askForAll(): Promise<void> {
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
    await client.get(`${apiUrl}/social/connections`, { headers: { authorization: `Bearer ${token}` } }).json();
  }
}
