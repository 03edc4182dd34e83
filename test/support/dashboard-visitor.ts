/** By name, or as pairs where a name stands more than once. */
type FormFields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

/** A browser without JavaScript that is signed in to the dashboard. */
export type DashboardVisitor = Readonly<{
  get(path: string): Promise<Response>;
  /** The page, which must be there. */
  read(path: string): Promise<string>;
  /** As the page's form does, with its token unless another one is given. */
  post(path: string, fields?: FormFields): Promise<Response>;
  /** The page to which a form leads. */
  follow(answer: Response): Promise<string>;
}>;

export async function visitDashboard(url: string, key: string): Promise<DashboardVisitor> {
  const ask = (path: string, init: RequestInit, cookie: string) =>
    fetch(url + path, { ...init, headers: { cookie }, redirect: 'manual' });
  const entered = await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ key }) }, '');
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = (path: string) => ask(path, {}, cookie);
  const read = async (path: string) => {
    const answer = await get(path);
    if (answer.status !== 200) throw new Error(`${path} was answered with ${answer.status}`);
    return await answer.text();
  };
  const [, form = ''] = /name="form" value="([^"]+)"/.exec(await read('/')) ?? [];
  return {
    get,
    read,
    post: (path, fields = {}) => {
      const given = Array.isArray(fields) ? fields : Object.entries(fields);
      const body = new URLSearchParams([['form', form], ...given]);
      for (const [name, value] of given) if (name === 'form') body.set(name, value);
      return ask(path, { method: 'POST', body }, cookie);
    },
    follow: async (answer) => {
      const location = answer.headers.get('location');
      if (answer.status !== 303 || location === null)
        throw new Error(`${answer.url} was answered with ${answer.status}`);
      return await read(location);
    },
  };
}
