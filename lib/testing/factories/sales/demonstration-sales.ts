import { v7 as newId } from "uuid";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Link, Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson } from "@/lib/testing/factories/workspace";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { holdMeetings, keepPipelines, setTargets } from "./demonstration-figures";
import { generateLeads } from "./generate-leads";
import { TEAM_KINDS } from "./sellers";

const SINGAPORE = "Asia/Singapore" as TimeZone;

/** Colleagues who sell, by team; nobody can sign in as them. */
const COLLEAGUES: Readonly<Record<string, readonly string[]>> = {
  Enterprise: ["Daniel Osei", "Ingrid Solberg"],
  "Mid-market": ["Farah Iskandar", "Tomas Lind", "Joanna Koh"],
  Indonesia: ["Laras Putri", "Bagas Nugroho"],
  Japan: ["Rena Okabe", "Shun Ito"],
  Partners: ["Carla Mendes", "Owen Pryce"],
};

/** Enough for some 280 open deals, and two years of what became of the others: months have the same one a year before. */
const LEADS = 7_400;
const DAYS = 790;

async function makeTeams(
  db: Database,
  workspaceId: string,
  { manager, sales }: { readonly manager: Person; readonly sales: Person },
): Promise<ReadonlyMap<string, Person>> {
  const members: Record<string, string[]> = { Enterprise: [manager.id], Indonesia: [sales.id] };
  const colleagues = new Map<string, Person>();
  for (const [team, names] of Object.entries(COLLEAGUES)) {
    for (const name of names) {
      const email = `${name.toLowerCase().replace(" ", ".")}@meridian.example`;
      const zone = TEAM_KINDS[team]?.zone ?? "UTC";
      const made = await makePerson(db, workspaceId, {
        name,
        email,
        zone,
        title: `Sales, ${team}`,
        groups: ["crm_user"],
      });
      members[team] = [...(members[team] ?? []), made.id];
      colleagues.set(name, made);
    }
  }
  const teams = Object.entries(TEAM_KINDS).map(([name, { zone }], position) => ({
    workspace_id: workspaceId,
    id: newId(),
    name,
    manager_id: name === "Enterprise" ? manager.id : null,
    zone,
    response_minutes: 240,
    observes_holidays: true,
    position,
    version: 1,
  }));
  await insertRows(db, [
    { table: "sales_team", rows: teams },
    {
      table: "sales_team_hours",
      rows: teams.flatMap(({ id: team_id }) =>
        [1, 2, 3, 4, 5].map((day) => ({
          workspace_id: workspaceId,
          team_id,
          id: newId(),
          day,
          from_minute: 540,
          to_minute: 1_080,
        })),
      ),
    },
    {
      table: "sales_team_member",
      rows: teams.flatMap(({ id: team_id, name }) =>
        (members[name] ?? []).map((user_id, position) => ({
          workspace_id: workspaceId,
          team_id,
          user_id,
          weight: 1,
          credit: 0,
          position,
        })),
      ),
    },
  ]);
  return colleagues;
}

/** By which guests book those who sell. */
async function makeSalesLinks(
  db: Database,
  colleagues: ReadonlyMap<string, Person>,
): Promise<readonly Link[]> {
  const hostsOf = (...names: readonly string[]) =>
    names.flatMap((name) => colleagues.get(name) ?? []);
  const [farah, ...others] = hostsOf("Farah Iskandar", "Joanna Koh", "Laras Putri");
  const [ingrid] = hostsOf("Ingrid Solberg");
  if (farah === undefined || ingrid === undefined) throw new Error("nobody sells");
  const online = { places: [{ kind: "virtual", label: "Jitsi Meet" }] } as const;
  return [
    await makeLink(db, [farah, ...others], {
      ...online,
      token: "demo-sales",
      name: "Talk to sales",
      role: "one_of",
    }),
    await makeLink(db, [ingrid], {
      ...online,
      token: "demo-briefing",
      name: "Enterprise briefing",
    }),
  ];
}

/**
 * The demonstration's book of business: five teams, some 280 open deals in four currencies, told in Singapore dollars,
 * with targets, with the pipeline as it stood at the ends of months, and with the meetings that were held.
 */
export async function makeDemonstrationSales(
  house: { readonly db: Database; readonly databaseUrl: string },
  people: { readonly manager: Person; readonly sales: Person },
  now: Instant,
): Promise<void> {
  const { db } = house;
  const { workspaceId } = people.manager;
  await db.$executeRaw`UPDATE workspace SET base_currency = 'SGD' WHERE id = ${workspaceId}::uuid`;
  const links = await makeSalesLinks(db, await makeTeams(db, workspaceId, people));
  await generateLeads(house, { workspaceId, count: LEADS, seed: 1, now, days: DAYS });
  await holdMeetings(db, workspaceId, links);
  await setTargets(db, workspaceId, calendarDateAt(SINGAPORE, now));
  await keepPipelines(db, workspaceId, { zone: SINGAPORE, now });
}
