import { removeCaptured } from "@/lib/mail/mailbox";

/** Removes captured messages from the built-in mailbox; those that are gone already are no trouble. */
export async function handleForgetCaptured(
  { messages }: { readonly messages: readonly string[] },
  { dataDir }: { readonly dataDir: string },
): Promise<void> {
  await removeCaptured(dataDir, messages);
}
