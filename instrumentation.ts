import type { Instrumentation } from "next";

/** Runs once per server process, before it answers anything: makes it a node of the page cache. */
export async function register(): Promise<void> {
  const [{ startPageNode }, { nodeAddress }, { env }, { log }] = await Promise.all([
    import("@/lib/cache/invalidate"),
    import("@/lib/cache/node-address"),
    import("@/lib/env"),
    import("@/lib/log"),
  ]);
  // A build and a server without a database keep no pages.
  if (env.DATABASE_URL === undefined) return;
  const node = startPageNode(nodeAddress(env), (what, cause) => log.warn({ err: cause }, what));
  // While it finishes what is in flight it renders every page, and nobody has to wait for its answers.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void node.stop());
  }
}

/** The reference a person is shown is the digest; this is the line of the log that explains it. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { log } = await import("@/lib/log");
  const digest =
    typeof error === "object" && error !== null && "digest" in error ? error.digest : undefined;
  // The path of a guest's own booking carries no secret, but its query may; so the query stays out.
  const path = request.path.split("?")[0];
  log.error(
    { err: error, reference: digest, path, route: context.routePath, kind: context.routeType },
    "a request failed",
  );
};
