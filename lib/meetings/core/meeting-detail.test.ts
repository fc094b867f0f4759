import { describe, expect, test } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { meetingPolicy } from "../policy";
import type { Attendee, Meeting } from "./meeting";
import { factsOf, NEW_ATTENDEE } from "./meeting";
import { offeredActs } from "./meeting-detail";
import type { ProposalView } from "./proposal";

const workspaceId = "w" as WorkspaceId;
const zone = "Asia/Singapore" as TimeZone;
const [BEFORE, DURING, AFTER] = [
  instant("2026-11-23T00:00:00Z"),
  instant("2026-11-24T02:30:00Z"),
  instant("2026-11-25T00:00:00Z"),
] as const;

const person = (id: string, rest: Partial<Attendee> = {}): Attendee => ({
  ...NEW_ATTENDEE,
  id: `attendee-${id}`,
  kind: "attendee",
  userId: id as UserId,
  resourceId: null,
  name: id,
  email: `${id}@meridian.example`,
  zone,
  locale: "en",
  ...rest,
});

const meeting = (rest: Partial<Meeting> = {}): Meeting =>
  ({
    workspaceId,
    id: "m" as MeetingId,
    state: "confirmed",
    declined: false,
    visibility: "public",
    hostId: "ana" as UserId,
    creatorId: "assistant" as UserId,
    start: instant("2026-11-24T02:00:00Z"),
    end: instant("2026-11-24T03:00:00Z"),
    link: null,
    online: null,
    attendees: [person("ana", { kind: "host" }), person("lena"), person("co", { coHost: true })],
    ...rest,
  }) as Meeting;

const PROPOSAL = { id: "p" } as ProposalView;

function offered(
  who: string,
  {
    now = BEFORE,
    groups = ["meeting_user"],
    proposals = [],
    ...rest
  }: Partial<Meeting> & {
    now?: Instant;
    groups?: readonly Group[];
    proposals?: readonly ProposalView[];
  } = {},
): string[] {
  const about = meeting(rest);
  const actor: Actor = { kind: "member", userId: who as UserId, workspaceId, name: who, groups };
  return offeredActs({
    meeting: about,
    reader: who as UserId,
    now,
    permitted: meetingPolicy.permitted(actor, factsOf(about)),
    proposals,
  }).map((act) => act.replace("meeting.", ""));
}

const RUNNING = ["edit", "cancel", "resend"];

describe("of a meeting that is agreed", () => {
  test("host, creator and managers are offered to change, cancel and send", () => {
    expect(offered("ana")).toEqual(RUNNING);
    expect(offered("assistant")).toEqual(RUNNING);
    expect(offered("boss", { groups: ["meeting_manager"] })).toEqual(RUNNING);
  });

  test("a co-host is offered the same, and answers and proposes like everybody invited", () => {
    expect(offered("co")).toEqual([...RUNNING, "answer", "propose"]);
  });

  test("somebody invited answers and proposes, and no more", () => {
    expect(offered("lena")).toEqual(["answer", "propose"]);
  });

  test("a colleague who is not in it is offered nothing", () => {
    expect(offered("noah")).toEqual([]);
  });

  test("once it has begun it can be marked; once it is over nobody answers", () => {
    expect(offered("ana", { now: DURING })).toContain("close");
    expect(offered("ana", { now: BEFORE })).not.toContain("close");
    expect(offered("lena", { now: AFTER })).toEqual([]);
  });

  test("proposals that wait are decided by those who run it", () => {
    const proposals = [PROPOSAL];
    expect(offered("ana", { proposals })).toContain("decide");
    expect(offered("lena", { proposals })).not.toContain("decide");
    expect(offered("ana", { proposals, state: "cancelled" })).not.toContain("decide");
  });

  test("an online meeting that could not be made is tried again by those who run it", () => {
    const online = { id: "o", state: "failed", cause: "refused" } as const;
    expect(offered("ana", { online })).toContain("retry-online");
    expect(offered("lena", { online })).not.toContain("retry-online");
    expect(offered("ana", { online: { ...online, state: "ready" } })).not.toContain("retry-online");
  });
});

test("a draft is confirmed while its time is to come, and nobody answers it", () => {
  expect(offered("ana", { state: "draft" })).toContain("confirm");
  expect(offered("ana", { state: "draft", now: DURING })).not.toContain("confirm");
  expect(offered("lena", { state: "draft" })).toEqual(["propose"]);
});

test("a cancelled meeting of the house becomes a draft again, one of a guest's does not", () => {
  expect(offered("ana", { state: "cancelled" })).toEqual(["reopen", "resend"]);
  const link = { id: "l" } as unknown as Meeting["link"];
  expect(offered("ana", { state: "cancelled", link })).toEqual(["resend"]);
  expect(offered("ana", { state: "cancelled", now: AFTER })).toEqual(["resend"]);
});

test("a guest's request is answered yes or no", () => {
  const link = { id: "l" } as unknown as Meeting["link"];
  expect(offered("ana", { state: "draft", link })).toEqual(
    expect.arrayContaining(["confirm", "decline"]),
  );
});
