"use client";

import { Trouble } from "@/components/ui/trouble";

export default function OfficeError({ error, retry }: { error: unknown; retry: () => void }) {
  return <Trouble error={error} retry={retry} />;
}
