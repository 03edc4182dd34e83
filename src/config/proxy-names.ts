type Environment = Readonly<Record<string, string | undefined>>;

export const proxyNames = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;

/** Like other programs, reads these names in lower case, too, unless NAME or NAME_FILE is set in capitals. */
export function withProxyNames(env: Environment): Environment {
  const isSet = (name: string) => (env[name] ?? '').trim() !== '';
  const others = proxyNames.filter((name) => !isSet(name) && !isSet(`${name}_FILE`));
  return { ...env, ...Object.fromEntries(others.map((name) => [name, env[name.toLowerCase()]])) };
}
