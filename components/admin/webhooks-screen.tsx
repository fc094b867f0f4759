import { IconWebhook } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { Tag } from "@/components/ui/tag";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { EndpointRow } from "@/lib/webhooks/core/webhook-view";
import { t } from "./admin-text";
import { AddEndpoint } from "./webhook-forms";
import classes from "./webhooks.module.css";

/** How an endpoint goes, in one word and a tone. */
export function EndpointState({
  endpoint: { active, failingSince },
  reader,
}: {
  endpoint: EndpointRow;
  reader: ScreenReader;
}) {
  if (failingSince === null) {
    return active ? <Tag tone="ok">{t("webhooks.active")}</Tag> : <Tag>{t("webhooks.paused")}</Tag>;
  }
  if (!active) return <Tag tone="danger">{t("webhooks.stopped")}</Tag>;
  const when = `${formatDateShort(failingSince, reader)} ${formatTime(failingSince, reader)}`;
  return <Tag tone="warn">{t("webhooks.failing", { when })}</Tag>;
}

function Endpoint({ endpoint, reader }: { endpoint: EndpointRow; reader: ScreenReader }) {
  const { id, url, events, deliveries, createdAt } = endpoint;
  return (
    <li className={classes.row}>
      <Link href={`/admin/webhooks/${id}`}>{url}</Link>
      <EndpointState endpoint={endpoint} reader={reader} />
      <p>
        {t("webhooks.events", { count: events.length })},{" "}
        {t("webhooks.since", { date: formatDateShort(createdAt, reader) })}.{" "}
        {t("webhooks.counts", deliveries)}.
      </p>
    </li>
  );
}

/** Where events are sent, and how that goes. */
export function WebhooksScreen({
  endpoints,
  reader,
}: {
  endpoints: readonly EndpointRow[];
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("webhooks.title")} context={t("webhooks.context")} />
      <section aria-label={t("webhooks.list")}>
        {endpoints.length === 0 ? (
          <Blank icon={<IconWebhook size={20} stroke={1.6} />} title={t("webhooks.none")}>
            {t("webhooks.noneWords")}
          </Blank>
        ) : (
          <ul className={classes.rows}>
            {endpoints.map((endpoint) => (
              <Endpoint key={endpoint.id} endpoint={endpoint} reader={reader} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="h-add">
        <SectionHead id="h-add" title={t("webhooks.addTitle")} />
        <AddEndpoint />
      </section>
    </div>
  );
}
