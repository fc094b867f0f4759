import type { ReactNode } from "react";
import { t } from "@/components/ui/office-text";
import { BottomBar } from "./bottom-bar";
import { CommandPalette } from "./command-palette";
import { FreshCounts } from "./fresh-counts";
import { Rail } from "./rail";
import classes from "./shell.module.css";
import { TopBar } from "./top-bar";
import type { ShellData } from "./viewer";

/** The frame of every office screen: rail, top bar, the screen itself, and on a phone the bar below. */
export function Shell({
  data,
  railCollapsed,
  children,
}: {
  data: ShellData;
  railCollapsed: boolean;
  children: ReactNode;
}) {
  return (
    <>
      {/* A landmark of its own: a sheet that is open may stand before it in the document. */}
      <nav aria-label={t("shell.skips")}>
        <a className={classes.skip} href="#main">
          {t("shell.skip")}
        </a>
      </nav>
      <div className={classes.app} data-rail={railCollapsed ? "collapsed" : "open"}>
        <Rail {...data} />
        <div className={classes.frame}>
          <TopBar {...data} />
          <main className={classes.main} id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
      <BottomBar {...data} />
      <CommandPalette {...data} />
      <FreshCounts />
    </>
  );
}
