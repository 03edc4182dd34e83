import { type ConstantContactOptions, createConstantContact } from '../../src/constant-contact/constant-contact.ts';
import type { PollFailure } from '../../src/domain/model/poll.ts';
import type { ApiResult, ConstantContact, UnchangedAnswer } from '../../src/monitoring/ports.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { noLimit } from './request-slots.ts';

/** The real client, against any upstream; every option that does not matter has a value. */
export function clientOf(
  upstream: Readonly<{ apiUrl: string; authUrl: string }>,
  given: Partial<ConstantContactOptions> = {},
): ConstantContact {
  return createConstantContact({
    apiUrl: upstream.apiUrl,
    authUrl: upstream.authUrl,
    clientId: 'sandbox-api-key',
    clientSecret: 'sandbox-secret',
    requestTimeoutMs: 5_000,
    slots: { api: noLimit, token: noLimit },
    version: '0.0.0',
    clock: { now: Date.now, sleep: (ms) => new Promise((wake) => setTimeout(wake, ms)) },
    ...given,
  });
}

/** Runs a test against a sandbox of its own, which is stopped afterwards. */
export async function withSandbox<T>(options: SandboxOptions, test: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox(options);
  try {
    return await test(sandbox);
  } finally {
    await sandbox.stop();
  }
}

/** The failure of a call that was expected to fail. */
export async function failureOf(call: Promise<ApiResult<unknown>>): Promise<PollFailure> {
  const result = await call;
  if (result.ok) throw new Error(`succeeded with ${JSON.stringify(result.value)}`);
  return result.failure;
}

/** The value of a call that was expected to succeed, and that knew no answer before. */
export async function answerOf<T>(call: Promise<ApiResult<T>>): Promise<Exclude<T, UnchangedAnswer>> {
  const result = await call;
  if (!result.ok) throw new Error(`failed: ${result.failure.kind}: ${result.failure.detail}`);
  return result.value as Exclude<T, UnchangedAnswer>;
}

export function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error('the list is empty');
  return first;
}

/** What a program sees that knows nothing of ours; the test says what it takes the body for. */
export async function fetchJson<Body = unknown>(url: string, init: RequestInit = {}) {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}
