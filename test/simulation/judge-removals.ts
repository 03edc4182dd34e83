import { isOwners } from './plan.ts';
import { runsOf } from './runs.ts';
import { clockText, type News, nameOf, type View } from './view.ts';

/** That an account is gone is told its owner, once two answers in a row did not list it. */
export function falseRemoval(view: View, { mail, account }: News): readonly string[] {
  if (mail.kind !== 'removed' || account === null) return [];
  const say = (why: string) => [
    `${nameOf(account)}: ${mail.to} was told ${clockText(mail.at)} that it is gone: ${why}`,
  ];
  if (!isOwners(mail.to)) return say('that is the owner’s matter');
  const wasShown = runsOf(view.answers(account.tenantId, mail.at), account.network).some(
    ({ is, from, to }) => is === 'gone' && to > from,
  );
  return wasShown ? [] : say('it was not missing twice');
}
