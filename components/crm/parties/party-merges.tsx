"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ScreenReader } from "@/components/shell/viewer";
import type { PartyAround, PartyRecord } from "@/lib/crm/core/party";
import { formatDateShort } from "@/lib/time/format";
import { TakeBackButton } from "../merge/take-back";
import { PLACE_OF } from "./party-address";
import classes from "./party-page.module.css";
import { t } from "./party-text";

/** Others that may be the same, and what was merged into this one as long as it can be taken back. */
export function MergeNotices({
  record,
  id,
  view,
  reader,
}: {
  record: PartyRecord;
  id: string;
  view: PartyAround;
  reader: ScreenReader;
}) {
  const router = useRouter();
  return (
    <>
      {view.duplicates === 0 ? null : (
        <p className={classes.notice} data-tone="warn">
          <Link className="link" href={`${PLACE_OF[record]}/${id}/merge`}>
            {t("party.duplicates", { count: view.duplicates })}
          </Link>
        </p>
      )}
      {view.merges.map((merge) => (
        <p key={merge.id} className={classes.notice} data-tone="warn">
          <span>
            {t("party.mergedIn", {
              count: merge.count,
              by: merge.by ?? "none",
              date: formatDateShort(merge.at, reader),
            })}
          </span>{" "}
          <TakeBackButton record={record} mergeId={merge.id} onChanged={router.refresh} />
        </p>
      ))}
    </>
  );
}
