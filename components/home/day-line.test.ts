import { describe, expect, it } from "vitest";
import { instant, meetingRow } from "@/lib/testing/factories/meeting-row";
import { busyMinutes, dayLine, nextFree } from "./day-line";

const day = [
  meetingRow("stand-up", "2026-11-18T01:00:00Z", "2026-11-18T01:30:00Z"),
  meetingRow("roadmap", "2026-11-18T06:30:00Z", "2026-11-18T07:15:00Z"),
  meetingRow("intro", "2026-11-18T08:00:00Z", "2026-11-18T08:30:00Z"),
];

const shape = (now: string) =>
  dayLine(day, instant(now)).map((entry) =>
    entry.kind === "meeting" ? `${entry.row.id} ${entry.state}` : entry.kind,
  );

describe("the line of a day", () => {
  it("puts now before the next meeting and says how long is free after it", () => {
    expect(shape("2026-11-18T06:20:00Z")).toEqual([
      "stand-up past",
      "now",
      "roadmap next",
      "gap",
      "intro coming",
    ]);
  });

  it("highlights the running meeting and no other", () => {
    expect(shape("2026-11-18T06:40:00Z")).toEqual([
      "stand-up past",
      "now",
      "roadmap running",
      "gap",
      "intro coming",
    ]);
  });

  it("ends with now when the day is over", () => {
    expect(shape("2026-11-18T12:00:00Z").at(-1)).toBe("now");
  });

  it("is empty on a day without meetings", () => {
    expect(dayLine([], instant("2026-11-18T12:00:00Z"))).toEqual([]);
  });
});

describe("the next free time", () => {
  it("is the pause after a meeting that is about to start", () => {
    expect(nextFree(day, instant("2026-11-18T06:20:00Z"))).toEqual({
      from: instant("2026-11-18T07:15:00Z"),
      to: instant("2026-11-18T08:00:00Z"),
    });
  });

  it("is now when nothing is near", () => {
    expect(nextFree(day, instant("2026-11-18T02:00:00Z"))).toEqual({
      from: instant("2026-11-18T02:00:00Z"),
      to: instant("2026-11-18T06:30:00Z"),
    });
  });

  it("has no end after the last meeting", () => {
    expect(nextFree(day, instant("2026-11-18T08:10:00Z"))).toEqual({
      from: instant("2026-11-18T08:30:00Z"),
      to: undefined,
    });
  });
});

describe("the busy time of a day", () => {
  it("counts an overlap once", () => {
    const overlapping = [
      meetingRow("a", "2026-11-18T01:00:00Z", "2026-11-18T02:00:00Z"),
      meetingRow("b", "2026-11-18T01:15:00Z", "2026-11-18T01:30:00Z"),
      meetingRow("c", "2026-11-18T01:30:00Z", "2026-11-18T02:30:00Z"),
    ];
    expect(busyMinutes(overlapping)).toBe(90);
  });
});
