"use client";

import { Checkbox, TextInput } from "@mantine/core";
import type { ProviderName, ProviderSettings } from "@/lib/conferencing/core/provider";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

export type RoomValues = {
  readonly name: string;
  readonly address: string;
  readonly settings: ProviderSettings;
  readonly isDefault: boolean;
};

function AddressField({
  provider,
  address,
  error,
}: {
  provider: ProviderName;
  address: string;
  error: string | undefined;
}) {
  if (provider !== "jitsi" && provider !== "link") return null;
  const isLink = provider === "link";
  return (
    <TextInput
      name="address"
      type="url"
      label={t(isLink ? "form.addressLink" : "form.addressJitsi")}
      description={t(isLink ? "form.addressLinkHelp" : "form.addressJitsiHelp")}
      placeholder={isLink ? "https://calls.halden.example/standing" : "https://meet.jit.si"}
      defaultValue={address}
      maxLength={2_000}
      required={isLink}
      withAsterisk={false}
      error={error}
    />
  );
}

/** What of a provider can be set and is no secret. */
function ProviderFields({
  provider,
  settings,
  fields,
}: {
  provider: ProviderName;
  settings: ProviderSettings;
  fields: Readonly<Record<string, string>>;
}) {
  if (provider === "jitsi" || provider === "link") return null;
  return (
    <>
      <Checkbox
        name="waitingRoom"
        label={t("form.waitingRoom")}
        description={t("form.waitingRoomHelp")}
        defaultChecked={settings.waitingRoom}
      />
      {provider === "zoom" ? (
        <>
          <Checkbox
            name="summary"
            label={t("form.summary")}
            description={t("form.summaryHelp")}
            defaultChecked={settings.summary}
          />
          <TextInput
            name="alternativeHosts"
            label={t("form.alternativeHosts")}
            description={t("form.alternativeHostsHelp")}
            defaultValue={settings.alternativeHosts.join(", ")}
            maxLength={2_000}
            error={fields.alternativeHosts}
          />
        </>
      ) : null}
    </>
  );
}

/** The fields a virtual room is made and changed with. */
export function RoomFields({
  provider,
  values,
  fields,
}: {
  provider: ProviderName;
  values: RoomValues;
  fields: Readonly<Record<string, string>>;
}) {
  return (
    <div className={classes.fields}>
      <TextInput
        name="name"
        label={t("form.name")}
        description={t("form.nameHelp")}
        defaultValue={values.name}
        maxLength={120}
        required
        withAsterisk={false}
        error={fields.name}
        data-autofocus
      />
      <AddressField provider={provider} address={values.address} error={fields.address} />
      <ProviderFields provider={provider} settings={values.settings} fields={fields} />
      <Checkbox
        name="isDefault"
        label={t("form.isDefault")}
        description={t("form.isDefaultHelp")}
        defaultChecked={values.isDefault}
      />
    </div>
  );
}
