import { AsyncLocalStorage } from "node:async_hooks";
import type { Logger } from "pino";
import { pino } from "pino";
import { env } from "@/lib/env";
import { describeError, REDACTED_PATHS, scrub } from "@/lib/log-redaction";

/** What every line of one request carries. The actor is known only after the session was read. */
type RequestContext = { readonly requestId: string; actor?: string };

// A bundler may copy this module into several bundles of one process; the context must be one.
const CONTEXT = Symbol.for("meridian.request-context");
const shared = globalThis as { [CONTEXT]?: AsyncLocalStorage<RequestContext> };
shared[CONTEXT] ??= new AsyncLocalStorage<RequestContext>();
const context = shared[CONTEXT];

const pathOf = (url: unknown): string => String(url ?? "").replace(/[?#].*$/s, "");

function createLogger(): Logger {
  return pino({
    level: env.LOG_LEVEL,
    base: { service: "meridian", ...(env.MERIDIAN_NODE_ID ? { node: env.MERIDIAN_NODE_ID } : {}) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => ({ ...context.getStore() }),
    redact: { paths: [...REDACTED_PATHS], censor: "[redacted]" },
    // Allow-lists: a field that is not named here is not written, whatever is added to a request later.
    serializers: {
      err: describeError,
      error: describeError,
      req: (request: { method?: unknown; url?: unknown }) => ({
        method: String(request.method ?? ""),
        path: pathOf(request.url),
      }),
      res: (response: { status?: unknown; statusCode?: unknown }) => ({
        status: Number(response.status ?? response.statusCode ?? 0),
      }),
    },
    // The last guard: whatever reached the finished line in clear leaves it here.
    hooks: { streamWrite: scrub },
  });
}

let logger: Logger | undefined;

/**
 * The log of this process: one JSON object per line on standard output, UTC times, level from LOG_LEVEL. Made at
 * the first line, not on import, so that a module that merely can log does not need its settings.
 */
export const log: Logger = new Proxy({} as Logger, {
  get: (_target, name) => {
    logger ??= createLogger();
    const value: unknown = Reflect.get(logger, name);
    return typeof value === "function" ? value.bind(logger) : value;
  },
});

/** Runs `work` as part of one request: each line written meanwhile, by anything it calls, carries its id. */
export const withRequest = <Value>(requestId: string, work: () => Value): Value =>
  context.run({ requestId }, work);

/** The id of the request being served, or undefined outside one. */
export const currentRequestId = (): string | undefined => context.getStore()?.requestId;

/** Names who is asking (a user's id or a kind, never an address) in all later lines of this request. */
export function noteActor(actor: string): void {
  const store = context.getStore();
  if (store) store.actor = actor;
}
