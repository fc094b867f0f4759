import { SectionNav } from "@/components/ui/section-nav";
import { t } from "./mail-text";

const PAGES = [
  { permission: "mail.deliveries", href: "/admin/mail", label: t("nav.log") },
  { permission: "mail.words", href: "/admin/mail/templates", label: t("nav.templates") },
  {
    permission: "mail.suppressions",
    href: "/admin/mail/suppressions",
    label: t("nav.suppressions"),
  },
] as const;

/** The pages of the mailroom side by side, those this reader may open. */
export const MailNav = ({ permitted }: { permitted: readonly string[] }) => (
  <SectionNav
    label={t("nav.label")}
    pages={PAGES.filter(({ permission }) => permitted.includes(permission))}
  />
);
