"use client";

import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { isPlainKey } from "@/components/ui/plain-key";
import type { LeadRow, LeadsAddress } from "@/lib/crm/core/lead-list";
import { viewQuery } from "@/lib/crm/core/lead-list";
import { t } from "./list-text";

type Matching = { readonly ids: readonly string[]; readonly more: boolean };

async function askMatching(address: LeadsAddress): Promise<Matching | undefined> {
  try {
    const query = new URLSearchParams({ filter: viewQuery(address) });
    const answer = await fetch(`/leads/matching?${query}`);
    return answer.ok ? ((await answer.json()) as Matching) : undefined;
  } catch {
    return undefined;
  }
}

/** Which rows are selected: one by one, the page, or all that match; x selects the row that has the focus. */
export function useSelection(rows: readonly LeadRow[], address: LeadsAddress) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState<Matching>();
  const toggle = (id: string) => {
    setAll(undefined);
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "x" || !isPlainKey(event)) return;
      const id = document.activeElement?.closest<HTMLElement>("[data-lead]")?.dataset.lead;
      if (id !== undefined) toggle(id);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  const clear = () => {
    setAll(undefined);
    setIds(new Set());
  };
  const selectAll = async () => {
    const matching = await askMatching(address);
    if (matching === undefined) {
      notifications.show({ role: "status", color: "danger", message: t("bulk.failed") });
      return;
    }
    setAll(matching);
    setIds(new Set(matching.ids));
  };
  const words = all && t(all.more ? "bulk.most" : "bulk.allSelected", { count: all.ids.length });
  return {
    ids,
    toggle,
    setPage: (every: boolean) => {
      setAll(undefined);
      setIds(new Set(every ? rows.map(({ id }) => id) : []));
    },
    clear,
    selectAll,
    allWords: words,
  };
}
