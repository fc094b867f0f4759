/** SQLSTATE of serialization failure, deadlock and lock timeout: the same transaction may succeed again. */
const RETRYABLE = new Set(["40001", "40P01", "55P03"]);

type Layer = {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly message?: unknown;
  readonly originalMessage?: unknown;
  readonly constraint?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
};

/** An error and everything it wraps: which layer carries the SQLSTATE differs between Prisma's call forms. */
function* layersOf(error: unknown, depth = 0): Generator<Layer> {
  if (typeof error !== "object" || error === null || depth > 6) return;
  const layer = error as Layer;
  yield layer;
  yield* layersOf(layer.cause, depth + 1);
  yield* layersOf(layer.meta?.driverAdapterError, depth + 1);
}

/** The SQLSTATE PostgreSQL answered with, wherever in the error it stands. */
export function sqlStateOf(error: unknown): string | undefined {
  for (const layer of layersOf(error)) {
    for (const code of [layer.originalCode, layer.code]) {
      if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^P\d{4}$/.test(code)) {
        return code;
      }
    }
  }
  return undefined;
}

/** Did the database refuse this write because of the named constraint? */
export function violates(error: unknown, constraint: string): boolean {
  if (!sqlStateOf(error)?.startsWith("23")) return false;
  for (const { constraint: named, message, originalMessage } of layersOf(error)) {
    if (named === constraint) return true;
    if ([message, originalMessage].some((text) => String(text ?? "").includes(`"${constraint}"`))) {
      return true;
    }
  }
  return false;
}

/** The constraint the database refused a write by, where it names one. */
export function constraintOf(error: unknown): string | undefined {
  for (const { constraint, message, originalMessage } of layersOf(error)) {
    if (typeof constraint === "string") return constraint;
    for (const text of [message, originalMessage]) {
      const named = /constraint "([a-z_]+)"/.exec(String(text ?? ""))?.[1];
      if (named !== undefined) return named;
    }
  }
  return undefined;
}

export const isRetryable = (error: unknown): boolean => RETRYABLE.has(sqlStateOf(error) ?? "");

/** Runs `work` again, at most five times in all, when the database asks for it; waits with full jitter. */
export async function withRetry<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= 5 || !isRetryable(error)) throw error;
      const pauseMs = Math.random() * 20 * 2 ** attempt;
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
  }
}
