import { AppError } from '#shared/errors.ts'

/** What can be wrong with a command, translated as `native.cli.problems.*`. */
export type UsageProblem =
  | 'unknownCommand'
  | 'unknownOption'
  | 'missing'
  | 'noValue'
  | 'notAllowed'
  | 'badTime'
  | 'badRange'
  | 'badJson'
  | 'tooLong'
  | 'noFile'

/** A command that makes no sense as it was given: exit code 2. `subject` is the option or word it is about. */
export function usageError(problem: UsageProblem, subject: string): AppError {
  return new AppError('usage', `${problem}: ${subject}`, { data: { problem, subject: subject.slice(0, 200) } })
}
