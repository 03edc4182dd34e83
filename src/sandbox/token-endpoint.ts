import type { Authorizations, Permission } from './authorizations.ts';
import type { SandboxSettings } from './control.ts';
import type { Grants, IssuedTokens } from './grants.ts';
import { type Reply, tokenReply } from './reply.ts';
import { grantedScopes } from './scopes.ts';
import type { Traffic } from './traffic.ts';
import { INVALID_CODE_BODY, INVALID_GRANT_BODY, INVALID_SECRET_BODY, UNKNOWN_CLIENT_BODY } from './wire-format.ts';

/** The application that was registered; without a secret it is a PKCE client. */
export type Client = Readonly<{ id: string; secret: string | null }>;

export type TokenRequest = Readonly<{ authorization: string | undefined; parameters: URLSearchParams }>;

type Parts = Readonly<{
  client: Client;
  grants: Grants;
  authorizations: Authorizations;
  traffic: Traffic;
  settings: Readonly<{ current: SandboxSettings }>;
}>;

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** `POST /oauth2/default/v1/token`, as Okta behind Constant Contact answers it. */
export function answerTokenRequest(request: TokenRequest, parts: Parts): Reply {
  const problem = clientProblem(request, parts);
  if (problem !== null) return problem;
  const { parameters } = request;
  switch (parameters.get('grant_type')) {
    case 'refresh_token':
      return refresh(parameters.get('refresh_token') ?? '', parts);
    case 'authorization_code':
      return redeemCode(parameters, parts);
    case DEVICE_GRANT:
      return pollDevice(parameters.get('device_code') ?? '', parts);
    default:
      return tokenReply(400, {
        error: 'unsupported_grant_type',
        error_description: 'The grant type is not supported.',
      });
  }
}

/** `POST /oauth2/default/v1/device/authorize`: the codes with which a device begins. */
export function answerDeviceRequest(
  request: TokenRequest,
  {
    client,
    authorizations,
    settings,
    verificationUri,
  }: Pick<Parts, 'client' | 'authorizations' | 'settings'> & Readonly<{ verificationUri: string }>,
): Reply {
  const problem = clientProblem(request, { client, settings });
  if (problem !== null) return problem;
  const scopes = grantedScopes(request.parameters.get('scope') ?? '', settings.current);
  const { deviceCode, userCode } = authorizations.beginDevice(scopes);
  return tokenReply(200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: verificationUri,
    verification_uri_complete: `${verificationUri}?user_code=${userCode}`,
    expires_in: settings.current.deviceLifetimeS,
    interval: settings.current.deviceIntervalS,
  });
}

function refresh(refreshToken: string, { grants, traffic }: Parts): Reply {
  const outcome = grants.refresh(refreshToken);
  if (outcome.outcome === 'refused') {
    if (outcome.isReuse) traffic.reused();
    return tokenReply(400, INVALID_GRANT_BODY);
  }
  traffic.refreshed();
  return tokensReply(outcome.tokens);
}

function redeemCode(parameters: URLSearchParams, { grants, authorizations }: Parts): Reply {
  const permission = authorizations.redeem(parameters.get('code') ?? '', {
    redirectUri: parameters.get('redirect_uri') ?? '',
    verifier: parameters.get('code_verifier'),
  });
  return permission === null ? tokenReply(400, INVALID_CODE_BODY) : issue(permission, grants);
}

function pollDevice(deviceCode: string, { grants, authorizations }: Parts): Reply {
  const outcome = authorizations.pollDevice(deviceCode);
  if (outcome === null) return tokenReply(400, INVALID_CODE_BODY);
  return typeof outcome === 'string' ? tokenReply(400, { error: outcome }) : issue(outcome, grants);
}

function issue({ tenantId, scopes }: Permission, grants: Grants): Reply {
  return tokensReply(grants.authorise(tenantId, scopes));
}

function tokensReply({ accessToken, refreshToken, expiresInS, scopes }: IssuedTokens): Reply {
  return tokenReply(200, {
    token_type: 'Bearer',
    expires_in: expiresInS,
    access_token: accessToken,
    scope: scopes.join(' '),
    ...(scopes.includes('offline_access') && { refresh_token: refreshToken }),
  });
}

function clientProblem(
  { authorization, parameters }: TokenRequest,
  { client, settings }: Pick<Parts, 'client' | 'settings'>,
): Reply | null {
  const basic = authorization?.startsWith('Basic ') ? Buffer.from(authorization.slice(6), 'base64').toString() : null;
  if (basic !== null && parameters.has('client_id')) {
    const description = 'Cannot supply multiple client credentials.';
    return tokenReply(400, { error: 'invalid_request', error_description: description });
  }
  const [id, secret] = basic === null ? credentialsIn(parameters) : splitOnce(basic);
  if (id !== client.id) return tokenReply(401, UNKNOWN_CLIENT_BODY);
  return secret === client.secret && !settings.current.isSecretRegenerated
    ? null
    : tokenReply(401, INVALID_SECRET_BODY);
}

function credentialsIn(parameters: URLSearchParams): readonly [string | null, string | null] {
  return [parameters.get('client_id'), parameters.get('client_secret')];
}

function splitOnce(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}
