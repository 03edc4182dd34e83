import { describe, expect, it } from '@jest/globals';
import { noLimit, slotsOf } from '../../support/request-slots.ts';
import { answerOf, clientOf, failureOf, firstOf, withSandbox } from '../../support/sandbox-client.ts';
import { hastyClock } from '../../support/sandbox-clock.ts';
import { withTcp } from '../../support/sandbox-upstream.ts';

describe('a refresh whose answer is slow', () => {
  it('is waited for far longer than any other request, for the old refresh token is spent', async () => {
    await withSandbox({}, async (sandbox) => {
      const { id, tokens } = firstOf(sandbox.control.tenants());
      sandbox.control.script({ tenantId: id, times: 2, answer: { kind: 'usual', delayMs: 400 } });
      const client = clientOf(sandbox, { requestTimeoutMs: 100 });
      expect((await failureOf(client.fetchConnections(tokens.accessToken))).kind).toBe('timeout');
      const grant = await answerOf(client.refresh(tokens.refreshToken));
      expect((await client.fetchConnections(grant.accessToken ?? '')).ok).toBe(true);
    });
  });

  it('keeps nobody waiting who only tries the key and the secret', async () => {
    await withSandbox({}, async (sandbox) => {
      sandbox.control.script({ route: 'token', answer: { kind: 'hang' } });
      expect(await clientOf(sandbox, { requestTimeoutMs: 100 }).checkClient()).toMatchObject({ kind: 'timeout' });
    });
  });

  it('is given up in time while it could not even be sent', async () => {
    await withTcp(
      () => {},
      async (upstream) => {
        const client = clientOf(upstream, { requestTimeoutMs: 100 });
        expect((await failureOf(client.refresh('token'))).kind).toBe('timeout');
      },
      'https',
    );
  });
});

describe('the key and the secret', () => {
  it.each([
    ['are right', {}, null],
    ['are an unknown key', { clientId: 'another-key' }, { kind: 'invalid_client' }],
    ['are a wrong secret', { clientSecret: 'another-secret' }, { kind: 'invalid_client' }],
  ])('%s', async (_, given, expected) => {
    await withSandbox({}, async (sandbox) => {
      const failure = await clientOf(sandbox, given).checkClient();
      if (expected === null) expect(failure).toBeNull();
      else expect(failure).toMatchObject(expected);
    });
  });
});

it('sends so many requests a second as the token endpoint allows', async () => {
  await withSandbox({}, async (sandbox) => {
    const clock = hastyClock(0);
    const client = clientOf(sandbox, {
      slots: { api: noLimit, token: slotsOf({ perSecond: 1, steadyClock: clock }) },
      clock,
    });
    await Promise.all([client.refresh('one'), client.refresh('two'), client.checkClient()]);
    expect(clock.now()).toBeGreaterThanOrEqual(2_000);
  });
});
