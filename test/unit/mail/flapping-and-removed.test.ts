import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ComposedMail, MessageContent } from '../../../src/domain/model/message-content.ts';
import { MINUTE_MS } from '../../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { NOW } from '../../support/builders.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-contents.ts';

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

const compose = (given: Partial<MessageContent> = {}): ComposedMail => mailer.compose(aLetter(given));
const limited = aProblem({ network: 'linkedin', action: 'wait', conditions: ['rate_limited'] });

describe('a mail about a connection that flaps', () => {
  it('says what to do if it goes on, and that there is silence until it holds still', () => {
    const { subject, text } = compose({ kind: 'flapping', problems: [aProblem({ since: NOW - 35 * MINUTE_MS })] });
    expect(subject).toBe("Facebook (Jane's Bakery) keeps losing its connection");
    expect(text).toContain('It was last lost on Thursday, January 15, 2026 at 6:25 AM Eastern Time (35 minutes ago).');
    expect(text).toContain('If this goes on:\n1. Sign in to Constant Contact the way you always do.');
    expect(text).toContain('until nothing has changed for 6 hours');
  });

  it('names no cause: by now it may work', () => {
    expect(compose({ kind: 'flapping' }).text).not.toMatch(/no longer accepts|will not be published/);
  });

  it('asks for nothing where nothing can be done', () => {
    expect(compose({ kind: 'flapping', problems: [limited] }).text).not.toContain('Sign in');
  });

  it('is followed by an alert that says so, once it has stayed broken', () => {
    const { text } = compose({ reason: 'settled_broken' });
    expect(text).toContain('After working on and off, this account has now been disconnected for hours.');
  });
});

describe('a mail about an account that is no longer connected', () => {
  const removed = aProblem({ action: 'none', conditions: ['removed'], until: NOW - 5 * MINUTE_MS });

  it('says that nothing is to do if it is on purpose, how to connect it if not, and that nothing follows', () => {
    const { subject, text } = compose({ kind: 'removed', problems: [removed] });
    expect(subject).toBe("Facebook (Jane's Bakery) is no longer connected in Constant Contact");
    expect(text).toContain('If this is intended, there is nothing you need to do.');
    expect(text).toContain("3. Connect Facebook again as Jane's Bakery.");
    expect(text).toContain('We will not remind you of this.');
  });

  it("has the operator's own steps where there are some", async () => {
    const steps = { facebook: { connect: ['Ask Sam to connect {account}.'] } };
    const advised = await createMailer(mailerOptions({ reconnectSteps: steps }));
    const { text } = advised.compose(aLetter({ kind: 'removed', problems: [removed] }));
    expect(text).toContain("1. Ask Sam to connect Jane's Bakery.");
  });
});
