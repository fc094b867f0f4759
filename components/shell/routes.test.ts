import { describe, expect, it } from "vitest";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { crumbsFor, isAt, PLACES, placesFor, sectionsFor } from "./routes";
import type { ShellViewer } from "./viewer";

const viewer: ShellViewer = {
  name: "Mei Tan",
  email: "host@meridian.example",
  workspaceName: "Meridian",
  zone: parseTimeZone("Asia/Singapore") ?? UTC,
  locale: "en",
  hourCycle: 24,
  unread: 6,
  waiting: 3,
  demo: false,
  hosts: true,
};

describe("the places of the office", () => {
  it("shows the captured mail only in the demonstration", () => {
    expect(placesFor(viewer).map(({ href }) => href)).toEqual(["/", "/inbox", "/meetings"]);
    expect(placesFor({ ...viewer, demo: true }).map(({ href }) => href)).toContain("/mailbox");
  });

  it("shows nothing of scheduling to somebody who holds no meetings", () => {
    const sales = { ...viewer, demo: true, hosts: false };
    expect(placesFor(sales).map(({ href }) => href)).toEqual(["/", "/inbox"]);
    expect(sectionsFor(sales).map(({ section }) => section)).toEqual(["top"]);
  });

  it("leaves out a section without places", () => {
    expect(sectionsFor(viewer).map(({ section }) => section)).toEqual(["top", "scheduling"]);
  });

  it("gives every place its own address and its own key", () => {
    expect(new Set(PLACES.map(({ href }) => href)).size).toBe(PLACES.length);
    expect(new Set(PLACES.map(({ key }) => key)).size).toBe(PLACES.length);
  });

  it("fits the phone bar, with one place left for More", () => {
    expect(placesFor({ ...viewer, demo: true }).length).toBeLessThanOrEqual(4);
  });

  it("marks home only at home, and meetings at every meeting", () => {
    const at = (pathname: string) =>
      PLACES.filter((place) => isAt(place, pathname)).map(({ href }) => href);
    expect(at("/")).toEqual(["/"]);
    expect(at("/meetings/7f")).toEqual(["/meetings"]);
    expect(at("/meetingsandmore")).toEqual([]);
  });

  it("writes the way from section to page", () => {
    expect(crumbsFor("/meetings/7f").map(({ label }) => label)).toEqual([
      "Scheduling",
      "Meetings",
      "Meeting",
    ]);
    expect(crumbsFor("/")).toEqual([{ label: "Home" }]);
  });
});
