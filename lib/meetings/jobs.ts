import { z } from "zod";
import type { Order } from "@/lib/jobs/queue";
import { defineJob } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Meeting } from "./core/meeting";

const aMeeting = z.object({
  workspaceId: z.uuid(),
  meetingId: z.uuid(),
  sequence: z.int(),
  /** Of a reminder: how long before the start it was meant to come. */
  leadMinutes: z.int().optional(),
});

/** Reminds everybody of a confirmed meeting. Does nothing when it moved or was cancelled since. */
export const remindMeeting = defineJob({ name: "meetings.remind", payload: aMeeting });

/** Releases the time of a request nobody answered. Does nothing when it was answered or moved since. */
export const expireHold = defineJob({ name: "meetings.expire-hold", payload: aMeeting });

/** Of meetings that came from no link. */
const USUAL_REMINDERS = [24 * 60, 60];

/** Time came free on a link that guests wait for; they are told, first come first. */
export const timeFreed = defineJob({
  name: "booking.time-freed",
  payload: z.object({ workspaceId: z.uuid(), linkId: z.uuid() }),
});

type AboutMeeting = Order<z.infer<typeof aMeeting>>;

/** Reminders of a confirmed meeting, as its link has them; those whose time has passed are left out. */
export const reminderOrders = (meeting: Meeting, now: Instant): AboutMeeting[] =>
  (meeting.link?.reminderMinutes ?? USUAL_REMINDERS)
    .map((leadMinutes) => ({
      payload: {
        workspaceId: meeting.workspaceId,
        meetingId: meeting.id,
        sequence: meeting.sequence,
        leadMinutes,
      },
      notBefore: instantOf(meeting.start - leadMinutes * MINUTE_MS),
    }))
    .filter(({ notBefore }) => notBefore > now);

export const holdOrders = (meeting: Meeting): AboutMeeting[] =>
  meeting.holdExpiresAt === null
    ? []
    : [
        {
          payload: {
            workspaceId: meeting.workspaceId,
            meetingId: meeting.id,
            sequence: meeting.sequence,
          },
          notBefore: instantOf(meeting.holdExpiresAt),
        },
      ];
