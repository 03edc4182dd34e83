/**
 * An address as the routes know it: without the path of PUBLIC_URL, whether or not a proxy has taken that away already.
 *
 * @param path the path of PUBLIC_URL without a slash at its end; empty when it has none
 */
export function belowPath(path: string): (address: string) => string {
  // Compared decoded and part by part, because proxies and browsers encode differently.
  const base = path.split('/').map(decoded);
  if (base.length === 1) return (address) => address;
  return (address) => {
    const [pathname = '', ...query] = address.split('?');
    const parts = pathname.split('/');
    const isBelow = base.every((part, index) => index < parts.length && decoded(parts[index] ?? '') === part);
    return isBelow ? [`/${parts.slice(base.length).join('/')}`, ...query].join('?') : address;
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
