import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import type { Logger } from './logger.ts';
import { type AddressParts, problemOf } from './problem.ts';

interface Response {
  readonly headersSent: boolean;
  status(code: number): Response;
  setHeader(name: string, value: string): void;
  end(body: string): void;
}

const retryAfterSeconds = 1;

/** Answers every error over HTTP as a problem; faults of ours are logged, others are the caller's to know. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = problemOf(error, host.switchToHttp().getRequest<{ params?: AddressParts }>().params);
    if (problem.status >= HttpStatus.INTERNAL_SERVER_ERROR) this.logger.error({ err: error }, problem.title);
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) return;
    if (problem.status === HttpStatus.SERVICE_UNAVAILABLE) response.setHeader('retry-after', `${retryAfterSeconds}`);
    if (problem.status === HttpStatus.UNAUTHORIZED) response.setHeader('www-authenticate', 'Bearer');
    response.status(problem.status).setHeader('content-type', 'application/problem+json');
    response.end(JSON.stringify(problem));
  }
}
