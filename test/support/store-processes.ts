import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withCompileCache } from './program-child.ts';

const worker = join(import.meta.dirname, 'store-worker.ts');

export type Processes = Readonly<{
  /** Each does the action of `store-worker.ts`, all beginning at the same moment; what each got. */
  together(action: string): Promise<readonly unknown[]>;
  stop(): Promise<void>;
}>;

export async function startProcesses(url: string, count = 3): Promise<Processes> {
  const children = Array.from({ length: count }, () =>
    fork(worker, [url], { execArgv: [], env: { ...process.env, ...withCompileCache } }),
  );
  await Promise.all(children.map(nextMessage));
  return {
    together: async (action) => {
      const answers = children.map(nextMessage);
      for (const child of children) child.send(action);
      const messages = await Promise.all(answers);
      return messages.map((message) => (message as { result?: unknown }).result);
    },
    stop: async () => {
      const ends = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ends);
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const answered = new AbortController();
  const { signal } = answered;
  const died = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process ended with ${code} before it had a result.`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), died]);
    return message;
  } finally {
    died.catch(() => undefined);
    answered.abort();
  }
}
