import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { ContactExplanationRequest } from '../../../src/monitoring/application.ts';
import type { Explanation, TenantSummary } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { anExplanation, onePage } from '../../support/cli-views.ts';

/** Contacts by address, each of the tenants named. */
function appWith(contacts: Readonly<Record<string, readonly string[]>>, asked: ContactExplanationRequest[] = []) {
  const of = (id: string) => anExplanation({ tenant: { id, name: id, state: 'active' } });
  const app: PartialApplication = {
    mail: {
      explain: async (_, { tenantId }) => of(tenantId),
      explainContact: async (_, request) => {
        asked.push(request);
        return onePage<Explanation>(...(contacts[request.address] ?? []).map(of));
      },
    },
  };
  return app;
}

describe('explain', () => {
  it('of a tenant tells the decisions with their times and evidence, and what happens next', async () => {
    const { stdout, exitCode } = await linkwatch('explain tenant-1', { app: appWith({}) });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^tenant-1 {2}since 2025-12-16 12:00 UTC\n\nWho gets mail\n/);
    expect(stdout).toMatch(/\n2026-01-15 11:01 {2}Alert to jane@bakery\.example \(owner\): a mail server took it/);
    expect(stdout).toMatch(/\n {18}250 2\.0\.0 Ok: queued as 4F1 · <mail-1@example\.com>\n/);
    expect(stdout).toMatch(/What happens next\n2026-01-15 13:00 {2}The next poll, unless the tenant is paused\.\n/);
  });

  it('of an address tells of each tenant that has it as a contact, and of that person alone', async () => {
    const asked: ContactExplanationRequest[] = [];
    const app = appWith({ 'office@bakery.example': ['bakery', 'mill'] }, asked);
    const { stdout } = await linkwatch('explain office@bakery.example --from 7d', { app });
    const from = NOW - 7 * DAY_MS;
    expect(asked).toMatchObject([{ address: 'office@bakery.example', from }]);
    expect(stdout).toMatch(/^bakery .*^mill /ms);
    expect(stdout).toContain('No mail to office@bakery.example');
    expect(stdout).not.toContain('jane@');
  });

  it('takes an address that is no contact’s for a tenant’s name', async () => {
    const { stdout } = await linkwatch('explain jane@elsewhere.example', { app: appWith({}) });
    expect(stdout).toContain('jane@elsewhere.example');
    expect(stdout).toContain('office@bakery.example (copy)');
  });

  it('fails for who is neither', async () => {
    const app = { ...appWith({}), tenants: { find: async () => null, list: async () => onePage<TenantSummary>() } };
    const { exitCode, stderr } = await linkwatch('explain nobody@nowhere.example', { app });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nobody@nowhere.example');
  });

  it('prints one JSON document', async () => {
    const { json } = await linkwatch('explain tenant-1 --json', { app: appWith({}) });
    expect(json).toMatchObject({
      explanations: [{ tenant: { id: 'tenant-1' }, at: '2026-01-15T12:00:00.000Z', next: [{ kind: 'poll' }, {}] }],
    });
  });
});
