import "server-only";
import { runtime } from "@/lib/runtime";
import type { DuplicateGroup, DuplicatesView } from "../core/duplicate-groups";
import { groupsOf, MOST_GROUPS, MOST_IN_GROUP } from "../core/duplicate-groups";
import { scopeWords } from "../core/scope";
import { getSeller } from "../loaders";
import { leadPolicy } from "../policy";
import { listLeadLines } from "../reads/alike";
import { listDuplicateSets } from "../reads/duplicate-sets";

/** Open leads and deals that look the same, in the reader's scope: the first MOST_GROUPS groups. */
export async function loadDuplicates(): Promise<DuplicatesView> {
  const { member, scope } = await getSeller();
  const { db } = runtime();
  const { workspaceId } = scope;
  const all = groupsOf(await listDuplicateSets(db, scope));
  const shown = all.slice(0, MOST_GROUPS);
  const members = shown.map((group) => ({ ...group, ids: group.ids.slice(0, MOST_IN_GROUP) }));
  const lines = await listLeadLines(db, { workspaceId, ids: members.flatMap(({ ids }) => ids) });
  const byId = new Map(lines.map((line) => [line.id, line]));
  const groups = members.map(({ ids, reasons }): DuplicateGroup => {
    const found = ids.flatMap((id) => byId.get(id) ?? []);
    const mine = found.filter((line) => leadPolicy.can(member, "lead.merge", { ...line, scope }));
    // A deal is not merged into a lead.
    const survivor = mine.find(({ kind }) => kind === "opportunity") ?? mine[0];
    const leads = found.map(
      ({ id, label, name, companyName, contactName, owner, stage, status }) => ({
        id,
        label,
        name,
        companyName,
        contactName,
        owner,
        stage,
        status,
        reasons: [],
      }),
    );
    return { reasons, leads, survivorId: mine.length < 2 ? null : (survivor?.id ?? null) };
  });
  return { groups, more: all.length > MOST_GROUPS, scope: scopeWords(scope) };
}
