import { z } from "zod";
import type { Order } from "@/lib/jobs/queue";
import { defineJob } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { ActedBy } from "./core/acted-by";
import type { Meeting } from "./core/meeting";
import { remindersOf } from "./core/reminders";
import { rowOf } from "./core/row";
import { meetingOnWire } from "./core/wire";

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

/** Time came free on a link that guests wait for; they are told, first come first. */
export const timeFreed = defineJob({
  name: "booking.time-freed",
  payload: z.object({ workspaceId: z.uuid(), linkId: z.uuid() }),
});

/** Something happened to a meeting that somebody outside follows: a webhook, a calendar it is copied to. */
export const meetingChanged = defineJob({
  name: "meetings.changed",
  payload: z.object({
    workspaceId: z.uuid(),
    meetingId: z.uuid(),
    version: z.int(),
    kind: z.string(),
    at: z.int(),
    actorName: z.string(),
    /** The meeting as machines are told, as it was then. */
    snapshot: z.record(z.string(), z.unknown()),
  }),
});

export type MeetingChange = z.infer<typeof meetingChanged.payload>;

export const changeOrder = (
  meeting: Meeting,
  {
    kind,
    at,
    by,
  }: { readonly kind: string; readonly at: Instant; readonly by: Pick<ActedBy, "actorName"> },
): Order<MeetingChange> => ({
  payload: {
    workspaceId: meeting.workspaceId,
    meetingId: meeting.id,
    version: meeting.version,
    kind,
    at,
    actorName: by.actorName,
    snapshot: meetingOnWire(rowOf(meeting)),
  },
});

type AboutMeeting = Order<z.infer<typeof aMeeting>>;

/** Reminders of a confirmed meeting, one for each time somebody wants; those whose time has passed are left out. */
export const reminderOrders = (meeting: Meeting, now: Instant): AboutMeeting[] =>
  remindersOf(meeting)
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
