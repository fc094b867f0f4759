import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MailNav } from "@/components/admin/mail-nav";
import { t } from "@/components/admin/mail-text";
import { TemplateScreen } from "@/components/admin/template-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";
import { loadMailroomPages, loadTemplate } from "@/lib/mailroom/loaders";
import { MAIL_EVENTS, MAIL_MATRIX } from "@/lib/meetings/core/mail-events";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("templates.title") };

export default async function TemplatesPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/mail/templates"));
  const event = MAIL_EVENTS.find((name) => name === one(params, "event")) ?? "confirmed";
  const roles = MAIL_MATRIX[event];
  const role = roles.find((name) => name === one(params, "role")) ?? roles[0] ?? "guest";
  const locale = parseLocale(one(params, "locale") ?? "") ?? DEFAULT_LOCALE;
  const { stored, own } = await loadTemplate({ event, role, locale });
  return (
    <>
      <MailNav permitted={await loadMailroomPages()} />
      <TemplateScreen
        key={`${event}/${role}/${locale}`}
        name={{ event, role, locale }}
        stored={stored}
        own={own}
      />
    </>
  );
}
