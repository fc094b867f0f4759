"use client";

import { Select } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PageHead } from "@/components/ui/page-head";
import type { Locale } from "@/lib/i18n/locale";
import { LOCALES, localeName } from "@/lib/i18n/locale";
import type { MailEvent, MailRole } from "@/lib/meetings/core/mail-events";
import { MAIL_EVENTS, MAIL_MATRIX } from "@/lib/meetings/core/mail-events";
import type { MailWords } from "@/lib/meetings/core/mail-template";
import { MailPreviewPane } from "./mail-preview";
import { t } from "./mail-text";
import classes from "./template.module.css";
import { TemplateForm } from "./template-form";
import { useMailPreview } from "./use-mail-preview";

type Name = { readonly event: MailEvent; readonly role: MailRole; readonly locale: Locale };

const addressOf = ({ event, role, locale }: Name): string =>
  `/admin/mail/templates?event=${event}&role=${role}&locale=${locale}`;

/** Which mail: what happens, who reads it, in which language. Those with words of their own say so. */
function Choice({ name, own }: { name: Name; own: readonly string[] }) {
  const router = useRouter();
  const go = (change: Partial<Name>) => {
    const next = { ...name, ...change };
    const roles = MAIL_MATRIX[next.event];
    const role = roles.includes(next.role) ? next.role : (roles[0] ?? next.role);
    router.push(addressOf({ ...next, role }), { scroll: false });
  };
  const marked = (label: string, isOwn: boolean) =>
    isOwn ? `${label} · ${t("templates.own")}` : label;
  const { event, role, locale } = name;
  return (
    <div className={classes.choice}>
      <Select
        label={t("templates.event")}
        value={event}
        allowDeselect={false}
        data={MAIL_EVENTS.map((one) => ({
          value: one,
          label: marked(
            t(`templates.events.${one}`),
            own.some((words) => words.startsWith(`${one}/`)),
          ),
        }))}
        onChange={(value) => go({ event: MAIL_EVENTS.find((one) => one === value) ?? event })}
      />
      <Select
        label={t("templates.role")}
        value={role}
        allowDeselect={false}
        data={MAIL_MATRIX[event].map((one) => ({
          value: one,
          label: marked(
            t(`templates.roles.${one}`),
            own.some((words) => words.startsWith(`${event}/${one}/`)),
          ),
        }))}
        onChange={(value) => go({ role: MAIL_MATRIX[event].find((one) => one === value) ?? role })}
      />
      <Select
        label={t("templates.locale")}
        value={locale}
        allowDeselect={false}
        data={LOCALES.map((one) => ({
          value: one,
          label: marked(localeName(one), own.includes(`${event}/${role}/${one}`)),
        }))}
        onChange={(value) => go({ locale: LOCALES.find((one) => one === value) ?? locale })}
      />
    </div>
  );
}

/** The words of one mail, beside the mail they make. */
export function TemplateScreen({
  name,
  stored,
  own,
}: {
  name: Name;
  stored: (MailWords & { readonly version: number }) | undefined;
  own: readonly string[];
}) {
  const [typed, setTyped] = useState<MailWords | undefined>(
    stored === undefined ? undefined : { subject: stored.subject, opening: stored.opening },
  );
  const { seen, trouble } = useMailPreview(name, typed);
  return (
    <div className={classes.screen}>
      <PageHead title={t("templates.title")} context={t("templates.context")} />
      <Choice name={name} own={own} />
      <div className={classes.sides}>
        {seen === undefined ? (
          <div className={classes.form} aria-hidden="true" />
        ) : (
          <TemplateForm
            name={name}
            version={stored?.version ?? 0}
            product={seen.product}
            words={typed ?? seen.product}
            onWords={setTyped}
          />
        )}
        <MailPreviewPane seen={seen} trouble={trouble} />
      </div>
    </div>
  );
}
