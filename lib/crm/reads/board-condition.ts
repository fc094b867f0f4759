import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { LeadFilter } from "../core/lead-filter";
import { minorDigits } from "../core/money";
import type { CrmScope } from "../core/scope";
import type { BoardPlace } from "./board-place";
import { filterConditions } from "./lead-filter";
import { prepareSearch } from "./search";

/** What else the deals of a board must be, words looked for among it, as a condition on lead `l` and its stage `s`. */
export async function boardCondition(
  db: Db,
  filter: LeadFilter | undefined,
  {
    scope,
    place: { today, zone, currency },
    now,
  }: { readonly scope: CrmScope; readonly place: BoardPlace; readonly now: Instant },
): Promise<Prisma.Sql> {
  if (filter === undefined) return Prisma.sql`true`;
  const minorPerUnit = 10 ** minorDigits(currency);
  const search = filter.q === "" ? undefined : await prepareSearch(db, scope.workspaceId, filter.q);
  return Prisma.join(
    [
      Prisma.sql`true`,
      ...filterConditions(filter, { userId: scope.userId, now, today, zone, minorPerUnit }),
      ...(search === undefined ? [] : [search.condition]),
    ],
    " AND ",
  );
}
