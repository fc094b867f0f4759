/** How one part of the checks went. A part without tests of its own counts nothing when it is well. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

const count = (value: unknown): number => (typeof value === "number" ? value : 0);

/**
 * Counts a Vitest JSON report. A skipped test or a `todo` is a failure: it promises what nobody checked. So is a
 * file that could not be loaded, and a run that ended without saying why.
 */
export function countVitest(name: string, report: unknown, code: number): Outcome {
  const totals = (report ?? {}) as Readonly<Record<string, unknown>>;
  const passed = count(totals.numPassedTests);
  const files = (Array.isArray(totals.testResults) ? totals.testResults : []) as readonly {
    readonly status?: string;
    readonly assertionResults?: readonly unknown[];
  }[];
  const broken = files.filter(
    (file) => file.status === "failed" && (file.assertionResults?.length ?? 0) === 0,
  ).length;
  const failed =
    count(totals.numFailedTests) +
    count(totals.numPendingTests) +
    count(totals.numTodoTests) +
    broken;
  const isSilent = failed === 0 && (code !== 0 || passed === 0);
  return { name, passed, failed: isSilent ? 1 : failed };
}

/** Counts a Playwright JSON report; flaky and skipped tests are failures. */
export function countPlaywright(name: string, report: unknown, code: number): Outcome {
  const { stats = {}, errors = [] } = (report ?? {}) as {
    readonly stats?: Readonly<Record<string, unknown>>;
    readonly errors?: readonly unknown[];
  };
  const passed = count(stats.expected);
  const failed =
    count(stats.unexpected) + count(stats.flaky) + count(stats.skipped) + errors.length;
  const isSilent = failed === 0 && (code !== 0 || passed === 0);
  return { name, passed, failed: isSilent ? 1 : failed };
}
