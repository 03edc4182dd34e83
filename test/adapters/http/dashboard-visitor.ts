import type { ApiServer } from './api-server.ts';

/** Somebody at the dashboard, without a browser. */
export type Visitor = Readonly<{
  get(path: string): Promise<Response>;
  text(path: string): Promise<string>;
  /** As a form of a page does, with its token. */
  send(path: string, fields?: readonly (readonly [string, string])[]): Promise<Response>;
}>;

export async function signedIn({ url }: Pick<ApiServer, 'url'>, key: string): Promise<Visitor> {
  const answer = await fetch(`${url}/sign-in`, {
    ...{ method: 'POST', redirect: 'manual' },
    body: new URLSearchParams({ key }),
  });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = (path: string) => fetch(url + path, { headers: { cookie }, redirect: 'manual' });
  const text = async (path: string) => await (await get(path)).text();
  const [, form = ''] = /name="form" value="([^"]+)"/.exec(await text('/')) ?? [];
  return {
    ...{ get, text },
    send: (path, fields = []) =>
      fetch(url + path, {
        ...{ method: 'POST', headers: { cookie }, redirect: 'manual' },
        body: new URLSearchParams([['form', form], ...fields.map(([name, value]): [string, string] => [name, value])]),
      }),
  };
}
