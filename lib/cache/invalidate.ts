import { request } from "node:http";
import { request as requestTls } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "pg";
import { internalSignature, verifyInternal } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import { loadKeyRing } from "@/lib/crypto/keys";
import { env } from "@/lib/env";
import { live } from "@/lib/live/live";
import { instantOf } from "@/lib/time/instant";
import { pageCacheState } from "./page-cache-state";
import type { Post } from "./page-node";
import { PageNode } from "./page-node";

const POST_TIMEOUT_MS = 1_000;
const ATTEMPTS = 12;

const PLACE = Symbol.for("meridian.page-node");
const shared = globalThis as typeof globalThis & { [PLACE]?: PageNode };

/** Where every node takes the messages of the others. */
export const INVALIDATION_PATH = "/api/internal/invalidate";

export const SIGNATURE_HEADER = "x-page-signature";

/** Node to node, inside the installation: addresses come from our own table, never from a person. */
const post: Post = (address, body, signature) =>
  new Promise((resolve, reject) => {
    const url = new URL(INVALIDATION_PATH, address);
    const open = url.protocol === "https:" ? requestTls : request;
    const outgoing = open(
      url,
      {
        method: "POST",
        headers: { "content-type": "application/json", [SIGNATURE_HEADER]: signature },
        signal: AbortSignal.timeout(POST_TIMEOUT_MS),
      },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
        answer.on("error", reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });

let keyRing: KeyRing | undefined;

function keys(): KeyRing {
  keyRing ??= loadKeyRing({ secretKey: env.MERIDIAN_SECRET_KEY, dataDir: env.MERIDIAN_DATA_DIR });
  return keyRing;
}

function makeNode(address: string | undefined, onTrouble: (what: string, cause: unknown) => void) {
  // A pool of its own: a lease must be renewed while every other connection waits for a lock.
  const pool = new Pool({
    connectionString: env.DATABASE_URL,
    max: 4,
    connectionTimeoutMillis: 4_000,
    query_timeout: 2_000,
    allowExitOnIdle: true,
  });
  pool.on("error", (cause) => onTrouble("the page cache lost a database connection", cause));
  return new PageNode({
    ...pageCacheState(),
    run: async (text, values) => (await pool.query(text, [...values])).rows,
    post,
    sign: (body) => internalSignature(keys(), body, instantOf(Date.now())),
    verify: (body, signature) => verifyInternal(keys(), body, signature, instantOf(Date.now())),
    clock: () => performance.now(),
    wait: delay,
    ...(address === undefined ? {} : { address }),
    onChange: (tokens) => live().changed(tokens),
    onMissed: () => live().missed(),
    onTrouble,
  });
}

/**
 * Makes this process a node of the page cache: from here on it keeps pages. `address` is where other nodes reach it.
 * Called once, when the server starts.
 */
export function startPageNode(
  address: string,
  onTrouble: (what: string, cause: unknown) => void,
): PageNode {
  const node = makeNode(address, onTrouble);
  shared[PLACE] = node;
  node.start();
  return node;
}

/** The node of this process; in a worker or a command one that keeps no pages itself but tells the others. */
export function pageNode(): PageNode {
  shared[PLACE] ??= makeNode(undefined, () => {});
  return shared[PLACE];
}

/**
 * Withdraws the pages of these links everywhere. Call after the change is committed and before it is answered: when
 * this returns, no reader of any node is given a page that was read before the commit. Takes a statement and one
 * round trip per other node; a node that does not answer is waited for up to 3 s. Rejects when the database stays
 * away for about 10 s.
 */
export async function invalidateLinks(tokens: readonly string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pageNode().invalidate(tokens);
      return;
    } catch (cause) {
      if (attempt >= ATTEMPTS) throw new Error("pages could not be withdrawn", { cause });
      await delay(Math.min(100 * 2 ** attempt, 1_000));
    }
  }
}
