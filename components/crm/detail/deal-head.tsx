"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Tag } from "@/components/ui/tag";
import type { DealView } from "@/lib/crm/core/deal-view";
import { formatMoney, formatMoneyShort } from "@/lib/crm/core/money";
import { formatDateShort } from "@/lib/time/format";
import classes from "./deal-card.module.css";
import { t } from "./deal-text";
import { dayText } from "./fact-words";
import type { DealActs } from "./use-deal-acts";

/** What it is worth: in the workspace's currency, in its own beside it, and weighted. */
export function Worth({ view, reader }: { view: DealView; reader: ScreenReader }) {
  const { lead, baseCurrency, weightedMinor } = view;
  const { amountMinor, baseMinor, currency } = lead;
  if (amountMinor === null) return <p className={classes.worth}>{t("deal.noAmount")}</p>;
  const own = formatMoney({ minor: amountMinor, currency }, reader.locale, "code");
  return (
    <p className={classes.worth}>
      <b>
        {baseMinor === null
          ? own
          : formatMoney({ minor: baseMinor, currency: baseCurrency }, reader.locale)}
      </b>
      <small>
        {[
          baseMinor === null ? t("deal.noRate", { currency }) : undefined,
          baseMinor !== null && currency !== baseCurrency ? own : undefined,
          weightedMinor === null || lead.status !== "open"
            ? undefined
            : t("deal.weighted", {
                amount: formatMoneyShort(
                  { minor: weightedMinor, currency: baseCurrency },
                  reader.locale,
                ),
              }),
        ]
          .filter((part) => part !== undefined)
          .join(" · ")}
      </small>
    </p>
  );
}

/** How it stands, where that is not plain from its stage. */
export function Standing({ view, reader }: { view: DealView; reader: ScreenReader }) {
  const { lead } = view;
  const date = lead.closedAt === null ? "" : formatDateShort(lead.closedAt, reader);
  switch (lead.status) {
    case "won":
      return <Tag tone="ok">{t("deal.wonOn", { date })}</Tag>;
    case "lost":
      return <Tag tone="danger">{t("deal.lostOn", { date })}</Tag>;
    case "junked":
      return <Tag>{t("deal.junkedOn", { date })}</Tag>;
    default:
      return null;
  }
}

/** Lines above the facts: merged from, deleted, parked, unanswered, possible duplicates. */
export function Notices({
  view,
  reader,
  acts,
  mergedFrom,
}: {
  view: DealView;
  reader: ScreenReader;
  acts: DealActs;
  mergedFrom: string | undefined;
}) {
  const { lead, permitted, duplicates } = view;
  const waits =
    lead.status === "open" && lead.firstResponseAt === null && lead.responseDueAt !== null;
  return (
    <>
      {mergedFrom === undefined ? null : (
        <p className={classes.notice}>{t("deal.mergedFrom", { label: mergedFrom })}</p>
      )}
      {lead.deletedAt === null ? null : (
        <p className={classes.notice} data-tone="danger">
          <span>{t("deal.deleted", { date: formatDateShort(lead.deletedAt, reader) })}</span>
          {permitted.includes("lead.delete") ? (
            <Button
              size="xs"
              loading={acts.busy}
              onClick={() => void acts.press({ kind: "restore" })}
            >
              {t("deal.restore")}
            </Button>
          ) : null}
        </p>
      )}
      {lead.parkedUntil === null ? null : (
        <p className={classes.notice}>
          <span>{t("deal.parked", { date: dayText(lead.parkedUntil, reader.locale) })}</span>
          {permitted.includes("lead.change") ? (
            <Button
              size="xs"
              loading={acts.busy}
              onClick={() => void acts.press({ kind: "park", until: null })}
            >
              {t("deal.unpark")}
            </Button>
          ) : null}
        </p>
      )}
      {waits ? (
        <p
          className={classes.notice}
          data-tone={(lead.responseDueAt ?? 0) < view.now ? "danger" : "warn"}
        >
          <span>
            {t("deal.unanswered")}{" "}
            {lead.responseDueAt === null
              ? null
              : t("deal.answerDue", { date: formatDateShort(lead.responseDueAt, reader) })}
          </span>
        </p>
      ) : null}
      {duplicates === 0 ? null : (
        <p className={classes.notice} data-tone="warn">
          <Link className="link" href={`/leads/${lead.id}/merge`}>
            {t("deal.duplicates", { count: duplicates })}
          </Link>
        </p>
      )}
    </>
  );
}
