import { v7 as newId } from "uuid";
import type { Database } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { makePerson } from "@/lib/testing/factories/workspace";
import type { Dice } from "./dice";
import { diceOf } from "./dice";
import { personName, slugOf } from "./names";
import type { Seller, SellingTeam } from "./world";

const SALT = { person: 11, skill: 12 } as const;

type TeamKind = Omit<SellingTeam, "id" | "sellers"> & { readonly zone: string };

/** Teams as a house in Singapore with neighbours has them. */
export const TEAM_KINDS: Readonly<Record<string, TeamKind>> = {
  "Mid-market": {
    currency: "SGD",
    countries: ["SG", "MY"],
    size: 0.9,
    weight: 34,
    zone: "Asia/Singapore",
  },
  Enterprise: {
    currency: "SGD",
    countries: ["SG", "AU"],
    size: 1.75,
    weight: 22,
    zone: "Asia/Singapore",
  },
  Indonesia: { currency: "IDR", countries: ["ID"], size: 0.75, weight: 22, zone: "Asia/Jakarta" },
  Japan: { currency: "JPY", countries: ["JP"], size: 1.1, weight: 13, zone: "Asia/Tokyo" },
  Partners: {
    currency: "USD",
    countries: ["US", "DE", "GB", "FR", "NL"],
    size: 0.85,
    weight: 9,
    zone: "Europe/Berlin",
  },
};

/** How somebody sells: some twice as well and fast as others. */
export const sellerOf = (id: string, dice: Dice): Seller => ({
  id,
  skill: Math.min(1.25, Math.max(0.7, 1 + dice.normal() * 0.12)),
  slow: Math.min(3.2, Math.max(0.5, dice.logNormal(0, 0.45))),
  load: Math.max(0.3, 1 + dice.normal() * 0.3),
});

/** How many people it takes: six at least, 250 for a million leads. */
const sellersFor = (count: number): number => Math.max(6, Math.min(250, Math.ceil(count / 4_000)));

async function makeUp(
  db: Database,
  workspaceId: string,
  seed: number,
  count: number,
): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const dice = diceOf(seed, index, SALT.person);
    const { given, family } = personName(dice);
    const local = `${slugOf(given)}.${slugOf(family)}.${seed}.${index}`;
    const { id } = await makePerson(db, workspaceId, {
      name: `${given} ${family}`,
      email: `${local}@sellers.example`,
      title: "Sales",
      groups: ["crm_user"],
    });
    ids.push(id);
  }
  return ids;
}

type FoundTeam = { readonly id: string; readonly name: string };

async function ensureTeams(db: Database, workspaceId: string): Promise<FoundTeam[]> {
  const find = () => db.$queryRaw<FoundTeam[]>`
    SELECT id, name FROM sales_team WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL ORDER BY position, name`;
  const found = await find();
  if (found.length > 0) return found;
  const rows = Object.entries(TEAM_KINDS).map(([name, { zone }], position) => ({
    workspace_id: workspaceId,
    id: newId(),
    name,
    zone,
    response_minutes: 240,
    observes_holidays: true,
    position,
    version: 1,
  }));
  await insertRows(db, [{ table: "sales_team", rows }]);
  return find();
}

const PLAIN: TeamKind = { currency: "USD", countries: [], size: 1, weight: 10, zone: "UTC" };

/**
 * The teams of a workspace with enough people to sell: those it has, and made-up accounts nobody can sign in to. Teams
 * are made when there are none.
 */
export async function ensureSellers(
  db: Database,
  {
    workspaceId,
    count,
    seed,
  }: { readonly workspaceId: string; readonly count: number; readonly seed: number },
): Promise<SellingTeam[]> {
  const teams = await ensureTeams(db, workspaceId);
  const existing = await db.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM app_user u JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id
     WHERE u.workspace_id = ${workspaceId}::uuid AND g.group_name = 'crm_user' ORDER BY u.email`;
  const wanted = sellersFor(count) - existing.length;
  const made = await makeUp(db, workspaceId, seed, Math.max(0, wanted));
  await db.$executeRaw`
    INSERT INTO sales_team_member (workspace_id, team_id, user_id, position)
    SELECT ${workspaceId}::uuid, (${teams.map(({ id }) => id)}::uuid[])[1 + (n.place - 1) % ${teams.length}::int], n.id, n.place
      FROM unnest(${[...existing.map(({ id }) => id), ...made]}::uuid[]) WITH ORDINALITY n (id, place)
     WHERE NOT EXISTS (SELECT FROM sales_team_member m WHERE m.workspace_id = ${workspaceId}::uuid AND m.user_id = n.id)
    ON CONFLICT DO NOTHING`;
  const members = await db.$queryRaw<{ teamId: string; userId: string }[]>`
    SELECT m.team_id AS "teamId", m.user_id AS "userId" FROM sales_team_member m JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.user_id
     WHERE m.workspace_id = ${workspaceId}::uuid ORDER BY m.team_id, u.email`;
  return teams.flatMap(({ id, name }) => {
    const sellers = members
      .filter(({ teamId }) => teamId === id)
      .map(({ userId }, place) => sellerOf(userId, diceOf(seed, place, SALT.skill + name.length)));
    return sellers.length === 0 ? [] : [{ ...(TEAM_KINDS[name] ?? PLAIN), id, sellers }];
  });
}
