import { z } from "zod";
import { instantOf, toIso } from "@/lib/time/instant";
import { roomAnswerForm } from "../schema";

/** The answer to whoever asked for a room, as machines give it. */
export const requestDecision = z.strictObject({
  approve: z.boolean(),
  reason: roomAnswerForm.shape.reason,
});

/** What a refused answer is called. */
export const DECISION_REFUSALS: Readonly<Record<string, string>> = {
  "no-such-request": "This was answered or taken back meanwhile.",
  "changed-meanwhile": "This meeting was changed meanwhile. Ask again.",
  "slot-taken": "Something else of this meeting was taken meanwhile.",
  over: "This meeting is over.",
};

/** A meeting that asked for a room; its subject is null where the reader may not know it. */
export const requestOnWire = (request: {
  readonly meetingId: string;
  readonly host: string;
  readonly subject: string | null;
  readonly start: number;
  readonly end: number;
}) => ({
  meetingId: request.meetingId,
  host: request.host,
  subject: request.subject,
  start: toIso(instantOf(request.start)),
  end: toIso(instantOf(request.end)),
});
