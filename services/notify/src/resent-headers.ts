/** On a message that is sent in again: over which way out, and to whom. */
export const channelHeader = 'channel';
export const recipientHeader = 'recipient';
