import { describe, expect, it } from '@jest/globals';
import { addToTally, EMPTY_TALLY } from '../../../src/monitoring/polling/record-polls.ts';
import {
  aChange,
  aConfirmedIncident,
  aConnection,
  aFailedPoll,
  anIncident,
  anUpdate,
  aPoll,
  aTenant,
  NOW,
} from '../../support/builders.ts';

describe('The tally of a round', () => {
  it('counts and names a failed poll', () => {
    const tally = addToTally(EMPTY_TALLY, [
      anUpdate({ poll: aPoll(), tenant: aTenant() }),
      anUpdate({ tenantId: 'tenant-2', poll: aFailedPoll('tls'), tenant: aTenant({ name: 'Florist' }) }),
    ]);

    expect(tally).toMatchObject({ polled: 2, failed: 1 });
    expect(tally.failures).toEqual([
      { tenantId: 'tenant-2', tenantName: 'Florist', kind: 'tls', detail: 'tls while asking' },
    ]);
  });

  it('counts an incident once: by the poll that opened it, and by the one that closed it', () => {
    const at = NOW + 1;
    const opened = anUpdate({ poll: aPoll({ at }), incidents: [anIncident({ openedAt: at })] });
    const confirmed = anUpdate({ poll: aPoll({ at }), incidents: [aConfirmedIncident({ openedAt: NOW })] });
    const closed = anUpdate({
      poll: aPoll({ at }),
      incidents: [anIncident({ state: 'closed', openedAt: NOW, closedAt: at })],
    });

    expect(addToTally(EMPTY_TALLY, [opened, confirmed, closed]).incidents).toEqual({ opened: 1, closed: 1 });
  });

  it('names a change by the tenant and the account as people know them', () => {
    const change = aChange({ connectionId: 'connection-2' });
    const update = anUpdate({
      poll: aPoll(),
      tenant: aTenant({ name: "Jane's Bakery" }),
      connections: [aConnection(), aConnection({ id: 'connection-2', displayName: 'The Bakery' })],
      changes: [change],
    });

    const { id: _, ...told } = change;
    expect(addToTally(EMPTY_TALLY, [update]).changes).toEqual([
      { ...told, tenantName: "Jane's Bakery", displayName: 'The Bakery' },
    ]);
  });

  it('adds up batch after batch', () => {
    const update = anUpdate({ poll: aFailedPoll('dns'), changes: [aChange()] });

    const tally = addToTally(addToTally(EMPTY_TALLY, [update]), [update, update]);

    expect(tally).toMatchObject({ polled: 3, failed: 3 });
    expect(tally.changes).toHaveLength(3);
    expect(tally.failures).toHaveLength(3);
  });
});
