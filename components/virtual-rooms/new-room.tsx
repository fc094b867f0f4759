"use client";

import { Button, Modal, NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { makeVirtualRoomAction } from "@/lib/conferencing/actions";
import type { ProviderName } from "@/lib/conferencing/core/provider";
import { PLAIN_SETTINGS, PROVIDER_NAMES } from "@/lib/conferencing/core/provider";
import { RoomFields } from "./room-fields";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

const IDLE = { status: "idle" } as const;

function NewRoomForm({ onDone }: { onDone: () => void }) {
  const [answer, make, pending] = useActionState(makeVirtualRoomAction, IDLE);
  const [provider, setProvider] = useState<ProviderName>("jitsi");
  const refused = answer.status === "refused" ? answer : undefined;
  const typed = refused?.typed ?? {};
  useEffect(() => {
    if (answer.status === "done") onDone();
  }, [answer, onDone]);
  return (
    <form action={make} className={classes.fields}>
      <NativeSelect
        name="provider"
        label={t("form.provider")}
        description={t(`providerHelp.${provider}`)}
        value={provider}
        onChange={({ currentTarget }) =>
          setProvider(PROVIDER_NAMES.find((name) => name === currentTarget.value) ?? "jitsi")
        }
        data={PROVIDER_NAMES.map((name) => ({ value: name, label: t(`providers.${name}`) }))}
      />
      <RoomFields
        key={provider}
        provider={provider}
        values={{
          name: String(typed.name ?? ""),
          address: String(typed.address ?? ""),
          settings: PLAIN_SETTINGS,
          isDefault: typed.isDefault === "on",
        }}
        fields={refused?.fields ?? {}}
      />
      <AnswerLine answer={answer} />
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {t("form.make")}
        </Button>
        <Button variant="subtle" onClick={onDone}>
          {t("form.cancel")}
        </Button>
      </div>
    </form>
  );
}

/** The way to a new virtual room. */
export function NewRoom() {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button
        variant="filled"
        leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t("new")}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t("new")}
        closeButtonProps={{ "aria-label": t("close") }}
      >
        <NewRoomForm onDone={close} />
      </Modal>
    </>
  );
}
