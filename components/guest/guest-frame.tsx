import type { ReactNode } from "react";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { accentCss } from "./accent";
import styles from "./frame.module.css";
import { Icon } from "./icon";
import { LanguageSwitch } from "./language-switch";

/** The organisation's colour over the product's own. */
function Accent({ colour }: { readonly colour: string | null }) {
  const css = colour === null ? undefined : accentCss(colour);
  if (css === undefined) return null;
  // Of the tokens' precedence, so that it stands right after them and wins.
  return (
    <style precedence="tokens" href={`accent-${colour}`}>
      {css}
    </style>
  );
}

/** What stands around every guest page: the organisation, the language, and the way to privacy. */
export function GuestFrame({
  locale,
  organisation,
  logoId = null,
  colour = null,
  width,
  path,
  barBelow = false,
  framed = false,
  children,
}: {
  readonly locale: Locale;
  /** Whose page it is; undefined when that is not known, as for a link that leads nowhere. */
  readonly organisation?: string | undefined;
  /** Id of the organisation's image; null: the product's own mark. */
  readonly logoId?: string | null;
  /** Accent of the page, `#rrggbb`; null: the product's own. */
  readonly colour?: string | null;
  readonly width: "wide" | "middle" | "narrow";
  /** Path of the page as the reader sees it, for switching the language without a script. */
  readonly path: string;
  /** True when a bar is fixed to the bottom of a phone's screen. */
  readonly barBelow?: boolean;
  /** True within a page of another site, which says itself whose it is. */
  readonly framed?: boolean;
  readonly children: ReactNode;
}) {
  const words = translatorFor(locale, "guest");
  const measure = styles[width];
  if (framed) {
    return (
      <>
        <Accent colour={colour} />
        <main
          className={`${styles.framed} ${measure} ${barBelow ? styles.aboveBar : ""}`}
          id="main"
          tabIndex={-1}
        >
          {children}
        </main>
      </>
    );
  }
  return (
    <>
      <Accent colour={colour} />
      <a className={styles.skip} href="#main">
        {words("skip")}
      </a>
      <header className={`${styles.top} ${measure}`}>
        <span className={styles.organisation}>
          {logoId === null ? (
            <Icon name="mark" />
          ) : (
            // biome-ignore lint/performance/noImgElement: made small and served by us; the framework's own would add a script.
            <img src={`/api/v1/images/${logoId}`} alt="" width={24} height={24} />
          )}
          <bdi>{organisation ?? "Meridian"}</bdi>
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
