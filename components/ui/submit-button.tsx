"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

/** The button of a form that is sent as it stands; shows that it is on its way. */
export function SubmitButton({ children }: { children: ReactNode }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" loading={pending}>
      {children}
    </Button>
  );
}
