import { randomUUID } from "node:crypto";
import { open, seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Db } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";

export type StepKind = "passkey" | "passkey-new" | "oidc" | "second-factor";

/** How long each step may take, milliseconds. */
export const STEP_LIFETIME_MS: Readonly<Record<StepKind, number>> = {
  passkey: 5 * MINUTE_MS,
  "passkey-new": 5 * MINUTE_MS,
  oidc: 10 * MINUTE_MS,
  "second-factor": 10 * MINUTE_MS,
};

/** Wrong codes one second-factor step takes before it is over. */
export const MAX_ATTEMPTS = 5;

export type Step = {
  readonly id: string;
  /** Whose step it is; null while nobody is known yet. */
  readonly person: { readonly workspaceId: string; readonly userId: string } | null;
  /** What was put in, as JSON. Whoever reads it says what shape it must have. */
  readonly content: unknown;
};

type StepDeps = { readonly keys: KeyRing };

const placeOf = (id: string, workspaceId: string | null) => ({
  table: "sign_in_step",
  column: "sealed",
  id,
  workspaceId: workspaceId ?? "none",
});

/**
 * Begins a step of signing in and returns the token its browser holds from now on. Only the token's hash is stored,
 * and what the step must remember is sealed. Steps that ended a day ago are removed on the way.
 */
export async function insertStep(
  db: Db,
  about: {
    readonly kind: StepKind;
    readonly person: Step["person"];
    readonly content: object;
    readonly now: Instant;
  },
  { keys }: StepDeps,
): Promise<string> {
  const { kind, person, content, now } = about;
  const [id, token] = [randomUUID(), newToken()];
  await db.signInStep.deleteMany({
    where: { expiresAt: { lt: columnFromInstant((now - DAY_MS) as Instant) } },
  });
  await db.signInStep.create({
    data: {
      id,
      kind,
      workspaceId: person?.workspaceId ?? null,
      userId: person?.userId ?? null,
      tokenHash: new Uint8Array(hashToken(token)),
      sealed: new Uint8Array(
        seal(keys, JSON.stringify(content), placeOf(id, person?.workspaceId ?? null)),
      ),
      createdAt: columnFromInstant(now),
      expiresAt: columnFromInstant((now + STEP_LIFETIME_MS[kind]) as Instant),
    },
  });
  return token;
}

/** The step this browser is in; undefined when it has none of this kind, or it was used, is over, or had too many tries. */
export async function findStep(
  db: Db,
  kind: StepKind,
  token: string | undefined,
  { keys, now }: StepDeps & { readonly now: Instant },
): Promise<Step | undefined> {
  if (token === undefined) return undefined;
  const row = await db.signInStep.findFirst({
    where: {
      kind,
      tokenHash: new Uint8Array(hashToken(token)),
      usedAt: null,
      expiresAt: { gt: columnFromInstant(now) },
      attempts: { lt: MAX_ATTEMPTS },
    },
  });
  if (!row || row.sealed === null) return undefined;
  const sealed = open(keys, row.sealed, placeOf(row.id, row.workspaceId));
  return {
    id: row.id,
    person:
      row.workspaceId !== null && row.userId !== null
        ? { workspaceId: row.workspaceId, userId: row.userId }
        : null,
    content: JSON.parse(sealed.toString("utf8")),
  };
}

/** Uses the step up. Of two at once, one gets true. */
export async function spendStep(db: Db, id: string, now: Instant): Promise<boolean> {
  const { count } = await db.signInStep.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: columnFromInstant(now) } },
    data: { usedAt: columnFromInstant(now) },
  });
  return count === 1;
}

/** Counts one try before it is looked at. False when there are none left: of any number at once, five pass. */
export async function countAttempt(db: Db, id: string): Promise<boolean> {
  const { count } = await db.signInStep.updateMany({
    where: { id, usedAt: null, attempts: { lt: MAX_ATTEMPTS } },
    data: { attempts: { increment: 1 } },
  });
  return count === 1;
}
