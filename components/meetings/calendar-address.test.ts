import { expect, it } from "vitest";
import type { UserId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseTimeZone } from "@/lib/time/zone";
import { calendarAddress, calendarAsked } from "./calendar-address";

const ana = "01890a5d-ac96-774b-bcce-b302099a8057" as UserId;
const ben = "01890a5d-ac96-774b-bcce-b302099a8058" as UserId;
const nothing = { zone2: "", people: "" };

const read = (address: string, remembered = nothing) =>
  calendarAsked(Object.fromEntries(new URL(address, "https://m.example").searchParams), remembered);

it("an address says everything a calendar shows, and is read back the same", () => {
  const asked = {
    view: "people",
    date: "2026-11-19" as CalendarDate,
    zone2: parseTimeZone("Europe/Oslo"),
    people: [ana, ben],
    allHours: true,
    open: "x",
  } as const;
  const address = calendarAddress(asked);
  expect(address).toBe(
    `/meetings?view=people&date=2026-11-19&people=${ana},${ben}&hours=all&zone2=Europe/Oslo&open=x`,
  );
  expect(read(address)).toEqual(asked);
});

it("what was chosen last time holds where the address does not say otherwise", () => {
  const remembered = { zone2: "Asia/Tokyo", people: ana };
  const plain = read("/meetings?view=week", remembered);
  expect(plain).toMatchObject({ zone2: "Asia/Tokyo", people: [ana] });
  expect(read("/meetings?view=week&zone2=none", remembered)?.zone2).toBeUndefined();
  expect(read(`/meetings?view=people&people=${ben}`, remembered)?.people).toEqual([ben]);
});

it("what an address or a cookie has wrong is left out, and an unknown view is a list", () => {
  const people = Array.from({ length: 12 }, (_, index) => `${ana.slice(0, -2)}${10 + index}`);
  const asked = read(
    `/meetings?view=day&date=2026-02-30&zone2=Mars/Base&people=${[...people, "'; DROP", ana, ana].join(",")}`,
    { zone2: "x", people: "y" },
  );
  expect(asked).toMatchObject({ view: "day", date: undefined, zone2: undefined, allHours: false });
  expect(asked?.people).toHaveLength(8);
  expect(read("/meetings?view=decade")).toBeUndefined();
});
