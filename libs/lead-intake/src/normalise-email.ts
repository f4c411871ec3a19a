/** Trimmed and case folded; a `+tag` is kept, since it may be another mailbox. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
