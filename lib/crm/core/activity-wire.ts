import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import type { Activity } from "./activity";
import { ACTIVITY_KINDS } from "./activity";
import type { ActivityRefusal } from "./activity-answer";
import { ACTIVITY_REFUSALS } from "./activity-answer";

const iso = (moment: Instant | null): string | null => (moment === null ? null : toIso(moment));

/** An activity as machines are told of it: planned while `doneAt` is null. */
export const activityOnWire = (activity: Activity) => ({
  id: activity.id,
  leadId: activity.leadId,
  kind: activity.kind,
  subject: activity.subject,
  note: activity.note,
  dueAt: iso(activity.dueAt),
  allDay: activity.allDay,
  durationMinutes: activity.durationMinutes,
  remindAt: iso(activity.remindAt),
  assigneeId: activity.assigneeId,
  doneAt: iso(activity.doneAt),
  direction: activity.direction,
  outcome: activity.outcome,
  meetingId: activity.meetingId,
  version: activity.version,
});

const id = z.uuid();
const words = (most: number) => z.string().trim().max(most, `is longer than ${most} characters`);

/** Of one lead, all; else what is due of one person (the caller), or of everybody in scope. */
export const activitiesQuestion = z.strictObject({
  lead: id.optional(),
  assignee: z.union([z.literal("all"), id]).optional(),
  before: instantOnWire.optional(),
});

const about = {
  leadId: id,
  kind: z.enum(ACTIVITY_KINDS),
  subject: words(200).min(1, "is needed"),
  note: words(10_000).nullable().optional(),
  durationMinutes: z.int().min(0).max(1_440).nullable().optional(),
};

/** Something planned (`dueAt`), or something that was done (`doneAt`); one of them, and not both. */
export const newActivityInput = z
  .strictObject({
    ...about,
    dueAt: instantOnWire.optional(),
    allDay: z.boolean().optional(),
    remindAt: instantOnWire.nullable().optional(),
    assigneeId: id.optional(),
    doneAt: instantOnWire.optional(),
    direction: z.enum(["in", "out"]).nullable().optional(),
    outcome: words(2_000).nullable().optional(),
  })
  .refine(({ dueAt, doneAt }) => (dueAt === undefined) !== (doneAt === undefined), {
    error: "give dueAt for what is planned, or doneAt for what was done",
    path: ["dueAt"],
  });

/** Finishes, takes back, or moves a planned activity; one of them. */
export const activityChangeInput = z
  .strictObject({
    version: z.int().min(1).optional(),
    done: z.boolean().optional(),
    outcome: words(2_000).nullable().optional(),
    dueAt: instantOnWire.optional(),
    allDay: z.boolean().optional(),
    remindAt: instantOnWire.nullable().optional(),
  })
  .refine(({ done, dueAt }) => (done === undefined) !== (dueAt === undefined), {
    error: "give done, or dueAt",
    path: ["done"],
  });

/** The status and the error of what was not done with an activity. */
export const refusedActivityOnWire = (refusal: ActivityRefusal) => ({
  status: refusal === "in-the-future" || refusal === "cannot-see" ? 422 : 409,
  error: { code: refusal, message: ACTIVITY_REFUSALS[refusal] },
});
