import type { SpanChoice } from "@/lib/crm/core/day-span";
import type { LeadFilter, SpanField, ValueField } from "@/lib/crm/core/lead-filter";
import { SPAN_FIELDS, VALUE_FIELDS, withSpan } from "@/lib/crm/core/lead-filter";
import type { LeadsPage } from "@/lib/crm/core/lead-list";
import { formatMoneyShort, minorDigits } from "@/lib/crm/core/money";
import { dayWords } from "../board/card-words";
import { countryName } from "../detail/fact-words";
import { t } from "./list-text";

export type FilterField = ValueField | SpanField | "amount" | "q" | "custom";

/** What a field of the filter is called. */
export const fieldName = (field: Exclude<FilterField, "custom">): string => t(`filter.${field}`);

export type Chip = {
  readonly key: string;
  readonly field: FilterField;
  /** "Owner: Mei Tan or 2 more". */
  readonly words: string;
  readonly without: LeadFilter;
};

export type Words = Pick<LeadsPage, "choices" | "currency" | "today"> & {
  readonly stages: readonly { readonly id: string; readonly name: string }[];
  readonly locale: string;
};

export type Option = { readonly value: string; readonly label: string };

const none: Option = { value: "none", label: t("filter.none") };
const named = (all: readonly { readonly id: string; readonly name: string }[]): Option[] =>
  all.map(({ id, name }) => ({ value: id, label: name }));

/** What a field can be chosen from; undefined for those that are typed. */
export function optionsOf(
  field: ValueField,
  { choices, stages, locale }: Words,
): readonly Option[] | undefined {
  switch (field) {
    case "kind":
      return (["lead", "opportunity"] as const).map((value) => ({
        value,
        label: t(`kind.${value}`),
      }));
    case "status":
      return (["open", "won", "lost", "junked"] as const).map((value) => ({
        value,
        label: t(`status.${value}`),
      }));
    case "is":
      return (["rotting", "no-step", "overdue", "unassigned", "unanswered", "parked"] as const).map(
        (value) => ({ value, label: t(`flag.${value}`) }),
      );
    case "owner":
      return [
        { value: "me", label: t("filter.me") },
        { value: "none", label: t("filter.nobody") },
        ...named(choices.people),
      ];
    case "team":
      return [...named(choices.teams), none];
    case "source":
      return [...named(choices.sources), none];
    case "product":
      return [...named(choices.products), none];
    case "stage":
      return named(stages);
    case "reason":
      return [...named(choices.lostReasons), ...named(choices.junkReasons)];
    case "country":
      return COUNTRIES.map((value) => ({ value, label: countryName(value, locale) }));
    default:
      return undefined;
  }
}

// Where the list offers no choice, a code is typed.
const COUNTRIES =
  "AE AR AT AU BE BR CA CH CL CN CO CZ DE DK EG ES FI FR GB GR HK HU ID IE IL IN IT JP KE KR MX MY NG NL NO NZ PH PL PT RO SA SE SG TH TR TW UA US VN ZA".split(
    " ",
  );

function spanWords(choice: SpanChoice, { today, locale }: Words): string {
  if ("unset" in choice) return t("span.none");
  if ("preset" in choice) return t(`span.${choice.preset}`);
  const [from, until] = [choice.from, choice.until].map((day) =>
    day === null ? "" : dayWords(day, today, locale),
  );
  if (choice.from === null) return t("span.until", { until: until ?? "" });
  if (choice.until === null) return t("span.from", { from: from ?? "" });
  return t("span.fromTo", { from: from ?? "", until: until ?? "" });
}

function valueWords(field: ValueField, values: readonly string[], words: Words): string {
  const options = optionsOf(field, words);
  const [first, ...more] = values.map(
    (value) => options?.find((option) => option.value === value)?.label ?? value,
  );
  return more.length === 0
    ? (first ?? "")
    : t("filter.or", { first: first ?? "", more: more.length });
}

function amountWords(
  amount: NonNullable<LeadFilter["amount"]>,
  { currency, locale }: Words,
): string {
  const money = (units: number) =>
    formatMoneyShort({ minor: units * 10 ** minorDigits(currency), currency }, locale);
  const { least, most } = amount;
  if (least === null) return t("span.until", { until: money(most ?? 0) });
  if (most === null) return t("span.from", { from: money(least) });
  return t("span.fromTo", { from: money(least), until: money(most) });
}

/** A filter as chips, each with the filter that is left without it. */
export function chipsOf(filter: LeadFilter, words: Words): readonly Chip[] {
  const chip = (field: FilterField, key: string, said: string, without: LeadFilter): Chip => ({
    key,
    field,
    without,
    words: `${field === "custom" ? t("filter.custom", { key }) : fieldName(field)}: ${said}`,
  });
  return [
    ...(filter.q === "" ? [] : [chip("q", "q", `‘${filter.q}’`, { ...filter, q: "" })]),
    ...VALUE_FIELDS.flatMap((field) =>
      filter[field].length === 0
        ? []
        : [chip(field, field, valueWords(field, filter[field], words), { ...filter, [field]: [] })],
    ),
    ...(filter.amount === null
      ? []
      : [chip("amount", "amount", amountWords(filter.amount, words), { ...filter, amount: null })]),
    ...SPAN_FIELDS.flatMap((field) => {
      const choice = filter.spans[field];
      return choice === undefined
        ? []
        : [chip(field, field, spanWords(choice, words), withSpan(filter, field, undefined))];
    }),
    ...filter.custom.map((one) =>
      chip("custom", one.key, one.value, {
        ...filter,
        custom: filter.custom.filter((other) => other !== one),
      }),
    ),
  ];
}
