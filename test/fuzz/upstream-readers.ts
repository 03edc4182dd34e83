import { ZodError } from 'zod';
import { parseAccount, parseContactEmail } from '../../src/constant-contact/account-answer.ts';
import { parseConnections } from '../../src/constant-contact/connections-answer.ts';
import { failureOfAnswer } from '../../src/constant-contact/failure.ts';
import { parsePrivileges } from '../../src/constant-contact/privileges-answer.ts';
import { parseProfiles } from '../../src/constant-contact/profiles-answer.ts';
import { scrub } from '../../src/constant-contact/scrub.ts';
import { parseToken } from '../../src/constant-contact/token-answer.ts';
import { isSameStatus } from '../../src/domain/model/connection-status.ts';
import { isTimeZone } from '../../src/domain/model/zone-clock.ts';
import { toCsv } from '../../src/words/csv.ts';
import { shownName, unlinkedName } from '../../src/words/plain-name.ts';
import { parseRetryAfter } from '../../src/words/retry-after.ts';
import { NOW } from '../support/builders.ts';
import type { Reader } from './reader.ts';

const account_info = {
  network: 'facebook',
  network_account_id: '17841400000000001',
  display_name: "Jane's shop.example",
};
const connection_status = { has_token: true, token_is_valid: false, error: 'Error 190: token of 2026', status: 400 };
const request = { name: 'GET /social/connections', endpoint: 'api', secrets: ['secret-token'], now: NOW } as const;

/** A body that is no JSON never comes so far. */
function ofJson(name: string, sample: object, parse: (body: unknown) => unknown): Reader {
  return {
    name,
    corpus: [JSON.stringify(sample)],
    read: (text) => parse(JSON.parse(text)),
    isRefusal: (error) => error instanceof SyntaxError || error instanceof ZodError,
  };
}

function withWords(body: unknown): void {
  for (const { displayName, username, status } of parseConnections(body).connections) {
    shownName(displayName);
    shownName(username);
    isSameStatus(status, status);
    toCsv(['name'], [[displayName], [username], [status.error]]);
  }
}

export const upstreamReaders: readonly Reader[] = [
  ofJson('connections', { connections: [{ account_info, connection_status }] }, withWords),
  ofJson(
    'profiles',
    [
      {
        network: 'facebook',
        accessible: true,
        name: 'Page',
        network_user_id: '2',
        account_info: { network_account_id: '1' },
      },
    ],
    parseProfiles,
  ),
  ofJson('privileges', [{ privilege_name: 'campaign:read' }, { privilege_name: 'account:read' }], parsePrivileges),
  ofJson(
    'account',
    { encoded_account_id: 'a1', organization_name: "Jane's", contact_email: 'j@x.example', time_zone_id: 'US/Eastern' },
    (body) => isTimeZone(parseAccount(body).timezone ?? ''),
  ),
  ofJson('contact email', [{ email_address: 'jane@x.example', confirm_status: 'CONFIRMED' }], parseContactEmail),
  ofJson(
    'token',
    { access_token: 'a', refresh_token: 'r', expires_in: 86_400, scope: 'offline_access account_read' },
    (body) => parseToken(body, { refreshToken: 'r', at: NOW }),
  ),
  {
    name: 'a failed answer',
    corpus: [
      '[{"error_key":"throttled","error_message":"Too many requests"}]',
      '{"error":"invalid_grant","error_description":"The refresh token is invalid: bearer abc"}',
      '<html><head><title>403 Forbidden</title></head><body>Request blocked</body></html>',
    ],
    read: (body) => {
      for (const status of [400, 401, 403, 429, 503]) {
        failureOfAnswer(
          { status, body, headers: { 'retry-after': body, 'x-request-id': body }, isTooLarge: false },
          request,
        );
      }
    },
  },
  {
    name: 'scrubbed text',
    corpus: ['POST /token failed: refresh_token = "secret-token" Basic eyJhbGciOiJIUzI1NiJ9.abc.def'],
    read: (text) => scrub(text, ['secret-token', 'ÿ" \\']),
  },
  {
    name: 'retry-after',
    corpus: ['120', 'Fri, 16 Jan 2026 00:00:00 GMT', '-5', '1e9'],
    read: (text) => parseRetryAfter(text, NOW),
  },
  {
    name: 'a name',
    corpus: [
      'Jane’s Bakery',
      'shop.example and mailto:jane@x.example',
      '\u202eevil\u2069',
      'مخبز Jane',
      '=HYPERLINK("x")',
    ],
    // Longer ones are cut when they are stored.
    read: (text) => [unlinkedName(text.slice(0, 300), 70), toCsv(['name'], [[text]])],
  },
];
