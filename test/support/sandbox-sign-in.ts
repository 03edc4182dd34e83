/** What a person does on the pages of the stand-in, without a browser. */
export type SignIn = Readonly<{ account: string; decision?: 'approve' | 'refuse' }>;

/** Signs in on the authorize page, and gives the address to which the browser is sent back. */
export async function signIn(authorizeUrl: string, { account, decision = 'approve' }: SignIn): Promise<URL> {
  const response = await fetch(authorizeUrl, {
    method: 'POST',
    body: new URLSearchParams({ account, decision }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`The authorize page answered ${response.status}: ${await response.text()}`);
  return new URL(location);
}

/** Types the code of a device, and answers there. */
export async function activate(
  verificationUri: string,
  userCode: string,
  { account, decision = 'approve' }: SignIn,
): Promise<string> {
  const body = new URLSearchParams({ user_code: userCode, account, decision });
  return await (await fetch(verificationUri, { method: 'POST', body })).text();
}
