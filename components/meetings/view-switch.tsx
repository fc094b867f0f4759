import Link from "next/link";
import type { CalendarView } from "@/lib/meetings/core/calendar";
import { t } from "./calendar-text";
import classes from "./view-switch.module.css";

export type SwitchView = CalendarView | "list";

const VIEWS: readonly SwitchView[] = ["day", "week", "month", "people", "list"];

const plainAddress = (view: SwitchView): string =>
  view === "list" ? "/meetings" : `/meetings?view=${view}`;

/** The same meetings in another shape; `addressOf` keeps the day where there is one. */
export function ViewSwitch({
  view,
  addressOf = plainAddress,
}: {
  view: SwitchView;
  addressOf?: (view: SwitchView) => string;
}) {
  return (
    <nav className={classes.switch} aria-label={t("view.label")}>
      {VIEWS.map((each) => (
        <Link
          key={each}
          href={addressOf(each)}
          data-view={each}
          aria-current={each === view ? "page" : undefined}
        >
          {t(`view.${each}`)}
        </Link>
      ))}
    </nav>
  );
}
