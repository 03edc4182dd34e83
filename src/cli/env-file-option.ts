const NAME = '--env-file';

export type EnvFileOption =
  /** The file, null when none is named, and the other arguments. */
  Readonly<{ ok: true; envFile: string | null; args: readonly string[] }> | Readonly<{ ok: false; problem: string }>;

/**
 * Takes `--env-file FILE` out of the arguments, wherever it stands: what it names is read before there is a command
 * line that could parse them.
 */
export function takeEnvFile(args: readonly string[]): EnvFileOption {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const at = options.findIndex((arg) => arg === NAME || arg.startsWith(`${NAME}=`));
  if (at === -1) return { ok: true, envFile: null, args };
  const isInOne = options[at] !== NAME;
  const value = isInOne ? options[at]?.slice(NAME.length + 1) : options[at + 1];
  if (value === undefined || value === '' || (!isInOne && value.startsWith('-'))) {
    return { ok: false, problem: `${NAME} names no file` };
  }
  const rest = [...args.slice(0, at), ...args.slice(at + (isInOne ? 1 : 2))];
  const others = takeEnvFile(rest);
  return others.ok && others.envFile === null
    ? { ok: true, envFile: value, args: rest }
    : { ok: false, problem: `${NAME} is given twice` };
}
