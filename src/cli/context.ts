import type { Config, Environment } from '../config/config.ts';
import type { Instant } from '../domain/model/time.ts';
import type { App } from '../monitoring/application.ts';

/** Where text goes; Node's streams are such. */
export type Output = Readonly<{
  write(text: string): unknown;
  isTerminal: boolean;
  hasColour: boolean;
  /** Characters a line holds; null where nobody knows. */
  columns: number | null;
  /** The stream itself, for a progress bar that redraws its line. */
  stream: NodeJS.WritableStream;
}>;

/** `daemon` logs what it does; a `command` answers on stdout, and its logs should not get in between. */
export type Use = 'daemon' | 'command';

/** Everything a command gets from outside: nothing else in this folder touches the process. */
export type Cli = Readonly<{
  version: string;
  stdout: Output;
  stderr: Output;
  env: Environment;
  /** Of the names in `env`, those that `.env` has. */
  dotEnvNames: readonly string[];
  now(): Instant;
  readStdin(): Promise<string>;
  /** Null when there are more bytes than that; all are read in any case, so that the writer comes to its end. */
  readStdinBytes(most: number): Promise<Uint8Array | null>;
  /** Gives a file's text, or throws. */
  readFile(path: string): string;
  /** Aborts at the first SIGINT or SIGTERM; asking for it takes those signals over. */
  stopSignal(): AbortSignal;
  openApp(config: Config, use: Use): Promise<App>;
  runDemo(demo: Readonly<{ stdout: Output; signal: AbortSignal }>): Promise<void>;
}>;
