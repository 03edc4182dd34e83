import type { Output } from '../cli/context.ts';
import { paint } from '../cli/text/paint.ts';
import { changeLine } from '../cli/text/round-text.ts';
import { fleetText } from '../cli/text/status-text.ts';
import type { RoundTally } from '../monitoring/application.ts';
import type { TenantSummary } from '../monitoring/views.ts';
import { failureText } from '../words/operator-wording.ts';

/** The demo's lines on the terminal, each with its time. */
export type Screen = Readonly<{
  /** Prints one sentence about what happens. */
  say(text: string): void;
  /** Prints the heading of the next act. */
  headline(text: string): void;
  fleet(tenants: readonly TenantSummary[]): void;
  round(tally: RoundTally): void;
  mail(mail: Readonly<{ to: readonly string[]; subject: string; text: string; url: string }>): void;
}>;

export function createScreen(stdout: Output): Screen {
  const write = (line: string) => stdout.write(`${line}\n`);
  const timed = (text: string) => write(`${paint(stdout, new Date().toTimeString().slice(0, 8), 'dim')}  ${text}`);
  return {
    say: (text) => write(text),
    headline: (text) => write(`\n${paint(stdout, text, 'bold')}`),
    fleet: (tenants) => write(`\n${fleetText({ stdout, now: Date.now }, tenants, { isFiltered: false })}`),
    round: ({ polled, changes, failures }) => {
      // In the first round every connection is new: the table shows them better than a list of changes.
      for (const change of changes.filter(({ reason }) => reason !== 'first_seen'))
        timed(changeLine({ stdout }, change));
      const [failure] = failures;
      if (failure === undefined) return;
      const label = paint(stdout, 'not polled', 'yellow');
      timed(`${label}  ${failures.length} of ${polled} tenants: ${failureText(failure.kind)}`);
    },
    mail: ({ to, subject, text, url }) => {
      const [heading = ''] = text.split('\n', 1);
      timed(`${paint(stdout, 'MAIL', 'cyan')}        to ${to.join(', ')}: ${paint(stdout, subject, 'bold')}`);
      write(`                      “${heading}”  ${paint(stdout, url, 'cyan')}`);
    },
  };
}
