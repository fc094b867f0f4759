import { PageHead } from "@/components/ui/page-head";
import type { Choice, Product } from "@/lib/crm/core/set-up";
import { ChoicePart } from "./choice-part";
import { ProductPart } from "./product-part";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

/** Reasons, sources and products: what deals are sorted by. */
export function ChoicesScreen({
  lost,
  junk,
  source,
  product,
  currency,
  locale,
}: {
  lost: readonly Choice[];
  junk: readonly Choice[];
  source: readonly Choice[];
  product: readonly Product[];
  currency: string;
  locale: string;
}) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("choices.title")} context={t("choices.context")} />
      <div className={classes.columns}>
        <ChoicePart kind="lost" items={lost} />
        <ChoicePart kind="junk" items={junk} />
        <ChoicePart kind="source" items={source} />
        <ProductPart items={product} currency={currency} locale={locale} />
      </div>
    </div>
  );
}
