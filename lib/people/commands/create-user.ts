import { randomInt, randomUUID } from "node:crypto";
import { appendAudit } from "@/lib/audit/append";
import { hashPassword } from "@/lib/auth/password";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { violates } from "@/lib/db/violations";
import type { UserId } from "@/lib/ids";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { Authority } from "../policy";
import { auditedAs } from "../policy";
import type { NewUser } from "../schema";
import { newUser } from "../schema";
import { insertPerson } from "../writes";

export type PeopleDeps = {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly now: () => Instant;
  /** Drops the cached pages of these links; absent where no server is told, as in an operator's command. */
  readonly invalidate?: (tokens: readonly string[]) => Promise<void>;
};

// Without the letters and digits that are read as one another: this is typed from paper.
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS_OF_FOUR = 5;

/** Twenty characters of 31, 99 bits, in groups of four. */
const oneTimePassword = (): string =>
  Array.from({ length: GROUPS_OF_FOUR }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(""),
  ).join("-");

/**
 * Creates an account with its groups, its resource and a default schedule, in one transaction, and returns a
 * password that is shown once. Without `password` one is made. Throws ZodError for input that is not valid.
 */
export async function createUser(
  input: NewUser & { readonly workspaceId: string; readonly password?: string },
  by: Authority<"people.manage">,
  deps: PeopleDeps,
): Promise<
  Result<{ readonly id: UserId; readonly password: string }, "email-taken" | "no-workspace">
> {
  const { workspaceId, password = oneTimePassword(), ...rest } = input;
  const person = newUser.parse(rest);
  const workspace = await deps.db.workspace.findUnique({ where: { id: workspaceId } });
  if (!workspace) return refuse("no-workspace");
  const id = randomUUID() as UserId;
  // Before the transaction: it takes a core for 15 ms and may have to wait for one.
  const passwordHash = await hashPassword(password);
  try {
    await deps.db.$transaction(async (tx) => {
      await insertPerson(tx, {
        workspaceId,
        id,
        email: person.email,
        name: person.name,
        title: person.title ?? null,
        passwordHash,
        zone: person.zone ?? workspace.zone,
        locale: workspace.locale,
        groups: person.groups,
      });
      await appendAudit(tx, deps.keys, {
        ...auditedAs(by),
        workspaceId,
        at: deps.now(),
        action: "user.create",
        subject: id,
        details: { groups: person.groups },
      });
    });
  } catch (error) {
    if (violates(error, "user_email_is_used_once")) return refuse("email-taken");
    throw error;
  }
  return ok({ id, password });
}
