import localFont from "next/font/local";
import type { ReactNode } from "react";
import { tokensCss } from "@/components/ui/tokens";
import { loadMessages } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import { localeDirection } from "@/lib/i18n/locale";
import "./guest.css";

// One file of the npm package, served by us: the Latin letters. Other scripts use the system's own fonts.
const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--inter",
});

const FONT = `:root{--font:var(--inter),"Inter Variable",Inter,system-ui,-apple-system,"Segoe UI",sans-serif}`;

/** The document of every guest page: small, without the office's component library. */
export function GuestDocument({
  locale,
  children,
}: {
  readonly locale: Locale;
  readonly children: ReactNode;
}) {
  return (
    <html lang={locale} dir={localeDirection(locale)} className={inter.variable}>
      <body data-trouble={JSON.stringify(loadMessages(locale, ["guest"]).guest.trouble)}>
        <meta name="color-scheme" content="light dark" />
        <style precedence="tokens" href="tokens">{`${tokensCss()}${FONT}`}</style>
        {children}
      </body>
    </html>
  );
}
