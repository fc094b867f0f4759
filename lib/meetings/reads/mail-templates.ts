import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import type { MailFacts } from "../core/mail-facts";
import type { MailWords } from "../core/mail-template";

/** A workspace's own words for this mail, in its reader's language; undefined where it has none. */
export async function findTemplate(
  db: Db,
  workspaceId: string,
  { event, reader }: Pick<MailFacts, "event" | "reader">,
): Promise<MailWords | undefined> {
  const locale = parseLocale(reader.locale) ?? DEFAULT_LOCALE;
  const found = await db.mailTemplate.findUnique({
    where: {
      workspaceId_event_role_locale: { workspaceId, event, role: reader.role, locale },
    },
    select: { subject: true, opening: true },
  });
  return found ?? undefined;
}

/** One mail's own words, as its editor knows them. */
export type StoredTemplate = MailWords & {
  readonly event: string;
  readonly role: string;
  readonly locale: string;
  readonly version: number;
  readonly updatedAt: Instant;
  readonly updatedBy: string | null;
};

/** All of a workspace's own words. */
export async function listTemplates(db: Db, workspaceId: string): Promise<StoredTemplate[]> {
  const rows = await db.mailTemplate.findMany({
    where: { workspaceId },
    orderBy: [{ event: "asc" }, { role: "asc" }, { locale: "asc" }],
  });
  return rows.map(({ updatedAt, workspaceId: _, ...row }) => ({
    ...row,
    updatedAt: instantFromColumn(updatedAt),
  }));
}
