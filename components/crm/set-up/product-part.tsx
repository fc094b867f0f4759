"use client";

import { ActionIcon, TextInput } from "@mantine/core";
import { IconArchive, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import { archiveAction, saveChoiceAction } from "@/lib/crm/actions/set-up";
import { decimalOf, formatMoney } from "@/lib/crm/core/money";
import type { Product } from "@/lib/crm/core/set-up";
import { Archived } from "./archived";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";
import { UsedLink } from "./used-link";

type Money = { readonly minor: number; readonly currency: string };

const priceOf = ({ priceMinor, currency }: Product): Money | undefined =>
  priceMinor === null || currency === null ? undefined : { minor: priceMinor, currency };

function Fields({
  product,
  currency,
  problems,
}: {
  product: Product | undefined;
  currency: string;
  problems: Readonly<Record<string, string>>;
}) {
  const price = product && priceOf(product);
  return (
    <div className={classes.two}>
      <TextInput
        name="name"
        label={t("products.name")}
        defaultValue={product?.name ?? ""}
        maxLength={120}
        error={problems.name}
      />
      <TextInput
        name="series"
        label={t("products.series")}
        defaultValue={product?.series ?? ""}
        maxLength={120}
        error={problems.series}
      />
      <TextInput
        name="price"
        label={t("products.price")}
        inputMode="decimal"
        defaultValue={price === undefined ? "" : decimalOf(price)}
        error={problems.price}
      />
      <TextInput
        name="currency"
        label={t("products.currency")}
        defaultValue={price?.currency ?? currency}
        maxLength={3}
        error={problems.currency}
      />
    </div>
  );
}

function Line({
  product,
  currency,
  locale,
}: {
  product: Product;
  currency: string;
  locale: string;
}) {
  const [editing, setEditing] = useState(false);
  const { id, name, series, used } = product;
  const price = priceOf(product);
  const end = () => setEditing(false);
  return (
    <li className={classes.line}>
      <div className={classes.content}>
        {editing ? (
          <SetUpForm
            action={saveChoiceAction}
            hidden={{ kind: "product", id }}
            label={t("choices.renameNamed", { name })}
            submit={t("save")}
            onDone={end}
            onCancel={end}
          >
            {(problems) => <Fields product={product} currency={currency} problems={problems} />}
          </SetUpForm>
        ) : (
          <>
            <b>{name}</b>
            {series === null ? null : <span className={classes.words}>{series}</span>}
            {price === undefined ? null : (
              <span className={classes.fact}>{formatMoney(price, locale, "code")}</span>
            )}
            <UsedLink count={used} href={`/leads?product=${id}`} />
            <span className={classes.tools}>
              <ActionIcon
                aria-label={t("choices.renameNamed", { name })}
                title={t("choices.rename")}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={16} stroke={1.6} aria-hidden="true" />
              </ActionIcon>
              <Act
                action={archiveAction}
                fields={{ what: "product", id, archived: "yes" }}
                label={t("archiveNamed", { name })}
                icon={<IconArchive size={16} stroke={1.6} aria-hidden="true" />}
              />
            </span>
          </>
        )}
      </div>
    </li>
  );
}

/** What is sold, with its series and its price. */
export function ProductPart({
  items,
  currency,
  locale,
}: {
  items: readonly Product[];
  currency: string;
  locale: string;
}) {
  const title = t("products.title");
  const here = items.filter(({ archived }) => !archived);
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {here.length === 0 ? <p className={classes.help}>{t("products.none")}</p> : null}
      <ul className={classes.lines} aria-label={title}>
        {here.map((product) => (
          <Line key={product.id} product={product} currency={currency} locale={locale} />
        ))}
      </ul>
      <SetUpForm
        again
        action={saveChoiceAction}
        hidden={{ kind: "product" }}
        label={t("products.add")}
        submit={t("add")}
      >
        {(problems) => <Fields product={undefined} currency={currency} problems={problems} />}
      </SetUpForm>
      <Archived what="product" items={items.filter(({ archived }) => archived)} />
    </section>
  );
}
