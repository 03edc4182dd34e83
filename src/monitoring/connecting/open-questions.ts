import type { Account } from '../../domain/model/account.ts';
import type { Permission } from '../../domain/model/grant.ts';
import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import type { ConnectWish } from '../application.ts';
import type { Clock, NewId } from '../ports.ts';
import type { Connector } from '../viewer.ts';

/** A permission, with the account that it is for. */
export type Agreed = Readonly<{
  viewer: Connector;
  permission: Permission;
  /** Whose the permission is. */
  applicationId: string | null;
  account: Account;
  wish: ConnectWish;
}>;

/** An agreed permission that may be for another account than was meant; a yes gives it to the tenant `confirms`. */
export type OpenQuestion = Agreed & Readonly<{ confirms: string }>;

/** A person needs so long to read a page. */
const ANSWER_WITHIN_MS = 10 * MINUTE_MS;
const MOST_QUESTIONS = 1000;

/**
 * Kept in memory and nowhere else: nobody has said yet whose grant it is. After a restart the person signs in once
 * more.
 */
export type OpenQuestions = Readonly<{
  ask(question: OpenQuestion): string;
  /** Takes the question away; null when there is none of that name for this viewer. */
  take(id: string, viewer: Connector): OpenQuestion | null;
}>;

export function createOpenQuestions({ clock, newId }: Readonly<{ clock: Clock; newId: NewId }>): OpenQuestions {
  const questions = new Map<string, OpenQuestion & Readonly<{ until: Instant }>>();

  function forgetOld(): void {
    for (const [id, { until }] of questions) {
      if (until <= clock.now() || questions.size > MOST_QUESTIONS) questions.delete(id);
    }
  }

  return {
    ask(question) {
      const id = newId();
      questions.set(id, { ...question, until: clock.now() + ANSWER_WITHIN_MS });
      forgetOld();
      return id;
    },
    take(id, viewer) {
      forgetOld();
      const question = questions.get(id);
      if (question === undefined || !isSameConnector(question.viewer, viewer)) return null;
      questions.delete(id);
      return question;
    },
  };
}

function isSameConnector(a: Connector, b: Connector): boolean {
  if (a.kind === 'operator' || b.kind === 'operator') return a.kind === b.kind;
  return a.tenantId === b.tenantId && a.contactId === b.contactId && a.signedAt === b.signedAt;
}
