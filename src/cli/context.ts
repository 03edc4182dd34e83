import type { Config, Environment } from '../config/config.ts';
import type { Instant } from '../domain/model/time.ts';
import type { Application } from '../monitoring/application.ts';
import type { Configured } from '../monitoring/ports.ts';

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

export type Opening = Readonly<{
  /** `daemon` logs what it does; a `command` answers on stdout, and its logs should not get in between. */
  use: 'daemon' | 'command';
  /**
   * Before the command begins, the tables are brought up to date: in a database that must be there (`existing`), or
   * that is made when it is missing (`created`). `untouched`: the command asks for nothing, or does that by itself.
   */
  database: 'existing' | 'created' | 'untouched';
  configured: Configured;
}>;

/** What is to be said of `.env`. */
export type DotEnv = Readonly<{
  /** The file's name, as the user knows it. */
  file: string;
  /** The names of the variables in the file. */
  names: readonly string[];
  /** Other users of this machine may look into it. */
  isExposed: boolean;
}>;

/** Everything a command gets from outside: nothing else in this folder touches the process. */
export type Cli = Readonly<{
  version: string;
  stdout: Output;
  stderr: Output;
  env: Environment;
  dotEnv: DotEnv;
  now(): Instant;
  readStdin(): Promise<string>;
  /** Null when there are more bytes than that; all are read in any case, so that the writer comes to its end. */
  readStdinBytes(most: number): Promise<Uint8Array | null>;
  /** Asks the person at the terminal; null where there is none. Only `y` and `yes` mean yes. */
  confirm(question: string): Promise<boolean | null>;
  /** The whole path of a file that the user names, relative to where the command was given. */
  pathOf(path: string): string;
  /** Gives the text of a file that the user names, relative to where the command was given; or throws. */
  readFile(path: string): string;
  /** Gives the text of a file that a variable names, relative to the home folder; or throws. */
  readHomeFile(path: string): string;
  /** Aborts at the first SIGINT or SIGTERM; asking for it takes those signals over. */
  stopSignal(): AbortSignal;
  /** For a command that goes through a whole fleet: it takes half the memory, and a tenth more processor time. */
  keepHeapSmall(): void;
  openApplication(config: Config, opening: Opening): Promise<Application>;
  runDemo(demo: Readonly<{ stdout: Output; signal: AbortSignal }>): Promise<void>;
}>;
