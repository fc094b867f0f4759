import { z } from "zod";
import type { Order } from "@/lib/jobs/queue";
import { defineJob } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { HOUR_MS, instantOf } from "@/lib/time/instant";
import type { Meeting } from "./core/meeting";

const aMeeting = z.object({ workspaceId: z.uuid(), meetingId: z.uuid(), sequence: z.int() });

/** Reminds everybody of a confirmed meeting. Does nothing when it moved or was cancelled since. */
export const remindMeeting = defineJob({ name: "meetings.remind", payload: aMeeting });

/** Releases the time of a request nobody answered. Does nothing when it was answered or moved since. */
export const expireHold = defineJob({ name: "meetings.expire-hold", payload: aMeeting });

const REMINDERS_MS = [24 * HOUR_MS, HOUR_MS];

type AboutMeeting = Order<z.infer<typeof aMeeting>>;

/** Reminders of a confirmed meeting, a day and an hour before; those whose time has passed are left out. */
export const reminderOrders = (meeting: Meeting, now: Instant): AboutMeeting[] =>
  REMINDERS_MS.map((lead) => instantOf(meeting.start - lead))
    .filter((at) => at > now)
    .map((notBefore) => ({
      payload: {
        workspaceId: meeting.workspaceId,
        meetingId: meeting.id,
        sequence: meeting.sequence,
      },
      notBefore,
    }));

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
