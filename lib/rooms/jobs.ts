import { z } from "zod";
import type { Order } from "@/lib/jobs/queue";
import { defineJob } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";

const aStay = z.object({
  workspaceId: z.uuid(),
  meetingId: z.uuid(),
  roomId: z.uuid(),
  /** When the meeting was to start as this was ordered, epoch ms: one that was moved has an order of its own. */
  start: z.int(),
});

/** Frees a room nobody checked in to. Does nothing when somebody did, or the meeting was moved or cancelled since. */
export const releaseRoom = defineJob({ name: "rooms.release", payload: aStay });

type Held = {
  readonly id: string;
  readonly checkIn: boolean;
  readonly releaseMinutes: number;
  readonly state: string;
  readonly checkedInAt: number | null;
};

/** The releases of a confirmed meeting's rooms. Whoever takes a room after the start has as long to come to it. */
export const releaseOrders = (
  meeting: {
    readonly workspaceId: string;
    readonly id: string;
    readonly start: number;
    readonly rooms: readonly Held[];
  },
  now: Instant,
): Order<z.infer<typeof aStay>>[] =>
  meeting.rooms
    .filter(
      ({ checkIn, checkedInAt, state }) => checkIn && checkedInAt === null && state === "approved",
    )
    .map((room) => ({
      payload: {
        workspaceId: meeting.workspaceId,
        meetingId: meeting.id,
        roomId: room.id,
        start: meeting.start,
      },
      notBefore: releasedAt(Math.max(meeting.start, now), room.releaseMinutes),
    }));

/** From when on a room without a check-in is free again. */
export const releasedAt = (start: number, releaseMinutes: number): Instant =>
  instantOf(start + releaseMinutes * MINUTE_MS);
