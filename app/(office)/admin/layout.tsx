import type { ReactNode } from "react";
import { ADMIN_PAGES } from "@/components/shell/routes";
import { t } from "@/components/ui/office-text";
import { SectionNav } from "@/components/ui/section-nav";
import { loadIsAdmin } from "@/lib/people/loaders";

/** The administration's pages side by side. Each page asks for itself who may see it; this only shows the way. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {(await loadIsAdmin()) ? <SectionNav label={t("admin.pages")} pages={ADMIN_PAGES} /> : null}
      {children}
    </>
  );
}
