import { mailboxTransport } from "./mailbox";
import type { FetchOutbound } from "./resend";
import { resendTransport } from "./resend";
import { smtpTransport } from "./smtp";
import type { MailTransport } from "./transport";

/** The settings that decide; `env` of lib/env.ts fits. */
export type MailSettings = {
  readonly SMTP_URL?: string | undefined;
  readonly RESEND_API_KEY?: string | undefined;
  readonly RESEND_API_URL: string;
  readonly MERIDIAN_DATA_DIR: string;
};

/**
 * The way out these settings name. SMTP before Resend when both are set: it alone carries the calendar as
 * a part that mail programs draw as an invitation. Neither: mail is captured in the mailbox.
 */
export function chooseTransport(
  settings: MailSettings,
  fetchOutbound: FetchOutbound,
): MailTransport {
  if (settings.SMTP_URL) return smtpTransport(settings.SMTP_URL);
  if (settings.RESEND_API_KEY)
    return resendTransport({
      apiKey: settings.RESEND_API_KEY,
      apiUrl: settings.RESEND_API_URL,
      fetchOutbound,
    });
  return mailboxTransport(settings.MERIDIAN_DATA_DIR);
}
