import { CronExpressionParser } from 'cron-parser';
import { accepted, type Parse, rejected } from './variable.ts';

export const cron: Parse<string> = (text) => {
  const problem = cronProblem(text);
  return problem === null
    ? accepted(text)
    : rejected(problem, 'five or six cron fields, such as 0 * * * * (every hour)');
};

/**
 * What is wrong with a cron expression of 5 fields, or 6 with seconds first; null when nothing is. The parser itself
 * would fill in missing fields, and give H another value at every start.
 */
export function cronProblem(expression: string): string | null {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 5 && fields.length !== 6) return `it has ${fields.length} fields instead of 5 or 6`;
  if (fields.some((field) => /(^|,)H/.test(field))) return 'H gives no fixed time';
  try {
    CronExpressionParser.parse(expression, { tz: 'UTC' }).next();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}
