/** One of the operator's commands. */
export interface Command {
  /** Runs it; the result is the exit code. Throws OperatorError for what the operator can put right. */
  readonly run: (args: readonly string[]) => Promise<number>;
}

export const root = process.cwd();
