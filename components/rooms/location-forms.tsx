"use client";

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { browserZone, ZoneSelect } from "@/components/settings/zone-select";
import { removeLocationAction, saveLocationAction } from "@/lib/rooms/actions";
import type { Location } from "@/lib/rooms/core/room";
import classes from "./manage.module.css";
import { t } from "./rooms-text";

const IDLE = { status: "idle" } as const;

/** A location, new or changed. */
export function LocationForm({ location, onEnd }: { location?: Location; onEnd?: () => void }) {
  const [answer, save, pending] = useActionState(saveLocationAction, IDLE);
  useEffect(() => {
    if (answer.status === "done") onEnd?.();
  }, [answer, onEnd]);
  const fields = answer.status === "refused" ? answer.fields : {};
  const typed = answer.status === "refused" ? answer.typed : {};
  const value = (name: "name" | "zone" | "address") =>
    String(typed[name] ?? location?.[name] ?? "");
  return (
    <form action={save} className={classes.location}>
      {location === undefined ? null : <input type="hidden" name="was" value={location.name} />}
      <TextInput
        name="name"
        label={t("manage.locationName")}
        defaultValue={value("name")}
        maxLength={120}
        required
        withAsterisk={false}
        error={fields.name}
      />
      <ZoneSelect
        name="zone"
        label={t("manage.locationZone")}
        defaultValue={value("zone") || browserZone() || "UTC"}
        error={fields.zone}
      />
      <TextInput
        name="address"
        label={t("manage.address")}
        defaultValue={value("address")}
        maxLength={500}
        error={fields.address}
      />
      <div className={classes.acts}>
        <Button type="submit" loading={pending}>
          {t(location === undefined ? "manage.add" : "manage.save")}
        </Button>
        {onEnd === undefined ? null : (
          <Button variant="subtle" onClick={onEnd}>
            {t("manage.cancel")}
          </Button>
        )}
      </div>
      <AnswerLine answer={answer} />
    </form>
  );
}

/** A location's name, zone and address, and what can be done with it. */
export function LocationHead({ location }: { location: Location }) {
  const [editing, setEditing] = useState(false);
  const [removed, remove, removing] = useActionState(removeLocationAction, IDLE);
  const { name, zone, address } = location;
  if (editing) return <LocationForm location={location} onEnd={() => setEditing(false)} />;
  return (
    <div className={classes.place}>
      <h2>{name}</h2>
      <span>{[zone.replaceAll("_", " "), address].filter(Boolean).join(", ")}</span>
      <span className={classes.tools}>
        <ActionIcon
          aria-label={t("manage.editNamed", { name })}
          title={t("manage.edit")}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        {location.rooms > 0 ? null : (
          <form action={remove}>
            <input type="hidden" name="name" value={name} />
            <ActionIcon
              type="submit"
              loading={removing}
              aria-label={t("manage.removeNamed", { name })}
              title={t("manage.remove")}
            >
              <IconTrash size={16} stroke={1.6} aria-hidden="true" />
            </ActionIcon>
          </form>
        )}
      </span>
      {removed.status === "refused" ? <AnswerLine answer={removed} /> : null}
    </div>
  );
}
