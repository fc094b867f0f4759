/** Something the operator can put right. The message says what is wrong and what to do; no stack is shown. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
