import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const worker = join(import.meta.dirname, 'store-worker.ts');

/** Runs an action of `store-worker.ts` in several processes that begin at the same moment; what each gave. */
export async function runTogether(url: string, action: string, processes = 3): Promise<readonly unknown[]> {
  const children = Array.from({ length: processes }, () => fork(worker, [url, action], { execArgv: [] }));
  await Promise.all(children.map((child) => nextMessage(child)));
  const results = children.map((child) => nextMessage(child));
  for (const child of children) child.send('go');
  const messages = await Promise.all(results);
  return messages.map((message) => (message as { result?: unknown }).result);
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The process ended with ${code} before it had a result.`);
  });
  // A process that ends after its result is no failure.
  died.catch(() => undefined);
  const [message] = await Promise.race([once(child, 'message'), died]);
  return message;
}
