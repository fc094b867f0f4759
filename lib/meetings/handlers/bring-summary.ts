import type { z } from "zod";
import type { Summary } from "@/lib/conferencing/core/provider";
import type { OpenProvider } from "@/lib/conferencing/core/room-provider";
import type { bringSummary } from "@/lib/conferencing/jobs";
import type { OnlineWork } from "@/lib/conferencing/reads/online";
import { findOnlineWork } from "@/lib/conferencing/reads/online";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { HeldMeeting } from "../reads/minutes";
import { listHeldAt } from "../reads/minutes";
import { takeSummary } from "./take-summary";

type Asked = z.infer<typeof bringSummary.payload>;

/** The provider wrote one, and does not give it yet: asked again later. */
class SummaryNotYet extends Error {
  override readonly name = "SummaryNotYet";
}

/** Of the occurrences of a series, the one that was held then. */
function nearest(held: readonly HeldMeeting[], startedAt: number | null, now: Instant) {
  const near = startedAt ?? now;
  return held.toSorted(
    (one, other) => Math.abs(one.start.getTime() - near) - Math.abs(other.start.getTime() - near),
  )[0];
}

async function fetchSummary(
  work: OnlineWork,
  externalId: string,
  near: Instant,
  open: OpenProvider,
): Promise<Summary> {
  const opened = await open(work.room);
  if (!opened.ok) throw new SummaryNotYet(opened.refusal.detail);
  const found =
    work.account === null
      ? undefined
      : await opened.value.findSummary?.(externalId, work.account, near);
  if (found === undefined || !found.ok || found.value === null) {
    throw new SummaryNotYet(found?.ok === false ? found.refusal.detail : "no summary");
  }
  return found.value;
}

/**
 * Brings a provider's summary to the meeting it is of: as it came with the event, else asked for. An event vouched for
 * by one virtual room's own secret reaches that room's meetings only. Throws to be tried again.
 */
export async function handleBringSummary(
  { provider, externalId, startedAt, room, summary }: Asked,
  deps: Pick<Deps, "db" | "now"> & { readonly open: OpenProvider },
): Promise<void> {
  const now = deps.now();
  const held = await listHeldAt(deps.db, { provider, externalId, room });
  const meeting = nearest(held, startedAt, now);
  if (meeting === undefined) return;
  const { workspaceId, id, onlineId } = meeting;
  const near = instantOf(startedAt ?? meeting.start.getTime());
  const work =
    summary === null ? await findOnlineWork(deps.db, { workspaceId, onlineId }, now) : undefined;
  const written = summary ?? (work && (await fetchSummary(work, externalId, near, deps.open)));
  if (written === undefined) return;
  await takeSummary(
    { workspaceId: workspaceId as WorkspaceId, id: id as MeetingId },
    written,
    deps,
  );
}
