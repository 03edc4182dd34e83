import type { ContactRole } from '../../domain/model/tenant.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailCommand } from '../mail-view.ts';

export const listHeld: MailCommand = { label: say('command.held'), line: 'linkwatch mail list --state held' };

/** The commands that release or discard held mail. */
export const heldMailCommands: readonly MailCommand[] = [
  listHeld,
  { label: say('command.release'), line: 'linkwatch mail release --all' },
  { label: say('command.discard'), line: 'linkwatch mail discard --all' },
];

/** The command that names a new contact in place of one who gets no mail any more. */
export function readerCommands(tenantId: string, role: ContactRole): readonly MailCommand[] {
  return [
    { label: say('command.owner'), line: `linkwatch tenant update ${tenantId} --${role} ADDRESS` },
    { label: say('command.tenant'), line: `linkwatch tenant show ${tenantId}` },
  ];
}
