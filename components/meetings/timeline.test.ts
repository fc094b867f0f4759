import { describe, expect, it } from "vitest";
import type {
  MailDelivery,
  MailState,
  MeetingHistoryEntry,
} from "@/lib/meetings/core/meeting-view";
import { instant } from "@/lib/testing/factories/meeting-row";
import { countMails, mergeTimeline } from "./timeline";

const mail = (id: string, event: string, state: MailState, at: string): MailDelivery => ({
  id,
  event,
  state,
  at: instant(at),
  toName: id,
  toEmail: `${id}@example.com`,
  attempts: 1,
  error: null,
});

const asked: MeetingHistoryEntry = {
  at: instant("2026-11-18T05:20:00Z"),
  actorName: "Lukas Brandt",
  kind: "requested",
  override: false,
  reason: null,
  previousStart: null,
  previousEnd: null,
  start: null,
  end: null,
  changes: [],
  about: null,
};

describe("the timeline of a meeting", () => {
  it("is one list, newest first, a mail above what caused it", () => {
    const entries = mergeTimeline(
      [asked, { ...asked, kind: "confirmed", at: instant("2026-11-18T06:00:00Z") }],
      [mail("lukas", "requested", "sent", "2026-11-18T05:20:00Z")],
    );
    expect(
      entries.map((line) => (line.kind === "mail" ? `mail ${line.event}` : line.entry.kind)),
    ).toEqual(["confirmed", "mail requested", "requested"]);
  });

  it("puts the readers of one event on one line, but each failure on its own", () => {
    const entries = mergeTimeline(
      [],
      [
        mail("a", "moved", "sent", "2026-11-18T05:20:00Z"),
        mail("b", "moved", "sent", "2026-11-18T05:20:02Z"),
        mail("c", "moved", "bounced", "2026-11-18T05:20:03Z"),
        mail("d", "moved", "failed", "2026-11-18T05:20:04Z"),
      ],
    );
    expect(
      entries.map((line) => (line.kind === "mail" ? line.mails.map(({ id }) => id) : [])),
    ).toEqual([["d"], ["c"], ["a", "b"]]);
  });

  it("keeps what was sent again later apart from the first time", () => {
    const entries = mergeTimeline(
      [],
      [
        mail("a", "moved", "sent", "2026-11-18T05:20:00Z"),
        mail("b", "moved", "sent", "2026-11-18T09:20:00Z"),
      ],
    );
    expect(entries).toHaveLength(2);
  });

  it("counts by what became of the mail", () => {
    expect(
      countMails([
        mail("a", "moved", "sent", "2026-11-18T05:20:00Z"),
        mail("b", "moved", "sending", "2026-11-18T05:20:00Z"),
        mail("c", "moved", "bounced", "2026-11-18T05:20:00Z"),
        mail("d", "moved", "suppressed", "2026-11-18T05:20:00Z"),
      ]),
    ).toEqual({ delivered: 1, underway: 1, failed: 1, "held-back": 1 });
  });
});
