/** The path below which everything is served, from PUBLIC_URL: '' at the root of a host, else such as '/linkwatch'. */
export function basePathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '');
}
