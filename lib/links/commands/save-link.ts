import type { Member } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { violates, withRetry } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { SettingName } from "../core/link-settings";
import { changedSettings, draftOf } from "../core/link-settings";
import { linkPolicy } from "../policy";
import type { StoredLink } from "../reads/settings";
import { findStoredLink } from "../reads/settings";
import type { LinkDraft } from "../schema";
import { updateLink } from "../writes";
import type { AppliedHours } from "./apply-hours";
import { applyHours } from "./apply-hours";
import type { FieldProblems } from "./check-settings";
import { checkSettings } from "./check-settings";
import { getVisibleLink } from "./get-link";

export const ADDRESS_TAKEN = "Another link has this address. Choose another.";

export type Saved = { readonly version: number; readonly settings: LinkDraft };

export type SaveRefusal =
  | { readonly reason: "invalid"; readonly fields: FieldProblems }
  /** Somebody else saved meanwhile: what the link looks like now. */
  | { readonly reason: "changed-meanwhile"; readonly current: Saved }
  | { readonly reason: "archived" };

type Asked = {
  readonly actor: Member;
  readonly linkId: string;
  /** The version the person saw. */
  readonly version: number;
  readonly settings: unknown;
  /** Weekly hours changed beside the settings; none when left out. */
  readonly hours?: unknown;
};

/** Undoes what has been written so far. */
class Undone extends Error {
  readonly fields: FieldProblems;
  constructor(fields: FieldProblems) {
    super("not saved");
    this.fields = fields;
  }
}

const savedOf = ({ version, settings }: StoredLink): Saved => ({ version, settings });

const LONGEST_AUDITED = 200;

/** Values the log keeps with a changed setting: short ones, and no address, which may be a secret. */
function auditable(name: SettingName, value: unknown): unknown {
  if (name === "token") return "…";
  return JSON.stringify(value ?? null).length > LONGEST_AUDITED ? "…" : value;
}

function auditedChanges(before: LinkDraft, after: LinkDraft): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    changedSettings(before, after).map((name) => [
      name,
      { before: auditable(name, before[name]), after: auditable(name, after[name]) },
    ]),
  );
}

type Done = { readonly saved: Saved; readonly tokens: readonly string[] };

async function auditHours(
  tx: Transaction,
  actor: Member,
  hours: readonly AppliedHours[],
  deps: Deps,
): Promise<void> {
  for (const { scheduleId, name, person } of hours.filter(({ override }) => override)) {
    await appendAudit(tx, deps.keys, {
      workspaceId: actor.workspaceId,
      at: deps.now(),
      actor: "user",
      userId: actor.userId,
      actorName: actor.name,
      action: "availability.hours (override)",
      subject: scheduleId,
      details: { person, name },
    });
  }
}

async function saveInTransaction(
  tx: Transaction,
  asked: Asked,
  deps: Deps,
): Promise<Result<Done, SaveRefusal>> {
  const { actor } = asked;
  const stored = await getVisibleLink(tx, actor, asked.linkId);
  const grant = linkPolicy.authorize(actor, "link.edit", stored);
  if (stored.archivedAt !== null) return refuse({ reason: "archived" });
  if (stored.version !== asked.version) {
    return refuse({ reason: "changed-meanwhile", current: savedOf(stored) });
  }
  const known = { ...stored, token: stored.settings.token };
  const checked = await checkSettings(tx, known, asked.settings);
  if (!checked.ok) return refuse({ reason: "invalid", fields: checked.refusal });
  const settings = draftOf(checked.value);
  const at = deps.now();
  if (!(await updateLink(tx, grant, checked.value, at))) {
    const now = await findStoredLink(tx, stored);
    if (now === undefined) throw new NotHere();
    return refuse({ reason: "changed-meanwhile", current: savedOf(now) });
  }
  const hours = await applyHours(tx, actor, asked.hours);
  if (!hours.ok) throw new Undone(hours.refusal);
  await auditHours(tx, actor, hours.value, deps);
  await appendAudit(tx, deps.keys, {
    workspaceId: stored.workspaceId,
    at,
    actor: "user",
    userId: actor.userId,
    actorName: actor.name,
    action: "link.save",
    subject: stored.id,
    details: auditedChanges(stored.settings, settings),
  });
  const tokens = [
    stored.settings.token,
    settings.token,
    ...hours.value.flatMap((one) => one.tokens),
  ];
  return ok({ saved: { version: stored.version + 1, settings }, tokens });
}

/**
 * Saves every setting of a link at once, as seen at `version`, and the hours that were changed beside them. When this returns, no node shows guests the link as it
 * was. Throws NotHere for a link this person may not know of.
 */
export async function saveLink(asked: Asked, deps: Deps): Promise<Result<Saved, SaveRefusal>> {
  try {
    const done = await withRetry(() =>
      deps.db.$transaction((tx) => saveInTransaction(tx, asked, deps)),
    );
    if (!done.ok) return done;
    await deps.invalidate([...new Set(done.value.tokens)]);
    return ok(done.value.saved);
  } catch (error) {
    if (error instanceof Undone) return refuse({ reason: "invalid", fields: error.fields });
    if (violates(error, "link_token_is_used_once")) {
      return refuse({ reason: "invalid", fields: { token: ADDRESS_TAKEN } });
    }
    if (violates(error, "link_is_not_used_too_often")) {
      const fields = { maxUses: "It has been used more often already." };
      return refuse({ reason: "invalid", fields });
    }
    throw error;
  }
}
