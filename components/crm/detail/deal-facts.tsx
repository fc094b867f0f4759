"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTransition } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import { followLeadAction } from "@/lib/crm/actions/deal";
import type { DealView } from "@/lib/crm/core/deal-view";
import { CURRENCIES } from "@/lib/crm/core/money";
import { formatDateShort } from "@/lib/time/format";
import classes from "./deal-facts.module.css";
import { t } from "./deal-text";
import type { FactSpec } from "./fact-field";
import { FactField } from "./fact-field";
import {
  amountSpecs,
  contactSpecs,
  descriptionSpec,
  nameSpec,
  originSpecs,
  otherSpecs,
  outlookSpecs,
  ownerSpec,
  partySpecs,
  teamSpec,
} from "./fact-specs";
import type { DealActs } from "./use-deal-acts";

type Props = {
  readonly view: DealView;
  readonly reader: ScreenReader;
  readonly acts: DealActs;
};

function Fixed({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className={classes.fixed}>
          <span className={classes.shown}>{children}</span>
        </span>
      </dd>
    </div>
  );
}

/** How it ended, when it did. */
function Ending({ view: { lead, names } }: Pick<Props, "view">) {
  if (lead.lostReasonId === null) return null;
  return (
    <>
      <Fixed label={t("facts.lostReason")}>{names.lostReason}</Fixed>
      {lead.competitor === null ? null : (
        <Fixed label={t("facts.competitor")}>{lead.competitor}</Fixed>
      )}
      {lead.lostNote === null ? null : <Fixed label={t("facts.lostNote")}>{lead.lostNote}</Fixed>}
    </>
  );
}

function Answered({ view: { lead }, reader }: Pick<Props, "view" | "reader">) {
  return (
    <>
      <Fixed label={t("facts.created")}>{formatDateShort(lead.createdAt, reader)}</Fixed>
      {lead.firstResponseAt === null ? null : (
        <Fixed label={t("facts.answered")}>
          {formatDateShort(lead.firstResponseAt, reader)}
          {lead.responseMinutes === null ? null : (
            <small> {t("facts.answeredIn", { minutes: lead.responseMinutes })}</small>
          )}
        </Fixed>
      )}
    </>
  );
}

function Followers({ view, acts }: Pick<Props, "view" | "acts">) {
  const [busy, start] = useTransition();
  const { followers, following, lead } = view;
  const follow = () =>
    start(async () => {
      await followLeadAction(payload({ leadId: lead.id, following: !following }));
      acts.refresh();
    });
  return (
    <p className={classes.followers}>
      <span>
        {t("facts.followers")}:{" "}
        {followers.length === 0 ? t("facts.nobody") : followers.map(({ name }) => name).join(", ")}
      </span>
      <Button size="xs" variant="subtle" loading={busy} onClick={follow}>
        {t(following ? "facts.unfollow" : "facts.follow")}
      </Button>
    </p>
  );
}

const ownerShown = ({ names }: DealView) =>
  names.owner === null ? (
    t("facts.nobody")
  ) : (
    <span className={classes.who}>
      <Avatar name={names.owner} size={24} /> {names.owner}
    </span>
  );

/** What a company or a contact is called, and the way to its page. */
function PartyLinks({ view: { lead, names } }: Pick<Props, "view">) {
  if (lead.companyId === null && lead.contactId === null) return null;
  return (
    <p className={classes.followers}>
      {lead.companyId === null ? null : (
        <Link className="link" href={`/companies/${lead.companyId}`}>
          {names.company ?? lead.companyName}
        </Link>
      )}
      {lead.contactId === null ? null : (
        <Link className="link" href={`/contacts/${lead.contactId}`}>
          {names.contact ?? lead.contactName}
        </Link>
      )}
    </p>
  );
}

/** Every fact of a deal, changed where it stands; the ones looked at daily first. */
export function DealFacts({ view, reader, acts, open }: Props & { readonly open: boolean }) {
  const mayChange = view.permitted.includes("lead.change");
  const field = (spec: FactSpec, may = mayChange) => (
    <FactField key={spec.id} spec={spec} acts={acts} reader={reader} mayChange={may} />
  );
  const [company, contact] = partySpecs(view);
  const [source, ...touches] = originSpecs(view);
  const mayAssign = view.permitted.includes("lead.assign");
  const daily = (
    <dl className={classes.facts}>
      {field(ownerSpec(view, ownerShown(view)), mayAssign)}
      {outlookSpecs(view, reader)
        .slice(0, 1)
        .map((spec) => field(spec))}
      {contact === undefined ? null : field(contact)}
      {outlookSpecs(view, reader)
        .slice(1, 2)
        .map((spec) => field(spec))}
      {source === undefined ? null : field(source)}
      {outlookSpecs(view, reader)
        .slice(2)
        .map((spec) => field(spec))}
      <Ending view={view} />
    </dl>
  );
  const rest = (
    <>
      <dl className={classes.facts}>
        {field(nameSpec(view))}
        {company === undefined ? null : field(company)}
        {contactSpecs(view).map((spec) => field(spec))}
        {amountSpecs(view, reader, CURRENCIES).map((spec) => field(spec))}
        {otherSpecs(view, reader).map((spec) => field(spec))}
        {field(teamSpec(view), mayAssign)}
        {touches.map((spec) => field(spec))}
        <Answered view={view} reader={reader} />
        {field(descriptionSpec(view))}
      </dl>
      <PartyLinks view={view} />
      <Followers view={view} acts={acts} />
    </>
  );
  return (
    <>
      {daily}
      {open ? (
        rest
      ) : (
        <details className={classes.more}>
          <summary>{t("facts.more")}</summary>
          {rest}
        </details>
      )}
    </>
  );
}
