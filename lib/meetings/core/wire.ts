import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import { listTabs } from "./meeting-list";
import type { MeetingRow } from "./meeting-view";

const isoOrNull = (moment: Instant | null): string | null =>
  moment === null ? null : toIso(moment);

/** One meeting as the interface of machines tells it. */
export const meetingOnWire = (row: MeetingRow & { readonly version?: number }) => ({
  id: row.id,
  subject: row.subject,
  status: row.status,
  start: toIso(row.start),
  end: toIso(row.end),
  host: { id: row.hostId, name: row.hostName },
  guests: row.guestNames,
  guestZone: row.guestZone,
  place: row.place,
  joinUrl: row.joinUrl,
  holdExpiresAt: isoOrNull(row.holdExpiresAt),
  ...(row.version === undefined ? {} : { version: row.version }),
});

/** What a list of meetings is asked for by machines: wrong values are errors, not defaults. */
export const meetingsQuestion = z.strictObject({
  tab: z.enum(listTabs).default("upcoming"),
  q: z.string().trim().max(100).default(""),
  from: instantOnWire.optional(),
  to: instantOnWire.optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}_[0-9a-f-]{36}$/)
    .optional(),
});

const version = z.int().min(1).optional();
const reason = z.string().trim().min(1).max(500);

export const versionOnly = z.strictObject({ version });
export const withReason = z.strictObject({ version, reason });
export const moveTo = z.strictObject({ version, start: instantOnWire });
