import type { Grants } from './grants.ts';
import { type Reply, tokenReply } from './reply.ts';
import type { Traffic } from './traffic.ts';
import { INVALID_GRANT_BODY, INVALID_SECRET_BODY, UNKNOWN_CLIENT_BODY } from './wire-format.ts';

/** The application that was registered; without a secret it is a PKCE client. */
export type Client = Readonly<{ id: string; secret: string | null }>;

export type TokenRequest = Readonly<{ authorization: string | undefined; parameters: URLSearchParams }>;

/** `POST /oauth2/default/v1/token` with `grant_type=refresh_token`, as Okta behind Constant Contact answers it. */
export function answerTokenRequest(
  request: TokenRequest,
  { client, grants, traffic }: Readonly<{ client: Client; grants: Grants; traffic: Traffic }>,
): Reply {
  const problem = clientProblem(request, client);
  if (problem !== null) return problem;
  if (request.parameters.get('grant_type') !== 'refresh_token') {
    return tokenReply(400, { error: 'unsupported_grant_type', error_description: 'The grant type is not supported.' });
  }
  const outcome = grants.refresh(request.parameters.get('refresh_token') ?? '');
  if (outcome.outcome === 'refused') {
    if (outcome.isReuse) traffic.reused();
    return tokenReply(400, INVALID_GRANT_BODY);
  }
  traffic.refreshed();
  const { accessToken, refreshToken, expiresInS } = outcome.tokens;
  return tokenReply(200, {
    token_type: 'Bearer',
    expires_in: expiresInS,
    access_token: accessToken,
    scope: 'offline_access account_read campaign_data',
    refresh_token: refreshToken,
  });
}

function clientProblem({ authorization, parameters }: TokenRequest, client: Client): Reply | null {
  const basic = authorization?.startsWith('Basic ') ? Buffer.from(authorization.slice(6), 'base64').toString() : null;
  if (basic !== null && parameters.has('client_id')) {
    const description = 'Cannot supply multiple client credentials.';
    return tokenReply(400, { error: 'invalid_request', error_description: description });
  }
  const [id, secret] = basic === null ? credentialsIn(parameters) : splitOnce(basic);
  if (id !== client.id) return tokenReply(401, UNKNOWN_CLIENT_BODY);
  return secret === client.secret ? null : tokenReply(401, INVALID_SECRET_BODY);
}

function credentialsIn(parameters: URLSearchParams): readonly [string | null, string | null] {
  return [parameters.get('client_id'), parameters.get('client_secret')];
}

function splitOnce(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
