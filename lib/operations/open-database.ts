import { loadKeyRing } from "@/lib/crypto/keys";
import { env, setEnvironment } from "@/lib/env";
import { requireServer, requireWritableFolder } from "@/lib/operations/checks";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";

/** The database this process works on, whoever runs it. */
export interface OpenedDatabase {
  readonly url: string;
  readonly isEmbedded: boolean;
  /** Leaves it; an embedded server nobody else uses is stopped. */
  close(): Promise<void>;
  /** Leaves it without waiting. */
  kill(): void;
}

/**
 * Opens the database of DATABASE_URL, or the embedded one (starting or joining it), and completes the environment
 * of this process: DATABASE_URL and MERIDIAN_EMBEDDED. Throws OperatorError, KeyError or EmbeddedServerError with
 * words for the operator.
 */
export async function openConfiguredDatabase(options: {
  readonly say: (line: string) => void;
  /** Starts the embedded server again when it dies while in use. */
  readonly watch?: boolean;
}): Promise<OpenedDatabase> {
  requireWritableFolder(env.MERIDIAN_DATA_DIR);
  // Before anything else is touched: without its key an installation cannot open what it stored.
  loadKeyRing({
    secretKey: env.MERIDIAN_SECRET_KEY,
    oldSecretKeys: env.MERIDIAN_OLD_SECRET_KEYS,
    dataDir: env.MERIDIAN_DATA_DIR,
  });
  const own = env.MERIDIAN_EMBEDDED ? undefined : env.DATABASE_URL;
  if (own !== undefined) {
    await requireServer(own);
    return { url: own, isEmbedded: false, close: async () => undefined, kill: () => undefined };
  }
  const server = await openEmbeddedPostgres({
    dataDir: env.MERIDIAN_DATA_DIR,
    say: options.say,
    watch: options.watch ?? false,
  });
  setEnvironment({ DATABASE_URL: server.url, MERIDIAN_EMBEDDED: "1" });
  return {
    url: server.url,
    isEmbedded: true,
    close: () => server.release(),
    kill: () => server.kill(),
  };
}
