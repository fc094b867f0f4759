import type { ScreenReader } from "@/components/shell/viewer";
import type { DealView, FieldDefinition, Named } from "@/lib/crm/core/deal-view";
import type { ForecastCategory } from "@/lib/crm/core/lead";
import { decimalOf, formatMoney, parseMoney } from "@/lib/crm/core/money";
import { formatPhone } from "@/lib/crm/core/phone";
import { t } from "./deal-text";
import type { FactSpec } from "./fact-field";
import { categoryName, countryChoices, countryName, dayText } from "./fact-words";
import type { Act } from "./use-deal-acts";

type Fields = Extract<Act, { kind: "edit" }>["fields"];

const edit = (fields: Fields) => ({ act: { kind: "edit", fields } as const });
const orNull = (draft: string): string | null => (draft.trim() === "" ? null : draft);
const none = t("facts.none");

const choicesOf = (named: readonly Named[], empty: string = none) => [
  { value: "", label: empty },
  ...named.map(({ id, name }) => ({ value: id, label: name })),
];

/** The choices, and the one that is set even if it was archived since. */
const withSet = (named: readonly Named[], id: string | null, name: string | null) =>
  id === null || named.some((one) => one.id === id) ? named : [...named, { id, name: name ?? id }];

export const contactSpecs = ({ lead }: DealView): FactSpec[] => [
  {
    id: "email",
    label: t("facts.email"),
    shown: lead.email ?? none,
    draft: lead.email ?? "",
    input: { kind: "line" },
    toAct: (draft) => edit({ email: orNull(draft) }),
  },
  {
    id: "phone",
    label: t("facts.phone"),
    shown: lead.phone === null ? none : formatPhone(lead.phone),
    draft: lead.phone === null ? "" : formatPhone(lead.phone),
    input: { kind: "line" },
    toAct: (draft) => edit({ phone: orNull(draft) }),
  },
];

export const partySpecs = ({ lead, names }: DealView): FactSpec[] => [
  {
    id: "company",
    label: t("facts.company"),
    shown: names.company ?? lead.companyName ?? none,
    draft: names.company ?? lead.companyName ?? "",
    input: { kind: "party", source: "companies" },
    toAct: (draft) => edit({ companyName: orNull(draft) }),
  },
  {
    id: "contact",
    label: t("facts.contact"),
    shown: names.contact ?? lead.contactName ?? none,
    draft: names.contact ?? lead.contactName ?? "",
    input: { kind: "party", source: "contacts" },
    toAct: (draft) => edit({ contactName: orNull(draft) }),
  },
];

const money = (
  draft: string,
  currency: string,
  { locale }: ScreenReader,
): { readonly minor: number | null } | { readonly trouble: string } => {
  if (draft.trim() === "") return { minor: null };
  const parsed = parseMoney(draft, currency, locale);
  return parsed.ok ? { minor: parsed.value } : { trouble: t("facts.notAmount") };
};

export function amountSpecs(
  { lead }: DealView,
  reader: ScreenReader,
  currencies: readonly string[],
): FactSpec[] {
  const { currency } = lead;
  const moneyText = (minor: number | null) =>
    minor === null ? none : formatMoney({ minor, currency }, reader.locale, "code");
  const moneyDraft = (minor: number | null) =>
    minor === null ? "" : decimalOf({ minor, currency });
  return [
    {
      id: "amount",
      label: t("facts.amount"),
      shown: moneyText(lead.amountMinor),
      draft: moneyDraft(lead.amountMinor),
      input: { kind: "line" },
      toAct: (draft) => {
        const read = money(draft, currency, reader);
        return "trouble" in read ? read : edit({ amountMinor: read.minor });
      },
    },
    {
      id: "currency",
      label: t("facts.currency"),
      shown: currency,
      draft: currency,
      input: { kind: "choice", choices: currencies.map((code) => ({ value: code, label: code })) },
      // The figure stays what it is, in the other currency's own digits.
      toAct: (draft) => {
        const read = money(moneyDraft(lead.amountMinor), draft, { ...reader, locale: "en" });
        return "trouble" in read ? read : edit({ currency: draft, amountMinor: read.minor });
      },
    },
    {
      id: "mrr",
      label: t("facts.mrr"),
      shown: moneyText(lead.mrrMinor),
      draft: moneyDraft(lead.mrrMinor),
      input: { kind: "line" },
      toAct: (draft) => {
        const read = money(draft, currency, reader);
        return "trouble" in read ? read : edit({ mrrMinor: read.minor });
      },
    },
  ];
}

