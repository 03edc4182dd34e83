/**
 * A browser that is signed in, in a process of its own: its answers do not wait while the benchmark, which holds a fleet of
 * a hundred thousand accounts, looks for garbage. Arguments: the daemon's address, an API key, how often all pages are
 * visited, one after the other; the paths as JSON on stdin. What became of each page, as one array of JSON on stdout.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Visits } from '../page-visits.ts';

const [url = '', key = '', visits = '1'] = process.argv.slice(2);
const paths = (await json(process.stdin)) as readonly string[];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const cookie = await signIn();

const all = paths.map((path) => ({ path, firstBytesMs: [] as number[], bytes: 0, statements: 0 }));
for (let n = 0; n < Number(visits); n += 1) {
  for (const page of all) {
    const { firstByteMs, bytes, statements } = await visit(page.path);
    page.firstBytesMs.push(firstByteMs);
    page.bytes = bytes;
    page.statements = statements;
  }
}
agent.destroy();
process.stdout.write(JSON.stringify(all satisfies readonly Visits[]));

async function signIn(): Promise<string> {
  const answer = await fetch(new URL('/sign-in', url), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ key }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function visit(path: string) {
  const beganAt = performance.now();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(path, url), { agent, headers: { cookie } }, resolve).on('error', reject).end();
  });
  const firstByteMs = performance.now() - beganAt;
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  if (response.statusCode !== 200) throw new Error(`${path} was answered with ${response.statusCode}`);
  return { firstByteMs, bytes, statements: Number(response.headers['x-statements']) };
}
