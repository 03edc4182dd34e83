import type { Digest } from '../../domain/model/digest.ts';
import { sayToOperator as say } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import { type DigestOptions, digestSections } from './digest-sections.ts';
import { operatorMail } from './operator-mail.ts';

/** The operator's morning digest, the most urgent section first. */
export function digestView(digest: Digest, asked: DigestOptions): MailView {
  const count = countOf(digest);
  const sections = digestSections(digest, asked);
  const { time, at } = asked;
  return {
    ...operatorMail,
    subject: say('subject.digest', { count }),
    preview: sections.map(({ title }) => title).join(', '),
    heading: say('digest.heading', { count }),
    intro: [say('digest.intro', { moment: time.moment(at) })],
    sections,
    closing: [],
  };
}

function countOf({ quota, ...lists }: Digest): number {
  const listed = Object.values(lists).reduce((sum, { total }) => sum + total, 0);
  return quota === null ? listed : listed + 1;
}
