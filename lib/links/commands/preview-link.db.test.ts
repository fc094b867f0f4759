import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect } from "vitest";
import { bookingPageOf, loadBookingPage } from "@/lib/booking/loaders";
import { makeLinkScene, storedLink, unwrap } from "@/lib/testing/factories/link-scene";
import { NOW, test } from "@/lib/testing/house";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { whyNone } from "../core/none-on-offer";
import type { LinkDraft } from "../schema";
import { previewLink } from "./preview-link";
import { saveLink } from "./save-link";

const minutes = (least: number, most: number) => fc.integer({ min: least, max: most });

const horizon: fc.Arbitrary<LinkDraft["horizon"]> = fc.oneof(
  fc.record({ kind: fc.constant("days" as const), days: minutes(0, 60) }),
  fc.record({ kind: fc.constant("business-days" as const), days: minutes(0, 30) }),
  fc.record({ kind: fc.constant("bookable-days" as const), days: minutes(0, 20) }),
  fc.record({ kind: fc.constant("until" as const), date: fc.constant("2026-12-24") }),
);

const question = fc.record({
  kind: fc.constantFrom(
    "text" as const,
    "long_text" as const,
    "phone" as const,
    "checkbox" as const,
  ),
  label: fc.constantFrom("Company?", "会社名", "Ünïcode “quotes”", "<b>bold</b>", "a\\b"),
  help: fc.constantFrom(null, "Short"),
  required: fc.boolean(),
});

/** What may be changed about a link in every way the rules allow. */
const change = fc
  .record({
    name: fc.constantFrom("Discovery", "名前", "O'Brien & Söhne", "x".repeat(160)),
    description: fc.constantFrom(null, "One line", "Two\nlines"),
    durationMinutes: fc.constantFrom(5, 15, 30, 45, 60, 90, 1_440),
    otherDurations: fc.uniqueArray(fc.constantFrom(10, 20, 40, 120), { maxLength: 3 }),
    intervalMinutes: fc.option(fc.constantFrom(5, 15, 60), { nil: null }),
    offsetMinutes: minutes(0, 59),
    bufferBeforeMinutes: minutes(0, 60),
    bufferAfterMinutes: minutes(0, 60),
    noticeMinutes: minutes(0, 10_080),
    horizon,
    limits: fc.constantFrom<LinkDraft["limits"]>(
      [],
      [{ per: "day", count: 1 }],
      [
        { per: "week", minutes: 120 },
        { per: "month", count: 4 },
      ],
    ),
    questions: fc.array(question, { maxLength: 5 }),
    extraGuests: minutes(0, 50),
    seats: fc.constantFrom(1, 1, 6),
    showSeats: fc.boolean(),
    waitingList: fc.boolean(),
    zone: fc.constantFrom("UTC", "Asia/Tokyo", "America/St_Johns"),
    zoneLocked: fc.boolean(),
    needsApproval: fc.boolean(),
    holdMinutes: minutes(5, 4_320),
    changeDeadlineMinutes: minutes(0, 2_880),
    expiresAt: fc.constantFrom(null, "2026-12-31T12:00:00.000Z", "2020-01-01T00:00:00.000Z"),
    maxUses: fc.constantFrom(null, 1, 500),
    colour: fc.constantFrom(null, `#${"aa3355"}`),
    redirectUrl: fc.constantFrom(null, "https://meridian.example/thanks?x=1"),
    afterNote: fc.constantFrom(null, "Bring\nan example"),
    reminderMinutes: fc.constantFrom<number[]>([], [60], [10_080, 1_440, 60]),
    active: fc.boolean(),
  })
  .map((settings) => ({
    ...settings,
    questions: settings.questions.map((one, at) => ({ ...one, key: `q_${at}`, options: [] })),
    ...(settings.seats > 1 ? { needsApproval: false, otherDurations: [] } : {}),
  }));

