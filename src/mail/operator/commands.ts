import type { ContactRole } from '../../domain/model/tenant.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailCommand } from '../mail-view.ts';

export const listHeld: MailCommand = { label: say('command.held'), line: 'linkwatch mail list --state held' };

/** What somebody can do about mail that is held. */
export const heldMailCommands: readonly MailCommand[] = [
  listHeld,
  { label: say('command.release'), line: 'linkwatch mail release --all' },
  { label: say('command.discard'), line: 'linkwatch mail discard --all' },
];

/** To name somebody instead of a reader who is gone. */
export function readerCommands(tenantId: string, role: ContactRole): readonly MailCommand[] {
  return [
    { label: say('command.owner'), line: `linkwatch tenant update ${tenantId} --${role} ADDRESS` },
    { label: say('command.tenant'), line: `linkwatch tenant show ${tenantId}` },
  ];
}
