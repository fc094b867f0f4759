import type { Member } from "@/lib/access/actor";
import type { LinkSnapshot } from "@/lib/booking/core/snapshot";
import { pageWindow } from "@/lib/booking/core/snapshot";
import { findLinkSnapshot } from "@/lib/booking/reads";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { linkPolicy } from "../policy";
import { updateLink } from "../writes";
import { applyHours } from "./apply-hours";
import type { FieldProblems } from "./check-settings";
import { checkSettings } from "./check-settings";
import { getVisibleLink } from "./get-link";

/** Carries the answer out of a transaction that must not be kept. */
class Seen extends Error {
  readonly snapshot: LinkSnapshot;
  constructor(snapshot: LinkSnapshot) {
    super("a preview is never kept");
    this.snapshot = snapshot;
  }
}

/** Carries problems out of a transaction in which something was written already. */
class Unseen extends Error {
  readonly problems: FieldProblems;
  constructor(problems: FieldProblems) {
    super("nothing to show");
    this.problems = problems;
  }
}

type Asked = {
  readonly actor: Member;
  readonly linkId: string;
  readonly settings: unknown;
  /** Weekly hours changed beside the settings; none when left out. */
  readonly hours?: unknown;
};

/**
 * The link as guests would find it if these settings were saved now: they are written, read by the very statement
 * that the guest's page is drawn from, and rolled back. A second way of working out an offer would sooner or later
 * say something else than the page. Throws NotHere.
 */
export async function previewLink(
  { actor, linkId, settings, hours }: Asked,
  { db, now }: Pick<Deps, "db" | "now">,
): Promise<Result<LinkSnapshot, FieldProblems>> {
  try {
    const problems = await db.$transaction(async (tx) => {
      const stored = await getVisibleLink(tx, actor, linkId);
      const grant = linkPolicy.authorize(actor, "link.edit", stored);
      const known = { ...stored, token: stored.settings.token };
      const checked = await checkSettings(tx, known, settings);
      if (!checked.ok) return checked.refusal;
      // The address plays no part in what is offered, and could be taken.
      await updateLink(tx, grant, { ...checked.value, token: known.token }, now());
      const applied = await applyHours(tx, actor, hours);
      if (!applied.ok) throw new Unseen(applied.refusal);
      const snapshot = await findLinkSnapshot(tx, { by: { linkId }, window: pageWindow(now()) });
      if (snapshot === undefined) throw new Error(`link ${linkId} vanished within a transaction`);
      throw new Seen({ ...snapshot, token: checked.value.token });
    });
    return refuse(problems);
  } catch (error) {
    if (error instanceof Seen) return ok(error.snapshot);
    if (error instanceof Unseen) return refuse(error.problems);
    throw error;
  }
}
