import type { Condition } from '../../src/domain/model/condition.ts';
import type { MessageContent, MessageProblem } from '../../src/domain/model/message-content.ts';
import { aContact, aTenant } from './builders.ts';
import { aLetter, anAccessProblem, aProblem, aRecipient } from './mail-contents.ts';

/** Letters to a reader of `locale` that between them need every message there is for owners. */
export function everyOwnerLetter(locale: string): readonly MessageContent[] {
  const owner = aRecipient({ tenant: aTenant({ locale }) });
  const cc = aRecipient({ ...owner, contact: aContact({ role: 'cc' }) });
  const ofAgency = aRecipient({ tenant: aTenant({ locale, senderName: 'Agency Bright' }) });
  const nameless = aRecipient({ tenant: aTenant({ locale, name: ' ' }), alsoTo: ['a@b.example', 'c@d.example'] });
  const nobody = aProblem({ displayName: null, network: '' });
  const contents: readonly Partial<MessageContent>[] = [
    ...problems.flatMap((problem) => [
      { problems: [problem] },
      { problems: [problem, problem] },
      { kind: 'reminder' as const, problems: [problem] },
    ]),
    { problems: [reconnect, profile] },
    { kind: 'reminder', problems: [reconnect, profile], isLastReminder: true },
    { reason: 'found_at_baseline' },
    { reason: 'settled_broken' },
    ...(['flapping', 'removed'] as const).flatMap((kind) => [
      { kind, problems: [reconnect] },
      { kind, problems: [reconnect, profile] },
    ]),
    { kind: 'recovered' },
    { kind: 'recovered', problems: [reconnect, profile] },
    ...[
      anAccessProblem(),
      anAccessProblem({ missing: 'scope' }),
      anAccessProblem({ action: 'privileges' }),
      anAccessProblem({ action: 'privileges', missing: 'privilege' }),
    ].flatMap((problem) => [
      { kind: 'reauthorize' as const, problems: [problem] },
      { kind: 'reminder' as const, problems: [problem], isLastReminder: true },
      { kind: 'recovered' as const, problems: [problem] },
    ]),
    { recipient: cc },
    { recipient: ofAgency },
    { recipient: { ...ofAgency, contact: aContact({ role: 'cc' }) } },
    { problems: Array.from({ length: 12 }, () => reconnect) },
    { problems: Array.from({ length: 2 }, () => profile) },
    { problems: [aProblem({ pages: { named: ['Catering'], more: 0 } })] },
    { recipient: { ...owner, alsoTo: Array.from({ length: 9 }, (_, index) => `reader-${index}@x.example`) } },
    { recipient: nameless, problems: [nobody] },
  ];
  return contents.map((content) => aLetter({ recipient: owner, ...content }));
}

const reconnect = aProblem();
const profile = aProblem({ network: 'instagram', action: 'choose_profile', conditions: ['no_profile'] });
const broken: readonly Condition[] = ['token_missing', 'token_invalid', 'scopes_missing', 'check_failed'];
const problems: readonly MessageProblem[] = [
  ...broken.map((condition) => aProblem({ conditions: [condition] })),
  profile,
  aProblem({
    action: 'choose_profile',
    conditions: ['page_unreachable'],
    pages: { named: ['Bakery', 'Catering'], more: 7 },
  }),
  aProblem({ action: 'wait', conditions: ['rate_limited'] }),
  aProblem({ action: 'none', conditions: ['removed'] }),
];
