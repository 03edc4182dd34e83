import { createHost } from './host.ts';
import { createLinkwatch } from './linkwatch.ts';
import { createMirror } from './mirror.ts';
import { createBell, createReceiver } from './webhook.ts';

const {
  LINKWATCH_URL = 'http://localhost:8080',
  LINKWATCH_API_KEY,
  LINKWATCH_WEBHOOK_SECRET,
  MIRROR_FILE = 'mirror.json',
  PORT = '3000',
} = process.env;
if (LINKWATCH_API_KEY === undefined) throw new Error('Set LINKWATCH_API_KEY to a key of `linkwatch api-key create`.');

const say = (text: string) => void process.stdout.write(`${text}\n`);
const linkwatch = createLinkwatch({ url: LINKWATCH_URL, apiKey: LINKWATCH_API_KEY });
const bell = LINKWATCH_WEBHOOK_SECRET === undefined ? null : createBell();
const mirror = createMirror({ linkwatch, file: MIRROR_FILE, say, bell });
const receiver = bell === null ? null : createReceiver(LINKWATCH_WEBHOOK_SECRET ?? '', bell, say);
const host = createHost({ linkwatch, mirror, receiver });

host.listen(Number(PORT), '127.0.0.1', () => {
  const address = host.address();
  const port = typeof address === 'object' ? address?.port : PORT;
  say(`The example host listens on http://127.0.0.1:${port}`);
});

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
await mirror.follow(stopping.signal);
host.close();
