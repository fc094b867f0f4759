import type { Db } from "@/lib/db/client";
import { DEFAULT_LOCALE, parseLocale } from "@/lib/i18n/locale";
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
export type StoredTemplate = MailWords & { readonly version: number };

type Name = {
  readonly workspaceId: string;
  readonly event: string;
  readonly role: string;
  readonly locale: string;
};

/** One mail's own words with their version; undefined where it has none. */
export async function findStoredTemplate(
  db: Db,
  { workspaceId, event, role, locale }: Name,
): Promise<StoredTemplate | undefined> {
  const found = await db.mailTemplate.findUnique({
    where: { workspaceId_event_role_locale: { workspaceId, event, role, locale } },
    select: { subject: true, opening: true, version: true },
  });
  return found ?? undefined;
}

/** Which mails of a workspace have words of their own, as `event/role/locale`. */
export async function listOwnWords(db: Db, workspaceId: string): Promise<string[]> {
  const rows = await db.mailTemplate.findMany({
    where: { workspaceId },
    select: { event: true, role: true, locale: true },
  });
  return rows.map(({ event, role, locale }) => `${event}/${role}/${locale}`);
}
