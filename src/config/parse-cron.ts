import { cronProblem } from '../domain/polling/schedule.ts';
import { accepted, type Parse, rejected } from './variable.ts';

export const cron: Parse<string> = (text) => {
  const problem = cronProblem(text);
  return problem === null
    ? accepted(text)
    : rejected(problem, 'five or six cron fields, such as 0 * * * * (every hour)');
};
