import type { Member } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import { newToken } from "@/lib/crypto/token";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { linkPolicy } from "../policy";
import type { StoredLink } from "../reads/settings";
import { markAddress, markArchived } from "../writes";
import { getVisibleLink } from "./get-link";

type Asked = {
  readonly actor: Member;
  readonly linkId: string;
  /** The version the person saw; without one, whatever it is now. */
  readonly version?: number | undefined;
};

export type ChangeRefusal = "changed-meanwhile" | "archived" | "already-so";

type Change<Value> = {
  readonly action: string;
  readonly refused: (link: StoredLink) => ChangeRefusal | undefined;
  readonly work: (
    tx: Transaction,
    grant: Grant<"link.edit", StoredLink>,
    at: Instant,
  ) => Promise<boolean>;
  readonly value: (link: StoredLink) => Value;
};

/** One small change of a link: as seen, audited, and shown to guests on every node before it is answered. */
async function change<Value>(
  asked: Asked,
  { action, refused, work, value }: Change<Value>,
  deps: Deps,
): Promise<Result<Value, ChangeRefusal>> {
  const { actor, linkId, version } = asked;
  const done = await deps.db.$transaction(async (tx) => {
    const link = await getVisibleLink(tx, actor, linkId);
    const grant = linkPolicy.authorize(actor, "link.edit", link);
    if (version !== undefined && version !== link.version) return refuse("changed-meanwhile");
    const why = refused(link);
    if (why !== undefined) return refuse(why);
    const at = deps.now();
    if (!(await work(tx, grant, at))) return refuse("changed-meanwhile");
    await appendAudit(tx, deps.keys, {
      workspaceId: link.workspaceId,
      at,
      actor: "user",
      userId: actor.userId,
      actorName: actor.name,
      action,
      subject: link.id,
    });
    return ok(link);
  });
  if (!done.ok) return done;
  await deps.invalidate([done.value.settings.token]);
  return ok(value(done.value));
}

/** Gives a link a new address of 256 random bits. The old one is dead on every node when this returns. Throws NotHere. */
export async function regenerateAddress(
  asked: Asked,
  deps: Deps,
): Promise<Result<{ readonly token: string; readonly version: number }, ChangeRefusal>> {
  const token = newToken();
  return change(
    asked,
    {
      action: "link.regenerate",
      refused: (link) => (link.archivedAt === null ? undefined : "archived"),
      work: (tx, grant, at) => markAddress(tx, grant, token, at),
      value: (link) => ({ token, version: link.version + 1 }),
    },
    deps,
  );
}

/** Closes a link for good. Meetings booked through it stay as they are. Throws NotHere. */
export const archiveLink = (
  asked: Asked,
  deps: Deps,
): Promise<Result<{ readonly version: number }, ChangeRefusal>> =>
  change(
    asked,
    {
      action: "link.archive",
      refused: (link) => (link.archivedAt === null ? undefined : "already-so"),
      work: (tx, grant, at) => markArchived(tx, grant, true, at),
      value: (link) => ({ version: link.version + 1 }),
    },
    deps,
  );

/** Opens an archived link again, under its old address. Throws NotHere. */
export const restoreLink = (
  asked: Asked,
  deps: Deps,
): Promise<Result<{ readonly version: number }, ChangeRefusal>> =>
  change(
    asked,
    {
      action: "link.restore",
      refused: (link) => (link.archivedAt === null ? "already-so" : undefined),
      work: (tx, grant, at) => markArchived(tx, grant, false, at),
      value: (link) => ({ version: link.version + 1 }),
    },
    deps,
  );
