import type { ReactNode } from "react";
import { t } from "@/components/crm/set-up/set-up-text";
import { CRM_SET_UP_PAGES } from "@/components/shell/routes";
import { SectionNav } from "@/components/ui/section-nav";

/** The pages of the sales set-up side by side. Each page asks for itself who may see it; this only shows the way. */
export default function SetUpLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SectionNav label={t("pages")} pages={CRM_SET_UP_PAGES} />
      {children}
    </>
  );
}
