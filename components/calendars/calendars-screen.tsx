"use client";

import { SegmentedControl } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { SectionHead } from "@/components/ui/page-head";
import { useNow } from "@/components/ui/use-now";
import type { CalendarRow } from "@/lib/calendars/core/external-calendar";
import type { FeedFacts } from "@/lib/calendars/core/feed-facts";
import type { Instant } from "@/lib/time/instant";
import { AddAccount } from "./add-account";
import { AddFeed } from "./add-feed";
import { CalendarItem } from "./calendar-item";
import classes from "./calendars.module.css";
import { t } from "./calendars-text";
import { FeedSection } from "./feed-section";

const LOOK_EVERY_MS = 2_000;
const MOST_LOOKS = 15;

/** A calendar that was just added is read within seconds; the page looks until it was, half a minute at most. */
function useLookAgain(waits: boolean): void {
  const router = useRouter();
  useEffect(() => {
    if (!waits) return undefined;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks >= MOST_LOOKS) clearInterval(timer);
      router.refresh();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [waits, router]);
}

function AddCalendar() {
  const [kind, setKind] = useState("feed");
  return (
    <section aria-labelledby="h-add">
      <SectionHead id="h-add" title={t("add.title")} />
      <SegmentedControl
        className={classes.kinds}
        aria-label={t("add.kind")}
        data={[
          { value: "feed", label: t("add.feed") },
          { value: "account", label: t("add.account") },
        ]}
        value={kind}
        onChange={setKind}
      />
      {kind === "feed" ? <AddFeed /> : <AddAccount />}
    </section>
  );
}

/** The reader's own feed, and the calendars elsewhere that count in their availability. */
export function CalendarsScreen({
  feed,
  calendars,
  now: serverNow,
  reader,
}: {
  feed: FeedFacts | undefined;
  calendars: readonly CalendarRow[];
  now: Instant;
  reader: ScreenReader;
}) {
  const now = useNow(serverNow);
  useLookAgain(calendars.some(({ readAt, cause, blocks }) => blocks && readAt === null && !cause));
  return (
    <>
      <FeedSection feed={feed} now={now} reader={reader} />
      <section aria-labelledby="h-calendars">
        <SectionHead id="h-calendars" title={t("list.title")} />
        <p className={classes.words}>{t("list.words")}</p>
        {calendars.length === 0 ? (
          <Blank icon={<IconCalendarPlus size={20} stroke={1.6} />} title={t("list.none")}>
            {t("list.noneWords")}
          </Blank>
        ) : (
          <ul className={classes.items}>
            {calendars.map((row) => (
              <CalendarItem key={row.id} row={row} now={now} reader={reader} />
            ))}
          </ul>
        )}
      </section>
      <AddCalendar />
    </>
  );
}