const isCategory = (value: string): value is Exclude<ForecastCategory, "closed"> =>
  ["omitted", "pipeline", "best_case", "commit"].includes(value);

export function outlookSpecs(view: DealView, reader: ScreenReader): FactSpec[] {
  const { lead, category } = view;
  const specs: FactSpec[] = [
    {
      id: "close",
      label: t("facts.close"),
      shown: lead.expectedClose === null ? none : dayText(lead.expectedClose, reader.locale),
      draft: lead.expectedClose ?? "",
      input: { kind: "date" },
      toAct: (draft) => edit({ expectedClose: orNull(draft) }),
    },
  ];
  if (lead.kind === "lead") return specs;
  const certain = lead.status === "open" ? undefined : t("facts.closed");
  return [
    ...specs,
    {
      id: "probability",
      label: t("facts.probability"),
      shown: probabilityText(view),
      draft: lead.probabilityManual === null ? "" : String(lead.probabilityManual),
      input: { kind: "line" },
      help: t("facts.fromStage"),
      locked: certain,
      toAct: (draft) => {
        const text = draft.replace("%", "").trim();
        if (text === "") return edit({ probabilityManual: null });
        const percent = Number(text.replace(",", "."));
        return Number.isFinite(percent)
          ? edit({ probabilityManual: Math.round(percent * 100) / 100 })
          : { trouble: t("facts.notNumber") };
      },
    },
    {
      id: "forecast",
      label: t("facts.forecast"),
      shown: categoryName(category),
      draft: lead.category ?? "",
      input: {
        kind: "choice",
        choices: [
          { value: "", label: t("facts.fromStage") },
          ...(["omitted", "pipeline", "best_case", "commit"] as const).map((value) => ({
            value,
            label: t(`category.${value}`),
          })),
        ],
      },
      locked: certain,
      toAct: (draft) => edit({ category: isCategory(draft) ? draft : null }),
    },
  ];
}

const probabilityText = ({ probability }: DealView): string =>
  probability.from === "none" ? none : `${probability.percent} % ${t(`facts.${probability.from}`)}`;

/** Where it came from: set once, then kept. */
export function originSpecs(view: DealView): FactSpec[] {
  const { lead, names, choices } = view;
  const kept = (value: unknown) => (value === null ? undefined : t("facts.firstTouch"));
  return [
    {
      id: "source",
      label: t("facts.source"),
      shown: names.source ?? none,
      draft: lead.sourceId ?? "",
      input: { kind: "choice", choices: choicesOf(choices.sources) },
      locked: kept(lead.sourceId),
      toAct: (draft) => edit({ sourceId: orNull(draft) }),
    },
    ...(["medium", "campaign"] as const).map(
      (field): FactSpec => ({
        id: field,
        label: t(`facts.${field}`),
        shown: lead[field] ?? none,
        draft: lead[field] ?? "",
        input: { kind: "line" },
        locked: kept(lead[field]),
        toAct: (draft) => edit({ [field]: orNull(draft) }),
      }),
    ),
  ];
}

function customSpec(field: FieldDefinition, view: DealView, reader: ScreenReader): FactSpec {
  const { custom } = view.lead;
  const value = custom[field.key] ?? null;
  const draft = value === null ? "" : String(value);
  const set = (next: string | number | boolean | null) =>
    edit({
      custom: { ...(custom as Record<string, string>), [field.key]: next } as Record<
        string,
        string
      >,
    });
  const label = field.label;
  const id = `custom-${field.key}`;
  switch (field.kind) {
    case "checkbox": {
      const choices = [
        { value: "", label: none },
        { value: "true", label: t("facts.yes") },
        { value: "false", label: t("facts.no") },
      ];
      const shown = choices.find((choice) => choice.value === draft)?.label ?? none;
      return {
        id,
        label,
        shown,
        draft,
        input: { kind: "choice", choices },
        toAct: (text) => set(text === "" ? null : text === "true"),
      };
    }
    case "select": {
      const choices = choicesOf(field.options.map((name) => ({ id: name, name })));
      return {
        id,
        label,
        shown: draft || none,
        draft,
        input: { kind: "choice", choices },
        toAct: (text) => set(orNull(text)),
      };
    }
    case "date":
      return {
        id,
        label,
        shown: draft === "" ? none : dayText(draft as never, reader.locale),
        draft,
        input: { kind: "date" },
        toAct: (text) => set(orNull(text)),
      };
    case "number":
      return {
        id,
        label,
        shown: draft || none,
        draft,
        input: { kind: "line" },
        toAct: (text) => {
          if (text.trim() === "") return set(null);
          const number = Number(text);
          return Number.isFinite(number) ? set(number) : { trouble: t("facts.notNumber") };
        },
      };
    default:
      return {
        id,
        label,
        shown: draft || none,
        draft,
        input: { kind: "line" },
        toAct: (text) => set(orNull(text)),
      };
  }
}

