"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useActionState, useEffect, useState } from "react";
import { browserZone, ZoneSelect } from "@/components/settings/zone-select";
import { BrandMark } from "@/components/shell/brand-mark";
import { t as office } from "@/components/ui/office-text";
import { setUpAction } from "@/lib/people/actions/set-up";
import { t } from "./people-text";
import classes from "./set-up.module.css";

const START = { code: "", workspaceName: "", zone: "", name: "", email: "", password: "" };
type Field = keyof typeof START;

const LABELS = {
  code: "setUp.code",
  workspaceName: "setUp.workspaceName",
  zone: "setUp.zone",
  name: "setUp.name",
  email: "setUp.email",
  password: "setUp.password",
} as const;

/** The terminal prints an address that ends in `#code`: what stands there is not sent to any server. */
const codeOfAddress = (): string => decodeURIComponent(window.location.hash.slice(1)).slice(0, 200);

/** The first page of an installation of one's own: the one-time code, the workspace and its first admin. */
export function SetUp() {
  const [answer, submit, pending] = useActionState(setUpAction, { status: "idle" });
  // Kept here, because an answer puts a form back to its defaults.
  const [values, setValues] = useState(START);
  const refused = answer.status === "refused" ? answer : undefined;
  useEffect(() => {
    setValues((typed) => ({
      ...typed,
      code: typed.code || codeOfAddress(),
      zone: typed.zone || (browserZone() ?? "UTC"),
    }));
  }, []);

  const set = (name: Field, value: string) => setValues((typed) => ({ ...typed, [name]: value }));
  const own = (name: Field) => {
    const problem = refused?.fields[name];
    return {
      name,
      label: t(LABELS[name]),
      required: true,
      withAsterisk: false,
      value: values[name],
      ...(problem === undefined
        ? {}
        : { error: /^[a-z]/.test(problem) ? `${t(LABELS[name])} ${problem}.` : problem }),
    };
  };
  const typed = (name: Field) => ({
    ...own(name),
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  });
  return (
    <main className={classes.page} id="main">
      <div className={classes.box}>
        <p className={classes.brand}>
          <BrandMark />
          {office("shell.brand")}
        </p>
        <h1>{t("setUp.title")}</h1>
        <p className={classes.intro}>{t("setUp.intro")}</p>
        <form action={submit} className={classes.form}>
          <div role="alert">
            {refused === undefined ? null : (
              <p className={classes.refused}>
                <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
                <span>{refused.message}</span>
              </p>
            )}
          </div>
          <TextInput
            {...typed("code")}
            description={t("setUp.codeHelp")}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
          />
          <fieldset>
            <legend>{t("setUp.workspace")}</legend>
            <TextInput {...typed("workspaceName")} maxLength={120} autoComplete="organization" />
            <ZoneSelect
              {...own("zone")}
              description={t("setUp.zoneHelp")}
              onChange={(zone) => set("zone", zone ?? values.zone)}
            />
          </fieldset>
          <fieldset>
            <legend>{t("setUp.admin")}</legend>
            <TextInput {...typed("name")} maxLength={120} autoComplete="name" />
            <TextInput {...typed("email")} type="email" maxLength={254} autoComplete="username" />
            <PasswordInput
              {...typed("password")}
              description={t("setUp.passwordHelp")}
              minLength={12}
              maxLength={256}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ "aria-label": t("setUp.show") }}
            />
          </fieldset>
          <Button type="submit" variant="filled" size="lg" fullWidth loading={pending}>
            {t("setUp.submit")}
          </Button>
        </form>
      </div>
    </main>
  );
}
