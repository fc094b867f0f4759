import { expect } from "vitest";
import { makeOnlineRoom } from "@/lib/testing/factories/virtual-rooms";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { loadBookingPage } from "../loaders";
import { bookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";

const TEN = "2026-11-24T10:00:00Z";

async function scene(house: House, given: { readonly seats?: number; readonly jitsi?: boolean }) {
  const workspaceId = await makeWorkspace(house.db);
  const [ana, ben] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Ana Lim" }),
    makePerson(house.db, workspaceId, { name: "Ben Ode" }),
  ]);
  const virtualRoomId = await makeOnlineRoom(house, ana, {
    provider: given.jitsi === true ? "jitsi" : "zoom",
    ...(given.seats === undefined
      ? {}
      : { accounts: [{ name: "calls@halden.example", seats: given.seats }] }),
  });
  const places = [{ kind: "virtual" as const, label: "Video call", virtualRoomId }];
  const links = await Promise.all([
    makeLink(house.db, [ana], { places }),
    makeLink(house.db, [ben], { places }),
  ]);
  return { workspaceId, ana, ben, virtualRoomId, tokens: links.map(({ token }) => token) };
}

async function startsOf(house: House, token: string): Promise<readonly number[]> {
  const answer = await loadBookingPage(token, NOW, house.db);
  if (answer.kind !== "open") throw new Error("the page is closed");
  return answer.page.starts;
}

const book = (house: House, token: string, email: string, start = TEN) =>
  bookMeeting(
    {
      linkToken: token,
      input: bookingInput.parse({ start, zone: "UTC", name: "Mika Tanaka", email }),
    },
    house,
  );

test("a booking at a place with seats takes one and asks for the link; without a free seat the time is gone for other hosts' links, too", async ({
  house,
}) => {
  const { workspaceId, virtualRoomId, tokens } = await scene(house, { seats: 1 });
  const [first = "", second = ""] = tokens;
  expect(await startsOf(house, second)).toContain(at(TEN));
  const booked = await book(house, first, "mika@kaminari.example");
  expect(booked.ok && booked.value.status).toBe("confirmed");
  const meeting = await house.db.meeting.findFirstOrThrow({ where: { workspaceId } });
  expect([meeting.virtualRoomId, meeting.joinUrl]).toEqual([virtualRoomId, null]);
  const claims = await house.db.meetingClaim.findMany({ where: { workspaceId } });
  expect(claims.map(({ resourceId }) => resourceId)).toContain(meeting.seatResourceId);
  const online = await house.db.onlineMeeting.findFirstOrThrow({ where: { workspaceId } });
  expect([online.id, online.state]).toEqual([meeting.onlineId, "wanted"]);
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  expect(
    mails.map(({ facts }) => (facts as { meeting: { linkFollows?: boolean } }).meeting.linkFollows),
  ).toEqual([true, true]);
  expect(house.withdrawn).toContain(second);
  expect(await startsOf(house, second)).not.toContain(at(TEN));
  const refused = await book(house, second, "lena@nordwind.example");
  expect(!refused.ok && refused.refusal.reason).toBe("slot-taken");
});

test("sixteen guests at once, through two hosts' links, get one seat", async ({ house }) => {
  const { workspaceId, tokens } = await scene(house, { seats: 1 });
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      book(house, tokens[index % 2] ?? "", `guest-${index}@kaminari.example`),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await house.db.onlineMeeting.count({ where: { workspaceId } })).toBe(1);
});

test("a place held by Jitsi needs no seat and has its address in the first mail", async ({
  house,
}) => {
  const { workspaceId, tokens } = await scene(house, { jitsi: true });
  for (const [index, token] of tokens.entries()) {
    expect((await book(house, token, `guest-${index}@kaminari.example`)).ok).toBe(true);
  }
  const meetings = await house.db.meeting.findMany({ where: { workspaceId } });
  expect(new Set(meetings.map(({ joinUrl }) => joinUrl)).size).toBe(2);
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  for (const { facts, meetingId } of mails) {
    const { joinUrl } = (facts as { meeting: { joinUrl?: string } }).meeting;
    expect(joinUrl).toBe(meetings.find(({ id }) => id === meetingId)?.joinUrl);
  }
});

test("a guest who may also choose the phone is offered times without a free seat", async ({
  house,
}) => {
  const { ana, ben, virtualRoomId, tokens } = await scene(house, { seats: 1 });
  const link = await makeLink(house.db, [ben], {
    places: [
      { kind: "virtual", label: "Video call", virtualRoomId },
      { kind: "phone", label: "Phone" },
    ],
  });
  await book(house, tokens[0] ?? "", "mika@kaminari.example");
  expect(await startsOf(house, link.token)).toContain(at(TEN));
  const refused = await book(house, link.token, "lena@nordwind.example");
  expect(!refused.ok && refused.refusal.reason).toBe("slot-taken");
  expect(ana.id).not.toBe(ben.id);
});
