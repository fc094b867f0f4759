import { PgBoss } from "pg-boss";
import { hashPassword } from "@/lib/auth/password";
import { draftMeeting } from "@/lib/booking/core/draft-meeting";
import type { LinkSnapshot } from "@/lib/booking/core/snapshot";
import { findLinkSnapshot } from "@/lib/booking/reads";
import { bookingInput } from "@/lib/booking/schema";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { enqueue } from "@/lib/jobs/queue";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { claimSpans } from "@/lib/meetings/core/meeting";
import { expireHold, holdOrders } from "@/lib/meetings/jobs";
import { claimRows, eventRows, taskRows } from "@/lib/meetings/writes";
import { meetingRows } from "@/lib/meetings/writes/new-meeting";
import { releaseOrders, releaseRoom } from "@/lib/rooms/jobs";
import type { Example } from "@/lib/testing/factories/demonstration-examples";
import { EXAMPLES } from "@/lib/testing/factories/demonstration-examples";
import { makeDemonstrationLinks } from "@/lib/testing/factories/demonstration-links";
import {
  makeDemonstrationRooms,
  makeRoomMeetings,
} from "@/lib/testing/factories/demonstration-rooms";
import { makeDemonstrationSales } from "@/lib/testing/factories/sales/demonstration-sales";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace, OFFICE_HOURS } from "@/lib/testing/factories/workspace";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, instantOf, MINUTE_MS, toIso } from "@/lib/time/instant";
import { addDays, calendarDateAt, dayOfWeek, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

const SINGAPORE = "Asia/Singapore" as TimeZone;
export const DEMONSTRATION_PASSWORD = "meridian-demo";

type People = Readonly<Record<"admin" | "manager" | "sales" | "host" | "priya" | "kenji", Person>>;

async function seedPeople(db: Database, workspaceId: string): Promise<People> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const person = (mailbox: string, given: Parameters<typeof makePerson>[2]) =>
    makePerson(db, workspaceId, {
      email: `${mailbox}@meridian.example`,
      zone: SINGAPORE,
      hours: OFFICE_HOURS,
      passwordHash,
      ...given,
    });
  const admin = await person("admin", {
    name: "Noor Aziz",
    title: "Operations",
    groups: ["admin"],
  });
  const manager = await person("manager", {
    name: "Mei Tan",
    title: "Head of sales",
    groups: ["meeting_manager", "crm_manager"],
  });
  const sales = await person("sales", {
    name: "Arif Wijaya",
    title: "Account executive",
    groups: ["crm_user"],
    zone: "Asia/Jakarta",
  });
  return {
    admin,
    manager,
    sales,
    host: await person("host", { name: "Ana Lim", title: "Product lead, Singapore" }),
    priya: await person("priya", { name: "Priya Nair", title: "Solutions, Singapore" }),
    kenji: await person("kenji", {
      name: "Kenji Mori",
      title: "Solutions, Tokyo",
      zone: "Asia/Tokyo",
      locale: "ja",
    }),
  };
}

function startOf(example: Pick<Example, "workingDay" | "minute">, now: Instant): Instant {
  let date = calendarDateAt(SINGAPORE, now);
  const step = example.workingDay < 0 ? -1 : 1;
  const isWorkingDay = () => dayOfWeek(date) >= 1 && dayOfWeek(date) <= 5;
  while (!isWorkingDay()) date = addDays(date, step);
  for (let left = Math.abs(example.workingDay); left > 0; ) {
    date = addDays(date, step);
    if (isWorkingDay()) left -= 1;
  }
  return wallToInstants(date, example.minute, SINGAPORE)[0] ?? now;
}

function exampleMeeting(link: LinkSnapshot, example: Example, now: Instant): Meeting | undefined {
  const start = startOf(example, now);
  const [host] = link.hosts;
  if (host === undefined) return undefined;
  const drafted = draftMeeting({
    link: { ...link, needsApproval: !example.confirmed },
    team: { host, people: [host], room: null, online: null },
    input: bookingInput.parse({
      start: toIso(start),
      zone: example.zone,
      name: example.guest,
      email: example.email,
      subject: example.subject,
    }),
    place: link.places[0],
    answered: { ok: true, answers: [], placeAnswer: null },
    now: addMinutes(now, -180),
    uidHost: "meridian.example",
  });
  const over = start + link.durationMinutes * MINUTE_MS < now;
  return {
    ...drafted,
    state: over ? "done" : drafted.state,
    holdExpiresAt: example.confirmed ? null : Math.min(now + DAY_MS, start),
  };
}

