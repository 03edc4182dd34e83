import {
  type MailCatcher,
  type MailCatcherOptions,
  type SmtpStage,
  startMailCatcher,
} from '../../src/sandbox/mail-catcher.ts';

export type SmtpCatcher = MailCatcher &
  Readonly<{
    /** From now on the server answers this stage with a reply like `550 5.1.1 No such mailbox`. */
    say(stage: SmtpStage, reply: string): void;
    /** The same to mail for one address; null takes it again. */
    sayTo(address: string, reply: string | null): void;
    /** From now on the server says nothing at this stage; resolves when a client has come that far. */
    hang(stage: SmtpStage): Promise<void>;
    /** From now on the server cuts the connection at this stage. */
    drop(stage: SmtpStage): void;
    /** From now on the server takes everything again. */
    heal(): void;
  }>;

type Fault = () => Promise<Error | null>;

/** A real SMTP server on loopback that misbehaves where it is told to. */
export async function startSmtpCatcher(options: Omit<MailCatcherOptions, 'refuse'> = {}): Promise<SmtpCatcher> {
  const faults = new Map<SmtpStage, Fault>();
  const addresses = new Map<string, Fault>();
  const catcher = await startMailCatcher({
    ...options,
    refuse: async (stage, address = '') => (await faults.get(stage)?.()) ?? (await addresses.get(address)?.()) ?? null,
  });
  return {
    ...catcher,
    say: (stage, reply) => faults.set(stage, faultOf(reply)),
    sayTo(address, reply) {
      if (reply === null) addresses.delete(address);
      else addresses.set(address, faultOf(reply));
    },
    hang(stage) {
      return new Promise((reached) => {
        faults.set(stage, () => {
          reached();
          return new Promise(() => {});
        });
      });
    },
    drop(stage) {
      faults.set(stage, async () => {
        catcher.dropConnections();
        return null;
      });
    },
    heal() {
      faults.clear();
      addresses.clear();
    },
  };
}

function faultOf(reply: string): Fault {
  const [, code, message] = /^(\d{3}) (.*)$/s.exec(reply) ?? [];
  return async () => Object.assign(new Error(message), { responseCode: Number(code) });
}
