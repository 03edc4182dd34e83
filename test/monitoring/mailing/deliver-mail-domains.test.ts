import { describe, expect, it } from '@jest/globals';
import { aContact } from '../../support/builders.ts';
import { mailTo, withAlertsDue } from '../../support/use-case-alerts.ts';
import { settled } from '../../support/use-case-clock.ts';
import { accepted, deferred } from '../../support/use-case-mailer.ts';
import { manyTenants, type World } from '../../support/use-case-world.ts';

/** Copies of `bakery`'s alert to one domain; their mail comes before every other tenant's. */
function copiesAt(domain: string, count: number) {
  return Array.from({ length: count }, (_, index) =>
    aContact({ id: `cc-${index}`, tenantId: 'bakery', role: 'cc', email: `reader-${index}@${domain}` }),
  );
}

async function withSlowDomain(readers: number, others: number): Promise<World> {
  const contacts = copiesAt('slow.example', readers);
  return await withAlertsDue(['bakery', ...manyTenants(others)], { contacts });
}

describe('A recipient domain', () => {
  it('gets at most two mails at once', async () => {
    const world = await withSlowDomain(9, 0);
    const release = world.mailer.holds();
    const delivery = world.deliver();
    await settled();

    expect(triedAt(world, 'slow.example')).toHaveLength(2);
    release(accepted);
    expect(await delivery).toEqual({ sent: 10, failed: 0 });
  });

  it('that is slow holds up nobody else, however many mails wait for it', async () => {
    const world = await withSlowDomain(120, 60);
    const release = world.mailer.holdsMailTo('slow.example');
    const delivery = world.deliver();
    await settled();

    expect(triedAt(world, 'slow.example')).toHaveLength(2);
    expect(world.mailer.accepted()).toHaveLength(61);
    release(accepted);
    expect(await delivery).toEqual({ sent: 181, failed: 0 });
  });

  it('eats up no lease of the mail that waits for it', async () => {
    const world = await withSlowDomain(5, 0);
    const release = world.mailer.holdsMailTo('slow.example');
    const delivery = world.deliver();
    await settled();

    const waiting = copiesAt('slow.example', 5).map(({ email }) => mailTo(world, email));
    expect(waiting.filter((mail) => mail?.leaseUntil !== null)).toHaveLength(2);
    release(accepted);
    await delivery;
  });

  it('that defers stops its own mail alone', async () => {
    const world = await withSlowDomain(20, 60);
    for (const { email } of copiesAt('slow.example', 20)) world.mailer.answersTo(email, deferred);

    expect(await world.deliver()).toEqual({ sent: 61, failed: 0 });
    expect(triedAt(world, 'slow.example').length).toBeLessThan(5);
  });
});

function triedAt({ mailer }: World, domain: string): readonly string[] {
  return mailer.attempts.map(({ mail }) => mail.to).filter((to) => to.endsWith(`@${domain}`));
}
