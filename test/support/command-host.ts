/**
 * A process that stays and runs one command after the other, each with an environment, a folder and an input of its own.
 * Most of a short command's time is its start, and most commands of a story only set its stage or look at it. Serves
 * HTTP on loopback, and prints the port.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import packageJson from '../../package.json' with { type: 'json' };
import { runCli } from '../../src/cli/run-cli.ts';
import { openApplication } from '../../src/composition/open-application.ts';
import { capturedOutput } from './captured-output.ts';
import type { HostedAnswer, HostedCommand } from './hosted-commands.ts';

const server = createServer(async (request, response) => {
  // A connection that is kept may be closed just when the next command comes.
  response.setHeader('connection', 'close');
  response.end(JSON.stringify(await run((await json(request)) as HostedCommand)));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : address);
});

async function run({ args, cwd, env, stdin }: HostedCommand): Promise<HostedAnswer> {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()];
  const read = (path: string) => readFileSync(resolve(cwd, path), 'utf8');
  const exitCode = await runCli(
    {
      version: packageJson.version,
      env,
      dotEnv: { file: '.env', names: [], isExposed: false },
      stdout: stdout.output,
      stderr: stderr.output,
      now: Date.now,
      readStdin: async () => stdin,
      keepHeapSmall: () => undefined,
      readStdinBytes: async (most) => (Buffer.byteLength(stdin) <= most ? Buffer.from(stdin) : null),
      confirm: async () => null,
      pathOf: (path) => resolve(cwd, path),
      readFile: read,
      readHomeFile: read,
      stopSignal: () => new AbortController().signal,
      openApplication,
      runDemo: () => Promise.reject(new Error('The demo is a program of its own.')),
    },
    args,
  );
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}
