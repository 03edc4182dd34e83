type Environment = Readonly<Record<string, string | undefined>>;

export const proxyNames = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const;

/** Other programs read these names in lower case as well; ours go before. */
export function withProxyNames(env: Environment): Environment {
  return { ...Object.fromEntries(proxyNames.map((name) => [name, env[name.toLowerCase()]])), ...withoutEmpty(env) };
}

function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, text]) => text !== undefined && text.trim() !== ''));
}
