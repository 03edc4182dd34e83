import { networkName } from '../../words/network-name.ts';
import { plainName, shownName } from '../../words/plain-name.ts';
import { isOperatorKey, type OperatorKey, sayToOperator as say } from '../../words/words.ts';

/** A sentence without its beginning: "no answer in time." */
export function failureWords(kind: string): string {
  return say(keyOr(`failure.${kind}`, 'failure.other'));
}

export function networkWords(network: string): string {
  return nameWords(networkName(network));
}

/** A name that was chosen outside Linkwatch, made safe to stand in a sentence. */
export function nameWords(name: string): string {
  return shownName(name) ?? '?';
}

/** An address or a server's answer on one line of this length, which stays as it is otherwise. */
export function textWords(text: string, maxLength: number): string {
  return plainName(text, maxLength) ?? '?';
}

/** Rows outlive the version that wrote them: a reason of a newer or older version may have no sentence here. */
export function keyOr(key: string, other: OperatorKey): OperatorKey {
  return isOperatorKey(key) ? key : other;
}

/** A subject that names the application, where one of several is meant. */
export function subjectOf(subject: string, application: string | undefined): string {
  return application === undefined ? subject : say('subject.of_application', { subject, name: nameWords(application) });
}

/** A sentence that names the one application concerned; none where there is only one application. */
export function aboutApplication(application: string | undefined): readonly string[] {
  return application === undefined ? [] : [say('operator.of_application', { name: nameWords(application) })];
}
