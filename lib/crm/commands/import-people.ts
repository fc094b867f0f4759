import type { Transaction } from "@/lib/db/client";
import type { RowIssue } from "../core/import-issue";
import type { MemberWish } from "../writes/import-companions";
import {
  emailsWithoutDeals,
  ensureMembers,
  nameManagers,
  peopleByEmail,
} from "../writes/import-companions";
import { namedIds } from "../writes/import-references";
import type { CompanionOf, CompanionResult } from "./companion-row";
import { rowsOf } from "./companion-row";
import type { ChunkContext } from "./resolve-rows";

/** Somebody who is to have an account without a password: they sign in when an admin invites them. */
export type PersonWish = {
  readonly workspaceId: string;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly zone: string;
};

export type AddPerson = (tx: Transaction, person: PersonWish) => Promise<void>;

/** `Darcel Schlecht` → `darcel.schlecht@…invalid`. */
export const inventedEmail = (name: string, domain: string): string => {
  const local = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ".")
    .replaceAll(/^\.+|\.+$/g, "");
  return `${local || "person"}@${domain}`;
};

type Listed = {
  readonly row: number;
  readonly name: string;
  readonly manager: string | null;
  readonly team: string | null;
};

/** Managers of teams: the first of the file leads, a second one is a member who is given nothing, and told. */
function managersOf(
  listed: readonly Listed[],
  column: string | null,
): { readonly first: ReadonlyMap<string, string>; readonly issues: readonly RowIssue[] } {
  const first = new Map<string, string>();
  const told = new Set<string>();
  const issues: RowIssue[] = [];
  for (const { row, team, manager } of listed) {
    if (team === null || manager === null) continue;
    const leads = first.get(team) ?? manager;
    first.set(team, leads);
    if (leads === manager || told.has(`${team} ${manager}`)) continue;
    told.add(`${team} ${manager}`);
    const message = `${team} is led by ${leads}; ${manager} became a member of it who is given no leads.`;
    issues.push({
      row,
      column,
      severity: "corrected",
      code: "second-manager",
      message,
      value: manager,
    });
  }
  return { first, issues };
}

/** Makes people, teams and who is in them, as a file lists them. */
export async function importPeople(
  tx: Transaction,
  folder: string,
  companion: CompanionOf<"people">,
  context: ChunkContext & { readonly addPerson: AddPerson; readonly newId: () => string },
): Promise<CompanionResult> {
  const { workspaceId, zone } = context;
  const listed: Listed[] = [];
  const issues = await rowsOf(folder, companion, (row) => {
    const name = row.text(companion.name);
    const team = row.text(companion.team);
    if (name !== null)
      listed.push({ row: row.report.row, name, manager: row.text(companion.manager), team });
  });
  const names = new Set(
    listed.flatMap(({ name, manager }) => (manager === null ? [name] : [name, manager])),
  );
  const emailOf = (name: string): string => inventedEmail(name, companion.emailDomain);
  const known = new Map(await peopleByEmail(tx, context, [...names].map(emailOf)));
  let people = 0;
  for (const name of names) {
    const email = emailOf(name);
    if (known.has(email)) continue;
    const id = context.newId();
    await context.addPerson(tx, { workspaceId, id, email, name, zone });
    known.set(email, id);
    people += 1;
  }
  const idOf = (name: string): string => known.get(emailOf(name)) ?? "";
  const teams = listed.flatMap(({ team }) => (team === null ? [] : [team]));
  const teamIds = await namedIds(tx, "team", { workspaceId, names: teams, make: true });
  const teamId = (team: string): string => teamIds.get(team.toLowerCase()) ?? "";
  const managers = managersOf(listed, companion.manager ?? null);
  const led = [...managers.first].map(([team, name]) => ({
    teamId: teamId(team),
    userId: idOf(name),
  }));
  await nameManagers(tx, context, led);
  const members = new Map<string, MemberWish>();
  for (const [position, { name, manager, team }] of listed.entries()) {
    if (team === null) continue;
    const place = { teamId: teamId(team), position };
    members.set(idOf(name), { ...place, userId: idOf(name), weight: 1 });
    if (manager !== null && !members.has(idOf(manager)))
      members.set(idOf(manager), { ...place, userId: idOf(manager), weight: 0 });
  }
  await ensureMembers(tx, context, [...members.values()]);
  return { file: companion.file, issues: [...issues, ...managers.issues], made: { people } };
}

/** After all deals are in: people of the file who have none. */
export async function tellPeopleWithoutDeals(
  tx: Transaction,
  folder: string,
  context: ChunkContext,
): Promise<readonly CompanionResult[]> {
  const results: CompanionResult[] = [];
  for (const companion of context.mapping.companions ?? []) {
    if (companion.makes !== "people") continue;
    const rows = new Map<string, { readonly row: number; readonly name: string }>();
    await rowsOf(folder, companion, (row) => {
      const name = row.text(companion.name);
      if (name !== null)
        rows.set(inventedEmail(name, companion.emailDomain), { row: row.report.row, name });
    });
    const idle = await emailsWithoutDeals(tx, context, context.mapping.externalSource, [
      ...rows.keys(),
    ]);
    const issues = idle.flatMap(({ email }): RowIssue[] => {
      const found = rows.get(email);
      if (found === undefined) return [];
      const { row, name } = found;
      return [
        {
          row,
          column: companion.name,
          severity: "warning",
          code: "without-deals",
          message: `${name} has no deal in this file.`,
          value: name,
        },
      ];
    });
    results.push({
      file: companion.file,
      issues: issues.toSorted((a, b) => a.row - b.row),
      made: {},
    });
  }
  return results;
}
