import { sayToOperator } from '../words/words.ts';
import type { MailView } from './mail-view.ts';
import { readerCommands } from './operator/commands.ts';
import { tenantNameOf, type ViewContext } from './views/view-context.ts';

/** A tenant's mail as the operator gets it when no contact of the tenant can be reached. */
export function standInView(view: MailView, context: ViewContext): MailView {
  const tenant = tenantNameOf(context);
  return {
    ...view,
    subject: sayToOperator('stand_in.subject', { tenant, subject: view.subject }),
    intro: [sayToOperator('stand_in.intro', { tenant }), ...view.intro],
    commands: readerCommands(context.content.recipient?.tenant.id ?? '', 'owner'),
  };
}
