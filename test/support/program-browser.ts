/** A browser without a screen: it keeps the cookies of one site, and follows no redirect by itself. */
export type Visitor = Readonly<{
  get(url: string | URL): Promise<Response>;
  post(url: string | URL, form: Readonly<Record<string, string>>): Promise<Response>;
  cookies(): string;
}>;

export function aVisitor(): Visitor {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const visit = async (url: string | URL, init: RequestInit) => {
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { cookie: cookies() } });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    get: (url) => visit(url, {}),
    post: (url, form) => visit(url, { method: 'POST', body: new URLSearchParams(form) }),
    cookies,
  };
}
