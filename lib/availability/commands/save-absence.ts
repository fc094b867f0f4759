import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { TimeZone } from "@/lib/time/zone";
import type { AbsenceProblem } from "../core/absence";
import { absenceSpan } from "../core/absence";
import { withinAbsences } from "../core/conflicts";
import type { Absence, BookedMeeting, OwnerFacts } from "../core/schedule";
import { listAbsences, listBooked, listRedirectChoices, listTokensOfHost } from "../reads";
import type { AbsenceInput } from "../schema";
import { deleteAbsence, insertAbsence } from "../writes";
import type { AvailabilityDeps } from "./edit-with";
import { editWith } from "./edit-with";

const MAX_AHEAD = 100;

export type AbsenceRefusal = AbsenceProblem | "no-such-link" | "too-many" | "changed-meanwhile";

type Asked = {
  readonly actor: Actor;
  readonly owner: OwnerFacts;
  /** The person's own, in which the dates are meant. */
  readonly zone: TimeZone;
  readonly absence: AbsenceInput;
  /** The one this takes the place of. */
  readonly instead?: string | undefined;
};

/**
 * Notes that somebody is away; their links offer nothing meanwhile. No meeting is touched: those that fall into it
 * are answered. Throws AccessDenied.
 */
export async function saveAbsence(
  { actor, owner, zone, absence, instead }: Asked,
  deps: AvailabilityDeps,
): Promise<
  Result<{ readonly id: string; readonly within: readonly BookedMeeting[] }, AbsenceRefusal>
> {
  const span = absenceSpan(absence, zone);
  if (!span.ok) return span;
  const id = newId();
  const at = deps.now();
  const details = { from: span.value.from, to: span.value.to };
  const edit = { what: "availability.away", subject: id, details };
  try {
    const saved = await editWith({ actor, owner, edit }, deps, async (tx, grant) => {
      if (instead !== undefined && !(await deleteAbsence(tx, grant, instead)))
        return refuse("changed-meanwhile");
      if ((await listAbsences(tx, owner, at)).length >= MAX_AHEAD) return refuse("too-many");
      const { redirectLinkId } = absence;
      if (redirectLinkId !== null) {
        const choices = await listRedirectChoices(tx, owner, at);
        if (!choices.some((choice) => choice.id === redirectLinkId)) return refuse("no-such-link");
      }
      await insertAbsence(tx, grant, id, { ...absence, span: span.value, at });
      return ok(undefined);
    });
    if (!saved.ok) return saved;
  } catch (error) {
    if (violates(error, "absence_redirects_to_a_link")) return refuse("no-such-link");
    throw error;
  }
  const [tokens, booked] = await Promise.all([
    listTokensOfHost(deps.db, owner),
    listBooked(deps.db, owner, at),
  ]);
  await deps.invalidate(tokens);
  return ok({ id, within: withinAbsences([span.value], booked) });
}

/** Takes an absence back; the times are on offer again. Throws AccessDenied, and NotHere when it is gone. */
export async function removeAbsence(
  {
    actor,
    owner,
    absence,
  }: { readonly actor: Actor; readonly owner: OwnerFacts; readonly absence: Absence },
  deps: AvailabilityDeps,
): Promise<void> {
  const details = { from: absence.from, to: absence.to };
  const edit = { what: "availability.back", subject: absence.id, details };
  const removed = await editWith({ actor, owner, edit }, deps, async (tx, grant) => ({
    ok: await deleteAbsence(tx, grant, absence.id),
  }));
  if (!removed.ok) throw new NotHere();
  await deps.invalidate(await listTokensOfHost(deps.db, owner));
}
