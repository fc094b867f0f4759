"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useState, useTransition } from "react";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { MergeAnswer } from "@/lib/crm/core/merge-view";
import classes from "./merge.module.css";
import { t } from "./merge-text";

/** What is chosen to be merged, and whose values stay. Whoever is left out gives no value either. */
export function useMergeChoice(survivorId: string) {
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [picks, setPicks] = useState<Readonly<Record<string, string>>>({});
  const take = (id: string) => {
    const next = new Set(taken);
    if (!next.delete(id)) next.add(id);
    setTaken(next);
    setPicks(
      Object.fromEntries(
        Object.entries(picks).filter(([, from]) => from === survivorId || next.has(from)),
      ),
    );
  };
  const pick = (field: string, id: string) => setPicks({ ...picks, [field]: id });
  return { taken, picks, take, pick };
}

async function asked(call: Promise<MergeAnswer>): Promise<MergeAnswer> {
  try {
    return await call;
  } catch {
    return { status: "refused", message: t("unreachable") };
  }
}

/** The page around the comparison: what it is about, what went wrong, and the button. */
export function MergeForm({
  title,
  context,
  none,
  count,
  hint,
  back,
  onMerge,
  onMerged,
  children,
}: {
  title: string;
  context: string;
  /** Why there is nothing to merge; absent when there is. */
  none: string | undefined;
  count: number;
  hint?: string | undefined;
  back: { readonly href: string; readonly label: string };
  onMerge: () => Promise<MergeAnswer>;
  onMerged: (answer: Extract<MergeAnswer, { readonly status: "done" }>) => void;
  children: ReactNode;
}) {
  const [trouble, setTrouble] = useState<string>();
  const [busy, start] = useTransition();
  const merge = () =>
    start(async () => {
      const answer = await asked(onMerge());
      if (answer.status === "refused") setTrouble(answer.message);
      else onMerged(answer);
    });
  return (
    <div className={classes.screen}>
      <PageHead title={title} context={context} />
      {none === undefined ? children : <Blank title={t("none")}>{none}</Blank>}
      {hint === undefined ? null : <p className={classes.hint}>{hint}</p>}
      <div role="alert">
        {trouble === undefined ? null : <p className={classes.trouble}>{trouble}</p>}
      </div>
      <div className={classes.acts}>
        {none === undefined ? (
          <Button variant="filled" loading={busy} disabled={count === 0} onClick={merge}>
            {t("submit", { count })}
          </Button>
        ) : null}
        <ButtonLink variant="subtle" href={back.href}>
          {back.label}
        </ButtonLink>
      </div>
    </div>
  );
}
