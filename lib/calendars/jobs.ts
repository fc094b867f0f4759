import { z } from "zod";
import { defineJob } from "@/lib/jobs/queue";

/** Reads one calendar's busy times. What goes wrong is its row's business, so there is nothing to retry. */
export const readCalendar = defineJob({
  name: "calendars.read-one",
  payload: z.object({ workspaceId: z.uuid(), calendarId: z.uuid() }),
  retryLimit: 3,
  expireInSeconds: 180,
});

/** Brings one meeting's copy in one calendar to what the meeting is now: written, changed, or gone. */
export const writeCopy = defineJob({
  name: "calendars.write",
  payload: z.object({
    workspaceId: z.uuid(),
    calendarId: z.uuid(),
    meetingId: z.uuid(),
    tries: z.int().min(0).default(0),
  }),
  retryLimit: 5,
  expireInSeconds: 180,
});
