import { type Command, CommanderError } from 'commander';
import { formatProblems } from '../config/config.ts';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';
import { redactorOf } from './configuration.ts';
import type { Cli } from './context.ts';
import { BadConfiguration, BadSettings, CommandFailure, EXIT_FAILED, EXIT_WRONG_USAGE } from './failure.ts';
import { paint } from './text/paint.ts';
import { plainLines } from './text/plain-text.ts';

type Failed = Readonly<{ error: unknown; program: Command; args: readonly string[] }>;

type Report = Readonly<{ exitCode: number; message: string; hint: string | null }>;

/** Writes the failure and its remedy to stderr, secrets redacted; returns the exit code. */
export function reportFailure(cli: Cli, failed: Failed): number {
  // Commander has already printed the help of a command that lacks its subcommand.
  if (isMissingSubcommand(failed.error)) return EXIT_WRONG_USAGE;
  const { exitCode, message, hint } = reportOf(failed);
  const redact = redactorOf(cli);
  const isJson = failed.args.includes('--json');
  const text = isJson
    ? jsonText(failed.error, redact(message), hint)
    : humanText(cli, redact(fullText(failed.error, message)), hint);
  cli.stderr.write(`${text}\n${isJson ? '' : redact(stackText(cli, failed.error))}`);
  return exitCode;
}

/** A failure before there is a command line: the same words, without colours. */
export function refusalText(args: readonly string[], message: string, hint: string): string {
  return args.includes('--json') ? jsonText(null, message, hint) : plainLines(`error: ${message}\n${hint}`);
}

function reportOf({ error, program, args }: Failed): Report {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, '');
    return {
      exitCode: EXIT_WRONG_USAGE,
      message,
      hint: `\`${commandPath(program, args)} --help\` shows how to use it.`,
    };
  }
  if (error instanceof UserFacingError) {
    const exitCode = error instanceof CommandFailure ? error.exitCode : EXIT_FAILED;
    // What the driver said about the database is for whoever debugs.
    const message = error instanceof StoreUnavailable ? `${error.message}.` : withCauses(error);
    return { exitCode, message, hint: error.hint };
  }
  const message = error instanceof Error ? withCauses(error) : String(error);
  return {
    exitCode: EXIT_FAILED,
    message,
    hint: 'LOG_LEVEL=debug shows more; `linkwatch doctor` looks for the reason.',
  };
}

/** An outer message says what was tried; its causes say why that failed. */
function withCauses(error: Error): string {
  const messages = [error.message];
  for (let cause = error.cause; cause instanceof Error && messages.length < 5; cause = cause.cause) {
    if (!messages.some((message) => saysTheSame(message, cause.message))) messages.push(cause.message);
  }
  if (messages.length === 1) return error.message;
  return `${messages.map((message) => message.replace(/\.$/, '')).join(': ')}.`;
}

function saysTheSame(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a);
}

function fullText(error: unknown, message: string): string {
  return hasProblems(error) ? formatProblems(error.problems, error.message) : message;
}

function humanText(cli: Cli, message: string, hint: string | null): string {
  const text = `${paint(cli.stderr, 'error:', 'red')} ${plainLines(message)}`;
  const gap = message.includes('\n\n') ? '\n\n' : '\n';
  return hint === null ? text : `${text}${gap}${hint}`;
}

function jsonText(error: unknown, message: string, hint: string | null): string {
  const problems = hasProblems(error) ? { problems: error.problems } : {};
  return JSON.stringify({ error: { message, hint, ...problems } });
}

function isMissingSubcommand(error: unknown): boolean {
  return error instanceof CommanderError && error.code === 'commander.help';
}

function hasProblems(error: unknown): error is BadConfiguration | BadSettings {
  return error instanceof BadConfiguration || error instanceof BadSettings;
}

/** The stack, for debugging. */
function stackText({ env }: Cli, error: unknown): string {
  const isDebugging = ['debug', 'trace'].includes(env.LOG_LEVEL?.trim().toLowerCase() ?? '');
  return isDebugging && error instanceof Error ? `${plainLines(error.stack ?? '')}\n` : '';
}

/** The command that the arguments name, such as `linkwatch tenant add`. */
function commandPath(program: Command, args: readonly string[]): string {
  let command = program;
  const path = [program.name()];
  for (const arg of args) {
    const next = command.commands.find((candidate) => candidate.name() === arg);
    if (next === undefined) break;
    path.push(arg);
    command = next;
  }
  return path.join(' ');
}
