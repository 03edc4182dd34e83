import type { Agreed, Authorizations } from './authorizations.ts';
import type { SandboxSettings } from './control.ts';
import type { Fleet } from './fleet.ts';
import type { Reply } from './reply.ts';
import { grantedScopes } from './scopes.ts';
import type { Client } from './token-endpoint.ts';

export type PageParts = Readonly<{
  client: Client;
  fleet: Fleet;
  authorizations: Authorizations;
  settings: Readonly<{ current: SandboxSettings }>;
}>;

/** A page is asked for by its address; its form brings `account` and `decision`. */
export type PageRequest = Readonly<{ query: URLSearchParams; form: URLSearchParams | null }>;

/**
 * `/oauth2/default/v1/authorize`: where a person signs in to an account and says whether the application may see it. As
 * Okta does, it sends the browser back only to an address that was registered; other mistakes of the application are
 * sent there as an error.
 */
export function answerAuthorize({ query, form }: PageRequest, parts: PageParts): Reply {
  const redirectUri = query.get('redirect_uri') ?? '';
  const problem = whyNotSentBack(query, redirectUri, parts);
  if (problem !== null) return page(400, 'Bad request', `<p>${problem}</p>`);
  const back = (answer: Readonly<Record<string, string>>) => sendBack(redirectUri, query.get('state'), answer);
  const mistake = mistakeIn(query, parts.client);
  if (mistake !== null) return back({ error: 'invalid_request', error_description: mistake });
  const scopes = grantedScopes(query.get('scope') ?? '', parts.settings.current);
  if (form === null) return signInPage('Allow access?', consent(scopes), parts.fleet);
  const tenantId = accountIn(form, parts.fleet);
  if (tenantId === null) {
    return back({ error: 'access_denied', error_description: 'The resource owner denied the request.' });
  }
  const agreed: Agreed = { tenantId, scopes, redirectUri, challenge: query.get('code_challenge') };
  return back({ code: parts.authorizations.agree(agreed) });
}

/** `/activate`: where a person types the code that a device shows. */
export function answerActivate({ query, form }: PageRequest, { fleet, authorizations }: PageParts): Reply {
  const userCode = form?.get('user_code') ?? query.get('user_code') ?? '';
  const field = `<p><label>Code <input name="user_code" value="${escaped(userCode)}" autocomplete="off"></label></p>`;
  if (form === null) return signInPage('Activate your device', field, fleet);
  if (!authorizations.isAwaited(userCode)) {
    return signInPage('Activate your device', `<p>Invalid code. Try again.</p>${field}`, fleet);
  }
  const tenantId = accountIn(form, fleet);
  authorizations.answerDevice(userCode, tenantId);
  return page(200, tenantId === null ? 'Not activated' : 'Device activated', '<p>You may close this page.</p>');
}

function whyNotSentBack(query: URLSearchParams, redirectUri: string, parts: PageParts): string | null {
  if (query.get('client_id') !== parts.client.id) return "Invalid value for 'client_id' parameter.";
  const { redirectUris } = parts.settings.current;
  const isRegistered = redirectUris === null ? URL.canParse(redirectUri) : redirectUris.includes(redirectUri);
  return isRegistered ? null : "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.";
}

function mistakeIn(query: URLSearchParams, client: Client): string | null {
  if (query.get('response_type') !== 'code') return "The 'response_type' parameter is missing or not supported.";
  if (!query.has('code_challenge')) {
    return client.secret === null ? 'PKCE code challenge is required by the application.' : null;
  }
  return query.get('code_challenge_method') === 'S256' ? null : 'The code challenge method is not supported.';
}

/** Null when the person refuses. */
function accountIn(form: URLSearchParams, fleet: Fleet): string | null {
  const account = form.get('account') ?? '';
  return form.get('decision') === 'approve' && fleet.ids().includes(account) ? account : null;
}

function sendBack(redirectUri: string, state: string | null, answer: Readonly<Record<string, string>>): Reply {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) })) {
    url.searchParams.set(name, value);
  }
  return { kind: 'send', status: 302, body: '', headers: { location: url.href, 'cache-control': 'no-store' } };
}

function consent(scopes: readonly string[]): string {
  return `<p>Linkwatch asks for: ${scopes.map((scope) => `<code>${escaped(scope)}</code>`).join(', ')}</p>`;
}

function signInPage(title: string, content: string, fleet: Fleet): Reply {
  const options = fleet.ids().map((id) => {
    const { organization_name: name, contact_email: email } = fleet.account(id);
    return `<option value="${id}">${escaped(name)} (${escaped(email)})</option>`;
  });
  return page(
    200,
    title,
    `<form method="post">${content}
<p><label>Sign in as <select name="account">${options.join('')}</select></label></p>
<p><button name="decision" value="approve">Allow</button> <button name="decision" value="refuse">Deny</button></p>
</form>`,
  );
}

function page(status: number, title: string, content: string): Reply {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<body style="font: 1rem/1.5 sans-serif; margin: 2rem"><p>The stand-in for Constant Contact</p><h1>${title}</h1>${content}`;
  return { kind: 'send', status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
