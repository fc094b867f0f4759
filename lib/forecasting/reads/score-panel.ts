import { inScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import type { MetricReader } from "@/lib/metrics/core/answer";
import { toIso } from "@/lib/time/instant";
import { Prisma } from "@/prisma/generated/client";
import type { ScorePanel, ScoreReason } from "../core/panel";
import type { ReasonNames } from "../core/reason-words";
import { reasonIn } from "../core/reason-words";
import type { ScoreModel } from "../core/score-model";
import { scorerOf } from "../core/score-model";
import { verdictWords } from "../core/score-words";
import type { KeptScore } from "./score-model";
import { findModel, findScore, listNames } from "./score-model";
import { readScored } from "./scored-leads";

const TOP = 5;

const NOT_TRAINED: ScorePanel = {
  verdict: { status: "not-trained" },
  words: "No score was learned yet. It is tried within ten minutes, from what was won and lost.",
  trainedAt: null,
  n: 0,
  base: null,
  distribution: [],
  top: [],
  calibration: [],
};

const told = (kept: KeptScore): ScorePanel => ({
  verdict: kept.why === null ? { status: "accepted" } : { status: "refused", why: kept.why },
  words: verdictWords(kept),
  trainedAt: toIso(kept.trainedAt),
  n: kept.closed,
  base: kept.base.all,
  distribution: [],
  top: [],
  calibration: kept.quality?.calibration ?? [],
});

/** Reasons in words, with the names of what stands in weights by id. */
export async function reasonsOf(
  db: Db,
  reader: MetricReader,
  model: ScoreModel,
  ids: readonly string[],
): Promise<
  ReadonlyMap<string, { readonly score: number; readonly reasons: readonly ScoreReason[] }>
> {
  const { workspaceId, zone, currency } = reader.place;
  const names: ReasonNames = {
    names: await listNames(db, workspaceId),
    cuts: model.cuts,
    currency,
  };
  const scoreOf = scorerOf(model);
  const leads = await readScored(db, reader.scope, { zone, ids });
  return new Map(
    leads.map((lead) => {
      const { score, reasons } = scoreOf(lead);
      return [lead.id, { score, reasons: reasons.map((reason) => reasonIn(reason, names)) }];
    }),
  );
}

type TopRow = {
  readonly id: string;
  readonly name: string;
  readonly companyName: string | null;
  readonly owner: string | null;
};

/** What the score says of the open leads somebody sees: how they are spread, the best and why. Verdict and quality are everybody's. */
export async function readScorePanel(db: Db, reader: MetricReader): Promise<ScorePanel> {
  const { workspaceId } = reader.place;
  const kept = await findScore(db, workspaceId);
  if (kept === undefined) return NOT_TRAINED;
  const model = await findModel(db, workspaceId, kept);
  if (model === undefined) return told(kept);
  const open = Prisma.sql`${inScope(reader.scope, Prisma.sql`l`)} AND l.status = 'open' AND l.deleted_at IS NULL
     AND l.probability_model IS NOT NULL`;
  const bins = await db.$queryRaw<{ bin: number; n: number }[]>`
    SELECT least(9, floor(l.probability_model / 10))::int AS bin, count(*)::int AS n FROM lead l WHERE ${open} GROUP BY 1`;
  const top = await db.$queryRaw<TopRow[]>`
    SELECT l.id, l.name, l.company_name AS "companyName", u.name AS owner
      FROM lead l LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id
     WHERE ${open} ORDER BY l.probability_model DESC, l.id LIMIT ${TOP}`;
  const scores = await reasonsOf(
    db,
    reader,
    model,
    top.map(({ id }) => id),
  );
  return {
    ...told(kept),
    distribution: Array.from({ length: 10 }, (_, bin) => ({
      from: bin / 10,
      n: bins.find((one) => one.bin === bin)?.n ?? 0,
    })),
    top: top.flatMap((row) => {
      const found = scores.get(row.id);
      return found === undefined ? [] : [{ ...row, ...found }];
    }),
  };
}
