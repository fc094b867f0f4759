"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import type { FieldDefinition } from "@/lib/crm/core/deal-view";
import { t } from "./party-text";

/** The values of a workspace's own fields, as texts of a form. */
export type CustomDraft = Readonly<Record<string, string>>;

export const draftOf = (
  fields: readonly FieldDefinition[],
  custom: Readonly<Record<string, unknown>>,
): CustomDraft =>
  Object.fromEntries(
    fields.map(({ key }) => [key, custom[key] === null ? "" : String(custom[key] ?? "")]),
  );

const storedOf = (
  kind: FieldDefinition["kind"],
  text: string,
): string | number | boolean | null => {
  if (text === "") return null;
  if (kind === "checkbox") return text === "true";
  const number = kind === "number" ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
};

/** What is stored: what other fields hold stays as it is. */
export const customOf = (
  fields: readonly FieldDefinition[],
  draft: CustomDraft,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> => ({
  ...before,
  ...Object.fromEntries(fields.map(({ key, kind }) => [key, storedOf(kind, draft[key] ?? "")])),
});

const choicesOf = ({ kind, options }: FieldDefinition) =>
  kind === "checkbox"
    ? [
        { value: "true", label: t("field.yes") },
        { value: "false", label: t("field.no") },
      ]
    : options.map((value) => ({ value, label: value }));

/** An input for each field of a workspace's own. */
export function CustomInputs({
  fields,
  draft,
  troubles,
  onChange,
}: {
  fields: readonly FieldDefinition[];
  draft: CustomDraft;
  troubles: Readonly<Record<string, string>>;
  onChange: (draft: CustomDraft) => void;
}) {
  return fields.map((field) => {
    const shared = {
      label: field.label,
      value: draft[field.key] ?? "",
      error: troubles[`custom.${field.key}`],
    };
    const set = (value: string) => onChange({ ...draft, [field.key]: value });
    return field.kind === "select" || field.kind === "checkbox" ? (
      <NativeSelect
        key={field.key}
        {...shared}
        data={[{ value: "", label: t("field.none") }, ...choicesOf(field)]}
        onChange={(event) => set(event.currentTarget.value)}
      />
    ) : (
      <TextInput
        key={field.key}
        {...shared}
        type={field.kind === "date" ? "date" : "text"}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  });
}
