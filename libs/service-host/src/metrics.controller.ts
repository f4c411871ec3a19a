import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Registry } from 'prom-client';
import { Open } from './access/access.guard.ts';
import { METRICS } from './host.ts';

interface Response {
  type(contentType: string): { send(body: string): unknown };
}

@ApiExcludeController()
@Open()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS) private readonly metrics: Registry) {}

  /** The figures of the process as Prometheus reads them. */
  @Get()
  async scrape(@Res() response: Response): Promise<void> {
    response.type(this.metrics.contentType).send(await this.metrics.metrics());
  }
}
