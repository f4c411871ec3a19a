export * from './binary-array.ts';
export * from './connection.ts';
export * from './cutting-proxy.ts';
export * from './embedded-postgres.ts';
export * from './migrate.ts';
export * from './sql-loader.ts';
export * from './test-database.ts';
export * from './test-server.ts';
