import type { ReactNode } from "react";
import { PageHead } from "@/components/ui/page-head";
import classes from "./settings.module.css";

/** One page of the settings: what it is about, then its parts in one readable column. */
export function SettingsPage({
  title,
  context,
  children,
}: {
  title: string;
  context: string;
  children: ReactNode;
}) {
  return (
    <>
      <PageHead title={title} context={context} />
      <div className={classes.page}>{children}</div>
    </>
  );
}
