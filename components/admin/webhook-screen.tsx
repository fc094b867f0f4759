import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { formatDateShort } from "@/lib/time/format";
import type { DeliveryRow, EndpointRow } from "@/lib/webhooks/core/webhook-view";
import { t } from "./admin-text";
import { Deliveries } from "./webhook-deliveries";
import { ChooseEvents, EndpointTools } from "./webhook-forms";
import classes from "./webhooks.module.css";
import { EndpointState } from "./webhooks-screen";

/** One endpoint: how it goes, what was sent, what it is told. */
export function WebhookScreen({
  endpoint,
  deliveries,
  reader,
}: {
  endpoint: EndpointRow;
  deliveries: readonly DeliveryRow[];
  reader: ScreenReader;
}) {
  return (
    <div className={classes.screen}>
      <PageHead
        title={new URL(endpoint.url).host}
        context={<span className={classes.url}>{endpoint.url}</span>}
      >
        <Link className={classes.back} href="/admin/webhooks">
          {t("webhooks.all")}
        </Link>
      </PageHead>
      <p className={classes.state}>
        <EndpointState endpoint={endpoint} reader={reader} />{" "}
        {t("webhooks.since", { date: formatDateShort(endpoint.createdAt, reader) })}
      </p>
      <EndpointTools endpoint={endpoint} />
      <section aria-labelledby="h-deliveries">
        <SectionHead id="h-deliveries" title={t("webhooks.deliveries")} />
        <p className={classes.words}>{t("webhooks.deliveriesWords")}</p>
        <Deliveries deliveries={deliveries} reader={reader} />
      </section>
      <section aria-labelledby="h-events">
        <SectionHead id="h-events" title={t("webhooks.told")} />
        <ChooseEvents key={endpoint.events.join()} endpoint={endpoint} />
      </section>
      <section aria-labelledby="h-signature">
        <SectionHead id="h-signature" title={t("webhooks.signature")} />
        <p className={classes.words}>{t("webhooks.signatureWords")}</p>
      </section>
    </div>
  );
}
