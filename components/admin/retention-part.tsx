"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { startRetentionAction } from "@/lib/privacy/actions";
import type { RetentionPlan } from "@/lib/privacy/core/retention-plan";
import { formatDateLong } from "@/lib/time/format";
import { t } from "./admin-text";
import classes from "./privacy.module.css";

function Plan({ plan, reader }: { plan: RetentionPlan; reader: ScreenReader }) {
  const [answer, start, pending] = useActionState(startRetentionAction, { status: "idle" });
  const { days, guests, meetings, waiting, before } = plan;
  const isNothing = guests + waiting === 0;
  return (
    <>
      <p>{t("privacy.retentionOn", { days })}</p>
      <p>
        {isNothing
          ? t("privacy.retentionNothing")
          : t("privacy.retentionPlan", {
              guests,
              meetings,
              waiting,
              date: formatDateLong(before, reader),
            })}
      </p>
      <AnswerLine answer={answer} />
      {isNothing || answer.status === "done" ? null : (
        <form action={start}>
          <Button type="submit" variant="outline" color="danger" loading={pending}>
            {t("privacy.retentionRun")}
          </Button>
        </form>
      )}
    </>
  );
}

/** What age removes by itself, what it would remove now, and doing so now. */
export function RetentionPart({
  plan,
  reader,
}: {
  plan: RetentionPlan | undefined;
  reader: ScreenReader;
}) {
  return (
    <section className={classes.part} aria-labelledby="h-retention">
      <SectionHead id="h-retention" title={t("privacy.retentionTitle")} />
      <div className={classes.retention}>
        {plan === undefined ? (
          <p>{t("privacy.retentionOff")}</p>
        ) : (
          <Plan plan={plan} reader={reader} />
        )}
        <p className={classes.words}>
          <Link href="/admin/workspace">{t("privacy.retentionSet")}</Link>
        </p>
      </div>
    </section>
  );
}
