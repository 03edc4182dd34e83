import type { Digest } from '../../src/domain/model/digest.ts';
import type { MessageContent } from '../../src/domain/model/message-content.ts';
import { clock, ms } from '../support/domain-time.ts';
import { addressOf, type ExpectedMail, type Story, type ToldKind } from './story.ts';

/** A mail that a server took, or that is expected to be. */
export type ToldMail = Readonly<{
  /** In ms since the story began. */
  at: number;
  kind: ToldKind;
  /** `owner@bakery`, or `operator`. */
  to: string;
  /** Sorted: `reconnect facebook`, `reconnect instagram:2`. */
  about: readonly string[];
}>;

export function expectedMail(story: Story): readonly ToldMail[] {
  return story.mail.map(([when, kind, to, about]: ExpectedMail) => ({
    at: ms(when),
    kind,
    to: addressOf(story, to),
    about: about.split(', ').toSorted(),
  }));
}

/** `1h17m alert to owner@bakery: reconnect facebook`. */
export function lineOf({ at, kind, to, about }: ToldMail): string {
  return `${clock(at)} ${kind} to ${to}: ${about.join(', ')}`;
}

/** The account of a topic, without what is to be done about it. */
export function accountOf(topic: string): string {
  return topic.replace(/^(reconnect|choose_profile|wait|none|reauthorize|privileges) /, '');
}

export function toldBy(content: MessageContent, at: number): ToldMail {
  const to = content.to.replace('.example', '').replace('@linkwatch', '');
  const kind = content.kind === 'reminder' && content.isLastReminder ? 'last reminder' : content.kind;
  return { at, kind, to, about: aboutOf(content).toSorted() };
}

function aboutOf({ kind, report, problems }: MessageContent): readonly string[] {
  if (report?.about === 'digest') return sectionsOf(report.digest);
  if (report !== null) return [report.about];
  return problems.map(({ action, connection }) => topicOf(kind, action, connection));
}

/** What is over, or comes and goes, asks for nothing: which account it is says it all. */
export function topicOf(
  kind: string,
  action: string,
  connection: Readonly<{ network: string; accountId: string }> | null,
): string {
  const account = connection === null ? 'our access' : accountName(connection);
  return ['recovered', 'flapping', 'removed'].includes(kind) ? account : `${action} ${account}`;
}

function accountName({ network, accountId }: Readonly<{ network: string; accountId: string }>): string {
  return accountId === '1' ? network : `${network}:${accountId}`;
}

/** The names of those that have something to say. */
function sectionsOf({ quota, ...lists }: Digest): readonly string[] {
  const filled = Object.entries(lists).flatMap(([name, { total }]) => (total > 0 ? [name] : []));
  return quota === null ? filled : [...filled, 'quota'];
}