export function otherSpecs(view: DealView, reader: ScreenReader): FactSpec[] {
  const { lead, names, choices } = view;
  return [
    {
      id: "product",
      label: t("facts.product"),
      shown: names.product ?? none,
      draft: lead.productId ?? "",
      input: {
        kind: "choice",
        choices: choicesOf(withSet(choices.products, lead.productId, names.product)),
      },
      toAct: (draft) => edit({ productId: orNull(draft) }),
    },
    {
      id: "country",
      label: t("facts.country"),
      shown: lead.country === null ? none : countryName(lead.country, reader.locale),
      draft: lead.country ?? "",
      input: {
        kind: "choice",
        choices: [{ value: "", label: none }, ...countryChoices(reader.locale)],
      },
      toAct: (draft) => edit({ country: orNull(draft) }),
    },
    {
      id: "industry",
      label: t("facts.industry"),
      shown: lead.industry ?? none,
      draft: lead.industry ?? "",
      input: { kind: "line" },
      toAct: (draft) => edit({ industry: orNull(draft) }),
    },
    {
      id: "tags",
      label: t("facts.tags"),
      shown: lead.tags.length === 0 ? none : lead.tags.join(", "),
      draft: lead.tags.join(", "),
      input: { kind: "line" },
      help: t("facts.tagsHelp"),
      toAct: (draft) =>
        edit({
          tags: draft
            .split(",")
            .map((tag) => tag.trim())
            .filter((tag) => tag !== ""),
        }),
    },
    ...choices.fields.map((field) => customSpec(field, view, reader)),
  ];
}

export const descriptionSpec = ({ lead }: DealView): FactSpec => ({
  id: "description",
  label: t("facts.description"),
  shown: lead.description ?? none,
  draft: lead.description ?? "",
  input: { kind: "area" },
  toAct: (draft) => edit({ description: orNull(draft) }),
});

export const nameSpec = ({ lead }: DealView): FactSpec => ({
  id: "name",
  label: t("facts.name"),
  shown: lead.name,
  draft: lead.name,
  input: { kind: "line" },
  toAct: (draft) => edit({ name: draft }),
});

/** To whom it belongs: for those who may give it away. */
export function ownerSpec(
  { lead, names, choices, permitted }: DealView,
  shown: FactSpec["shown"],
): FactSpec {
  const people = withSet(choices.people, lead.ownerId, names.owner);
  return {
    id: "owner",
    label: t("facts.owner"),
    shown,
    draft: lead.ownerId ?? "",
    input: { kind: "choice", choices: choicesOf(people, t("facts.nobody")) },
    ...(permitted.includes("lead.assign") ? {} : { locked: t("facts.managersOnly") }),
    toAct: (draft) => {
      const teamId = choices.people.find(({ id }) => id === draft)?.teamId ?? null;
      return {
        act: {
          kind: "assign",
          ownerId: orNull(draft),
          // Who is in no team leaves the deal in the team it is in.
          ...(teamId === null ? {} : { teamId }),
        },
      };
    },
  };
}

export const teamSpec = ({ lead, names, choices, permitted }: DealView): FactSpec => ({
  id: "team",
  label: t("facts.team"),
  shown: names.team ?? none,
  draft: lead.teamId ?? "",
  input: { kind: "choice", choices: choicesOf(withSet(choices.teams, lead.teamId, names.team)) },
  ...(permitted.includes("lead.assign") ? {} : { locked: t("facts.managersOnly") }),
  toAct: (draft) => ({ act: { kind: "assign", ownerId: lead.ownerId, teamId: orNull(draft) } }),
});
