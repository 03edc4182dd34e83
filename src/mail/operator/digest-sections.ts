import type { Digest, Listed } from '../../domain/model/digest.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { TimeWords } from '../../words/time-words.ts';
import { type OperatorKey, sayToOperator as say } from '../../words/words.ts';
import type { MailCommand, MailSection } from '../mail-view.ts';
import { listHeld } from './commands.ts';
import { digestLines } from './digest-lines.ts';
import { inDigits } from './operator-mail.ts';

/** `lines`: how many of a section are shown at most. */
export type DigestOptions = Readonly<{ time: TimeWords; at: Instant; lines: number }>;

/**
 * First the problems that keep mail from owners, then what owners were mailed about, then the operator's own matters.
 */
export function digestSections(digest: Digest, { time, at, lines: most }: DigestOptions): readonly MailSection[] {
  const lines = digestLines(time, at);
  const section = sectionOf(most);
  return [
    ...section('digest.held', digest.held, lines.held, listHeld),
    ...section('digest.unreachable', digest.unreachable, lines.unreachable, {
      label: say('command.owner'),
      line: 'linkwatch tenant update ID --owner|--cc ADDRESS',
    }),
    ...section('digest.mail_failed', digest.mailFailed, lines.mailFailed, see('linkwatch mail list --state failed')),
    ...section('digest.still_broken', digest.stillBroken, lines.stillBroken, see('linkwatch incidents')),
    ...section('digest.access_lost', digest.accessLost, lines.accessLost, see('linkwatch incidents')),
    ...(digest.restored === undefined
      ? []
      : section('digest.restored', digest.restored, lines.restored, see('linkwatch doctor'))),
    ...section('digest.failing', digest.failing, lines.failing, see('linkwatch status')),
    ...section('digest.checks_failing', digest.checksFailing, lines.checksFailing, see('linkwatch status')),
    ...section('digest.unsettled', digest.unsettled, lines.unsettled, see('linkwatch incidents --state all')),
    ...quotaSection(digest),
  ];
}

function see(line: string): MailCommand {
  return { label: say('digest.see'), line };
}

/** Makes sections of so many lines at most, and none of an empty list. */
export function sectionOf(most: number) {
  return <T>(
    title: OperatorKey,
    { items, total }: Listed<T>,
    lineOf: (item: T) => MailSection['items'][number],
    command: MailCommand,
  ): readonly MailSection[] => {
    if (total === 0) return [];
    const shown = items.slice(0, most).map(lineOf);
    const more = total > shown.length ? say('digest.more', { count: inDigits(total - shown.length) }) : null;
    return [{ title: say(title, { count: inDigits(total) }), items: shown, more, command }];
  };
}

function quotaSection({ quota, shortKeys }: Digest): readonly MailSection[] {
  const short = [...(quota === null ? [] : [{ application: null, ...quota }]), ...(shortKeys?.items ?? [])];
  if (short.length === 0) return [];
  const items = short.map(({ application, planned, perDay, stretch }) => {
    const title = say('digest.quota.title', { planned: inDigits(planned), perDay: inDigits(perDay) });
    const line = say('digest.quota.line', { stretch: inDigits(stretch) });
    return { title: application === null ? title : `${application}: ${title}`, line };
  });
  return [{ title: say('digest.quota'), items, more: null, command: see('linkwatch plan') }];
}
