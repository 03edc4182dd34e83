import type { OperatorReport } from '../../domain/model/operator-report.ts';
import { sayToOperator as say } from '../../words/words.ts';
import { type MailView, onlyWords } from '../mail-view.ts';

export type Report<About extends OperatorReport['about']> = Extract<OperatorReport, { about: About }>;

/** The parts that every mail to the operator has. */
export const operatorMail = {
  ...onlyWords,
  footer: { page: null, forward: null, smallPrint: [say('operator.why')], links: [] },
} as const satisfies Partial<MailView>;

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

export function inDigits(value: number): string {
  return numbers.format(value);
}
