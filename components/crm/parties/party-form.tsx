"use client";

import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useId, useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { saveCompanyAction, saveContactAction } from "@/lib/crm/actions/parties";
import type { FieldDefinition, Named } from "@/lib/crm/core/deal-view";
import type { Company, Contact, PartyRecord } from "@/lib/crm/core/party";
import type { PartyAnswer } from "@/lib/crm/core/party-input";
import { formatPhone } from "@/lib/crm/core/phone";
import { countryChoices } from "../detail/fact-words";
import { useSuggestions } from "../detail/use-suggestions";
import { CustomInputs, customOf, draftOf } from "./custom-inputs";
import { PLACE_OF } from "./party-address";
import classes from "./party-form.module.css";
import { t } from "./party-text";

type Draft = Readonly<Record<string, string>>;

const phoneText = (phone: string | null | undefined): string =>
  phone === null || phone === undefined ? "" : formatPhone(phone);

const companyDraft = (company: Company | undefined): Draft => ({
  name: company?.name ?? "",
  domain: company?.domain ?? "",
  website: company?.website ?? "",
  phone: phoneText(company?.phone),
  industry: company?.industry ?? "",
  country: company?.country ?? "",
  employees: company?.employees === null ? "" : String(company?.employees ?? ""),
  ownerId: company?.ownerId ?? "",
  tags: company?.tags.join(", ") ?? "",
  description: company?.description ?? "",
});

const contactDraft = (contact: Contact | undefined, companyName: string): Draft => ({
  name: contact?.name ?? "",
  email: contact?.email ?? "",
  phone: phoneText(contact?.phone),
  title: contact?.title ?? "",
  companyName,
  tags: contact?.tags.join(", ") ?? "",
  description: contact?.description ?? "",
});

async function asked(call: Promise<PartyAnswer>): Promise<PartyAnswer> {
  try {
    return await call;
  } catch {
    return { status: "refused", message: t("form.unreachable") };
  }
}

type InputOf = (name: string) => {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (event: { readonly currentTarget: { readonly value: string } }) => void;
};

function CompanyInputs({
  input,
  sellers,
  locale,
}: {
  input: InputOf;
  sellers: readonly Named[];
  locale: string;
}) {
  const none = { value: "", label: t("field.none") };
  return (
    <>
      <TextInput
        label={t("field.domain")}
        description={t("field.domainHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        {...input("domain")}
      />
      <TextInput label={t("field.website")} type="url" {...input("website")} />
      <TextInput
        label={t("field.phone")}
        description={t("field.phoneHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="tel"
        {...input("phone")}
      />
      <TextInput label={t("field.industry")} {...input("industry")} />
      <NativeSelect
        label={t("field.country")}
        data={[none, ...countryChoices(locale)]}
        {...input("country")}
      />
      <TextInput label={t("field.employees")} inputMode="numeric" {...input("employees")} />
      <NativeSelect
        label={t("field.owner")}
        data={[none, ...sellers.map(({ id, name }) => ({ value: id, label: name }))]}
        {...input("ownerId")}
      />
    </>
  );
}

function ContactInputs({ input, company }: { input: InputOf; company: string }) {
  const listId = useId();
  const names = useSuggestions("companies", company);
  return (
    <>
      <TextInput label={t("field.email")} type="email" {...input("email")} />
      <TextInput
        label={t("field.phone")}
        description={t("field.phoneHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type="tel"
        {...input("phone")}
      />
      <TextInput label={t("field.title")} {...input("title")} />
      <TextInput
        label={t("field.company")}
        description={t("field.companyHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        list={listId}
        autoComplete="off"
        {...input("companyName")}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** What is made or changed: without a party it is new. */
export type PartyFormProps = {
  readonly title: string;
  readonly fields: readonly FieldDefinition[];
  readonly locale: string;
} & (
  | { readonly record: "company"; readonly party?: Company; readonly sellers: readonly Named[] }
  | { readonly record: "contact"; readonly party?: Contact; readonly companyName: string }
);

const SAVE = { company: saveCompanyAction, contact: saveContactAction } as const satisfies Record<
  PartyRecord,
  unknown
>;

/** Every fact of a company or a contact; what is wrong stands beside its field, what was typed stays. */
export function PartyForm(props: PartyFormProps) {
  const { record, party, fields, locale } = props;
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>(() =>
    props.record === "company"
      ? companyDraft(props.party)
      : contactDraft(props.party, props.companyName),
  );
  const [custom, setCustom] = useState(() => draftOf(fields, party?.custom ?? {}));
  const [answer, setAnswer] = useState<Extract<PartyAnswer, { status: "refused" }>>();
  const [busy, start] = useTransition();
  const troubles = answer?.fields ?? {};
  const input: InputOf = (name) => ({
    value: draft[name] ?? "",
    error: troubles[name],
    onChange: (event) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [name]: value }));
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const seen = party === undefined ? {} : { id: party.id, version: party.version };
      const values = { ...draft, custom: customOf(fields, custom, party?.custom ?? {}) };
      const saved = await asked(SAVE[record](payload({ ...seen, fields: values })));
      if (saved.status === "done") router.push(`${PLACE_OF[record]}/${saved.id}`);
      else setAnswer(saved);
    });
  };
  return (
    <div className={classes.screen}>
      <PageHead title={props.title} />
      <div role="alert">
        {answer === undefined ? null : (
          <p className={classes.trouble}>{t("form.wrong", { message: answer.message })}</p>
        )}
      </div>
      <form className={classes.form} onSubmit={save} noValidate>
        <TextInput label={t("field.name")} maxLength={200} autoFocus {...input("name")} />
        <div className={classes.pair}>
          {props.record === "company" ? (
            <CompanyInputs input={input} sellers={props.sellers} locale={locale} />
          ) : (
            <ContactInputs input={input} company={draft.companyName ?? ""} />
          )}
          <TextInput
            label={t("field.tags")}
            description={t("field.tagsHelp")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...input("tags")}
          />
          <CustomInputs fields={fields} draft={custom} troubles={troubles} onChange={setCustom} />
        </div>
        <Textarea
          label={t("field.description")}
          autosize
          minRows={3}
          maxLength={20_000}
          {...input("description")}
        />
        <div className={classes.acts}>
          <Button type="submit" variant="filled" size="md" loading={busy}>
            {t("form.save")}
          </Button>
          <ButtonLink
            size="md"
            variant="subtle"
            href={party === undefined ? PLACE_OF[record] : `${PLACE_OF[record]}/${party.id}`}
          >
            {t("form.cancel")}
          </ButtonLink>
        </div>
      </form>
    </div>
  );
}
