import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { WorkingHours } from "./business-time";
import { addWorkingMinutes, workingMinutes } from "./business-time";
import type { Lead } from "./lead";

/**
 * Where the clock of a first answer starts: when the lead was first given to somebody. Somebody who answers sooner than
 * that, or a lead that was nobody's, is counted from its creation.
 */
export const clockStart = (
  { createdAt, assignedAt }: Pick<Lead, "createdAt" | "assignedAt">,
  answeredAt: Instant,
): Instant => (assignedAt !== null && assignedAt <= answeredAt ? assignedAt : createdAt);

/** When a lead counts as answered: a call from before it was typed in answers it in no time. */
export const answeredAtOf = ({ createdAt }: Pick<Lead, "createdAt">, doneAt: Instant): Instant =>
  instantOf(Math.max(doneAt, createdAt));

/** Working minutes from the clock's start to the answer; a lead of no team is counted around the clock. */
export const responseMinutesOf = (
  lead: Pick<Lead, "createdAt" | "assignedAt">,
  answeredAt: Instant,
  works: WorkingHours | undefined,
): number => {
  const start = clockStart(lead, answeredAt);
  return works === undefined
    ? Math.floor((answeredAt - start) / 60_000)
    : workingMinutes(works, start, answeredAt);
};

/**
 * By when a lead that was just given to somebody is to be answered; undefined when nobody promises anything: no team,
 * no promise, an opportunity (they were spoken to), one that is closed or answered, or one that has its promise already.
 * A lead that is handed on keeps its first promise: it was made to the customer.
 */
export function responseDueOf(
  lead: Pick<Lead, "kind" | "status" | "ownerId" | "firstResponseAt" | "responseDueAt">,
  promise: { readonly responseMinutes: number | null; readonly works: WorkingHours } | undefined,
  now: Instant,
): Instant | undefined {
  const waits =
    lead.kind === "lead" &&
    lead.status === "open" &&
    lead.ownerId !== null &&
    lead.firstResponseAt === null &&
    lead.responseDueAt === null;
  if (!waits || promise === undefined || promise.responseMinutes === null) return undefined;
  return addWorkingMinutes(promise.works, now, promise.responseMinutes);
}