test("whatever is saved reads back the same, and offers what the preview showed", async ({
  house,
}) => {
  const { actor, link, before, ana, ben, room, workspaceId } = await makeLinkScene(house);
  await fc.assert(
    fc.asyncProperty(change, fc.boolean(), fc.boolean(), async (settings, inARoom, team) => {
      const now = await storedLink(house, link, workspaceId);
      const wanted: LinkDraft = {
        ...before.settings,
        ...settings,
        otherDurations: [...settings.otherDurations].sort((a, b) => a - b),
        places: inARoom
          ? [
              {
                id: randomUUID(),
                kind: "room",
                label: "Room",
                detail: null,
                asks: null,
                virtualRoomId: null,
              },
            ]
          : [],
        roomIds: inARoom ? [room.id] : [],
        hosts: [ana, ben].map((host, at) => ({
          userId: host.id,
          role: team ? "one_of" : "fixed",
          weight: at + 1,
          scheduleId: host.scheduleId,
        })),
      };
      const seen = unwrap(await previewLink({ actor, linkId: link.id, settings: wanted }, house));
      expect(await storedLink(house, link, workspaceId)).toEqual(now);
      unwrap(
        await saveLink({ actor, linkId: link.id, version: now.version, settings: wanted }, house),
      );
      const after = await storedLink(house, link, workspaceId);
      expect(after.settings).toEqual(wanted);
      const answer = await loadBookingPage(link.token, NOW, house.db);
      const preview = bookingPageOf(seen, NOW);
      expect(answer.kind === "open").toBe(
        settings.active && settings.expiresAt !== "2020-01-01T00:00:00.000Z",
      );
      if (answer.kind !== "open") return;
      expect(preview).toEqual(answer.page);
      if (preview.starts.length === 0) expect(whyNone(seen, NOW)).toBeTruthy();
    }),
    { numRuns: 15 },
  );
}, 60_000);

test("when nothing is on offer the preview says what stands in the way", async ({ house }) => {
  const { actor, link, before, ana, ben } = await makeLinkScene(house);
  const why = async (settings: Partial<LinkDraft>) => {
    const asked = { actor, linkId: link.id, settings: { ...before.settings, ...settings } };
    const seen = unwrap(await previewLink(asked, house));
    expect(bookingPageOf(seen, NOW).starts).toEqual([]);
    return whyNone(seen, NOW);
  };
  expect(await why({ active: false })).toBe("inactive");
  expect(await why({ expiresAt: "2026-01-01T00:00:00Z" })).toBe("expired");
  expect(await why({ noticeMinutes: 200_000 })).toBe("too-soon");
  expect(
    await why({ horizon: { kind: "until", date: "2026-11-01" } as LinkDraft["horizon"] }),
  ).toBe("too-far");
  await house.db.meetingClaim.deleteMany({ where: { workspaceId: before.workspaceId } });
  await house.db.scheduleHours.deleteMany({ where: { scheduleId: ben.scheduleId } });
  const both = [ana, ben].map((host) => ({
    userId: host.id,
    role: "fixed" as const,
    weight: 1,
    scheduleId: host.scheduleId,
  }));
  expect(await why({ hosts: both })).toBe("no-hours");
  await house.db.appUser.updateMany({
    where: { id: ana.id },
    data: { disabledAt: new Date(NOW) },
  });
  expect(await why({})).toBe("no-host");
});

test("a span that somebody is away for is told as taken time", async ({ house }) => {
  const { actor, link, before, ana } = await makeLinkScene(house);
  await house.db.outOfOffice.create({
    data: {
      workspaceId: before.workspaceId,
      id: randomUUID(),
      userId: ana.id,
      fromAt: new Date(NOW - DAY_MS),
      toAt: new Date(instantOf(NOW + 400 * DAY_MS)),
    },
  });
  const asked = { actor, linkId: link.id, settings: before.settings };
  expect(whyNone(unwrap(await previewLink(asked, house)), NOW)).toBe("busy");
});

test("hours changed beside the settings are previewed and saved with them, or nothing is", async ({
  house,
}) => {
  const { actor, link, before, ana, ben, workspaceId } = await makeLinkScene(house);
  const weekly = [{ day: 1, fromMinute: 600, toMinute: 660 }];
  const settings = { ...before.settings, name: "Mondays" };
  const hours = [{ scheduleId: ana.scheduleId, version: 1, weekly }];
  const asked = { actor, linkId: link.id, settings, hours };
  const rows = () => house.db.scheduleHours.count({ where: { scheduleId: ana.scheduleId } });
  const seen = unwrap(await previewLink(asked, house));
  const starts = bookingPageOf(seen, NOW).starts;
  expect(starts.length).toBeGreaterThan(3);
  expect(new Set(starts.map((start) => new Date(start).getUTCDay()))).toEqual(new Set([1]));
  expect(await rows()).toBe(7);

  const foreign = [{ ...hours[0], scheduleId: ben.scheduleId }];
  const refused = { reason: "invalid", fields: { hours: "There are no such hours to change." } };
  expect(await saveLink({ ...asked, version: 1, hours: foreign }, house)).toEqual({
    ok: false,
    refusal: refused,
  });
  const stale = [{ ...hours[0], version: 9 }];
  expect((await saveLink({ ...asked, version: 1, hours: stale }, house)).ok).toBe(false);
  expect((await storedLink(house, link, workspaceId)).settings.name).toBe("Discovery");

  unwrap(await saveLink({ ...asked, version: 1 }, house));
  expect(await rows()).toBe(1);
  const answer = await loadBookingPage(link.token, NOW, house.db);
  expect(answer.kind === "open" && answer.page).toEqual(bookingPageOf(seen, NOW));
});
