import { Prisma } from "@/prisma/generated/client";
import type { PlaceSplit, RolledFact } from "../core/fact";

/**
 * Where a fact's rows come from. `l` is the lead, `s` its stage (LEFT JOINed). `moment` is by which they are counted:
 * null is as of now. Leads are counted by the columns of who had them at that moment.
 */
export type FactSource = {
  readonly from: Prisma.Sql;
  readonly where: Prisma.Sql;
  readonly moment: Prisma.Sql | null;
  readonly team: Prisma.Sql;
  readonly owner: Prisma.Sql;
  /** Where it is not the lead's own. */
  readonly stage?: Prisma.Sql;
  /** What it was worth at that moment, where that is not what it is worth now. */
  readonly amount?: Prisma.Sql;
  readonly base?: Prisma.Sql;
  /** The local day by which they are counted, where that is no moment's. */
  readonly day?: Prisma.Sql;
  /** Which rows lie in some days, where `moment` between two instants does not say it. */
  readonly within?: (bounds: Bounds) => Prisma.Sql[];
  /** What tells two rows of one lead apart; the lead alone where it is one row. */
  readonly part?: Prisma.Sql;
};

/** Local days, half-open, and the instants they begin at; null is open. */
export type Bounds = {
  readonly from: { readonly day: Prisma.Sql; readonly at: Prisma.Sql } | null;
  readonly to: { readonly day: Prisma.Sql; readonly at: Prisma.Sql } | null;
};

export const LEAD_AND_STAGE = Prisma.sql`lead l LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id`;

export const FACT_SOURCES: Readonly<Record<RolledFact, FactSource>> = {
  created: {
    from: LEAD_AND_STAGE,
    where: Prisma.sql`l.deleted_at IS NULL`,
    moment: Prisma.sql`l.created_at`,
    team: Prisma.sql`l.first_team_id`,
    owner: Prisma.sql`l.first_owner_id`,
  },
  opportunity: {
    from: LEAD_AND_STAGE,
    where: Prisma.sql`l.deleted_at IS NULL AND l.opportunity_at IS NOT NULL`,
    moment: Prisma.sql`l.opportunity_at`,
    team: Prisma.sql`l.opportunity_team_id`,
    owner: Prisma.sql`l.opportunity_owner_id`,
  },
  closed: {
    from: LEAD_AND_STAGE,
    where: Prisma.sql`l.deleted_at IS NULL AND l.closed_at IS NOT NULL AND l.kind = 'opportunity' AND l.status IN ('won', 'lost')`,
    moment: Prisma.sql`l.closed_at`,
    team: Prisma.sql`l.closed_team_id`,
    owner: Prisma.sql`l.closed_owner_id`,
  },
  open: {
    from: LEAD_AND_STAGE,
    where: Prisma.sql`l.status = 'open' AND l.kind = 'opportunity' AND l.deleted_at IS NULL`,
    moment: null,
    team: Prisma.sql`l.team_id`,
    owner: Prisma.sql`l.owner_id`,
  },
};

/** The column of a split, as text. */
export function splitColumn(source: FactSource, split: PlaceSplit): Prisma.Sql {
  switch (split) {
    case "team":
      return Prisma.sql`${source.team}::text`;
    case "owner":
      return Prisma.sql`${source.owner}::text`;
    case "source":
      return Prisma.sql`l.source_id::text`;
    case "product":
      return Prisma.sql`l.product_id::text`;
    case "stage":
      return Prisma.sql`${source.stage ?? Prisma.sql`l.stage_id`}::text`;
    case "lost_reason":
      return Prisma.sql`l.lost_reason_id::text`;
    case "country":
      return Prisma.sql`l.country::text`;
    case "industry":
      return Prisma.sql`l.industry`;
  }
}
