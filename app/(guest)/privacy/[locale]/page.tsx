import { notFound } from "next/navigation";
import { ReadingPage } from "@/components/guest/reading-page";
import { LOCALES, parseLocale } from "@/lib/i18n/locale";

export const dynamicParams = false;
export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export default async function PrivacyPage({
  params,
}: {
  readonly params: Promise<{ locale: string }>;
}) {
  const locale = parseLocale((await params).locale);
  if (locale === undefined) notFound();
  return (
    <ReadingPage
      locale={locale}
      section="privacyPage"
      names={["what", "why", "who", "cookies", "rights"]}
      icon="shield"
      path="/privacy"
    />
  );
}
