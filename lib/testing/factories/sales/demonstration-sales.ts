import { v7 as newId } from "uuid";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson } from "@/lib/testing/factories/workspace";
import type { Instant } from "@/lib/time/instant";
import { generateLeads } from "./generate-leads";
import { TEAM_KINDS } from "./sellers";

/** Colleagues who sell, by team; nobody can sign in as them. */
const COLLEAGUES: Readonly<Record<string, readonly string[]>> = {
  Enterprise: ["Daniel Osei", "Ingrid Solberg"],
  "Mid-market": ["Farah Iskandar", "Tomas Lind", "Joanna Koh"],
  Indonesia: ["Laras Putri", "Bagas Nugroho"],
  Japan: ["Rena Okabe", "Shun Ito"],
  Partners: ["Carla Mendes", "Owen Pryce"],
};

/** Enough for some 280 open deals, and half a year of what became of the others. */
const LEADS = 1_750;
const DAYS = 185;

async function makeTeams(
  db: Database,
  workspaceId: string,
  { manager, sales }: { readonly manager: Person; readonly sales: Person },
): Promise<void> {
  const members: Record<string, string[]> = { Enterprise: [manager.id], Indonesia: [sales.id] };
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
}

/** The demonstration's book of business: five teams, some 280 open deals in four currencies, told in Singapore dollars. */
export async function makeDemonstrationSales(
  house: { readonly db: Database; readonly databaseUrl: string },
  people: { readonly manager: Person; readonly sales: Person },
  now: Instant,
): Promise<void> {
  const { db } = house;
  const { workspaceId } = people.manager;
  await db.$executeRaw`UPDATE workspace SET base_currency = 'SGD' WHERE id = ${workspaceId}::uuid`;
  await makeTeams(db, workspaceId, people);
  await generateLeads(house, { workspaceId, count: LEADS, seed: 1, now, days: DAYS });
}
