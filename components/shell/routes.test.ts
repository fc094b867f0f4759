import { describe, expect, it } from "vitest";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { barFor, crumbsFor, isAt, nestedIn, PLACES, placesFor, sectionsFor } from "./routes";
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
  manages: false,
  sells: false,
  managesSales: false,
  admin: false,
  photoId: null,
};

describe("the places of the office", () => {
  it("shows the captured mail only in the demonstration", () => {
    expect(placesFor(viewer).map(({ href }) => href)).not.toContain("/mailbox");
    expect(placesFor({ ...viewer, demo: true }).map(({ href }) => href)).toContain("/mailbox");
  });

  it("shows nothing of scheduling to somebody who holds no meetings", () => {
    const sales = { ...viewer, demo: true, hosts: false };
    expect(placesFor(sales).map(({ href }) => href)).toEqual(["/", "/inbox", "/settings"]);
    expect(sectionsFor(sales).map(({ section }) => section)).toEqual(["top", "administration"]);
  });

  it("shows the administration to admins only", () => {
    expect(placesFor(viewer).map(({ href }) => href)).not.toContain("/admin");
    expect(placesFor({ ...viewer, admin: true }).map(({ href }) => href)).toContain("/admin");
  });

  it("gives every place its own address and its own key", () => {
    expect(new Set(PLACES.map(({ href }) => href)).size).toBe(PLACES.length);
    expect(new Set(PLACES.map(({ key }) => key)).size).toBe(PLACES.length);
  });

  it("has what is used on the way in the phone bar, which holds four places beside More", () => {
    const { bar, sheet } = barFor({ ...viewer, demo: true });
    expect(bar.map(({ href }) => href).slice(0, 3)).toEqual(["/", "/inbox", "/meetings"]);
    expect(bar).toHaveLength(4);
    expect(new Set([...bar, ...sheet])).toEqual(new Set(placesFor({ ...viewer, demo: true })));
  });

  it("has the pipeline in the phone bar of who sells, and leads where meetings are not theirs", () => {
    const hrefs = (who: Partial<ShellViewer>) =>
      barFor({ ...viewer, sells: true, ...who }).bar.map(({ href }) => href);
    expect(hrefs({})).toEqual(["/", "/meetings", "/pipeline", "/inbox"]);
    expect(hrefs({ hosts: false })).toEqual(["/", "/leads", "/pipeline", "/inbox"]);
  });

  it("shows the places of sales to who sells only", () => {
    expect(sectionsFor(viewer).map(({ section }) => section)).not.toContain("sales");
    const sales = sectionsFor({ ...viewer, sells: true }).find(
      ({ section }) => section === "sales",
    );
    expect(sales?.places.map(({ href }) => href)).toEqual([
      "/leads",
      "/pipeline",
      "/dashboards",
      "/activities",
      "/companies",
      "/contacts",
      "/targets",
    ]);
  });

  it("has the strategic dashboard under the dashboards for who manages sales only", () => {
    const nested = (who: Partial<ShellViewer>) =>
      nestedIn({ ...viewer, sells: true, ...who }, "/dashboards").map(({ label }) => label);
    expect(nested({})).toEqual(["Executive"]);
    expect(nested({ managesSales: true })).toEqual(["Executive", "Strategic"]);
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
    expect(crumbsFor("/admin/users").map(({ label }) => label)).toEqual([
      "Manage",
      "Admin",
      "People",
    ]);
    expect(crumbsFor("/dashboards/strategic").map(({ label }) => label)).toEqual([
      "Sales",
      "Dashboards",
      "Strategic",
    ]);
    expect(crumbsFor("/metrics/won_revenue").map(({ label }) => label)).toEqual([
      "Sales",
      "Dashboards",
      "Metrics",
    ]);
    expect(crumbsFor("/")).toEqual([{ label: "Home" }]);
  });
});
