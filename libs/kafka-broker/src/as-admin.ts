import kafkajs from 'kafkajs';

/** What the work comes to, done by an administration client of its own, which is gone afterwards. */
export async function asAdmin<Result>(
  brokers: readonly string[],
  clientId: string,
  work: (admin: kafkajs.Admin) => Promise<Result>,
): Promise<Result> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], clientId, logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}
