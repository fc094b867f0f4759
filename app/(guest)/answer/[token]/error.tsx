"use client";

import { Trouble } from "@/components/guest/trouble";

export default function GuestError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  return <Trouble error={error} retry={reset} />;
}
