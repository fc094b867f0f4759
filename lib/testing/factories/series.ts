import type { Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeMeeting } from "@/lib/meetings/commands/make-meeting";
import { makeSeries } from "@/lib/meetings/commands/make-series";
import { parseMailFacts } from "@/lib/meetings/core/mail-facts";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { seriesInput } from "@/lib/meetings/core/series-input";
import { renderMeetingMail } from "@/lib/meetings/mails/render-meeting-mail";
import { listSeriesMeetings } from "@/lib/meetings/reads/meeting";
import { meetingInput } from "@/lib/meetings/schema";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";

export const memberOf = (person: Person, groups: Member["groups"] = ["meeting_user"]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

/** A workspace with three people and a room. */
export async function seriesScene(house: House) {
  const workspaceId = (await makeWorkspace(house.db)) as WorkspaceId;
  const person = (name: string, zone = "Europe/Berlin") =>
    makePerson(house.db, workspaceId, { name, zone });
  const [ana, ben, cleo] = await Promise.all([
    person("Ana Lim"),
    person("Ben Ode", "America/New_York"),
    person("Cleo Rost"),
  ]);
  const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
  return { workspaceId, ana, ben, cleo, room };
}

export type GivenSeries = {
  readonly rule?: string;
  readonly zone?: string;
  readonly choices?: readonly object[];
  readonly meeting?: Readonly<Record<string, unknown>>;
};

/** Ten Tuesdays at nine in Berlin, but for what is given. */
export const seriesInputOf = ({
  rule = "FREQ=WEEKLY;BYDAY=TU;COUNT=10",
  zone = "Europe/Berlin",
  choices = [],
  meeting = {},
}: GivenSeries) =>
  seriesInput.parse({
    meeting: {
      subject: "Weekly review",
      start: "2027-02-02T08:00:00Z",
      end: "2027-02-02T08:45:00Z",
      ...meeting,
    },
    repeat: { rule, zone, choices },
  });

export const tryingSeries = (house: House, host: Person, given: GivenSeries = {}, confirm = true) =>
  makeSeries({ actor: memberOf(host), input: seriesInputOf(given), confirm }, house);

/** A series, with all its dates as they stand. */
export async function makeTestSeries(
  house: House,
  host: Person,
  given: GivenSeries = {},
  confirm = true,
) {
  const result = await tryingSeries(house, host, given, confirm);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  const { id, workspaceId } = result.value.series;
  return { id, workspaceId, dates: await listSeriesMeetings(house.db, workspaceId, id) };
}

/** One meeting that takes its host. */
export async function makeSingle(
  house: House,
  host: Person,
  [start, end]: readonly [string, string],
  more: object = {},
) {
  const input = meetingInput.parse({ subject: "Dentist", start, end, ...more });
  const result = await makeMeeting({ actor: memberOf(host), input, confirm: true }, house);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

/** Starts to the minute, UTC. */
export const startsOf = (dates: readonly Meeting[]) =>
  dates.map(({ start }) => new Date(start).toISOString().slice(0, 16));

/** Every mail of a workspace as it is read, oldest first. */
export async function mailsOf(house: House, workspaceId: string) {
  const rows = await house.db.mailMessage.findMany({
    where: { workspaceId },
    orderBy: { createdAt: "asc" },
  });
  return Promise.all(
    rows.map(async (row) => {
      const facts = parseMailFacts(row.facts);
      return { to: row.toEmail, event: row.event, facts, mail: await renderMeetingMail(facts) };
    }),
  );
}
