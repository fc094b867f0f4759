import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import controls from "./controls.module.css";
import { GuestFrame } from "./guest-frame";
import type { IconName } from "./icon";
import { PlainCard } from "./plain-card";

/** A page to read: a title, a first sentence and sections, each `<name>Title` and `<name>` in the catalogue. */
export function ReadingPage({
  locale,
  section,
  names,
  icon,
  path,
}: {
  readonly locale: Locale;
  readonly section: string;
  readonly names: readonly string[];
  readonly icon: IconName;
  readonly path: string;
}) {
  const words = translatorFor(locale, "guest");
  const title = words(`${section}.title`);
  return (
    <GuestFrame locale={locale} width="narrow" path={path}>
      <title>{title}</title>
      <PlainCard icon={icon} title={title}>
        <p>{words(`${section}.lead`)}</p>
        {names.map((name) => (
          <section key={name}>
            <h2 className={controls.h2}>{words(`${section}.${name}Title`)}</h2>
            <p>{words(`${section}.${name}`)}</p>
          </section>
        ))}
      </PlainCard>
    </GuestFrame>
  );
}
