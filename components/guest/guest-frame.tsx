import type { ReactNode } from "react";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import styles from "./frame.module.css";
import { Icon } from "./icon";
import { LanguageSwitch } from "./language-switch";

/** What stands around every guest page: the organisation, the language, and the way to privacy. */
export function GuestFrame({
  locale,
  organisation,
  width,
  path,
  barBelow = false,
  children,
}: {
  readonly locale: Locale;
  /** Whose page it is; undefined when that is not known, as for a link that leads nowhere. */
  readonly organisation?: string | undefined;
  readonly width: "wide" | "middle" | "narrow";
  /** Path of the page as the reader sees it, for switching the language without a script. */
  readonly path: string;
  /** True when a bar is fixed to the bottom of a phone's screen. */
  readonly barBelow?: boolean;
  readonly children: ReactNode;
}) {
  const words = translatorFor(locale, "guest");
  const measure = styles[width];
  return (
    <>
      <a className={styles.skip} href="#main">
        {words("skip")}
      </a>
      <header className={`${styles.top} ${measure}`}>
        <span className={styles.organisation}>
          <Icon name="mark" />
          {organisation ?? "Meridian"}
        </span>
        <LanguageSwitch
          locale={locale}
          label={words("language")}
          change={words("change")}
          action={path}
        />
      </header>
      <main className={`${styles.wrap} ${measure}`} id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className={`${styles.foot} ${measure} ${barBelow ? styles.aboveBar : ""}`}>
        <span>{words("madeWith")}</span>
        <a href={`/privacy?locale=${locale}`}>{words("privacy")}</a>
        <a href={`/accessibility?locale=${locale}`}>{words("accessibility")}</a>
      </footer>
    </>
  );
}
