import { buildMime } from "@/lib/mail/mime";
import type { CalendarPart, OutgoingMail } from "@/lib/mail/transport";
import { instantOf } from "@/lib/time/instant";

const lines = (...text: readonly string[]): string => `${text.join("\r\n")}\r\n`;

/** The smallest calendar text with this METHOD that a mail may carry. */
export const calendarPartOf = (method: CalendarPart["method"]): CalendarPart => ({
  method,
  content: lines(
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Meridian//Test//EN",
    `METHOD:${method}`,
    "BEGIN:VEVENT",
    "UID:m-4711@haldenworks.example",
    "SUMMARY:予定 ü",
    "END:VEVENT",
    "END:VCALENDAR",
  ),
});

type Draft = Parameters<typeof buildMime>[0];

/** A complete mail, changed as asked. */
export const outgoingMailOf = (changes: Partial<Draft> = {}): Promise<OutgoingMail> =>
  buildMime({
    idempotencyKey: "confirmed/m-4711/mika/0",
    from: { name: "Ana Lim, Halden Works", address: "meetings@haldenworks.example" },
    to: { name: "Mika Sato", address: "mika+work@example.com" },
    replyTo: "ana.lim@haldenworks.example",
    subject: "Confirmed: Roadmap review @ 14:00 (JST)",
    html: '<!DOCTYPE html><html lang="en"><body><p>14:00–15:00 予定</p></body></html>',
    text: "14:00–15:00\n予定\n",
    ics: calendarPartOf("REQUEST"),
    date: instantOf(Date.UTC(2026, 10, 1, 9, 30)),
    ...changes,
  });
