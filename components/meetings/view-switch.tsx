import Link from "next/link";
import { t } from "@/components/ui/office-text";
import classes from "./view-switch.module.css";

/** Week or list: the same meetings in another shape. */
export function ViewSwitch({ view }: { view: "week" | "list" }) {
  return (
    <nav className={classes.switch} aria-label={t("week.view")}>
      <Link href="/meetings?view=week" aria-current={view === "week" ? "page" : undefined}>
        {t("week.week")}
      </Link>
      <Link href="/meetings" aria-current={view === "list" ? "page" : undefined}>
        {t("week.list")}
      </Link>
    </nav>
  );
}
