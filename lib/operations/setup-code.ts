import { randomUUID } from "node:crypto";
import pg from "pg";
import { hashSetupCode, newSetupCode } from "@/lib/crypto/setup-code";

/** A code is good for this long, hours; a new start of the server makes a new one. */
export const SETUP_CODE_HOURS = 24;

/**
 * A fresh one-time code for an installation without anybody in it, instead of any older one; undefined as soon as
 * somebody is there. Only its hash is kept: who can read the server's log becomes the first admin.
 */
export async function makeSetupCode(databaseUrl: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ found: boolean }>(
      "SELECT EXISTS (SELECT FROM app_user) AS found",
    );
    if (rows[0]?.found === true) return undefined;
    const code = newSetupCode();
    // One statement: never a moment with two codes, or none.
    await client.query(
      `WITH gone AS (DELETE FROM setup_code)
       INSERT INTO setup_code (id, code_hash, expires_at)
       VALUES ($1, $2, now() + make_interval(hours => $3))`,
      [randomUUID(), hashSetupCode(code), SETUP_CODE_HOURS],
    );
    return code;
  } finally {
    await client.end();
  }
}