async function seedMeetings(db: Database, queue: PgBoss, now: Instant): Promise<void> {
  for (const example of EXAMPLES) {
    const link = await findLinkSnapshot(db, {
      by: { token: example.link },
      window: { from: now, to: now },
    });
    const meeting = link && exampleMeeting(link, example, now);
    if (meeting === undefined) continue;
    const guest = {
      actor: "guest",
      userId: null,
      actorName: example.guest,
      override: false,
    } as const;
    await insertRows(db, [
      ...meetingRows(meeting, null),
      claimRows(meeting, claimSpans(meeting)),
      eventRows(meeting, guest, {
        kind: example.confirmed ? "booked" : "requested",
        at: instantOf(meeting.createdAt),
      }),
      ...(meeting.state === "confirmed" ? [taskRows(meeting, now)] : []),
    ]);
    if (meeting.state === "draft") {
      await db.$transaction((tx) => enqueue(queue, tx, expireHold, holdOrders(meeting)));
    }
  }
}

type InARoom = readonly [
  who: "admin" | "manager",
  room: string,
  minute: number,
  minutes: number,
  subject: string,
  visibility?: "private",
];

/** Meetings of colleagues in rooms, on the first working day from today. */
const IN_ROOMS: readonly InARoom[] = [
  ["admin", "Kaede", 510, 90, "Sprint review"],
  ["manager", "Merlion", 570, 60, "Board preparation"],
  ["admin", "Sakura", 750, 90, "Customer workshop"],
  ["manager", "Merlion", 780, 60, "Hiring panel", "private"],
  ["admin", "Tembusu", 840, 60, "Vendor call"],
  ["manager", "Orchid", 870, 60, "Campaign review"],
  ["manager", "Merlion", 990, 90, "Partner briefing"],
  ["admin", "Linden", 1020, 60, "Press call"],
  ["admin", "Spree", 1110, 60, "Retro"],
];

async function seedRoomMeetings(
  db: Database,
  queue: PgBoss,
  {
    rooms,
    people,
    now,
  }: {
    readonly rooms: ReadonlyMap<string, string>;
    readonly people: People;
    readonly now: Instant;
  },
): Promise<void> {
  const examples = IN_ROOMS.map(([who, room, minute, minutes, subject, visibility]) => ({
    host: people[who],
    room,
    minutes,
    subject,
    start: startOf({ workingDay: 0, minute }, now),
    ...(visibility === undefined ? {} : { visibility }),
  }));
  const meetings = await makeRoomMeetings(db, rooms, examples, now);
  const orders = meetings
    .filter(({ state }) => state === "confirmed")
    .flatMap((meeting) => releaseOrders(meeting, now));
  await db.$transaction((tx) => enqueue(queue, tx, releaseRoom, orders));
}

/**
 * The demonstration workspace: four accounts that can sign in, two more hosts, three booking links, a week with
 * something in it. Expects an empty, migrated database.
 */
export async function seedDemonstration({
  databaseUrl,
  now,
}: {
  readonly databaseUrl: string;
  readonly now: Instant;
}): Promise<void> {
  const db = openDatabase(databaseUrl, 2);
  const queue = new PgBoss({
    connectionString: databaseUrl,
    supervise: false,
    schedule: false,
    migrate: false,
    max: 1,
  });
  try {
    const workspaceId = await makeWorkspace(db, {
      name: "Halden Works",
      zone: SINGAPORE,
      demonstration: true,
    });
    const people = await seedPeople(db, workspaceId);
    const rooms = await makeDemonstrationRooms(db, workspaceId, people.manager, now);
    await makeDemonstrationLinks(db, people);
    await makeDemonstrationSales({ db, databaseUrl }, people, now);
    await queue.start();
    await seedMeetings(db, queue, now);
    await seedRoomMeetings(db, queue, { rooms, people, now });
  } finally {
    await queue.stop({ graceful: false });
    await db.$disconnect();
  }
}
