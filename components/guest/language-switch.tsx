"use client";

import type { Locale } from "@/lib/i18n/locale";
import { LOCALES, localeName } from "@/lib/i18n/locale";
import styles from "./frame.module.css";
import { Icon } from "./icon";
import { rememberChoice } from "./remember-choice";

/** Chooses the language of the page. Without a script it is a form of its own that reloads the page. */
export function LanguageSwitch({
  locale,
  label,
  change,
  action,
}: {
  readonly locale: Locale;
  readonly label: string;
  readonly change: string;
  /** Path of the page as the reader sees it. */
  readonly action: string;
}) {
  const choose = (chosen: string) => {
    rememberChoice("locale", chosen);
    const address = new URL(window.location.href);
    address.searchParams.set("locale", chosen);
    window.location.assign(address);
  };
  return (
    <form className={styles.language} action={action} method="get">
      <label className={styles.quiet}>
        <Icon name="globe" />
        <span className="sr-only">{label}</span>
        <select
          name="locale"
          defaultValue={locale}
          autoComplete="off"
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {LOCALES.map((known) => (
            <option key={known} value={known} lang={known}>
              {localeName(known)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </label>
      <noscript>
        <button type="submit">{change}</button>
      </noscript>
    </form>
  );
}
