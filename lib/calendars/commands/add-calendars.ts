import { v7 as newId } from "uuid";
import { appendAudit } from "@/lib/audit/append";
import { seal } from "@/lib/crypto/envelope";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { CalendarSecret } from "../core/external-calendar";
import { sealedPlace } from "../handlers/calendar-deps";
import { readCalendar } from "../jobs";
import type { CalendarsGrant } from "../policy";
import { auditedAs } from "../policy";
import { countCalendars } from "../reads/calendars";
import { endWriting, insertCalendars } from "../writes/calendars";

export const MOST_CALENDARS = 20;

export type AddedCalendar = {
  readonly name: string;
  readonly secret: CalendarSecret;
  readonly blocks: boolean;
  readonly writes: boolean;
};

type AddDeps = Pick<Deps, "db" | "queue" | "now" | "keys">;

/**
 * Adds calendars whose busy times count from now on; each is read at once. What opens them is sealed. When one of them
 * is to be written to, the one before is not any more, and what stands there is deleted by its next reading.
 */
export async function addCalendars(
  calendars: readonly AddedCalendar[],
  grant: CalendarsGrant,
  deps: AddDeps,
): Promise<Result<{ readonly added: number }, "too-many">> {
  const { workspaceId } = grant.resource;
  const rows = calendars.map(({ secret, ...calendar }) => {
    const id = newId();
    const sealed = seal(deps.keys, JSON.stringify(secret), sealedPlace({ workspaceId, id }));
    return { ...calendar, id, kind: secret.kind, host: new URL(secret.url).host, sealed };
  });
  return deps.db.$transaction(async (tx) => {
    const at = deps.now();
    if ((await countCalendars(tx, grant.resource)) + rows.length > MOST_CALENDARS) {
      return refuse("too-many");
    }
    if (rows.some(({ writes }) => writes)) await endWriting(tx, grant);
    await insertCalendars(tx, grant, rows, at);
    await enqueue(
      deps.queue,
      tx,
      readCalendar,
      rows.map(({ id }) => ({ payload: { workspaceId, calendarId: id } })),
    );
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at,
      action: "calendar.add",
      subject: grant.resource.userId,
      // Which server, and nothing of the address: that of a feed opens it.
      details: {
        calendars: rows.map(({ id, kind, host, writes }) => ({ id, kind, host, writes })),
      },
    });
    return ok({ added: rows.length });
  });
}
