type Environment = Readonly<Record<string, string | undefined>>;

export const proxyNames = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;

/** Other programs read these names in lower case as well; ours go before, those that name a file with the value too. */
export function withProxyNames(env: Environment): Environment {
  const isSet = (name: string) => (env[name] ?? '').trim() !== '';
  const others = proxyNames.filter((name) => !isSet(name) && !isSet(`${name}_FILE`));
  return { ...env, ...Object.fromEntries(others.map((name) => [name, env[name.toLowerCase()]])) };
}
