import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import type { ConferencingProvider } from "@/lib/conferencing/core/provider";
import { handleSyncOnline } from "@/lib/conferencing/handlers/sync-online";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { MailTransport, OutgoingMail } from "@/lib/mail/transport";
import { ok, refuse } from "@/lib/result";
import { makeOnlineRoom } from "@/lib/testing/factories/virtual-rooms";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { instantOf } from "@/lib/time/instant";
import { makeMeeting } from "../commands/make-meeting";
import type { Meeting } from "../core/meeting";
import { findMeeting } from "../reads/meeting";
import { meetingInput } from "../schema";
import { onlineListener } from "./follow-online";
import { handleSendMail } from "./send-mail";

const LINK = "https://zoom.example/j/123456";

async function scene(house: House): Promise<Meeting> {
  const workspaceId = await makeWorkspace(house.db);
  const [ana, ben] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Ana Lim" }),
    makePerson(house.db, workspaceId, { name: "Ben Ode" }),
  ]);
  const virtualRoomId = await makeOnlineRoom(house, ana, {
    provider: "zoom",
    accounts: [{ name: "calls@halden.example", seats: 5 }],
  });
  const actor: Member = {
    kind: "member",
    userId: ana.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: ana.name,
    groups: ["meeting_user"],
  };
  const made = await makeMeeting(
    {
      actor,
      input: meetingInput.parse({
        subject: "Delivery plan",
        start: "2026-11-25T10:00:00Z",
        end: "2026-11-25T11:00:00Z",
        people: [{ userId: ben.id }],
        virtualRoomId,
      }),
      confirm: true,
    },
    house,
  );
  if (!made.ok) throw new Error(JSON.stringify(made.refusal));
  return reread(house, made.value);
}

async function reread(house: House, { workspaceId, id }: Pick<Meeting, "workspaceId" | "id">) {
  const meeting = await findMeeting(house.db, { workspaceId, id });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

const at = (house: House, ms: number): House => ({ ...house, now: () => instantOf(NOW + ms) });

/** The provider answers, or not: what it says on the wire is other tests' matter. */
const sync = (house: House, meeting: Meeting, answers: boolean) => {
  const create: ConferencingProvider["create"] = async () =>
    answers
      ? ok({ externalId: randomUUID(), joinUrl: LINK })
      : refuse({ kind: "unreachable", cause: "Zoom does not answer.", detail: "" });
  const open = async () => ok({ create } as ConferencingProvider);
  return handleSyncOnline(
    { workspaceId: meeting.workspaceId, onlineId: meeting.online?.id ?? "" },
    { ...house, open, told: onlineListener(house) },
  );
};

/** Sends whatever waits for this meeting, once; the texts of what left. */
async function send(house: House, meeting: Meeting, event: string): Promise<string[]> {
  const sent: OutgoingMail[] = [];
  const transport: MailTransport = {
    name: "mailbox",
    send: async (mail) => {
      sent.push(mail);
      return { status: "sent" };
    },
    close: async () => {},
  };
  const rows = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event, state: "queued" },
  });
  for (const { id: mailId, workspaceId } of rows) {
    await handleSendMail(
      { workspaceId, mailId },
      {
        ...house,
        transport,
        from: { name: "Meridian", address: house.senderAddress },
        renderers: {},
      },
    );
  }
  return sent.map(({ text }) => text);
}

test("a mail waits for its link, and leaves with it", async ({ house }) => {
  const meeting = await scene(house);
  expect(await send(at(house, 1_000), meeting, "confirmed")).toEqual([]);
  await sync(at(house, 1_500), meeting, true);
  const texts = await send(at(house, 3_000), meeting, "confirmed");
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).toContain(LINK);
  expect(
    await house.db.mailMessage.count({ where: { meetingId: meeting.id, event: "link-ready" } }),
  ).toBe(0);
});

test("after half a minute it leaves and says that the link follows; the link is mailed to those who lack it, once", async ({
  house,
}) => {
  const meeting = await scene(house);
  await sync(at(house, 1_000), meeting, false);
  expect(await send(at(house, 29_000), meeting, "confirmed")).toEqual([]);
  const texts = await send(at(house, 31_000), meeting, "confirmed");
  expect(texts).toHaveLength(2);
  for (const text of texts) {
    expect(text).not.toContain("https://zoom");
    expect(text).toMatch(/link/i);
  }
  await sync(at(house, 120_000), meeting, true);
  const later = await send(at(house, 121_000), meeting, "link-ready");
  expect(later).toHaveLength(2);
  for (const text of later) expect(text).toContain(LINK);
  const all = await house.db.mailMessage.findMany({ where: { meetingId: meeting.id } });
  expect(all.filter(({ event }) => event === "link-ready")).toHaveLength(2);
});

test("of two readers only the one whose mail lacked the link is sent it", async ({ house }) => {
  const meeting = await scene(house);
  await sync(at(house, 1_000), meeting, false);
  const [first] = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event: "confirmed" },
  });
  await house.db.mailMessage.updateMany({
    where: { meetingId: meeting.id, event: "confirmed", id: { not: first?.id ?? "" } },
    data: { state: "suppressed" },
  });
  await send(at(house, 31_000), meeting, "confirmed");
  await sync(at(house, 120_000), meeting, true);
  const mails = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event: "link-ready" },
  });
  expect(mails.map(({ toEmail }) => toEmail)).toEqual([first?.toEmail]);
});

test("nobody waits for a link that nobody is making", async ({ house }) => {
  const meeting = await scene(house);
  await house.db.onlineMeeting.updateMany({
    where: { id: meeting.online?.id ?? "" },
    data: { state: "failed" },
  });
  expect(await send(at(house, 1_000), meeting, "confirmed")).toHaveLength(2);
});
