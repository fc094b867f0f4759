import Link from "next/link";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

/** How many leads and deals have something, opening them; words only where it is none. */
export function UsedLink({ count, href }: { count: number; href: string }) {
  if (count === 0) return <span className={classes.fact}>{t("choices.unused")}</span>;
  return (
    <Link href={href} className={classes.fact}>
      {t("choices.used", { count })}
    </Link>
  );
}
