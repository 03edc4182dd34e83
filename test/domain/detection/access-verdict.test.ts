import { describe, expect, it } from '@jest/globals';
import { accessVerdict } from '../../../src/domain/detection/access-verdict.ts';
import { layerOf, type PollFailureKind, pollFailureKinds } from '../../../src/domain/model/poll.ts';
import { aFailedPoll, aFault, aPoll, lostAccess, NOW } from '../../support/builders.ts';

const tenant = { applicationId: null };

function lostAccessOf(failure: PollFailureKind, applicationId: string) {
  return aFault({ cause: { kind: 'access', failure, tenants: 10, applicationId }, confirmedAt: NOW });
}

describe('what a poll says about our access to the tenant', () => {
  it.each<[string, PollFailureKind, object]>([
    ['a refused grant is a fact at once', 'invalid_grant', { action: 'reauthorize', proof: { by: 'fact' } }],
    ['a 401 must repeat before it is believed', 'unauthorized', { action: 'reauthorize', proof: { by: 'polls' } }],
    ['a 403 must repeat before it is believed', 'forbidden', { action: 'privileges', proof: { by: 'polls' } }],
    ['so must a missing privilege', 'missing_privilege', { action: 'privileges', proof: { by: 'polls' } }],
    ['so must a missing scope', 'missing_scope', { action: 'reauthorize', proof: { by: 'polls' } }],
  ])('%s', (_, kind, expected) => {
    expect(accessVerdict(aFailedPoll(kind).result, tenant, [])).toEqual({ kind: 'bad', conditions: [], ...expected });
  });

  it.each(pollFailureKinds.filter((kind) => layerOf(kind) !== 'access'))('%s says nothing about it', (kind) => {
    expect(accessVerdict(aFailedPoll(kind).result, tenant, [])).toEqual({ kind: 'neutral' });
  });

  it('a refusal says nothing of this tenant while the whole fleet is refused alike', () => {
    const { result } = aFailedPoll('unauthorized');
    expect(accessVerdict(result, tenant, [lostAccess('unauthorized')])).toEqual({ kind: 'neutral' });
    expect(accessVerdict(result, tenant, [lostAccess('forbidden')])).toMatchObject({ kind: 'bad' });
  });

  it('a refusal of a tenant of another application is its own, whatever refuses the tenants of the first', () => {
    const { result } = aFailedPoll('unauthorized');
    const other = { applicationId: 'application-2' };
    expect(accessVerdict(result, other, [lostAccess('unauthorized')])).toMatchObject({ kind: 'bad' });
    expect(accessVerdict(result, other, [lostAccessOf('unauthorized', 'application-2')])).toEqual({ kind: 'neutral' });
    expect(accessVerdict(result, tenant, [lostAccessOf('unauthorized', 'application-2')])).toMatchObject({
      kind: 'bad',
    });
  });

  it('any answer, an incomplete one too, proves that it works', () => {
    expect(accessVerdict(aPoll().result, tenant, [])).toEqual({ kind: 'good' });
    expect(accessVerdict({ outcome: 'observed', connections: [], isPartial: true }, tenant, [])).toEqual({
      kind: 'good',
    });
  });
});

describe('the layer that a failure speaks about', () => {
  it.each<[PollFailureKind, string]>([
    ['invalid_grant', 'access'],
    ['unauthorized', 'access'],
    ['forbidden', 'access'],
    ['missing_privilege', 'access'],
    ['missing_scope', 'access'],
    ['invalid_client', 'ours'],
    ['application_deactivated', 'ours'],
    ['timeout', 'upstream'],
    ['dns', 'upstream'],
    ['tls', 'upstream'],
    ['connection', 'upstream'],
    ['throttled', 'upstream'],
    ['quota_exceeded', 'upstream'],
    ['client', 'upstream'],
    ['server', 'upstream'],
    ['invalid_response', 'upstream'],
    ['refresh_failed', 'upstream'],
  ])('%s speaks about: %s', (kind, layer) => {
    expect(layerOf(kind)).toBe(layer);
  });
});
