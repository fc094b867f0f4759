"use client";

import { useRef, useState } from "react";
import { payload } from "@/components/links/payload";
import { setTargetsAction } from "@/lib/crm/actions/targets";
import type { TargetRow } from "@/lib/crm/core/target";
import type { TargetAnswer } from "@/lib/crm/core/target-answer";
import type { CellChange, Cells } from "./grid-state";
import { cellsOf, keyOf, NOTHING } from "./grid-state";
import { t } from "./targets-text";

export type Said = {
  readonly tone: "ok" | "warn";
  readonly words: string;
  /** Takes it back; absent where there is nothing to take back. */
  readonly undo?: () => void;
};

const put = (cells: Cells, changes: readonly CellChange[], versions?: readonly number[]): Cells => {
  const next = new Map(cells);
  for (const [at, { row, month, amountMinor, deals }] of changes.entries()) {
    const key = keyOf(row, month);
    const version = versions?.[at] ?? next.get(key)?.version ?? 0;
    next.set(key, { amountMinor, deals, version });
  }
  return next;
};

async function send(changes: readonly CellChange[], cells: Cells): Promise<TargetAnswer> {
  const sent = changes.map(({ row: { holder }, month, amountMinor, deals }) => ({
    ...holder,
    month,
    amountMinor,
    deals,
    version: cells.get(`${holder.kind} ${holder.id} ${month}`)?.version ?? 0,
  }));
  try {
    return await setTargetsAction(payload({ cells: sent }));
  } catch {
    return { status: "refused", message: t("unreachable") };
  }
}

/**
 * The grid's targets. A change is shown at once and saved after those before it, so that each is sent with the version
 * the one before left; a refused one is put back.
 */
export function useTargets(rows: readonly TargetRow[]) {
  const [cells, setCells] = useState(() => cellsOf(rows));
  const [said, setSaid] = useState<Said>();
  // What the server has, as far as it answered: what the next change is sent with.
  const kept = useRef(cells);
  const line = useRef<Promise<void>>(Promise.resolve());

  const save = (changes: readonly CellChange[], words: (count: number) => string): void => {
    const real = changes.filter(({ row, month, amountMinor, deals }) => {
      const before = cells.get(keyOf(row, month)) ?? NOTHING;
      return before.amountMinor !== amountMinor || before.deals !== deals;
    });
    if (real.length === 0) return;
    const back = real.map((change): CellChange => {
      const { amountMinor, deals } = cells.get(keyOf(change.row, change.month)) ?? NOTHING;
      return { ...change, amountMinor, deals };
    });
    setCells((now) => put(now, real));
    line.current = line.current.then(async () => {
      const answer = await send(real, kept.current);
      if (answer.status === "done") {
        kept.current = put(kept.current, real, answer.versions);
        setSaid({ tone: "ok", words: words(real.length), undo: () => saveBack(back) });
      } else {
        setCells((now) => put(now, back));
        setSaid({ tone: "warn", words: answer.status === "refused" ? answer.message : "" });
      }
    });
  };

  /** The way back is a change like any other: of what stands there now, whatever that is. */
  const saveBack = (back: readonly CellChange[]): void => {
    setCells((now) => put(now, back));
    line.current = line.current.then(async () => {
      const answer = await send(back, kept.current);
      if (answer.status === "done") {
        kept.current = put(kept.current, back, answer.versions);
        setSaid({ tone: "ok", words: t("undone") });
      } else {
        setCells(kept.current);
        setSaid({ tone: "warn", words: answer.status === "refused" ? answer.message : "" });
      }
    });
  };

  return { cells, said, save, say: setSaid };
}
