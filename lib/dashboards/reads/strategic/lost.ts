import type { Db } from "@/lib/db/client";
import { byKey, figureOf, keysOf, topAndRest } from "../../core/rows";
import type { LostBlock, LostRow } from "../../core/strategic";
import { t } from "../../core/strategic-text";
import { ask } from "../executive/ask";
import type { BlockContext } from "../run-blocks";

const SHOWN = 8;

const listReasonNames = (db: Db, workspaceId: string): Promise<{ id: string; name: string }[]> =>
  db.$queryRaw<
    { id: string; name: string }[]
  >`SELECT id::text, name FROM lost_reason WHERE workspace_id = ${workspaceId}::uuid`;

/** Why deals were lost in the range, against the period before; deals without a reason have a row of their own. */
export async function readLost(context: BlockContext): Promise<LostBlock> {
  const { comparedWith, db, reader } = context;
  const [now, before, names] = await Promise.all([
    ask(context, ["lost_count", "lost_value"], { by: "lost_reason" }),
    comparedWith === null
      ? null
      : ask(context, ["lost_count"], { by: "lost_reason", days: comparedWith }),
    listReasonNames(db, reader.place.workspaceId),
  ]);
  const lost = byKey(now.lost_count.groups);
  const value = byKey(now.lost_value.groups);
  const earlier = byKey(before?.lost_count.groups);
  const known = new Map(names.map(({ id, name }) => [id, name]));
  const rows = keysOf(now.lost_count.groups, before?.lost_count.groups)
    .map(
      (key): LostRow => ({
        key,
        name: (key === null ? undefined : known.get(key)) ?? t("lost.none"),
        lost: figureOf(lost(key)),
        before: before === null ? null : figureOf(earlier(key)),
        valueMinor: value(key)?.value ?? null,
      }),
    )
    .filter((row) => row.lost > 0 || (row.before ?? 0) > 0)
    .sort((a, b) => b.lost - a.lost || a.name.localeCompare(b.name, "en"));
  const { top, rest } = topAndRest(rows, SHOWN);
  const sum = (of: readonly LostRow[], pick: (row: LostRow) => number | null) =>
    of.reduce((total, row) => total + (pick(row) ?? 0), 0);
  return {
    rows: top,
    rest:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            row: {
              key: null,
              name: t("others", { count: rest.length }),
              lost: sum(rest, (row) => row.lost),
              before: before === null ? null : sum(rest, (row) => row.before),
              valueMinor: sum(rest, (row) => row.valueMinor),
            },
          },
    total: {
      lost: figureOf(now.lost_count.total),
      before: before === null ? null : figureOf(before.lost_count.total),
      valueMinor: now.lost_value.total.value,
    },
  };
}
